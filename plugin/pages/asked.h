/* asked.h
 * What is said of a command, and of how long its reply took.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_ASKED_H
#define SMTP_EXPLAIN_PAGES_ASKED_H

#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "command.h"
#include "note.h"

/* "AUTH", "the opening of the connection", "the end of a message". verb: that of a command that has no name
 * of its own, or NULL. NULL: not known. Static storage, or verb's. */
const char *asked_name(command_id command, const char *verb);

/* "expected", "refused". Static storage. */
const char *asked_verdict(verdict found);

/* "5.7.8"; NULL if there is none. Lives in scope. */
const char *asked_enhanced(wmem_allocator_t *scope, const enhanced_code *enhanced);

/* A reply as the server gave it: 535 5.7.8 "Error: authentication failed". A challenge is shown decoded, if
 * it may be. Lives in scope. */
char *asked_answer(wmem_allocator_t *scope, const reply_note *note);

#endif
