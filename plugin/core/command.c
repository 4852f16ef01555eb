/* command.c
 * The table of SMTP commands.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "command.h"

#include <glib.h>

#define NAME(text) .name = text, .len = sizeof text - 1

/* RFC 5321, section 4.1.1 has the commands, section 4.3.2 their replies: "each command is listed
 * with its usual possible replies". RFC 2920, section 3.1 says which of them may be pipelined: "the
 * EHLO, DATA, VRFY, EXPN, TURN, QUIT, and NOOP commands can only appear as the last command in a
 * group since their success or failure produces a change of state which the client SMTP must
 * accommodate." Where another RFC defines the command, it stands above its row. */
/* clang-format off */
static const command_info command_table[COMMAND_COUNT] = {
    [COMMAND_CONNECTION] = { NAME("connection"), .expected = { 220 } },
    [COMMAND_MESSAGE] = { NAME("message"), .expected = { 250 } },
    [COMMAND_EHLO] = { NAME("EHLO"), .is_verb = true, .last_in_group = true, .waits = true,
        .only_smtp = true, .proof = PROVES_BY_DOMAIN, .expected = { 250 } },
    [COMMAND_HELO] = { NAME("HELO"), .is_verb = true, .last_in_group = true, .waits = true,
        .only_smtp = true, .proof = PROVES_BY_DOMAIN, .kin = COMMAND_EHLO, .expected = { 250 } },
    /* RFC 2033 */
    [COMMAND_LHLO] = { NAME("LHLO"), .is_verb = true, .last_in_group = true, .waits = true,
        .only_smtp = true, .proof = PROVES_BY_DOMAIN, .kin = COMMAND_EHLO, .expected = { 250 } },
    [COMMAND_MAIL] = { NAME("MAIL"), .is_verb = true, .only_smtp = true, .proof = PROVES_BY_FROM,
        .expected = { 250 } },
    [COMMAND_RCPT] = { NAME("RCPT"), .is_verb = true, .only_smtp = true, .proof = PROVES_BY_TO,
        .expected = { 250, 251 } },
    /* some clients send the message at once */
    [COMMAND_DATA] = { NAME("DATA"), .is_verb = true, .sends = SENDS_MESSAGE, .waits = true,
        .expected = { 354 } },
    /* RFC 3030 */
    [COMMAND_BDAT] = { NAME("BDAT"), .is_verb = true, .sends = SENDS_CHUNK, .only_smtp = true,
        .kin = COMMAND_MESSAGE, .expected = { 250 } },
    /* RFC 4468 */
    [COMMAND_BURL] = { NAME("BURL"), .is_verb = true, .only_smtp = true, .kin = COMMAND_BDAT,
        .expected = { 250 } },
    [COMMAND_RSET] = { NAME("RSET"), .is_verb = true, .only_smtp = true, .expected = { 250 } },
    [COMMAND_NOOP] = { NAME("NOOP"), .is_verb = true, .last_in_group = true, .expected = { 250 } },
    [COMMAND_VRFY] = { NAME("VRFY"), .is_verb = true, .last_in_group = true, .only_smtp = true,
        .expected = { 250, 251, 252 } },
    [COMMAND_EXPN] = { NAME("EXPN"), .is_verb = true, .last_in_group = true, .only_smtp = true,
        .expected = { 250, 252 } },
    [COMMAND_HELP] = { NAME("HELP"), .is_verb = true, .expected = { 211, 214 } },
    [COMMAND_QUIT] = { NAME("QUIT"), .is_verb = true, .last_in_group = true, .expected = { 221 } },
    /* RFC 4954 */
    [COMMAND_AUTH] = { NAME("AUTH"), .is_verb = true, .is_auth = true, .sends = SENDS_RESPONSES,
        .last_in_group = true, .waits = true, .only_smtp = true, .proof = PROVES_BY_MECHANISM,
        .expected = { 235, 334 } },
    /* Exchange */
    [COMMAND_X_EXPS] = { NAME("X-EXPS"), .is_verb = true, .is_auth = true,
        .sends = SENDS_RESPONSES, .last_in_group = true, .waits = true, .only_smtp = true,
        .expected = { 235, 334 } },
    /* RFC 3207 */
    [COMMAND_STARTTLS] = { NAME("STARTTLS"), .is_verb = true, .sends = SENDS_TLS,
        .last_in_group = true, .waits = true, .only_smtp = true, .expected = { 220 } },
    /* RFC 1985 */
    [COMMAND_ETRN] = { NAME("ETRN"), .is_verb = true, .only_smtp = true,
        .expected = { 250, 251, 252, 253 } },
    /* RFC 2645 */
    [COMMAND_ATRN] = { NAME("ATRN"), .is_verb = true, .only_smtp = true, .expected = { 250 } },
    /* RFC 821 */
    [COMMAND_TURN] = { NAME("TURN"), .is_verb = true, .last_in_group = true, .expected = { 250 } },
    /* Postfix */
    [COMMAND_XCLIENT] = { NAME("XCLIENT"), .is_verb = true, .waits = true, .only_smtp = true,
        .expected = { 220, 250 } },
    /* Postfix */
    [COMMAND_XFORWARD] = { NAME("XFORWARD"), .is_verb = true, .only_smtp = true,
        .expected = { 250 } },
    /* Exchange (MS-XEXCH50) */
    [COMMAND_XEXCH50] = { NAME("XEXCH50"), .is_verb = true, .sends = SENDS_BLOB, .waits = true,
        .only_smtp = true, .expected = { 354, 250 } },
};
/* clang-format on */

const command_info *command_describe(command_id command)
{
    return &command_table[(unsigned)command < COMMAND_COUNT ? command : COMMAND_NONE];
}

const char *command_name(command_id command)
{
    return command_describe(command)->name;
}

command_id command_from_verb(const char *verb, size_t verb_len)
{
    char first = verb_len > 0 ? g_ascii_toupper(verb[0]) : '\0';

    for (unsigned id = 0; id < COMMAND_COUNT; id++) {
        const command_info *row = &command_table[id];

        if (row->len == verb_len && row->is_verb && row->name[0] == first &&
            g_ascii_strncasecmp(row->name, verb, verb_len) == 0)
            return (command_id)id;
    }
    return COMMAND_OTHER;
}

bool command_is_auth(command_id command)
{
    return command_describe(command)->is_auth;
}
