/* many.c
 * Many captures: which step is wanted.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "many.h"

#include <string.h>

#include "cli.h"

static const char *const formats[] = { [RECORD_JSON] = "json", [RECORD_TSV] = "tsv" };

char *many_file(const char *number, const char *ending)
{
    return g_strdup_printf("results/%s.%s", number, ending);
}

char *many_result(record_format format, const char *number)
{
    return many_file(number, formats[format]);
}

static record_format format_called(const char *name)
{
    return strcmp(name, formats[RECORD_JSON]) == 0 ? RECORD_JSON : RECORD_TSV;
}

/* The words: number named|found, read FORMAT NUMBER, sum FORMAT PREFIX */
int cli_many(char **words)
{
    const unsigned count = g_strv_length(words);

    if (count == 2 && strcmp(words[0], "number") == 0)
        return many_number(strcmp(words[1], "found") == 0);
    if (count == 3 && strcmp(words[0], "read") == 0)
        return many_read(format_called(words[1]), words[2]);
    if (count == 3 && strcmp(words[0], "sum") == 0)
        return many_sum(format_called(words[1]), words[2]);
    return cli_wrong("--many: is for smtp-explain-many alone");
}
