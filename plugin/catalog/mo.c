/* mo.c
 * Reads a file of translations (GNU gettext, "The Format of GNU MO Files").
 *
 * Two tables of lengths and offsets, sorted by original; texts end with a zero byte, which the lengths
 * don't count. A context stands before its original, with a byte of 4 between; forms of a plural stand
 * behind one another, with zero bytes between.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "mo.h"

#include <string.h>

#include <glib.h>

#include "arguments.h"

#define MAGIC 0x950412DEu
#define HEADER 28 /* bytes */
#define ENTRY 8
#define AT_MAGIC 0
#define AT_REVISION 4
#define AT_COUNT 8
#define AT_ORIGINALS 12
#define AT_TRANSLATIONS 16
#define CONTEXT_END '\004'

/* A text in the file, which has a zero byte behind it. */
typedef struct {
    const char *text; /* NULL: it isn't in the file */
    size_t len;
} entry;

static uint32_t number_at(const mo_file *of, size_t at)
{
    uint32_t number;

    memcpy(&number, of->bytes + at, sizeof number);
    return of->swapped ? GUINT32_SWAP_LE_BE(number) : number;
}

static entry entry_at(const mo_file *of, uint32_t table, uint32_t i)
{
    const size_t at = table + (size_t)i * ENTRY;
    const uint64_t len = number_at(of, at), begin = number_at(of, at + sizeof(uint32_t));
    const entry none = { NULL, 0 };

    if (begin + len >= of->len || of->bytes[begin + len] != '\0')
        return none;
    return (entry){ (const char *)of->bytes + begin, (size_t)len };
}

/* --- is it whole? --- */

static bool has_tables(const mo_file *of)
{
    const uint64_t size = (uint64_t)of->count * ENTRY;

    return number_at(of, AT_REVISION) >> 16 <= 1 && of->originals + size <= of->len &&
           of->translations + size <= of->len;
}

/* Without its context. */
static const char *words_of(const entry *original)
{
    const char *end = strchr(original->text, CONTEXT_END);

    return end != NULL ? end + 1 : original->text;
}

/* The singular and the plural of an original, and each form of its translation. */
static bool are_forms_good(const mo_file *of, const entry *original, const entry *translation)
{
    const char *plural_text = strchr(original->text, '\0') + 1;
    const char *form = translation->text;
    unsigned forms = 0;

    for (; form <= translation->text + translation->len; form = strchr(form, '\0') + 1, forms++)
        if (!g_utf8_validate(form, -1, NULL) || !arguments_fit(plural_text, form))
            return false;
    return forms == of->plural.forms;
}

static bool is_pair_good(const mo_file *of, const entry *original, const entry *translation)
{
    if (strlen(original->text) < original->len)
        return are_forms_good(of, original, translation);
    return g_utf8_validate(translation->text, (gssize)translation->len, NULL) &&
           (original->len == 0 || arguments_agree(words_of(original), translation->text));
}

/* Whether the texts are there, in order and usable. */
static bool are_texts_good(const mo_file *of)
{
    entry before = { NULL, 0 };

    for (uint32_t i = 0; i < of->count; i++) {
        const entry original = entry_at(of, of->originals, i);
        const entry translation = entry_at(of, of->translations, i);

        if (original.text == NULL || translation.text == NULL ||
            (before.text != NULL && strcmp(before.text, original.text) >= 0) ||
            !is_pair_good(of, &original, &translation))
            return false;
        before = original;
    }
    return true;
}

bool mo_begin(const void *bytes, size_t len, mo_file *out)
{
    uint32_t magic;

    *out = (mo_file){ .bytes = (const uint8_t *)bytes, .len = len };
    if (len < HEADER)
        return false;
    magic = number_at(out, AT_MAGIC);
    out->swapped = magic == GUINT32_SWAP_LE_BE(MAGIC);
    out->count = number_at(out, AT_COUNT);
    out->originals = number_at(out, AT_ORIGINALS);
    out->translations = number_at(out, AT_TRANSLATIONS);
    return (magic == MAGIC || out->swapped) && has_tables(out);
}

/* The file's header is the translation of "", which comes first. */
static bool read_plural(mo_file *of)
{
    const entry first = of->count > 0 ? entry_at(of, of->originals, 0) : (entry){ NULL, 0 };
    const entry header = first.text != NULL ? entry_at(of, of->translations, 0) : first;

    return header.text != NULL && first.len == 0 && plural_read(header.text, &of->plural);
}

bool mo_check(mo_file *of)
{
    return read_plural(of) && are_texts_good(of);
}

/* --- looking up --- */

/* As strcmp(): is what is looked for before (negative) or behind this entry? */
static int compare(const char *context, const char *original, const char *text)
{
    const size_t len = context != NULL ? strlen(context) : 0;
    int order = len > 0 ? strncmp(context, text, len) : 0;

    if (context == NULL)
        return strcmp(original, text);
    if (order != 0)
        return order;
    if (text[len] != CONTEXT_END)
        return CONTEXT_END < (unsigned char)text[len] ? -1 : 1;
    return strcmp(original, text + len + 1);
}

static entry find(const mo_file *of, const char *context, const char *original)
{
    uint32_t low = 0, high = of->count;

    while (low < high) {
        const uint32_t middle = low + (high - low) / 2;
        const entry there = entry_at(of, of->originals, middle);
        const int order = there.text != NULL ? compare(context, original, there.text) : 0;

        if (there.text == NULL)
            break;
        if (order == 0)
            return entry_at(of, of->translations, middle);
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return (entry){ NULL, 0 };
}

/* What isn't translated yet is empty. */
static const char *if_any(const char *text)
{
    return text != NULL && *text != '\0' ? text : NULL;
}

const char *mo_find(const mo_file *of, const char *context, const char *original)
{
    return if_any(find(of, context, original).text);
}

const char *mo_find_plural(const mo_file *of, const char *original, unsigned long n)
{
    const entry found = find(of, NULL, original);
    const char *form = found.text;

    for (unsigned i = form != NULL ? plural_form(&of->plural, n) : 0; i > 0; i--)
        form = strchr(form, '\0') + 1;
    return if_any(form);
}
