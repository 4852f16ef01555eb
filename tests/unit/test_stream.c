/* test_stream.c
 * Are the bytes of a TCP stream given out once, in order, and holes where they are?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "stream.h"

#include <string.h>

#include <glib.h>

typedef enum { END, BEGIN, DATA, CUT, ACK, ANSWER, CLOCK, FLUSH } event_kind;

/* Sequence numbers count from the stream's first byte. */
typedef struct {
    event_kind kind;
    /* of DATA and CUT: its first byte; of ACK, and of ANSWER, which has bytes of its own: the
     * acknowledgement number; of CLOCK: seconds */
    uint32_t seq;
    const char *bytes; /* of CUT: the last two are missing */
} event;

/* What is expected: the bytes, "[n]" for a hole of n bytes, "<n>" for one that is cut off. */
typedef struct {
    const char *name;
    event events[10];
    const char *given;
    bool unseen;  /* the other side acknowledged more than that */
    bool waiting; /* segments still wait */
} stream_case;

static const stream_case cases[] = {
    { "in order", { { DATA, 0, "ab" }, { DATA, 2, "cd" } }, "abcd", false, false },
    { "repeated", { { DATA, 0, "ab" }, { DATA, 0, "ab" }, { DATA, 2, "c" } }, "abc", false, false },
    { "repeated and longer", { { DATA, 0, "ab" }, { DATA, 0, "abcd" } }, "abcd", false, false },
    { "overlapping", { { DATA, 0, "abc" }, { DATA, 1, "bcde" } }, "abcde", false, false },
    { "older than the start",
      { { BEGIN, 2, NULL }, { DATA, 0, "abcd" }, { DATA, 0, "ab" } },
      "cd",
      false,
      false },
    { "out of order",
      { { BEGIN, 0, NULL }, { DATA, 2, "cd" }, { DATA, 0, "ab" } },
      "abcd",
      false,
      false },
    { "backwards",
      { { BEGIN, 0, NULL },
        { DATA, 3, "d" },
        { DATA, 2, "c" },
        { DATA, 1, "b" },
        { DATA, 0, "a" } },
      "abcd",
      false,
      false },
    { "filled with overlaps",
      { { BEGIN, 0, NULL },
        { DATA, 4, "efg" },
        { DATA, 2, "cdef" },
        { DATA, 2, "cd" },
        { DATA, 0, "abc" } },
      "abcdefg",
      false,
      false },
    { "waits", { { DATA, 0, "ab" }, { DATA, 4, "ef" } }, "ab", false, true },
    { "acknowledged hole",
      { { DATA, 0, "ab" }, { DATA, 4, "ef" }, { ACK, 6, NULL } },
      "ab[2]ef",
      false,
      false },
    { "acknowledged before it is seen",
      { { DATA, 0, "ab" }, { ACK, 4, NULL }, { DATA, 4, "ef" } },
      "ab[2]ef",
      false,
      false },
    { "acknowledged up to the hole",
      { { DATA, 0, "ab" }, { DATA, 4, "ef" }, { ACK, 2, NULL } },
      "ab",
      false,
      true },
    { "acknowledged before it is captured",
      { { DATA, 0, "ab" }, { ACK, 4, NULL }, { DATA, 2, "cd" }, { DATA, 4, "ef" } },
      "abcdef",
      false,
      false },
    { "answered before it is captured",
      { { DATA, 0, "ab" }, { ANSWER, 4, NULL }, { DATA, 2, "cd" }, { DATA, 4, "ef" } },
      "ab[2]ef",
      false,
      false },
    { "two holes",
      { { DATA, 0, "a" }, { DATA, 2, "c" }, { DATA, 4, "e" }, { ACK, 5, NULL } },
      "a[1]c[1]e",
      false,
      false },
    { "first of two holes",
      { { DATA, 0, "a" }, { DATA, 2, "c" }, { DATA, 4, "e" }, { ACK, 3, NULL } },
      "a[1]c",
      false,
      true },
    { "a keep-alive is no data",
      { { DATA, 0, "ab" }, { ACK, 4, NULL }, { DATA, 3, "d" }, { DATA, 4, "e" } },
      "ab[2]e",
      false,
      false },
    { "lost at the end", { { DATA, 0, "ab" }, { ACK, 5, NULL } }, "ab", true, false },
    { "lost and answered", { { DATA, 0, "ab" }, { ANSWER, 5, NULL } }, "ab[3]", false, false },
    { "lost, and answered later",
      { { DATA, 0, "ab" }, { ACK, 5, NULL }, { ANSWER, 5, NULL } },
      "ab[3]",
      false,
      false },
    { "a FIN is no hole", { { DATA, 0, "ab" }, { ANSWER, 3, NULL } }, "ab", false, false },
    { "nothing but acknowledgements",
      { { BEGIN, 0, NULL }, { ACK, 0, NULL }, { ACK, 5, NULL } },
      "",
      true,
      false },
    { "acknowledgements without a start", { { ACK, 0, NULL }, { ACK, 5, NULL } }, "", true, false },
    { "one acknowledgement", { { ACK, 5, NULL } }, "", false, false },
    { "late first bytes",
      { { BEGIN, 0, NULL }, { ACK, 2, NULL }, { DATA, 0, "ab" } },
      "ab",
      false,
      false },
    { "old acknowledgement",
      { { DATA, 0, "ab" }, { ACK, 2, NULL }, { ACK, 0, NULL }, { DATA, 2, "c" } },
      "abc",
      false,
      false },
    { "cut", { { CUT, 0, "abcd" }, { DATA, 4, "e" } }, "ab<2>e", false, false },
    { "cut to nothing", { { CUT, 0, "ab" }, { DATA, 2, "c" } }, "<2>c", false, false },
    { "cut behind a hole",
      { { BEGIN, 0, NULL }, { CUT, 2, "cdef" }, { DATA, 0, "ab" }, { DATA, 6, "g" } },
      "abcd<2>g",
      false,
      false },
    { "cut and sent again whole",
      { { CUT, 0, "abcd" }, { DATA, 0, "abcdef" } },
      "ab<2>ef",
      false,
      false },
    { "cut, of which the first bytes are known",
      { { DATA, 0, "abc" }, { CUT, 0, "abcdef" } },
      "abcd<2>",
      false,
      false },
    { "cut, of which all captured bytes are known",
      { { DATA, 0, "abcde" }, { CUT, 0, "abcdef" } },
      "abcde<1>",
      false,
      false },
    { "one-sided, for a moment", { { DATA, 0, "a" }, { DATA, 2, "c" } }, "a", false, true },
    { "one-sided, for too long",
      { { DATA, 0, "a" }, { DATA, 2, "c" }, { CLOCK, 2, NULL }, { DATA, 3, "d" } },
      "a[1]cd",
      false,
      false },
    { "flushed",
      { { DATA, 0, "a" }, { DATA, 2, "c" }, { DATA, 4, "e" }, { FLUSH, 0, NULL } },
      "a[1]c[1]e",
      false,
      false },
    { "nothing to flush", { { DATA, 0, "a" }, { FLUSH, 0, NULL } }, "a", false, false },
    { "late after that",
      { { DATA, 0, "a" }, { DATA, 5, "f" }, { FLUSH, 0, NULL }, { DATA, 1, "bcde" } },
      "a[4]f[0]bcde[0]",
      false,
      false },
    { "late in pieces, each once",
      { { DATA, 0, "a" },
        { DATA, 5, "f" },
        { FLUSH, 0, NULL },
        { DATA, 1, "bc" },
        { DATA, 1, "bc" },
        { DATA, 3, "de" },
        { DATA, 3, "de" },
        { DATA, 6, "g" } },
      "a[4]f[0]bc[0][0]de[0]g",
      false,
      false },
    { "late after its loss was proven",
      { { DATA, 0, "a" }, { DATA, 5, "f" }, { ACK, 6, NULL }, { DATA, 1, "bcde" } },
      "a[4]f",
      false,
      false },
    { "with acknowledgements, the clock doesn't count",
      { { DATA, 0, "a" },
        { ACK, 0, NULL },
        { DATA, 2, "c" },
        { CLOCK, 9, NULL },
        { DATA, 3, "d" } },
      "a",
      false,
      true },
};

