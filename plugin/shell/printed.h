/* printed.h
 * Statistics of tshark's that are printed as pages: what they share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PRINTED_H
#define SMTP_EXPLAIN_PRINTED_H

#include <epan/tap.h>

#include "shell.h"

/* The tap. An item of it is a smtp_explain_frame with a reply or an event. */
#define SMTP_EXPLAIN_TAP "smtp_explain"

#define REPORT_CLI "smtp_explain,report"
#define TALLY_CLI "smtp_explain,tally"
#define REPLIES_CLI "smtp_explain,replies"
#define JSON_CLI "smtp_explain,json"
#define TSV_CLI "smtp_explain,tsv"
#define COMMENTS_CLI "smtp_explain,comments"

/* What is called when. reset, draw and finish may be NULL. */
typedef struct {
    tap_packet_cb packet;
    tap_reset_cb reset;
    tap_draw_cb draw;
    tap_finish_cb finish;
} smtp_explain_listener;

/* Registers a statistic of -z, which takes a filter. make gives what the callbacks get; it is asked once
 * for each -z. name and title are static. */
void smtp_explain_register_printed(const char *name, const char *title,
                                   const smtp_explain_listener *listener, void *(*make)(void));

/* Ends the program, which printed something, unless that worked. */
void smtp_explain_check_printed(bool worked);

/* The frame's time, in nanoseconds since the epoch. */
int64_t smtp_explain_time(const packet_info *pinfo);

void smtp_explain_register_report(void);
void smtp_explain_register_replies(void);
void smtp_explain_register_records(void);

#endif
