/* copy.c
 * smtp-explain -o: an annotated copy of a capture. A program in Python that is installed beside this one
 * writes it: what a pcapng file may hold is no work for C.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "copy.h"

#include <errno.h>
#include <string.h>

#include <unistd.h>

#include "cli.h"
#include "language.h"

#define PROGRAM "copy_capture.py"

/* To be freed with g_free(); NULL: not there. */
static char *find_program(void)
{
    char *program = cli_share("smtp-explain/" PROGRAM);

    if (program != NULL && g_file_test(program, G_FILE_TEST_EXISTS))
        return program;
    g_free(program);
    return NULL;
}

static void add_options(GPtrArray *words, const char *option, const GPtrArray *values)
{
    for (unsigned i = 0; i < values->len; i++) {
        g_ptr_array_add(words, (void *)option);
        g_ptr_array_add(words, values->pdata[i]);
    }
}

/* Doesn't come back unless Python can't be started. */
static void become(const char *program, const request *wanted)
{
    const char *const fixed[] = { "python3",    "-B",
                                  program,      (const char *)wanted->captures->pdata[0],
                                  wanted->copy, wanted->force ? "force" : "" };
    GPtrArray *words = g_ptr_array_new();

    for (size_t i = 0; i < G_N_ELEMENTS(fixed); i++)
        g_ptr_array_add(words, (void *)fixed[i]);
    add_options(words, "-o", wanted->preferences);
    add_options(words, "-d", wanted->decode_as);
    g_ptr_array_add(words, NULL);
    execvp(fixed[0], (char **)words->pdata);
    cli_wrong(_("-o: python3 can't be started (Debian: apt install python3): %s"), strerror(errno));
    g_ptr_array_free(words, TRUE);
}

int cli_copy(const request *wanted)
{
    char *program = find_program();

    if (program == NULL)
        cli_wrong(_("-o: %s is not where it is installed, in share/smtp-explain"), PROGRAM);
    else
        become(program, wanted);
    g_free(program);
    return STATUS_FAILED;
}
