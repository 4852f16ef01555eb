/* queue.c
 * The commands that wait for their replies.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "queue.h"

#include <string.h>

#include <glib.h>

#include "verdict.h"

void queue_init(command_queue *queue, note_store *store)
{
    memset(queue, 0, sizeof *queue);
    queue->store = store;
}

bool queue_is_empty(const command_queue *queue)
{
    return queue->first == NULL;
}

bool queue_is_full(const command_queue *queue)
{
    return queue->count >= QUEUE_MAX;
}

bool queue_has(const command_queue *queue, command_id id)
{
    for (const command_note *note = queue->first; note != NULL; note = note->next)
        if (note->id == id)
            return true;
    return false;
}

static command_note *make_note(command_queue *queue, command_id id)
{
    command_note *note = note_store_new_command(queue->store);

    note->id = (uint8_t)id;
    note->verb = command_name(id);
    return note;
}

static bool is_unknown(const command_note *note)
{
    return note->id == COMMAND_NONE;
}

/* Keeps count of what waits, so that a long queue need not be searched for what isn't in it. */
static void count_in(command_queue *queue, const command_note *note)
{
    queue->count++;
    if (is_unknown(note))
        queue->unknowns++;
    else
        queue->certain[note->id]++;
}

/* The same for the first one, which waits no longer. */
static void count_out(command_queue *queue, const command_note *note)
{
    queue->count--;
    if (is_unknown(note))
        queue->unknowns--;
    else if (queue->unknowns == 0)
        queue->certain[note->id]--;
}

static void append(command_queue *queue, command_note *note)
{
    if (queue->last != NULL)
        queue->last->next = note;
    else
        queue->first = note;
    queue->last = note;
    count_in(queue, note);
}

static void prepend(command_queue *queue, command_note *note)
{
    note->next = queue->first;
    queue->first = note;
    if (queue->last == NULL)
        queue->last = note;
    if (is_unknown(note) || queue->unknowns == 0)
        count_in(queue, note);
    else
        queue->count++;
}

command_note *queue_push(command_queue *queue, command_id id)
{
    command_note *note = make_note(queue, id);

    append(queue, note);
    return note;
}

command_note *queue_push_connection(command_queue *queue)
{
    command_note *note = make_note(queue, COMMAND_CONNECTION);

    prepend(queue, note);
    return note;
}

void queue_push_unknown(command_queue *queue)
{
    queue->lone = NULL;
    queue->lines_since_reply = G_MAXUINT16; /* no command is the only one now */
    if (queue->last == NULL || !is_unknown(queue->last))
        append(queue, make_note(queue, COMMAND_NONE));
    memset(queue->certain, 0, sizeof queue->certain);
}

void queue_unsettle(command_queue *queue)
{
    queue->lone = NULL;
    queue->lines_since_reply = 0;
    if (!queue_begins_unknown(queue))
        prepend(queue, make_note(queue, COMMAND_NONE));
}

void queue_note_challenge(command_queue *queue)
{
    command_note *next = queue->first->next;

    if (next != NULL && !is_unknown(next))
        next->in_auth = true;
}

void queue_take(command_queue *queue)
{
    command_note *note = queue->first;

    queue->first = note->next;
    if (queue->first == NULL)
        queue->last = NULL;
    if (queue->lone == note)
        queue->lone = NULL;
    count_out(queue, note);
    note->next = NULL;
}

/* A command that was answered before (334) is on file, and stays. */
static void discard_first(command_queue *queue)
{
    command_note *note = queue->first;

    queue_take(queue);
    if (note->response_in == 0)
        note_store_drop_command(queue->store, note);
}

void queue_clear(command_queue *queue)
{
    while (!queue_is_empty(queue))
        discard_first(queue);
}

bool queue_begins_unknown(const command_queue *queue)
{
    return queue->first != NULL && is_unknown(queue->first);
}

bool queue_has_unknown(const command_queue *queue)
{
    return queue->unknowns > 0;
}

void queue_drop(command_queue *queue)
{
    discard_first(queue);
}

/* Does a command wait that alone is answered with this code, with nothing unknown behind it? */
static bool has_owner(const command_queue *queue, unsigned code)
{
    if (!verdict_code_is_reserved(code))
        return false;
    for (unsigned id = 0; id < COMMAND_COUNT; id++)
        if (queue->certain[id] > 0 && verdict_code_is_reserved_for(code, (command_id)id))
            return true;
    return false;
}

command_note *queue_owner(const command_queue *queue, unsigned code)
{
    command_note *found = NULL;

    if (!has_owner(queue, code))
        return NULL;
    for (command_note *note = queue->first; note != NULL; note = note->next)
        if (is_unknown(note))
            found = NULL;
        else if (verdict_code_is_reserved_for(code, (command_id)note->id))
            found = note;
    return found;
}

/* The first command that alone is answered with this code; NULL also if it may be one that nobody
 * saw. */
static command_note *first_owner(const command_queue *queue, unsigned code)
{
    if (!queue_has_unknown(queue) && !has_owner(queue, code))
        return NULL;
    for (command_note *note = queue->first; note != NULL && !is_unknown(note); note = note->next)
        if (verdict_code_is_reserved_for(code, (command_id)note->id))
            return note;
    return NULL;
}

static bool is_plausible(const command_note *note, unsigned code, bool authenticated)
{
    verdict v = verdict_of((command_id)note->id, code, authenticated);

    return v == VERDICT_EXPECTED || v == VERDICT_REFUSED;
}

/* The queue's first entry is not known: which of the others can the reply only answer? */
static command_note *resynchronise(const command_queue *queue, unsigned code, bool authenticated)
{
    command_note *owner = queue_owner(queue, code);

    if (owner != NULL)
        return owner;
    if (queue->lone != NULL && queue->lone == queue->last && queue->lines_since_reply == 1 &&
        is_plausible(queue->lone, code, authenticated))
        return queue->lone;
    return NULL;
}

command_note *queue_match(const command_queue *queue, unsigned code, bool authenticated)
{
    command_note *owner;

    if (queue_begins_unknown(queue))
        return resynchronise(queue, code, authenticated);
    /* a server may have left an earlier command unanswered */
    owner = first_owner(queue, code);
    if (owner != NULL)
        return owner;
    /* a client may have given AUTH up with another command, which the server took for that */
    if (code < 400 && queue->first != NULL && queue->first->next != NULL &&
        queue->first->next->in_auth)
        return queue->first->next;
    return queue->first;
}

bool queue_advance(command_queue *queue, const command_note *note)
{
    bool was_unknown = queue_begins_unknown(queue);

    while (queue->first != note)
        discard_first(queue);
    return was_unknown && !queue_has_unknown(queue);
}

void queue_note_reply(command_queue *queue, const command_note *answered)
{
    queue->lines_since_reply = 0;
    if (answered == NULL)
        queue->lone = NULL;
}

void queue_note_line(command_queue *queue)
{
    queue->lines_since_reply++;
}

void queue_note_command(command_queue *queue, command_note *alone)
{
    queue->lines_since_reply++;
    queue->lone = alone;
}

void queue_note_chunk(command_queue *queue)
{
    queue->lines_since_reply = MAX(queue->lines_since_reply, 1);
}
