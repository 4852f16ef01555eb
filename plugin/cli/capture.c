/* capture.c
 * smtp-explain CAPTURE: tshark reads it, and the plugin says what there is to say.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "copy.h"
#include "ledger.h"
#include "report.h"
#include "terminal.h"
#include "tshark.h"

/* What the report is made of, and every reply as it comes: statistics of the plugin, as -z wants them. */
#define TALLY "smtp_explain,tally"
#define REPLIES "smtp_explain,replies"

/* What standard input is called, if whoever hands it in knows better. */
#define TITLE_VARIABLE "SMTP_EXPLAIN_TITLE"

/* --- names --- */

static bool is_standard_input(const char *capture)
{
    return strcmp(capture, "-") == 0;
}

/* As a page may hold it. To be freed with g_free(). */
static char *title_of(const char *capture)
{
    const char *title = getenv(TITLE_VARIABLE);
    char *raw, *name;

    if (is_standard_input(capture))
        return g_strdup(title != NULL ? title : "standard input");
    raw = g_filename_display_basename(capture);
    name = cli_printable(raw);
    g_free(raw);
    return name;
}

/* --- one after the other --- */

/* What came of them. */
typedef struct {
    const request *wanted;
    unsigned read; /* captures of which there is something */
    bool failed;
} run;

/* Waits until it is known: tshark finds nothing wrong with it. */
static bool is_input_empty(void)
{
    struct stat about;
    struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
    int waiting = 0;

    if (fstat(STDIN_FILENO, &about) == 0 && S_ISREG(about.st_mode))
        return about.st_size == 0;
    return poll(&input, 1, -1) == 1 && ioctl(STDIN_FILENO, FIONREAD, &waiting) == 0 && waiting == 0;
}

/* What is wrong with the file, as far as it shows before it is read; NULL: nothing. */
static const char *complaint_about(const char *capture, reading *how)
{
    struct stat about;

    *how = READ_FAILED;
    if (is_standard_input(capture))
        return is_input_empty() ? "is empty" : NULL;
    if (stat(capture, &about) != 0)
        return strerror(errno);
    *how = READ_FOREIGN;
    if (S_ISDIR(about.st_mode))
        return "is a folder, not a capture";
    if (S_ISREG(about.st_mode) && about.st_size == 0)
        return "is empty";
    *how = READ_FAILED;
    return access(capture, R_OK) == 0 ? NULL : strerror(errno);
}

/* Among several, what is no capture is passed over. */
static void complain(run *of, const char *capture, reading how, const char *words)
{
    const bool passed_over = how == READ_FOREIGN && of->wanted->captures->len > 1;
    char *name = is_standard_input(capture) ? title_of(capture) : cli_printable(capture);

    char *said = cli_printable(words);

    fprintf(stderr, "smtp-explain: %s: %s%s\n", name, said, passed_over ? "; passed over" : "");
    of->failed |= !passed_over;
    g_free(said);
    g_free(name);
}

/* Reads one. text: as tshark_read() has it. */
static reading read_one(run *of, const char *capture, const char *statistic, char **text)
{
    reading how;
    const char *wrong = complaint_about(capture, &how);
    char *complaint = NULL;

    if (wrong != NULL) {
        complain(of, capture, how, wrong);
        return how;
    }
    how = tshark_read(of->wanted, capture, statistic, text, &complaint);
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

/* Wireshark reads pictures and texts, too: as one frame, which is no packet. */
static bool is_foreign(const char *text)
{
    ledger *one = ledger_new(false);
    const bool foreign = ledger_take(one, "", text) && ledger_is_foreign(one);

    ledger_free(one);
    return foreign;
}

/* Why text is no ledger's. */
static const char *why_not_taken(const char *text)
{
    return g_str_has_suffix(text, ")\n")
               ? "the plugin in this tshark is of another version than this command"
               : "Wireshark stopped before the end";
}

static void add_to_report(run *of, ledger *book, const char *capture)
{
    char *text = NULL, *title;
    const reading how = read_one(of, capture, TALLY, &text);

    if (text != NULL && how <= READ_PART && is_foreign(text))
        complain(of, capture, READ_FOREIGN, "is no capture of packets");
    else if (text != NULL) {
        title = title_of(capture);
        if (ledger_take(book, title, text))
            of->read++;
        else if (how == READ_ALL)
            complain(of, capture, READ_FAILED, why_not_taken(text));
        g_free(title);
    }
    g_free(text);
}

static int print_report(const run *of, ledger *book)
{
    const tally_sums sums = ledger_sums(book);
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    char *title = of->wanted->captures->len > 1
                      ? g_strdup_printf("%u capture%s", of->read, of->read == 1 ? "" : "s")
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
        of->read += read_one(of, capture_at(of, i), of->wanted->statistic, NULL) <= READ_PART;
    }
    return of->failed || of->read == 0 ? STATUS_FAILED : STATUS_GOOD;
}

/* Until tshark ends: Ctrl-C is for it, and it has something to finish then. */
static int listen(const request *wanted)
{
    const char *statistic = wanted->statistic != NULL ? wanted->statistic : REPLIES;
    char *complaint;
    reading how;

    signal(SIGINT, SIG_IGN);
    how = tshark_read(wanted, NULL, statistic, NULL, &complaint);
    g_free(complaint);
    return how == READ_ALL ? STATUS_GOOD : STATUS_FAILED;
}

int cli_captures(char **words)
{
    request wanted;
    run of = { .wanted = &wanted };
    int status = request_read(words, &wanted);

    if (status == STATUS_GOOD) {
        if (wanted.interface != NULL)
            status = listen(&wanted);
        else if (wanted.copy != NULL)
            status = cli_copy(&wanted);
        else
            status = wanted.statistic != NULL ? print_replies(&of) : report(&of);
    }
    request_free(&wanted);
    return status;
}
