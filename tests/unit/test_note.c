/* test_note.c
 * Are equal texts kept once, and different ones never mistaken for each other?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "note.h"

#include <string.h>

#include <glib.h>

#define TEXTS 20000 /* many more than are remembered */

static void test_equal_texts_are_one(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    note_store *store = note_store_new(scope);
    char sent[] = "Ok, then more";
    const char *first = note_store_share_text(store, sent, 2);

    g_assert_cmpstr(first, ==, "Ok");
    memset(sent, 'x', 2); /* the bytes were copied */
    g_assert_cmpstr(first, ==, "Ok");
    g_assert_true(note_store_share_text(store, "Ok", 2) == first);
    wmem_destroy_allocator(scope);
}

static void test_beginnings_differ(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    note_store *store = note_store_new(scope);
    static const char *const texts[] = { "", "O", "Ok", "Ok ", "Okay", "Ok", "O", "" };

    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++)
        g_assert_cmpstr(note_store_share_text(store, texts[i], strlen(texts[i])), ==, texts[i]);
    wmem_destroy_allocator(scope);
}

/* Texts that share their length and end are filed in the same place: all of them stay what they
 * are, also those that made room. */
static void test_texts_in_one_place(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    note_store *store = note_store_new(scope);
    const char **kept = g_new(const char *, TEXTS);
    char text[64];

    for (unsigned i = 0; i < TEXTS; i++) {
        int len = g_snprintf(text, sizeof text, "%05u: no such user here", i);

        kept[i] = note_store_share_text(store, text, (size_t)len);
    }
    for (unsigned i = 0; i < TEXTS; i++) {
        g_snprintf(text, sizeof text, "%05u: no such user here", i);
        g_assert_cmpstr(kept[i], ==, text);
    }
    g_free(kept);
    wmem_destroy_allocator(scope);
}

int main(int argc, char **argv)
{
    wmem_init();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/note/equal-texts-are-one", test_equal_texts_are_one);
    g_test_add_func("/note/beginnings-differ", test_beginnings_differ);
    g_test_add_func("/note/texts-in-one-place", test_texts_in_one_place);
    int failed = g_test_run();
    wmem_cleanup();
    return failed;
}
