/* replies_tap.c
 * Every reply as it comes: -z smtp_explain,replies. What is said of it is the pages' work.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "block.h"
#include "endpoint.h"
#include "printed.h"
#include "terminal.h"
#include "language.h"

static tap_packet_status print(void *data _U_, packet_info *pinfo, epan_dissect_t *edt _U_,
                               const void *tapped, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)tapped;

    if (frame->replies.count == 0 && frame->events.count == 0)
        return TAP_PACKET_DONT_REDRAW;
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    char *from = smtp_explain_endpoint_text(&pinfo->src, pinfo->srcport);
    char *to = smtp_explain_endpoint_text(&pinfo->dst, pinfo->destport);
    const block_place place = { .frame = pinfo->num,
                                .session = frame->session_number,
                                .time = smtp_explain_time(pinfo),
                                .from = from,
                                .to = to };
    page p = terminal_page(scope);

    for (unsigned i = 0; i < frame->replies.count; i++)
        block_reply(&p, &place, frame->replies.entry[i].reply);
    for (unsigned i = 0; i < frame->events.count; i++)
        block_event(&p, &place, frame->events.entry[i].event);
    smtp_explain_check_printed(terminal_show(&p));
    g_free(from);
    g_free(to);
    wmem_destroy_allocator(scope);
    return TAP_PACKET_DONT_REDRAW;
}

/* The callback needs nothing but to be told from other listeners. */
static void *make(void)
{
    return g_new0(char, 1);
}

void smtp_explain_register_replies(void)
{
    static const smtp_explain_listener listener = { .packet = print, .finish = g_free };

    smtp_explain_register_printed(REPLIES_CLI, _("SMTP Replies, one by one"), &listener, make);
}
