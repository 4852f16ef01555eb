/* span.h
 * A run of bytes that one side of a session sent, and where in the capture it stands.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SPAN_H
#define SMTP_EXPLAIN_SPAN_H

#include <stdbool.h>
#include <stdint.h>

/* Times are in nanoseconds. */
#define NS_PER_S INT64_C(1000000000)
#define NS_PER_TENTH (NS_PER_S / 10)

typedef enum {
    SPAN_BYTES, /* bytes that were captured */
    SPAN_LOST,  /* bytes that are not in the capture */
    SPAN_CUT,   /* the same, but their frame is there: the snap length cut it off */
} span_kind;

typedef struct {
    const uint8_t *data; /* the caller's; valid during the call only; NULL: there are none */
    uint32_t len;        /* captured bytes; of a SPAN_CUT: those before it in its frame */
    uint32_t missing;    /* bytes that follow them on the wire; 0 of a SPAN_LOST: nobody knows */
    uint32_t frame;      /* the frame that carried the bytes, or the last of them */
    uint32_t began;      /* the frame that carried the first of them; 0: the same */
    int64_t time;        /* its time, nanoseconds since the epoch */
    uint32_t offset;     /* of data, or of what is cut off, in the frame's data source */
    uint8_t source;      /* which data source of the frame (0: the frame itself) */
    uint8_t kind;        /* span_kind */
    bool encrypted;      /* the bytes came out of TLS */
} span;

#endif
