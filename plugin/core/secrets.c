/* secrets.c
 * The latest secrets of a client, so that they can be left out of what the server says.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "secrets.h"
#include "secrets_private.h"

#include <string.h>

#include <glib.h>

#include "charset.h"
#include "disguise.h"
#include "mechanism.h"
#include "sasl.h"
#include "sasl_parts.h"
#include "words.h"

#define OPEN_FIRST_SIZE 64
#define PLAIN_MAX 512    /* bytes of a text that is folded at once */
#define TOP_LEVEL_MIN 2  /* letters of a top-level domain */
#define SENTENCE_WORDS 4 /* so many words are one, rather than a command */
#define WORDS_MAX 16     /* of a line */
#define BASE64_GROUP 4
#define BINARY_LEN_MIN 12 /* what is shorter is a word that happens to be base64 */
#define FILTER_BITS_MIN 9
#define FILTER_BITS_MAX 18
#define FILTER_BITS_PER_GRAM 8

/* --- hashes --- */

static uint64_t salt(void)
{
    static uint64_t value;

    if (value == 0)
        value = ((uint64_t)g_random_int() << 32 | g_random_int()) | 1;
    return value;
}

/* FNV-1a, begun with a salt. */
uint64_t secrets_hash(uint64_t before, const char *text, size_t len)
{
    uint64_t hash = before != 0 ? before : salt();

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
    return hash != 0 ? hash : 1;
}

/* --- the filter --- */

static void filter_add(uint8_t *filter, uint32_t at)
{
    filter[at / 8] |= (uint8_t)(1u << at % 8);
}

static void filter_term(secrets *known, const secret_term *term)
{
    if (term->len < GRAM) {
        known->has_tiny = true;
    } else if (term->len < SECRETS_RUN_MIN) {
        known->has_short = true;
        filter_add(known->short_filter,
                   secrets_gram_at(secrets_gram(term->text), SHORT_FILTER_BITS));
    } else {
        for (unsigned i = 0; i + GRAM <= term->len; i++)
            filter_add(known->filter,
                       secrets_gram_at(secrets_gram(term->text + i), known->filter_bits));
        known->filtered += term->len;
    }
}

static unsigned filter_bits_for(uint32_t grams)
{
    unsigned bits = FILTER_BITS_MIN;

    while (bits < FILTER_BITS_MAX && (UINT32_C(1) << bits) < 2 * FILTER_BITS_PER_GRAM * grams)
        bits++;
    return bits;
}

static void make_filter(secrets *known)
{
    uint32_t grams = 0;

    for (const secret *s = known->latest; s != NULL; s = s->older)
        for (const secret_term *term = s->terms; term != NULL; term = term->next)
            grams += term->len;
    wmem_free(known->scope, known->filter);
    known->filter_bits = (uint8_t)filter_bits_for(grams);
    known->filter = (uint8_t *)wmem_alloc0(known->scope, (size_t)1 << known->filter_bits >> 3);
    memset(known->short_filter, 0, sizeof known->short_filter);
    known->filtered = 0;
    known->has_tiny = known->has_short = false;
    for (const secret *s = known->latest; s != NULL; s = s->older)
        for (const secret_term *term = s->terms; term != NULL; term = term->next)
            filter_term(known, term);
}

static void filter_secret(secrets *known, const secret *added)
{
    uint32_t grams = known->filtered;

    for (const secret_term *term = added->terms; term != NULL; term = term->next)
        grams += term->len;
    if (known->filter == NULL || grams * FILTER_BITS_PER_GRAM > UINT32_C(1) << known->filter_bits) {
        make_filter(known);
        return;
    }
    for (const secret_term *term = added->terms; term != NULL; term = term->next)
        filter_term(known, term);
}

/* --- terms --- */

/* A secret that is being taken apart. */
typedef struct {
    wmem_allocator_t *scope;
    secret *secret;
    secret_term **end; /* where the next term goes */
    unsigned flags;    /* that all its terms have */
    size_t least;      /* bytes of a part */
} builder;

static uint8_t look_at(const char *text, size_t len)
{
    bool letters = true, digits = true;

    for (size_t i = 0; i < len; i++) {
        letters &= g_ascii_isalpha(text[i]) || text[i] == ' ' || (uint8_t)text[i] >= 0x80;
        digits &= g_ascii_isdigit(text[i]) != 0;
    }
    return (uint8_t)((letters ? TERM_LETTERS : 0) | (digits ? TERM_DIGITS : 0));
}

static bool has_term(const secret *s, const char *text, size_t len)
{
    for (const secret_term *term = s->terms; term != NULL; term = term->next)
        if (term->len == len && memcmp(term->text, text, len) == 0)
            return true;
    return false;
}

