/* cause.h
 * Why did the server refuse, here? One word for it, what tells, and what to do about it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CAUSE_H
#define SMTP_EXPLAIN_CAUSE_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "command.h"
#include "facts.h"
#include "reply.h"

/* What the field smtp_explain.cause can say. */
typedef enum {
    CAUSE_NONE, /* the reply refuses nothing */
    /* about the login */
    CAUSE_BAD_CREDENTIALS,
    CAUSE_APP_PASSWORD_NEEDED,
    CAUSE_TOKEN_REFUSED,
    CAUSE_LOGIN_DISABLED, /* for this account, tenant or method */
    CAUSE_ACCOUNT_LOCKED,
    CAUSE_MECHANISM_NOT_USABLE,
    CAUSE_TLS_NEEDED,
    CAUSE_LOGIN_NEEDED,
    CAUSE_LOGIN_CANCELLED,
    CAUSE_ALREADY_LOGGED_IN,
    CAUSE_SENDER_NOT_OWNED, /* the sender's address is not one that this login may use */
    /* about the client */
    CAUSE_CLIENT_BLOCKED,
    CAUSE_BAD_REPUTATION,
    CAUSE_REVERSE_DNS,
    CAUSE_RATE_LIMITED,
    CAUSE_TOO_MANY_CONNECTIONS,
    CAUSE_TOO_MANY_FAILURES,
    CAUSE_GREYLISTED,
    CAUSE_SPOKE_TOO_EARLY,
    /* about the sender and the message */
    CAUSE_SENDER_REFUSED,
    CAUSE_SENDER_AUTHENTICATION, /* SPF, DKIM, DMARC */
    CAUSE_SPAM,
    CAUSE_VIRUS,
    CAUSE_CONTENT,
    CAUSE_MESSAGE_TOO_BIG,
    CAUSE_POLICY,
    /* about the recipient */
    CAUSE_NO_SUCH_RECIPIENT,
    CAUSE_RECIPIENT_REFUSED,
    CAUSE_MAILBOX_FULL,
    CAUSE_MAILBOX_DISABLED,
    CAUSE_RECIPIENT_MOVED,
    CAUSE_UNKNOWN_DOMAIN,
    CAUSE_RELAY_DENIED,
    CAUSE_TOO_MANY_RECIPIENTS,
    /* about the protocol */
    CAUSE_SYNTAX,
    CAUSE_UNKNOWN_COMMAND,
    CAUSE_NOT_AVAILABLE, /* known, but switched off */
    CAUSE_WRONG_ORDER,
    CAUSE_BARE_LINE_FEED,
    /* about the server */
    CAUSE_SERVER_TROUBLE,
    CAUSE_SERVER_STORAGE_FULL,
    CAUSE_CLOSING,
    CAUSE_TIMED_OUT,
    CAUSE_MAIL_LOOP,
    CAUSE_ROUTING,
    /* nothing tells */
    CAUSE_UNSPECIFIED,
    CAUSE_COUNT
} cause;

/* What tells, most trusted first. */
typedef enum {
    CAUSE_FROM_SESSION,  /* what the session has shown */
    CAUSE_FROM_OPERATOR, /* a code of the server's operator, of which is known what it means */
    CAUSE_FROM_WORDS,    /* the server's words */
    CAUSE_FROM_ENHANCED, /* the enhanced status code */
    CAUSE_FROM_CODE      /* the reply code, and the command */
} cause_evidence;

/* A reply that refuses, as far as the capture shows it. */
typedef struct {
    unsigned code;
    const enhanced_code *enhanced; /* NULL, or of class 0: the server sent none */
    const char *text;           /* the server's words: valid UTF-8, its lines joined; NULL: none */
    command_id command;         /* what it answers */
    const char *mechanism;      /* of AUTH, in upper case; NULL: none, or not known */
    const session_facts *facts; /* before the reply; NULL: nothing is known */
} refusal;

typedef struct {
    uint8_t cause;    /* cause */
    uint8_t evidence; /* cause_evidence; valid if there is a cause */
    uint8_t fact;     /* session_fact that told, or that changes what is to be said; or FACT_NONE */
    uint16_t rule;    /* which rule it was; for tests */
    uint32_t frame;   /* that shows the fact; 0: none */
} cause_found;

/* Why does this reply refuse? CAUSE_NONE for a reply below 400, except a 334 that carries an error
 * (FACT_TOKEN_ERROR). To be asked once for each reply: it reads a few hundred rules. At most the
 * first CAUSE_TEXT_MAX bytes of the text are looked at. Allocates nothing. */
#define CAUSE_TEXT_MAX 480
cause_found cause_judge(const refusal *reply);

/* The cause in words: "bad credentials", as the field has it, and in the language that is spoken. NULL for
 * CAUSE_NONE. Static storage. */
const char *cause_word(cause id);
const char *cause_in_words(cause id);

/* What tells: "the server's words", "enhanced status code 5.7.26", "the session: the client spoke
 * in frame 4, before the greeting", "the reply code". In the language that is spoken, here and below. Lives in scope. enhanced may be NULL unless it
 * is what told. */
char *cause_from_text(wmem_allocator_t *scope, const cause_found *found,
                      const enhanced_code *enhanced);

/* What was refused: "Login refused", "RCPT refused". Static storage. */
const char *cause_refused(command_id command);

/* One whole sentence each, at most CAUSE_SENTENCE_MAX bytes. */
#define CAUSE_SENTENCE_MAX 180
typedef struct {
    const char *meaning; /* what the server says here: the answer to 'why?' */
    const char *who;     /* who can act: "the user", "the administrator of this server" */
    const char *advice;  /* what they do */
    bool says_who;       /* the advice says that itself, or nobody has to act */
} cause_explanation;

/* What a cause means for a reply with this code to this command. mechanism is that of AUTH, or
 * NULL. Sentences that name a frame live in scope, the others are static. found must have a cause. */
cause_explanation cause_explain(wmem_allocator_t *scope, const cause_found *found, unsigned code,
                                command_id command, const char *mechanism);

/* What a refused login with this cause is not, against 235: a NULL-terminated list of sentences in
 * static storage, in English and marked. NULL if there is none. */
const char *const *cause_contrast(cause id);

#endif
