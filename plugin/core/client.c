/* client.c
 * Bytes of the client -> commands. Knows when they are no commands: message data, BDAT chunks,
 * SASL responses.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "mechanism.h"
#include "session_private.h"

/* A verb that may be shown has at most so many letters. RFC 5321's have four. */
#define VERB_SHOWN_MAX 12
#define TLS_HANDSHAKE_RECORD 22 /* RFC 8446, section 5.1 */

static const char *skip_spaces(const char *text, const char *end)
{
    while (text < end && (*text == ' ' || *text == '\t'))
        text++;
    return text;
}

static const char *word_end(const char *text, const char *end)
{
    while (text < end && *text != ' ' && *text != '\t')
        text++;
    return text;
}

/* A line may hold a secret: how much of it may be kept until it is complete? */
static size_t keep_command(const char *text, size_t len)
{
    const char *end = text + len;
    const char *verb = skip_spaces(text, end);
    const char *verb_end = word_end(verb, end);

    if (!command_is_auth(command_from_verb(verb, (size_t)(verb_end - verb))))
        return len;
    const char *argument = skip_spaces(verb_end, end);
    const char *argument_end = word_end(argument, end);
    return (size_t)(argument_end - text) + (argument_end < end ? 1 : 0);
}

/* Enough to tell "*" and its line end, of which the CR may have come, from any other response. */
static size_t keep_sasl(const char *text, size_t len)
{
    size_t kept = 1;

    if (len == 0 || text[0] != '*')
        return MIN(len, 1);
    while (kept < len && text[kept] == '\r')
        kept++;
    return MIN(kept + 1, len);
}

/* Somebody who types a password at the wrong moment must not find it in the packet details. */
static bool verb_may_be_shown(const client_state *client, const char *verb, size_t len)
{
    bool upper = false, lower = false;

    if (client->after_failed_auth || len == 0 || len > VERB_SHOWN_MAX || !g_ascii_isalpha(verb[0]))
        return false;
    for (size_t i = 0; i < len; i++) {
        if (!g_ascii_isalnum(verb[i]) && verb[i] != '-' && verb[i] != '_')
            return false;
        upper |= g_ascii_isupper(verb[i]);
        lower |= i > 0 && g_ascii_islower(verb[i]);
    }
    return !(upper && lower);
}

static const char *shown_verb(session *s, command_id id, const char *verb, size_t len)
{
    if (id != COMMAND_OTHER)
        return command_name(id);
    if (!verb_may_be_shown(&s->client, verb, len))
        return NULL;
    char *copy = (char *)wmem_alloc(s->scope, len + 1);
    for (size_t i = 0; i < len; i++)
        copy[i] = g_ascii_toupper(verb[i]);
    copy[len] = '\0';
    return copy;
}

static void begin_data(session *s, const line *command)
{
    s->client.message_lf = !command->crlf;
    s->client.mode = CLIENT_HOLDING;
}

/* "BDAT 1000" or "BDAT 86 LAST" (RFC 3030, section 2) */
static void begin_chunk(session *s, command_note *note, const char *argument, const char *end)
{
    uint64_t size = 0;

    for (; argument < end && g_ascii_isdigit(*argument); argument++)
        if (size < G_MAXUINT32)
            size = size * 10 + (uint64_t)g_ascii_digit_value(*argument);
    argument = skip_spaces(argument, end);
    note->ends_message = end - argument == 4 && g_ascii_strncasecmp(argument, "LAST", 4) == 0;
    s->client.chunk_left = size;
    if (size > 0)
        s->client.mode = CLIENT_CHUNK;
}

/* What the client sent and the server must not be quoted with. */
static void remember_secret(session *s, const char *text, const char *end)
{
    s->secrets = secrets_read(s->scope, s->secrets, text, (size_t)(end - text));
    secrets_end(s->secrets);
}

