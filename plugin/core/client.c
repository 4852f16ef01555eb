/* client.c
 * Reads what the client of a session says.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "client.h"

#include <string.h>

#include <glib.h>

#include "words.h"

#define VERB_KEPT 12
#define AUTH_LINES_MAX 3 /* lines that follow an AUTH in message data, and may be responses to it */

void client_init(client_reader *reader, wmem_allocator_t *scope, bool keeps_responses)
{
    memset(reader, 0, sizeof *reader);
    reader->scope = scope;
    reader->keeps_responses = keeps_responses;
    reader->dot_known = true;
}

void client_reset(client_reader *reader)
{
    wmem_allocator_t *scope = reader->scope;
    secrets *known = reader->secrets;

    held_clear(&reader->held, reader->scope);
    secrets_end(known, SECRETS_RESPONSE, true);
    line_reset(&reader->line, scope);
    line_reset(&reader->smuggled, scope);
    client_init(reader, scope, reader->keeps_responses);
    reader->secrets = known;
}

/* What follows is no message data, or another message's. */
static void end_watching_data(client_reader *reader)
{
    if (reader->in_auth_line || reader->auth_lines > 0)
        secrets_end(reader->secrets, SECRETS_LINE, true);
    reader->in_auth_line = false;
    reader->auth_lines = 0;
    reader->head_len = 0;
}

void client_set_mode(client_reader *reader, client_mode mode)
{
    if (mode != CLIENT_MAYBE_TLS)
        reader->tls.len = 0;
    end_watching_data(reader);
    reader->mode = (uint8_t)mode;
}

/* What follows in the message isn't looked at any more. */
static void end_smuggling(client_reader *reader)
{
    reader->smuggles = false;
    reader->smuggles_data = false;
    line_reset(&reader->smuggled, reader->scope);
}

void client_begin_message(client_reader *reader, bool after_gap)
{
    reader->dot = DOT_LINE_START;
    reader->dot_known = !after_gap;
    reader->gap_in_message = after_gap;
    reader->ends_falsely = false;
    end_smuggling(reader);
    memcpy(reader->tail, "\0\0\r\n", CLIENT_TAIL); /* of DATA */
    client_set_mode(reader, CLIENT_MESSAGE);
}

bool client_end_message_falsely(client_reader *reader)
{
    if (reader->mode != CLIENT_MESSAGE || !reader->ends_falsely)
        return false;
    end_smuggling(reader);
    client_set_mode(reader, CLIENT_COMMANDS);
    return true;
}

void client_begin_chunk(client_reader *reader, uint64_t octets)
{
    reader->chunk_left = octets;
    reader->in_chunk = false;
    reader->data_lines = 0;
    if (octets > 0)
        client_set_mode(reader, CLIENT_CHUNK);
}

void client_hold_chunk(client_reader *reader, uint64_t octets)
{
    reader->chunk_left = octets;
    reader->data_lines = 0;
    reader->holds_chunk = true;
    client_set_mode(reader, CLIENT_HOLDING);
}

void client_begin_holding(client_reader *reader, bool lf_ends_lines)
{
    reader->lf_ends_lines = lf_ends_lines;
    reader->holds_chunk = false;
    client_set_mode(reader, CLIENT_HOLDING);
}

static note_place place_in(const span *bytes, size_t from, size_t to)
{
    note_place place = { bytes->offset + (uint32_t)from, (uint32_t)(to - from), bytes->source };

    return place;
}

/* --- lines --- */

/* A line may hold a secret: how much of it may be kept until it is complete? */
static size_t keep_command(const char *text, size_t len)
{
    const char *end = text + len;
    const char *verb = words_skip_blanks(text, end);
    const char *verb_end = words_end(verb, end);

    if (!command_is_auth(command_from_verb(verb, (size_t)(verb_end - verb))))
        return len;
    const char *argument = words_skip_blanks(verb_end, end);
    const char *argument_end = words_end(argument, end);
    return (size_t)(argument_end - text) + (argument_end < end ? 1 : 0);
}

