/* finding.c
 * What is worth pointing out about a reply, and the sentence that does it.
 *
 * A finding is one row of the table at the end: when it holds, and how it is said.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding.h"

#include <inttypes.h>
#include <string.h>

#include <glib.h>

#include "span.h"
#include "mechanism.h"
#include "wording.h"

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)

static command_id answered(const reply_note *note)
{
    return note->command != NULL ? (command_id)note->command->id : COMMAND_NONE;
}

static bool is_refusal(const reply_note *note)
{
    return note->code >= 400;
}

/* --- when a finding holds --- */

static bool has_code_and_verdict(const reply_note *note, unsigned code, verdict v)
{
    return note->code == code && note->verdict == v;
}

static bool is_status(const reply_note *note)
{
    return note->code == 211 && (answered(note) == COMMAND_HELP || answered(note) == COMMAND_OTHER);
}

static bool is_authenticated(const reply_note *note)
{
    return has_code_and_verdict(note, 235, VERDICT_EXPECTED);
}

static bool is_auth_refused(const reply_note *note)
{
    return note->ends_auth && is_refusal(note);
}

static bool is_auth_unclear(const reply_note *note)
{
    return note->ends_auth && !is_refusal(note) && note->code != 235 && note->code != 211;
}

static bool is_help_refused(const reply_note *note)
{
    return note->ends_help && is_refusal(note);
}

static bool is_status_misplaced(const reply_note *note)
{
    return has_code_and_verdict(note, 211, VERDICT_UNEXPECTED);
}

static bool is_auth_misplaced(const reply_note *note)
{
    return has_code_and_verdict(note, 235, VERDICT_UNEXPECTED);
}

static bool is_unsolicited(const reply_note *note)
{
    return has_code_and_verdict(note, 211, VERDICT_UNSOLICITED) ||
           has_code_and_verdict(note, 235, VERDICT_UNSOLICITED);
}

static bool is_without_context(const reply_note *note)
{
    return has_code_and_verdict(note, 211, VERDICT_UNKNOWN) ||
           has_code_and_verdict(note, 235, VERDICT_UNKNOWN);
}

static bool is_exposed(const reply_note *note)
{
    return note->code == 235 && !note->encrypted && command_is_auth(answered(note)) &&
           mechanism_exposes_secret(note->command->mechanism);
}

static bool is_repeated_failure(const reply_note *note)
{
    return is_auth_refused(note) && note->auth_failures >= FINDING_REPEATED_FAILURES_MIN;
}

static bool is_auth_lost(const reply_note *note)
{
    return note->code == 530 && note->was_authenticated;
}

static bool is_contradicted(const reply_note *note)
{
    if (note->code == 235)
        return wording_of(note->text) == WORDING_SAYS_FAILURE;
    return note->code == 535 && wording_of(note->text) == WORDING_SAYS_SUCCESS;
}

static bool is_enhanced_mismatched(const reply_note *note)
{
    unsigned status_class = note->enhanced.status_class;

    return status_class != 0 && status_class != note->code / 100u;
}

static bool is_code_changed(const reply_note *note)
{
    return note->code_changed;
}

/* AUTH or X-EXPS, as the list of offers calls it */
static bool is_keyword_offered(const reply_note *note)
{
    return offers_has(note->offers, note->command->verb);
}

static bool is_auth_not_offered(const reply_note *note)
{
    return note->ends_auth && note->offers != NULL && !is_keyword_offered(note);
}

static bool is_mechanism_not_offered(const reply_note *note)
{
    return note->ends_auth && note->offers != NULL && note->command->mechanism != NULL &&
           is_keyword_offered(note) &&
           !offers_mechanism(note->offers, note->command->verb, note->command->mechanism);
}

/* --- how it is said --- */

static char *elapsed_text(wmem_allocator_t *scope, int64_t ns)
{
    if (ns < NS_PER_MS)
        return wmem_strdup_printf(scope, "%" PRId64 " us", ns / NS_PER_US);
    if (ns < NS_PER_S)
        return wmem_strdup_printf(scope, "%" PRId64 " ms", ns / NS_PER_MS);
    return wmem_strdup_printf(scope, "%.1f s", (double)ns / NS_PER_S);
}

/* " (asked in frame 9, answered in 12 ms)", or "" if that isn't known */
static char *asked_text(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->command == NULL || note->command->frame == 0)
        return wmem_strdup(scope, "");
    if (note->elapsed < 0) /* the capture's clock went backwards */
        return wmem_strdup_printf(scope, " (asked in frame %u)", note->command->frame);
    return wmem_strdup_printf(scope, " (asked in frame %u, answered in %s)", note->command->frame,
                              elapsed_text(scope, note->elapsed));
}

