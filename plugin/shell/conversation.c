/* conversation.c
 * Which of Wireshark's conversations a frame belongs to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "conversation.h"

/* What PROXY's dissector has put in the place of the frame's own addresses is put aside meanwhile. */
static conversation_t *ask_for_own(packet_info *pinfo, bool make)
{
    const bool replaced = pinfo->use_conv_addr_port_endpoints;
    conversation_t *found;

    pinfo->use_conv_addr_port_endpoints = false;
    found = make ? find_or_create_conversation(pinfo) : find_conversation_pinfo(pinfo, 0);
    pinfo->use_conv_addr_port_endpoints = replaced;
    return found;
}

conversation_t *smtp_explain_conversation_find(packet_info *pinfo)
{
    return ask_for_own(pinfo, false);
}

conversation_t *smtp_explain_conversation_get(packet_info *pinfo)
{
    return ask_for_own(pinfo, true);
}

struct tcp_analysis *smtp_explain_conversation_tcp(packet_info *pinfo)
{
    conversation_t *conversation = smtp_explain_conversation_find(pinfo);

    return conversation != NULL ? get_tcp_conversation_data(conversation, pinfo) : NULL;
}
