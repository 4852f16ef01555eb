/* test_digest.c
 * Is there a digest for each code, short and well formed, and are the pairs in order?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdbool.h>
#include <string.h>

#include <glib.h>

#include "catalog.h"
#include "digest.h"

static void assert_half_sentence(const char *text, size_t max)
{
    const size_t len = text != NULL ? strlen(text) : 0;

    if (len == 0 || len > max || text[len - 1] == '.')
        g_error("%zu bytes, or a full stop: %s", len, text != NULL ? text : "(null)");
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isprint(text[i]))
            g_error("not printable ASCII at byte %zu: %s", i, text);
}

static void assert_digest(const catalog_digest_row *row)
{
    assert_half_sentence(row->answers, CATALOG_DIGEST_MAX);
    assert_half_sentence(row->effect, CATALOG_DIGEST_MAX);
    assert_half_sentence(row->meant, CATALOG_DIGEST_MAX);
}

static void test_each_code_has_one(void)
{
    size_t count;
    const catalog_row *rows = catalog_rows(&count);

    for (size_t i = 0; i < count; i++)
        if (catalog_digest(rows[i].code)->code != rows[i].code)
            g_error("no digest for %u", rows[i].code);
}

/* What a code usually answers has a row of its own in the catalogue: that is what is shown. */
static void test_usual_is_explained(void)
{
    size_t count;
    const catalog_digest_row *digests = catalog_digests(&count);

    for (size_t i = 0; i < count; i++) {
        assert_digest(&digests[i]);
        g_assert_true(catalog_has_code(digests[i].code));
        if (catalog_lookup(digests[i].code, digests[i].usual)->context != digests[i].usual)
            g_error("%u to %s has no row", digests[i].code, command_name(digests[i].usual));
    }
}

static void test_other_codes_go_by_digits(void)
{
    for (unsigned code = 200; code < 600; code++) {
        const catalog_digest_row *row = catalog_digest(code);

        assert_digest(row);
        g_assert_cmpuint(row->code, ==, catalog_has_code(code) ? code : 0);
        g_assert_cmpuint(catalog_category(code)[0], ==, '0' + code / 100);
        g_assert_cmpuint(catalog_topic(code)[0], ==, '0' + code / 10 % 10);
    }
    g_assert_true(catalog_digest(299) != catalog_digest(599));
}

static bool names(const char *note, unsigned code)
{
    char number[sizeof "4294967295"];

    g_snprintf(number, sizeof number, "%u", code);
    return strstr(note, number) != NULL;
}

static void assert_pair(unsigned a, unsigned b)
{
    const char *note = catalog_pair(a, b);

    if (note == NULL)
        return;
    g_assert_true(note == catalog_pair(b, a));
    g_assert_cmpuint(strlen(note), <=, CATALOG_PAIR_MAX);
    if (!g_str_has_suffix(note, ".") || (!names(note, a) && !names(note, b)))
        g_error("%u and %u: %s", a, b, note);
}

static void test_pairs(void)
{
    for (unsigned a = 200; a < 600; a++)
        for (unsigned b = a; b < 600; b++)
            assert_pair(a, b);
    g_assert_nonnull(catalog_pair(211, 235));
    g_assert_nonnull(catalog_pair(235, 211));
    g_assert_null(catalog_pair(211, 211));
    g_assert_null(catalog_pair(299, 235));
}

int main(int argc, char *argv[])
{
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/digest/each-code-has-one", test_each_code_has_one);
    g_test_add_func("/digest/usual-is-explained", test_usual_is_explained);
    g_test_add_func("/digest/other-codes-go-by-digits", test_other_codes_go_by_digits);
    g_test_add_func("/digest/pairs", test_pairs);
    return g_test_run();
}
