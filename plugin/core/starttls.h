/* starttls.h
 * TLS in the exchange: asked for or not, and what it came to as far as that shows from outside.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_STARTTLS_H
#define SMTP_EXPLAIN_STARTTLS_H

#include "exchange_state.h"

/* The client sent STARTTLS. */
void starttls_begin(exchange *x, command_note *note, const client_event *event);

/* The client begins TLS without STARTTLS: a server that speaks clear text takes it for lines. */
void starttls_take_unasked(exchange *x, const client_event *came);

/* The server said this: does it show that it speaks no TLS where the client does, or is to? */
void starttls_look_at_reply(exchange *x, const reply_note *note);

/* The server answered STARTTLS. Always false: the sides keep their roles. */
bool starttls_after_reply(exchange *x, reply_note *note);

/* Does the server say something in clear text behind the 220 that starts TLS, unasked? A refusal is its own:
 * it can't do TLS after all, or waited in vain. */
bool starttls_is_followed_by(const exchange *x, const reply_note *note);

/* The server answers with TLS what the client says in clear text; by_server false: it says nothing. */
void starttls_note_clear_text(exchange *x, bool by_server);

/* A side ended the TLS handshake with this alert. */
void starttls_note_alert(exchange *x, uint8_t alert, bool by_server);

/* The connection ended inside the TLS handshake, or right behind it. answered: the server had said
 * something. */
void starttls_note_broken_handshake(exchange *x, session_end end, bool answered);

/* The session goes on in TLS that isn't decrypted. */
void starttls_note_unread(exchange *x);

#endif
