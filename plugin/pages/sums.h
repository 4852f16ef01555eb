/* sums.h
 * What is counted in a capture, on a few lines.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_SUMS_H
#define SMTP_EXPLAIN_PAGES_SUMS_H

#include "page.h"
#include "tally.h"

/* Logins, messages, what can be read by anyone, what can't be read, 211 and 235. Without problems it is on
 * as few lines as it can be. for_command: options are named as the command has them, not tshark. */
void sums_print(page *p, const tally_sums *sums, bool for_command);

#endif
