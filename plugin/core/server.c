/* server.c
 * Bytes of the server -> replies, and what a reply changes in the session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "reply_text.h"
#include "session_private.h"

/* FTP and others greet with 220 too. An SMTP server says which protocol it speaks
 * (RFC 5321, section 4.2: the greeting's text; ESMTP in section 2.2.1; RFC 2033 for LMTP). */
static const char *const protocol_names[] = { "SMTP", "ESMTP", "ESMTPS", "ESMTPSA", "LMTP" };

static bool is_protocol_name(const char *word, size_t len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(protocol_names); i++)
        if (g_ascii_strncasecmp(word, protocol_names[i], len) == 0 &&
            protocol_names[i][len] == '\0')
            return true;
    return false;
}

bool server_text_is_greeting(const char *text, size_t len)
{
    size_t word;

    for (size_t pos = 0; pos < len; pos += word + 1) {
        for (word = 0; pos + word < len && g_ascii_isalnum(text[pos + word]);)
            word++;
        if (word > 0 && is_protocol_name(text + pos, word))
            return true;
    }
    return false;
}

static void begin_reply(session *s, uint16_t code, uint32_t first_frame)
{
    reply_state *reply = &s->reply;

    memset(reply, 0, sizeof *reply);
    reply->open = true;
    reply->code = code;
    reply->first_frame = first_frame;
}

static void free_text(reply_state *reply)
{
    if (reply->text != NULL)
        wmem_strbuf_destroy(reply->text);
    reply->text = NULL;
}

void server_abandon_reply(session *s)
{
    if (s->reply.open) {
        free_text(&s->reply);
        offers_free(s->scope, s->reply.offers);
    }
    s->reply.open = false;
}

/* Extends the place of the reply by its line's part of these bytes. */
static void extend_place(session *s, const span *bytes, size_t from, size_t to)
{
    note_place *place = &s->reply.place;

    if (bytes->frame != s->now) { /* they had been captured before a hole was filled */
        place->length = 0;
        return;
    }
    uint32_t start = bytes->offset + (uint32_t)from;
    if (place->length == 0 || s->reply.place_frame != bytes->frame ||
        place->source != bytes->source) {
        place->offset = start;
        place->source = bytes->source;
        s->reply.place_frame = bytes->frame;
    }
    place->length = start + (uint32_t)(to - from) - place->offset;
}

/* Adds the text of a line. That of a reply with a single line is as a rule what was sent. */
static void add_text(session *s, reply_line *found)
{
    reply_state *reply = &s->reply;

    if (reply->lines == 1 && found->last && reply_text_is_plain(found, s->secrets))
        reply->whole_text = note_store_share_text(s->store, found->text, found->text_len);
    else
        reply->text = reply_text_add(s->scope, reply->text, found, s->secrets);
}

/* The text for good. */
static const char *take_text(session *s)
{
    reply_state *reply = &s->reply;

    if (reply->text != NULL)
        reply->whole_text = note_store_share_text(s->store, wmem_strbuf_get_str(reply->text),
                                                  wmem_strbuf_get_len(reply->text));
    free_text(reply);
    return reply->whole_text;
}

static reply_note *make_note(session *s, bool encrypted)
{
    reply_state *reply = &s->reply;
    reply_note *note = note_store_new_reply(s->store);

    note->text = take_text(s);
    note->code = reply->code;
    note->enhanced = reply->enhanced;
    note->lines = reply->lines;
    note->code_changed = reply->code_changed;
    note->first_line_in = reply->first_frame != s->now ? reply->first_frame : 0;
    if (reply->place_frame == s->now)
        note->place = reply->place;
    note->encrypted = encrypted;
    reply->open = false;
    return note;
}

