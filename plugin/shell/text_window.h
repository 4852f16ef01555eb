/* text_window.h
 * A window of text with buttons, which tells what a listener to the tap has counted. It follows a live capture
 * until it is closed.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TEXT_WINDOW_H
#define SMTP_EXPLAIN_TEXT_WINDOW_H

#include <epan/funnel.h>
#include <epan/tap.h>

#include "compat.h"

/* The columns of a window as Wireshark opens it. */
#define SMTP_EXPLAIN_WINDOW_COLUMNS 72

typedef struct {
    const funnel_ops_t *ops;
    funnel_text_window_t *text;
} smtp_explain_text_window;

/* A listener to the tap, whose data is what the callbacks get. */
typedef struct {
    tap_reset_cb reset;
    tap_packet_cb packet;
    tap_draw_cb draw;
    tap_finish_cb finish; /* the window is closed: frees the data */
} smtp_explain_follower;

/* To be called once. turn_users shows user names from the next look at the packets on, or hides them. */
void smtp_explain_text_window_init(void (*turn_users)(void));

/* Are there windows? Not in tshark. */
bool smtp_explain_has_window(void);

/* Opens a window; there must be some. */
smtp_explain_text_window smtp_explain_text_window_open(const char *title);

/* Adds a button, with a label in English that is marked; data is for pressed, and stays the caller's. */
void smtp_explain_text_window_add_button(const smtp_explain_text_window *w, const char *label,
                                         funnel_bt_cb_t pressed, void *data);

/* Shows all packets to the listener, those that come included, until the window is closed. */
void smtp_explain_text_window_follow(const smtp_explain_text_window *w,
                                     const smtp_explain_follower *listener, void *data);

/* Puts a text in place of the one before. */
void smtp_explain_text_window_show(const smtp_explain_text_window *w, const char *text);

/* A button's callback: shows user names or hides them, and looks at all packets again. Both arguments are
 * left alone. */
smtp_explain_bool smtp_explain_text_window_turn_users(funnel_text_window_t *text, void *data);

#define SMTP_EXPLAIN_USERS_BUTTON N_("Show or hide user names")

/* A text with blanks behind it, or before it, to so many columns. In scope. */
const char *smtp_explain_pad(wmem_allocator_t *scope, const char *text, unsigned columns);
const char *smtp_explain_pad_before(wmem_allocator_t *scope, const char *text, unsigned columns);

#endif
