/* list.h
 * Names in a row, as a sentence has them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_LIST_H
#define SMTP_EXPLAIN_PAGES_LIST_H

#include <wsutil/wmem/wmem.h>

/* "a, b": one more behind those that are there. list: NULL or "" if it is the first. In scope. */
const char *list_add(wmem_allocator_t *scope, const char *list, const char *name);

/* "a, b and c": the last one. */
const char *list_end(wmem_allocator_t *scope, const char *list, const char *name);

/* "a, b, c and 7 more" */
const char *list_more(wmem_allocator_t *scope, const char *list, unsigned more);

#endif
