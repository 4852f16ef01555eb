/* test_reply.c
 * Are the lines of replies taken apart as servers mean them?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "reply.h"

#include <string.h>

#include <glib.h>

static const struct {
    const char *line;
    unsigned code; /* 0: it is no line of a reply */
    bool last;
    enhanced_code enhanced;
    const char *text;
} cases[] = {
    { "250 ok", 250, true, { 0, 0, 0 }, "ok" },
    { "250-ok", 250, false, { 0, 0, 0 }, "ok" },
    { "250\tok", 250, true, { 0, 0, 0 }, "ok" },
    { "250", 250, true, { 0, 0, 0 }, "" },
    { "250 ", 250, true, { 0, 0, 0 }, "" },
    { "250-", 250, false, { 0, 0, 0 }, "" },
    { "200 x", 200, true, { 0, 0, 0 }, "x" },
    { "599 x", 599, true, { 0, 0, 0 }, "x" },
    { "211  two spaces", 211, true, { 0, 0, 0 }, " two spaces" },

    { "", 0, false, { 0, 0, 0 }, NULL },
    { "2", 0, false, { 0, 0, 0 }, NULL },
    { "25", 0, false, { 0, 0, 0 }, NULL },
    { "25 x", 0, false, { 0, 0, 0 }, NULL },
    { "2a0 x", 0, false, { 0, 0, 0 }, NULL },
    { "25x", 0, false, { 0, 0, 0 }, NULL },
    { "199 x", 0, false, { 0, 0, 0 }, NULL },
    { "600 x", 0, false, { 0, 0, 0 }, NULL },
    { "2500 x", 0, false, { 0, 0, 0 }, NULL },
    { "250x", 0, false, { 0, 0, 0 }, NULL },
    { "250.x", 0, false, { 0, 0, 0 }, NULL },
    { " 250 x", 0, false, { 0, 0, 0 }, NULL },
    { "-250 x", 0, false, { 0, 0, 0 }, NULL },
    { "\26250 x", 0, false, { 0, 0, 0 }, NULL },

    { "235 2.7.0 ok", 235, true, { 2, 7, 0 }, "ok" },
    { "235-2.7.0 ok", 235, false, { 2, 7, 0 }, "ok" },
    { "235 2.7.0", 235, true, { 2, 7, 0 }, "" },
    { "235 2.7.0: ok", 235, true, { 2, 7, 0 }, "ok" },
    { "235 2.7.0:ok", 235, true, { 0, 0, 0 }, "2.7.0:ok" },
    { "235 2.7.0   ok", 235, true, { 2, 7, 0 }, "ok" },
    { "550 5.7.1\302\240no", 550, true, { 5, 7, 1 }, "no" }, /* a no-break space, UTF-8 */
    { "550 5.7.1\240no", 550, true, { 5, 7, 1 }, "no" },     /* Latin-1 */
    { "550 5.7.1: \302\240 no\302\240x", 550, true, { 5, 7, 1 }, "no\302\240x" },
    { "550 5.7.1\302\240", 550, true, { 5, 7, 1 }, "" },
    { "550 5.7.1\302", 550, true, { 0, 0, 0 }, "5.7.1\302" },
    { "550 5.7.1\302\241no", 550, true, { 0, 0, 0 }, "5.7.1\302\241no" },
    { "535 5.7.139 no", 535, true, { 5, 7, 139 }, "no" },
    { "454 4.7.0 no", 454, true, { 4, 7, 0 }, "no" },
    { "235 5.7.8 no", 235, true, { 5, 7, 8 }, "no" },
    { "235 ok (#2.0.0)", 235, true, { 2, 0, 0 }, "ok (#2.0.0)" },
    { "553 a (#1) b (#5.7.1)", 553, true, { 5, 7, 1 }, "a (#1) b (#5.7.1)" },
    { "250 2.0.0 ok (#5.0.0)", 250, true, { 2, 0, 0 }, "ok (#5.0.0)" },

    { "334 2.7.0 x", 334, true, { 0, 0, 0 }, "2.7.0 x" },
    { "250 3.0.0 x", 250, true, { 0, 0, 0 }, "3.0.0 x" },
    { "250 1.2.3 x", 250, true, { 0, 0, 0 }, "1.2.3 x" },
    { "250 2.7 x", 250, true, { 0, 0, 0 }, "2.7 x" },
    { "250 2.7.x", 250, true, { 0, 0, 0 }, "2.7.x" },
    { "250 2.7. x", 250, true, { 0, 0, 0 }, "2.7. x" },
    { "250 2..0 x", 250, true, { 0, 0, 0 }, "2..0 x" },
    { "250 2.7.0.1 x", 250, true, { 0, 0, 0 }, "2.7.0.1 x" },
    { "250 2.7.0000 x", 250, true, { 0, 0, 0 }, "2.7.0000 x" },
    { "250 22.7.0 x", 250, true, { 0, 0, 0 }, "22.7.0 x" },
    { "250 2.7.0x", 250, true, { 0, 0, 0 }, "2.7.0x" },
    { "250 ok 2.7.0", 250, true, { 0, 0, 0 }, "ok 2.7.0" },
    { "250 ok (#2.0.0", 250, true, { 0, 0, 0 }, "ok (#2.0.0" },
    { "250 ok (#2.0.0x)", 250, true, { 0, 0, 0 }, "ok (#2.0.0x)" },
    { "250 ok (#", 250, true, { 0, 0, 0 }, "ok (#" },
    { "250 127.0.0.1 x", 250, true, { 0, 0, 0 }, "127.0.0.1 x" },
};

static void test_lines(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        /* as long as the line, so that a sanitizer sees a byte too many */
        size_t len = strlen(cases[i].line);
        char *line = (char *)g_malloc(MAX(len, 1));
        reply_line found;

        memcpy(line, cases[i].line, len);
        if (reply_parse_line(line, len, &found) != (cases[i].code != 0))
            g_error("reply or not: %s", cases[i].line);
        if (cases[i].code != 0) {
            g_test_message("%s", cases[i].line);
            g_assert_cmpuint(found.code, ==, cases[i].code);
            g_assert_cmpint(found.last, ==, cases[i].last);
            g_assert_cmpuint(found.enhanced.status_class, ==, cases[i].enhanced.status_class);
            g_assert_cmpuint(found.enhanced.subject, ==, cases[i].enhanced.subject);
            g_assert_cmpuint(found.enhanced.detail, ==, cases[i].enhanced.detail);
            g_assert_cmpmem(found.text, found.text_len, cases[i].text, strlen(cases[i].text));
        }
        g_free(line);
    }
}

/* A NUL is a byte like any other. */
static void test_nul(void)
{
    reply_line found;

    g_assert_true(reply_parse_line("250 a\0b", 7, &found));
    g_assert_cmpmem(found.text, found.text_len, "a\0b", 3);
    g_assert_false(reply_parse_line("250\0", 4, &found));
    g_assert_false(reply_parse_line("2\0000", 3, &found));
}

static void test_digits(void)
{
    g_assert_cmpuint(reply_category(235), ==, 2);
    g_assert_cmpuint(reply_topic(235), ==, 3);
    g_assert_cmpuint(reply_category(599), ==, 5);
    g_assert_cmpuint(reply_topic(599), ==, 9);
    g_assert_cmpuint(reply_topic(501), ==, 0);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/reply/lines", test_lines);
    g_test_add_func("/reply/nul", test_nul);
    g_test_add_func("/reply/digits", test_digits);
    return g_test_run();
}