/* What some clients say instead of a SASL response. Each is none: four letters alone decode to what no
 * mechanism sends, and a blank is no base64. AUTH isn't here: its argument may be a secret. */
static const char *const not_responses[] = { "QUIT",  "RSET",  "NOOP", "MAIL ",
                                             "RCPT ", "EHLO ", "HELO " };

/* How many bytes of the text tell that it is not these words, or all of them and one more. */
static size_t telling_len(const char *text, size_t len, const char *words)
{
    size_t same = 0;

    while (same < len && words[same] != '\0' && g_ascii_toupper(text[same]) == words[same])
        same++;
    return MIN(same + 1, len);
}

/* Is the line one of them? len: of what is kept of it; seen: of all of it, without its end. */
static bool is_no_response(const char *text, size_t len, size_t seen)
{
    for (size_t i = 0; i < G_N_ELEMENTS(not_responses); i++) {
        size_t words_len = strlen(not_responses[i]);
        bool alone = not_responses[i][words_len - 1] != ' ';

        if (words_begin(text, len, not_responses[i]) && (!alone || seen == words_len))
            return true;
    }
    return false;
}

/* Enough to tell "*" and its line end, of which the CR may have come, or a command from any other
 * response. */
static size_t keep_response(const char *text, size_t len)
{
    size_t kept = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(not_responses); i++)
        kept = MAX(kept, telling_len(text, len, not_responses[i]));
    if (len == 0 || text[0] != '*')
        return kept;
    while (kept < len && text[kept] == '\r')
        kept++;
    return MIN(kept + 1, len);
}

static size_t keep_all(const char *text, size_t len)
{
    (void)text;
    return len;
}

static void read_secret(client_reader *reader, const char *text, size_t len)
{
    reader->secrets = secrets_read(reader->scope, reader->secrets, text, len);
}

void client_note_secret(client_reader *reader, secrets_kind kind, const char *text, size_t len,
                        bool is_cut)
{
    read_secret(reader, text, len);
    secrets_end(reader->secrets, kind, is_cut);
}

/* A part of a line that is kept only as far as its first kept_len bytes: is the rest of it a secret?
 * piece is what came last of the line. */
static void watch_piece(client_reader *reader, const char *kept, size_t kept_len, const char *piece,
                        size_t len)
{
    const char *verb = words_skip_blanks(kept, kept + kept_len);
    const char *verb_end = words_end(verb, kept + kept_len);
    size_t secret = secrets_are_open(reader->secrets) ? len : MIN(len, reader->line.unkept);

    if (command_is_auth(command_from_verb(verb, (size_t)(verb_end - verb))))
        read_secret(reader, piece + len - secret, secret);
}

static void watch_response(client_reader *reader, const char *piece, size_t len)
{
    read_secret(reader, piece, len);
    while (len > 0 && (piece[len - 1] == '\n' || piece[len - 1] == '\r'))
        len--;
    reader->response_hash = secrets_hash(reader->response_hash, piece, len);
}

/* Looks at what came of a line that may hold a secret: at all of it, since the line itself is not
 * kept. A command line in one piece is left to whoever knows what its argument is. */
static void watch_line(client_reader *reader, bool complete, const line *found, const char *piece,
                       size_t len)
{
    const line_buffer *buffer = &reader->line;

    if (reader->mode == CLIENT_RESPONSES)
        watch_response(reader, piece, len);
    else if (!complete && buffer->kept_len > 0)
        watch_piece(reader, buffer->kept, buffer->kept_len, piece, len);
    else if (complete && found->text == buffer->kept)
        watch_piece(reader, found->text, found->len, piece, len - 1);
}

/* from and to: the line's part of bytes */
static void say_command(client_event *event, const line *command, const span *bytes, size_t from,
                        size_t to)
{
    const char *end = command->text + command->len;
    const char *verb = words_skip_blanks(command->text, end);
    const char *verb_end = words_end(verb, end);

    event->kind = CLIENT_SAID_COMMAND;
    event->in_auth = false;
    event->argument_cut = false;
    event->bytes = bytes;
    event->place = place_in(bytes, from, to);
    event->alone = from == 0 && to == bytes->len && command->first_frame == bytes->frame;
    event->verb = verb;
    event->verb_len = (size_t)(verb_end - verb);
    event->id = command_from_verb(verb, event->verb_len);
    event->argument = words_skip_blanks(verb_end, end);
    event->argument_len = (size_t)(end - event->argument);
    event->crlf = command->crlf;
}

