/* stream.c
 * The bytes of one direction of a TCP connection, put in order.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stream.h"

#include <string.h>

#include <glib.h>

/* A segment that waits. Its bytes, a copy, follow it. */
struct stream_waiting {
    struct stream_waiting *next;
    uint32_t seq;
    span segment;
};

/* a - b in the arithmetic of sequence numbers (RFC 9293, section 3.4) */
static int32_t seq_distance(uint32_t a, uint32_t b)
{
    return (int32_t)(a - b);
}

static uint32_t wire_len(const span *segment)
{
    return segment->len + segment->missing;
}

/* Drops the first n bytes on the wire of a segment. */
static void trim_front(span *segment, uint32_t n)
{
    uint32_t captured = MIN(n, segment->len);

    if (captured > 0) /* data may be NULL otherwise */
        segment->data += captured;
    segment->offset += captured;
    segment->len -= captured;
    segment->missing -= n - captured;
}

/* Bytes up to this were given out, or are missing. */
static void advance(stream *s, uint32_t n)
{
    s->next += n;
    if (s->next - s->first > G_MAXINT32) /* numbers that are further off can't be compared */
        s->first = s->next - G_MAXINT32;
}

static void report_hole(stream *s, const stream_owner *owner, const span *near, uint32_t missing,
                        span_kind kind)
{
    span hole = *near;

    hole.data = NULL;
    hole.kind = (uint8_t)kind;
    hole.len = kind == SPAN_CUT ? near->len : 0;
    hole.offset += hole.len;
    hole.missing = missing;
    advance(s, missing);
    owner->sink(owner->user, &hole);
}

/* So many bytes of a segment tell it from one that was damaged. */
#define MARKED 8

/* A hash of the first bytes of a segment: they may be a secret. */
static uint16_t mark_of(const span *segment, uint8_t *marked)
{
    uint64_t begin = 0;

    *marked = (uint8_t)MIN(segment->len, MARKED);
    if (*marked > 0)
        memcpy(&begin, segment->data, *marked);
    return (uint16_t)(begin * UINT64_C(0x9E3779B97F4A7C15) >> 48);
}

/* Is it the last segment again, but with other bytes? */
static bool contradicts_last(const stream *s, uint32_t seq, const span *segment)
{
    uint8_t marked;

    if (s->last_marked == 0 || seq != s->last)
        return false;
    return mark_of(segment, &marked) != s->last_mark && marked == s->last_marked;
}

/* Gives out a segment that doesn't begin behind s->next. */
static void give_out(stream *s, const stream_owner *owner, uint32_t seq, const span *segment)
{
    int32_t seen = seq_distance(s->next, seq);
    span rest = *segment;

    if (seen >= (int32_t)wire_len(segment))
        return;
    if (seen == 0) {
        s->last = seq;
        s->last_mark = mark_of(segment, &s->last_marked);
    }
    trim_front(&rest, (uint32_t)seen);
    advance(s, rest.len);
    if (rest.len > 0) {
        span bytes = rest;

        bytes.missing = 0;
        owner->sink(owner->user, &bytes);
    }
    if (rest.missing > 0)
        report_hole(s, owner, &rest, rest.missing, SPAN_CUT);
}

static void remove_first_waiting(stream *s, const stream_owner *owner)
{
    struct stream_waiting *first = s->waiting;

    s->waiting = first->next;
    s->waiting_bytes -= first->segment.len;
    s->waiting_segments--;
    /* SASL responses may be among the bytes: they are not left in memory */
    memset(first + 1, 0, first->segment.len);
    wmem_free(owner->scope, first);
}

static void give_out_waiting(stream *s, const stream_owner *owner)
{
    while (s->waiting != NULL && seq_distance(s->waiting->seq, s->next) <= 0) {
        give_out(s, owner, s->waiting->seq, &s->waiting->segment);
        remove_first_waiting(s, owner);
    }
}

static void give_up_first_hole(stream *s, const stream_owner *owner)
{
    report_hole(s, owner, &s->waiting->segment, s->waiting->seq - s->next, SPAN_LOST);
    give_out_waiting(s, owner);
}

/* The hole before the first waiting segment stays one, as far as anybody can tell. */
static void guess_first_hole(stream *s, const stream_owner *owner)
{
    s->late = s->next;
    s->late_len = s->waiting->seq - s->next;
    give_up_first_hole(s, owner);
}

void stream_flush(stream *s, const stream_owner *owner)
{
    while (s->waiting != NULL)
        guess_first_hole(s, owner);
}

