/* alert.h
 * The alerts of TLS: what they are called, and who has to do what.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_ALERT_H
#define SMTP_EXPLAIN_CATALOG_ALERT_H

#include <stdbool.h>

/* The name of a fatal alert (RFC 8446, section 6; RFC 5246, section 7.2), as "unknown CA"; NULL if it has
 * none. In the language that is spoken, here and below. Static storage. */
const char *alert_name(unsigned alert);

/* What to do about it where this side sent it. Static storage. Never NULL. */
const char *alert_advice(unsigned alert, bool by_server);

#endif
