/* exchange.h
 * The exchange of commands and replies: what each of them changes in the session.
 *
 * The readers say what was read; this file and its parts are the only ones that draw conclusions from
 * it, and that write what a session knows (exchange_state.h). The parts: track, filing, early, auth,
 * message, starttls, pairing, ending.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_EXCHANGE_H
#define SMTP_EXPLAIN_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "exchange_state.h"
#include "span.h"

/* Where an exchange begins. */
typedef enum {
    EXCHANGE_AT_START,     /* with the opening of the connection: the greeting is due */
    EXCHANGE_MIDWAY,       /* somewhere: anything may be outstanding */
    EXCHANGE_SERVER_FIRST, /* the same, but the server is the first to be heard */
    EXCHANGE_INSIDE_TLS,   /* behind a STARTTLS that wasn't seen: the client speaks first */
} exchange_start;

/* Nothing was said yet. Notes are filed in store, logins in logins; all lives in scope. */
void exchange_init(exchange *x, wmem_allocator_t *scope, note_store *store, login_list *logins);

/* Overwrites what is held of the client's bytes, and frees all but notes and logins. A login that
 * still holds ends behind the frame that was read last. */
void exchange_close(exchange *x);

/* The frame that is being read from here on, and its time in nanoseconds since the epoch. */
void exchange_set_frame(exchange *x, uint32_t frame, int64_t time);

/* Who serves has become known, or isn't who it was thought to be: begins anew. */
void exchange_begin(exchange *x, exchange_start start);

/* The connection was opened then, in nanoseconds since the epoch. */
void exchange_note_opened(exchange *x, int64_t time);

/* Bytes were lost before any were seen. */
void exchange_note_gap_before_start(exchange *x);

/* The first bytes out of TLS: nothing of what was said before counts (RFC 3207, section 4.2). */
void exchange_enter_tls(exchange *x);

/* The client said this. */
void exchange_take_client(exchange *x, const client_event *event);

/* Bytes of the client are missing: a span of kind SPAN_LOST or SPAN_CUT. */
void exchange_skip_client(exchange *x, const span *hole);

/* Called before bytes of the server are read: servers repeat what they were sent in replies to AUTH and
 * to lines that SMTP doesn't know, and there alone a short word of letters is hidden. */
void exchange_mind_secrets(exchange *x);

/* The server said this. True if the sides change their roles by it: a TURN or ATRN was accepted, and
 * the exchange has begun anew. */
bool exchange_take_server(exchange *x, const server_reply *reply, const exchange_stream *client);

/* Called after bytes of the server were read: points out a line that begins with no code. */
void exchange_look_at_server(exchange *x);

/* Bytes of the server are missing; answered: a reply was taken of what is left of a cut frame. */
void exchange_skip_server(exchange *x, const span *hole, bool answered);

#endif
