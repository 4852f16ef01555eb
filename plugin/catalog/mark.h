/* mark.h
 * A frame in a few words, for the packet list: the worst that its replies and events have to tell.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_MARK_H
#define SMTP_EXPLAIN_MARK_H

#include <wsutil/wmem/wmem.h>

#include "note.h"

/* Bytes that a mark has at most. */
#define MARK_MAX 80

/* What speaks for the frame. All zero: nothing was seen yet. The notes must live as long. */
typedef struct {
    unsigned rank; /* of what speaks: 1 is the worst; 0: nothing does */
    const reply_note *reply;
    const event_note *event;
    unsigned seen; /* replies, and events that have a mark */
} mark;

/* Takes one more reply, or event, of the frame into account. Of equals the first one speaks. Allocates
 * nothing. */
void mark_add_reply(mark *m, const reply_note *note);
void mark_add_event(mark *m, const event_note *event);

/* "535 bad credentials", "550 no such recipient +2": the worst one, and how many others there are.
 * Allocated in scope; NULL: a frame that gets no mark. */
char *mark_text(wmem_allocator_t *scope, const mark *m);

#endif
