/* words.h
 * Words in a line: the one set of scanners for commands, replies and offers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_WORDS_H
#define SMTP_EXPLAIN_WORDS_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* What servers take for a blank between words: not only space and tab, as RFC 5321 has it (section 2.3.8),
 * but form feed and vertical tab, too. */
bool words_is_blank(char c);

/* The first byte from text on, but before end, that is no blank; end if there is none. */
const char *words_skip_blanks(const char *text, const char *end);

/* The end of the word that text begins with: the next blank, or end. */
const char *words_end(const char *text, const char *end);

/* Takes the next word off a text: words are separated by blanks. *at is moved behind it. False if
 * only blanks are left. */
bool words_next(const char **at, const char *end, const char **word, size_t *len);

/* A letter of ASCII in lower case; another byte as it is. GLib's function for that can't be inlined. */
static inline char words_lower(char c)
{
    return g_ascii_isupper(c) ? (char)(c + ('a' - 'A')) : c;
}

/* Are these len bytes that word, in any case? */
bool words_equal(const char *text, size_t len, const char *word);

/* Are they one of these words, in any case? */
bool words_are_one_of(const char *text, size_t len, const char *const *table, size_t rows);

/* Does the text begin with these words, in any case? */
bool words_begin(const char *text, size_t len, const char *words);

#endif
