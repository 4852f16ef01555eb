/* test_bounds.c
 * What a session keeps, whatever a peer sends: bounded as session.h says. And that it says so when
 * it lost track, and finds its way back.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#if defined(__SANITIZE_ADDRESS__)
/* sanitizer/allocator_interface.h, which gcc doesn't bring along */
size_t __sanitizer_get_current_allocated_bytes(void);
#define SLOWER_BY 100 /* of what allocates */
#else
#define SLOWER_BY 1
#endif
#if defined(__GLIBC__)
#include <malloc.h>
#if __GLIBC_PREREQ(2, 33)
#define HAVE_MALLINFO2
#endif
#endif

#include "finding.h"
#include "session.h"
#include "session_private.h"

#define CLIENT 0
#define SERVER 1
#define CHUNK_SIZE (64u * 1024)
#define MEGABYTE (1024u * 1024)
#define REPLY_TEXT_MAX 420 /* 400 bytes, what joins the lines, and "..." */
/* wmem's allocator takes memory in blocks of 8 MB: what is smaller doesn't show. */
#define HEAP_GROWTH_MAX (20u * MEGABYTE)

typedef struct {
    wmem_allocator_t *scope;
    note_store *store;
    session *smtp;
    login_list logins;
    uint32_t next[2];
    uint32_t frame;
    size_t heap_before;
} fixture;

/* Bytes that are allocated in this process; 0 where that can't be found out. */
static size_t heap_in_use(void)
{
#if defined(__SANITIZE_ADDRESS__)
    return __sanitizer_get_current_allocated_bytes();
#elif defined(HAVE_MALLINFO2)
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
#else
    return 0;
#endif
}

static session *new_session(fixture *f)
{
    session *s = session_new(f->scope, f->store, &f->logins);

    session_hint_server(s, SERVER, 25);
    session_hint_start(s, f->next, 0);
    return s;
}

static void set_up(fixture *f, gconstpointer data)
{
    (void)data;
    memset(f, 0, sizeof *f);
    f->heap_before = heap_in_use();
    f->scope = wmem_allocator_new(WMEM_ALLOCATOR_BLOCK);
    f->store = note_store_new(f->scope, finding_judge);
    f->next[CLIENT] = 1000;
    f->next[SERVER] = 2000;
    f->smtp = new_session(f);
}

static void tear_down(fixture *f, gconstpointer data)
{
    (void)data;
    session_free(f->smtp);
    wmem_destroy_allocator(f->scope);
}

static void feed_at(fixture *f, int side, uint32_t seq, const char *data, size_t len)
{
    span bytes = { 0 };

    bytes.data = (const uint8_t *)data;
    bytes.len = (uint32_t)len;
    bytes.frame = ++f->frame;
    bytes.time = f->frame;
    session_add_segment(f->smtp, side, seq, f->next[!side], &bytes);
}

static void feed(fixture *f, int side, const char *data, size_t len)
{
    feed_at(f, side, f->next[side], data, len);
    f->next[side] += (uint32_t)len;
}

static void client(fixture *f, const char *text)
{
    feed(f, CLIENT, text, strlen(text));
}

/* The only reply of the frame. */
static const reply_note *server(fixture *f, const char *text)
{
    note_list replies;

    feed(f, SERVER, text, strlen(text));
    replies = note_store_replies(f->store, f->frame);
    g_assert_cmpuint(replies.count, ==, 1);
    return replies.entry[0].reply;
}

static void greet(fixture *f)
{
    g_assert_cmpuint(server(f, "220 mx.example ESMTP\r\n")->verdict, ==, VERDICT_EXPECTED);
}

static void assert_answers(const reply_note *note, command_id id, verdict v)
{
    g_assert_cmpuint(note->verdict, ==, v);
    g_assert_nonnull(note->command);
    g_assert_cmpuint(note->command->id, ==, id);
}

static void assert_bounded(const fixture *f)
{
    const session *s = f->smtp;

    /* one that stands for anything may come before the commands, and one after them */
    g_assert_cmpuint(s->exchange.queue.count, <=, QUEUE_MAX + 2);
    g_assert_cmpuint(s->exchange.client.held.taken, <=, CLIENT_HELD_MAX);
    for (int side = 0; side < 2; side++) {
        g_assert_cmpuint(session_line(s, side)->kept_size, <=, LINE_KEEP_MAX);
        g_assert_cmpuint(s->streams[side].waiting_bytes, <=, STREAM_WAITING_BYTES_MAX);
        g_assert_cmpuint(s->streams[side].waiting_segments, <=, STREAM_WAITING_SEGMENTS_MAX);
    }
}