static void add_folded(builder *b, const char *text, size_t len, unsigned flags)
{
    size_t size = sizeof(secret_term) + len;
    secret_term *term;

    if (len == 0 || (len == 1 && *text == ' ') || has_term(b->secret, text, len))
        return;
    term = (secret_term *)wmem_alloc(b->scope, size);
    term->next = NULL;
    term->len = (uint16_t)len;
    term->flags = (uint16_t)(b->flags | flags);
    memcpy(term->text, text, len);
    *b->end = term;
    b->end = &term->next;
    b->secret->size += (uint32_t)size;
}

/* What isn't printable ASCII becomes what the server's words become, which it is compared with. */
static void add_other_term(builder *b, const char *text, size_t len, unsigned flags)
{
    char *printable = charset_printable(text, len, NULL);
    size_t printable_len = strlen(printable);
    disguise_view view = disguise_view_new(printable, printable_len);

    disguise_fold(&view);
    add_folded(b, view.bytes, view.len, flags | look_at(printable, printable_len));
    disguise_view_free(&view);
    sasl_overwrite(printable, printable_len);
    g_free(printable);
}

static bool is_plain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isprint(text[i]))
            return false;
    return len <= PLAIN_MAX && len > 0 && text[0] != ' ' && text[len - 1] != ' ';
}

static void add_term(builder *b, const char *text, size_t len, unsigned flags)
{
    char folded[PLAIN_MAX];
    size_t folded_len;

    if (!is_plain(text, len)) {
        add_other_term(b, text, len, flags);
        return;
    }
    folded_len = disguise_fold_ascii(text, len, folded);
    add_folded(b, folded, folded_len, flags | look_at(text, len));
    sasl_overwrite(folded, folded_len);
}

static void add_part(void *user, const char *part, size_t len, bool is_nonce)
{
    builder *b = (builder *)user;

    if (len >= b->least)
        add_term(b, part, len, is_nonce ? TERM_NONCE : 0);
}

/* How much of a word is base64, or its form for URLs; 0 if not all of it is, but for the padding, which
 * may be missing. */
static size_t base64_len(const char *word, size_t len)
{
    size_t digits = 0, pads = 0;

    while (digits < len && disguise_is_base64(word[digits]))
        digits++;
    while (digits + pads < len && word[digits + pads] == '=')
        pads++;
    return digits + pads == len && pads <= 2 ? digits : 0;
}

/* Is it UTF-8, with NULs? */
static bool is_utf8(const char *text, size_t len)
{
    const char *end = text + len, *valid;

    while (!g_utf8_validate(text, end - text, &valid)) {
        if (valid == end || *valid != '\0')
            return false;
        text = valid + 1;
    }
    return true;
}

/* Adds the parts of what base64 stands for, which begins with what it stands for if it is whole. False if
 * that is no text; *sure if it is UTF-8. */
static bool add_parts(builder *b, const char *base64, size_t len, bool whole, bool *sure)
{
    char *decoded = (char *)g_malloc(len);
    size_t decoded_len = disguise_decode_base64(base64, len, decoded);
    bool valid = is_utf8(decoded, decoded_len);
    bool is_text;

    /* bytes that happen to be a letter or two are no secret */
    b->least = valid && whole ? 1 : GRAM;
    is_text = sasl_parts_read(decoded, decoded_len, add_part, b) == SASL_PARTS_TEXT;
    *sure = is_text && valid;
    sasl_overwrite(decoded, decoded_len);
    g_free(decoded);
    return is_text;
}

/* Adds the parts of a word that is base64; returns the flags of the word itself. Its beginning may be
 * missing from the capture: what is no text may be one from another character on. */
static unsigned add_decoded(builder *b, const char *base64, size_t len)
{
    bool sure = false, is_text = false;

    for (size_t left_out = 0; left_out < BASE64_GROUP && left_out + 1 < len && !sure; left_out++)
        is_text |= add_parts(b, base64 + left_out, len - left_out, left_out == 0, &sure);
    if (is_text)
        return TERM_ENCODED;
    return len / BASE64_GROUP * 3 >= BINARY_LEN_MIN ? TERM_ENCODED | TERM_BINARY : 0;
}

/* A word as it was sent, and what its base64 stands for. */
static void add_word(builder *b, const char *word, size_t len, unsigned flags)
{
    size_t digits = base64_len(word, len), bare = len;
    secret parts = { 0 };
    builder of_parts = { b->scope, &parts, &parts.terms, b->flags | TERM_PART, 1 };

    while (bare > 1 && word[bare - 1] == '=')
        bare--;
    if (digits > 1)
        flags |= add_decoded(&of_parts, word, digits);
    add_term(b, word, bare, flags);
    *b->end = parts.terms;
    if (parts.terms != NULL)
        b->end = of_parts.end;
    b->secret->size += parts.size;
}

