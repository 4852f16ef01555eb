/* filing.h
 * Files what is pointed out beside the replies.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_FILING_H
#define SMTP_EXPLAIN_FILING_H

#include "exchange_state.h"

/* Files an event in the frame in which it becomes known, as replies are: the frame of bytes that were held,
 * or came too early, has been shown already. */
void filing_add(exchange *x, event_note *event);

/* The same of what the client said: names the command, and where it stands. */
void filing_add_of_client(exchange *x, event_note *event, const client_event *came);

/* A copy of the text that lives as long as the notes; NULL of NULL. */
const char *filing_keep(exchange *x, const char *text);

#endif
