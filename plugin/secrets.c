/* secrets.c
 * Recognises secrets of the client in what the server says, without keeping them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "secrets.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

/* What servers put around a word that they repeat. */
#define AROUND_WORDS "\"'`()<>[]{}:,;.!"

static uint64_t salt(void)
{
    static uint64_t value;

    if (value == 0)
        value = ((uint64_t)g_random_int() << 32 | g_random_int()) | 1;
    return value;
}

/* FNV-1a, begun with a salt. 0 is never a hash: it marks an empty place. */
static uint64_t hash_of(const char *word, size_t len)
{
    uint64_t hash = salt();

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)word[i]) * UINT64_C(0x100000001b3);
    return hash | 1;
}

static void add_word(secrets *known, const char *word, size_t len)
{
    if (len < SECRETS_WORD_MIN)
        return;
    known->hash[known->next] = hash_of(word, len);
    known->next = (known->next + 1) % SECRETS_MAX;
}

/* NUL and SOH stand between the parts of SASL responses (RFC 4616; RFC 7628). */
static bool is_between_words(char c)
{
    return c == ' ' || c == '\t' || c == '\0' || c == '\1';
}

static void add_words(secrets *known, const char *text, size_t len)
{
    size_t from = 0;

    for (size_t i = 0; i <= len; i++) {
        if (i < len && !is_between_words(text[i]))
            continue;
        add_word(known, text + from, i - from);
        from = i + 1;
    }
}

static void add_decoded(secrets *known, const char *text, size_t len)
{
    char *copy = g_strndup(text, len);
    size_t decoded_len = 0;
    unsigned char *decoded = g_base64_decode(copy, &decoded_len);

    add_words(known, (const char *)decoded, decoded_len);
    memset(decoded, 0, decoded_len);
    memset(copy, 0, len);
    g_free(decoded);
    g_free(copy);
}

secrets *secrets_add(wmem_allocator_t *scope, secrets *known, const char *text, size_t len)
{
    if (known == NULL)
        known = wmem_new0(scope, secrets);
    add_words(known, text, len);
    if (len >= SECRETS_WORD_MIN)
        add_decoded(known, text, len);
    return known;
}

static bool is_known(const secrets *known, const char *word, size_t len)
{
    uint64_t hash = hash_of(word, len);

    for (unsigned i = 0; len >= SECRETS_WORD_MIN && i < SECRETS_MAX; i++) {
        if (known->hash[i] == hash)
            return true;
    }
    return false;
}

/* Finds the secret in a word of the server, which may stand in quotes or brackets. */
static bool find_secret(const secrets *known, const char *word, size_t len)
{
    if (is_known(known, word, len))
        return true;
    while (len > 0 && strchr(AROUND_WORDS, word[len - 1]) != NULL)
        len--;
    while (len > 0 && strchr(AROUND_WORDS, word[0]) != NULL) {
        word++;
        len--;
    }
    return is_known(known, word, len);
}

char *secrets_hide(const secrets *known, char *text)
{
    GString *shown;
    const char *word = text;

    if (known == NULL)
        return text;
    shown = g_string_new(NULL);
    while (*word != '\0') {
        size_t len = strcspn(word, " ");

        if (find_secret(known, word, len))
            g_string_append(shown, SECRETS_HIDDEN);
        else
            g_string_append_len(shown, word, (gssize)len);
        word += len;
        while (*word == ' ')
            g_string_append_c(shown, *word++);
    }
    g_free(text);
    return g_string_free(shown, FALSE);
}
