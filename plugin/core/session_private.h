/* session_private.h
 * What a session consists of, for session.c and for tests.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSION_PRIVATE_H
#define SMTP_EXPLAIN_SESSION_PRIVATE_H

#include "exchange.h"
#include "held.h"
#include "roles.h"
#include "stream.h"
#include "tls.h"

/* Memory for what is said while it isn't clear who is the server. */
#define SESSION_DOUBTED_MAX 4096

typedef struct {
    struct session *owner;
    int side;
} session_side;

struct session {
    wmem_allocator_t *scope;
    session_side sides[2];
    stream streams[2];
    roles roles;
    exchange exchange;

    bool begun;        /* the exchange: it is known who is the server */
    held_list doubted; /* what was said while that isn't clear */

    bool from_start; /* nothing was sent before the first bytes that were seen */
    bool encrypted;
    bool ended;
    bool reset;           /* by an RST */
    uint32_t said_seq[2]; /* the sequence number of the last segment of each side */
    int8_t closed_first;  /* the side whose FIN came first; -1: none did */
    bool raw_is_tls;      /* bytes that don't come out of TLS are TLS records, */
    tls_watch watch;      /* which are watched as long as they tell something */
    bool implicit_tls;    /* TLS from the first byte on */
};

/* The line buffer of a side: that of the server's reader, or of the client's. */
static inline const line_buffer *session_line(const struct session *s, int side)
{
    return side == s->roles.server ? &s->exchange.server.line : &s->exchange.client.line;
}

#endif