/* --- commands in message data --- */

/* A line of message data, or a part of it, that may be a command for a server that refused the message,
 * or saw its end earlier: AUTH, and lines that may be responses after it. */
static void watch_data_line(client_reader *reader, const char *text, size_t len, bool complete)
{
    size_t taken = MIN(len, (size_t)CLIENT_HEAD - reader->head_len);

    memcpy(reader->head + reader->head_len, text, taken);
    reader->head_len = (uint8_t)(reader->head_len + taken);
    if (reader->in_auth_line || reader->auth_lines > 0) {
        read_secret(reader, text, len);
    } else if (taken > 0) {
        const char *end = reader->head + reader->head_len;
        const char *verb = words_skip_blanks(reader->head, end);
        const char *verb_end = words_end(verb, end);

        reader->in_auth_line =
            verb_end < end && command_is_auth(command_from_verb(verb, (size_t)(verb_end - verb)));
        if (reader->in_auth_line) {
            read_secret(reader, "AUTH ", strlen("AUTH "));
            read_secret(reader, verb_end, (size_t)(end - verb_end));
            read_secret(reader, text + taken, len - taken);
        }
    }
    if (!complete)
        return;
    secrets_end(reader->secrets, SECRETS_LINE, false);
    if (reader->in_auth_line)
        reader->auth_lines = AUTH_LINES_MAX;
    else if (reader->auth_lines > 0)
        reader->auth_lines--;
    reader->in_auth_line = false;
    reader->head_len = 0;
}

static void watch_data(client_reader *reader, const char *text, size_t len)
{
    while (len > 0) {
        const char *end = (const char *)memchr(text, '\n', len);
        size_t part = end != NULL ? (size_t)(end - text) + 1 : len;

        watch_data_line(reader, text, part, end != NULL);
        reader->data_lines += end != NULL;
        text += part;
        len -= part;
    }
}

static void say_response(client_reader *reader, client_event *event, const line *response,
                         const span *bytes)
{
    event->kind = CLIENT_SAID_RESPONSE;
    event->bytes = bytes;
    event->cancels = response->len == 1 && response->text[0] == '*';
    event->is_empty = response->len == 0;
    event->hash = reader->response_hash;
    event->response = reader->keeps_responses ? response->text : NULL;
    event->response_len = response->len;
    reader->response_hash = 0;
}

void client_expect_start(client_reader *reader)
{
    reader->at_start = true;
    reader->first_line = true;
    reader->proxy.seen = 0;
}

static void say_proxy(client_event *event, const span *bytes, size_t from, size_t to)
{
    event->kind = CLIENT_SENT_PROXY;
    event->id = COMMAND_NONE;
    event->bytes = bytes;
    event->place = place_in(bytes, from, to);
}

/* The length of a whole line without its end, kept or not. */
static size_t line_len(const client_reader *reader, const line *found)
{
    return reader->line.seen - (found->crlf ? 1 : 0);
}

