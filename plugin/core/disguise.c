/* disguise.c
 * A text without what servers put words into: HTML, percent signs, backslashes, base64.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "disguise.h"

#include <string.h>

#include "sasl.h"

#define BASE64_RUN_MIN 6 /* four characters */
#define ENTITY_MAX 10    /* of "&lbrace;" and of numbers */
#define WIDE_FIRST 0xFF01
#define WIDE_LAST 0xFF5E
#define WIDE_OFFSET 0xFEE0

/* --- views --- */

static disguise_view make_view(size_t room)
{
    disguise_view view = { g_new(char, room + 1), g_new(disguise_place, room + 1), 0 };

    return view;
}

void disguise_view_free(disguise_view *view)
{
    sasl_overwrite(view->bytes, view->len);
    g_free(view->bytes);
    g_free(view->place);
    view->bytes = NULL;
    view->place = NULL;
    view->len = 0;
}

static void add(disguise_view *view, char byte, size_t from, size_t to)
{
    view->bytes[view->len] = byte;
    view->place[view->len].from = (uint16_t)from;
    view->place[view->len].to = (uint16_t)to;
    view->len++;
}

disguise_view disguise_view_new(const char *text, size_t len)
{
    disguise_view view;

    len = MIN(len, DISGUISE_TEXT_MAX);
    view = make_view(len);
    for (size_t i = 0; i < len; i++)
        if (text[i] != DISGUISE_JOINT)
            add(&view, text[i], i, i + 1);
    return view;
}

disguise_view disguise_view_copy(const disguise_view *view)
{
    disguise_view copy = make_view(view->len);

    memcpy(copy.bytes, view->bytes, view->len);
    memcpy(copy.place, view->place, view->len * sizeof *view->place);
    copy.len = view->len;
    return copy;
}

/* --- characters in disguise --- */

/* Reads the disguise of a character that begins at text[0], of len bytes. Returns its length, 0 if
 * there is none. */
typedef size_t (*decoder)(const char *text, size_t len, gunichar *c);

/* The number of a digit in that base; -1 if it isn't one. */
static int digit_in(char digit, unsigned base)
{
    int value = g_ascii_xdigit_value(digit);

    return value >= 0 && value < (int)base ? value : -1;
}

/* Reads at most so many digits; returns how many there are. */
static size_t read_number(const char *text, size_t len, unsigned base, size_t most, gunichar *value)
{
    size_t digits = 0;

    *value = 0;
    while (digits < MIN(len, most) && digit_in(text[digits], base) >= 0)
        *value = *value * base + (gunichar)digit_in(text[digits++], base);
    return digits;
}

/* HTML's names of what is in ASCII, and of the blank that doesn't break. */
static const struct {
    const char *name;
    char c;
} entities[] = {
    { "lt", '<' },     { "gt", '>' },     { "amp", '&' },    { "quot", '"' },   { "apos", '\'' },
    { "nbsp", ' ' },   { "excl", '!' },   { "num", '#' },    { "dollar", '$' }, { "percnt", '%' },
    { "lpar", '(' },   { "rpar", ')' },   { "ast", '*' },    { "plus", '+' },   { "comma", ',' },
    { "period", '.' }, { "sol", '/' },    { "colon", ':' },  { "semi", ';' },   { "equals", '=' },
    { "quest", '?' },  { "commat", '@' }, { "lsqb", '[' },   { "lbrack", '[' }, { "bsol", '\\' },
    { "rsqb", ']' },   { "rbrack", ']' }, { "Hat", '^' },    { "lowbar", '_' }, { "grave", '`' },
    { "lcub", '{' },   { "lbrace", '{' }, { "verbar", '|' }, { "vert", '|' },   { "rcub", '}' },
    { "rbrace", '}' }, { "hyphen", '-' }, { "dash", '-' },   { "Tab", '\t' },
};

static size_t decode_entity_name(const char *name, size_t len, gunichar *c)
{
    for (size_t i = 0; i < G_N_ELEMENTS(entities); i++)
        if (strlen(entities[i].name) == len &&
            g_ascii_strncasecmp(entities[i].name, name, len) == 0) {
            *c = (gunichar)entities[i].c;
            return len;
        }
    return 0;
}

