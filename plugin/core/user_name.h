/* user_name.h
 * The user name in what a client answers inside AUTH, and nothing else of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_USER_NAME_H
#define SMTP_EXPLAIN_USER_NAME_H

#include <stddef.h>

#include <wsutil/wmem/wmem.h>

#include "challenge.h"

#define USER_NAME_MAX 128 /* bytes; what is longer is rather a token */

/* One response of a client (RFC 4954, section 4). */
typedef struct {
    const char *mechanism; /* upper case; NULL if it isn't known */
    unsigned nth; /* of this AUTH, from 1; a response that came with AUTH counts, 0: not known */
    challenge_kind asked; /* what the 334 before it said; CHALLENGE_NONE: it came with AUTH */
    const char *base64;   /* the line, or the argument, as sent */
    size_t len;           /* all of it; only its first SASL_BASE64_MAX bytes are decoded */
} sasl_response;

/* The user name in it, valid UTF-8, printable, of at most USER_NAME_MAX bytes, in scope. NULL if it
 * has none, or if anything isn't exactly as its mechanism wants it, so that it could be something
 * else: PLAIN (RFC 4616), LOGIN (MS-XLOGIN), CRAM-MD5 (RFC 2195), DIGEST-MD5 (RFC 2831, section
 * 2.1.2), SCRAM (RFC 5802), XOAUTH2 (no RFC), OAUTHBEARER (RFC 7628). NULL, too, if the name holds the
 * password or the token that comes with it: some services want a token for both.
 *
 * LOGIN's first response is taken for the name if the server asks for it, or for nothing, or the
 * response comes with AUTH. A client that sends its password first can't be told from others before
 * its second response: the caller leaves the name out if the two are equal. */
char *user_name_read(wmem_allocator_t *scope, const sasl_response *response);

#endif
