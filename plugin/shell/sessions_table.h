/* sessions_table.h
 * The table of sessions.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSIONS_TABLE_H
#define SMTP_EXPLAIN_SESSIONS_TABLE_H

#include <stdbool.h>

/* To be called once. */
void smtp_explain_register_sessions(void);

/* Its titles, in the language that is spoken, for tables that are made from here on. */
void smtp_explain_sessions_name_columns(void);

/* Whether it has a column for user names, in tables that are made from here on. */
void smtp_explain_sessions_show_users(bool shown);

#endif
