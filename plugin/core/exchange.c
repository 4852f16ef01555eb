/* exchange.c
 * The exchange of commands and replies: what each of them changes in the session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "exchange.h"

#include <string.h>

#include <glib.h>

#include "auth.h"
#include "early.h"
#include "ending.h"
#include "filing.h"
#include "message.h"
#include "middlebox.h"
#include "pairing.h"
#include "starttls.h"
#include "track.h"
#include "verb.h"
#include "words.h"

/* --- beginnings and ends --- */

void exchange_init(exchange *x, wmem_allocator_t *scope, note_store *store, login_list *logins)
{
    memset(x, 0, sizeof *x);
    x->scope = scope;
    x->store = store;
    x->logins = logins;
    x->commands_known = true;
    client_init(&x->client, scope, note_store_keeps_users(store));
    server_init(&x->server, store, scope);
    queue_init(&x->queue, store);
    queue_init(&x->smuggled, store);
}

void exchange_set_frame(exchange *x, uint32_t frame, int64_t time)
{
    x->frame = frame;
    x->time = time;
}

void exchange_note_opened(exchange *x, int64_t time)
{
    x->opened = time;
}

void exchange_note_gap_before_start(exchange *x)
{
    x->gap_before_start = true;
}

/* Forgets all that was thought of the two sides. */
static void forget(exchange *x)
{
    x->offers = NULL;
    x->ehlo_text = x->help_text = NULL;
    x->commands_known = true;
    x->message_answered = false;
    x->after_refused_login = false;
    x->responses = 0;
    x->challenges = 0;
    x->proxy.frame = 0;
    x->chunk_due = 0;
    x->tls_unasked_in = 0;
    x->starttls_taken = false;
    queue_clear(&x->queue);
    queue_clear(&x->smuggled);
    x->smuggling = false;
    server_reset(&x->server);
    client_reset(&x->client);
}

void exchange_begin(exchange *x, exchange_start start)
{
    forget(x);
    memset(&x->summary, 0, sizeof x->summary);
    x->ended = false;
    x->greeted = false;
    x->server_first = start == EXCHANGE_SERVER_FIRST;
    x->all_known = start == EXCHANGE_AT_START || start == EXCHANGE_INSIDE_TLS;
    x->recipients_known = x->all_known;
    history_begin(&x->history, x->all_known);
    if (start != EXCHANGE_INSIDE_TLS)
        client_expect_start(&x->client);
    if (start == EXCHANGE_AT_START)
        queue_push_connection(&x->queue)->time = x->opened;
    if (x->all_known)
        return;
    x->commands_known = false;
    queue_push_unknown(&x->queue);
    queue_note_reply(&x->queue, NULL);
}

void exchange_enter_tls(exchange *x)
{
    auth_log_out(x);
    forget(x);
    history_begin(&x->history, x->all_known);
}

void exchange_close(exchange *x)
{
    login_end(x->logins, x->frame + 1);
    forget(x);
    secrets_free(x->scope, x->client.secrets);
    x->client.secrets = NULL;
}

/* --- what the client says --- */

/* The verb of a command that no table knows; NULL if it may not be shown. What the server lists is
 * without secrets. */
static const char *name_verb(const exchange *x, const char *verb, size_t len)
{
    const char *name = verb_known(verb, len);
    char *copy;

    if (x->after_refused_login)
        return NULL;
    if (name != NULL)
        return secrets_in(x->client.secrets, verb, len, false) ? NULL : name;
    if (!verb_is_listed(x->ehlo_text, verb, len) && !verb_is_listed(x->help_text, verb, len))
        return NULL;
    copy = g_ascii_strup(verb, (gssize)len);
    name = note_store_share_text(x->store, copy, len);
    g_free(copy);
    return name;
}

/* What is in a line that SMTP doesn't know may be a password, or anything. */
static void note_unknown_line(exchange *x, const command_note *note, const client_event *event)
{
    const char *end = event->argument + event->argument_len;
    const char *from = note->verb == NULL ? event->verb : event->argument;

    if (note->verb == NULL || !verb_has_public_argument(note->verb))
        client_note_secret(&x->client, SECRETS_LINE, from, (size_t)(end - from),
                           event->argument_cut);
}

/* How the client goes on after a command. */
static void (*const begin_what_follows[])(exchange *x, command_note *note,
                                          const client_event *event) = {
    [SENDS_COMMANDS] = NULL,
    [SENDS_MESSAGE] = message_begin_data,
    [SENDS_CHUNK] = message_begin_chunk,
    [SENDS_RESPONSES] = auth_begin,
    [SENDS_TLS] = starttls_begin,
    [SENDS_BLOB] = message_begin_blob,
};

