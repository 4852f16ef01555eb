/* mechanism.h
 * Names of SASL mechanisms.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_MECHANISM_H
#define SMTP_EXPLAIN_MECHANISM_H

#include <stdbool.h>
#include <stddef.h>

#define MECHANISM_NAME_MAX 20 /* RFC 4422, section 3.1 */

/* Writes the mechanism that a client's argument names, in upper case, to name, and returns true.
 * False if the argument can't be a mechanism's name, or is none that is known and looks like a
 * secret. What is not known may still be one: people send "AUTH dXNlcgA..." without the mechanism,
 * and there is base64 that has neither lower-case letters nor "=". */
bool mechanism_from_argument(const char *text, size_t len, char name[MECHANISM_NAME_MAX + 1]);

/* The name itself, in static storage, if it is that of a mechanism, so that it may be shown; NULL if
 * it isn't. name is in upper case. */
const char *mechanism_known(const char *name);

/* Does the mechanism send a secret that whoever reads it can use again? (PLAIN: RFC 4616;
 * OAUTHBEARER: RFC 7628; LOGIN and XOAUTH2 have no RFC.) Of one that isn't known, NULL included, it may be
 * thought. name is in upper case. */
bool mechanism_exposes_secret(const char *name);

/* Which response of an exchange holds the credentials, counted from 1, the one that comes with AUTH
 * included? Before it, the server can't have judged them. name is in upper case; NULL is allowed. */
unsigned mechanism_credentials_at(const char *name);

#endif