/* --- lines --- */

static bool is_blank(char c)
{
    return g_ascii_isspace(c) || c == '\v' || c == '\0';
}

/* Takes the next word off a text; false if there is none. */
static bool next_word(const char **at, const char *end, const char **word, size_t *len)
{
    while (*at < end && is_blank(**at))
        (*at)++;
    *word = *at;
    while (*at < end && !is_blank(**at))
        (*at)++;
    *len = (size_t)(*at - *word);
    return *len > 0;
}

static bool is_mechanism(const char *word, size_t len)
{
    char name[MECHANISM_NAME_MAX + 1];

    return mechanism_from_argument(word, len, name) && mechanism_known(name) != NULL;
}

/* A domain or an address, perhaps in brackets, which are shown. */
static bool is_public(const char *word, size_t len)
{
    const char *end = word + len, *top = NULL;

    while (end > word && g_ascii_ispunct(end[-1]))
        end--;
    for (const char *p = word; p < end; p++)
        if (*p == '.')
            top = p + 1;
        else if (!g_ascii_isalnum(*p) && strchr("-_@<\"'(", *p) == NULL)
            return false;
    if (top == NULL || end - top < TOP_LEVEL_MIN)
        return false;
    while (top < end && g_ascii_isalpha(*top))
        top++;
    return top == end;
}

/* A word among others: what is no ordinary one may be a secret. The first and the last may be, too; in a
 * sentence they rather aren't. */
static void add_word_of_line(builder *b, const char *word, size_t len, bool at_border, size_t count)
{
    bool is_letters = (look_at(word, len) & TERM_LETTERS) != 0;

    if (is_public(word, len) || len < GRAM || (is_letters && !at_border))
        return;
    add_word(b, word, len, is_letters && count >= SENTENCE_WORDS ? TERM_NEAR : 0);
}

static size_t count_words(const char *text, const char *end)
{
    const char *word;
    size_t count = 0, len;

    while (next_word(&text, end, &word, &len))
        count++;
    return count;
}

static void add_words(builder *b, const char *text, const char *end, secrets_kind kind)
{
    size_t count = count_words(text, end), nth = 0, len;
    const char *at = text, *word;
    bool after_auth = false;

    while (next_word(&at, end, &word, &len) && nth < WORDS_MAX) {
        nth++;
        if ((nth == 1 && count > 1 && words_equal(word, len, "AUTH")) ||
            (nth == 2 && after_auth && is_mechanism(word, len)))
            after_auth = true;
        else if (count == 1 || kind == SECRETS_RESPONSE)
            add_word(b, word, len, 0);
        else
            add_word_of_line(b, word, len, nth == 1 || nth == count, count);
    }
    if (count > 1 && !after_auth)
        add_term(b, text, (size_t)(end - text), kind == SECRETS_LINE ? TERM_LINE : 0);
}

/* --- keeping --- */

static void free_term(secrets *known, secret_term *term)
{
    sasl_overwrite(term->text, term->len);
    wmem_free(known->scope, term);
}

static secret *free_secret(secrets *known, secret *s)
{
    secret *older = s->older;

    for (secret_term *term = s->terms, *next; term != NULL; term = next) {
        next = term->next;
        free_term(known, term);
    }
    known->size -= s->size;
    known->count[s->kind]--;
    wmem_free(known->scope, s);
    return older;
}

/* Frees the oldest of that kind, but never the latest. */
static bool forget_oldest(secrets *known, secrets_kind kind)
{
    secret **oldest = NULL;

    for (secret **at = &known->latest->older; *at != NULL; at = &(*at)->older)
        if ((*at)->kind == kind)
            oldest = at;
    if (oldest != NULL)
        *oldest = free_secret(known, *oldest);
    return oldest != NULL;
}

static void make_room(secrets *known)
{
    static const uint16_t most[] = {
        [SECRETS_RESPONSE] = SECRETS_RESPONSES_MAX, [SECRETS_LINE] = SECRETS_LINES_MAX
    };

    for (int kind = SECRETS_LINE; kind >= SECRETS_RESPONSE; kind--)
        while ((known->count[kind] > most[kind] || known->size > SECRETS_BYTES_MAX) &&
               forget_oldest(known, (secrets_kind)kind))
            ;
}

static bool is_equal(const secret_term *a, const secret_term *b)
{
    return a->len == b->len && memcmp(a->text, b->text, a->len) == 0;
}

/* The next term that is no part: what a name stands for is forgotten. */
static const secret_term *skip_parts(const secret_term *term)
{
    while (term != NULL && (term->flags & TERM_PART) != 0)
        term = term->next;
    return term;
}

