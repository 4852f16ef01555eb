/* test_session_bounds.c
 * What a peer sends can't make a session grow, nor make it say what it doesn't know.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "dialogue.h"
#include "session.h"
#include "session_private.h"

#define LINE_LONG (200 * 1024)
#define REPLY_LINES 20000
#define TEXT_SHOWN_MAX 410

static void say(dialogue_run *run, dialogue_side side, const char *text)
{
    dialogue_say(run, side, text, strlen(text));
}

static void say_times(dialogue_run *run, dialogue_side side, const char *text, unsigned count)
{
    GString *all = g_string_new("");

    for (unsigned i = 0; i < count; i++)
        g_string_append(all, text);
    dialogue_say(run, side, all->str, all->len);
    g_string_free(all, TRUE);
}

static dialogue_run *opened(void)
{
    dialogue_run *run = dialogue_run_new(true);

    say(run, SERVER, "220 mx ESMTP\r\n");
    say(run, CLIENT, "EHLO me\r\n");
    say(run, SERVER, "250 mx\r\n");
    return run;
}

/* The last of what is said of the replies. */
static const char *last_line(dialogue_run *run)
{
    const char *const *lines = dialogue_run_replies(run);
    size_t count = 0;

    while (lines[count] != NULL)
        count++;
    return count > 0 ? lines[count - 1] : "";
}

static void test_outstanding_up_to_the_limit(void)
{
    dialogue_run *run = opened();

    say_times(run, CLIENT, "NOOP\r\n", QUEUE_MAX);
    g_assert_cmpuint(dialogue_run_session(run)->exchange.queue.count, ==, QUEUE_MAX);
    say_times(run, SERVER, "250 ok\r\n", QUEUE_MAX);
    g_assert_cmpstr(last_line(run), ==, "5 250 NOOP @4 expected");
    say(run, SERVER, "250 ok\r\n");
    g_assert_cmpstr(last_line(run), ==, "6 250 ? unsolicited");
    dialogue_run_free(run);
}

static void test_outstanding_beyond_the_limit(void)
{
    dialogue_run *run = opened();
    const char *const *lines;

    say_times(run, CLIENT, "NOOP\r\n", 3 * QUEUE_MAX + 10);
    g_assert_cmpuint(dialogue_run_session(run)->exchange.queue.count, <=, QUEUE_MAX + 1);
    say(run, SERVER, "250 ok\r\n250 ok\r\n");
    lines = dialogue_run_replies(run);
    g_assert_cmpstr(lines[2], ==, "5 250 ? unknown");
    g_assert_cmpstr(lines[3], ==, "5 250 ? unknown");
    /* and it finds its way back */
    say(run, CLIENT, "HELP\r\n");
    say(run, SERVER, "211 x\r\n");
    g_assert_cmpstr(last_line(run), ==, "7 211 HELP @6 expected +status");
    say(run, CLIENT, "NOOP\r\nQUIT\r\n");
    say(run, SERVER, "250 ok\r\n221 bye\r\n");
    lines = dialogue_run_replies(run);
    g_assert_cmpstr(lines[5], ==, "9 250 NOOP @8 expected");
    g_assert_cmpstr(lines[6], ==, "9 221 QUIT @8 expected");
    dialogue_run_free(run);
}

/* Bytes behind DATA that are more than are held. */
static void check_held(const char *answer, const char *const *expected)
{
    dialogue_run *run = opened();
    const char *const *lines;

    say(run, CLIENT, "DATA\r\n");
    say_times(run, CLIENT, "HELP\r\n", CLIENT_HELD_MAX / 6 + 1);
    say(run, CLIENT, "NOOP\r\n.\r\n");
    g_assert_cmpuint(dialogue_run_session(run)->exchange.client.held.taken, <=, CLIENT_HELD_MAX);
    say(run, SERVER, answer);
    say(run, SERVER, "250 ok\r\n");
    say(run, CLIENT, "HELP\r\n");
    say(run, SERVER, "211 x\r\n");
    lines = dialogue_run_replies(run);
    for (int i = 0; expected[i] != NULL; i++)
        g_assert_cmpstr(lines[i + 2], ==, expected[i]);
    dialogue_run_free(run);
}

