/* shell.h
 * What the files of the shell share. The shell knows Wireshark and nothing of SMTP. Which file does
 * what: docs/architecture.md.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SHELL_H
#define SMTP_EXPLAIN_SHELL_H

#include <epan/packet.h>

#include "compat.h"
#include "note.h"
#include "session.h"

/* The preferences, as Wireshark's preference code wants them. */
typedef struct {
    smtp_explain_bool mark_info;   /* add marks to the Info column */
    smtp_explain_bool explain_all; /* every reply, not only 211, 235 and what ends AUTH or HELP */
    smtp_explain_bool show_user;   /* the user names of logins */
    unsigned slow_reply;           /* point out a reply after so many seconds; 0: none */
} smtp_explain_preferences;

/* What is known of a frame. The notes live as long as the capture is open. */
typedef struct {
    note_list replies;
    note_list commands; /* those that were answered; known from the second visit on */
    note_list events;
    uint32_t authenticated_in; /* the frame of the 235 that holds, if this one shows SMTP; or 0 */
    const char *waiting; /* the command that waits for its reply behind the frames that were read so
                                * far, "AUTH"; NULL: none does, as far as is known */
    bool from_server;    /* the server sent it */
    const char *client;  /* whom a PROXY header of its connection named; NULL: nobody */
    uint32_t session_number; /* in the order in which the sessions began: 1, 2, ... */
} smtp_explain_frame;

/* register.c: the entry points for plugin.c */
void smtp_explain_register_protocol(void);
void smtp_explain_register_handoff(void);

/* collect.c */

/* To be called once, after all protocols are registered. proto is the plugin's own. */
void smtp_explain_collect_init(int proto);

/* Forgets all sessions: another capture is opened. The preferences are looked at as sessions are found. */
void smtp_explain_collect_reset(const smtp_explain_preferences *preferences);

/* Finds out what is known of a frame; on its first visit its bytes are handed to the session
 * before. has_tree: this visit makes packet details. False if there is nothing to show. */
bool smtp_explain_collect(packet_info *pinfo, bool has_tree, smtp_explain_frame *frame);

/* present.c */

/* To be called once, to register the items of the packet details. proto is the plugin's own. */
void smtp_explain_present_init(int proto);

/* Shows what is known of a frame. */
void smtp_explain_present(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                          const smtp_explain_frame *frame,
                          const smtp_explain_preferences *preferences);

/* stats.c */

/* Registers the tap and the statistics that listen to it. */
void smtp_explain_register_stats(int proto);

/* Hands a frame's replies to the statistics that are being made. */
void smtp_explain_stats_queue(packet_info *pinfo, const smtp_explain_frame *frame);

#endif
