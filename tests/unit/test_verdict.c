/* test_verdict.c
 * Does each code belong where the standards say that it does?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "verdict.h"

#include <stdint.h>

#include <glib.h>

#define CODE_MIN 200
#define CODE_MAX 599
#define CODES_MAX 4

/* RFC 5321, section 4.3.2, and the extensions' own RFCs. */
static const struct {
    command_id command;
    unsigned codes[CODES_MAX];
} expected[] = {
    { COMMAND_CONNECTION, { 220 } },     { COMMAND_MESSAGE, { 250 } },
    { COMMAND_EHLO, { 250 } },           { COMMAND_HELO, { 250 } },
    { COMMAND_LHLO, { 250 } },           { COMMAND_MAIL, { 250 } },
    { COMMAND_RCPT, { 250, 251 } },      { COMMAND_DATA, { 354 } },
    { COMMAND_BDAT, { 250 } },           { COMMAND_BURL, { 250 } },
    { COMMAND_RSET, { 250 } },           { COMMAND_NOOP, { 250 } },
    { COMMAND_VRFY, { 250, 251, 252 } }, { COMMAND_EXPN, { 250, 252 } },
    { COMMAND_HELP, { 211, 214 } },      { COMMAND_QUIT, { 221 } },
    { COMMAND_AUTH, { 235, 334 } },      { COMMAND_X_EXPS, { 235, 334 } },
    { COMMAND_STARTTLS, { 220 } },       { COMMAND_ETRN, { 250, 251, 252, 253 } },
    { COMMAND_ATRN, { 250 } },           { COMMAND_TURN, { 250 } },
    { COMMAND_XCLIENT, { 220, 250 } },   { COMMAND_XFORWARD, { 250 } },
    { COMMAND_XEXCH50, { 354, 250 } },
};

static const struct {
    command_id command;
    unsigned code;
    bool authenticated;
    verdict due;
} others[] = {
    /* of another command */
    { COMMAND_NOOP, 211, false, VERDICT_UNEXPECTED },
    { COMMAND_AUTH, 211, false, VERDICT_UNEXPECTED },
    { COMMAND_MAIL, 214, false, VERDICT_UNEXPECTED },
    { COMMAND_MAIL, 220, false, VERDICT_UNEXPECTED },
    { COMMAND_QUIT, 220, false, VERDICT_UNEXPECTED },
    { COMMAND_MAIL, 221, false, VERDICT_UNEXPECTED },
    { COMMAND_CONNECTION, 221, false, VERDICT_UNEXPECTED },
    { COMMAND_MAIL, 235, false, VERDICT_UNEXPECTED },
    { COMMAND_HELP, 235, false, VERDICT_UNEXPECTED },
    { COMMAND_OTHER, 235, false, VERDICT_UNEXPECTED },
    { COMMAND_OTHER, 334, false, VERDICT_UNEXPECTED },
    { COMMAND_OTHER, 354, false, VERDICT_UNEXPECTED },
    { COMMAND_OTHER, 220, false, VERDICT_UNEXPECTED },
    { COMMAND_OTHER, 221, false, VERDICT_UNEXPECTED },
    { COMMAND_MAIL, 334, false, VERDICT_UNEXPECTED },
    { COMMAND_RCPT, 354, false, VERDICT_UNEXPECTED },
    { COMMAND_AUTH, 354, false, VERDICT_UNEXPECTED },
    { COMMAND_BDAT, 354, false, VERDICT_UNEXPECTED },
    /* a first digit that isn't due */
    { COMMAND_DATA, 250, false, VERDICT_UNEXPECTED },
    { COMMAND_MAIL, 350, false, VERDICT_UNEXPECTED },
    { COMMAND_MESSAGE, 354, false, VERDICT_UNEXPECTED },
    /* a first digit that is */
    { COMMAND_MAIL, 251, false, VERDICT_UNUSUAL },
    { COMMAND_DATA, 399, false, VERDICT_UNUSUAL },
    { COMMAND_AUTH, 250, false, VERDICT_UNUSUAL },
    { COMMAND_AUTH, 335, false, VERDICT_UNUSUAL },
    { COMMAND_HELP, 250, false, VERDICT_UNUSUAL },
    { COMMAND_QUIT, 250, false, VERDICT_UNUSUAL },
    { COMMAND_CONNECTION, 250, false, VERDICT_UNUSUAL },
    /* a verb that nobody knows */
    { COMMAND_OTHER, 211, false, VERDICT_UNUSUAL },
    { COMMAND_OTHER, 214, false, VERDICT_UNUSUAL },
    { COMMAND_OTHER, 250, false, VERDICT_UNUSUAL },
    { COMMAND_OTHER, 350, false, VERDICT_UNUSUAL },
    /* RFC 4954, section 4: there is no second login */
    { COMMAND_AUTH, 235, true, VERDICT_UNEXPECTED },
    { COMMAND_X_EXPS, 235, true, VERDICT_UNEXPECTED },
    { COMMAND_AUTH, 334, true, VERDICT_EXPECTED },
    { COMMAND_AUTH, 503, true, VERDICT_REFUSED },
    { COMMAND_MAIL, 250, true, VERDICT_EXPECTED },
    { COMMAND_HELP, 211, true, VERDICT_EXPECTED },
};

