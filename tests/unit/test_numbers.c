/* test_numbers.c
 * Which segments belong to the connection that was read, and which begin the next one?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "numbers.h"

#include <string.h>

#include <glib.h>

#define CLIENT 0
#define SERVER 1

/* How the connection stands. The client sent the bytes from 0 to 1000, the server those from 0 to 5000. */
typedef enum { OPEN, PARTED, RESET, SERVER_CLOSED, BOTH_CLOSED, SERVER_ALONE } state;

typedef enum { PLAIN, SYN, RST } kind;

typedef struct {
    const char *name;
    state state;
    int side;
    uint32_t seq; /* from the first byte of the side; likewise the next */
    uint32_t ack;
    kind kind;
    const char *bytes;
    numbers_verdict expected;
} numbers_case;

#define K 1024u
#define M (1024u * 1024)
#define HELLO "220 mx.example.org ready\r\n"
#define NAMED "220 mx ESMTP\r\n"

static const numbers_case cases[] = {
    { "goes on", OPEN, SERVER, 5000, 1000, PLAIN, "250 ok\r\n", NUMBERS_FIT },
    { "again", OPEN, SERVER, 0, 0, PLAIN, NAMED, NUMBERS_FIT },
    { "again from before what was seen", OPEN, SERVER, -K, 0, PLAIN, NAMED, NUMBERS_FIT },
    { "a large gap in one direction", OPEN, CLIENT, 900 * M, 5000, PLAIN, "x", NUMBERS_FIT },
    { "the same, seen by the other side", OPEN, SERVER, 5000, 900 * M, PLAIN, "250 ok\r\n",
      NUMBERS_FIT },
    { "gaps in both", OPEN, CLIENT, M / 2, M / 2, PLAIN, "x", NUMBERS_FIT },
    { "far off in both", OPEN, CLIENT, 2 * M, 2 * M, PLAIN, "x", NUMBERS_OTHER },
    { "far below in both", OPEN, CLIENT, -2 * M, -2 * M, PLAIN, "x", NUMBERS_OTHER },
    { "far off with nothing", OPEN, CLIENT, 2 * M, 2 * M, PLAIN, "", NUMBERS_STRAY },
    { "a greeting that is further off than a window", OPEN, SERVER, 100 * K, 1000, PLAIN, HELLO,
      NUMBERS_OTHER },
    { "the same with SMTP in it", OPEN, SERVER, 100 * K, 1000, PLAIN, NAMED, NUMBERS_OTHER },
    { "a reply there", OPEN, SERVER, 100 * K, 1000, PLAIN, "250 mx.example.org\r\n", NUMBERS_FIT },
    { "a 220 with an enhanced code there", OPEN, SERVER, 100 * K, 1000, PLAIN,
      "220 2.0.0 mx.example.org\r\n", NUMBERS_FIT },
    { "a greeting by the client", OPEN, CLIENT, 100 * K, 5000, PLAIN, HELLO, NUMBERS_FIT },
    { "a greeting behind a small gap", OPEN, SERVER, 6000, 1000, PLAIN, HELLO, NUMBERS_FIT },
    { "a greeting behind a small gap after 221", PARTED, SERVER, 6000, 1000, PLAIN, HELLO,
      NUMBERS_OTHER },
    { "the old greeting again after 221", PARTED, SERVER, 0, 0, PLAIN, HELLO, NUMBERS_FIT },
    { "RST", OPEN, CLIENT, 1000, 5000, RST, "", NUMBERS_FIT },
    { "RST somewhere else", OPEN, CLIENT, 900 * M, 5000, RST, "", NUMBERS_STRAY },
    { "still on its way after RST", RESET, SERVER, 5000, 1000, PLAIN, "221 bye\r\n", NUMBERS_FIT },
    { "behind a hole after RST", RESET, SERVER, 6000, 1000, PLAIN, "221 bye\r\n", NUMBERS_FIT },
    { "far off in one direction after RST", RESET, SERVER, 5000, 100 * K, PLAIN, "250 ok\r\n",
      NUMBERS_OTHER },
    { "a greeting after RST", RESET, SERVER, 6000, 1000, PLAIN, HELLO, NUMBERS_OTHER },
    { "the old greeting again after RST", RESET, SERVER, 0, 0, PLAIN, HELLO, NUMBERS_FIT },
    { "beyond the FIN", SERVER_CLOSED, SERVER, 9000, 1000, PLAIN, "250 ok\r\n", NUMBERS_OTHER },
    { "as if there had been no FIN", SERVER_CLOSED, SERVER, 5000, 1000, PLAIN, "250 ok\r\n",
      NUMBERS_FIT },
    { "a client that goes on", SERVER_CLOSED, CLIENT, 200 * K, 5000, PLAIN, "x", NUMBERS_FIT },
    { "again after both FINs", BOTH_CLOSED, SERVER, 4000, 1000, PLAIN, "250 ok\r\n", NUMBERS_FIT },
    { "beyond both FINs", BOTH_CLOSED, SERVER, 5000, 1001, PLAIN, "250 ok\r\n", NUMBERS_OTHER },
    { "below both", BOTH_CLOSED, SERVER, -100 * K, 0, PLAIN, "250 ok\r\n", NUMBERS_OTHER },
    { "its SYN again", OPEN, SERVER, 0, 0, SYN, "", NUMBERS_FIT },
    { "a SYN that is late", OPEN, SERVER, -20, 0, SYN, "", NUMBERS_FIT },
    { "another SYN", OPEN, SERVER, 900 * M, 900 * M, SYN, "", NUMBERS_STRAY },
    { "another SYN with bytes", OPEN, SERVER, 900 * M, 900 * M, SYN, "x", NUMBERS_OTHER },
    { "a SYN near by after the end", RESET, SERVER, 9000, 9000, SYN, "", NUMBERS_STRAY },
    { "one direction alone", SERVER_ALONE, SERVER, 5000, 1100, PLAIN, "250 ok\r\n", NUMBERS_FIT },
    { "one direction alone, far off", SERVER_ALONE, SERVER, 2 * M, 2 * M, PLAIN, "250 ok\r\n",
      NUMBERS_OTHER },
    { "the other one at last", SERVER_ALONE, CLIENT, 1000, 5000, PLAIN, "x", NUMBERS_FIT },
};