/* Bytes of a hole that was given up too early. Behind them may be what was given out already. */
static void give_out_late(stream *s, const stream_owner *owner, uint32_t seq, const span *segment)
{
    uint32_t from = seq - s->late;
    span bytes = *segment;

    s->late_len = from == 0 ? s->late_len - bytes.len : from;
    s->late += from == 0 ? bytes.len : 0;
    report_hole(s, owner, &bytes, 0, SPAN_LOST);
    bytes.missing = 0;
    owner->sink(owner->user, &bytes);
    report_hole(s, owner, &bytes, 0, SPAN_LOST);
}

static bool is_late(const stream *s, uint32_t seq, const span *segment)
{
    return segment->len > 0 && seq - s->late < s->late_len &&
           segment->len <= s->late_len - (seq - s->late);
}

static void keep_waiting(stream *s, const stream_owner *owner, uint32_t seq, const span *segment)
{
    struct stream_waiting **place = &s->waiting;
    struct stream_waiting *added =
        (struct stream_waiting *)wmem_alloc(owner->scope, sizeof *added + segment->len);

    while (*place != NULL && seq_distance((*place)->seq, seq) <= 0)
        place = &(*place)->next;
    added->next = *place;
    added->seq = seq;
    added->segment = *segment;
    if (segment->len > 0)
        memcpy(added + 1, segment->data, segment->len);
    added->segment.data = (const uint8_t *)(added + 1);
    *place = added;
    s->waiting_bytes += segment->len;
    s->waiting_segments++;
}

static bool waited_too_long(const stream *s, int64_t now)
{
    return s->waiting_bytes > STREAM_WAITING_BYTES_MAX ||
           s->waiting_segments > STREAM_WAITING_SEGMENTS_MAX ||
           (!s->has_ack && now - s->waiting->segment.time > STREAM_WAITING_TIME_MAX);
}

/* Is the hole before the first waiting segment known to stay? */
static bool hole_was_acknowledged(const stream *s)
{
    return s->has_ack && seq_distance(s->acked, s->waiting->seq) >= 0;
}

bool stream_has_unseen(const stream *s)
{
    /* One byte more is a FIN, which has a sequence number too (RFC 9293, section 3.4). */
    return s->has_ack && seq_distance(s->acked, s->started ? s->next : s->first_acked) > 1;
}

void stream_start(stream *s, uint32_t seq)
{
    s->started = true;
    s->first = seq;
    s->next = seq;
}

/* A keep-alive repeats the last byte, or something in its place (RFC 9293, section 3.8.4): it is no
 * part of the stream, even if the last byte was never seen. */
static bool is_keep_alive(const stream *s, uint32_t seq, const span *segment)
{
    return s->has_ack && wire_len(segment) == 1 && seq == s->acked - 1;
}

void stream_add(stream *s, const stream_owner *owner, uint32_t seq, const span *segment)
{
    if (is_keep_alive(s, seq, segment))
        return;
    if (!s->started)
        stream_start(s, seq);
    s->has_data = true;
    if (is_late(s, seq, segment)) {
        give_out_late(s, owner, seq, segment);
        return;
    }
    if (contradicts_last(s, seq, segment)) {
        s->next = seq;
        report_hole(s, owner, segment, 0, SPAN_LOST);
    }
    if (seq_distance(seq, s->next) <= 0) {
        give_out(s, owner, seq, segment);
        give_out_waiting(s, owner);
        return;
    }
    keep_waiting(s, owner, seq, segment);
    while (s->waiting != NULL && hole_was_acknowledged(s))
        give_up_first_hole(s, owner);
    while (s->waiting != NULL && waited_too_long(s, segment->time))
        guess_first_hole(s, owner);
}

void stream_acknowledge(stream *s, const stream_owner *owner, uint32_t ack, const span *at)
{
    if (!s->has_ack)
        s->first_acked = ack;
    if (!s->has_ack || seq_distance(ack, s->acked) > 0)
        s->acked = ack;
    s->has_ack = true;
    while (s->waiting != NULL && hole_was_acknowledged(s))
        give_up_first_hole(s, owner);
    /* a bare acknowledgement may have been captured before what it acknowledges */
    if ((s->has_data || s->started) && s->waiting == NULL && wire_len(at) > 0 &&
        stream_has_unseen(s))
        report_hole(s, owner, at, s->acked - s->next, SPAN_LOST);
}

void stream_end(stream *s, uint32_t seq)
{
    s->end = seq;
    s->has_end = true;
}

bool stream_is_over(const stream *s)
{
    return s->has_end && s->started && s->next == s->end && s->waiting == NULL;
}

void stream_clear(stream *s, const stream_owner *owner)
{
    while (s->waiting != NULL)
        remove_first_waiting(s, owner);
}
