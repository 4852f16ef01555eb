/* present.c
 * Notes -> packet details, expert information, Info column. Runs on every visit of a frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <epan/expert.h>
#include <epan/tap.h>

#include "catalog.h"
#include "challenge.h"
#include "charset.h"
#include "explain.h"
#include "finding.h"
#include "item.h"
#include "shell.h"

#define RFC_URL "https://www.rfc-editor.org/rfc/rfc%u#section-%s"

static int ett_reply = -1;
static int ett_reference = -1;
static int ett_contrast = -1;
static int ett_command = -1;
static int ett_session = -1;
static int ett_event = -1;

/* Wireshark's own */
static int hf_expert_message = -1;
static int tap_expert = -1;

/* Wireshark registers these after all plugins. */
static void find_wiresharks_own(void)
{
    if (hf_expert_message >= 0)
        return;
    hf_expert_message = proto_registrar_get_id_byname("_ws.expert.message");
    tap_expert = find_tap_id("expert");
}

static void add_enhanced(smtp_explain_item *item, const enhanced_code *enhanced)
{
    if (enhanced->status_class == 0)
        return;
    if (smtp_explain_item_shows(item, FIELD_ENHANCED))
        smtp_explain_item_add_string(item, FIELD_ENHANCED,
                                     wmem_strdup_printf(item->pinfo->pool, "%u.%u.%u",
                                                        enhanced->status_class, enhanced->subject,
                                                        enhanced->detail));
    if (smtp_explain_item_shows(item, FIELD_ENHANCED_MEANING))
        smtp_explain_item_add_string(
            item, FIELD_ENHANCED_MEANING,
            catalog_enhanced(enhanced->status_class, enhanced->subject, enhanced->detail));
}

/* "RFC 4954, section 4", or several of them with "; " between, each with a link below. */
static void add_reference(smtp_explain_item *item, const char *reference)
{
    proto_item *added = smtp_explain_item_add_string(item, FIELD_REFERENCE, reference);
    unsigned rfc;
    char section[16];

    if (!smtp_explain_item_shows(item, FIELD_REFERENCE_URL))
        return;
    smtp_explain_item below = *item;
    if (added != NULL)
        below.tree = proto_item_add_subtree(added, ett_reference);
    while (reference != NULL &&
           sscanf(reference, "RFC %u, section %15[0-9.]", &rfc, section) == 2) {
        const char *url = wmem_strdup_printf(item->pinfo->pool, RFC_URL, rfc, section);

        PROTO_ITEM_SET_URL(smtp_explain_item_add_string(&below, FIELD_REFERENCE_URL, url));
        reference = strstr(reference, "; ");
        if (reference != NULL)
            reference += strlen("; ");
    }
}

static void add_contrast(const smtp_explain_item *item, const char *const *sentences)
{
    if (sentences == NULL || !smtp_explain_item_shows(item, FIELD_CONTRAST))
        return;
    smtp_explain_item branch =
        smtp_explain_item_branch(item, ett_contrast, "Not to be confused with");
    while (*sentences != NULL)
        smtp_explain_item_add_string(&branch, FIELD_CONTRAST, *sentences++);
}

/* Which command it answers, and whether it belongs there. */
static void add_pairing(smtp_explain_item *item, const reply_note *note)
{
    const command_note *command = note->command;

    if (command != NULL) {
        smtp_explain_item_add_string(item, FIELD_COMMAND, command->verb);
        smtp_explain_item_add_string(item, FIELD_MECHANISM, command->mechanism);
    }
    if (command != NULL && note->ends_auth)
        smtp_explain_item_add_string(item, FIELD_USER, command->user);
    smtp_explain_item_add_uint(item, FIELD_VERDICT, note->verdict);
    if (command != NULL && command->frame != 0)
        smtp_explain_item_add_uint(item, FIELD_REQUEST_IN, command->frame);
    if (command != NULL && command->time != 0)
        smtp_explain_item_add_time(item, FIELD_TIME, note->elapsed);
    if (note->first_line_in != 0)
        smtp_explain_item_add_uint(item, FIELD_FIRST_LINE_IN, note->first_line_in);
}

/* What the reply to EHLO lists, one item each. */
static void add_offers(smtp_explain_item *item, const reply_note *note)
{
    if (!note_lists_offers(note))
        return;
    for (unsigned i = 0; i < note->offers->count; i++)
        smtp_explain_item_add_string(item, FIELD_OFFER, note->offers->offer[i]);
}

static bool is_wanted(const proto_tree *tree, int hf)
{
    return smtp_explain_is_wanted(tree, proto_registrar_get_nth((unsigned)hf));
}