static void begin_auth(session *s, command_note *note, const char *argument, const char *end)
{
    char name[MECHANISM_NAME_MAX + 1];
    const char *name_end = word_end(argument, end);

    /* what neither we nor the server know as a mechanism may be a secret */
    if (mechanism_from_argument(argument, (size_t)(name_end - argument), name)) {
        note->mechanism = mechanism_known(name);
        if (note->mechanism == NULL && offers_mechanism(s->offers, note->verb, name))
            note->mechanism = wmem_strdup(s->scope, name);
    }
    remember_secret(s, note->mechanism != NULL ? name_end : argument, end);
    s->client.sasl_lines = 0;
    s->client.sasl_challenges = 0;
    s->client.mode = CLIENT_SASL;
}

/* What a command changes in the way that the client's next bytes are to be read. */
static void apply_command(session *s, command_note *note, const line *command, const char *argument)
{
    const char *end = command->text + command->len;

    switch (note->id) {
    case COMMAND_DATA:
        /* where bytes are missing, only the server's 354 shows that a message follows */
        if (!s->client.unsure)
            begin_data(s, command);
        break;
    case COMMAND_BDAT:
        begin_chunk(s, note, argument, end);
        break;
    case COMMAND_AUTH:
    case COMMAND_X_EXPS:
        begin_auth(s, note, argument, end);
        break;
    case COMMAND_LHLO:
        s->lmtp = true;
        s->hello_seen = true;
        break;
    case COMMAND_EHLO:
    case COMMAND_HELO:
        s->hello_seen = true;
        break;
    default:
        break;
    }
}

static note_place place_in(const span *bytes, size_t from, size_t to)
{
    note_place place = { bytes->offset + (uint32_t)from, (uint32_t)(to - from), bytes->source };

    return place;
}

/* A whole line while commands are due. from and to: its part of bytes. Returns the command; NULL if
 * the line may be something else. */
static command_note *read_command(session *s, const line *command, const span *bytes, size_t from,
                                  size_t to)
{
    const char *end = command->text + command->len;
    const char *verb = skip_spaces(command->text, end);
    const char *verb_end = word_end(verb, end);
    size_t verb_len = (size_t)(verb_end - verb);
    command_id id = command_from_verb(verb, verb_len);
    bool alone = from == 0 && to == bytes->len && command->first_frame == bytes->frame;

    s->queue.lines_since_reply++;
    s->queue.lone = NULL;
    if (s->client.unsure && id == COMMAND_OTHER) {
        if (verb_end == end) /* a word alone may be a response whose challenge is missing */
            remember_secret(s, verb, end);
        return NULL;
    }
    command_note *note = pairing_push(s, id, bytes);
    note->verb = shown_verb(s, id, verb, verb_len);
    if (note->verb == NULL)
        remember_secret(s, verb, end);
    note->place = place_in(bytes, from, to);
    if (alone)
        s->queue.lone = note;
    apply_command(s, note, command, skip_spaces(verb_end, end));
    return note;
}

/* A response is counted, nothing more. "*" cancels (RFC 4954, section 4). */
static void read_sasl_response(session *s, const line *response)
{
    command_note *auth = s->queue.last;

    s->client.sasl_lines++;
    s->queue.lines_since_reply++;
    if (auth != NULL && command_is_auth((command_id)auth->id))
        auth->cancelled = response->len == 1 && response->text[0] == '*';
}

/* A part of a client's line that is kept only as far as its first kept_len bytes: is the rest of
 * it a secret? piece is what came last of the line. */
static void watch_piece(session *s, const char *kept, size_t kept_len, const char *piece,
                        size_t len)
{
    const char *verb = skip_spaces(kept, kept + kept_len);
    const char *verb_end = word_end(verb, kept + kept_len);
    size_t secret = MIN(len, s->lines[!s->server].seen - kept_len);

    if (command_is_auth(command_from_verb(verb, (size_t)(verb_end - verb))))
        s->secrets = secrets_read(s->scope, s->secrets, piece + len - secret, secret);
}

/* Looks at what came of a line that may hold a secret: at all of it, since the line itself is not
 * kept. A command line in one piece is left to begin_auth(). */
