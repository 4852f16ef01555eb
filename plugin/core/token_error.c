/* token_error.c
 * The JSON with which a server refuses a token.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "token_error.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#define ERROR_MAX 40       /* bytes of an error's name */
#define SCOPE_WORD_MAX 120 /* bytes of an address */
#define SCOPE_DIGITS_MAX 4 /* "office365", "v2.0"; a token has more */
#define BLANKS " \t\r\n"

typedef struct {
    const char *text;
    size_t len;
} part;

/* "400", or "invalid_token" */
static bool is_error(part value)
{
    size_t digits = 0;

    for (size_t i = 0; i < value.len; i++) {
        digits += g_ascii_isdigit(value.text[i]);
        if (!g_ascii_isdigit(value.text[i]) && !g_ascii_islower(value.text[i]) &&
            value.text[i] != '_')
            return false;
    }
    return value.len <= ERROR_MAX && (digits == 0 || (digits == value.len && digits == 3));
}

static bool is_scheme(part word)
{
    static const char *const schemes[] = { "bearer", "mac",  "basic", "oauth",
                                           "oauth2", "dpop", "pop" };

    for (size_t i = 0; i < G_N_ELEMENTS(schemes); i++)
        if (strlen(schemes[i]) == word.len &&
            g_ascii_strncasecmp(schemes[i], word.text, word.len) == 0)
            return true;
    return false;
}

/* A name ("ymail-r", "User.Read") or an address ("https://mail.google.com/"). */
static bool is_scope(part word)
{
    size_t digits = 0;

    for (size_t i = 0; i < word.len; i++) {
        digits += g_ascii_isdigit(word.text[i]);
        if (!g_ascii_isalnum(word.text[i]) && strchr("._:/-", word.text[i]) == NULL)
            return false;
    }
    return word.len <= SCOPE_WORD_MAX && digits <= SCOPE_DIGITS_MAX;
}

static const struct {
    const char *key;
    bool (*is_value)(part word); /* of each word of the value */
} members[] = {
    { "status", is_error },
    { "error", is_error },
    { "schemes", is_scheme },
    { "scope", is_scope },
    { "openid-configuration", is_scope },
};

static bool is_shown(part key, part value)
{
    for (size_t i = 0; i < G_N_ELEMENTS(members); i++) {
        if (strlen(members[i].key) != key.len || memcmp(members[i].key, key.text, key.len) != 0)
            continue;
        for (size_t pos = 0; pos < value.len;) {
            const char *blank = (const char *)memchr(value.text + pos, ' ', value.len - pos);
            size_t end = blank != NULL ? (size_t)(blank - value.text) : value.len;

            if (!members[i].is_value((part){ value.text + pos, end - pos }))
                return false;
            pos = end + 1;
        }
        return true;
    }
    return false;
}

/* Takes a run of blanks; was there one? */
static bool take_blanks(const char **json)
{
    size_t len = strspn(*json, BLANKS);

    *json += len;
    return len > 0;
}

/* Takes a string; value is what stands between its quotes, as sent. */
static bool take_string(const char **json, part *value)
{
    const char *end = *json;

    if (*end++ != '"')
        return false;
    value->text = end;
    while (*end != '\0' && *end != '"')
        end += *end == '\\' && end[1] != '\0' ? 2 : 1;
    value->len = (size_t)(end - value->text);
    if (*end != '"')
        return false;
    *json = end + 1;
    return true;
}

/* Takes what stands in brackets, whatever it is; false if its end is missing. */
static bool take_nested(const char **json)
{
    size_t depth = 0;
    part ignored;

    do {
        if (**json == '"') {
            if (!take_string(json, &ignored))
                return false;
            continue;
        }
        if (**json == '\0')
            return false;
        depth += **json == '{' || **json == '[';
        depth -= **json == '}' || **json == ']';
        ++*json;
    } while (depth > 0);
    return true;
}

/* Takes a value. What stands in brackets has them in it, so that it is never shown. */
static bool take_value(const char **json, part *value)
{
    *value = (part){ *json, 0 };
    if (**json == '"')
        return take_string(json, value);
    if (**json == '{' || **json == '[') {
        bool whole = take_nested(json);

        value->len = (size_t)(*json - value->text);
        return whole;
    }
    value->len = strcspn(*json, ",}]" BLANKS);
    *json += value->len;
    return value->len > 0;
}

/* Takes a member, and adds what of it can be shown. */
static bool take_member(const char **json, GString *shown)
{
    part key, value;
    const char *start;
    bool spaced;

    if (!take_string(json, &key))
        return false;
    take_blanks(json);
    if (**json != ':')
        return false;
    ++*json;
    spaced = take_blanks(json);
    start = *json;
    if (!take_value(json, &value))
        return false;
    if (is_shown(key, value))
        g_string_append_printf(shown, "\"%.*s\":%s%.*s", (int)key.len, key.text, spaced ? " " : "",
                               (int)(*json - start), start);
    return true;
}

/* PHP writes "\/"; in the values that are shown there is no other escape. */
static void unescape_slashes(char *json)
{
    char *to = json;

    for (const char *from = json; *from != '\0'; from++)
        if (from[0] != '\\' || from[1] != '/')
            *to++ = *from;
    *to = '\0';
}

char *token_error_text(char *json, size_t limit)
{
    GString *text = g_string_new("{"), *member = g_string_new(NULL);
    const char *at = json;
    bool whole = *json == '{';

    unescape_slashes(json);
    while (whole) {
        at++;
        bool spaced = take_blanks(&at);
        g_string_truncate(member, 0);
        whole = take_member(&at, member);
        if (member->len > 0 && text->len + strlen(", }") + member->len <= limit)
            g_string_append_printf(text, "%s%s%s", text->len == 1 ? "" : ",",
                                   spaced && text->len > 1 ? " " : "", member->str);
        take_blanks(&at);
        whole = whole && *at == ',';
    }
    g_string_append_c(text, '}');
    g_string_free(member, TRUE);
    return g_string_free(text, text->len == strlen("{}"));
}
