/* report_window.c
 * The report on a capture as a window of text, with buttons that lead to what it tells of. It follows a live
 * capture until it is closed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report_window.h"

#include <epan/funnel.h>
#include <epan/plugin_if.h>

#include "printed.h"
#include "report.h"
#include "report_tap.h"
#include "window.h"

#define ALL_REFUSED "smtp_explain.cause"

/* The columns of a window as Wireshark opens it. */
#define WIDTH 84

/* Where a problem is to be found. */
typedef struct {
    uint32_t frame;
    char *filter;
} problem_place;

typedef struct {
    smtp_explain_report report; /* comes first: the listener's */
    const funnel_ops_t *window;
    funnel_text_window_t *text;
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
    page p = page_new(scope, WIDTH, false);

    report_print(&p, &sums, NULL);
    keep_places(w, &sums);
    w->window->set_text(w->text, wmem_strbuf_get_str(p.text));
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

static smtp_explain_bool show_or_hide_users(funnel_text_window_t *text _U_, void *data _U_)
{
    smtp_explain_window_turn_users(); /* which draws the window anew */
    return true;
}

/* The window's, which outlives its buttons. */
static void free_nothing(void *data _U_)
{
}

static void add_button(report_window *w, const char *label, funnel_bt_cb_t pressed)
{
    funnel_bt_t *button = g_new0(funnel_bt_t, 1);

    button->tw = w->text;
    button->func = pressed;
    button->data = w;
    button->free_fcn = g_free;
    button->free_data_fcn = free_nothing;
    w->window->add_button(w->text, button, label);
}

/* --- the window --- */

static void close_window(void *data)
{
    remove_tap_listener(data); /* calls finish */
}

static report_window *make(const funnel_ops_t *window)
{
    report_window *w = g_new0(report_window, 1);

    w->report.counted = tally_new();
    w->window = window;
    w->places = g_array_new(FALSE, FALSE, sizeof(problem_place));
    g_array_set_clear_func(w->places, forget_place);
    w->text = window->new_text_window(window->ops_id, "SMTP Report");
    window->set_close_cb(w->text, close_window, w);
    add_button(w, "Next problem", go_on);
    add_button(w, "Filter this problem", filter_problem);
    add_button(w, "Filter all refused", filter_refused);
    add_button(w, "Show or hide user names", show_or_hide_users);
    return w;
}

void smtp_explain_report_open(void)
{
    const funnel_ops_t *window = funnel_get_funnel_ops();
    GString *error;
    report_window *w;

    if (window == NULL || window->add_button == NULL) /* tshark's */
        return;
    w = make(window);
    error =
        register_tap_listener(SMTP_EXPLAIN_TAP, w, NULL, TL_REQUIRES_NOTHING,
                              smtp_explain_report_reset, smtp_explain_report_count, draw, finish);
    if (error != NULL) {
        window->set_text(w->text, error->str);
        g_string_free(error, TRUE);
        return;
    }
    window->retap_packets(window->ops_id);
}
