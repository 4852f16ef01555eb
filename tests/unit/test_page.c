/* test_page.c
 * Are pages wrapped where they should be?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "page.h"

static wmem_allocator_t *scope;

static void assert_page(const page *p, const char *wanted)
{
    g_assert_cmpstr(wmem_strbuf_get_str(p->text), ==, wanted);
}

static void test_paragraph(void)
{
    page p = page_new(scope, 40, false);

    page_text(&p, 3, "Nothing that is well takes more than a line, and what is not takes a few.");
    assert_page(&p, "   Nothing that is well takes more than\n"
                    "   a line, and what is not takes a few.\n");
}

static void test_long_word_stays_whole(void)
{
    page p = page_new(scope, 40, false);

    page_text(&p, 0, "see https://support.example.com/mail/?p=BadCredentials-and-more now");
    assert_page(&p, "see\nhttps://support.example.com/mail/?p=BadCredentials-and-more\nnow\n");
}

static void test_item(void)
{
    page p = page_new(scope, 40, false);

    page_item(&p, "Says", "The server does not say why it refuses.");
    page_item(&p, "Left out", NULL);
    page_item(&p, "Left out", "");
    page_item(&p, "A long label", "text");
    assert_page(&p, "Says        The server does not say why\n"
                    "            it refuses.\n"
                    "A long label text\n");
}

/* A line ends beside a wide character, but a full stop or a bracket stays where it belongs, and so does a
 * word in Latin letters. */
static void test_without_blanks(void)
{
    page p = page_new(scope, 40, false);

    page_text(&p, 0, "服务器不接受此用户名和密码，请检查用户名、密码。");
    assert_page(&p, "服务器不接受此用户名和密码，请检查用户\n名、密码。\n");
    p = page_new(scope, 40, false);
    page_text(&p, 0, "一二三四五六七八九十一二三四五六七八九十。完");
    assert_page(&p, "一二三四五六七八九十一二三四五六七八九\n十。完\n");
    p = page_new(scope, 40, false);
    page_text(&p, 0, "一二三四五六七八九十一二三四五六七八九（十）");
    assert_page(&p, "一二三四五六七八九十一二三四五六七八九\n（十）\n");
    p = page_new(scope, 40, false);
    page_text(&p, 0, "一二三四五六七八九十一二三四五六七STARTTLS之后");
    assert_page(&p, "一二三四五六七八九十一二三四五六七\nSTARTTLS之后\n");
    p = page_new(scope, 40, false);
    page_item(&p, "含义", "服务器报告其状态，或提供帮助信息。");
    assert_page(&p, "含义        服务器报告其状态，或提供帮助\n            信息。\n");
}

/* Three characters of two columns and two of one are eight columns. */
static void test_columns(void)
{
    g_assert_cmpuint(page_columns("\xe9\x82\xae\xe4\xbb\xb6\xe7\xae\xb1\xc3\xa9!"), ==, 8);
    g_assert_cmpuint(page_columns("e\xcc\x81"), ==, 1);
    g_assert_cmpuint(page_columns(""), ==, 0);
}

static void test_pair(void)
{
    static const page_sides sides = { "211", "235" };
    page p = page_new(scope, 64, false);

    page_pair(&p, &sides, "Says", "left and some more words here", "right");
    assert_page(&p, "Says        left and some more words   right\n"
                    "            here\n");
    p = page_new(scope, 64, false);
    page_pair(&p, &sides, "Says", "left", "right and some more words here");
    assert_page(&p, "Says        left                       right and some more words\n"
                    "                                       here\n");
}

static void test_narrow_pair(void)
{
    static const page_sides sides = { "211", "235" };
    page p = page_new(scope, 60, false);

    page_pair(&p, &sides, "Says", "left", "right");
    assert_page(&p, "Says\n211         left\n235         right\n");
}

static void test_headline(void)
{
    page plain = page_new(scope, 80, false), coloured = page_new(scope, 80, true);

    page_gap(&plain);
    page_headline(&plain, "Login refused");
    page_gap(&plain);
    assert_page(&plain, "Login refused\n\n");
    page_headline(&coloured, "Login refused");
    assert_page(&coloured, "\033[1mLogin refused\033[0m\n");
}

/* Bold red is readable on black and on white. */
static void test_alarm(void)
{
    page plain = page_new(scope, 80, false), coloured = page_new(scope, 80, true);
    page split = page_new(scope, 40, true);

    page_alarm(&plain, 3, "Login refused");
    assert_page(&plain, "   Login refused\n");
    page_alarm(&coloured, 3, "Login refused");
    assert_page(&coloured, "   \033[1;31mLogin refused\033[0m\n");
    page_split(&split, PAGE_ALARM, "1  Login refused", "2 sessions");
    assert_page(&split, "\033[1;31m1  Login refused\033[0m              2 sessions\n");
}

static void test_width_is_bounded(void)
{
    g_assert_cmpuint(page_new(scope, 0, false).width, ==, PAGE_WIDTH_MIN);
    g_assert_cmpuint(page_new(scope, 200, false).width, ==, PAGE_WIDTH_MAX);
}

int main(int argc, char *argv[])
{
    int status;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    g_test_add_func("/page/paragraph", test_paragraph);
    g_test_add_func("/page/long-word-stays-whole", test_long_word_stays_whole);
    g_test_add_func("/page/item", test_item);
    g_test_add_func("/page/without-blanks", test_without_blanks);
    g_test_add_func("/page/columns", test_columns);
    g_test_add_func("/page/pair", test_pair);
    g_test_add_func("/page/narrow-pair", test_narrow_pair);
    g_test_add_func("/page/headline", test_headline);
    g_test_add_func("/page/alarm", test_alarm);
    g_test_add_func("/page/width-is-bounded", test_width_is_bounded);
    status = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return status;
}
