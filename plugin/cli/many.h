/* many.h
 * Many captures: the steps of smtp-explain-many that are done here. It is a script, which hands out the work
 * with GNU Parallel. They work in its folder of results:
 *
 *   captures/N      a link to the capture with that number
 *   results/N.tsv   its records; or N.json
 *   results/N.tally what its part of the report is made of
 *   results/N.error what went wrong with it; empty: nothing
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_MANY_H
#define SMTP_EXPLAIN_CLI_MANY_H

#include <sys/types.h>

#include "record.h"

#define MANY_CAPTURES "captures"

/* What is written behind what is said of a capture that is none, in any language. */
#define MANY_PASSED_OVER "; passed over"

/* Links captures/ to the captures whose paths come in on standard input, each with a null byte after it; a
 * number once given stays. skips: what can be no capture is left out, and said. Gives the status, as the
 * others do. */
int many_number(bool skips);

/* Reads the capture of that number, as long as parent is the parent of this process. */
int many_read(pid_t parent, record_format format, const char *number);

/* Prints the summary. prefix: what the paths of captures begin with, and needn't be said. */
int many_sum(record_format format, const char *prefix);

/* "json" or "tsv". */
record_format many_format(const char *name);

/* "results/N.json" and the like. To be freed with g_free(). */
char *many_result(record_format format, const char *number);
char *many_file(const char *number, const char *ending);

#endif
