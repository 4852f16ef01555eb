/* present_reply.h
 * A reply in the packet details, and what it shares with other items there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PRESENT_REPLY_H
#define SMTP_EXPLAIN_PRESENT_REPLY_H

#include "item.h"

/* To be called once. */
void smtp_explain_present_reply_init(void);

/* Makes what the item holds for a reply. Returns the tree below it; NULL if none was made. */
proto_tree *smtp_explain_present_reply(smtp_explain_item item, const reply_note *note);

/* Will anybody read the sentence of a finding? why: its cause, if it is a refusal. */
bool smtp_explain_sentence_is_wanted(const smtp_explain_item *item, finding f, cause why);

/* Adds a finding. sentence: NULL if nobody will read it. */
void smtp_explain_present_finding(smtp_explain_item *item, finding f, cause why,
                                  const char *sentence);

#endif
