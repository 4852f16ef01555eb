/* present.c
 * Notes -> packet details, expert information, Info column. Runs on every visit of a frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <epan/expert.h>
#include <epan/tap.h>

#include "catalog.h"
#include "finding.h"
#include "smtp_explain.h"

#define RFC_URL "https://www.rfc-editor.org/rfc/rfc%u#section-%s"

static int proto_explain = -1;

static int hf_code = -1;
static int hf_enhanced = -1;
static int hf_enhanced_meaning = -1;
static int hf_category = -1;
static int hf_topic = -1;
static int hf_name = -1;
static int hf_text = -1;
static int hf_lines = -1;
static int hf_meaning = -1;
static int hf_when = -1;
static int hf_advice = -1;
static int hf_contrast = -1;
static int hf_reference = -1;
static int hf_reference_url = -1;
static int hf_command = -1;
static int hf_mechanism = -1;
static int hf_verdict = -1;
static int hf_request_in = -1;
static int hf_first_line_in = -1;
static int hf_time = -1;
static int hf_encrypted = -1;
static int hf_auth_failures = -1;
static int hf_offer = -1;
static int hf_response_in = -1;
static int hf_authenticated = -1;
static int hf_authenticated_in = -1;

static int ett_reply = -1;
static int ett_reference = -1;
static int ett_command = -1;
static int ett_session = -1;

static expert_field ei_findings[FINDING_COUNT];

/* Wireshark's own */
static int hf_expert_message = -1;
static int tap_expert = -1;
static int tap_frame = -1;

static const value_string category_names[] = {
    { 2, "Positive Completion" },
    { 3, "Positive Intermediate" },
    { 4, "Transient Negative Completion" },
    { 5, "Permanent Negative Completion" },
    { 0, NULL },
};

static const value_string topic_names[] = {
    { 0, "Syntax" },      { 1, "Information" }, { 2, "Connections" }, { 3, "Unspecified" },
    { 4, "Unspecified" }, { 5, "Mail system" }, { 0, NULL },
};

static const value_string verdict_names[] = {
    { VERDICT_UNKNOWN, "unknown" },
    { VERDICT_EXPECTED, "expected" },
    { VERDICT_REFUSED, "refused" },
    { VERDICT_UNUSUAL, "unusual" },
    { VERDICT_UNEXPECTED, "unexpected" },
    { VERDICT_UNSOLICITED, "unsolicited" },
    { 0, NULL },
};

/* An item of the plugin, and what is below it. */
typedef struct {
    packet_info *pinfo;
    proto_tree *root;        /* what the item goes into */
    const note_place *place; /* the bytes that it stands for; NULL: none */
    tvbuff_t *tvb;           /* of the frame; once tree is set, of those bytes */
    int offset;
    int length;
    int ett;
    proto_item *item; /* NULL: not made yet */
    proto_tree *tree; /* below the item; if only fields are wanted, root; NULL: not needed yet */
} item_site;

/* Will anybody see this item: a person, a filter, a column? Most are seen by nobody, and what
 * would be said in them need not be looked up. */
static bool is_wanted(const proto_tree *tree, int hf)
{
    return tree != NULL && (PTREE_DATA(tree)->visible ||
                            proto_registrar_get_nth(hf)->ref_type > HF_REF_TYPE_INDIRECT);
}

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
    return tree != NULL && (is_wanted(tree, proto_explain) || !PTREE_DATA(tree)->fake_protocols ||
                            have_tap_listener(tap_frame));
}

