/* many_number.c
 * Many captures: each gets a number, and a link of that name.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "input.h"
#include "language.h"
#include "many.h"

typedef struct {
    GHashTable *known; /* a set of paths */
    uint64_t last;     /* number */
} numbering;

static char *link_of(const char *number)
{
    return g_build_filename(MANY_CAPTURES, number, NULL);
}

/* Learns what was given a number before. False, and errno is set: it can't be told. */
static bool learn(numbering *all)
{
    GDir *folder = g_dir_open(MANY_CAPTURES, 0, NULL);
    const char *number;

    if (folder == NULL)
        return false;
    while ((number = g_dir_read_name(folder)) != NULL) {
        char *link = link_of(number);
        char *path = g_file_read_link(link, NULL);

        all->last = MAX(all->last, g_ascii_strtoull(number, NULL, 10));
        if (path != NULL)
            g_hash_table_add(all->known, path);
        g_free(link);
    }
    g_dir_close(folder);
    return true;
}

/* Why it is no capture, or NULL. A link that leads nowhere may be meant to lead to one. */
static const char *why_not(const char *path)
{
    struct stat about;

    if (stat(path, &about) != 0)
        return NULL;
    return S_ISDIR(about.st_mode) ? _("a link to a folder is not followed")
                                  : input_why_refused(about.st_mode);
}

static void say_skipped(const char *path, const char *reason)
{
    char *name = cli_name(path);

    fprintf(stderr, _("skipped %s: %s"), name, reason);
    fputc('\n', stderr);
    g_free(name);
}

/* False, and errno is set: there can be no such link. */
static bool give_number(numbering *all, const char *path)
{
    char number[24];
    char *link;
    bool linked;

    if (!g_hash_table_add(all->known, g_strdup(path)))
        return true;
    snprintf(number, sizeof number, "%07" PRIu64, ++all->last);
    link = link_of(number);
    linked = symlink(path, link) == 0;
    g_free(link);
    return linked;
}

static bool number_all(numbering *all, bool skips)
{
    char *path = NULL;
    size_t size = 0;
    bool works = learn(all);

    while (works && getdelim(&path, &size, '\0', stdin) > 0) {
        const char *reason = skips ? why_not(path) : NULL;

        if (reason != NULL)
            say_skipped(path, reason);
        else
            works = give_number(all, path);
    }
    free(path);
    return works;
}

int many_number(bool skips)
{
    numbering all = { .known = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL) };
    const bool works = number_all(&all, skips);

    if (!works)
        fprintf(stderr, "smtp-explain: " MANY_CAPTURES ": %s\n", g_strerror(errno));
    g_hash_table_destroy(all.known);
    return works ? STATUS_GOOD : STATUS_FAILED;
}
