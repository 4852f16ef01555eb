/* pairing.c
 * Which command does a reply answer?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "pairing.h"

#include <string.h>

#include <glib.h>

#include "auth.h"
#include "greeting.h"
#include "message.h"
#include "track.h"
#include "verdict.h"

static bool is_greeting(const exchange *x, const reply_note *note)
{
    size_t len = strlen(note->text);

    /* a greeting has no enhanced status code (RFC 2034, section 4) */
    return note->code == 220 && !x->greeted && note->enhanced.status_class == 0 &&
           (greeting_is_smtp(note->text, len) ||
            (x->server_first && greeting_is_possible(note->text, len)));
}

/* Can the reply be a greeting, if a command waits, too? 500, 501, 502 and 504 are about a command line. */
static bool may_greet(unsigned code)
{
    return verdict_of(COMMAND_CONNECTION, code, false) <= VERDICT_REFUSED && code != 500 &&
           code != 501 && code != 502 && code != 504;
}

/* No greeting has this code, and a command waits: the server has left its greeting out. */
static void do_without_greeting(exchange *x, const reply_note *note, const exchange_stream *client)
{
    const command_note *due = x->queue.first;

    if (due == NULL || due->id != COMMAND_CONNECTION ||
        (due->next == NULL && !client->has_unseen) || may_greet(note->code))
        return;
    queue_drop(&x->queue);
    if (!note->code_changed) /* else an earlier line was the greeting */
        x->history.spoke_early_in = 0;
}

/* A greeting can't be mistaken: whatever came before it, the session begins here. */
static void take_greeting(exchange *x, const reply_note *note)
{
    const command_note *owner;

    if (!is_greeting(x, note))
        return;
    /* STARTTLS and XCLIENT are answered with 220, too, and some servers name SMTP in that */
    owner = queue_owner(&x->queue, 220);
    if (owner != NULL && owner->id != COMMAND_CONNECTION)
        return;
    if (queue_begins_unknown(&x->queue)) {
        queue_drop(&x->queue);
        x->all_known = true;
        x->recipients_known = true;
        x->commands_known = !queue_has_unknown(&x->queue);
        history_begin(&x->history, true);
    }
    if (queue_is_empty(&x->queue) || x->queue.first->id != COMMAND_CONNECTION)
        queue_push_connection(&x->queue);
    if (x->gap_before_start) /* of a client that didn't wait for the greeting, perhaps */
        track_expect_anything(x);
}

/* Nothing waits for a reply, and one comes. */
static void explain_surplus(exchange *x, unsigned code, const exchange_stream *client)
{
    if (x->client.mode == CLIENT_MESSAGE)
        message_answer_open(x, code);
    if (!queue_is_empty(&x->queue) && !queue_begins_unknown(&x->queue))
        return;
    if (client->has_unseen || client->is_absent) {
        x->commands_known = false;
        track_expect_anything(x);
    } else if (x->client.mode == CLIENT_CHUNK) {
        /* the client went on without the octets that its BDAT announced */
        track_lose(x);
    }
}

/* Does the server take a PROXY header for one line, or several? The first of the header's replies that it
 * can't be shows that the server knows it. */
static bool answers_proxy(exchange *x, unsigned code)
{
    if (x->proxy.frame == 0 || !x->greeted)
        return false;
    if (code == 500 || code == 501 || code == 502 || code == 503 ||
        (code >= 400 && code != 421 && queue_is_empty(&x->queue)) ||
        (x->proxy.binary && code == 221 && queue_owner(&x->queue, code) == NULL))
        return true;
    x->proxy.frame = 0;
    return false;
}

/* The header as a command, once for each reply. */
static command_note *make_proxy_command(exchange *x)
{
    command_note *note = note_store_new_command(x->store);

    note->id = COMMAND_OTHER;
    note->verb = "PROXY";
    note->frame = x->proxy.frame;
    note->time = x->proxy.time;
    note->place = x->proxy.place;
    if (!x->proxy.binary)
        x->proxy.frame = 0;
    return note;
}

static command_note *find_command(exchange *x, const reply_note *note,
                                  const exchange_stream *client)
{
    take_greeting(x, note);
    do_without_greeting(x, note, client);
    if (queue_is_empty(&x->queue))
        explain_surplus(x, note->code, client);
    return queue_match(&x->queue, note->code, note->was_authenticated);
}

static bool stays_outstanding(exchange *x, const command_note *command, unsigned code)
{
    if (command_is_auth((command_id)command->id))
        return code == 334;
    if (command->id == COMMAND_XEXCH50)
        return code == 354;
    if (command->ends_message && code != 421)
        return !message_is_last_reply(x);
    return false;
}