typedef struct {
    wmem_allocator_t *scope;
    stream stream;
    stream_owner owner;
    GString *given;
    uint32_t first;
    int64_t time;
} fixture;

static void take(void *user, const span *bytes)
{
    GString *given = (GString *)user;

    if (bytes->data != NULL) {
        g_assert_cmpuint(bytes->len, >, 0);
        g_assert_cmpuint(bytes->missing, ==, 0);
        /* the offset is that of the bytes: each case puts byte n at n */
        g_assert_cmpuint(bytes->offset % 26, ==, (uint32_t)(bytes->data[0] - 'a') % 26);
        g_string_append_len(given, (const char *)bytes->data, bytes->len);
    } else {
        g_string_append_printf(given, bytes->kind == SPAN_CUT ? "<%u>" : "[%u]", bytes->missing);
    }
}

static void take_anything(void *user, const span *bytes)
{
    GString *given = (GString *)user;

    if (bytes->data != NULL)
        g_string_append_len(given, (const char *)bytes->data, bytes->len);
    else
        g_string_append_printf(given, "[%u]", bytes->missing);
}

static void add(fixture *f, const event *e)
{
    span segment = { 0 };
    uint32_t len = (uint32_t)strlen(e->bytes);
    uint32_t missing = e->kind == CUT ? 2 : 0;
    /* freed at once, so that a pointer that was kept is found */
    uint8_t *data = (uint8_t *)g_malloc(len + 1);

    memcpy(data, e->bytes, len);
    segment.data = data;
    segment.len = len - missing;
    segment.missing = missing;
    segment.offset = e->seq;
    segment.time = f->time;
    stream_add(&f->stream, &f->owner, f->first + e->seq, &segment);
    g_free(data);
}

