/* starttls.c
 * TLS in the exchange: asked for or not, and what it came to as far as that shows from outside.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "starttls.h"

#include "auth.h"
#include "filing.h"
#include "track.h"

void starttls_begin(exchange *x, command_note *note, const client_event *event)
{
    (void)note;
    (void)event;
    client_set_mode(&x->client, CLIENT_MAYBE_TLS);
}

/* A server that speaks clear text took the client's TLS for lines. said: its answer; NULL: it had spoken before. */
static void file_tls_expected(exchange *x, const char *said)
{
    event_note event = { .kind = EVENT_TLS_EXPECTED,
                         .about = x->tls_unasked_in,
                         .detail = said,
                         .greeted = said == NULL,
                         .port = x->port };

    filing_add(x, &event);
    x->tls_unasked_in = 0;
}

void starttls_take_unasked(exchange *x, const client_event *came)
{
    x->tls_unasked_in = came->bytes->frame;
    if (x->greeted)
        file_tls_expected(x, NULL);
    track_expect_anything(x);
}

bool starttls_after_reply(exchange *x, reply_note *note)
{
    if (note->code == 220) {
        auth_log_out(x);
        note->injected = x->all_known && !queue_is_empty(&x->queue);
        x->offers = NULL;
        x->starttls_taken = true;
        queue_clear(&x->queue);
        client_set_mode(&x->client, CLIENT_MAYBE_TLS);
    } else if (x->client.mode == CLIENT_MAYBE_TLS) {
        client_set_mode(&x->client, CLIENT_COMMANDS);
    }
    return false;
}

bool starttls_is_followed_by(const exchange *x, const reply_note *note)
{
    return note->code < 400 && x->client.mode == CLIENT_MAYBE_TLS && queue_is_empty(&x->queue) &&
           !note->encrypted;
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
                         .about = note->command->frame,
                         .verb = note->command->verb,
                         .by_server = true };

    x->starttls_taken = false;
    filing_add(x, &event);
}

void starttls_look_at_reply(exchange *x, const reply_note *note)
{
    if (x->tls_unasked_in != 0)
        file_tls_expected(x, note->text);
    if (x->starttls_taken && goes_on_in_clear(note))
        file_still_clear(x, note);
}

static void file(exchange *x, event_note event)
{
    event.port = x->port;
    filing_add(x, &event);
}

void starttls_note_clear_text(exchange *x, bool by_server)
{
    x->clear_filed = true;
    file(x, (event_note){ .kind = EVENT_CLEAR_TEXT_EXPECTED, .by_server = by_server });
}

void starttls_note_alert(exchange *x, uint8_t alert, bool by_server)
{
    x->summary.starttls = false;
    file(x, (event_note){ .kind = EVENT_TLS_FAILED, .alert = alert, .by_server = by_server });
}

void starttls_note_broken_handshake(exchange *x, session_end end, bool answered)
{
    x->summary.starttls = false;
    file(x, (event_note){
                .kind = EVENT_TLS_FAILED, .ends = true, .end = (uint8_t)end, .greeted = answered });
}

void starttls_note_unread(exchange *x)
{
    file(x, (event_note){ .kind = EVENT_TLS_UNREAD });
}
