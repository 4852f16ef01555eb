/* conversation.h
 * Which of Wireshark's conversations a frame belongs to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CONVERSATION_H
#define SMTP_EXPLAIN_CONVERSATION_H

#include <epan/conversation.h>
#include <epan/dissectors/packet-tcp.h>
#include <epan/packet.h>

/* The conversation of the frame's own addresses and ports; NULL if there is none yet. From Wireshark 4.4 on,
 * find_conversation_pinfo() finds that of the addresses in a PROXY header where the connection began with
 * one. */
conversation_t *smtp_explain_conversation_find(packet_info *pinfo);

/* The same, made if there is none. */
conversation_t *smtp_explain_conversation_get(packet_info *pinfo);

/* What Wireshark knows of the frame's TCP connection. NULL if there is no conversation. */
struct tcp_analysis *smtp_explain_conversation_tcp(packet_info *pinfo);

#endif