/* What was answered: "MAIL", "AUTH PLAIN", "the opening of the connection" */
static char *command_text(wmem_allocator_t *scope, const reply_note *note)
{
    const command_note *command = note->command;

    if (command->id == COMMAND_CONNECTION)
        return wmem_strdup(scope, "the opening of the connection");
    if (command->id == COMMAND_MESSAGE)
        return wmem_strdup(scope, "the end of the message");
    if (command->verb == NULL)
        return wmem_strdup(scope, "an unknown command");
    if (command->mechanism == NULL)
        return wmem_strdup(scope, command->verb);
    return wmem_strdup_printf(scope, "%s %s", command->verb, command->mechanism);
}

/* " with PLAIN", or "" */
static char *with_mechanism(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->command == NULL || note->command->mechanism == NULL)
        return wmem_strdup(scope, "");
    return wmem_strdup_printf(scope, " with %s", note->command->mechanism);
}

static char *say_status(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "SMTP 211: server status or help text, in answer to %s%s. It changes nothing in the "
        "session; it is not a login.",
        command_text(scope, note), asked_text(scope, note));
}

static char *say_authenticated(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope, "SMTP 235: authenticated%s%s. The server now accepts mail from this session.",
        with_mechanism(scope, note), asked_text(scope, note));
}

/* What to do about a login that was refused, in one short sentence each. */
static const struct {
    uint16_t code;
    const char *action;
} refusal_actions[] = {
    { 421, "The server is closing the connection: try again later." },
    { 422, "Log in once with PLAIN under TLS; after that, this mechanism works." },
    { 432, "Log in once with PLAIN under TLS; after that, this mechanism works." },
    { 454, "The server has a temporary problem: try again later with the same password." },
    { 500, "The server does not know AUTH, or the line was too long." },
    { 501, "The argument of AUTH or a response was malformed: check what the client sends." },
    { 502, "The server does not offer AUTH here: try the submission port, or TLS first." },
    { 503, "AUTH came at the wrong moment: after a login, in a transaction, or before EHLO." },
    { 504, "The server does not support this mechanism: use one that its EHLO reply lists." },
    { 523, "The server wants encryption, which this session does not have: use TLS." },
    { 524, "This mechanism needs TLS: send STARTTLS before AUTH." },
    { 525, "The account is disabled: ask the server's administrator." },
    { 530, "The server wants TLS first: send STARTTLS before AUTH." },
    { 534, "The mechanism is too weak for this user: choose a stronger one." },
    { 535, "Check the user name and the password, app password or token." },
    { 538, "This mechanism needs TLS: send STARTTLS before AUTH." },
};

static const char *refusal_action(const reply_note *note)
{
    if (note->code == 501 && note->command != NULL && note->command->cancelled)
        return "The client cancelled the exchange with \"*\": look at the client's log.";
    for (size_t i = 0; i < G_N_ELEMENTS(refusal_actions); i++)
        if (refusal_actions[i].code == note->code)
            return refusal_actions[i].action;
    return note->code < 500 ? "That is temporary: try again later."
                            : "The same attempt will fail again: read the server's text.";
}

static char *say_auth_refused(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(scope, "SMTP %u instead of 235: the login%s was refused%s. %s",
                              note->code, with_mechanism(scope, note), asked_text(scope, note),
                              refusal_action(note));
}

static char *say_auth_unclear(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "SMTP %u instead of 235: %s ended with a reply that no standard lists for it%s. It "
        "does not say that the client is logged in.",
        note->code, command_text(scope, note), asked_text(scope, note));
}

/* What a refused HELP means for the mail. */
static const char *help_consequence(const reply_note *note)
{
    if (note->code == 421)
        return "The server is closing the connection: try again later.";
    if (note->code == 530)
        return "The server wants TLS or a login first, and will say the same to MAIL.";
    if (note->code < 500)
        return "That is temporary, and says nothing about mail.";
    if (offers_has(note->offers, "HELP"))
        return "That is odd, since the server's reply to EHLO lists it. Mail is not affected.";
    return "Many servers do not offer it. That is harmless: mail is not affected.";
}

static char *say_help_refused(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(scope, "SMTP %u: HELP was refused%s. %s", note->code,
                              asked_text(scope, note), help_consequence(note));
}

