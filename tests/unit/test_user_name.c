/* test_user_name.c
 * Is the user name found in what a client answers, and never anything else?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "user_name.h"

#include <string.h>

#include <glib.h>

#define SECRET "hunter22"
#define DIGEST "b913a602c7eda7a495b4e6e7334d3890"
#define N40 "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"

/* What a client says, before it is encoded; its NULs are written as '|'. */
static const struct {
    const char *mechanism;
    unsigned nth;
    challenge_kind asked;
    const char *says;
    const char *name; /* NULL: it can't be told */
} cases[] = {
    { "PLAIN", 1, CHALLENGE_NONE, "|alice|" SECRET, "alice" },
    { "PLAIN", 1, CHALLENGE_EMPTY, "|alice|" SECRET, "alice" },
    { "PLAIN", 2, CHALLENGE_EMPTY, "|alice|" SECRET, "alice" },
    { "PLAIN", 1, CHALLENGE_NONE, "boss|alice@example.com|" SECRET, "alice@example.com" },
    { "PLAIN", 1, CHALLENGE_NONE, "|\303\244nne|" SECRET, "\303\244nne" },
    { "PLAIN", 1, CHALLENGE_NONE, "alice|" SECRET, NULL }, /* whose NUL is missing? */
    { "PLAIN", 1, CHALLENGE_NONE, "alice|" SECRET "|", NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|alice|" SECRET "|", NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "||" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|" SECRET "|", NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "alice " SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|al\1ice|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|alice\342\200\256|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|alice\357\277\277|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|\344nne|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|\303|" SECRET, NULL },
    /* services that want a token for both */
    { "PLAIN", 1, CHALLENGE_NONE, "|" SECRET "|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|x" SECRET "x|" SECRET, NULL },
    { "PLAIN", 1, CHALLENGE_NONE, "|" N40 N40 N40 "12345678|" SECRET, N40 N40 N40 "12345678" },
    { "PLAIN", 1, CHALLENGE_NONE, "|" N40 N40 N40 "123456789|" SECRET, NULL },

    { "LOGIN", 1, CHALLENGE_NONE, "alice", "alice" },
    { "LOGIN", 1, CHALLENGE_PROMPT_USER, "alice@example.com", "alice@example.com" },
    { "LOGIN", 1, CHALLENGE_EMPTY, "DOMAIN\\alice", "DOMAIN\\alice" },
    { "LOGIN", 2, CHALLENGE_PROMPT_PASSWORD, SECRET, NULL },
    { "LOGIN", 2, CHALLENGE_EMPTY, SECRET, NULL },
    /* "AUTH LOGIN name", and the server asks for the name again: some clients go on */
    { "LOGIN", 2, CHALLENGE_PROMPT_USER, SECRET, NULL },
    /* the server asks for the password first */
    { "LOGIN", 1, CHALLENGE_PROMPT_PASSWORD, SECRET, NULL },
    { "LOGIN", 1, CHALLENGE_OPAQUE, SECRET, NULL },
    { "LOGIN", 1, CHALLENGE_NOT_BASE64, SECRET, NULL },
    { "LOGIN", 1, CHALLENGE_TOKEN_ERROR, SECRET, NULL },
    { "LOGIN", 3, CHALLENGE_PROMPT_USER, SECRET, NULL },
    { "LOGIN", 0, CHALLENGE_PROMPT_USER, SECRET, NULL },
    { "LOGIN", 1, CHALLENGE_NONE, "", NULL },
    /* what belongs to another mechanism */
    { "LOGIN", 1, CHALLENGE_NONE, "|alice|" SECRET, NULL },
    { "LOGIN", 1, CHALLENGE_NONE, "user=alice\1auth=Bearer " SECRET "\1\1", NULL },

    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim " DIGEST, "tim" },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim the second " DIGEST, "tim the second" },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim " SECRET, NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim " DIGEST "0", NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim " DIGEST " ", NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, " " DIGEST, NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, DIGEST, NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim g913a602c7eda7a495b4e6e7334d3890", NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim|" DIGEST, NULL },
    { "CRAM-MD5", 1, CHALLENGE_OPAQUE, "tim " DIGEST "|", NULL },

    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE,
      "charset=utf-8,username=\"chris\",realm=\"x.example\",nonce=\"OA6\",response=" DIGEST,
      "chris" },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username=\"chris\", response=" DIGEST, "chris" },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "realm=\"a, username=b\" , UserName=\"c\\\"h\\\\is\",r=1",
      "c\"h\\is" },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "realm=\"\\\",username=\"no\",r=1", NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username=chris,response=" DIGEST, NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username=\"chris,response=" DIGEST, NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username=\"chris\"" SECRET, NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "xusername=\"chris\",r=1", NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username=\"\",r=1", NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username", NULL },
    { "DIGEST-MD5", 1, CHALLENGE_OPAQUE, "username=\"a\\", NULL },
    { "DIGEST-MD5", 2, CHALLENGE_SERVER_AGREES, "", NULL },

    { "SCRAM-SHA-256", 1, CHALLENGE_NONE, "n,,n=user,r=rOprNGfwEbeRWgbNEkqO", "user" },
    { "SCRAM-SHA-1-PLUS", 1, CHALLENGE_EMPTY, "p=tls-unique,,n=user,r=abc", "user" },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "y,a=boss,n=a=2Cb=3Dc=2C,r=abc", "a,b=c," },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,n==2C=3D=3Dx,r=abc", ",==x" },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,n=a=2c,r=abc", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,n=a=,r=abc", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,n=user", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,n=user,p=abc", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,m=x,n=user,r=abc", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,,n=,r=abc", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,n=user,r=abc", NULL },
    { "SCRAM-SHA-1", 1, CHALLENGE_NONE, "n,a=boss", NULL },
    { "SCRAM-SHA-1", 2, CHALLENGE_OPAQUE, "c=biws,r=rOprNGfwEbe,p=" SECRET, NULL },

    { "XOAUTH2", 1, CHALLENGE_NONE, "user=a@example.com\1auth=Bearer " SECRET "\1\1",
      "a@example.com" },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=a\1auth=Bearer a\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=" SECRET "\1auth=Bearer " SECRET "\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=" SECRET, NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=" SECRET "\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=\1auth=Bearer " SECRET "\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=a auth=Bearer " SECRET, NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "auth=Bearer " SECRET "\1user=a\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=a\1auth=" SECRET "\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=a|\1auth=Bearer " SECRET "\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, "user=a\1auth=Bearer z|" SECRET "\1\1", NULL },
    { "XOAUTH2", 1, CHALLENGE_NONE, SECRET, NULL },

    { "OAUTHBEARER", 1, CHALLENGE_NONE,
      "n,a=user@example.com,\1host=mx\1port=25\1auth=Bearer " SECRET "\1\1", "user@example.com" },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,a=a=2Cb,\1auth=Bearer " SECRET "\1\1", "a,b" },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,,\1auth=Bearer " SECRET "\1\1", NULL },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,a=" SECRET ",\1auth=Bearer " SECRET "\1\1", NULL },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,a=" SECRET ",", NULL },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,a=" SECRET, NULL },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,a=" SECRET ",\1\1", NULL },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "x,a=" SECRET ",\1auth=Bearer z\1\1", NULL },
    { "OAUTHBEARER", 1, CHALLENGE_NONE, "n,a=" SECRET ",x\1auth=Bearer z\1\1", NULL },
    { "OAUTHBEARER", 2, CHALLENGE_TOKEN_ERROR, "\1", NULL },

    { "NTLM", 1, CHALLENGE_EMPTY, "alice", NULL },
    { "EXTERNAL", 1, CHALLENGE_NONE, "alice", NULL },
    { "PLAIN-CLIENTTOKEN", 1, CHALLENGE_NONE, "|alice|" SECRET, NULL },
    { "ANONYMOUS", 1, CHALLENGE_NONE, "alice", NULL },
    { NULL, 1, CHALLENGE_PROMPT_USER, "alice", NULL },
    { "", 1, CHALLENGE_PROMPT_USER, "alice", NULL },
};

