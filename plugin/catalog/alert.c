/* alert.c
 * The alerts of TLS.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "alert.h"

#include <stddef.h>

#include <glib.h>

#define CERTIFICATE_OF_SERVER \
    "Compare the server's certificate and its chain with what the client trusts."
#define CERTIFICATE_OF_CLIENT \
    "The server wants a client certificate: compare it with what is set up."
#define VERSIONS "Compare the TLS versions that client and server allow: one of them is too old."
#define CIPHERS "Compare TLS versions, ciphers and certificate types that client and server allow."

/* advice: by the client's alert, and by the server's; NULL: the general one. */
static const struct {
    unsigned alert;
    const char *name;
    const char *of_client;
    const char *of_server;
} alerts[] = {
    { 10, "unexpected message", NULL, NULL },
    { 20, "bad record MAC", NULL, NULL },
    { 22, "record overflow", NULL, NULL },
    { 40, "handshake failure", CIPHERS, CIPHERS },
    { 42, "bad certificate", CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 43, "unsupported certificate", CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 44, "certificate revoked", "The server's administrator must replace the certificate.",
      CERTIFICATE_OF_CLIENT },
    { 45, "certificate expired",
      "The server's administrator must renew the certificate; if it is valid, check the client's "
      "clock.",
      CERTIFICATE_OF_CLIENT },
    { 46, "certificate unknown", CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 47, "illegal parameter", NULL, NULL },
    { 48, "unknown CA",
      "The client does not trust the issuer of the server's certificate: send the whole chain, or "
      "install the issuer in the client.",
      CERTIFICATE_OF_CLIENT },
    { 49, "access denied", CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 50, "decode error", NULL, NULL },
    { 51, "decrypt error", NULL, NULL },
    { 70, "protocol version", VERSIONS, VERSIONS },
    { 71, "insufficient security", CIPHERS, CIPHERS },
    { 80, "internal error", NULL, NULL },
    { 86, "inappropriate fallback", VERSIONS, VERSIONS },
    { 109, "missing extension", NULL, NULL },
    { 110, "unsupported extension", NULL, NULL },
    { 112, "unrecognized name", NULL,
      "The server has no certificate for the name that the client asked for." },
    { 113, "bad certificate status response", CERTIFICATE_OF_SERVER, NULL },
    { 116, "certificate required", NULL, CERTIFICATE_OF_CLIENT },
    { 120, "no application protocol", NULL, NULL },
};

/* The row of an alert; their number if it has none. */
static size_t find_row(unsigned alert)
{
    size_t i = 0;

    while (i < G_N_ELEMENTS(alerts) && alerts[i].alert != alert)
        i++;
    return i;
}

const char *alert_name(unsigned alert)
{
    size_t row = find_row(alert);

    return row < G_N_ELEMENTS(alerts) ? alerts[row].name : NULL;
}

const char *alert_advice(unsigned alert, bool by_server)
{
    size_t row = find_row(alert);
    const char *advice = NULL;

    if (row < G_N_ELEMENTS(alerts))
        advice = by_server ? alerts[row].of_server : alerts[row].of_client;
    if (advice != NULL)
        return advice;
    return by_server ? "Look in the server's log for the reason."
                     : "Look in the client's log for the reason.";
}