static void play_event(fixture *f, const event *e)
{
    span at = { 0 };

    switch (e->kind) {
    case BEGIN:
        stream_start(&f->stream, f->first + e->seq);
        break;
    case ANSWER:
        at.len = 1;
        stream_acknowledge(&f->stream, &f->owner, f->first + e->seq, &at);
        break;
    case ACK:
        stream_acknowledge(&f->stream, &f->owner, f->first + e->seq, &at);
        break;
    case FLUSH:
        stream_flush(&f->stream, &f->owner);
        break;
    case CLOCK:
        f->time += (int64_t)e->seq * 1000000000;
        break;
    default:
        add(f, e);
        break;
    }
}

static void set_up(fixture *f, uint32_t first)
{
    memset(f, 0, sizeof *f);
    f->scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    f->given = g_string_new("");
    f->owner.scope = f->scope;
    f->owner.sink = take;
    f->owner.user = f->given;
    f->first = first;
}

static void tear_down(fixture *f)
{
    stream_clear(&f->stream, &f->owner);
    g_assert_null(f->stream.waiting);
    g_assert_cmpuint(f->stream.waiting_bytes, ==, 0);
    g_assert_cmpuint(f->stream.waiting_segments, ==, 0);
    g_string_free(f->given, TRUE);
    wmem_destroy_allocator(f->scope);
}

