/* heuristic.h
 * SMTP on any TCP port and inside TLS: hands what is SMTP to Wireshark's own SMTP dissector.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_HEURISTIC_H
#define SMTP_EXPLAIN_HEURISTIC_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/packet.h>

/* A segment that came before it was clear that the connection is SMTP. The SMTP dissector gets it
 * on later visits of its frame only, so what is learnt on first visits must be learnt from here. */
typedef struct {
    const uint8_t *data; /* file scope */
    uint32_t len;        /* captured bytes */
    uint32_t frame;
    nstime_t time;       /* the frame's absolute time */
    uint32_t seq;        /* TCP sequence number of the first byte; 0 inside TLS */
    bool has_seq;        /* seq is valid */
    bool from_server;
} smtp_explain_earlier;

/* Registers the heuristics. To be called once, from a proto_reg_handoff routine. Does nothing if
 * this Wireshark has no SMTP dissector. */
void smtp_explain_register_heuristic(void);

/* The segments that came before the frame in which this connection was recognised as SMTP, in
 * the order of the capture. *count is their number; NULL and 0 for a connection that was clear
 * from its first bytes, or that is dissected as SMTP for another reason than the heuristics.
 * Owned by the file scope. */
const smtp_explain_earlier *smtp_explain_heuristic_earlier(packet_info *pinfo, unsigned *count);

#endif
