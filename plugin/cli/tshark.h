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

/* What is to be read, and what becomes of it. */
typedef struct {
    int capture;                   /* an open file; -1: the interface that is wanted */
    const char *const *statistics; /* as -z wants them, NULL-terminated */
    /* Gets each line that they print, with its end; NULL: they print to standard output, at once. */
    void (*take)(void *data, const char *line);
    void *data;
} tshark_work;

/* Reads it. *complaint: what went wrong, without what there is of it, to be freed with g_free(); NULL:
 * nothing. */
reading tshark_read(const request *wanted, const tshark_work *work, char **complaint);

/* Judges what the statistic smtp_explain,tally printed: READ_ALL if it is an account of a capture. If not,
 * *words say why; they are static. */
reading tshark_judge_tally(const char *text, const char **words);

#endif
