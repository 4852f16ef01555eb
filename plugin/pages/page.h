/* page.h
 * A page of text for a terminal: headlines, paragraphs and columns, wrapped to a width.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_PAGE_H
#define SMTP_EXPLAIN_PAGES_PAGE_H

#include <stdbool.h>

#include <wsutil/wmem/wmem.h>

#define PAGE_WIDTH_MIN 40
#define PAGE_WIDTH_MAX 80

/* Where the text behind a label begins. */
#define PAGE_LABEL 12

typedef struct {
    wmem_strbuf_t *text;
    unsigned width; /* columns */
    bool coloured;
} page;

/* An empty page. Its text lives in scope. The width is brought between PAGE_WIDTH_MIN and
 * PAGE_WIDTH_MAX. coloured: for a terminal, with escape sequences. */
page page_new(wmem_allocator_t *scope, unsigned width, bool coloured);

/* How a line stands out: as a headline, or more, as the headline of a problem. */
typedef enum { PAGE_HEADLINE, PAGE_ALARM } page_style;

/* A headline, wrapped if need be. Texts are valid UTF-8 without control characters, here and below. */
void page_headline(page *p, const char *text);

/* The headline of a problem: every line of it begins in column indent. */
void page_alarm(page *p, unsigned indent, const char *text);

/* A headline with a text at the right end that does not stand out; on a line of its own where both don't
 * fit. */
void page_split(page *p, page_style style, const char *text, const char *right);

/* A paragraph: every line of it begins in column indent. */
void page_text(page *p, unsigned indent, const char *text);

/* A line that is never wrapped: it is there to be copied. */
void page_line(page *p, unsigned indent, const char *text);

/* A label, and a paragraph that begins behind it in column PAGE_LABEL. A text of NULL or "" is left
 * out together with its label. */
void page_item(page *p, const char *label, const char *text);

/* The same with two paragraphs side by side, or one below the other where the page is too narrow for
 * that: then left_name and right_name stand before them. */
typedef struct {
    const char *left_name;
    const char *right_name;
} page_sides;
void page_pair(page *p, const page_sides *sides, const char *label, const char *left,
               const char *right);

/* A blank line, unless the page is empty. */
void page_gap(page *p);

/* The columns that a text takes on a terminal. */
unsigned page_columns(const char *text);

#endif
