/* test_catalog.c
 * Are the explanations complete, in order, short enough and different where they must be?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "catalog.h"
#include "command.h"

static const unsigned defined_codes[] = {
    211, 214, 220, 221, 235, 250, 251, 252, 253, 334, 354, 421, 422, 432,
    450, 451, 452, 453, 454, 455, 458, 459, 500, 501, 502, 503, 504, 521,
    523, 524, 525, 530, 534, 535, 538, 550, 551, 552, 553, 554, 555, 556,
};

/* Experimental (RFC 1845). */
#define CODE_OFFSET 355

/* No RFC defines it, but some mail filters and providers send it. */
#define CODE_UNWANTED 541

/* The last registered detail of each subject. */
static const unsigned last_detail[] = { 0, 10, 4, 6, 7, 6, 9, 30 };

static const unsigned classes[] = { 2, 4, 5 };

static wmem_allocator_t *scope;

static void assert_sentence(const char *sentence)
{
    const size_t len = sentence ? strlen(sentence) : 0;

    if (len == 0 || len > CATALOG_SENTENCE_MAX)
        g_error("%zu bytes: %s", len, sentence ? sentence : "(null)");
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isprint(sentence[i]))
            g_error("not printable ASCII at byte %zu: %s", i, sentence);
    if (strstr(sentence, "  ") || sentence[0] == ' ' || sentence[len - 1] == ' ')
        g_error("stray space: %s", sentence);
}

static void assert_full_sentence(const char *sentence)
{
    assert_sentence(sentence);
    if (!strchr(".?", sentence[strlen(sentence) - 1]))
        g_error("no full stop: %s", sentence);
}

static void assert_reference(const char *reference)
{
    assert_sentence(reference);
    if (!g_regex_match_simple("^RFC [1-9][0-9]*, section [1-9][0-9.]*[0-9]*"
                              "(; RFC [1-9][0-9]*, section [1-9][0-9.]*[0-9]*)*$",
                              reference, 0, 0) ||
        g_str_has_suffix(reference, "."))
        g_error("not a reference: %s", reference);
}

static void assert_row(const catalog_row *row)
{
    g_assert_nonnull(row);
    assert_sentence(row->name);
    assert_full_sentence(row->meaning);
    assert_full_sentence(catalog_meaning(scope, row));
    assert_full_sentence(row->when);
    assert_full_sentence(row->advice);
    assert_reference(row->reference);
    g_assert_cmpuint(strlen(row->name), <=, 60);
}

static bool no_rfc_defines(const catalog_row *row)
{
    return strstr(row->meaning, "No RFC defines this code") != NULL;
}

static bool mentions(const char *const *sentences, const char *text)
{
    for (; *sentences; sentences++)
        if (strstr(*sentences, text))
            return true;
    return false;
}

static void test_rows_complete(void)
{
    size_t count = 0;
    const catalog_row *rows = catalog_rows(&count);

    g_assert_cmpuint(count, >, G_N_ELEMENTS(defined_codes));
    for (size_t i = 0; i < count; i++) {
        assert_row(&rows[i]);
        g_assert_cmpint(rows[i].context, <, COMMAND_COUNT);
        /* X-EXPS is explained as AUTH: a row of its own would never be found. */
        g_assert_cmpint(rows[i].context, !=, COMMAND_X_EXPS);
        g_assert_true(catalog_lookup(rows[i].code, rows[i].context) == &rows[i]);
    }
}

static void test_rows_sorted(void)
{
    size_t count = 0;
    const catalog_row *rows = catalog_rows(&count);

    for (size_t i = 1; i < count; i++) {
        const catalog_row *before = &rows[i - 1];
        const catalog_row *row = &rows[i];

        if (before->code > row->code ||
            (before->code == row->code && before->context >= row->context)) {
            g_error("%u/%d comes before %u/%d", before->code, (int)before->context, row->code,
                    (int)row->context);
        }
    }
}

static void test_rows_differ(void)
{
    size_t count = 0;
    const catalog_row *rows = catalog_rows(&count);

    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            if (strcmp(rows[i].meaning, rows[j].meaning) == 0)
                g_error("%u and %u share: %s", rows[i].code, rows[j].code, rows[i].meaning);
            if (rows[i].code != rows[j].code && strcmp(rows[i].when, rows[j].when) == 0 &&
                strcmp(rows[i].advice, rows[j].advice) == 0) {
                g_error("%u and %u share when and advice: %s", rows[i].code, rows[j].code,
                        rows[i].when);
            }
        }
    }
}

