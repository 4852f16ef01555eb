/* numbers.h
 * Does a TCP segment belong to the connection that was read so far, or to the next one between the same
 * ports, of which the capture has no SYN?
 *
 * Told from its sequence and acknowledgement number (RFC 9293, section 3.4), and from a greeting. Loss
 * leaves a gap in one direction; only another connection is far off in both.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_NUMBERS_H
#define SMTP_EXPLAIN_NUMBERS_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

/* Once a connection has ended, what is still on its way, or was lost, lies within this: TCP's window
 * without scaling. */
#define NUMBERS_NEAR (64 * 1024)

/* As long as it goes on, a segment is another one's that is further off than this in both directions. */
#define NUMBERS_FAR (1024 * 1024)

/* What was seen of one direction. All zero: nothing. */
typedef struct {
    uint32_t first; /* sequence number of the first byte */
    uint32_t next;  /* and of what comes behind the last one; that of the FIN, if there was one */
    bool known;     /* the two are valid */
    bool ended;     /* there was a FIN */
} numbers_side;

/* What was seen of a connection. */
typedef struct {
    numbers_side side[2];
    int8_t server; /* its side; -1: not known */
    bool reset;    /* by an RST */
    bool parted;   /* the server has said that it closes the connection */
} numbers;

/* A segment. */
typedef struct {
    int side;          /* that sent it */
    uint32_t seq;      /* of its first byte */
    uint32_t ack;      /* valid if has_ack */
    const span *bytes; /* its payload, possibly none */
    bool has_ack;
    bool syn;
    bool rst;
} numbers_segment;

typedef enum {
    NUMBERS_FIT,
    NUMBERS_STRAY, /* it belongs to another connection, of which it says nothing */
    NUMBERS_OTHER, /* it begins, or goes on with, another connection */
} numbers_verdict;

numbers_verdict numbers_judge(const numbers *seen, const numbers_segment *segment);

/* Does the segment begin with a greeting: a 220 that names SMTP or a host (RFC 5321, section 4.2)? */
bool numbers_greets(const numbers_segment *segment);

#endif