static void after_auth(session *s, reply_note *note)
{
    client_state *client = &s->client;

    if (note->code == 334) {
        client->sasl_challenges++;
        client->mode = CLIENT_SASL;
        return;
    }
    note->ends_auth = true;
    if (note->code >= 400)
        s->auth_failures++;
    client->after_failed_auth = note->code != 235;
    note->auth_failures = s->auth_failures;
    if (client->mode == CLIENT_SASL)
        client->mode = CLIENT_COMMANDS;
    /* lines that nobody asked for were commands, sent too early: which ones was not looked at */
    if (client->sasl_lines > client->sasl_challenges)
        pairing_push_unknown(s);
}

static void after_data(session *s, unsigned code)
{
    if (s->client.mode == CLIENT_HOLDING)
        client_release_held(s, code == 354);
    else if (code == 354) {
        pairing_clear(s); /* what came after DATA was no command */
        client_begin_message(s, true);
    }
}

static void after_starttls(session *s)
{
    session_log_out(s);
    s->offers = NULL;
    pairing_clear(s);
    s->client.mode = CLIENT_MAYBE_TLS;
}

static void begin_transaction(session *s, bool sure)
{
    s->accepted = 0;
    s->accepted_sure = sure;
}

/* Takes over what the reply to EHLO lists, and drops what any other reply seemed to list. */
static void settle_offers(session *s, reply_note *note)
{
    static const offers nothing_offered = { 0, { NULL } };
    command_id command = note->command != NULL ? (command_id)note->command->id : COMMAND_NONE;
    bool lists = (command == COMMAND_EHLO || command == COMMAND_LHLO) && note->code == 250;

    if (!lists)
        offers_free(s->scope, s->reply.offers);
    else if (s->reply.cut)
        s->offers = NULL;
    else
        s->offers = s->reply.offers != NULL ? note_store_share_offers(s->store, s->reply.offers)
                                            : &nothing_offered;
    if (command == COMMAND_HELO || command == COMMAND_CONNECTION)
        s->offers = NULL;
    note->offers = s->offers;
}

/* What a reply to a known command changes. */
static void apply_reply(session *s, reply_note *note)
{
    bool done = note->code / 100 == 2;

    switch (note->command->id) {
    case COMMAND_MAIL:
        if (done)
            begin_transaction(s, !pairing_has_unknown(s));
        break;
    case COMMAND_RCPT:
        s->accepted += done ? 1 : 0;
        break;
    case COMMAND_DATA:
        after_data(s, note->code);
        break;
    case COMMAND_HELP:
        note->ends_help = true;
        break;
    case COMMAND_AUTH:
    case COMMAND_X_EXPS:
        after_auth(s, note);
        break;
    case COMMAND_STARTTLS:
        if (note->code == 220)
            after_starttls(s);
        break;
    case COMMAND_XCLIENT:
        if (note->code == 220) { /* the session begins again */
            session_log_out(s);
            s->offers = NULL;
        }
        break;
    case COMMAND_ATRN:
    case COMMAND_TURN:
        if (note->code == 250)
            session_swap_sides(s);
        break;
    default:
        break;
    }
}

/* What a reply says of the session even though its command isn't known. */
static void apply_unknown_reply(session *s, const reply_note *note)
{
    if (note->verdict != VERDICT_UNKNOWN)
        return;
    switch (note->code) {
    case 354: /* the client's message follows, and nothing else can be outstanding */
        pairing_clear(s);
        client_begin_message(s, true);
        break;
    case 235: /* the client had to wait for it */
        pairing_clear(s);
        s->client.mode = CLIENT_COMMANDS;
        s->client.unsure = false;
        break;
    case 334:
        s->client.mode = CLIENT_SASL;
        break;
    default:
        if (s->client.mode == CLIENT_SASL) {
            s->client.mode = CLIENT_COMMANDS;
            s->client.after_failed_auth = true;
        }
        break;
    }
}