static bool is_listed(size_t row, unsigned code)
{
    for (size_t i = 0; i < CODES_MAX; i++)
        if (expected[row].codes[i] == code)
            return true;
    return false;
}

static void test_expected(void)
{
    for (size_t row = 0; row < G_N_ELEMENTS(expected); row++) {
        for (unsigned code = CODE_MIN; code <= CODE_MAX; code++) {
            verdict found = verdict_of(expected[row].command, code, false);

            g_assert_cmpint(found == VERDICT_EXPECTED, ==, is_listed(row, code));
        }
    }
}

static void test_every_command_has_a_row(void)
{
    for (unsigned command = COMMAND_NONE + 1; command < COMMAND_OTHER; command++) {
        bool there = false;

        for (size_t row = 0; row < G_N_ELEMENTS(expected); row++)
            there |= expected[row].command == (command_id)command;
        g_assert_true(there);
    }
}

static void test_refused(void)
{
    for (unsigned command = COMMAND_NONE; command < COMMAND_COUNT; command++) {
        for (unsigned code = 400; code <= CODE_MAX; code++) {
            g_assert_cmpint(verdict_of((command_id)command, code, false), ==, VERDICT_REFUSED);
            g_assert_cmpint(verdict_of((command_id)command, code, true), ==, VERDICT_REFUSED);
        }
    }
}

static void test_others(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(others); i++) {
        g_test_message("%u to %s", others[i].code, command_name(others[i].command));
        g_assert_cmpint(verdict_of(others[i].command, others[i].code, others[i].authenticated), ==,
                        others[i].due);
    }
}

static void test_every_verdict_is_one(void)
{
    for (unsigned command = COMMAND_NONE; command < COMMAND_COUNT; command++) {
        for (unsigned code = CODE_MIN; code <= CODE_MAX; code++) {
            verdict found = verdict_of((command_id)command, code, true);

            g_assert_cmpint(found, >=, VERDICT_EXPECTED);
            g_assert_cmpint(found, <=, VERDICT_UNEXPECTED);
        }
    }
}

/* A reserved code is expected from its owners, and unexpected from all others. */
static void test_reserved(void)
{
    static const unsigned reserved[] = { 220, 221, 235, 334, 354 };

    for (unsigned command = COMMAND_NONE + 1; command < COMMAND_COUNT; command++) {
        for (size_t i = 0; i < G_N_ELEMENTS(reserved); i++) {
            bool owner = verdict_code_is_reserved_for(reserved[i], (command_id)command);
            verdict found = verdict_of((command_id)command, reserved[i], false);

            g_assert_cmpint(found, ==, owner ? VERDICT_EXPECTED : VERDICT_UNEXPECTED);
        }
    }
    g_assert_false(verdict_code_is_reserved_for(211, COMMAND_HELP));
    g_assert_false(verdict_code_is_reserved_for(250, COMMAND_MAIL));
    for (unsigned code = CODE_MIN; code <= CODE_MAX; code++)
        g_assert_false(verdict_code_is_reserved_for(code, COMMAND_NONE));
}

/* The numbers are what users' filters contain. */
static void test_contract(void)
{
    g_assert_cmpint(VERDICT_UNKNOWN, ==, 0);
    g_assert_cmpint(VERDICT_EXPECTED, ==, 1);
    g_assert_cmpint(VERDICT_REFUSED, ==, 2);
    g_assert_cmpint(VERDICT_UNUSUAL, ==, 3);
    g_assert_cmpint(VERDICT_UNEXPECTED, ==, 4);
    g_assert_cmpint(VERDICT_UNSOLICITED, ==, 5);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/verdict/expected", test_expected);
    g_test_add_func("/verdict/rows", test_every_command_has_a_row);
    g_test_add_func("/verdict/refused", test_refused);
    g_test_add_func("/verdict/others", test_others);
    g_test_add_func("/verdict/range", test_every_verdict_is_one);
    g_test_add_func("/verdict/reserved", test_reserved);
    g_test_add_func("/verdict/contract", test_contract);
    return g_test_run();
}