/* Also where sequence numbers wrap around, and where they become negative as signed numbers. */
static void test_case(gconstpointer data)
{
    static const uint32_t firsts[] = { 0, 1000, UINT32_MAX, UINT32_MAX - 3, 0x7ffffffe };
    const stream_case *c = (const stream_case *)data;

    for (size_t i = 0; i < G_N_ELEMENTS(firsts); i++) {
        fixture f;

        set_up(&f, firsts[i]);
        for (const event *e = c->events; e->kind != END; e++)
            play_event(&f, e);
        g_assert_cmpstr(f.given->str, ==, c->given);
        g_assert_cmpint(stream_has_unseen(&f.stream), ==, c->unseen);
        g_assert_cmpint(f.stream.waiting != NULL, ==, c->waiting);
        tear_down(&f);
    }
}

/* Any order of segments that fill each other's holes gives the bytes in order. */
static void test_shuffled(void)
{
    static const char text[] = "abcdefghijklmnopqrstuvwxyz";

    for (unsigned round = 0; round < 200; round++) {
        unsigned order[13];
        fixture f;

        set_up(&f, UINT32_MAX - 12);
        stream_start(&f.stream, f.first);
        for (unsigned i = 0; i < 13; i++)
            order[i] = i;
        for (unsigned i = 12; i > 0; i--) {
            unsigned other = (unsigned)g_test_rand_int_range(0, (gint32)i + 1);
            unsigned swapped = order[i];
            order[i] = order[other];
            order[other] = swapped;
        }
        for (unsigned i = 0; i < 13; i++) {
            char pair[4] = { text[2 * order[i]], text[2 * order[i] + 1],
                             order[i] < 12 && g_test_rand_bit() ? text[2 * order[i] + 2] : '\0' };
            const event e = { DATA, 2 * order[i], pair };
            add(&f, &e);
        }
        g_assert_cmpstr(f.given->str, ==, text);
        tear_down(&f);
    }
}

/* One of two segments was damaged on its way: what follows the second one isn't lost. */
static void test_contradiction(void)
{
    static const char *const said[] = { "235 Authenticated\r\n", "535 no\r\n", "535 no\r\n" };
    fixture f;

    set_up(&f, UINT32_MAX - 3);
    f.owner.sink = take_anything;
    for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
        span segment = { .data = (const uint8_t *)said[i], .len = (uint32_t)strlen(said[i]) };

        stream_add(&f.stream, &f.owner, f.first, &segment);
    }
    span next = { .data = (const uint8_t *)"221 bye\r\n", .len = 9 };
    stream_add(&f.stream, &f.owner, f.first + 8, &next);
    g_assert_cmpstr(f.given->str, ==, "235 Authenticated\r\n[0]535 no\r\n221 bye\r\n");
    tear_down(&f);
}

static void test_waiting_is_bounded(void)
{
    static const uint32_t sizes[] = { 1, 1000, STREAM_WAITING_BYTES_MAX + 1 };

    for (size_t i = 0; i < G_N_ELEMENTS(sizes); i++) {
        uint8_t *data = (uint8_t *)g_malloc0(sizes[i]);
        span segment = { 0 };
        fixture f;

        set_up(&f, 0);
        memset(data, 'a', sizes[i]);
        stream_start(&f.stream, 0);
        segment.data = data;
        segment.len = sizes[i];
        for (uint32_t n = 0; n < 500; n++)
            stream_add(&f.stream, &f.owner, 1 + n * (sizes[i] + 1), &segment);
        g_assert_cmpuint(f.stream.waiting_bytes, <=, STREAM_WAITING_BYTES_MAX);
        g_assert_cmpuint(f.stream.waiting_segments, <=, STREAM_WAITING_SEGMENTS_MAX);
        g_assert_true(g_str_has_prefix(f.given->str, "[1]a"));
        g_free(data);
        tear_down(&f);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wmem_init();
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *path = g_strdup_printf("/stream/%s", cases[i].name);

        g_test_add_data_func(path, &cases[i], test_case);
        g_free(path);
    }
    g_test_add_func("/stream/shuffled", test_shuffled);
    g_test_add_func("/stream/contradiction", test_contradiction);
    g_test_add_func("/stream/bounded", test_waiting_is_bounded);
    int failed = g_test_run();
    wmem_cleanup();
    return failed;
}
