/* verdict.c
 * Does a reply belong to the command that it answers?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "verdict.h"

#include <stdint.h>

#include <glib.h>

#define OWNERS_MAX 3

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
    { 354, true, { COMMAND_DATA, COMMAND_XEXCH50 } },
};

static bool is_expected(command_id command, unsigned code)
{
    const uint16_t *expected = command_describe(command)->expected;

    for (size_t i = 0; i < COMMAND_EXPECTED_MAX; i++)
        if (expected[i] == code)
            return true;
    return false;
}

/* Is the first digit of the code one that a success of this command can have? */
static bool digit_is_due(command_id command, unsigned code)
{
    const uint16_t *expected = command_describe(command)->expected;

    if (expected[0] == 0) /* a verb that no table knows */
        return true;
    for (size_t i = 0; i < COMMAND_EXPECTED_MAX; i++)
        if (expected[i] / 100u == code / 100u)
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

bool verdict_code_is_reserved(unsigned code)
{
    for (size_t row = 0; row < G_N_ELEMENTS(owned_codes); row++)
        if (owned_codes[row].code == code)
            return owned_codes[row].reserved;
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
