/* test_note.c
 * Are equal texts kept once, and different ones never mistaken for each other? Are notes found
 * again?
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
    note_store *store = note_store_new(scope, NULL);
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
    note_store *store = note_store_new(scope, NULL);
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
    note_store *store = note_store_new(scope, NULL);
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

static void file_reply(note_store *store, uint32_t frame, uint16_t code)
{
    reply_note *note = note_store_new_reply(store);

    note->code = code;
    note_store_add_reply(store, frame, note, NULL);
}

static void assert_codes(note_list list, const uint16_t *codes)
{
    for (unsigned i = 0; i < list.count; i++)
        g_assert_cmpuint(list.entry[i].reply->code, ==, codes[i]);
    g_assert_cmpuint(codes[list.count], ==, 0);
}

/* Some are filed late, others after somebody has looked. */
static void test_replies_of_a_frame(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    note_store *store = note_store_new(scope, NULL);

    file_reply(store, 4, 220);
    file_reply(store, 9, 250);
    file_reply(store, 9, 235);
    assert_codes(note_store_new_replies(store, 9), (const uint16_t[]){ 250, 235, 0 });
    assert_codes(note_store_new_replies(store, 10), (const uint16_t[]){ 0 });
    file_reply(store, 2, 421);
    file_reply(store, 4, 334);
    assert_codes(note_store_replies(store, 4), (const uint16_t[]){ 220, 334, 0 });
    file_reply(store, 5, 211);
    assert_codes(note_store_replies(store, 2), (const uint16_t[]){ 421, 0 });
    assert_codes(note_store_replies(store, 5), (const uint16_t[]){ 211, 0 });
    file_reply(store, 9, 221);
    assert_codes(note_store_new_replies(store, 9), (const uint16_t[]){ 250, 235, 221, 0 });
    assert_codes(note_store_replies(store, 6), (const uint16_t[]){ 0 });
    wmem_destroy_allocator(scope);
}

/* A note that was dropped comes back as a clean one; those that are on file stay what they are. */
static void test_dropped_command(void)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    note_store *store = note_store_new(scope, NULL);
    command_note *dropped = note_store_new_command(store);
    command_note *filed = note_store_new_command(store);

    dropped->verb = "NOOP";
    filed->verb = "HELP";
    filed->frame = 3;
    note_store_add_command(store, filed);
    note_store_drop_command(store, dropped);
    for (unsigned i = 0; i < 100; i++) {
        command_note *fresh = note_store_new_command(store);

        g_assert_null(fresh->verb);
        g_assert_null(fresh->next);
        fresh->verb = "RSET";
    }
    note_list commands = note_store_commands(store, 3);
    g_assert_cmpuint(commands.count, ==, 1);
    g_assert_cmpstr(commands.entry[0].command->verb, ==, "HELP");
    wmem_destroy_allocator(scope);
}

static void test_logins_and_statuses(void)
{
    static const struct {
        reply_note note;
        bool counts;
    } cases[] = {
        { { .code = 211 }, true },
        { { .code = 235 }, true },
        { { .code = 535, .ends_auth = true }, true },
        { { .code = 214, .ends_help = true }, true },
        { { .code = 535 }, false },
        { { .code = 214 }, false },
        { { .code = 334 }, false },
        { { .code = 250 }, false },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_test_message("%u", cases[i].note.code);
        g_assert_cmpint(note_is_login_or_status(&cases[i].note), ==, cases[i].counts);
    }
}

static void test_lists_offers(void)
{
    const command_note ehlo = { .id = COMMAND_EHLO }, lhlo = { .id = COMMAND_LHLO };
    const command_note noop = { .id = COMMAND_NOOP };
    const offers nothing = { .count = 0 };
    reply_note note = { .code = 250, .offers = &nothing };

    g_assert_false(note_lists_offers(&note)); /* it is not known what it answers */
    note.command = &noop;
    g_assert_false(note_lists_offers(&note));
    note.command = &lhlo;
    g_assert_true(note_lists_offers(&note));
    note.command = &ehlo;
    g_assert_true(note_lists_offers(&note));
    note.offers = NULL;
    g_assert_false(note_lists_offers(&note));
}

int main(int argc, char **argv)
{
    wmem_init();
    g_test_init(&argc, &argv, NULL);
    g_test_add_func("/note/equal-texts-are-one", test_equal_texts_are_one);
    g_test_add_func("/note/beginnings-differ", test_beginnings_differ);
    g_test_add_func("/note/texts-in-one-place", test_texts_in_one_place);
    g_test_add_func("/note/replies-of-a-frame", test_replies_of_a_frame);
    g_test_add_func("/note/dropped-command", test_dropped_command);
    g_test_add_func("/note/logins-and-statuses", test_logins_and_statuses);
    g_test_add_func("/note/lists-offers", test_lists_offers);
    int failed = g_test_run();
    wmem_cleanup();
    return failed;
}
