/* tls.c
 * What tells a TLS record from SMTP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tls.h"

#define TLS_HANDSHAKE 22
#define TLS_MAJOR_VERSION 3

tls_answer tls_begins_handshake(const uint8_t *data, size_t len)
{
    if (len > 0 && data[0] != TLS_HANDSHAKE)
        return TLS_NO;
    if (len < TLS_JUDGED)
        return TLS_MORE;
    return data[1] == TLS_MAJOR_VERSION ? TLS_YES : TLS_NO;
}
