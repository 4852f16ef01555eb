/* finding.c
 * What is worth pointing out about a reply, and the sentence that does it.
 *
 * A finding is one row of the table at the end: when it holds, and how it is said.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding.h"

#include <string.h>

#include <glib.h>

#include "elapsed.h"
#include "language.h"
#include "mechanism.h"
#include "span.h"
#include "wording.h"

/* Bytes of the server's words that are quoted: at least, and where that would push other things
 * out. */
#define QUOTE_MIN 20
#define QUOTE_USUAL 64

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
    return note->code == 211 &&
           (note_command_id(note) == COMMAND_HELP || note_command_id(note) == COMMAND_OTHER);
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

static bool is_refused(const reply_note *note)
{
    return note_refuses(note) && !is_auth_refused(note) && !is_help_refused(note) &&
           !note->answers_proxy;
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
    return note->code == 235 && !note->encrypted && command_is_auth(note_command_id(note)) &&
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

static bool is_surplus(const reply_note *note)
{
    return note->verdict == VERDICT_UNSOLICITED && note->code != 421 && !is_unsolicited(note) &&
           !note->injected;
}

static bool is_injected(const reply_note *note)
{
    return note->injected;
}

static bool is_smuggled(const reply_note *note)
{
    return note->smuggled || (note->command != NULL && note->command->ends_falsely);
}

static bool is_rewritten(const reply_note *note)
{
    return note->rewritten;
}

static bool is_mechanism_not_offered(const reply_note *note)
{
    return note->ends_auth && note->offers != NULL && note->command->mechanism != NULL &&
           is_keyword_offered(note) &&
           !offers_mechanism(note->offers, note->command->verb, note->command->mechanism);
}

static bool is_slow(const reply_note *note)
{
    return note->slow > 0;
}

static bool is_proxy_refused(const reply_note *note)
{
    return note->answers_proxy;
}

/* --- how it is said --- */

/* " (asked in frame 9, answered in 12 ms)", or "" if that isn't known */
static char *asked_text(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->command == NULL || note->command->frame == 0)
        return wmem_strdup(scope, "");
    if (note->elapsed < 0) /* the capture's clock went backwards */
        /* Translators: stands behind a command, or where it would stand; the blank belongs to it. */
        return wmem_strdup_printf(scope, _(" (asked in frame %u)"), note->command->frame);
    return wmem_strdup_printf(scope, _(" (asked in frame %u, answered in %s)"),
                              note->command->frame, elapsed_text(scope, note->elapsed));
}

/* What was answered: "MAIL", "AUTH PLAIN", "the opening of the connection" */
static char *command_text(wmem_allocator_t *scope, const reply_note *note)
{
    const command_note *command = note->command;

    if (command->id == COMMAND_CONNECTION)
        return wmem_strdup(scope, _("the opening of the connection"));
    if (command->id == COMMAND_MESSAGE)
        return wmem_strdup(scope, _("the end of the message"));
    if (command->verb == NULL)
        return wmem_strdup(scope, _("an unknown command"));
    if (command->mechanism == NULL)
        return wmem_strdup(scope, command->verb);
    return wmem_strdup_printf(scope, "%s %s", command->verb, command->mechanism);
}

static char *say_status(wmem_allocator_t *scope, const reply_note *note)
{
    return language_fill(
        scope,
        /* Translators: a command, and " (asked in frame 9, answered in 12 ms)" or nothing. */
        _("SMTP 211: server status or help text, in answer to %s%s. It changes nothing in the "
          "session; it is not a login."),
        command_text(scope, note), asked_text(scope, note));
}

static char *say_authenticated(wmem_allocator_t *scope, const reply_note *note)
{
    const char *mechanism = note->command != NULL ? note->command->mechanism : NULL;

    if (mechanism == NULL)
        return wmem_strdup_printf(
            scope, _("SMTP 235: authenticated%s. The server now accepts mail from this session."),
            asked_text(scope, note));
    return wmem_strdup_printf(
        scope,
        _("SMTP 235: authenticated with %s%s. The server now accepts mail from this session."),
        mechanism, asked_text(scope, note));
}

