/* test_secrets.c
 * What of a server's words is hidden, and what isn't.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>
#include <wsutil/wmem/wmem.h>

#include "disguise.h"
#include "secrets.h"

#define HIDDEN SECRETS_HIDDEN
#define TOKEN "ya29.a0AfB_byXyZ-0123456789"
#define MD5 "d388dad90d4bbd760a152321f2143af7"

/* Where the text stands. */
enum {
    ELSEWHERE = 1 << 0, /* it answers neither AUTH nor a line that SMTP doesn't know */
    CHALLENGE = 1 << 1, /* it is that of a 334 */
    TYPED = 1 << 2,     /* the secret is a line that SMTP doesn't know, not a response */
    NAMED = 1 << 3,     /* the secret is known to be a user name */
    AS_IT_IS = 1 << 4,  /* the secret is sent as it stands here, not in base64 */
    CUT = 1 << 5,       /* only its beginning is known */
};

static const struct {
    const char *sent; /* "|" stands for NUL, "^" for SOH */
    unsigned where;
    const char *said;
    const char *shown; /* NULL: all of it */
} cases[] = {
    /* the password of PLAIN, between whatever */
    { "|alice|hunter22", 0, "bad hunter22", "bad " HIDDEN },
    { "|alice|hunter22", ELSEWHERE, "bad hunter22", "bad " HIDDEN },
    { "|alice|hunter22", ELSEWHERE, "HUNTER22 is wrong", HIDDEN " is wrong" },
    { "|alice|hunter22", 0, "(\"hunter22\")", "(\"" HIDDEN "\")" },
    { "|alice|hunter22", 0, "bad \342\200\234hunter22\342\200\235",
      "bad \342\200\234" HIDDEN "\342\200\235" },
    { "|alice|hunter22", 0, "\302\253hunter22\302\273", "\302\253" HIDDEN "\302\273" },
    { "|alice|hunter22", 0, "bad\302\240hunter22", "bad\302\240" HIDDEN },
    { "|alice|hunter22", 0, "xxhunter22xx", "xx" HIDDEN "xx" },
    { "|alice|hunter22", 0, "user=alice&pass=hunter22&x=1", "user=alice&pass=" HIDDEN "&x=1" },
    { "|alice|hunter22", 0, "smtp://alice:hunter22@mx.example/",
      "smtp://alice:" HIDDEN "@mx.example/" },
    { "|alice|hunter22", 0, "{\"p\":\"hunter22\",\"u\":\"alice\"}",
      "{\"p\":\"" HIDDEN "\",\"u\":\"alice\"}" },
    /* in HTML */
    { "|alice|hunter22", 0, "&lt;hunter22&gt;", "&lt;" HIDDEN "&gt;" },
    { "|alice|<hunter>&22", 0, "&quot;&lt;hunter&gt;&amp;22&quot;", "&quot;" HIDDEN "&quot;" },
    { "|alice|hunter22", 0, "h&#117;nter&#x32;2", HIDDEN },
    { "|alice|hunter22", 0, "h&#0117nter2&#x0032;", HIDDEN },
    { "|alice|p@ss:word", 0, "p&commat;ss&colon;word", HIDDEN },
    { "|alice|p@ss:word", 0, "p&amp;commat;ss&amp;#58;word", HIDDEN },
    { "|alice|correct horse", 0, "correct&nbsp;horse", HIDDEN },
    /* in a URL */
    { "|alice|hunter22", 0, "%22hunter22%22", "%22" HIDDEN "%22" },
    { "|alice|hun/ter@22", 0, "pass=hun%2Fter%4022", "pass=" HIDDEN },
    { "|alice|hun/ter@22", 0, "pass=hun%252fter%254022", "pass=" HIDDEN },
    { "|alice|correct horse", 0, "p=correct+horse", "p=" HIDDEN },
    { "|alice|p\303\244ssw\303\266rd", 0, "p%C3%A4ssw%c3%b6rd", HIDDEN },
    { "|alice|100%25abc", 0, "100%25abc", HIDDEN },
    { "|alice|a<100%25b", 0, "a&lt;100%25b", HIDDEN },
    { "|alice|ab12cdef", 0, "100%ab12cdef", "100%" HIDDEN },
    /* behind backslashes */
    { "|alice|hun\"ter22", 0, "\"hun\\\"ter22\"", "\"" HIDDEN "\"" },
    { "|alice|hun\\ter22", 0, "hun\\\\ter22", HIDDEN },
    { "|alice|hunter22", 0, "h\\u0075nter\\x32\\062", HIDDEN },
    { "|alice|nice-pass1", 0, "DOMAIN\\nice-pass1", "DOMAIN" HIDDEN },
    { "|alice|hun/ter@22", 0, "pass=hun=2Fter=4022", "pass=" HIDDEN },
    /* a run that begins, or ends, inside of a character */
    { "zz\305\251abcdefg1", AS_IT_IS, "x\303\251abcdefg1!", "x" HIDDEN "!" },
    { "zzabcdefg1\303\251", AS_IT_IS, "xabcdefg1\303\250!", "x" HIDDEN "!" },
    /* a dash counts as a blank, and a blank is no secret */
    { "-", AS_IT_IS | CUT, "am 235 - ok", NULL },
    /* in base64 */
    { "|alice|hunter22", 0, "bad AGFsaWNlAGh1bnRlcjIy", "bad " HIDDEN },
    { "|bobby|hunter2", 0, "bad AGJvYmJ5AGh1bnRlcjI=", "bad " HIDDEN },
    { "|bobby|hunter2", 0, "bad AGJvYmJ5AGh1bnRlcjI", "bad " HIDDEN },
    { "|bobby|hunter2", 0, "bad AGJvYmJ5AGh1bnRlcjI%3D!", "bad " HIDDEN "!" },
    { "|alice|hunter22", 0, "agfsawnlagh1bnrlcjiy", HIDDEN },
    { "|alice|hunter22", 0, "aHVudGVyMjI=", HIDDEN },
    { "|alice|hunter22", 0, "p=\"eGh1bnRlcjIyeA\"", "p=\"e" HIDDEN "eA\"" },
    { "|a|\377\376?hunter22>", 0, "AGEA__4_aHVudGVyMjI-", HIDDEN },
    /* in two lines */
    { "|alice|hunter22", 0, "bad hunt\ner22 no", "bad " HIDDEN " no" },
    { "|alice|hunter22", 0, "bad\nhunter22\nno", "bad\n" HIDDEN "\nno" },
    { "|alice|hunter22", 0, "bad AGFsaWNl\nAGh1bnRlcjIy", "bad " HIDDEN },
    /* in part */
    { "|alice|hunter22-and-more", ELSEWHERE, "hunter22", HIDDEN },
    { "|alice|hunter22-and-more", ELSEWHERE, "bad hunter22-an...", "bad " HIDDEN "..." },
    { "|alice|hunter22-and-more", ELSEWHERE, "hunter2", NULL },
    { "|alice|hunter22-and-more", 0, "...22-and-more", "..." HIDDEN },
    { "|alice|swordfish", ELSEWHERE, "bad swordfis", "bad " HIDDEN },
    { "|alice|my authentication 7", ELSEWHERE, "Authentication failed", NULL },
    /* other mechanisms, told by their form */
    { "user=alice^auth=Bearer " TOKEN "^^", 0, "token " TOKEN " of alice",
      "token " HIDDEN " of alice" },
    { "user=alice^auth=Bearer " TOKEN "^^", 0, "{\"auth\":\"Bearer " TOKEN "\"}",
      "{\"auth\":\"Bearer " HIDDEN "\"}" },
    { "user=alice^auth=Bearer " TOKEN "^^", ELSEWHERE, "ya29.a0AfB...", HIDDEN "..." },
    { "user=alice@mail.example^auth=Bearer " TOKEN "^^", 0, "user=alice@mail.example is unknown",
      NULL },
    { "n,a=alice@mail.example,^host=mx.example^auth=Bearer " TOKEN "^^", 0,
      "alice@mail.example at mx.example: " TOKEN, "alice@mail.example at mx.example: " HIDDEN },
    { "tim@mail.example " MD5, 0, "tim@mail.example " MD5, "tim@mail.example " HIDDEN },
    { "username=\"chris.cross\",nonce=\"server-nonce\",cnonce=\"OA6MHXh6VqTrRk\",response=" MD5, 0,
      "chris.cross response=" MD5 " server-nonce OA6MHXh6VqTrRk",
      "chris.cross response=" HIDDEN " server-nonce " HIDDEN },
    { "n,,n=alice.liddell,r=rOprNGfwEbeRWgbNEkqO", 0, "alice.liddell r=rOprNGfwEbeRWgbNEkqO%hv",
      "alice.liddell r=" HIDDEN "%hv" },
    { "c=biws,r=rOprNGfwEbeRWgbNEkqO,p=dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", 0,
      "proof dHzbZapWIk4jUhN+Ute9ytag9zjfMHgsqmmiz7AndVQ=", "proof " HIDDEN },
    { "hunter22", 0, "hunter22", HIDDEN },
    { "hunter22", NAMED, "user hunter22 is unknown", NULL },
    { "hunter22", NAMED, "user aHVudGVyMjI= is unknown", "user " HIDDEN " is unknown" },
    { "aut@ hunter22", AS_IT_IS | NAMED, "hunter22", HIDDEN },
    { "hunter22", AS_IT_IS, "hunter22", HIDDEN },
    /* short ones */
    { "|alice|hunter2", ELSEWHERE, "bad hunter2", "bad " HIDDEN },
    { "|alice|pw-xyz", ELSEWHERE, "xpw-xyzx", "x" HIDDEN "x" },
    { "|alice|mail", 0, "no mail", "no " HIDDEN },
    { "|alice|mail", 0, "mailbox, email", NULL },
    { "|alice|mail", ELSEWHERE, "Queued mail for delivery", NULL },
    { "|alice|1234", ELSEWHERE, "pin 1234", "pin " HIDDEN },
    { "|alice|1234", ELSEWHERE, "queued as 4A1234F", NULL },
    { "|alice|x1", 0, "bad x1", "bad " HIDDEN },
    { "|alice|x1", 0, "%22x1%22", "%22" HIDDEN "%22" },
    { "|alice|x1", 0, "ax1b", NULL },
    { "|alice|x1", ELSEWHERE, "bad x1", NULL },
    { "|alice|x", 0, "x", HIDDEN },
    /* names and ordinary words */
    { "alice|alice.liddell@mail.example|hunter22", 0, "alice.liddell@mail.example: no", NULL },
    { "|alice|hunter22", 0, "5.7.8 Error: authentication failed for alice", NULL },
    { "|user2@example.com|pw-xyz", ELSEWHERE,
      "<user1@example.com>: Sender address rejected: not owned by user user2@example.com", NULL },
    { "|alice|hunter22", ELSEWHERE, "Ok: queued as 4F1B2C3D4E", NULL },
    { "|alice|hunter22", ELSEWHERE, "100% &amp; \\ hunter \303\244 hunt 22", NULL },
    { "*\rhunter22", AS_IT_IS, "5 * hunter22", "5 " HIDDEN },
    { "*", AS_IT_IS, "5 * 3", NULL },
    { "=", AS_IT_IS, "a=b", NULL },
    /* what was typed */
    { "hunter22", TYPED, "unknown: hunter22", "unknown: " HIDDEN },
    { "swordfish", TYPED | ELSEWHERE, "swordfish", HIDDEN },
    { "aHVudGVyMjI=", TYPED, "unknown: hunter22", "unknown: " HIDDEN },
    { "show me hunter22 now", TYPED, "show me hunter22 now?", HIDDEN "?" },
    { "show me hunter22 now", TYPED | ELSEWHERE, "me hunter22", "me " HIDDEN },
    { "show me hunter22 now", TYPED, "me hunter22", HIDDEN },
    { "show me the mail", TYPED | ELSEWHERE, "show me", NULL },
    { "LOGIN alice swordfish", TYPED | ELSEWHERE, "swordfish", HIDDEN },
    { "Authentication is what we want", TYPED | ELSEWHERE, "Authentication failed", NULL },
    { "Authentication is what we want", TYPED, "Authentication is what?", HIDDEN "?" },
    { "Host: mx.example.org", TYPED | ELSEWHERE, "mx.example.org closes", NULL },
    { "To: <alice@mail.example.org>", TYPED | ELSEWHERE, "alice@mail.example.org", NULL },
    { "AUTH PLAIN AGFsaWNlAGh1bnRlcjIy", AS_IT_IS, "PLAIN AGFsaWNlAGh1bnRlcjIy, hunter22",
      "PLAIN " HIDDEN ", " HIDDEN },
    /* challenges are like responses */
    { "n,,n=tester,r=rOprNGfwEbeRWgbNEkqO", CHALLENGE, /* r=rOprNGfwEbeRWgbNEkqO%hvYDp,s=x */
      "cj1yT3ByTkdmd0ViZVJXZ2JORWtxTyVodllEcCxzPXg=", NULL },
    { "|alice|hunter22", CHALLENGE, "AGFsaWNlAGh1bnRlcjIy", HIDDEN },
    { "|alice|hunter22", CHALLENGE, "UGFzc3dvcmQgaHVudGVyMjI/", "UGFzc3dvcmQg" HIDDEN "/" },
    { "NTLMSSP|\1||||", CHALLENGE, "TlRMTVNTUAACAAAADAAMADgAAAAFAoki", NULL },
    /* of which more was sent than is known */
    { "FsaWNlAGh1bnRlcjIy", AS_IT_IS, "bad AGFsaWNlAGh1bnRlcjIy, hunter22",
      "bad AG" HIDDEN ", " HIDDEN },
    { "aWNlAGh1bnRlcjIy", TYPED, "hunter22", HIDDEN },
    { "a1 LOGIN alice hunter22", TYPED, "unknown command LOGIN alice hunter22",
      "unknown command " HIDDEN },
    { "AGFsaWNlAGh1bn", AS_IT_IS | CUT, "bad AGFsaWNlAGh1bnRlcjIy, no", "bad " HIDDEN ", no" },
};

