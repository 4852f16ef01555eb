/* test_recognise.c
 * Tables of what the two sides of a connection say first, and what is made of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "catalog.h"
#include "recognise.h"

/* A conversation: segments, each with 'S' or 'C' in front for the side that sends it, and what is
 * expected after the last of them. NULL ends it. */
typedef struct {
    const char *name;
    recognise_result expected;
    const char *segments[8];
} conversation_row;

static const conversation_row conversation_table[] = {
    /* One side is enough. */
    { "greeting/esmtp", RECOGNISE_SERVER, { "S220 mx.example.com ESMTP Postfix\r\n" } },
    { "greeting/smtp", RECOGNISE_SERVER, { "S220 mx.example.com Python SMTP 1.4.4\r\n" } },
    { "greeting/lmtp", RECOGNISE_SERVER, { "S220 mx.example.com LMTP server ready\r\n" } },
    { "greeting/lower-case", RECOGNISE_SERVER, { "S220 mx.example.com esmtp\r\n" } },
    { "greeting/lf", RECOGNISE_SERVER, { "S220 mx.example.com ESMTP\n" } },
    { "greeting/no-host", RECOGNISE_SERVER, { "S220 ESMTP\r\n" } },
    { "greeting/joined", RECOGNISE_SERVER, { "S220 X1 NT-ESMTP Server (IMail 8.05)\r\n" } },
    { "greeting/semicolon", RECOGNISE_SERVER, { "S220 mx.example.com ESMTP; Mon\r\n" } },
    { "greeting/ftp-in-host", RECOGNISE_SERVER, { "S220 ftp.example.com ESMTP\r\n" } },
    { "greeting/multi-line",
      RECOGNISE_SERVER,
      { "S220-mx.example.com ESMTP Exim 4.96\r\n220-No spam.\r\n220 and no bulk.\r\n" } },
    { "greeting/second-line", RECOGNISE_SERVER, { "S220-mx.example.com\r\n220 ESMTP\r\n" } },
    { "greeting/begun", RECOGNISE_SERVER, { "S220-mx.example.com ESMTP\r\n" } },
    { "greeting/refusal", RECOGNISE_SERVER, { "S554 mx.example.com ESMTP not here\r\n" } },
    { "greeting/too-busy", RECOGNISE_SERVER, { "S421 mx.example.com SMTP busy\r\n" } },
    { "greeting/then-250", RECOGNISE_SERVER, { "S220 mx.example.com ESMTP\r\n250 hello\r\n" } },
    { "ehlo/domain", RECOGNISE_CLIENT, { "CEHLO client.example.com\r\n" } },
    { "ehlo/literal", RECOGNISE_CLIENT, { "CEHLO [IPv6:2001:db8::1]\r\n" } },
    { "ehlo/lower-case", RECOGNISE_CLIENT, { "Cehlo localhost\r\n" } },
    { "ehlo/utf-8",
      RECOGNISE_CLIENT,
      { "CEHLO b\xc3\xbc"
        "cher.example\r\n" } },
    { "helo", RECOGNISE_CLIENT, { "CHELO client\r\n" } },
    { "lhlo", RECOGNISE_CLIENT, { "CLHLO client.example.com\r\n" } },
    { "mail", RECOGNISE_CLIENT, { "CMAIL FROM:<a@example.com> SIZE=100\r\n" } },
    { "mail/null", RECOGNISE_CLIENT, { "CMAIL FROM:<>\r\n" } },
    { "mail/space", RECOGNISE_CLIENT, { "Cmail from: <a@example.com>\r\n" } },
    { "rcpt", RECOGNISE_CLIENT, { "CRCPT TO:<a@example.com>\r\n" } },
    { "mail/pipelined",
      RECOGNISE_CLIENT,
      { "CMAIL FROM:<>\r\nRCPT TO:<a@example.com>\r\nDATA\r\n" } },
    { "rset-mail", RECOGNISE_CLIENT, { "CRSET\r\nMAIL FROM:<a@example.com>\r\n" } },
    { "ehlo-reply", RECOGNISE_SERVER, { "S250-mx.example.com\r\n250 PIPELINING\r\n" } },
    { "ehlo-reply/weak",
      RECOGNISE_SERVER,
      { "S250-mx\r\n250-SIZE 20480000\r\n250-AUTH LOGIN\r\n250 HELP\r\n" } },
    { "help-reply", RECOGNISE_SERVER, { "S211 DATA HELO EHLO MAIL NOOP QUIT RCPT\r\n" } },

    /* It takes both. */
    { "plain-220", RECOGNISE_MAYBE, { "S220 mx.example.com ready\r\n" } },
    { "plain-220/host", RECOGNISE_MAYBE, { "S220 smtp.example.com\r\n" } },
    { "plain-220/ehlo", RECOGNISE_CLIENT, { "S220 ready\r\n", "CEHLO client\r\n" } },
    { "plain-220/bare-ehlo", RECOGNISE_CLIENT, { "S220 ready\r\n", "CEHLO\r\n" } },
    { "plain-220/vrfy", RECOGNISE_CLIENT, { "S220 ready\r\n", "CVRFY root\r\n" } },
    { "plain-220/ehlo-and-more",
      RECOGNISE_CLIENT,
      { "S220 ready\r\n", "CEHLO client\r\nMAIL FROM:<>\r\nRCPT TO:<a@b>\r\nDATA\r\nHello\r\n" } },
    { "plain-220/quit", RECOGNISE_MAYBE, { "S220 ready\r\n", "CQUIT\r\n", "S221 bye\r\n" } },
    { "bare-220", RECOGNISE_CLIENT, { "S220\r\n", "CHELO a\r\n" } },
    { "impatient", RECOGNISE_MAYBE, { "CEHLO client\r\nMAIL FROM:<>\r\n" } },
    { "impatient/answered",
      RECOGNISE_SERVER,
      { "CEHLO client\r\nMAIL FROM:<>\r\n", "S220 ready\r\n250 hello\r\n250 ok\r\n" } },
    { "auth", RECOGNISE_MAYBE, { "CAUTH LOGIN\r\n" } },
    { "auth/initial", RECOGNISE_SERVER, { "Cauth plain AHRlc3QAdGVzdA==\r\n", "S235 ok\r\n" } },
    { "auth/334", RECOGNISE_SERVER, { "CAUTH LOGIN\r\n", "S334 VXNlcm5hbWU6\r\n" } },
    { "sasl/235", RECOGNISE_SERVER, { "CdGVzdGVy\r\n", "S235 2.7.0 ok\r\n" } },
    { "starttls", RECOGNISE_SERVER, { "CSTARTTLS\r\n", "S220 go ahead\r\n" } },
    { "data", RECOGNISE_SERVER, { "CDATA\r\n", "S354 go ahead\r\n" } },
    { "help", RECOGNISE_MAYBE, { "CHELP\r\n", "S211 see the manual\r\n" } },
    { "250/mail", RECOGNISE_CLIENT, { "S250 2.0.0 ok\r\n", "CMAIL FROM:<>\r\n" } },
    { "ftp-word/ehlo", RECOGNISE_CLIENT, { "S220 smtp FTP server\r\n", "CEHLO a\r\n" } },
    { "ehlo/odd-argument", RECOGNISE_SERVER, { "CEHLO a b c\r\n", "S250 mx\r\n" } },
    { "greeting/any-client", RECOGNISE_CLIENT, { "S220 mx ESMTP\r\n", "CGET / HTTP/1.0\r\n" } },

    /* Lines cut anywhere are waited for. */
    { "cut/one-byte", RECOGNISE_MORE, { "S2" } },
    { "cut/greeting", RECOGNISE_MORE, { "S220 mx.example.com ESM" } },
    { "cut/verb", RECOGNISE_MORE, { "CEH" } },
    { "cut/argument", RECOGNISE_MORE, { "CMAIL FRO" } },
    { "cut/other", RECOGNISE_NO, { "Cexa" } },
    { "cut/other-code", RECOGNISE_NO, { "S19" } },

    /* Other protocols. */
    { "ftp/mail-alone",
      RECOGNISE_MAYBE,
      { "S220 mail FTP server ready\r\n", "CHELP\r\n", "S530 log in\r\n", "CMAIL\r\n",
        "S530 log in\r\n" } },
    { "ftp-word/mail-from",
      RECOGNISE_CLIENT,
      { "S220 mail FTP server ready\r\n", "CMAIL FROM:<>\r\n" } },
    { "ftp", RECOGNISE_NO, { "S220 ProFTPD ready\r\n", "CUSER anonymous\r\n" } },
    { "ftp/auth", RECOGNISE_NO, { "S220 ready\r\n", "CAUTH TLS\r\n" } },
    { "ftp/feat", RECOGNISE_NO, { "S220 ready\r\n", "CFEAT\r\n" } },
    { "ftp/smtp-in-greeting", RECOGNISE_MAYBE, { "S220 smtp FTP server (Version 6.4)\r\n" } },
    { "ftp/smtp-in-name", RECOGNISE_MAYBE, { "S220 esmtp.example.com ready\r\n" } },
    { "ftp/claims-smtp", RECOGNISE_NO, { "S220 SMTP gateway\r\n", "CUSER root\r\n" } },
    { "ftp/mid-session", RECOGNISE_NO, { "S250 CWD successful\r\n", "CPASV\r\n" } },
    { "ftp/230", RECOGNISE_NO, { "S230 logged in\r\n" } },
    { "ftp/multi-line", RECOGNISE_NO, { "S220-Welcome\r\n  to ESMTP land\r\n220 ok\r\n" } },
    { "ftp/quit", RECOGNISE_MAYBE, { "S220 ready\r\n", "CNOOP\r\n", "S250 ok\r\n" } },
    { "nntp", RECOGNISE_NO, { "S200 news.example.com ready\r\n" } },
    { "nntp/211", RECOGNISE_NO, { "CGROUP a.b\r\n", "S211 5 1 5 a.b\r\n" } },
    { "nntp/group-selected", RECOGNISE_NO, { "S211 5 1 5 a.b\r\n", "CXOVER 1-5\r\n" } },
    { "dict", RECOGNISE_NO, { "S220 dict.example dictd 1.12\r\n", "CDEFINE ! x\r\n" } },
    { "pop3", RECOGNISE_NO, { "S+OK ready\r\n" } },
    { "pop3/client", RECOGNISE_NO, { "CUSER a\r\n" } },
    { "pop3/rset", RECOGNISE_NO, { "CRSET\r\n", "S+OK\r\n" } },
    { "imap", RECOGNISE_NO, { "S* OK ready\r\n" } },
    { "irc", RECOGNISE_NO, { "CNICK a\r\n" } },
    { "sieve", RECOGNISE_NO, { "CSTARTTLS\r\n", "SOK\r\n" } },
    { "redis", RECOGNISE_NO, { "CPING\r\n", "S+PONG\r\n" } },
    { "http", RECOGNISE_NO, { "CPOST / HTTP/1.1\r\n\r\nEHLO a\r\n" } },
    { "tls", RECOGNISE_NO, { "C\x16\x03\x01\x02" } },
    { "ehlo/refused", RECOGNISE_NO, { "CEHLO a\r\n", "SHTTP/1.1 400 Bad Request\r\n" } },
    { "both-greet", RECOGNISE_NO, { "S220 ready\r\n", "C220 ready\r\n" } },
    { "both-command", RECOGNISE_NO, { "SNOOP\r\n", "CEHLO a\r\n" } },

    /* Transcripts of a session. */
    { "transcript",
      RECOGNISE_NO,
      { "S220 mx.example.com ESMTP\r\nEHLO client\r\n250 mx.example.com\r\n" } },
    { "transcript/line-by-line",
      RECOGNISE_NO,
      { "S220 mx.example.com ESMTP\r\n", "SEHLO client\r\n" } },
    { "transcript/client-first",
      RECOGNISE_NO,
      { "CMAIL FROM:<a@example.com>\r\n250 ok\r\nRCPT TO:<b@example.com>\r\n250 ok\r\n" } },
    { "transcript/marked", RECOGNISE_NO, { "SS: 220 mx.example.com ESMTP\r\n" } },
    { "batch",
      RECOGNISE_MAYBE,
      { "CHELO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nHello\r\n.\r\nQUIT\r\n" } },
};

