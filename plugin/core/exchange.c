/* exchange.c
 * The exchange of commands and replies: what each of them changes in the session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "exchange.h"

#include <string.h>

#include <glib.h>

#include "challenge.h"
#include "greeting.h"
#include "mechanism.h"
#include "middlebox.h"
#include "roles.h"
#include "user_name.h"
#include "verb.h"
#include "words.h"

/* Digits of a chunk's size: so many fit in 64 bits. */
#define CHUNK_DIGITS_MAX 18

/* The one setter of the client's mode. */
static void set_mode(exchange *x, client_mode mode)
{
    client_set_mode(&x->client, mode);
}

static bool is_logged_in(const exchange *x)
{
    return login_holding(x->logins) != 0;
}

static void log_out(exchange *x)
{
    login_end(x->logins, x->frame);
}

/* --- doubt --- */

/* From here on anything may be outstanding. */
static void expect_anything(exchange *x)
{
    x->all_known = false;
    x->recipients_known = false;
    history_doubt(&x->history);
    queue_push_unknown(&x->queue);
}

/* Replies are missing. */
static void unsettle(exchange *x)
{
    x->all_known = false;
    x->recipients_known = false;
    history_doubt(&x->history);
    queue_unsettle(&x->queue);
}

/* What the client sends next may be anything, also message content. */
static void lose_track(exchange *x)
{
    set_mode(x, CLIENT_COMMANDS);
    x->commands_known = false;
    expect_anything(x);
}

static command_note *push(exchange *x, command_id id)
{
    if (queue_is_full(&x->queue)) {
        queue_clear(&x->queue);
        expect_anything(x);
    }
    return queue_push(&x->queue, id);
}

/* Where in the capture the command stands. */
static command_note *place_note(command_note *note, const client_event *event)
{
    note->frame = event->bytes->frame;
    note->time = event->bytes->time;
    note->place = event->place;
    return note;
}

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
    log_out(x);
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

/* DATA. Where bytes are missing, only the server's 354 shows that a message follows. */
static void begin_data(exchange *x, command_note *note, const client_event *event)
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

/* BDAT. A server that doesn't know it, or not that argument, reads what follows as commands. */
static void begin_chunk(exchange *x, command_note *note, const client_event *event)
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

/* XEXCH50 (MS-XEXCH50): the octets, as many as its first argument says, follow the 354. */
static void begin_blob(exchange *x, command_note *note, const client_event *event)
{
    bool last;

    (void)note;
    read_chunk_size(event->argument, event->argument_len, &x->blob_size, &last);
}

/* Is a response nothing but a name? The first one of LOGIN is, if the server asks for that, or for
 * nothing; those of EXTERNAL and ANONYMOUS are (RFC 4422, appendix A; RFC 4505). */
static bool is_name(const sasl_response *response)
{
    if (response->mechanism == NULL)
        return false;
    if (strcmp(response->mechanism, "LOGIN") != 0)
        return strcmp(response->mechanism, "EXTERNAL") == 0 ||
               strcmp(response->mechanism, "ANONYMOUS") == 0;
    return response->nth == 1 &&
           (response->asked == CHALLENGE_NONE || response->asked == CHALLENGE_PROMPT_USER);
}

/* Takes a response to an AUTH into account. text: all of it, NULL if it isn't kept. */
static void note_response(exchange *x, command_note *auth, uint32_t frame, uint64_t hash,
                          const char *text, size_t len)
{
    sasl_response response = { .mechanism = auth->mechanism, .base64 = text, .len = len };
    char *user = NULL;

    history_take_response(&x->history, auth, frame, hash);
    /* otherwise a password may stand in a name's place */
    response.nth = x->history.responses_known ? x->history.responses : 0;
    response.asked = (challenge_kind)x->asked;
    if (is_name(&response))
        secrets_forget_last(x->client.secrets);
    if (text != NULL && note_store_keeps_users(x->store))
        user = user_name_read(NULL, &response);
    if (user != NULL && !secrets_in_earlier(x->client.secrets, user, strlen(user)))
        auth->user = note_store_share_text(x->store, user, strlen(user));
    else if (x->history.responses_equal) /* a client that sends its password twice */
        auth->user = NULL;
    wmem_free(NULL, user);
}

