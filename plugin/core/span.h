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

typedef struct {
    const uint8_t *data; /* the caller's; valid during the call only */
    uint32_t len;        /* captured bytes; of a hole that is cut off: those before it */
    uint32_t missing;    /* bytes that follow them on the wire, cut off by the snap length */
    uint32_t frame;      /* the frame that carried the bytes, or the last of them */
    uint32_t began;      /* the frame that carried the first of them; 0: the same */
    int64_t time;        /* its time, nanoseconds since the epoch */
    uint32_t offset;     /* of data, or of a hole that is cut off, in the frame's data source */
    uint8_t source;      /* which data source of the frame (0: the frame itself) */
    bool encrypted;      /* the bytes came out of TLS */
    bool cut;            /* of a hole: the frame is there, but its end is cut off */
} span;

#endif
