/* dialogue_check.c
 * What holds for every session, whatever was said in it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialogue_private.h"

#include <string.h>

#include "finding.h"
#include "mark.h"

#define MESSAGE_SHOWN_MAX 239 /* Wireshark cuts an expert's message at 240 bytes */
#define TEXT_SHOWN_MAX 410

void dialogue_fail(const dialogue_run *run, const char *what, const char *detail)
{
    g_test_message("%s, %s: %s: %s", run->script->name, run->how->name ? run->how->name : "whole",
                   what, detail);
    g_test_fail();
}

static const fed_piece *find_piece(const dialogue_run *run, uint32_t frame)
{
    for (guint i = 0; i < run->pieces->len; i++) {
        const fed_piece *piece = &g_array_index(run->pieces, fed_piece, i);

        if (piece->frame == frame)
            return piece;
    }
    return NULL;
}

static bool is_inside(const fed_piece *piece, const note_place *place)
{
    return piece != NULL && place->offset >= piece->offset &&
           place->offset + place->length <= piece->offset + piece->len;
}

/* Does a click on the reply highlight its own bytes? */
static void check_place(const dialogue_run *run, uint32_t frame, const reply_note *note)
{
    const note_place *place = &note->place;
    const fed_piece *piece = find_piece(run, frame);
    char *said = dialogue_describe(frame, note);

    if (place->length == 0 && note->first_line_in == 0 && !run->how->crossed &&
        !dialogue_has(run->script, LATE))
        dialogue_fail(run, "no place", said);
    if (place->length > 0 && !is_inside(piece, place)) {
        dialogue_fail(run, "place outside of the frame", said);
    } else if (place->length > 0) {
        const uint8_t *start = piece->data + (place->offset - piece->offset);

        if (piece->whole && start[place->length - 1] != '\n')
            dialogue_fail(run, "place doesn't end with the line", said);
        if (note->first_line_in == 0 && !g_ascii_isdigit(start[0]))
            dialogue_fail(run, "place doesn't begin with the reply", said);
    }
    g_free(said);
}

static void check_text(const dialogue_run *run, const char *text, size_t max)
{
    if (strlen(text) > max)
        dialogue_fail(run, "too long", text);
    if (!g_utf8_validate(text, -1, NULL))
        dialogue_fail(run, "not UTF-8", text);
    for (const char *p = text; *p != '\0'; p++)
        if (g_ascii_iscntrl(*p))
            dialogue_fail(run, "control character", text);
}

static bool holds_secret(const char *text, const char *secret)
{
    char *upper = g_ascii_strup(text, -1);
    char *upper_secret = g_ascii_strup(secret, -1);
    bool holds = strstr(upper, upper_secret) != NULL;

    g_free(upper);
    g_free(upper_secret);
    return holds;
}

static void check_secrets(const dialogue_run *run, const char *text)
{
    for (int i = 0; i < DIALOGUE_SECRETS_MAX && run->script->secrets[i] != NULL; i++)
        if (text != NULL && holds_secret(text, run->script->secrets[i]))
            dialogue_fail(run, "secret", text);
}

static void check_bytes_for_secrets(const dialogue_run *run, const char *bytes, size_t len)
{
    char *text = (char *)g_malloc0(len + 1);

    for (size_t i = 0; i < len; i++)
        text[i] = bytes[i] == '\0' ? ' ' : bytes[i];
    check_secrets(run, text);
    g_free(text);
}

static void check_reply_strings(const dialogue_run *run, const reply_note *note)
{
    mark seen = { 0 };
    char *words;

    mark_add_reply(&seen, note);
    words = mark_text(run->scope, &seen);
    check_text(run, note->text, TEXT_SHOWN_MAX);
    check_secrets(run, note->text);
    if (words != NULL)
        check_text(run, words, MARK_MAX);
    check_secrets(run, words);
    for (unsigned f = 0; f < FINDING_COUNT; f++) {
        if (!finding_in(note->findings, (finding)f))
            continue;
        char *sentence = finding_sentence(run->scope, note, (finding)f);
        check_text(run, sentence, MESSAGE_SHOWN_MAX);
        check_secrets(run, sentence);
    }
}

static void check_command_is_filed(const dialogue_run *run, uint32_t frame, const reply_note *note)
{
    note_list commands = note_store_commands(run->store, note->command->frame);
    unsigned at = 0;
    const fed_piece *piece = find_piece(run, note->command->frame);

    while (at < commands.count && commands.entry[at].command != note->command)
        at++;
    if (at == commands.count)
        dialogue_fail(run, "the command's frame doesn't know it", note->command->verb);
    if (note->command->response_in < frame && !run->how->crossed && !run->how->echoed)
        dialogue_fail(run, "response_in is not the last reply", note->command->verb);
    if (note->command->place.length > 0 && !is_inside(piece, &note->command->place))
        dialogue_fail(run, "command's place outside of the frame", note->command->verb);
    if (note->elapsed !=
        (int64_t)(dialogue_step_of(frame) - dialogue_step_of(note->command->frame)) * NS_PER_STEP)
        dialogue_fail(run, "elapsed", note->command->verb);
}

/* Everything that a session keeps beside its notes. */
static void check_memory(const dialogue_run *run)
{
    const session *s = run->session;

    for (int side = 0; side < 2; side++) {
        check_bytes_for_secrets(run, session_line(s, side)->kept, session_line(s, side)->kept_size);
        if (s->streams[side].waiting != NULL && dialogue_run_is_whole(run) && !s->raw_is_tls)
            dialogue_fail(run, "bytes still wait", "");
    }
    for (const held_span *held = s->exchange.client.held.first; held != NULL; held = held->next)
        check_bytes_for_secrets(run, (const char *)(held + 1), held->bytes.len);
    for (const command_note *command = s->exchange.queue.first; command != NULL;
         command = command->next) {
        check_secrets(run, command->verb);
        check_secrets(run, command->mechanism);
    }
}

void dialogue_check(const dialogue_run *run)
{
    guint i = 0;

    for (guint p = 0; p < run->pieces->len; p++) {
        uint32_t frame = g_array_index(run->pieces, fed_piece, p).frame;
        note_list replies = note_store_replies(run->store, frame);

        for (unsigned r = 0; r < replies.count; r++, i++) {
            const reply_note *note = replies.entry[r].reply;

            check_reply_strings(run, note);
            check_place(run, frame, note);
            check_secrets(run, (const char *)run->lines->pdata[i]);
            if (note->command != NULL && note->command->frame != 0)
                check_command_is_filed(run, frame, note);
        }
    }
    check_memory(run);
}
