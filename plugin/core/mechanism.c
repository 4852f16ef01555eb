/* mechanism.c
 * Names of SASL mechanisms.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "mechanism.h"

#include <stdint.h>
#include <string.h>

#include <glib.h>

/* IANA's registry of SASL mechanisms, and the unregistered ones that mail servers offer. With some of
 * them the client's first response only says who it wants to be. */
static const struct {
    const char *name;
    bool exposes_secret;
    uint8_t credentials_at; /* the response that holds the credentials; 0: the first */
} known_mechanisms[] = {
    { "9798-M-DSA-SHA1", false, 0 },
    { "9798-M-ECDSA-SHA1", false, 0 },
    { "9798-M-RSA-SHA1-ENC", false, 0 },
    { "9798-U-DSA-SHA1", false, 0 },
    { "9798-U-ECDSA-SHA1", false, 0 },
    { "9798-U-RSA-SHA1-ENC", false, 0 },
    { "ANONYMOUS", false, 0 },
    { "CRAM-MD5", false, 0 },
    { "CRAM-SHA1", false, 0 },
    { "CRAM-SHA256", false, 0 },
    { "DIGEST-MD5", false, 0 },
    { "EAP-AES128", false, 0 },
    { "EAP-AES128-PLUS", false, 0 },
    { "ECDH-X25519-CHALLENGE", false, 0 },
    { "ECDSA-NIST256P-CHALLENGE", false, 0 },
    { "EXTERNAL", false, 0 },
    { "GS2-KRB5", false, 2 },
    { "GS2-KRB5-PLUS", false, 2 },
    { "GSS-SPNEGO", false, 2 },
    { "GSSAPI", false, 2 },
    { "KERBEROS_V4", false, 2 },
    { "KERBEROS_V5", false, 2 },
    { "LOGIN", true, 2 },
    { "NTLM", false, 2 },
    { "OAUTH10A", false, 0 },
    { "OAUTHBEARER", true, 0 },
    { "OPENID20", false, 0 },
    { "OTP", false, 2 },
    { "PLAIN", true, 0 },
    { "PLAIN-CLIENTTOKEN", true, 0 },
    { "SAML20", false, 0 },
    { "SCRAM-SHA-1", false, 2 },
    { "SCRAM-SHA-1-PLUS", false, 2 },
    { "SCRAM-SHA-256", false, 2 },
    { "SCRAM-SHA-256-PLUS", false, 2 },
    { "SCRAM-SHA-512", false, 2 },
    { "SCRAM-SHA-512-PLUS", false, 2 },
    { "SECURID", false, 0 },
    { "SKEY", false, 2 },
    { "SPNEGO", false, 2 },
    { "XOAUTH", false, 0 },
    { "XOAUTH2", true, 0 },
};

/* The row of a mechanism; their number if it has none. */
static size_t find_row(const char *name)
{
    size_t i = 0;

    while (i < G_N_ELEMENTS(known_mechanisms) &&
           (known_mechanisms[i].name[0] != name[0] || strcmp(known_mechanisms[i].name, name) != 0))
        i++;
    return i;
}

const char *mechanism_known(const char *name)
{
    size_t row = find_row(name);

    return row < G_N_ELEMENTS(known_mechanisms) ? known_mechanisms[row].name : NULL;
}

/* RFC 4422, section 3.1: letters, digits, hyphens and underscores */
static bool has_name_form(const char *text, size_t len)
{
    if (len == 0 || len > MECHANISM_NAME_MAX)
        return false;
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isalnum(text[i]) && text[i] != '-' && text[i] != '_')
            return false;
    return true;
}

/* Base64 mixes cases, nearly always; the name of a mechanism is written in upper case. */
static bool looks_like_base64(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (g_ascii_islower(text[i]))
            return true;
    return false;
}

bool mechanism_from_argument(const char *text, size_t len, char name[MECHANISM_NAME_MAX + 1])
{
    if (!has_name_form(text, len))
        return false;
    for (size_t i = 0; i < len; i++)
        name[i] = g_ascii_toupper(text[i]);
    name[len] = '\0';
    return mechanism_known(name) != NULL || !looks_like_base64(text, len);
}

bool mechanism_exposes_secret(const char *name)
{
    size_t row = name != NULL ? find_row(name) : G_N_ELEMENTS(known_mechanisms);

    return row == G_N_ELEMENTS(known_mechanisms) || known_mechanisms[row].exposes_secret;
}

unsigned mechanism_credentials_at(const char *name)
{
    size_t row = name != NULL ? find_row(name) : G_N_ELEMENTS(known_mechanisms);

    return row < G_N_ELEMENTS(known_mechanisms) ? MAX(known_mechanisms[row].credentials_at, 1u) : 1;
}
