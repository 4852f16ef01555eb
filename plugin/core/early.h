/* early.h
 * Does a client wait for its turn?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_EARLY_H
#define SMTP_EXPLAIN_EARLY_H

#include "exchange_state.h"

/* Does the server speak, but not as SMTP has it, or not yet a whole line? */
bool early_server_rambles(const exchange *x);

/* Is the greeting still due? */
bool early_awaits_greeting(const exchange *x);

/* Does the client say this before it has heard what it has to wait for? Only with PIPELINING, which each
 * LMTP server has, may commands come in a row (RFC 2920, section 3.1; RFC 2033, section 4.1; the greeting:
 * RFC 5321, section 4.3.1). */
bool early_is(const exchange *x, const client_event *came);

#endif
