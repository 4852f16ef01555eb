/* cause_explain.c
 * The causes of refusals: their words, and what is to be said about each.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause.h"

#include <string.h>

#include <glib.h>

#include "cause_tables.h"
#include "language.h"

/* Who can do something about it. */
#define USER N_("the user")
#define SENDING_ADMIN N_("the administrator of the sending side")
#define SERVER_ADMIN N_("the administrator of this server")
#define RECIPIENT N_("the recipient")
#define PROGRAM N_("whoever runs the sending program")

static const struct {
    const char *word;
    cause_explanation general; /* in English; says_who is not set */
} causes[CAUSE_COUNT] = {
    /* --- about the login --- */
    [CAUSE_BAD_CREDENTIALS] = {
        .word = NC_("cause", "bad credentials"),
        .general.meaning = N_("The server does not accept this user name and secret."),
        .general.who = USER,
        .general.advice = N_("Check the user name, and the password, app password or key that goes "
                          "with it."),
    },
    [CAUSE_APP_PASSWORD_NEEDED] = {
        .word = NC_("cause", "app password needed"),
        .general.meaning = N_("The server wants a password made for this program; the account's own "
                           "is not taken."),
        .general.who = USER,
        .general.advice = N_("Create an app password (an authorization code) in the account's web "
                          "settings, and give that to the program."),
    },
    [CAUSE_TOKEN_REFUSED] = {
        .word = NC_("cause", "token refused"),
        .general.meaning = N_("The server does not accept the OAuth token."),
        .general.who = PROGRAM,
        .general.advice = N_("Get a new token: not expired, with the scope for SMTP, for this user "
                          "and this tenant."),
    },
    [CAUSE_LOGIN_DISABLED] = {
        .word = NC_("cause", "login disabled"),
        .general.meaning = N_("Logging in this way is switched off for this account; the secret was "
                           "not the reason."),
        .general.who = N_("the administrator of the account"),
        .general.advice = N_("The administrator allows SMTP login for the account, or the program "
                          "uses another way to log in."),
    },
    [CAUSE_ACCOUNT_LOCKED] = {
        .word = NC_("cause", "account locked"),
        .general.meaning = N_("The account is locked or suspended, so nobody can use it here."),
        .general.who = N_("the user, and the administrator of the account"),
        .general.advice = N_("The user logs in on the provider's web site to see why, or asks the "
                          "administrator to unlock it."),
    },
    [CAUSE_MECHANISM_NOT_USABLE] = {
        .word = NC_("cause", "mechanism not usable"),
        .general.meaning = N_("The server does not take this mechanism of logging in, here or for "
                           "this user."),
        .general.who = PROGRAM,
        .general.advice = N_("Set the program to a mechanism that the server's reply to EHLO "
                          "lists."),
    },
    [CAUSE_TLS_NEEDED] = {
        .word = NC_("cause", "TLS needed"),
        .general.meaning = N_("The server wants TLS to begin first."),
        .general.who = PROGRAM,
        .general.advice = N_("Switch TLS on in the sending program: STARTTLS, or TLS from the start "
                          "on port 465."),
    },
    [CAUSE_LOGIN_NEEDED] = {
        .word = NC_("cause", "login needed"),
        .general.meaning = N_("The server wants the client to log in first."),
        .general.who = PROGRAM,
        .general.advice = N_("Switch authentication on in the sending program, with a user that this server knows."),
    },
    [CAUSE_LOGIN_CANCELLED] = {
        .word = NC_("cause", "login cancelled"),
        .general.meaning = N_("The login was broken off before it was complete."),
        .general.who = PROGRAM,
        .general.advice = N_("Look in the client's log for why it gave up: often a mechanism it can't "
                          "do, or no password at hand."),
    },
    [CAUSE_ALREADY_LOGGED_IN] = {
        .word = NC_("cause", "already logged in"),
        .general.meaning = N_("The client is logged in already; a second AUTH is not allowed."),
        .general.who = PROGRAM,
        .general.advice = N_("Nothing is lost: the first login holds; to change the user, the program "
                          "has to connect anew."),
    },
    [CAUSE_SENDER_NOT_OWNED] = {
        .word = NC_("cause", "sender not owned"),
        .general.meaning = N_("The sender's address is not one that this login may use."),
        .general.who = N_("the user, then the administrator of this server"),
        .general.advice = N_("Set the sender to the login's own address, or ask the administrator to allow this one for it."),
    },
    /* --- about the client --- */
    [CAUSE_CLIENT_BLOCKED] = {
        .word = NC_("cause", "client blocked"),
        .general.meaning = N_("The server blocks this client's address, by a block list or a rule of "
                           "its own."),
        .general.who = SENDING_ADMIN,
        .general.advice = N_("Stop spam from that address, then ask for removal where the reply says; mail programs log in on port 587."),
    },
    [CAUSE_BAD_REPUTATION] = {
        .word = NC_("cause", "bad reputation"),
        .general.meaning = N_("The server distrusts the client's address or domain: complaints, spam, "
                           "or too little known of it."),
        .general.who = SENDING_ADMIN,
        .general.advice = N_("Send only what people want, check SPF, DKIM and DMARC, and follow the reply's link if it has one."),
    },
    [CAUSE_REVERSE_DNS] = {
        .word = NC_("cause", "reverse DNS"),
        .general.meaning = N_("The client's address has no name in DNS, or one that does not point "
                           "back to it."),
        .general.who = SENDING_ADMIN,
        .general.advice = N_("Whoever owns the address sets its PTR record to the host's name, and that name has to point back."),
    },
    [CAUSE_RATE_LIMITED] = {
        .word = NC_("cause", "rate limited"),
        .general.meaning = N_("Too much was sent in too short a time, by this client, sender or "
                           "account, or to this recipient."),
        .general.who = N_("time, then the administrator of the sending side"),
        .general.advice = N_("The client waits, then sends more slowly; look for an account that sends more than it should."),
    },
    [CAUSE_TOO_MANY_CONNECTIONS] = {
        .word = NC_("cause", "too many connections"),
        .general.meaning = N_("The client has more connections open, or opens them faster, than the "
                           "server allows."),
        .general.who = SENDING_ADMIN,
        .general.advice = N_("The sending server opens fewer at a time and uses each for several messages; then it tries again."),
    },
    [CAUSE_TOO_MANY_FAILURES] = {
        .word = NC_("cause", "too many failures"),
        .general.meaning = N_("Too many commands or logins of this client have failed, so the server "
                           "no longer listens to it."),
        .general.who = SENDING_ADMIN,
        .general.advice = N_("Read the refusals before this one for the reason; often it is a list of dead addresses."),
    },
    [CAUSE_GREYLISTED] = {
        .word = NC_("cause", "greylisted"),
        .general.meaning = N_("The server does not know this sender yet and puts it off; nothing is wrong, a later try usually succeeds."),
        .general.who = N_("time"),
        .general.advice = N_("The client tries again in a few minutes, as mail servers do by themselves; other programs need a queue."),
    },
    [CAUSE_SPOKE_TOO_EARLY] = {
        .word = NC_("cause", "spoke too early"),
        .general.meaning = N_("The client sent something before it was its turn; servers refuse that "
                           "because spam programs do it."),
        .general.who = PROGRAM,
        .general.advice = N_("The client has to wait for the whole greeting, and for each reply "
                          "unless EHLO offers PIPELINING."),
    },
    /* --- about the sender and the message --- */
    [CAUSE_SENDER_REFUSED] = {
        .word = NC_("cause", "sender refused"),
        .general.meaning = N_("The server does not accept the sender's address."),
        .general.who = N_("the user, and the administrator of the sending side"),
        .general.advice = N_("Check that the address exists, and that its domain is in DNS with an MX "
                          "or an address record."),
    },
    [CAUSE_SENDER_AUTHENTICATION] = {
        .word = NC_("cause", "sender authentication"),
        .general.meaning = N_("SPF, DKIM or DMARC does not confirm that this mail comes from the "
                           "sender's domain."),
        .general.who = SENDING_ADMIN,
        .general.advice = N_("Add the sending server to the domain's SPF record and sign with DKIM, or send by the domain's own server."),
    },
    [CAUSE_SPAM] = {
        .word = NC_("cause", "spam"),
        .general.meaning = N_("The server takes the message for spam."),
        .general.who = N_("the user, and the administrator of the sending side"),
        .general.advice = N_("Look at the links, the wording and the sender's DNS records; then ask "
                          "the recipient's side to let it in."),
    },
    [CAUSE_VIRUS] = {
        .word = NC_("cause", "virus"),
        .general.meaning = N_("The server found malware in the message, or takes it for that."),
        .general.who = N_("the user, and the administrator of the sending side"),
        .general.advice = N_("Scan the sender's computer and the attachment; send a harmless file in another way."),
    },
    [CAUSE_CONTENT] = {
        .word = NC_("cause", "content"),
        .general.meaning = N_("The server does not accept something in the message: a header, an "
                           "attachment, or its form."),
        .general.who = USER,
        .general.advice = N_("Look at what the reply names, then send the message again without "
                          "it."),
    },
    [CAUSE_MESSAGE_TOO_BIG] = {
        .word = NC_("cause", "message too big"),
        .general.meaning = N_("The message is bigger than the server or the recipient takes."),
        .general.who = USER,
        .general.advice = N_("Send it smaller, or as a link; an attachment grows by a third on its "
                          "way."),
    },
    [CAUSE_POLICY] = {
        .word = NC_("cause", "policy"),
        .general.meaning = N_("A rule of the server forbids this, here or to this client."),
        .general.who = SERVER_ADMIN,
        .general.advice = N_("The server's administrator can tell which rule it was: only the server's log has it."),
    },
    /* --- about the recipient --- */
    [CAUSE_NO_SUCH_RECIPIENT] = {
        .word = NC_("cause", "no such recipient"),
        .general.meaning = N_("The server has no mailbox of this name."),
        .general.who = USER,
        .general.advice = N_("Check the spelling; if it is right, ask the recipient in another way which address works."),
    },
    [CAUSE_RECIPIENT_REFUSED] = {
        .word = NC_("cause", "recipient refused"),
        .general.meaning = N_("The server takes no mail for this recipient, or not from this "
                           "sender."),
        .general.who = N_("the recipient, and the administrator of this server"),
        .general.advice = N_("The recipient or their administrator decides what the mailbox takes: ask them in another way."),
    },
    [CAUSE_MAILBOX_FULL] = {
        .word = NC_("cause", "mailbox full"),
        .general.meaning = N_("The recipient's mailbox has no room left."),
        .general.who = RECIPIENT,
        .general.advice = N_("The recipient has to make room: tell them in another way, then send it again."),
    },
    [CAUSE_MAILBOX_DISABLED] = {
        .word = NC_("cause", "mailbox disabled"),
        .general.meaning = N_("The recipient's mailbox exists, but is switched off."),
        .general.who = N_("the recipient, and the administrator of this server"),
        .general.advice = N_("The recipient's administrator can switch it on again; ask the recipient in another way if they still use it."),
    },
    [CAUSE_RECIPIENT_MOVED] = {
        .word = NC_("cause", "recipient moved"),
        .general.meaning = N_("The recipient is not, or no longer, at this address or this server."),
        .general.who = USER,
        .general.advice = N_("Use the new address if the reply names one, or ask the recipient in "
                          "another way."),
    },
    [CAUSE_UNKNOWN_DOMAIN] = {
        .word = NC_("cause", "unknown domain"),
        .general.meaning = N_("The domain of the recipient's address does not exist, or takes no "
                           "mail."),
        .general.who = USER,
        .general.advice = N_("Check the spelling behind the @; if it is right, the domain's owner has "
                          "to fix its MX record in DNS."),
    },
    [CAUSE_RELAY_DENIED] = {
        .word = NC_("cause", "relay denied"),
        .general.meaning = N_("The server is not responsible for this recipient's domain, and does "
                           "not pass mail on for this client."),
        .general.who = N_("whoever runs the sending program, then the administrator of this server"),
        .general.advice = N_("Users log in before they send; for a domain of this server, its "
                          "administrator adds it to those it serves."),
    },
    [CAUSE_TOO_MANY_RECIPIENTS] = {
        .word = NC_("cause", "too many recipients"),
        .general.meaning = N_("The message has more recipients than the server takes at once."),
        .general.who = PROGRAM,
        .general.advice = N_("Send to those that were accepted, and to the rest in another "
                          "transaction, as mail servers do by themselves."),
    },
    /* --- about the protocol --- */
    [CAUSE_SYNTAX] = {
        .word = NC_("cause", "syntax"),
        .general.meaning = N_("The server can't read the command: it, or what stands behind it, is "
                           "not written as it should be."),
        .general.who = PROGRAM,
        .general.advice = N_("Compare the command in its frame with what the reply complains "
                          "about."),
    },
    [CAUSE_UNKNOWN_COMMAND] = {
        .word = NC_("cause", "unknown command"),
        .general.meaning = N_("The server does not know what the client sent as a command."),
        .general.who = PROGRAM,
        .general.advice = N_("Look at that line: it may belong to something else (a proxy, TLS, a message), or was rewritten on its way."),
    },
    [CAUSE_NOT_AVAILABLE] = {
        .word = NC_("cause", "not available"),
        .general.meaning = N_("The server knows this, but does not offer it here."),
        .general.who = N_("whoever runs the sending program, then the administrator of this server"),
        .general.advice = N_("Use only what the server's reply to EHLO lists; its administrator can "
                          "switch it on."),
    },
    [CAUSE_WRONG_ORDER] = {
        .word = NC_("cause", "wrong order"),
        .general.meaning = N_("The command came at a moment when the server can't take it."),
        .general.who = PROGRAM,
        .general.advice = N_("Look at the replies before this one: the first that refuses shows the "
                          "error to fix."),
    },
    [CAUSE_BARE_LINE_FEED] = {
        .word = NC_("cause", "bare line feed"),
        .general.meaning = N_("A line of the message ends with LF or CR alone; the server wants CR LF "
                           "together."),
        .general.who = PROGRAM,
        .general.advice = N_("The sending program has to end every line with CR LF; libraries for "
                          "mail do that by themselves."),
    },
    /* --- about the server --- */
    [CAUSE_SERVER_TROUBLE] = {
        .word = NC_("cause", "server trouble"),
        .general.meaning = N_("Something on the server's side failed; the client did nothing "
                           "wrong."),
        .general.who = N_("time, then the administrator of this server"),
        .general.advice = N_("The client can try again later; if that fails too, the server's administrator finds the reason in its log."),
    },
    [CAUSE_SERVER_STORAGE_FULL] = {
        .word = NC_("cause", "server storage full"),
        .general.meaning = N_("The server itself has no room left for mail."),
        .general.who = SERVER_ADMIN,
        .general.advice = N_("The server's administrator makes room on its disk; after that the mail "
                          "can be sent again."),
    },
    [CAUSE_CLOSING] = {
        .word = NC_("cause", "closing"),
        .general.meaning = N_("The server ends the connection: it is stopping, or wants no more for "
                           "now."),
        .general.who = N_("time"),
        .general.advice = N_("The client connects again later and goes on; what was not accepted has "
                          "to be sent again."),
    },
    [CAUSE_TIMED_OUT] = {
        .word = NC_("cause", "timed out"),
        .general.meaning = N_("Something took too long: the client was silent, or a server behind did "
                           "not answer."),
        .general.who = N_("the administrator of the side that was slow"),
        .general.advice = N_("The times before this reply show who let the other wait; that side's administrator looks into it."),
    },
    [CAUSE_MAIL_LOOP] = {
        .word = NC_("cause", "mail loop"),
        .general.meaning = N_("The message goes round in circles between servers."),
        .general.who = SERVER_ADMIN,
        .general.advice = N_("Read the Received headers for the servers that pass it on to each "
                          "other; one of them has to deliver it."),
    },
    [CAUSE_ROUTING] = {
        .word = NC_("cause", "routing"),
        .general.meaning = N_("The server can't reach, or can't find, where the mail has to go "
                           "next."),
        .general.who = SERVER_ADMIN,
        .general.advice = N_("The server's administrator checks DNS and the next server for this "
                          "domain; after that the mail can be sent again."),
    },
    /* --- nothing tells --- */
    [CAUSE_UNSPECIFIED] = {
        .word = NC_("cause", "unspecified"),
        .general.meaning = N_("The server refuses, and nothing here says why."),
        .general.who = SERVER_ADMIN,
        .general.advice = N_("The server's administrator can look this reply up in the server's log: name its time and its words."),
    },
};

