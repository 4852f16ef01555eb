/* present.c
 * Notes -> packet details, expert information, Info column. Runs on every visit of a frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <epan/expert.h>
#include <epan/tap.h>

#include "catalog.h"
#include "fields.h"
#include "finding.h"
#include "shell.h"
#include "source.h"

#define RFC_URL "https://www.rfc-editor.org/rfc/rfc%u#section-%s"

static int proto_explain = -1;

static int ett_reply = -1;
static int ett_reference = -1;
static int ett_command = -1;
static int ett_session = -1;

/* Wireshark's own */
static int hf_expert_message = -1;
static int tap_expert = -1;
static int tap_frame = -1;

/* An item of the plugin, and what is below it. */
typedef struct {
    packet_info *pinfo;
    proto_tree *root;        /* what the item goes into */
    field_set wanted;        /* what isn't will be seen by nobody, and need not be looked up */
    bool item_wanted;        /* whatever is in it */
    const note_place *place; /* the bytes that it stands for; NULL: none */
    tvbuff_t *tvb;           /* of the frame; once tree is set, of those bytes */
    int offset;
    int length;
    int ett;
    proto_item *item; /* NULL: not made yet */
    proto_tree *tree; /* below the item; if only fields are wanted, root; NULL: not needed yet */
} item_site;

/* Wireshark registers these after all plugins. */
static void find_wiresharks_own(void)
{
    if (hf_expert_message >= 0)
        return;
    hf_expert_message = proto_registrar_get_id_byname("_ws.expert.message");
    tap_expert = find_tap_id("expert");
    tap_frame = find_tap_id("frame");
}

/* Is an item of the plugin wanted, whatever is in it? The protocol hierarchy counts the protocols
 * in the tree: in tshark it listens to frames, in the GUI it wants none to be left out. */
static bool is_item_wanted(const proto_tree *tree)
{
    return tree != NULL && (smtp_explain_is_wanted(tree, proto_explain) ||
                            !PTREE_DATA(tree)->fake_protocols || have_tap_listener(tap_frame));
}

/* Finds the bytes. A note without bytes in this frame points at none. */
static void find_bytes(item_site *site)
{
    const note_place *place = site->place;
    tvbuff_t *source = place != NULL ? smtp_explain_source_at(site->pinfo, place->source) : NULL;

    if (source != NULL && place->length > 0 &&
        (uint64_t)place->offset + place->length <= tvb_captured_length(source)) {
        site->tvb = source;
        site->offset = (int)place->offset;
        site->length = (int)place->length;
    }
}

static proto_item *make_item(item_site *site)
{
    if (site->item == NULL) {
        if (site->tree == NULL)
            find_bytes(site);
        site->item = proto_tree_add_item(site->root, proto_explain, site->tvb, site->offset,
                                         site->length, ENC_NA);
        site->tree = proto_item_add_subtree(site->item, site->ett);
    }
    return site->item;
}

static bool is_wanted(const item_site *site, field f)
{
    return (site->wanted >> f & 1) != 0;
}

/* Is the field wanted? Then there is a tree to put it into. Whoever wants nothing but fields, such as
 * a filter, can't tell whether there is an item around them. */
static bool make_room(item_site *site, field f)
{
    if (!is_wanted(site, f))
        return false;
    if (site->tree == NULL) {
        find_bytes(site);
        site->tree = site->root;
    }
    return true;
}

static void add_uint(item_site *site, field f, uint32_t value)
{
    if (!make_room(site, f))
        return;
    proto_item_set_generated(proto_tree_add_uint(site->tree, smtp_explain_fields[f], site->tvb,
                                                 site->offset, site->length, value));
}

static proto_item *add_string(item_site *site, field f, const char *value)
{
    proto_item *item;

    if (value == NULL || !make_room(site, f))
        return NULL;
    item = proto_tree_add_string(site->tree, smtp_explain_fields[f], site->tvb, site->offset,
                                 site->length, value);
    proto_item_set_generated(item);
    return item;
}

static void add_time(item_site *site, field f, int64_t ns)
{
    nstime_t time = { (time_t)(ns / NS_PER_S), (int)(ns % NS_PER_S) };

    if (!make_room(site, f))
        return;
    proto_item_set_generated(proto_tree_add_time(site->tree, smtp_explain_fields[f], site->tvb,
                                                 site->offset, site->length, &time));
}