/* --- refusals --- */

cause_found finding_cause(const reply_note *note)
{
    cause_found found = { .cause = note->cause,
                          .evidence = note->cause_evidence,
                          .fact = note->cause_fact,
                          .rule = note->cause_rule,
                          .frame = note->cause_frame };

    return found;
}

cause_explanation finding_explain_cause(wmem_allocator_t *scope, const reply_note *note)
{
    const cause_found found = finding_cause(note);

    return cause_explain(scope, &found, note->code, note_command_id(note),
                         note->command != NULL ? note->command->mechanism : NULL);
}

/* "SMTP 535 instead of 235. Login refused: bad credentials" */
static char *refusal_headline(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        /* Translators: a code, what was refused ("Login refused"), the cause ("bad credentials"). */
        note->ends_auth ? _("SMTP %u instead of 235. %s: %s") : _("SMTP %u. %s: %s"), note->code,
        cause_refused(note_command_id(note)), cause_in_words((cause)note->cause));
}

/* " (AUTH PLAIN in frame 7)", or "" if that isn't known */
static char *request_text(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->command == NULL || note->command->frame == 0)
        return wmem_strdup(scope, "");
    return wmem_strdup_printf(scope, _(" (%s in frame %u)"), command_text(scope, note),
                              note->command->frame);
}

/* What the server said; of a challenge, what it stands for. */
static const char *words_of(wmem_allocator_t *scope, const reply_note *note)
{
    const char *challenge = note_challenge_text(scope, note);

    return challenge != NULL ? challenge : note->text;
}

/* Translators: the server's words, behind a sentence. */
#define QUOTED C_("quotation", " \"%s\".")

/* Translators: what was refused and why, without a full stop; the command in brackets, or nothing; ", after the
 * client had closed", or nothing; the server's words, or nothing; what to do. */
#define REFUSAL C_("refusal", "%s%s%s.%s %s")

/* The server's words in quotes, in at most room bytes: what is longer is cut behind a whole character.
 * "" if there are none, or no room for enough of them. */
static char *quote(wmem_allocator_t *scope, const char *words, size_t room)
{
    const size_t around = strlen(QUOTED) - strlen("%s") + strlen("...");
    size_t len = strlen(words);
    bool cut = len + around > room;

    if (len == 0 || (cut && room < QUOTE_MIN + around))
        return wmem_strdup(scope, "");
    if (!cut)
        return wmem_strdup_printf(scope, QUOTED, words);
    len = room - around;
    while (((uint8_t)words[len] & 0xC0) == 0x80)
        len--;
    return wmem_strdup_printf(scope, QUOTED, wmem_strdup_printf(scope, "%.*s...", (int)len, words));
}

/* What there is to say of a refusal, each of it a text. */
typedef struct {
    const char *headline;
    const char *request;
    const char *late; /* that nobody was there any more */
    const char *words;
    const char *advice;
} refusal_parts;

/* What was refused and why, the server's words, what to do. What Wireshark would cut off is left out:
 * first the request, which has a field of its own, then the end of the quotation. */
static char *put_together(wmem_allocator_t *scope, const refusal_parts *parts)
{
    const char *request = parts->request;
    size_t fixed = strlen(REFUSAL) - 5 * strlen("%s") + strlen(parts->headline) +
                   strlen(parts->late) + strlen(parts->advice);
    size_t quoted = MIN(strlen(parts->words) + strlen(" \"...\"."), QUOTE_USUAL);

    if (fixed + strlen(request) + quoted > FINDING_LABEL_MAX)
        request = "";
    fixed += strlen(request);
    return wmem_strdup_printf(
        scope, REFUSAL, parts->headline, request, parts->late,
        quote(scope, parts->words, FINDING_LABEL_MAX - MIN(fixed, FINDING_LABEL_MAX)),
        parts->advice);
}

