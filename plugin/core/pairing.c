/* pairing.c
 * The queue of outstanding commands: which one does a reply answer?
 *
 * Replies come in the order of the commands (RFC 2920, section 3.1). Where bytes are missing, a
 * note of COMMAND_NONE stands in the queue for commands and replies that nobody saw. While it is
 * the first, replies are unknown, with two exceptions, after which the queue is in step again:
 *   - a reply that only one kind of command gets, which is outstanding (354, 235, 334, 221, 220),
 *     with nothing missing behind it;
 *   - a reply that fits the one command that the client sent, alone, since the server last spoke.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "mechanism.h"
#include "session_private.h"

static void append(command_queue *queue, command_note *note)
{
    note->next = NULL;
    if (queue->last != NULL)
        queue->last->next = note;
    else
        queue->first = note;
    queue->last = note;
    queue->count++;
}

static command_note *take_first(command_queue *queue)
{
    command_note *note = queue->first;

    queue->first = note->next;
    if (queue->first == NULL)
        queue->last = NULL;
    if (queue->lone == note)
        queue->lone = NULL;
    queue->count--;
    note->next = NULL;
    return note;
}

/* A command that was answered before (334) is on file, and stays. */
static void discard_first(session *s)
{
    command_note *note = take_first(&s->queue);

    if (note->response_in != 0)
        return;
    if (note->id == COMMAND_OTHER) /* the others' verbs are the table's */
        wmem_free(s->scope, (void *)note->verb);
    if (note->mechanism != NULL && mechanism_known(note->mechanism) == NULL)
        wmem_free(s->scope, (void *)note->mechanism);
    note_store_drop_command(s->store, note);
}

void pairing_clear(session *s)
{
    while (s->queue.first != NULL)
        discard_first(s);
}

static command_note *new_note(session *s, command_id id)
{
    command_note *note = note_store_new_command(s->store);

    note->id = (uint8_t)id;
    return note;
}

static bool is_unknown(const command_note *note)
{
    return note->id == COMMAND_NONE;
}

void pairing_push_unknown(session *s)
{
    s->lossless = false;
    s->accepted_sure = false;
    s->queue.lone = NULL;
    s->queue.lines_since_reply = G_MAXUINT16; /* no command is the only one now */
    if (s->queue.last == NULL || !is_unknown(s->queue.last))
        append(&s->queue, new_note(s, COMMAND_NONE));
}

/* Replies are missing: any of the outstanding commands may have been answered already. */
void pairing_unsettle(session *s)
{
    s->lossless = false;
    s->accepted_sure = false;
    s->queue.lone = NULL;
    s->queue.lines_since_reply = 0;
    if (s->queue.first != NULL && is_unknown(s->queue.first))
        return;
    command_note *unknown = new_note(s, COMMAND_NONE);
    unknown->next = s->queue.first;
    s->queue.first = unknown;
    if (s->queue.last == NULL)
        s->queue.last = unknown;
    s->queue.count++;
}

command_note *pairing_push(session *s, command_id id, const span *bytes)
{
    if (s->queue.count >= SESSION_OUTSTANDING_MAX) {
        pairing_clear(s);
        pairing_push_unknown(s);
    }
    command_note *note = new_note(s, id);
    if (bytes != NULL) {
        note->frame = bytes->frame;
        note->time = bytes->time;
    }
    append(&s->queue, note);
    return note;
}

/* The first, or the last, outstanding command that a reserved code can answer; NULL also if it
 * may be one that nobody saw. */
static command_note *find_owner(const command_queue *queue, unsigned code, bool last)
{
    command_note *found = NULL;

    for (command_note *note = queue->first; note != NULL; note = note->next) {
        if (is_unknown(note) && !last)
            break;
        if (is_unknown(note))
            found = NULL;
        if (verdict_code_is_reserved_for(code, (command_id)note->id)) {
            found = note;
            if (!last)
                break;
        }
    }
    return found;
}

static bool is_plausible(const session *s, const command_note *note, unsigned code)
{
    verdict v = verdict_of((command_id)note->id, code, session_is_authenticated(s));

    return v == VERDICT_EXPECTED || v == VERDICT_REFUSED;
}

/* The queue's first entry is not known: which of the others can the reply only answer? */
static command_note *resynchronise(session *s, unsigned code)
{
    command_queue *queue = &s->queue;
    command_note *owner = find_owner(queue, code, true);

    if (owner != NULL)
        return owner;
    if (queue->lone != NULL && queue->lone == queue->last && queue->lines_since_reply == 1 &&
        is_plausible(s, queue->lone, code))
        return queue->lone;
    return NULL;
}

static command_note *in_order(session *s, unsigned code)
{
    command_note *first = s->queue.first;
    command_note *owner;

    if (first == NULL || verdict_code_is_reserved_for(code, (command_id)first->id))
        return first;
    /* a server that left an earlier command unanswered */
    owner = find_owner(&s->queue, code, false);
    return owner != NULL ? owner : first;
}

bool pairing_has_unknown(const session *s)
{
    for (const command_note *note = s->queue.first; note != NULL; note = note->next)
        if (is_unknown(note))
            return true;
    return false;
}

