/* cause_sentences.c
 * What is to be said of a cause where mechanism, command, code or session call for other words than
 * its general row.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause_tables.h"

#include <glib.h>

#include "language.h"

const cause_sentences cause_sentence_table[] = {
    /* --- bad credentials: by mechanism --- */
    { .cause = CAUSE_BAD_CREDENTIALS,
      .fact = FACT_RESPONSES_EQUAL,
      .meaning =
          N_("The server refuses the login; the client sent the same value as user name and as "
             "password."),
      .who = N_("whoever runs the sending program"),
      .advice = N_(
          "Check the program's settings: the two fields hold the same, or the program sends one of "
          "them twice.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .mechanisms = MECHANISMS_PASSWORD,
      .advice = N_(
          "Check the user name (often the whole address) and the password; with two-step login on, "
          "use an app password.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .code = 334,
      .mechanisms = MECHANISMS_SHARED,
      .meaning =
          N_("The server does not accept the proof of the password; the refusal itself follows "
             "once the client answers with an empty line.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .mechanisms = MECHANISMS_SHARED,
      .meaning =
          N_("The server does not accept the proof of the password, or has no password in the form "
             "that the mechanism needs."),
      .advice = N_(
          "Check user name and password; if PLAIN under TLS works with them, the server stores the "
          "password in another form.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .mechanisms = MECHANISMS_NTLM,
      .meaning = N_("The server does not accept this Windows login."),
      .advice =
          N_("Check the password, and write the user as DOMAIN\\user; otherwise set the program to "
             "another mechanism.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .mechanisms = MECHANISMS_KERBEROS,
      .meaning = N_("The server does not accept this Kerberos ticket."),
      .who = N_("the user, then the administrator of this server"),
      .advice =
          N_("Get a fresh ticket, compare both clocks, and check that the ticket is for the name "
             "smtp/ and this server's host name.") },
    { .cause = CAUSE_BAD_CREDENTIALS,
      .mechanisms = MECHANISMS_EXTERNAL,
      .meaning = N_("The server does not accept the client's TLS certificate as this user."),
      .who = N_("the administrator of this server"),
      .advice = N_(
          "Check that the client sends a certificate, that it is valid, and that the server maps "
          "its name to the user.") },

    /* --- other refused logins --- */
    { .cause = CAUSE_TOKEN_REFUSED,
      .code = 334,
      .meaning = N_(
          "The server does not accept the token; the real refusal follows once the client answers "
          "with an empty line."),
      .advice = N_(
          "The program answers with an empty line now, then needs a new token: with the scope for SMTP, for this user and tenant.") },
    { .cause = CAUSE_TOKEN_REFUSED,
      .fact = FACT_TOKEN_ERROR,
      .meaning = N_("The server does not accept the token: the 334{ in frame %u} said so.") },
    { .cause = CAUSE_LOGIN_DISABLED,
      .mechanisms = MECHANISMS_PASSWORD,
      .advice = N_(
          "Look in the account's settings for SMTP or app access; the administrator allows it, or "
          "the program uses OAuth 2.") },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .fact = FACT_MECHANISM_NOT_OFFERED,
      .meaning = N_(
          "The server does not do this mechanism here: its reply to EHLO{ in frame %u} does not list "
          "it."),
      .advice = N_(
          "Set the program to a mechanism that is listed there; some servers list more once TLS is on.") },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .fact = FACT_NO_CREDENTIALS_SENT,
      .meaning =
          N_("The server refused the mechanism itself, before the client had sent any user name or "
             "secret."),
      .advice = N_(
          "Set the program to another mechanism that the reply to EHLO lists; no secret has been judged yet.") },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .mechanisms = MECHANISMS_PASSWORD,
      .advice = N_(
          "Set the program to another mechanism that the reply to EHLO lists; if TLS is not on, begin that first.") },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .mechanisms = MECHANISMS_NTLM,
      .advice = N_(
          "Set the program to PLAIN or LOGIN under TLS, or to OAuth 2: many servers no longer do "
          "NTLM.") },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .mechanisms = MECHANISMS_KERBEROS,
      .advice =
          N_("Check the server's keytab and its host name in DNS; otherwise set the program to "
             "another mechanism.") },
    { .cause = CAUSE_LOGIN_CANCELLED,
      .fact = FACT_CANCELLED,
      .meaning = N_("The client itself gave up the login: it sent \"*\" instead of a response.") },
    { .cause = CAUSE_ALREADY_LOGGED_IN,
      .fact = FACT_AUTHENTICATED,
      .meaning =
          N_("The client has been logged in since the 235{ in frame %u}; a second AUTH is not "
             "allowed.") },

    /* --- TLS --- */
    { .cause = CAUSE_TLS_NEEDED,
      .fact = FACT_ENCRYPTED,
      .meaning =
          N_("The server asks for TLS, or for stronger TLS, although this session is inside TLS "
             "already."),
      .who = N_("the administrator of this server"),
      .advice = N_(
          "Look for a proxy that ends TLS in front of the server, and let the server know that TLS "
          "is on.") },
    { .cause = CAUSE_TLS_NEEDED,
      .fact = FACT_STARTTLS_NOT_OFFERED,
      .advice =
          N_("EHLO's reply offers no STARTTLS here: use the port for TLS from the start (465), or "
             "look for a firewall that hides it.") },
    { .cause = CAUSE_TLS_NEEDED,
      .commands = ON_LOGIN,
      .meaning = N_("The server takes no login in clear text: TLS has to begin first."),
      .advice =
          N_("Switch TLS on in the sending program: STARTTLS on port 587, or TLS from the start on "
             "port 465.") },

    /* --- a login that is missing --- */
    { .cause = CAUSE_LOGIN_NEEDED,
      .fact = FACT_AUTHENTICATED,
      .meaning = N_(
          "The server asks for a login although the 235{ in frame %u} said that the client is logged "
          "in."),
      .who = N_("the administrator of this server"),
      .advice = N_(
          "Find out whether the server or a proxy forgot the login, or does not let this user do "
          "this.") },
    { .cause = CAUSE_LOGIN_NEEDED,
      .fact = FACT_LOGIN_REFUSED,
      .meaning =
          N_("The server wants a login first, and the one that the client tried was refused{ in "
             "frame %u}."),
      .advice = N_("Read the refusal of AUTH: once the login works, this will.") },
    { .cause = CAUSE_LOGIN_NEEDED,
      .fact = FACT_AUTH_NOT_OFFERED,
      .advice = N_(
          "EHLO's reply offers no AUTH here: begin TLS if it is not on, or log in on the submission port, 587 or 465.") },
    { .cause = CAUSE_LOGIN_NEEDED,
      .fact = FACT_NOT_AUTHENTICATED,
      .meaning = N_("The client has not logged in, and the server wants a login first.") },

    /* --- the sender's address and relaying --- */
    { .cause = CAUSE_SENDER_NOT_OWNED,
      .fact = FACT_NOT_AUTHENTICATED,
      .meaning = N_("This sender's address belongs to a user who has to log in first."),
      .advice = N_(
          "Switch authentication on in the sending program, as the user who owns the address.") },
    { .cause = CAUSE_RELAY_DENIED,
      .fact = FACT_AUTHENTICATED,
      .meaning = N_(
          "The server does not pass mail on to this recipient's domain, not even for a user who is "
          "logged in."),
      .advice = N_(
          "The administrator lets this user or client relay, or the program uses the server meant "
          "for outgoing mail.") },
    { .cause = CAUSE_RELAY_DENIED,
      .fact = FACT_NOT_AUTHENTICATED,
      .meaning = N_(
          "The server passes mail to other domains only for clients it knows, and this one has not "
          "logged in."),
      .who = N_("whoever runs the sending program"),
      .advice = N_(
          "Switch authentication on in the sending program; if it is a server, check the recipient "
          "domain's MX record.") },

    /* --- the client --- */
    { .cause = CAUSE_CLIENT_BLOCKED,
      .fact = FACT_AUTHENTICATED,
      .advice = N_(
          "The client is logged in, so its address should not matter: the administrator checks the "
          "server's rules for users.") },
    { .cause = CAUSE_CLIENT_BLOCKED,
      .code = 4,
      .meaning =
          N_("The server puts this client off because of its address, by a block list or a rule of "
             "its own.") },
    { .cause = CAUSE_TOO_MANY_FAILURES,
      .commands = ON_LOGIN,
      .meaning =
          N_("Too many logins have failed: the server now refuses without judging the password."),
      .who = N_("the user"),
      .advice = N_(
          "Stop every program that still has an old password, then wait until the server takes logins again.") },
    { .cause = CAUSE_RATE_LIMITED,
      .commands = ON_LOGIN,
      .meaning = N_("The client logs in too often, so the server puts it off without judging the "
                    "password."),
      .advice = N_(
          "The program logs in less often and keeps its connection; then it tries again later.") },
    { .cause = CAUSE_SPOKE_TOO_EARLY,
      .fact = FACT_PROXY_HEADER,
      .meaning = N_(
          "The server expects no PROXY protocol header, and takes the one{ in frame %u} for a client "
          "that does not wait for its greeting."),
      .who = N_("whoever runs the proxy and the server"),
      .advice =
          N_("Switch the PROXY protocol on for this port of the server, or off in the proxy.") },
    { .cause = CAUSE_SPOKE_TOO_EARLY,
      .fact = FACT_SPOKE_EARLY,
      .meaning = N_(
          "The client spoke{ in frame %u}, before the greeting; servers refuse that because spam "
          "programs do it.") },

    /* --- sender and message --- */
    { .cause = CAUSE_SPAM,
      .commands = ON_OPENING | ON(MAIL) | ON(RCPT),
      .meaning = N_(
          "The server takes this client or sender for a source of spam; it has not seen the message yet."),
      .who = N_("the administrator of the sending side"),
      .advice = N_(
          "Look for what sends spam from this address or domain, then ask the recipient's side to let it in.") },
    { .cause = CAUSE_CONTENT,
      .commands = ON(MAIL) | ON(RCPT),
      .meaning = N_(
          "The server does not take what is announced for this message: its form, or letters in an address."),
      .advice = N_(
          "Look at what the reply names: often it is a letter beyond ASCII in an address, or 8-bit text.") },
    { .cause = CAUSE_SENDER_REFUSED,
      .commands = ON(RCPT) | ON_DATA,
      .meaning = N_(
          "It is the sender's address that the server refuses, not the recipient's; it only says "
          "so now.") },
    { .cause = CAUSE_SENDER_REFUSED,
      .code = 4,
      .meaning = N_(
          "The server can't accept the sender's address at the moment, mostly because DNS does not "
          "confirm it.") },
    { .cause = CAUSE_MESSAGE_TOO_BIG,
      .commands = ON(MAIL),
      .meaning =
          N_("The size that the client announced with MAIL is more than the server takes.") },
    { .cause = CAUSE_POLICY,
      .commands = ON(XCLIENT) | ON(XFORWARD),
      .meaning = N_("The server does not trust this client to speak for others."),
      .who = N_("the administrator of this server"),
      .advice = N_("Name the proxy's address in the server's list of trusted clients (Postfix: "
                   "smtpd_authorized_xclient_hosts).") },
    { .cause = CAUSE_POLICY,
      .commands = ON(RCPT),
      .meaning = N_("A rule of the server refuses this recipient for this sender or client.") },
    { .cause = CAUSE_POLICY,
      .commands = ON_CONTENT,
      .meaning = N_("A rule of the server refuses this message.") },

    /* --- the recipient --- */
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .commands = ON_CONTENT,
      .meaning =
          N_("The server says, after it has read the message, that a recipient's mailbox does not "
             "exist.") },
    { .cause = CAUSE_NO_SUCH_RECIPIENT,
      .code = 4,
      .meaning = N_("The server does not find this recipient at the moment.") },
    { .cause = CAUSE_RECIPIENT_REFUSED,
      .code = 4,
      .meaning = N_("The server can't take mail for this recipient at the moment."),
      .who = N_("time, then the administrator of this server"),
      .advice = N_("The client tries again later by itself; if that lasts a day, ask the server's "
                   "administrator.") },

    /* --- consequences: the reply to read is another --- */
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_MAIL_REFUSED,
      .meaning = N_(
          "Refused since MAIL{ in frame %u} was: no mail transaction is open, so this command cannot work."),
      .advice =
          N_("Read the refusal of MAIL: that is the error to fix, and this one goes with it.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_RCPT_REFUSED,
      .meaning = N_(
          "Refused since every RCPT was, the last{ in frame %u}: there is nobody left to send the "
          "mail to."),
      .advice = N_(
          "Read the refusals of RCPT: those are the errors to fix, and this one goes with them.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_MAIL_OPEN,
      .commands = ON_LOGIN,
      .meaning =
          N_("AUTH came after MAIL{ in frame %u}; inside a mail transaction it is not allowed."),
      .advice = N_("The sending program has to log in before MAIL.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_MAIL_OPEN,
      .meaning = N_("A mail transaction is open already, since MAIL was accepted{ in frame %u}."),
      .advice = N_("The sending program has to end it first: with the message, or with RSET.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_NO_HELLO,
      .meaning =
          N_("The client has not said EHLO or HELO, or it was not accepted, so the server takes "
             "nothing else."),
      .advice =
          N_("The sending program has to send EHLO with its host name right after the greeting.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_NO_MAIL,
      .meaning = N_("No mail transaction is open: MAIL has to come first."),
      .advice = N_(
          "Send MAIL first; if it was sent, look for what ended that transaction: RSET, EHLO, or a complete message.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_NO_RCPT,
      .meaning = N_("The client has named no recipient yet: RCPT has to come first."),
      .advice = N_(
          "Check that the sending program has a recipient at all: an empty list of recipients does "
          "this.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_ENCRYPTED,
      .commands = ON(STARTTLS),
      .meaning = N_("TLS is on already, so STARTTLS can't begin it."),
      .advice = N_("Set the program to either STARTTLS or TLS from the start, not to both.") },
    { .cause = CAUSE_WRONG_ORDER,
      .fact = FACT_RCPT_ACCEPTED,
      .commands = ON_DATA,
      .meaning = N_(
          "The server says the command comes out of order, although MAIL and a RCPT{ in frame %u} "
          "were accepted."),
      .who = N_("the administrator of this server"),
      .advice = N_(
          "Look for a server or a proxy that lost the transaction; the sender and the address are "
          "not the matter.") },

    /* --- commands --- */
    { .cause = CAUSE_SYNTAX,
      .commands = ON_LOGIN,
      .meaning = N_(
          "The server can't read what the client sent with AUTH or as its answer: bad base64, or a "
          "missing part."),
      .advice = N_(
          "Compare what the program sends with what the mechanism wants; an answer typed by hand "
          "has to be base64.") },
    { .cause = CAUSE_SYNTAX,
      .commands = ON(MAIL) | ON(RCPT),
      .meaning = N_("The server can't read the address, or a parameter behind it."),
      .advice =
          N_("Check the address and its angle brackets, and leave out parameters that the reply to "
             "EHLO does not list.") },
    { .cause = CAUSE_SYNTAX,
      .commands = ON_HELLO,
      .meaning = N_("The server does not accept the name behind EHLO or HELO as a host name."),
      .advice =
          N_("Set the sending program's host name: a full name in DNS, without underscores or "
             "spaces.") },
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .commands = ON_LOGIN,
      .meaning = N_("The server does not know AUTH, so nobody can log in here."),
      .advice = N_(
          "If TLS is not on, begin that first: many servers offer AUTH only then. Or use the submission port, 587 or 465.") },
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .commands = ON_HELLO,
      .meaning = N_("The server does not understand EHLO, or something in between rewrote it."),
      .who = N_("the administrator of the sending side"),
      .advice =
          N_("Look for a firewall with SMTP inspection; a client falls back to HELO, without login "
             "and TLS.") },
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .commands = ON(STARTTLS),
      .meaning = N_("The server, or something in between, does not understand STARTTLS."),
      .who = N_("the administrator of the sending side"),
      .advice = N_(
          "Look for an antivirus program or a firewall that takes STARTTLS away, or use TLS from "
          "the start on port 465.") },
    { .cause = CAUSE_UNKNOWN_COMMAND,
      .commands = ON(HELP) | ON(VRFY) | ON(EXPN) | ON(NOOP) | ON(ETRN) | ON(TURN) | ON(ATRN),
      .meaning = N_("The server does not know this command, which is harmless: mail does not need "
                    "it."),
      .who = N_("nobody needs to"),
      .advice = N_("Nothing to do; a client that depends on it has to do without.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .commands = ON(HELP) | ON(VRFY) | ON(EXPN) | ON(ETRN) | ON(TURN) | ON(ATRN),
      .meaning =
          N_("The server does not offer this command, which is harmless: mail does not need it."),
      .who = N_("nobody needs to"),
      .advice =
          N_("Nothing to do; VRFY and EXPN are switched off nearly everywhere, so that nobody "
             "collects addresses.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .fact = FACT_HELO,
      .meaning = N_(
          "The session began with HELO{ in frame %u}, and HELO offers no extensions, so this command "
          "is not available."),
      .who = N_("whoever runs the sending program"),
      .advice =
          N_("The sending program has to begin with EHLO; the reply to it lists what this server "
             "offers.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .fact = FACT_AUTH_NOT_OFFERED,
      .commands = ON_LOGIN,
      .meaning = N_(
          "The server takes no logins here: its reply to EHLO{ in frame %u} does not list AUTH."),
      .who = N_("whoever runs the sending program"),
      .advice = N_(
          "If TLS is not on, begin that first: many servers offer AUTH only then. Or use the submission port, 587 or 465.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .commands = ON_LOGIN,
      .meaning = N_("The server knows AUTH, but takes no logins here."),
      .advice = N_(
          "If TLS is not on, begin that first: many servers offer AUTH only then. Or use the submission port, 587 or 465.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .commands = ON(STARTTLS),
      .meaning = N_("The server does not do STARTTLS here."),
      .who = N_("whoever runs the sending program"),
      .advice = N_(
          "Use TLS from the start on port 465, or ask the server's administrator to switch STARTTLS on.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .commands = ON(MAIL) | ON(RCPT),
      .meaning = N_("The server does not do a parameter that the client put behind the address."),
      .advice = N_("Leave out parameters that the reply to EHLO does not list.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .commands = ON(XCLIENT) | ON(XFORWARD),
      .meaning = N_("The server does not take this command from this client."),
      .who = N_("the administrator of this server"),
      .advice =
          N_("Name the proxy's address in the server's list of trusted clients, or stop the proxy "
             "from sending it.") },
    { .cause = CAUSE_NOT_AVAILABLE,
      .commands = ON(BDAT) | ON(BURL),
      .advice = N_("The sending program has to use DATA instead, which every server takes.") },

    /* --- the server --- */
    { .cause = CAUSE_SERVER_TROUBLE,
      .commands = ON_LOGIN,
      .meaning = N_("The server could not check the login, so this says nothing about user name or "
                    "secret."),
      .advice =
          N_("The server's administrator checks the service that it asks about logins; the client "
             "tries again later, unchanged.") },
    { .cause = CAUSE_SERVER_TROUBLE,
      .commands = ON(STARTTLS),
      .meaning = N_("The server can't begin TLS at the moment."),
      .advice = N_(
          "The server's administrator checks its certificate and key; until then the client must not "
          "log in here.") },
    { .cause = CAUSE_CLOSING,
      .commands = ON(CONNECTION),
      .meaning = N_("The server takes no connections at the moment."),
      .advice =
          N_("The client tries again later by itself; if that lasts, the server's administrator "
             "checks its load and limits.") },
    { .cause = CAUSE_UNSPECIFIED,
      .commands = ON_CONTENT,
      .meaning = N_("The server refuses the message, and does not say why.") },
};

const size_t cause_sentence_count = G_N_ELEMENTS(cause_sentence_table);