static char *say_refused(wmem_allocator_t *scope, const reply_note *note)
{
    const refusal_parts parts = {
        .headline = refusal_headline(scope, note),
        .request = request_text(scope, note),
        .late = note->after_close ? _(", after the client had closed") : "",
        .words = words_of(scope, note),
        .advice = finding_explain_cause(scope, note).advice,
    };

    return put_together(scope, &parts);
}

static char *say_auth_unclear(wmem_allocator_t *scope, const reply_note *note)
{
    return language_fill(
        scope,
        _("SMTP %u instead of 235: no standard lists this reply for %s%s. It does not prove that the "
          "client is logged in: look in the server's log."),
        note->code, command_text(scope, note), asked_text(scope, note));
}

/* What a refused HELP means for the mail. */
static const char *help_consequence(const reply_note *note)
{
    if (note->code == 421)
        return _("The server is closing the connection: try again later.");
    if (note->code == 530)
        return _("The server wants TLS or a login first, and will probably say the same to MAIL.");
    if (note->code < 500)
        return _("That is temporary, and says nothing about mail.");
    if (offers_has(note->offers, "HELP"))
        return _("That is odd, since the server's reply to EHLO lists it. Mail is not affected.");
    return _("Many servers do not offer HELP. That is harmless: mail does not need it.");
}

static char *say_help_refused(wmem_allocator_t *scope, const reply_note *note)
{
    const refusal_parts parts = {
        .headline = refusal_headline(scope, note),
        .request = "",
        .late = "",
        .words = note->text,
        .advice = help_consequence(note),
    };

    return put_together(scope, &parts);
}

static char *say_status_misplaced(wmem_allocator_t *scope, const reply_note *note)
{
    return language_fill(
        scope,
        _("SMTP 211 (system status) answers %s%s, where it is out of place. It belongs to "
          "HELP. It does not mean that the command succeeded."),
        command_text(scope, note), asked_text(scope, note));
}

static char *say_auth_misplaced(wmem_allocator_t *scope, const reply_note *note)
{
    if (command_is_auth(note_command_id(note)))
        return language_fill(
            scope,
            _("SMTP 235 answers %s%s, but this session was already authenticated. A second "
              "AUTH should get 503."),
            command_text(scope, note), asked_text(scope, note));
    return language_fill(
        scope,
        _("SMTP 235 (authenticated) answers %s%s, where it is out of place. It belongs to "
          "AUTH. It does not mean that anyone has logged in."),
        command_text(scope, note), asked_text(scope, note));
}

static char *say_unsolicited(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        note->code == 235
            ? _("SMTP %u answers nothing: no command is waiting for a reply here. It is not a "
                "login; suspect the server.")
            : _("SMTP %u answers nothing: no command is waiting for a reply here. It changes "
                "nothing, but the server or a proxy is out of step."),
        note->code);
}

static char *say_without_context(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        note->code == 235
            ? _("SMTP %u: the capture does not show what it answers; it starts too late, or packets "
                "are missing. It normally ends AUTH: the client is logged in from here on.")
            : _("SMTP %u: the capture does not show what it answers; it starts too late, or packets "
                "are missing. It normally answers HELP and changes nothing in the session."),
        note->code);
}

static char *say_exposed(wmem_allocator_t *scope, const reply_note *note)
{
    const char *mechanism = note->command->mechanism;

    if (mechanism == NULL || mechanism_known(mechanism) == NULL)
        return wmem_strdup(
            scope, _("The login was sent without TLS, with a mechanism that is not known to "
                     "protect the password. Anyone who can read these packets may be able to "
                     "use it. Change the password, and make the server require TLS before "
                     "AUTH."));
    return wmem_strdup_printf(
        scope,
        _("The login with %s was sent without TLS. Anyone who can read these packets can "
          "use it to log in. Change the password or token, and make the server require TLS before "
          "AUTH."),
        mechanism);
}

