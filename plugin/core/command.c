/* command.c
 * The table of SMTP verbs.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "command.h"

#include <stdint.h>

#include <glib.h>

typedef struct {
    const char *name; /* NULL: it has none */
    uint8_t len;      /* of the name */
    bool is_verb;     /* a client can send it; the two events can't be sent */
    bool is_auth;     /* it starts a SASL exchange */
} command_row;

#define NAME(text) text, sizeof text - 1

/* clang-format off */
static const command_row command_table[COMMAND_COUNT] = {
    [COMMAND_CONNECTION] = { NAME("connection"), false, false },
    [COMMAND_MESSAGE]    = { NAME("message"),    false, false },
    [COMMAND_EHLO]       = { NAME("EHLO"),       true,  false },
    [COMMAND_HELO]       = { NAME("HELO"),       true,  false },
    [COMMAND_LHLO]       = { NAME("LHLO"),       true,  false }, /* RFC 2033 */
    [COMMAND_MAIL]       = { NAME("MAIL"),       true,  false },
    [COMMAND_RCPT]       = { NAME("RCPT"),       true,  false },
    [COMMAND_DATA]       = { NAME("DATA"),       true,  false },
    [COMMAND_BDAT]       = { NAME("BDAT"),       true,  false }, /* RFC 3030 */
    [COMMAND_BURL]       = { NAME("BURL"),       true,  false }, /* RFC 4468 */
    [COMMAND_RSET]       = { NAME("RSET"),       true,  false },
    [COMMAND_NOOP]       = { NAME("NOOP"),       true,  false },
    [COMMAND_VRFY]       = { NAME("VRFY"),       true,  false },
    [COMMAND_EXPN]       = { NAME("EXPN"),       true,  false },
    [COMMAND_HELP]       = { NAME("HELP"),       true,  false },
    [COMMAND_QUIT]       = { NAME("QUIT"),       true,  false },
    [COMMAND_AUTH]       = { NAME("AUTH"),       true,  true  }, /* RFC 4954 */
    [COMMAND_X_EXPS]     = { NAME("X-EXPS"),     true,  true  }, /* Exchange */
    [COMMAND_STARTTLS]   = { NAME("STARTTLS"),   true,  false }, /* RFC 3207 */
    [COMMAND_ETRN]       = { NAME("ETRN"),       true,  false }, /* RFC 1985 */
    [COMMAND_ATRN]       = { NAME("ATRN"),       true,  false }, /* RFC 2645 */
    [COMMAND_TURN]       = { NAME("TURN"),       true,  false }, /* RFC 821 */
    [COMMAND_XCLIENT]    = { NAME("XCLIENT"),    true,  false }, /* Postfix */
    [COMMAND_XFORWARD]   = { NAME("XFORWARD"),   true,  false }, /* Postfix */
};
/* clang-format on */

const char *command_name(command_id command)
{
    return (unsigned)command < COMMAND_COUNT ? command_table[command].name : NULL;
}

command_id command_from_verb(const char *verb, size_t verb_len)
{
    char first = verb_len > 0 ? g_ascii_toupper(verb[0]) : '\0';

    for (unsigned id = 0; id < COMMAND_COUNT; id++) {
        const command_row *row = &command_table[id];

        if (row->len == verb_len && row->is_verb && row->name[0] == first &&
            g_ascii_strncasecmp(row->name, verb, verb_len) == 0)
            return (command_id)id;
    }
    return COMMAND_OTHER;
}

bool command_is_auth(command_id command)
{
    return (unsigned)command < COMMAND_COUNT && command_table[command].is_auth;
}