/* A response that comes with AUTH itself; "=" is an empty one (RFC 4954, section 4). */
static void take_initial_response(exchange *x, command_note *note, const client_event *event,
                                  const char *response)
{
    size_t len = (size_t)(event->argument + event->argument_len - response);

    if (event->argument_cut)
        note_response(x, note, note->frame, 0, NULL, 0);
    else if (words_equal(response, len, "="))
        history_take_empty_response(&x->history);
    else if (len > 0)
        note_response(x, note, note->frame, secrets_hash(0, response, len), response, len);
}

/* AUTH: what neither we nor the server know as a mechanism may be a secret. */
static void begin_auth(exchange *x, command_note *note, const client_event *event)
{
    char name[MECHANISM_NAME_MAX + 1];
    const char *end = event->argument + event->argument_len;
    const char *name_end = words_end(event->argument, end);

    if (mechanism_from_argument(event->argument, (size_t)(name_end - event->argument), name)) {
        note->mechanism = mechanism_known(name);
        if (note->mechanism == NULL && offers_mechanism(x->offers, note->verb, name))
            note->mechanism = wmem_strdup(x->scope, name);
    }
    /* apart, since the rest of a line in pieces is read before */
    if (note->mechanism == NULL)
        client_note_secret(&x->client, SECRETS_RESPONSE, event->argument,
                           (size_t)(name_end - event->argument), event->argument_cut);
    client_note_secret(&x->client, SECRETS_RESPONSE, name_end, (size_t)(end - name_end),
                       event->argument_cut);
    x->asked = CHALLENGE_NONE;
    if (note->mechanism != NULL)
        take_initial_response(x, note, event, words_skip_blanks(name_end, end));
    x->responses = 0;
    x->challenges = 0;
    set_mode(x, CLIENT_RESPONSES);
}

static void expect_tls(exchange *x, command_note *note, const client_event *event)
{
    (void)note;
    (void)event;
    set_mode(x, CLIENT_MAYBE_TLS);
}

/* How the client goes on after a command. */
static void (*const begin_what_follows[])(exchange *x, command_note *note,
                                          const client_event *event) = {
    [SENDS_COMMANDS] = NULL,        [SENDS_MESSAGE] = begin_data, [SENDS_CHUNK] = begin_chunk,
    [SENDS_RESPONSES] = begin_auth, [SENDS_TLS] = expect_tls,     [SENDS_BLOB] = begin_blob,
};

static void note_hello(exchange *x, command_id id)
{
    x->lmtp |= id == COMMAND_LHLO;
    x->protocol_known |= command_describe(id)->proof == PROVES_BY_DOMAIN;
}

/* Files an event of what the client said. Like replies, it is filed where it becomes known: the frame
 * of bytes that were held, or came too early, has been shown already. */
static void file_event(exchange *x, event_note *event, const client_event *came)
{
    event->frame = MAX(x->frame, x->seen_in);
    event->verb = command_name(came->id);
    if (came->bytes->frame == event->frame)
        event->place = came->place;
    else
        event->about = came->bytes->frame;
    note_store_add_event(x->store, event);
}

/* Did the server refuse with the 334 to which a response is due? */
static bool was_refused(const exchange *x)
{
    return x->asked == CHALLENGE_TOKEN_ERROR || x->asked == CHALLENGE_SCRAM_ERROR;
}

