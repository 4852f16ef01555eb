/* terminal.c
 * What standard output is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>

#ifdef G_OS_UNIX
#include <sys/ioctl.h>
#include <unistd.h>
#endif

/* Standard output's columns, or 0 if it is no terminal. */
static unsigned terminal_columns(void)
{
#ifdef G_OS_UNIX
    struct winsize size;

    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0)
        return 0;
    return size.ws_col > 0 ? size.ws_col : PAGE_WIDTH_MAX;
#else
    return 0;
#endif
}

/* https://no-color.org: any value but an empty one */
static bool wants_colour(void)
{
    const char *no_colour = getenv("NO_COLOR");
    const char *terminal = getenv("TERM");

    return (no_colour == NULL || *no_colour == '\0') && terminal != NULL &&
           strcmp(terminal, "dumb") != 0;
}

page terminal_page(wmem_allocator_t *scope)
{
    unsigned columns = terminal_columns();

    /* cppcheck-suppress knownConditionTrueFalse; on Unix it isn't */
    return page_new(scope, columns != 0 ? columns : PAGE_WIDTH_MAX, columns != 0 && wants_colour());
}

bool terminal_show(const page *p)
{
    return fputs(wmem_strbuf_get_str(p->text), stdout) != EOF && fflush(stdout) == 0;
}
