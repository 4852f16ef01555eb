/* dialogue_describe.c
 * What a session says of its replies, in the words of dialogue.h.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialogue_private.h"

#include "finding.h"

const char *const dialogue_verdict_names[VERDICT_UNSOLICITED + 1] = { "unknown",    "expected",
                                                                      "refused",    "unusual",
                                                                      "unexpected", "unsolicited" };

uint32_t dialogue_step_of(uint32_t frame)
{
    return frame / FRAMES_PER_STEP;
}

static void describe_command(GString *said, const reply_note *note)
{
    const command_note *command = note->command;

    if (command == NULL) {
        g_string_append(said, " ?");
        return;
    }
    g_string_append_printf(said, " %s", command->verb != NULL ? command->verb : "(hidden)");
    if (command->mechanism != NULL)
        g_string_append_printf(said, " %s", command->mechanism);
    if (command->frame != 0)
        g_string_append_printf(said, " @%u", dialogue_step_of(command->frame));
}

static void describe_details(GString *said, uint32_t frame, const reply_note *note)
{
    if (note->command != NULL && note->command->cancelled)
        g_string_append(said, " cancelled");
    if (note->encrypted)
        g_string_append(said, " tls");
    if (note->lines != 1)
        g_string_append_printf(said, " lines=%u", note->lines);
    if (note->first_line_in != 0 &&
        dialogue_step_of(note->first_line_in) != dialogue_step_of(frame))
        g_string_append_printf(said, " from=%u", dialogue_step_of(note->first_line_in));
    if (note->auth_failures != 0)
        g_string_append_printf(said, " failures=%u", note->auth_failures);
    if (note->enhanced.status_class != 0)
        g_string_append_printf(said, " =%u.%u.%u", note->enhanced.status_class,
                               note->enhanced.subject, note->enhanced.detail);
}

char *dialogue_describe(uint32_t frame, const reply_note *note)
{
    GString *said = g_string_new("");

    g_string_append_printf(said, "%u %u", dialogue_step_of(frame), note->code);
    describe_command(said, note);
    g_string_append_printf(said, " %s", dialogue_verdict_names[note->verdict]);
    describe_details(said, frame, note);
    for (unsigned f = 0; f < FINDING_COUNT; f++)
        if (f != FINDING_REFUSED && f != FINDING_SURPLUS_REPLY &&
            finding_in(note->findings, (finding)f))
            g_string_append_printf(said, " +%s", finding_describe((finding)f)->name);
    return g_string_free(said, FALSE);
}

void dialogue_collect_replies(dialogue_run *run)
{
    g_ptr_array_set_size(run->lines, 0);
    for (guint i = 0; i < run->pieces->len; i++) {
        uint32_t frame = g_array_index(run->pieces, fed_piece, i).frame;
        note_list replies = note_store_replies(run->store, frame);

        for (unsigned r = 0; r < replies.count; r++)
            g_ptr_array_add(run->lines, dialogue_describe(frame, replies.entry[r].reply));
    }
    g_ptr_array_add(run->lines, NULL);
}

char *dialogue_describe_logins(const dialogue_run *run)
{
    GString *text = g_string_new("");
    uint32_t by = 0;
    int from = 0, count = dialogue_step_count(run->script);

    for (int i = 0; i <= count; i++) {
        uint32_t now = 0;

        if (i < count && run->last_frame[i] == 0) /* lost */
            continue;
        if (i < count)
            now = dialogue_step_of(login_in_force(&run->logins, run->last_frame[i]));
        if (now == by)
            continue;
        if (by != 0)
            g_string_append_printf(text, "%s%d-%d by %u", text->len > 0 ? ", " : "", from + 1, i,
                                   by);
        by = now;
        from = i;
    }
    return g_string_free(text, FALSE);
}