static void watch_line(session *s, bool sasl, bool complete, const line *found, const char *piece,
                       size_t len)
{
    const line_buffer *buffer = &s->lines[!s->server];

    if (sasl)
        s->secrets = secrets_read(s->scope, s->secrets, piece, len);
    else if (!complete && buffer->kept_len > 0)
        watch_piece(s, buffer->kept, buffer->kept_len, piece, len);
    else if (complete && found->text == buffer->kept)
        watch_piece(s, found->text, found->len, piece, len - 1);
    if (complete)
        secrets_end(s->secrets);
}

static size_t read_line(session *s, const span *bytes, size_t pos)
{
    bool sasl = s->client.mode == CLIENT_SASL;
    bool complete;
    line found;
    size_t used = line_take(&s->lines[!s->server], s->scope, bytes->data + pos, bytes->len - pos,
                            bytes->frame, sasl ? keep_sasl : keep_command, &found, &complete);

    watch_line(s, sasl, complete, &found, (const char *)bytes->data + pos, used);
    if (complete && sasl)
        read_sasl_response(s, &found);
    else if (complete)
        read_command(s, &found, bytes, pos, pos + used);
    if (complete)
        line_wipe(&s->lines[!s->server]);
    return used;
}

/* The next state of the search for the end of message data (RFC 5321, section 4.1.1.4). */
static dot_match match_dot(dot_match state, uint8_t byte, bool lf_ends_lines)
{
    switch (byte) {
    case '\n':
        return state == DOT_LINE_CR || lf_ends_lines ? DOT_LINE_START : DOT_IN_LINE;
    case '.':
        return state == DOT_LINE_START ? DOT_SEEN : DOT_IN_LINE;
    case '\r':
        return state == DOT_SEEN ? DOT_CR_SEEN : DOT_LINE_CR;
    default:
        return DOT_IN_LINE;
    }
}

static bool is_end_of_message(dot_match state, uint8_t byte, bool lf_ends_lines)
{
    return byte == '\n' && (state == DOT_CR_SEEN || (lf_ends_lines && state == DOT_SEEN));
}

/* Skips what cannot be the end of the message at once; returns the new position. */
static size_t skip_in_line(client_state *client, const uint8_t *data, size_t pos, size_t len)
{
    const uint8_t *end = (const uint8_t *)memchr(data + pos, '\n', len - pos);
    size_t stop = end != NULL ? (size_t)(end - data) : len;

    if (stop > pos)
        client->dot = data[stop - 1] == '\r' ? DOT_LINE_CR : DOT_IN_LINE;
    return stop;
}

static void end_message(session *s, const span *bytes, size_t end)
{
    size_t dot_len = MIN(end, s->client.message_lf ? 2u : 3u);

    s->client.mode = CLIENT_COMMANDS;
    s->queue.lines_since_reply++;
    s->queue.lone = NULL;
    if (s->client.message_answered)
        return;
    command_note *note = pairing_push(s, COMMAND_MESSAGE, bytes);
    note->verb = command_name(COMMAND_MESSAGE);
    note->ends_message = true;
    note->place = place_in(bytes, end - dot_len, end);
    if (end == bytes->len)
        s->queue.lone = note;
    if (s->client.dot_guessed) { /* what follows may be the rest of the message */
        s->client.unsure = true;
        pairing_push_unknown(s);
    }
}

static size_t read_message(session *s, const span *bytes, size_t pos)
{
    client_state *client = &s->client;
    size_t from = pos;

    while (pos < bytes->len) {
        if (client->dot == DOT_IN_LINE || client->dot == DOT_LINE_CR)
            pos = skip_in_line(client, bytes->data, pos, bytes->len);
        if (pos == bytes->len)
            break;
        uint8_t byte = bytes->data[pos++];
        if (is_end_of_message(client->dot, byte, client->message_lf)) {
            end_message(s, bytes, pos);
            break;
        }
        client->dot = match_dot(client->dot, byte, client->message_lf);
        client->dot_guessed &= client->dot == DOT_SEEN || client->dot == DOT_CR_SEEN;
    }
    return pos - from;
}

