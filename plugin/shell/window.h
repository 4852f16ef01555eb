/* window.h
 * What Wireshark's window has of the plugin besides packets and statistics: the menu Statistics > SMTP with the
 * report, and the filter for a session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_WINDOW_H
#define SMTP_EXPLAIN_WINDOW_H

#include <epan/packet.h>

/* To be called once. proto is the plugin's protocol; turn_users shows user names from the next look at the
 * packets on, or hides them again. Without a window nothing comes of it. */
void smtp_explain_window_init(int proto, void (*turn_users)(void));

/* Keeps in mind which session a frame belongs to, as long as it is dissected: Conversation Filter may be
 * asked for. */
void smtp_explain_window_note_session(packet_info *pinfo, const proto_tree *tree, uint32_t number);

#endif
