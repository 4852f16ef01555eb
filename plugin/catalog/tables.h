/* tables.h
 * What the catalog's lookup and its tables share. Nobody else includes it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_TABLES_H
#define SMTP_EXPLAIN_CATALOG_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "row.h"

/* The codes that an RFC defines or that servers share, sorted by code, then by context. */
extern const catalog_row catalog_code_table[];
extern const size_t catalog_code_count;

/* The other codes, a row for each pair of first and second digit. A row's code is
 * the first of its family (230 stands for 230 to 239). */
#define CATALOG_FIRST_DIGIT_MIN 2
#define CATALOG_FIRST_DIGIT_MAX 5
#define CATALOG_FIRST_DIGITS (CATALOG_FIRST_DIGIT_MAX - CATALOG_FIRST_DIGIT_MIN + 1)
#define CATALOG_SECOND_DIGITS 10

extern const catalog_row catalog_family_table[CATALOG_FIRST_DIGITS][CATALOG_SECOND_DIGITS];

/* For a number that can't be an SMTP reply code at all. */
extern const catalog_row catalog_foreign_row;

/* A list of contrast sentences. A code below 10 is a first digit and stands for
 * every code that begins with it and has no row of its own. COMMAND_NONE as context:
 * whatever the reply answers. */
typedef struct {
    uint16_t code;
    command_id context;
    const char *sentences[CATALOG_CONTRAST_MAX + 1]; /* NULL after the last; none: no contrast */
} catalog_contrast_row;

extern const catalog_contrast_row catalog_contrast_table[];
extern const size_t catalog_contrast_count;

/* What an enhanced status code says. The class changes the sense: what is a cause of failure after 4 or
 * 5 can't be one after 2. */
typedef struct {
    uint16_t subject;
    uint16_t detail;
    const char *success;    /* class 2 */
    const char *stands_for; /* instead of it: the failure that the detail normally stands for */
    const char *temporary;  /* class 4 */
    const char *permanent;  /* class 5 */
    const char *failure; /* instead of these two: the same of both; what follows is the class's */
    const char
        *topic; /* instead of all that: what the subject is about, of which no detail is known */
} catalog_enhanced_row;

extern const catalog_enhanced_row catalog_enhanced_table[];
extern const size_t catalog_enhanced_count;

/* The same for unregistered details of a registered subject (row i: subject i), and in
 * the last row for unregistered subjects. */
#define CATALOG_SUBJECTS 8

extern const catalog_enhanced_row catalog_subject_table[CATALOG_SUBJECTS + 1];

/* For a class that RFC 3463 doesn't know. */
extern const char *const catalog_unknown_class;

#endif
