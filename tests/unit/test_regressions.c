/* test_regressions.c
 * What fuzzing found. Each of these once broke a promise of session.h or note.h; the inputs are
 * kept as ../fuzz/seeds/session/found-*.seed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "dialogue.h"
#include "finding.h"
#include "session.h"
#include "session_private.h"

#define OPENING                                                \
    { SERVER, "220 mx ESMTP\r\n" }, { CLIENT, "EHLO me\r\n" }, \
    {                                                          \
        SERVER, "250-mx\r\n250 AUTH LOGIN\r\n"                 \
    }
#define OPENED "1 220 connection expected", "3 250 EHLO @2 expected lines=2"

static const dialogue found[] = {
    /* the second reply's BDAT was moved behind the first reply to it */
    { .name = "lmtp-chunk-answered-before-its-end",
      .capture = UNDAMAGED,
      .steps = { { SERVER, "220 mx LMTP\r\n" },
                 { CLIENT, "LHLO me\r\n" },
                 { SERVER, "250 mx\r\n" },
                 { CLIENT, "MAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nRCPT TO:<e@f>\r\n" },
                 { SERVER, "250 ok\r\n250 ok\r\n250 ok\r\n" },
                 { CLIENT, "BDAT 6 LAST\r\nabc" },
                 { SERVER, "250 ok\r\n" },
                 { CLIENT, "def" },
                 { SERVER, "250 ok\r\n" },
                 { CLIENT, "HELP\r\n" },
                 { SERVER, "211 ok\r\n" } },
      .replies = { "1 220 connection expected", "3 250 LHLO @2 expected", "5 250 MAIL @4 expected",
                   "5 250 RCPT @4 expected", "5 250 RCPT @4 expected", "7 250 BDAT @6 expected",
                   "9 250 BDAT @6 expected", "11 211 HELP @10 expected +status" } },
    /* a header of another version, and of 4,000 bytes, hid an AUTH from those who look for secrets */
    { .name = "auth-behind-a-signature-of-another-version",
      .capture = AS_IT_STANDS,
      .steps = { { SERVER, "220 mx ESMTP\r\n" },
                 { CLIENT, "\r\n\r\n\0\r\nQUIT\n\xCB~\xCE\x8Ax\r\nAUTH PLAIN AGEAaHVudGVyMjI=\r\n",
                   .len = 48 },
                 { SERVER, "500 no AGEAaHVudGVyMjI=\r\n" } },
      .replies = { "1 220 connection expected", "3 500 (hidden) @2 refused" },
      .secrets = { "AGEAaHVu", "hunter22" } },
    { .name = "auth-in-a-header",
      .capture = AS_IT_STANDS,
      .steps = { { SERVER, "220 mx ESMTP\r\n" },
                 { CLIENT,
                   "\r\n\r\n\0\r\nQUIT\n\x21\x11\x0F\x8Ax\r\nAUTH PLAIN AGEAaHVudGVyMjI=\r\n",
                   .len = 48 },
                 { SERVER, "500 no AGEAaHVudGVyMjI=\r\n" },
                 { SERVER, "535 no hunter22\r\n" } },
      .replies = { "1 220 connection expected", "3 500 ? unsolicited", "4 535 ? unsolicited" },
      .secrets = { "AGEAaHVu", "hunter22" } },
    { .name = "auth-behind-tls-that-is-none",
      .capture = AS_IT_STANDS,
      .steps = { { SERVER, "220 mx ESMTP\r\n" },
                 { CLIENT, "\x16\x03\x01\x02\x04\x01\0\x02\0\r\nAUTH PLAIN AGEAaHVudGVyMjI=\r\n",
                   .len = 40 },
                 { SERVER, "500 no AGEAaHVudGVyMjI=\r\n" },
                 { SERVER, "535 no hunter22\r\n" } },
      .replies = { "1 220 connection expected", "3 500 ? unknown", "4 535 ? unknown" },
      .secrets = { "AGEAaHVu", "hunter22" } },
    /* a response that begins like a cancellation was one if a segment ended behind its CR */
    { .name = "response-that-begins-like-a-cancellation",
      .capture = UNDAMAGED,
      .steps = { OPENING,
                 { CLIENT, "AUTH LOGIN\r\n" },
                 { SERVER, "334 x\r\n" },
                 { CLIENT, "*\rx\r\n" },
                 { SERVER, "501 no\r\n" } },
      .replies = { OPENED, "5 334 AUTH LOGIN @4 expected",
                   "7 501 AUTH LOGIN @4 refused failures=1 +auth_refused" } },
    { .name = "cancellation",
      .capture = UNDAMAGED,
      .steps = { OPENING,
                 { CLIENT, "AUTH LOGIN\r\n" },
                 { SERVER, "334 x\r\n" },
                 { CLIENT, "*\r\r\n" },
                 { SERVER, "501 no\r\n" } },
      .replies = { OPENED, "5 334 AUTH LOGIN @4 expected cancelled",
                   "7 501 AUTH LOGIN @4 refused cancelled failures=1 +auth_refused" } },
    /* what followed the reply in its segment was dropped, in a segment of its own it wasn't */
    { .name = "client-goes-on-in-the-segment-that-accepts-turn",
      .capture = UNDAMAGED,
      .steps = { OPENING,
                 { CLIENT, "TURN\r\n" },
                 { SERVER, "250 ok\r\nHELP\r\n" },
                 { CLIENT, "220 me ESMTP\r\n211 ok\r\n" } },
      .replies = { OPENED, "5 250 TURN @4 expected", "6 220 connection expected",
                   "6 211 HELP @5 expected +status" } },
    /* without TCP, TLS records that nobody decrypts were read as commands */
    { .name = "tls-without-tcp",
      .capture = UNDAMAGED,
      .steps = { { SERVER, "220 mx ESMTP\r\n", ORDERED },
                 { CLIENT, "STARTTLS\r\n", ORDERED },
                 { SERVER, "220 ok\r\n", ORDERED },
                 { CLIENT, "\026\003\nHELP\r\n", ORDERED },
                 { SERVER, "211 no\r\n", ORDERED } },
      .replies = { "1 220 connection expected", "3 220 STARTTLS @2 expected" } },
};

