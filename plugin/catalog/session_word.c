/* session_word.c
 * How a session went, in words. The core knows no sentences, so its words are marked here.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "session_word.h"

#include <glib.h>

#include "language.h"

static const char *const words[] = {
    NC_("session", "unknown"),
    NC_("session", "nothing"),
    NC_("session", "other"),
    /* Translators: what is answered by a greeting, and by what follows the end of a message. */
    NC_("session", "connection"),
    NC_("session", "message"),
    NC_("session", "none"),
    NC_("session", "unclear"),
    NC_("session", "refused"),
    NC_("session", "authenticated"),
    NC_("session", "hidden"),
    NC_("session", "unanswered"),
    NC_("session", "no"),
    NC_("session", "yes"),
    NC_("session", "STARTTLS, unread"),
    NC_("session", "closed by the client"),
    NC_("session", "closed by the server"),
    NC_("session", "reset by the client"),
    NC_("session", "reset by the server"),
};

const char *session_word(const char *word)
{
    for (size_t i = 0; language_spoken != NULL && word != NULL && i < G_N_ELEMENTS(words); i++)
        if (g_str_equal(word, words[i]))
            return C_("session", words[i]);
    return word;
}
