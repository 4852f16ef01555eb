/* heuristic.h
 * SMTP on any TCP port and inside TLS: hands what is SMTP to Wireshark's own SMTP dissector.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_HEURISTIC_H
#define SMTP_EXPLAIN_HEURISTIC_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/conversation.h>
#include <epan/packet.h>

#include "span.h"

/* A segment that came before it was clear that the connection is SMTP. The SMTP dissector gets it
 * on later visits of its frame only, so what is learnt on first visits must be learnt from here. */
typedef struct {
    span bytes;     /* data lives in the file scope */
    bool same_side; /* sent by whom the frame that made it clear came from */
    bool has_seq;   /* the following are valid: it is not inside TLS */
    /* How far the segment's TCP sequence and acknowledgement numbers lie below those of the
     * frame that made it clear: of a segment of the other side, its sequence number below that
     * frame's acknowledgement number and the reverse. */
    uint32_t seq_below;
    uint32_t ack_below;
} smtp_explain_earlier;

/* Registers the heuristics. To be called once, from a proto_reg_handoff routine. Does nothing if
 * this Wireshark has no SMTP dissector. */
void smtp_explain_register_heuristic(void);

/* Looks at bytes of a client that Wireshark has taken for TLS or a PROXY header, in a TCP segment with this
 * sequence number. If they are its first, what its server says first is waited for: heuristics alone can't
 * do this, since Wireshark asks first the one that was right last. */
void smtp_explain_heuristic_wait(packet_info *pinfo, const span *bytes, uint32_t seq);

/* Is it known that what the frame's sender says on its connection is nothing to wait for? */
bool smtp_explain_heuristic_knows(const packet_info *pinfo);

/* Is the frame one in which the next function may find SMTP? */
bool smtp_explain_heuristic_waits(const packet_info *pinfo);

/* Looks at the first bytes of a server, in a TCP segment with these sequence and acknowledgement numbers, on
 * a connection that Wireshark has taken for something else because of what its client said first: TLS, or a
 * PROXY header. A greeting claims it. True if that has just happened. */
bool smtp_explain_heuristic_overhear(packet_info *pinfo, const span *bytes, uint32_t seq,
                                     uint32_t ack);

/* What the heuristics know of a connection that they claimed. */
typedef struct {
    /* The segments that came before the frame in which the connection was recognised, in the order
     * of the capture. The file scope's. NULL if it was clear from its first bytes. */
    const smtp_explain_earlier *earlier;
    unsigned count;   /* of them */
    bool from_server; /* the server sent the frame that was asked about */
} smtp_explain_claim;

/* Did the heuristics claim the connection of the frame? If it isn't SMTP, or is dissected as SMTP
 * for another reason, they did not, and *claim is all zero. */
bool smtp_explain_heuristic_claim(const conversation_t *conversation, const packet_info *pinfo,
                                  smtp_explain_claim *claim);

#endif
