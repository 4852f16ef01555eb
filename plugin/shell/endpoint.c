/* endpoint.c
 * Addresses and ports as text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "endpoint.h"

#include <epan/to_str.h>

char *smtp_explain_endpoint_text(const address *addr, uint32_t port)
{
    char *text = address_to_str(NULL, addr);
    char *endpoint = g_strdup_printf(addr->type == AT_IPv6 ? "[%s]:%u" : "%s:%u", text, port);

    wmem_free(NULL, text);
    return endpoint;
}