/* The client gave up AUTH with a command. */
static void note_unanswered_challenge(exchange *x, const client_event *came)
{
    const command_note *auth = x->queue.first; /* it was answered with 334, so it is on file */
    event_note event = { .kind = EVENT_CHALLENGE_UNANSWERED, .refused = was_refused(x) };

    if (auth == NULL || !command_is_auth((command_id)auth->id) || auth->response_in == 0)
        return;
    event.about = auth->frame;
    event.mechanism = auth->mechanism;
    file_event(x, &event, came);
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
        note_unanswered_challenge(x, event);
    if (event->in_auth)
        set_mode(x, CLIENT_COMMANDS);
    note = place_note(push(x, event->id), event);
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

/* A response is counted, nothing more. "*" cancels (RFC 4954, section 4). */
static void take_response(exchange *x, const client_event *event)
{
    command_note *auth = x->queue.last;

    x->responses++;
    x->spoke = event->bytes->time;
    queue_note_line(&x->queue);
    if (auth == NULL || !command_is_auth((command_id)auth->id))
        return;
    auth->cancelled = event->cancels;
    if (event->is_empty)
        history_take_empty_response(&x->history);
    else if (!event->cancels)
        note_response(x, auth, event->bytes->frame, event->hash, event->response,
                      event->response_len);
}

/* A command that only some servers see, since it stands in message data; NULL: there are too many. */
static command_note *push_smuggled(exchange *x, command_id id, const client_event *came)
{
    command_note *note;

    if (queue_is_full(&x->smuggled))
        return NULL;
    note = place_note(queue_push(&x->smuggled, id), came);
    note->ends_message = id == COMMAND_MESSAGE;
    return note;
}

static void take_message_end(exchange *x, const client_event *event)
{
    command_note *note;

    if (x->client.smuggles_data)
        push_smuggled(x, COMMAND_MESSAGE, event);
    if (x->message_answered) {
        queue_note_command(&x->queue, NULL);
        return;
    }
    note = place_note(push(x, COMMAND_MESSAGE), event);
    note->ends_message = true;
    queue_note_command(&x->queue, event->alone ? note : NULL);
    if (!x->client.dot_known) { /* what follows may be the rest of the message */
        x->commands_known = false;
        expect_anything(x);
    }
}

static void take_chunk_end(exchange *x, const client_event *event)
{
    command_note *note = x->queue.last;

    if (note == NULL || note->id != COMMAND_BDAT || note->frame == event->bytes->frame)
        return;
    queue_note_chunk(&x->queue);
    if (note->response_in == 0) /* else LMTP, answered before its end: it is on file already */
        place_note(note, event);
}

/* A command in message data, behind what some servers take for its end. */
static void take_smuggled(exchange *x, const client_event *came)
{
    event_note event = { .kind = EVENT_SMUGGLING };
    bool first = queue_is_empty(&x->smuggled);
    const command_note *note;

    note = push_smuggled(x, came->id, came);
    if (note != NULL && first && came->id != COMMAND_MESSAGE)
        file_event(x, &event, came);
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
    file_event(x, &event, came);
}

static void file_tls_expected(exchange *x, const char *said)
{
    event_note event = { .kind = EVENT_TLS_EXPECTED,
                         .frame = x->frame,
                         .about = x->tls_unasked_in,
                         .detail = said,
                         .greeted = said == NULL,
                         .port = x->port };

    note_store_add_event(x->store, &event);
    x->tls_unasked_in = 0;
}

/* The client begins TLS without STARTTLS: a server that speaks clear text takes it for lines. */
static void take_unasked_tls(exchange *x, const client_event *came)
{
    x->tls_unasked_in = came->bytes->frame;
    if (x->greeted)
        file_tls_expected(x, NULL);
    expect_anything(x);
}

/* Does the server speak, but not as SMTP has it, or not yet a whole line? */
static bool says_something_else(const exchange *x)
{
    return x->server.line.open || (!x->greeted && x->server.stray != NULL);
}

/* Is the greeting still due? */
static bool awaits_greeting(const exchange *x)
{
    return !x->greeted && !says_something_else(x) && !x->server_unheard &&
           !queue_is_empty(&x->queue) && x->queue.first->id == COMMAND_CONNECTION;
}

/* Does the client say this before it has heard what it has to wait for? Only with PIPELINING, which each
 * LMTP server has, may commands come in a row (RFC 2920, section 3.1; RFC 2033, section 4.1; the greeting:
 * RFC 5321, section 4.3.1). */
static bool speaks_early(const exchange *x, const client_event *came)
{
    const command_note *before = x->queue.last;

    if (awaits_greeting(x)) /* not in clear text to a server that waits for TLS */
        return came->bytes->encrypted || !roles_is_tls_port(x->port);
    return x->all_known && !x->lmtp && !came->in_auth && came->id != COMMAND_OTHER &&
           x->offers != NULL && !x->offers->pipelining && before != NULL &&
           before->frame == came->bytes->frame && before->id != COMMAND_MESSAGE &&
           before->id != COMMAND_BDAT && before->id != COMMAND_STARTTLS && !before->in_auth;
}

/* What else there is to say about a command line. */
static void look_at_line(exchange *x, const client_event *came)
{
    event_note early = { .kind = EVENT_EARLY_TALKER, .id = (uint8_t)came->id };
    event_note without_cr = { .kind = EVENT_LINE_WITHOUT_CR };

    if (!x->line_filed && x->commands_known && came->id != COMMAND_OTHER && !came->crlf &&
        !came->argument_cut) {
        x->line_filed = true;
        file_event(x, &without_cr, came);
    }
    if (!x->early_filed && speaks_early(x, came)) {
        x->early_filed = true;
        early.greeted = x->greeted;
        file_event(x, &early, came);
    }
}

void exchange_take_client(exchange *x, const client_event *event)
{
    x->server_first = false;
    if (event->kind == CLIENT_SAID_COMMAND && awaits_greeting(x))
        history_note_early(&x->history, event->bytes->frame);
    if (event->kind == CLIENT_SAID_COMMAND)
        look_at_line(x, event);
    switch (event->kind) {
    case CLIENT_SAID_COMMAND:
        take_command(x, event);
        break;
    case CLIENT_SAID_RESPONSE:
        take_response(x, event);
        break;
    case CLIENT_ENDED_MESSAGE:
        take_message_end(x, event);
        break;
    case CLIENT_ENDED_CHUNK:
        take_chunk_end(x, event);
        break;
    case CLIENT_SMUGGLED_COMMAND:
        take_smuggled(x, event);
        break;
    case CLIENT_SENT_PROXY:
        take_proxy(x, event);
        break;
    case CLIENT_BEGAN_TLS: /* after STARTTLS it is the session's business */
        if (event->unasked)
            take_unasked_tls(x, event);
        break;
    }
}

/* Nothing that gets a reply, and no reply, is so short: "NOOP", "250" and an LF. */
static bool is_too_short_for_a_line(const span *hole, const line_buffer *buffer)
{
    return hole->kind == SPAN_LOST && hole->missing > 0 && hole->missing < 4 && !buffer->open;
}

/* What is missing was a response, or part of one: the client has to wait for each reply. */
static void lose_response(exchange *x)
{
    x->responses = MIN(x->responses + 1, MAX(x->responses, x->challenges));
    x->response_lost = true;
    history_doubt_responses(&x->history);
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
    if (x->client.mode == CLIENT_COMMANDS && is_too_short_for_a_line(hole, &x->client.line))
        return;
    if (x->client.mode == CLIENT_RESPONSES)
        lose_response(x);
    if (!client_skip(&x->client, hole->missing, finished, only_line))
        lose_track(x);
}

/* --- which command does a reply answer? --- */

static bool is_greeting(const exchange *x, const reply_note *note)
{
    size_t len = strlen(note->text);

    /* a greeting has no enhanced status code (RFC 2034, section 4) */
    return note->code == 220 && !x->greeted && note->enhanced.status_class == 0 &&
           (greeting_is_smtp(note->text, len) ||
            (x->server_first && greeting_is_possible(note->text, len)));
}

/* No greeting has this code, and a command waits: the server has left its greeting out. */
static void do_without_greeting(exchange *x, const reply_note *note, const exchange_stream *client)
{
    const command_note *due = x->queue.first;

    if (due == NULL || due->id != COMMAND_CONNECTION ||
        (due->next == NULL && !client->has_unseen) ||
        verdict_of(COMMAND_CONNECTION, note->code, false) <= VERDICT_REFUSED)
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
        expect_anything(x);
}

/* After 354 the next reply is that to the message, even if its end wasn't seen: the server has
 * nothing else to answer (RFC 5321, section 4.1.1.4). */
static void answer_open_message(exchange *x, unsigned code)
{
    bool ended = x->client.gap_in_message; /* its end is among what is missing */

    if (code / 100 == 2 && !x->message_answered && client_end_message_falsely(&x->client)) {
        command_note *note = push(x, COMMAND_MESSAGE);

        note->ends_message = true;
        note->ends_falsely = true;
        note->frame = x->client.end_frame;
        note->time = x->client.end_time;
        note->place = x->client.end_place;
        return;
    }
    if (!x->message_answered) {
        push(x, COMMAND_MESSAGE)->ends_message = true;
        x->message_answered = true;
    }
    if (ended)
        lose_track(x);
}

/* Nothing waits for a reply, and one comes. */
static void explain_surplus(exchange *x, unsigned code, const exchange_stream *client)
{
    if (x->client.mode == CLIENT_MESSAGE)
        answer_open_message(x, code);
    if (!queue_is_empty(&x->queue) && !queue_begins_unknown(&x->queue))
        return;
    if (client->has_unseen || client->is_absent) {
        x->commands_known = false;
        expect_anything(x);
    } else if (x->client.mode == CLIENT_CHUNK) {
        /* the client went on without the octets that its BDAT announced */
        lose_track(x);
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

/* Commands that each server knows. */
static bool is_well_known(command_id id)
{
    return id == COMMAND_EHLO || id == COMMAND_HELO || id == COMMAND_MAIL || id == COMMAND_RCPT ||
           id == COMMAND_DATA || id == COMMAND_RSET || id == COMMAND_NOOP || id == COMMAND_QUIT;
}

/* Does it answer a line of a chunk that the server was to discard (RFC 3030, section 2)? The first reply after
 * the refusal tells: no command that waits is unknown to the server. */
static bool answers_chunk(exchange *x, unsigned code)
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

static command_note *find_command(exchange *x, const reply_note *note,
                                  const exchange_stream *client)
{
    take_greeting(x, note);
    do_without_greeting(x, note, client);
    if (queue_is_empty(&x->queue))
        explain_surplus(x, note->code, client);
    return queue_match(&x->queue, note->code, note->was_authenticated);
}

/* How many replies does the end of message data get? LMTP: one for each accepted recipient
 * (RFC 2033, section 4.2). */
static bool is_last_for_message(exchange *x)
{
    if (!x->lmtp)
        return true;
    if (x->message_due == 0)
        x->message_due = MAX(x->recipients, 1);
    return --x->message_due == 0;
}

/* Is it known how many replies the end of the message gets? */
static bool is_count_known(const exchange *x)
{
    if (x->lmtp || x->protocol_known || x->all_known)
        return !x->lmtp || x->recipients_known;
    return x->recipients_known && x->recipients <= 1; /* nobody saw whether this is LMTP */
}

static bool stays_outstanding(exchange *x, const command_note *command, unsigned code)
{
    if (command_is_auth((command_id)command->id))
        return code == 334;
    if (command->id == COMMAND_XEXCH50)
        return code == 354;
    if (command->ends_message && code != 421)
        return !is_last_for_message(x);
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
    bool count_known = !command->ends_message || is_count_known(x);

    if (stays_outstanding(x, command, code) && count_known)
        return;
    queue_take(queue);
    if (!count_known) {
        x->message_due = 0;
        unsettle(x);
    }
}

/* Does a reply answer a command in message data rather than what waits? */
static bool answers_smuggled(const exchange *x, unsigned code)
{
    const command_note *due = x->queue.first, *other = x->smuggled.first;

    if (other == NULL || !x->all_known || code == 421) /* that may come at any time */
        return false;
    if (due == NULL && x->client.mode == CLIENT_MESSAGE && !x->message_answered && code / 100 == 2)
        return false; /* the server has taken what came before those commands */
    return due == NULL ||
           (verdict_of((command_id)due->id, code, is_logged_in(x)) > VERDICT_REFUSED &&
            verdict_of((command_id)other->id, code, false) == VERDICT_EXPECTED);
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

/* Fills in what follows from the command that a reply answers. */
static void pair(exchange *x, reply_note *note, const exchange_stream *client)
{
    if (answers_proxy(x, note->code)) {
        note->answers_proxy = true;
        note->command = make_proxy_command(x);
        note->elapsed = x->time - note->command->time;
        note->verdict = note->code >= 400 ? VERDICT_REFUSED : VERDICT_UNEXPECTED;
        keep_on_file(x, (command_note *)note->command, note);
        return;
    }
    if (answers_chunk(x, note->code)) {
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
    note->command = command;
    note->elapsed = x->time - command->time;
    note->slow = slowness(x, command);
    note->verdict =
        (uint8_t)verdict_of((command_id)command->id, note->code, note->was_authenticated);
    keep_on_file(x, command, note);
    retire(x, queue, command, note->code);
}

/* --- what a reply changes --- */

/* What a reply changes depends on what it answers: a function for each command that matters. */
typedef bool (*reply_effect)(exchange *x, reply_note *note);

static bool after_auth(exchange *x, reply_note *note)
{
    if (note->code == 334) {
        x->challenges++;
        note->challenge_nth = (uint8_t)MIN(x->challenges, G_MAXUINT8);
        note->challenge = (uint8_t)challenge_read(NULL, note->command->mechanism, x->challenges,
                                                  note->text, strlen(note->text), NULL);
        x->asked = note->challenge;
        if (note_refuses(note))
            history_note_token_error(&x->history, x->frame);
        /* what the client sent without waiting is taken for a response */
        if (x->queue.first->next != NULL)
            x->queue.first->next->in_auth = true;
        set_mode(x, CLIENT_RESPONSES);
        return false;
    }
    note->ends_auth = true;
    if (note->code >= 400)
        x->auth_failures++;
    x->after_refused_login = note->code != 235;
    note->auth_failures = x->auth_failures;
    /* the server took it for a response */
    if (x->queue.first != NULL && x->queue.first->in_auth)
        queue_drop(&x->queue);
    if (x->client.mode == CLIENT_RESPONSES)
        set_mode(x, CLIENT_COMMANDS);
    /* lines that nobody asked for were commands, sent too early: which ones was not looked at */
    if (x->responses > x->challenges)
        expect_anything(x);
    return false;
}

static void begin_message(exchange *x, bool after_gap)
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
    set_mode(x, CLIENT_COMMANDS);
    if (gap)
        lose_track(x);
}

static bool after_data(exchange *x, reply_note *note)
{
    bool gap = x->client.gap_in_held;

    if (x->client.mode != CLIENT_HOLDING) {
        if (note->code != 354)
            return false;
        queue_clear(&x->queue); /* what came after DATA was no command */
        begin_message(x, true);
        return false;
    }
    if (note->code != 354) {
        release_held(x);
        return false;
    }
    x->client.gap_in_held = false;
    begin_message(x, gap);
    return false;
}

/* BDAT that the server doesn't know has no chunk. */
static bool refuses_chunk(unsigned code)
{
    return code == 500 || code == 501 || code == 502;
}

static bool after_bdat(exchange *x, reply_note *note)
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
        lose_track(x);
    }
    return false;
}

static bool after_starttls(exchange *x, reply_note *note)
{
    if (note->code == 220) {
        log_out(x);
        note->injected = x->all_known && !queue_is_empty(&x->queue);
        x->offers = NULL;
        x->starttls_taken = true;
        queue_clear(&x->queue);
        set_mode(x, CLIENT_MAYBE_TLS);
    } else if (x->client.mode == CLIENT_MAYBE_TLS) {
        set_mode(x, CLIENT_COMMANDS);
    }
    return false;
}

static bool after_xexch50(exchange *x, reply_note *note)
{
    if (note->code == 354)
        client_begin_chunk(&x->client, x->blob_size);
    return false;
}

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
        log_out(x);
        x->offers = NULL;
    }
    return false;
}