static void finish_reply(session *s, bool encrypted)
{
    reply_note *note = make_note(s, encrypted);

    note->was_authenticated = session_is_authenticated(s);
    pairing_answer(s, note);
    settle_offers(s, note);
    s->greeted = true;
    if (note->command != NULL)
        apply_reply(s, note);
    else
        apply_unknown_reply(s, note);
    if (note_logs_in(note) && !note->was_authenticated)
        session_log_in(s);
    note_store_add_reply(s->store, s->now, note);
}

/* A whole line. from and to: its part of bytes. False if it isn't a line of a reply. */
static bool read_reply_line(session *s, const line *text, const span *bytes, size_t from, size_t to)
{
    reply_state *reply = &s->reply;
    reply_line found;

    if (!reply_parse_line(text->text, text->len, &found)) {
        if (!reply->open)
            return false; /* nothing to say about it */
        /* a server that forgot the code in the middle of its reply */
        found.code = reply->code;
        found.last = false;
        found.text = text->text;
        found.text_len = text->len;
    }
    if (!reply->open)
        begin_reply(s, found.code, text->first_frame);
    reply->cut = bytes->cut;
    if (found.code != reply->code)
        reply->code_changed = true;
    reply->code = found.code;
    reply->lines++;
    if (reply->enhanced.status_class == 0)
        reply->enhanced = found.enhanced;
    if (reply->lines > 1 && found.code == 250)
        reply->offers = offers_add(s->scope, reply->offers, found.text, found.text_len);
    add_text(s, &found);
    extend_place(s, bytes, from, to);
    if (found.last)
        finish_reply(s, bytes->encrypted);
    return true;
}

void server_read(session *s, const span *bytes)
{
    int8_t side = s->server;
    size_t pos = 0;

    /* a reply to TURN makes this side the client */
    while (pos < bytes->len && s->server == side) {
        bool complete;
        line found;
        bool first = pos == 0 && bytes->began != 0;
        size_t used = line_take(&s->lines[side], s->scope, bytes->data + pos, bytes->len - pos,
                                first ? bytes->began : bytes->frame, NULL, &found, &complete);

        if (complete)
            read_reply_line(s, &found, bytes, pos, pos + used);
        pos += used;
    }
    if (pos < bytes->len) {
        span rest = *bytes;

        rest.data += pos;
        rest.len -= (uint32_t)pos;
        rest.offset += (uint32_t)pos;
        client_read(s, &rest);
    }
}

/* A frame that the snap length cut: what it shows of a reply is enough to know that the reply
 * was sent. The rest of the line, or of the reply, is taken to be in the part that is cut off. False
 * if it shows no reply. */
static bool finish_cut_reply(session *s, const span *hole)
{
    line_buffer *buffer = &s->lines[s->server];
    uint32_t len = MIN(buffer->seen, hole->len); /* of the line, in this frame */
    bool found_reply = s->reply.open;
    line found;

    if (line_take_open(buffer, &found)) {
        span here = *hole;

        here.offset -= len;
        found_reply |= read_reply_line(s, &found, &here, 0, len);
    }
    s->reply.cut = true;
    if (s->reply.open)
        finish_reply(s, hole->encrypted);
    return found_reply;
}

/* Does the server wait for the client? */
static bool nothing_is_due(const session *s)
{
    return s->queue.first == NULL || (s->queue.count == 1 && s->client.mode == CLIENT_SASL);
}

void server_lost(session *s, const span *hole)
{
    bool answered = hole->cut && finish_cut_reply(s, hole);

    server_abandon_reply(s);
    line_reset(&s->lines[s->server], s->scope);
    s->lossless = false;
    if (answered && nothing_is_due(s))
        return;
    if (s->client.mode == CLIENT_HOLDING) {
        if (s->client.held != NULL || s->client.held_lost) /* commands may be among them */
            pairing_push_unknown(s);
        client_drop_held(s);
        s->client.held_lost = false;
    }
    if (s->client.mode == CLIENT_HOLDING || s->client.mode == CLIENT_SASL) {
        s->client.mode = CLIENT_COMMANDS;
        s->client.unsure = true;
    }
    pairing_unsettle(s);
}
