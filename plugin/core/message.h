/* message.h
 * What carries a message: DATA and its end, BDAT and its chunks, XEXCH50.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_MESSAGE_H
#define SMTP_EXPLAIN_MESSAGE_H

#include "exchange_state.h"

/* The client sent DATA. Where bytes are missing, only the server's 354 shows that a message follows. */
void message_begin_data(exchange *x, command_note *note, const client_event *event);

/* The client sent BDAT. A server that doesn't know it, or not that argument, reads what follows as commands. */
void message_begin_chunk(exchange *x, command_note *note, const client_event *event);

/* The client sent XEXCH50 (MS-XEXCH50): the octets, as many as its first argument says, follow the 354. */
void message_begin_blob(exchange *x, command_note *note, const client_event *event);

/* The message data ended. */
void message_take_end(exchange *x, const client_event *event);

/* The chunk of a BDAT ended. */
void message_take_chunk_end(exchange *x, const client_event *event);

/* The client sent a command in message data, behind what some servers take for its end. */
void message_take_smuggled(exchange *x, const client_event *came);

/* After 354 the next reply is that to the message, even if its end wasn't seen: the server has
 * nothing else to answer (RFC 5321, section 4.1.1.4). */
void message_answer_open(exchange *x, unsigned code);

/* Is this the last reply to the end of message data? LMTP: there is one for each accepted recipient
 * (RFC 2033, section 4.2). Counts it. */
bool message_is_last_reply(exchange *x);

/* Is it known how many replies the end of the message gets? */
bool message_is_count_known(const exchange *x);

/* LMTP: is this a reply to the message, and not the last one? */
bool message_awaits_more(const exchange *x, const reply_note *note);

/* Does it answer a line of a chunk that the server was to discard (RFC 3030, section 2)? The first reply after
 * the refusal tells: no command that waits is unknown to the server. */
bool message_answers_chunk(exchange *x, unsigned code);

/* A message begins now or, after a gap, has begun. */
void message_begin(exchange *x, bool after_gap);

/* The server answered DATA, BDAT, XEXCH50. Always false: the sides keep their roles. */
bool message_after_data(exchange *x, reply_note *note);
bool message_after_bdat(exchange *x, reply_note *note);
bool message_after_blob(exchange *x, reply_note *note);

/* Does this reply, which was not taken yet, tell whether what was held after BDAT is a chunk? If so, what
 * was held is to be read before the reply is taken. */
bool message_settles_chunk(exchange *x, const server_reply *reply);

#endif