static void assert_heap_bounded(const fixture *f)
{
    if (f->heap_before != 0)
        g_assert_cmpuint(heap_in_use(), <, f->heap_before + HEAP_GROWTH_MAX);
}

/* Fills a chunk with as many copies of a line as fit; returns their length together. */
static size_t fill(char *chunk_text, const char *text)
{
    size_t len = strlen(text);
    size_t used = 0;

    for (; used + len <= CHUNK_SIZE; used += len)
        memcpy(chunk_text + used, text, len);
    return used;
}

/* Feeds one side the same line count times. */
static void feed_lines(fixture *f, int side, const char *text, size_t count)
{
    char *chunk_text = (char *)g_malloc(CHUNK_SIZE);
    size_t used = fill(chunk_text, text);
    size_t in_chunk = used / strlen(text);

    for (; count > 0; count -= MIN(count, in_chunk)) {
        feed(f, side, chunk_text, MIN(count, in_chunk) * strlen(text));
        assert_bounded(f);
    }
    g_free(chunk_text);
}

/* A session that was full of commands knows again what a reply answers. */
static void assert_recovers(fixture *f)
{
    const reply_note *note = server(f, "250 ok\r\n");

    g_assert_cmpuint(note->verdict, ==, VERDICT_UNKNOWN);
    g_assert_null(note->command);
    client(f, "AUTH PLAIN AGEAYg==\r\n");
    assert_answers(server(f, "235 ok\r\n"), COMMAND_AUTH, VERDICT_EXPECTED);
    client(f, "HELP\r\n");
    assert_answers(server(f, "211 ok\r\n"), COMMAND_HELP, VERDICT_EXPECTED);
    client(f, "NOOP\r\nNOOP\r\n");
    assert_answers(server(f, "250 ok\r\n"), COMMAND_NOOP, VERDICT_EXPECTED);
    assert_answers(server(f, "250 ok\r\n"), COMMAND_NOOP, VERDICT_EXPECTED);
    g_assert_cmpuint(f->smtp->exchange.queue.count, ==, 0);
}

static void test_endless_line_of_server(fixture *f, gconstpointer data)
{
    char *endless = (char *)g_malloc(CHUNK_SIZE);

    (void)data;
    memset(endless, 'x', CHUNK_SIZE);
    greet(f);
    client(f, "HELP\r\n");
    feed(f, SERVER, "211 ", 4);
    for (size_t fed = 0; fed < 100u * MEGABYTE; fed += CHUNK_SIZE) {
        feed(f, SERVER, endless, CHUNK_SIZE);
        assert_bounded(f);
    }
    assert_heap_bounded(f);
    const reply_note *note = server(f, "\r\n");
    assert_answers(note, COMMAND_HELP, VERDICT_EXPECTED);
    g_assert_cmpuint(strlen(note->text), <=, REPLY_TEXT_MAX);
    g_assert_cmpuint(note->first_line_in, ==, 3);
    client(f, "NOOP\r\n");
    assert_answers(server(f, "250 ok\r\n"), COMMAND_NOOP, VERDICT_EXPECTED);
    g_free(endless);
}

/* No line end, and nothing that looks like a reply either. */
static void test_endless_noise_of_both(fixture *f, gconstpointer data)
{
    char *endless = (char *)g_malloc(CHUNK_SIZE);

    (void)data;
    memset(endless, 0xFF, CHUNK_SIZE);
    for (size_t fed = 0; fed < 50u * MEGABYTE; fed += CHUNK_SIZE) {
        feed(f, SERVER, endless, CHUNK_SIZE);
        feed(f, CLIENT, endless, CHUNK_SIZE);
        assert_bounded(f);
    }
    assert_heap_bounded(f);
    g_assert_cmpuint(note_store_replies(f->store, f->frame).count, ==, 0);
    g_free(endless);
}

static void test_pipelined_commands(fixture *f, gconstpointer data)
{
    const char *command = (const char *)data;

    greet(f);
    feed_lines(f, CLIENT, command, 10 * 1000 * 1000 / SLOWER_BY);
    assert_heap_bounded(f);
    g_assert_false(f->smtp->exchange.all_known);
    assert_recovers(f);
}

/* What follows AUTH is a response: nothing is outstanding but AUTH. */
static void test_endless_responses(fixture *f, gconstpointer data)
{
    (void)data;
    greet(f);
    client(f, "AUTH LOGIN\r\n");
    feed_lines(f, CLIENT, "dXNlcg==\r\n", 1000 * 1000);
    g_assert_cmpuint(f->smtp->exchange.queue.count, ==, 1);
    assert_answers(server(f, "535 no\r\n"), COMMAND_AUTH, VERDICT_REFUSED);
    assert_heap_bounded(f);
    assert_recovers(f);
}