static size_t decode_html(const char *text, size_t len, gunichar *c)
{
    bool hex = len > 2 && text[1] == '#' && g_ascii_tolower(text[2]) == 'x';
    size_t begin = hex ? 3 : 2, used;

    if (len > 2 && text[1] == '#') {
        used = read_number(text + begin, len - begin, hex ? 16 : 10, ENTITY_MAX - begin, c);
        used = used > 0 ? begin + used : 0;
    } else {
        const char *end = (const char *)memchr(text, ';', MIN(len, ENTITY_MAX));

        used = end != NULL && decode_entity_name(text + 1, (size_t)(end - text) - 1, c) > 0
                   ? (size_t)(end - text)
                   : 0;
    }
    return used > 0 && used < len && text[used] == ';' ? used + 1 : used;
}

/* %HH and =HH */
static size_t decode_hex(const char *text, size_t len, gunichar *c)
{
    return len > 2 && read_number(text + 1, len - 1, 16, 2, c) == 2 ? 3 : 0;
}

/* \xHH \uHHHH \ooo, or any other character */
static size_t decode_backslash(const char *text, size_t len, gunichar *c)
{
    size_t used;

    if (len < 2)
        return 0;
    if (g_ascii_tolower(text[1]) == 'x' && read_number(text + 2, len - 2, 16, 2, c) == 2)
        return 4;
    if (g_ascii_tolower(text[1]) == 'u' && read_number(text + 2, len - 2, 16, 4, c) == 4)
        return 6;
    used = read_number(text + 1, len - 1, 8, 3, c);
    if (used == 3)
        return 4;
    *c = (uint8_t)text[1];
    return 2;
}

static const struct {
    char mark;
    bool gives_bytes; /* of UTF-8, not characters */
    decoder decode;
} decoders[DISGUISE_COUNT] = {
    [DISGUISE_HTML] = { '&', false, decode_html },
    [DISGUISE_URL] = { '%', true, decode_hex },
    [DISGUISE_QUOTED] = { '=', true, decode_hex },
    [DISGUISE_BACKSLASH] = { '\\', false, decode_backslash },
};

static void add_character(disguise_view *view, gunichar c, bool is_byte, size_t from, size_t to)
{
    char utf8[6];
    int len = 1;

    if (c < 0x80 || is_byte)
        utf8[0] = (char)c;
    else
        len = g_unichar_validate(c) ? g_unichar_to_utf8(c, utf8) : 0;
    for (int i = 0; i < len; i++)
        add(view, utf8[i], from, to);
}

/* Each disguise is at least as long as the UTF-8 of what it stands for. */
static bool read_characters(const disguise_view *view, disguise way, disguise_view *seen)
{
    bool found = false;
    gunichar c = 0;

    for (size_t at = 0, used; at < view->len; at += used) {
        used = view->bytes[at] == decoders[way].mark
                   ? decoders[way].decode(view->bytes + at, view->len - at, &c)
                   : 0;
        size_t from = view->place[at].from;
        if (used > 0) {
            /* a backslash stands for itself, before a byte of UTF-8 that is no character */
            add_character(seen, c, decoders[way].gives_bytes || (used == 2 && c >= 0x80), from,
                          view->place[at + used - 1].to);
            found = true;
        } else {
            used = 1;
            add(seen, view->bytes[at], from, view->place[at].to);
        }
    }
    return found;
}

/* --- base64 --- */

/* Base64 of a text has digits, or upper case behind lower case; words don't. */
bool disguise_looks_like_base64(const char *run, size_t len)
{
    bool lower = false;

    if (len < BASE64_RUN_MIN)
        return false;
    for (size_t i = 0; i < len; i++) {
        if (g_ascii_isdigit(run[i]) || (lower && g_ascii_isupper(run[i])))
            return true;
        lower |= g_ascii_islower(run[i]);
    }
    return false;
}

static unsigned value_of(char digit)
{
    if (g_ascii_isupper(digit))
        return (unsigned)(digit - 'A');
    if (g_ascii_islower(digit))
        return (unsigned)(digit - 'a') + 26;
    if (g_ascii_isdigit(digit))
        return (unsigned)(digit - '0') + 52;
    return digit == '+' || digit == '-' ? 62 : 63;
}

