/* track.c
 * Keeps track of what waits for its reply, as far as that is known.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "track.h"

static void doubt(exchange *x)
{
    x->all_known = false;
    x->recipients_known = false;
    history_doubt(&x->history);
}

void track_expect_anything(exchange *x)
{
    doubt(x);
    queue_push_unknown(&x->queue);
}

void track_unsettle(exchange *x)
{
    doubt(x);
    queue_unsettle(&x->queue);
}

void track_lose(exchange *x)
{
    client_set_mode(&x->client, CLIENT_COMMANDS);
    x->commands_known = false;
    track_expect_anything(x);
}

command_note *track_push(exchange *x, command_id id)
{
    if (queue_is_full(&x->queue)) {
        queue_clear(&x->queue);
        track_expect_anything(x);
    }
    return queue_push(&x->queue, id);
}

command_note *track_place(command_note *note, const client_event *event)
{
    note->frame = event->bytes->frame;
    note->time = event->bytes->time;
    note->place = event->place;
    return note;
}

bool track_is_no_line(const span *hole, const line_buffer *buffer)
{
    return hole->kind == SPAN_LOST && hole->missing > 0 && hole->missing < 4 && !buffer->open;
}
