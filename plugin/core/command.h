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
    COMMAND_OTHER, /* a verb that no standard and no row of the table knows */
    COMMAND_COUNT
} command_id;

/* The name that the field smtp_explain.command shows ("AUTH", "connection").
 * Static storage. NULL for COMMAND_NONE and COMMAND_OTHER, which have no name of their own. */
const char *command_name(command_id command);

/* Looks up a verb of verb_len bytes, in any case (RFC 5321, section 2.4).
 * COMMAND_OTHER for a verb that is not in the table. */
command_id command_from_verb(const char *verb, size_t verb_len);

/* Does this command start a SASL exchange? (RFC 4954, section 4; X-EXPS is Exchange's AUTH) */
bool command_is_auth(command_id command);

#endif
