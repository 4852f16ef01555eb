/* words.c
 * Words in a line.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "words.h"

#include <string.h>

#include <glib.h>

bool words_is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\f' || c == '\v';
}

const char *words_skip_blanks(const char *text, const char *end)
{
    while (text < end && words_is_blank(*text))
        text++;
    return text;
}

const char *words_end(const char *text, const char *end)
{
    while (text < end && !words_is_blank(*text))
        text++;
    return text;
}

bool words_next(const char **at, const char *end, const char **word, size_t *len)
{
    *word = words_skip_blanks(*at, end);
    *at = words_end(*word, end);
    *len = (size_t)(*at - *word);
    return *len > 0;
}

static bool are_alike(const char *a, const char *b, size_t len)
{
    size_t same = 0;

    while (same < len && words_lower(a[same]) == words_lower(b[same]))
        same++;
    return same == len;
}

bool words_begin(const char *text, size_t len, const char *words)
{
    size_t words_len = strlen(words);

    return len >= words_len && are_alike(text, words, words_len);
}

bool words_equal(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && are_alike(text, word, len);
}

bool words_are_one_of(const char *text, size_t len, const char *const *table, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        if (words_equal(text, len, table[i]))
            return true;
    return false;
}
