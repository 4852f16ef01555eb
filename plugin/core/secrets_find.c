/* secrets_find.c
 * Finds the secrets of a client in what is to be shown.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "secrets.h"
#include "secrets_private.h"

#include <string.h>

#include <glib.h>

#include "disguise.h"
#include "sasl.h"

#define DEPTH_MAX 3        /* disguises inside of each other */
#define VIEWS_MAX 24       /* of one text */
#define RUN_SURE_MIN 16    /* characters of a run of letters that is no ordinary word */
#define RUN_BINARY_MIN 16  /* characters that binary responses and challenges begin with */
#define BASE64_GROUP 4     /* characters that stand for whole bytes */
#define SHORT_RUN_MAX 32   /* characters of base64 that are looked at before anything is made */
#define RUN_DISTINCT_MIN 4 /* different characters of a run: zeros are no secret */
#define BUDGET (UINT32_C(1) << 20) /* bytes of secrets that are compared with one text */
#define OCCURRENCES_MAX 64         /* of a run in a term that are compared */

/* --- most texts hold nothing --- */

/* May a secret of less than SECRETS_RUN_MIN characters begin there, with so much of the text left? */
static bool may_begin_short(const secrets *known, const char *text, size_t left)
{
    return known->has_short && left >= GRAM &&
           secrets_filter_has(known->short_filter,
                              secrets_gram_at(secrets_gram(text), SHORT_FILTER_BITS));
}

/* The same of a run of more. */
static bool may_begin_long(const secrets *known, const char *text, size_t left)
{
    const char *last = text + SECRETS_RUN_MIN - GRAM; /* GRAM of the shortest one */

    return left >= SECRETS_RUN_MIN &&
           secrets_filter_has(known->filter,
                              secrets_gram_at(secrets_gram(text), known->filter_bits)) &&
           secrets_filter_has(known->filter,
                              secrets_gram_at(secrets_gram(last), known->filter_bits));
}

static bool may_hold_folded(const secrets *known, const disguise_view *folded)
{
    for (size_t at = 0; at < folded->len; at++)
        if (may_begin_short(known, folded->bytes + at, folded->len - at) ||
            may_begin_long(known, folded->bytes + at, folded->len - at))
            return true;
    return false;
}

/* May what a run of base64 stands for hold a secret? Most are the numbers of a server's queue. */
static bool may_hold_decoded(const secrets *known, const char *run, size_t len)
{
    char bytes[SHORT_RUN_MAX];
    disguise_place places[SHORT_RUN_MAX] = { { 0, 0 } };
    bool found = false;

    if ((!known->has_short && len * 3 / BASE64_GROUP < SECRETS_RUN_MIN) ||
        !disguise_looks_like_base64(run, len))
        return false;
    if (len > SHORT_RUN_MAX)
        return true;
    for (size_t left_out = 0; left_out < BASE64_GROUP && left_out < len && !found; left_out++) {
        disguise_view decoded = { bytes, places, 0 };

        decoded.len = disguise_decode_base64(run + left_out, len - left_out, bytes);
        disguise_fold(&decoded);
        found = may_hold_folded(known, &decoded);
    }
    sasl_overwrite(bytes, MIN(len, sizeof bytes));
    return found;
}

/* Would a word of letters that is known be hidden now? */
static bool seeks_tiny(const secrets *known)
{
    return known->has_tiny && !known->spares_ordinary;
}

/* Does a disguise begin with it, or a line? */
static bool is_mark(char c)
{
    return c == '&' || c == '%' || c == '=' || c == '\\' || c == DISGUISE_JOINT;
}

/* What there is to know of a byte of a text, beside the byte as it is compared. */
enum {
    BYTE_FOLDED = 0xFF,
    BYTE_BASE64 = 0x100,
    BYTE_TELLS = 0x200, /* a closer look is needed */
};