static char *say_repeated_failures(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        _("%u logins refused in this session so far. A client with an old password does this, and so "
          "does password guessing. Check the client's address and user name."),
        note->auth_failures);
}

static char *say_auth_lost(wmem_allocator_t *scope, const reply_note *note)
{
    (void)note;
    return wmem_strdup(
        scope,
        _("SMTP 530, although a 235 had authenticated this session: the server wants a login or "
          "TLS again. Check whether the server or a proxy has lost track of the login."));
}

static char *say_contradicts(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        note->code == 235
            ? _("SMTP %u means that the login worked, but the server's text says the opposite. "
                "Clients act on the code. Ask the server's administrator which is right.")
            : _("SMTP %u means that the login was refused, but the server's text says the opposite. "
                "Clients act on the code. Ask the server's administrator which is right."),
        note->code);
}

static char *say_enhanced_mismatch(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        _("The enhanced status code %u.%u.%u does not fit reply code %u: their first digits "
          "must be the same. Clients act on the reply code."),
        note->enhanced.status_class, note->enhanced.subject, note->enhanced.detail, note->code);
}

static char *say_code_changed(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        _("The %u lines of this reply carry different codes, though all should be the same. "
          "The last line's code, %u, is the one that counts."),
        note->lines, note->code);
}

static char *say_auth_not_offered(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        note->code == 235
            ? _("The client sent %s although the server's reply to EHLO does not list it. The server "
                "accepted it all the same.")
            : _("The client sent %s although the server's reply to EHLO does not list it. Servers "
                "often offer AUTH only after STARTTLS, or only on ports 587 and 465."),
        note->command->verb);
}

static char *say_mechanism_not_offered(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        note->code == 235
            ? _("The client asked for %s, which the server's reply to EHLO does not list. The server "
                "accepted it all the same.")
            : _("The client asked for %s, which the server's reply to EHLO does not list. Set the "
                "client to use one of the SASL mechanisms listed there."),
        note->command->mechanism);
}

static char *say_surplus(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->answers_chunk)
        return wmem_strdup_printf(
            scope,
            _("SMTP %u answers a line of the message: the server refused BDAT, and then took the chunk for "
              "commands instead of discarding it (RFC 3030, section 2). That is a fault of the server."),
            note->code);
    return wmem_strdup_printf(
        scope,
        _("SMTP %u answers nothing: no command is waiting. The server probably answered a command twice, "
          "or took message data for a command. Clients may match later replies to the wrong commands."),
        note->code);
}

static char *say_injected(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup(
        scope,
        note->verdict == VERDICT_UNSOLICITED
            ? _("This reply follows the server's 220 to STARTTLS in clear text, unasked. Someone on "
                "the path may have injected it, to be trusted inside TLS. The client must discard it: "
                "update the client if it does not.")
            : _("A command follows STARTTLS in clear text, before TLS. Someone on the path may have "
                "injected it, to be carried out inside TLS. The server must discard it: update the "
                "server if it does not."));
}

static char *say_smuggled(wmem_allocator_t *scope, const reply_note *note)
{
    const uint32_t frame = note->command->frame;

    if (!note->smuggled)
        return wmem_strdup_printf(
            scope,
            _("The server took a dot line in frame %u for the end of the message, although CR LF is not "
              "on both sides of it. Update the server, or set it to refuse such lines: they let others "
              "smuggle in forged mail."),
            frame);
    if (frame == 0)
        return language_fill(
            scope,
            _("SMTP %u answers %s, which was smuggled in inside a message. The server took a malformed "
              "dot line for the end of that message. Update the server: it lets others forge mail."),
            note->code, command_text(scope, note));
    return language_fill(
        scope,
        _("SMTP %u answers %s in frame %u, which was smuggled in inside a message. The server took a "
          "malformed dot line for the end of that message. Update the server: it lets others forge "
          "mail."),
        note->code, command_text(scope, note), frame);
}

