/* command.h
 * What a reply can answer: SMTP commands, and the two events that are answered
 * like commands (the opening of the connection, the end of message data).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_COMMAND_H
#define SMTP_EXPLAIN_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    COMMAND_NONE = 0,   /* not known, or nothing */
    COMMAND_CONNECTION, /* the connection was opened; the greeting answers it */
    COMMAND_MESSAGE,    /* the end of the message data that DATA announced */
    COMMAND_EHLO,
    COMMAND_HELO,
    COMMAND_LHLO,
    COMMAND_MAIL,
    COMMAND_RCPT,
    COMMAND_DATA,
    COMMAND_BDAT,
    COMMAND_BURL,
    COMMAND_RSET,
    COMMAND_NOOP,
    COMMAND_VRFY,
    COMMAND_EXPN,
    COMMAND_HELP,
    COMMAND_QUIT,
    COMMAND_AUTH,
    COMMAND_X_EXPS,
    COMMAND_STARTTLS,
    COMMAND_ETRN,
    COMMAND_ATRN,
    COMMAND_TURN,
    COMMAND_XCLIENT,
    COMMAND_XFORWARD,
    COMMAND_XEXCH50,
    COMMAND_OTHER, /* a verb that no standard and no row of the table knows */
    COMMAND_COUNT
} command_id;

#define COMMAND_EXPECTED_MAX 4

/* What a client sends once it has sent a command. */
typedef enum {
    SENDS_COMMANDS,  /* the next command */
    SENDS_MESSAGE,   /* message data, if the server agrees */
    SENDS_CHUNK,     /* as many octets as the command says */
    SENDS_RESPONSES, /* SASL responses */
    SENDS_BLOB,      /* as many octets as the command says, if the server agrees */
    SENDS_TLS,       /* a TLS handshake, if the server agrees */
} command_sends;

/* The argument that shows that a command is SMTP's. */
typedef enum {
    PROVES_NOTHING,
    PROVES_BY_DOMAIN,    /* a domain or an address literal, and nothing else */
    PROVES_BY_FROM,      /* FROM:< */
    PROVES_BY_TO,        /* TO:< */
    PROVES_BY_MECHANISM, /* proves nothing, but with anything else the command isn't SMTP's */
} command_proof;

/* All that is known of a command: a row of the one table. */
typedef struct {
    const char *name; /* as the field smtp_explain.command shows it; NULL: it has none */
    uint8_t len;      /* of the name, in bytes */
    bool is_verb;     /* a client can send it; the two events can't be sent */
    bool is_auth; /* it starts a SASL exchange (RFC 4954, section 4; X-EXPS is Exchange's AUTH) */
    command_sends sends;
    bool last_in_group;  /* the last command of a pipelined group (RFC 2920, section 3.1) */
    bool waits;          /* no client sends anything else before the reply, pipelining or not */
    bool only_smtp;      /* no other protocol with three-digit replies has it */
    command_proof proof; /* its argument, should it show by itself that this is SMTP */
    command_id kin;      /* whose explanations hold where it has none; COMMAND_NONE: nobody's */
    uint16_t expected[COMMAND_EXPECTED_MAX]; /* success and intermediate replies; 0: no more */
} command_info;

/* The row of a command. Never NULL: an id that isn't one gets a row that says nothing. */
const command_info *command_describe(command_id command);

/* The name that the field smtp_explain.command shows ("AUTH", "connection").
 * Static storage. NULL for COMMAND_NONE and COMMAND_OTHER, which have no name of their own. */
const char *command_name(command_id command);

/* Looks up a verb of verb_len bytes, in any case (RFC 5321, section 2.4).
 * COMMAND_OTHER for a verb that is not in the table. */
command_id command_from_verb(const char *verb, size_t verb_len);

/* Does this command start a SASL exchange? (RFC 4954, section 4; X-EXPS is Exchange's AUTH) */
bool command_is_auth(command_id command);

#endif