/* In memory as long as the response, so that a sanitizer sees a byte too many. */
static char *read_exactly(const char *mechanism, unsigned nth, challenge_kind asked,
                          const char *base64)
{
    size_t len = strlen(base64);
    char *copy = (char *)g_malloc(MAX(len, 1)), *name;

    memcpy(copy, base64, len);
    name = user_name_read(NULL, &(sasl_response){ mechanism, nth, asked, copy, len });
    g_assert_cmpmem(copy, len, base64, len);
    g_free(copy);
    if (name != NULL) {
        g_assert_cmpuint(strlen(name), <=, USER_NAME_MAX);
        g_assert_true(g_utf8_validate(name, -1, NULL));
        g_assert_null(strstr(name, SECRET));
    }
    return name;
}

static char *encode(const char *says, size_t len)
{
    char *copy = (char *)g_malloc(MAX(len, 1)), *base64;

    memcpy(copy, says, len);
    for (size_t i = 0; i < len; i++)
        if (copy[i] == '|')
            copy[i] = '\0';
    base64 = g_base64_encode((const guchar *)copy, len);
    g_free(copy);
    return base64;
}

static void test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *base64 = encode(cases[i].says, strlen(cases[i].says));
        char *name = read_exactly(cases[i].mechanism, cases[i].nth, cases[i].asked, base64);

        g_test_message("%s %s", cases[i].mechanism, cases[i].says);
        g_assert_cmpstr(name, ==, cases[i].name);
        wmem_free(NULL, name);
        g_free(base64);
    }
}

