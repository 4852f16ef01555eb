/* cause_explain.c
 * The causes of refusals: their words, and what is to be said about each.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause.h"

#include <string.h>

#include <glib.h>

#include "cause_tables.h"

/* Who can do something about it. */
#define USER "the user"
#define SENDING_ADMIN "the administrator of the sending side"
#define SERVER_ADMIN "the administrator of this server"
#define RECIPIENT "the recipient"
#define PROGRAM "whoever runs the sending program"

static const struct {
    const char *word;
    cause_explanation general;
} causes[CAUSE_COUNT] = {
    /* --- about the login --- */
    [CAUSE_BAD_CREDENTIALS] = {
        .word = "bad credentials",
        .general.meaning = "The server does not accept this user name and secret.",
        .general.who = USER,
        .general.advice = "Check the user name, and the password, app password or key that goes "
                          "with it.",
    },
    [CAUSE_APP_PASSWORD_NEEDED] = {
        .word = "app password needed",
        .general.meaning = "The server wants a password made for this program; the account's own "
                           "is not taken.",
        .general.who = USER,
        .general.advice = "Create an app password (an authorization code) in the account's web "
                          "settings, and give that to the program.",
    },
    [CAUSE_TOKEN_REFUSED] = {
        .word = "token refused",
        .general.meaning = "The server does not accept the OAuth token.",
        .general.who = PROGRAM,
        .general.advice = "Get a new token: not expired, with the scope for SMTP, for this user "
                          "and this tenant.",
    },
    [CAUSE_LOGIN_DISABLED] = {
        .word = "login disabled",
        .general.meaning = "Logging in this way is switched off for this account; the secret was "
                           "not the reason.",
        .general.who = "the administrator of the account",
        .general.advice = "The administrator allows SMTP login for the account, or the program "
                          "uses another way to log in.",
    },
    [CAUSE_ACCOUNT_LOCKED] = {
        .word = "account locked",
        .general.meaning = "The account is locked or suspended, so nobody can use it here.",
        .general.who = "the user, and the administrator of the account",
        .general.advice = "The user logs in on the provider's web site to see why, or asks the "
                          "administrator to unlock it.",
    },
    [CAUSE_MECHANISM_NOT_USABLE] = {
        .word = "mechanism not usable",
        .general.meaning = "The server does not take this mechanism of logging in, here or for "
                           "this user.",
        .general.who = PROGRAM,
        .general.advice = "Set the program to a mechanism that the server's reply to EHLO "
                          "lists.",
    },
    [CAUSE_TLS_NEEDED] = {
        .word = "TLS needed",
        .general.meaning = "The server wants TLS to begin first.",
        .general.who = PROGRAM,
        .general.advice = "Switch TLS on in the sending program: STARTTLS, or TLS from the start "
                          "on port 465.",
    },
    [CAUSE_LOGIN_NEEDED] = {
        .word = "login needed",
        .general.meaning = "The server wants the client to log in first.",
        .general.who = PROGRAM,
        .general.advice = "Switch authentication on in the sending program, with a user that this server knows.",
    },
    [CAUSE_LOGIN_CANCELLED] = {
        .word = "login cancelled",
        .general.meaning = "The login was broken off before it was complete.",
        .general.who = PROGRAM,
        .general.advice = "Look in the client's log for why it gave up: often a mechanism it can't "
                          "do, or no password at hand.",
    },
    [CAUSE_ALREADY_LOGGED_IN] = {
        .word = "already logged in",
        .general.meaning = "The client is logged in already; a second AUTH is not allowed.",
        .general.who = PROGRAM,
        .general.advice = "Nothing is lost: the first login holds; to change the user, the program "
                          "has to connect anew.",
    },
    [CAUSE_SENDER_NOT_OWNED] = {
        .word = "sender not owned",
        .general.meaning = "The sender's address is not one that this login may use.",
        .general.who = "the user, then the administrator of this server",
        .general.advice = "Set the sender to the login's own address, or ask the administrator to allow this one for it.",
    },
    /* --- about the client --- */
    [CAUSE_CLIENT_BLOCKED] = {
        .word = "client blocked",
        .general.meaning = "The server blocks this client's address, by a block list or a rule of "
                           "its own.",
        .general.who = SENDING_ADMIN,
        .general.advice = "Stop spam from that address, then ask for removal where the reply says; mail programs log in on port 587.",
    },
    [CAUSE_BAD_REPUTATION] = {
        .word = "bad reputation",
        .general.meaning = "The server distrusts the client's address or domain: complaints, spam, "
                           "or too little known of it.",
        .general.who = SENDING_ADMIN,
        .general.advice = "Send only what people want, check SPF, DKIM and DMARC, and follow the reply's link if it has one.",
    },
    [CAUSE_REVERSE_DNS] = {
        .word = "reverse DNS",
        .general.meaning = "The client's address has no name in DNS, or one that does not point "
                           "back to it.",
        .general.who = SENDING_ADMIN,
        .general.advice = "Whoever owns the address sets its PTR record to the host's name, and that name has to point back.",
    },
    [CAUSE_RATE_LIMITED] = {
        .word = "rate limited",
        .general.meaning = "Too much was sent in too short a time, by this client, sender or "
                           "account, or to this recipient.",
        .general.who = "time, then the administrator of the sending side",
        .general.advice = "The client waits, then sends more slowly; look for an account that sends more than it should.",
    },
    [CAUSE_TOO_MANY_CONNECTIONS] = {
        .word = "too many connections",
        .general.meaning = "The client has more connections open, or opens them faster, than the "
                           "server allows.",
        .general.who = SENDING_ADMIN,
        .general.advice = "The sending server opens fewer at a time and uses each for several messages; then it tries again.",
    },
    [CAUSE_TOO_MANY_FAILURES] = {
        .word = "too many failures",
        .general.meaning = "Too many commands or logins of this client have failed, so the server "
                           "no longer listens to it.",
        .general.who = SENDING_ADMIN,
        .general.advice = "Read the refusals before this one for the reason; often it is a list of dead addresses.",
    },
    [CAUSE_GREYLISTED] = {
        .word = "greylisted",
        .general.meaning = "The server does not know this sender yet and puts it off; nothing is wrong, a later try usually succeeds.",
        .general.who = "time",
        .general.advice = "The client tries again in a few minutes, as mail servers do by themselves; other programs need a queue.",
    },
    [CAUSE_SPOKE_TOO_EARLY] = {
        .word = "spoke too early",
        .general.meaning = "The client sent something before it was its turn; servers refuse that "
                           "because spam programs do it.",
        .general.who = PROGRAM,
        .general.advice = "The client has to wait for the whole greeting, and for each reply "
                          "unless EHLO offers PIPELINING.",
    },
    /* --- about the sender and the message --- */
    [CAUSE_SENDER_REFUSED] = {
        .word = "sender refused",
        .general.meaning = "The server does not accept the sender's address.",
        .general.who = "the user, and the administrator of the sending side",
        .general.advice = "Check that the address exists, and that its domain is in DNS with an MX "
                          "or an address record.",
    },
    [CAUSE_SENDER_AUTHENTICATION] = {
        .word = "sender authentication",
        .general.meaning = "SPF, DKIM or DMARC does not confirm that this mail comes from the "
                           "sender's domain.",
        .general.who = SENDING_ADMIN,
        .general.advice = "Add the sending server to the domain's SPF record and sign with DKIM, or send by the domain's own server.",
    },
    [CAUSE_SPAM] = {
        .word = "spam",
        .general.meaning = "The server takes the message for spam.",
        .general.who = "the user, and the administrator of the sending side",
        .general.advice = "Look at the links, the wording and the sender's DNS records; then ask "
                          "the recipient's side to let it in.",
    },
    [CAUSE_VIRUS] = {
        .word = "virus",
        .general.meaning = "The server found malware in the message, or takes it for that.",
        .general.who = "the user, and the administrator of the sending side",
        .general.advice = "Scan the sender's computer and the attachment; send a harmless file in another way.",
    },
    [CAUSE_CONTENT] = {
        .word = "content",
        .general.meaning = "The server does not accept something in the message: a header, an "
                           "attachment, or its form.",
        .general.who = USER,
        .general.advice = "Look at what the reply names, then send the message again without "
                          "it.",
    },
    [CAUSE_MESSAGE_TOO_BIG] = {
        .word = "message too big",
        .general.meaning = "The message is bigger than the server or the recipient takes.",
        .general.who = USER,
        .general.advice = "Send it smaller, or as a link; an attachment grows by a third on its "
                          "way.",
    },
    [CAUSE_POLICY] = {
        .word = "policy",
        .general.meaning = "A rule of the server forbids this, here or to this client.",
        .general.who = SERVER_ADMIN,
        .general.advice = "The server's administrator can tell which rule it was: only the server's log has it.",
    },
    /* --- about the recipient --- */
    [CAUSE_NO_SUCH_RECIPIENT] = {
        .word = "no such recipient",
        .general.meaning = "The server has no mailbox of this name.",
        .general.who = USER,
        .general.advice = "Check the spelling; if it is right, ask the recipient in another way which address works.",
    },
    [CAUSE_RECIPIENT_REFUSED] = {
        .word = "recipient refused",
        .general.meaning = "The server takes no mail for this recipient, or not from this "
                           "sender.",
        .general.who = "the recipient, and the administrator of this server",
        .general.advice = "The recipient or their administrator decides what the mailbox takes: ask them in another way.",
    },
    [CAUSE_MAILBOX_FULL] = {
        .word = "mailbox full",
        .general.meaning = "The recipient's mailbox has no room left.",
        .general.who = RECIPIENT,
        .general.advice = "The recipient has to make room: tell them in another way, then send it again.",
    },
    [CAUSE_MAILBOX_DISABLED] = {
        .word = "mailbox disabled",
        .general.meaning = "The recipient's mailbox exists, but is switched off.",
        .general.who = "the recipient, and the administrator of this server",
        .general.advice = "The recipient's administrator can switch it on again; ask the recipient in another way if they still use it.",
    },
    [CAUSE_RECIPIENT_MOVED] = {
        .word = "recipient moved",
        .general.meaning = "The recipient is not, or no longer, at this address or this server.",
        .general.who = USER,
        .general.advice = "Use the new address if the reply names one, or ask the recipient in "
                          "another way.",
    },
    [CAUSE_UNKNOWN_DOMAIN] = {
        .word = "unknown domain",
        .general.meaning = "The domain of the recipient's address does not exist, or takes no "
                           "mail.",
        .general.who = USER,
        .general.advice = "Check the spelling behind the @; if it is right, the domain's owner has "
                          "to fix its MX record in DNS.",
    },
    [CAUSE_RELAY_DENIED] = {
        .word = "relay denied",
        .general.meaning = "The server is not responsible for this recipient's domain, and does "
                           "not pass mail on for this client.",
        .general.who = "whoever runs the sending program, then the administrator of this server",
        .general.advice = "Users log in before they send; for a domain of this server, its "
                          "administrator adds it to those it serves.",
    },
    [CAUSE_TOO_MANY_RECIPIENTS] = {
        .word = "too many recipients",
        .general.meaning = "The message has more recipients than the server takes at once.",
        .general.who = PROGRAM,
        .general.advice = "Send to those that were accepted, and to the rest in another "
                          "transaction, as mail servers do by themselves.",
    },
    /* --- about the protocol --- */
    [CAUSE_SYNTAX] = {
        .word = "syntax",
        .general.meaning = "The server can't read the command: it, or what stands behind it, is "
                           "not written as it should be.",
        .general.who = PROGRAM,
        .general.advice = "Compare the command in its frame with what the reply complains "
                          "about.",
    },
    [CAUSE_UNKNOWN_COMMAND] = {
        .word = "unknown command",
        .general.meaning = "The server does not know what the client sent as a command.",
        .general.who = PROGRAM,
        .general.advice = "Look at that line: it may belong to something else (a proxy, TLS, a message), or was rewritten on its way.",
    },
    [CAUSE_NOT_AVAILABLE] = {
        .word = "not available",
        .general.meaning = "The server knows this, but does not offer it here.",
        .general.who = "whoever runs the sending program, then the administrator of this server",
        .general.advice = "Use only what the server's reply to EHLO lists; its administrator can "
                          "switch it on.",
    },
    [CAUSE_WRONG_ORDER] = {
        .word = "wrong order",
        .general.meaning = "The command came at a moment when the server can't take it.",
        .general.who = PROGRAM,
        .general.advice = "Look at the replies before this one: the first that refuses shows the "
                          "error to fix.",
    },
    [CAUSE_BARE_LINE_FEED] = {
        .word = "bare line feed",
        .general.meaning = "A line of the message ends with LF or CR alone; the server wants CR LF "
                           "together.",
        .general.who = PROGRAM,
        .general.advice = "The sending program has to end every line with CR LF; libraries for "
                          "mail do that by themselves.",
    },
    /* --- about the server --- */
    [CAUSE_SERVER_TROUBLE] = {
        .word = "server trouble",
        .general.meaning = "Something on the server's side failed; the client did nothing "
                           "wrong.",
        .general.who = "time, then the administrator of this server",
        .general.advice = "The client can try again later; if that fails too, the server's administrator finds the reason in its log.",
    },
    [CAUSE_SERVER_STORAGE_FULL] = {
        .word = "server storage full",
        .general.meaning = "The server itself has no room left for mail.",
        .general.who = SERVER_ADMIN,
        .general.advice = "The server's administrator makes room on its disk; after that the mail "
                          "can be sent again.",
    },
    [CAUSE_CLOSING] = {
        .word = "closing",
        .general.meaning = "The server ends the connection: it is stopping, or wants no more for "
                           "now.",
        .general.who = "time",
        .general.advice = "The client connects again later and goes on; what was not accepted has "
                          "to be sent again.",
    },
    [CAUSE_TIMED_OUT] = {
        .word = "timed out",
        .general.meaning = "Something took too long: the client was silent, or a server behind did "
                           "not answer.",
        .general.who = "the administrator of the side that was slow",
        .general.advice = "The times before this reply show who let the other wait; that side's administrator looks into it.",
    },
    [CAUSE_MAIL_LOOP] = {
        .word = "mail loop",
        .general.meaning = "The message goes round in circles between servers.",
        .general.who = SERVER_ADMIN,
        .general.advice = "Read the Received headers for the servers that pass it on to each "
                          "other; one of them has to deliver it.",
    },
    [CAUSE_ROUTING] = {
        .word = "routing",
        .general.meaning = "The server can't reach, or can't find, where the mail has to go "
                           "next.",
        .general.who = SERVER_ADMIN,
        .general.advice = "The server's administrator checks DNS and the next server for this "
                          "domain; after that the mail can be sent again.",
    },
    /* --- nothing tells --- */
    [CAUSE_UNSPECIFIED] = {
        .word = "unspecified",
        .general.meaning = "The server refuses, and nothing here says why.",
        .general.who = SERVER_ADMIN,
        .general.advice = "The server's administrator can look this reply up in the server's log: name its time and its words.",
    },
};

