/* test_report.c
 * What sessions come to: problems that are alike are one, the most serious is first, nothing is counted
 * twice, and the page is short.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "comment.h"
#include "finding.h"
#include "ledger.h"
#include "record.h"
#include "report.h"
#include "span.h"
#include "tally.h"

#define GREYLISTED "Greylisted, try again in 300 s"
#define WRONG "Error: authentication failed"
#define SERVER "192.0.2.25:587"

static wmem_allocator_t *scope;
static const session_facts nothing_known;

static command_note asked(command_id id, const char *mechanism)
{
    command_note command = { .id = (uint8_t)id,
                             .verb = command_name(id),
                             .mechanism = mechanism,
                             .ends_message = id == COMMAND_MESSAGE };

    return command;
}

/* Notes live as long as the scope: a tally may look at them again. */
static reply_note *answered(const command_note *command, unsigned code, const char *text)
{
    reply_note *note = wmem_new0(scope, reply_note);

    note->command = command;
    note->code = (uint16_t)code;
    note->text = text;
    note->verdict = code >= 400 ? VERDICT_REFUSED : VERDICT_EXPECTED;
    note->ends_auth = command_is_auth((command_id)command->id) && code != 334;
    note->ends_help = command->id == COMMAND_HELP;
    finding_judge(note, note_refuses(note) ? &nothing_known : NULL);
    return note;
}

static void begin(tally *t, uint32_t session, const char *server)
{
    char *client = g_strdup_printf("10.0.%u.%u", session / 250, session % 250);

    tally_begin(t, session, client, server);
    g_free(client);
}

/* Replies of a session come in frames of their own: 100 times the session's number, and more. */
static void add(tally *t, uint32_t session, uint32_t nth, const reply_note *note)
{
    const tally_place place = { .frame = session * 100 + nth,
                                .session = session,
                                .time = NS_PER_S * (1000 + session) };

    tally_reply(t, &place, note);
}

static void add_only(tally *t, uint32_t session, const reply_note *note)
{
    begin(t, session, SERVER);
    add(t, session, 1, note);
}

static const char *page_of(tally *t)
{
    const tally_sums sums = tally_finish(t);
    page p = page_new(scope, PAGE_WIDTH_MAX, false);

    report_print(&p, &sums, "a.pcap");
    return wmem_strbuf_get_str(p.text);
}

