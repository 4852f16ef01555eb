/* page.c
 * A page of text for a terminal: headlines, paragraphs and columns, wrapped to a width.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "page.h"

#include <string.h>

#include <glib.h>

/* Narrower pages have no room for two paragraphs side by side. */
#define PAGE_PAIR_MIN 64

/* Columns between two paragraphs. */
#define GUTTER 2

/* Red is readable on black and on white, if bold. */
#define BOLD "\033[1m"
#define BOLD_RED "\033[1;31m"
#define PLAIN "\033[0m"

page page_new(wmem_allocator_t *scope, unsigned width, bool coloured)
{
    page made = { .text = wmem_strbuf_new(scope, ""),
                  .width = CLAMP(width, PAGE_WIDTH_MIN, PAGE_WIDTH_MAX),
                  .coloured = coloured };

    return made;
}

static unsigned columns_of(const char *text, size_t len)
{
    unsigned columns = 0;

    for (const char *at = text; at < text + len; at = g_utf8_next_char(at)) {
        gunichar c = g_utf8_get_char(at);

        if (!g_unichar_iszerowidth(c))
            columns += g_unichar_iswide(c) ? 2 : 1;
    }
    return columns;
}

unsigned page_columns(const char *text)
{
    return columns_of(text, strlen(text));
}

/* --- where a line may end --- */

/* What must not begin a line, and what must not end one, in a text without blanks. */
static const char *const closing = ",.;:!?)]}%，。、；：！？）》」』】〕〉％”’…";
static const char *const opening = "([{（《「『【〔〈“‘";

static bool is_one_of(const char *signs, gunichar c)
{
    return g_utf8_strchr(signs, -1, c) != NULL;
}

/* Chinese, Japanese and Korean have no blanks between words: a line may end beside any wide character. */
static bool may_break(gunichar before, gunichar behind)
{
    return (g_unichar_iswide(before) || g_unichar_iswide(behind)) && !is_one_of(opening, before) &&
           !is_one_of(closing, behind) && !g_unichar_iszerowidth(behind);
}

/* How long a word is that a line can't break. */
static size_t word_length(const char *word)
{
    const char *at = word, *next;

    while (*at != '\0' && *at != ' ') {
        next = g_utf8_next_char(at);
        if (*next != '\0' && ((*at | *next) & 0x80) != 0 &&
            may_break(g_utf8_get_char(at), g_utf8_get_char(next)))
            return (size_t)(next - word);
        at = next;
    }
    return (size_t)(at - word);
}

/* The first word of a text: where it begins and ends. */
static const char *next_word(const char *text, size_t *len)
{
    text += strspn(text, " ");
    *len = word_length(text);
    return text;
}

/* Takes one line of at most room columns off a text: *len bytes. A word that is longer than that gets
 * a line of its own. Returns what is left. */
static const char *take_line(const char *text, unsigned room, const char **line, size_t *len)
{
    size_t word_len;
    const char *word = next_word(text, &word_len);

    *line = word;
    *len = 0;
    while (word_len > 0) {
        size_t reach = (size_t)(word - *line) + word_len;

        if (*len > 0 && columns_of(*line, reach) > room)
            break;
        *len = reach;
        text = word + word_len;
        word = next_word(text, &word_len);
    }
    return word;
}

static void add_blanks(page *p, unsigned count)
{
    wmem_strbuf_append_printf(p->text, "%*s", (int)count, "");
}

/* The lines of a paragraph, the first of which goes where the page ends now. */
static void add_lines(page *p, unsigned indent, const char *text)
{
    const char *line;
    size_t len;

    while (text[strspn(text, " ")] != '\0') {
        text = take_line(text, p->width - indent, &line, &len);
        wmem_strbuf_append_printf(p->text, "%.*s\n", (int)len, line);
        if (*text != '\0')
            add_blanks(p, indent);
    }
}

static void add_standing_out(page *p, page_style style, unsigned indent, const char *text)
{
    add_blanks(p, indent);
    if (p->coloured)
        wmem_strbuf_append(p->text, style == PAGE_ALARM ? BOLD_RED : BOLD);
    add_lines(p, indent, text);
    if (p->coloured) {
        wmem_strbuf_truncate(p->text, wmem_strbuf_get_len(p->text) - 1);
        wmem_strbuf_append(p->text, PLAIN "\n");
    }
}

void page_headline(page *p, const char *text)
{
    add_standing_out(p, PAGE_HEADLINE, 0, text);
}

void page_alarm(page *p, unsigned indent, const char *text)
{
    add_standing_out(p, PAGE_ALARM, indent, text);
}

void page_split(page *p, page_style style, const char *text, const char *right)
{
    const unsigned used = page_columns(text) + page_columns(right);

    add_standing_out(p, style, 0, text);
    if (used + GUTTER <= p->width)
        wmem_strbuf_truncate(p->text, wmem_strbuf_get_len(p->text) - 1);
    else
        wmem_strbuf_append(p->text, "   ");
    wmem_strbuf_append_printf(p->text, "%*s%s\n",
                              (int)(used + GUTTER <= p->width ? p->width - used : 0), "", right);
}

void page_text(page *p, unsigned indent, const char *text)
{
    add_blanks(p, indent);
    add_lines(p, indent, text);
}

void page_line(page *p, unsigned indent, const char *text)
{
    add_blanks(p, indent);
    wmem_strbuf_append_printf(p->text, "%s\n", text);
}

/* A label that fills its column still gets a space behind it. */
static void add_label(page *p, const char *label)
{
    unsigned used = page_columns(label);

    wmem_strbuf_append(p->text, label);
    add_blanks(p, used < PAGE_LABEL ? PAGE_LABEL - used : 1);
}

void page_item(page *p, const char *label, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    add_label(p, label);
    add_lines(p, PAGE_LABEL, text);
}

static void add_side_by_side(page *p, const char *label, const char *left, const char *right)
{
    const unsigned room = (p->width - PAGE_LABEL - GUTTER) / 2;

    add_label(p, label);
    while (*left != '\0' || *right != '\0') {
        const char *line[2];
        size_t len[2];

        left = take_line(left, room, &line[0], &len[0]);
        right = take_line(right, room, &line[1], &len[1]);
        wmem_strbuf_append_printf(p->text, "%.*s", (int)len[0], line[0]);
        if (len[1] > 0) {
            add_blanks(p, room - MIN(room, columns_of(line[0], len[0])) + GUTTER);
            wmem_strbuf_append_printf(p->text, "%.*s", (int)len[1], line[1]);
        }
        wmem_strbuf_append_c(p->text, '\n');
        if (*left != '\0' || *right != '\0')
            add_blanks(p, PAGE_LABEL);
    }
}

void page_pair(page *p, const page_sides *sides, const char *label, const char *left,
               const char *right)
{
    if (p->width >= PAGE_PAIR_MIN) {
        add_side_by_side(p, label, left, right);
        return;
    }
    wmem_strbuf_append_printf(p->text, "%s\n", label);
    page_item(p, sides->left_name, left);
    page_item(p, sides->right_name, right);
}

void page_gap(page *p)
{
    if (wmem_strbuf_get_len(p->text) > 0)
        wmem_strbuf_append_c(p->text, '\n');
}
