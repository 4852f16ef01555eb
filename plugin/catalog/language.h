/* language.h
 * The language that sentences are in.
 *
 * Sentences are written in English where they stand, and marked for xgettext as GLib programs mark
 * them. Translations come from files of GNU gettext's, po/zh_CN.po for example, by a reader of our own:
 * see docs/architecture.md.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_LANGUAGE_H
#define SMTP_EXPLAIN_CATALOG_LANGUAGE_H

#include <stddef.h>

#include <glib.h>
#include <wsutil/wmem/wmem.h>

typedef struct language language;

/* What is spoken; NULL: English. Set by language_speak() alone. */
extern const language *language_spoken;

/* The text in the language that is spoken, and in English where that has no translation. In English
 * this costs one comparison. The text must be a literal that is marked, here or where it stands. What
 * is returned lives as long as the program. */
static inline const char *language_text(const char *text) G_GNUC_FORMAT(1);

/* The same in a certain sense, where one English text has several. */
static inline const char *language_text_as(const char *sense, const char *text) G_GNUC_FORMAT(2);

/* The same of one and many, by number. */
static inline const char *language_count(const char *one, const char *many, unsigned long n)
    G_GNUC_FORMAT(1) G_GNUC_FORMAT(2);

/* The marks: translated here; marked here, and translated where it is shown. */
#define _(text) language_text(text)
#define N_(text) (text)
#define C_(sense, text) language_text_as(sense, text)
#define NC_(sense, text) (text)
#define ngettext(one, many, n) language_count(one, many, n)

/* Two whole sentences, one behind the other. In scope; either may be NULL or "". */
const char *language_join(wmem_allocator_t *scope, const char *first, const char *second);

/* What wmem_strdup_printf() makes of a translated format with a place for a command. What takes that place
 * may be words, "unknown command": between two letters of a script that is written without blanks none is
 * left. Not for what others wrote, which is quoted as it is. In scope. */
char *language_fill(wmem_allocator_t *scope, const char *format, ...) G_GNUC_PRINTF(2, 3);

/* --- which one --- */

/* Translations are looked for in FOLDER/zh_CN/LC_MESSAGES/smtp-explain.mo, in the folders in the order in
 * which they were named. Must be named before any of what is below is called. */
void language_add_folder(const char *folder);

/* The language of that name, "zh_CN"; NULL: English, or a language of which there is no usable file. */
const language *language_find(const char *name);

/* The language that the environment asks for, as gettext reads it: LANGUAGE, unless LC_ALL, LC_MESSAGES
 * or LANG asks for none; NULL: English. */
const language *language_of_system(void);

/* All of which there is a file, sorted by name; NULL after the last. To be freed with g_free(). */
const language **language_all(void);

/* "zh_CN", and what it calls itself: "简体中文". */
const char *language_name(const language *which);
const char *language_own_name(const language *which);

/* From now on this is spoken; or English, if its file turns out to be damaged. Gives what was spoken before. Languages are never unloaded: others may hold
 * on to what is written in them. */
const language *language_speak(const language *which);

/* --- for the above --- */

const char *language_look_up(const char *sense, const char *text) G_GNUC_FORMAT(2);
const char *language_look_up_count(const char *one, const char *many, unsigned long n)
    G_GNUC_FORMAT(1) G_GNUC_FORMAT(2);

static inline const char *language_text(const char *text)
{
    return language_spoken != NULL ? language_look_up(NULL, text) : text;
}

static inline const char *language_text_as(const char *sense, const char *text)
{
    return language_spoken != NULL ? language_look_up(sense, text) : text;
}

static inline const char *language_count(const char *one, const char *many, unsigned long n)
{
    return language_spoken != NULL ? language_look_up_count(one, many, n) : n == 1 ? one : many;
}

#endif
