/* disguise.h
 * A text without what servers put words into: HTML, percent signs, backslashes, base64.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_DISGUISE_H
#define SMTP_EXPLAIN_DISGUISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <glib.h>

#include "words.h"

#define DISGUISE_TEXT_MAX 16384 /* bytes of a text */

/* Stands between two lines of a text; for who reads it, one goes on with the other. */
#define DISGUISE_JOINT '\n'

/* How a text may be read. */
typedef enum {
    DISGUISE_NONE,
    DISGUISE_HTML,      /* &lt; &#60; &#x3c; */
    DISGUISE_URL,       /* %3C */
    DISGUISE_QUOTED,    /* =3C, as quoted-printable has it */
    DISGUISE_BACKSLASH, /* \< \x3c \074, and as JSON has it */
    DISGUISE_BASE64_0,  /* each run of base64, its first character left out, or two, or three */
    DISGUISE_BASE64_1,
    DISGUISE_BASE64_2,
    DISGUISE_BASE64_3,
    DISGUISE_COUNT
} disguise;

/* Of a byte: where in the first text what it was read from begins and ends. */
typedef struct {
    uint16_t from, to;
} disguise_place;

/* A text, read in some way. */
typedef struct {
    char *bytes;
    disguise_place *place; /* one for each byte */
    size_t len;
} disguise_view;

/* The byte as it is compared: upper and lower case are equal, and so are what base64 and its form for
 * URLs have in the same place. */
static inline char disguise_fold_byte(char byte)
{
    switch (byte) {
    case '\t':
    case '+':
    case '-':
        return ' ';
    case '_':
        return '/';
    default:
        return words_lower(byte);
    }
}

/* Folds a text of ASCII as disguise_fold() does, into len bytes at most; returns how many it has. */
size_t disguise_fold_ascii(const char *text, size_t len, char *folded);

/* Decodes base64, or its form for URLs, without padding, into len bytes at most; returns how many it
 * has. */
size_t disguise_decode_base64(const char *text, size_t len, char *decoded);

/* The text itself, without joints. At most DISGUISE_TEXT_MAX bytes of it are read. */
disguise_view disguise_view_new(const char *text, size_t len);

/* A copy. */
disguise_view disguise_view_copy(const disguise_view *view);

/* The same read in that way. False if that says nothing new; seen is not to be freed then. */
bool disguise_read(const disguise_view *view, disguise way, disguise_view *seen);

/* Makes the text fit to be compared: folds its bytes, its wide characters and its quotes, and takes
 * each run of blanks (a no-break space is one) for one. It doesn't get longer. */
void disguise_fold(disguise_view *view);

/* Overwrites and frees what it holds. */
void disguise_view_free(disguise_view *view);

/* May such a run of these bytes be base64 of a text? */
bool disguise_looks_like_base64(const char *run, size_t len);

/* Is it a byte of base64, or of its form for URLs? */
static inline bool disguise_is_base64(char byte)
{
    return g_ascii_isalnum(byte) || byte == '+' || byte == '/' || byte == '-' || byte == '_';
}

#endif