/* Was the same sent? */
static bool are_same(const secret *a, const secret *b)
{
    const secret_term *of_a = skip_parts(a->terms), *of_b = skip_parts(b->terms);

    while (of_a != NULL && of_b != NULL && is_equal(of_a, of_b)) {
        of_a = skip_parts(of_a->next);
        of_b = skip_parts(of_b->next);
    }
    return of_a == NULL && of_b == NULL;
}

/* The same secret again takes no more room. */
static void forget_same(secrets *known)
{
    secret *latest = known->latest;

    for (secret **at = &latest->older; *at != NULL;)
        if ((*at)->kind == latest->kind && are_same(*at, latest)) {
            latest->was_secret |= !(*at)->is_name;
            *at = free_secret(known, *at);
        } else {
            at = &(*at)->older;
        }
}

static void keep(secrets *known, secrets_kind kind)
{
    secret *s = wmem_new0(known->scope, secret);
    builder b = { known->scope, s, &s->terms, 0, 1 };
    const char *text = known->open, *end = text + known->open_len;

    if (known->open_cut)
        b.flags |= TERM_CUT;
    add_words(&b, text, end, kind);
    s->size += (uint32_t)sizeof *s;
    s->kind = (uint8_t)kind;
    s->older = known->latest;
    known->latest = s;
    known->size += s->size;
    known->count[kind]++;
    forget_same(known);
    make_room(known);
    filter_secret(known, s);
}

/* --- reading --- */

static void grow_open(secrets *known, size_t needed)
{
    size_t size = MAX(known->open_size, OPEN_FIRST_SIZE);
    char *open;

    if (needed <= known->open_size)
        return;
    while (size < needed)
        size *= 2;
    open = (char *)wmem_alloc(known->scope, size);
    if (known->open != NULL) {
        memcpy(open, known->open, known->open_len);
        sasl_overwrite(known->open, known->open_len);
        wmem_free(known->scope, known->open);
    }
    known->open = open;
    known->open_size = (uint16_t)size;
}

secrets *secrets_read(wmem_allocator_t *scope, secrets *known, const char *text, size_t len)
{
    size_t taken;

    if (len == 0)
        return known;
    if (known == NULL) {
        known = wmem_new0(scope, secrets);
        known->scope = scope;
    }
    taken = MIN(len, (size_t)SECRETS_LEN_MAX - known->open_len);
    if (taken > 0) {
        grow_open(known, known->open_len + taken);
        memcpy(known->open + known->open_len, text, taken);
        known->open_len = (uint16_t)(known->open_len + taken);
    }
    known->open_cut |= taken < len;
    return known;
}

bool secrets_are_open(const secrets *known)
{
    return known != NULL && known->open != NULL;
}

void secrets_drop(secrets *known)
{
    if (known == NULL || known->open == NULL)
        return;
    sasl_overwrite(known->open, known->open_len);
    wmem_free(known->scope, known->open);
    known->open = NULL;
    known->open_len = known->open_size = 0;
    known->open_cut = false;
}

/* "*" cancels, and "=" is an empty response (RFC 4954, section 4). */
static bool says_something(const secrets *known)
{
    const char *at = known->open, *word, *next;
    size_t len, next_len;

    if (at == NULL || !next_word(&at, known->open + known->open_len, &word, &len))
        return false;
    return len > 1 || strchr("*=", *word) == NULL ||
           next_word(&at, known->open + known->open_len, &next, &next_len);
}

void secrets_end(secrets *known, secrets_kind kind, bool is_cut)
{
    if (!secrets_are_open(known))
        return;
    known->open_cut |= is_cut;
    if (says_something(known))
        keep(known, kind);
    secrets_drop(known);
}

void secrets_forget_last(secrets *known)
{
    secret *last = known != NULL ? known->latest : NULL;
    uint32_t freed = 0;

    if (last == NULL || last->terms == NULL || last->was_secret)
        return;
    for (secret_term **at = &last->terms; *at != NULL;) {
        secret_term *term = *at;

        if ((term->flags & TERM_PART) == 0) {
            at = &term->next;
            continue;
        }
        *at = term->next;
        freed += (uint32_t)(sizeof *term + term->len);
        free_term(known, term);
    }
    last->is_name = true;
    last->size -= freed;
    known->size -= freed;
}

void secrets_spare_ordinary(secrets *known, bool spares_ordinary)
{
    if (known != NULL)
        known->spares_ordinary = spares_ordinary;
}

void secrets_free(wmem_allocator_t *scope, secrets *known)
{
    if (known == NULL)
        return;
    secrets_drop(known);
    while (known->latest != NULL)
        known->latest = free_secret(known, known->latest);
    if (known->filter != NULL)
        sasl_overwrite(known->filter, (size_t)1 << known->filter_bits >> 3);
    wmem_free(known->scope, known->filter);
    sasl_overwrite(known, sizeof *known);
    wmem_free(scope, known);
}
