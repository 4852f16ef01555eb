/* message.c
 * What carries a message: DATA and its end, BDAT and its chunks, XEXCH50.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "message.h"

#include <glib.h>

#include "filing.h"
#include "track.h"
#include "words.h"

/* Digits of a chunk's size: so many fit in 64 bits. */
#define CHUNK_DIGITS_MAX 18

void message_begin_data(exchange *x, command_note *note, const client_event *event)
{
    (void)note;
    if (x->commands_known)
        client_begin_holding(&x->client, !event->crlf);
}

/* Reads "1000" or "86 LAST" (RFC 3030, section 2). False if it is something else, and *size is what a
 * server may make of it. */
static bool read_chunk_size(const char *text, size_t len, uint64_t *size, bool *last)
{
    const char *at = text, *end = text + len, *word;
    size_t word_len;

    *last = false;
    for (*size = 0; at < end && g_ascii_isdigit(*at) && at - text < CHUNK_DIGITS_MAX; at++)
        *size = *size * 10 + (uint64_t)g_ascii_digit_value(*at);
    if (at == text || words_end(at, end) != at)
        return false;
    if (!words_next(&at, end, &word, &word_len))
        return true;
    *last = words_equal(word, word_len, "LAST");
    return *last && !words_next(&at, end, &word, &word_len);
}

/* Does the server know BDAT, as far as it said? */
static bool may_take_chunks(const exchange *x)
{
    return x->offers == NULL || x->offers->chunking;
}

void message_begin_chunk(exchange *x, command_note *note, const client_event *event)
{
    uint64_t size;
    bool last;
    bool valid = read_chunk_size(event->argument, event->argument_len, &size, &last);

    note->ends_message = last;
    if (valid && may_take_chunks(x))
        client_begin_chunk(&x->client, size);
    else if (x->commands_known)
        client_hold_chunk(&x->client, size);
}

void message_begin_blob(exchange *x, command_note *note, const client_event *event)
{
    bool last;

    (void)note;
    read_chunk_size(event->argument, event->argument_len, &x->blob_size, &last);
}

/* A command that only some servers see, since it stands in message data; NULL: there are too many. */
static command_note *push_smuggled(exchange *x, command_id id, const client_event *came)
{
    command_note *note;

    if (queue_is_full(&x->smuggled))
        return NULL;
    note = track_place(queue_push(&x->smuggled, id), came);
    note->ends_message = id == COMMAND_MESSAGE;
    return note;
}

void message_take_end(exchange *x, const client_event *event)
{
    command_note *note;

    if (x->client.smuggles_data)
        push_smuggled(x, COMMAND_MESSAGE, event);
    if (x->message_answered) {
        queue_note_command(&x->queue, NULL);
        return;
    }
    note = track_place(track_push(x, COMMAND_MESSAGE), event);
    note->ends_message = true;
    queue_note_command(&x->queue, event->alone ? note : NULL);
    if (!x->client.dot_known) { /* what follows may be the rest of the message */
        x->commands_known = false;
        track_expect_anything(x);
    }
}

void message_take_chunk_end(exchange *x, const client_event *event)
{
    command_note *note = x->queue.last;

    if (note == NULL || note->id != COMMAND_BDAT || note->frame == event->bytes->frame)
        return;
    queue_note_chunk(&x->queue);
    if (note->response_in == 0) /* else LMTP, answered before its end: it is on file already */
        track_place(note, event);
}

void message_take_smuggled(exchange *x, const client_event *came)
{
    event_note event = { .kind = EVENT_SMUGGLING };
    bool first = queue_is_empty(&x->smuggled);
    const command_note *note;

    note = push_smuggled(x, came->id, came);
    if (note != NULL && first && came->id != COMMAND_MESSAGE)
        filing_add_of_client(x, &event, came);
}

void message_answer_open(exchange *x, unsigned code)
{
    bool ended = x->client.gap_in_message; /* its end is among what is missing */

    if (code / 100 == 2 && !x->message_answered && client_end_message_falsely(&x->client)) {
        command_note *note = track_push(x, COMMAND_MESSAGE);

        note->ends_message = true;
        note->ends_falsely = true;
        note->frame = x->client.end_frame;
        note->time = x->client.end_time;
        note->place = x->client.end_place;
        return;
    }
    if (!x->message_answered) {
        track_push(x, COMMAND_MESSAGE)->ends_message = true;
        x->message_answered = true;
    }
    if (ended)
        track_lose(x);
}

