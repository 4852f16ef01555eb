/* fuzz_reply.c
 * The parts that read one line, or one text: reply lines, mechanisms, the words of a reply, and
 * the look at the first bytes of a connection. A broken promise is a crash.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "catalog.h"
#include "mechanism.h"
#include "catalog.h"
#include "recognise.h"
#include "reply.h"
#include "require.h"
#include "wording.h"

#define SIDE_BORDER 0xFE /* between what the one side says and what the other does */

static void check_reply_line(const char *text, size_t len)
{
    reply_line line;

    if (!reply_parse_line(text, len, &line))
        return;
    REQUIRE(line.code >= 200 && line.code <= 599);
    REQUIRE(line.text >= text && line.text + line.text_len == text + len);
    REQUIRE(line.last == (len < 4 || text[3] != '-'));
    if (line.enhanced.status_class != 0) {
        REQUIRE(line.code / 100 != 3);
        REQUIRE(line.enhanced.status_class == 2 || line.enhanced.status_class == 4 ||
                line.enhanced.status_class == 5);
        REQUIRE(line.enhanced.subject <= 999 && line.enhanced.detail <= 999);
    }
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const char *meaning = catalog_enhanced(scope, line.enhanced.status_class, line.enhanced.subject,
                                           line.enhanced.detail);
    REQUIRE(meaning != NULL && *meaning != '\0');
    wmem_destroy_allocator(scope);
}

static void check_mechanism(const char *text, size_t len)
{
    char name[MECHANISM_NAME_MAX + 1], again[MECHANISM_NAME_MAX + 1];

    if (!mechanism_from_argument(text, len, name))
        return;
    REQUIRE(len > 0 && strlen(name) == len && len <= MECHANISM_NAME_MAX);
    for (size_t i = 0; i < len; i++)
        REQUIRE(name[i] == g_ascii_toupper(text[i]));
    REQUIRE(mechanism_from_argument(name, len, again) && strcmp(name, again) == 0);
    (void)mechanism_exposes_secret(name);
}

/* Case and spaces around a text don't change what it says. */
static void check_wording(const char *text, size_t len)
{
    char *once = g_strndup(text, len);
    char *upper = g_ascii_strup(once, -1);
    char *spaced = g_strconcat("  ", once, " ", NULL);
    wording said = wording_of(once);

    REQUIRE(said <= WORDING_SAYS_FAILURE);
    REQUIRE(wording_of(upper) == said);
    REQUIRE(wording_of(spaced) == said);
    g_free(spaced);
    g_free(upper);
    g_free(once);
}

/* What looking at all the bytes at once says, when all came before in pieces that were kept. */
static recognise_result look_in_pieces(unsigned side, const uint8_t *data, size_t len, size_t piece,
                                       const recognise *other)
{
    recognise r = *other;
    recognise_result result = RECOGNISE_MAYBE;

    for (size_t pos = 0; pos < len; pos += piece) {
        size_t used = MIN(piece, len - pos);

        result = recognise_look(&r, side, data + pos, used, catalog_has_code);
        recognise_keep(&r, side, data + pos, used);
        REQUIRE(r.side[side].len <= RECOGNISE_BYTES_MAX);
    }
    return result;
}

static bool needs_more(recognise_result result)
{
    return result == RECOGNISE_MORE || result == RECOGNISE_MAYBE;
}

static void check_recognise(const uint8_t *data, size_t len)
{
    const uint8_t *border = (const uint8_t *)memchr(data, SIDE_BORDER, len);
    size_t first = border != NULL ? (size_t)(border - data) : len;
    recognise r = { 0 };
    unsigned side = 0;

    if (border != NULL) {
        recognise_keep(&r, 1, border + 1, len - first - 1);
        REQUIRE(!recognise_is_settled(&r) || len - first - 1 >= RECOGNISE_BYTES_MAX);
    }
    if (first == 0)
        return;
    recognise_result whole = recognise_look(&r, side, data, first, catalog_has_code);
    REQUIRE(whole <= RECOGNISE_CLIENT);
    REQUIRE(recognise_look(&r, side, data, first, catalog_has_code) ==
            whole); /* looking changes nothing */
    for (size_t piece = 1 + first / 100; piece < 100; piece *= 3) {
        recognise_result last = look_in_pieces(side, data, first, piece, &r);

        /* MORE and MAYBE differ in whether the latest bytes end a line */
        REQUIRE(last == whole || (needs_more(last) && needs_more(whole)));
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *text = (const char *)data;

    check_reply_line(text, size);
    check_mechanism(text, size);
    check_wording(text, size);
    check_recognise(data, size);
    return 0;
}
