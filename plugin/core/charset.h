/* charset.h
 * What a server says, in whatever encoding, as printable UTF-8.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CHARSET_H
#define SMTP_EXPLAIN_CHARSET_H

#include <stdbool.h>
#include <stddef.h>

#include <glib.h>

/* What a text was read as. SMTP knows ASCII and, with SMTPUTF8, UTF-8 (RFC 6531, section 3.7.4.2);
 * servers send others all the same. */
typedef enum {
    CHARSET_UTF8,  /* or ASCII */
    CHARSET_GBK,   /* and what GB 18030 adds to it */
    CHARSET_LATIN1 /* as Windows has it: windows-1252 */
} charset;

/* Can the character be shown where somebody else's words are? Not if it controls the terminal, turns
 * the direction of the text around, or hides; nor if it means nothing to everybody (noncharacters,
 * which XML doesn't allow either, and those for private use). */
bool charset_is_printable(gunichar c);

/* A copy of the text that is valid UTF-8, without what isn't printable (blanks stand for that) and
 * without blanks around it. What has no meaning in its encoding becomes U+FFFD. *found says what the
 * text was read as; found may be NULL. len is in bytes and bounds the work; the result has at most
 * three bytes for each. The caller frees it with g_free(). */
char *charset_printable(const char *text, size_t len, charset *found);

#endif
