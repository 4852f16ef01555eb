/* report.c
 * The report on a capture: what went wrong, why, who does what about it; then the sums.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

#include <glib.h>

#include "clock.h"
#include "sums.h"

/* Columns before a paragraph. */
#define INDENT 3

/* Bytes of the server's words that are quoted. */
#define WORDS_MAX 220

/* Names in a list, before it is cut. */
#define NAMES_MAX 3

/* The same of captures. */
#define CAPTURES_MAX 5

/* Refused logins in one session that are pointed out. */
#define MANY_LOGINS 3

static const char *count_of(wmem_allocator_t *scope, uint32_t count, const char *what)
{
    return wmem_strdup_printf(scope, "%u %s%s", count, what, count == 1 ? "" : "s");
}

/* --- the first line --- */

/* "5 of 300 sessions had problems, 2 look odd", "300 sessions, no problems" */
static const char *verdict_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    const char *odd = "";

    if (sums->sessions == 1 && sums->failing == 1)
        return "1 session, it had problems";
    if (sums->sessions == 1 && sums->odd == 1)
        return "1 session, no problems, but it looks odd";
    if (sums->odd > 0)
        odd = wmem_strdup_printf(scope, ", %s%u look%s odd", sums->failing == 0 ? "but " : "",
                                 sums->odd, sums->odd == 1 ? "s" : "");
    if (sums->failing == 0)
        return wmem_strdup_printf(scope, "%s, no problems%s",
                                  count_of(scope, sums->sessions, "session"), odd);
    if (sums->failing == sums->sessions)
        return wmem_strdup_printf(scope, "all of %u sessions had problems", sums->sessions);
    return wmem_strdup_printf(scope, "%u of %s had problems%s", sums->failing,
                              count_of(scope, sums->sessions, "session"), odd);
}

/* title: NULL if it isn't known, since tshark itself was called */
static void print_first_line(page *p, wmem_allocator_t *scope, const tally_sums *sums,
                             const char *title)
{
    page_split(p,
               wmem_strdup_printf(scope, "%s%s%s", title != NULL ? title : "",
                                  title != NULL ? ": " : "", verdict_text(scope, sums)),
               clock_span(scope, sums->first_time, sums->last_time));
}

/* --- a problem --- */

/* Shorter ones first: 10.1.1.60 before 10.1.1.121. */
static int compare_texts(const void *one, const void *other)
{
    const char *a = *(const char *const *)one, *b = *(const char *const *)other;
    const size_t len = strlen(a), other_len = strlen(b);

    return len != other_len ? (len < other_len ? -1 : 1) : strcmp(a, b);
}

/* "a", "a and b", "a, b and c", or, if there are more, "7 clients" */
static const char *list_text(wmem_allocator_t *scope, GHashTable *set, const char *what)
{
    guint count;
    const char **names = (const char **)g_hash_table_get_keys_as_array(set, &count);
    wmem_strbuf_t *list = wmem_strbuf_new(scope, "");

    qsort(names, count, sizeof *names, compare_texts);
    for (guint i = 0; i < count && count <= NAMES_MAX; i++)
        wmem_strbuf_append_printf(list, "%s%s",
                                  i == 0           ? ""
                                  : i == count - 1 ? " and "
                                                   : ", ",
                                  names[i]);
    g_free(names);
    if (count > NAMES_MAX)
        wmem_strbuf_append_printf(list, "%u %s", count, what);
    return wmem_strbuf_get_str(list);
}

/* "2 sessions, 4 times" */
static const char *how_often(wmem_allocator_t *scope, const problem *found)
{
    const char *sessions = count_of(scope, found->sessions, "session");

    if (found->times == found->sessions)
        return sessions;
    return wmem_strdup_printf(scope, "%s, %u times", sessions, found->times);
}

/* "1  Login refused: bad credentials                     2 sessions, 4 times" */
static void print_problem_headline(page *p, wmem_allocator_t *scope, unsigned number,
                                   const problem *found)
{
    page_split(p, wmem_strdup_printf(scope, "%-2u %s", number, found->headline),
               how_often(scope, found));
}

/* " as alice and bob", if names of users are shown */
static const char *users_text(wmem_allocator_t *scope, const problem *found)
{
    if (g_hash_table_size(found->users) == 0)
        return "";
    return wmem_strdup_printf(scope, " as %s", list_text(scope, found->users, "users"));
}