static void keep_on_file(exchange *x, command_note *command, const reply_note *answer)
{
    if (command->response_in == 0 && command->frame != 0)
        note_store_add_command(x->store, command);
    command->response_in = x->frame;
    command->answer = answer;
}

/* The command was answered: does it wait for more replies? */
static void retire(exchange *x, command_queue *queue, const command_note *command, unsigned code)
{
    bool count_known = !command->ends_message || message_is_count_known(x);

    if (stays_outstanding(x, command, code) && count_known)
        return;
    queue_take(queue);
    if (!count_known) {
        x->message_due = 0;
        track_unsettle(x);
    }
}

/* Does a reply answer a command in message data rather than what waits? Once one was carried out, they all
 * are, in their order, before what came behind the message. */
static bool answers_smuggled(const exchange *x, unsigned code)
{
    const command_note *due = x->queue.first, *other = x->smuggled.first;

    if (other == NULL || !x->all_known || code == 421) /* that may come at any time */
        return false;
    if (other->id == COMMAND_OTHER)
        return code == 500 || code == 502;
    if (x->smuggling)
        return due == NULL || verdict_of((command_id)other->id, code, false) <= VERDICT_REFUSED;
    if (due == NULL && x->client.mode == CLIENT_MESSAGE && !x->message_answered && code / 100 == 2)
        return false; /* the server has taken what came before those commands */
    return due == NULL ||
           (verdict_of((command_id)due->id, code, auth_is_in_force(x)) > VERDICT_REFUSED &&
            verdict_of((command_id)other->id, code, false) == VERDICT_EXPECTED);
}

/* Of a message whose DATA, in another message, was refused, the server takes each line for a command. */
static void expect_lines(command_queue *queue)
{
    command_note *message = queue->first, *lines;

    if (message == NULL || message->id != COMMAND_MESSAGE || message != queue->last)
        return;
    lines = queue_push(queue, COMMAND_OTHER);
    lines->frame = message->frame;
    lines->time = message->time;
    lines->place = message->place;
    queue_drop(queue);
}

/* A command in message data was answered; its lines may get more replies. */
static void retire_smuggled(exchange *x, const command_note *command, unsigned code)
{
    bool refuses_data = command->id == COMMAND_DATA && code >= 400;

    if (command->id != COMMAND_OTHER)
        retire(x, &x->smuggled, command, code);
    if (refuses_data)
        expect_lines(&x->smuggled);
}

/* How many tenths of a second the server took, if that is worth pointing out, or 0. It has to do nothing before the command
 * came, before it has answered what came earlier, and while a response is due. */
static uint16_t slowness(const exchange *x, const command_note *command)
{
    int64_t since = MAX(command->time, x->spoke);

    if (command->time == 0 || x->time - since <= note_store_slow(x->store))
        return 0;
    return (uint16_t)MIN((x->time - since) / NS_PER_TENTH, G_MAXUINT16);
}

void pairing_fill_in(exchange *x, reply_note *note, const exchange_stream *client)
{
    if (answers_proxy(x, note->code)) {
        note->answers_proxy = true;
        note->command = make_proxy_command(x);
        note->elapsed = x->time - note->command->time;
        note->verdict = note->code >= 400 ? VERDICT_REFUSED : VERDICT_UNEXPECTED;
        keep_on_file(x, (command_note *)note->command, note);
        return;
    }
    if (message_answers_chunk(x, note->code)) {
        note->answers_chunk = true;
        note->verdict = x->all_known ? VERDICT_UNSOLICITED : VERDICT_UNKNOWN;
        return;
    }
    bool smuggled = answers_smuggled(x, note->code);
    command_queue *queue = smuggled ? &x->smuggled : &x->queue;
    command_note *command = smuggled ? queue->first : find_command(x, note, client);

    note->smuggled = smuggled;
    queue_note_reply(&x->queue, command);
    if (command == NULL) {
        note->verdict = x->all_known ? VERDICT_UNSOLICITED : VERDICT_UNKNOWN;
        return;
    }
    if (queue_advance(queue, command))
        x->commands_known = true;
    if (!smuggled && command->id != COMMAND_MESSAGE)
        queue_clear(&x->smuggled); /* the server took it all for one message */
    x->smuggling = smuggled;
    note->command = command;
    note->elapsed = x->time - command->time;
    note->slow = slowness(x, command);
    note->verdict =
        (uint8_t)verdict_of((command_id)command->id, note->code, note->was_authenticated);
    keep_on_file(x, command, note);
    if (smuggled)
        retire_smuggled(x, command, note->code);
    else
        retire(x, queue, command, note->code);
}
