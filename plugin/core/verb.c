/* verb.c
 * Verbs that SMTP's table doesn't have, as far as they may be shown.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "verb.h"

#include <string.h>

#include <glib.h>

#include "middlebox.h"

#define VERB_MIN 3
#define VERB_MAX 24

typedef struct {
    const char *name;
    bool public_argument; /* no password follows it */
} verb_row;

/* What follows a verb may be a password or a token unless it says otherwise. */
static const verb_row rows[] = {
    /* RFC 821, RFC 1425 to 1869 and their experiments */
    { "SEND", true },
    { "SOML", true },
    { "SAML", true },
    { "ESND", true },
    { "ESOM", true },
    { "ESAM", true },
    { "EMAL", true },
    { "EVFY", true },
    /* what replies to EHLO list, typed as a verb */
    { "8BITMIME", true },
    { "BINARYMIME", true },
    { "CHECKPOINT", true },
    { "CHUNKING", true },
    { "CONNEG", true },
    { "CONPERM", true },
    { "DELIVERBY", true },
    { "DSN", true },
    { "ENHANCEDSTATUSCODES", true },
    { "FUTURERELEASE", true },
    { "LIMITS", true },
    { "MTRK", true },
    { "NO-SOLICITING", true },
    { "PIPELINING", true },
    { "PRIORITY", true },
    { "REQUIRETLS", true },
    { "SIZE", true },
    { "SMTPUTF8", true },
    { "SUBMITTER", true },
    { "TIME", true },
    { "UTF8SMTP", true },
    /* sendmail */
    { "DEBUG", true },
    { "ONEX", true },
    { "SHOWQ", true },
    { "VERB", true },
    { "WIZ", false },
    { "XUSR", true },
    /* PMDF and the Messaging Servers after it */
    { "XADR", true },
    { "XCIR", true },
    { "XDFLG", true },
    { "XGEN", true },
    { "XLOOP", true },
    { "XSTA", true },
    /* Exchange */
    { "X-ANONYMOUSTLS", true },
    { "X-LINK2STATE", true },
    { "XEXPS", false },
    { "XOORG", true },
    { "XPROXY", false },
    { "XPROXYFROM", false },
    { "XPROXYTO", false },
    { "XQDISCARD", true },
    { "XRDST", true },
    { "XREMOTEQUEUE", true },
    { "XSESSIONPARAMS", true },
    { "XSHADOW", true },
    { "XSHADOWREQUEST", true },
    /* others of servers and proxies */
    { "PROXY", true },
    { "QSND", true },
    { "QUEU", true },
    { "STAT", true },
    { "XADDR", true },
    { "XVERP", true },
    /* RFC 1939, RFC 2449, RFC 2595: POP3 */
    { "APOP", false },
    { "CAPA", true },
    { "DELE", true },
    { "LAST", true },
    { "LIST", true },
    { "PASS", false },
    { "RETR", true },
    { "STLS", true },
    { "TOP", true },
    { "UIDL", true },
    { "USER", true },
    /* RFC 9051: IMAP, without its tags */
    { "AUTHENTICATE", false },
    { "CAPABILITY", true },
    { "LOGIN", false },
    { "LOGOUT", true },
    { "NAMESPACE", true },
    { "SELECT", true },
    /* RFC 959, RFC 2389: FTP */
    { "ACCT", false },
    { "CWD", true },
    { "FEAT", true },
    { "PASV", true },
    { "PORT", true },
    { "SYST", true },
    { "TYPE", true },
    /* RFC 9110, RFC 5789, RFC 9113: HTTP */
    { "CONNECT", true },
    { "DELETE", false },
    { "GET", false },
    { "HEAD", false },
    { "OPTIONS", false },
    { "PATCH", false },
    { "POST", false },
    { "PRI", true },
    { "PUT", false },
    { "TRACE", false },
    /* RFC 3261: SIP */
    { "INVITE", true },
    { "REGISTER", true },
    /* RFC 3977: NNTP */
    { "ARTICLE", true },
    { "GROUP", true },
    { "MODE", true },
    /* what people type */
    { "BYE", true },
    { "CLOSE", true },
    { "EXIT", true },
    { "LOGOFF", true },
};

/* What firewalls make of a verb (middlebox.h), without a letter that isn't an X. */
static const char masked[] = "XXXXXXXXXXXXXXXXXXXXXXXX";

static bool is_mask(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (g_ascii_toupper(word[i]) != 'X')
            return false;
    return middlebox_masks_word(word, len) && len < sizeof masked;
}

const char *verb_known(const char *word, size_t len)
{
    if (is_mask(word, len))
        return masked + (sizeof masked - 1 - len);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strlen(rows[i].name) == len && g_ascii_strncasecmp(rows[i].name, word, len) == 0)
            return rows[i].name;
    return NULL;
}

bool verb_has_public_argument(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++)
        if (strcmp(rows[i].name, name) == 0)
            return rows[i].public_argument;
    return false;
}

static bool is_verb_byte(char c)
{
    return g_ascii_isupper(c) || g_ascii_isdigit(c) || c == '-';
}

bool verb_is_listed(const char *text, const char *word, size_t len)
{
    if (text == NULL || len < VERB_MIN || len > VERB_MAX || !g_ascii_isalpha(*word))
        return false;
    for (const char *at = text; *at != '\0';) {
        const char *end = at;

        while (is_verb_byte(*end))
            end++;
        bool whole = !g_ascii_isalnum(*end) && *end != '_';
        if ((size_t)(end - at) == len && whole && g_ascii_strncasecmp(at, word, len) == 0)
            return true;
        while (g_ascii_isalnum(*end) || *end == '_')
            end++;
        at = end > at ? end : at + 1;
    }
    return false;
}