static void add_boolean(item_site *site, field f, bool value)
{
    if (!make_room(site, f))
        return;
    proto_item_set_generated(proto_tree_add_boolean(site->tree, smtp_explain_fields[f], site->tvb,
                                                    site->offset, site->length, value));
}

static void add_enhanced(item_site *site, const enhanced_code *enhanced)
{
    if (enhanced->status_class == 0)
        return;
    if (is_wanted(site, FIELD_ENHANCED))
        add_string(site, FIELD_ENHANCED,
                   wmem_strdup_printf(site->pinfo->pool, "%u.%u.%u", enhanced->status_class,
                                      enhanced->subject, enhanced->detail));
    if (is_wanted(site, FIELD_ENHANCED_MEANING))
        add_string(site, FIELD_ENHANCED_MEANING,
                   catalog_enhanced(enhanced->status_class, enhanced->subject, enhanced->detail));
}

/* "RFC 4954, section 4", or several of them with "; " between, each with a link below. */
static void add_reference(item_site *site, const char *reference)
{
    proto_item *item = add_string(site, FIELD_REFERENCE, reference);
    unsigned rfc;
    char section[16];

    if (!make_room(site, FIELD_REFERENCE_URL))
        return;
    item_site below = *site;
    if (item != NULL)
        below.tree = proto_item_add_subtree(item, ett_reference);
    while (reference != NULL &&
           sscanf(reference, "RFC %u, section %15[0-9.]", &rfc, section) == 2) {
        PROTO_ITEM_SET_URL(
            add_string(&below, FIELD_REFERENCE_URL,
                       wmem_strdup_printf(site->pinfo->pool, RFC_URL, rfc, section)));
        reference = strstr(reference, "; ");
        if (reference != NULL)
            reference += strlen("; ");
    }
}

static void add_contrast(item_site *site, unsigned code, command_id command)
{
    const char *const *sentences =
        is_wanted(site, FIELD_CONTRAST) ? catalog_contrast(code, command) : NULL;

    while (sentences != NULL && *sentences != NULL)
        add_string(site, FIELD_CONTRAST, *sentences++);
}

/* Which command it answers, and whether it belongs there. */
static void add_pairing(item_site *site, const reply_note *note)
{
    const command_note *command = note->command;

    if (command != NULL) {
        add_string(site, FIELD_COMMAND, command->verb);
        add_string(site, FIELD_MECHANISM, command->mechanism);
    }
    add_uint(site, FIELD_VERDICT, note->verdict);
    if (command != NULL && command->frame != 0) {
        add_uint(site, FIELD_REQUEST_IN, command->frame);
        add_time(site, FIELD_TIME, note->elapsed);
    }
    if (note->first_line_in != 0)
        add_uint(site, FIELD_FIRST_LINE_IN, note->first_line_in);
}

/* What the reply to EHLO lists, one item each. */
static void add_offers(item_site *site, const reply_note *note)
{
    if (!note_lists_offers(note))
        return;
    for (unsigned i = 0; i < note->offers->count; i++)
        add_string(site, FIELD_OFFER, note->offers->offer[i]);
}

/* Will anybody read the sentence of an expert item? */
static bool is_sentence_wanted(const proto_tree *tree, finding f)
{
    return hf_expert_message < 0 || smtp_explain_is_wanted(tree, hf_expert_message) ||
           smtp_explain_is_wanted(tree, proto_expert) ||
           smtp_explain_is_wanted(tree, smtp_explain_experts[f].hf) ||
           have_tap_listener(tap_expert);
}

static void add_findings(item_site *site, const reply_note *note)
{
    for (unsigned f = 0; note->findings >> f != 0; f++) {
        if (!finding_in(note->findings, (finding)f))
            continue;
        if (is_sentence_wanted(site->root, (finding)f))
            expert_add_info_format(site->pinfo, make_item(site), &smtp_explain_experts[f], "%s",
                                   finding_sentence(site->pinfo->pool, note, (finding)f));
        else
            expert_add_info(site->pinfo, make_item(site), &smtp_explain_experts[f]);
    }
}

/* What the server wrote. */
static void add_words(item_site *site, const reply_note *note)
{
    add_string(site, FIELD_TEXT, note->text);
    add_enhanced(site, &note->enhanced);
}

