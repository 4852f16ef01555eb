/* elapsed.h
 * How long something took, in words.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_ELAPSED_H
#define SMTP_EXPLAIN_CATALOG_ELAPSED_H

#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* Nanoseconds, not negative, as "12 us", "12 ms" or "1.2 s". Lives in scope. */
char *elapsed_text(wmem_allocator_t *scope, int64_t ns);

#endif