/* Of a response that is cut anywhere no other name is read than of the whole one. */
static void test_cut_off(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++)
        for (size_t len = 0; len < strlen(cases[i].says); len++) {
            char *base64 = encode(cases[i].says, len);
            char *name = read_exactly(cases[i].mechanism, cases[i].nth, cases[i].asked, base64);

            if (name != NULL && g_strcmp0(cases[i].mechanism, "LOGIN") != 0 &&
                cases[i].name != NULL)
                g_assert_cmpstr(name, ==, cases[i].name);
            wmem_free(NULL, name);
            g_free(base64);
        }
}

/* What is no base64: above all, commands instead of a response. */
static void test_not_a_response(void)
{
    static const char *const lines[] = {
        "",
        "=",
        "*",
        "alice",
        "alice@example.com",
        "YWxpY2U=YWxpY2U=",
        "QUIT",
        "RSET",
        "NOOP",
        "HELP",
        "DATA",
        "YWxp Y2U=",
        "EHLO",
        "HELO",
        "VRFY",
        "AUTH LOGIN",
        "MAIL FROM:<a@b.c>",
        "YWxpY2U=\300",
        "=YWx",
        "Y===",
        "\377",
        "hunter22secret",
        "YWxpY2U=\1",
    };

    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        g_test_message("%s", lines[i]);
        g_assert_null(read_exactly("LOGIN", 1, CHALLENGE_PROMPT_USER, lines[i]));
        g_assert_null(read_exactly("PLAIN", 1, CHALLENGE_EMPTY, lines[i]));
    }
    g_assert_null(user_name_read(NULL, &(sasl_response){ .mechanism = "LOGIN", .nth = 1 }));
    char *name = read_exactly("LOGIN", 1, CHALLENGE_PROMPT_USER, " YWxpY2U\r");
    g_assert_cmpstr(name, ==, "alice"); /* padding is what many leave out */
    wmem_free(NULL, name);
}

/* A token may be longer than what is read; the name stands before it. */
static void test_long(void)
{
    static const struct {
        const char *mechanism;
        const char *before;
        const char *name;
    } beginnings[] = {
        { "XOAUTH2", "user=alice\1auth=Bearer ", "alice" },
        { "OAUTHBEARER", "n,a=alice,\1auth=Bearer ", "alice" },
        { "SCRAM-SHA-1", "n,,n=alice,r=", "alice" },
        { "DIGEST-MD5", "username=\"alice\",nonce=\"", "alice" },
        { "PLAIN", "|alice|", NULL }, /* is there a third NUL? */
        { "LOGIN", "alice", NULL },
        { "CRAM-MD5", "alice ", NULL },
    };
    char token[5000];

    memset(token, 'x', sizeof token - 1);
    token[sizeof token - 1] = '\0';
    for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++) {
        char *says = g_strconcat(beginnings[i].before, token, NULL);
        char *base64 = encode(says, strlen(says));
        char *name = read_exactly(beginnings[i].mechanism, 1, CHALLENGE_NONE, base64);

        g_assert_cmpstr(name, ==, beginnings[i].name);
        wmem_free(NULL, name);
        g_free(base64);
        g_free(says);
    }
}

static void test_random(void)
{
    static const char alphabet[] = "np=,a\\\"u |\1\303\244\377";

    for (int i = 0; i < 20000; i++) {
        char says[24];
        size_t len = (size_t)g_test_rand_int_range(0, sizeof says);

        for (size_t k = 0; k < len; k++)
            says[k] = alphabet[g_test_rand_int_range(0, sizeof alphabet)];
        char *base64 = encode(says, len);
        char *name = read_exactly(cases[(size_t)i % G_N_ELEMENTS(cases)].mechanism, 1,
                                  CHALLENGE_NONE, base64);
        wmem_free(NULL, name);
        g_free(base64);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/user-name/cases", test_cases);
    g_test_add_func("/user-name/cut-off", test_cut_off);
    g_test_add_func("/user-name/not-a-response", test_not_a_response);
    g_test_add_func("/user-name/long", test_long);
    g_test_add_func("/user-name/random", test_random);
    return g_test_run();
}