static void note_hello(exchange *x, command_id id)
{
    x->lmtp |= id == COMMAND_LHLO;
    x->protocol_known |= command_describe(id)->proof == PROVES_BY_DOMAIN;
}

/* After a loss a word may be a response whose challenge is missing, and up to three the end of an AUTH. */
static void note_rest(exchange *x, const client_event *event)
{
    const char *end = event->argument + event->argument_len, *at = event->argument, *word;
    size_t len;

    words_next(&at, end, &word, &len);
    words_next(&at, end, &word, &len);
    if (!words_next(&at, end, &word, &len))
        client_note_secret(&x->client, SECRETS_LINE, event->verb, (size_t)(end - event->verb),
                           event->argument_cut);
}

/* The command that a line is; NULL if it may be something else. */
static command_note *take_command(exchange *x, const client_event *event)
{
    const command_info *info = command_describe(event->id);
    command_note *note;
    bool in_auth;

    if (!x->commands_known && event->id == COMMAND_OTHER) {
        queue_note_command(&x->queue, NULL);
        note_rest(x, event);
        return NULL;
    }
    in_auth = event->in_auth && x->responses < x->challenges;
    if (in_auth)
        auth_note_unanswered(x, event);
    if (event->in_auth)
        client_set_mode(&x->client, CLIENT_COMMANDS);
    note = track_place(track_push(x, event->id), event);
    note->in_auth = in_auth;
    if (event->id == COMMAND_OTHER) {
        note->verb = name_verb(x, event->verb, event->verb_len);
        note_unknown_line(x, note, event);
    }
    queue_note_command(&x->queue, event->alone ? note : NULL);
    note_hello(x, event->id);
    history_take_command(&x->history, note);
    if (begin_what_follows[info->sends] != NULL)
        begin_what_follows[info->sends](x, note, event);
    return note;
}

/* A PROXY header gets no reply from a server that knows it. */
static void take_proxy(exchange *x, const client_event *came)
{
    event_note event = { .kind = EVENT_PROXY };

    if (came->client[0] != '\0')
        event.detail = note_store_share_text(x->store, came->client, strlen(came->client));
    x->client_named = event.detail;
    x->proxy.frame = came->bytes->frame;
    x->proxy.time = came->bytes->time;
    x->proxy.place = came->place;
    x->proxy.binary = came->binary;
    history_note_proxy(&x->history, came->bytes->frame);
    filing_add_of_client(x, &event, came);
}

/* What else there is to say about a command line. */
static void look_at_line(exchange *x, const client_event *came)
{
    event_note early = { .kind = EVENT_EARLY_TALKER, .id = (uint8_t)came->id };
    event_note without_cr = { .kind = EVENT_LINE_WITHOUT_CR };

    if (!x->line_filed && x->commands_known && came->id != COMMAND_OTHER && !came->crlf &&
        !came->argument_cut) {
        x->line_filed = true;
        filing_add_of_client(x, &without_cr, came);
    }
    if (!x->early_filed && early_is(x, came)) {
        x->early_filed = true;
        early.greeted = x->greeted;
        filing_add_of_client(x, &early, came);
    }
}

void exchange_take_client(exchange *x, const client_event *event)
{
    x->server_first = false;
    if (event->kind == CLIENT_SAID_COMMAND && early_awaits_greeting(x))
        history_note_early(&x->history, event->bytes->frame);
    if (event->kind == CLIENT_SAID_COMMAND)
        look_at_line(x, event);
    switch (event->kind) {
    case CLIENT_SAID_COMMAND:
        take_command(x, event);
        break;
    case CLIENT_SAID_RESPONSE:
        auth_take_response(x, event);
        break;
    case CLIENT_ENDED_MESSAGE:
        message_take_end(x, event);
        break;
    case CLIENT_ENDED_CHUNK:
        message_take_chunk_end(x, event);
        break;
    case CLIENT_SMUGGLED_COMMAND:
        message_take_smuggled(x, event);
        break;
    case CLIENT_SENT_PROXY:
        take_proxy(x, event);
        break;
    case CLIENT_BEGAN_TLS: /* after STARTTLS it is the session's business */
        if (event->unasked)
            starttls_take_unasked(x, event);
        break;
    }
}

/* Is too little of the client's missing for a command, or a response? That may be CR LF alone. */
static bool is_nothing(const exchange *x, const span *hole)
{
    bool commands = x->client.mode == CLIENT_COMMANDS;
    bool response = x->client.mode == CLIENT_RESPONSES && hole->missing == 1;

    return (commands || response) && track_is_no_line(hole, &x->client.line);
}

