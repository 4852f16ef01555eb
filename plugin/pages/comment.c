/* comment.c
 * What is written beside a frame in a copy for those who don't have the plugin.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "comment.h"

#include "asked.h"
#include "elapsed.h"
#include "explain.h"
#include "finding.h"
#include "language.h"

#define SET(name) (1u << FINDING_##name)

/* Findings that a reply can have that is as it should be. */
static const uint32_t of_success =
    SET(STATUS) | SET(AUTHENTICATED) | SET(CREDENTIALS_EXPOSED) | SET(NO_CONTEXT);

/* Findings that say in a few words what a cause says in full. */
static const uint32_t told_by_cause = SET(AUTH_REFUSED) | SET(HELP_REFUSED) | SET(REFUSED);

/* Lists of sentences. */
struct comment {
    wmem_allocator_t *scope;
    GPtrArray *problems;
    GPtrArray *successes;
};

comment *comment_new(void)
{
    comment *c = g_new(comment, 1);

    c->scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    c->problems = g_ptr_array_new();
    c->successes = g_ptr_array_new();
    return c;
}

void comment_free(comment *c)
{
    g_ptr_array_free(c->problems, TRUE);
    g_ptr_array_free(c->successes, TRUE);
    wmem_destroy_allocator(c->scope);
    g_free(c);
}

/* Each sentence once. */
static void say(GPtrArray *list, const char *sentence)
{
    for (unsigned i = 0; i < list->len; i++)
        if (g_strcmp0((const char *)list->pdata[i], sentence) == 0)
            return;
    if (sentence != NULL && *sentence != '\0')
        g_ptr_array_add(list, (void *)sentence);
}

static void quote(const comment *c, GPtrArray *list, const reply_note *note)
{
    const char *challenge = note_challenge_text(c->scope, note);

    if (note->text != NULL && *note->text != '\0')
        say(list, wmem_strdup_printf(c->scope, _("Server: \"%s\""), note->text));
    if (challenge != NULL && *challenge != '\0')
        say(list, wmem_strdup_printf(c->scope, _("Decoded: \"%s\""), challenge));
}

static void say_findings(const comment *c, GPtrArray *list, const reply_note *note, uint32_t which)
{
    for (unsigned f = 0; f < FINDING_OF_REPLIES; f++)
        if (finding_in(note->findings & which, (finding)f))
            say(list, finding_sentence(c->scope, note, (finding)f));
}

/* " (frame 7, 10 ms later)" */
static const char *place_text(wmem_allocator_t *scope, const reply_note *note)
{
    const bool has_time = note->command->time != 0 && note->elapsed >= 0;
    const uint32_t frame = note->command->frame;

    if (frame != 0 && has_time)
        return wmem_strdup_printf(scope, _(" (frame %u, %s later)"), frame,
                                  elapsed_text(scope, note->elapsed));
    if (frame != 0)
        return wmem_strdup_printf(scope, _(" (frame %u)"), frame);
    return has_time
               ? wmem_strdup_printf(scope, _(" (%s later)"), elapsed_text(scope, note->elapsed))
               : "";
}

/* "answers AUTH PLAIN (frame 7, 10 ms later)" */
static const char *request_text(wmem_allocator_t *scope, const reply_note *note)
{
    const command_note *command = note->command;
    const char *asked;

    if (command == NULL)
        return note->verdict == VERDICT_UNSOLICITED ? _("answers nothing")
                                                    : _("what it answers is not in the capture");
    asked = command->mechanism != NULL
                ? wmem_strdup_printf(scope, "%s %s", command->verb, command->mechanism)
                : asked_name((command_id)command->id, command->verb);
    if (asked == NULL)
        asked = _("an unknown command");
    /* Translators: a command, and " (frame 7, 10 ms later)" or nothing. */
    return language_fill(scope, C_("comment", "answers %s%s"), asked, place_text(scope, note));
}

/* A refusal with all that belongs to it. */
static void say_refusal(const comment *c, const reply_note *note)
{
    const explanation why = explain_reply(c->scope, note);
    const cause_found found = finding_cause(note);

    say(c->problems,
        /* Translators: a reply code, "refused", "answers AUTH PLAIN (frame 7, 10 ms later)". */
        wmem_strdup_printf(c->scope, C_("comment", "SMTP %u: %s, %s."), note->code,
                           C_("verdict", asked_verdict((verdict)note->verdict)),
                           request_text(c->scope, note)));
    quote(c, c->problems, note);
    say(c->problems, wmem_strdup_printf(c->scope, _("Cause: %s, told by %s."),
                                        cause_in_words((cause)note->cause),
                                        cause_from_text(c->scope, &found, &note->enhanced)));
    say(c->problems, why.meaning);
    say(c->problems, why.advice);
    say_findings(c, c->problems, note, ~told_by_cause);
}

void comment_reply(comment *c, const reply_note *note, bool *succeeded)
{
    const bool is_success = (note->findings & ~of_success) == 0;
    GPtrArray *list = is_success ? c->successes : c->problems;

    if (note->cause != CAUSE_NONE) {
        say_refusal(c, note);
        return;
    }
    if (note->findings == 0 || (is_success && *succeeded))
        return;
    *succeeded |= is_success;
    say_findings(c, list, note, ~0u);
    quote(c, list, note);
}

void comment_event(comment *c, const event_note *event)
{
    if (event->kind != EVENT_ENDED)
        say(c->problems, finding_event_sentence(c->scope, event));
}

static const char *append(const comment *c, const char *text, const GPtrArray *list)
{
    for (unsigned i = 0; i < list->len; i++)
        text = language_join(c->scope, text, (const char *)list->pdata[i]);
    return text;
}

char *comment_text(const comment *c)
{
    return g_strdup(append(c, append(c, NULL, c->problems), c->successes));
}
