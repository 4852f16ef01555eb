/* finding.h
 * What is worth pointing out about a reply, and the sentence that does it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_FINDING_H
#define SMTP_EXPLAIN_FINDING_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "cause.h"
#include "note.h"

/* The order is that in which a frame's findings are shown. What there is to say about one is its
 * row in finding.c. */
typedef enum {
    FINDING_STATUS,
    FINDING_AUTHENTICATED,
    FINDING_AUTH_REFUSED,
    FINDING_AUTH_UNCLEAR,
    FINDING_HELP_REFUSED,
    FINDING_REFUSED,
    FINDING_STATUS_MISPLACED,
    FINDING_AUTH_MISPLACED,
    FINDING_UNSOLICITED,
    FINDING_NO_CONTEXT,
    FINDING_CREDENTIALS_EXPOSED,
    FINDING_REPEATED_FAILURES,
    FINDING_AUTH_LOST,
    FINDING_TEXT_CONTRADICTS,
    FINDING_ENHANCED_MISMATCH,
    FINDING_CODE_CHANGED,
    FINDING_AUTH_NOT_OFFERED,
    FINDING_MECHANISM_NOT_OFFERED,
    FINDING_SURPLUS_REPLY,
    FINDING_STARTTLS_INJECTION,
    FINDING_SMUGGLING,
    FINDING_MIDDLEBOX,
    FINDING_SLOW_REPLY,
    FINDING_PROXY_REFUSED,
    FINDING_OF_REPLIES, /* those above: a bit each in reply_note.findings */

    FINDING_NO_REPLY = FINDING_OF_REPLIES,
    FINDING_CHALLENGE_UNANSWERED,
    FINDING_EARLY_TALKER,
    FINDING_TLS_EXPECTED,
    FINDING_CLEAR_TEXT_EXPECTED,
    FINDING_TLS_FAILED,
    FINDING_TLS_UNREAD,
    FINDING_PROXY_HEADER,
    FINDING_LINE_WITHOUT_CR,
    FINDING_LINE_WITHOUT_CODE,
    FINDING_COUNT
} finding;

typedef enum {
    FINDING_CHAT, /* all is as it should be */
    FINDING_NOTE, /* worth a look */
    FINDING_WARN  /* something is wrong */
} finding_severity;

/* What it is about. */
typedef enum {
    FINDING_RESPONSE,   /* the code of a reply */
    FINDING_PROTOCOL,   /* a breach of the protocol */
    FINDING_SEQUENCE,   /* what answers what */
    FINDING_SECURITY,   /* a secret or an attack */
    FINDING_DECRYPTION, /* what TLS hides */
} finding_group;

/* What is the same whenever a finding is made. All strings are static; the summary
 * is in English and marked. */
typedef struct {
    const char *name; /* the last part of its filter's name: "auth_refused" */
    finding_severity severity;
    finding_group group;
    const char *summary; /* a few words, without a full stop */
} finding_info;

/* Refused AUTH commands in one session from which on they are pointed out. */
#define FINDING_REPEATED_FAILURES_MIN 3

/* Bytes of a sentence that quotes the server: with "Expert Info (Warning/Response): " in front of it,
 * as the packet details have it, Wireshark cuts it behind them. */
#define FINDING_LABEL_MAX 206

/* Finds out why a reply refuses, if it does, and what is worth pointing out about it: sets note->findings, bit 1 << finding each. A
 * reply_judge. */
void finding_judge(reply_note *note, const session_facts *facts);

/* The name, severity, group and summary of a finding below FINDING_COUNT. Static storage. */
const finding_info *finding_describe(finding f);

/* What is to be counted as one: the summary, or, of a refusal with a cause, "Login refused: bad
 * credentials". In the language that is spoken, here and below. Static, or allocated in scope. */
const char *finding_summary(wmem_allocator_t *scope, finding f, cause why);

/* Is this finding in the set? */
bool finding_in(uint32_t findings, finding f);

/* The whole sentence, or sentences, for a person. Allocated in scope. */
char *finding_sentence(wmem_allocator_t *scope, const reply_note *note, finding f);

/* What an event is as a finding, and the sentence that says it. Allocated in scope. */
finding finding_of_event(const event_note *event);
char *finding_event_sentence(wmem_allocator_t *scope, const event_note *event);

/* The cause of a refusal as it was judged. */
cause_found finding_cause(const reply_note *note);

/* What that cause means here. note->cause must not be CAUSE_NONE. */
cause_explanation finding_explain_cause(wmem_allocator_t *scope, const reply_note *note);

#endif
