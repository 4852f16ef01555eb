/* session.h
 * One SMTP session: the bytes of both sides in, notes about replies out.
 *
 * The two sides are numbered 0 and 1, in whatever way the caller likes, as long as a side keeps
 * its number. Which of them is the server is found out here, from what they say.
 *
 * A session never keeps message content, passwords, tokens or SASL responses. Its own memory is
 * bounded by QUEUE_MAX, CLIENT_HELD_MAX and the bounds of line.h and stream.h; where a bound is
 * reached, replies become 'unknown' until the session has found its way back.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSION_H
#define SMTP_EXPLAIN_SESSION_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "login.h"
#include "note.h"
#include "numbers.h"
#include "span.h"

typedef struct session session;

/* Makes a session that files its notes in store, and its logins in logins: the caller's, all zero
 * in the beginning. All of it lives in scope. */
session *session_new(wmem_allocator_t *scope, note_store *store, login_list *logins);

/* Frees a session, and overwrites what it held of the client's bytes. Notes and logins stay. A
 * login that still holds ends behind the frame that was read last. */
void session_free(session *s);

/* Which side is probably the server, where the TCP handshake or the port tells. What the sides
 * say overrules it. port: its TCP port. */
void session_hint_server(session *s, int side, uint16_t port);

/* The capture has the TCP handshake: first_seq[side] is the sequence number of the first byte
 * of each side. To be called before the first bytes, and only if those begin there. opened: when the
 * handshake began, in nanoseconds since the epoch. */
void session_hint_start(session *s, const uint32_t first_seq[2], int64_t opened);

/* The capture has the SYN of a side: the sequence number of its first byte. */
void session_note_syn(session *s, int side, uint32_t first_seq);

/* Does a segment with these numbers come next, as nearly all do? Quicker than numbers_judge(). */
bool session_expects(const session *s, int side, uint32_t seq, uint32_t ack);

/* The side that serves; -1: that isn't known. */
int session_server(const session *s);

/* The client that a PROXY header named, "192.0.2.1:4711"; NULL: there was none. Lives as long as the notes. */
const char *session_client(const session *s);

/* What was seen of the connection so far. */
numbers session_numbers(const session *s);

/* The frame in which the bytes that follow are read, if they are older: what they show in themselves is pointed out
 * there, since their own frames have passed. 0: in their own frames. */
void session_read_in(session *s, uint32_t frame);

/* Bytes of a TCP segment, possibly none; seq and ack are its sequence and acknowledgement number.
 * Segments may come in any order, and repeatedly. */
void session_add_segment(session *s, int side, uint32_t seq, uint32_t ack, const span *bytes);

/* Bytes of a TCP segment that acknowledges nothing, since it is a SYN (RFC 7413, section 3). */
void session_add_first(session *s, int side, uint32_t seq, const span *bytes);

/* A segment of which nothing but its sequence number counts: an RST often has no acknowledgement number
 * (RFC 9293, section 3.10.7.1). */
void session_note_segment(session *s, int side, uint32_t seq, const span *at);

/* A side ended its stream: the sequence number of its FIN. */
void session_end_side(session *s, int side, uint32_t seq);

/* A side closed (FIN), or reset, the connection with the frame whose segment came last. */
void session_close_side(session *s, int side, bool reset);

/* The connection has ended, as the frame that at names shows: gives out what waits for missing bytes. */
void session_finish(session *s, const span *at);

/* The command that waits for its reply at the moment: "AUTH", "message"; NULL: none does, as far as is known.
 * Valid until the next bytes. */
const char *session_waiting(const session *s);

/* Have both sides ended their streams, and was all that they sent read? */
bool session_is_over(const session *s);

/* Bytes that are in order already: out of TLS, or of a capture without TCP headers. */
void session_add_ordered(session *s, int side, const span *bytes);

/* The segment that comes next begins a TLS record, and Wireshark takes it for TLS: a session that has begun
 * in clear text goes on in TLS, even if the capture lacks its STARTTLS. */
void session_note_tls(session *s);

#endif