/* The server answers once it has the whole chunk: that is when the command ends. */
static void end_chunk(session *s, const span *bytes, size_t from, size_t to)
{
    command_note *note = s->queue.last;

    s->client.mode = CLIENT_COMMANDS;
    if (note == NULL || note->id != COMMAND_BDAT || note->frame == bytes->frame)
        return;
    /* the reply that came since its line may be another's */
    s->queue.lines_since_reply = MAX(s->queue.lines_since_reply, 1);
    if (note->response_in != 0) /* LMTP, answered before its end: it is on file already */
        return;
    note->frame = bytes->frame;
    note->time = bytes->time;
    note->place = place_in(bytes, from, to);
}

static size_t read_chunk(session *s, const span *bytes, size_t pos)
{
    size_t used = (size_t)MIN(s->client.chunk_left, bytes->len - pos);

    s->client.chunk_left -= used;
    if (s->client.chunk_left == 0)
        end_chunk(s, bytes, pos, pos + used);
    return used;
}

static size_t hold(session *s, const span *bytes, size_t pos)
{
    client_state *client = &s->client;
    size_t len = bytes->len - pos;
    size_t taken = sizeof(held_bytes) + len; /* many small segments take more than their bytes */

    if (client->held_lost || client->held_len + taken > SESSION_HELD_MAX) {
        client_drop_held(s);
        client->held_lost = true;
        return len;
    }
    held_bytes *held = (held_bytes *)wmem_alloc(s->scope, taken);
    held->next = NULL;
    held->bytes = *bytes;
    held->bytes.len = (uint32_t)len;
    held->bytes.offset += (uint32_t)pos;
    held->bytes.data = (const uint8_t *)(held + 1);
    memcpy(held + 1, bytes->data + pos, len);
    if (client->held_last != NULL)
        client->held_last->next = held;
    else
        client->held = held;
    client->held_last = held;
    client->held_len += (uint32_t)taken;
    return len;
}

/* After STARTTLS comes TLS, unless the client had other ideas. */
static size_t read_maybe_tls(session *s, const span *bytes, size_t pos)
{
    s->client.mode = CLIENT_COMMANDS;
    if (bytes->data[pos] != TLS_HANDSHAKE_RECORD)
        return 0;
    s->raw_is_tls = true;
    return bytes->len - pos;
}

/* The 220 to STARTTLS may not have been seen before what it asks for. */
static bool begins_tls(const session *s, const span *bytes, size_t pos)
{
    const command_note *last = s->queue.last;

    return s->client.mode == CLIENT_COMMANDS && last != NULL && last->id == COMMAND_STARTTLS &&
           !s->lines[!s->server].open && bytes->data[pos] == TLS_HANDSHAKE_RECORD;
}

static size_t read_some(session *s, const span *bytes, size_t pos)
{
    if (begins_tls(s, bytes, pos))
        return read_maybe_tls(s, bytes, pos);
    switch (s->client.mode) {
    case CLIENT_MESSAGE:
        return read_message(s, bytes, pos);
    case CLIENT_CHUNK:
        return read_chunk(s, bytes, pos);
    case CLIENT_HOLDING:
        return hold(s, bytes, pos);
    case CLIENT_MAYBE_TLS:
        return read_maybe_tls(s, bytes, pos);
    case CLIENT_COMMANDS:
    case CLIENT_SASL:
    default:
        return read_line(s, bytes, pos);
    }
}

void client_read(session *s, const span *bytes)
{
    size_t pos = 0;

    while (pos < bytes->len)
        pos += read_some(s, bytes, pos);
}

static void lose_framing(session *s)
{
    s->client.mode = CLIENT_COMMANDS;
    s->client.unsure = true;
    pairing_push_unknown(s);
}

/* Leaves out of a line the word that a cut may have shortened. False if nothing is left: the
 * beginning of a verb names no command, or another one. */
static bool keep_whole_words(line *command)
{
    const char *end = command->text + command->len;
    const char *verb = skip_spaces(command->text, end);
    const char *verb_end = word_end(verb, end);

    if (command->crlf) /* only its LF is missing */
        return true;
    if (verb_end == end)
        return command_from_verb(verb, (size_t)(end - verb)) != COMMAND_OTHER;
    while (end[-1] != ' ' && end[-1] != '\t')
        end--;
    command->len = (size_t)(end - command->text);
    return true;
}

