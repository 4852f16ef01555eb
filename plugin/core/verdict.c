/* verdict.c
 * Does a reply belong to the command that it answers?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "verdict.h"

#include <stdint.h>

#include <glib.h>

#define CODES_MAX 4
#define OWNERS_MAX 3

/* The replies that the standard lists as a command's success or intermediate reply. */
static const uint16_t expected_codes[COMMAND_COUNT][CODES_MAX] = {
    [COMMAND_CONNECTION] = { 220 },     [COMMAND_MESSAGE] = { 250 },
    [COMMAND_EHLO] = { 250 },           [COMMAND_HELO] = { 250 },
    [COMMAND_LHLO] = { 250 },           [COMMAND_MAIL] = { 250 },
    [COMMAND_RCPT] = { 250, 251 },      [COMMAND_DATA] = { 354 },
    [COMMAND_BDAT] = { 250 },           [COMMAND_BURL] = { 250 },
    [COMMAND_RSET] = { 250 },           [COMMAND_NOOP] = { 250 },
    [COMMAND_VRFY] = { 250, 251, 252 }, [COMMAND_EXPN] = { 250, 252 },
    [COMMAND_HELP] = { 211, 214 },      [COMMAND_QUIT] = { 221 },
    [COMMAND_AUTH] = { 235, 334 },      [COMMAND_X_EXPS] = { 235, 334 },
    [COMMAND_STARTTLS] = { 220 },       [COMMAND_ETRN] = { 250, 251, 252, 253 },
    [COMMAND_ATRN] = { 250 },           [COMMAND_TURN] = { 250 },
    [COMMAND_XCLIENT] = { 220, 250 },   [COMMAND_XFORWARD] = { 250 },
};

/* Codes that belong to some commands, and are out of place anywhere else. */
static const struct {
    uint16_t code;
    bool reserved; /* no other command is ever answered with it, so that it can resynchronise */
    command_id owners[OWNERS_MAX];
} owned_codes[] = {
    { 211, false, { COMMAND_HELP, COMMAND_OTHER } },
    { 214, false, { COMMAND_HELP, COMMAND_OTHER } },
    { 220, true, { COMMAND_CONNECTION, COMMAND_STARTTLS, COMMAND_XCLIENT } },
    { 221, true, { COMMAND_QUIT } },
    { 235, true, { COMMAND_AUTH, COMMAND_X_EXPS } },
    { 334, true, { COMMAND_AUTH, COMMAND_X_EXPS } },
    { 354, true, { COMMAND_DATA } },
};

static bool is_expected(command_id command, unsigned code)
{
    for (size_t i = 0; i < CODES_MAX; i++)
        if (expected_codes[command][i] == code)
            return true;
    return false;
}

/* Is the first digit of the code one that a success of this command can have? */
static bool digit_is_due(command_id command, unsigned code)
{
    if (expected_codes[command][0] == 0) /* a verb that no table knows */
        return true;
    for (size_t i = 0; i < CODES_MAX; i++)
        if (expected_codes[command][i] / 100u == code / 100u)
            return true;
    return false;
}

static bool is_owner(size_t row, command_id command)
{
    for (size_t i = 0; i < OWNERS_MAX; i++)
        if (command != COMMAND_NONE && owned_codes[row].owners[i] == command)
            return true;
    return false;
}

static bool belongs_elsewhere(command_id command, unsigned code)
{
    for (size_t row = 0; row < G_N_ELEMENTS(owned_codes); row++)
        if (owned_codes[row].code == code)
            return !is_owner(row, command);
    return false;
}

bool verdict_code_is_reserved_for(unsigned code, command_id command)
{
    for (size_t row = 0; row < G_N_ELEMENTS(owned_codes); row++)
        if (owned_codes[row].code == code)
            return owned_codes[row].reserved && is_owner(row, command);
    return false;
}

verdict verdict_of(command_id command, unsigned code, bool authenticated)
{
    if (code >= 400)
        return VERDICT_REFUSED;
    if (belongs_elsewhere(command, code) || !digit_is_due(command, code))
        return VERDICT_UNEXPECTED;
    if (code == 235 && authenticated)
        return VERDICT_UNEXPECTED;
    return is_expected(command, code) ? VERDICT_EXPECTED : VERDICT_UNUSUAL;
}
