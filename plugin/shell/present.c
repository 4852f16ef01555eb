/* present.c
 * Notes -> packet details, expert information, Info column. Runs on every visit of a frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding.h"
#include "item.h"
#include "language.h"
#include "mark.h"
#include "present_reply.h"
#include "session_word.h"
#include "shell.h"
#include "summary.h"

static int ett_command = -1;
static int ett_session = -1;
static int ett_event = -1;

/* "AUTH PLAIN, refused with 535 in frame 12" */
static void title_command(proto_item *item, wmem_allocator_t *scope, const command_note *command)
{
    const reply_note *answer = command->answer;
    const char *asked = command->verb != NULL ? session_word(command->verb) : _("unknown command");

    if (command->mechanism != NULL)
        asked = wmem_strdup_printf(scope, "%s %s", asked, command->mechanism);
    /* Translators: here and below, what follows "SMTP Explain". */
    if (answer->verdict == VERDICT_REFUSED)
        proto_item_append_text(item, _(": %s, refused with %u in frame %u"), asked, answer->code,
                               command->response_in);
    else if (answer->verdict < VERDICT_REFUSED)
        proto_item_append_text(item, _(": %s, answered with %u in frame %u"), asked, answer->code,
                               command->response_in);
    else
        /* Translators: the word in brackets is "unusual" or another verdict. */
        proto_item_append_text(item, _(": %s, answered with %u (%s) in frame %u"), asked,
                               answer->code, smtp_explain_verdict_word(answer->verdict),
                               command->response_in);
}

static proto_tree *present_command(smtp_explain_item item, const command_note *command)
{
    item.place = &command->place;
    item.ett = ett_command;
    if (item.wanted)
        title_command(smtp_explain_item_make(&item), item.pinfo->pool, command);
    smtp_explain_item_add_uint(&item, FIELD_RESPONSE_IN, command->response_in);
    return item.tree;
}

/* What goes into the frame's first item, or into one of its own. */
static smtp_explain_item below_first(smtp_explain_item item, proto_tree *first)
{
    item.ett = ett_session;
    item.item = proto_tree_get_parent(first);
    item.tree = first;
    return item;
}

/* The session goes there. */
static void present_session(smtp_explain_item item, proto_tree *first,
                            const smtp_explain_frame *frame)
{
    item = below_first(item, first);
    if (first == NULL && item.wanted && frame->authenticated_in != 0)
        proto_item_append_text(smtp_explain_item_make(&item),
                               _(": session %u, authenticated in frame %u"), frame->session_number,
                               frame->authenticated_in);
    else if (first == NULL && item.wanted)
        proto_item_append_text(smtp_explain_item_make(&item), _(": session %u"),
                               frame->session_number);
    smtp_explain_item_add_uint(&item, FIELD_SESSION, frame->session_number);
    if (frame->authenticated_in == 0)
        return;
    smtp_explain_item_add_boolean(&item, FIELD_AUTHENTICATED, true);
    smtp_explain_item_add_uint(&item, FIELD_AUTHENTICATED_IN, frame->authenticated_in);
}

static proto_tree *present_event(smtp_explain_item item, const event_note *event)
{
    const finding f = finding_of_event(event);

    item.place = &event->place;
    item.ett = ett_event;
    if (item.wanted)
        proto_item_append_text(smtp_explain_item_make(&item), ": %s",
                               _(finding_describe(f)->summary));
    smtp_explain_present_finding(&item, f, CAUSE_NONE,
                                 smtp_explain_sentence_is_wanted(&item, f, CAUSE_NONE)
                                     ? finding_event_sentence(item.pinfo->pool, event)
                                     : NULL);
    if (item.item != NULL)
        item.tree = proto_item_add_subtree(item.item, ett_event);
    if (event->about != 0)
        smtp_explain_item_add_uint(&item, FIELD_REQUEST_IN, event->about);
    return item.tree;
}

