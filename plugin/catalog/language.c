/* language.c
 * The language that sentences are in: which ones there are, and which one is asked for.
 *
 * Not by the C library's gettext(): that follows the environment of the whole process, and finds nothing
 * in a language whose locale the system lacks.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "language.h"

#include <string.h>

#include "mo.h"

#define FILE_NAME "smtp-explain.mo"
#define CATEGORY "LC_MESSAGES"
#define OWN_NAME_SENSE "language"

struct language {
    char *name;
    mo_file texts;
    bool checked;
    bool good; /* valid once it is checked */
};

const language *language_spoken;

static GPtrArray *folders; /* of char */
static GPtrArray *loaded;  /* of language; unchecked ones cost next to nothing */

void language_add_folder(const char *folder)
{
    if (folders == NULL) {
        folders = g_ptr_array_new();
        loaded = g_ptr_array_new();
    }
    g_ptr_array_add(folders, g_strdup(folder));
}

/* --- texts --- */

const char *language_look_up(const char *sense, const char *text)
{
    const char *found = mo_find(&language_spoken->texts, sense, text);

    return found != NULL ? found : text;
}

const char *language_look_up_count(const char *one, const char *many, unsigned long n)
{
    const char *found = mo_find_plural(&language_spoken->texts, one, n);

    if (found != NULL)
        return found;
    return n == 1 ? one : many;
}

const char *language_join(wmem_allocator_t *scope, const char *first, const char *second)
{
    if (first == NULL || *first == '\0')
        return second;
    if (second == NULL || *second == '\0')
        return first;
    /* Translators: two whole sentences, one behind the other. Chinese has no blank between them. */
    return wmem_strdup_printf(scope, C_("sentences", "%s %s"), first, second);
}

static bool is_wide(const char *letter)
{
    return g_unichar_iswide(g_utf8_get_char_validated(letter, -1));
}

/* "应答 未知命令" */
static void close_up(char *text)
{
    for (char *blank = strchr(text, ' '); blank != NULL; blank = strchr(blank + 1, ' ')) {
        const char *before = g_utf8_find_prev_char(text, blank);

        if (before != NULL && is_wide(before) && is_wide(blank + 1))
            memmove(blank, blank + 1, strlen(blank));
    }
}

char *language_fill(wmem_allocator_t *scope, const char *format, ...)
{
    va_list arguments;
    char *text;

    va_start(arguments, format);
    text = wmem_strdup_vprintf(scope, format, arguments);
    va_end(arguments);
    if (language_spoken != NULL)
        close_up(text);
    return text;
}

/* --- files --- */

/* "zh_CN", "sr@latin": nothing that leads elsewhere. */
static bool is_name(const char *name)
{
    return g_ascii_isalpha(*name) &&
           name[strspn(name, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "_@-")] == '\0';
}

static char *file_of(const char *folder, const char *name)
{
    return g_build_filename(folder, name, CATEGORY, FILE_NAME, NULL);
}

/* The file is read at once and kept: one that is mapped could change under us. */
static language *load(const char *folder, const char *name)
{
    char *file = file_of(folder, name), *bytes = NULL;
    size_t len;
    language *made = NULL;
    mo_file texts;

    if (g_file_get_contents(file, &bytes, &len, NULL) && mo_begin(bytes, len, &texts)) {
        made = g_new0(language, 1);
        made->name = g_strdup(name);
        made->texts = texts;
        g_ptr_array_add(loaded, made);
    } else
        g_free(bytes);
    g_free(file);
    return made;
}

static language *find_loaded(const char *name)
{
    for (unsigned i = 0; i < loaded->len; i++) {
        language *known = (language *)loaded->pdata[i];

        if (strcmp(known->name, name) == 0)
            return known;
    }
    return NULL;
}

/* Whether it can be used or not. */
static language *find_file(const char *name)
{
    language *found;

    if (folders == NULL || !is_name(name))
        return NULL;
    found = find_loaded(name);
    for (unsigned i = 0; i < folders->len && found == NULL; i++)
        found = load((const char *)folders->pdata[i], name);
    return found;
}

/* Is its file whole? Asked of those that are to be spoken, since it takes a while. */
static bool is_usable(language *which)
{
    if (!which->checked)
        which->good = mo_check(&which->texts);
    which->checked = true;
    return which->good;
}

const language *language_find(const char *name)
{
    language *found = find_file(name);

    return found != NULL && is_usable(found) ? found : NULL;
}

const char *language_name(const language *which)
{
    return which->name;
}

const char *language_own_name(const language *which)
{
    /* Translators: what your language calls itself, as it is to be chosen from a list. */
    const char *name = mo_find(&which->texts, OWN_NAME_SENSE, NC_("language", "English"));

    return name != NULL && g_utf8_validate(name, -1, NULL) ? name : which->name;
}

const language *language_speak(const language *which)
{
    const language *before = language_spoken;

    language_spoken = which != NULL ? language_find(which->name) : NULL;
    return before;
}

/* --- which there are --- */

static void add_languages(GPtrArray *all, const char *folder)
{
    GDir *names = g_dir_open(folder, 0, NULL);
    const char *name;

    while (names != NULL && (name = g_dir_read_name(names)) != NULL) {
        char *file = file_of(folder, name);
        const language *found = g_file_test(file, G_FILE_TEST_EXISTS) ? find_file(name) : NULL;

        if (found != NULL && !g_ptr_array_find(all, found, NULL))
            g_ptr_array_add(all, (void *)found);
        g_free(file);
    }
    if (names != NULL)
        g_dir_close(names);
}

static int compare_names(const void *one, const void *other)
{
    return strcmp((*(const language *const *)one)->name, (*(const language *const *)other)->name);
}

const language **language_all(void)
{
    GPtrArray *all = g_ptr_array_new();

    for (unsigned i = 0; folders != NULL && i < folders->len; i++)
        add_languages(all, (const char *)folders->pdata[i]);
    g_ptr_array_sort(all, compare_names);
    g_ptr_array_add(all, NULL);
    return (const language **)g_ptr_array_free(all, FALSE);
}

/* --- which is asked for --- */

/* Does the environment want no language at all? Then LANGUAGE doesn't count, for gettext: scripts set
 * LC_ALL to C and expect English. */
static bool is_none_wanted(void)
{
#ifdef G_OS_UNIX
    static const char *const variables[] = { "LC_ALL", "LC_MESSAGES", "LANG" };

    for (size_t i = 0; i < G_N_ELEMENTS(variables); i++) {
        const char *value = g_getenv(variables[i]);

        if (value != NULL && *value != '\0')
            return strcmp(value, "C") == 0 || strcmp(value, "POSIX") == 0;
    }
    return true;
#else
    return false;
#endif
}

/* What is not translated is English: who asks for that before others gets it. */
static bool is_english(const char *name)
{
    return strcmp(name, "C") == 0 || strcmp(name, "en") == 0 || g_str_has_prefix(name, "en_");
}

const language *language_of_system(void)
{
    const char *const *names = g_get_language_names();
    const language *found = NULL;

    if (is_none_wanted())
        return NULL;
    for (; *names != NULL && found == NULL && !is_english(*names); names++)
        found = language_find(*names);
    return found;
}