static unsigned lines_of(const char *text)
{
    unsigned lines = 0;

    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static void assert_in_order(const char *text, const char *const *parts)
{
    const char *at = text;

    for (; *parts != NULL; parts++) {
        at = strstr(at, *parts);
        if (at == NULL)
            g_error("not there, or not in this order: '%s' in:\n%s", *parts, text);
    }
}

static void test_alike_is_one(void)
{
    const command_note rcpt = asked(COMMAND_RCPT, NULL);
    tally *t = tally_new();
    tally_sums sums;

    for (uint32_t i = 1; i <= 1000; i++)
        add_only(t, i, answered(&rcpt, 450, GREYLISTED));
    sums = tally_finish(t);
    g_assert_cmpuint(sums.sessions, ==, 1000);
    g_assert_cmpuint(sums.failing, ==, 1000);
    g_assert_cmpuint(sums.count, ==, 1);
    g_assert_cmpuint(sums.problems[0]->sessions, ==, 1000);
    g_assert_cmpuint(sums.problems[0]->frames[3], ==, 401);
    g_assert_cmpint(sums.problems[0]->rank, ==, RANK_PASSES);
    g_assert_cmpuint(lines_of(page_of(t)), <=, 16);
    tally_free(t);
}

/* Behind a proxy, who failed is the one that its header names. */
static void test_client_behind_a_proxy(void)
{
    const command_note plain = asked(COMMAND_AUTH, "PLAIN");
    const char *const named[] = { "192.0.2.99:4711", "[2001:db8::99]:4711", NULL };
    tally *t = tally_new();
    const char *said;

    for (uint32_t i = 1; i <= G_N_ELEMENTS(named); i++) {
        const tally_place place = { .frame = i * 100, .session = i, .time = NS_PER_S };
        const event_note event = { .kind = EVENT_PROXY, .detail = named[i - 1] };

        begin(t, i, SERVER);
        tally_event(t, &place, &event);
        add(t, i, 1, answered(&plain, 535, WRONG));
    }
    said = page_of(t);
    assert_in_order(said, (const char *const[]){
                              "AUTH PLAIN, 10.0.0.3, 192.0.2.99 (through 10.0.0.1) and",
                              "2001:db8::99 (through\n", "10.0.0.2) -> " SERVER "\n", NULL });
    tally_free(t);
}

static void test_order_of_problems(void)
{
    const command_note rcpt = asked(COMMAND_RCPT, NULL), help = asked(COMMAND_HELP, NULL);
    const command_note plain = asked(COMMAND_AUTH, "PLAIN");
    reply_note *injected = answered(&rcpt, 250, "Ok");
    tally *t = tally_new();
    const char *said;

    injected->injected = true;
    finding_judge(injected, NULL);
    add_only(t, 1, answered(&help, 502, "no help"));
    add_only(t, 2, answered(&rcpt, 450, GREYLISTED));
    add_only(t, 3, answered(&rcpt, 450, GREYLISTED));
    add_only(t, 4, answered(&rcpt, 550, "No such user"));
    add_only(t, 5, answered(&plain, 535, WRONG));
    add_only(t, 6, answered(&plain, 535, WRONG));
    add_only(t, 7, injected);
    said = page_of(t);
    assert_in_order(said,
                    (const char *const[]){
                        "a.pcap: 6 of 7 sessions had problems, 1 looks odd",
                        "1  Clear text after STARTTLS", "2  Login refused: bad credentials",
                        "2 sessions\n", "AUTH PLAIN, 10.0.0.5 and 10.0.0.6 -> " SERVER "\n",
                        "535 \"" WRONG "\"\n", "frames 501, 601 (first: session 5)",
                        "smtp_explain.cause == \"bad credentials\"\n",
                        "3  RCPT refused: no such recipient", "4  RCPT refused: greylisted",
                        "5  HELP refused: ", "Logins ", "none authenticated, 2 refused", NULL });
    tally_free(t);
}

/* Three times wrong, then right: it is told, but it is over. */
static void test_recovered(void)
{
    const command_note plain[4] = { asked(COMMAND_AUTH, "PLAIN"), asked(COMMAND_AUTH, "PLAIN"),
                                    asked(COMMAND_AUTH, "PLAIN"), asked(COMMAND_AUTH, "PLAIN") };
    tally *t = tally_new();
    tally_sums sums;

    begin(t, 1, SERVER);
    for (unsigned i = 0; i < 3; i++)
        add(t, 1, i, answered(&plain[i], 535, WRONG));
    g_assert_cmpint(tally_finish(t).problems[0]->rank, ==, RANK_FAILED);
    add(t, 1, 3, answered(&plain[3], 235, "Ok"));
    sums = tally_finish(t);
    g_assert_cmpuint(sums.problems[0]->times, ==, 3);
    g_assert_cmpuint(sums.problems[0]->recovered, ==, 1);
    g_assert_cmpint(sums.problems[0]->rank, ==, RANK_PASSES);
    assert_in_order(page_of(t),
                    (const char *const[]){ "1 session, 3 times\n", "was refused 3 times in one",
                                           "It logged", NULL });
    tally_free(t);
}

/* The 334 that refuses a token, and the 535 that follows, are one refusal, which the 535 tells. */
static void test_token_is_refused_once(void)
{
    const command_note first = asked(COMMAND_AUTH, "XOAUTH2"), second = first;
    tally *t = tally_new();
    tally_sums sums;

    for (uint32_t session = 1; session <= 2; session++) {
        const command_note *command = session == 1 ? &first : &second;
        reply_note *challenge = answered(command, 334, "");

        challenge->cause = CAUSE_TOKEN_REFUSED;
        begin(t, session, SERVER);
        add(t, session, 1, challenge);
        if (session == 1)
            add(t, session, 2, answered(command, 535, "token refused, 5.7.8"));
    }
    sums = tally_finish(t);
    g_assert_cmpuint(sums.problems[0]->times + (sums.count > 1 ? sums.problems[1]->times : 0), ==,
                     2);
    g_assert_cmpuint(sums.failing, ==, 2);
    g_assert_cmpuint(tally_finish(t).problems[0]->times, ==, sums.problems[0]->times);
    tally_free(t);
}

/* A client that sends to the world: one problem for each server, up to a number. */
static void test_many_servers_become_one(void)
{
    const command_note rcpt = asked(COMMAND_RCPT, NULL);

    for (uint32_t servers = 2; servers <= 50; servers += 48) {
        tally *t = tally_new();

        for (uint32_t i = 1; i <= servers; i++) {
            char *server = g_strdup_printf("198.51.100.%u:25", i);

            begin(t, i, server);
            add(t, i, 1, answered(&rcpt, 450, GREYLISTED));
            g_free(server);
        }
        g_assert_cmpuint(tally_finish(t).count, ==, servers == 2 ? 2 : 1);
        g_assert_cmpuint(tally_finish(t).problems[0]->sessions, ==, servers == 2 ? 1 : servers);
        if (servers == 50)
            assert_in_order(page_of(t),
                            (const char *const[]){ "50 clients -> 50 servers\n",
                                                   "frames 101, 201, 301, 401, ...", NULL });
        tally_free(t);
    }
}

static void test_nothing_wrong(void)
{
    const command_note plain = asked(COMMAND_AUTH, "PLAIN"), end = asked(COMMAND_MESSAGE, NULL);
    tally *t = tally_new();
    const char *said;

    begin(t, 1, SERVER);
    add(t, 1, 1, answered(&plain, 235, "Ok"));
    add(t, 1, 2, answered(&end, 250, "queued"));
    said = page_of(t);
    g_assert_cmpuint(lines_of(said), <=, 3);
    assert_in_order(said, (const char *const[]){ "a.pcap: 1 session, no problems  ",
                                                 "Logins: 1 authenticated (PLAIN 1). Messages: 1 "
                                                 "accepted. 211: none.\n",
                                                 "1 login without TLS", NULL });
    tally_free(t);
}

static void test_no_sessions(void)
{
    tally *t = tally_new();

    g_assert_true(g_str_has_prefix(page_of(t), "a.pcap: no SMTP that can be read\n"));
    tally_free(t);
}

static void test_event(void)
{
    const event_note event = { .kind = EVENT_NO_REPLY,
                               .end = SESSION_CLOSED_BY_SERVER,
                               .ends = true,
                               .id = COMMAND_AUTH,
                               .verb = "AUTH",
                               .mechanism = "PLAIN",
                               .about = 7 };
    const tally_place place = { .frame = 9, .session = 1, .time = NS_PER_S };
    tally *t = tally_new();

    begin(t, 1, SERVER);
    tally_event(t, &place, &event);
    g_assert_cmpuint(tally_finish(t).unanswered, ==, 1);
    assert_in_order(page_of(t),
                    (const char *const[]){ "The session ended before a command got its reply",
                                           "AUTH PLAIN, ", "the server closed the connection",
                                           "smtp_explain.expert.no_reply", "1 unanswered", NULL });
    tally_free(t);
}

/* However many kinds there are, the page has an end. */
static void test_many_kinds(void)
{
    static const char *const texts[] = { "greylisted",      "mailbox full",  "no such user",
                                         "relay denied",    "spam detected", "virus found",
                                         "message too big", "rate limited" };
    command_note commands[] = { asked(COMMAND_MAIL, NULL), asked(COMMAND_RCPT, NULL),
                                asked(COMMAND_MESSAGE, NULL), asked(COMMAND_AUTH, "PLAIN"),
                                asked(COMMAND_EHLO, NULL) };
    tally *t = tally_new();
    uint32_t session = 0;

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        for (size_t j = 0; j < G_N_ELEMENTS(commands); j++) {
            add_only(t, ++session, answered(&commands[j], 550, texts[i]));
            add_only(t, ++session, answered(&commands[j], 450, texts[i]));
        }
    g_assert_cmpuint(tally_finish(t).count, >, REPORT_PARAGRAPHS + REPORT_LINES);
    g_assert_cmpuint(lines_of(page_of(t)), <=, 120);
    assert_in_order(page_of(t), (const char *const[]){ "10 ", "11 ", "22 ", "more kinds\n", NULL });
    tally_free(t);
}

static void test_codes(void)
{
    const command_note help = asked(COMMAND_HELP, NULL), mail = asked(COMMAND_MAIL, NULL);
    reply_note *misplaced = answered(&mail, 211, "status");
    tally *t = tally_new();
    tally_sums sums;

    misplaced->verdict = VERDICT_UNEXPECTED;
    finding_judge(misplaced, NULL);
    add_only(t, 1, answered(&help, 211, "help"));
    add_only(t, 2, misplaced);
    sums = tally_finish(t);
    g_assert_cmpuint(sums.status.count, ==, 2);
    g_assert_cmpuint(sums.status.misplaced, ==, 1);
    g_assert_cmpuint(sums.odd, ==, 1);
    g_assert_cmpuint(sums.failing, ==, 0);
    assert_in_order(page_of(t),
                    (const char *const[]){ "2 sessions, no problems, but 1 looks odd", NULL });
    tally_free(t);
}

/* --- several captures --- */

static char *ledger_of_one(uint32_t sessions, const char *server)
{
    const command_note plain = asked(COMMAND_AUTH, "PLAIN"), rcpt = asked(COMMAND_RCPT, NULL);
    tally *t = tally_new();
    char *text;

    for (uint32_t i = 1; i <= sessions; i++) {
        begin(t, i, server);
        add(t, i, 1, answered(&plain, 535, WRONG));
    }
    begin(t, sessions + 1, server);
    add(t, sessions + 1, 1, answered(&rcpt, 450, GREYLISTED));
    const tally_sums sums = tally_finish(t);
    text = ledger_text(&sums);
    tally_free(t);
    return text;
}

/* What one capture comes to survives its way as text, and two add up. */
static void test_ledger(void)
{
    char *one = ledger_of_one(2, SERVER), *two = ledger_of_one(3, SERVER);
    ledger *book = ledger_new(true);
    tally_sums sums;
    page p = page_new(scope, PAGE_WIDTH_MAX, false);

    g_assert_true(ledger_take(book, "one.pcap", one));
    sums = ledger_sums(book);
    g_assert_cmpuint(sums.sessions, ==, 3);
    g_assert_cmpuint(sums.count, ==, 2);
    g_assert_true(ledger_take(book, "two.pcap", two));
    sums = ledger_sums(book);
    g_assert_cmpuint(sums.captures, ==, 2);
    g_assert_cmpuint(sums.sessions, ==, 7);
    g_assert_cmpuint(sums.failing, ==, 7);
    g_assert_cmpuint(sums.count, ==, 2);
    g_assert_cmpuint(sums.problems[0]->sessions, ==, 5);
    g_assert_cmpuint(sums.problems[0]->frames[1], ==, 201);
    g_assert_cmpuint(sums.problems[0]->frames[2], ==, 0); /* those of the first capture */
    g_assert_cmpuint(sums.logins[0].refused, ==, 5);
    report_print(&p, &sums, "2 captures");
    assert_in_order(wmem_strbuf_get_str(p.text),
                    (const char *const[]){ "2 captures: all of 7 sessions had problems",
                                           "5 sessions\n", "in one.pcap; also in", "two.pcap\n",
                                           "2 sessions\n", NULL });
    ledger_free(book);
    g_free(one);
    g_free(two);
}

/* Nothing of what is no ledger, or a part of one, is taken. */
static void test_ledger_of_another_kind(void)
{
    static const char *const texts[] = { "", "((1", "()", "((1, 2), [1], [], [], [])\n" };
    char *good = ledger_of_one(1, SERVER);
    ledger *book = ledger_new(false);

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_false(ledger_take(book, "a.pcap", texts[i]));
    good[strlen(good) - 1] = '\0';
    g_assert_false(ledger_take(book, "a.pcap", good));
    g_assert_cmpuint(ledger_sums(book).captures, ==, 0);
    g_assert_cmpuint(ledger_sums(book).sessions, ==, 0);
    g_free(good);
    ledger_free(book);
}

/* --- traffic --- */

static const char *reason_of(const char *data, uint32_t port, uint32_t other_port)
{
    const traffic_segment segment = { .data = (const uint8_t *)data,
                                      .len = (uint32_t)strlen(data),
                                      .on_wire = (uint32_t)strlen(data),
                                      .frame = 4,
                                      .port = port,
                                      .other_port = other_port };
    traffic t = { .frames = 1 };

    traffic_add(&t, &segment);
    return traffic_reason(scope, &t, true);
}

static void test_traffic(void)
{
    static const struct {
        const char *data;
        uint32_t port;
        uint32_t other_port;
        const char *said;
    } rows[] = {
        { "EHLO client.example.test\r\n", 40001, 44818, "--smtp-port 44818" },
        { "220 mx.example.test ESMTP\r\n", 44818, 40001, "--smtp-port 44818" },
        { "220 ftp.example.test FTP\r\n", 21, 40001, "Nothing in it" },
        { "EHLO", 40001, 44818, "Nothing in it" },
        { "\x16\x03\x01\x01", 40001, 465, "port 465 (frame 4), a port of mail" },
        { "\x17\x03\x03\x01", 993, 40001, "port 993 (frame 4), which may be mail" },
        { "\x18\x03\x03\x01", 465, 40001, "Nothing in it" },
        { "", 25, 40001, "none that carries data" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        g_assert_nonnull(
            strstr(reason_of(rows[i].data, rows[i].port, rows[i].other_port), rows[i].said));
}

/* --- comments --- */

/* Refusals before successes, and of these one for each session. */
static void test_comment(void)
{
    const command_note plain = asked(COMMAND_AUTH, "PLAIN"), help = asked(COMMAND_HELP, NULL);
    const event_note ended = { .kind = EVENT_ENDED, .ends = true };
    bool succeeded = false;
    comment *c = comment_new();
    char *text;

    comment_reply(c, answered(&help, 211, "status"), &succeeded);
    comment_reply(c, answered(&plain, 535, WRONG), &succeeded);
    comment_reply(c, answered(&plain, 535, WRONG), &succeeded);
    text = comment_text(c);
    g_assert_true(succeeded);
    assert_in_order(text, (const char *const[]){ "SMTP 535: ", "Cause: bad credentials", "SMTP 211",
                                                 "\"status\"", NULL });
    g_assert_null(strstr(strstr(text, "SMTP 535: ") + 1, "SMTP 535: "));
    g_free(text);
    comment_free(c);
    c = comment_new();
    comment_event(c, &ended);
    comment_reply(c, answered(&help, 211, "status"), &succeeded);
    g_assert_null(comment_text(c));
    comment_free(c);
}

/* --- records --- */

static void test_record_escapes(void)
{
    const record_place place = { .frame = 8, .source = "a", .destination = "b" };
    const command_note rcpt = asked(COMMAND_RCPT, NULL);
    const event_note ended = { .kind = EVENT_ENDED, .ends = true };
    wmem_strbuf_t *json = wmem_strbuf_new(scope, ""), *row = wmem_strbuf_new(scope, "");
    reply_note *note = answered(&rcpt, 550, "say \"no\" \\ \t end");

    record_event(json, RECORD_JSON, &place, &ended);
    g_assert_cmpstr(wmem_strbuf_get_str(json), ==, "");
    record_reply(json, RECORD_JSON, &place, note);
    record_reply(row, RECORD_TSV, &place, note);
    g_assert_nonnull(
        strstr(wmem_strbuf_get_str(json), "\"text\": \"say \\\"no\\\" \\\\ \\u0009 end\"}\n"));
    g_assert_true(g_str_has_suffix(wmem_strbuf_get_str(row), "\tsay \"no\" \\ ? end\n"));
}

int main(int argc, char *argv[])
{
    int status;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    g_test_add_func("/report/alike-is-one", test_alike_is_one);
    g_test_add_func("/report/client-behind-a-proxy", test_client_behind_a_proxy);
    g_test_add_func("/report/order-of-problems", test_order_of_problems);
    g_test_add_func("/report/recovered", test_recovered);
    g_test_add_func("/report/token-is-refused-once", test_token_is_refused_once);
    g_test_add_func("/report/many-servers-become-one", test_many_servers_become_one);
    g_test_add_func("/report/nothing-wrong", test_nothing_wrong);
    g_test_add_func("/report/no-sessions", test_no_sessions);
    g_test_add_func("/report/event", test_event);
    g_test_add_func("/report/many-kinds", test_many_kinds);
    g_test_add_func("/report/codes", test_codes);
    g_test_add_func("/report/ledger", test_ledger);
    g_test_add_func("/report/ledger-of-another-kind", test_ledger_of_another_kind);
    g_test_add_func("/report/traffic", test_traffic);
    g_test_add_func("/report/comment", test_comment);
    g_test_add_func("/report/record-escapes", test_record_escapes);
    status = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return status;
}
