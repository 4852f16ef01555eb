/* replies_window.c
 * The replies of a capture, counted, in a window of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "replies_window.h"

#include "branches.h"
#include "shell.h"
#include "text_window.h"
#include "language.h"

#define INDENT 2

/* The columns before the numbers. */
#define NAMES 50

/* A name, and what is counted below it. */
typedef struct {
    unsigned count;
    GHashTable *below; /* name -> counter; NULL: nothing */
} counter;

typedef struct {
    smtp_explain_text_window window;
    counter branches[SMTP_EXPLAIN_BRANCHES];
} replies_window;

static void free_counter(void *data)
{
    counter *c = (counter *)data;

    if (c->below != NULL)
        g_hash_table_destroy(c->below);
    g_free(c);
}

/* The counter of one name more. */
static counter *count_below(counter *above, const char *name)
{
    counter *found;

    if (above->below == NULL)
        above->below = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_counter);
    found = (counter *)g_hash_table_lookup(above->below, name);
    if (found == NULL) {
        found = g_new0(counter, 1);
        g_hash_table_insert(above->below, g_strdup(name), found);
    }
    found->count++;
    return found;
}

static void count_reply(replies_window *w, const reply_note *note, const smtp_explain_frame *frame,
                        const packet_info *pinfo)
{
    for (unsigned i = 0; i < SMTP_EXPLAIN_BRANCHES; i++) {
        const smtp_explain_branch *branch = &smtp_explain_branches[i];
        counter *named;

        if (branch->counts != NULL && !branch->counts(note))
            continue;
        w->branches[i].count++;
        named = count_below(&w->branches[i], branch->name(pinfo->pool, note, frame, pinfo));
        if (branch->below != NULL)
            count_below(named, branch->below(note));
    }
}

static tap_packet_status count(void *data, packet_info *pinfo, epan_dissect_t *edt _U_,
                               const void *tapped, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)tapped;

    for (unsigned i = 0; i < frame->replies.count; i++)
        count_reply((replies_window *)data, frame->replies.entry[i].reply, frame, pinfo);
    return frame->replies.count > 0 ? TAP_PACKET_REDRAW : TAP_PACKET_DONT_REDRAW;
}

static void reset(void *data)
{
    replies_window *w = (replies_window *)data;

    for (unsigned i = 0; i < SMTP_EXPLAIN_BRANCHES; i++) {
        w->branches[i].count = 0;
        if (w->branches[i].below != NULL)
            g_hash_table_remove_all(w->branches[i].below);
    }
}

static void finish(void *data)
{
    replies_window *w = (replies_window *)data;

    for (unsigned i = 0; i < SMTP_EXPLAIN_BRANCHES; i++)
        if (w->branches[i].below != NULL)
            g_hash_table_destroy(w->branches[i].below);
    g_free(w);
}

/* --- the text --- */

/* What is counted most comes first. */
static gint compare(gconstpointer one, gconstpointer other, gpointer data)
{
    GHashTable *names = (GHashTable *)data;
    const counter *a = (const counter *)g_hash_table_lookup(names, one);
    const counter *b = (const counter *)g_hash_table_lookup(names, other);

    return a->count != b->count ? (a->count > b->count ? -1 : 1)
                                : g_strcmp0((const char *)one, (const char *)other);
}

static void add_padded(GString *text, int indent, const char *name)
{
    const char *padded = smtp_explain_pad(NULL, name, (unsigned)(NAMES - indent));

    g_string_append_printf(text, "%*s%s", indent, "", padded);
    wmem_free(NULL, (void *)padded);
}

static void add_names(GString *text, int indent, const counter *above)
{
    GList *names;

    if (above->below == NULL)
        return;
    names = g_list_sort_with_data(g_hash_table_get_keys(above->below), compare, above->below);
    for (const GList *at = names; at != NULL; at = at->next) {
        const counter *c = (const counter *)g_hash_table_lookup(above->below, at->data);

        add_padded(text, indent, (const char *)at->data);
        g_string_append_printf(text, " %7u %6.1f %%\n", c->count, 100.0 * c->count / above->count);
        add_names(text, indent + INDENT, c);
    }
    g_list_free(names);
}

static void draw(void *data)
{
    const replies_window *w = (const replies_window *)data;
    GString *text = g_string_new("");

    for (unsigned i = 0; i < SMTP_EXPLAIN_BRANCHES; i++) {
        if (w->branches[i].count == 0)
            continue;
        if (text->len > 0)
            g_string_append_c(text, '\n');
        add_padded(text, 0, _(smtp_explain_branches[i].title));
        g_string_append_printf(text, " %7u\n", w->branches[i].count);
        add_names(text, INDENT, &w->branches[i]);
    }
    smtp_explain_text_window_show(&w->window, text->len > 0 ? text->str : _("No replies yet"));
    g_string_free(text, TRUE);
}

void smtp_explain_replies_open(void)
{
    static const smtp_explain_follower listener = {
        .reset = reset, .packet = count, .draw = draw, .finish = finish
    };
    replies_window *w = g_new0(replies_window, 1);

    w->window = smtp_explain_text_window_open(_("SMTP Replies"));
    smtp_explain_text_window_follow(&w->window, &listener, w);
}
