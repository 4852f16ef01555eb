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

char *cli_printable(const char *text)
{
    char *valid = g_utf8_make_valid(text, -1);
    GString *made = g_string_new("");

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);

        g_string_append_unichar(made, g_unichar_isprint(c) ? c : '?');
    }
    g_free(valid);
    return g_string_free(made, FALSE);
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
