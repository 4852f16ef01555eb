/* tshark.c
 * tshark, at work for the command.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tshark.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/wait.h>
#include <unistd.h>

#include "cli.h"
#include "ledger.h"
#include "language.h"

/* --- how it is called --- */

static void add(GPtrArray *words, const char *option, const char *value)
{
    g_ptr_array_add(words, (void *)option);
    g_ptr_array_add(words, (void *)value);
}

/* NULL-terminated. Nothing in it is owned. */
static GPtrArray *command_line(const request *wanted, const tshark_work *work)
{
    GPtrArray *words = g_ptr_array_new();

    g_ptr_array_add(words, (void *)"tshark");
    g_ptr_array_add(words, (void *)"-n");
    g_ptr_array_add(words, (void *)"-q");
    if (work->capture >= 0)
        add(words, "-r", "-");
    else
        add(words, "-i", wanted->interface);
    for (unsigned i = 0; i < wanted->preferences->len; i++)
        add(words, "-o", (const char *)wanted->preferences->pdata[i]);
    for (unsigned i = 0; i < wanted->decode_as->len; i++)
        add(words, "-d", (const char *)wanted->decode_as->pdata[i]);
    for (const char *const *statistic = work->statistics; *statistic != NULL; statistic++)
        add(words, "-z", *statistic);
    g_ptr_array_add(words, NULL);
    return words;
}

static pid_t command_process;

/* Runs where tshark will: it goes when the command goes, and Ctrl-C is for it. */
static void prepare_child(void *data)
{
    const tshark_work *work = (const tshark_work *)data;

    if (work->capture > STDIN_FILENO)
        dup2(work->capture, STDIN_FILENO);
    signal(SIGINT, SIG_DFL);
    cli_end_with(command_process);
}

/* What was started. */
typedef struct {
    GPid child;
    int output; /* -1: it goes where ours goes */
    int errors;
} started;

static bool start(char **words, const tshark_work *work, started *made, char **complaint)
{
    GError *error = NULL;

    command_process = getpid();
    made->output = -1;
    if (g_spawn_async_with_pipes(NULL, words, NULL,
                                 G_SPAWN_SEARCH_PATH | G_SPAWN_DO_NOT_REAP_CHILD |
                                     G_SPAWN_CHILD_INHERITS_STDIN,
                                 prepare_child, (void *)work, &made->child, NULL,
                                 work->take != NULL ? &made->output : NULL, &made->errors, &error))
        return true;
    *complaint = g_strdup_printf(_("tshark can't be started (Debian: apt install tshark): %s"),
                                 error->message);
    g_error_free(error);
    return false;
}

/* --- what it says --- */

#define TSHARK_SAYS "tshark: "

/* What tshark's users know, and what is for its developers. */
static bool is_noise(const char *line)
{
    static const char *const beginnings[] = { "Running as user ", " ** (tshark:", "tshark: \n",
                                              "\n" };

    for (size_t i = 0; i < G_N_ELEMENTS(beginnings); i++)
        if (g_str_has_prefix(line, beginnings[i]))
            return true;
    return false;
}

/* Hands on each line that is printed. */
static void hand_on(int from, const tshark_work *work)
{
    FILE *stream = fdopen(from, "r");
    char *line = NULL;
    size_t size = 0;

    while (stream != NULL && getline(&line, &size, stream) > 0)
        work->take(work->data, line);
    free(line);
    if (stream != NULL)
        fclose(stream);
}

/* Complaints. What comes from a live capture is passed on at once, since it says what is captured, up to the
 * first that is about a failure. */
static char *read_complaints(int from, bool pass_on)
{
    GString *text = g_string_new("");
    FILE *stream = fdopen(from, "r");
    char line[1024];

    while (stream != NULL && fgets(line, sizeof line, stream) != NULL) {
        if (is_noise(line))
            continue;
        pass_on = pass_on && !g_str_has_prefix(line, TSHARK_SAYS);
        if (pass_on)
            fputs(line, stderr);
        g_string_append(text, line);
    }
    if (stream != NULL)
        fclose(stream);
    return g_string_free(text, FALSE);
}

static void *read_in_thread(void *data)
{
    return read_complaints(GPOINTER_TO_INT(data), false);
}