/* Finds the bytes. A note without bytes in this frame points at none. */
static void find_bytes(item_site *site)
{
    const note_place *place = site->place;
    const GSList *source = place != NULL ? g_slist_nth(site->pinfo->data_src, place->source) : NULL;
    tvbuff_t *source_tvb =
        source != NULL ? get_data_source_tvb((const struct data_source *)source->data) : NULL;

    if (source_tvb != NULL && place->length > 0 &&
        tvb_bytes_exist(source_tvb, (int)place->offset, (int)place->length)) {
        site->tvb = source_tvb;
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

/* Is the field wanted? Then there is a tree to put it into. Whoever wants nothing but fields, such as
 * a filter, can't tell whether there is an item around them. */
static bool make_room(item_site *site, int hf)
{
    if (!is_wanted(site->root, hf))
        return false;
    if (site->tree == NULL) {
        find_bytes(site);
        site->tree = site->root;
    }
    return true;
}

static void add_uint(item_site *site, int hf, uint32_t value)
{
    if (!make_room(site, hf))
        return;
    proto_item_set_generated(
        proto_tree_add_uint(site->tree, hf, site->tvb, site->offset, site->length, value));
}

static proto_item *add_string(item_site *site, int hf, const char *value)
{
    proto_item *item;

    if (value == NULL || !make_room(site, hf))
        return NULL;
    item = proto_tree_add_string(site->tree, hf, site->tvb, site->offset, site->length, value);
    proto_item_set_generated(item);
    return item;
}

static void add_time(item_site *site, int hf, int64_t ns)
{
    nstime_t time = { (time_t)(ns / NS_PER_S), (int)(ns % NS_PER_S) };

    if (!make_room(site, hf))
        return;
    proto_item_set_generated(
        proto_tree_add_time(site->tree, hf, site->tvb, site->offset, site->length, &time));
}

static void add_boolean(item_site *site, int hf, bool value)
{
    if (!make_room(site, hf))
        return;
    proto_item_set_generated(
        proto_tree_add_boolean(site->tree, hf, site->tvb, site->offset, site->length, value));
}

static void add_enhanced(item_site *site, const enhanced_code *enhanced)
{
    if (enhanced->status_class == 0)
        return;
    if (is_wanted(site->root, hf_enhanced))
        add_string(site, hf_enhanced,
                   wmem_strdup_printf(site->pinfo->pool, "%u.%u.%u", enhanced->status_class,
                                      enhanced->subject, enhanced->detail));
    if (is_wanted(site->root, hf_enhanced_meaning))
        add_string(site, hf_enhanced_meaning,
                   catalog_enhanced(enhanced->status_class, enhanced->subject, enhanced->detail));
}

/* "RFC 4954, section 4", or several of them with "; " between, each with a link below. */
static void add_reference(item_site *site, const char *reference)
{
    proto_item *item = add_string(site, hf_reference, reference);
    unsigned rfc;
    char section[16];

    if (!make_room(site, hf_reference_url))
        return;
    item_site below = *site;
    if (item != NULL)
        below.tree = proto_item_add_subtree(item, ett_reference);
    while (reference != NULL &&
           sscanf(reference, "RFC %u, section %15[0-9.]", &rfc, section) == 2) {
        PROTO_ITEM_SET_URL(
            add_string(&below, hf_reference_url,
                       wmem_strdup_printf(site->pinfo->pool, RFC_URL, rfc, section)));
        reference = strstr(reference, "; ");
        if (reference != NULL)
            reference += strlen("; ");
    }
}

static void add_contrast(item_site *site, unsigned code, command_id command)
{
    const char *const *sentences =
        is_wanted(site->root, hf_contrast) ? catalog_contrast(code, command) : NULL;

    while (sentences != NULL && *sentences != NULL)
        add_string(site, hf_contrast, *sentences++);
}

/* Which command it answers, and whether it belongs there. */
static void add_pairing(item_site *site, const reply_note *note)
{
    const command_note *command = note->command;

    if (command != NULL) {
        add_string(site, hf_command, command->verb);
        add_string(site, hf_mechanism, command->mechanism);
    }
    add_uint(site, hf_verdict, note->verdict);
    if (command != NULL && command->frame != 0) {
        add_uint(site, hf_request_in, command->frame);
        add_time(site, hf_time, note->elapsed);
    }
    if (note->first_line_in != 0)
        add_uint(site, hf_first_line_in, note->first_line_in);
}

/* What the reply to EHLO lists, one item each. */
static void add_offers(item_site *site, const reply_note *note, command_id command)
{
    if (note->offers == NULL || (command != COMMAND_EHLO && command != COMMAND_LHLO))
        return;
    for (unsigned i = 0; i < note->offers->count; i++)
        add_string(site, hf_offer, note->offers->offer[i]);
}

/* Will anybody read the sentence of an expert item? */
static bool is_sentence_wanted(const proto_tree *tree, finding f)
{
    return hf_expert_message < 0 || is_wanted(tree, hf_expert_message) ||
           is_wanted(tree, proto_expert) || is_wanted(tree, ei_findings[f].hf) ||
           have_tap_listener(tap_expert);
}

static void add_findings(item_site *site, const reply_note *note)
{
    for (unsigned f = 0; note->findings >> f != 0; f++) {
        if (!finding_in(note->findings, (finding)f))
            continue;
        if (is_sentence_wanted(site->root, (finding)f))
            expert_add_info_format(site->pinfo, make_item(site), &ei_findings[f], "%s",
                                   finding_sentence(site->pinfo->pool, note, (finding)f));
        else
            expert_add_info(site->pinfo, make_item(site), &ei_findings[f]);
    }
}

/* What the server wrote. */
static void add_words(item_site *site, const reply_note *note)
{
    add_string(site, hf_text, note->text);
    add_enhanced(site, &note->enhanced);
}

/* What it says, in general and here. */
static void add_explanation(item_site *site, const reply_note *note, const catalog_row *explained,
                            command_id command)
{
    add_uint(site, hf_code, note->code);
    add_string(site, hf_name, explained->name);
    add_pairing(site, note);
    add_findings(site, note);
    add_words(site, note);
    add_string(site, hf_meaning, explained->meaning);
    add_string(site, hf_when, explained->when);
    add_string(site, hf_advice, explained->advice);
    add_contrast(site, note->code, command);
    add_offers(site, note, command);
    add_reference(site, explained->reference);
}

static void add_facts(item_site *site, const reply_note *note)
{
    add_uint(site, hf_category, note->code / 100);
    add_uint(site, hf_topic, note->code / 10 % 10);
    add_uint(site, hf_lines, note->lines);
    add_boolean(site, hf_encrypted, note->encrypted);
    if (note->ends_auth)
        add_uint(site, hf_auth_failures, note->auth_failures);
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
                           val_to_str_const(note->verdict, verdict_names, "unknown"));
}

static bool ends_or_is_of_interest(const reply_note *note)
{
    return note->code == 211 || note->code == 235 || note->ends_auth || note->ends_help;
}

static proto_tree *present_reply(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                 const reply_note *note)
{
    command_id command = note->command != NULL ? (command_id)note->command->id : COMMAND_NONE;
    const catalog_row *explained = catalog_lookup(note->code, command);
    item_site site = {
        .pinfo = pinfo, .root = tree, .place = &note->place, .tvb = tvb, .ett = ett_reply
    };

    if (is_item_wanted(tree))
        title_reply(make_item(&site), note, explained);
    add_explanation(&site, note, explained, command);
    add_facts(&site, note);
    return site.tree;
}

static proto_tree *present_command(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                   const command_note *command)
{
    item_site site = {
        .pinfo = pinfo, .root = tree, .place = &command->place, .tvb = tvb, .ett = ett_command
    };

    if (is_item_wanted(tree))
        proto_item_append_text(make_item(&site), ": %s, answered in frame %u",
                               command->verb != NULL ? command->verb : "unknown command",
                               command->response_in);
    add_uint(&site, hf_response_in, command->response_in);
    return site.tree;
}

/* The state of the session goes into the frame's first item, or into one of its own. */
static void present_session(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, proto_tree *first,
                            uint32_t authenticated_in)
{
    item_site site = { .pinfo = pinfo,
                       .root = tree,
                       .tvb = tvb,
                       .ett = ett_session,
                       .item = proto_tree_get_parent(first),
                       .tree = first };

    if (first == NULL && is_item_wanted(tree))
        proto_item_append_text(make_item(&site), ": session authenticated in frame %u",
                               authenticated_in);
    add_boolean(&site, hf_authenticated, true);
    add_uint(&site, hf_authenticated_in, authenticated_in);
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
    for (unsigned i = 0; i < frame->replies.count; i++) {
        const reply_note *note = frame->replies.entry[i].reply;

        if (!preferences->explain_all && !ends_or_is_of_interest(note))
            continue;
        proto_tree *added = present_reply(tvb, pinfo, tree, note);
        if (first == NULL)
            first = added;
        if (preferences->mark_info)
            mark_info(pinfo, note);
    }
    for (unsigned i = 0; i < frame->commands.count; i++) {
        proto_tree *added = present_command(tvb, pinfo, tree, frame->commands.entry[i].command);

        if (first == NULL)
            first = added;
    }
    if (frame->authenticated_in != 0)
        present_session(tvb, pinfo, tree, first, frame->authenticated_in);
}

/* What is wanted doesn't matter, only that something is. Then Wireshark makes a tree in every
 * mode, on which it depends whether a dissector that adds nothing to it counts as a layer of the
 * frame. The field is one of the rarest, since each costs when it is there. */
GArray *smtp_explain_wanted_fields(void)
{
    GArray *wanted = g_array_new(FALSE, FALSE, sizeof(int));

    g_array_append_val(wanted, hf_first_line_in);
    return wanted;
}

static void register_fields(int proto)
{
    static hf_register_info fields[] = {
        { &hf_code,
          { "Reply code", "smtp_explain.code", FT_UINT16, BASE_DEC, NULL, 0,
            "The code of the reply; of its last line, if they differ", HFILL } },
        { &hf_enhanced,
          { "Enhanced status code", "smtp_explain.enhanced", FT_STRING, BASE_NONE, NULL, 0,
            "Class, subject and detail (RFC 3463), if the server sent them", HFILL } },
        { &hf_enhanced_meaning,
          { "Enhanced status", "smtp_explain.enhanced_meaning", FT_STRING, BASE_NONE, NULL, 0,
            "What the enhanced status code says", HFILL } },
        { &hf_category,
          { "Category", "smtp_explain.category", FT_UINT8, BASE_DEC, VALS(category_names), 0,
            "What the first digit of the reply code says (RFC 5321, section 4.2.1)", HFILL } },
        { &hf_topic,
          { "Topic", "smtp_explain.topic", FT_UINT8, BASE_DEC, VALS(topic_names), 0,
            "What the second digit of the reply code says (RFC 5321, section 4.2.1)", HFILL } },
        { &hf_name,
          { "Name", "smtp_explain.name", FT_STRING, BASE_NONE, NULL, 0,
            "Short name of the reply code", HFILL } },
        { &hf_text,
          { "Server's text", "smtp_explain.text", FT_STRING, BASE_NONE, NULL, 0,
            "The server's own words, lines joined with ' / '", HFILL } },
        { &hf_lines,
          { "Lines", "smtp_explain.lines", FT_UINT32, BASE_DEC, NULL, 0,
            "Number of lines of the reply", HFILL } },
        { &hf_meaning,
          { "Meaning", "smtp_explain.meaning", FT_STRING, BASE_NONE, NULL, 0,
            "What the server says with this code", HFILL } },
        { &hf_when,
          { "When", "smtp_explain.when", FT_STRING, BASE_NONE, NULL, 0, "When one sees this reply",
            HFILL } },
        { &hf_advice,
          { "Advice", "smtp_explain.advice", FT_STRING, BASE_NONE, NULL, 0, "What to do about it",
            HFILL } },
        { &hf_contrast,
          { "Contrast", "smtp_explain.contrast", FT_STRING, BASE_NONE, NULL, 0,
            "What this reply is not", HFILL } },
        { &hf_reference,
          { "Reference", "smtp_explain.reference", FT_STRING, BASE_NONE, NULL, 0,
            "Where the reply is defined", HFILL } },
        { &hf_reference_url,
          { "Link", "smtp_explain.reference_url", FT_STRING, BASE_NONE, NULL, 0,
            "Where the definition can be read", HFILL } },
        { &hf_command,
          { "Answers", "smtp_explain.command", FT_STRING, BASE_NONE, NULL, 0,
            "The command, or event, that the reply answers", HFILL } },
        { &hf_mechanism,
          { "SASL mechanism", "smtp_explain.mechanism", FT_STRING, BASE_NONE, NULL, 0,
            "The mechanism that AUTH asked for", HFILL } },
        { &hf_verdict,
          { "Verdict", "smtp_explain.verdict", FT_UINT8, BASE_DEC, VALS(verdict_names), 0,
            "Does the reply belong to what it answers?", HFILL } },
        { &hf_request_in,
          { "Request in", "smtp_explain.request_in", FT_FRAMENUM, BASE_NONE,
            FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), 0, "The frame of the command", HFILL } },
        { &hf_first_line_in,
          { "First line in", "smtp_explain.first_line_in", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "The frame in which the reply began", HFILL } },
        { &hf_time,
          { "Time since request", "smtp_explain.time", FT_RELATIVE_TIME, BASE_NONE, NULL, 0,
            "From the command's frame to this one", HFILL } },
        { &hf_encrypted,
          { "Encrypted", "smtp_explain.encrypted", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "The reply travelled inside TLS", HFILL } },
        { &hf_auth_failures,
          { "Refused logins", "smtp_explain.auth_failures", FT_UINT32, BASE_DEC, NULL, 0,
            "AUTH commands that were refused so far in this session", HFILL } },
        { &hf_offer,
          { "Offers", "smtp_explain.offer", FT_STRING, BASE_NONE, NULL, 0,
            "An extension that the reply to EHLO lists and that matters for AUTH or HELP",
            HFILL } },
        { &hf_response_in,
          { "Response in", "smtp_explain.response_in", FT_FRAMENUM, BASE_NONE,
            FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), 0, "The frame of the reply's last line", HFILL } },
        { &hf_authenticated,
          { "Authenticated", "smtp_explain.authenticated", FT_BOOLEAN, BASE_NONE, NULL, 0,
            "An earlier 235 holds in this session", HFILL } },
        { &hf_authenticated_in,
          { "Authenticated in", "smtp_explain.authenticated_in", FT_FRAMENUM, BASE_NONE, NULL, 0,
            "The frame of the 235", HFILL } },
    };
    static int *subtrees[] = { &ett_reply, &ett_reference, &ett_command, &ett_session };

    proto_register_field_array(proto, fields, G_N_ELEMENTS(fields));
    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
}

