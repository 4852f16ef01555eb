/* command.c
 * The table of SMTP verbs.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "command.h"

#include <string.h>

#include <glib.h>

typedef struct {
    command_id id;
    const char *name;
    bool is_verb; /* a client can send it; the two events can't be sent */
    bool is_auth; /* it starts a SASL exchange */
} command_row;

/* clang-format off */
static const command_row command_table[] = {
    { COMMAND_CONNECTION, "connection", false, false },
    { COMMAND_MESSAGE,    "message",    false, false },
    { COMMAND_EHLO,       "EHLO",       true,  false },
    { COMMAND_HELO,       "HELO",       true,  false },
    { COMMAND_LHLO,       "LHLO",       true,  false }, /* RFC 2033 */
    { COMMAND_MAIL,       "MAIL",       true,  false },
    { COMMAND_RCPT,       "RCPT",       true,  false },
    { COMMAND_DATA,       "DATA",       true,  false },
    { COMMAND_BDAT,       "BDAT",       true,  false }, /* RFC 3030 */
    { COMMAND_BURL,       "BURL",       true,  false }, /* RFC 4468 */
    { COMMAND_RSET,       "RSET",       true,  false },
    { COMMAND_NOOP,       "NOOP",       true,  false },
    { COMMAND_VRFY,       "VRFY",       true,  false },
    { COMMAND_EXPN,       "EXPN",       true,  false },
    { COMMAND_HELP,       "HELP",       true,  false },
    { COMMAND_QUIT,       "QUIT",       true,  false },
    { COMMAND_AUTH,       "AUTH",       true,  true  }, /* RFC 4954 */
    { COMMAND_X_EXPS,     "X-EXPS",     true,  true  }, /* Exchange */
    { COMMAND_STARTTLS,   "STARTTLS",   true,  false }, /* RFC 3207 */
    { COMMAND_ETRN,       "ETRN",       true,  false }, /* RFC 1985 */
    { COMMAND_ATRN,       "ATRN",       true,  false }, /* RFC 2645 */
    { COMMAND_TURN,       "TURN",       true,  false }, /* RFC 821 */
    { COMMAND_XCLIENT,    "XCLIENT",    true,  false }, /* Postfix */
    { COMMAND_XFORWARD,   "XFORWARD",   true,  false }, /* Postfix */
};
/* clang-format on */

static const command_row *find_row(command_id command)
{
    for (size_t i = 0; i < G_N_ELEMENTS(command_table); i++) {
        if (command_table[i].id == command) {
            return &command_table[i];
        }
    }
    return NULL;
}

const char *command_name(command_id command)
{
    const command_row *row = find_row(command);

    return row ? row->name : NULL;
}

command_id command_from_verb(const char *verb, size_t verb_len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(command_table); i++) {
        const command_row *row = &command_table[i];

        if (row->is_verb && strlen(row->name) == verb_len &&
            g_ascii_strncasecmp(row->name, verb, verb_len) == 0) {
            return row->id;
        }
    }
    return COMMAND_OTHER;
}

bool command_is_auth(command_id command)
{
    const command_row *row = find_row(command);

    return row && row->is_auth;
}
