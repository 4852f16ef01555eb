/* sight.c
 * What in a reply or an event is a problem, and how serious it is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sight.h"

#include "asked.h"
#include "cause.h"
#include "explain.h"
#include "language.h"

#define SET(name) (UINT64_C(1) << FINDING_##name)

/* Findings that stand elsewhere in the report, or that are no news. */
static const uint64_t told_elsewhere = SET(STATUS) | SET(AUTHENTICATED) | SET(AUTH_REFUSED) |
                                       SET(HELP_REFUSED) | SET(REFUSED) | SET(CREDENTIALS_EXPOSED) |
                                       SET(REPEATED_FAILURES) | SET(NO_CONTEXT);

/* Findings that explain a refusal, whose cause has done so. */
static const uint64_t told_by_cause =
    SET(AUTH_LOST) | SET(AUTH_NOT_OFFERED) | SET(MECHANISM_NOT_OFFERED);

/* Findings about the whole session, whatever it is that shows them. */
static const uint64_t about_session = SET(MIDDLEBOX) | SET(SMUGGLING) | SET(STARTTLS_INJECTION);

/* Findings that are a failure although nothing was refused. */
static const uint64_t failures = SET(AUTH_UNCLEAR) | SET(NO_REPLY) | SET(CHALLENGE_UNANSWERED) |
                                 SET(TLS_EXPECTED) | SET(CLEAR_TEXT_EXPECTED) | SET(TLS_FAILED) |
                                 SET(PROXY_REFUSED) | SET(MIDDLEBOX);

static bool is_in(uint64_t set, finding f)
{
    return (set >> f & 1) != 0;
}

/* --- refusals --- */

/* No mail is lost by it if these are refused. */
static const uint64_t harmless = UINT64_C(1) << COMMAND_HELP | UINT64_C(1) << COMMAND_VRFY |
                                 UINT64_C(1) << COMMAND_EXPN | UINT64_C(1) << COMMAND_NOOP |
                                 UINT64_C(1) << COMMAND_RSET | UINT64_C(1) << COMMAND_QUIT;

/* Does it only follow from what was refused before, or is it done already? */
static bool is_consequence(const reply_note *note)
{
    return note->cause == CAUSE_ALREADY_LOGGED_IN || note->cause_fact == FACT_MAIL_REFUSED ||
           note->cause_fact == FACT_RCPT_REFUSED;
}

/* A client whose EHLO isn't known goes on with HELO (RFC 5321, section 3.2). */
static bool has_fallback(const reply_note *note)
{
    return note_command_id(note) == COMMAND_EHLO && (note->code == 500 || note->code == 502);
}

static problem_rank rank_of_refusal(const reply_note *note)
{
    if ((harmless >> note_command_id(note) & 1) != 0 || is_consequence(note) || has_fallback(note))
        return RANK_ODD;
    return note->code / 100 == 4 ? RANK_PASSES : RANK_FAILED;
}

bool sight_refuses(const reply_note *note)
{
    const bool is_mangled = note->rewritten && note->cause == CAUSE_UNKNOWN_COMMAND;

    return note->cause != CAUSE_NONE && !is_mangled &&
           !finding_in(note->findings, FINDING_SURPLUS_REPLY) &&
           !finding_in(note->findings, FINDING_PROXY_REFUSED);
}

static sighting sight(wmem_allocator_t *scope, const reply_note *note)
{
    const command_note *command = note->command;
    sighting seen = { .words = asked_answer(scope, note) };

    if (command != NULL) {
        seen.command = asked_name((command_id)command->id, command->verb);
        seen.mechanism = command->mechanism;
        seen.user = command->user;
    }
    return seen;
}

sighting sight_refusal(wmem_allocator_t *scope, const reply_note *note)
{
    sighting seen = sight(scope, note);
    reply_note anywhere = *note;

    anywhere.cause_frame = 0; /* what is alike doesn't differ in it */
    const explanation why = explain_reply(scope, &anywhere);
    seen.rank = rank_of_refusal(note);
    seen.headline = why.headline;
    seen.said = language_join(scope, why.meaning, why.advice);
    seen.alike = seen.said;
    seen.filter =
        wmem_strdup_printf(scope, "smtp_explain.cause == \"%s\"", cause_word((cause)note->cause));
    seen.verb = note->command != NULL ? note->command->verb : NULL;
    return seen;
}

/* --- findings --- */

static problem_rank rank_of_finding(finding f)
{
    const finding_info *info = finding_describe(f);

    if (info->group == FINDING_SECURITY && info->severity == FINDING_WARN)
        return RANK_SECURITY;
    return is_in(failures, f) ? RANK_FAILED : RANK_ODD;
}

static void name_finding(wmem_allocator_t *scope, sighting *seen, finding f)
{
    const finding_info *info = finding_describe(f);

    if (is_in(about_session, f))
        seen->command = NULL;
    seen->rank = rank_of_finding(f);
    seen->headline = _(info->summary);
    seen->filter = wmem_strdup_printf(scope, "smtp_explain.expert.%s", info->name);
}

uint32_t sight_findings(const reply_note *note)
{
    return (uint32_t)(note->findings & ~told_elsewhere &
                      ~(sight_refuses(note) ? told_by_cause : 0));
}

sighting sight_finding(wmem_allocator_t *scope, const reply_note *note, finding f)
{
    sighting seen = sight(scope, note);

    name_finding(scope, &seen, f);
    seen.said = finding_sentence(scope, note, f);
    return seen;
}

/* The 334 that refuses is a refusal already. */
bool sight_is_news(const event_note *event)
{
    return event->kind != EVENT_ENDED && !event->refused &&
           finding_describe(finding_of_event(event))->severity != FINDING_CHAT;
}

sighting sight_event(wmem_allocator_t *scope, const event_note *event)
{
    sighting seen = { .command = asked_name((command_id)event->id, event->verb),
                      .mechanism = command_is_auth((command_id)event->id) ? event->mechanism : NULL,
                      .said = finding_event_sentence(scope, event) };

    name_finding(scope, &seen, finding_of_event(event));
    seen.alike = event->ends ? wmem_strdup_printf(scope, "ended: %u", event->end) : NULL;
    return seen;
}