/* What a fact is called as evidence. */
static const char *const fact_texts[FACT_COUNT] = {
    [FACT_SPOKE_EARLY] = "the client spoke{ in frame}, before the greeting",
    [FACT_PROXY_HEADER] = "a PROXY header came{ in frame}",
    [FACT_NO_HELLO] = "no EHLO or HELO was accepted before",
    [FACT_HELO] = "it began with HELO{ in frame}",
    [FACT_AUTH_OFFERED] = "the reply to EHLO{ in frame} lists AUTH",
    [FACT_AUTH_NOT_OFFERED] = "the reply to EHLO{ in frame} does not list AUTH",
    [FACT_MECHANISM_NOT_OFFERED] = "the reply to EHLO{ in frame} does not list the mechanism",
    [FACT_STARTTLS_OFFERED] = "the reply to EHLO{ in frame} lists STARTTLS",
    [FACT_STARTTLS_NOT_OFFERED] = "the reply to EHLO{ in frame} does not list STARTTLS",
    [FACT_PIPELINING_NOT_OFFERED] = "the reply to EHLO{ in frame} does not list PIPELINING",
    [FACT_XCLIENT_NOT_OFFERED] = "the reply to EHLO{ in frame} does not list XCLIENT",
    [FACT_ENCRYPTED] = "it is inside TLS",
    [FACT_NOT_ENCRYPTED] = "it is not inside TLS",
    [FACT_CREDENTIALS_SENT] = "the client sent its credentials{ in frame}",
    [FACT_NO_CREDENTIALS_SENT] = "the client had not sent any credentials",
    [FACT_RESPONSES_EQUAL] = "user name and password were the same",
    [FACT_CANCELLED] = "the client sent \"*\"{ in frame}",
    [FACT_TOKEN_ERROR] = "the 334{ in frame} carried an error",
    [FACT_AUTHENTICATED] = "the client is logged in since the 235{ in frame}",
    [FACT_NOT_AUTHENTICATED] = "the client has not logged in",
    [FACT_LOGIN_REFUSED] = "a login was refused{ in frame}",
    [FACT_MAIL_REFUSED] = "MAIL{ in frame} was refused",
    [FACT_NO_MAIL] = "no mail transaction is open",
    [FACT_MAIL_OPEN] = "MAIL was accepted{ in frame}",
    [FACT_RCPT_REFUSED] = "every RCPT was refused, the last{ in frame}",
    [FACT_RCPT_ACCEPTED] = "a RCPT was accepted{ in frame}",
    [FACT_NO_RCPT] = "no RCPT was sent",
};

