/* mechanism.c
 * Names of SASL mechanisms.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "mechanism.h"

#include <string.h>

#include <glib.h>

/* IANA's registry of SASL mechanisms, and the unregistered ones that mail servers offer. */
static const struct {
    const char *name;
    bool exposes_secret;
} known_mechanisms[] = {
    { "9798-M-DSA-SHA1", false },
    { "9798-M-ECDSA-SHA1", false },
    { "9798-M-RSA-SHA1-ENC", false },
    { "9798-U-DSA-SHA1", false },
    { "9798-U-ECDSA-SHA1", false },
    { "9798-U-RSA-SHA1-ENC", false },
    { "ANONYMOUS", false },
    { "CRAM-MD5", false },
    { "CRAM-SHA1", false },
    { "CRAM-SHA256", false },
    { "DIGEST-MD5", false },
    { "EAP-AES128", false },
    { "EAP-AES128-PLUS", false },
    { "ECDH-X25519-CHALLENGE", false },
    { "ECDSA-NIST256P-CHALLENGE", false },
    { "EXTERNAL", false },
    { "GS2-KRB5", false },
    { "GS2-KRB5-PLUS", false },
    { "GSS-SPNEGO", false },
    { "GSSAPI", false },
    { "KERBEROS_V4", false },
    { "KERBEROS_V5", false },
    { "LOGIN", true },
    { "NTLM", false },
    { "OAUTH10A", false },
    { "OAUTHBEARER", true },
    { "OPENID20", false },
    { "OTP", false },
    { "PLAIN", true },
    { "PLAIN-CLIENTTOKEN", false },
    { "SAML20", false },
    { "SCRAM-SHA-1", false },
    { "SCRAM-SHA-1-PLUS", false },
    { "SCRAM-SHA-256", false },
    { "SCRAM-SHA-256-PLUS", false },
    { "SCRAM-SHA-512", false },
    { "SCRAM-SHA-512-PLUS", false },
    { "SECURID", false },
    { "SKEY", false },
    { "SPNEGO", false },
    { "XOAUTH", false },
    { "XOAUTH2", true },
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

    return row < G_N_ELEMENTS(known_mechanisms) && known_mechanisms[row].exposes_secret;
}