/* What a fact is called as evidence. */
static const char *const fact_texts[FACT_COUNT] = {
    /* Translators: what is in braces names a frame, and is left out where none is known. */
    [FACT_SPOKE_EARLY] = N_("the client spoke{ in frame %u}, before the greeting"),
    [FACT_PROXY_HEADER] = N_("a PROXY header came{ in frame %u}"),
    [FACT_NO_HELLO] = N_("no EHLO or HELO was accepted before"),
    [FACT_HELO] = N_("it began with HELO{ in frame %u}"),
    [FACT_AUTH_OFFERED] = N_("the reply to EHLO{ in frame %u} lists AUTH"),
    [FACT_AUTH_NOT_OFFERED] = N_("the reply to EHLO{ in frame %u} does not list AUTH"),
    [FACT_MECHANISM_NOT_OFFERED] =
        N_("the reply to EHLO{ in frame %u} does not list the mechanism"),
    [FACT_STARTTLS_OFFERED] = N_("the reply to EHLO{ in frame %u} lists STARTTLS"),
    [FACT_STARTTLS_NOT_OFFERED] = N_("the reply to EHLO{ in frame %u} does not list STARTTLS"),
    [FACT_PIPELINING_NOT_OFFERED] = N_("the reply to EHLO{ in frame %u} does not list PIPELINING"),
    [FACT_XCLIENT_NOT_OFFERED] = N_("the reply to EHLO{ in frame %u} does not list XCLIENT"),
    [FACT_ENCRYPTED] = N_("it is inside TLS"),
    [FACT_NOT_ENCRYPTED] = N_("it is not inside TLS"),
    [FACT_CREDENTIALS_SENT] = N_("the client sent its credentials{ in frame %u}"),
    [FACT_NO_CREDENTIALS_SENT] = N_("the client had not sent any credentials"),
    [FACT_RESPONSES_EQUAL] = N_("user name and password were the same"),
    [FACT_CANCELLED] = N_("the client sent \"*\"{ in frame %u}"),
    [FACT_TOKEN_ERROR] = N_("the 334{ in frame %u} carried an error"),
    [FACT_AUTHENTICATED] = N_("the client is logged in since the 235{ in frame %u}"),
    [FACT_NOT_AUTHENTICATED] = N_("the client has not logged in"),
    [FACT_LOGIN_REFUSED] = N_("a login was refused{ in frame %u}"),
    [FACT_MAIL_REFUSED] = N_("MAIL{ in frame %u} was refused"),
    [FACT_NO_MAIL] = N_("no mail transaction is open"),
    [FACT_MAIL_OPEN] = N_("MAIL was accepted{ in frame %u}"),
    [FACT_RCPT_REFUSED] = N_("every RCPT was refused, the last{ in frame %u}"),
    [FACT_RCPT_ACCEPTED] = N_("a RCPT was accepted{ in frame %u}"),
    [FACT_NO_RCPT] = N_("no RCPT was sent"),
};

