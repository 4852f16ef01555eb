/* challenge.c
 * What a 334 says: the server's challenges inside AUTH.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "challenge.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "sasl.h"
#include "token_error.h"

#define PROMPT_MAX 64 /* bytes; longer ones are no prompts */

/* What a server may put around the words of a prompt. */
#define AROUND_WORDS " :.-_>"
#define WIDE_COLON 0xFF1A

typedef struct {
    char *text; /* decoded, terminated */
    unsigned nth;
} decoded_challenge;

/* Reads a challenge, whose text it may change. *shown is NULL before; what it is set to is freed with
 * g_free(). */
typedef challenge_kind (*reader)(const decoded_challenge *challenge, char **shown);

typedef enum { WORD_OTHER, WORD_USER, WORD_PASSWORD } word_role;

/* The words that prompts are made of, in lower case and UTF-8. What holds any other word may repeat
 * what the client sent, and isn't shown. */
static const struct {
    const char *word;
    word_role role;
} prompt_words[] = {
    { "user", WORD_USER },
    { "username", WORD_USER },
    { "userid", WORD_USER },
    { "login", WORD_USER },
    { "account", WORD_USER },
    { "email", WORD_USER },
    { "mail", WORD_USER },
    { "benutzer", WORD_USER },
    { "benutzername", WORD_USER },
    { "utilisateur", WORD_USER },
    { "identifiant", WORD_USER },
    { "usuario", WORD_USER },
    { "utente", WORD_USER },
    { "пользователь", WORD_USER },
    { "пользователя", WORD_USER },
    { "логин", WORD_USER },
    { "用户名", WORD_USER },
    { "账号", WORD_USER },
    { "帐号", WORD_USER },
    { "ユーザー名", WORD_USER },

    { "password", WORD_PASSWORD },
    { "passwd", WORD_PASSWORD },
    { "pass", WORD_PASSWORD },
    { "pwd", WORD_PASSWORD },
    { "passphrase", WORD_PASSWORD },
    { "passcode", WORD_PASSWORD },
    { "passwort", WORD_PASSWORD },
    { "kennwort", WORD_PASSWORD },
    { "mot", WORD_PASSWORD },
    { "contraseña", WORD_PASSWORD },
    { "senha", WORD_PASSWORD },
    { "пароль", WORD_PASSWORD },
    { "密码", WORD_PASSWORD },
    { "口令", WORD_PASSWORD },
    { "パスワード", WORD_PASSWORD },

    { "name", WORD_OTHER },
    { "id", WORD_OTHER },
    { "your", WORD_OTHER },
    { "the", WORD_OTHER },
    { "please", WORD_OTHER },
    { "enter", WORD_OTHER },
    { "e", WORD_OTHER },
    { "address", WORD_OTHER },
    { "smtp", WORD_OTHER },
    { "nom", WORD_OTHER },
    { "de", WORD_OTHER },
    { "d", WORD_OTHER },
    { "passe", WORD_OTHER },
    { "nombre", WORD_OTHER },
    { "имя", WORD_OTHER },
};

/* RFC 5802, section 7 */
static const char *const scram_errors[] = {
    "invalid-encoding",
    "extensions-not-supported",
    "invalid-proof",
    "channel-bindings-dont-match",
    "server-does-support-channel-binding",
    "channel-binding-not-supported",
    "unsupported-channel-binding-type",
    "unknown-user",
    "invalid-username-encoding",
    "no-resources",
    "other-error",
};

/* Exchange says these, in this form, where an empty challenge is due (MS-SMTPNTLM, section 2.2.1). */
static const char *const go_on_texts[] = { "NTLM supported", "GSSAPI supported" };

static bool is_between_words(gunichar c)
{
    return c == WIDE_COLON || (c < 0x80 && strchr(AROUND_WORDS, (int)c) != NULL);
}

/* Adds what the word says to role; false if it isn't a word of prompts. */
static bool read_word(const char *word, size_t len, word_role *role)
{
    for (size_t i = 0; i < G_N_ELEMENTS(prompt_words); i++) {
        if (strlen(prompt_words[i].word) != len || memcmp(prompt_words[i].word, word, len) != 0)
            continue;
        *role = MAX(*role, prompt_words[i].role);
        return true;
    }
    return false;
}

/* What a text asks for, all of whose words are known; WORD_OTHER if one isn't. */
static word_role read_words(const char *text)
{
    word_role role = WORD_OTHER;

    for (const char *word = text; *word != '\0';) {
        const char *end = word;

        while (*end != '\0' && !is_between_words(g_utf8_get_char(end)))
            end = g_utf8_next_char(end);
        if (end > word && !read_word(word, (size_t)(end - word), &role))
            return WORD_OTHER;
        word = *end != '\0' ? g_utf8_next_char(end) : end;
    }
    return role;
}