#define EXPERT(finding, name, group, severity, summary)                    \
    {                                                                      \
        &ei_findings[finding],                                             \
        {                                                                  \
            "smtp_explain.expert." name, group, severity, summary, EXPFILL \
        }                                                                  \
    }

static void register_experts(int proto)
{
    static ei_register_info experts[] = {
        EXPERT(FINDING_STATUS, "status", PI_RESPONSE_CODE, PI_CHAT,
               "211: status or help, as it was asked for"),
        EXPERT(FINDING_AUTHENTICATED, "authenticated", PI_RESPONSE_CODE, PI_CHAT,
               "235: authenticated"),
        EXPERT(FINDING_AUTH_REFUSED, "auth_refused", PI_RESPONSE_CODE, PI_NOTE,
               "A login was refused"),
        EXPERT(FINDING_AUTH_UNCLEAR, "auth_unclear", PI_PROTOCOL, PI_WARN,
               "AUTH ended with a reply that no standard gives it"),
        EXPERT(FINDING_HELP_REFUSED, "help_refused", PI_RESPONSE_CODE, PI_NOTE, "HELP was refused"),
        EXPERT(FINDING_STATUS_MISPLACED, "status_misplaced", PI_PROTOCOL, PI_WARN,
               "211 where it doesn't belong"),
        EXPERT(FINDING_AUTH_MISPLACED, "auth_misplaced", PI_PROTOCOL, PI_WARN,
               "235 where it doesn't belong"),
        EXPERT(FINDING_UNSOLICITED, "unsolicited", PI_SEQUENCE, PI_WARN,
               "211 or 235 although nothing was asked"),
        EXPERT(FINDING_NO_CONTEXT, "no_context", PI_SEQUENCE, PI_NOTE,
               "211 or 235 to something that the capture doesn't show"),
        EXPERT(FINDING_CREDENTIALS_EXPOSED, "credentials_exposed", PI_SECURITY, PI_WARN,
               "A reusable secret was sent without TLS"),
        EXPERT(FINDING_REPEATED_FAILURES, "repeated_failures", PI_SECURITY, PI_WARN,
               "Three or more refused logins in one session"),
        EXPERT(FINDING_AUTH_LOST, "auth_lost", PI_PROTOCOL, PI_WARN,
               "530 in an authenticated session"),
        EXPERT(FINDING_TEXT_CONTRADICTS, "text_contradicts", PI_PROTOCOL, PI_WARN,
               "The text says the opposite of the code"),
        EXPERT(FINDING_ENHANCED_MISMATCH, "enhanced_mismatch", PI_PROTOCOL, PI_WARN,
               "The enhanced status code doesn't fit the reply code"),
        EXPERT(FINDING_AUTH_NOT_OFFERED, "auth_not_offered", PI_PROTOCOL, PI_WARN,
               "AUTH, which the reply to EHLO doesn't list"),
        EXPERT(FINDING_MECHANISM_NOT_OFFERED, "mechanism_not_offered", PI_PROTOCOL, PI_WARN,
               "AUTH with a mechanism that the reply to EHLO doesn't list"),
        EXPERT(FINDING_CODE_CHANGED, "code_changed", PI_PROTOCOL, PI_WARN,
               "The lines of one reply carry different codes"),
    };

    expert_register_field_array(expert_register_protocol(proto), experts, G_N_ELEMENTS(experts));
}

void smtp_explain_register_fields(int proto)
{
    const expert_field unset = EI_INIT;

    proto_explain = proto;
    for (unsigned f = 0; f < FINDING_COUNT; f++)
        ei_findings[f] = unset;
    register_fields(proto);
    register_experts(proto);
}
