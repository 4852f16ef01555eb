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
#include "language.h"
#include "list.h"
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

/* NULL: there are none. */
static const char *common_commands(wmem_allocator_t *scope, unsigned a, unsigned b)
{
    unsigned count = 0;
    const char *list = NULL;

    for (int id = COMMAND_NONE + 1; id < COMMAND_OTHER; id++) {
        command_id command = (command_id)id;

        if (has_row_for(a, command) && has_row_for(b, command) && count++ < COMMON_MAX)
            list = list_add(scope, list, asked_name(command, NULL));
    }
    if (count == 0)
        return NULL;
    return language_fill(
        scope, count > COMMON_MAX ? _("Both can answer %s and others.") : _("Both can answer %s."),
        list);
}

static const char *common_category(wmem_allocator_t *scope, unsigned a, unsigned b)
{
    if (reply_category(a) == reply_category(b))
        return wmem_strdup_printf(scope,
                                  /* Translators: "2: done (Positive Completion)" */
                                  _("Both begin with %s. A client that looks at the first digit "
                                    "alone can't tell them apart."),
                                  _(catalog_category(a)));
    if (a >= 400 && b >= 400)
        return _("Both refuse: one for now, one for good.");
    return a < 400 && b < 400 ? _("Neither refuses anything.")
                              : _("One refuses, the other doesn't.");
}

static const char *shared(wmem_allocator_t *scope, unsigned a, unsigned b)
{
    return language_join(scope, common_category(scope, a, b), common_commands(scope, a, b));
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
    const char *pair = catalog_pair(a->code, b->code);

    page_headline(p, _("Key differences"));
    print_difference(p, sides, C_("label", "1st digit"), _(catalog_category(a->code)),
                     _(catalog_category(b->code)));
    print_difference(p, sides, C_("label", "2nd digit"), _(catalog_topic(a->code)),
                     _(catalog_topic(b->code)));
    print_difference(p, sides, C_("label", "Answers"), _(a->digest->answers),
                     _(b->digest->answers));
    print_difference(p, sides, C_("label", "Afterwards"), _(a->digest->effect),
                     _(b->digest->effect));
    if (pair != NULL)
        page_item(p, C_("label", "In short"), _(pair));
}

void compare_print(page *p, unsigned first, unsigned second)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const side a = look_up(first), b = look_up(second);
    const page_sides sides = { a.number, b.number };

    page_headline(p, wmem_strdup_printf(scope, _("%u %s, and %u %s"), first, _(a.row->name), second,
                                        _(b.row->name)));
    page_gap(p);
    page_item(p, C_("label", "Category"), shared(scope, first, second));
    page_gap(p);
    page_pair(p, &sides, "", a.number, b.number);
    page_pair(p, &sides, C_("label", "Says"), catalog_meaning(scope, a.row),
              catalog_meaning(scope, b.row));
    page_pair(p, &sides, C_("label", "Appears"), _(a.row->when), _(b.row->when));
    page_pair(p, &sides, C_("label", "To do"), _(a.row->advice), _(b.row->advice));
    page_gap(p);
    print_differences(p, &sides, &a, &b);
    page_gap(p);
    page_headline(p, _("Meant when"));
    page_item(p, a.number, _(a.digest->meant));
    page_item(p, b.number, _(b.digest->meant));
    page_gap(p);
    page_item(p, C_("label", "Read more"),
              wmem_strdup_printf(scope, C_("reference", "%u: %s"), first, a.row->reference));
    page_item(p, "",
              wmem_strdup_printf(scope, C_("reference", "%u: %s"), second, b.row->reference));
    wmem_destroy_allocator(scope);
}
