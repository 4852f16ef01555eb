/* stream.h
 * The bytes of one direction of a TCP connection, put in order.
 *
 * Retransmitted bytes are given out once, unless the segment that was given out last begins with others when
 * it comes again: one of the two was damaged on its way, and nobody knows which. Bytes behind a hole wait until the hole is filled, or
 * until it is clear that it never will be: the other side acknowledged bytes that the capture
 * doesn't have. What waits is bounded by STREAM_WAITING_BYTES_MAX and STREAM_WAITING_SEGMENTS_MAX.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_STREAM_H
#define SMTP_EXPLAIN_STREAM_H

#include <wsutil/wmem/wmem.h>

#include "span.h"

#define STREAM_WAITING_BYTES_MAX (64 * 1024)
#define STREAM_WAITING_SEGMENTS_MAX 64
/* A one-sided capture has no acknowledgement that ends the waiting, so the clock does. */
#define STREAM_WAITING_TIME_MAX INT64_C(1000000000)

struct stream_waiting;

typedef struct {
    bool started;                   /* next is valid */
    bool has_data;                  /* a segment was added */
    bool has_ack;                   /* acked is valid */
    bool has_end;                   /* the FIN was seen */
    uint32_t first;                 /* sequence number of the first byte; valid if started */
    uint32_t next;                  /* and of the next one to give out */
    uint32_t acked;                 /* highest acknowledgement number that the other side sent */
    uint32_t first_acked;           /* the first one that was seen */
    uint32_t end;                   /* sequence number of the FIN; valid if has_end */
    uint32_t late;                  /* first byte of a hole that was given up without proof */
    uint32_t late_len;              /* its length; 0: there is none */
    uint32_t last;                  /* sequence number of the segment that was given out last */
    uint16_t last_mark;             /* what it begins with, hashed */
    uint8_t last_marked;            /* so many bytes of it */
    struct stream_waiting *waiting; /* segments behind a hole, by sequence number */
    uint32_t waiting_bytes;
    uint32_t waiting_segments;
} stream;

/* Called with bytes in order, or, with a span of another kind, for a hole that stays. */
typedef void (*stream_sink)(void *user, const span *bytes);

/* Where the sink's user and the memory come from, the same for each call on one stream. */
typedef struct {
    wmem_allocator_t *scope;
    stream_sink sink;
    void *user;
} stream_owner;

/* Says with which sequence number the stream begins (RFC 9293: the SYN's plus one). */
void stream_start(stream *s, uint32_t seq);

/* Adds a captured segment. Calls the sink for each run of bytes that is now in order. */
void stream_add(stream *s, const stream_owner *owner, uint32_t seq, const span *segment);

/* The other side acknowledged all bytes before ack, in the frame that at names. Holes below it
 * stay holes: they are reported, and the bytes behind them are given out. A hole with nothing behind
 * it is reported once the other side sends bytes of its own, of which at tells. A stream of which
 * no byte was seen yet reports nothing: its first bytes may still come, out of a reassembly. */
void stream_acknowledge(stream *s, const stream_owner *owner, uint32_t ack, const span *at);

/* Gives out all that waits, and reports the holes: the stream has ended, or nothing tells that it should
 * wait. What comes late after all is given out between two holes of unknown length. */
void stream_flush(stream *s, const stream_owner *owner);

/* Did the other side acknowledge bytes that were not given out? */
bool stream_has_unseen(const stream *s);

/* The sender's FIN has this sequence number: nothing comes from there on (RFC 9293, section 3.6). */
void stream_end(stream *s, uint32_t seq);

/* Were all bytes up to the FIN given out? */
bool stream_is_over(const stream *s);

/* Forgets, and overwrites, all that waits. */
void stream_clear(stream *s, const stream_owner *owner);

#endif
