/* test_cost.c
 * Does what a session costs grow with what it is sent, and not with the square of that?
 *
 * Steps are counted, not time: core and catalog are compiled for this test so that each basic block, and
 * every 16 bytes that are copied, searched or cleared, count one. So it says the same on a busy machine.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "client.h"
#include "finding.h"
#include "queue.h"
#include "session.h"

#define CLIENT 0
#define SERVER 1
#define FEW 1500 /* more than what is bounded by a number has room for */
#define TIMES 4
/* Twice what it should be is not yet the square of it, which is looked for. */
#define GROWTH_MAX (2 * TIMES)
#define BYTES_A_STEP 16
/* Sanitizers add basic blocks, and so does a compiler that doesn't optimise. */
#if defined(__OPTIMIZE__) && !defined(__SANITIZE_ADDRESS__)
#define BLOCKS_ADDED 1
#else
#define BLOCKS_ADDED 5
#endif

static uint64_t steps;

void __sanitizer_cov_trace_pc(void);
void __sanitizer_cov_trace_pc(void)
{
    steps++;
}

/* Stands in for the function of the C library: counts its steps. */
#define COUNTED(type, name, parameters, arguments, length) \
    type __real_##name parameters;                         \
    type __wrap_##name parameters;                         \
    type __wrap_##name parameters                          \
    {                                                      \
        steps += (length) / BYTES_A_STEP;                  \
        return __real_##name arguments;                    \
    }

COUNTED(void *, memcpy, (void *to, const void *from, size_t len), (to, from, len), len)
COUNTED(void *, memmove, (void *to, const void *from, size_t len), (to, from, len), len)
COUNTED(void *, memset, (void *to, int byte, size_t len), (to, byte, len), len)
COUNTED(int, memcmp, (const void *a, const void *b, size_t len), (a, b, len), len)
COUNTED(size_t, strlen, (const char *text), (text), __real_strlen(text))

/* It stops where it finds something. */
void *__real_memchr(const void *in, int byte, size_t len);
void *__wrap_memchr(const void *in, int byte, size_t len);
void *__wrap_memchr(const void *in, int byte, size_t len)
{
    void *found = __real_memchr(in, byte, len);

    steps += (found != NULL ? (size_t)((char *)found - (const char *)in) : len) / BYTES_A_STEP;
    return found;
}

typedef struct {
    session *smtp;
    note_store *store;
    login_list logins;
    uint32_t next[2];
    uint32_t frame;
    uint64_t bytes;
} conversation;

static void feed_at(conversation *c, int side, uint32_t ahead, const char *text)
{
    span bytes = { .data = (const uint8_t *)text,
                   .len = (uint32_t)strlen(text),
                   .frame = ++c->frame,
                   .time = c->frame };

    c->bytes += bytes.len;
    session_add_segment(c->smtp, side, c->next[side] + ahead, c->next[!side], &bytes);
    /* as the first visit of a frame does */
    note_store_new_replies(c->store, c->frame);
    note_store_events(c->store, c->frame);
    login_in_force(&c->logins, c->frame);
}

static void say(conversation *c, int side, const char *text)
{
    feed_at(c, side, 0, text);
    c->next[side] += (uint32_t)strlen(text);
}

static void ask(conversation *c, const char *command, const char *reply)
{
    say(c, CLIENT, command);
    say(c, SERVER, reply);
}

static void repeat(conversation *c, int side, const char *text, unsigned count)
{
    while (count-- > 0)
        say(c, side, text);
}

/* --- what is sent: count is how much of it --- */

static void commands(conversation *c, unsigned count)
{
    while (count-- > 0)
        ask(c, "NOOP\r\n", "250 ok\r\n");
}

