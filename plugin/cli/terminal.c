/* terminal.c
 * Pages and complaints, on their way out.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/ioctl.h>
#include <unistd.h>

#include "cli.h"

/* Standard output's columns, or 0 if it is no terminal. */
static unsigned terminal_columns(void)
{
    struct winsize size;

    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col > 0 ? size.ws_col : PAGE_WIDTH_MAX;
}

/* https://no-color.org: any value but an empty one */
static bool wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return (no_colour == NULL || *no_colour == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

page cli_page(wmem_allocator_t *scope)
{
    unsigned columns = terminal_columns();

    return page_new(scope, columns != 0 ? columns : PAGE_WIDTH_MAX, columns != 0 && wants_colour());
}

int cli_show(const page *p)
{
    if (fputs(wmem_strbuf_get_str(p->text), stdout) != EOF && fflush(stdout) == 0)
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