/* Will anybody read the sentence of an expert item? */
static bool is_sentence_wanted(const proto_tree *tree, finding f)
{
    return hf_expert_message < 0 || is_wanted(tree, hf_expert_message) ||
           is_wanted(tree, proto_expert) || is_wanted(tree, smtp_explain_experts[f].hf) ||
           have_tap_listener(tap_expert);
}

/* sentence: NULL if nobody will read it */
static void add_finding(smtp_explain_item *item, finding f, const char *sentence)
{
    if (sentence != NULL)
        expert_add_info_format(item->pinfo, smtp_explain_item_make(item), &smtp_explain_experts[f],
                               "%s", sentence);
    else
        expert_add_info(item->pinfo, smtp_explain_item_make(item), &smtp_explain_experts[f]);
}

static void add_findings(smtp_explain_item *item, const reply_note *note)
{
    for (unsigned f = 0; note->findings >> f != 0; f++)
        if (finding_in(note->findings, (finding)f))
            add_finding(item, (finding)f,
                        is_sentence_wanted(item->root, (finding)f)
                            ? finding_sentence(item->pinfo->pool, note, (finding)f)
                            : NULL);
}

/* Why it refuses, and what tells that. */
static void add_cause(smtp_explain_item *item, const reply_note *note)
{
    const cause_found found = finding_cause(note);

    if (note->cause == CAUSE_NONE)
        return;
    smtp_explain_item_add_string(item, FIELD_CAUSE, cause_word((cause)note->cause));
    if (smtp_explain_item_shows(item, FIELD_CAUSE_FROM))
        smtp_explain_item_add_string(item, FIELD_CAUSE_FROM,
                                     cause_from_text(item->pinfo->pool, &found, &note->enhanced));
}

/* What the server wrote. */
static void add_words(smtp_explain_item *item, const reply_note *note)
{
    static const char *const read_as[] = {
        [CHARSET_GBK] = " [read as GBK]", [CHARSET_LATIN1] = " [read as Latin-1]"
    };
    proto_item *text = smtp_explain_item_add_string(item, FIELD_TEXT, note->text);

    if (text != NULL && note->read_as != CHARSET_UTF8)
        proto_item_append_text(text, "%s", read_as[note->read_as]);
    if (note->challenge != CHALLENGE_NONE && smtp_explain_item_shows(item, FIELD_CHALLENGE))
        smtp_explain_item_add_string(item, FIELD_CHALLENGE,
                                     note_challenge_text(item->pinfo->pool, note));
    add_enhanced(item, &note->enhanced);
}

/* What it says, in general and here. */
static void add_explanation(smtp_explain_item *item, const reply_note *note,
                            const explanation *explained)
{
    smtp_explain_item_add_uint(item, FIELD_CODE, note->code);
    smtp_explain_item_add_string(item, FIELD_NAME, explained->name);
    add_pairing(item, note);
    add_findings(item, note);
    add_cause(item, note);
    add_words(item, note);
    smtp_explain_item_add_string(item, FIELD_MEANING, explained->meaning);
    smtp_explain_item_add_string(item, FIELD_WHEN, explained->when);
    smtp_explain_item_add_string(item, FIELD_ADVICE, explained->advice);
    add_contrast(item, explained->contrast);
    add_offers(item, note);
    add_reference(item, explained->reference);
}

static void add_facts(smtp_explain_item *item, const reply_note *note)
{
    smtp_explain_item_add_uint(item, FIELD_CATEGORY, reply_category(note->code));
    smtp_explain_item_add_uint(item, FIELD_TOPIC, reply_topic(note->code));
    smtp_explain_item_add_uint(item, FIELD_LINES, note->lines);
    smtp_explain_item_add_boolean(item, FIELD_ENCRYPTED, note->encrypted);
    if (note->ends_auth)
        smtp_explain_item_add_uint(item, FIELD_AUTH_FAILURES, note->auth_failures);
}

/* "235 Authentication successful, answers AUTH PLAIN (expected)" */
static void title_reply(proto_item *item, const reply_note *note, const explanation *explained)
{
    const command_note *command = note->command;

    proto_item_append_text(item, ": %u %s", note->code, explained->headline);
    if (command != NULL && command->verb != NULL)
        proto_item_append_text(item, ", answers %s", command->verb);
    if (command != NULL && command->mechanism != NULL)
        proto_item_append_text(item, " %s", command->mechanism);
    proto_item_append_text(item, " (%s)",
                           val_to_str_const(note->verdict, smtp_explain_verdicts, "unknown"));
}