/* What a reply shows of the server's text. Caller frees it. */
static char *shown_text(const char *reply)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    note_store *store = note_store_new(scope, finding_judge);
    login_list logins = { NULL, 0, 0 };
    session *s = session_new(scope, store, &logins);
    span bytes = { .data = (const uint8_t *)reply, .len = (uint32_t)strlen(reply), .frame = 1 };
    note_list replies;
    char *text;

    session_hint_server(s, 1, 25);
    session_add_ordered(s, 1, &bytes);
    replies = note_store_replies(store, 1);
    g_assert_cmpuint(replies.count, ==, 1);
    text = g_strdup(replies.entry[0].reply->text);
    wmem_destroy_allocator(scope);
    return text;
}

/* The second set of control characters, and those that turn the direction of the text around,
 * were shown as they came. */
static void test_unprintable_text(void)
{
    static const struct {
        const char *reply;
        const char *shown;
    } table[] = {
        { "250 a\x1b[31mb\r\n", "a [31mb" },
        { "250 a\xc2\x80z\r\n", "a  z" },
        { "250 a\xc2\x9bz\r\n", "a  z" },
        { "250 a\xe2\x80\xaez\r\n", "a   z" },
        { "250 a\xe2\x80\xa8z\r\n", "a   z" },
        { "250 gr\xc3\xbc\xc3\x9f\r\n", "gr\xc3\xbc\xc3\x9f" },
        { "250 a\xffz\r\n", "a\xc3\xbfz" }, /* no UTF-8: read as Latin-1 */
    };

    for (size_t i = 0; i < G_N_ELEMENTS(table); i++) {
        char *text = shown_text(table[i].reply);

        g_assert_cmpstr(text, ==, table[i].shown);
        g_free(text);
    }
}

/* Of a segment the snap length may have left nothing: there is no data then, not even empty data.
 * UBSan finds what is done with it. */
static void test_segments_without_data(void)
{
    static const uint32_t starts[2] = { 100, 200 };
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    login_list logins = { NULL, 0, 0 };
    session *s = session_new(scope, note_store_new(scope, finding_judge), &logins);
    span nothing = { .data = NULL, .missing = 10, .frame = 1 };

    session_hint_start(s, starts, 0);
    session_add_segment(s, 1, 205, 100, &nothing);
    session_add_segment(s, 1, 205, 100, &nothing);
    session_add_segment(s, 1, 195, 100, &nothing);
    session_add_segment(s, 1, 200, 100, &nothing);
    session_add_segment(s, 0, 100, 220, &nothing);
    wmem_destroy_allocator(scope);
}

/* The user name was hidden where a server names it. */
static void test_user_names_are_shown(void)
{
    static const struct {
        dialogue_side side;
        const char *bytes;
    } said[] = {
        { SERVER, "220 mx ESMTP\r\n" },
        { CLIENT, "EHLO me\r\n" },
        { SERVER, "250 mx\r\n" },
        { CLIENT, "AUTH PLAIN AGFsaWNlAGh1bnRlcjI=\r\n" }, /* NUL alice NUL hunter2 */
        { SERVER, "235 ok\r\n" },
        { CLIENT, "MAIL FROM:<a@example.net>\r\n" },
        { SERVER, "553 not owned by user alice\r\n" },
        { CLIENT, "RSET\r\n" },
        { SERVER, "250 hunter2 forgets\r\n" },
        { CLIENT, "AUTH PLAIN AGFsaWNlAG1haWw=\r\n" }, /* NUL alice NUL mail */
        { SERVER, "503 no mail\r\n" },
        { CLIENT, "NOOP\r\n" },
        { SERVER, "250 Queued mail for delivery\r\n" },
    };
    static const char *const shown[] = {
        [6] = "not owned by user alice",
        [8] = "[hidden] forgets",
        [10] = "no [hidden]",
        [12] = "Queued mail for delivery",
    };
    dialogue_run *run = dialogue_run_new(true);
    note_list replies;

    for (size_t i = 0; i < G_N_ELEMENTS(said); i++) {
        uint32_t frame = dialogue_say(run, said[i].side, said[i].bytes, strlen(said[i].bytes));

        if (i >= G_N_ELEMENTS(shown) || shown[i] == NULL)
            continue;
        replies = note_store_replies(dialogue_run_session(run)->exchange.store, frame);
        g_assert_cmpuint(replies.count, ==, 1);
        g_assert_cmpstr(replies.entry[0].reply->text, ==, shown[i]);
    }
    dialogue_run_free(run);
}

int main(int argc, char **argv)
{
    int result;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    dialogue_add_tests("/regressions", found, G_N_ELEMENTS(found));
    g_test_add_func("/regressions/unprintable-text", test_unprintable_text);
    g_test_add_func("/regressions/segments-without-data", test_segments_without_data);
    g_test_add_func("/regressions/user-names-are-shown", test_user_names_are_shown);
    result = g_test_run();
    wmem_cleanup();
    return result;
}
