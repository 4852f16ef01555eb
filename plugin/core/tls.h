/* tls.h
 * What tells a TLS record from SMTP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TLS_H
#define SMTP_EXPLAIN_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Do these bytes begin a TLS handshake: a record of type 22 and version 3.x (RFC 8446, section 5.1)?
 * Of a single byte only the type is looked at. */
bool tls_begins_handshake(const uint8_t *data, size_t len);

#endif