/* Does the client wait for the reply before it sends anything else? (RFC 2920, section 3.1;
 * RFC 3207, section 4; RFC 4954, section 4) DATA isn't here: some send the message at once. */
static bool ends_pipeline(const command_note *command)
{
    switch (command->id) {
    case COMMAND_EHLO:
    case COMMAND_HELO:
    case COMMAND_LHLO:
    case COMMAND_NOOP:
    case COMMAND_QUIT:
    case COMMAND_VRFY:
    case COMMAND_EXPN:
    case COMMAND_TURN:
    case COMMAND_STARTTLS:
    case COMMAND_AUTH:
    case COMMAND_X_EXPS:
        return true;
    default:
        return false;
    }
}

/* A command line that the snap length cut: its verb is enough. NULL if there is none. */
static const command_note *finish_cut_command(session *s, const span *hole)
{
    line_buffer *buffer = &s->lines[!s->server];
    uint32_t len = MIN(buffer->seen, hole->len); /* of the line, in this frame */
    line found;

    if (s->client.mode != CLIENT_COMMANDS || !line_take_open(buffer, &found))
        return NULL;
    if (!keep_whole_words(&found))
        return NULL;
    span here = *hole;
    here.offset -= len;
    found.crlf = true;
    return read_command(s, &found, &here, 0, len);
}

void client_lost(session *s, const span *hole)
{
    client_state *client = &s->client;
    uint32_t missing = hole->missing;
    const command_note *cut = hole->cut ? finish_cut_command(s, hole) : NULL;
    /* only the rest of that command's line: two bytes are its CR LF */
    bool only_line = cut != NULL && (missing <= 2 || ends_pipeline(cut));

    s->lossless = false;
    line_reset(&s->lines[!s->server], s->scope);
    switch (client->mode) {
    case CLIENT_CHUNK:
        if (cut == NULL && missing > 0 && missing <= client->chunk_left) {
            client->chunk_left -= missing;
            if (client->chunk_left == 0)
                client->mode = CLIENT_COMMANDS;
        } else {
            lose_framing(s);
        }
        break;
    case CLIENT_MESSAGE:
        client->message_hole = true;
        client->dot = DOT_LINE_START;
        client->dot_guessed = true; /* a segment often begins with a line */
        break;
    case CLIENT_HOLDING:
        if (!only_line) {
            client_drop_held(s);
            client->held_lost = true;
        }
        break;
    case CLIENT_SASL:
        break; /* it was a response: the client has to wait for each reply */
    case CLIENT_COMMANDS:
    case CLIENT_MAYBE_TLS:
    default:
        if (!only_line)
            lose_framing(s);
        break;
    }
}

void client_begin_message(session *s, bool hole)
{
    s->client.mode = CLIENT_MESSAGE;
    s->client.unsure = false;
    s->client.dot = DOT_LINE_START;
    s->client.dot_guessed = hole;
    s->client.message_hole = hole;
    s->client.message_answered = false;
}

void client_drop_held(session *s)
{
    held_bytes *held = s->client.held;

    while (held != NULL) {
        held_bytes *next = held->next;

        memset(held + 1, 0, held->bytes.len);
        wmem_free(s->scope, held);
        held = next;
    }
    s->client.held = NULL;
    s->client.held_last = NULL;
    s->client.held_len = 0;
}

void client_release_held(session *s, bool is_message)
{
    client_state *client = &s->client;
    held_bytes *held = client->held;
    bool lost = client->held_lost;

    client->held_lost = false;
    client->held = NULL;
    client->held_last = NULL;
    client->held_len = 0;
    client->mode = CLIENT_COMMANDS;
    if (is_message)
        client_begin_message(s, lost);
    else if (lost)
        lose_framing(s);
    while (held != NULL) {
        held_bytes *next = held->next;

        if (held->bytes.encrypted || !s->raw_is_tls) /* TLS may have begun among them */
            client_read(s, &held->bytes);
        memset(held + 1, 0, held->bytes.len);
        wmem_free(s->scope, held);
        held = next;
    }
}
