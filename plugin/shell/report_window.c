/* report_window.c
 * The report on a capture as a window of text, with buttons that lead to what it tells of. It follows a live
 * capture until it is closed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_window.h"

#include <epan/plugin_if.h>

#include "report.h"
#include "report_tap.h"
#include "text_window.h"
#include "language.h"

#define ALL_REFUSED "smtp_explain.cause"

/* Where a problem is to be found. */
typedef struct {
    uint32_t frame;
    char *filter;
} problem_place;

typedef struct {
    smtp_explain_report report; /* comes first: the listener's */
    smtp_explain_text_window window;
    GArray *places; /* of problem_place */
    unsigned next;  /* of them, for the button */
    bool filtered;  /* a button has set a filter, which may hide the next one's frame */
} report_window;

static void forget_place(void *data)
{
    g_free(((problem_place *)data)->filter);
}

static void keep_places(report_window *w, const tally_sums *sums)
{
    g_array_set_size(w->places, 0);
    for (unsigned i = 0; i < sums->count; i++) {
        const problem_place place = { sums->problems[i]->frames[0],
                                      g_strdup(sums->problems[i]->filter) };

        g_array_append_val(w->places, place);
    }
}

static void draw(void *data)
{
    report_window *w = (report_window *)data;
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const tally_sums sums = tally_finish(w->report.counted);
    page p = page_new(scope, SMTP_EXPLAIN_WINDOW_COLUMNS, false);

    report_print(&p, &sums, NULL);
    keep_places(w, &sums);
    smtp_explain_text_window_show(&w->window, wmem_strbuf_get_str(p.text));
    wmem_destroy_allocator(scope);
}

static void finish(void *data)
{
    report_window *w = (report_window *)data;

    tally_free(w->report.counted);
    g_array_free(w->places, TRUE);
    g_free(w);
}

/* --- buttons --- */

static void filter_by(report_window *w, const char *filter)
{
    plugin_if_apply_filter(filter, true);
    w->filtered = true;
}

static smtp_explain_bool go_on(funnel_text_window_t *text _U_, void *data)
{
    report_window *w = (report_window *)data;

    if (w->places->len == 0)
        return true;
    if (w->filtered)
        plugin_if_apply_filter("", true);
    w->filtered = false;
    w->next = w->next % w->places->len + 1;
    plugin_if_goto_frame(g_array_index(w->places, problem_place, w->next - 1).frame);
    return true;
}

static smtp_explain_bool filter_problem(funnel_text_window_t *text _U_, void *data)
{
    report_window *w = (report_window *)data;

    if (w->places->len > 0)
        filter_by(w, g_array_index(w->places, problem_place, w->next > 0 ? w->next - 1 : 0).filter);
    return true;
}

static smtp_explain_bool filter_refused(funnel_text_window_t *text _U_, void *data)
{
    filter_by((report_window *)data, ALL_REFUSED);
    return true;
}

/* --- the window --- */

static report_window *make(void)
{
    report_window *w = g_new0(report_window, 1);

    w->report.counted = tally_new();
    w->places = g_array_new(FALSE, FALSE, sizeof(problem_place));
    g_array_set_clear_func(w->places, forget_place);
    w->window = smtp_explain_text_window_open(_("SMTP Report"));
    return w;
}

void smtp_explain_report_open(void)
{
    static const struct {
        const char *label;
        funnel_bt_cb_t pressed;
    } buttons[] = { { N_("Next problem"), go_on },
                    { N_("Filter this problem"), filter_problem },
                    { N_("Filter all refused"), filter_refused },
                    { SMTP_EXPLAIN_USERS_BUTTON, smtp_explain_text_window_turn_users } };
    static const smtp_explain_follower listener = { .reset = smtp_explain_report_reset,
                                                    .packet = smtp_explain_report_count,
                                                    .draw = draw,
                                                    .finish = finish };
    report_window *w = make();

    for (size_t i = 0; i < G_N_ELEMENTS(buttons); i++)
        smtp_explain_text_window_add_button(&w->window, buttons[i].label, buttons[i].pressed, w);
    smtp_explain_text_window_follow(&w->window, &listener, w);
}