static void send_secret(secrets **known, wmem_allocator_t *scope, const char *sent, unsigned where)
{
    char *bytes = g_strdelimit(g_strdelimit(g_strdup(sent), "^", '\1'), "|", '|');
    size_t len = strlen(bytes);

    for (size_t i = 0; i < len; i++)
        bytes[i] = bytes[i] == '|' ? '\0' : bytes[i];
    char *encoded = (where & (AS_IT_IS | TYPED)) != 0 ? g_strdup(sent)
                                                      : g_base64_encode((const guchar *)bytes, len);
    size_t half = strlen(encoded) / 2;

    *known = secrets_read(scope, *known, encoded, half);
    *known = secrets_read(scope, *known, encoded + half, strlen(encoded) - half);
    secrets_end(*known, (where & TYPED) != 0 ? SECRETS_LINE : SECRETS_RESPONSE, (where & CUT) != 0);
    if ((where & NAMED) != 0)
        secrets_forget_last(*known);
    g_free(encoded);
    g_free(bytes);
}

static void test_what_is_shown(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
        const char *wanted = cases[i].shown != NULL ? cases[i].shown : cases[i].said;
        bool is_challenge = (cases[i].where & CHALLENGE) != 0;
        secrets *known = NULL;

        send_secret(&known, scope, cases[i].sent, cases[i].where);
        secrets_spare_ordinary(known, (cases[i].where & ELSEWHERE) != 0);
        bool found = secrets_in(known, cases[i].said, strlen(cases[i].said), is_challenge);
        char *shown = secrets_hide(known, g_strdup(cases[i].said), is_challenge);
        if (strcmp(shown, wanted) != 0 || found != (cases[i].shown != NULL)) {
            g_test_message("%zu: sent '%s', said '%s': shown '%s' instead of '%s'", i,
                           cases[i].sent, cases[i].said, shown, wanted);
            g_test_fail();
        }
        g_free(shown);
        secrets_free(scope, known);
        wmem_destroy_allocator(scope);
    }
}

