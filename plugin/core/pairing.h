/* pairing.h
 * Which command does a reply answer?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAIRING_H
#define SMTP_EXPLAIN_PAIRING_H

#include "exchange_state.h"

/* Finds the command that a reply answers, and fills in what follows from that. client: what is known of the
 * client's stream now. */
void pairing_fill_in(exchange *x, reply_note *note, const exchange_stream *client);

#endif
