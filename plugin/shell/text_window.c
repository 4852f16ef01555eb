/* text_window.c
 * A window of text with buttons, which tells what a listener to the tap has counted.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "text_window.h"

#include "fields.h"
#include "printed.h"
#include "language.h"
#include "page.h"

static void (*turn_users)(void);

void smtp_explain_text_window_init(void (*turn)(void))
{
    turn_users = turn;
}

bool smtp_explain_has_window(void)
{
    const funnel_ops_t *ops = funnel_get_funnel_ops();

    return ops != NULL && ops->add_button != NULL; /* tshark's have none */
}

smtp_explain_text_window smtp_explain_text_window_open(const char *title)
{
    const funnel_ops_t *ops = funnel_get_funnel_ops();
    const smtp_explain_text_window w = { .ops = ops,
                                         .text = ops->new_text_window(ops->ops_id, title) };

    return w;
}

/* The caller's, which outlives the buttons. */
static void free_nothing(void *data _U_)
{
}

void smtp_explain_text_window_add_button(const smtp_explain_text_window *w, const char *label,
                                         funnel_bt_cb_t pressed, void *data)
{
    funnel_bt_t *button = g_new0(funnel_bt_t, 1);

    button->tw = w->text;
    button->func = pressed;
    button->data = data;
    button->free_fcn = g_free;
    button->free_data_fcn = free_nothing;
    w->ops->add_button(w->text, button, _(label));
}

static void stop(void *data)
{
    remove_tap_listener(data); /* calls finish */
}

void smtp_explain_text_window_follow(const smtp_explain_text_window *w,
                                     const smtp_explain_follower *listener, void *data)
{
    GString *error =
        register_tap_listener(SMTP_EXPLAIN_TAP, data, NULL, TL_REQUIRES_NOTHING, listener->reset,
                              listener->packet, listener->draw, listener->finish);

    if (error != NULL) {
        smtp_explain_text_window_show(w, error->str);
        g_string_free(error, TRUE);
        return;
    }
    w->ops->set_close_cb(w->text, stop, data);
    w->ops->retap_packets(w->ops->ops_id);
}

void smtp_explain_text_window_show(const smtp_explain_text_window *w, const char *text)
{
    w->ops->set_text(w->text, text);
}

smtp_explain_bool smtp_explain_text_window_turn_users(funnel_text_window_t *text _U_,
                                                      void *data _U_)
{
    const funnel_ops_t *ops = funnel_get_funnel_ops();

    turn_users();
    ops->redissect_packets(ops->ops_id); /* which draws the windows that follow */
    return true;
}

static int missing(const char *text, unsigned columns)
{
    const unsigned used = page_columns(text);

    return (int)(used < columns ? columns - used : 0);
}

const char *smtp_explain_pad(wmem_allocator_t *scope, const char *text, unsigned columns)
{
    return wmem_strdup_printf(scope, "%s%*s", text, missing(text, columns), "");
}

const char *smtp_explain_pad_before(wmem_allocator_t *scope, const char *text, unsigned columns)
{
    return wmem_strdup_printf(scope, "%*s%s", missing(text, columns), "", text);
}