static char *say_rewritten(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup(
        scope,
        note_command_id(note) == COMMAND_STARTTLS
            ? _("Something between client and server rewrites SMTP. STARTTLS does not get through it, "
                "so there is no TLS here. Turn off SMTP inspection (fixup) in the firewall or "
                "antivirus program.")
            : _("Something between client and server rewrites SMTP. Extensions that it masks, such as "
                "AUTH or STARTTLS, can't be used. Turn off SMTP inspection (fixup) in the firewall or "
                "antivirus program."));
}

/* How long clients should wait at least, in minutes (RFC 5321, section 4.5.3.2); 0: it doesn't say. */
static unsigned minutes_to_wait(command_id command)
{
    switch (command) {
    case COMMAND_CONNECTION:
    case COMMAND_MAIL:
    case COMMAND_RCPT:
        return 5;
    case COMMAND_DATA:
        return 2;
    case COMMAND_MESSAGE:
        return 10;
    default:
        return 0;
    }
}

/* What took how long. */
static char *delay_text(wmem_allocator_t *scope, const reply_note *note)
{
    const char *elapsed = elapsed_text(scope, note->slow * NS_PER_TENTH);
    const uint32_t frame = note->command->frame;
    const bool greets = note_command_id(note) == COMMAND_CONNECTION;

    if (greets && frame == 0)
        return wmem_strdup_printf(scope, _("The server took %s to greet."), elapsed);
    if (greets)
        return wmem_strdup_printf(scope, _("The server took %s to greet in frame %u."), elapsed,
                                  frame);
    if (frame == 0)
        return language_fill(scope, _("The server took %s to answer %s."), elapsed,
                             command_text(scope, note));
    return language_fill(scope, _("The server took %s to answer %s in frame %u."), elapsed,
                         command_text(scope, note), frame);
}

static char *say_slow(wmem_allocator_t *scope, const reply_note *note)
{
    const unsigned minutes = minutes_to_wait(note_command_id(note));
    const char *said = delay_text(scope, note);

    if (minutes > 0)
        said = language_join(
            scope, said,
            wmem_strdup_printf(
                scope, _("RFC 5321 has clients wait %u minutes for it; many give up sooner."),
                minutes));
    return (char *)language_join(
        scope, said,
        _("Look for what it waited for: DNS, filters, load, or a delay against spam."));
}