static bool read_line(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    bool responses = reader->mode == CLIENT_RESPONSES;
    bool first = reader->first_line;
    size_t from = *pos;
    bool complete, no_response;
    line found;
    line_keep_limit limit = responses ? keep_response : keep_command;
    size_t used =
        line_take(&reader->line, reader->scope, bytes->data + from, bytes->len - from, bytes->frame,
                  reader->keeps_responses ? keep_all : limit, &found, &complete);

    *pos += used;
    reader->first_line &= !complete;
    no_response =
        complete && responses && is_no_response(found.text, found.len, line_len(reader, &found));
    watch_line(reader, complete, &found, (const char *)bytes->data + from, used);
    if (no_response)
        secrets_drop(reader->secrets);
    if (complete)
        secrets_end(reader->secrets, SECRETS_RESPONSE, false);
    if (no_response) {
        say_command(event, &found, bytes, from, *pos);
        event->in_auth = true;
        reader->response_hash = 0;
    } else if (complete && responses) {
        say_response(reader, event, &found, bytes);
    } else if (complete && first && proxy_read_line(found.text, found.len, event->client)) {
        say_proxy(event, bytes, from, *pos);
        event->binary = false;
        client_expect_start(reader);
    } else if (complete) {
        say_command(event, &found, bytes, from, *pos);
    }
    if (complete && !responses)
        event->argument_cut = reader->line.seen > found.len + 1; /* CR */
    return complete;
}

/* --- message data and chunks --- */

/* The next state of the search for the end of message data (RFC 5321, section 4.1.1.4). */
static client_dot match_dot(client_dot state, uint8_t byte, bool lf_ends_lines)
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

static bool is_end_of_message(client_dot state, uint8_t byte, bool lf_ends_lines)
{
    return byte == '\n' && (state == DOT_CR_SEEN || (lf_ends_lines && state == DOT_SEEN));
}

/* Skips what cannot be the end of the message at once; returns the new position. */
static size_t skip_in_line(client_reader *reader, const span *bytes, size_t pos)
{
    const uint8_t *end = (const uint8_t *)memchr(bytes->data + pos, '\n', bytes->len - pos);
    size_t stop = end != NULL ? (size_t)(end - bytes->data) : bytes->len;

    if (stop > pos)
        reader->dot = bytes->data[stop - 1] == '\r' ? DOT_LINE_CR : DOT_IN_LINE;
    return stop;
}

static void end_message_at(client_reader *reader, const span *bytes, size_t end,
                           client_event *event)
{
    size_t dot_len = MIN(end, reader->lf_ends_lines ? 2u : 3u);

    event->kind = CLIENT_ENDED_MESSAGE;
    event->bytes = bytes;
    event->place = place_in(bytes, end - dot_len, end);
    event->alone = end == bytes->len;
}

static void end_message(client_reader *reader, const span *bytes, size_t end, client_event *event)
{
    end_message_at(reader, bytes, end, event);
    client_set_mode(reader, CLIENT_COMMANDS);
}

/* --- an end of the message that only some servers take for one --- */

/* A byte of the message, by its place in these bytes; before them, what came last is kept. */
static uint8_t byte_at(const client_reader *reader, const span *bytes, ptrdiff_t at)
{
    return at >= 0 ? bytes->data[at] : reader->tail[CLIENT_TAIL + at];
}

/* The last bytes of the message so far. */
static void keep_tail(client_reader *reader, const span *bytes, size_t end)
{
    uint8_t tail[CLIENT_TAIL];

    for (ptrdiff_t i = 0; i < CLIENT_TAIL; i++)
        tail[i] = byte_at(reader, bytes, (ptrdiff_t)end - CLIENT_TAIL + i);
    memcpy(reader->tail, tail, sizeof tail);
}

/* Does the LF there end a line with a single dot in another way than CR LF "." CR LF does? The line may have
 * begun behind a CR or an LF alone, or behind a NUL that some servers drop. */
static bool is_false_end(const client_reader *reader, const span *bytes, size_t lf)
{
    ptrdiff_t at = (ptrdiff_t)lf;
    bool cr = byte_at(reader, bytes, at - 1) == '\r';
    ptrdiff_t dot = at - (cr ? 2 : 1);
    uint8_t before = byte_at(reader, bytes, dot - 1);

    if (reader->lf_ends_lines || byte_at(reader, bytes, dot) != '.')
        return false;
    if (before == '\n')
        return !cr || byte_at(reader, bytes, dot - 2) != '\r';
    return before == '\r' || (before == '\0' && byte_at(reader, bytes, dot - 2) == '\n');
}

