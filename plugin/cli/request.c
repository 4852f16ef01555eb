/* request.c
 * What the command was asked for: captures, and what is to be done with them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "request.h"

#include <string.h>

#include "cli.h"
#include "language.h"

/* The statistics of the plugin, as -z wants them. */
#define REPLIES "smtp_explain,replies"
#define JSON "smtp_explain,json"
#define TSV "smtp_explain,tsv"

#define PORT_MAX 65535

/* --- options --- */

static int set_statistic(request *wanted, char *statistic)
{
    if (wanted->statistic != NULL) {
        g_free(statistic);
        return cli_wrong(_("only one of --all, --session, --json and --tsv, please"));
    }
    wanted->statistic = statistic;
    return STATUS_GOOD;
}

static int take_all(request *wanted, const char *value)
{
    (void)value;
    return set_statistic(wanted, g_strdup(REPLIES));
}

static int take_json(request *wanted, const char *value)
{
    (void)value;
    wanted->records = true;
    wanted->format = RECORD_JSON;
    return set_statistic(wanted, g_strdup(JSON));
}

static int take_tsv(request *wanted, const char *value)
{
    (void)value;
    wanted->records = true;
    wanted->format = RECORD_TSV;
    return set_statistic(wanted, g_strdup(TSV));
}

static bool is_number(const char *word)
{
    return *word != '\0' && strlen(word) <= 9 && word[strspn(word, "0123456789")] == '\0';
}

static int take_session(request *wanted, const char *value)
{
    if (!is_number(value))
        return cli_wrong(_("--session: wants a number, as the report has it: --session 59"));
    return set_statistic(wanted, g_strdup_printf(REPLIES ",smtp_explain.session == %s", value));
}

static int take_users(request *wanted, const char *value)
{
    (void)value;
    g_ptr_array_add(wanted->preferences, g_strdup("smtp_explain.show_user:TRUE"));
    return STATUS_GOOD;
}

static int take_keys(request *wanted, const char *value)
{
    if (!g_file_test(value, G_FILE_TEST_EXISTS))
        return cli_wrong(_("--keys: %s: there is no such file"), value);
    g_ptr_array_add(wanted->preferences, g_strdup_printf("tls.keylog_file:%s", value));
    return STATUS_GOOD;
}

static int take_port(request *wanted, const char *value)
{
    const guint64 port = is_number(value) ? g_ascii_strtoull(value, NULL, 10) : 0;

    if (port == 0 || port > PORT_MAX)
        return cli_wrong(_("--smtp-port: wants a port, 1 to %d: --smtp-port 2525"), PORT_MAX);
    g_ptr_array_add(wanted->decode_as, g_strdup_printf("tcp.port==%s,smtp", value));
    return STATUS_GOOD;
}

static int take_interface(request *wanted, const char *value)
{
    wanted->interface = value;
    return STATUS_GOOD;
}

static int take_copy(request *wanted, const char *value)
{
    if (*value == '\0' || strcmp(value, "-") == 0)
        return cli_wrong(_("-o: wants the name of a file for the copy"));
    wanted->copy = value;
    return STATUS_GOOD;
}

static int take_force(request *wanted, const char *value)
{
    (void)value;
    wanted->force = true;
    return STATUS_GOOD;
}

/* value: what it wants behind it; NULL: nothing */
static const struct {
    const char *name;
    const char *value;
    int (*take)(request *wanted, const char *value);
} options[] = {
    { "--all", NULL, take_all },
    { "--session", N_("a number"), take_session },
    { "--json", NULL, take_json },
    { "--tsv", NULL, take_tsv },
    { "--users", NULL, take_users },
    { "--keys", N_("a file of TLS keys"), take_keys },
    { "--smtp-port", N_("a port"), take_port },
    { "-i", N_("an interface"), take_interface },
    { "-o", N_("the name of a file for the copy"), take_copy },
    { "-f", NULL, take_force },
    { "--force", NULL, take_force },
};

/* Reads an option, and what belongs to it: words is moved to the last of it. */
static int read_option(char ***words, request *wanted)
{
    const char *option = **words;

    for (size_t i = 0; i < G_N_ELEMENTS(options); i++) {
        if (strcmp(option, options[i].name) != 0)
            continue;
        if (options[i].value == NULL)
            return options[i].take(wanted, NULL);
        if ((*words)[1] == NULL)
            return cli_wrong(_("%s: wants %s"), option, _(options[i].value));
        (*words)++;
        return options[i].take(wanted, **words);
    }
    return cli_wrong(_("%s: there is no such option; see smtp-explain --help"), option);
}

/* --- what goes together --- */

static int check(const request *wanted)
{
    const guint captures = wanted->captures->len;

    if (wanted->interface == NULL && captures == 0)
        return cli_wrong(_("which capture? See smtp-explain --help"));
    if (wanted->interface != NULL && captures > 0)
        return cli_wrong(_("-i: a capture or an interface, not both"));
    if (wanted->copy == NULL && wanted->force)
        return cli_wrong(_("-f: goes with -o, the copy that is to be made"));
    if (wanted->copy != NULL && (captures != 1 || wanted->statistic != NULL))
        return cli_wrong(_("-o: makes a copy of one capture, and nothing else"));
    return STATUS_GOOD;
}

void request_init(request *wanted)
{
    memset(wanted, 0, sizeof *wanted);
    wanted->captures = g_ptr_array_new();
    wanted->preferences = g_ptr_array_new_with_free_func(g_free);
    wanted->decode_as = g_ptr_array_new_with_free_func(g_free);
    g_ptr_array_add(wanted->preferences, g_strdup(REQUEST_LANGUAGE));
}

int request_read(char **words, request *wanted)
{
    bool options_end = false;
    int status = STATUS_GOOD;

    request_init(wanted);
    for (; *words != NULL && status == STATUS_GOOD; words++)
        if (!options_end && strcmp(*words, "--") == 0)
            options_end = true;
        else if (!options_end && **words == '-' && strcmp(*words, "-") != 0)
            status = read_option(&words, wanted);
        else
            g_ptr_array_add(wanted->captures, *words);
    return status == STATUS_GOOD ? check(wanted) : status;
}

void request_free(request *wanted)
{
    g_ptr_array_free(wanted->captures, TRUE);
    g_ptr_array_free(wanted->preferences, TRUE);
    g_ptr_array_free(wanted->decode_as, TRUE);
    g_free(wanted->statistic);
}