/* That of all bytes. */
static const uint16_t *look_up_bytes(void)
{
    static uint16_t bytes[UINT8_MAX + 1];

    for (unsigned i = 0; bytes[UINT8_MAX] == 0 && i <= UINT8_MAX; i++) {
        char c = (char)i;

        bytes[i] = (uint8_t)disguise_fold_byte(c);
        bytes[i] |= disguise_is_base64(c) ? BYTE_BASE64 : 0;
        bytes[i] |= i >= 0x80 || is_mark(c) ? BYTE_TELLS : 0;
    }
    return bytes;
}

/* The GRAMs of a text that is read byte by byte. */
typedef struct {
    uint32_t gram; /* the last bytes */
    size_t read;
    size_t hits; /* GRAMs in a row that the filter knows */
} gram_reader;

/* Reads the next byte, folded. True if a secret may end there. */
static inline bool read_gram(gram_reader *r, const secrets *known, char c)
{
    r->gram = r->gram << 8 | (uint8_t)c;
    if (++r->read < GRAM)
        return false;
    if (!secrets_filter_has(known->filter, secrets_gram_at(r->gram, known->filter_bits)))
        r->hits = 0;
    else if (++r->hits > SECRETS_RUN_MIN - GRAM)
        return true;
    return known->has_short &&
           secrets_filter_has(known->short_filter, secrets_gram_at(r->gram, SHORT_FILTER_BITS));
}

/* May the text hold a secret? A text of ordinary words is looked at once, and nothing is made of it. */
static bool may_hold(const secrets *known, const char *text, size_t len)
{
    const char *run = NULL; /* of base64, that goes on; NULL: none does */
    const uint16_t *bytes = look_up_bytes();
    gram_reader grams = { 0, 0, 0 };

    if (seeks_tiny(known))
        return true;
    for (const char *p = text; p < text + len; p++) {
        unsigned byte = bytes[(uint8_t)*p];
        char c = (char)(byte & BYTE_FOLDED);

        if ((byte & BYTE_TELLS) != 0)
            return true;
        if ((byte & BYTE_BASE64) != 0) {
            run = run != NULL ? run : p;
        } else if (run != NULL) {
            if (may_hold_decoded(known, run, (size_t)(p - run)))
                return true;
            run = NULL;
        }
        if (c == ' ' && grams.read > 0 && (char)grams.gram == ' ')
            continue;
        if (read_gram(&grams, known, c))
            return true;
    }
    return run != NULL && may_hold_decoded(known, run, (size_t)(text + len - run));
}

/* --- a closer look --- */

typedef struct {
    const secrets *known;
    const char *text;
    size_t len;
    bool is_challenge;
    bool decoded;    /* what is looked at was base64 */
    unsigned views;  /* that were looked at */
    uint32_t budget; /* bytes that may still be compared */
    uint8_t *hidden; /* one for each byte of the text; NULL: nothing is */
} search;

/* A run of characters that a text and a term have in common. */
typedef struct {
    const secret_term *term;
    size_t at; /* in the term */
    size_t len;
} common_run;

static bool is_whole(const common_run *run)
{
    return run->at == 0 && run->len == run->term->len;
}

/* Is it nothing that servers say anyway? */
static bool is_telling(const common_run *run)
{
    const char *text = run->term->text + run->at;
    bool letters = true;
    size_t distinct = 0;

    for (size_t i = 0; i < run->len; i++) {
        letters &= g_ascii_isalpha(text[i]) || text[i] == ' ' || (uint8_t)text[i] >= 0x80;
        distinct += memchr(text, text[i], i) == NULL;
    }
    return distinct >= RUN_DISTINCT_MIN && (!letters || run->len >= RUN_SURE_MIN);
}

/* Is the run, of SECRETS_RUN_MIN characters or more, to be hidden? */
static bool counts(const search *s, const common_run *run)
{
    unsigned flags = run->term->flags;

    if (is_whole(run))
        return true;
    if (s->is_challenge && (flags & TERM_ENCODED) != 0)
        return run->at == 0 && (!(flags & TERM_BINARY) || run->len >= RUN_BINARY_MIN);
    if ((flags & TERM_LINE) != 0 && s->known->spares_ordinary)
        return false; /* the words in it that matter are terms of their own */
    return run->at == 0 || is_telling(run);
}