/* The same with a CR alone behind the dot: does what stands there follow it? */
static bool is_behind_bare_cr(const client_reader *reader, const span *bytes, ptrdiff_t at)
{
    const uint8_t before = byte_at(reader, bytes, at - 3);

    return bytes->data[at] != '\n' && byte_at(reader, bytes, at - 1) == '\r' &&
           byte_at(reader, bytes, at - 2) == '.' && (before == '\r' || before == '\n');
}

/* Where that first is so between from and to; to if nowhere. */
static size_t find_behind_bare_cr(const client_reader *reader, const span *bytes, size_t from,
                                  size_t to)
{
    while (from < to && !is_behind_bare_cr(reader, bytes, (ptrdiff_t)from)) {
        const uint8_t *cr = (const uint8_t *)memchr(bytes->data + from, '\r', to - from);

        from = cr != NULL ? (size_t)(cr - bytes->data) + 1 : to;
    }
    return from;
}

static size_t keep_verb(const char *text, size_t len)
{
    (void)text;
    return MIN(len, VERB_KEPT);
}

/* Is a line of a message a command, and no sentence that begins like one? */
static bool is_no_sentence(const client_event *event)
{
    switch (event->id) {
    case COMMAND_MAIL:
        return words_begin(event->argument, event->argument_len, "FROM:");
    case COMMAND_RCPT:
        return words_begin(event->argument, event->argument_len, "TO:");
    case COMMAND_DATA:
    case COMMAND_RSET:
    case COMMAND_NOOP:
    case COMMAND_QUIT:
    case COMMAND_STARTTLS:
        return event->argument_len == 0;
    case COMMAND_EHLO:
    case COMMAND_HELO:
    case COMMAND_LHLO:
    case COMMAND_BDAT:
    case COMMAND_XCLIENT:
        return event->argument_len > 0;
    default:
        return false;
    }
}

/* The bytes between from and to of a line behind such an end. True if it is whole and a command. */
static bool read_smuggled(client_reader *reader, const span *bytes, size_t from, size_t to,
                          client_event *event)
{
    bool complete = false, is_command;
    line found;

    if (!reader->smuggles || reader->smuggles_data || from == to)
        return false;
    watch_data(reader, (const char *)bytes->data + from, to - from);
    line_take(&reader->smuggled, reader->scope, bytes->data + from, to - from, bytes->frame,
              keep_verb, &found, &complete);
    if (!complete)
        return false;
    say_command(event, &found, bytes, from, to);
    event->kind = CLIENT_SMUGGLED_COMMAND;
    is_command = is_no_sentence(event);
    event->argument_len = 0; /* message data isn't kept */
    line_wipe(&reader->smuggled);
    if (!is_command)
        end_smuggling(reader);
    reader->smuggles_data |= is_command && event->id == COMMAND_DATA;
    return is_command;
}

static void note_false_end(client_reader *reader, const span *bytes, size_t pos)
{
    size_t dot_len = MIN(pos, 3);

    reader->smuggles = true;
    reader->ends_falsely = pos == bytes->len;
    reader->end_frame = bytes->frame;
    reader->end_time = bytes->time;
    reader->end_place = place_in(bytes, pos - dot_len, pos);
}

/* The message that was smuggled in ends there, too, for a server that took it. */
static bool end_smuggled_message(client_reader *reader, const span *bytes, size_t end,
                                 client_event *event)
{
    if (!reader->smuggles_data)
        return false;
    reader->smuggles_data = false;
    line_reset(&reader->smuggled, reader->scope);
    end_message_at(reader, bytes, end, event);
    event->kind = CLIENT_SMUGGLED_COMMAND;
    event->id = COMMAND_MESSAGE;
    return true;
}

/* The bytes between from and to of a line of the message. True if they end a command behind a false end. */
static bool read_in_line(client_reader *reader, const span *bytes, size_t from, size_t to,
                         client_event *event)
{
    if (!reader->smuggles || reader->smuggles_data) {
        from = find_behind_bare_cr(reader, bytes, from, to);
        reader->smuggles |= from < to;
    }
    return read_smuggled(reader, bytes, from, to, event);
}

