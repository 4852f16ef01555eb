/* smtp_explain.h
 * What the files of the shell share. The shell knows Wireshark and nothing of SMTP.
 *
 *   plugin.c        what Wireshark looks for when it loads the plugin
 *   smtp_explain.c  registration, preferences, the post-dissector
 *   collect.c       first visit of a frame: bytes -> session
 *   present.c       every visit: notes -> packet details, expert information, Info column
 *   heuristic.c     SMTP on any port
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_H
#define SMTP_EXPLAIN_H

#include <epan/packet.h>

#include "compat.h"
#include "note.h"
#include "session.h"

/* The preferences, as Wireshark's preference code wants them. */
typedef struct {
    smtp_explain_bool mark_info; /* add marks to the Info column */
    smtp_explain_bool explain_all; /* every reply, not only 211, 235 and what ends AUTH or HELP */
} smtp_explain_preferences;

/* smtp_explain.c: the entry points for plugin.c */
void smtp_explain_register_protocol(void);
void smtp_explain_register_handoff(void);

/* collect.c */

/* The fields that have to be in the tree on a frame's first visit: an array of field ids that the
 * caller owns. To be called once, after all protocols are registered. */
GArray *smtp_explain_collect_init(int proto);

/* Forgets all sessions: another capture is opened. */
void smtp_explain_collect_reset(void);

/* Is this frame worth a look? It carries SMTP, or could carry on what is a session already. */
bool smtp_explain_collect_concerns(const packet_info *pinfo);

/* First visit of a frame: hands its bytes to the session. */
void smtp_explain_collect(packet_info *pinfo, proto_tree *tree);

/* The notes of the frame, NULL if it has none. */
const note_frame *smtp_explain_notes(const packet_info *pinfo);

/* The frame of the 235 that holds when this frame, which carries SMTP, is sent; 0 if none does. */
uint32_t smtp_explain_authenticated_in(packet_info *pinfo);

/* present.c */

/* Registers the fields of the contract, and the expert information. */
void smtp_explain_register_fields(int proto);

/* Shows what is known of a frame. notes may be NULL; authenticated_in may be 0. */
void smtp_explain_present(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                          const note_frame *notes, uint32_t authenticated_in,
                          const smtp_explain_preferences *preferences);

#endif