/* Is the term looked for in what is looked at? */
static bool is_sought(const search *s, const secret_term *term)
{
    if ((term->flags & TERM_NEAR) != 0 && s->known->spares_ordinary)
        return false;
    return !s->decoded || ((term->flags & (TERM_ENCODED | TERM_NONCE)) == 0 && term->len >= GRAM);
}

static bool continues_character(char byte)
{
    return ((uint8_t)byte & 0xC0) == 0x80;
}

static void hide(search *s, const disguise_view *view, size_t from, size_t to)
{
    size_t begin = view->place[from].from, end = view->place[to - 1].to;

    while (begin < end && s->text[begin] == ' ') /* blanks around a secret tell nothing */
        begin++;
    while (end > begin && s->text[end - 1] == ' ')
        end--;
    while (s->decoded && end < s->len && s->text[end] == '=')
        end++;
    while (begin > 0 && continues_character(s->text[begin]))
        begin--;
    while (end < s->len && continues_character(s->text[end]))
        end++;
    if (s->hidden == NULL)
        s->hidden = g_new0(uint8_t, s->len);
    memset(s->hidden + begin, 1, end - begin);
}

static bool is_in_token(char c)
{
    return disguise_is_base64(c) || c == '.' || c == '~' || c == '=';
}

/* Hides a run, with what belongs to it: the padding of base64, and the rest of what isn't known
 * whole. */
static void hide_run(search *s, const disguise_view *view, size_t from, const common_run *run)
{
    size_t to = from + run->len;
    bool to_end = run->at + run->len == run->term->len;

    while (to < view->len && to_end && view->bytes[to] == '=')
        to++;
    while (to < view->len && to_end && (run->term->flags & TERM_CUT) != 0 &&
           is_in_token(view->bytes[to]))
        to++;
    hide(s, view, from, to);
}

/* The next place in a text where those bytes stand; NULL if there is none. */
static const char *find_bytes(const char *text, const char *end, const char *bytes, size_t len)
{
    while ((size_t)(end - text) >= len) {
        text = (const char *)memchr(text, *bytes, (size_t)(end - text) - len + 1);
        if (text == NULL || memcmp(text, bytes, len) == 0)
            return text;
        text++;
    }
    return NULL;
}

/* Finds the longest run that counts, of the term and what begins there in the view. */
static void find_in_term(const search *s, const secret_term *term, const char *text, size_t len,
                         common_run *best)
{
    const char *end = term->text + term->len;
    const char *at = term->text;

    for (unsigned i = 0; i < OCCURRENCES_MAX; i++, at++) {
        at = find_bytes(at, end, text, SECRETS_RUN_MIN);
        if (at == NULL)
            return;
        common_run run = { term, (size_t)(at - term->text), SECRETS_RUN_MIN };
        while (run.len < len && run.at + run.len < term->len && at[run.len] == text[run.len])
            run.len++;
        if (run.len > best->len && counts(s, &run))
            *best = run;
    }
}

/* Hides the longest run that begins there; returns its length, 0 if there is none. A text that takes too
 * long is hidden from there on. */
static size_t find_long(search *s, const disguise_view *view, size_t at)
{
    common_run best = { NULL, 0, 0 };

    if (s->budget < s->known->size) {
        hide(s, view, at, view->len);
        return view->len - at;
    }
    s->budget -= s->known->size;
    for (const secret *known = s->known->latest; known != NULL; known = known->older)
        for (const secret_term *term = known->terms; term != NULL; term = term->next)
            if (term->len >= SECRETS_RUN_MIN && is_sought(s, term))
                find_in_term(s, term, view->bytes + at, view->len - at, &best);
    if (best.len > 0)
        hide_run(s, view, at, &best);
    return best.len;
}

/* Does a word begin or end between these two bytes? It does between two lines. */
static bool is_border(const disguise_view *view, size_t at)
{
    if (at == 0 || at == view->len || view->place[at].from > view->place[at - 1].to)
        return true;
    return !g_ascii_isalnum(view->bytes[at - 1]) || !g_ascii_isalnum(view->bytes[at]);
}