static void note(secrets **known, wmem_allocator_t *scope, secrets_kind kind, const char *format,
                 unsigned nth)
{
    char *text = g_strdup_printf("%s-%u", format, nth);

    *known = secrets_read(scope, *known, text, strlen(text));
    secrets_end(*known, kind, false);
    g_free(text);
}

static bool holds(const secrets *known, const char *text)
{
    return secrets_in(known, text, strlen(text), false);
}

/* Each kind has its own room, and the same secret again takes none. */
static void test_how_many_are_kept(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    secrets *known = NULL;

    note(&known, scope, SECRETS_RESPONSE, "oldest", 0);
    for (unsigned i = 1; i < SECRETS_RESPONSES_MAX; i++)
        note(&known, scope, SECRETS_RESPONSE, "word", i);
    for (unsigned i = 0; i < 10 * SECRETS_LINES_MAX; i++)
        note(&known, scope, SECRETS_LINE, "typed", i);
    for (unsigned i = 0; i < 10; i++)
        note(&known, scope, SECRETS_RESPONSE, "word", SECRETS_RESPONSES_MAX - 1);
    g_assert_true(holds(known, "not oldest-0"));
    g_assert_true(holds(known, "not typed-150"));
    g_assert_false(holds(known, "not 12-typed"));
    note(&known, scope, SECRETS_RESPONSE, "word", SECRETS_RESPONSES_MAX);
    g_assert_false(holds(known, "not oldest-0"));
    g_assert_true(holds(known, "not word-1"));
    secrets_free(scope, known);
    wmem_destroy_allocator(scope);
}