static void test_held_message(void)
{
    static const char *const expected[] = { "7 354 DATA @4 expected", "8 250 message expected",
                                            "10 211 HELP @9 expected +status", NULL };

    check_held("354 go\r\n", expected);
}

static void test_held_commands(void)
{
    static const char *const expected[] = { "7 503 DATA @4 refused", "8 250 ? unknown",
                                            "10 211 HELP @9 expected +status", NULL };

    check_held("503 no\r\n", expected);
}

static void test_held_below_the_limit(void)
{
    dialogue_run *run = opened();

    say(run, CLIENT, "DATA\r\n");
    say_times(run, CLIENT, "HELP....", CLIENT_HELD_MAX / 8 - 64);
    say(run, CLIENT, "\r\n.\r\n");
    say(run, SERVER, "354 go\r\n250 ok\r\n");
    g_assert_cmpstr(last_line(run), ==, "7 250 message @6 expected");
    dialogue_run_free(run);
}

static void say_endless_line(dialogue_run *run, dialogue_side side, const char *beginning)
{
    char part[1000];

    say(run, side, beginning);
    memset(part, 'x', sizeof part);
    for (unsigned sent = 0; sent < LINE_LONG; sent += sizeof part)
        dialogue_say(run, side, part, sizeof part);
}

static void check_line_buffers(dialogue_run *run)
{
    const session *s = dialogue_run_session(run);

    for (int side = 0; side < 2; side++) {
        g_assert_cmpuint(session_line(s, side)->kept_len, <=, LINE_KEEP_MAX);
        g_assert_cmpuint(session_line(s, side)->kept_size, <=, LINE_KEEP_MAX);
    }
}

/* The first reply of a frame. */
static const reply_note *reply_in(dialogue_run *run, uint32_t frame)
{
    note_list replies = note_store_replies(dialogue_run_session(run)->exchange.store, frame);

    g_assert_cmpuint(replies.count, >, 0);
    return replies.entry[0].reply;
}

static void test_server_that_ends_no_line(void)
{
    dialogue_run *run = opened();
    uint32_t frame;

    say(run, CLIENT, "HELP\r\n");
    say_endless_line(run, SERVER, "211 ");
    check_line_buffers(run);
    g_assert_cmpstr(last_line(run), ==, "3 250 EHLO @2 expected");
    frame = dialogue_say(run, SERVER, "\r\n", 2);
    g_assert_cmpuint(strlen(reply_in(run, frame)->text), <=, TEXT_SHOWN_MAX);
    g_assert_nonnull(strstr(last_line(run), "211 HELP @4 expected"));
    dialogue_run_free(run);
}

static void test_client_that_ends_no_line(void)
{
    static const char *const beginnings[] = { "", "HELP ", "AUTH PLAIN ", "AUTH ", "   " };

    for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++) {
        dialogue_run *run = opened();

        say_endless_line(run, CLIENT, beginnings[i]);
        check_line_buffers(run);
        say(run, CLIENT, "\r\n");
        g_assert_cmpuint(dialogue_run_session(run)->exchange.queue.count, ==, 1);
        dialogue_run_free(run);
    }
}

static void test_reply_that_never_ends(void)
{
    dialogue_run *run = opened();
    const reply_note *note;
    uint32_t frame;

    say(run, CLIENT, "HELP\r\n");
    say_times(run, SERVER, "211-more and more\r\n", REPLY_LINES);
    frame = dialogue_say(run, SERVER, "211 end\r\n", 9);
    note = reply_in(run, frame);
    g_assert_cmpuint(note->lines, ==, REPLY_LINES + 1);
    g_assert_cmpuint(strlen(note->text), <=, TEXT_SHOWN_MAX);
    g_assert_cmpint(note->command->id, ==, COMMAND_HELP);
    dialogue_run_free(run);
}

