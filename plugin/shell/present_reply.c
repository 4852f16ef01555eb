/* present_reply.c
 * A reply in the packet details: what the answer is first, then the server's words, then what there is
 * to know, in subtrees.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "present_reply.h"

#include <string.h>

#include <epan/expert.h>
#include <epan/tap.h>

#include "catalog.h"
#include "challenge.h"
#include "charset.h"
#include "explain.h"
#include "finding.h"
#include "language.h"
#include "session_word.h"
#include "shell.h"

#define RFC_URL "https://www.rfc-editor.org/rfc/rfc%u#section-%s"

static int ett_reply = -1;
static int ett_explanation = -1;
static int ett_reference = -1;
static int ett_contrast = -1;
static int ett_facts = -1;

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
    if (enhanced->status_class != 0 && smtp_explain_item_shows(item, FIELD_ENHANCED))
        smtp_explain_item_add_string(item, FIELD_ENHANCED,
                                     wmem_strdup_printf(item->pinfo->pool, "%u.%u.%u",
                                                        enhanced->status_class, enhanced->subject,
                                                        enhanced->detail));
}

static void add_enhanced_meaning(smtp_explain_item *item, const enhanced_code *enhanced)
{
    if (enhanced->status_class != 0 && smtp_explain_item_shows(item, FIELD_ENHANCED_MEANING))
        smtp_explain_item_add_sentence(item, FIELD_ENHANCED_MEANING,
                                       catalog_enhanced(item->pinfo->pool, enhanced->status_class,
                                                        enhanced->subject, enhanced->detail));
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
        smtp_explain_item_branch(item, ett_contrast, NC_("branch", "Not to be confused with"));
    while (*sentences != NULL)
        smtp_explain_item_add_sentence(&branch, FIELD_CONTRAST, _(*sentences++));
}

/* Where to go from here. */
static void add_links(smtp_explain_item *item, const reply_note *note)
{
    const command_note *command = note->command;

    if (command != NULL && command->frame != 0)
        smtp_explain_item_add_uint(item, FIELD_REQUEST_IN, command->frame);
    if (command != NULL && command->time != 0)
        smtp_explain_item_add_time(item, FIELD_TIME, note->elapsed);
    if (note->first_line_in != 0)
        smtp_explain_item_add_uint(item, FIELD_FIRST_LINE_IN, note->first_line_in);
}