static void test_million_lines(fixture *f, gconstpointer data)
{
    (void)data;
    greet(f);
    client(f, "HELP\r\n");
    uint32_t begin = f->frame + 1;
    feed_lines(f, SERVER, "211-2.0.0 a line of help\r\n", 1000 * 1000 - 1);
    g_assert_cmpuint(wmem_strbuf_get_len(f->smtp->exchange.server.text), <=, REPLY_TEXT_MAX);
    const reply_note *note = server(f, "211 the end\r\n");
    assert_answers(note, COMMAND_HELP, VERDICT_EXPECTED);
    g_assert_cmpuint(note->lines, ==, 1000 * 1000);
    g_assert_cmpuint(note->first_line_in, ==, begin);
    g_assert_cmpuint(strlen(note->text), <=, REPLY_TEXT_MAX);
    assert_heap_bounded(f);
}

/* The lines of a reply to EHLO are looked at one by one. */
static void test_million_keywords(fixture *f, gconstpointer data)
{
    (void)data;
    greet(f);
    client(f, "EHLO client.example\r\n");
    feed_lines(f, SERVER, "250-AUTH PLAIN LOGIN X1 X2 X3 X4 X5 X6\r\n", 1000 * 1000 / SLOWER_BY);
    assert_answers(server(f, "250 HELP\r\n"), COMMAND_EHLO, VERDICT_EXPECTED);
    assert_heap_bounded(f);
}

/* After DATA the client goes on without waiting. */
static void test_early_message(fixture *f, gconstpointer data)
{
    const char *text = (const char *)data;

    greet(f);
    client(f, "DATA\r\n");
    feed_lines(f, CLIENT, text, 100u * MEGABYTE / strlen(text));
    assert_heap_bounded(f);
    assert_answers(server(f, "354 go on\r\n"), COMMAND_DATA, VERDICT_EXPECTED);
    feed_lines(f, CLIENT, text, 100);
    client(f, "\r\n.\r\n");
    assert_answers(server(f, "250 ok\r\n"), COMMAND_MESSAGE, VERDICT_EXPECTED);
}

/* Each byte in a segment of its own. */
static void test_early_message_in_bytes(fixture *f, gconstpointer data)
{
    size_t taken = 0;

    (void)data;
    greet(f);
    client(f, "DATA\r\n");
    for (size_t i = 0; i < 200 * 1000; i++) {
        feed(f, CLIENT, "x", 1);
        assert_bounded(f);
    }
    for (const held_span *held = f->smtp->exchange.client.held.first; held != NULL;
         held = held->next)
        taken += sizeof *held + held->bytes.len;
    g_assert_cmpuint(taken, <=, CLIENT_HELD_MAX);
    assert_heap_bounded(f);
    assert_answers(server(f, "503 no\r\n"), COMMAND_DATA, VERDICT_REFUSED);
    g_assert_cmpuint(f->smtp->exchange.client.held.taken, ==, 0);
    assert_recovers(f);
}

static void test_endless_message(fixture *f, gconstpointer data)
{
    (void)data;
    greet(f);
    client(f, "DATA\r\n");
    assert_answers(server(f, "354 go on\r\n"), COMMAND_DATA, VERDICT_EXPECTED);
    feed_lines(f, CLIENT, "..\r\nQUIT\r\n.\r", 100u * MEGABYTE / 13);
    g_assert_cmpuint(f->smtp->exchange.queue.count, ==, 0);
    assert_heap_bounded(f);
    client(f, "\r\n.\r\n");
    assert_answers(server(f, "250 ok\r\n"), COMMAND_MESSAGE, VERDICT_EXPECTED);
}

/* A hole that is never filled, and all that comes behind it. */
static void test_segments_behind_holes(fixture *f, gconstpointer data)
{
    (void)data;
    greet(f);
    for (uint32_t i = 0; i < 200 * 1000; i++) {
        feed_at(f, CLIENT, f->next[CLIENT] + 1 + 10 * i, "NOOP\r\n", 6);
        assert_bounded(f);
    }
    assert_heap_bounded(f);
    g_assert_false(f->smtp->exchange.all_known);
    f->next[CLIENT] += 10 * 200 * 1000;
    g_assert_cmpuint(server(f, "250 ok\r\n")->verdict, ==, VERDICT_UNKNOWN);
    assert_recovers(f);
}

/* Replies that answer nothing make notes, one each, and nothing else. */
static void test_unasked_replies(fixture *f, gconstpointer data)
{
    enum { COUNT = 100 * 1000 };

    (void)data;
    greet(f);
    feed_lines(f, SERVER, "235 ok\r\n", COUNT);
    g_assert_cmpuint(f->smtp->exchange.queue.count, ==, 0);
    g_assert_cmpuint(f->logins.count, ==, 0);
    if (f->heap_before != 0)
        g_assert_cmpuint(heap_in_use(), <,
                         f->heap_before + HEAP_GROWTH_MAX + COUNT * (sizeof(reply_note) + 128));
}

