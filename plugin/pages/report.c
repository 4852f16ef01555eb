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
#include "language.h"
#include "list.h"
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

/* --- the first line --- */

/* "300 sessions, no problems, but 2 look odd" */
static const char *no_problems(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->odd == 0)
        return wmem_strdup_printf(
            scope, ngettext("%u session, no problems", "%u sessions, no problems", sums->sessions),
            sums->sessions);
    if (sums->sessions == 1)
        return _("1 session, no problems, but it looks odd");
    return wmem_strdup_printf(scope,
                              ngettext("%u sessions, no problems, but %u looks odd",
                                       "%u sessions, no problems, but %u look odd", sums->odd),
                              sums->sessions, sums->odd);
}

/* "5 of 300 sessions had problems, 2 look odd" */
static const char *some_problems(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->odd == 0)
        return wmem_strdup_printf(scope, _("%u of %u sessions had problems"), sums->failing,
                                  sums->sessions);
    return wmem_strdup_printf(scope,
                              ngettext("%u of %u sessions had problems, %u looks odd",
                                       "%u of %u sessions had problems, %u look odd", sums->odd),
                              sums->failing, sums->sessions, sums->odd);
}

static const char *verdict_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->failing == 0)
        return no_problems(scope, sums);
    if (sums->failing < sums->sessions)
        return some_problems(scope, sums);
    if (sums->sessions == 1)
        return _("1 session, it had problems");
    return wmem_strdup_printf(scope, _("all of %u sessions had problems"), sums->sessions);
}

/* "monday.pcap: 300 sessions, no problems"; without a name only what is said of it */
static const char *with_title(wmem_allocator_t *scope, const char *title, const char *said)
{
    if (title == NULL)
        return said;
    /* Translators: the name of a capture, and what is said of it. */
    return wmem_strdup_printf(scope, C_("title", "%s: %s"), title, said);
}