/* A line of the message ends at pos. The same. */
static bool end_line(client_reader *reader, const span *bytes, size_t from, size_t pos,
                     client_event *event)
{
    const bool found = read_in_line(reader, bytes, from, pos, event);

    if (!is_false_end(reader, bytes, pos - 1))
        return found;
    note_false_end(reader, bytes, pos);
    return end_smuggled_message(reader, bytes, pos, event) || found;
}

/* Does anybody take what stands there for the beginning of a line? Some do so behind a CR, or drop a NUL. */
static bool may_begin_line(const client_reader *reader, const span *bytes, ptrdiff_t at)
{
    uint8_t before = byte_at(reader, bytes, at - 1);

    return before == '\r' || before == '\n' || before == '\0';
}

/* Is there no dot at the beginning of what may be a line? As long as nothing was smuggled, nothing else in
 * message data tells anything. */
static bool is_mere_text(const client_reader *reader, const span *bytes, size_t from)
{
    const uint8_t *data = bytes->data, *end = data + bytes->len, *dot = data + from;

    if (reader->smuggles || !reader->dot_known || reader->dot == DOT_SEEN ||
        reader->dot == DOT_CR_SEEN)
        return false;
    for (ptrdiff_t at = -2; at < 0; at++) /* its line may go on here */
        if (byte_at(reader, bytes, at) == '.' && may_begin_line(reader, bytes, at))
            return false;
    while ((dot = (const uint8_t *)memchr(dot, '.', (size_t)(end - dot))) != NULL) {
        if (may_begin_line(reader, bytes, dot - data))
            return false;
        dot++;
    }
    return true;
}

/* Passes over such a text at once. */
static void skip_text(client_reader *reader, const span *bytes, size_t *pos)
{
    const ptrdiff_t last = (ptrdiff_t)bytes->len - 1;
    const uint8_t byte = byte_at(reader, bytes, last);
    const client_dot before = byte_at(reader, bytes, last - 1) == '\r' ? DOT_LINE_CR : DOT_IN_LINE;

    reader->dot = (uint8_t)match_dot(before, byte, reader->lf_ends_lines);
    keep_tail(reader, bytes, bytes->len);
    *pos = bytes->len;
}

static bool read_message(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    size_t from = *pos;
    bool found = false;

    reader->ends_falsely = false;
    if (is_mere_text(reader, bytes, from)) {
        skip_text(reader, bytes, pos);
        return false;
    }
    while (*pos < bytes->len && !found) {
        if (reader->dot == DOT_IN_LINE || reader->dot == DOT_LINE_CR)
            *pos = skip_in_line(reader, bytes, *pos);
        if (*pos == bytes->len)
            break;
        client_dot dot = (client_dot)reader->dot;
        uint8_t byte = bytes->data[(*pos)++];
        if (is_end_of_message(dot, byte, reader->lf_ends_lines)) {
            end_message(reader, bytes, *pos, event);
            return true;
        }
        dot = match_dot(dot, byte, reader->lf_ends_lines);
        reader->dot_known |= dot != DOT_SEEN && dot != DOT_CR_SEEN;
        reader->dot = (uint8_t)dot;
        if (byte != '\n')
            continue;
        found = end_line(reader, bytes, from, *pos, event);
        from = *pos;
    }
    if (!found)
        read_in_line(reader, bytes, from, *pos, event);
    keep_tail(reader, bytes, *pos);
    return found;
}

/* The server answers once it has the whole chunk: that is when the command ends. */
static bool read_chunk(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    size_t from = *pos;

    *pos += (size_t)MIN(reader->chunk_left, bytes->len - from);
    reader->chunk_left -= *pos - from;
    reader->in_chunk = true;
    watch_data(reader, (const char *)bytes->data + from, *pos - from);
    if (reader->chunk_left > 0)
        return false;
    event->kind = CLIENT_ENDED_CHUNK;
    event->bytes = bytes;
    event->place = place_in(bytes, from, *pos);
    client_set_mode(reader, CLIENT_COMMANDS);
    return true;
}

/* --- bytes that are held --- */