/* Each 235 begins a login, and each TURN ends it. */
static void logins(conversation *c, unsigned count)
{
    while (count-- > 0) {
        ask(c, "AUTH PLAIN AGFsaWNlAGh1bnRlcjIy\r\n", "235 ok\r\n");
        ask(c, "TURN\r\n", "250 ok\r\n");
        say(c, CLIENT, "220 mx ESMTP\r\n");
        say(c, SERVER, "TURN\r\n");
        say(c, CLIENT, "250 ok\r\n");
    }
}

static void refused_logins(conversation *c, unsigned count)
{
    while (count-- > 0) {
        ask(c, "AUTH LOGIN\r\n", "334 VXNlcm5hbWU6\r\n");
        ask(c, "YWxpY2U=\r\n", "334 UGFzc3dvcmQ6\r\n");
        ask(c, "c2VjcmV0MTIz\r\n", "535 5.7.8 no\r\n");
    }
}

static void unanswered(conversation *c, unsigned count)
{
    repeat(c, CLIENT, "NOOP\r\n", count);
}

/* The queue stays as long as it may be. */
static void long_queue(conversation *c, unsigned count)
{
    repeat(c, CLIENT, "NOOP\r\n", QUEUE_MAX - 100);
    commands(c, count);
}

/* So it does, and each reply belongs to a command that none of those is. */
static void long_queue_of_others(conversation *c, unsigned count)
{
    repeat(c, CLIENT, "NOOP\r\n", QUEUE_MAX - 100);
    while (count-- > 0)
        ask(c, "RSET\r\n", "354 go\r\n");
}

/* After a loss anything may be outstanding: what waits in front of it, and what behind. */
static void long_unknown_queue(conversation *c, unsigned count)
{
    say(c, CLIENT, "DATA\r\n");
    repeat(c, CLIENT, "NOOP\r\n", QUEUE_MAX - 100);
    c->next[CLIENT] += 100;
    c->next[SERVER] += 100;
    for (; count > 0; count--)
        ask(c, "RSET\r\n", count % 2 == 0 ? "354 go\r\n" : "220 mx\r\n");
}

static void data_refused(conversation *c, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        say(c, CLIENT, "DATA\r\n");
    repeat(c, SERVER, "503 no\r\n", count);
}

/* What comes after each DATA is held until its reply says what it is. */
static void data_held(conversation *c, unsigned count)
{
    repeat(c, CLIENT, "DATA\r\n", CLIENT_HELD_MAX / 200);
    while (count-- > 0)
        ask(c, "DATA\r\n", "250 ok\r\n");
}

static void messages(conversation *c, unsigned count)
{
    while (count-- > 0) {
        ask(c, "DATA\r\n", "354 go\r\n");
        ask(c, "x\n.\nNOOP\r\n.\r\n", "250 ok\r\n");
    }
}

static void chunks(conversation *c, unsigned count)
{
    while (count-- > 0)
        ask(c, "BDAT 4\r\nabcd", "250 ok\r\n");
}

static void long_reply(conversation *c, unsigned count)
{
    say(c, CLIENT, "EHLO x\r\n");
    repeat(c, SERVER, "250-AUTH PLAIN\r\n", count);
    say(c, SERVER, "250 HELP\r\n");
}

static void long_line(conversation *c, unsigned count)
{
    repeat(c, CLIENT, "AUTH", count);
    repeat(c, SERVER, "250 ", count);
}

/* Segments that wait for the one before them. */
static void out_of_order(conversation *c, unsigned count)
{
    while (count-- > 0) {
        for (uint32_t i = 20; i > 0; i--)
            feed_at(c, SERVER, i * 8, "250 ok\r\n");
        say(c, SERVER, "250 ok\r\n");
        c->next[SERVER] += 20 * 8;
    }
}

/* And others whose hole is never filled. */
static void holes(conversation *c, unsigned count)
{
    while (count-- > 0) {
        c->next[SERVER] += 8;
        feed_at(c, SERVER, 0, "250 ok\r\n");
        c->next[SERVER] += 8;
    }
}

