/* offers.c
 * What the reply to EHLO offers, as far as it matters for AUTH and HELP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "offers.h"

#include <string.h>

#include <glib.h>

#include "middlebox.h"
#include "words.h"

static const char *const keywords[] = { "AUTH", "ENHANCEDSTATUSCODES", "HELP", "STARTTLS",
                                        "X-EXPS" };

/* Old servers write "AUTH=LOGIN", which clients of their time understood. */
static bool ends_keyword(char c)
{
    return c == '\0' || c == ' ' || c == '=';
}

static bool begins_with(const char *text, size_t len, const char *keyword)
{
    size_t keyword_len = strlen(keyword);

    return words_begin(text, len, keyword) &&
           ends_keyword(len > keyword_len ? text[keyword_len] : '\0');
}

static bool matters(const char *text, size_t len)
{
    char first = len > 0 ? g_ascii_toupper(text[0]) : '\0';

    for (size_t i = 0; i < G_N_ELEMENTS(keywords); i++)
        if (keywords[i][0] == first && begins_with(text, len, keywords[i]))
            return true;
    return false;
}

static char *normalise(wmem_allocator_t *scope, const char *text, size_t len)
{
    char *offer = wmem_strndup(scope, text, MIN(len, OFFER_LEN_MAX));

    for (char *p = offer; *p != '\0'; p++)
        *p = g_ascii_isgraph(*p) && *p != '=' ? g_ascii_toupper(*p) : ' ';
    return g_strchomp(offer);
}

offers *offers_add(wmem_allocator_t *scope, offers *list, const char *text, size_t len)
{
    bool pipelining = begins_with(text, len, "PIPELINING");
    bool xclient = begins_with(text, len, "XCLIENT");
    bool chunking = begins_with(text, len, "CHUNKING");
    bool masked = middlebox_masks_word(text, (size_t)(words_end(text, text + len) - text));
    bool shown = matters(text, len);

    if (!shown && !pipelining && !xclient && !chunking && !masked)
        return list;
    if (list == NULL)
        list = wmem_new0(scope, offers);
    list->pipelining |= pipelining;
    list->xclient |= xclient;
    list->chunking |= chunking;
    list->masked |= masked;
    if (shown && list->count < OFFERS_MAX)
        list->offer[list->count++] = normalise(scope, text, len);
    return list;
}

static bool has_word(const char *text, const char *word)
{
    size_t len = strlen(word);

    for (const char *found = strstr(text, word); found != NULL; found = strstr(found + 1, word))
        if ((found == text || found[-1] == ' ') && (found[len] == '\0' || found[len] == ' '))
            return true;
    return false;
}

bool offers_has(const offers *list, const char *keyword)
{
    for (unsigned i = 0; list != NULL && i < list->count; i++)
        if (begins_with(list->offer[i], strlen(list->offer[i]), keyword))
            return true;
    return false;
}

bool offers_mechanism(const offers *list, const char *keyword, const char *mechanism)
{
    for (unsigned i = 0; list != NULL && i < list->count; i++)
        if (begins_with(list->offer[i], strlen(list->offer[i]), keyword) &&
            has_word(list->offer[i] + strlen(keyword), mechanism))
            return true;
    return false;
}

bool offers_equal(const offers *a, const offers *b)
{
    if (a == NULL || b == NULL || a->count != b->count || a->pipelining != b->pipelining ||
        a->xclient != b->xclient || a->chunking != b->chunking || a->masked != b->masked)
        return false;
    for (unsigned i = 0; i < a->count; i++)
        if (strcmp(a->offer[i], b->offer[i]) != 0)
            return false;
    return true;
}

void offers_free(wmem_allocator_t *scope, offers *list)
{
    for (unsigned i = 0; list != NULL && i < list->count; i++)
        wmem_free(scope, (void *)list->offer[i]);
    wmem_free(scope, list);
}
