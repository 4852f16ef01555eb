/* server.c
 * Reads what the server of a session says.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "server.h"

#include <string.h>

#include <glib.h>

#include "command.h"
#include "reply.h"
#include "reply_text.h"
#include "words.h"

#define STRAY_WORD_MAX 8 /* bytes of a line that is one word */

void server_init(server_reader *reader, note_store *store, wmem_allocator_t *scope)
{
    memset(reader, 0, sizeof *reader);
    reader->store = store;
    reader->scope = scope;
}

static void free_text(server_reader *reader)
{
    reply_text_free(reader->text);
    reader->text = NULL;
}

void server_reset(server_reader *reader)
{
    free_text(reader);
    g_free(reader->stray);
    reader->stray = NULL;
    offers_free(reader->scope, reader->listed);
    reader->listed = NULL;
    reader->open = false;
    reader->in_tls = false;
    reader->tls.len = 0;
    line_reset(&reader->line, reader->scope);
}

static void begin_reply(server_reader *reader, uint16_t code, uint32_t first_frame)
{
    reader->open = true;
    reader->code_changed = false;
    reader->read_as = CHARSET_UTF8;
    reader->code = code;
    reader->lines = 0;
    reader->first_frame = first_frame;
    reader->place_frame = 0;
    reader->place.length = 0;
    reader->enhanced.status_class = 0;
    reader->whole_text = NULL;
}

/* Extends the place of the reply by its line's part of the bytes. */
static void extend_place(server_reader *reader, const server_input *input, size_t from, size_t to)
{
    const span *bytes = input->bytes;
    note_place *place = &reader->place;

    if (bytes->frame != input->frame) { /* they had been captured before a hole was filled */
        place->length = 0;
        return;
    }
    uint32_t start = bytes->offset + (uint32_t)from;
    if (place->length == 0 || reader->place_frame != bytes->frame ||
        place->source != bytes->source) {
        place->offset = start;
        place->source = bytes->source;
        reader->place_frame = bytes->frame;
    }
    place->length = start + (uint32_t)(to - from) - place->offset;
}

/* Adds the text of a line. That of a reply with a single line is as a rule what was sent. */
static void add_text(server_reader *reader, const secrets *client, reply_line *found)
{
    charset read_as;

    if (reader->lines == 1 && found->last && reply_text_is_plain(found, client)) {
        reader->whole_text = note_store_share_text(reader->store, found->text, found->text_len);
        return;
    }
    reader->text = reply_text_add(reader->scope, reader->text, found, client, &read_as);
    if (read_as != CHARSET_UTF8)
        reader->read_as = (uint8_t)read_as;
}

/* The text for good. */
static const char *take_text(server_reader *reader, const secrets *client)
{
    if (reader->text != NULL) {
        char *text = reply_text_finish(reader->text, reader->code, client);

        reader->text = NULL;
        reader->whole_text = note_store_share_text(reader->store, text, strlen(text));
        g_free(text);
    }
    return reader->whole_text;
}

static void finish_reply(server_reader *reader, const server_input *input, server_reply *reply)
{
    reply_note *note = note_store_new_reply(reader->store);

    note->text = take_text(reader, input->secrets);
    note->code = reader->code;
    note->enhanced = reader->enhanced;
    note->lines = reader->lines;
    note->code_changed = reader->code_changed;
    note->read_as = reader->read_as;
    note->first_line_in = reader->first_frame != input->frame ? reader->first_frame : 0;
    if (reader->place_frame == input->frame)
        note->place = reader->place;
    note->encrypted = input->bytes->encrypted;
    reply->note = note;
    reply->listed = reader->listed;
    reply->cut = reader->cut;
    reader->listed = NULL;
    reader->open = false;
}

/* A server that forgot the code in the middle of its reply. */
static void continue_reply(const server_reader *reader, const line *text, reply_line *found)
{
    found->code = reader->code;
    found->last = false;
    found->text = text->text;
    found->text_len = text->len;
}

/* What a client says, or one word, which may be its response: who serves may be judged wrongly. */
static bool is_of_a_client(const line *found)
{
    const char *end = found->text + found->len, *verb_end = words_end(found->text, end);

    return command_from_verb(found->text, (size_t)(verb_end - found->text)) != COMMAND_OTHER ||
           (verb_end == end && found->len >= STRAY_WORD_MAX);
}