/* Names the frame in what is in braces, "{ in frame %u}"; without a frame that is left out. A text without
 * braces is given back as it is. The translation has braces of its own. */
static const char *name_frame(wmem_allocator_t *scope, const char *text, uint32_t frame)
{
    const char *begin = text != NULL ? strchr(text, '{') : NULL;
    const char *end = begin != NULL ? strchr(begin, '}') : NULL;
    const char *number = begin != NULL ? strstr(begin, "%u") : NULL;

    if (end == NULL || number == NULL || number > end)
        return text;
    if (frame == 0)
        return wmem_strdup_printf(scope, "%.*s%s", (int)(begin - text), text, end + 1);
    return wmem_strdup_printf(scope, "%.*s%.*s%u%.*s%s", (int)(begin - text), text,
                              (int)(number - begin - 1), begin + 1, frame, (int)(end - number - 2),
                              number + 2, end + 1);
}

const char *cause_word(cause id)
{
    return (unsigned)id < CAUSE_COUNT ? causes[id].word : NULL;
}

const char *cause_in_words(cause id)
{
    const char *word = cause_word(id);

    return word != NULL ? C_("cause", word) : NULL;
}

static char *session_text(wmem_allocator_t *scope, const cause_found *found)
{
    const char *text = found->fact < FACT_COUNT ? fact_texts[found->fact] : NULL;

    if (text == NULL)
        return wmem_strdup(scope, _("the session"));
    return wmem_strdup_printf(scope, _("the session: %s"),
                              name_frame(scope, _(text), found->frame));
}

