/* ending.h
 * How a session ends, and what waits for its reply then.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_ENDING_H
#define SMTP_EXPLAIN_ENDING_H

#include "exchange_state.h"

/* Files what the session came to, and what waits for its reply; NULL: nothing, as far as is known. */
void ending_file(exchange *x, session_end end, const command_note *waiting);

/* The command that waits for its reply, as smtp_explain.command names it; NULL if none does, as far as is
 * known. Valid until the next bytes are read. */
const char *ending_waiting(const exchange *x);

/* The session ends: nothing comes after this. heard_all: nothing that the server said is missing. */
void ending_note(exchange *x, session_end end, bool heard_all);

#endif
