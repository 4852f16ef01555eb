/* lookup.h
 * A reply, looked up without a capture.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_LOOKUP_H
#define SMTP_EXPLAIN_PAGES_LOOKUP_H

#include "command.h"
#include "page.h"
#include "reply.h"
#include "row.h"

/* A reply as somebody has it at hand. */
typedef struct {
    unsigned code; /* 200 to 599 */
    enhanced_code enhanced;
    const char *text;   /* the server's words: printable UTF-8; "" if there are none */
    command_id command; /* that it answers; COMMAND_NONE: not given */
} lookup;

/* Reads "535", "535 5.7.8 Authentication failed", and more lines of the same reply, each with its code
 * in front. The text lives in scope. False: that is no reply. The command is left alone. */
bool lookup_read(wmem_allocator_t *scope, const char *reply, lookup *out);

/* Reads "5.7.8" and nothing else. */
bool lookup_read_enhanced(const char *text, enhanced_code *out);

/* The command of that name: a verb in any case, "connection" or "message". COMMAND_NONE: there is none. */
command_id lookup_command(const char *name);

/* Explains it: what it says, when it comes, what to do, and with words or an enhanced status code also
 * the cause, as in a session of which nothing else is known. */
void lookup_print(page *p, const lookup *wanted);

/* The row of the catalogue that is shown for a code. */
const catalog_row *lookup_row(unsigned code, command_id command);

#endif
