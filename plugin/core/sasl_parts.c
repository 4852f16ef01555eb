/* sasl_parts.c
 * Which parts of a SASL response are secret?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sasl_parts.h"

#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "words.h"

#define SOH '\1'           /* between the parts of XOAUTH2 and OAUTHBEARER */
#define DIGEST_HEX_MIN 32  /* MD5 */
#define DIGEST_HEX_MAX 128 /* SHA-512 */

typedef struct {
    const char *text, *end;
    sasl_parts_sink sink;
    void *user;
} reader;

/* Does the response have this form? What is secret in it goes to the sink. */
typedef bool (*form)(const reader *r);

static void tell(const reader *r, const char *part, const char *end, bool is_nonce)
{
    if (part < end)
        r->sink(r->user, part, (size_t)(end - part), is_nonce);
}

/* The next c in the text, or its end. */
static const char *find(const char *text, const char *end, char c)
{
    const char *found = text < end ? (const char *)memchr(text, c, (size_t)(end - text)) : NULL;

    return found != NULL ? found : end;
}

static bool begins(const char *text, const char *end, const char *words)
{
    return words_begin(text, (size_t)(end - text), words);
}

/* The parts between these two separators. */
static void tell_all(const reader *r, const char *part)
{
    while (part < r->end) {
        const char *end = part;

        while (end < r->end && *end != '\0' && *end != SOH)
            end++;
        tell(r, part, end, false);
        part = end + 1;
    }
}

/* Control characters, which nobody types; NUL and SOH separate. */
static bool has_control(const char *text, const char *end)
{
    for (const char *p = text; p < end; p++)
        if (g_ascii_iscntrl(*p) && memchr("\0\1\t\r\n", *p, 5) == NULL)
            return true;
    return false;
}

/* authzid NUL authcid NUL passwd */
static bool read_plain(const reader *r)
{
    const char *first = find(r->text, r->end, '\0');
    const char *second = find(first + 1, r->end, '\0');

    if (first == r->end || second >= r->end || begins(r->text, r->end, "NTLMSSP") ||
        has_control(r->text, r->end))
        return false;
    tell_all(r, second + 1);
    return true;
}

/* "auth=" scheme SP token, somewhere between SOHs */
static bool read_token(const reader *r)
{
    bool found = false;

    for (const char *part = r->text; part < r->end;) {
        const char *end = find(part, r->end, SOH);

        if (part > r->text && begins(part, end, "auth=")) {
            const char *value = part + strlen("auth=");
            const char *space = find(value, end, ' ');

            tell(r, space < end ? space + 1 : value, end, false);
            found = true;
        }
        part = end + 1;
    }
    return found;
}

/* Attributes of one letter, with commas between them: a proof, a nonce, names. */
static bool read_scram(const reader *r)
{
    bool first = begins(r->text, r->end, "n,") || begins(r->text, r->end, "y,") ||
                 begins(r->text, r->end, "p=");
    const char *nonce = g_strstr_len(r->text, r->end - r->text, first ? ",r=" : "r=");
    const char *proof = g_strstr_len(r->text, r->end - r->text, ",p=");

    if (nonce == NULL || (!first && !(begins(r->text, r->end, "c=") && proof != NULL)))
        return false;
    nonce += first ? strlen(",r=") : strlen("r=");
    tell(r, nonce, find(nonce, r->end, ','), true);
    if (proof != NULL)
        tell(r, proof + strlen(",p="), r->end, false);
    return true;
}

/* name SP digest */
static bool read_cram(const reader *r)
{
    const char *digest = r->end;

    while (digest > r->text && g_ascii_isxdigit(digest[-1]))
        digest--;
    if (r->end - digest < DIGEST_HEX_MIN || r->end - digest > DIGEST_HEX_MAX || digest == r->text ||
        digest[-1] != ' ')
        return false;
    tell(r, digest, r->end, false);
    return true;
}

static void tell_directive(const reader *r, const char *key)
{
    const char *value = g_strstr_len(r->text, r->end - r->text, key);
    const char *end;

    if (value == NULL)
        return;
    value += strlen(key);
    value += value < r->end && *value == '"';
    for (end = value; end < r->end && *end != ',' && *end != '"';)
        end++;
    tell(r, value, end, false);
}

/* directives, with commas between them */
static bool read_digest(const reader *r)
{
    if (g_strstr_len(r->text, r->end - r->text, "nonce=") == NULL ||
        g_strstr_len(r->text, r->end - r->text, "response=") == NULL)
        return false;
    tell_directive(r, "response=");
    tell_directive(r, "cnonce=");
    return true;
}

/* Words in another encoding have few bytes that aren't ASCII's. */
static bool is_binary(const char *text, const char *end)
{
    size_t high = 0;

    for (const char *p = text; p < end; p++)
        high += (uint8_t)*p >= 0x80;
    return has_control(text, end) || memchr(text, '\0', (size_t)(end - text)) != NULL ||
           (high * 2 > (size_t)(end - text) && !g_utf8_validate(text, end - text, NULL));
}

static bool read_text(const reader *r)
{
    const char *nul = find(r->text, r->end, '\0');

    if (is_binary(r->text, nul) || (nul < r->end && is_binary(nul + 1, r->end)))
        return false;
    tell_all(r, r->text);
    return true;
}

sasl_parts_kind sasl_parts_read(const char *decoded, size_t len, sasl_parts_sink sink, void *user)
{
    static const form forms[] = { read_plain, read_token,  read_scram,
                                  read_cram,  read_digest, read_text };
    reader r = { decoded, decoded + len, sink, user };

    for (size_t i = 0; i < G_N_ELEMENTS(forms); i++)
        if (forms[i](&r))
            return SASL_PARTS_TEXT;
    return SASL_PARTS_BINARY;
}
