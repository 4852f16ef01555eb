/* track.h
 * Keeps track of what waits for its reply, as far as that is known.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TRACK_H
#define SMTP_EXPLAIN_TRACK_H

#include "exchange_state.h"

/* From here on anything may be outstanding. */
void track_expect_anything(exchange *x);

/* Replies are missing. */
void track_unsettle(exchange *x);

/* What the client sends next may be anything, also message content. */
void track_lose(exchange *x);

/* The client sent something that gets a reply. */
command_note *track_push(exchange *x, command_id id);

/* Notes where in the capture a command stands; returns its note. */
command_note *track_place(command_note *note, const client_event *event);

/* Is a hole too short for a line, of which buffer holds nothing yet? Nothing that gets a reply, and no
 * reply, is so short: "NOOP", "250" and an LF. */
bool track_is_no_line(const span *hole, const line_buffer *buffer);

#endif