static void discard_before(session *s, const command_note *note)
{
    bool resynchronised = is_unknown(s->queue.first);

    while (s->queue.first != note)
        discard_first(s);
    if (resynchronised && !pairing_has_unknown(s))
        s->client.unsure = false;
}

/* A greeting can't be mistaken: whatever came before it, the session begins here. */
static void take_greeting(session *s, const reply_note *note)
{
    /* a greeting has no enhanced status code (RFC 2034, section 4) */
    if (note->code != 220 || s->greeted || note->enhanced.status_class != 0 ||
        !server_text_is_greeting(note->text, strlen(note->text)))
        return;
    /* STARTTLS and XCLIENT are answered with 220, too, and some servers name SMTP in that */
    command_note *owner = find_owner(&s->queue, 220, true);
    if (owner != NULL && owner->id != COMMAND_CONNECTION)
        return;
    if (s->queue.first != NULL && is_unknown(s->queue.first)) {
        discard_first(s);
        s->lossless = true;
        s->accepted_sure = true;
        s->client.unsure = pairing_has_unknown(s);
    }
    if (s->queue.first == NULL || s->queue.first->id != COMMAND_CONNECTION)
        session_begin_connection(s);
    if (s->early_hole) /* of a client that didn't wait for the greeting, perhaps */
        pairing_push_unknown(s);
}

/* The end of the message wasn't seen. Has it come, and what after it? */
static void leave_open_message(session *s)
{
    s->client.mode = CLIENT_COMMANDS;
    s->client.unsure = true;
    pairing_push_unknown(s);
}

/* Has the client sent bytes that are not in the capture? */
static bool has_unseen_bytes(const session *s)
{
    const stream *client = &s->streams[!s->server];

    /* a single byte may be a FIN, but not in the middle of a line */
    return stream_has_unseen(client) || (s->lines[!s->server].open && client->started &&
                                         client->has_ack && client->acked - client->next == 1);
}

/* After 354 the next reply is that to the message, even if its end wasn't seen: the server has
 * nothing else to answer (RFC 5321, section 4.1.1.4). */
static command_note *answer_open_message(session *s)
{
    client_state *client = &s->client;
    command_note *note;

    if (client->mode != CLIENT_MESSAGE)
        return NULL;
    if (client->message_answered) {
        if (client->message_hole) /* its end is among what is missing */
            leave_open_message(s);
        return NULL;
    }
    note = pairing_push(s, COMMAND_MESSAGE, NULL);
    note->verb = command_name(COMMAND_MESSAGE);
    note->ends_message = true;
    client->message_answered = true;
    if (client->message_hole)
        leave_open_message(s);
    return note;
}

static command_note *find(session *s, const reply_note *note)
{
    command_queue *queue = &s->queue;

    take_greeting(s, note);
    if (queue->first == NULL) {
        command_note *message = answer_open_message(s);

        if (message != NULL)
            return message;
        if (has_unseen_bytes(s)) {
            pairing_push_unknown(s);
            s->client.unsure = true;
        } else if (s->client.mode == CLIENT_CHUNK) {
            /* the client went on without the octets that its BDAT announced */
            leave_open_message(s);
        }
    }
    if (queue->first != NULL && is_unknown(queue->first))
        return resynchronise(s, note->code);
    return in_order(s, note->code);
}

/* How many replies does the end of message data get? LMTP: one for each accepted recipient
 * (RFC 2033, section 4.2). */
static bool is_last_for_message(session *s)
{
    if (!s->lmtp)
        return true;
    if (s->message_due == 0)
        s->message_due = MAX(s->accepted, 1);
    return --s->message_due == 0;
}

/* Are more replies to the end of the message due than is known? */
static bool is_count_unsure(const session *s)
{
    if (s->lmtp || s->hello_seen || s->lossless)
        return s->lmtp && !s->accepted_sure;
    return !s->accepted_sure || s->accepted > 1; /* nobody saw whether this is LMTP */
}

static bool stays_outstanding(session *s, const command_note *command, unsigned code)
{
    if (command_is_auth((command_id)command->id))
        return code == 334;
    if (command->ends_message && code != 421)
        return !is_last_for_message(s);
    return false;
}

static void keep_on_file(session *s, command_note *command)
{
    if (command->response_in == 0 && command->frame != 0)
        note_store_add_command(s->store, command);
    command->response_in = s->now;
}

static void retire(session *s, const command_note *command, unsigned code)
{
    bool count_unsure = command->ends_message && is_count_unsure(s);

    if (stays_outstanding(s, command, code) && !count_unsure)
        return;
    take_first(&s->queue);
    if (count_unsure) {
        s->message_due = 0;
        pairing_unsettle(s);
    }
}

void pairing_answer(session *s, reply_note *note)
{
    command_note *command = find(s, note);

    s->queue.lines_since_reply = 0;
    if (command == NULL) {
        s->queue.lone = NULL;
        note->verdict = s->lossless ? VERDICT_UNSOLICITED : VERDICT_UNKNOWN;
        return;
    }
    discard_before(s, command);
    note->command = command;
    note->elapsed = s->now_time - command->time;
    note->verdict =
        (uint8_t)verdict_of((command_id)command->id, note->code, session_is_authenticated(s));
    keep_on_file(s, command);
    retire(s, command, note->code);
}