static void run_login(fixture *f)
{
    greet(f);
    client(f, "EHLO client.example\r\n");
    assert_answers(server(f, "250-mx.example\r\n250 AUTH PLAIN\r\n"), COMMAND_EHLO,
                   VERDICT_EXPECTED);
    client(f, "AUTH PLAIN AGEAYg==\r\n");
    assert_answers(server(f, "235 ok\r\n"), COMMAND_AUTH, VERDICT_EXPECTED);
    client(f, "XYZZY\r\n");
    assert_answers(server(f, "500 no\r\n"), COMMAND_OTHER, VERDICT_REFUSED);
    client(f, "QUIT\r\n");
    assert_answers(server(f, "221 bye\r\n"), COMMAND_QUIT, VERDICT_EXPECTED);
}

static void end_session(fixture *f)
{
    g_assert_false(session_is_over(f->smtp));
    session_end_side(f->smtp, CLIENT, f->next[CLIENT]);
    g_assert_false(session_is_over(f->smtp));
    session_end_side(f->smtp, SERVER, f->next[SERVER]);
    g_assert_true(session_is_over(f->smtp));
    session_free(f->smtp);
}

static void test_tls_is_not_over(fixture *f, gconstpointer data)
{
    (void)data;
    run_login(f);
    session_note_tls(f->smtp);
    session_end_side(f->smtp, CLIENT, f->next[CLIENT]);
    session_end_side(f->smtp, SERVER, f->next[SERVER]);
    g_assert_false(session_is_over(f->smtp)); /* more may come out of TLS */
}

/* Of sessions that are over only notes are left. */
static void test_ten_thousand_sessions(fixture *f, gconstpointer data)
{
    enum {
        SESSIONS = 10 * 1000,
        REPLIES = 5,
        BYTES_EACH =
            REPLIES * (sizeof(reply_note) + sizeof(command_note) + 4 * sizeof(note_entry)) + 256
    };

    (void)data;
    for (unsigned i = 0; i < SESSIONS / (SLOWER_BY > 1 ? 10 : 1); i++) {
        run_login(f);
        assert_bounded(f);
        g_assert_cmpuint(login_in_force(&f->logins, f->frame), ==, f->frame - 4);
        g_assert_cmpuint(f->smtp->exchange.queue.count, ==, 0);
        end_session(f);
        g_assert_cmpuint(login_in_force(&f->logins, f->frame), ==, f->frame - 4);
        g_assert_cmpuint(login_in_force(&f->logins, f->frame + 1), ==, 0);
        f->logins.count = 0;
        f->smtp = new_session(f);
    }
    if (f->heap_before != 0)
        g_assert_cmpuint(heap_in_use(), <,
                         f->heap_before + HEAP_GROWTH_MAX + SESSIONS * BYTES_EACH);
}

static void add(const char *path, const char *data, void (*test)(fixture *f, gconstpointer data))
{
    g_test_add(path, fixture, data, set_up, test, tear_down);
}

int main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    add("/bounds/endless-line-of-server", NULL, test_endless_line_of_server);
    add("/bounds/endless-noise-of-both", NULL, test_endless_noise_of_both);
    add("/bounds/pipelined-noop", "NOOP\r\n", test_pipelined_commands);
    add("/bounds/pipelined-unknown", "XYZZYPLUGH\r\n", test_pipelined_commands);
    add("/bounds/pipelined-bdat", "BDAT 2 LAST\r\n\r\n", test_pipelined_commands);
    add("/bounds/endless-responses", NULL, test_endless_responses);
    add("/bounds/million-lines", NULL, test_million_lines);
    add("/bounds/million-keywords", NULL, test_million_keywords);
    add("/bounds/early-message", "x\r\n", test_early_message);
    add("/bounds/early-message-of-dots", "\r\n..\r\n", test_early_message);
    add("/bounds/early-message-in-bytes", NULL, test_early_message_in_bytes);
    add("/bounds/endless-message", NULL, test_endless_message);
    add("/bounds/segments-behind-holes", NULL, test_segments_behind_holes);
    add("/bounds/unasked-replies", NULL, test_unasked_replies);
    add("/bounds/tls-is-not-over", NULL, test_tls_is_not_over);
    add("/bounds/ten-thousand-sessions", NULL, test_ten_thousand_sessions);
    result = g_test_run();
    wmem_cleanup();
    return result;
}
