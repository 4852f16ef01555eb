/* report_tap.c
 * The report on a capture: -z smtp_explain,report; and what it is made of, for the command smtp-explain:
 * -z smtp_explain,tally. What it says is the pages' work.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>

#include <epan/to_str.h>

#include "endpoint.h"
#include "ledger.h"
#include "printed.h"
#include "report.h"
#include "report_tap.h"
#include "tcp.h"
#include "terminal.h"
#include "language.h"

/* Wireshark's tap of all frames. */
#define FRAME_TAP "frame"

/* A listener may have to begin again. */
typedef struct report_listener {
    smtp_explain_report report; /* nothing is counted any more: it is over */
    unsigned listening;
    struct {
        struct report_listener *owner;
    } frames; /* listens to all frames; Wireshark tells listeners by where they are */
} report_listener;

static void begin_session(tally *t, const packet_info *pinfo, const smtp_explain_frame *frame)
{
    const bool from_server = frame->from_server;
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

/* --- what is no SMTP --- */

static void see_segment(traffic *seen, const packet_info *pinfo)
{
    smtp_explain_segment found;

    if (!smtp_explain_segment_find(pinfo, &found))
        return;
    const span payload = smtp_explain_segment_payload(pinfo, &found);
    const traffic_segment segment = { .data = payload.data,
                                      .len = payload.data != NULL ? payload.len : 0,
                                      .on_wire = found.len,
                                      .frame = pinfo->num,
                                      .port = pinfo->srcport,
                                      .other_port = pinfo->destport };

    traffic_add(seen, &segment);
}

/* Only until it is known that there is SMTP: it is to say why there is none. */
static tap_packet_status see(void *data, packet_info *pinfo, epan_dissect_t *edt _U_,
                             const void *tapped _U_, tap_flags_t flags _U_)
{
    tally *t = (*(report_listener *const *)data)->report.counted;

    if (t != NULL && tally_is_empty(t)) {
        traffic *seen = tally_traffic(t);

        seen->frames++;
        seen->foreign += (pinfo->presence_flags & PINFO_HAS_TS) == 0;
        see_segment(seen, pinfo);
    }
    return TAP_PACKET_DONT_REDRAW;
}

/* --- the listener --- */

void smtp_explain_report_reset(void *data)
{
    smtp_explain_report *listener = (smtp_explain_report *)data;

    tally_free(listener->counted);
    listener->counted = tally_new();
}

/* The command names the interface that it listens to; once it stops, nothing is left to look at. */
#define INTERFACE_VARIABLE "SMTP_EXPLAIN_INTERFACE"

static void draw(void *data)
{
    const char *interface = g_getenv(INTERFACE_VARIABLE);
    tally_sums sums = tally_finish(((smtp_explain_report *)data)->counted);
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    page p = terminal_page(scope);

    if (interface != NULL)
        sums.captures = 0;
    report_print(&p, &sums, interface);
    smtp_explain_check_printed(terminal_show(&p));
    wmem_destroy_allocator(scope);
}

static void draw_tally(void *data)
{
    const tally_sums sums = tally_finish(((smtp_explain_report *)data)->counted);
    char *text = ledger_text(&sums);

    smtp_explain_check_printed(puts(text) != EOF && fflush(stdout) == 0);
    g_free(text);
}

/* Whichever of the two listeners goes last frees what they share. */
static void leave(report_listener *listener)
{
    if (--listener->listening == 0)
        g_free(listener);
}

static void finish(void *data)
{
    report_listener *listener = (report_listener *)data;

    tally_free(listener->report.counted);
    listener->report.counted = NULL;
    leave(listener);
}

static void finish_frames(void *data)
{
    leave(*(report_listener *const *)data);
}

static void *make(void)
{
    report_listener *listener = g_new(report_listener, 1);
    GString *error;

    listener->report.counted = tally_new();
    listener->listening = 2;
    listener->frames.owner = listener;
    error = register_tap_listener(FRAME_TAP, &listener->frames, NULL, TL_REQUIRES_NOTHING, NULL,
                                  see, NULL, finish_frames);
    if (error != NULL) { /* then nothing is known but that there is no SMTP */
        g_string_free(error, TRUE);
        leave(listener);
    }
    return listener;
}

void smtp_explain_register_report(void)
{
    static const smtp_explain_listener listener = { .packet = smtp_explain_report_count,
                                                    .reset = smtp_explain_report_reset,
                                                    .draw = draw,
                                                    .finish = finish };

    static const smtp_explain_listener for_command = { .packet = smtp_explain_report_count,
                                                       .reset = smtp_explain_report_reset,
                                                       .draw = draw_tally,
                                                       .finish = finish };

    smtp_explain_register_printed(REPORT_CLI, _("SMTP Report"), &listener, make);
    smtp_explain_register_printed(TALLY_CLI, _("SMTP Report, for programs"), &for_command, make);
}