/* Is a term of less than SECRETS_RUN_MIN characters, found there, to be hidden? */
static bool counts_short(const search *s, const secret_term *term, const disguise_view *view,
                         size_t at)
{
    bool is_word = is_border(view, at) && is_border(view, at + term->len);
    bool is_ordinary = term->len < GRAM || (term->flags & TERM_LETTERS) != 0;

    if (is_ordinary && s->known->spares_ordinary)
        return false;
    return is_word || (!is_ordinary && !(term->flags & TERM_DIGITS));
}

static void find_short(search *s, const disguise_view *view, size_t at)
{
    for (const secret *known = s->known->latest; known != NULL; known = known->older)
        for (const secret_term *term = known->terms; term != NULL; term = term->next)
            if (term->len < SECRETS_RUN_MIN && at + term->len <= view->len &&
                memcmp(term->text, view->bytes + at, term->len) == 0 && is_sought(s, term) &&
                counts_short(s, term, view, at))
                hide_run(s, view, at, &(common_run){ term, 0, term->len });
}

/* Looks for all that is known, at all places where the filters don't rule it out. */
static void find_all(search *s, const disguise_view *view)
{
    const secrets *known = s->known;

    for (size_t at = 0; at < view->len; at++) {
        const char *text = view->bytes + at;
        size_t left = view->len - at;

        if (seeks_tiny(known) || may_begin_short(known, text, left))
            find_short(s, view, at);
        if (may_begin_long(known, text, left)) {
            size_t found = find_long(s, view, at);

            if (found > SECRETS_RUN_MIN) /* what goes on behind the run begins here at the latest */
                at += found - SECRETS_RUN_MIN;
        }
    }
}

static void look(search *s, const disguise_view *view, unsigned depth)
{
    disguise_view folded = disguise_view_copy(view), seen;

    disguise_fold(&folded);
    find_all(s, &folded);
    disguise_view_free(&folded);
    if (depth == DEPTH_MAX || s->decoded)
        return;
    for (disguise way = DISGUISE_HTML; way < DISGUISE_COUNT && s->views < VIEWS_MAX; way++) {
        if (!disguise_read(view, way, &seen))
            continue;
        s->views++;
        s->decoded = way >= DISGUISE_BASE64_0;
        look(s, &seen, depth + 1);
        s->decoded = false;
        disguise_view_free(&seen);
    }
}

/* What is to be hidden: one byte for each of the text, not 0 where it is; NULL if nothing is. The
 * caller frees it with g_free(). */
static uint8_t *find_hidden(const secrets *known, const char *text, size_t len, bool is_challenge)
{
    search s = {
        .known = known, .text = text, .len = len, .is_challenge = is_challenge, .budget = BUDGET
    };
    disguise_view view;

    if (known == NULL || known->latest == NULL || !may_hold(known, text, len))
        return NULL;
    view = disguise_view_new(text, len);
    look(&s, &view, 0);
    disguise_view_free(&view);
    return s.hidden;
}

bool secrets_in(const secrets *known, const char *text, size_t len, bool is_challenge)
{
    uint8_t *hidden = find_hidden(known, text, len, is_challenge);

    g_free(hidden);
    return hidden != NULL;
}

bool secrets_in_earlier(const secrets *known, const char *text, size_t len)
{
    secrets earlier;

    if (known == NULL || known->latest == NULL)
        return false;
    earlier = *known;
    if (!known->latest->was_secret)
        earlier.latest = known->latest->older;
    return secrets_in(&earlier, text, len, false);
}

char *secrets_hide(const secrets *known, char *text, bool is_challenge)
{
    size_t len = strlen(text);
    uint8_t *hidden = find_hidden(known, text, len, is_challenge);
    GString *shown;

    if (hidden == NULL)
        return text;
    shown = g_string_sized_new(len);
    for (size_t i = 0; i < len; i++)
        if (hidden[i] == 0)
            g_string_append_c(shown, text[i]);
        else if (i == 0 || hidden[i - 1] == 0)
            g_string_append(shown, SECRETS_HIDDEN);
    g_free(hidden);
    sasl_overwrite(text, len);
    g_free(text);
    return g_string_free(shown, FALSE);
}
