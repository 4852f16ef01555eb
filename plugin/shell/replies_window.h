/* replies_window.h
 * The replies of a capture, counted, in a window of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_REPLIES_WINDOW_H
#define SMTP_EXPLAIN_REPLIES_WINDOW_H

/* Opens it; there must be windows. */
void smtp_explain_replies_open(void);

#endif