/* Texts that a terminal, or the GUI, must not be given as they are. */
static void test_hostile_texts(void)
{
    static const struct {
        const char *bytes;
        size_t len;
    } texts[] = {
        { "\0", 1 },
        { "a\0b", 3 },
        { "\033[2J\007\b\177", 7 },
        { "\377\376\300\200", 4 },
        { "\355\240\200", 3 },     /* a surrogate */
        { "\364\220\200\200", 4 }, /* behind the last code point */
        { "\302", 1 },             /* half a character */
        { "\302\205\302\233", 4 }, /* C1 control characters */
        { "%s%n %1$*2$d", 12 },
        { " / / ", 5 },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        dialogue_run *run = opened();
        GString *reply = g_string_new("211-");
        const char *text;

        g_string_append_len(reply, texts[i].bytes, (gssize)texts[i].len);
        g_string_append(reply, "\r\n211 ");
        g_string_append_len(reply, texts[i].bytes, (gssize)texts[i].len);
        g_string_append(reply, "\r\n");
        say(run, CLIENT, "HELP\r\n");
        text = reply_in(run, dialogue_say(run, SERVER, reply->str, reply->len))->text;
        g_assert_true(g_utf8_validate(text, -1, NULL));
        for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p))
            g_assert_false(g_unichar_iscntrl(g_utf8_get_char(p)));
        g_string_free(reply, TRUE);
        dialogue_run_free(run);
    }
}

/* A text is cut between characters, wherever the limit falls. */
static void test_text_is_cut_between_characters(void)
{
    for (unsigned shift = 0; shift < 8; shift++) {
        dialogue_run *run = opened();
        GString *reply = g_string_new("211 ");
        const char *text;

        for (unsigned i = 0; i < shift; i++)
            g_string_append_c(reply, 'x');
        for (unsigned i = 0; i < 200; i++)
            g_string_append(reply, "\360\237\223\247"); /* an envelope */
        g_string_append(reply, "\r\n");
        say(run, CLIENT, "HELP\r\n");
        text = reply_in(run, dialogue_say(run, SERVER, reply->str, reply->len))->text;
        g_assert_true(g_utf8_validate(text, -1, NULL));
        g_assert_cmpuint(strlen(text), <=, TEXT_SHOWN_MAX);
        g_assert_true(g_str_has_suffix(text, "..."));
        dialogue_run_free(run);
        g_string_free(reply, TRUE);
    }
}

static void test_random_bytes(void)
{
    static const char *const pieces[] = { "EHLO a\r\n",
                                          "250 ok\r\n",
                                          "AUTH LOGIN\r\n",
                                          "334 \r\n",
                                          "235 ok\r\n",
                                          "DATA\r\n",
                                          "354 go\r\n",
                                          "\r\n.\r\n",
                                          "BDAT 9999\r\n",
                                          "BDAT 1 LAST\r\n",
                                          "STARTTLS\r\n",
                                          "220 x\r\n",
                                          "ATRN a\r\n",
                                          "LHLO a\r\n",
                                          "211-x\r\n",
                                          "211 ",
                                          "\r",
                                          "\n",
                                          "421 \r\n",
                                          "MAIL FROM:<>\r\n" };

    for (unsigned round = 0; round < 200; round++) {
        dialogue_run *run = dialogue_run_new(round % 2 == 0);

        for (unsigned i = 0; i < 60; i++) {
            const char *piece = pieces[g_test_rand_int_range(0, G_N_ELEMENTS(pieces))];
            char byte = (char)g_test_rand_int_range(0, 256);

            if (g_test_rand_int_range(0, 8) == 0)
                dialogue_say(run, g_test_rand_bit() ? CLIENT : SERVER, &byte, 1);
            else
                say(run, g_test_rand_bit() ? CLIENT : SERVER, piece);
        }
        dialogue_run_replies(run);
        dialogue_run_free(run);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wmem_init();
    g_test_add_func("/session/bounds/outstanding", test_outstanding_up_to_the_limit);
    g_test_add_func("/session/bounds/outstanding-beyond", test_outstanding_beyond_the_limit);
    g_test_add_func("/session/bounds/held", test_held_below_the_limit);
    g_test_add_func("/session/bounds/held-message", test_held_message);
    g_test_add_func("/session/bounds/held-commands", test_held_commands);
    g_test_add_func("/session/bounds/server-line", test_server_that_ends_no_line);
    g_test_add_func("/session/bounds/client-line", test_client_that_ends_no_line);
    g_test_add_func("/session/bounds/reply", test_reply_that_never_ends);
    g_test_add_func("/session/bounds/hostile-texts", test_hostile_texts);
    g_test_add_func("/session/bounds/cut-texts", test_text_is_cut_between_characters);
    g_test_add_func("/session/bounds/random", test_random_bytes);
    int failed = g_test_run();
    wmem_cleanup();
    return failed;
}
