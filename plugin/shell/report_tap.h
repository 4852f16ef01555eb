/* report_tap.h
 * What the report of tshark and that of the window share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_REPORT_TAP_H
#define SMTP_EXPLAIN_REPORT_TAP_H

#include <epan/tap.h>

#include "tally.h"

/* What the tap's listener gets: this, or something that begins with it. A listener may have to begin
 * again. */
typedef struct {
    tally *counted; /* not NULL */
} smtp_explain_report;

/* Takes a frame into account: a tap_packet_cb. */
tap_packet_status smtp_explain_report_count(void *data, packet_info *pinfo, epan_dissect_t *edt,
                                            const void *tapped, tap_flags_t flags);

/* Begins again: another look at the same capture, or another capture. A tap_reset_cb. */
void smtp_explain_report_reset(void *data);

#endif
