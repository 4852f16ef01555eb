/* session_word.h
 * How a session went, in words.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_SESSION_WORD_H
#define SMTP_EXPLAIN_CATALOG_SESSION_WORD_H

/* What the core's summaries call it, "closed by the client" or "authenticated", in the language that is
 * spoken. Other words, such as a command, are given back. NULL for NULL. */
const char *session_word(const char *word);

#endif
