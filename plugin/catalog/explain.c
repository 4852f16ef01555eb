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
#include "language.h"

const char *explain_code_name(unsigned code)
{
    return _(catalog_lookup(code, COMMAND_NONE)->name);
}

/* "For the user: check the password.", "Try again later." */
static const char *advice_for(wmem_allocator_t *scope, const cause_explanation *why)
{
    const char *advice = why->advice;

    if (why->says_who)
        return advice;
    /* What is translated begins as its translator wrote it. */
    if (language_spoken == NULL && !g_ascii_isupper(advice[1]))
        advice = wmem_strdup_printf(scope, "%c%s", g_ascii_tolower(advice[0]), advice + 1);
    /* Translators: who has to act, and a whole sentence that says how: "For the user: check the password." */
    return wmem_strdup_printf(scope, _("For %s: %s"), why->who, advice);
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

    said->headline = wmem_strdup_printf(
        scope,
        /* Translators: what was refused, and the cause: "Login refused: bad credentials" */
        C_("refusal", "%s: %s"), cause_refused(command), cause_in_words((cause)note->cause));
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
    said->meaning = _("This reply answers nothing: no command was waiting for one when it came.");
    said->when =
        _("When the server answers a command twice or takes message data for a command, or "
          "when something in between sends commands of its own.");
    said->advice =
        _("Match commands and replies from the start of the session to see where they part. From "
          "here on, a client may take each reply for the answer to the wrong command.");
}

/* What a challenge says, if that is known, and what the client has to send. */
static const struct {
    const char *meaning;
    const char *advice;
} challenges[] = {
    [CHALLENGE_PROMPT_USER] = { N_("The server asks for the user name."),
                                N_("The client answers with it in base64. Nothing is decided yet.") },
    [CHALLENGE_PROMPT_PASSWORD] = { N_("The server asks for the password."),
                                    N_("The client answers with it in base64. Nothing is decided yet.") },
    [CHALLENGE_SERVER_AGREES] = { N_("The server has accepted the credentials, and proves that it knows "
                                     "them itself."),
                                  N_("The client owes an empty response; 235 follows it. A client that "
                                     "stops here takes success for an error.") },
    [CHALLENGE_NOT_BASE64] = { N_("The server sent a challenge that is not base64."),
                               N_("Clients that decode it may give up: look at the server's software. "
                                  "RFC 4954 wants base64 here.") },
};

static void explain_challenge(const reply_note *note, explanation *said)
{
    if (note->challenge >= G_N_ELEMENTS(challenges) || challenges[note->challenge].meaning == NULL)
        return;
    said->meaning = _(challenges[note->challenge].meaning);
    said->advice = _(challenges[note->challenge].advice);
}

explanation explain_reply(wmem_allocator_t *scope, const reply_note *note)
{
    const command_id command = note_command_id(note);
    const catalog_row *row = catalog_lookup(note->code, command);
    explanation said = { .name = _(row->name),
                         .headline = _(row->name),
                         .meaning = catalog_meaning(scope, row),
                         .when = _(row->when),
                         .advice = _(row->advice),
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