static char *say_proxy_refused(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(
        scope,
        _("SMTP %u: the server took the PROXY protocol header in frame %u for a command. Switch the "
          "PROXY protocol on for this port of the server, or off in the proxy."),
        note->code, note->command->frame);
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
        .info.summary = N_("211: status or help, as requested"),
        .holds = is_status,
        .say = say_status,
    },
    [FINDING_AUTHENTICATED] = {
        .info.name = "authenticated",
        .info.severity = FINDING_CHAT,
        .info.group = FINDING_RESPONSE,
        .info.summary = N_("235: authenticated"),
        .holds = is_authenticated,
        .say = say_authenticated,
    },
    [FINDING_AUTH_REFUSED] = {
        .info.name = "auth_refused",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_RESPONSE,
        .info.summary = N_("A login was refused"),
        .holds = is_auth_refused,
        .say = say_refused,
    },
    [FINDING_AUTH_UNCLEAR] = {
        .info.name = "auth_unclear",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("AUTH ended with a reply that no standard lists for it"),
        .holds = is_auth_unclear,
        .say = say_auth_unclear,
    },
    [FINDING_HELP_REFUSED] = {
        .info.name = "help_refused",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_RESPONSE,
        .info.summary = N_("HELP was refused"),
        .holds = is_help_refused,
        .say = say_help_refused,
    },
    [FINDING_REFUSED] = {
        .info.name = "refused",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_RESPONSE,
        .info.summary = N_("The server refused a command, a message or a connection"),
        .holds = is_refused,
        .say = say_refused,
    },
    [FINDING_STATUS_MISPLACED] = {
        .info.name = "status_misplaced",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("211 where it doesn't belong"),
        .holds = is_status_misplaced,
        .say = say_status_misplaced,
    },
    [FINDING_AUTH_MISPLACED] = {
        .info.name = "auth_misplaced",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("235 where it doesn't belong"),
        .holds = is_auth_misplaced,
        .say = say_auth_misplaced,
    },
    [FINDING_UNSOLICITED] = {
        .info.name = "unsolicited",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("211 or 235, although nothing asked for it"),
        .holds = is_unsolicited,
        .say = say_unsolicited,
    },
    [FINDING_NO_CONTEXT] = {
        .info.name = "no_context",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("211 or 235 in answer to something the capture doesn't show"),
        .holds = is_without_context,
        .say = say_without_context,
    },
    [FINDING_CREDENTIALS_EXPOSED] = {
        .info.name = "credentials_exposed",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = N_("A reusable secret was sent without TLS"),
        .holds = is_exposed,
        .say = say_exposed,
    },
    [FINDING_REPEATED_FAILURES] = {
        .info.name = "repeated_failures",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = N_("Three or more refused logins in one session"),
        .holds = is_repeated_failure,
        .say = say_repeated_failures,
    },
    [FINDING_AUTH_LOST] = {
        .info.name = "auth_lost",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("530 in an authenticated session"),
        .holds = is_auth_lost,
        .say = say_auth_lost,
    },
    [FINDING_TEXT_CONTRADICTS] = {
        .info.name = "text_contradicts",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The text says the opposite of the code"),
        .holds = is_contradicted,
        .say = say_contradicts,
    },
    [FINDING_ENHANCED_MISMATCH] = {
        .info.name = "enhanced_mismatch",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The enhanced status code doesn't fit the reply code"),
        .holds = is_enhanced_mismatched,
        .say = say_enhanced_mismatch,
    },
    [FINDING_CODE_CHANGED] = {
        .info.name = "code_changed",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The lines of one reply carry different codes"),
        .holds = is_code_changed,
        .say = say_code_changed,
    },
    [FINDING_AUTH_NOT_OFFERED] = {
        .info.name = "auth_not_offered",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("AUTH, although the reply to EHLO doesn't list it"),
        .holds = is_auth_not_offered,
        .say = say_auth_not_offered,
    },
    [FINDING_MECHANISM_NOT_OFFERED] = {
        .info.name = "mechanism_not_offered",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("AUTH with a mechanism that the reply to EHLO doesn't list"),
        .holds = is_mechanism_not_offered,
        .say = say_mechanism_not_offered,
    },
    [FINDING_SURPLUS_REPLY] = {
        .info.name = "surplus_reply",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("A reply that answers nothing"),
        .holds = is_surplus,
        .say = say_surplus,
    },
    [FINDING_NO_REPLY] = {
        .info.name = "no_reply",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("The session ended before a command got its reply"),
    },
    [FINDING_CHALLENGE_UNANSWERED] = {
        .info.name = "challenge_unanswered",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("The client did not answer a challenge"),
    },
    [FINDING_STARTTLS_INJECTION] = {
        .info.name = "starttls_injection",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = N_("Clear text after STARTTLS, or after its 220"),
        .holds = is_injected,
        .say = say_injected,
    },
    [FINDING_SMUGGLING] = {
        .info.name = "smuggling",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = N_("A message with a false end, and commands after it"),
        .holds = is_smuggled,
        .say = say_smuggled,
    },
    [FINDING_MIDDLEBOX] = {
        .info.name = "middlebox",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("Something between client and server rewrites SMTP"),
        .holds = is_rewritten,
        .say = say_rewritten,
    },
    [FINDING_SLOW_REPLY] = {
        .info.name = "slow_reply",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("A reply that took long"),
        .holds = is_slow,
        .say = say_slow,
    },
    [FINDING_EARLY_TALKER] = {
        .info.name = "early_talker",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_SEQUENCE,
        .info.summary = N_("The client spoke before it had to be answered"),
    },
    [FINDING_TLS_EXPECTED] = {
        .info.name = "tls_expected",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The client began TLS, the server speaks clear text"),
    },
    [FINDING_CLEAR_TEXT_EXPECTED] = {
        .info.name = "clear_text_expected",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The client speaks clear text, the server TLS"),
    },
    [FINDING_TLS_FAILED] = {
        .info.name = "tls_failed",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_SECURITY,
        .info.summary = N_("The TLS handshake failed"),
    },
    [FINDING_TLS_UNREAD] = {
        .info.name = "tls_unread",
        .info.severity = FINDING_CHAT,
        .info.group = FINDING_DECRYPTION,
        .info.summary = N_("The session goes on in TLS that is not decrypted"),
    },
    [FINDING_PROXY_HEADER] = {
        .info.name = "proxy_header",
        .info.severity = FINDING_CHAT,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("A PROXY protocol header"),
    },
    [FINDING_PROXY_REFUSED] = {
        .info.name = "proxy_refused",
        .info.severity = FINDING_WARN,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The server took a PROXY protocol header for a command"),
        .holds = is_proxy_refused,
        .say = say_proxy_refused,
    },
    [FINDING_LINE_WITHOUT_CR] = {
        .info.name = "line_without_cr",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("The client does not end its lines with CR LF"),
    },
    [FINDING_LINE_WITHOUT_CODE] = {
        .info.name = "line_without_code",
        .info.severity = FINDING_NOTE,
        .info.group = FINDING_PROTOCOL,
        .info.summary = N_("A line of the server begins with no reply code"),
    },
};

