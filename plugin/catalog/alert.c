/* alert.c
 * The alerts of TLS.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "alert.h"

#include <stddef.h>

#include <glib.h>

#include "language.h"

#define CERTIFICATE_OF_SERVER \
    N_("Compare the server's certificate and its chain with what the client trusts.")
#define CERTIFICATE_OF_CLIENT \
    N_("The server wants a client certificate: compare it with what is set up.")
#define VERSIONS \
    N_("Compare the TLS versions that client and server allow: one of them is too old.")
#define CIPHERS \
    N_("Compare TLS versions, ciphers and certificate types that client and server allow.")

/* advice: by the client's alert, and by the server's; NULL: the general one. */
static const struct {
    unsigned alert;
    const char *name;
    const char *of_client;
    const char *of_server;
} alerts[] = {
    { 10, NC_("alert", "unexpected message"), NULL, NULL },
    { 20, NC_("alert", "bad record MAC"), NULL, NULL },
    { 22, NC_("alert", "record overflow"), NULL, NULL },
    { 40, NC_("alert", "handshake failure"), CIPHERS, CIPHERS },
    { 42, NC_("alert", "bad certificate"), CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 43, NC_("alert", "unsupported certificate"), CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 44, NC_("alert", "certificate revoked"),
      N_("The server's administrator must replace the certificate."), CERTIFICATE_OF_CLIENT },
    { 45, NC_("alert", "certificate expired"),
      N_("The server's administrator must renew the certificate; if it is valid, check the client's "
         "clock."),
      CERTIFICATE_OF_CLIENT },
    { 46, NC_("alert", "certificate unknown"), CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 47, NC_("alert", "illegal parameter"), NULL, NULL },
    { 48, NC_("alert", "unknown CA"),
      N_("The client does not trust the issuer of the server's certificate: send the whole chain, or "
         "install the issuer in the client."),
      CERTIFICATE_OF_CLIENT },
    { 49, NC_("alert", "access denied"), CERTIFICATE_OF_SERVER, CERTIFICATE_OF_CLIENT },
    { 50, NC_("alert", "decode error"), NULL, NULL },
    { 51, NC_("alert", "decrypt error"), NULL, NULL },
    { 70, NC_("alert", "protocol version"), VERSIONS, VERSIONS },
    { 71, NC_("alert", "insufficient security"), CIPHERS, CIPHERS },
    { 80, NC_("alert", "internal error"), NULL, NULL },
    { 86, NC_("alert", "inappropriate fallback"), VERSIONS, VERSIONS },
    { 109, NC_("alert", "missing extension"), NULL, NULL },
    { 110, NC_("alert", "unsupported extension"), NULL, NULL },
    { 112, NC_("alert", "unrecognized name"), NULL,
      N_("The server has no certificate for the name that the client asked for.") },
    { 113, NC_("alert", "bad certificate status response"), CERTIFICATE_OF_SERVER, NULL },
    { 116, NC_("alert", "certificate required"), NULL, CERTIFICATE_OF_CLIENT },
    { 120, NC_("alert", "no application protocol"), NULL, NULL },
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

    return row < G_N_ELEMENTS(alerts) ? C_("alert", alerts[row].name) : NULL;
}

const char *alert_advice(unsigned alert, bool by_server)
{
    size_t row = find_row(alert);
    const char *advice = NULL;

    if (row < G_N_ELEMENTS(alerts))
        advice = by_server ? alerts[row].of_server : alerts[row].of_client;
    if (advice != NULL)
        return _(advice);
    return by_server ? _("Look in the server's log for the reason.")
                     : _("Look in the client's log for the reason.");
}
