/* catalog.c
 * Finds the row of a reply code, of a contrast and of an enhanced status code.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "catalog.h"

#include "language.h"
#include "tables.h"

static command_id explained_as(command_id command)
{
    return command_is_auth(command) ? COMMAND_AUTH : command;
}

/* The index of the first row whose code is not below this one; catalog_code_count if none is. */
static size_t first_row(unsigned code)
{
    size_t low = 0, high = catalog_code_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (catalog_code_table[middle].code < code)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_row_of(size_t i, unsigned code)
{
    return i < catalog_code_count && catalog_code_table[i].code == code;
}

bool catalog_has_code(unsigned code)
{
    return is_row_of(first_row(code), code);
}

static const catalog_row *find_code(unsigned code, command_id context)
{
    for (size_t i = first_row(code); is_row_of(i, code); i++)
        if (catalog_code_table[i].context == context)
            return &catalog_code_table[i];
    return NULL;
}

static const catalog_row *find_family(unsigned code)
{
    const unsigned first = code / 100;
    const unsigned second = code / 10 % 10;

    if (first < CATALOG_FIRST_DIGIT_MIN || first > CATALOG_FIRST_DIGIT_MAX)
        return &catalog_foreign_row;
    return &catalog_family_table[first - CATALOG_FIRST_DIGIT_MIN][second];
}

const catalog_row *catalog_lookup(unsigned code, command_id command)
{
    const catalog_row *row = NULL;

    for (command_id context = explained_as(command); !row && context != COMMAND_NONE;
         context = command_describe(context)->kin)
        row = find_code(code, context);
    if (!row)
        row = find_code(code, COMMAND_NONE);
    return row ? row : find_family(code);
}

const char *catalog_meaning(wmem_allocator_t *scope, const catalog_row *row)
{
    return language_join(scope, _(row->meaning), row->also != NULL ? _(row->also) : NULL);
}

const catalog_row *catalog_rows(size_t *count)
{
    *count = catalog_code_count;
    return catalog_code_table;
}

static const catalog_contrast_row *find_contrast(unsigned code, command_id context)
{
    for (size_t i = 0; i < catalog_contrast_count; i++) {
        const catalog_contrast_row *row = &catalog_contrast_table[i];

        if (row->code == code && row->context == context)
            return row;
    }
    return NULL;
}

const char *const *catalog_contrast(unsigned code, command_id command)
{
    const command_id context = explained_as(command);
    const catalog_contrast_row *row = find_contrast(code, context);

    if (!row)
        row = find_contrast(code, COMMAND_NONE);
    if (!row)
        row = find_contrast(code / 100, context);
    return row && row->sentences[0] ? row->sentences : NULL;
}

static const catalog_enhanced_row *find_enhanced(unsigned subject, unsigned detail)
{
    for (size_t i = 0; i < catalog_enhanced_count; i++) {
        const catalog_enhanced_row *row = &catalog_enhanced_table[i];

        if (row->subject == subject && row->detail == detail)
            return row;
    }
    return &catalog_subject_table[subject < CATALOG_SUBJECTS ? subject : CATALOG_SUBJECTS];
}

/* What is said of a detail that isn't registered, by class. */
static const char *say_topic(wmem_allocator_t *scope, unsigned status_class, const char *topic)
{
    if (status_class == 2)
        return wmem_strdup_printf(
            scope, _("Success. The detail is not registered; the subject is %s."), topic);
    if (status_class == 4)
        return wmem_strdup_printf(
            scope,
            _("A temporary failure. The detail is not registered; the subject is %s: read the text. "
              "The client may try again later."),
            topic);
    return wmem_strdup_printf(
        scope,
        _("A permanent failure. The detail is not registered; the subject is %s: read the text. "
          "Sending it again unchanged will not help."),
        topic);
}

static const char *say_success(wmem_allocator_t *scope, const catalog_enhanced_row *row)
{
    if (row->stands_for == NULL)
        return _(row->success);
    return wmem_strdup_printf(
        scope,
        _("Success. Class 2 says that nothing failed, though the detail normally stands for a "
          "failure (%s): go by the class."),
        _(row->stands_for));
}

static const char *say_failure(wmem_allocator_t *scope, const catalog_enhanced_row *row,
                               bool is_temporary)
{
    if (row->failure == NULL)
        return _(is_temporary ? row->temporary : row->permanent);
    return language_join(
        scope, _(row->failure),
        is_temporary ? _("The failure is temporary: the client may try again later.")
                     : _("The failure is permanent: sending it again unchanged will not help."));
}

const char *catalog_enhanced(wmem_allocator_t *scope, unsigned status_class, unsigned subject,
                             unsigned detail)
{
    const catalog_enhanced_row *row = find_enhanced(subject, detail);

    if (status_class != 2 && status_class != 4 && status_class != 5)
        return _(catalog_unknown_class);
    if (row->topic != NULL)
        return say_topic(scope, status_class, _(row->topic));
    if (status_class == 2)
        return say_success(scope, row);
    return say_failure(scope, row, status_class == 4);
}
