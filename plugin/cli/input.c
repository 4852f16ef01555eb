/* input.c
 * A capture, as a file: what is wrong with it before tshark sees it, and what tshark doesn't notice.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "input.h"

#include "language.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>

#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
    int file;
    struct stat before;
} input;

/* What is wrong, and what that makes of the reading. */
typedef struct {
    reading how;
    const char *words;
} judgement;

static const judgement good = { .how = READ_ALL };

/* --- before --- */

static judgement why_not_opened(int error)
{
    switch (error) {
    case ENOENT:
        return (judgement){ READ_FAILED, _("there is no such file") };
    case ELOOP:
        return (judgement){ READ_FAILED, _("is a link that leads back to itself") };
    case EACCES:
        return (judgement){ READ_FAILED, _("you may not read this file") };
    default:
        return (judgement){ READ_FAILED, g_strerror(error) };
    }
}

/* Waits until it is known: tshark finds nothing wrong with it. */
static bool is_empty(const input *in)
{
    struct pollfd waited_for = { .fd = in->file, .events = POLLIN };
    int waiting = 0;

    if (S_ISREG(in->before.st_mode))
        return in->before.st_size == 0;
    return poll(&waited_for, 1, -1) == 1 && ioctl(in->file, FIONREAD, &waiting) == 0 &&
           waiting == 0;
}

const char *input_why_refused(mode_t mode)
{
    static const struct {
        mode_t kind;
        const char *words;
    } refused[] = {
        { S_IFIFO, N_("is a FIFO, not a capture") },
        { S_IFSOCK, N_("is a socket, not a capture") },
        { S_IFCHR, N_("is a device, not a capture") },
        { S_IFBLK, N_("is a device, not a capture") },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(refused); i++)
        if ((mode & S_IFMT) == refused[i].kind)
            return _(refused[i].words);
    return NULL;
}

static judgement judge_kind(const input *in, bool only_files)
{
    const char *refused = only_files ? input_why_refused(in->before.st_mode) : NULL;

    if (S_ISDIR(in->before.st_mode))
        return (judgement){ READ_FOREIGN, _("is a folder, not a capture") };
    if (refused != NULL)
        return (judgement){ READ_FAILED, refused };
    if (is_empty(in))
        return (judgement){ READ_FOREIGN, _("is empty") };
    return good;
}

static judgement open_input(input *in, const char *capture, bool only_files)
{
    const int flags = O_RDONLY | O_CLOEXEC | O_NOCTTY | (only_files ? O_NONBLOCK : 0);

    in->file = STDIN_FILENO;
    /* What could make an open() wait isn't opened. */
    if (only_files && stat(capture, &in->before) == 0) {
        const judgement found = judge_kind(in, true);

        if (found.how != READ_ALL)
            return found;
    }
    if (strcmp(capture, STANDARD_INPUT) != 0)
        in->file = open(capture, flags);
    if (in->file < 0 || fstat(in->file, &in->before) != 0)
        return why_not_opened(errno);
    return judge_kind(in, only_files);
}

static void close_input(const input *in)
{
    if (in->file > STDIN_FILENO)
        close(in->file);
}

/* --- and after --- */

/* What packed data begins with, if tshark doesn't notice that its end is missing. */
static const struct {
    char magic[5];
    const char *program; /* that notices */
} packed[] = { { "\x28\xb5\x2f\xfd", "zstd" }, { "\x04\x22\x4d\x18", "lz4" } };

static void make_standard_input(void *data)
{
    const input *in = (const input *)data;

    dup2(in->file, STDIN_FILENO);
}

/* Does this program find fault with it? False if there is no such program. */
static bool fails(const input *in, const char *program)
{
    const char *const words[] = { program, "-t", NULL };
    int status = 0;

    if (lseek(in->file, 0, SEEK_SET) != 0 ||
        !g_spawn_sync(NULL, (char **)words, NULL,
                      G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN |
                          G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL,
                      make_standard_input, (void *)in, NULL, NULL, &status, NULL))
        return false;
    return status != 0;
}

static bool is_cut_unseen(const input *in)
{
    char magic[4] = "";

    if (!S_ISREG(in->before.st_mode) ||
        pread(in->file, magic, sizeof magic, 0) != (ssize_t)sizeof magic)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(packed); i++)
        if (memcmp(magic, packed[i].magic, sizeof magic) == 0)
            return fails(in, packed[i].program);
    return false;
}

static bool has_changed(const input *in)
{
    struct stat now;

    return S_ISREG(in->before.st_mode) && fstat(in->file, &now) == 0 &&
           (now.st_size != in->before.st_size || now.st_mtim.tv_sec != in->before.st_mtim.tv_sec ||
            now.st_mtim.tv_nsec != in->before.st_mtim.tv_nsec);
}

static judgement judge_afterwards(const input *in)
{
    if (has_changed(in))
        return (judgement){ READ_PART, _("changed while it was read") };
    if (is_cut_unseen(in))
        return (judgement){ READ_PART, _("is cut short") };
    return good;
}

reading input_read(const request *wanted, const char *capture, bool only_files, tshark_work work,
                   char **complaint)
{
    input in;
    judgement found = open_input(&in, capture, only_files);

    *complaint = NULL;
    work.capture = in.file;
    if (found.how == READ_ALL)
        found.how = tshark_read(wanted, &work, complaint);
    if (found.how == READ_ALL)
        found = judge_afterwards(&in);
    if (*complaint == NULL)
        *complaint = g_strdup(found.words);
    close_input(&in);
    return found.how;
}
