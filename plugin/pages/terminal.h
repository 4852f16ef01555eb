/* terminal.h
 * What standard output is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_TERMINAL_H
#define SMTP_EXPLAIN_PAGES_TERMINAL_H

#include "page.h"

/* A page as wide as the terminal that standard output is, up to PAGE_WIDTH_MAX, on which headlines stand
 * out unless NO_COLOR is set; for a file or a pipe, the widest page, and plain. */
page terminal_page(wmem_allocator_t *scope);

/* Prints a page at once. False, and errno is set: it can't be. */
bool terminal_show(const page *p);

#endif
