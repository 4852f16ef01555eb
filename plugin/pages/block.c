/* block.c
 * One reply, or one event, as a block of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "block.h"

#include <glib.h>

#include "asked.h"
#include "clock.h"
#include "elapsed.h"
#include "explain.h"
#include "finding.h"
#include "language.h"
#include "sight.h"

/* Columns before what is said. */
#define INDENT 3

/* "frame 8, session 1, 2026-01-01 00:00:00.070 UTC", and "192.0.2.25:25 -> 192.0.2.10:40001, " with more
 * behind it */
static void print_place(page *p, wmem_allocator_t *scope, const block_place *place,
                        const char *more)
{
    page_headline(p, wmem_strdup_printf(scope, _("frame %u, session %u, %s"), place->frame,
                                        place->session, clock_text(scope, place->time)));
    page_text(p, INDENT, wmem_strdup_printf(scope, "%s -> %s%s", place->from, place->to, more));
}

/* "AUTH PLAIN as alice"; NULL: it isn't known. */
static const char *command_text(wmem_allocator_t *scope, const command_note *command)
{
    const char *name = command != NULL ? asked_name((command_id)command->id, command->verb) : NULL;
    const char *text;

    if (name == NULL || command->mechanism == NULL)
        return name;
    text = wmem_strdup_printf(scope, "%s %s", name, command->mechanism);
    if (command->user == NULL)
        return text;
    /* Translators: a login, "AUTH PLAIN", and the user's name. */
    return wmem_strdup_printf(scope, C_("login", "%s as %s"), text, command->user);
}

/* ", answers AUTH PLAIN in frame 7, 10 ms later" */
static const char *request_text(wmem_allocator_t *scope, const reply_note *note)
{
    const command_note *command = note->command;
    const char *text = command_text(scope, command);

    /* Translators: here and below, what follows "192.0.2.25:25 -> 192.0.2.10:40001". */
    if (note->verdict == VERDICT_UNSOLICITED)
        return _(", answers nothing");
    if (command == NULL)
        return _(", answers what this capture doesn't show");
    if (text == NULL && command->frame != 0)
        return wmem_strdup_printf(scope, _(", answers an unknown command in frame %u"),
                                  command->frame);
    if (text == NULL)
        return _(", answers an unknown command");
    if (command->frame == 0)
        return wmem_strdup_printf(scope, _(", answers %s"), text);
    if (note->elapsed < 0) /* the capture's clock went backwards */
        return wmem_strdup_printf(scope, _(", answers %s in frame %u"), text, command->frame);
    return wmem_strdup_printf(scope, _(", answers %s in frame %u, %s later"), text, command->frame,
                              elapsed_text(scope, note->elapsed));
}

/* What it says, and whether that is out of the ordinary. */
static const char *headline_text(wmem_allocator_t *scope, const char *headline, verdict found)
{
    switch (found) {
    case VERDICT_UNUSUAL:
        return wmem_strdup_printf(scope, _("%s: unusual here"), headline);
    case VERDICT_UNEXPECTED:
        return wmem_strdup_printf(scope, _("%s: unexpected here"), headline);
    case VERDICT_UNSOLICITED:
        return wmem_strdup_printf(scope, _("%s: nothing asked for it"), headline);
    default:
        return headline;
    }
}

static void print_findings(page *p, wmem_allocator_t *scope, const reply_note *note)
{
    const uint32_t told = sight_findings(note) | (1u << FINDING_CREDENTIALS_EXPOSED) |
                          (1u << FINDING_REPEATED_FAILURES) | (1u << FINDING_NO_CONTEXT);

    for (unsigned f = 0; f < FINDING_COUNT; f++)
        if (finding_in(note->findings & told, (finding)f))
            page_text(p, INDENT, finding_sentence(scope, note, (finding)f));
}

/* What is to be said beyond the name of the code: of refusals, logins and status, and where it is not as it
 * should be. */
static bool is_worth_more(const reply_note *note)
{
    return note_refuses(note) || note_is_login_or_status(note) ||
           note->verdict == VERDICT_UNEXPECTED || note->verdict == VERDICT_UNSOLICITED;
}

/* What it says; what the report would count stands out. */
static void print_headline(page *p, bool is_problem, const char *text)
{
    if (is_problem)
        page_alarm(p, INDENT, text);
    else
        page_text(p, INDENT, text);
}

void block_reply(page *p, const block_place *place, const reply_note *note)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const explanation said = explain_reply(scope, note);

    print_place(p, scope, place, request_text(scope, note));
    page_text(p, INDENT, asked_answer(scope, note));
    print_headline(p, sight_refuses(note) || sight_findings(note) != 0,
                   headline_text(scope, said.headline, (verdict)note->verdict));
    if (is_worth_more(note))
        page_text(p, INDENT, language_join(scope, said.meaning, said.advice));
    print_findings(p, scope, note);
    page_gap(p);
    wmem_destroy_allocator(scope);
}

void block_event(page *p, const block_place *place, const event_note *event)
{
    wmem_allocator_t *scope;

    if (event->kind == EVENT_ENDED)
        return;
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    print_place(p, scope, place, "");
    print_headline(p, sight_is_news(event), _(finding_describe(finding_of_event(event))->summary));
    page_text(p, INDENT, finding_event_sentence(scope, event));
    page_gap(p);
    wmem_destroy_allocator(scope);
}
