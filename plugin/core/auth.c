/* auth.c
 * AUTH in the exchange: the login that goes on, or holds.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "auth.h"

#include <string.h>

#include <glib.h>

#include "challenge.h"
#include "filing.h"
#include "mechanism.h"
#include "track.h"
#include "user_name.h"
#include "words.h"

bool auth_is_in_force(const exchange *x)
{
    return login_holding(x->logins) != 0;
}

void auth_log_out(exchange *x)
{
    login_end(x->logins, x->frame);
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

void auth_begin(exchange *x, command_note *note, const client_event *event)
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
    client_set_mode(&x->client, CLIENT_RESPONSES);
}

void auth_take_response(exchange *x, const client_event *event)
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

bool auth_was_refused(const exchange *x)
{
    return x->asked == CHALLENGE_TOKEN_ERROR || x->asked == CHALLENGE_SCRAM_ERROR;
}

bool auth_owes_response(const exchange *x)
{
    const command_note *auth = x->queue.first;

    return command_is_auth((command_id)auth->id) && x->responses < x->challenges;
}

void auth_note_unanswered(exchange *x, const client_event *came)
{
    const command_note *auth = x->queue.first; /* it was answered with 334, so it is on file */
    event_note event = { .kind = EVENT_CHALLENGE_UNANSWERED, .refused = auth_was_refused(x) };

    if (auth == NULL || !command_is_auth((command_id)auth->id) || auth->response_in == 0)
        return;
    event.about = auth->frame;
    event.mechanism = auth->mechanism;
    filing_add_of_client(x, &event, came);
}

void auth_lose_response(exchange *x)
{
    x->responses = MIN(x->responses + 1, MAX(x->responses, x->challenges));
    x->response_lost = true;
    history_doubt_responses(&x->history);
}

typedef bool (*reply_effect)(exchange *x, reply_note *note);

bool auth_after_reply(exchange *x, reply_note *note)
{
    if (note->code == 334) {
        x->challenges++;
        note->challenge_nth = (uint8_t)MIN(x->challenges, G_MAXUINT8);
        note->challenge = (uint8_t)challenge_read(NULL, note->command->mechanism, x->challenges,
                                                  note->text, strlen(note->text), NULL);
        x->asked = note->challenge;
        if (note_refuses(note))
            history_note_token_error(&x->history, x->frame);
        queue_note_challenge(&x->queue);
        client_set_mode(&x->client, CLIENT_RESPONSES);
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
        client_set_mode(&x->client, CLIENT_COMMANDS);
    /* lines that nobody asked for were commands, sent too early: which ones was not looked at */
    if (x->responses > x->challenges)
        track_expect_anything(x);
    return false;
}
