/* filing.c
 * Files what is pointed out beside the replies.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "filing.h"

#include <string.h>

#include <glib.h>

/* The frame in which something becomes known that is read now. */
static uint32_t shown_in(const exchange *x)
{
    return MAX(x->frame, x->seen_in);
}

void filing_add(exchange *x, event_note *event)
{
    event->frame = shown_in(x);
    note_store_add_event(x->store, event);
}

void filing_add_of_client(exchange *x, event_note *event, const client_event *came)
{
    event->verb = command_name(came->id);
    if (came->bytes->frame == shown_in(x))
        event->place = came->place;
    else
        event->about = came->bytes->frame;
    filing_add(x, event);
}

const char *filing_keep(exchange *x, const char *text)
{
    return text != NULL ? note_store_share_text(x->store, text, strlen(text)) : NULL;
}