static challenge_kind read_prompt(const decoded_challenge *challenge, char **shown)
{
    static const challenge_kind kinds[] = {
        [WORD_OTHER] = CHALLENGE_OPAQUE,
        [WORD_USER] = CHALLENGE_PROMPT_USER,
        [WORD_PASSWORD] = CHALLENGE_PROMPT_PASSWORD,
    };
    const char *text = challenge->text;
    word_role role;
    char *lower;

    if (strlen(text) > PROMPT_MAX || !g_utf8_validate(text, -1, NULL))
        return CHALLENGE_OPAQUE;
    lower = g_utf8_strdown(text, -1);
    role = read_words(lower);
    sasl_overwrite(lower, strlen(lower));
    g_free(lower);
    if (role != WORD_OTHER)
        *shown = g_strdup(text);
    return kinds[role];
}

/* RFC 7628, section 3.2.2; no other mechanism sends JSON. */
static challenge_kind read_token_error(const decoded_challenge *challenge, char **shown)
{
    if (*challenge->text != '{')
        return CHALLENGE_OPAQUE;
    *shown = token_error_text(challenge->text, CHALLENGE_TEXT_MAX);
    return CHALLENGE_TOKEN_ERROR;
}

/* The error if it is a registered one; what an extension may send isn't shown. */
static char *scram_error_text(const char *value)
{
    size_t len = strcspn(value, ",");

    for (size_t i = 0; i < G_N_ELEMENTS(scram_errors); i++)
        if (strlen(scram_errors[i]) == len && memcmp(scram_errors[i], value, len) == 0)
            return g_strconcat("e=", scram_errors[i], NULL);
    return g_strdup("e=...");
}

/* The server-first message ("r=...") repeats the client's nonce. */
static challenge_kind read_scram(const decoded_challenge *challenge, char **shown)
{
    if (g_str_has_prefix(challenge->text, "e=")) {
        *shown = scram_error_text(challenge->text + strlen("e="));
        return CHALLENGE_SCRAM_ERROR;
    }
    /* before it, the server has to send its nonce */
    if (challenge->nth == 1 || !g_str_has_prefix(challenge->text, "v="))
        return CHALLENGE_OPAQUE;
    *shown = g_strdup("v=...");
    return CHALLENGE_SERVER_AGREES;
}

static challenge_kind read_digest(const decoded_challenge *challenge, char **shown)
{
    if (g_ascii_strncasecmp(challenge->text, "rspauth=", strlen("rspauth=")) != 0)
        return CHALLENGE_OPAQUE;
    *shown = g_strdup("rspauth=...");
    return CHALLENGE_SERVER_AGREES;
}

static const struct {
    const char *mechanism;
    reader read;
} readers[] = {
    { "LOGIN", read_prompt }, { "XOAUTH2", read_token_error }, { "OAUTHBEARER", read_token_error },
    { "SCRAM-", read_scram }, { "DIGEST-MD5", read_digest },
};

static challenge_kind read_decoded(const char *mechanism, const decoded_challenge *challenge,
                                   char **shown)
{
    challenge_kind kind = CHALLENGE_OPAQUE;

    for (size_t i = 0; i < G_N_ELEMENTS(readers) && kind == CHALLENGE_OPAQUE; i++)
        if (mechanism == NULL || sasl_is(mechanism, readers[i].mechanism))
            kind = readers[i].read(challenge, shown);
    return kind;
}

/* Removes the NULs, blanks and line ends that some servers encode, too. */
static void trim(sasl_text *decoded)
{
    while (decoded->len > 0 && (decoded->bytes[decoded->len - 1] == '\0' ||
                                g_ascii_isspace(decoded->bytes[decoded->len - 1])))
        decoded->bytes[--decoded->len] = '\0';
}

static bool says_go_on(const char *text, size_t len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(go_on_texts); i++)
        if (len == strlen(go_on_texts[i]) && g_ascii_strncasecmp(text, go_on_texts[i], len) == 0)
            return true;
    return false;
}

challenge_kind challenge_read(wmem_allocator_t *scope, const char *mechanism, unsigned nth,
                              const char *text, size_t len, char **shown)
{
    challenge_kind kind = CHALLENGE_OPAQUE;
    char *found = NULL;
    sasl_text decoded;
    bool is_base64;

    while (len > 0 && g_ascii_isspace(text[len - 1]))
        len--;
    is_base64 = sasl_decode(text, len, &decoded);
    trim(&decoded);
    if (!is_base64)
        kind = says_go_on(text, len) ? CHALLENGE_EMPTY : CHALLENGE_NOT_BASE64;
    else if (decoded.len == 0)
        kind = CHALLENGE_EMPTY;
    else if (strlen(decoded.bytes) == decoded.len)
        kind = read_decoded(mechanism, &(decoded_challenge){ decoded.bytes, nth }, &found);
    sasl_overwrite(&decoded, sizeof decoded);

    if (shown != NULL)
        *shown = found != NULL ? wmem_strdup(scope, found) : NULL;
    g_free(found);
    return kind;
}
