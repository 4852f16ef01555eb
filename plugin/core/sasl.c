/* sasl.c
 * What challenges and responses of SASL have in common: base64, and that they are overwritten.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sasl.h"

#include <string.h>

#include <glib.h>

#define GROUP 4 /* characters of base64 that are decoded together */

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static bool is_digit(char c)
{
    return g_ascii_isalnum(c) || c == '+' || c == '/';
}

/* Are digits followed by pads all there is, in numbers that go together? */
static bool is_base64(size_t digits, size_t pads, size_t len)
{
    if (digits + pads != len || pads >= GROUP - 1 || digits % GROUP == 1)
        return false;
    return pads == 0 || len % GROUP == 0;
}

bool sasl_decode(const char *base64, size_t len, sasl_text *out)
{
    size_t digits = 0, pads = 0, taken;
    gint state = 0;
    guint save = 0;

    memset(out, 0, sizeof *out);
    while (len > 0 && is_blank(base64[len - 1]))
        len--;
    for (; len > 0 && is_blank(*base64); len--)
        base64++;
    if (len == 1 && *base64 == '=')
        return true;
    while (digits < len && is_digit(base64[digits]))
        digits++;
    while (digits + pads < len && base64[digits + pads] == '=')
        pads++;
    if (!is_base64(digits, pads, len))
        return false;

    taken = MIN(digits, SASL_BASE64_MAX);
    out->cut = taken < digits;
    out->len = g_base64_decode_step(base64, taken, (guchar *)out->bytes, &state, &save);
    if (taken % GROUP != 0)
        out->len += g_base64_decode_step("==", GROUP - taken % GROUP,
                                         (guchar *)out->bytes + out->len, &state, &save);
    return true;
}

/* No compiler can leave out a call through this, as it may a call whose result nobody reads. */
static void *(*const volatile fill)(void *bytes, int value, size_t len) = memset;

void sasl_overwrite(void *bytes, size_t len)
{
    fill(bytes, 0, len);
}

bool sasl_is(const char *mechanism, const char *row)
{
    if (mechanism == NULL)
        return false;
    if (g_str_has_suffix(row, "-"))
        return g_str_has_prefix(mechanism, row);
    return strcmp(mechanism, row) == 0;
}