/* What tshark's words mean. */
static const struct {
    const char *words;
    reading how;
    const char *meaning;
} known[] = {
    { "cut short", READ_PART, N_("is cut short") },
    { "damaged or corrupt", READ_PART, N_("is damaged") },
    { "isn't a capture file", READ_FOREIGN, N_("is not a capture that Wireshark can read") },
    { "standard input is a \"special file\"", READ_FOREIGN, N_("is not a capture") },
};

/* What a tshark without the plugin says of the preference and of the statistic. */
#define NO_PREFERENCE "\"" REQUEST_LANGUAGE "\" specifies unknown preference"
#define NO_STATISTIC "tshark: Invalid -z argument"

/* As root, Wireshark looks for plugins in fewer places. */
static const char *no_plugin(void)
{
    if (geteuid() == 0)
        return _("this tshark has no plugin smtp_explain. Run as root, it loads plugins only from "
                 "Wireshark's own folder (see tshark -G folders): install it there, or run this as "
                 "another user");
    return _("this tshark has no plugin smtp_explain, or one of another version; see tshark -G "
             "plugins");
}

/* The last thing that a program complains about, without its name. */
static char *last_complaint(const char *words)
{
    static const char *const programs[] = { TSHARK_SAYS, "setpriv: " };
    char **lines = g_strsplit(words, "\n", -1);
    const char *last = _("Wireshark stopped before the end");
    char *found;

    for (char **line = lines; *line != NULL; line++)
        for (size_t i = 0; i < G_N_ELEMENTS(programs); i++)
            if (g_str_has_prefix(*line, programs[i]))
                last = *line + strlen(programs[i]);
    found = g_strdup(last);
    g_strfreev(lines);
    return found;
}

/* Also if whoever reads what it prints has seen enough. */
static bool is_good(int status)
{
    return (WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
           (WIFSIGNALED(status) && WTERMSIG(status) == SIGPIPE);
}

static reading judge(const char *words, int status, char **complaint)
{
    for (size_t i = 0; i < G_N_ELEMENTS(known); i++)
        if (strstr(words, known[i].words) != NULL) {
            *complaint = g_strdup(_(known[i].meaning));
            return known[i].how;
        }
    if (is_good(status))
        return READ_ALL;
    if (strstr(words, NO_PREFERENCE) != NULL || strstr(words, NO_STATISTIC) != NULL)
        *complaint = g_strdup(no_plugin());
    else if (WIFSIGNALED(status))
        *complaint = g_strdup_printf(_("Wireshark was ended by signal %d"), WTERMSIG(status));
    else
        *complaint = last_complaint(words);
    return READ_FAILED;
}

static int wait_for(GPid child)
{
    int status = 0;

    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return status;
}

/* --- at work --- */

/* What a tshark that was started says and prints. */
static reading follow(const started *running, const tshark_work *work, char **complaint)
{
    char *said;
    reading how;

    if (work->take == NULL)
        said = read_complaints(running->errors, work->capture < 0);
    else {
        GThread *thread =
            g_thread_new("complaints", read_in_thread, GINT_TO_POINTER(running->errors));

        hand_on(running->output, work);
        said = (char *)g_thread_join(thread);
    }
    how = judge(said, wait_for(running->child), complaint);
    g_free(said);
    return how;
}

reading tshark_read(const request *wanted, const tshark_work *work, char **complaint)
{
    GPtrArray *words = command_line(wanted, work);
    started running;
    reading how = READ_FAILED;

    *complaint = NULL;
    if (start((char **)words->pdata, work, &running, complaint))
        how = follow(&running, work, complaint);
    g_ptr_array_free(words, TRUE);
    return how;
}

reading tshark_judge_tally(const char *text, const char **words)
{
    ledger *one = ledger_new(false);
    reading how = READ_ALL;

    *words = NULL;
    if (!ledger_take(one, "", text)) {
        how = READ_FAILED;
        *words = g_str_has_suffix(text, ")\n")
                     ? _("the plugin in this tshark is of another version than this command")
                     : _("Wireshark stopped before the end");
    } else if (ledger_is_foreign(one)) { /* it reads pictures and texts, too: as one frame */
        how = READ_FOREIGN;
        *words = _("is no capture of packets");
    }
    ledger_free(one);
    return how;
}