#define FRAME_MARK "{ in frame}"

/* Puts the frame where the mark stands; without a frame or a mark nothing is allocated but that. */
static const char *name_frame(wmem_allocator_t *scope, const char *sentence, uint32_t frame)
{
    const char *mark = sentence != NULL ? strstr(sentence, FRAME_MARK) : NULL;

    if (mark == NULL)
        return sentence;
    if (frame == 0)
        return wmem_strdup_printf(scope, "%.*s%s", (int)(mark - sentence), sentence,
                                  mark + strlen(FRAME_MARK));
    return wmem_strdup_printf(scope, "%.*s in frame %u%s", (int)(mark - sentence), sentence, frame,
                              mark + strlen(FRAME_MARK));
}

const char *cause_word(cause id)
{
    return (unsigned)id < CAUSE_COUNT ? causes[id].word : NULL;
}

static char *session_text(wmem_allocator_t *scope, const cause_found *found)
{
    const char *text = found->fact < FACT_COUNT ? fact_texts[found->fact] : NULL;

    if (text == NULL)
        return wmem_strdup(scope, "the session");
    return wmem_strdup_printf(scope, "the session: %s", name_frame(scope, text, found->frame));
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
        return wmem_strdup(scope, "the reply code");
    if (is_told_by_enhanced(found) && enhanced != NULL && enhanced->status_class != 0)
        return wmem_strdup_printf(scope, "enhanced status code %u.%u.%u", enhanced->status_class,
                                  enhanced->subject, enhanced->detail);
    return wmem_strdup(scope, "the server's words");
}

