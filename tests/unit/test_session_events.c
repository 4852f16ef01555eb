/* test_session_events.c
 * What is said of a session beside its replies, and what must not be said: of the end of a session, of
 * challenges, of message data and of causes, where bytes are missing or come in another order.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "cause.h"
#include "dialogue_private.h"

#define STEPS_MAX 20
#define SAID_MAX 8
#define NS_PER_FRAME INT64_C(10000000)

/* A step is "C", "S" and what that side says; "c", "s": the same, but the capture doesn't have it; "!C",
 * "!S" its FIN, "?C", "?S" its RST, the server's
 * without an acknowledgement number. Steps are frames, from 1 on. What is said: "frame event of about", or
 * "frame code cause +finding", of replies that have one of them. */
typedef struct {
    const char *name;
    const char *steps[STEPS_MAX];
    const char *said[SAID_MAX];
} scene;

typedef struct {
    wmem_allocator_t *scope;
    note_store *store;
    session *session;
    login_list logins;
    uint32_t next[2];
} stage;

static stage *stage_new(void)
{
    static const uint32_t first[2] = { 1000, 5000 };
    stage *on = g_new0(stage, 1);

    on->scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    on->store = note_store_new(on->scope, finding_judge);
    note_store_keep_users(on->store, true);
    on->session = session_new(on->scope, on->store, &on->logins);
    memcpy(on->next, first, sizeof first);
    session_hint_server(on->session, 1, 25);
    session_hint_start(on->session, first, 0);
    return on;
}

static void stage_free(stage *on)
{
    session_free(on->session);
    wmem_destroy_allocator(on->scope);
    g_free(on);
}

static void say(stage *on, uint32_t frame, int side, const char *text)
{
    span bytes = { .data = (const uint8_t *)text, .len = (uint32_t)strlen(text), .frame = frame };

    bytes.time = frame * NS_PER_FRAME;
    session_add_segment(on->session, side, on->next[side], on->next[!side], &bytes);
    on->next[side] += bytes.len;
}

static void end_side(stage *on, uint32_t frame, int side)
{
    say(on, frame, side, "");
    session_end_side(on->session, side, on->next[side]++);
    session_close_side(on->session, side, false);
}

static void reset_side(stage *on, uint32_t frame, int side)
{
    const span nothing = { .frame = frame, .time = frame * NS_PER_FRAME };

    if (side == 1)
        session_note_segment(on->session, side, on->next[side], &nothing);
    else
        say(on, frame, side, "");
    session_close_side(on->session, side, true);
}

static void play(stage *on, uint32_t frame, const char *step)
{
    int side = g_ascii_toupper(step[step[0] == '!' || step[0] == '?']) == 'S';

    if (step[0] == '!')
        end_side(on, frame, side);
    else if (step[0] == '?')
        reset_side(on, frame, side);
    else if (g_ascii_islower(step[0]))
        on->next[side] += (uint32_t)strlen(step + 1);
    else
        say(on, frame, side, step + 1);
}

static void add_replies(stage *on, GPtrArray *said, uint32_t frame)
{
    note_list replies = note_store_replies(on->store, frame);

    for (unsigned i = 0; i < replies.count; i++) {
        const reply_note *note = replies.entry[i].reply;
        GString *text = g_string_new(NULL);

        g_string_printf(text, "%u %u", frame, note->code);
        if (note->cause != CAUSE_NONE)
            g_string_append_printf(text, " %s", cause_word((cause)note->cause));
        if (note->cause_evidence == CAUSE_FROM_SESSION && note->cause_fact != FACT_NONE)
            g_string_append_printf(text, " fact=%u@%u", note->cause_fact, note->cause_frame);
        if (note->after_close)
            g_string_append(text, " after close");
        if (note->command != NULL && note->command->user != NULL)
            g_string_append_printf(text, " user=%s", note->command->user);
        for (unsigned f = 0; f < FINDING_COUNT; f++)
            if (f != FINDING_REFUSED && f != FINDING_AUTH_REFUSED &&
                finding_in(note->findings, (finding)f))
                g_string_append_printf(text, " +%s", finding_describe((finding)f)->name);
        if (note->cause != CAUSE_NONE || strpbrk(text->str, "+=") != NULL)
            g_ptr_array_add(said, g_strdup(text->str));
        g_string_free(text, TRUE);
    }
}