/* The same where the handshake is in the capture: the server accepted the connection. */
static const conversation_row handshake_table[] = {
    { "client-greets", RECOGNISE_MAYBE, { "C220 x ESMTP\r\n" } },
    { "both-greet", RECOGNISE_SERVER, { "C220 x ESMTP\r\n", "S220 mx ESMTP\r\n" } },
    { "server-first", RECOGNISE_SERVER, { "S220 mx ESMTP\r\n" } },
    { "client-first", RECOGNISE_CLIENT, { "CEHLO me\r\n" } },
    { "server-says-ehlo", RECOGNISE_MAYBE, { "SEHLO mx\r\n" } },
    { "both-say-ehlo", RECOGNISE_CLIENT, { "SEHLO mx\r\n", "S220 mx ESMTP\r\n", "CEHLO me\r\n" } },
    { "greeting-and-no-smtp", RECOGNISE_NO, { "C220 x ESMTP\r\n", "SHTTP/1.1 400 Bad\r\n" } },
    { "ftp-to-a-greeting", RECOGNISE_MAYBE, { "C220 x ESMTP\r\n", "S220 FTP ready\r\n" } },
    /* the server opened it: both sides say so */
    { "other-way-round", RECOGNISE_CLIENT, { "C220 mx ESMTP\r\n", "SEHLO me\r\n" } },
};