static void hold(client_reader *reader, const span *bytes, size_t pos)
{
    if (!reader->gap_in_held &&
        held_keep(&reader->held, reader->scope, 0, bytes, pos, CLIENT_HELD_MAX))
        return;
    held_clear(&reader->held, reader->scope);
    reader->gap_in_held = true;
}

/* --- */

/* What was held of a record that was none is the beginning of a line. */
static void give_back(client_reader *reader, const uint8_t *data, size_t len, uint32_t frame)
{
    bool complete;
    line found;

    if (len > 0)
        line_take(&reader->line, reader->scope, data, len, frame, keep_command, &found, &complete);
}

/* After STARTTLS comes TLS, unless the client had other ideas. */
static bool read_maybe_tls(client_reader *reader, const span *bytes, size_t *pos,
                           client_event *event)
{
    tls_start earlier = reader->tls;

    switch (
        tls_start_read(&reader->tls, tls_begins_handshake, bytes->data + *pos, bytes->len - *pos)) {
    case TLS_MORE:
        *pos = bytes->len;
        return false;
    case TLS_YES:
        client_set_mode(reader, CLIENT_COMMANDS);
        event->kind = CLIENT_BEGAN_TLS;
        event->unasked = false;
        event->earlier = earlier.len;
        event->bytes = bytes;
        event->place = place_in(bytes, *pos, bytes->len);
        *pos = bytes->len;
        return true;
    default:
        client_set_mode(reader, CLIENT_COMMANDS);
        give_back(reader, earlier.bytes, earlier.len, bytes->frame);
        return false;
    }
}

static bool begin_tls(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    reader->at_start = false;
    client_set_mode(reader, CLIENT_IN_TLS);
    event->kind = CLIENT_BEGAN_TLS;
    event->unasked = true;
    event->earlier = (uint8_t)reader->proxy.seen;
    reader->proxy.seen = 0;
    event->id = COMMAND_NONE;
    event->bytes = bytes;
    event->place = place_in(bytes, *pos, bytes->len);
    watch_data(reader, (const char *)bytes->data + *pos, bytes->len - *pos);
    *pos = bytes->len;
    return true;
}

/* What came before these bytes, and seemed to begin a PROXY header, is read first. */
static bool read_back(client_reader *reader, const span *bytes)
{
    reader->at_start = false;
    reader->back = *bytes;
    reader->back.data = reader->proxy.kept;
    reader->back.len = reader->proxy.seen;
    reader->back_pos = 0;
    return false;
}

/* Do the client's first bytes begin TLS? */
static tls_answer judge_start(const client_reader *reader, const uint8_t *data, size_t len)
{
    uint8_t start[TLS_JUDGED];
    size_t held = reader->proxy.seen, taken;

    if (held >= TLS_JUDGED)
        return TLS_NO;
    taken = MIN(TLS_JUDGED - held, len);
    memcpy(start, reader->proxy.kept, held);
    memcpy(start + held, data, taken);
    return tls_begins_handshake(start, held + taken);
}

/* The client's first bytes: a PROXY header of version 2, TLS, or neither. */
static bool read_start(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    size_t from = *pos;
    proxy_answer answer;

    switch (judge_start(reader, bytes->data + from, bytes->len - from)) {
    case TLS_YES:
        return begin_tls(reader, bytes, pos, event);
    case TLS_MORE: /* its first byte waits where that of a PROXY header does */
        reader->proxy.kept[0] = bytes->data[from];
        reader->proxy.seen = 1;
        *pos = from + 1;
        return false;
    default:
        break;
    }
    answer = proxy_read(&reader->proxy, bytes->data, bytes->len, pos);
    if (answer == PROXY_NO)
        return read_back(reader, bytes);
    watch_data(reader, (const char *)bytes->data + from, *pos - from);
    if (answer == PROXY_MORE)
        return false;
    end_watching_data(reader);
    say_proxy(event, bytes, from, *pos);
    proxy_client(&reader->proxy, event->client);
    event->binary = true;
    reader->proxy.seen = 0;
    return true;
}