bool message_is_last_reply(exchange *x)
{
    if (!x->lmtp)
        return true;
    if (x->message_due == 0)
        x->message_due = MAX(x->recipients, 1);
    return --x->message_due == 0;
}

bool message_is_count_known(const exchange *x)
{
    if (x->lmtp || x->protocol_known || x->all_known)
        return !x->lmtp || x->recipients_known;
    return x->recipients_known && x->recipients <= 1; /* nobody saw whether this is LMTP */
}

bool message_awaits_more(const exchange *x, const reply_note *note)
{
    return note->command != NULL && note->command->ends_message && x->message_due > 0;
}

/* Commands that each server knows. */
static bool is_well_known(command_id id)
{
    return id == COMMAND_EHLO || id == COMMAND_HELO || id == COMMAND_MAIL || id == COMMAND_RCPT ||
           id == COMMAND_DATA || id == COMMAND_RSET || id == COMMAND_NOOP || id == COMMAND_QUIT;
}

bool message_answers_chunk(exchange *x, unsigned code)
{
    const command_note *due = x->queue.first;

    if (x->chunk_due == 0)
        return false;
    if ((code == 500 || code == 502) && (due == NULL || is_well_known((command_id)due->id))) {
        x->chunk_due--;
        return true;
    }
    x->chunk_due = 0;
    return false;
}

void message_begin(exchange *x, bool after_gap)
{
    x->commands_known = true;
    x->message_answered = false;
    client_begin_message(&x->client, after_gap);
}

/* What was held after DATA or BDAT are commands. */
static void release_held(exchange *x)
{
    bool gap = x->client.gap_in_held;

    x->client.gap_in_held = false;
    client_set_mode(&x->client, CLIENT_COMMANDS);
    if (gap)
        track_lose(x);
}

bool message_after_data(exchange *x, reply_note *note)
{
    bool gap = x->client.gap_in_held;

    if (x->client.mode != CLIENT_HOLDING) {
        if (note->code != 354)
            return false;
        queue_clear(&x->queue); /* what came after DATA was no command */
        message_begin(x, true);
        return false;
    }
    if (note->code != 354) {
        release_held(x);
        return false;
    }
    x->client.gap_in_held = false;
    message_begin(x, gap);
    return false;
}

/* BDAT that the server doesn't know has no chunk. */
static bool refuses_chunk(unsigned code)
{
    return code == 500 || code == 501 || code == 502;
}

bool message_after_bdat(exchange *x, reply_note *note)
{
    if (note->code >= 400 && x->client.mode == CLIENT_COMMANDS &&
        !queue_has(&x->queue, COMMAND_BDAT))
        x->chunk_due = x->client.data_lines;
    if (!queue_is_empty(&x->queue) || note->code < 400)
        return false;
    if (x->client.mode == CLIENT_HOLDING) {
        release_held(x);
    } else if (x->client.mode == CLIENT_CHUNK && !x->client.in_chunk) {
        /* many clients leave the chunk out now; the next reply will tell */
        client_hold_chunk(&x->client, x->client.chunk_left);
    } else if (x->client.mode == CLIENT_CHUNK && refuses_chunk(note->code)) {
        track_lose(x);
    }
    return false;
}

bool message_after_blob(exchange *x, reply_note *note)
{
    if (note->code == 354)
        client_begin_chunk(&x->client, x->blob_size);
    return false;
}

/* Is the chunk of a BDAT, refused before it, among what is held? */
static bool has_whole_chunk(const exchange *x)
{
    return held_bytes(&x->client.held) >= x->client.chunk_left;
}

bool message_settles_chunk(exchange *x, const server_reply *reply)
{
    const command_note *due = x->queue.first;
    bool taken = due != NULL && due == x->queue.last && reply->note->code / 100 == 2;

    if (x->client.mode != CLIENT_HOLDING || !x->client.holds_chunk || (due != NULL && !taken))
        return false;
    if (x->client.gap_in_held || (!taken && !has_whole_chunk(x))) {
        release_held(x);
    } else {
        client_set_mode(&x->client, CLIENT_COMMANDS);
        client_begin_chunk(&x->client, x->client.chunk_left);
    }
    return true;
}
