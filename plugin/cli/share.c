/* share.c
 * Where the command finds what is installed with it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cli.h"

#define OURSELVES "/proc/self/exe"

char *cli_share(const char *name)
{
    char *ourselves = g_file_read_link(OURSELVES, NULL);
    char *folder = ourselves != NULL ? g_path_get_dirname(ourselves) : NULL;
    char *found = folder != NULL ? g_build_filename(folder, "..", "share", name, NULL) : NULL;

    g_free(folder);
    g_free(ourselves);
    return found;
}