static bool read_some(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    switch (reader->mode) {
    case CLIENT_MESSAGE:
        return read_message(reader, bytes, pos, event);
    case CLIENT_CHUNK:
        return read_chunk(reader, bytes, pos, event);
    case CLIENT_HOLDING:
        hold(reader, bytes, *pos);
        *pos = bytes->len;
        return false;
    case CLIENT_MAYBE_TLS:
        return read_maybe_tls(reader, bytes, pos, event);
    case CLIENT_IN_TLS: /* or what a server that speaks clear text takes for lines */
        watch_data(reader, (const char *)bytes->data + *pos, bytes->len - *pos);
        *pos = bytes->len;
        return false;
    case CLIENT_COMMANDS:
        if (reader->at_start && !reader->line.open)
            return read_start(reader, bytes, pos, event);
        return read_line(reader, bytes, pos, event);
    default:
        return read_line(reader, bytes, pos, event);
    }
}

/* Is there anything to be read that came before the bytes that are read now? */
static bool has_back(const client_reader *reader)
{
    return reader->back_pos < reader->back.len;
}

bool client_next(client_reader *reader, const span *bytes, size_t *pos, client_event *event)
{
    line_wipe(&reader->line);
    while (has_back(reader) || *pos < bytes->len) {
        const span *next = has_back(reader) ? &reader->back : bytes;

        if (read_some(reader, next, next == bytes ? pos : &reader->back_pos, event))
            return true;
    }
    return false;
}

/* --- gaps --- */

/* Leaves out of a line the word that a cut may have shortened. False if nothing is left: the
 * beginning of a verb names no command, or another one. */
static bool keep_whole_words(line *command)
{
    const char *end = command->text + command->len;
    const char *verb = words_skip_blanks(command->text, end);

    if (command->crlf) /* only its LF is missing */
        return true;
    if (words_end(verb, end) == end)
        return command_from_verb(verb, (size_t)(end - verb)) != COMMAND_OTHER;
    while (words_end(end - 1, end) == end)
        end--;
    command->len = (size_t)(end - command->text);
    return true;
}

bool client_finish_cut(client_reader *reader, const span *hole, client_event *event)
{
    uint32_t len = MIN(reader->line.seen, hole->len); /* of the line, in this frame */
    line found;

    if (reader->mode != CLIENT_COMMANDS || !line_take_open(&reader->line, &found) ||
        !keep_whole_words(&found))
        return false;
    span here = *hole;
    here.offset -= len;
    found.crlf = true;
    say_command(event, &found, &here, 0, len);
    event->bytes = hole;
    event->argument_cut = true;
    return true;
}

static bool skip_in_chunk(client_reader *reader, uint32_t missing)
{
    if (missing == 0 || missing > reader->chunk_left)
        return false;
    reader->chunk_left -= missing;
    reader->in_chunk = true;
    if (reader->chunk_left == 0)
        client_set_mode(reader, CLIENT_COMMANDS);
    return true;
}

bool client_skip(client_reader *reader, uint32_t missing, bool finished, bool only_line)
{
    secrets_end(reader->secrets, SECRETS_RESPONSE, true);
    line_reset(&reader->line, reader->scope);
    reader->tls.len = 0;
    reader->at_start = false;
    reader->first_line = false;
    switch (reader->mode) {
    case CLIENT_IN_TLS:
        return true;
    case CLIENT_CHUNK:
        return !finished && skip_in_chunk(reader, missing);
    case CLIENT_MESSAGE:
        reader->gap_in_message = true;
        reader->ends_falsely = false;
        end_smuggling(reader);
        memset(reader->tail, 0, CLIENT_TAIL);
        reader->dot = DOT_LINE_START; /* a segment often begins with a line */
        reader->dot_known = false;
        return true;
    case CLIENT_HOLDING:
        if (!only_line)
            held_clear(&reader->held, reader->scope);
        reader->gap_in_held |= !only_line;
        return true;
    case CLIENT_RESPONSES: /* it was one: the client has to wait for each reply */
        return true;
    default:
        return only_line;
    }
}