/* The explanation of a reply, if anybody will see any of it. */
static explanation find_explanation(const smtp_explain_item *item, const reply_note *note)
{
    static const explanation nothing = { 0 };
    static const field explaining[] = { FIELD_NAME,    FIELD_MEANING,   FIELD_WHEN,
                                        FIELD_ADVICE,  FIELD_REFERENCE, FIELD_REFERENCE_URL,
                                        FIELD_CONTRAST };
    bool shown = item->wanted;

    for (size_t i = 0; !shown && i < G_N_ELEMENTS(explaining); i++)
        shown = smtp_explain_item_shows(item, explaining[i]);
    return shown ? explain_reply(item->pinfo->pool, note) : nothing;
}

static proto_tree *present_reply(smtp_explain_item item, const reply_note *note, uint32_t number)
{
    explanation explained;

    item.place = &note->place;
    item.ett = ett_reply;
    if (item.root == NULL) { /* nobody sees the rest; expert information is counted all the same */
        add_findings(&item, note);
        return NULL;
    }
    explained = find_explanation(&item, note);
    if (item.wanted)
        title_reply(smtp_explain_item_make(&item), note, &explained);
    add_explanation(&item, note, &explained);
    add_facts(&item, note);
    smtp_explain_item_add_uint(&item, FIELD_SESSION, number);
    return item.tree;
}

static proto_tree *present_command(smtp_explain_item item, const command_note *command)
{
    item.place = &command->place;
    item.ett = ett_command;
    if (item.wanted)
        proto_item_append_text(smtp_explain_item_make(&item), ": %s, answered in frame %u",
                               command->verb != NULL ? command->verb : "unknown command",
                               command->response_in);
    smtp_explain_item_add_uint(&item, FIELD_RESPONSE_IN, command->response_in);
    return item.tree;
}

/* The state of the session goes into the frame's first item, or into one of its own. */
static void present_session(smtp_explain_item item, proto_tree *first, uint32_t authenticated_in)
{
    item.ett = ett_session;
    item.item = proto_tree_get_parent(first);
    item.tree = first;
    if (first == NULL && item.wanted)
        proto_item_append_text(smtp_explain_item_make(&item), ": session authenticated in frame %u",
                               authenticated_in);
    smtp_explain_item_add_boolean(&item, FIELD_AUTHENTICATED, true);
    smtp_explain_item_add_uint(&item, FIELD_AUTHENTICATED_IN, authenticated_in);
}

static proto_tree *present_event(smtp_explain_item item, const event_note *event, uint32_t number)
{
    const finding f = finding_of_event(event);

    item.place = &event->place;
    item.ett = ett_event;
    if (item.wanted)
        proto_item_append_text(smtp_explain_item_make(&item), ": %s", finding_describe(f)->summary);
    add_finding(&item, f, finding_event_sentence(item.pinfo->pool, event));
    if (event->about != 0)
        smtp_explain_item_add_uint(&item, FIELD_REQUEST_IN, event->about);
    smtp_explain_item_add_uint(&item, FIELD_SESSION, number);
    return item.tree;
}

static void mark_info(packet_info *pinfo, const reply_note *note)
{
    char *mark = finding_mark(pinfo->pool, note);

    if (mark != NULL)
        col_append_str(pinfo->cinfo, COL_INFO, mark);
}

void smtp_explain_present(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                          const smtp_explain_frame *frame,
                          const smtp_explain_preferences *preferences)
{
    proto_tree *first = NULL;

    find_wiresharks_own();
    const smtp_explain_item item = smtp_explain_item_plan(tvb, pinfo, tree);
    for (unsigned i = 0; i < frame->replies.count; i++) {
        const reply_note *note = frame->replies.entry[i].reply;

        if (!preferences->explain_all && !note_is_login_or_status(note))
            continue;
        proto_tree *added = present_reply(item, note, frame->session_number);
        if (first == NULL)
            first = added;
        if (preferences->mark_info)
            mark_info(pinfo, note);
    }
    for (unsigned i = 0; i < frame->commands.count; i++) {
        proto_tree *added = present_command(item, frame->commands.entry[i].command);

        if (first == NULL)
            first = added;
    }
    for (unsigned i = 0; i < frame->events.count; i++) {
        proto_tree *added =
            present_event(item, frame->events.entry[i].event, frame->session_number);

        if (first == NULL)
            first = added;
    }
    if (frame->authenticated_in != 0)
        present_session(item, first, frame->authenticated_in);
}

void smtp_explain_present_init(int proto)
{
    static int *subtrees[] = { &ett_reply,   &ett_reference, &ett_contrast,
                               &ett_command, &ett_session,   &ett_event };

    smtp_explain_item_init(proto);
    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
}
