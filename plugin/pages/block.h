/* block.h
 * One reply, or one event, as a block of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_BLOCK_H
#define SMTP_EXPLAIN_PAGES_BLOCK_H

#include "note.h"
#include "page.h"

/* Where it is: the frame, its session, its time in nanoseconds since the epoch, and who sent it to whom,
 * each with a port. */
typedef struct {
    uint32_t frame;
    uint32_t session;
    int64_t time;
    const char *from;
    const char *to;
} block_place;

/* Adds a block and a blank line: where it is, the server's words, what they answer and what they mean here;
 * of a refusal, also what to do; and what is worth pointing out. */
void block_reply(page *p, const block_place *place, const reply_note *note);
void block_event(page *p, const block_place *place, const event_note *event);

#endif
