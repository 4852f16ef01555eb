/* summary.h
 * What the replies of a session come to: one line of statistics.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SUMMARY_H
#define SMTP_EXPLAIN_SUMMARY_H

#include <stdbool.h>
#include <stdint.h>

#include "login.h"
#include "mechanism.h"
#include "note.h"

/* All zero: no reply yet. */
typedef struct {
    uint8_t outcome;           /* login_outcome, but never OUTCOME_HIDDEN */
    bool in_clear;             /* some replies came without TLS */
    bool in_tls;               /* some replies came inside TLS */
    bool starttls;             /* STARTTLS was accepted */
    uint32_t first_frame;      /* of its first reply */
    uint32_t authenticated_in; /* the frame of the latest 235 that was a login; 0 if none was */
    uint32_t refused_logins;   /* AUTH commands */
    uint32_t accepted;         /* messages that the server took */
    uint32_t refused;          /* messages and recipients that it didn't */
    uint32_t refusals;         /* replies of all kinds that refuse */
    uint32_t statuses;         /* replies with code 211 */
    uint32_t last_refused_in;  /* the frame of the last refusal, if there is one */
    uint16_t last_code;        /* its code */
    const char *last_verb;     /* and what it refuses, or NULL: the note's */
    const command_note *last_accepted;      /* LMTP answers a message once for each recipient */
    char mechanism[MECHANISM_NAME_MAX + 1]; /* of the AUTH that the outcome is that of, or "" */
} session_summary;

/* Takes one more reply, which is in this frame, into account. */
void summary_add(session_summary *summary, const reply_note *note, uint32_t frame);

login_outcome summary_outcome(const session_summary *summary);

/* "no", "yes", "STARTTLS", or "STARTTLS, unread" if it isn't decrypted. Static storage. */
const char *summary_tls(const session_summary *summary);

/* The outcome that this reply alone gives AUTH; OUTCOME_NONE if it ends none. A 235 counts as a
 * login also where the capture lacks its AUTH, but not where it is out of place. */
login_outcome summary_outcome_of(const reply_note *note);

/* "QUIT", "closed by the client", ... Static storage. */
const char *summary_end_name(session_end end);

/* "authenticated", "refused", ... Static storage. */
const char *summary_outcome_name(login_outcome outcome);

/* What the reply answers: "HELP", "connection"; "nothing" if nothing was asked, "unknown" if that
 * isn't known. Lives as long as the note. */
const char *summary_answered(const reply_note *note);

/* The mechanism of the AUTH that the reply answers, or "unknown". Lives as long as the note. */
const char *summary_mechanism(const reply_note *note);

/* Did the command get its answer with this reply? 334 only asks for more. */
bool summary_ends_command(const reply_note *note);

/* Is it one of the replies that session_summary.statuses counts? */
bool summary_is_status(const reply_note *note);

#endif
