/* report.h
 * The report on a capture: what went wrong, why, who does what about it; then the sums.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_REPORT_H
#define SMTP_EXPLAIN_PAGES_REPORT_H

#include "page.h"
#include "tally.h"

/* title: the name of the capture, or how many there are; NULL: it isn't known, since tshark itself was
 * called, and hints are in its words. */
void report_print(page *p, const tally_sums *sums, const char *title);

/* Problems that get a paragraph each; those behind them get a line, and those behind these are counted. */
#define REPORT_PARAGRAPHS 10
#define REPORT_LINES 12

/* Captures without SMTP of which is told why. */
#define REPORT_BARE 8

#endif