void exchange_skip_client(exchange *x, const span *hole)
{
    client_event event;
    bool finished = hole->kind == SPAN_CUT && client_finish_cut(&x->client, hole, &event) &&
                    take_command(x, &event) != NULL;
    /* the rest of that command's line, of which two bytes are CR LF, and nothing else */
    bool only_line = finished && (hole->missing <= 2 || command_describe(event.id)->last_in_group);

    x->all_known = false;
    x->server_first = false;
    if (is_nothing(x, hole))
        return;
    if (x->client.mode == CLIENT_RESPONSES)
        auth_lose_response(x);
    if (!client_skip(&x->client, hole->missing, finished, only_line))
        track_lose(x);
}

/* --- what a reply changes --- */

/* What a reply changes depends on what it answers: a function for each command that matters. */
typedef bool (*reply_effect)(exchange *x, reply_note *note);

static bool after_mail(exchange *x, reply_note *note)
{
    if (note->code / 100 == 2) {
        x->recipients = 0;
        x->recipients_known = !queue_has_unknown(&x->queue);
    }
    return false;
}

static bool after_rcpt(exchange *x, reply_note *note)
{
    x->recipients += note->code / 100 == 2 ? 1 : 0;
    return false;
}

static bool after_help(exchange *x, reply_note *note)
{
    if (note->code < 400)
        x->help_text = note->text;
    note->ends_help = true;
    return false;
}

/* 220 begins the session again. */
static bool after_xclient(exchange *x, reply_note *note)
{
    if (note->code == 220) {
        auth_log_out(x);
        x->offers = NULL;
    }
    return false;
}

/* The sides change their roles. */
static bool after_turn(exchange *x, reply_note *note)
{
    if (note->code != 250)
        return false;
    auth_log_out(x);
    x->stray_filed = true; /* who serves from here on may not know that */
    exchange_begin(x, x->all_known ? EXCHANGE_AT_START : EXCHANGE_MIDWAY);
    return true;
}

/* Does something between client and server show in this reply, or in what it answers? */
static bool shows_middlebox(const exchange *x, const reply_note *note)
{
    const command_note *command = note->command;

    switch (note_command_id(note)) {
    case COMMAND_CONNECTION:
        return middlebox_masks_greeting(note->text);
    case COMMAND_EHLO:
        return note->offers != NULL && note->offers->masked;
    case COMMAND_STARTTLS:
        return note->code >= 400 && (x->rewritten || ((note->code == 500 || note->code == 502) &&
                                                      offers_has(note->offers, "STARTTLS")));
    case COMMAND_OTHER:
        return command->verb != NULL && middlebox_masks_word(command->verb, strlen(command->verb));
    default:
        return false;
    }
}

static const reply_effect effects[COMMAND_COUNT] = {
    [COMMAND_MAIL] = after_mail,
    [COMMAND_RCPT] = after_rcpt,
    [COMMAND_DATA] = message_after_data,
    [COMMAND_HELP] = after_help,
    [COMMAND_BDAT] = message_after_bdat,
    [COMMAND_XEXCH50] = message_after_blob,
    [COMMAND_AUTH] = auth_after_reply,
    [COMMAND_X_EXPS] = auth_after_reply,
    [COMMAND_STARTTLS] = starttls_after_reply,
    [COMMAND_XCLIENT] = after_xclient,
    [COMMAND_ATRN] = after_turn,
    [COMMAND_TURN] = after_turn,
};

/* What a reply says of the session even though its command isn't known. */
static void apply_unknown(exchange *x, const reply_note *note)
{
    if (note->verdict != VERDICT_UNKNOWN)
        return;
    switch (note->code) {
    case 354: /* the client's message follows, and nothing else can be outstanding */
        queue_clear(&x->queue);
        message_begin(x, true);
        break;
    case 235: /* the client had to wait for it */
        queue_clear(&x->queue);
        client_set_mode(&x->client, CLIENT_COMMANDS);
        x->commands_known = true;
        break;
    case 334:
        client_set_mode(&x->client, CLIENT_RESPONSES);
        break;
    default:
        if (x->client.mode == CLIENT_RESPONSES) {
            client_set_mode(&x->client, CLIENT_COMMANDS);
            x->after_refused_login = true;
        }
        break;
    }
}

/* True if the sides change their roles by it. */
static bool apply(exchange *x, reply_note *note)
{
    reply_effect effect = note->command != NULL ? effects[note->command->id] : NULL;

    if (note->command == NULL)
        apply_unknown(x, note);
    return effect != NULL && effect(x, note);
}