/* Which command it answers, and whether it belongs there. */
static void add_pairing(smtp_explain_item *item, const reply_note *note)
{
    if (note->command != NULL) {
        smtp_explain_item_add_string(item, FIELD_COMMAND, note->command->verb);
        smtp_explain_item_add_uint(item, FIELD_COMMAND_ID, note->command->id);
        smtp_explain_item_add_string(item, FIELD_MECHANISM, note->command->mechanism);
    }
    smtp_explain_item_add_uint(item, FIELD_VERDICT, note->verdict);
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

bool smtp_explain_sentence_is_wanted(const smtp_explain_item *item, finding f, cause why)
{
    const proto_tree *tree = item->root;

    find_wiresharks_own();
    return hf_expert_message < 0 || is_wanted(tree, hf_expert_message) ||
           is_wanted(tree, proto_expert) || is_wanted(tree, smtp_explain_expert(f, why)->hf) ||
           have_tap_listener(tap_expert);
}

/* The expert item says what it is about, and the lines below it are the sentence: the item's own line
 * would be cut. */
static void show_lines(smtp_explain_item *item, finding f, cause why, const char *sentence)
{
    proto_item *added = item->tree->last_child;
    const item_label_t *label = PITEM_FINFO(added)->rep; /* "Expert Info (Note/Response): ..." */

    if (label != NULL)
        proto_item_set_text(added, "%s: %s",
                            wmem_strndup(item->pinfo->pool, label->representation,
                                         strcspn(label->representation, ":")),
                            finding_summary(item->pinfo->pool, f, why));
    smtp_explain_item_add_text(item, sentence);
}

void smtp_explain_present_finding(smtp_explain_item *item, finding f, cause why,
                                  const char *sentence)
{
    expert_field *expert = smtp_explain_expert(f, why);

    if (sentence == NULL) {
        expert_add_info(item->pinfo, smtp_explain_item_make(item), expert);
        return;
    }
    expert_add_info_format(item->pinfo, smtp_explain_item_make(item), expert, "%s", sentence);
    if (smtp_explain_item_is_in_window(item))
        show_lines(item, f, why, sentence);
}

static void add_findings(smtp_explain_item *item, const reply_note *note)
{
    const cause why = (cause)note->cause;

    for (unsigned f = 0; note->findings >> f != 0; f++)
        if (finding_in(note->findings, (finding)f))
            smtp_explain_present_finding(item, (finding)f, why,
                                         smtp_explain_sentence_is_wanted(item, (finding)f, why)
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
        smtp_explain_item_add_sentence(item, FIELD_CAUSE_FROM,
                                       cause_from_text(item->pinfo->pool, &found, &note->enhanced));
}

/* What the server wrote. */
static void add_words(smtp_explain_item *item, const reply_note *note)
{
    static const char *const read_as[] = {
        [CHARSET_GBK] = N_(" [read as GBK]"), [CHARSET_LATIN1] = N_(" [read as Latin-1]")
    };
    proto_item *text = smtp_explain_item_add_sentence(item, FIELD_TEXT, note->text);

    if (text != NULL && note->read_as != CHARSET_UTF8)
        proto_item_append_text(text, "%s", _(read_as[note->read_as]));
    if (note->challenge != CHALLENGE_NONE && smtp_explain_item_shows(item, FIELD_CHALLENGE))
        smtp_explain_item_add_sentence(item, FIELD_CHALLENGE,
                                       note_challenge_text(item->pinfo->pool, note));
    add_enhanced(item, &note->enhanced);
}

/* What it says, in general and here. */
static void add_explanation(const smtp_explain_item *item, const reply_note *note,
                            const explanation *explained)
{
    smtp_explain_item branch =
        smtp_explain_item_branch(item, ett_explanation, NC_("branch", "Explanation"));

    smtp_explain_item_add_sentence(&branch, FIELD_MEANING, explained->meaning);
    smtp_explain_item_add_sentence(&branch, FIELD_WHEN, explained->when);
    smtp_explain_item_add_sentence(&branch, FIELD_ADVICE, explained->advice);
    add_enhanced_meaning(&branch, &note->enhanced);
    add_reference(&branch, explained->reference);
}

static void add_facts(const smtp_explain_item *item, const reply_note *note,
                      const explanation *explained)
{
    smtp_explain_item branch = smtp_explain_item_branch(item, ett_facts, NC_("branch", "Facts"));

    smtp_explain_item_add_uint(&branch, FIELD_CODE, note->code);
    smtp_explain_item_add_string(&branch, FIELD_NAME, explained->name);
    smtp_explain_item_add_uint(&branch, FIELD_CATEGORY, reply_category(note->code));
    smtp_explain_item_add_uint(&branch, FIELD_TOPIC, reply_topic(note->code));
    add_pairing(&branch, note);
    smtp_explain_item_add_uint(&branch, FIELD_LINES, note->lines);
    smtp_explain_item_add_boolean(&branch, FIELD_ENCRYPTED, note->encrypted);
    if (note->ends_auth)
        smtp_explain_item_add_uint(&branch, FIELD_AUTH_FAILURES, note->auth_failures);
    add_offers(&branch, note);
}

/* "235 Authentication successful, answers AUTH PLAIN (expected)" */
static void title_reply(proto_item *item, wmem_allocator_t *scope, const reply_note *note,
                        const explanation *explained)
{
    const command_note *command = note->command;
    const char *fits = smtp_explain_verdict_word(note->verdict), *asked;

    if (command == NULL || command->verb == NULL) {
        /* Translators: a code, what it says, "expected" or another verdict. */
        proto_item_append_text(item, C_("reply", ": %u %s (%s)"), note->code, explained->headline,
                               fits);
        return;
    }
    asked = command->mechanism != NULL
                ? wmem_strdup_printf(scope, "%s %s", command->verb, command->mechanism)
                : session_word(command->verb);
    /* Translators: a code, what it says, a command, "expected" or another verdict. */
    proto_item_append_text(item, _(": %u %s, answers %s (%s)"), note->code, explained->headline,
                           asked, fits);
}

/* Will anybody see anything of a reply's explanation? */
static bool is_explanation_shown(const smtp_explain_item *item)
{
    static const field explaining[] = { FIELD_NAME,     FIELD_MEANING,         FIELD_WHEN,
                                        FIELD_ADVICE,   FIELD_REFERENCE,       FIELD_REFERENCE_URL,
                                        FIELD_CONTRAST, FIELD_ENHANCED_MEANING };
    bool shown = item->wanted;

    for (size_t i = 0; !shown && i < G_N_ELEMENTS(explaining); i++)
        shown = smtp_explain_item_shows(item, explaining[i]);
    return shown;
}

proto_tree *smtp_explain_present_reply(smtp_explain_item item, const reply_note *note)
{
    explanation explained = { 0 };
    bool explains;

    item.place = &note->place;
    item.ett = ett_reply;
    if (item.root == NULL) { /* nobody sees the rest; expert information is counted all the same */
        add_findings(&item, note);
        return NULL;
    }
    explains = is_explanation_shown(&item);
    if (explains)
        explained = explain_reply(item.pinfo->pool, note);
    if (item.wanted)
        title_reply(smtp_explain_item_make(&item), item.pinfo->pool, note, &explained);
    add_findings(&item, note);
    if (item.item != NULL) /* else all items with expert information would open and close as one */
        item.tree = proto_item_add_subtree(item.item, ett_reply);
    add_words(&item, note);
    add_cause(&item, note);
    if (note->command != NULL && note->ends_auth)
        smtp_explain_item_add_string(&item, FIELD_USER, note->command->user);
    add_links(&item, note);
    if (explains) {
        add_explanation(&item, note, &explained);
        add_contrast(&item, explained.contrast);
    }
    add_facts(&item, note, &explained);
    return item.tree;
}

void smtp_explain_present_reply_init(void)
{
    static int *subtrees[] = { &ett_reply, &ett_explanation, &ett_reference, &ett_contrast,
                               &ett_facts };

    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
}