static recognise_result say(recognise *r, const char *segment)
{
    unsigned side = segment[0] == 'S' ? 1 : 0;
    const uint8_t *bytes = (const uint8_t *)segment + 1;
    recognise_result result = recognise_look(r, side, bytes, strlen(segment) - 1, catalog_has_code);

    recognise_keep(r, side, bytes, strlen(segment) - 1);
    return result;
}

static void test_conversation(gconstpointer data)
{
    const conversation_row *row = data;
    recognise r = { 0 };
    recognise_result result = RECOGNISE_MAYBE;

    for (size_t i = 0; row->segments[i]; i++)
        result = say(&r, row->segments[i]);
    g_assert_cmpint(result, ==, row->expected);
}

static void test_handshake(gconstpointer data)
{
    const conversation_row *row = data;
    recognise r = { .has_acceptor = true, .acceptor = 1 };
    recognise_result result = RECOGNISE_MAYBE;

    for (size_t i = 0; row->segments[i]; i++)
        result = say(&r, row->segments[i]);
    g_assert_cmpint(result, ==, row->expected);
}

static bool is_claim(recognise_result result)
{
    return result == RECOGNISE_SERVER || result == RECOGNISE_CLIENT;
}

/* However the segments are cut, whether the pieces are kept or come again with more behind, the
 * answer is the same. */
