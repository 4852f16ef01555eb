/* wording.c
 * Does the text of a reply say that a login worked, or that it didn't?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wording.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

/* What a word says. A negation turns the next words around: "not accepted", "was not entirely
 * successful". A hedge makes the others a condition, or a report of something earlier: "must be
 * authenticated first", "3 failed attempts". Such a text says nothing about this login. */
typedef enum { NEUTRAL, SUCCESS, FAILURE, NEGATION, HEDGE } word_kind;

/* clang-format off */
static const struct {
    const char *word;
    word_kind kind;
} words[] = {
    { "accepted",       SUCCESS },
    { "authenticated",  SUCCESS },
    { "granted",        SUCCESS },
    { "ok",             SUCCESS },
    { "okay",           SUCCESS },
    { "succeed",        SUCCESS },
    { "succeeded",      SUCCESS },
    { "succeeds",       SUCCESS },
    { "success",        SUCCESS },
    { "successful",     SUCCESS },
    { "successfully",   SUCCESS },
    { "welcome",        SUCCESS },
    { "bad",            FAILURE },
    { "denied",         FAILURE },
    { "disabled",       FAILURE },
    { "error",          FAILURE },
    { "fail",           FAILURE },
    { "failed",         FAILURE },
    { "fails",          FAILURE },
    { "failure",        FAILURE },
    { "incorrect",      FAILURE },
    { "invalid",        FAILURE },
    { "refused",        FAILURE },
    { "rejected",       FAILURE },
    { "unauthorized",   FAILURE },
    { "unsuccessful",   FAILURE },
    { "unsuccessfully", FAILURE },
    { "wrong",          FAILURE },
    { "can't",          NEGATION },
    { "cannot",         NEGATION },
    { "couldn't",       NEGATION },
    { "isn't",          NEGATION },
    { "never",          NEGATION },
    { "no",             NEGATION },
    { "not",            NEGATION },
    { "unable",         NEGATION },
    { "wasn't",         NEGATION },
    { "without",        NEGATION },
    { "attempt",        HEDGE },
    { "attempts",       HEDGE },
    { "before",         HEDGE },
    { "first",          HEDGE },
    { "if",             HEDGE },
    { "last",           HEDGE },
    { "must",           HEDGE },
    { "need",           HEDGE },
    { "needs",          HEDGE },
    { "only",           HEDGE },
    { "please",         HEDGE },
    { "previous",       HEDGE },
    { "required",       HEDGE },
    { "should",         HEDGE },
    { "times",          HEDGE },
    { "unless",         HEDGE },
    { "until",          HEDGE },
};
/* clang-format on */

#define NEGATION_REACH 3 /* words */

/* What stands between words. */
static const bool separates[UINT8_MAX + 1] = {
    [' '] = true, ['\t'] = true, ['/'] = true, ['.'] = true, [','] = true, [':'] = true,
    [';'] = true, ['!'] = true,  ['('] = true, [')'] = true, ['['] = true, [']'] = true,
    ['"'] = true, ['<'] = true,  ['>'] = true, ['-'] = true, ['='] = true,
};

static const char *skip_separators(const char *text)
{
    while (separates[(uint8_t)*text])
        text++;
    return text;
}

static size_t word_len(const char *word)
{
    size_t len = 0;

    while (word[len] != '\0' && !separates[(uint8_t)word[len]])
        len++;
    return len;
}

/* Two letters rule out nearly all of the table. What stands behind a word of one letter is none. */
static word_kind kind_of(const char *word, size_t len)
{
    char first = g_ascii_tolower(word[0]);
    char second = g_ascii_tolower(word[1]);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].word[0] == first && words[i].word[1] == second &&
            g_ascii_strncasecmp(word, words[i].word, len) == 0 && words[i].word[len] == '\0')
            return words[i].kind;
    return NEUTRAL;
}

wording wording_of(const char *text)
{
    bool success = false, failure = false, hedged = false;
    int negated = 0; /* so many words are still turned around */
    size_t len;

    for (const char *word = skip_separators(text); *word != '\0';
         word = skip_separators(word + len)) {
        len = word_len(word);
        word_kind kind = kind_of(word, len);
        hedged |= kind == HEDGE;
        success |= kind == (negated > 0 ? FAILURE : SUCCESS);
        failure |= kind == (negated > 0 ? SUCCESS : FAILURE);
        negated = kind == NEGATION ? NEGATION_REACH : MAX(negated - 1, 0);
    }
    if (success == failure || hedged)
        return WORDING_SAYS_NOTHING;
    return success ? WORDING_SAYS_SUCCESS : WORDING_SAYS_FAILURE;
}
