/* lookup.c
 * A reply, looked up without a capture.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "lookup.h"

#include <string.h>

#include <glib.h>

#include "asked.h"
#include "catalog.h"
#include "digest.h"
#include "explain.h"
#include "finding.h"
#include "language.h"
#include "list.h"
#include "reply_text.h"
#include "session_word.h"
#include "verdict.h"

/* --- reading --- */

static bool read_line(wmem_allocator_t *scope, const char *line, size_t len, wmem_strbuf_t **text,
                      lookup *out)
{
    reply_line found;
    charset read_as;

    if (!reply_parse_line(line, len, &found))
        return false;
    if (out->code == 0)
        out->code = found.code;
    if (out->enhanced.status_class == 0)
        out->enhanced = found.enhanced;
    *text = reply_text_add(scope, *text, &found, NULL, &read_as);
    return found.code == out->code;
}

bool lookup_read(wmem_allocator_t *scope, const char *reply, lookup *out)
{
    wmem_strbuf_t *text = NULL;

    out->code = 0;
    out->enhanced = (enhanced_code){ 0 };
    reply += strspn(reply, " \t\r\n");
    while (*reply != '\0') {
        size_t len = strcspn(reply, "\r\n");

        if (!read_line(scope, reply, len, &text, out))
            return false;
        reply += len;
        reply += strspn(reply, " \t\r\n");
    }
    out->text = "";
    if (text != NULL) {
        char *shown = reply_text_finish(text, out->code, NULL);

        out->text = wmem_strdup(scope, shown);
        g_free(shown);
    }
    return out->code != 0;
}

bool lookup_read_enhanced(const char *text, enhanced_code *out)
{
    /* Read as it would be behind a code; longer than any enhanced status code is none. */
    char line[sizeof "500 5.999.999"];
    reply_line found;

    if (g_snprintf(line, sizeof line, "500 %s", text) >= (int)sizeof line ||
        !reply_parse_line(line, strlen(line), &found))
        return false;
    *out = found.enhanced;
    return found.enhanced.status_class != 0 && found.text_len == 0;
}

command_id lookup_command(const char *name)
{
    for (int id = COMMAND_NONE + 1; id < COMMAND_OTHER; id++)
        if (g_ascii_strcasecmp(name, command_name((command_id)id)) == 0)
            return (command_id)id;
    return COMMAND_NONE;
}

/* --- printing --- */

/* What a code answers, as far as that is known: what was given, or what it nearly always answers. */
static command_id answered(unsigned code, command_id command)
{
    return command != COMMAND_NONE ? command : catalog_digest(code)->usual;
}

const catalog_row *lookup_row(unsigned code, command_id command)
{
    return catalog_lookup(code, answered(code, command));
}

/* What would be filed of it in a session. command has to live as long as the note. */
static reply_note as_note(const lookup *wanted, command_note *command)
{
    const session_facts nothing_known = { 0 };
    reply_note note = { .code = (uint16_t)wanted->code,
                        .enhanced = wanted->enhanced,
                        .text = wanted->text,
                        .command = command };

    command->id = (uint8_t)answered(wanted->code, wanted->command);
    command->verb = command_name((command_id)command->id);
    note.verdict = (uint8_t)verdict_of((command_id)command->id, wanted->code, false);
    note.ends_auth = command_is_auth((command_id)command->id) && wanted->code != 334;
    note.ends_help = command->id == COMMAND_HELP;
    finding_judge(&note, note_refuses(&note) ? &nothing_known : NULL);
    return note;
}

static bool has_more_than_code(const lookup *wanted)
{
    return wanted->enhanced.status_class != 0 || *wanted->text != '\0';
}

static char *enhanced_text(wmem_allocator_t *scope, const enhanced_code *enhanced)
{
    if (enhanced->status_class == 0)
        return NULL;
    return wmem_strdup_printf(scope, "%u.%u.%u", enhanced->status_class, enhanced->subject,
                              enhanced->detail);
}