static void add_events(stage *on, GPtrArray *said, uint32_t frame)
{
    note_list events = note_store_events(on->store, frame);

    for (unsigned i = 0; i < events.count; i++) {
        const event_note *event = events.entry[i].event;

        if (event->kind == EVENT_ENDED) /* test_ending's */
            continue;
        const char *sentence = finding_event_sentence(on->scope, event);

        g_assert_cmpuint(strlen(sentence), <=, 239); /* Wireshark cuts it there */
        g_ptr_array_add(said,
                        g_strdup_printf("%u %s %s %s%s%u%s", frame,
                                        finding_describe(finding_of_event(event))->name,
                                        event->verb != NULL ? event->verb : "",
                                        event->mechanism != NULL ? event->mechanism : "",
                                        event->mechanism != NULL ? " " : "", event->about,
                                        strstr(sentence, "refuses") != NULL ? " refused" : ""));
    }
}

static void test_scene(gconstpointer data)
{
    const scene *script = (const scene *)data;
    stage *on = stage_new();
    GPtrArray *said = g_ptr_array_new_with_free_func(g_free);
    char *expected = g_strjoinv("\n", (char **)script->said), *found;

    for (uint32_t i = 0; i < STEPS_MAX && script->steps[i] != NULL; i++)
        play(on, i + 1, script->steps[i]);
    for (uint32_t frame = 1; frame <= STEPS_MAX; frame++) {
        add_replies(on, said, frame);
        add_events(on, said, frame);
    }
    g_ptr_array_add(said, NULL);
    found = g_strjoinv("\n", (char **)said->pdata);
    g_assert_cmpstr(found, ==, expected);
    g_free(found);
    g_free(expected);
    g_ptr_array_free(said, TRUE);
    stage_free(on);
}

/* How a session ends, and what it came to. */
static const struct {
    const char *name;
    const char *steps[STEPS_MAX];
    const char *ending;
} endings[] = {
    { "quit",
      { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250 mx\r\n", "CMAIL FROM:<>\r\n", "S250 ok\r\n",
        "CRCPT TO:<a@b>\r\n", "S550 no\r\n", "CRCPT TO:<c@d>\r\n", "S250 ok\r\n", "CDATA\r\n",
        "S354 go\r\n", "C.\r\n", "S250 ok\r\n", "CQUIT\r\n", "S221 bye\r\n", "!S", "!C" },
      "15 end=4 none accepted=1 refused=1" },
    { "login-unanswered",
      { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250 mx\r\n", "CAUTH PLAIN AGEAYg==\r\n", "!C",
        "!S" },
      "6 end=0 unanswered accepted=0 refused=0 AUTH" },
    { "reset-behind-a-login",
      { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250 mx\r\n", "CAUTH PLAIN AGEAYg==\r\n",
        "S235 ok\r\n", "?S" },
      "6 end=3 authenticated accepted=0 refused=0" },
};

static void test_ending(gconstpointer data)
{
    unsigned row = GPOINTER_TO_UINT(data);
    stage *on = stage_new();
    GString *found = g_string_new(NULL);

    for (uint32_t i = 0; i < STEPS_MAX && endings[row].steps[i] != NULL; i++)
        play(on, i + 1, endings[row].steps[i]);
    for (uint32_t frame = 1; frame <= STEPS_MAX; frame++) {
        note_list events = note_store_events(on->store, frame);

        for (unsigned i = 0; i < events.count; i++) {
            const event_note *event = events.entry[i].event;

            if (event->kind == EVENT_ENDED)
                g_string_append_printf(found, "%u end=%u %s accepted=%u refused=%u%s%s", frame,
                                       event->end, event->ending->login, event->ending->accepted,
                                       event->ending->refused, event->verb != NULL ? " " : "",
                                       event->verb != NULL ? event->verb : "");
        }
    }
    g_assert_cmpstr(found->str, ==, endings[row].ending);
    g_string_free(found, TRUE);
    stage_free(on);
}

#define OPENING                          \
    "S220 mx ESMTP\r\n", "CEHLO me\r\n", \
        "S250-mx\r\n250-PIPELINING\r\n250-AUTH LOGIN X-OWN\r\n250 STARTTLS\r\n"

#define MESSAGE                                                                              \
    "CMAIL FROM:<a@b>\r\n", "S250 ok\r\n", "CRCPT TO:<a@b>\r\n", "S250 ok\r\n", "CDATA\r\n", \
        "S354 go\r\n"
