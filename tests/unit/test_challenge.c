/* test_challenge.c
 * Is it known what a 334 says, and is nothing of the client's ever shown of it?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "challenge.h"

#include <string.h>

#include <glib.h>

#include "sasl.h"

#define SECRET "hunter22"
#define N40 "nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn"
#define TOKEN "ya29.a0AfB_by" SECRET "XyZ0123456789"

/* What a server says, before it is encoded. */
static const struct {
    const char *mechanism;
    unsigned nth;
    const char *says;
    challenge_kind kind;
    const char *shown;
} cases[] = {
    { "LOGIN", 1, "", CHALLENGE_EMPTY, NULL },
    { "LOGIN", 1, "Username:", CHALLENGE_PROMPT_USER, "Username:" },
    { "LOGIN", 2, "Password:", CHALLENGE_PROMPT_PASSWORD, "Password:" },
    { "LOGIN", 1, "username:", CHALLENGE_PROMPT_USER, "username:" },
    { "LOGIN", 1, "User Name", CHALLENGE_PROMPT_USER, "User Name" },
    { "LOGIN", 1, "Please enter your user name: ", CHALLENGE_PROMPT_USER,
      "Please enter your user name:" },
    { "LOGIN", 1, "E-mail address", CHALLENGE_PROMPT_USER, "E-mail address" },
    { "LOGIN", 1, "用户名：", CHALLENGE_PROMPT_USER, "用户名：" },
    { "LOGIN", 2, "Contraseña:", CHALLENGE_PROMPT_PASSWORD, "Contraseña:" },
    { "LOGIN", 2, "ПАРОЛЬ:", CHALLENGE_PROMPT_PASSWORD, "ПАРОЛЬ:" },
    { "LOGIN", 2, "Mot de passe:\r\n", CHALLENGE_PROMPT_PASSWORD, "Mot de passe:" },
    { "LOGIN", 2, "User password:", CHALLENGE_PROMPT_PASSWORD, "User password:" },
    /* first the password */
    { "LOGIN", 1, "Password:", CHALLENGE_PROMPT_PASSWORD, "Password:" },
    { "LOGIN", 2, "Username:", CHALLENGE_PROMPT_USER, "Username:" },
    /* the client's words */
    { "LOGIN", 2, "Password for alice:", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 2, "Password " SECRET "?", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 2, "Password:" SECRET, CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 2, SECRET, CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 1, "name:", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 1, "User\tname", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 1, "Username\342\200\256:", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 1, "Username\303", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 1, "{\"status\":\"400\"}", CHALLENGE_OPAQUE, NULL },
    { "LOGIN", 1, "your your your your your your your your your your your your your user",
      CHALLENGE_OPAQUE, NULL },

    { "XOAUTH2", 1, "", CHALLENGE_EMPTY, NULL },
    { "XOAUTH2", 1,
      "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}",
      CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"400\",\"schemes\":\"Bearer\",\"scope\":\"https://mail.google.com/\"}" },
    { "XOAUTH2", 2,
      "{\"status\":\"401\",\"schemes\":\"bearer mac\",\"scope\":\"ymail-r mail-w\"}\n",
      CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"401\",\"schemes\":\"bearer mac\",\"scope\":\"ymail-r mail-w\"}" },
    { "OAUTHBEARER", 1,
      "{\"status\":\"invalid_token\", \"scope\": "
      "\"https:\\/\\/outlook.office365.com\\/SMTP.Send\"}",
      CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"invalid_token\", \"scope\": \"https://outlook.office365.com/SMTP.Send\"}" },
    { "OAUTHBEARER", 1, "{ \"status\" : 400 ,\n\"schemes\":\"bearer\" }", CHALLENGE_TOKEN_ERROR,
      "{\"status\": 400, \"schemes\":\"bearer\"}" },
    { "OAUTHBEARER", 1,
      "{\"openid-configuration\":\"https://example.com/.well-known/openid-configuration\"}",
      CHALLENGE_TOKEN_ERROR,
      "{\"openid-configuration\":\"https://example.com/.well-known/openid-configuration\"}" },
    { "OAUTHBEARER", 1, "{\"error\":\"invalid_token\"}", CHALLENGE_TOKEN_ERROR,
      "{\"error\":\"invalid_token\"}" },
    /* what isn't known is left out */
    { "XOAUTH2", 1, "{\"status\":\"400\",\"user\":\"alice\",\"error_description\":\"x\"}",
      CHALLENGE_TOKEN_ERROR, "{\"status\":\"400\"}" },
    { "XOAUTH2", 1, "{\"x\":{\"status\":\"500\",\"y\":[\"}\",\"\\\"]\"]},\"status\":\"400\"}",
      CHALLENGE_TOKEN_ERROR, "{\"status\":\"400\"}" },
    { "XOAUTH2", 1, "{\"schemes\":[\"bearer\"],\"status\":\"400\"}", CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"400\"}" },
    /* tokens in the place of values */
    { "XOAUTH2", 1, "{\"status\":\"" TOKEN "\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"status\":\"" SECRET "\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"schemes\":\"Bearer " SECRET "\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"scope\":\"" TOKEN "\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"scope\":\"https://example.com/" TOKEN "\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"" TOKEN "\":\"400\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"status\":\"4\\u0030\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"status\":\"400\",\"scope\":\"a\\\" " SECRET "\"}", CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"400\"}" },
    { "XOAUTH2", 1, "{\"status\":\"4001\",\"error\":\"" N40 "n\"}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"scope\":\"" N40 N40 N40 "n\"}", CHALLENGE_TOKEN_ERROR, NULL },
    /* no JSON, or no longer */
    { "XOAUTH2", 1, "{", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{}", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"status\":\"400\",\"scope\":\"http", CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"400\"}" },
    { "XOAUTH2", 1, "{\"status\":\"400\",\"x\":{", CHALLENGE_TOKEN_ERROR, "{\"status\":\"400\"}" },
    { "XOAUTH2", 1, "{\"status\":\"400\" " SECRET "}", CHALLENGE_TOKEN_ERROR,
      "{\"status\":\"400\"}" },
    { "XOAUTH2", 1, "{\"status\"", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"status\":", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "{\"status\":\"\\", CHALLENGE_TOKEN_ERROR, NULL },
    { "XOAUTH2", 1, "token refused", CHALLENGE_OPAQUE, NULL },
    { "XOAUTH2", 1, "Username:", CHALLENGE_OPAQUE, NULL },

    { "SCRAM-SHA-256", 1, "r=abc" SECRET ",s=QSXCR+Q6sek8bf92,i=4096", CHALLENGE_OPAQUE, NULL },
    { "SCRAM-SHA-256", 2, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", CHALLENGE_SERVER_AGREES, "v=..." },
    { "SCRAM-SHA-1-PLUS", 3, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", CHALLENGE_SERVER_AGREES, "v=..." },
    { "SCRAM-SHA-256", 1, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", CHALLENGE_OPAQUE, NULL },
    { "SCRAM-SHA-256", 2, "e=invalid-proof", CHALLENGE_SCRAM_ERROR, "e=invalid-proof" },
    { "SCRAM-SHA-512", 1, "e=unknown-user,x=" SECRET, CHALLENGE_SCRAM_ERROR, "e=unknown-user" },
    { "SCRAM-SHA-1", 2, "e=" SECRET, CHALLENGE_SCRAM_ERROR, "e=..." },
    { "SCRAM-SHA-1", 2, "e=", CHALLENGE_SCRAM_ERROR, "e=..." },
    { "SCRAM-SHA-1", 2, "e", CHALLENGE_OPAQUE, NULL },
    { "SCRAM", 2, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", CHALLENGE_OPAQUE, NULL },

    { "DIGEST-MD5", 1, "realm=\"example.com\",nonce=\"" SECRET "\",qop=\"auth\"", CHALLENGE_OPAQUE,
      NULL },
    { "DIGEST-MD5", 2, "rspauth=ea40f60335c427b5527b84dbabcdfffd", CHALLENGE_SERVER_AGREES,
      "rspauth=..." },
    { "CRAM-MD5", 1, "<1896.697170952@mx.example.com>", CHALLENGE_OPAQUE, NULL },
    { "NTLM", 2, "NTLMSSP", CHALLENGE_OPAQUE, NULL },
    { "PLAIN", 1, "", CHALLENGE_EMPTY, NULL },
    { "PLAIN", 1, "Username:", CHALLENGE_OPAQUE, NULL },

    /* the capture begins after AUTH */
    { NULL, 0, "Password:", CHALLENGE_PROMPT_PASSWORD, "Password:" },
    { NULL, 0, "{\"status\":\"400\"}", CHALLENGE_TOKEN_ERROR, "{\"status\":\"400\"}" },
    { NULL, 0, "v=rmF9pqV8S7suAoZWja4dJRkFsKQ=", CHALLENGE_SERVER_AGREES, "v=..." },
    { NULL, 0, "e=other-error", CHALLENGE_SCRAM_ERROR, "e=other-error" },
    { NULL, 0, "rspauth=ea40f60335c427b5527b84dbabcdfffd", CHALLENGE_SERVER_AGREES, "rspauth=..." },
    { NULL, 0, "<1896.697170952@mx.example.com>", CHALLENGE_OPAQUE, NULL },
    { NULL, 0, SECRET, CHALLENGE_OPAQUE, NULL },
};

/* In memory as long as the text, so that a sanitizer sees a byte too many. */
static challenge_kind read_exactly(const char *mechanism, unsigned nth, const char *text,
                                   size_t len, char **shown)
{
    char *copy = (char *)g_malloc(MAX(len, 1));
    challenge_kind kind;

    memcpy(copy, text, len);
    kind = challenge_read(NULL, mechanism, nth, copy, len, shown);
    g_assert_cmpint(challenge_read(NULL, mechanism, nth, copy, len, NULL), ==, kind);
    g_free(copy);
    if (*shown != NULL) {
        g_assert_cmpuint(strlen(*shown), <=, CHALLENGE_TEXT_MAX);
        g_assert_true(g_utf8_validate(*shown, -1, NULL));
        g_assert_null(strstr(*shown, SECRET));
    }
    return kind;
}

static void test_cases(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *base64 = g_base64_encode((const guchar *)cases[i].says, strlen(cases[i].says));
        char *shown;

        g_test_message("%s %s", cases[i].mechanism, cases[i].says);
        g_assert_cmpint(
            read_exactly(cases[i].mechanism, cases[i].nth, base64, strlen(base64), &shown), ==,
            cases[i].kind);
        g_assert_cmpstr(shown, ==, cases[i].shown);
        wmem_free(NULL, shown);
        g_free(base64);
    }
}

/* What stands in the 334 itself. */
static const struct {
    const char *mechanism;
    const char *text;
    challenge_kind kind;
    const char *shown;
} raw_cases[] = {
    { "LOGIN", "VXNlcm5hbWU6", CHALLENGE_PROMPT_USER, "Username:" },
    { "LOGIN", "  VXNlcm5hbWU6 \t", CHALLENGE_PROMPT_USER, "Username:" },
    { "LOGIN", "VXNlciBOYW1lAA==", CHALLENGE_PROMPT_USER, "User Name" },
    { "LOGIN", "UGFzc3dvcmQA", CHALLENGE_PROMPT_PASSWORD, "Password" },
    { "LOGIN", "UGFzc3dvcmQ", CHALLENGE_PROMPT_PASSWORD, "Password" }, /* no padding */
    { "LOGIN", "dXNlcgBuYW1l", CHALLENGE_OPAQUE, NULL },               /* NUL inside */
    { "LOGIN", "AA==", CHALLENGE_EMPTY, NULL },
    { "LOGIN", "=", CHALLENGE_EMPTY, NULL },
    { "LOGIN", "   ", CHALLENGE_EMPTY, NULL },
    { "LOGIN", "Username:", CHALLENGE_NOT_BASE64, NULL },
    { "LOGIN", "VXNlcm5hbWU6=", CHALLENGE_NOT_BASE64, NULL },
    { "LOGIN", "VXNl=cm5hbWU6", CHALLENGE_NOT_BASE64, NULL },
    { "LOGIN", "VXNlcm5hbWU6A", CHALLENGE_NOT_BASE64, NULL },
    { "LOGIN", "VXNlcm5h bWU6", CHALLENGE_NOT_BASE64, NULL },
    { "LOGIN", "====", CHALLENGE_NOT_BASE64, NULL },
    { "LOGIN", "\377\376", CHALLENGE_NOT_BASE64, NULL },
    { "XOAUTH2", "{\"status\":\"400\"}", CHALLENGE_NOT_BASE64, NULL },
    { "NTLM", "NTLM supported", CHALLENGE_EMPTY, NULL },
    { "NTLM", "ntlm supported\r", CHALLENGE_EMPTY, NULL },
    { "GSSAPI", "GSSAPI supported", CHALLENGE_EMPTY, NULL },
    { "NTLM", "NTLM supported " SECRET, CHALLENGE_NOT_BASE64, NULL },
};

static void test_raw(void)
{
    char *shown;

    for (size_t i = 0; i < G_N_ELEMENTS(raw_cases); i++) {
        const char *text = raw_cases[i].text;

        g_test_message("%s %s", raw_cases[i].mechanism, text);
        g_assert_cmpint(read_exactly(raw_cases[i].mechanism, 1, text, strlen(text), &shown), ==,
                        raw_cases[i].kind);
        g_assert_cmpstr(shown, ==, raw_cases[i].shown);
        wmem_free(NULL, shown);
    }
    /* "334" alone has no text at all */
    g_assert_cmpint(challenge_read(NULL, "PLAIN", 1, NULL, 0, &shown), ==, CHALLENGE_EMPTY);
    g_assert_null(shown);
}

/* Whatever its length: only the beginning is read, and only whole members are shown. */
static void test_long(void)
{
    GString *json = g_string_new("{\"status\":\"400\"");
    char *shown;

    for (int i = 0; i < 2000; i++) {
        char *base64 = g_base64_encode((const guchar *)json->str, json->len);

        g_assert_cmpint(read_exactly("XOAUTH2", 1, base64, strlen(base64), &shown), ==,
                        CHALLENGE_TOKEN_ERROR);
        g_assert_true(g_str_has_prefix(shown, "{\"status\":\"400\""));
        g_assert_true(g_str_has_suffix(shown, "\"}"));
        wmem_free(NULL, shown);
        g_free(base64);
        g_string_append(json, i % 5 == 0 ? ",\"scope\":\"imap smtp\"" : ",\"error\":\"a\"");
        if (i > 100)
            i += 97;
    }
    g_string_free(json, TRUE);
}

/* Nothing that a hostile server sends is read beyond its end. */
static void test_random(void)
{
    static const char *const mechanisms[] = { NULL, "LOGIN", "XOAUTH2", "SCRAM-SHA-1",
                                              "DIGEST-MD5" };
    static const char alphabet[] = "{}[]\"\\:,/ es=vr0a\303\244";

    for (int i = 0; i < 20000; i++) {
        char says[40];
        size_t len = (size_t)g_test_rand_int_range(0, sizeof says);
        char *base64, *shown;

        for (size_t k = 0; k < len; k++)
            says[k] = alphabet[g_test_rand_int_range(0, sizeof alphabet)];
        if (len > 0 && g_test_rand_bit())
            says[0] = '{';
        base64 = g_base64_encode((const guchar *)says, len);
        read_exactly(mechanisms[i % G_N_ELEMENTS(mechanisms)], (unsigned)(i % 3), base64,
                     strlen(base64), &shown);
        wmem_free(NULL, shown);
        g_free(base64);
    }
}

/* Decoded text doesn't stay in memory; base64 of any length is decoded as GLib does it. */
static void test_decoding(void)
{
    for (size_t len = 0; len < 2 * SASL_DECODED_MAX; len += 1 + len / 100) {
        guchar *bytes = (guchar *)g_malloc(len + 1);
        char *base64;
        sasl_text decoded;

        for (size_t i = 0; i < len; i++)
            bytes[i] = (guchar)g_test_rand_int_range(0, 256);
        base64 = g_base64_encode(bytes, len);
        for (int unpadded = 0; unpadded < 2; unpadded++) {
            size_t digits = unpadded ? strcspn(base64, "=") : strlen(base64);

            g_assert_true(sasl_decode(base64, digits, &decoded));
            g_assert_cmpmem(decoded.bytes, decoded.len, bytes, MIN(len, SASL_DECODED_MAX));
            g_assert_cmpint(decoded.cut, ==, len > SASL_DECODED_MAX);
        }
        sasl_overwrite(&decoded, sizeof decoded);
        for (size_t i = 0; i < sizeof decoded; i++)
            g_assert_cmpint(((const char *)&decoded)[i], ==, 0);
        g_free(base64);
        g_free(bytes);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/challenge/cases", test_cases);
    g_test_add_func("/challenge/raw", test_raw);
    g_test_add_func("/challenge/long", test_long);
    g_test_add_func("/challenge/random", test_random);
    g_test_add_func("/challenge/decoding", test_decoding);
    return g_test_run();
}