/* Long ones make room by their bytes, and each is kept as far as that is bounded. */
static void test_how_much_is_kept(void)
{
    enum { LEN = 2 * SECRETS_LEN_MAX };
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    char *text = (char *)g_malloc(LEN + 1);
    secrets *known = NULL;
    char end[SECRETS_LEN_MAX / 2 + 1], behind[41];

    note(&known, scope, SECRETS_RESPONSE, "oldest", 0);
    for (unsigned nth = 0; nth < 20; nth++) {
        for (size_t i = 0; i < LEN; i++)
            text[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"[g_random_int_range(0, 36)];
        for (size_t i = 0; i < LEN; i += 100) {
            known = secrets_read(scope, known, text + i, MIN(100, LEN - i));
            text[LEN] = '\0';
        }
        secrets_end(known, SECRETS_RESPONSE, false);
    }
    g_assert_false(holds(known, "not oldest-0"));
    g_strlcpy(end, text + SECRETS_LEN_MAX / 2, sizeof end);
    g_assert_true(holds(known, end));
    g_strlcpy(behind, text + SECRETS_LEN_MAX + 100, sizeof behind);
    g_assert_false(holds(known, behind));
    secrets_free(scope, known);
    g_free(text);
    wmem_destroy_allocator(scope);
}

/* What was a password stays one, though it stands in a name's place later. */
static void test_names(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    secrets *known = NULL;

    send_secret(&known, scope, "hunter22", NAMED);
    g_assert_false(holds(known, "hunter22"));
    send_secret(&known, scope, "hunter22", NAMED);
    g_assert_false(holds(known, "hunter22"));
    send_secret(&known, scope, "hunter22", 0);
    g_assert_true(holds(known, "hunter22"));
    send_secret(&known, scope, "hunter22", NAMED);
    g_assert_true(holds(known, "hunter22"));
    secrets_free(scope, known);
    wmem_destroy_allocator(scope);
}

/* What begins with the same word is another secret. */
static void test_same_word(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    secrets *known = NULL;

    send_secret(&known, scope, "word hunter22", AS_IT_IS);
    send_secret(&known, scope, "word", AS_IT_IS);
    g_assert_true(holds(known, "hunter22"));
    secrets_free(scope, known);
    wmem_destroy_allocator(scope);
}

/* A secret of which nothing is in the capture leaves nothing behind for the one that comes next. */
static void test_cut_to_nothing(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    secrets *known = NULL;
    char *text = g_strdup("no hunter22AndOthers");

    send_secret(&known, scope, "something-else", AS_IT_IS);
    secrets_end(known, SECRETS_RESPONSE, true);
    send_secret(&known, scope, "hunter22", AS_IT_IS);
    text = secrets_hide(known, text, false);
    g_assert_cmpstr(text, ==, "no [hidden]AndOthers");
    g_free(text);
    secrets_free(scope, known);
    wmem_destroy_allocator(scope);
}

static void test_nothing_known(void)
{
    char *text = g_strdup("text");

    secrets_end(NULL, SECRETS_RESPONSE, false);
    secrets_drop(NULL);
    secrets_forget_last(NULL);
    secrets_spare_ordinary(NULL, true);
    secrets_free(NULL, NULL);
    g_assert_null(secrets_read(NULL, NULL, "", 0));
    g_assert_false(secrets_in(NULL, "text", 4, false));
    text = secrets_hide(NULL, text, false);
    g_assert_cmpstr(text, ==, "text");
    g_free(text);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wmem_init();
    g_test_add_func("/secrets/what-is-shown", test_what_is_shown);
    g_test_add_func("/secrets/how-many-are-kept", test_how_many_are_kept);
    g_test_add_func("/secrets/how-much-is-kept", test_how_much_is_kept);
    g_test_add_func("/secrets/names", test_names);
    g_test_add_func("/secrets/same-word", test_same_word);
    g_test_add_func("/secrets/cut-to-nothing", test_cut_to_nothing);
    g_test_add_func("/secrets/nothing-known", test_nothing_known);
    int failed = g_test_run();
    wmem_cleanup();
    return failed;
}
