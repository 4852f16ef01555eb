/* tcp.h
 * Where the bytes of a frame stand: its TCP segment, and what came out of TLS.
 *
 * Taken from the packet itself. Asking the dissection tree for it would cost every frame of every
 * capture more than all else that the plugin does.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SEGMENT_H
#define SMTP_EXPLAIN_SEGMENT_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/packet.h>

#include "span.h"

/* A TCP segment (RFC 9293, section 3.1). */
typedef struct {
    tvbuff_t *tvb; /* the data source that holds it */
    uint32_t seq;
    uint32_t ack;
    uint32_t payload; /* offset in tvb, in bytes */
    uint32_t len;     /* of the payload on the wire, in bytes */
    bool has_ack;     /* ack is valid; only a SYN or RST has none */
    bool syn;
    bool fin;
} smtp_explain_segment;

/* To be called once, after all protocols are registered. */
void smtp_explain_segment_init(void);

/* Finds the TCP segment whose addresses and ports are the frame's. False if its header is not
 * there: cut off, or not in IPv4 or IPv6. */
bool smtp_explain_segment_find(const packet_info *pinfo, smtp_explain_segment *segment);

/* The payload of a segment. Its data is the frame's. */
span smtp_explain_segment_payload(const packet_info *pinfo, const smtp_explain_segment *segment);

/* A data source that was put together from these bytes, which are its last ones, and from earlier
 * frames. False if there is none. records are the frame's, if it is TLS, or NULL. */
bool smtp_explain_segment_reassembled(const packet_info *pinfo, const span *tail,
                                      wmem_array_t *records, span *whole);

/* What the frame's TLS records decrypted to, application data only; without TLS, and without TCP,
 * the PDU that the frame was exported as, or the frame itself: an array of span, in order, which lives as long as the packet. */
wmem_array_t *smtp_explain_segment_ordered(packet_info *pinfo, bool tls);

/* Which data source of the frame this is, counted from 0 as in span.source; 0 if it is none. */
uint8_t smtp_explain_source_index(const packet_info *pinfo, const tvbuff_t *ds_tvb);

#endif