static void test_defined_codes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(defined_codes); i++) {
        const catalog_row *row = catalog_lookup(defined_codes[i], COMMAND_NONE);

        g_assert_cmpuint(row->code, ==, defined_codes[i]);
        g_assert_cmpint(row->context, ==, COMMAND_NONE);
        g_assert_false(no_rfc_defines(row));
    }
}

static void test_every_code_has_a_general_row(void)
{
    size_t count = 0;
    const catalog_row *rows = catalog_rows(&count);

    for (size_t i = 0; i < count; i++)
        if (i == 0 || rows[i - 1].code != rows[i].code)
            g_assert_cmpint(rows[i].context, ==, COMMAND_NONE);
}

typedef struct {
    unsigned code;
    command_id one;
    command_id other;
} context_pair;

/* Each of these contexts needs a row of its own. */
static const context_pair different[] = {
    { 211, COMMAND_HELP, COMMAND_OTHER },          { 211, COMMAND_HELP, COMMAND_NONE },
    { 220, COMMAND_CONNECTION, COMMAND_STARTTLS }, { 220, COMMAND_STARTTLS, COMMAND_XCLIENT },
    { 220, COMMAND_CONNECTION, COMMAND_NONE },     { 221, COMMAND_QUIT, COMMAND_NONE },
    { 235, COMMAND_AUTH, COMMAND_NONE },           { 334, COMMAND_AUTH, COMMAND_NONE },
    { 354, COMMAND_DATA, COMMAND_NONE },           { 250, COMMAND_EHLO, COMMAND_HELO },
    { 250, COMMAND_EHLO, COMMAND_LHLO },           { 250, COMMAND_MESSAGE, COMMAND_MAIL },
    { 250, COMMAND_MESSAGE, COMMAND_BDAT },        { 250, COMMAND_MAIL, COMMAND_RCPT },
    { 250, COMMAND_RSET, COMMAND_NOOP },           { 250, COMMAND_AUTH, COMMAND_NONE },
    { 250, COMMAND_ETRN, COMMAND_ATRN },           { 251, COMMAND_RCPT, COMMAND_VRFY },
    { 251, COMMAND_RCPT, COMMAND_ETRN },           { 252, COMMAND_RCPT, COMMAND_VRFY },
    { 252, COMMAND_VRFY, COMMAND_ETRN },           { 421, COMMAND_CONNECTION, COMMAND_NONE },
    { 421, COMMAND_MESSAGE, COMMAND_NONE },        { 450, COMMAND_RCPT, COMMAND_ATRN },
    { 450, COMMAND_ETRN, COMMAND_ATRN },           { 451, COMMAND_MESSAGE, COMMAND_RCPT },
    { 452, COMMAND_MESSAGE, COMMAND_RCPT },        { 454, COMMAND_AUTH, COMMAND_STARTTLS },
    { 500, COMMAND_AUTH, COMMAND_HELP },           { 501, COMMAND_AUTH, COMMAND_STARTTLS },
    { 501, COMMAND_AUTH, COMMAND_MAIL },           { 502, COMMAND_AUTH, COMMAND_HELP },
    { 503, COMMAND_AUTH, COMMAND_DATA },           { 504, COMMAND_AUTH, COMMAND_HELP },
    { 530, COMMAND_AUTH, COMMAND_MAIL },           { 550, COMMAND_RCPT, COMMAND_MESSAGE },
    { 550, COMMAND_RCPT, COMMAND_VRFY },           { 550, COMMAND_ETRN, COMMAND_ATRN },
    { 552, COMMAND_MESSAGE, COMMAND_RCPT },        { 554, COMMAND_CONNECTION, COMMAND_MESSAGE },
    { 554, COMMAND_CONNECTION, COMMAND_NONE },     { 554, COMMAND_MESSAGE, COMMAND_NONE },
};

static void test_contexts_differ(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(different); i++) {
        const context_pair *pair = &different[i];
        const catalog_row *one = catalog_lookup(pair->code, pair->one);
        const catalog_row *other = catalog_lookup(pair->code, pair->other);

        g_assert_cmpint(one->context, ==, pair->one);
        g_assert_cmpint(other->context, ==, pair->other);
        if (strcmp(one->meaning, other->meaning) == 0) {
            g_error("%u to commands %d and %d: %s", pair->code, (int)pair->one, (int)pair->other,
                    one->meaning);
        }
    }
}