static char *say_status_misplaced(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "SMTP 211 (system status) answers %s%s, where it is out of place. It belongs to "
        "HELP. Do not read it as success of the command.",
        command_text(scope, note), asked_text(scope, note));
}

static char *say_auth_misplaced(wmem_allocator_t *scope, const reply_note *note)
{
    if (command_is_auth(answered(note)))
        return wmem_strdup_printf(
            scope,
            "SMTP 235 answers %s%s, but this session was already authenticated. A second "
            "AUTH should get 503.",
            command_text(scope, note), asked_text(scope, note));
    return wmem_strdup_printf(
        scope,
        "SMTP 235 (authenticated) answers %s%s, where it is out of place. It belongs to "
        "AUTH. Do not read it as a login.",
        command_text(scope, note), asked_text(scope, note));
}

static char *say_unsolicited(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope, "SMTP %u although nothing was asked: no command is waiting for a reply here. %s",
        note->code,
        note->code == 235 ? "Do not read it as a login; suspect the server."
                          : "It changes nothing, but the server or a proxy is out of step.");
}

static char *say_without_context(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "SMTP %u: the capture does not show what it answers; it starts later, or packets "
        "are missing. %s",
        note->code,
        note->code == 235 ? "It normally ends AUTH: the client is logged in from here on."
                          : "It normally answers HELP and changes nothing in the session.");
}

static char *say_exposed(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "The login with %s was sent without TLS. Whoever can read these packets can log "
        "in with it. Change the secret, and make the server require TLS before AUTH.",
        note->command->mechanism);
}

static char *say_repeated_failures(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "%u refused logins in this session so far. A client with an old password does "
        "this, and so does password guessing. Look at the client's address and user name.",
        note->auth_failures);
}

static char *say_auth_lost(wmem_allocator_t *scope, const reply_note *note)
{
    (void)note;
    return wmem_strdup(
        scope, "SMTP 530 in a session that a 235 had authenticated: the server wants a login, or "
               "TLS, again. Check whether the server or a proxy forgot the login.");
}

static char *say_contradicts(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "SMTP %u means that the login %s, but the server's text says the opposite. "
        "Clients act on the code. Ask the server's administrator which is true.",
        note->code, note->code == 235 ? "worked" : "was refused");
}

static char *say_enhanced_mismatch(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "The enhanced status code %u.%u.%u does not fit reply code %u: their first digits "
        "must be the same. Clients act on the reply code.",
        note->enhanced.status_class, note->enhanced.subject, note->enhanced.detail, note->code);
}

static char *say_code_changed(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        "The %u lines of this reply carry different codes, though all should be the same. "
        "The last line's code, %u, is the one that counts.",
        note->lines, note->code);
}

static char *say_auth_not_offered(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope, "The client sent %s although the server's reply to EHLO does not list it. %s",
        note->command->verb,
        note->code == 235 ? "The server accepted it all the same."
                          : "Servers often offer AUTH only after STARTTLS, or only on ports 587 "
                            "and 465.");
}

static char *say_mechanism_not_offered(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope, "The client asked for %s, which the server's reply to EHLO does not list. %s",
        note->command->mechanism,
        note->code == 235 ? "The server accepted it all the same."
                          : "Set the client to a SASL mechanism that is listed there.");
}

