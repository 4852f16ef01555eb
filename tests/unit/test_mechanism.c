/* test_mechanism.c
 * Which words behind AUTH are mechanisms, and which mechanisms give a secret away?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "mechanism.h"

#include <string.h>

#include <glib.h>

static const struct {
    const char *argument;
    const char *name; /* NULL: it can't be one */
    bool known;
    bool exposes;
} cases[] = {
    { "PLAIN", "PLAIN", true, true },
    { "plain", "PLAIN", true, true },
    { "Login", "LOGIN", true, true },
    { "XOAUTH2", "XOAUTH2", true, true },
    { "OAUTHBEARER", "OAUTHBEARER", true, true },
    { "CRAM-MD5", "CRAM-MD5", true, false },
    { "DIGEST-MD5", "DIGEST-MD5", true, false },
    { "SCRAM-SHA-256-PLUS", "SCRAM-SHA-256-PLUS", true, false },
    { "scram-sha-1", "SCRAM-SHA-1", true, false },
    { "NTLM", "NTLM", true, false },
    { "GSSAPI", "GSSAPI", true, false },
    { "EXTERNAL", "EXTERNAL", true, false },
    { "ANONYMOUS", "ANONYMOUS", true, false },
    { "KERBEROS_V4", "KERBEROS_V4", true, false },
    /* names that nobody registered */
    { "X-MY-OWN", "X-MY-OWN", false, true },
    { "PLAINER", "PLAINER", false, true },
    { "ABCDEFGHIJKLMNOPQRST", "ABCDEFGHIJKLMNOPQRST", false, true },
    /* no names */
    { "ABCDEFGHIJKLMNOPQRSTU", NULL, false, false },
    { "", NULL, false, false },
    { "PLAIN=", NULL, false, false },
    { "PL AIN", NULL, false, false },
    { "PL.AIN", NULL, false, false },
    { "PL\303\204IN", NULL, false, false },
    /* secrets of people who leave the mechanism out */
    { "AGJvYgBodW50ZXIy", NULL, false, false },
    { "Ym9i", NULL, false, false },
    { "aHVudGVyMg==", NULL, false, false },
    { "hunter2", NULL, false, false },
    { "QUFBQUFBQUFB", "QUFBQUFBQUFB", false, true },
};

static void test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char name[MECHANISM_NAME_MAX + 1];
        bool is_name = mechanism_from_argument(cases[i].argument, strlen(cases[i].argument), name);

        g_test_message("%s", cases[i].argument);
        g_assert_cmpint(is_name, ==, cases[i].name != NULL);
        if (!is_name)
            continue;
        g_assert_cmpstr(name, ==, cases[i].name);
        g_assert_cmpstr(mechanism_known(name), ==, cases[i].known ? name : NULL);
        g_assert_cmpint(mechanism_exposes_secret(name), ==, cases[i].exposes);
    }
}

static void test_part_of_a_line(void)
{
    char name[MECHANISM_NAME_MAX + 1];

    g_assert_true(mechanism_from_argument("PLAIN AGJvYgA=", 5, name));
    g_assert_cmpstr(name, ==, "PLAIN");
    g_assert_false(mechanism_from_argument("PLA\0IN", 6, name));
}

static void test_exposes(void)
{
    g_assert_true(mechanism_exposes_secret(NULL));
    g_assert_true(mechanism_exposes_secret(""));
    g_assert_true(mechanism_exposes_secret("PLAIN-CLIENTTOKEN"));
    g_assert_false(mechanism_exposes_secret("SCRAM-SHA-1"));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/mechanism/names", test_cases);
    g_test_add_func("/mechanism/part-of-a-line", test_part_of_a_line);
    g_test_add_func("/mechanism/exposes", test_exposes);
    return g_test_run();
}