static const context_pair same[] = {
    { 504, COMMAND_EHLO, COMMAND_HELO },    { 550, COMMAND_EHLO, COMMAND_LHLO },
    { 250, COMMAND_BDAT, COMMAND_BURL },    { 552, COMMAND_MESSAGE, COMMAND_BDAT },
    { 550, COMMAND_MESSAGE, COMMAND_BURL }, { 235, COMMAND_MAIL, COMMAND_NONE },
    { 455, COMMAND_MAIL, COMMAND_RCPT },    { 299, COMMAND_AUTH, COMMAND_NONE },
};

static void test_contexts_shared(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(same); i++) {
        g_assert_true(catalog_lookup(same[i].code, same[i].one) ==
                      catalog_lookup(same[i].code, same[i].other));
    }
}

static void test_x_exps_is_auth(void)
{
    for (unsigned code = 200; code < 600; code++) {
        g_assert_true(catalog_lookup(code, COMMAND_X_EXPS) == catalog_lookup(code, COMMAND_AUTH));
        g_assert_true(catalog_contrast(code, COMMAND_X_EXPS) ==
                      catalog_contrast(code, COMMAND_AUTH));
    }
}

/* The second digit's sense that a fallback row has to name. */
static const char *const second_digit_says[] = {
    "syntax",
    "information",
    "connections",
    "unspecified",
    "unspecified",
    "mail system",
    "outside RFC 5321's grammar",
    "outside RFC 5321's grammar",
    "outside RFC 5321's grammar",
    "outside RFC 5321's grammar",
};

static const char *const first_digit_says[] = {
    "Positive Completion",
    "Positive Intermediate",
    "Transient Negative Completion",
    "Permanent Negative Completion",
};

static void test_fallback(void)
{
    unsigned undefined = 0;

    for (unsigned code = 200; code < 600; code++) {
        const catalog_row *row = catalog_lookup(code, COMMAND_NONE);

        assert_row(row);
        if (code == CODE_UNWANTED || (row->code == code && !no_rfc_defines(row)))
            continue;
        undefined++;
        g_assert_true(no_rfc_defines(row));
        g_assert_cmpuint(row->code, ==, code / 10 * 10);
        g_assert_nonnull(strstr(row->meaning, first_digit_says[code / 100 - 2]));
        g_assert_nonnull(strstr(row->also, second_digit_says[code / 10 % 10]));
    }
    /* The 42 codes of the list, 355 and 541. */
    g_assert_cmpuint(undefined, ==, 400 - G_N_ELEMENTS(defined_codes) - 2);
}

/* It has a row of its own, for any command, which doesn't claim that an RFC defines it. */
static void test_unwanted(void)
{
    const catalog_row *row = catalog_lookup(CODE_UNWANTED, COMMAND_NONE);

    g_assert_cmpuint(row->code, ==, CODE_UNWANTED);
    g_assert_true(no_rfc_defines(row));
    g_assert_nonnull(strstr(row->meaning, "filters"));
    for (int command = COMMAND_NONE; command < COMMAND_COUNT; command++)
        g_assert_true(catalog_lookup(CODE_UNWANTED, (command_id)command) == row);
}

static bool is_in_use(unsigned code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(defined_codes); i++)
        if (defined_codes[i] == code)
            return true;
    return code == CODE_OFFSET || code == CODE_UNWANTED;
}

static void test_codes_in_use(void)
{
    /* Past what a row's code can hold, too. */
    for (unsigned code = 0; code < 2 * (UINT16_MAX + 1u); code++)
        if (catalog_has_code(code) != is_in_use(code))
            g_error("%u", code);
    g_assert_false(catalog_has_code(G_MAXUINT));
}

static void test_fallback_of_strange_numbers(void)
{
    static const unsigned strange[] = {
        0, 2, 99, 100, 199, 600, 999, 2350, 65536 + 250, G_MAXUINT
    };

    for (size_t i = 0; i < G_N_ELEMENTS(strange); i++) {
        const catalog_row *row = catalog_lookup(strange[i], COMMAND_NONE);

        assert_row(row);
        g_assert_true(no_rfc_defines(row));
    }
    assert_row(catalog_lookup(250, COMMAND_COUNT));
    assert_row(catalog_lookup(250, (command_id)1000));
}

/* Stops at the most that a row has room for. */
static size_t count_sentences(const char *const *sentences)
{
    size_t count = 0;

    while (count < CATALOG_CONTRAST_MAX && sentences[count])
        count++;
    return count;
}

