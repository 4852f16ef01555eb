/* request.h
 * What the command was asked for: captures, and what is to be done with them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_REQUEST_H
#define SMTP_EXPLAIN_CLI_REQUEST_H

#include <stdbool.h>

#include <glib.h>

#include "record.h"

/* A preference that is always set: the command speaks as the system does, and what tshark says is part of
 * that. */
#define REQUEST_LANGUAGE "smtp_explain.language:system"

/* Words of the command line are not owned. */
typedef struct {
    GPtrArray *captures;    /* their names */
    GPtrArray *preferences; /* of tshark, as its -o wants them; owned */
    GPtrArray *decode_as;   /* the same for -d */
    const char *interface;  /* a live capture, instead of a file; or NULL */
    const char *copy;       /* the annotated copy that is to be made; or NULL */
    char *statistic;        /* that prints what was asked for; NULL: the report; owned */
    bool records;           /* that statistic prints them, in this format */
    record_format format;
    bool force; /* the copy may replace a file */
} request;

/* Nothing but that is wanted. Ends with request_free(). */
void request_init(request *wanted);

/* Reads options and captures. Gives the status: what is wrong was said. Ends with request_free(). */
int request_read(char **words, request *wanted);
void request_free(request *wanted);

#endif
