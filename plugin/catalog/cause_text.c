/* cause_text.c
 * The server's words, made ready to be searched for words and phrases.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause_text.h"

#include <string.h>

#include <glib.h>

/* What a word or a name can't contain. "'" is no border: "doesn't". */
#define BORDERS " \t<>()[]{}\"`,;|="

/* From here on UTF-8's first byte is that of a script without spaces between words. */
#define FIRST_BYTE_UNSPACED 0xE3

static unsigned begin_bit(const char *word)
{
    return ((uint8_t)word[0] * 31u + (uint8_t)word[1]) % 1024;
}

static void begin_word(cause_text *out, size_t used)
{
    if (used > 0)
        out->words[used - 1] = ' ';
    out->word[out->count++] = (uint16_t)used;
}

/* "é" is "e", and so on; other scripts stay as they are. */
static gunichar fold(gunichar c)
{
    gunichar base, accent;

    c = g_unichar_tolower(c);
    if (c > 0x7F && g_unichar_decompose(c, &base, &accent) && base <= 0x7F)
        return base;
    return c;
}

static bool is_apostrophe(gunichar c)
{
    return c == '\'' || c == 0x2019;
}

/* Is the dot of "a.b" one in a name? At the end of a sentence without a space, "later.Please", it
 * isn't. */
static bool is_name_dot(const char *dot, const char *begin)
{
    return dot > begin && g_ascii_isalnum(dot[-1]) && g_ascii_isalnum(dot[1]) &&
           !(g_ascii_islower(dot[-1]) && g_ascii_isupper(dot[1]));
}

/* How long is the name of somebody or something that stands here, len bytes before a border? 0: it is none. */
static size_t name_length(const char *text, size_t len)
{
    bool name = false;

    if (g_str_has_prefix(text + len, "://"))
        return strcspn(text, " \t<>\"");
    for (const char *c = text; c < text + len && !name; c++)
        name = *c == '@' || (*c == '.' && is_name_dot(c, text));
    return name ? len : 0;
}

/* Adds what follows up to the next border. Returns the bytes of the words so far. */
static size_t add_words(cause_text *out, size_t used, const char *text, size_t len)
{
    bool open = false; /* a word has begun */

    for (const char *c = text; c < text + len; c = g_utf8_next_char(c)) {
        gunichar folded = fold(g_utf8_get_char(c));
        char bytes[6];
        gint n = g_unichar_to_utf8(folded, bytes);

        if (is_apostrophe(folded))
            continue;
        if (!g_unichar_isalnum(folded)) {
            open = false;
            continue;
        }
        if (used + (size_t)n + 2 > sizeof out->words)
            break;
        if (!open)
            begin_word(out, used > 0 ? ++used : 0);
        open = true;
        memcpy(out->words + used, bytes, (size_t)n);
        used += (size_t)n;
    }
    return used;
}

static void mark_begins(cause_text *out)
{
    for (unsigned i = 0; i < out->count; i++) {
        unsigned bit = begin_bit(out->words + out->word[i]);

        out->begins[bit / 32] |= 1u << bit % 32;
    }
}

/* "<someone@example.com>": whom the reply is about says nothing about why. */
static void blank_address(char *name, size_t len, const char *begin)
{
    if (name > begin && strchr("<[", name[-1]) != NULL && memchr(name, '@', len) != NULL)
        memset(name, ' ', len);
}

static void read_words(cause_text *out)
{
    size_t used = 0;

    for (char *c = out->whole; *c != '\0'; c += strspn(c, BORDERS ":")) {
        size_t len = strcspn(c, BORDERS ":");
        size_t name = name_length(c, len);

        if (name == 0)
            used = add_words(out, used, c, len);
        else
            blank_address(c, name, out->whole);
        c += MAX(len, name);
    }
}

void cause_text_read(cause_text *out, const char *text)
{
    const char *end;

    memset(out, 0, sizeof *out);
    if (text == NULL)
        return;
    memcpy(out->whole, text, strnlen(text, sizeof out->whole - 1));
    if (!g_utf8_validate(out->whole, -1, &end)) /* cut inside a character */
        out->whole[end - out->whole] = '\0';
    read_words(out);
    for (char *c = out->whole; *c != '\0'; c++)
        *c = g_ascii_tolower(*c);
    mark_begins(out);
}

static bool has_phrase(const cause_text *text, const char *phrase, size_t len)
{
    bool open_end = phrase[len - 1] == '*';
    unsigned bit = begin_bit(phrase);

    if ((text->begins[bit / 32] >> bit % 32 & 1) == 0)
        return false;
    len -= open_end;
    for (unsigned i = 0; i < text->count; i++) {
        const char *word = text->words + text->word[i];

        if (strncmp(word, phrase, len) == 0 && (open_end || word[len] == ' ' || word[len] == '\0'))
            return true;
    }
    return false;
}

static bool has_anywhere(const char *text, const char *phrase, size_t len)
{
    char needle[64];

    len = MIN(len, sizeof needle - 1);
    memcpy(needle, phrase, len);
    needle[len] = '\0';
    return len > 0 && strstr(text, needle) != NULL;
}

static bool has_one(const cause_text *text, const char *phrase, size_t len)
{
    if (phrase[0] == '~')
        return has_anywhere(text->whole, phrase + 1, len - 1);
    if ((uint8_t)phrase[0] >= FIRST_BYTE_UNSPACED)
        return has_anywhere(text->words, phrase, len);
    return has_phrase(text, phrase, len);
}

bool cause_text_has(const cause_text *text, const char *alternatives)
{
    for (const char *phrase = alternatives; *phrase != '\0';) {
        const char *end = strchr(phrase, '|');
        size_t len = end != NULL ? (size_t)(end - phrase) : strlen(phrase);

        if (has_one(text, phrase, len))
            return true;
        phrase += len;
        phrase += *phrase == '|';
    }
    return false;
}

/* "5.7.26", without a digit or a dot on either side */
static bool parse_enhanced(const char *text, enhanced_code *out)
{
    unsigned part[3];

    for (unsigned i = 0; i < G_N_ELEMENTS(part); i++) {
        size_t digits = strspn(text, "0123456789");

        if (digits == 0 || digits > 3 || (i > 0 && text[-1] != '.'))
            return false;
        part[i] = (unsigned)g_ascii_strtoull(text, NULL, 10);
        text += digits;
        if (i < 2 && *text++ != '.')
            return false;
    }
    *out = (enhanced_code){ (uint8_t)part[0], (uint16_t)part[1], (uint16_t)part[2] };
    return (part[0] == 4 || part[0] == 5) && !(text[0] == '.' && g_ascii_isdigit(text[1]));
}

bool cause_text_enhanced(const cause_text *text, enhanced_code *out)
{
    for (const char *c = text->whole; *c != '\0'; c++)
        if ((c == text->whole || (!g_ascii_isalnum(c[-1]) && c[-1] != '.')) &&
            parse_enhanced(c, out))
            return true;
    return false;
}
