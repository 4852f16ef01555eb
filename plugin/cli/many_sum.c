/* many_sum.c
 * Many captures: what came of them. The report on all of them, and what could not be read.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/stat.h>

#include "cli.h"
#include "language.h"
#include "ledger.h"
#include "many.h"
#include "report.h"
#include "terminal.h"

#define NOT_READ N_("was not read")
#define NO_RESULT N_("its result can't be read; remove that, and it is made again")

typedef struct {
    record_format format;
    const char *prefix;
    ledger *book;
    unsigned read;
    unsigned failed;
    unsigned passed_over;
    GString *said; /* a line for each that was passed over or failed */
} summary;

/* --- one of them --- */

/* What went wrong with it, as it was written down; "" for nothing. */
static char *words_about(const char *number)
{
    char *path = many_file(number, "error");
    char *words = NULL;

    if (g_file_get_contents(path, &words, NULL, NULL))
        g_strchomp(words);
    g_free(path);
    return words != NULL ? words : g_strdup(_(NOT_READ));
}

/* Is its result as long as it was? Power that fails may leave less of a file than was written. */
static bool is_whole(const summary *all, const char *number, long long size)
{
    char *path = many_result(all->format, number);
    struct stat about;
    const bool whole = stat(path, &about) == 0 && (long long)about.st_size == size;

    g_free(path);
    return whole;
}

/* Takes what the report is made of. */
static bool take_account(summary *all, const char *number, const char *name)
{
    char *path = many_file(number, "tally"), *text = NULL, *end;
    bool taken = false;

    if (g_file_get_contents(path, &text, NULL, NULL)) {
        const long long size = strtoll(text, &end, 10);

        taken = is_whole(all, number, size) && ledger_take(all->book, name, end);
    }
    g_free(text);
    g_free(path);
    return taken;
}

static void say(summary *all, const char *what, const char *path, const char *words)
{
    char *name = cli_name(path), *printable = cli_printable(words);

    g_string_append_printf(all->said, "%s: %s: %s\n", what, name, printable);
    g_free(printable);
    g_free(name);
}

/* words: what went wrong with it. What could be read of it counts all the same. */
static void take_result(summary *all, const char *number, const char *path, const char *words)
{
    char *name = cli_name(g_str_has_prefix(path, all->prefix) ? path + strlen(all->prefix) : path);
    const bool taken = take_account(all, number, name);

    g_free(name);
    if (*words != '\0' || !taken) {
        all->failed++;
        say(all, C_("capture", "failed"), path, *words != '\0' ? words : _(NO_RESULT));
    } else
        all->read++;
}

static void take_capture(summary *all, const char *number)
{
    char *link = g_build_filename(MANY_CAPTURES, number, NULL);
    char *linked = g_file_read_link(link, NULL);
    const char *path = linked != NULL ? linked : number;
    char *words = words_about(number);

    if (g_str_has_suffix(words, MANY_PASSED_OVER)) {
        words[strlen(words) - strlen(MANY_PASSED_OVER)] = '\0';
        all->passed_over++;
        say(all, C_("capture", "passed over"), path, words);
    } else
        take_result(all, number, path, words);
    g_free(words);
    g_free(linked);
    g_free(link);
}

/* --- all of them --- */

static int compare_numbers(const void *one, const void *other)
{
    const char *a = *(const char *const *)one, *b = *(const char *const *)other;
    const size_t len = strlen(a), other_len = strlen(b);

    return len != other_len ? (len < other_len ? -1 : 1) : strcmp(a, b);
}

static GPtrArray *numbers(void)
{
    GPtrArray *list = g_ptr_array_new_with_free_func(g_free);
    GDir *folder = g_dir_open(MANY_CAPTURES, 0, NULL);
    const char *number;

    while (folder != NULL && (number = g_dir_read_name(folder)) != NULL)
        g_ptr_array_add(list, g_strdup(number));
    if (folder != NULL)
        g_dir_close(folder);
    g_ptr_array_sort(list, compare_numbers);
    return list;
}

/* with_smtp: of those that were read */
static const char *counts_text(wmem_allocator_t *scope, const summary *all, unsigned with_smtp)
{
    if (all->passed_over == 0)
        return wmem_strdup_printf(scope, _("captures: %u read, %u failed, %u with SMTP"), all->read,
                                  all->failed, with_smtp);
    return wmem_strdup_printf(scope,
                              _("captures: %u read, %u failed, %u passed over, %u with SMTP"),
                              all->read, all->failed, all->passed_over, with_smtp);
}

static int print_summary(const summary *all)
{
    const tally_sums sums = ledger_sums(all->book);
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    page p = terminal_page(scope);
    int status;

    page_line(&p, 0, counts_text(scope, all, sums.captures - sums.bare_count));
    if (sums.captures > 0) {
        page_gap(&p);
        report_print(&p, &sums,
                     wmem_strdup_printf(scope, ngettext("%u capture", "%u captures", sums.captures),
                                        sums.captures));
    }
    if (all->said->len > 0)
        page_gap(&p);
    wmem_strbuf_append(p.text, all->said->str);
    status = cli_show(&p);
    wmem_destroy_allocator(scope);
    return status;
}

int many_sum(record_format format, const char *prefix)
{
    summary all = {
        .format = format, .prefix = prefix, .book = ledger_new(true), .said = g_string_new("")
    };
    GPtrArray *list = numbers();
    int status;

    for (unsigned i = 0; i < list->len; i++)
        take_capture(&all, (const char *)list->pdata[i]);
    status = print_summary(&all);
    g_ptr_array_free(list, TRUE);
    g_string_free(all.said, TRUE);
    ledger_free(all.book);
    return all.failed > 0 ? STATUS_FAILED : status;
}
