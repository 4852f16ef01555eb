/* session.h
 * One SMTP session: the bytes of both sides in, notes about replies out.
 *
 * The two sides are numbered 0 and 1, in whatever way the caller likes, as long as a side keeps
 * its number. Which of them is the server is found out here, from what they say.
 *
 * A session never keeps message content, passwords, tokens or SASL responses. Its own memory is
 * bounded by SESSION_OUTSTANDING_MAX, SESSION_HELD_MAX and the bounds of line.h and stream.h;
 * where a bound is reached, replies become 'unknown' until the session has found its way back.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSION_H
#define SMTP_EXPLAIN_SESSION_H

#include <wsutil/wmem/wmem.h>

#include "span.h"
#include "note.h"

/* Commands that wait for their replies. RFC 2920 sets no limit; real clients stay below 100. */
#define SESSION_OUTSTANDING_MAX 1000
/* Memory for the bytes that a client sent after DATA before it was told whether they are a
 * message. */
#define SESSION_HELD_MAX (64 * 1024)

typedef struct session session;

/* The time in which a 235 held. */
typedef struct session_login {
    struct session_login *older;
    uint32_t from; /* frame of the 235 */
    uint32_t to;   /* frame of the reply that ended it; 0: none did */
} session_login;

/* Makes a session that files its notes in store, and its logins in *logins, the latest first: the
 * caller's, NULL in the beginning. All of it lives in scope. */
session *session_new(wmem_allocator_t *scope, note_store *store, session_login **logins);

/* Frees a session, and overwrites what it held of the client's bytes. Notes and logins stay. A
 * login that still holds ends behind the frame that was read last. */
void session_free(session *s);

/* Which side is probably the server, where the TCP handshake or the port tells. What the sides
 * say overrules it. */
void session_hint_server(session *s, int side);

/* The capture has the TCP handshake: first_seq[side] is the sequence number of the first byte
 * of each side. To be called before the first bytes, and only if those begin there. */
void session_hint_start(session *s, const uint32_t first_seq[2]);

/* Bytes of a TCP segment, possibly none; seq and ack are its sequence and acknowledgement number.
 * Segments may come in any order, and repeatedly. */
void session_add_segment(session *s, int side, uint32_t seq, uint32_t ack, const span *bytes);

/* A side ended its stream: the sequence number of its FIN. */
void session_end_side(session *s, int side, uint32_t seq);

/* Have both sides ended their streams, and was all that they sent read? */
bool session_is_over(const session *s);

/* Bytes that are in order already: out of TLS, or of a capture without TCP headers. */
void session_add_ordered(session *s, int side, const span *bytes);

/* The session's TCP segments carry TLS from now on: they are of no use undecrypted. */
void session_note_tls(session *s);

/* The frame of the 235 that was in force when frame was captured; 0 if none was.
 * STARTTLS ends it (RFC 3207, section 4.2). */
uint32_t session_authenticated_in(const session_login *latest, uint32_t frame);

#endif