/* What it says, in general and here. */
static void add_explanation(item_site *site, const reply_note *note, const catalog_row *explained,
                            command_id command)
{
    add_uint(site, FIELD_CODE, note->code);
    add_string(site, FIELD_NAME, explained->name);
    add_pairing(site, note);
    add_findings(site, note);
    add_words(site, note);
    add_string(site, FIELD_MEANING, explained->meaning);
    add_string(site, FIELD_WHEN, explained->when);
    add_string(site, FIELD_ADVICE, explained->advice);
    add_contrast(site, note->code, command);
    add_offers(site, note);
    add_reference(site, explained->reference);
}

static void add_facts(item_site *site, const reply_note *note)
{
    add_uint(site, FIELD_CATEGORY, reply_category(note->code));
    add_uint(site, FIELD_TOPIC, reply_topic(note->code));
    add_uint(site, FIELD_LINES, note->lines);
    add_boolean(site, FIELD_ENCRYPTED, note->encrypted);
    if (note->ends_auth)
        add_uint(site, FIELD_AUTH_FAILURES, note->auth_failures);
}

/* "235 Authentication successful, answers AUTH PLAIN (expected)" */
static void title_reply(proto_item *item, const reply_note *note, const catalog_row *explained)
{
    const command_note *command = note->command;

    proto_item_append_text(item, ": %u %s", note->code, explained->name);
    if (command != NULL && command->verb != NULL)
        proto_item_append_text(item, ", answers %s", command->verb);
    if (command != NULL && command->mechanism != NULL)
        proto_item_append_text(item, " %s", command->mechanism);
    proto_item_append_text(item, " (%s)",
                           val_to_str_const(note->verdict, smtp_explain_verdicts, "unknown"));
}

/* The explanation of a reply, if anything of it is wanted. */
static const catalog_row *find_explanation(const item_site *site, unsigned code, command_id command)
{
    static const catalog_row nothing;
    const field_set explaining = 1u << FIELD_NAME | 1u << FIELD_MEANING | 1u << FIELD_WHEN |
                                 1u << FIELD_ADVICE | 1u << FIELD_REFERENCE |
                                 1u << FIELD_REFERENCE_URL;

    return site->item_wanted || (site->wanted & explaining) != 0 ? catalog_lookup(code, command)
                                                                 : &nothing;
}

static proto_tree *present_reply(item_site site, const reply_note *note)
{
    command_id command = note_command_id(note);
    const catalog_row *explained = find_explanation(&site, note->code, command);

    site.place = &note->place;
    site.ett = ett_reply;
    if (site.item_wanted)
        title_reply(make_item(&site), note, explained);
    add_explanation(&site, note, explained, command);
    add_facts(&site, note);
    return site.tree;
}

static proto_tree *present_command(item_site site, const command_note *command)
{
    site.place = &command->place;
    site.ett = ett_command;
    if (site.item_wanted)
        proto_item_append_text(make_item(&site), ": %s, answered in frame %u",
                               command->verb != NULL ? command->verb : "unknown command",
                               command->response_in);
    add_uint(&site, FIELD_RESPONSE_IN, command->response_in);
    return site.tree;
}

/* The state of the session goes into the frame's first item, or into one of its own. */
static void present_session(item_site site, proto_tree *first, uint32_t authenticated_in)
{
    site.ett = ett_session;
    site.item = proto_tree_get_parent(first);
    site.tree = first;
    if (first == NULL && site.item_wanted)
        proto_item_append_text(make_item(&site), ": session authenticated in frame %u",
                               authenticated_in);
    add_boolean(&site, FIELD_AUTHENTICATED, true);
    add_uint(&site, FIELD_AUTHENTICATED_IN, authenticated_in);
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
    const item_site site = { .pinfo = pinfo,
                             .root = tree,
                             .wanted = smtp_explain_wanted_fields(tree),
                             .item_wanted = is_item_wanted(tree),
                             .tvb = tvb };
    for (unsigned i = 0; i < frame->replies.count; i++) {
        const reply_note *note = frame->replies.entry[i].reply;

        if (!preferences->explain_all && !note_is_login_or_status(note))
            continue;
        proto_tree *added = present_reply(site, note);
        if (first == NULL)
            first = added;
        if (preferences->mark_info)
            mark_info(pinfo, note);
    }
    for (unsigned i = 0; i < frame->commands.count; i++) {
        proto_tree *added = present_command(site, frame->commands.entry[i].command);

        if (first == NULL)
            first = added;
    }
    if (frame->authenticated_in != 0)
        present_session(site, first, frame->authenticated_in);
}

void smtp_explain_present_init(int proto)
{
    static int *subtrees[] = { &ett_reply, &ett_reference, &ett_command, &ett_session };

    proto_explain = proto;
    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
}
