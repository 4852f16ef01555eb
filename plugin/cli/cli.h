/* cli.h
 * What the files of the command share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_H
#define SMTP_EXPLAIN_CLI_H

#include <glib.h>
#include <sys/types.h>

#include "page.h"

enum {
    STATUS_GOOD = 0,
    STATUS_FAILED = 1,
    STATUS_USAGE = 2 /* it was called wrongly */
};

/* What follows these words on the command line is handed in, NULL-terminated; gives the status. */
int cli_code(char **words);
int cli_compare(char **words);

/* The same for captures and their options, which begin with the first word. */
int cli_captures(char **words);

/* Says what is wrong with how the command was called; gives STATUS_USAGE. */
int cli_wrong(const char *format, ...) G_GNUC_PRINTF(1, 2);

/* What smtp-explain-many has done by this one: a step, and what belongs to it. */
int cli_many(char **words);

/* The text with '?' for what a terminal might obey. To be freed with g_free(). */
char *cli_printable(const char *text);

/* Where what belongs to the command is installed: PREFIX/share/NAME of PREFIX/bin/smtp-explain. To be freed
 * with g_free(); NULL: that isn't known. */
char *cli_share(const char *name);

/* How a message calls a file. A name that a terminal might obey or can't show is quoted so that bash takes it
 * back: $'a\nb'. To be freed with g_free(). */
char *cli_name(const char *file);

/* Says that standard output could not be written, by errno; gives STATUS_FAILED. */
int cli_unwritten(void);

/* Has this process end when its parent does. If that has happened already, it ends at once. */
void cli_end_with(pid_t parent);

/* Prints a page; gives the status. */
int cli_show(const page *p);

#endif
