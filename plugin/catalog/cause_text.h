/* cause_text.h
 * The server's words, made ready to be searched for words and phrases.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CAUSE_TEXT_H
#define SMTP_EXPLAIN_CAUSE_TEXT_H

#include <stdbool.h>
#include <stdint.h>

#include "cause.h"

/* The words of a text: in lower case, without accents and apostrophes, one space apart. What names
 * somebody or something (addresses, hosts, URLs) is left out: a mailbox called spam-reports says
 * nothing about spam. */
typedef struct {
    char words[CAUSE_TEXT_MAX + 1];
    char whole[CAUSE_TEXT_MAX + 1];        /* all of it, in lower case */
    uint16_t word[CAUSE_TEXT_MAX / 2 + 1]; /* where in words each begins */
    unsigned count;
    uint32_t begins[32]; /* a bit for each pair of bytes that a word begins with */
} cause_text;

/* Reads at most CAUSE_TEXT_MAX bytes of a text, which may be NULL. */
void cause_text_read(cause_text *out, const char *text);

/* Does one of the alternatives occur? They are separated by "|". Each is a word or words in
 * sequence; one that ends with "*" is the beginning of a word, or of the last of its words; one
 * that begins with "~" may stand anywhere, in what names something too. Chinese and Japanese, which have
 * no spaces, may stand anywhere as well. */
bool cause_text_has(const cause_text *text, const char *alternatives);

/* The first enhanced status code of class 4 or 5 among the words: some servers put it there. False
 * if there is none. */
bool cause_text_enhanced(const cause_text *text, enhanced_code *out);

#endif