/* A headline; below it the reply as it was given, if it was more than a code. */
static void print_headline(page *p, wmem_allocator_t *scope, const lookup *wanted,
                           const char *headline)
{
    const reply_note given = { .code = (uint16_t)wanted->code,
                               .enhanced = wanted->enhanced,
                               .text = wanted->text };

    page_headline(p, headline);
    if (has_more_than_code(wanted))
        page_text(p, 0, asked_answer(scope, &given));
    page_gap(p);
}

/* What a session would be warned of, as far as it follows from the reply alone. */
static void print_findings(page *p, wmem_allocator_t *scope, const reply_note *note)
{
    static const finding told[] = { FINDING_STATUS_MISPLACED, FINDING_AUTH_MISPLACED,
                                    FINDING_TEXT_CONTRADICTS, FINDING_ENHANCED_MISMATCH };

    for (size_t i = 0; i < G_N_ELEMENTS(told); i++)
        if (finding_in(note->findings, told[i]))
            page_item(p, C_("label", "Warning"), finding_sentence(scope, note, told[i]));
}

static void print_cause(page *p, wmem_allocator_t *scope, const lookup *wanted,
                        const reply_note *note)
{
    const cause_found found = finding_cause(note);
    const char *enhanced = enhanced_text(scope, &wanted->enhanced);

    if (found.cause != CAUSE_NONE && found.cause != CAUSE_UNSPECIFIED)
        page_item(p, C_("label", "Told by"), cause_from_text(scope, &found, &wanted->enhanced));
    if (enhanced != NULL)
        page_item(p, enhanced,
                  catalog_enhanced(scope, wanted->enhanced.status_class, wanted->enhanced.subject,
                                   wanted->enhanced.detail));
}

/* The width of commands that stand below each other. */
#define COMMAND_COLUMNS 10

/* What the catalogue says of this code in answer to other commands. */
static void print_contexts(page *p, wmem_allocator_t *scope, const lookup *wanted)
{
    size_t count;
    const catalog_row *rows = catalog_rows(&count);
    const char *label = C_("label", "Answering");

    for (size_t i = 0; i < count; i++) {
        const char *command = session_word(command_name(rows[i].context));

        if (rows[i].code != wanted->code || command == NULL ||
            rows[i].context == catalog_digest(wanted->code)->usual)
            continue;
        page_item(
            p, label,
            wmem_strdup_printf(scope, "%s%*s  %s", command,
                               (int)(COMMAND_COLUMNS - MIN(page_columns(command), COMMAND_COLUMNS)),
                               "", _(rows[i].name)));
        label = "";
    }
}

/* "smtp-explain compare 211 235; also with 250": the command, then other codes that it takes. */
static void print_pairs(page *p, wmem_allocator_t *scope, unsigned code)
{
    size_t count;
    const catalog_digest_row *rows = catalog_digests(&count);
    const char *first = NULL, *others = NULL;

    for (size_t i = 0; i < count; i++)
        if (catalog_pair(code, rows[i].code) == NULL)
            continue;
        else if (first == NULL)
            first = wmem_strdup_printf(scope, "smtp-explain compare %u %u", code, rows[i].code);
        else
            others = list_add(scope, others, wmem_strdup_printf(scope, "%u", rows[i].code));
    if (others != NULL)
        /* Translators: a command, and other codes that it could have: "...; also with 214, 250" */
        first = wmem_strdup_printf(scope, _("%s; also with %s"), first, others);
    page_item(p, C_("label", "Compare"), first);
}

/* Does the code belong to another command? Then what is said of it elsewhere would mislead. */
static bool is_out_of_place(const lookup *wanted, const reply_note *note)
{
    return wanted->command != COMMAND_NONE && note->verdict != VERDICT_EXPECTED &&
           lookup_row(wanted->code, wanted->command)->context == COMMAND_NONE &&
           (note->verdict == VERDICT_UNEXPECTED ||
            catalog_digest(wanted->code)->usual != COMMAND_NONE);
}

