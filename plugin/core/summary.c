/* summary.c
 * What the replies of a session come to: one line of statistics.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <glib.h>

#include "summary.h"

#define UNKNOWN "unknown"

login_outcome summary_outcome_of(const reply_note *note)
{
    if (note_logs_in(note))
        return OUTCOME_AUTHENTICATED;
    if (!note->ends_auth)
        return OUTCOME_NONE;
    return note->code >= 400 ? OUTCOME_REFUSED : OUTCOME_UNCLEAR;
}

/* A login isn't undone by what comes later, a second AUTH that gets 503 for instance. */
static void add_outcome(session_summary *summary, const reply_note *note, uint32_t frame)
{
    login_outcome outcome = summary_outcome_of(note);

    if (outcome == OUTCOME_REFUSED)
        summary->refused_logins++;
    if (outcome == OUTCOME_AUTHENTICATED)
        summary->authenticated_in = frame;
    else if (outcome == OUTCOME_NONE || summary->outcome == OUTCOME_AUTHENTICATED)
        return;
    summary->outcome = (uint8_t)outcome;
    summary->mechanism[0] = '\0';
    if (note->command != NULL && note->command->mechanism != NULL)
        g_strlcpy(summary->mechanism, note->command->mechanism, sizeof summary->mechanism);
}

/* The commands whose refusal keeps a message, or a recipient's, from being sent. */
static const uint64_t of_messages = UINT64_C(1) << COMMAND_MAIL | UINT64_C(1) << COMMAND_RCPT |
                                    UINT64_C(1) << COMMAND_DATA | UINT64_C(1) << COMMAND_BDAT |
                                    UINT64_C(1) << COMMAND_BURL | UINT64_C(1) << COMMAND_MESSAGE;

static void add_refusal(session_summary *summary, const reply_note *note, uint32_t frame)
{
    summary->refusals++;
    summary->refused += of_messages >> note_command_id(note) & 1;
    summary->last_refused_in = frame;
    summary->last_code = note->code;
    summary->last_verb = note->command != NULL ? note->command->verb : NULL;
}

static void add_message(session_summary *summary, const reply_note *note)
{
    if (note->command == NULL || !note->command->ends_message || note->code / 100 != 2 ||
        note->command == summary->last_accepted)
        return;
    summary->accepted++;
    summary->last_accepted = note->command;
}

void summary_add(session_summary *summary, const reply_note *note, uint32_t frame)
{
    if (summary->first_frame == 0)
        summary->first_frame = frame;
    summary->in_clear |= !note->encrypted;
    summary->in_tls |= note->encrypted;
    if (!note->encrypted) /* anything else in clear text shows that there is no TLS */
        summary->starttls = note->code == 220 && note_command_id(note) == COMMAND_STARTTLS;
    summary->statuses += summary_is_status(note) ? 1 : 0;
    if (note_refuses(note))
        add_refusal(summary, note, frame);
    add_message(summary, note);
    add_outcome(summary, note, frame);
}

static bool is_unread(const session_summary *summary)
{
    return summary->starttls && !summary->in_tls;
}

login_outcome summary_outcome(const session_summary *summary)
{
    if (summary->outcome == OUTCOME_NONE && is_unread(summary))
        return OUTCOME_HIDDEN;
    return (login_outcome)summary->outcome;
}

const char *summary_tls(const session_summary *summary)
{
    if (is_unread(summary))
        return "STARTTLS, unread";
    if (!summary->in_tls)
        return "no";
    return summary->in_clear ? "STARTTLS" : "yes";
}

const char *summary_outcome_name(login_outcome outcome)
{
    static const char *const names[] = {
        [OUTCOME_NONE] = "none",       [OUTCOME_UNCLEAR] = "unclear",
        [OUTCOME_REFUSED] = "refused", [OUTCOME_AUTHENTICATED] = "authenticated",
        [OUTCOME_HIDDEN] = "hidden",   [OUTCOME_UNANSWERED] = "unanswered",
    };

    return names[outcome];
}

const char *summary_end_name(session_end end)
{
    static const char *const names[] = {
        [SESSION_CLOSED_BY_CLIENT] = "closed by the client",
        [SESSION_CLOSED_BY_SERVER] = "closed by the server",
        [SESSION_RESET_BY_CLIENT] = "reset by the client",
        [SESSION_RESET_BY_SERVER] = "reset by the server",
        [SESSION_QUIT] = "QUIT",
    };

    return names[end];
}

const char *summary_answered(const reply_note *note)
{
    if (note->verdict == VERDICT_UNSOLICITED)
        return "nothing";
    return note->command != NULL && note->command->verb != NULL ? note->command->verb : UNKNOWN;
}

const char *summary_mechanism(const reply_note *note)
{
    return note->command != NULL && note->command->mechanism != NULL ? note->command->mechanism
                                                                     : UNKNOWN;
}

bool summary_ends_command(const reply_note *note)
{
    return note->command != NULL &&
           (note->ends_auth || !command_is_auth((command_id)note->command->id));
}

bool summary_is_status(const reply_note *note)
{
    return note->code == 211;
}
