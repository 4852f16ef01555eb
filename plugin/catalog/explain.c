/* explain.c
 * What is to be said of a reply, here.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "explain.h"

#include <glib.h>

#include "catalog.h"
#include "challenge.h"
#include "finding.h"

const char *explain_code_name(unsigned code)
{
    return catalog_lookup(code, COMMAND_NONE)->name;
}

/* Does the sentence say itself who does that? Others tell somebody to do it. */
static bool names_somebody(const char *advice)
{
    static const char *const beginnings[] = { "The ", "Users ", "Whoever ", "Nothing " };

    for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (g_str_has_prefix(advice, beginnings[i]))
            return true;
    return false;
}

/* Does it pass with time, at least at first? Then nobody is told to act. */
static bool heals_by_itself(const cause_explanation *why)
{
    return g_str_has_prefix(why->who, "time");
}

/* "For the user: check the password.", "Try again later." */
static const char *advice_for(wmem_allocator_t *scope, const cause_explanation *why)
{
    bool acronym = g_ascii_isupper(why->advice[0]) && g_ascii_isupper(why->advice[1]);
    char first = acronym ? why->advice[0] : g_ascii_tolower(why->advice[0]);

    if (names_somebody(why->advice) || heals_by_itself(why))
        return why->advice;
    return wmem_strdup_printf(scope, "For %s: %c%s", why->who, first, why->advice + 1);
}

/* Is the cause told by nothing but the code, and has the code something to say about this command? */
static bool only_the_code_tells(const reply_note *note, const catalog_row *row)
{
    return row->context != COMMAND_NONE &&
           (note->cause == CAUSE_UNSPECIFIED || note->cause_evidence == CAUSE_FROM_CODE);
}

static void explain_refusal(wmem_allocator_t *scope, const reply_note *note, const catalog_row *row,
                            explanation *said)
{
    const command_id command = note_command_id(note);
    const cause_explanation why = finding_explain_cause(scope, note);

    said->headline =
        wmem_strdup_printf(scope, "%s: %s", cause_refused(command), cause_word((cause)note->cause));
    if (only_the_code_tells(note, row))
        return;
    said->meaning = why.meaning;
    said->when = NULL;
    said->advice = advice_for(scope, &why);
    if (command_is_auth(command) && cause_contrast((cause)note->cause) != NULL)
        said->contrast = cause_contrast((cause)note->cause);
}

/* A reply that nobody asked for did nothing that a command asked for. */
static void explain_surplus(explanation *said)
{
    said->meaning = "This reply answers nothing: no command was waiting for one when it came.";
    said->when = "When the server answers a command twice or takes message data for a command, or "
                 "when something in between sends commands of its own.";
    said->advice =
        "Match commands and replies from the start of the session to see where they part. From "
        "here on, a client may take each reply for the answer to the wrong command.";
}

/* What a challenge says, if that is known, and what the client has to send. */
static const struct {
    const char *meaning;
    const char *advice;
} challenges[] = {
    [CHALLENGE_PROMPT_USER] = { "The server asks for the user name.",
                                "The client answers with it in base64. Nothing is decided yet." },
    [CHALLENGE_PROMPT_PASSWORD] = { "The server asks for the password.",
                                    "The client answers with it in base64. Nothing is decided yet." },
    [CHALLENGE_SERVER_AGREES] = { "The server has accepted the credentials, and proves that it knows "
                                  "them itself.",
                                  "The client owes an empty response; 235 follows it. A client that "
                                  "stops here takes success for an error." },
    [CHALLENGE_NOT_BASE64] = { "The server sent a challenge that is not base64.",
                               "Clients that decode it may give up: look at the server's software. "
                               "RFC 4954 wants base64 here." },
};

static void explain_challenge(const reply_note *note, explanation *said)
{
    if (note->challenge >= G_N_ELEMENTS(challenges) || challenges[note->challenge].meaning == NULL)
        return;
    said->meaning = challenges[note->challenge].meaning;
    said->advice = challenges[note->challenge].advice;
}

explanation explain_reply(wmem_allocator_t *scope, const reply_note *note)
{
    const command_id command = note_command_id(note);
    const catalog_row *row = catalog_lookup(note->code, command);
    explanation said = { .name = row->name,
                         .headline = row->name,
                         .meaning = row->meaning,
                         .when = row->when,
                         .advice = row->advice,
                         .reference = row->reference,
                         .contrast = catalog_contrast(note->code, command) };

    if (note->cause != CAUSE_NONE)
        explain_refusal(scope, note, row, &said);
    else if (note->verdict == VERDICT_UNSOLICITED)
        explain_surplus(&said);
    else if (note->challenge != CHALLENGE_NONE)
        explain_challenge(note, &said);
    return said;
}