/* "AUTH PLAIN, 10.1.149.67 and 10.3.163.69 -> 198.51.100.25:587" */
static const char *request_text(wmem_allocator_t *scope, const problem *found)
{
    const bool has_mechanism = g_hash_table_size(found->mechanisms) > 0;
    const char *command = found->command;

    return wmem_strdup_printf(
        scope, "%s%s%s%s%s%s -> %s", command != NULL ? command : "", has_mechanism ? " " : "",
        has_mechanism ? list_text(scope, found->mechanisms, "mechanisms") : "",
        users_text(scope, found), command != NULL ? ", " : "",
        list_text(scope, found->clients, "clients"), list_text(scope, found->servers, "servers"));
}

/* The server's words, cut behind a whole character; and whether others of the kind have other words. */
static const char *words_text(wmem_allocator_t *scope, const problem *found)
{
    const char *words = found->words;
    const guint others = g_hash_table_size(found->wordings) - 1;
    size_t len = MIN(strlen(words), WORDS_MAX);
    const bool cut = len < strlen(words);

    while (cut && ((uint8_t)words[len] & 0xC0) == 0x80)
        len--;
    return wmem_strdup_printf(
        scope, "%.*s%s%s", (int)len, words, cut ? "...\"" : "",
        others > 0 ? wmem_strdup_printf(scope, " and %s", count_of(scope, others, "other text"))
                   : "");
}

/* What is to be seen in the sessions: who tried again and again, and who got in. */
static const char *course_text(wmem_allocator_t *scope, const problem *found)
{
    wmem_strbuf_t *text = wmem_strbuf_new(scope, "");

    if (found->most >= MANY_LOGINS && g_hash_table_size(found->mechanisms) > 0)
        wmem_strbuf_append_printf(text, " %s was refused %u times in one session.", found->most_by,
                                  found->most);
    if (found->recovered == found->sessions && found->recovered > 0)
        wmem_strbuf_append(text, found->sessions == 1 ? " It logged in later in its session."
                                                      : " All of them logged in later.");
    else if (found->recovered > 0)
        wmem_strbuf_append_printf(text, " %u of them logged in later.", found->recovered);
    return wmem_strbuf_get_str(text);
}

/* "frames 1305, 2210, 2212, ... (first: session 60)"; of several captures, " in monday.pcap" behind it */
static const char *frames_text(wmem_allocator_t *scope, const tally_sums *sums,
                               const problem *found)
{
    wmem_strbuf_t *text = wmem_strbuf_new(scope, found->frames[1] == 0 ? "frame" : "frames");
    unsigned named = 0;

    for (; named < PROBLEM_FRAMES && found->frames[named] != 0; named++)
        wmem_strbuf_append_printf(text, "%s %u", named > 0 ? "," : "", found->frames[named]);
    if (found->times > named && named == PROBLEM_FRAMES)
        wmem_strbuf_append(text, ", ...");
    if (sums->sessions > 1)
        wmem_strbuf_append_printf(
            text, found->times == 1 ? " (session %u)" : " (first: session %u)", found->session);
    if (found->capture != NULL)
        wmem_strbuf_append_printf(text, " in %s", found->capture);
    return wmem_strbuf_get_str(text);
}

/* "a.pcap, b.pcap, c.pcap", up to CAPTURES_MAX, and how many more. but: the one that is left out, or NULL */
static const char *captures_text(wmem_allocator_t *scope, GHashTable *captures, const char *but)
{
    guint count;
    const char **names = (const char **)g_hash_table_get_keys_as_array(captures, &count);
    wmem_strbuf_t *list = wmem_strbuf_new(scope, "");
    unsigned named = 0;

    qsort(names, count, sizeof *names, compare_texts);
    for (guint i = 0; i < count && named < CAPTURES_MAX; i++)
        if (names[i] != but)
            wmem_strbuf_append_printf(list, "%s%s", named++ == 0 ? "" : ", ", names[i]);
    g_free(names);
    if (count > named + (but != NULL))
        wmem_strbuf_append_printf(list, " and %u more", count - named - (but != NULL));
    return wmem_strbuf_get_str(list);
}

/* Does the same filter find something else? */
static bool is_filter_shared(const tally_sums *sums, const problem *found)
{
    for (unsigned i = 0; i < sums->count; i++)
        if (strcmp(sums->problems[i]->filter, found->filter) == 0 &&
            g_strcmp0(sums->problems[i]->verb, found->verb) != 0)
            return true;
    return false;
}

static const char *filter_text(wmem_allocator_t *scope, const tally_sums *sums,
                               const problem *found)
{
    if (!is_filter_shared(sums, found))
        return found->filter;
    if (found->verb == NULL)
        return wmem_strdup_printf(scope, "%s && !smtp_explain.command", found->filter);
    return wmem_strdup_printf(scope, "%s && smtp_explain.command == \"%s\"", found->filter,
                              found->verb);
}