static void test_contrast_sentences(void)
{
    for (unsigned code = 200; code < 600; code++) {
        for (int command = COMMAND_NONE; command < COMMAND_COUNT; command++) {
            const char *const *sentences = catalog_contrast(code, (command_id)command);

            if (!sentences)
                continue;
            g_assert_nonnull(sentences[0]);
            g_assert_null(sentences[count_sentences(sentences)]);
            for (; *sentences; sentences++)
                assert_full_sentence(*sentences);
        }
    }
}

static void test_contrast_of_211(void)
{
    static const char *const must_mention[] = { "235", "HELP", "AUTH",        "214",
                                                "500", "502",  "information", "Positive Completion",
                                                "503" };

    for (int command = COMMAND_NONE; command < COMMAND_COUNT; command++) {
        g_assert_nonnull(catalog_contrast(211, (command_id)command));
        g_assert_true(mentions(catalog_contrast(211, (command_id)command), "235"));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(must_mention); i++)
        g_assert_true(mentions(catalog_contrast(211, COMMAND_HELP), must_mention[i]));
}

static void test_contrast_of_235(void)
{
    static const char *const must_mention[] = {
        "211", "HELP", "AUTH", "535", "534", "538",      "530",
        "432", "454",  "504",  "501", "503", "RFC 4954", "Positive Completion"
    };

    for (int command = COMMAND_NONE; command < COMMAND_COUNT; command++) {
        g_assert_nonnull(catalog_contrast(235, (command_id)command));
        g_assert_true(mentions(catalog_contrast(235, (command_id)command), "211"));
    }
    for (size_t i = 0; i < G_N_ELEMENTS(must_mention); i++)
        g_assert_true(mentions(catalog_contrast(235, COMMAND_AUTH), must_mention[i]));
}

static void test_contrast_after_auth(void)
{
    static const unsigned specific[] = { 421, 422, 432, 454, 500, 501, 502, 503, 504, 523,
                                         524, 525, 530, 534, 535, 538, 550, 553, 554 };
    const char *const *generic_4 = catalog_contrast(499, COMMAND_AUTH);
    const char *const *generic_5 = catalog_contrast(599, COMMAND_AUTH);

    for (size_t i = 0; i < G_N_ELEMENTS(specific); i++) {
        const char *const *sentences = catalog_contrast(specific[i], COMMAND_AUTH);
        g_autofree char *number = g_strdup_printf("%u", specific[i]);

        g_assert_nonnull(sentences);
        g_assert_true(sentences != generic_4 && sentences != generic_5);
        g_assert_true(mentions(sentences, number));
        g_assert_true(mentions(sentences, "235"));
    }
    for (unsigned code = 200; code < 600; code++)
        if (code != 334)
            g_assert_nonnull(catalog_contrast(code, COMMAND_AUTH));
    g_assert_true(generic_4 != generic_5);
    g_assert_true(mentions(generic_4, "235") && mentions(generic_5, "235"));
    g_assert_true(mentions(catalog_contrast(250, COMMAND_AUTH), "235"));
    g_assert_true(mentions(catalog_contrast(354, COMMAND_AUTH), "235"));
}

static void test_contrast_after_help(void)
{
    for (unsigned code = 200; code < 600; code++) {
        const char *const *sentences = catalog_contrast(code, COMMAND_HELP);

        g_assert_nonnull(sentences);
        g_assert_true(mentions(sentences, "211"));
    }
    g_assert_true(catalog_contrast(450, COMMAND_HELP) != catalog_contrast(550, COMMAND_HELP));
    g_assert_true(catalog_contrast(214, COMMAND_HELP) != catalog_contrast(250, COMMAND_HELP));
    g_assert_true(mentions(catalog_contrast(502, COMMAND_HELP), "no harm"));
}

static void test_no_contrast(void)
{
    /* 334 goes on with AUTH, it doesn't end it. */
    g_assert_null(catalog_contrast(334, COMMAND_AUTH));
    g_assert_null(catalog_contrast(334, COMMAND_X_EXPS));
    g_assert_null(catalog_contrast(250, COMMAND_MAIL));
    g_assert_null(catalog_contrast(550, COMMAND_RCPT));
    g_assert_null(catalog_contrast(535, COMMAND_NONE));
    g_assert_null(catalog_contrast(530, COMMAND_MAIL));
}

