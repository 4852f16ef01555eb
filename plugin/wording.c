/* wording.c
 * Does the text of a reply say that a login worked, or that it didn't?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wording.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

static const char *const success_words[] = {
    "accepted", "authenticated", "ok",         "okay",         "succeed", "succeeded",
    "succeeds", "success",       "successful", "successfully", "welcome", "granted",
};

static const char *const failure_words[] = {
    "bad",          "denied",       "disabled",       "error",   "fail",    "failed",
    "fails",        "failure",      "incorrect",      "invalid", "refused", "rejected",
    "unauthorized", "unsuccessful", "unsuccessfully", "wrong",
};

/* A word that turns the next ones around: "not accepted", "was not entirely successful". */
static const char *const negations[] = { "no",      "not",    "isn't", "wasn't",   "never",
                                         "without", "cannot", "can't", "couldn't", "unable" };

/* A word that makes the others a condition, or a report of something earlier: "must be
 * authenticated first", "3 failed attempts". Such a text says nothing about this login. */
static const char *const hedges[] = { "must",   "only",  "need",     "needs",   "required", "if",
                                      "unless", "until", "should",   "first",   "before",   "last",
                                      "please", "times", "previous", "attempt", "attempts" };

#define NEGATION_REACH 3 /* words */

/* What stands between words. */
#define SEPARATORS " \t/.,:;!()[]\"<>-="

static bool is_among(const char *word, size_t len, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (g_ascii_tolower(word[0]) == words[i][0] &&
            g_ascii_strncasecmp(word, words[i], len) == 0 && words[i][len] == '\0')
            return true;
    }
    return false;
}

#define IS_AMONG(word, len, words) is_among(word, len, words, G_N_ELEMENTS(words))

wording wording_of(const char *text)
{
    bool success = false, failure = false, hedged = false;
    int negated = 0; /* so many words are still turned around */
    size_t len;

    for (const char *word = text + strspn(text, SEPARATORS); *word != '\0';
         word += len, word += strspn(word, SEPARATORS)) {
        len = strcspn(word, SEPARATORS);
        bool good = IS_AMONG(word, len, success_words);
        bool bad = IS_AMONG(word, len, failure_words);
        hedged |= IS_AMONG(word, len, hedges);
        success |= negated > 0 ? bad : good;
        failure |= negated > 0 ? good : bad;
        negated = IS_AMONG(word, len, negations) ? NEGATION_REACH : MAX(negated - 1, 0);
    }
    if (success == failure || hedged)
        return WORDING_SAYS_NOTHING;
    return success ? WORDING_SAYS_SUCCESS : WORDING_SAYS_FAILURE;
}
