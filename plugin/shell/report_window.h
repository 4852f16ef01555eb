/* report_window.h
 * The report on a capture as a window of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_REPORT_WINDOW_H
#define SMTP_EXPLAIN_REPORT_WINDOW_H

/* Opens a window with the report on the capture; nothing without Wireshark's window. */
void smtp_explain_report_open(void);

#endif
