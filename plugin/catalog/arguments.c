/* arguments.c
 * The arguments of printf() that a text takes.
 *
 * A translation that takes others than its original would read what isn't there.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "arguments.h"

#include <string.h>

#include <glib.h>

#define FLAGS "-+ #0'"
#define LENGTHS "hljztL"
#define CONVERSIONS "diouxXeEfFgGaAcsp"

/* Bytes of "lld", and the end. */
#define TYPE_MAX 4

typedef struct {
    char type[ARGUMENTS_MAX][TYPE_MAX]; /* length and conversion; "": not taken */
    unsigned count;                     /* the highest that is taken */
    bool valid;
} arguments;

static const char *skip_digits(const char *at)
{
    return at + strspn(at, "0123456789");
}

/* The number in "2$", moving behind it; 0 if there is none. They count from 1. */
static unsigned take_position(const char **at)
{
    const char *end = skip_digits(*at);
    unsigned position = 0;

    if (end != *at + 1 || *end != '$')
        return 0;
    position = **at != '0' ? (unsigned)(**at - '0') : ARGUMENTS_MAX + 1;
    *at = end + 1;
    return position;
}

/* Notes that an argument of this type is taken: the one at that position, or the next one. */
static bool note(arguments *all, unsigned position, const char *type, size_t len)
{
    char *known;

    if (position == 0)
        position = all->count + 1;
    if (position > ARGUMENTS_MAX || len >= TYPE_MAX)
        return false;
    known = all->type[position - 1];
    if (*known != '\0')
        return strlen(known) == len && strncmp(known, type, len) == 0;
    memcpy(known, type, len);
    all->count = MAX(all->count, position);
    return true;
}

/* A width or a precision, which may be an argument itself. */
static bool take_size(arguments *all, const char **at)
{
    if (**at != '*') {
        *at = skip_digits(*at);
        return true;
    }
    (*at)++;
    return note(all, take_position(at), "*", 1);
}

/* What follows a percent sign. */
static bool take_directive(arguments *all, const char **at)
{
    unsigned position = take_position(at);
    const char *type;

    *at += strspn(*at, FLAGS);
    if (!take_size(all, at))
        return false;
    if (**at == '.') {
        (*at)++;
        if (!take_size(all, at))
            return false;
    }
    type = *at;
    *at += strspn(*at, LENGTHS);
    if (**at == '\0' || strchr(CONVERSIONS, **at) == NULL)
        return false;
    (*at)++;
    return note(all, position, type, (size_t)(*at - type));
}

static arguments read_arguments(const char *text)
{
    arguments all = { .valid = true };

    while (all.valid && (text = strchr(text, '%')) != NULL) {
        text++;
        if (*text == '%')
            text++;
        else
            all.valid = take_directive(&all, &text);
    }
    for (unsigned i = 0; i < all.count; i++)
        all.valid = all.valid && all.type[i][0] != '\0';
    return all;
}

static bool begin_alike(const arguments *a, const arguments *b, unsigned count)
{
    for (unsigned i = 0; i < count; i++)
        if (strcmp(a->type[i], b->type[i]) != 0)
            return false;
    return true;
}

bool arguments_fit(const char *original, const char *form)
{
    const arguments due = read_arguments(original), found = read_arguments(form);

    return due.valid && found.valid && found.count <= due.count &&
           begin_alike(&due, &found, found.count);
}

bool arguments_agree(const char *original, const char *translation)
{
    return arguments_fit(original, translation) && arguments_fit(translation, original);
}
