/* user_name.c
 * The user name in what a client answers inside AUTH, and nothing else of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "user_name.h"

#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "charset.h"
#include "sasl.h"

#define SOH "\1" /* between the parts of XOAUTH2 and OAUTHBEARER */
#define MD5_HEX_LEN 32

/* A part of a decoded response. */
typedef struct {
    char *text;
    size_t len;
} part;

/* Finds the name in a decoded response, which it may change. */
typedef bool (*finder)(sasl_text *decoded, part *name);

/* Is there a secret, and is it no part of the name? */
static bool is_apart(part secret, part name)
{
    for (size_t i = 0; secret.len > 0 && i + secret.len <= name.len; i++)
        if (memcmp(name.text + i, secret.text, secret.len) == 0)
            return false;
    return secret.len > 0;
}

/* authzid NUL authcid NUL passwd */
static bool find_in_plain(sasl_text *decoded, part *name)
{
    const char *end = decoded->bytes + decoded->len;
    char *nul = (char *)memchr(decoded->bytes, '\0', decoded->len);
    part password;

    if (nul == NULL || decoded->cut)
        return false;
    name->text = nul + 1;
    nul = (char *)memchr(name->text, '\0', (size_t)(end - name->text));
    if (nul == NULL)
        return false;
    name->len = (size_t)(nul - name->text);
    password = (part){ nul + 1, (size_t)(end - nul - 1) };
    return memchr(password.text, '\0', password.len) == NULL && is_apart(password, *name);
}

/* the name alone; what is cut is too long for one */
static bool find_in_login(sasl_text *decoded, part *name)
{
    *name = (part){ decoded->bytes, decoded->len };
    return true;
}

/* name SP digest */
static bool find_in_cram_md5(sasl_text *decoded, part *name)
{
    char *space = strrchr(decoded->bytes, ' ');

    if (space == NULL || strlen(space + 1) != MD5_HEX_LEN)
        return false;
    for (const char *digit = space + 1; *digit != '\0'; digit++)
        if (!g_ascii_isxdigit(*digit))
            return false;
    *name = (part){ decoded->bytes, (size_t)(space - decoded->bytes) };
    return true;
}

/* Takes what stands in quotes, and removes its backslashes. */
static bool take_quoted(char **at, part *value)
{
    char *from = *at, *to;

    if (*from++ != '"')
        return false;
    value->text = to = from;
    while (*from != '\0' && *from != '"') {
        from += *from == '\\' && from[1] != '\0';
        *to++ = *from++;
    }
    value->len = (size_t)(to - value->text);
    *at = from + (*from == '"');
    return *from == '"';
}

/* Takes a value and the blanks behind it; false unless another directive follows. */
static bool skip_value(char **at)
{
    part ignored;

    if (**at == '"' && !take_quoted(at, &ignored))
        return false;
    *at += strcspn(*at, ",\"");
    return **at == ',';
}

/* directives, with commas between them: name "=" (token / quoted) */
static bool find_in_digest_md5(sasl_text *decoded, part *name)
{
    char *at = decoded->bytes;

    do {
        at += strspn(at, ", \t");
        size_t len = strcspn(at, "=");
        bool is_name = len == strlen("username") && g_ascii_strncasecmp(at, "username", len) == 0;

        if (at[len] == '\0')
            return false;
        at += len + 1;
        if (is_name)
            return take_quoted(&at, name) && (*at == ',' || *at == '\0');
    } while (skip_value(&at));
    return false;
}

/* Takes a name up to the comma behind it, with "=2C" for a comma and "=3D" for "=" (RFC 5802,
 * section 5.1). */
static bool take_saslname(char **at, part *name)
{
    char *from = *at, *to = *at;

    while (*from != ',' && *from != '\0') {
        bool comma = g_str_has_prefix(from, "=2C"), equals = g_str_has_prefix(from, "=3D");

        if (*from == '=' && !comma && !equals)
            return false;
        *to++ = comma ? ',' : *from;
        from += comma || equals ? strlen("=2C") : 1;
    }
    *name = (part){ *at, (size_t)(to - *at) };
    *at = from + 1;
    return *from == ',';
}

/* Takes what channel bindings and GSS-API need: ("n" / "y" / "p=" binding) "," ["a=" name] ","
 * (RFC 5801, section 4). */
