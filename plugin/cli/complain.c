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
#include "language.h"
#include "terminal.h"

int cli_unwritten(void)
{
    fprintf(stderr, "smtp-explain: %s: %s\n", _("standard output"), strerror(errno));
    return STATUS_FAILED;
}

int cli_show(const page *p)
{
    return terminal_show(p) ? STATUS_GOOD : cli_unwritten();
}

/* The text with '?' for what a terminal might obey; lines stay lines if they may. */
static char *printable(const char *text, bool lines)
{
    char *valid = g_utf8_make_valid(text, -1);
    GString *made = g_string_new("");

    for (const char *at = valid; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);

        g_string_append_unichar(made, g_unichar_isprint(c) || (lines && c == '\n') ? c : '?');
    }
    g_free(valid);
    return g_string_free(made, FALSE);
}

char *cli_printable(const char *text)
{
    return printable(text, false);
}

/* Can the terminal show all of it, and does it obey none of it? */
static bool is_plain(const char *text)
{
    const bool is_utf8 = g_get_charset(NULL);

    if (!g_utf8_validate(text, -1, NULL))
        return false;
    for (const char *at = text; *at != '\0'; at = g_utf8_next_char(at)) {
        const gunichar c = g_utf8_get_char(at);

        if (!g_unichar_isprint(c) || (c > 0x7e && !is_utf8))
            return false;
    }
    return true;
}

char *cli_name(const char *file)
{
    static const char letters[] = "\aa\bb\tt\nn\vv\ff\rr\033E''\\\\";
    GString *made;

    if (is_plain(file))
        return g_strdup(file);
    made = g_string_new("$'");
    for (; *file != '\0'; file++) {
        const char *letter = letters;

        while (*letter != '\0' && *letter != *file)
            letter += 2;
        if (*letter != '\0')
            g_string_append_printf(made, "\\%c", letter[1]);
        else if (*file >= ' ' && *file <= '~')
            g_string_append_c(made, *file);
        else
            g_string_append_printf(made, "\\%03o", (unsigned char)*file);
    }
    g_string_append_c(made, '\'');
    return g_string_free(made, FALSE);
}

int cli_wrong(const char *format, ...)
{
    va_list arguments;
    char *words, *shown;

    va_start(arguments, format);
    words = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    shown = printable(words, true);
    fprintf(stderr, "smtp-explain: %s\n", shown);
    g_free(shown);
    g_free(words);
    return STATUS_USAGE;
}
