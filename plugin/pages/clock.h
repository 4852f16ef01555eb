/* clock.h
 * Times of a capture, as they are printed: in the zone of whoever reads them, which is named.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_CLOCK_H
#define SMTP_EXPLAIN_PAGES_CLOCK_H

#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* Nanoseconds since the epoch. What is no date of the years 1 to 9999 becomes "unknown time". Both live in
 * scope. */

/* "2026-11-25 10:00:00.125 UTC" */
const char *clock_text(wmem_allocator_t *scope, int64_t time);

/* "2026-11-25T10:00:00.125000Z": in UTC, for programs. NULL if it is no such date. */
const char *clock_iso(wmem_allocator_t *scope, int64_t time);

/* "2026-11-25 10:00:00 to 10:05:02 UTC"; the second date only if it is another. */
const char *clock_span(wmem_allocator_t *scope, int64_t from, int64_t to);

#endif