const finding_info *finding_describe(finding f)
{
    return &findings[f].info;
}

/* Codes that end a login, even if the capture lacks its AUTH (RFC 4954, section 6). */
static command_id refused_command(const reply_note *note)
{
    bool ends_login = note->code == 534 || note->code == 535 || note->code == 538;

    return note->command == NULL && ends_login ? COMMAND_AUTH : note_command_id(note);
}

const char *finding_summary(wmem_allocator_t *scope, finding f, cause why)
{
    static const char *const refused[FINDING_COUNT] = {
        [FINDING_AUTH_REFUSED] = N_("Login refused"),
        [FINDING_HELP_REFUSED] = N_("HELP refused"),
        [FINDING_REFUSED] = N_("Refused"),
    };

    if (why == CAUSE_NONE || refused[f] == NULL)
        return _(findings[f].info.summary);
    return wmem_strdup_printf(scope, C_("refusal", "%s: %s"), _(refused[f]), cause_in_words(why));
}

static void judge_cause(reply_note *note, const session_facts *facts)
{
    const refusal reply = { .code = note->code,
                            .enhanced = &note->enhanced,
                            .text = note->text,
                            .command = refused_command(note),
                            .mechanism = note->command != NULL ? note->command->mechanism : NULL,
                            .facts = facts };
    const cause_found found = cause_judge(&reply);

    note->cause = found.cause;
    note->cause_evidence = found.evidence;
    note->cause_fact = found.fact;
    note->cause_rule = found.rule;
    note->cause_frame = found.frame;
}

G_STATIC_ASSERT(FINDING_OF_REPLIES <= 32);

void finding_judge(reply_note *note, const session_facts *facts)
{
    if (facts != NULL)
        judge_cause(note, facts);
    note->findings = 0;
    for (unsigned f = 0; f < FINDING_OF_REPLIES; f++)
        if (findings[f].holds(note))
            note->findings |= 1u << f;
}

bool finding_in(uint32_t set, finding f)
{
    return f < FINDING_OF_REPLIES && (set & (1u << f)) != 0;
}

char *finding_sentence(wmem_allocator_t *scope, const reply_note *note, finding f)
{
    return findings[f].say(scope, note);
}
