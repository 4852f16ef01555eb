/* tcp.h
 * The TCP segment of a frame: its numbers, and where its bytes stand.
 *
 * Taken from the packet itself. Asking the dissection tree for it would cost every frame of every
 * capture more than all else that the plugin does.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TCP_H
#define SMTP_EXPLAIN_TCP_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/packet.h>

#include "span.h"

/* A TCP segment (RFC 9293, section 3.1). Valid as long as the packet is dissected. */
typedef struct {
    tvbuff_t *source; /* the data source that holds it */
    uint32_t seq;     /* of the first byte of the payload, also if it has none */
    uint32_t ack;
    uint32_t payload; /* offset in source, in bytes */
    uint32_t len;     /* of the payload on the wire, in bytes */
    bool has_ack;     /* ack is valid; only a SYN or RST has none */
    bool syn;
    bool fin;
    bool rst;
    bool damaged; /* Wireshark was told to check TCP's checksums, and this one is wrong */
} smtp_explain_segment;

/* Finds the TCP segment whose addresses and ports are the frame's. False if its header is not
 * there: cut off, or not in IPv4 or IPv6. */
bool smtp_explain_segment_find(const packet_info *pinfo, smtp_explain_segment *segment);

/* Finds the next one, behind it, of a frame that holds several, such as an A-MSDU of IEEE 802.11. False, and
 * the segment is left alone, if there is none. */
bool smtp_explain_segment_next(const packet_info *pinfo, smtp_explain_segment *segment);

/* Has Wireshark found a wrong TCP checksum in the frame? Only if it was told to look at them. */
bool smtp_explain_is_damaged(const packet_info *pinfo);

/* The payload of a segment of this frame. */
span smtp_explain_segment_payload(const packet_info *pinfo, const smtp_explain_segment *segment);

#endif
