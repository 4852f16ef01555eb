/* capture.c
 * smtp-explain CAPTURE: tshark reads it, and the plugin says what there is to say.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli.h"
#include "copy.h"
#include "input.h"
#include "language.h"
#include "ledger.h"
#include "report.h"
#include "terminal.h"

/* What the report is made of, and every reply as it comes: statistics of the plugin, as -z wants them. */
#define TALLY "smtp_explain,tally"
#define REPLIES "smtp_explain,replies"
#define REPORT "smtp_explain,report"

/* Tells the plugin what the report is about that tshark prints. */
#define INTERFACE_VARIABLE "SMTP_EXPLAIN_INTERFACE"

/* --- one after the other --- */

/* What came of them. */
typedef struct {
    const request *wanted;
    unsigned read; /* captures of which there is something */
    bool failed;
} run;

/* As a page may hold it. To be freed with g_free(). */
static char *title_of(const char *capture)
{
    char *base, *title;

    if (strcmp(capture, STANDARD_INPUT) == 0)
        return g_strdup(_("standard input"));
    base = g_path_get_basename(capture);
    title = cli_name(base);
    g_free(base);
    return title;
}

/* Among several, what is no capture is passed over. */
static void complain(run *of, const char *capture, reading how, const char *words)
{
    const bool passed_over = how == READ_FOREIGN && of->wanted->captures->len > 1;
    char *name = strcmp(capture, STANDARD_INPUT) == 0 ? title_of(capture) : cli_name(capture);
    char *said = cli_printable(words);

    fputs("smtp-explain: ", stderr);
    fprintf(stderr,
            /* Translators: the name of a capture, and what is wrong with it. */
            passed_over        ? _("%s: %s; passed over")
            : how == READ_PART ? _("%s: %s; what could be read of it is shown")
                               : C_("complaint", "%s: %s"),
            name, said);
    fputc('\n', stderr);
    of->failed |= !passed_over;
    g_free(said);
    g_free(name);
}

/* Reads one with a statistic. take, data: as tshark_work has them. */
static reading read_one(run *of, const char *capture, const char *statistic,
                        void (*take)(void *data, const char *line), void *data)
{
    const char *const statistics[] = { statistic, NULL };
    const tshark_work work = { .statistics = statistics, .take = take, .data = data };
    char *complaint;
    const reading how = input_read(of->wanted, capture, false, work, &complaint);

    if (complaint != NULL)
        complain(of, capture, how, complaint);
    g_free(complaint);
    return how;
}

static const char *capture_at(const run *of, unsigned nth)
{
    return (const char *)of->wanted->captures->pdata[nth];
}

/* --- the report --- */

static void take_text(void *text, const char *line)
{
    g_string_append((GString *)text, line);
}

static void add_to_report(run *of, ledger *book, const char *capture)
{
    GString *text = g_string_new("");
    const reading how = read_one(of, capture, TALLY, take_text, text);
    char *title = title_of(capture);
    const char *wrong = NULL;

    if (how <= READ_PART) {
        const reading taken = tshark_judge_tally(text->str, &wrong);

        if (wrong != NULL && (how == READ_ALL || taken == READ_FOREIGN))
            complain(of, capture, taken, wrong);
        of->read += wrong == NULL && ledger_take(book, title, text->str);
    }
    g_free(title);
    g_string_free(text, TRUE);
}

static int print_report(const run *of, ledger *book)
{
    const tally_sums sums = ledger_sums(book);
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    char *title = of->wanted->captures->len > 1
                      ? g_strdup_printf(ngettext("%u capture", "%u captures", of->read), of->read)
                      : title_of(capture_at(of, 0));
    page p = terminal_page(scope);
    int status;

    report_print(&p, &sums, title);
    status = cli_show(&p);
    g_free(title);
    wmem_destroy_allocator(scope);
    return status;
}

static int report(run *of)
{
    ledger *book = ledger_new(of->wanted->captures->len > 1);
    int status = STATUS_GOOD;

    for (unsigned i = 0; i < of->wanted->captures->len; i++)
        add_to_report(of, book, capture_at(of, i));
    if (of->read > 0)
        status = print_report(of, book);
    ledger_free(book);
    return of->failed || of->read == 0 ? STATUS_FAILED : status;
}

/* --- replies, as they come --- */

/* Parts one capture from the next. */
static void print_title(const char *capture)
{
    char *title = title_of(capture);

    printf("%s:\n\n", title);
    fflush(stdout);
    g_free(title);
}

static int print_replies(run *of)
{
    for (unsigned i = 0; i < of->wanted->captures->len; i++) {
        if (of->wanted->captures->len > 1)
            print_title(capture_at(of, i));
        of->read += read_one(of, capture_at(of, i), of->wanted->statistic, NULL, NULL) <= READ_PART;
    }
    return of->failed || of->read == 0 ? STATUS_FAILED : STATUS_GOOD;
}

/* --- records of several --- */

typedef struct {
    const char *capture;
    record_format format;
    bool headed;    /* the headline was printed */
    bool at_record; /* behind the headline of this capture */
} records;

static void take_record(void *data, const char *line)
{
    records *all = (records *)data;
    const bool headline = all->format == RECORD_TSV && !all->at_record;
    wmem_strbuf_t *text = wmem_strbuf_new(NULL, "");

    all->at_record = true;
    if (!headline || !all->headed)
        record_of_capture(text, all->format, all->capture, line, headline);
    all->headed |= headline;
    fputs(wmem_strbuf_get_str(text), stdout);
    wmem_strbuf_destroy(text);
}

static int print_records(run *of)
{
    records all = { .format = of->wanted->format };

    for (unsigned i = 0; i < of->wanted->captures->len; i++) {
        char *name = g_filename_display_name(capture_at(of, i));

        all.capture = name;
        all.at_record = false;
        of->read +=
            read_one(of, capture_at(of, i), of->wanted->statistic, take_record, &all) <= READ_PART;
        g_free(name);
    }
    if (fflush(stdout) != 0 || ferror(stdout))
        return cli_unwritten();
    return of->failed || of->read == 0 ? STATUS_FAILED : STATUS_GOOD;
}

/* --- live --- */

/* Until tshark ends: Ctrl-C is for it, and what it prints then is the report, if replies were wanted. */
static int listen(const request *wanted)
{
    const bool all = wanted->statistic == NULL || strcmp(wanted->statistic, REPLIES) == 0;
    const char *const statistics[] = { all ? REPLIES : wanted->statistic, all ? REPORT : NULL,
                                       NULL };
    const tshark_work work = { .capture = -1, .statistics = statistics };
    char *interface = cli_name(wanted->interface), *complaint;
    reading how;

    g_setenv(INTERFACE_VARIABLE, interface, TRUE);
    signal(SIGINT, SIG_IGN);
    how = tshark_read(wanted, &work, &complaint);
    if (complaint != NULL)
        fprintf(stderr, "smtp-explain: %s: %s\n", interface, complaint);
    g_free(complaint);
    g_free(interface);
    return how == READ_ALL ? STATUS_GOOD : STATUS_FAILED;
}

int cli_captures(char **words)
{
    request wanted;
    run of = { .wanted = &wanted };
    int status = request_read(words, &wanted);

    if (status != STATUS_GOOD)
        ;
    else if (wanted.interface != NULL)
        status = listen(&wanted);
    else if (wanted.copy != NULL)
        status = cli_copy(&wanted);
    else if (wanted.statistic == NULL)
        status = report(&of);
    else
        status =
            wanted.records && wanted.captures->len > 1 ? print_records(&of) : print_replies(&of);
    request_free(&wanted);
    return status;
}