static bool take_gs2_header(char **at, part *authzid)
{
    if (g_str_has_prefix(*at, "p="))
        *at += strcspn(*at, ",");
    else if (**at == 'n' || **at == 'y')
        ++*at;
    if (**at != ',')
        return false;
    ++*at;
    if (g_str_has_prefix(*at, "a=")) {
        *at += strlen("a=");
        return take_saslname(at, authzid);
    }
    return *(*at)++ == ',';
}

/* header "n=" name ",r=" nonce */
static bool find_in_scram(sasl_text *decoded, part *name)
{
    char *at = decoded->bytes;

    if (!take_gs2_header(&at, name) || !g_str_has_prefix(at, "n="))
        return false;
    at += strlen("n=");
    return take_saslname(&at, name) && g_str_has_prefix(at, "r=");
}

/* Is this SOH "auth=" scheme SP token, with a token that isn't part of the name? */
static bool is_token_apart(char *auth, part name)
{
    char *space = g_str_has_prefix(auth, SOH "auth=") ? strchr(auth, ' ') : NULL;

    return space != NULL && is_apart((part){ space + 1, strcspn(space + 1, SOH) }, name);
}

/* "user=" name SOH "auth=" ... */
static bool find_in_xoauth2(sasl_text *decoded, part *name)
{
    if (!g_str_has_prefix(decoded->bytes, "user="))
        return false;
    name->text = decoded->bytes + strlen("user=");
    name->len = strcspn(name->text, SOH);
    return is_token_apart(name->text + name->len, *name);
}

/* header, SOH key "=" value ..., one of which is "auth" */
static bool find_in_oauthbearer(sasl_text *decoded, part *name)
{
    char *at = decoded->bytes, *auth;

    if (!take_gs2_header(&at, name) || !g_str_has_prefix(at, SOH))
        return false;
    auth = strstr(at, SOH "auth=");
    return auth != NULL && is_token_apart(auth, *name);
}

static const struct {
    const char *mechanism;
    finder find;
    bool has_nuls;
    bool formless; /* only the order tells what a response is */
} finders[] = {
    { .mechanism = "PLAIN", .find = find_in_plain, .has_nuls = true },
    { .mechanism = "LOGIN", .find = find_in_login, .formless = true },
    { .mechanism = "CRAM-MD5", .find = find_in_cram_md5 },
    { .mechanism = "DIGEST-MD5", .find = find_in_digest_md5 },
    { .mechanism = "SCRAM-", .find = find_in_scram },
    { .mechanism = "XOAUTH2", .find = find_in_xoauth2 },
    { .mechanism = "OAUTHBEARER", .find = find_in_oauthbearer },
};

/* Where a server asks for the password first some clients answer in its order, and others in theirs. */
static bool is_name_due(const sasl_response *response)
{
    return response->nth == 1 &&
           (response->asked == CHALLENGE_NONE || response->asked == CHALLENGE_EMPTY ||
            response->asked == CHALLENGE_PROMPT_USER);
}

static bool find_name(const sasl_response *response, sasl_text *decoded, part *name)
{
    bool has_nuls = memchr(decoded->bytes, '\0', decoded->len) != NULL;

    for (size_t i = 0; i < G_N_ELEMENTS(finders); i++) {
        if (!sasl_is(response->mechanism, finders[i].mechanism))
            continue;
        if (finders[i].has_nuls != has_nuls || (finders[i].formless && !is_name_due(response)))
            return false;
        return finders[i].find(decoded, name);
    }
    return false;
}

static bool is_shown(part name)
{
    if (name.len == 0 || name.len > USER_NAME_MAX ||
        !g_utf8_validate(name.text, (gssize)name.len, NULL))
        return false;
    for (const char *p = name.text; p < name.text + name.len; p = g_utf8_next_char(p))
        if (!charset_is_printable(g_utf8_get_char(p)))
            return false;
    return true;
}

char *user_name_read(wmem_allocator_t *scope, const sasl_response *response)
{
    char *shown = NULL;
    part name = { NULL, 0 };
    sasl_text decoded;

    if (sasl_decode(response->base64, response->len, &decoded) &&
        find_name(response, &decoded, &name) && is_shown(name))
        shown = wmem_strndup(scope, name.text, name.len);
    sasl_overwrite(&decoded, sizeof decoded);
    return shown;
}
