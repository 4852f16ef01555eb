/* mo.h
 * A file of translations as GNU gettext's msgfmt writes it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_MO_H
#define SMTP_EXPLAIN_CATALOG_MO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "plural.h"

/* What a file holds. Its bytes must live as long, and stay as they are. */
typedef struct {
    const uint8_t *bytes;
    size_t len;
    bool swapped; /* written on a machine of the other byte order */
    uint32_t count;
    uint32_t originals;    /* where their table begins */
    uint32_t translations; /* the same */
    plural plural;
} mo_file;

/* Looks at the head of a file and where its tables are, which is quick. False if it is no such file. Until
 * it is checked as a whole, what is found in it ends where it should, but may be anything. */
bool mo_begin(const void *bytes, size_t len, mo_file *out);

/* Checks all of it: the rule for plurals, that texts are in order, and that each translation is valid UTF-8
 * and takes the arguments of its original. False if it is damaged: then it must not be used. */
bool mo_check(mo_file *of);

/* The translation of a text; NULL if there is none. context: in which sense it is meant; NULL: without
 * one. Points into the file. */
const char *mo_find(const mo_file *of, const char *context, const char *original);

/* The form of the translation that goes with n. original: the singular. */
const char *mo_find_plural(const mo_file *of, const char *original, unsigned long n);

#endif
