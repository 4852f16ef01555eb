/* tls.h
 * What tells a TLS record from SMTP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TLS_H
#define SMTP_EXPLAIN_TLS_H

#include <stddef.h>
#include <stdint.h>

typedef enum { TLS_NO, TLS_MORE, TLS_YES } tls_answer;

#define TLS_JUDGED 2 /* so many bytes tell */

/* Do these bytes begin a TLS handshake: a record of type 22 and version 3.x (RFC 8446, section 5.1)?
 * TLS_MORE: one more byte will tell. */
tls_answer tls_begins_handshake(const uint8_t *data, size_t len);

#endif
