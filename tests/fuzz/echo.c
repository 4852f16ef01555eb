/* echo.c
 * The secrets that a fuzzed client sends, and servers that repeat them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "echo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#define RUN_MIN 8
#define WORDS_MAX 8
#define CHALLENGE 334

static bool is_word(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isgraph(text[i]))
            return false;
    return len >= RUN_MIN && len <= ECHO_LEN_MAX && strspn(text, "+-") < len;
}

static void add(echo_list *list, const char *text, size_t len, bool is_base64, uint32_t frame)
{
    echo_secret *added;

    if (!is_word(text, len))
        return;
    if (list->count == ECHO_SECRETS_MAX)
        memmove(list->secret, list->secret + 1, sizeof *list->secret * --list->count);
    added = &list->secret[list->count++];
    memset(added, 0, sizeof *added);
    memcpy(added->text, text, len);
    added->is_base64 = is_base64;
    added->frame = frame;
}

/* The password of PLAIN. */
static void add_password(echo_list *list, const char *word, uint32_t frame)
{
    gsize len = 0;
    char *decoded = (char *)g_base64_decode(word, &len);
    const char *end = decoded + len, *password = decoded;
    unsigned nuls = 0;

    while (password < end && nuls < 2 && (*password == '\0' || g_ascii_isgraph(*password)))
        nuls += *password++ == '\0';
    if (nuls == 2)
        add(list, password, (size_t)(end - password), false, frame);
    g_free(decoded);
}

static bool is_base64(const char *word)
{
    size_t digits =
        strspn(word, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");

    return strlen(word) % 4 == 0 && strspn(word + digits, "=") == strlen(word) - digits &&
           strlen(word) - digits <= 2;
}

/* A word that is the name of a mechanism tells nothing. */
static bool is_mechanism(const char *word)
{
    static const char *const names[] = {
        "CRAM-MD5",    "DIGEST-MD5", "EXTERNAL",    "XOAUTH2",
        "OAUTHBEARER", "ANONYMOUS",  "SCRAM-SHA-1", "SCRAM-SHA-256"
    };

    for (size_t i = 0; i < G_N_ELEMENTS(names); i++)
        if (g_ascii_strcasecmp(word, names[i]) == 0)
            return true;
    return false;
}

static void add_word(echo_list *list, const char *word, uint32_t frame)
{
    size_t bare = strlen(word);

    if (is_mechanism(word))
        return;

    while (bare > 0 && word[bare - 1] == '=')
        bare--;
    add(list, word, bare, true, frame);
    if (is_base64(word))
        add_password(list, word, frame);
}

/* What clients may say instead of a response. */
static bool is_command(const char *line)
{
    static const char *const verbs[] = { "QUIT", "RSET", "NOOP", "MAIL", "RCPT", "EHLO", "HELO" };

    for (size_t i = 0; i < G_N_ELEMENTS(verbs); i++)
        if (g_ascii_strncasecmp(line, verbs[i], strlen(verbs[i])) == 0)
            return true;
    return false;
}

void echo_note(echo_list *list, const char *bytes, size_t len, bool is_response, uint32_t frame)
{
    const char *end = (const char *)memchr(bytes, '\n', len);
    char *line, **words;
    bool is_auth;

    if (end == NULL || memchr(bytes, '\0', (size_t)(end - bytes)) != NULL)
        return;
    line = g_strndup(bytes, (gsize)(end - bytes));
    is_auth = g_ascii_strncasecmp(line, "AUTH ", strlen("AUTH ")) == 0;
    words = g_strsplit_set(line, " \t\r\v\f", -1);
    for (unsigned i = 0, nth = 0; words[i] != NULL && nth < WORDS_MAX; i++) {
        nth += *words[i] != '\0';
        if (is_auth ? nth > 2 : is_response && !is_command(line))
            add_word(list, words[i], frame);
    }
    g_strfreev(words);
    g_free(line);
}

static bool holds(const char *text, const char *part, size_t len)
{
    for (; *text != '\0'; text++)
        if (g_ascii_strncasecmp(text, part, len) == 0)
            return true;
    return false;
}

void echo_check(const echo_list *list, const char *text, unsigned code, uint32_t frame)
{
    for (unsigned i = 0; i < list->count; i++) {
        const echo_secret *secret = &list->secret[i];
        size_t len = code == CHALLENGE ? strlen(secret->text) : RUN_MIN;

        if (secret->frame >= frame || !holds(text, secret->text, len))
            continue;
        fprintf(stderr, "the text \"%s\" in frame %u holds \"%s\" of frame %u\n", text, frame,
                secret->text, secret->frame);
        abort();
    }
}

/* --- guises --- */

static void say_html(GString *said, char c)
{
    g_string_append_printf(said, "&#%d;", c);
}

static void say_html_hex(GString *said, char c)
{
    g_string_append_printf(said, "&#x%x;", (unsigned)c);
}

static void say_url(GString *said, char c)
{
    g_string_append_printf(said, "%%%02X", (unsigned)c);
}

static void say_escaped(GString *said, char c)
{
    g_string_append_printf(said, g_ascii_isalnum(c) ? "%c" : "\\%c", c);
}

static void say_hex(GString *said, char c)
{
    g_string_append_printf(said, "\\u%04x", (unsigned)c);
}

static void say_upper(GString *said, char c)
{
    g_string_append_c(said, g_ascii_toupper(c));
}

static void say_plain(GString *said, char c)
{
    g_string_append_c(said, c);
}

static void (*const guises[])(GString *said, char c) = {
    say_plain, say_html, say_html_hex, say_url, say_escaped, say_hex, say_upper,
};

/* Some of the characters in a guise; all of them in that which has to be undone at once. */
static char *disguise_text(const char *text, uint32_t (*below)(uint32_t limit))
{
    void (*guise)(GString * said, char c) = guises[below(G_N_ELEMENTS(guises))];
    GString *said = g_string_new(NULL);

    for (const char *p = text; *p != '\0'; p++) {
        bool marks =
            strchr("&%\\", *p) != NULL; /* what stands for itself would be read as a guise */

        (marks || below(4) == 0 || guise == say_escaped ? guise : say_plain)(said, *p);
    }
    return g_string_free(said, FALSE);
}

char *echo_say(const echo_secret *secret, uint32_t (*below)(uint32_t limit), char **guise)
{
    static const char *const around[][2] = {
        { "", "" },       { "'", "'" },   { "<", ">." },       { "\"p\":\"", "\"" },
        { "%22", "%22" }, { "xx", "xx" }, { "\302\240", "!" }, { "\342\200\234", "\342\200\235" }
    };
    const char *const *quotes = around[below(G_N_ELEMENTS(around))];
    char *text = secret->is_base64 || below(4) > 0
                     ? disguise_text(secret->text, below)
                     : g_base64_encode((const guchar *)secret->text, strlen(secret->text));
    char *twice = below(4) == 0 ? disguise_text(text, below) : g_strdup(text);
    size_t cut = below((uint32_t)strlen(twice)) + 1;
    char *said = below(4) == 0
                     ? g_strdup_printf("\r\n550-5.7.1 not %s%.*s\r\n550 5.7.1 %s%s\r\n", quotes[0],
                                       (int)cut, twice, twice + cut, quotes[1])
                     : g_strdup_printf("\r\n550 5.7.1 not %s%s%s\r\n", quotes[0], twice, quotes[1]);

    g_free(text);
    *guise = twice;
    return said;
}
