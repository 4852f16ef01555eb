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

static bool is_among(const char *word, const char *const *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (g_ascii_strcasecmp(word, words[i]) == 0)
            return true;
    }
    return false;
}

wording wording_of(const char *text)
{
    char **words = g_strsplit_set(text, " \t/.,:;!()[]\"<>-=", -1);
    bool success = false, failure = false, hedged = false;
    int negated = 0; /* so many words are still turned around */

    for (char **word = words; *word != NULL; word++) {
        if (**word == '\0')
            continue;
        bool good = is_among(*word, success_words, G_N_ELEMENTS(success_words));
        bool bad = is_among(*word, failure_words, G_N_ELEMENTS(failure_words));
        hedged |= is_among(*word, hedges, G_N_ELEMENTS(hedges));
        success |= negated > 0 ? bad : good;
        failure |= negated > 0 ? good : bad;
        negated = is_among(*word, negations, G_N_ELEMENTS(negations)) ? NEGATION_REACH
                                                                      : MAX(negated - 1, 0);
    }
    g_strfreev(words);
    if (success == failure || hedged)
        return WORDING_SAYS_NOTHING;
    return success ? WORDING_SAYS_SUCCESS : WORDING_SAYS_FAILURE;
}
