/* list.c
 * Names in a row, as a sentence has them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "list.h"

#include "language.h"

const char *list_add(wmem_allocator_t *scope, const char *list, const char *name)
{
    if (list == NULL || *list == '\0')
        return name;
    /* Translators: a list, and one more name behind it that is not the last. */
    return wmem_strdup_printf(scope, C_("list", "%s, %s"), list, name);
}

const char *list_end(wmem_allocator_t *scope, const char *list, const char *name)
{
    if (list == NULL || *list == '\0')
        return name;
    /* Translators: a list, and its last name. */
    return wmem_strdup_printf(scope, C_("list", "%s and %s"), list, name);
}

const char *list_more(wmem_allocator_t *scope, const char *list, unsigned more)
{
    return wmem_strdup_printf(scope, C_("list", "%s and %u more"), list, more);
}
