/* report_tap.c
 * The report on a capture: -z smtp_explain,report. What it says is the pages' work.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdlib.h>

#include <epan/to_str.h>

#include "endpoint.h"
#include "printed.h"
#include "report.h"
#include "report_tap.h"
#include "terminal.h"

/* What the command smtp-explain knows and a statistic does not: the capture's name. */
#define TITLE_VARIABLE "SMTP_EXPLAIN_TITLE"

static void begin_session(tally *t, const packet_info *pinfo, const smtp_explain_frame *frame)
{
    const bool from_server = smtp_explain_is_from_server(frame);
    char *client = address_to_str(NULL, from_server ? &pinfo->dst : &pinfo->src);
    char *server = from_server ? smtp_explain_endpoint_text(&pinfo->src, pinfo->srcport)
                               : smtp_explain_endpoint_text(&pinfo->dst, pinfo->destport);

    tally_begin(t, frame->session_number, client, server);
    wmem_free(NULL, client);
    g_free(server);
}

tap_packet_status smtp_explain_report_count(void *data, packet_info *pinfo, epan_dissect_t *edt _U_,
                                            const void *tapped, tap_flags_t flags _U_)
{
    tally *t = ((smtp_explain_report *)data)->counted;
    const smtp_explain_frame *frame = (const smtp_explain_frame *)tapped;
    const tally_place place = { .frame = pinfo->num,
                                .session = frame->session_number,
                                .time = smtp_explain_time(pinfo) };

    if (frame->replies.count == 0 && frame->events.count == 0)
        return TAP_PACKET_DONT_REDRAW;
    if (!tally_knows(t, frame->session_number))
        begin_session(t, pinfo, frame);
    for (unsigned i = 0; i < frame->replies.count; i++)
        tally_reply(t, &place, frame->replies.entry[i].reply);
    for (unsigned i = 0; i < frame->events.count; i++)
        tally_event(t, &place, frame->events.entry[i].event);
    return TAP_PACKET_REDRAW;
}

void smtp_explain_report_reset(void *data)
{
    smtp_explain_report *listener = (smtp_explain_report *)data;

    tally_free(listener->counted);
    listener->counted = tally_new();
}

static void draw(void *data)
{
    const tally_sums sums = tally_finish(((smtp_explain_report *)data)->counted);
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    page p = terminal_page(scope);

    report_print(&p, &sums, getenv(TITLE_VARIABLE));
    terminal_show(&p);
    wmem_destroy_allocator(scope);
}

static void finish(void *data)
{
    tally_free(((smtp_explain_report *)data)->counted);
    g_free(data);
}

static void *make(void)
{
    smtp_explain_report *listener = g_new(smtp_explain_report, 1);

    listener->counted = tally_new();
    return listener;
}

void smtp_explain_register_report(void)
{
    static const smtp_explain_listener listener = { .packet = smtp_explain_report_count,
                                                    .reset = smtp_explain_report_reset,
                                                    .draw = draw,
                                                    .finish = finish };

    smtp_explain_register_printed(REPORT_CLI, "SMTP Report", &listener, make);
}