static const struct {
    finding_info info;
    bool (*holds)(const reply_note *note);
    char *(*say)(wmem_allocator_t *scope, const reply_note *note);
} findings[FINDING_COUNT] = {
    [FINDING_STATUS] = {
        .info.name = "status",
        .info.severity = FINDING_CHAT,
        .info.group = FINDING_RESPONSE,
        .info.summary = "211: status or help, as it was asked for",
        .holds = is_status,
        .say = say_status,
    },
    [FINDING_AUTHENTICATED] = {
        .info.name = "authenticated",
        .info.severity = FINDING_CHAT,
        .info.group = FINDING_RESPONSE,
        .info.summary = "235: authenticated",
        .holds = is_authenticated,
        .say = say_authenticated,
    },
    [FINDING_AUTH_REFUSED] = {
        .info.name = "auth_refused",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_RESPONSE,
        .info.summary = "A login was refused",
        .holds = is_auth_refused,
        .say = say_auth_refused,
    },
    [FINDING_AUTH_UNCLEAR] = {
        .info.name = "auth_unclear",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "AUTH ended with a reply that no standard lists for it",
        .holds = is_auth_unclear,
        .say = say_auth_unclear,
    },
    [FINDING_HELP_REFUSED] = {
        .info.name = "help_refused",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_RESPONSE,
        .info.summary = "HELP was refused",
        .holds = is_help_refused,
        .say = say_help_refused,
    },
    [FINDING_STATUS_MISPLACED] = {
        .info.name = "status_misplaced",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "211 where it doesn't belong",
        .holds = is_status_misplaced,
        .say = say_status_misplaced,
    },
    [FINDING_AUTH_MISPLACED] = {
        .info.name = "auth_misplaced",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "235 where it doesn't belong",
        .holds = is_auth_misplaced,
        .say = say_auth_misplaced,
    },
    [FINDING_UNSOLICITED] = {
        .info.name = "unsolicited",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SEQUENCE,
        .info.summary = "211 or 235 although nothing was asked",
        .holds = is_unsolicited,
        .say = say_unsolicited,
    },
    [FINDING_NO_CONTEXT] = {
        .info.name = "no_context",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_SEQUENCE,
        .info.summary = "211 or 235 to something that the capture doesn't show",
        .holds = is_without_context,
        .say = say_without_context,
    },
    [FINDING_CREDENTIALS_EXPOSED] = {
        .info.name = "credentials_exposed",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = "A reusable secret was sent without TLS",
        .holds = is_exposed,
        .say = say_exposed,
    },
    [FINDING_REPEATED_FAILURES] = {
        .info.name = "repeated_failures",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = "Three or more refused logins in one session",
        .holds = is_repeated_failure,
        .say = say_repeated_failures,
    },
    [FINDING_AUTH_LOST] = {
        .info.name = "auth_lost",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "530 in an authenticated session",
        .holds = is_auth_lost,
        .say = say_auth_lost,
    },
    [FINDING_TEXT_CONTRADICTS] = {
        .info.name = "text_contradicts",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "The text says the opposite of the code",
        .holds = is_contradicted,
        .say = say_contradicts,
    },
    [FINDING_ENHANCED_MISMATCH] = {
        .info.name = "enhanced_mismatch",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "The enhanced status code doesn't fit the reply code",
        .holds = is_enhanced_mismatched,
        .say = say_enhanced_mismatch,
    },
    [FINDING_CODE_CHANGED] = {
        .info.name = "code_changed",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "The lines of one reply carry different codes",
        .holds = is_code_changed,
        .say = say_code_changed,
    },
    [FINDING_AUTH_NOT_OFFERED] = {
        .info.name = "auth_not_offered",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "AUTH, which the reply to EHLO doesn't list",
        .holds = is_auth_not_offered,
        .say = say_auth_not_offered,
    },
    [FINDING_MECHANISM_NOT_OFFERED] = {
        .info.name = "mechanism_not_offered",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = "AUTH with a mechanism that the reply to EHLO doesn't list",
        .holds = is_mechanism_not_offered,
        .say = say_mechanism_not_offered,
    },
};

const finding_info *finding_describe(finding f)
{
    return &findings[f].info;
}

void finding_judge(reply_note *note)
{
    note->findings = 0;
    for (unsigned f = 0; f < FINDING_COUNT; f++)
        if (findings[f].holds(note))
            note->findings |= 1u << f;
}

bool finding_in(uint32_t set, finding f)
{
    return (set & (1u << f)) != 0;
}

char *finding_sentence(wmem_allocator_t *scope, const reply_note *note, finding f)
{
    return findings[f].say(scope, note);
}

/* --- the Info column --- */

static char *mark_of_own_code(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->verdict == VERDICT_UNSOLICITED)
        return wmem_strdup_printf(scope, " [%u = nothing was asked]", note->code);
    if (note->verdict == VERDICT_UNEXPECTED)
        return wmem_strdup_printf(scope, " [%u = out of place, answers %s]", note->code,
                                  command_text(scope, note));
    if (note->code == 211)
        return wmem_strdup(scope, " [211 = server status, not a login]");
    if (note->verdict == VERDICT_UNKNOWN)
        return wmem_strdup(scope, " [235 = authenticated]");
    return wmem_strdup_printf(scope, " [235 = authenticated, %s]", command_text(scope, note));
}

char *finding_mark(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->code == 211 || note->code == 235)
        return mark_of_own_code(scope, note);
    if (!note->ends_auth)
        return NULL;
    return wmem_strdup_printf(scope, " [%u instead of 235: login %s]", note->code,
                              is_refusal(note) ? "refused" : "unclear");
}