/* Does an enhanced status code tell, or one that stands among the words? */
static bool is_told_by_enhanced(const cause_found *found)
{
    if (found->evidence == CAUSE_FROM_OPERATOR)
        return cause_rule_at(found->rule)->subject != 0;
    return found->evidence == CAUSE_FROM_ENHANCED;
}

char *cause_from_text(wmem_allocator_t *scope, const cause_found *found,
                      const enhanced_code *enhanced)
{
    if (found->evidence == CAUSE_FROM_SESSION)
        return session_text(scope, found);
    if (found->evidence == CAUSE_FROM_CODE)
        return wmem_strdup(scope, _("the reply code"));
    if (is_told_by_enhanced(found) && enhanced != NULL && enhanced->status_class != 0)
        return wmem_strdup_printf(scope, _("enhanced status code %u.%u.%u"), enhanced->status_class,
                                  enhanced->subject, enhanced->detail);
    return wmem_strdup(scope, _("the server's words"));
}

static const char *const refused_things[COMMAND_COUNT] = {
    [COMMAND_CONNECTION] = N_("Connection refused"),
    [COMMAND_MESSAGE] = N_("Message refused"),
    [COMMAND_EHLO] = N_("EHLO refused"),
    [COMMAND_HELO] = N_("HELO refused"),
    [COMMAND_LHLO] = N_("LHLO refused"),
    [COMMAND_MAIL] = N_("MAIL refused"),
    [COMMAND_RCPT] = N_("RCPT refused"),
    [COMMAND_DATA] = N_("DATA refused"),
    [COMMAND_BDAT] = N_("Message refused"),
    [COMMAND_BURL] = N_("Message refused"),
    [COMMAND_RSET] = N_("RSET refused"),
    [COMMAND_NOOP] = N_("NOOP refused"),
    [COMMAND_VRFY] = N_("VRFY refused"),
    [COMMAND_EXPN] = N_("EXPN refused"),
    [COMMAND_HELP] = N_("HELP refused"),
    [COMMAND_QUIT] = N_("QUIT refused"),
    [COMMAND_AUTH] = N_("Login refused"),
    [COMMAND_X_EXPS] = N_("Login refused"),
    [COMMAND_STARTTLS] = N_("STARTTLS refused"),
    [COMMAND_ETRN] = N_("ETRN refused"),
    [COMMAND_ATRN] = N_("ATRN refused"),
    [COMMAND_TURN] = N_("TURN refused"),
    [COMMAND_XCLIENT] = N_("XCLIENT refused"),
    [COMMAND_XFORWARD] = N_("XFORWARD refused"),
    [COMMAND_XEXCH50] = N_("XEXCH50 refused"),
    [COMMAND_OTHER] = N_("Command refused"),
};