/* title: NULL if it isn't known, since tshark itself was called */
static void print_first_line(page *p, wmem_allocator_t *scope, const tally_sums *sums,
                             const char *title)
{
    page_split(p, PAGE_HEADLINE, with_title(scope, title, verdict_text(scope, sums)),
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

/* "a", "a and b", "a, b and c"; or, if there are more, what is given: "7 clients" */
static const char *list_text(wmem_allocator_t *scope, GHashTable *set, const char *counted)
{
    guint count;
    const char **names = (const char **)g_hash_table_get_keys_as_array(set, &count);
    const char *list = NULL;

    qsort(names, count, sizeof *names, compare_texts);
    for (guint i = 0; i < count && count <= NAMES_MAX; i++)
        list = i + 1 < count ? list_add(scope, list, names[i]) : list_end(scope, list, names[i]);
    g_free(names);
    return list != NULL ? list : counted;
}

static const char *users_text(wmem_allocator_t *scope, const problem *found)
{
    const guint count = g_hash_table_size(found->users);

    return list_text(scope, found->users,
                     wmem_strdup_printf(scope, ngettext("%u user", "%u users", count), count));
}

static const char *mechanisms_text(wmem_allocator_t *scope, const problem *found)
{
    const guint count = g_hash_table_size(found->mechanisms);

    return list_text(
        scope, found->mechanisms,
        wmem_strdup_printf(scope, ngettext("%u mechanism", "%u mechanisms", count), count));
}

static const char *clients_text(wmem_allocator_t *scope, const problem *found)
{
    const guint count = g_hash_table_size(found->clients);

    return list_text(scope, found->clients,
                     wmem_strdup_printf(scope, ngettext("%u client", "%u clients", count), count));
}

static const char *servers_text(wmem_allocator_t *scope, const problem *found)
{
    const guint count = g_hash_table_size(found->servers);

    return list_text(scope, found->servers,
                     wmem_strdup_printf(scope, ngettext("%u server", "%u servers", count), count));
}

/* "2 sessions, 4 times" */
static const char *how_often(wmem_allocator_t *scope, const problem *found)
{
    const char *sessions = wmem_strdup_printf(
        scope, ngettext("%u session", "%u sessions", found->sessions), found->sessions);

    if (found->times == found->sessions)
        return sessions;
    /* Translators: "2 sessions", and how often in all. */
    return wmem_strdup_printf(scope, ngettext("%s, %u time", "%s, %u times", found->times),
                              sessions, found->times);
}

/* "1  Login refused: bad credentials                     2 sessions, 4 times" */
static void print_problem_headline(page *p, wmem_allocator_t *scope, unsigned number,
                                   const problem *found)
{
    page_split(p, PAGE_ALARM, wmem_strdup_printf(scope, "%-2u %s", number, found->headline),
               how_often(scope, found));
}

/* "AUTH PLAIN as alice and bob", if names of users are shown */
static const char *command_text(wmem_allocator_t *scope, const problem *found)
{
    const char *text = found->command;

    if (g_hash_table_size(found->mechanisms) > 0)
        text = wmem_strdup_printf(scope, "%s %s", text, mechanisms_text(scope, found));
    if (g_hash_table_size(found->users) > 0)
        text = wmem_strdup_printf(scope, C_("login", "%s as %s"), text, users_text(scope, found));
    return text;
}

/* "AUTH PLAIN, 10.1.149.67 and 10.3.163.69 -> 198.51.100.25:587" */
static const char *request_text(wmem_allocator_t *scope, const problem *found)
{
    const char *clients = clients_text(scope, found), *servers = servers_text(scope, found);

    if (found->command == NULL)
        return wmem_strdup_printf(scope, "%s -> %s", clients, servers);
    /* Translators: a command, clients, servers. */
    return wmem_strdup_printf(scope, C_("problem", "%s, %s -> %s"), command_text(scope, found),
                              clients, servers);
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
    words = wmem_strdup_printf(scope, "%.*s%s", (int)len, words, cut ? "...\"" : "");
    if (others == 0)
        return words;
    /* Translators: the server's words, and how many other wordings there were. */
    return wmem_strdup_printf(
        scope, ngettext("%s and %u other text", "%s and %u other texts", others), words, others);
}

/* Who got in in the end; NULL: nobody. */
static const char *recovered_text(wmem_allocator_t *scope, const problem *found)
{
    if (found->recovered == 0)
        return NULL;
    if (found->recovered < found->sessions)
        return wmem_strdup_printf(scope,
                                  ngettext("%u of them logged in later.",
                                           "%u of them logged in later.", found->recovered),
                                  found->recovered);
    return found->sessions == 1 ? _("It logged in later in its session.")
                                : _("All of them logged in later.");
}

/* What is to be said, and what is to be seen in the sessions: who tried again and again, and who got in. */
static const char *said_text(wmem_allocator_t *scope, const problem *found)
{
    const char *said = found->said;

    if (found->most >= MANY_LOGINS && g_hash_table_size(found->mechanisms) > 0)
        said = language_join(
            scope, said,
            wmem_strdup_printf(scope,
                               ngettext("%s was refused %u time in one session.",
                                        "%s was refused %u times in one session.", found->most),
                               found->most_by, found->most));
    return language_join(scope, said, recovered_text(scope, found));
}

/* "frames 1305, 2210, 2212, ... (first: session 60)"; of several captures, " in monday.pcap" behind it */
static const char *frames_text(wmem_allocator_t *scope, const tally_sums *sums,
                               const problem *found)
{
    const uint32_t *frames = found->frames;
    const char *list = NULL, *text;
    unsigned known = 0, named = 0;

    for (; known < PROBLEM_FRAMES && frames[known] != 0; known++)
        if (known == 0 || frames[known] != frames[known - 1]) {
            list = list_add(scope, list, wmem_strdup_printf(scope, "%u", frames[known]));
            named++;
        }
    if (found->times > known && known == PROBLEM_FRAMES) {
        list = list_add(scope, list, "...");
        named++;
    }
    text = wmem_strdup_printf(scope, ngettext("frame %s", "frames %s", named), list);
    if (sums->sessions > 1)
        text = wmem_strdup_printf(
            scope, found->times == 1 ? _("%s (session %u)") : _("%s (first: session %u)"), text,
            found->session);
    if (found->capture != NULL)
        /* Translators: frames, and the capture that they are in. */
        text = wmem_strdup_printf(scope, C_("frames", "%s in %s"), text, found->capture);
    return text;
}

/* "a.pcap, b.pcap, c.pcap", up to CAPTURES_MAX, and how many more. but: the one that is left out, or NULL */
static const char *captures_text(wmem_allocator_t *scope, GHashTable *captures, const char *but)
{
    guint count;
    const char **names = (const char **)g_hash_table_get_keys_as_array(captures, &count);
    const char *list = NULL;
    unsigned named = 0;

    qsort(names, count, sizeof *names, compare_texts);
    for (guint i = 0; i < count && named < CAPTURES_MAX; i++)
        if (names[i] != but) {
            list = list_add(scope, list, names[i]);
            named++;
        }
    g_free(names);
    if (count > named + (but != NULL))
        list = list_more(scope, list, count - named - (but != NULL));
    return list;
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
        frames = wmem_strdup_printf(scope, _("%s; also in %s"), frames,
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
    page_text(p, INDENT, said_text(scope, found));
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
        page_split(p, PAGE_ALARM,
                   wmem_strdup_printf(scope, "%-2u %s", i + 1, sums->problems[i]->headline),
                   frames_text(scope, sums, sums->problems[i]));
    if (sums->count > lines)
        page_text(p, INDENT,
                  wmem_strdup_printf(
                      scope, ngettext("and %u more kind", "and %u more kinds", sums->count - lines),
                      sums->count - lines));
}

/* --- no SMTP --- */

/* The name of a capture that has none, and why. title: of the only one. */
static void print_bare(page *p, wmem_allocator_t *scope, const tally_bare *bare, const char *title)
{
    const char *name = bare->capture != NULL ? bare->capture : title;

    page_headline(p, with_title(scope, name, _("no SMTP that can be read")));
    page_text(p, INDENT, traffic_reason(scope, &bare->traffic, title != NULL));
}

static void print_nothing(page *p, wmem_allocator_t *scope, const tally_sums *sums,
                          const char *title)
{
    const unsigned shown = MIN(sums->bare_count, REPORT_BARE);

    for (unsigned i = 0; i < shown; i++)
        print_bare(p, scope, &sums->bare[i], title);
    if (sums->bare_count > shown)
        page_text(p, 0,
                  wmem_strdup_printf(scope,
                                     ngettext("and no SMTP in %u more capture",
                                              "and no SMTP in %u more captures",
                                              sums->bare_count - shown),
                                     sums->bare_count - shown));
}

/* --- the whole page --- */

/* How to see more, in the words of the command or of tshark. */
static void print_hint(page *p, wmem_allocator_t *scope, const tally_sums *sums, const char *title)
{
    const uint32_t number = sums->problems[0]->session;

    if (title == NULL) {
        page_item(p, C_("label", "Every reply"), "-z smtp_explain,replies");
        page_item(
            p, C_("label", "One session"),
            wmem_strdup_printf(scope, "-z smtp_explain,replies,smtp_explain.session==%u", number));
    } else if (sums->captures > 1)
        page_text(p, 0, _("To see every reply of a capture, name that one alone, and add --all."));
    else if (sums->sessions == 1)
        page_text(p, 0, _("To see every reply, add --all."));
    else
        page_text(
            p, 0,
            wmem_strdup_printf(
                scope, _("To see every reply, add --all; of one session, --session %u."), number));
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
