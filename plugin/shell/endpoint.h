/* endpoint.h
 * Addresses and ports as text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_ENDPOINT_H
#define SMTP_EXPLAIN_ENDPOINT_H

#include <stdint.h>

#include <epan/address.h>

/* "192.0.2.1:25", "[2001:db8::1]:25". To be freed with g_free(). */
char *smtp_explain_endpoint_text(const address *addr, uint32_t port);

#endif