static void test_enhanced_registered(void)
{
    g_autoptr(GHashTable) seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (size_t c = 0; c < G_N_ELEMENTS(classes); c++) {
        for (unsigned subject = 0; subject < G_N_ELEMENTS(last_detail); subject++) {
            const char *unregistered = catalog_enhanced(scope, classes[c], subject, 999);

            assert_full_sentence(unregistered);
            g_assert_nonnull(strstr(unregistered, "not registered"));
            g_assert_cmpstr(catalog_enhanced(scope, classes[c], subject, last_detail[subject] + 1),
                            ==, unregistered);
            for (unsigned detail = 0; detail <= last_detail[subject]; detail++) {
                const char *sentence = catalog_enhanced(scope, classes[c], subject, detail);

                assert_full_sentence(sentence);
                g_assert_null(strstr(sentence, "not registered"));
                if (!g_hash_table_add(seen, (gpointer)sentence))
                    g_error("%u.%u.%u repeats: %s", classes[c], subject, detail, sentence);
            }
        }
    }
}

/* Only class 2 speaks of success; class 4 leaves hope, class 5 doesn't. */
static void test_enhanced_classes(void)
{
    for (unsigned subject = 0; subject <= 9; subject++) {
        for (unsigned detail = 0; detail <= 31; detail++) {
            const char *success = catalog_enhanced(scope, 2, subject, detail);
            const char *temporary = catalog_enhanced(scope, 4, subject, detail);
            const char *permanent = catalog_enhanced(scope, 5, subject, detail);

            g_assert_true(g_str_has_prefix(success, "Success. "));
            g_assert_null(strstr(temporary, "Success"));
            g_assert_null(strstr(permanent, "Success"));
            g_assert_nonnull(strstr(temporary, "may try again later"));
            g_assert_null(strstr(permanent, "may try again later"));
        }
    }
}

static void test_enhanced_known_ones(void)
{
    g_assert_nonnull(strstr(catalog_enhanced(scope, 2, 7, 0), "authentication succeeded"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 2, 1, 5), "valid"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 5, 7, 8), "credentials"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 4, 7, 0), "454"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 5, 7, 0), "530"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 5, 5, 6), "12288"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 5, 1, 1), "mailbox"));
    g_assert_nonnull(strstr(catalog_enhanced(scope, 5, 7, 139), "security or policy"));
}

static void test_enhanced_strange(void)
{
    assert_full_sentence(catalog_enhanced(scope, 5, 8, 0));
    assert_full_sentence(catalog_enhanced(scope, 5, 999, 999));
    g_assert_cmpstr(catalog_enhanced(scope, 5, 8, 0), ==, catalog_enhanced(scope, 5, 999, 999));
    assert_full_sentence(catalog_enhanced(scope, 3, 7, 0));
    g_assert_cmpstr(catalog_enhanced(scope, 3, 7, 0), ==, catalog_enhanced(scope, 0, 0, 0));
    assert_full_sentence(catalog_enhanced(scope, G_MAXUINT, G_MAXUINT, G_MAXUINT));
}

int main(int argc, char **argv)
{
    int status;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);

    g_test_add_func("/catalog/rows/complete", test_rows_complete);
    g_test_add_func("/catalog/rows/sorted", test_rows_sorted);
    g_test_add_func("/catalog/rows/differ", test_rows_differ);
    g_test_add_func("/catalog/rows/defined-codes", test_defined_codes);
    g_test_add_func("/catalog/rows/general-row", test_every_code_has_a_general_row);
    g_test_add_func("/catalog/context/differ", test_contexts_differ);
    g_test_add_func("/catalog/context/shared", test_contexts_shared);
    g_test_add_func("/catalog/context/x-exps", test_x_exps_is_auth);
    g_test_add_func("/catalog/fallback/digits", test_fallback);
    g_test_add_func("/catalog/fallback/strange", test_fallback_of_strange_numbers);
    g_test_add_func("/catalog/codes/unwanted", test_unwanted);
    g_test_add_func("/catalog/codes/in-use", test_codes_in_use);
    g_test_add_func("/catalog/contrast/sentences", test_contrast_sentences);
    g_test_add_func("/catalog/contrast/211", test_contrast_of_211);
    g_test_add_func("/catalog/contrast/235", test_contrast_of_235);
    g_test_add_func("/catalog/contrast/auth", test_contrast_after_auth);
    g_test_add_func("/catalog/contrast/help", test_contrast_after_help);
    g_test_add_func("/catalog/contrast/none", test_no_contrast);
    g_test_add_func("/catalog/enhanced/registered", test_enhanced_registered);
    g_test_add_func("/catalog/enhanced/classes", test_enhanced_classes);
    g_test_add_func("/catalog/enhanced/known", test_enhanced_known_ones);
    g_test_add_func("/catalog/enhanced/strange", test_enhanced_strange);

    status = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return status;
}
