/* auth.h
 * AUTH in the exchange: the login that goes on, or holds.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_AUTH_H
#define SMTP_EXPLAIN_AUTH_H

#include "exchange_state.h"

/* Does a login hold? */
bool auth_is_in_force(const exchange *x);

/* A login that holds ends with this frame. */
void auth_log_out(exchange *x);

/* The client sent AUTH. What neither we nor the server know as a mechanism may be a secret. */
void auth_begin(exchange *x, command_note *note, const client_event *event);

/* The client sent a response: it is counted, nothing more. "*" cancels (RFC 4954, section 4). */
void auth_take_response(exchange *x, const client_event *event);

/* Did the server refuse with the 334 to which a response is due? */
bool auth_was_refused(const exchange *x);

/* Is a response of the client due? Something has to wait for its reply. */
bool auth_owes_response(const exchange *x);

/* The client gave up AUTH with a command. */
void auth_note_unanswered(exchange *x, const client_event *came);

/* What is missing was a response, or part of one: the client has to wait for each reply. */
void auth_lose_response(exchange *x);

/* The server answered AUTH, or a response. Always false: the sides keep their roles. */
bool auth_after_reply(exchange *x, reply_note *note);

#endif
