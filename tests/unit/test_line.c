/* test_line.c
 * Are lines put together the same from whatever pieces, and nothing kept that must not be?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "line.h"

#include <string.h>

#include <glib.h>

static wmem_allocator_t *scope;

typedef struct {
    const char *bytes;
    const char *lines[8]; /* that are whole, without their ends */
    const char *crlf;     /* for each line: 'y' if it ended with CR LF */
    const char *open;     /* what is left; NULL: no line is open */
} split_case;

static const split_case splits[] = {
    { "", { NULL }, "", NULL },
    { "\n", { "" }, "n", NULL },
    { "\r\n", { "" }, "y", NULL },
    { "a\r\n", { "a" }, "y", NULL },
    { "a\n", { "a" }, "n", NULL },
    { "a\r\r\n", { "a" }, "y", NULL },
    { "a\rb\r\n", { "a\rb" }, "y", NULL },
    { "a\r\nbc\n\r\nd", { "a", "bc", "" }, "yny", "d" },
    { "abc", { NULL }, "", "abc" },
    { "a\r", { NULL }, "", "a" },
    { "\n\n\n", { "", "", "" }, "nnn", NULL },
};

static void check_line(const split_case *c, const line *found, unsigned index)
{
    g_assert_cmpuint(index, <, G_N_ELEMENTS(c->lines));
    g_assert_nonnull(c->lines[index]);
    g_assert_cmpmem(found->text, found->len, c->lines[index], strlen(c->lines[index]));
    g_assert_cmpint(found->crlf, ==, c->crlf[index] == 'y');
}

/* Each piece is a frame of its own, from 1 on. */
static void split_in_pieces(const split_case *c, size_t piece)
{
    line_buffer buffer = { 0 };
    size_t len = strlen(c->bytes);
    unsigned count = 0;
    line found;

    for (size_t pos = 0; pos < len;) {
        uint32_t frame = (uint32_t)(pos / piece) + 1;
        size_t end = MIN(len, (size_t)frame * piece);
        bool complete;
        size_t used = line_take(&buffer, scope, (const uint8_t *)c->bytes + pos, end - pos, frame,
                                NULL, &found, &complete);

        g_assert_cmpuint(used, >, 0);
        g_assert_cmpuint(pos + used, <=, end);
        if (complete)
            check_line(c, &found, count++);
        pos += used;
    }
    g_assert_cmpuint(count, ==, strlen(c->crlf));
    g_assert_cmpint(buffer.open, ==, c->open != NULL);
    if (c->open != NULL) {
        g_assert_true(line_take_open(&buffer, &found));
        g_assert_cmpmem(found.text, found.len, c->open, strlen(c->open));
    }
    g_assert_false(line_take_open(&buffer, &found));
    line_reset(&buffer, scope);
}

static void test_split(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(splits); i++)
        for (size_t piece = 1; piece <= 12; piece++)
            split_in_pieces(&splits[i], piece);
}

static bool take(line_buffer *buffer, const char *bytes, uint32_t frame, line_keep_limit limit,
                 line *found)
{
    bool complete;
    size_t used = line_take(buffer, scope, (const uint8_t *)bytes, strlen(bytes), frame, limit,
                            found, &complete);

    g_assert_cmpuint(used, ==, strlen(bytes));
    return complete;
}

static void test_first_frame(void)
{
    line_buffer buffer = { 0 };
    line found;

    g_assert_false(take(&buffer, "a", 7, NULL, &found));
    g_assert_false(take(&buffer, "b", 8, NULL, &found));
    g_assert_true(take(&buffer, "\n", 9, NULL, &found));
    g_assert_cmpuint(found.first_frame, ==, 7);
    g_assert_true(take(&buffer, "c\n", 10, NULL, &found));
    g_assert_cmpuint(found.first_frame, ==, 10);
    line_reset(&buffer, scope);
}

static size_t keep_three(const char *text, size_t len)
{
    (void)text;
    return MIN(len, 3);
}

static bool holds(const line_buffer *buffer, char byte)
{
    return buffer->kept != NULL && memchr(buffer->kept, byte, buffer->kept_size) != NULL;
}

static void test_limit(void)
{
    line_buffer buffer = { 0 };
    line found;

    g_assert_false(take(&buffer, "abcXXX", 1, keep_three, &found));
    g_assert_false(holds(&buffer, 'X'));
    g_assert_false(take(&buffer, "XXX\r", 1, keep_three, &found));
    g_assert_false(holds(&buffer, 'X'));
    g_assert_true(take(&buffer, "\n", 1, keep_three, &found));
    g_assert_cmpmem(found.text, found.len, "abc", 3);
    g_assert_true(found.crlf);
    line_reset(&buffer, scope);
}

static void test_wipe(void)
{
    line_buffer buffer = { 0 };
    line found;

    g_assert_false(take(&buffer, "XXX", 1, NULL, &found));
    g_assert_true(take(&buffer, "\n", 1, NULL, &found));
    line_wipe(&buffer);
    g_assert_false(holds(&buffer, 'X'));
    g_assert_false(take(&buffer, "abc", 1, NULL, &found));
    line_wipe(&buffer); /* not a line that is still to be read */
    g_assert_true(take(&buffer, "d\n", 1, NULL, &found));
    g_assert_cmpmem(found.text, found.len, "abcd", 4);
    line_reset(&buffer, scope);
    g_assert_null(buffer.kept);
    line_reset(&buffer, scope);
    line_wipe(&buffer);
}

/* A line that is longer than what is kept: its end is recognised all the same. */
static void check_long_line(const char *end, bool crlf)
{
    line_buffer buffer = { 0 };
    char part[100];
    bool complete = false;
    line found;

    memset(part, 'x', sizeof part);
    for (size_t len = 0; len < 3 * LINE_KEEP_MAX; len += sizeof part)
        line_take(&buffer, scope, (const uint8_t *)part, sizeof part, 1, NULL, &found, &complete);
    g_assert_cmpuint(buffer.kept_size, <=, LINE_KEEP_MAX);
    for (const char *p = end; *p != '\0'; p++) {
        g_assert_false(complete);
        line_take(&buffer, scope, (const uint8_t *)p, 1, 1, NULL, &found, &complete);
    }
    g_assert_true(complete);
    g_assert_cmpuint(found.len, ==, LINE_KEEP_MAX);
    g_assert_cmpint(found.crlf, ==, crlf);
    line_reset(&buffer, scope);
}

static void test_long_line(void)
{
    check_long_line("\r\n", true);
    check_long_line("\n", false);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wmem_init();
    scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    g_test_add_func("/line/split", test_split);
    g_test_add_func("/line/first-frame", test_first_frame);
    g_test_add_func("/line/limit", test_limit);
    g_test_add_func("/line/wipe", test_wipe);
    g_test_add_func("/line/long", test_long_line);
    int failed = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return failed;
}