/* Takes over what the reply to EHLO lists, and drops what any other reply seemed to list. */
static void settle_offers(exchange *x, const server_reply *reply)
{
    static const offers nothing_offered;
    reply_note *note = reply->note;
    command_id command = note_command_id(note);

    if (!note_accepts_ehlo(note))
        offers_free(x->scope, reply->listed);
    else if (reply->cut)
        x->offers = NULL;
    else
        x->offers = reply->listed != NULL ? note_store_share_offers(x->store, reply->listed)
                                          : &nothing_offered;
    if (note_accepts_ehlo(note))
        x->ehlo_text = note->text;
    if (command == COMMAND_HELO || command == COMMAND_CONNECTION)
        x->offers = NULL;
    note->offers = x->offers;
}

void exchange_mind_secrets(exchange *x)
{
    const command_note *due = x->queue.first;
    bool repeats = due == NULL || due->id == COMMAND_NONE || due->id == COMMAND_OTHER ||
                   command_is_auth((command_id)due->id);

    secrets_spare_ordinary(x->client.secrets, !repeats);
}

/* Has the server said that it ends the session: 421, 221, or a greeting that refuses the client, as long as it
 * takes nothing after that? */
static bool gives_up(const exchange *x, const reply_note *note)
{
    bool refuses = note->code >= 400 && note_command_id(note) == COMMAND_CONNECTION;

    return note->code == 421 || note->code == 221 || refuses || (x->gave_up && note->code >= 400);
}

bool exchange_take_server(exchange *x, const server_reply *reply, const exchange_stream *client)
{
    reply_note *note = reply->note;
    uint32_t authenticated_in = login_holding(x->logins);
    session_facts facts;
    bool swapped;

    note->was_authenticated = authenticated_in != 0;
    note->injected = starttls_is_followed_by(x, note);
    note->after_close = client->has_closed;
    pairing_fill_in(x, note, client);
    settle_offers(x, reply);
    starttls_look_at_reply(x, note);
    x->greeted = true;
    x->spoke = x->time;
    x->response_lost = false;
    x->gave_up = gives_up(x, note);
    x->parted = x->gave_up || note->code == 221;
    note->rewritten = shows_middlebox(x, note);
    x->rewritten |= note->rewritten;
    swapped = !note->smuggled && apply(x, note);
    if (note_logs_in(note) && !note->was_authenticated)
        login_begin(x->logins, x->scope, x->frame);
    if (note_refuses(note))
        facts = history_tell(&x->history, note, authenticated_in, x->all_known);
    if (!note->smuggled && !message_awaits_more(x, note))
        history_take_reply(&x->history, note, x->frame);
    note_store_add_reply(x->store, x->frame, note, note_refuses(note) ? &facts : NULL);
    summary_add(&x->summary, note, x->frame);
    if (note->code == 221 && note_command_id(note) == COMMAND_QUIT)
        ending_file(x, SESSION_QUIT, NULL);
    return swapped;
}

void exchange_look_at_server(exchange *x)
{
    event_note event = { .kind = EVENT_LINE_WITHOUT_CODE, .by_server = true };

    if (x->server.stray == NULL || x->stray_filed || !x->greeted || !x->all_known)
        return;
    x->stray_filed = true;
    event.detail = filing_keep(x, x->server.stray);
    filing_add(x, &event);
}

/* Does the server wait for the client? */
static bool nothing_is_due(const exchange *x)
{
    return queue_is_empty(&x->queue) || (x->queue.count == 1 && x->client.mode == CLIENT_RESPONSES);
}

void exchange_skip_server(exchange *x, const span *hole, bool answered)
{
    bool lost_login = x->client.mode == CLIENT_RESPONSES && x->response_lost;

    x->all_known = false;
    if (track_is_no_line(hole, &x->server.line))
        return;
    server_reset(&x->server);
    if (answered && nothing_is_due(x))
        return;
    if (x->client.mode == CLIENT_HOLDING) {
        if (x->client.held.first != NULL || x->client.gap_in_held) /* commands may be among them */
            track_expect_anything(x);
        held_clear(&x->client.held, x->scope);
        x->client.gap_in_held = false;
    }
    if (x->client.mode == CLIENT_HOLDING || x->client.mode == CLIENT_RESPONSES) {
        client_set_mode(&x->client, CLIENT_COMMANDS);
        x->commands_known = false;
    }
    track_unsettle(x);
    if (lost_login) { /* the end of this login, perhaps, and the beginning of the next one */
        queue_clear(&x->queue);
        track_expect_anything(x);
    }
}