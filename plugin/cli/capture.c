/* capture.c
 * smtp-explain CAPTURE: tshark reads it, and the plugin says what there is to say.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"

/* The statistics of the plugin, as -z wants them. */
#define REPORT "smtp_explain,report"
#define REPLIES "smtp_explain,replies"

typedef struct {
    char *statistic;     /* of -z */
    GPtrArray *captures; /* their names; none of them is owned */
} request;

/* --- what was asked for --- */

static bool is_number(const char *word)
{
    return *word != '\0' && strlen(word) <= 9 && word[strspn(word, "0123456789")] == '\0';
}

static void set_statistic(request *wanted, char *statistic)
{
    g_free(wanted->statistic);
    wanted->statistic = statistic;
}

/* Reads an option, and what belongs to it. Gives the status. */
static int read_option(char ***words, request *wanted)
{
    const char *option = **words;

    if (strcmp(option, "--all") == 0) {
        set_statistic(wanted, g_strdup(REPLIES));
        return STATUS_GOOD;
    }
    if (strcmp(option, "--session") != 0)
        return cli_wrong("%s: there is no such option; see smtp-explain --help", option);
    if ((*words)[1] == NULL || !is_number((*words)[1]))
        return cli_wrong("--session: wants a number, as the report has it: --session 59");
    (*words)++;
    set_statistic(wanted, g_strdup_printf(REPLIES ",smtp_explain.session == %s", **words));
    return STATUS_GOOD;
}

static int read_words(char **words, request *wanted)
{
    bool options = true;
    int status = STATUS_GOOD;

    for (; *words != NULL && status == STATUS_GOOD; words++)
        if (options && strcmp(*words, "--") == 0)
            options = false;
        else if (options && **words == '-' && strcmp(*words, "-") != 0)
            status = read_option(&words, wanted);
        else
            g_ptr_array_add(wanted->captures, *words);
    if (status == STATUS_GOOD && wanted->captures->len == 0)
        return cli_wrong("which capture? See smtp-explain --help");
    return status;
}

/* --- tshark --- */

/* What is wrong with the file, as far as it shows before it is read; NULL: nothing. */
static const char *complaint(const char *capture)
{
    struct stat about;

    if (strcmp(capture, "-") == 0)
        return NULL;
    if (stat(capture, &about) != 0)
        return strerror(errno);
    if (S_ISDIR(about.st_mode))
        return "is a folder, not a capture";
    if (S_ISREG(about.st_mode) && about.st_size == 0)
        return "is empty";
    return access(capture, R_OK) == 0 ? NULL : strerror(errno);
}

/* Passes on what tshark complains about, but for what its users know. */
static void pass_on(FILE *from)
{
    char line[1024];
    bool is_listed = false;

    while (fgets(line, sizeof line, from) != NULL) {
        if (g_str_has_prefix(line, "Running as user "))
            continue;
        if (g_str_has_prefix(line, "tshark: Invalid -z argument")) {
            fputs(
                "smtp-explain: this Wireshark has no plugin smtp_explain; see tshark -G plugins\n",
                stderr);
            is_listed = true; /* what may stand there instead follows, on many lines */
        }
        if (!is_listed)
            fputs(line, stderr);
    }
}

/* The environment of tshark, with the capture's name, which the report can't know. To be freed with
 * g_strfreev(). */
static char **environment_for(const char *capture)
{
    char *name = strcmp(capture, "-") == 0 ? g_strdup("standard input")
                                           : g_filename_display_basename(capture);
    char **environment = g_environ_setenv(g_get_environ(), "SMTP_EXPLAIN_TITLE", name, TRUE);

    g_free(name);
    return environment;
}

static int wait_for(GPid child)
{
    int status;

    while (waitpid(child, &status, 0) < 0)
        if (errno != EINTR)
            return STATUS_FAILED;
    return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? STATUS_GOOD : STATUS_FAILED;
}

static int run_tshark(const char *capture, char *statistic)
{
    char *words[] = { (char *)"tshark", (char *)"-n", (char *)"-q",      (char *)"-r",
                      (char *)capture,  (char *)"-z", (char *)statistic, NULL };
    char **environment = environment_for(capture);
    GError *error = NULL;
    GPid child;
    int errors;
    bool started = g_spawn_async_with_pipes(NULL, words, environment,
                                            G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                                G_SPAWN_CHILD_INHERITS_STDIN,
                                            NULL, NULL, &child, NULL, NULL, &errors, &error);
    FILE *from;

    g_strfreev(environment);
    if (!started) {
        cli_wrong("tshark can't be started (Debian: apt install tshark): %s", error->message);
        g_error_free(error);
        return STATUS_FAILED;
    }
    from = fdopen(errors, "r");
    if (from != NULL) {
        pass_on(from);
        fclose(from);
    }
    return wait_for(child);
}

/* after_another: a blank line parts it from what was printed before. */
static int explain_capture(const char *capture, char *statistic, bool after_another)
{
    const char *wrong = complaint(capture);

    if (wrong != NULL) {
        cli_wrong("%s: %s", capture, wrong);
        return STATUS_FAILED;
    }
    if (after_another && (putchar('\n') == EOF || fflush(stdout) != 0))
        return STATUS_FAILED;
    return run_tshark(capture, statistic);
}

/* One after the other. */
static int explain_captures(const request *wanted)
{
    int status = STATUS_GOOD;

    for (unsigned i = 0; i < wanted->captures->len; i++)
        if (explain_capture((const char *)wanted->captures->pdata[i], wanted->statistic, i > 0) !=
            STATUS_GOOD)
            status = STATUS_FAILED;
    return status;
}

int cli_captures(char **words)
{
    request wanted = { .statistic = g_strdup(REPORT), .captures = g_ptr_array_new() };
    int status = read_words(words, &wanted);

    if (status == STATUS_GOOD)
        status = explain_captures(&wanted);
    g_ptr_array_free(wanted.captures, TRUE);
    g_free(wanted.statistic);
    return status;
}