/* How the session ended, and what it came to: in the frame's first item, or in one of its own. */
static proto_tree *present_ending(smtp_explain_item item, proto_tree *first,
                                  const event_note *event)
{
    const char *ended = summary_end_name((session_end)event->end);

    item.place = &event->place;
    item.ett = ett_event;
    item.item = proto_tree_get_parent(first);
    item.tree = first;
    if (first == NULL && item.wanted)
        proto_item_append_text(smtp_explain_item_make(&item), _(": session ended: %s"),
                               session_word(ended));
    smtp_explain_item_add_string(&item, FIELD_ENDED, ended);
    smtp_explain_item_add_string(&item, FIELD_LOGIN, event->ending->login);
    smtp_explain_item_add_uint(&item, FIELD_ACCEPTED, event->ending->accepted);
    smtp_explain_item_add_uint(&item, FIELD_REFUSED, event->ending->refused);
    smtp_explain_item_add_string(&item, FIELD_UNANSWERED, event->verb);
    return item.tree;
}

static proto_tree *present_any_event(smtp_explain_item item, proto_tree *first,
                                     const event_note *event)
{
    return event->kind == EVENT_ENDED ? present_ending(item, first, event)
                                      : present_event(item, event);
}

/* --- the frame --- */

static bool is_explained(const reply_note *note, const smtp_explain_preferences *preferences)
{
    return preferences->explain_all || note_is_login_or_status(note);
}

/* Puts the mark in front of Wireshark's own text, which may be cut off, and into its field. */
static void present_mark(smtp_explain_item item, proto_tree *first, const smtp_explain_frame *frame,
                         const smtp_explain_preferences *preferences)
{
    const bool in_column = preferences->mark_info && col_get_writable(item.pinfo->cinfo, COL_INFO);
    mark seen = { 0 };
    const char *text;

    if (!in_column && !smtp_explain_item_shows(&item, FIELD_MARK))
        return;
    for (unsigned i = 0; i < frame->replies.count; i++)
        if (is_explained(frame->replies.entry[i].reply, preferences))
            mark_add_reply(&seen, frame->replies.entry[i].reply);
    for (unsigned i = 0; i < frame->events.count; i++)
        mark_add_event(&seen, frame->events.entry[i].event);
    text = mark_text(item.pinfo->pool, &seen);
    if (text == NULL)
        return;
    if (in_column)
        col_prepend_fstr(item.pinfo->cinfo, COL_INFO, "[%s] ", text);
    item = below_first(item, first);
    proto_item_set_hidden(smtp_explain_item_add_string(&item, FIELD_MARK, text));
}

/* Keeps the tree of the frame's first item. */
static void keep_first(proto_tree **first, proto_tree *added)
{
    if (*first == NULL)
        *first = added;
}

void smtp_explain_present(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                          const smtp_explain_frame *frame,
                          const smtp_explain_preferences *preferences)
{
    const smtp_explain_item item = smtp_explain_item_plan(tvb, pinfo, tree);
    proto_tree *first = NULL;

    for (unsigned i = 0; i < frame->replies.count; i++)
        if (is_explained(frame->replies.entry[i].reply, preferences))
            keep_first(&first, smtp_explain_present_reply(item, frame->replies.entry[i].reply));
    for (unsigned i = 0; i < frame->commands.count; i++)
        keep_first(&first, present_command(item, frame->commands.entry[i].command));
    for (unsigned i = 0; i < frame->events.count; i++)
        keep_first(&first, present_any_event(item, first, frame->events.entry[i].event));
    if (frame->session_number != 0)
        present_session(item, first, frame);
    present_mark(item, first, frame, preferences);
}

void smtp_explain_present_init(int proto)
{
    static int *subtrees[] = { &ett_command, &ett_session, &ett_event };

    smtp_explain_item_init(proto);
    smtp_explain_present_reply_init();
    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
}
