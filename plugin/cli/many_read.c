/* many_read.c
 * Many captures: one of them is read. What stands under its final name is complete.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>

#include <sys/stat.h>
#include <unistd.h>

#include "cli.h"
#include "input.h"
#include "language.h"
#include "many.h"
#include "rights.h"

/* What stands at the beginning of the line that the statistic for the report prints. */
#define TALLY_BEGINS "(("

/* --- a file that isn't there before it is whole --- */

typedef struct {
    char *path; /* hidden; smtp-explain-many removes what is left behind */
    FILE *stream;
} draft;

/* False, and errno is set: there can be none. */
static bool begin_draft(draft *made, const char *number, const char *ending)
{
    int file;

    made->path = g_strdup_printf("results/.%s.%d.%s", number, (int)getpid(), ending);
    file = open(made->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
    made->stream = file >= 0 ? fdopen(file, "w") : NULL;
    return made->stream != NULL;
}

/* Puts it to its place. The same. */
static bool put_draft(draft *made, const char *capture, const char *place)
{
    const bool written = !ferror(made->stream) && fflush(made->stream) == 0 &&
                         rights_follow(fileno(made->stream), capture);

    if (fclose(made->stream) != 0 || !written || rename(made->path, place) != 0)
        return false;
    g_free(made->path);
    made->path = NULL;
    made->stream = NULL;
    return true;
}

static void drop_draft(draft *made)
{
    const int error = errno;

    if (made->stream != NULL)
        fclose(made->stream);
    if (made->path != NULL)
        unlink(made->path);
    g_free(made->path);
    errno = error;
}

/* --- one capture --- */

typedef struct {
    const char *number;
    char *capture;
    char *result, *tally, *error; /* where they will be */
    record_format format;
    draft rows;
    GString *account; /* what the report is made of */
    int write_error;  /* of errno: the rows can't be written */
} job;

static void take_line(void *data, const char *line)
{
    job *j = (job *)data;

    if (g_str_has_prefix(line, TALLY_BEGINS))
        g_string_assign(j->account, line);
    else if (j->write_error == 0 && fputs(line, j->rows.stream) == EOF)
        j->write_error = errno;
}

/* The account stands behind the size of the result that it is about. */
static bool put_account(job *j, long long size)
{
    draft account = { .path = NULL };
    const bool put = begin_draft(&account, j->number, "tally") &&
                     fprintf(account.stream, "%lld %s", size, j->account->str) > 0 &&
                     put_draft(&account, j->capture, j->tally);

    drop_draft(&account);
    return put;
}

/* What the report is made of comes last: what isn't whole has none. */
static bool put_result(job *j)
{
    struct stat about;

    return j->write_error == 0 && fflush(j->rows.stream) == 0 &&
           fstat(fileno(j->rows.stream), &about) == 0 &&
           put_draft(&j->rows, j->capture, j->result) && put_account(j, (long long)about.st_size);
}

/* words: what went wrong; "" for nothing, as long as there is a result. */
static bool put_words(job *j, const char *words)
{
    draft error = { .path = NULL };
    const bool put = begin_draft(&error, j->number, "error") &&
                     (*words == '\0' || fprintf(error.stream, "%s\n", words) > 0) &&
                     put_draft(&error, j->capture, j->error);

    drop_draft(&error);
    return put;
}

static reading read_capture(job *j, char **complaint)
{
    const char *const statistics[] = { j->format == RECORD_JSON ? "smtp_explain,json"
                                                                : "smtp_explain,tsv",
                                       "smtp_explain,tally", NULL };
    const tshark_work work = { .statistics = statistics, .take = take_line, .data = j };
    request nothing;
    reading how;
    const char *wrong;

    request_init(&nothing);
    how = input_read(&nothing, j->capture, true, work, complaint);
    request_free(&nothing);
    if (how <= READ_PART) {
        const reading taken = tshark_judge_tally(j->account->str, &wrong);

        if (*complaint == NULL)
            *complaint = g_strdup(wrong);
        return MAX(how, taken);
    }
    return how;
}

/* In words, what is there of it included. To be freed with g_free(). */
static char *words_about(reading how, const char *complaint)
{
    char *printable = cli_printable(complaint != NULL ? complaint : "");
    char *words;

    if (how == READ_PART)
        words = g_strdup_printf(_("%s; the result holds what could be read of it"), printable);
    else
        words = g_strconcat(printable, how == READ_FOREIGN ? MANY_PASSED_OVER : "", NULL);

    g_free(printable);
    return words;
}

/* What is in the way, whatever happens in between, is that there are no words: it was not read. */
static bool finish(job *j, reading how, const char *complaint)
{
    char *words = words_about(how, complaint);
    bool put;

    unlink(j->error);
    unlink(j->tally);
    unlink(j->result);
    put = (how > READ_PART || put_result(j)) && put_words(j, words);
    g_free(words);
    return put;
}

static void say_unwritten(job *j)
{
    const char *words = g_strerror(j->write_error != 0 ? j->write_error : errno);

    unlink(j->tally);
    unlink(j->result);
    fprintf(stderr, "smtp-explain: %s: %s\n", j->result, words);
    put_words(j, words);
}

static int do_job(job *j)
{
    char *complaint = NULL;
    reading how = READ_FAILED;

    if (begin_draft(&j->rows, j->number, "rows")) {
        how = read_capture(j, &complaint);
        if (!finish(j, how, complaint)) {
            how = READ_FAILED;
            say_unwritten(j);
        }
    } else
        say_unwritten(j);
    drop_draft(&j->rows);
    g_free(complaint);
    return how == READ_ALL ? STATUS_GOOD : STATUS_FAILED;
}

int many_read(pid_t parent, record_format format, const char *number)
{
    job j = { .number = number,
              .capture = g_build_filename(MANY_CAPTURES, number, NULL),
              .result = many_result(format, number),
              .tally = many_file(number, "tally"),
              .error = many_file(number, "error"),
              .format = format,
              .account = g_string_new("") };
    int status;

    cli_end_with(parent);
    status = do_job(&j);
    g_string_free(j.account, TRUE);
    g_free(j.capture);
    g_free(j.result);
    g_free(j.tally);
    g_free(j.error);
    return status;
}