static const char *const refused_things[COMMAND_COUNT] = {
    [COMMAND_CONNECTION] = "Connection refused",
    [COMMAND_MESSAGE] = "Message refused",
    [COMMAND_EHLO] = "EHLO refused",
    [COMMAND_HELO] = "HELO refused",
    [COMMAND_LHLO] = "LHLO refused",
    [COMMAND_MAIL] = "MAIL refused",
    [COMMAND_RCPT] = "RCPT refused",
    [COMMAND_DATA] = "DATA refused",
    [COMMAND_BDAT] = "Message refused",
    [COMMAND_BURL] = "Message refused",
    [COMMAND_RSET] = "RSET refused",
    [COMMAND_NOOP] = "NOOP refused",
    [COMMAND_VRFY] = "VRFY refused",
    [COMMAND_EXPN] = "EXPN refused",
    [COMMAND_HELP] = "HELP refused",
    [COMMAND_QUIT] = "QUIT refused",
    [COMMAND_AUTH] = "Login refused",
    [COMMAND_X_EXPS] = "Login refused",
    [COMMAND_STARTTLS] = "STARTTLS refused",
    [COMMAND_ETRN] = "ETRN refused",
    [COMMAND_ATRN] = "ATRN refused",
    [COMMAND_TURN] = "TURN refused",
    [COMMAND_XCLIENT] = "XCLIENT refused",
    [COMMAND_XFORWARD] = "XFORWARD refused",
    [COMMAND_XEXCH50] = "XEXCH50 refused",
    [COMMAND_OTHER] = "Command refused",
};

const char *cause_refused(command_id command)
{
    const char *text = (unsigned)command < COMMAND_COUNT ? refused_things[command] : NULL;

    return text != NULL ? text : "Refused";
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

cause_explanation cause_explain(wmem_allocator_t *scope, const cause_found *found, unsigned code,
                                command_id command, const char *mechanism)
{
    const cause_rule *rule = cause_rule_at(found->rule);
    const unsigned kind = cause_mechanism_kind(mechanism);
    const cause_explanation *general = &causes[found->cause].general;
    cause_explanation out = { NULL, NULL, NULL };

    if (rule != NULL)
        fill(&out, rule->meaning, rule->who, rule->advice);
    for (size_t i = 0; i < cause_sentence_count; i++) {
        const cause_sentences *row = &cause_sentence_table[i];

        if (sentences_fit(row, found, code, command, kind))
            fill(&out, row->meaning, row->who, row->advice);
    }
    fill(&out, general->meaning, general->who, general->advice);
    out.meaning = name_frame(scope, out.meaning, found->frame);
    return out;
}