/* Something to read, rather than noise? Inside of a reply it is the server's: often what it offers. */
static bool is_text(const line *found, bool in_reply)
{
    for (size_t i = 0; i < found->len; i++)
        if (g_ascii_iscntrl(found->text[i]) && found->text[i] != '\t')
            return false;
    return found->len > 0 && (in_reply || !is_of_a_client(found)) &&
           g_utf8_validate(found->text, (gssize)found->len, NULL);
}

/* A line without a code, which no reply has. An empty one harms nobody. */
static void keep_stray(server_reader *reader, const server_input *input, const line *text)
{
    reply_line found = { .text = text->text, .text_len = text->len };
    wmem_strbuf_t *buffer;
    charset read_as;

    if (reader->stray != NULL || !is_text(text, reader->open))
        return;
    buffer = reply_text_add(reader->scope, NULL, &found, input->secrets, &read_as);
    reader->stray = reply_text_finish(buffer, 0, input->secrets);
}

/* A whole line. from and to: its part of the bytes. False if it isn't a line of a reply. */
static bool read_reply_line(server_reader *reader, const server_input *input, const line *text,
                            size_t from, size_t to, bool *last)
{
    reply_line found;
    bool is_reply = reply_parse_line(text->text, text->len, &found);

    *last = false;
    if (!is_reply)
        keep_stray(reader, input, text);
    if (!is_reply && !reader->open)
        return false;
    if (!is_reply)
        continue_reply(reader, text, &found);
    if (!reader->open)
        begin_reply(reader, found.code, text->first_frame);
    reader->cut = input->bytes->kind == SPAN_CUT;
    if (found.code != reader->code) {
        reader->code_changed = true;
        reader->enhanced.status_class = 0; /* of another code */
    }
    reader->code = found.code;
    reader->lines++;
    if (reader->enhanced.status_class == 0)
        reader->enhanced = found.enhanced;
    if (reader->lines > 1 && found.code == 250 &&
        !secrets_in(input->secrets, found.text, found.text_len, false))
        reader->listed = offers_add(reader->scope, reader->listed, found.text, found.text_len);
    add_text(reader, input->secrets, &found);
    extend_place(reader, input, from, to);
    *last = found.last;
    return true;
}

/* Do the bytes begin a TLS record, instead of a reply? Some may have come before. */
static tls_answer begins_tls(server_reader *reader, const uint8_t *data, size_t len)
{
    if (reader->open || reader->line.open)
        return TLS_NO;
    return tls_start_read(&reader->tls, tls_begins_record, data, len);
}

/* What was held is the beginning of a line after all; no reply begins so. */
static void give_back(server_reader *reader, const server_input *input)
{
    bool complete;
    line found;
    size_t len = reader->tls.len;

    reader->tls.len = 0;
    for (size_t at = 0; at < len;)
        at += line_take(&reader->line, reader->scope, reader->tls.bytes + at, len - at,
                        input->bytes->frame, NULL, &found, &complete);
}

/* Looks for TLS at the beginning of a line. False if what follows is to be read as lines. */
static bool look_for_tls(server_reader *reader, const server_input *input, size_t *pos)
{
    const span *bytes = input->bytes;

    switch (begins_tls(reader, bytes->data + *pos, bytes->len - *pos)) {
    case TLS_YES:
        reader->in_tls = true;
        return true;
    case TLS_MORE:
        *pos = bytes->len;
        return true;
    default:
        give_back(reader, input);
        return false;
    }
}

bool server_next(server_reader *reader, const server_input *input, size_t *pos, server_reply *reply)
{
    const span *bytes = input->bytes;
    bool complete, last = false;
    line found;

    while (*pos < bytes->len && !last) {
        size_t from = *pos;

        if (!bytes->encrypted && look_for_tls(reader, input, pos))
            return false;
        bool first = from == 0 && bytes->began != 0;

        *pos += line_take(&reader->line, reader->scope, bytes->data + from, bytes->len - from,
                          first ? bytes->began : bytes->frame, NULL, &found, &complete);
        if (complete)
            read_reply_line(reader, input, &found, from, *pos, &last);
    }
    if (last)
        finish_reply(reader, input, reply);
    return last;
}

bool server_finish_cut(server_reader *reader, const server_input *input, server_reply *reply)
{
    uint32_t len = MIN(reader->line.seen, input->bytes->len); /* of the line, in this frame */
    span here = *input->bytes;
    server_input line_input = { &here, input->frame, input->secrets };
    bool last;
    line found;

    here.offset -= len;
    if (line_take_open(&reader->line, &found))
        read_reply_line(reader, &line_input, &found, 0, len, &last);
    if (!reader->open)
        return false;
    reader->cut = true;
    finish_reply(reader, input, reply);
    return true;
}
