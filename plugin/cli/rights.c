/* rights.c
 * Who may read what is made of a capture: it tells as much as the capture does, so it is no more readable than
 * that. Where access lists or other groups come in, it stays ours.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "rights.h"

#include <stdlib.h>

#include <glib.h>
#include <sys/stat.h>
#ifdef __linux__
#include <sys/xattr.h>
#endif

#define OTHERS_READ (S_IRGRP | S_IROTH)

/* The permission bits of a file with an access list are not the whole truth. */
static bool has_access_list(const char *path)
{
#ifdef __linux__
    static const char *const lists[] = { "system.posix_acl_access", "system.nfs4_acl",
                                         "system.richacl", "system.cifs_acl" };

    for (size_t i = 0; i < G_N_ELEMENTS(lists); i++)
        if (getxattr(path, lists[i], NULL, 0) >= 0)
            return true;
#else
    (void)path;
#endif
    return false;
}

/* Can everybody get to a file, as far as the folders go that it is in? */
static bool is_open_to_all(const char *path)
{
    char *folder = g_path_get_dirname(path);
    struct stat about;
    bool open = stat(folder, &about) == 0 && (about.st_mode & S_IXOTH) != 0 &&
                (about.st_mode & S_IXGRP) != 0 && !has_access_list(folder);

    if (open && folder[1] != '\0')
        open = is_open_to_all(folder);
    g_free(folder);
    return open;
}

/* What others than its owner may do with the capture. A group that isn't its own may have anybody in it. */
static mode_t granted(const char *capture, gid_t group)
{
    char *path = realpath(capture, NULL);
    struct stat about;
    mode_t theirs = 0;

    if (path != NULL && stat(path, &about) == 0 && !has_access_list(path) && is_open_to_all(path))
        theirs = about.st_mode & OTHERS_READ;
    if (theirs != OTHERS_READ && theirs != 0 && about.st_gid != group)
        theirs = 0;
    free(path);
    return theirs;
}

bool rights_follow(int made, const char *capture)
{
    const mode_t mask = umask(0);
    struct stat about;

    umask(mask);
    if (fstat(made, &about) != 0)
        return false;
    return fchmod(made, S_IRUSR | S_IWUSR | (granted(capture, about.st_gid) & ~mask)) == 0;
}
