/* compare.h
 * Two reply codes side by side.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_COMPARE_H
#define SMTP_EXPLAIN_PAGES_COMPARE_H

#include "page.h"

/* What both share, what each says, when it appears, what to do, how they differ, which is meant when,
 * and where to read more. Two different codes, 200 to 599. */
void compare_print(page *p, unsigned a, unsigned b);

#endif