/* Adds what the run stands for: of each four characters three bytes. */
static void add_decoded(disguise_view *seen, const disguise_view *view, size_t at, size_t end)
{
    unsigned bits = 0, held = 0;
    size_t first = at; /* of those that the next byte is made of */

    for (; at < end; at++) {
        bits = bits << 6 | value_of(view->bytes[at]);
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        add(seen, (char)(bits >> held), view->place[first].from, view->place[at].to);
        first = held > 0 ? at : at + 1;
    }
}

size_t disguise_decode_base64(const char *text, size_t len, char *decoded)
{
    unsigned bits = 0, held = 0;
    size_t count = 0;

    for (size_t i = 0; i < len; i++) {
        bits = bits << 6 | value_of(text[i]);
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        decoded[count++] = (char)(bits >> held);
    }
    return count;
}

static bool read_base64(const disguise_view *view, size_t left_out, disguise_view *seen)
{
    bool found = false;

    for (size_t at = 0, end; at < view->len; at = end) {
        for (end = at; end < view->len && disguise_is_base64(view->bytes[end]);)
            end++;
        if (end > at + left_out && disguise_looks_like_base64(view->bytes + at, end - at)) {
            add_decoded(seen, view, at + left_out, end);
            found = true;
        }
        if (end == at)
            end++;
        /* what is no base64 separates */
        add(seen, '\n', view->place[end - 1].from, view->place[end - 1].to);
    }
    return found;
}

bool disguise_read(const disguise_view *view, disguise way, disguise_view *seen)
{
    bool found;

    if (decoders[way].mark != '\0' && memchr(view->bytes, decoders[way].mark, view->len) == NULL)
        return false;
    *seen = make_view(view->len);
    found = decoders[way].mark != '\0' ? read_characters(view, way, seen)
                                       : read_base64(view, (size_t)way - DISGUISE_BASE64_0, seen);
    if (!found)
        disguise_view_free(seen);
    return found;
}

/* --- folding --- */

size_t disguise_fold_ascii(const char *text, size_t len, char *folded)
{
    size_t kept = 0;

    for (size_t i = 0; i < len; i++) {
        char c = disguise_fold_byte(text[i]);

        if (c != ' ' || kept == 0 || folded[kept - 1] != ' ')
            folded[kept++] = c;
    }
    return kept;
}

static gunichar fold_character(gunichar c)
{
    if (c >= WIDE_FIRST && c <= WIDE_LAST)
        return (uint8_t)disguise_fold_byte((char)(c - WIDE_OFFSET));
    switch (c) {
    case 0x2018:
    case 0x2019:
    case 0x00B4:
        return '\'';
    case 0x201C:
    case 0x201D:
        return '"';
    case 0x2010:
    case 0x2011:
        return ' '; /* as the hyphen of ASCII */
    default:
        return g_unichar_isspace(c) ? ' ' : g_unichar_tolower(c);
    }
}

/* Reads the character at *at, folded, as UTF-8; returns how many bytes that has. A byte that is none
 * stays as it is. */
static int read_folded(const disguise_view *view, size_t *at, char utf8[6])
{
    const char *text = view->bytes + *at;
    gunichar c =
        (uint8_t)*text < 0x80 ? 0 : g_utf8_get_char_validated(text, (gssize)(view->len - *at));
    size_t used = c != 0 && g_unichar_validate(c) ? (size_t)g_utf8_skip[(uint8_t)*text] : 1;

    *at += used;
    utf8[0] = disguise_fold_byte(*text);
    if (used == 1)
        return 1;
    int len = g_unichar_to_utf8(fold_character(c), utf8);
    if (len > (int)used) { /* what is shorter in upper case */
        memcpy(utf8, text, used);
        len = (int)used;
    }
    return len;
}

void disguise_fold(disguise_view *view)
{
    size_t read = 0, kept = 0;

    while (read < view->len) {
        char utf8[6];
        size_t begin = read;
        int len = read_folded(view, &read, utf8);
        disguise_place place = { view->place[begin].from, view->place[read - 1].to };

        if (utf8[0] == ' ' && kept > 0 && view->bytes[kept - 1] == ' ') {
            view->place[kept - 1].to = place.to;
            continue;
        }
        for (int i = 0; i < len; i++, kept++) {
            view->bytes[kept] = utf8[i];
            view->place[kept] = place;
        }
    }
    view->len = kept;
}
