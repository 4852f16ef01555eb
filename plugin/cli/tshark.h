/* tshark.h
 * tshark, at work for the command.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_TSHARK_H
#define SMTP_EXPLAIN_CLI_TSHARK_H

#include "request.h"

/* How a reading ended. */
typedef enum {
    READ_ALL,
    READ_PART,    /* it is cut short or damaged */
    READ_FOREIGN, /* it is no capture */
    READ_FAILED,
} reading;

/* Reads a capture (- for standard input), or listens to an interface if capture is NULL, with a statistic.
 * What that prints goes to standard output at once, or, if text is not NULL, into *text, to be freed with
 * g_free(). What went wrong, *complaint, is to be freed, too; NULL: nothing. */
reading tshark_read(const request *wanted, const char *capture, const char *statistic, char **text,
                    char **complaint);

#endif