#define ADVICE_REFUSED N_("The command was refused all the same: go by the server's words.")
#define ADVICE_OUT_OF_STEP                                                                         \
    N_("Count commands and replies from the start of the session: a reply may be missing, or the " \
       "two sides out of step. Then look at what is between client and server.")

static void print_out_of_place(page *p, wmem_allocator_t *scope, const lookup *wanted,
                               const reply_note *note)
{
    const catalog_digest_row *digest = catalog_digest(wanted->code);

    print_headline(p, scope, wanted,
                   wmem_strdup_printf(scope, _("%u %s: out of place as an answer to %s"),
                                      wanted->code, _(lookup_row(wanted->code, COMMAND_NONE)->name),
                                      command_name(wanted->command)));
    print_findings(p, scope, note);
    page_item(p, C_("label", "Belongs to"), _(digest->answers));
    page_item(p, C_("label", "Meant when"), _(digest->meant));
    page_item(p, C_("label", "To do"), _(note_refuses(note) ? ADVICE_REFUSED : ADVICE_OUT_OF_STEP));
}

/* "220", "250, 251": what the standards have for the command if all goes well. NULL: nothing. */
static const char *expected_codes(wmem_allocator_t *scope, command_id command)
{
    const command_info *info = command_describe(command);
    const char *list = NULL;

    for (size_t i = 0; i < COMMAND_EXPECTED_MAX && info->expected[i] != 0; i++)
        list = list_add(scope, list, wmem_strdup_printf(scope, "%u", info->expected[i]));
    return list;
}

static void print_unusual(page *p, wmem_allocator_t *scope, const lookup *wanted,
                          const reply_note *note)
{
    const char *expected = expected_codes(scope, wanted->command);

    if (note->verdict == VERDICT_UNUSUAL && expected != NULL)
        page_item(p, C_("label", "Warning"),
                  wmem_strdup_printf(scope, _("No standard lists %u for %s. If all goes well: %s."),
                                     wanted->code, command_name(wanted->command), expected));
}

static void print_row(page *p, wmem_allocator_t *scope, const lookup *wanted,
                      const reply_note *note)
{
    const catalog_row *row = lookup_row(wanted->code, wanted->command);
    const char *command = command_name(wanted->command);

    print_headline(
        p, scope, wanted,
        command != NULL
            /* Translators: a reply code, the command that it answers, its name. */
            ? wmem_strdup_printf(scope, _("%u to %s: %s"), wanted->code, command, _(row->name))
            : wmem_strdup_printf(scope, "%u %s", wanted->code, _(row->name)));
    print_unusual(p, scope, wanted, note);
    page_item(p, C_("label", "Says"), catalog_meaning(scope, row));
    page_item(p, C_("label", "When"), _(row->when));
    page_item(p, C_("label", "To do"), _(row->advice));
    if (command == NULL)
        print_contexts(p, scope, wanted);
    print_pairs(p, scope, wanted->code);
}

static void print_explanation(page *p, wmem_allocator_t *scope, const lookup *wanted,
                              const reply_note *note)
{
    const explanation said = explain_reply(scope, note);

    print_headline(p, scope, wanted, said.headline);
    print_findings(p, scope, note);
    page_item(p, C_("label", "Says"), said.meaning);
    page_item(p, C_("label", "When"), said.when);
    page_item(p, C_("label", "To do"), said.advice);
    print_cause(p, scope, wanted, note);
}

void lookup_print(page *p, const lookup *wanted)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    command_note command = { 0 };
    const reply_note note = as_note(wanted, &command);

    if (is_out_of_place(wanted, &note))
        print_out_of_place(p, scope, wanted, &note);
    else if (has_more_than_code(wanted))
        print_explanation(p, scope, wanted, &note);
    else
        print_row(p, scope, wanted, &note);
    page_item(p, C_("label", "Read more"), lookup_row(wanted->code, wanted->command)->reference);
    wmem_destroy_allocator(scope);
}
