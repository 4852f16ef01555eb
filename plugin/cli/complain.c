/* complain.c
 * What the command says when it can't do what it was asked for.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "terminal.h"

int cli_show(const page *p)
{
    if (terminal_show(p))
        return STATUS_GOOD;
    fprintf(stderr, "smtp-explain: standard output: %s\n", strerror(errno));
    return STATUS_FAILED;
}

int cli_wrong(const char *format, ...)
{
    va_list arguments;

    fputs("smtp-explain: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return STATUS_USAGE;
}
