/* verb.h
 * Verbs that SMTP's table doesn't have, as far as they may be shown.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_VERB_H
#define SMTP_EXPLAIN_VERB_H

#include <stdbool.h>
#include <stddef.h>

/* The name, in upper case and static storage, of a word in a verb's place that some standard or some
 * server's documentation has as a verb, of SMTP or of another protocol. NULL if there is none: somebody
 * who types a password at the wrong moment must not find it in the packet details. */
const char *verb_known(const char *word, size_t len);

/* May what follows this verb, a name that verb_known() returned, be shown where the server repeats it? */
bool verb_has_public_argument(const char *name);

/* Does this text of a server, a reply to EHLO or to HELP, list the word as a verb, which has to be in
 * upper case there? text may be NULL. */
bool verb_is_listed(const char *text, const char *word, size_t len);

#endif
