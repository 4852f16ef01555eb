/* sessions_window.h
 * The sessions of a capture, in a window of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSIONS_WINDOW_H
#define SMTP_EXPLAIN_SESSIONS_WINDOW_H

/* Opens it; there must be windows. */
void smtp_explain_sessions_open(void);

#endif
