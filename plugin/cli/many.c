/* many.c
 * Many captures: the files that their steps share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "many.h"

#include <string.h>

static const char *const formats[] = { [RECORD_JSON] = "json", [RECORD_TSV] = "tsv" };

char *many_file(const char *number, const char *ending)
{
    return g_strdup_printf("results/%s.%s", number, ending);
}

char *many_result(record_format format, const char *number)
{
    return many_file(number, formats[format]);
}

record_format many_format(const char *name)
{
    return strcmp(name, formats[RECORD_JSON]) == 0 ? RECORD_JSON : RECORD_TSV;
}