static void greetings(conversation *c, unsigned count)
{
    repeat(c, SERVER, "220 mx ESMTP\r\n", count);
}

static void early_tls(conversation *c, unsigned count)
{
    while (count-- > 0)
        ask(c, "STARTTLS\r\n", "454 no\r\n");
}

static void several_in_a_frame(conversation *c, unsigned count)
{
    g_autoptr(GString) all = g_string_new("");

    for (unsigned i = 0; i < count; i++)
        g_string_append(all, "NOOP\r\n");
    say(c, CLIENT, all->str);
    g_string_truncate(all, 0);
    for (unsigned i = 0; i < count; i++)
        g_string_append(all, "250 ok\r\n");
    say(c, SERVER, all->str);
}

typedef struct {
    const char *name;
    void (*play)(conversation *c, unsigned count);
    unsigned a_byte; /* steps, at most; a refusal, whose cause is looked for, costs many */
} scenario;

static const scenario scenarios[] = {
    { "commands", commands, 100 },
    { "logins", logins, 100 },
    { "refused-logins", refused_logins, 400 },
    { "unanswered", unanswered, 100 },
    { "long-queue", long_queue, 100 },
    { "long-queue-of-others", long_queue_of_others, 100 },
    { "long-unknown-queue", long_unknown_queue, 100 },
    { "data-refused", data_refused, 1500 },
    { "data-held", data_held, 100 },
    { "messages", messages, 100 },
    { "chunks", chunks, 100 },
    { "long-reply", long_reply, 100 },
    { "long-line", long_line, 1000 },
    { "out-of-order", out_of_order, 100 },
    { "holes", holes, 100 },
    { "greetings", greetings, 100 },
    { "early-tls", early_tls, 1000 },
    { "several-in-a-frame", several_in_a_frame, 100 },
};

/* The steps that it takes; bytes: for so many. */
static uint64_t count_steps(const scenario *s, unsigned count, uint64_t *bytes)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_BLOCK);
    note_store *store = note_store_new(scope, finding_judge);
    conversation c = { .store = store, .next = { 1000, 2000 } };
    uint64_t counted;

    c.smtp = session_new(scope, store, &c.logins);
    session_hint_server(c.smtp, SERVER, 25);
    session_hint_start(c.smtp, c.next, 0);
    say(&c, SERVER, "220 mx.example ESMTP\r\n");
    steps = 0;
    s->play(&c, count);
    counted = steps;
    *bytes = c.bytes;
    session_free(c.smtp);
    wmem_destroy_allocator(scope);
    return counted;
}

static void test_growth(gconstpointer data)
{
    const scenario *s = (const scenario *)data;
    uint64_t bytes;
    uint64_t few = count_steps(s, FEW, &bytes);
    uint64_t many = count_steps(s, FEW * TIMES, &bytes);

    g_test_message("%" G_GUINT64_FORMAT " steps, then %" G_GUINT64_FORMAT ", %" G_GUINT64_FORMAT
                   " a byte",
                   few, many, many / bytes);
    g_assert_cmpuint(few, >, FEW);
    g_assert_cmpuint(many, <, GROWTH_MAX * few);
    g_assert_cmpuint(many, <, BLOCKS_ADDED * s->a_byte * bytes);
}

/* The counter sees a walk over what came before. */
static void test_counter(void)
{
    g_autofree char *text = g_strnfill(1024, 'a');
    uint64_t before = steps;

    for (unsigned i = 0; i < 100; i++)
        g_assert_cmpuint(strlen(text), ==, 1024);
    g_assert_cmpuint(steps - before, ==, 100 * 1024 / BYTES_A_STEP);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/cost/counter", test_counter);
    for (size_t i = 0; i < G_N_ELEMENTS(scenarios); i++) {
        g_autofree char *path = g_strconcat("/cost/", scenarios[i].name, NULL);

        g_test_add_data_func(path, &scenarios[i], test_growth);
    }
    return g_test_run();
}
