/* ledger.h
 * What several captures come to. What one comes to is handed on as text: tshark reads one at a time.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_LEDGER_H
#define SMTP_EXPLAIN_PAGES_LEDGER_H

#include "tally.h"

/* Sums on one line of text. To be freed with g_free(). */
char *ledger_text(const tally_sums *sums);

typedef struct ledger ledger;

/* several: each capture is called by its name. */
ledger *ledger_new(bool several);
void ledger_free(ledger *book);

/* Takes what ledger_text() made of a capture into account. False, and nothing is changed, if the text is no
 * such one. name is copied. */
bool ledger_take(ledger *book, const char *name, const char *text);

/* The sums of all. Valid until the next call. */
tally_sums ledger_sums(ledger *book);

/* Is there no packet in any of them, although Wireshark read them? */
bool ledger_is_foreign(const ledger *book);

#endif