static void test_splits(gconstpointer data)
{
    const conversation_row *row = data;
    const char *segment = row->segments[0];
    const uint8_t *bytes = (const uint8_t *)segment + 1;
    unsigned side = segment[0] == 'S' ? 1 : 0;
    size_t len = strlen(segment) - 1;

    for (size_t cut = 1; cut < len; cut++) {
        recognise r = { 0 };
        recognise_result first = recognise_look(&r, side, bytes, cut, catalog_has_code);
        recognise_result again;

        if (is_claim(row->expected))
            g_assert_cmpint(first, !=, RECOGNISE_NO);
        if (first == RECOGNISE_MORE)
            g_assert_cmpint(recognise_look(&r, side, bytes, len, catalog_has_code), ==,
                            row->expected);
        recognise_keep(&r, side, bytes, cut);
        again = recognise_look(&r, side, bytes + cut, len - cut, catalog_has_code);
        if (first != RECOGNISE_NO && (row->expected != RECOGNISE_MORE))
            g_assert_cmpint(again, ==, row->expected);
    }
}

static void test_long(void)
{
    g_autoptr(GString) text = g_string_new("220 mx.example.com ESMTP ");
    recognise r = { 0 };

    /* A greeting that never ends. */
    while (text->len < 5 * RECOGNISE_BYTES_MAX)
        g_string_append_c(text, 'A');
    g_assert_cmpint(recognise_look(&r, 0, (const uint8_t *)text->str, text->len, catalog_has_code),
                    ==, RECOGNISE_SERVER);
    recognise_keep(&r, 0, (const uint8_t *)text->str, text->len);
    g_assert_true(recognise_is_settled(&r));

    /* Without the word it is nothing. */
    memset(&r, 0, sizeof r);
    memcpy(text->str + 20, "     ", 5);
    g_assert_cmpint(recognise_look(&r, 0, (const uint8_t *)text->str, text->len, catalog_has_code),
                    ==, RECOGNISE_UNCLEAR);
}

