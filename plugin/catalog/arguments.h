/* arguments.h
 * Does a translation take the arguments that its original is given?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_ARGUMENTS_H
#define SMTP_EXPLAIN_CATALOG_ARGUMENTS_H

#include <stdbool.h>

/* Arguments of printf() that a text takes at most; one that takes more agrees with nothing. */
#define ARGUMENTS_MAX 9

/* Does the translation take the same arguments of the same types, in whatever order ("%2$s")? Both are
 * compared whether they are formats or not: a text without arguments must stay one. */
bool arguments_agree(const char *original, const char *translation);

/* The same of one form of a plural: it may leave out the last ones, as "one session" does. */
bool arguments_fit(const char *original, const char *form);

#endif
