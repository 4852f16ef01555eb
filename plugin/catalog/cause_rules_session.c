/* cause_rules_session.c
 * Rules for what the session has shown, and is certain.
 *
 * A fact that only may be the reason stands with the codes, behind the server's words.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause_tables.h"

#include <glib.h>

/* Words that say no more than that a command came too soon, or that something is missing. */
#define OUT_OF_ORDER                                                                            \
    "sequence|out of order|bad command|no sender|no valid|no recipient|no recipients|"          \
    "valid recipients|valid rcpt|sender first|mail first|rcpt first|recipient first|need mail|" \
    "need rcpt|need recipient|without mail|without rcpt|missing mail|missing rcpt|"             \
    "missing sender|no mail|no rcpt|mail from first|rcpt to first|mail command|"                \
    "mail from command|rcpt command|rcpt to command|must have|transaction|send mail|send rcpt|" \
    "specify|before"

static const cause_rule rules[] = {
    /* RFC 5802, section 7: the error comes in a 334; nearly all of its values are about the proof. */
    { .cause = CAUSE_BAD_CREDENTIALS,
      .commands = ON_LOGIN,
      .mechanisms = MECHANISMS_SHARED,
      .facts = { FACT_TOKEN_ERROR } },
    /* RFC 7628, section 3.2.3, and what Google and Microsoft say of XOAUTH2: the error comes in a
     * 334, and the reply that follows has nothing to add. */
    { .cause = CAUSE_TOKEN_REFUSED, .commands = ON_LOGIN, .facts = { FACT_TOKEN_ERROR } },
    /* Postfix's postscreen, to whatever comes after that */
    { .cause = CAUSE_SPOKE_TOO_EARLY,
      .words = { "protocol error" },
      .facts = { FACT_SPOKE_EARLY } },
    /* RFC 4954, section 4: a client gives up with "*". */
    { .cause = CAUSE_LOGIN_CANCELLED, .commands = ON_LOGIN, .facts = { FACT_CANCELLED } },
    /* RFC 4954, section 4: no second AUTH. */
    { .cause = CAUSE_ALREADY_LOGGED_IN,
      .codes = { 503 },
      .commands = ON_LOGIN,
      .facts = { FACT_AUTHENTICATED } },
    /* RFC 4954, section 4: AUTH is not permitted in a transaction. */
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .commands = ON_LOGIN,
      .facts = { FACT_MAIL_OPEN } },
    /* HELO offers nothing: RFC 5321, section 2.2.1. */
    { .cause = CAUSE_NOT_AVAILABLE,
      .codes = { 500, 502, 503, 504 },
      .commands = ON_LOGIN | ON(STARTTLS) | ON(XCLIENT) | ON(BDAT),
      .unless = "pipelin*|synchroni*",
      .facts = { FACT_HELO } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .unless = "pipelin*|synchroni*",
      .commands = ~ON_OPENING,
      .facts = { FACT_NO_HELLO } },
    { .cause = CAUSE_NOT_AVAILABLE,
      .codes = { 502, 503, 504 },
      .commands = ON_LOGIN,
      .unless = "tls|starttls|ssl|encrypt*|secure",
      .facts = { FACT_AUTH_NOT_OFFERED } },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .codes = { 504, 534 },
      .commands = ON_LOGIN,
      .facts = { FACT_MECHANISM_NOT_OFFERED } },
    { .cause = CAUSE_MECHANISM_NOT_USABLE,
      .codes = { 501, 535 },
      .commands = ON_LOGIN,
      .unless = "disabled|locked|blocked|too many|base64|tls|starttls|encrypt*|temporar*",
      .facts = { FACT_MECHANISM_NOT_OFFERED, FACT_NO_CREDENTIALS_SENT } },
    { .cause = CAUSE_NOT_AVAILABLE,
      .codes = { 500, 502, 503, 504 },
      .commands = ON(STARTTLS),
      .facts = { FACT_STARTTLS_NOT_OFFERED },
      .not_facts = { FACT_ENCRYPTED } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 5 },
      .commands = ON(STARTTLS),
      .facts = { FACT_ENCRYPTED } },
    { .cause = CAUSE_NOT_AVAILABLE,
      .codes = { 50 },
      .commands = ON(XCLIENT),
      .facts = { FACT_XCLIENT_NOT_OFFERED } },
    /* A command that can't work after another was refused: the other's reply is the one to read. */
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .commands = ON(RCPT) | ON_DATA,
      .facts = { FACT_MAIL_REFUSED } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 5 },
      .words = { OUT_OF_ORDER },
      .commands = ON(RCPT) | ON_DATA,
      .facts = { FACT_MAIL_REFUSED } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .commands = ON_DATA,
      .facts = { FACT_RCPT_REFUSED } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 5 },
      .words = { OUT_OF_ORDER },
      .commands = ON_DATA,
      .facts = { FACT_RCPT_REFUSED } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .unless = "pipelin*|synchroni*|auth|authenticat*|login|log in|logged",
      .commands = ON_DATA,
      .facts = { FACT_NO_RCPT } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .unless = "pipelin*|synchroni*|auth|authenticat*|login|log in|logged|hello|helo|ehlo",
      .commands = ON(RCPT) | ON_DATA,
      .facts = { FACT_NO_MAIL } },
    { .cause = CAUSE_WRONG_ORDER,
      .codes = { 503 },
      .unless = "pipelin*|synchroni*",
      .commands = ON(MAIL),
      .facts = { FACT_MAIL_OPEN } },
    /* MAIL came in its place, so what is missing is the login that EHLO offers. */
    { .cause = CAUSE_LOGIN_NEEDED,
      .codes = { 503 },
      .unless = "pipelin*|synchroni*|hello|helo|ehlo|tls|starttls",
      .commands = ON(MAIL),
      .facts = { FACT_NOT_AUTHENTICATED, FACT_AUTH_OFFERED } },
    /* The client spoke first, and the server's words fit that. */
    { .cause = CAUSE_SPOKE_TOO_EARLY,
      .words = { "protocol|synchroni*|greeting|banner|early|pipelin*|unsolicited|out of order|"
                 "sequence|before|too soon|wait|waiting" },
      .commands = ON_OPENING | ON(NONE),
      .facts = { FACT_SPOKE_EARLY } },
};

const cause_rule_set cause_session_rules = { rules, G_N_ELEMENTS(rules), CAUSE_FROM_SESSION };