/* Frames and filter; the filter on a line of its own if it doesn't fit, so that it can be copied. */
static void print_where(page *p, wmem_allocator_t *scope, const tally_sums *sums,
                        const problem *found)
{
    const char *frames = frames_text(scope, sums, found);
    const char *filter = filter_text(scope, sums, found);
    const char *both = wmem_strdup_printf(scope, "%s    %s", frames, filter);

    if (g_hash_table_size(found->captures) > 1)
        frames = wmem_strdup_printf(scope, "%s; also in %s", frames,
                                    captures_text(scope, found->captures, found->capture));
    else if (INDENT + page_columns(both) <= p->width) {
        page_text(p, INDENT, both);
        return;
    }
    page_text(p, INDENT, frames);
    page_line(p, INDENT, filter);
}

static void print_problem(page *p, wmem_allocator_t *scope, const tally_sums *sums, unsigned nth)
{
    const problem *found = sums->problems[nth];

    page_gap(p);
    print_problem_headline(p, scope, nth + 1, found);
    page_text(p, INDENT, request_text(scope, found));
    if (found->words != NULL)
        page_text(p, INDENT, words_text(scope, found));
    page_text(p, INDENT, wmem_strdup_printf(scope, "%s%s", found->said, course_text(scope, found)));
    print_where(p, scope, sums, found);
}

static void print_problems(page *p, wmem_allocator_t *scope, const tally_sums *sums)
{
    const unsigned lines = MIN(sums->count, REPORT_PARAGRAPHS + REPORT_LINES);

    for (unsigned i = 0; i < MIN(sums->count, REPORT_PARAGRAPHS); i++)
        print_problem(p, scope, sums, i);
    if (sums->count > REPORT_PARAGRAPHS)
        page_gap(p);
    for (unsigned i = REPORT_PARAGRAPHS; i < lines; i++)
        page_split(p, wmem_strdup_printf(scope, "%-2u %s", i + 1, sums->problems[i]->headline),
                   frames_text(scope, sums, sums->problems[i]));
    if (sums->count > lines)
        page_text(p, INDENT, wmem_strdup_printf(scope, "and %u more kinds", sums->count - lines));
}

/* --- no SMTP --- */

/* The name of a capture that has none, and why. title: of the only one. */
static void print_bare(page *p, wmem_allocator_t *scope, const tally_bare *bare, const char *title)
{
    const char *name = bare->capture != NULL ? bare->capture : title;

    page_headline(p, wmem_strdup_printf(scope, "%s%sno SMTP that can be read",
                                        name != NULL ? name : "", name != NULL ? ": " : ""));
    page_text(p, INDENT, traffic_reason(scope, &bare->traffic, title != NULL));
}

static void print_nothing(page *p, wmem_allocator_t *scope, const tally_sums *sums,
                          const char *title)
{
    const unsigned shown = MIN(sums->bare_count, REPORT_BARE);

    for (unsigned i = 0; i < shown; i++)
        print_bare(p, scope, &sums->bare[i], title);
    if (sums->bare_count > shown)
        page_text(
            p, 0,
            wmem_strdup_printf(scope, "and no SMTP in %u more captures", sums->bare_count - shown));
}

/* --- the whole page --- */

/* How to see more, in the words of the command or of tshark. */
static void print_hint(page *p, wmem_allocator_t *scope, const tally_sums *sums, const char *title)
{
    const uint32_t number = sums->problems[0]->session;

    if (title == NULL) {
        page_item(p, "Every reply", "-z smtp_explain,replies");
        page_item(
            p, "One session",
            wmem_strdup_printf(scope, "-z smtp_explain,replies,smtp_explain.session==%u", number));
    } else if (sums->captures > 1)
        page_text(p, 0, "To see every reply of a capture, name that one alone, and add --all.");
    else if (sums->sessions == 1)
        page_text(p, 0, "To see every reply, add --all.");
    else
        page_text(p, 0,
                  wmem_strdup_printf(scope,
                                     "To see every reply, add --all; of one session, --session %u.",
                                     number));
}

static void print_sessions(page *p, wmem_allocator_t *scope, const tally_sums *sums,
                           const char *title)
{
    print_first_line(p, scope, sums, title);
    print_problems(p, scope, sums);
    if (sums->count > 0)
        page_gap(p);
    sums_print(p, sums, title != NULL);
    if (sums->count > 0 && sums->captures > 0) {
        page_gap(p);
        print_hint(p, scope, sums, title);
    }
}

void report_print(page *p, const tally_sums *sums, const char *title)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);

    if (sums->sessions == 0)
        print_nothing(p, scope, sums, title);
    else
        print_sessions(p, scope, sums, title);
    wmem_destroy_allocator(scope);
}