/* What stays unclear is given up once the bound is reached. */
static void test_bound(void)
{
    static const char noop[] = "NOOP\r\n";
    recognise r = { 0 };
    recognise_result result = RECOGNISE_MAYBE;
    size_t said = 0;

    g_assert_cmpint(say(&r, "S220 ready\r\n"), ==, RECOGNISE_MAYBE);
    while (result == RECOGNISE_MAYBE) {
        result = recognise_look(&r, 0, (const uint8_t *)noop, sizeof noop - 1, catalog_has_code);
        recognise_keep(&r, 0, (const uint8_t *)noop, sizeof noop - 1);
        said += sizeof noop - 1;
        g_assert_cmpuint(said, <, RECOGNISE_BYTES_MAX + sizeof noop);
    }
    g_assert_cmpint(result, ==, RECOGNISE_UNCLEAR);
}

static void test_packed(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    recognise r = { .has_acceptor = true, .acceptor = 1 }, same;
    recognise_packed *packed = recognise_pack(scope, NULL, &r);

    say(&r, "S220 ready\r\n");
    packed = recognise_pack(scope, packed, &r);
    say(&r, "CQUIT\r\n");
    packed = recognise_pack(scope, packed, &r);
    recognise_unpack(packed, &same);
    g_assert_true(same.has_acceptor);
    g_assert_cmpuint(same.acceptor, ==, 1);
    for (int side = 0; side < 2; side++)
        g_assert_cmpmem(same.side[side].text, same.side[side].len, r.side[side].text,
                        r.side[side].len);
    wmem_destroy_allocator(scope);
}

static void test_settled(void)
{
    recognise r = { 0 };

    g_assert_false(recognise_is_settled(&r));
    say(&r, "S220 mx ESMTP\r\n");
    g_assert_false(recognise_is_settled(&r));
    say(&r, "CEHLO a\r\n");
    g_assert_true(recognise_is_settled(&r));
}

/* No byte string is read beyond its end, and none makes a claim by accident of one byte. */
static void test_every_byte(void)
{
    static const char text[] = "220 mx.example.com ESMTP\r\n";

    for (size_t at = 0; at < 3; at++) {
        for (unsigned value = 0; value < 256; value++) {
            g_autofree char *copy = g_strndup(text, sizeof text - 1);
            recognise r = { 0 };

            copy[at] = (char)value;
            if (value != (unsigned char)text[at]) {
                g_assert_false(is_claim(recognise_look(&r, 0, (const uint8_t *)copy,
                                                       sizeof text - 1, catalog_has_code)));
            }
        }
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(conversation_table); i++) {
        const conversation_row *row = &conversation_table[i];
        g_autofree char *path = g_strdup_printf("/recognise/%s", row->name);

        g_test_add_data_func(path, row, test_conversation);
        if (!row->segments[1]) {
            g_autofree char *split = g_strdup_printf("/recognise/split/%s", row->name);

            g_test_add_data_func(split, row, test_splits);
        }
    }
    for (size_t i = 0; i < G_N_ELEMENTS(handshake_table); i++) {
        g_autofree char *path = g_strdup_printf("/recognise/handshake/%s", handshake_table[i].name);

        g_test_add_data_func(path, &handshake_table[i], test_handshake);
    }
    g_test_add_func("/recognise/long", test_long);
    g_test_add_func("/recognise/bound", test_bound);
    g_test_add_func("/recognise/settled", test_settled);
    g_test_add_func("/recognise/packed", test_packed);
    g_test_add_func("/recognise/every-byte", test_every_byte);
    return g_test_run();
}
