/* many_steps.c
 * Many captures: which step is wanted.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdlib.h>
#include <string.h>

#include "cli.h"
#include "many.h"

/* The words: number named|found, read PARENT FORMAT NUMBER, sum FORMAT PREFIX */
int cli_many(char **words)
{
    const unsigned count = g_strv_length(words);

    if (count == 2 && strcmp(words[0], "number") == 0)
        return many_number(strcmp(words[1], "found") == 0);
    if (count == 4 && strcmp(words[0], "read") == 0)
        return many_read((pid_t)atol(words[1]), many_format(words[2]), words[3]);
    if (count == 3 && strcmp(words[0], "sum") == 0)
        return many_sum(many_format(words[1]), words[2]);
    return cli_wrong("--many: is for smtp-explain-many alone");
}