/* The sides change their roles. */
static bool after_turn(exchange *x, reply_note *note)
{
    if (note->code != 250)
        return false;
    log_out(x);
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
    [COMMAND_MAIL] = after_mail,         [COMMAND_RCPT] = after_rcpt,
    [COMMAND_DATA] = after_data,         [COMMAND_HELP] = after_help,
    [COMMAND_BDAT] = after_bdat,         [COMMAND_XEXCH50] = after_xexch50,
    [COMMAND_AUTH] = after_auth,         [COMMAND_X_EXPS] = after_auth,
    [COMMAND_STARTTLS] = after_starttls, [COMMAND_XCLIENT] = after_xclient,
    [COMMAND_ATRN] = after_turn,         [COMMAND_TURN] = after_turn,
};

/* What a reply says of the session even though its command isn't known. */
static void apply_unknown(exchange *x, const reply_note *note)
{
    if (note->verdict != VERDICT_UNKNOWN)
        return;
    switch (note->code) {
    case 354: /* the client's message follows, and nothing else can be outstanding */
        queue_clear(&x->queue);
        begin_message(x, true);
        break;
    case 235: /* the client had to wait for it */
        queue_clear(&x->queue);
        set_mode(x, CLIENT_COMMANDS);
        x->commands_known = true;
        break;
    case 334:
        set_mode(x, CLIENT_RESPONSES);
        break;
    default:
        if (x->client.mode == CLIENT_RESPONSES) {
            set_mode(x, CLIENT_COMMANDS);
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

/* The server says something in clear text behind the 220 that starts TLS, unasked. A refusal is its own:
 * it can't do TLS after all, or waited in vain. */
static bool follows_starttls(const exchange *x, const reply_note *note)
{
    return note->code < 400 && x->client.mode == CLIENT_MAYBE_TLS && queue_is_empty(&x->queue) &&
           !note->encrypted;
}

/* LMTP: is this a reply to the message, and not the last one? */
static bool awaits_more(const exchange *x, const reply_note *note)
{
    return note->command != NULL && note->command->ends_message && x->message_due > 0;
}

void exchange_mind_secrets(exchange *x)
{
    const command_note *due = x->queue.first;
    bool repeats = due == NULL || due->id == COMMAND_NONE || due->id == COMMAND_OTHER ||
                   command_is_auth((command_id)due->id);

    secrets_spare_ordinary(x->client.secrets, !repeats);
}

/* Is the chunk of a BDAT, refused before it, among what is held? */
static bool has_whole_chunk(const exchange *x)
{
    return held_bytes(&x->client.held) >= x->client.chunk_left;
}

bool exchange_settles_chunk(exchange *x, const server_reply *reply)
{
    const command_note *due = x->queue.first;
    bool taken = due != NULL && due == x->queue.last && reply->note->code / 100 == 2;

    if (x->client.mode != CLIENT_HOLDING || !x->client.holds_chunk || (due != NULL && !taken))
        return false;
    if (x->client.gap_in_held || (!taken && !has_whole_chunk(x))) {
        release_held(x);
    } else {
        set_mode(x, CLIENT_COMMANDS);
        client_begin_chunk(&x->client, x->client.chunk_left);
    }
    return true;
}

static const char *keep_text(exchange *x, const char *text)
{
    return text != NULL ? note_store_share_text(x->store, text, strlen(text)) : NULL;
}

/* How the session's logins ended. */
static login_outcome find_outcome(const exchange *x, const command_note *waiting)
{
    login_outcome outcome = summary_outcome(&x->summary);

    return outcome == OUTCOME_NONE && waiting != NULL && command_is_auth((command_id)waiting->id)
               ? OUTCOME_UNANSWERED
               : outcome;
}

/* Files what the session came to. */
static void file_ending(exchange *x, session_end end, const command_note *waiting)
{
    session_ending *ending = wmem_new(x->scope, session_ending);
    event_note event = { .kind = EVENT_ENDED, .frame = x->frame, .ends = true };

    ending->login = summary_outcome_name(find_outcome(x, waiting));
    ending->accepted = x->summary.accepted;
    ending->refused = x->summary.refused;
    event.ending = ending;
    event.end = (uint8_t)end;
    if (waiting != NULL) {
        event.id = waiting->id;
        event.about = waiting->frame;
        event.verb = keep_text(x, waiting->verb);
        event.mechanism = keep_text(x, waiting->mechanism);
    }
    note_store_add_event(x->store, &event);
    x->ended = true;
}

/* Does the server take a command in clear text? A client that wants TLS may QUIT without. */
static bool goes_on_in_clear(const reply_note *note)
{
    command_id answered = note_command_id(note);

    return !note->encrypted && note->code < 400 && answered != COMMAND_NONE &&
           answered != COMMAND_QUIT && answered != COMMAND_OTHER;
}

static void file_still_clear(exchange *x, const reply_note *note)
{
    event_note event = { .kind = EVENT_STILL_CLEAR,
                         .frame = x->frame,
                         .about = note->command->frame,
                         .verb = note->command->verb,
                         .by_server = true };

    x->starttls_taken = false;
    note_store_add_event(x->store, &event);
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
    note->injected = follows_starttls(x, note);
    note->after_close = client->has_closed;
    pair(x, note, client);
    settle_offers(x, reply);
    if (x->tls_unasked_in != 0)
        file_tls_expected(x, note->text);
    if (x->starttls_taken && goes_on_in_clear(note))
        file_still_clear(x, note);
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
    if (!note->smuggled && !awaits_more(x, note))
        history_take_reply(&x->history, note, x->frame);
    note_store_add_reply(x->store, x->frame, note, note_refuses(note) ? &facts : NULL);
    summary_add(&x->summary, note, x->frame);
    if (note->code == 221 && note_command_id(note) == COMMAND_QUIT)
        file_ending(x, SESSION_QUIT, NULL);
    return swapped;
}

void exchange_look_at_server(exchange *x)
{
    const char *stray = x->server.stray;

    if (stray == NULL || x->stray_filed || !x->greeted || !x->all_known)
        return;
    x->stray_filed = true;
    note_store_add_event(
        x->store, &(event_note){ .kind = EVENT_LINE_WITHOUT_CODE,
                                 .frame = x->frame,
                                 .detail = note_store_share_text(x->store, stray, strlen(stray)),
                                 .by_server = true });
}

/* Is a response of the client due? */
static bool owes_response(const exchange *x)
{
    const command_note *auth = x->queue.first;

    return command_is_auth((command_id)auth->id) && x->responses < x->challenges;
}

/* --- TLS from outside --- */

static void file_tls_event(exchange *x, event_note event)
{
    event.frame = x->frame;
    event.port = x->port;
    note_store_add_event(x->store, &event);
}

void exchange_note_clear_text(exchange *x, bool by_server)
{
    x->clear_filed = true;
    file_tls_event(x, (event_note){ .kind = EVENT_CLEAR_TEXT_EXPECTED, .by_server = by_server });
}

void exchange_note_alert(exchange *x, uint8_t alert, bool by_server)
{
    x->summary.starttls = false;
    file_tls_event(
        x, (event_note){ .kind = EVENT_TLS_FAILED, .alert = alert, .by_server = by_server });
}

void exchange_note_broken_handshake(exchange *x, session_end end, bool answered)
{
    x->summary.starttls = false;
    file_tls_event(
        x, (event_note){
               .kind = EVENT_TLS_FAILED, .ends = true, .end = (uint8_t)end, .greeted = answered });
}

void exchange_note_unread_tls(exchange *x)
{
    file_tls_event(x, (event_note){ .kind = EVENT_TLS_UNREAD });
}

/* What waits for its reply although the server has nothing else to answer; NULL: nothing does, or nobody
 * knows. 421 has said that nothing else is answered. */
static const command_note *find_waiting(const exchange *x)
{
    if (!x->all_known || x->gave_up || x->server.open || says_something_else(x))
        return NULL;
    return x->queue.first;
}

const char *exchange_waiting(const exchange *x)
{
    const command_note *waiting = find_waiting(x);

    return waiting != NULL && waiting->verb != NULL ? waiting->verb : NULL;
}

static void file_no_reply(exchange *x, session_end end, const command_note *waiting)
{
    event_note event = { .kind = owes_response(x) ? EVENT_CHALLENGE_UNANSWERED : EVENT_NO_REPLY,
                         .frame = x->frame,
                         .ends = true,
                         .spoke = waiting->next != NULL,
                         .port = x->port };

    event.refused = owes_response(x) && was_refused(x);
    event.end = (uint8_t)end;
    event.id = waiting->id;
    event.about = waiting->frame;
    event.verb = keep_text(x, waiting->verb);
    event.mechanism = keep_text(x, waiting->mechanism);
    event.waited = waiting->frame != 0 ? x->time - waiting->time : 0;
    note_store_add_event(x->store, &event);
}

void exchange_end(exchange *x, session_end end, bool heard_all)
{
    const command_note *waiting = heard_all ? find_waiting(x) : NULL;

    if (waiting != NULL && waiting->id == COMMAND_QUIT) /* many clients don't wait for its reply */
        waiting = NULL;
    if (waiting != NULL && !x->clear_filed)
        file_no_reply(x, end, waiting);
    if (!x->ended)
        file_ending(x, end, waiting);
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
    if (is_too_short_for_a_line(hole, &x->server.line))
        return;
    server_reset(&x->server);
    if (answered && nothing_is_due(x))
        return;
    if (x->client.mode == CLIENT_HOLDING) {
        if (x->client.held.first != NULL || x->client.gap_in_held) /* commands may be among them */
            expect_anything(x);
        held_clear(&x->client.held, x->scope);
        x->client.gap_in_held = false;
    }
    if (x->client.mode == CLIENT_HOLDING || x->client.mode == CLIENT_RESPONSES) {
        set_mode(x, CLIENT_COMMANDS);
        x->commands_known = false;
    }
    unsettle(x);
    if (lost_login) { /* the end of this login, perhaps, and the beginning of the next one */
        queue_clear(&x->queue);
        expect_anything(x);
    }
}