const char *cause_refused(command_id command)
{
    const char *text = (unsigned)command < COMMAND_COUNT ? refused_things[command] : NULL;

    return text != NULL ? _(text) : _("Refused");
}

/* Columns that are not filled in yet are taken over. */
static void fill(cause_explanation *out, const char *meaning, const char *who, const char *advice)
{
    if (out->meaning == NULL)
        out->meaning = meaning;
    if (out->who == NULL)
        out->who = who;
    if (out->advice == NULL)
        out->advice = advice;
}

static bool sentences_fit(const cause_sentences *row, const cause_found *found, unsigned code,
                          command_id command, unsigned mechanism)
{
    return row->cause == found->cause &&
           (row->code == 0 || row->code == code || row->code == code / 100) &&
           (row->fact == FACT_NONE || row->fact == found->fact) &&
           (row->mechanisms == 0 || (row->mechanisms & mechanism) != 0) &&
           (row->commands == 0 || (row->commands >> command & 1) != 0);
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
static bool heals_by_itself(const char *who)
{
    return g_str_has_prefix(who, "time");
}

/* From English, which tells more about itself. */
static cause_explanation translate(wmem_allocator_t *scope, const cause_explanation *english,
                                   uint32_t frame)
{
    const cause_explanation said = {
        .meaning = name_frame(scope, _(english->meaning), frame),
        .who = _(english->who),
        .advice = _(english->advice),
        .says_who = names_somebody(english->advice) || heals_by_itself(english->who),
    };

    return said;
}

cause_explanation cause_explain(wmem_allocator_t *scope, const cause_found *found, unsigned code,
                                command_id command, const char *mechanism)
{
    const cause_rule *rule = cause_rule_at(found->rule);
    const unsigned kind = cause_mechanism_kind(mechanism);
    const cause_explanation *general = &causes[found->cause].general;
    cause_explanation out = { NULL, NULL, NULL, false };

    if (rule != NULL)
        fill(&out, rule->meaning, rule->who, rule->advice);
    for (size_t i = 0; i < cause_sentence_count; i++) {
        const cause_sentences *row = &cause_sentence_table[i];

        if (sentences_fit(row, found, code, command, kind))
            fill(&out, row->meaning, row->who, row->advice);
    }
    fill(&out, general->meaning, general->who, general->advice);
    return translate(scope, &out, found->frame);
}
