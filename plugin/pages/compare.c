/* compare.c
 * Two reply codes side by side.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "compare.h"

#include <string.h>

#include <glib.h>

#include "asked.h"
#include "catalog.h"
#include "digest.h"
#include "lookup.h"
#include "reply.h"

/* Commands that are named as answered by both; of more, "among others" is said. */
#define COMMON_MAX 3

/* One of the two. */
typedef struct {
    unsigned code;
    char number[sizeof "4294967295"];
    const catalog_row *row;
    const catalog_digest_row *digest;
} side;

static side look_up(unsigned code)
{
    side found = { .code = code,
                   .row = lookup_row(code, COMMAND_NONE),
                   .digest = catalog_digest(code) };

    g_snprintf(found.number, sizeof found.number, "%u", code);
    return found;
}

/* --- what both share --- */

static bool has_row_for(unsigned code, command_id command)
{
    const catalog_row *row = catalog_lookup(code, command);

    return row->code == code && row->context == command;
}

static void add_common_commands(wmem_strbuf_t *said, unsigned a, unsigned b)
{
    unsigned count = 0;

    for (int id = COMMAND_NONE + 1; id < COMMAND_OTHER; id++) {
        command_id command = (command_id)id;

        if (!has_row_for(a, command) || !has_row_for(b, command) || count++ >= COMMON_MAX)
            continue;
        wmem_strbuf_append_printf(said, "%s %s", count == 1 ? " Both can answer" : ",",
                                  asked_name(command, NULL));
    }
    if (count > 0)
        wmem_strbuf_append(said, count > COMMON_MAX ? " and others." : ".");
}

static const char *shared(wmem_allocator_t *scope, unsigned a, unsigned b)
{
    wmem_strbuf_t *said = wmem_strbuf_new(scope, "");

    if (reply_category(a) == reply_category(b))
        wmem_strbuf_append_printf(said,
                                  "Both begin with %s. A client that looks at the first digit "
                                  "alone can't tell them apart.",
                                  catalog_category(a));
    else if (a >= 400 && b >= 400)
        wmem_strbuf_append(said, "Both refuse: one for now, one for good.");
    else if (a < 400 && b < 400)
        wmem_strbuf_append(said, "Neither refuses anything.");
    else
        wmem_strbuf_append(said, "One refuses, the other doesn't.");
    add_common_commands(said, a, b);
    return wmem_strbuf_get_str(said);
}

/* --- the page --- */

static void print_difference(page *p, const page_sides *sides, const char *label, const char *a,
                             const char *b)
{
    if (strcmp(a, b) != 0)
        page_pair(p, sides, label, a, b);
}

static void print_differences(page *p, const page_sides *sides, const side *a, const side *b)
{
    page_headline(p, "Key differences");
    print_difference(p, sides, "1st digit", catalog_category(a->code), catalog_category(b->code));
    print_difference(p, sides, "2nd digit", catalog_topic(a->code), catalog_topic(b->code));
    print_difference(p, sides, "Answers", a->digest->answers, b->digest->answers);
    print_difference(p, sides, "Afterwards", a->digest->effect, b->digest->effect);
    page_item(p, "In short", catalog_pair(a->code, b->code));
}

void compare_print(page *p, unsigned first, unsigned second)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const side a = look_up(first), b = look_up(second);
    const page_sides sides = { a.number, b.number };

    page_headline(
        p, wmem_strdup_printf(scope, "%u %s, and %u %s", first, a.row->name, second, b.row->name));
    page_gap(p);
    page_item(p, "Category", shared(scope, first, second));
    page_gap(p);
    page_pair(p, &sides, "", a.number, b.number);
    page_pair(p, &sides, "Says", catalog_meaning(scope, a.row), catalog_meaning(scope, b.row));
    page_pair(p, &sides, "Appears", a.row->when, b.row->when);
    page_pair(p, &sides, "To do", a.row->advice, b.row->advice);
    page_gap(p);
    print_differences(p, &sides, &a, &b);
    page_gap(p);
    page_headline(p, "Meant when");
    page_item(p, a.number, a.digest->meant);
    page_item(p, b.number, b.digest->meant);
    page_gap(p);
    page_item(p, "Read more", wmem_strdup_printf(scope, "%u: %s", first, a.row->reference));
    page_item(p, "", wmem_strdup_printf(scope, "%u: %s", second, b.row->reference));
    wmem_destroy_allocator(scope);
}