static numbers stand(state s, const uint32_t first[2])
{
    numbers seen = {
        .side = { [CLIENT] = { .first = first[CLIENT],
                               .next = first[CLIENT] + 1000,
                               .known = true },
                  [SERVER] = { .first = first[SERVER],
                               .next = first[SERVER] + 5000,
                               .known = true } },
        .server = SERVER,
        .reset = s == RESET,
        .parted = s == PARTED,
    };

    if (s == SERVER_ALONE) /* what it acknowledged */
        seen.side[CLIENT].first = seen.side[CLIENT].next;
    seen.side[SERVER].ended = s == SERVER_CLOSED || s == BOTH_CLOSED;
    seen.side[CLIENT].ended = s == BOTH_CLOSED;
    return seen;
}

/* Also where the numbers wrap around. */
static void test_case(gconstpointer data)
{
    static const uint32_t firsts[][2] = { { 1000000, 5000000 },
                                          { UINT32_MAX, 7 },
                                          { 0x7FFFFF00, UINT32_MAX - 4000 } };
    const numbers_case *c = (const numbers_case *)data;
    span bytes = { .data = (const uint8_t *)c->bytes, .len = (uint32_t)strlen(c->bytes) };

    for (size_t i = 0; i < G_N_ELEMENTS(firsts); i++) {
        const numbers seen = stand(c->state, firsts[i]);
        const numbers_segment segment = { .side = c->side,
                                          .seq = firsts[i][c->side] + c->seq,
                                          .ack = firsts[i][!c->side] + c->ack,
                                          .bytes = &bytes,
                                          .has_ack = true,
                                          .syn = c->kind == SYN,
                                          .rst = c->kind == RST };

        g_assert_cmpint(numbers_judge(&seen, &segment), ==, c->expected);
    }
}

/* Where nothing was seen, everything fits. */
static void test_nothing(void)
{
    const numbers nothing = { .server = -1 };
    const span bytes = { .data = (const uint8_t *)HELLO, .len = sizeof HELLO - 1 };
    const numbers_segment segment = { .seq = 77, .ack = 88, .has_ack = true, .bytes = &bytes };

    g_assert_cmpint(numbers_judge(&nothing, &segment), ==, NUMBERS_FIT);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *path = g_strconcat("/numbers/", cases[i].name, NULL);

        g_test_add_data_func(path, &cases[i], test_case);
    }
    g_test_add_func("/numbers/nothing", test_nothing);
    return g_test_run();
}
