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

#define WORD(word) .text = word, .len = sizeof word - 1

/* clang-format off */
static const struct {
    const char *text;
    uint8_t len;
    word_kind kind;
} words[] = {
    { WORD("accepted"),       .kind = SUCCESS },
    { WORD("authenticated"),  .kind = SUCCESS },
    { WORD("granted"),        .kind = SUCCESS },
    { WORD("ok"),             .kind = SUCCESS },
    { WORD("okay"),           .kind = SUCCESS },
    { WORD("succeed"),        .kind = SUCCESS },
    { WORD("succeeded"),      .kind = SUCCESS },
    { WORD("succeeds"),       .kind = SUCCESS },
    { WORD("success"),        .kind = SUCCESS },
    { WORD("successful"),     .kind = SUCCESS },
    { WORD("successfully"),   .kind = SUCCESS },
    { WORD("welcome"),        .kind = SUCCESS },
    { WORD("bad"),            .kind = FAILURE },
    { WORD("denied"),         .kind = FAILURE },
    { WORD("disabled"),       .kind = FAILURE },
    { WORD("error"),          .kind = FAILURE },
    { WORD("fail"),           .kind = FAILURE },
    { WORD("failed"),         .kind = FAILURE },
    { WORD("fails"),          .kind = FAILURE },
    { WORD("failure"),        .kind = FAILURE },
    { WORD("incorrect"),      .kind = FAILURE },
    { WORD("invalid"),        .kind = FAILURE },
    { WORD("refused"),        .kind = FAILURE },
    { WORD("rejected"),       .kind = FAILURE },
    { WORD("unauthorized"),   .kind = FAILURE },
    { WORD("unsuccessful"),   .kind = FAILURE },
    { WORD("unsuccessfully"), .kind = FAILURE },
    { WORD("wrong"),          .kind = FAILURE },
    { WORD("can't"),          .kind = NEGATION },
    { WORD("cannot"),         .kind = NEGATION },
    { WORD("couldn't"),       .kind = NEGATION },
    { WORD("isn't"),          .kind = NEGATION },
    { WORD("never"),          .kind = NEGATION },
    { WORD("no"),             .kind = NEGATION },
    { WORD("not"),            .kind = NEGATION },
    { WORD("unable"),         .kind = NEGATION },
    { WORD("wasn't"),         .kind = NEGATION },
    { WORD("without"),        .kind = NEGATION },
    { WORD("attempt"),        .kind = HEDGE },
    { WORD("attempts"),       .kind = HEDGE },
    { WORD("before"),         .kind = HEDGE },
    { WORD("first"),          .kind = HEDGE },
    { WORD("if"),             .kind = HEDGE },
    { WORD("last"),           .kind = HEDGE },
    { WORD("must"),           .kind = HEDGE },
    { WORD("need"),           .kind = HEDGE },
    { WORD("needs"),          .kind = HEDGE },
    { WORD("only"),           .kind = HEDGE },
    { WORD("please"),         .kind = HEDGE },
    { WORD("previous"),       .kind = HEDGE },
    { WORD("required"),       .kind = HEDGE },
    { WORD("should"),         .kind = HEDGE },
    { WORD("times"),          .kind = HEDGE },
    { WORD("unless"),         .kind = HEDGE },
    { WORD("until"),          .kind = HEDGE },
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

static word_kind kind_of(const char *word, size_t len)
{
    char first = g_ascii_tolower(word[0]);

    for (size_t i = 0; i < G_N_ELEMENTS(words); i++)
        if (words[i].len == len && words[i].text[0] == first &&
            g_ascii_strncasecmp(words[i].text, word, len) == 0)
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