#define LMTP_MESSAGE                                                                          \
    "S220 mx LMTP\r\n", "CLHLO me\r\n", "S250 mx\r\n", "CMAIL FROM:<a@b>\r\n", "S250 ok\r\n", \
        "CRCPT TO:<a@b>\r\nRCPT TO:<b@b>\r\n", "S250 ok\r\n250 ok\r\n"
#define USER "Ym9i"
#define PASSWORD "aHVudGVyMg==" /* hunter2 */

static const scene scenes[] = {
    /* --- the end of a session --- */
    { .name = "no-reply",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "!S" },
      .said = { "5 no_reply MAIL 4" } },
    { .name = "no-reply-but-to-quit",
      .steps = { OPENING, "CNOOP\r\nQUIT\r\n", "S250 ok\r\n", "!C", "!S" } },
    { .name = "no-reply-and-reset",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "!C", "?S" },
      .said = { "6 no_reply MAIL 4" } },
    { .name = "reply-is-missing",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "s250 ok\r\n", "!C", "!S" } },
    { .name = "reply-is-missing-and-server-closes",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "s250 ok\r\n", "!S" } },
    { .name = "reply-is-missing-and-client-resets",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "s250 ok\r\n", "?C" } },
    { .name = "reply-is-missing-and-server-resets",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "s250 ok\r\n", "?S" } },
    { .name = "half-a-reply", .steps = { OPENING, "CHELP\r\n", "S214-one\r\n", "!S" } },
    { .name = "half-a-line", .steps = { OPENING, "CHELP\r\n", "S214 on", "!S" } },
    { .name = "after-421",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\nRCPT TO:<b@c>\r\n", "S421 4.3.0 bye\r\n", "!S" },
      .said = { "5 421 closing" } },

    /* --- responses --- */
    { .name = "challenge-unanswered",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "S334 VXNlcm5hbWU6\r\n", "CQUIT\r\n", "S221 bye\r\n" },
      .said = { "6 challenge_unanswered QUIT LOGIN 4" } },
    { .name = "response-is-missing-then-quit",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "S334 VXNlcm5hbWU6\r\n", "c" USER "\r\n", "CQUIT\r\n",
                 "S221 bye\r\n" } },
    { .name = "responses-are-missing",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "S334 VXNlcm5hbWU6\r\n", "c" USER "\r\n",
                 "S334 UGFzc3dvcmQ6\r\n", "c" PASSWORD "\r\n", "S535 authentication failed\r\n" },
      .said = { "9 535 bad credentials" } },
    /* the mechanism of the second AUTH lives only as long as it waits */
    { .name = "challenge-to-an-earlier-auth",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "CMAIL FROM:<a@b>\r\n", "CAUTH X-OWN\r\n", "S334 \r\n",
                 "CQUIT\r\n", "S221 bye\r\n" },
      .said = { "8 challenge_unanswered QUIT LOGIN 4" } },
    { .name = "token-refused-then-quit",
      .steps = { OPENING, "CAUTH XOAUTH2 dXNlcj1ib2IBYXV0aD1CZWFyZXIgeHl6AQE=\r\n",
                 "S334 eyJzdGF0dXMiOiI0MDAifQ==\r\n", "CQUIT\r\n", "S221 bye\r\n" },
      .said = { "5 334 token refused fact=17@5 user=bob",
                "6 challenge_unanswered QUIT XOAUTH2 4 refused" } },
    { .name = "user",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "S334 \r\n", "C" USER "\r\n", "S334 \r\n",
                 "C" PASSWORD "\r\n", "S535 no\r\n" },
      .said = { "5 334 user=bob", "7 334 user=bob", "9 535 bad credentials user=bob" } },
    /* a password must not be taken for a name */
    { .name = "no-user-where-it-was-a-password",
      .steps = { OPENING, "CAUTH PLAIN AGJvYgBodW50ZXIyMg==\r\n", "S535 no\r\n", "CAUTH LOGIN\r\n",
                 "S334 VXNlcm5hbWU6\r\n", "CaHVudGVyMjI=\r\n", "S535 no\r\n" },
      .said = { "5 535 bad credentials user=bob +mechanism_not_offered",
                "9 535 mechanism not usable fact=14@0" } },
    { .name = "no-user-where-one-is-missing",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "S334 \r\n", "c" USER "\r\n", "S334 \r\n",
                 "C" PASSWORD "\r\n", "S535 no\r\n" },
      .said = { "9 535 bad credentials" } },
    { .name = "no-user-where-it-is-empty",
      .steps = { OPENING, "CAUTH LOGIN\r\n", "S334 \r\n", "C\r\n", "S334 \r\n", "C" PASSWORD "\r\n",
                 "S535 no\r\n" },
      .said = { "9 535 bad credentials" } },
    { .name = "no-user-where-it-came-empty",
      .steps = { OPENING, "CAUTH LOGIN =\r\n", "S334 \r\n", "C" PASSWORD "\r\n", "S535 no\r\n" },
      .said = { "7 535 bad credentials" } },

    /* --- causes --- */
    { .name = "lmtp-answers-each-recipient",
      .steps = { LMTP_MESSAGE, "CDATA\r\n", "S354 go\r\n", "Cx\r\n.\r\n",
                 "S250 ok\r\n503 5.5.1 no\r\n", "CDATA\r\n", "S503 no\r\n" },
      .said = { "11 503 wrong order", "13 503 wrong order fact=22@0" } },
    { .name = "lmtp-answers-each-recipient-of-a-chunk",
      .steps = { LMTP_MESSAGE, "CBDAT 3 LAST\r\nabc", "S250 ok\r\n503 5.5.1 no\r\n" },
      .said = { "9 503 wrong order" } },
    { .name = "ehlo-is-missing-after-helo",
      .steps = { "S220 mx ESMTP\r\n", "CHELO me\r\n", "S250 mx\r\n", "cEHLO me\r\n",
                 "s250-mx\r\n250 AUTH LOGIN\r\n", "CAUTH LOGIN\r\n", "S503 no\r\n" },
      .said = { "7 503 wrong order" } },
    { .name = "greeting-is-missing",
      .steps = { "s220 mx ESMTP\r\n", "CEHLO me\r\n", "S554 protocol error\r\n" },
      .said = { "3 554 client blocked" } },

    /* --- STARTTLS --- */
    { .name = "reply-behind-220",
      .steps = { OPENING, "CSTARTTLS\r\n", "S220 go\r\n250 x\r\n" },
      .said = { "5 250 +starttls_injection" } },
    { .name = "time-out-behind-220",
      .steps = { OPENING, "CSTARTTLS\r\n", "S220 go\r\n", "S421 4.4.2 timeout\r\n" },
      .said = { "6 421 timed out" } },
    { .name = "no-tls-after-all",
      .steps = { OPENING, "CSTARTTLS\r\n", "S220 go\r\n", "S454 4.7.0 TLS not available\r\n" },
      .said = { "6 454 server trouble +surplus_reply" } },
    { .name = "clear-text-after-220-came",
      .steps = { OPENING, "CSTARTTLS\r\n", "S220 go\r\n", "CNOOP\r\n", "S250 ok\r\n" },
      .said = { "7 middlebox NOOP 6" } },

    { .name = "clear-text-after-220",
      .steps = { OPENING, "CSTARTTLS\r\n", "S220 go\r\n", "CEHLO me\r\n", "S250 mx\r\n",
                 "CMAIL FROM:<>\r\n", "S250 ok\r\n" },
      .said = { "7 middlebox EHLO 6" } },
    { .name = "tls-unasked",
      .steps = { "S220 mx ESMTP\r\n", "C\026\003\001xxx\r\nyyy", "S500 what?\r\n" },
      .said = { "2 tls_expected  2", "3 500 unknown command" } },
    { .name = "tls-before-the-greeting",
      .steps = { "C\026\003\001xxx\r\nyyy", "S220 mx ESMTP\r\n", "S500 what?\r\n" },
      .said = { "2 tls_expected  1", "3 500 unknown command" } },

    /* --- PROXY --- */
    { .name = "proxy-1",
      .steps = { "CPROXY TCP4 192.0.2.1 198.51.100.1 4711 25\r\n", "S220 mx ESMTP\r\n",
                 "CEHLO me\r\n", "S250 mx\r\n", "CMAIL FROM:<>\r\n", "S500 no\r\n" },
      .said = { "1 proxy_header  0", "6 500 unknown command" } },
    { .name = "proxy-1-refused",
      .steps = { "S220 mx ESMTP\r\n", "CPROXY TCP6 2001:db8::1 2001:db8::2 4711 25\r\n",
                 "CEHLO me\r\n", "S502 no\r\n", "S250 mx\r\n", "CNOOP\r\n", "S502 no\r\n" },
      .said = { "2 proxy_header  0", "4 502 unknown command +proxy_refused",
                "7 502 not available" } },
    { .name = "proxy-refused-as-too-early",
      .steps = { "CPROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n",
                 "S220-mx ESMTP\r\n521 5.5.1 Protocol error\r\n" },
      .said = { "1 proxy_header  0", "2 521 spoke too early +code_changed" } },
    { .name = "no-proxy-header",
      .steps = { "S220 mx ESMTP\r\n", "CPROXY me please\r\n", "S500 no\r\n" },
      .said = { "3 500 unknown command" } },

    /* --- too early, and line ends --- */
    { .name = "before-the-greeting",
      .steps = { "CEHLO me\r\n", "S220 mx ESMTP\r\n250 mx\r\n" },
      .said = { "1 early_talker EHLO 0" } },
    { .name = "another-protocol-on-the-port",
      .steps = { "S+OK POP3 ready\r\n", "CQUIT\r\n", "!S" } },
    { .name = "proxy-header-refused-alone",
      .steps = { "S220 mx ESMTP\r\n", "CPROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n",
                 "S530 TLS first\r\n" },
      .said = { "2 proxy_header  0", "3 530 TLS needed +proxy_refused" } },
    { .name = "too-early-for-a-teaser",
      .steps = { "CEHLO me\r\n", "S220-mx ESMTP\r\n250 mx\r\n", "CRCPT TO:<a@b>\r\n",
                 "S550 5.5.1 Protocol error\r\n" },
      .said = { "1 early_talker EHLO 0", "2 250 +code_changed",
                "4 550 spoke too early fact=1@1" } },
    { .name = "server-takes-its-time-after-the-clients-fin",
      .steps = { "CEHLO me\r\nQUIT\r\n", "!C", "S220 mx ESMTP\r\n250 mx\r\n221 bye\r\n", "!S" },
      .said = { "1 early_talker EHLO 0" } },
    { .name = "client-leaves-without-a-greeting",
      .steps = { "CEHLO me\r\n", "!C", "!S" },
      .said = { "1 early_talker EHLO 0", "3 no_reply connection 0" } },
    { .name = "idle-behind-a-proxy",
      .steps = { "CPROXY TCP4 192.0.2.1 192.0.2.2 4711 25\r\n", "S220 mx ESMTP\r\n",
                 "S421 4.4.2 Timeout\r\n" },
      .said = { "1 proxy_header  0", "3 421 timed out" } },
    { .name = "sides-that-did-not-change-their-roles",
      .steps = { OPENING, "CTURN\r\n", "S250 ok\r\n", "CAUTH PLAIN AGEAYg==\r\n", "S250 ok\r\n",
                 "C100 x\r\n", "C220 x\r\n" },
      /* one of them can't be right, but nothing is quoted of what may be a client's */
      .said = { "7 early_talker  0" } },
    { .name = "no-greeting-at-all",
      .steps = { "CEHLO me\r\n", "?S" },
      .said = { "1 early_talker EHLO 0", "2 no_reply connection 0" } },
    { .name = "tls-in-vain-and-reset",
      .steps = { "S220 mx ESMTP\r\n", "C\x16\x03\x01\x02\x04\x01", "?C" },
      .said = { "2 tls_expected  2" } },
    { .name = "in-a-row-without-pipelining",
      .steps = { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250-mx\r\n250 HELP\r\n",
                 "CMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nRCPT TO:<c@d>\r\n",
                 "S250 ok\r\n250 ok\r\n250 ok\r\n" },
      .said = { "4 early_talker RCPT 0" } },
    { .name = "in-a-row-with-pipelining",
      .steps = { OPENING, "CMAIL FROM:<>\r\nRCPT TO:<a@b>\r\n", "S250 ok\r\n250 ok\r\n" } },
    { .name = "lf-alone",
      .steps = { "S220 mx ESMTP\r\n", "CEHLO me\n", "S250 mx\r\n", "CNOOP\n", "S250 ok\r\n" },
      .said = { "2 line_without_cr EHLO 0" } },

    { .name = "line-without-a-code",
      .steps = { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250 mx\r\nSI", "SZE\r\n", "CNOOP\r\n",
                 "S250 ok\r\nagain\r\n" },
      .said = { "4 line_without_code  0" } },
    { .name = "line-without-a-code-inside-a-reply",
      .steps = { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250-mx\r\nSIZE\r\n250 HELP\r\n" },
      .said = { "3 line_without_code  0" } },
    { .name = "offers-without-a-code",
      .steps = { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250-mx\r\nPIPELINING\r\n250 HELP\r\n" },
      .said = { "3 line_without_code  0" } },
    { .name = "auth-offered-without-a-code",
      .steps = { "S220 mx ESMTP\r\n", "CEHLO me\r\n", "S250-mx\r\nAUTH PLAIN\r\n250 HELP\r\n" },
      .said = { "3 line_without_code  0" } },
    { .name = "no-line-without-a-code",
      .steps = { "S220 mx ESMTP\r\n\r\n", "CEHLO me\r\n", "S250 mx\r\n\r\n", "CNOOP\r\n",
                 "sxxxx\r\n", "Sxx\r\n" } },
    { .name = "refused-when-the-client-had-closed",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "!C", "S421 idle\r\n" },
      .said = { "6 421 timed out after close" } },

    /* --- message data --- */
    { .name = "smuggled",
      .steps = { OPENING, MESSAGE, "Cone\n.\nMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n" },
      .said = { "10 smuggling MAIL 0" } },
    { .name = "smuggled-behind-cr-alone",
      .steps = { OPENING, MESSAGE, "Cone\r.\rMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n" },
      .said = { "10 smuggling MAIL 0" } },
    { .name = "smuggled-behind-cr-alone-in-pieces",
      .steps = { OPENING, MESSAGE, "Cone\r", "C.", "C\r", "CMAIL FROM:", "C<a@b>\r\n.\r\n",
                 "S250 ok\r\n" },
      .said = { "14 smuggling MAIL 0" } },
    { .name = "smuggled-behind-cr-alone-cut-in-the-line",
      .steps = { OPENING, MESSAGE, "Cone\r.\rMAIL FR", "COM:<a@b>\r\n.\r\n", "S250 ok\r\n" },
      .said = { "11 smuggling MAIL 0" } },
    { .name = "smuggled-at-once-behind-dot-and-cr",
      .steps = { OPENING, MESSAGE, "C.\r", "CMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n" },
      .said = { "11 smuggling MAIL 0" } },
    { .name = "nothing-smuggled-behind-a-dot-in-a-line",
      .steps = { OPENING, MESSAGE, "Cone.", "C\rMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n" } },
    { .name = "smuggled-behind-dot-and-cr",
      .steps = { OPENING, MESSAGE, "Cone\r\n.\rMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n" },
      .said = { "10 smuggling MAIL 0" } },
    { .name = "smuggled-behind-cr-and-dot",
      .steps = { OPENING, MESSAGE, "Cone\r.\r\nMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n" },
      .said = { "10 smuggling MAIL 0" } },
    { .name = "false-end-that-the-server-takes",
      .steps = { OPENING, MESSAGE, "Cone\n.\r\n", "S250 ok\r\n" },
      .said = { "11 250 +smuggling" } },
    { .name = "sentences-behind-a-dot",
      .steps = { OPENING, MESSAGE, "Cone\n.\nHelp is on the way\n.\nMail me\n.\nData\tis\r\n.\r\n",
                 "S250 ok\r\n" } },
    { .name = "421-after-what-was-smuggled-in-vain",
      .steps = { OPENING, MESSAGE, "Cone\n.\nMAIL FROM:<a@b>\r\n.\r\n", "S250 ok\r\n",
                 "S421 idle\r\n" },
      .said = { "10 smuggling MAIL 0", "12 421 timed out" } },
    { .name = "gap-behind-a-dot",
      .steps = { OPENING, MESSAGE, "Cone\n.", "cxxxxxxx", "C\nMAIL FROM:<c@d>\r\n.\r\n",
                 "S250 ok\r\n" } },
    /* frame 8 has been shown before it is known that a message follows */
    { .name = "smuggled-before-354",
      .steps = { OPENING, "CMAIL FROM:<a@b>\r\n", "S250 ok\r\n", "CRCPT TO:<a@b>\r\n",
                 "S250 ok\r\n", "CDATA\r\none\n.\nMAIL FROM:<c@d>\r\n.\r\n", "S354 go\r\n",
                 "S250 ok\r\n" },
      .said = { "9 smuggling MAIL 8" } },
};

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(scenes); i++) {
        char *path = g_strconcat("/session/events/", scenes[i].name, NULL);

        g_test_add_data_func(path, &scenes[i], test_scene);
        g_free(path);
    }
    for (unsigned i = 0; i < G_N_ELEMENTS(endings); i++) {
        char *path = g_strconcat("/session/endings/", endings[i].name, NULL);

        g_test_add_data_func(path, GUINT_TO_POINTER(i), test_ending);
        g_free(path);
    }
    return g_test_run();
}
