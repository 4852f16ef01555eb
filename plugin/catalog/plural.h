/* plural.h
 * Which form of a word goes with a number: the rule in the header of a file of translations.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_PLURAL_H
#define SMTP_EXPLAIN_CATALOG_PLURAL_H

#include <stdbool.h>

/* Forms that a language has at most; no known one has more. */
#define PLURAL_FORMS_MAX 6

/* A rule. Its text is the header's and must live as long. */
typedef struct {
    unsigned forms;
    const char *rule; /* an expression of C in n; it ends with ';' or the line */
} plural;

/* Reads "Plural-Forms: nplurals=2; plural=n != 1;" in the header. One without that line has one form.
 * False if the rule can't be read, or names a form that there isn't. */
bool plural_read(const char *header, plural *out);

/* Which form goes with n: below forms. */
unsigned plural_form(const plural *of, unsigned long n);

#endif
