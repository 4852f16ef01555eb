/* ledger.c
 * What several captures come to. What one comes to is handed on as text: tshark reads one at a time.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ledger.h"

#include <string.h>

/* Times, what is counted, what traffic there is, logins, problems. A text or a set that isn't known is
 * empty. */
#define LOGINS_TYPE "(suuu)"
#define NAMES_TYPE "asasasasas"
#define PROBLEM_TYPE "(usssssss" NAMES_TYPE "uuuusauu)"
#define LEDGER_TYPE "((xx)auaua" LOGINS_TYPE "a" PROBLEM_TYPE ")"

struct ledger {
    problem_set *problems;
    GArray *logins; /* of tally_logins */
    GArray *bare;   /* of tally_bare */
    tally_sums sums;
    bool several;
};

/* --- numbers, wherever they stand --- */

/* What is added up. */
static const size_t counted[] = {
    offsetof(tally_sums, sessions),
    offsetof(tally_sums, failing),
    offsetof(tally_sums, odd),
    offsetof(tally_sums, unread),
    offsetof(tally_sums, unanswered),
    offsetof(tally_sums, messages),
    offsetof(tally_sums, messages_refused),
    offsetof(tally_sums, exposed),
    offsetof(tally_sums, status.count),
    offsetof(tally_sums, status.misplaced),
    offsetof(tally_sums, status.unknown),
    offsetof(tally_sums, authenticated.count),
    offsetof(tally_sums, authenticated.misplaced),
    offsetof(tally_sums, authenticated.unknown),
};

/* Frames, of which the first one stays, and the capture that it is in. */
static const struct {
    size_t frame;
    size_t capture;
} first[] = {
    { offsetof(tally_sums, status.first_frame), offsetof(tally_sums, status.first_capture) },
    { offsetof(tally_sums, status.first_misplaced),
      offsetof(tally_sums, status.misplaced_capture) },
    { offsetof(tally_sums, authenticated.first_frame),
      offsetof(tally_sums, authenticated.first_capture) },
    { offsetof(tally_sums, authenticated.first_misplaced),
      offsetof(tally_sums, authenticated.misplaced_capture) },
};

static const size_t seen_of_traffic[] = {
    offsetof(traffic, frames),    offsetof(traffic, foreign),    offsetof(traffic, segments),
    offsetof(traffic, data),      offsetof(traffic, cut),        offsetof(traffic, tls_port),
    offsetof(traffic, tls_frame), offsetof(traffic, other_port), offsetof(traffic, other_frame),
};

#define NUMBERS (G_N_ELEMENTS(counted) + G_N_ELEMENTS(first))

static uint32_t *number_at(void *base, size_t offset)
{
    return (uint32_t *)(void *)((char *)base + offset);
}

static uint32_t number_of(const void *base, size_t offset)
{
    return *(const uint32_t *)(const void *)((const char *)base + offset);
}

/* --- one capture's, as text --- */

static void add_sums(GVariantBuilder *all, const tally_sums *sums)
{
    g_variant_builder_open(all, G_VARIANT_TYPE("au"));
    for (size_t i = 0; i < G_N_ELEMENTS(counted); i++)
        g_variant_builder_add(all, "u", number_of(sums, counted[i]));
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++)
        g_variant_builder_add(all, "u", number_of(sums, first[i].frame));
    g_variant_builder_close(all);
}

static void add_traffic(GVariantBuilder *all, const tally_sums *sums)
{
    g_variant_builder_open(all, G_VARIANT_TYPE("au"));
    for (size_t i = 0; i < G_N_ELEMENTS(seen_of_traffic) && sums->bare_count > 0; i++)
        g_variant_builder_add(all, "u", number_of(&sums->bare[0].traffic, seen_of_traffic[i]));
    g_variant_builder_close(all);
}

static void add_logins(GVariantBuilder *all, const tally_sums *sums)
{
    g_variant_builder_open(all, G_VARIANT_TYPE("a" LOGINS_TYPE));
    for (unsigned i = 0; i < sums->mechanisms; i++)
        g_variant_builder_add(all, LOGINS_TYPE, sums->logins[i].mechanism,
                              sums->logins[i].authenticated, sums->logins[i].refused,
                              sums->logins[i].unclear);
    g_variant_builder_close(all);
}

static void add_text(GVariantBuilder *all, const char *text)
{
    g_variant_builder_add(all, "s", text != NULL ? text : "");
}

static void add_names(GVariantBuilder *all, GHashTable *names)
{
    GHashTableIter iter;
    void *name;

    g_variant_builder_open(all, G_VARIANT_TYPE("as"));
    g_hash_table_iter_init(&iter, names);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_variant_builder_add(all, "s", (const char *)name);
    g_variant_builder_close(all);
}

static void add_frames(GVariantBuilder *all, const problem *found)
{
    g_variant_builder_open(all, G_VARIANT_TYPE("au"));
    for (unsigned i = 0; i < PROBLEM_FRAMES && found->frames[i] != 0; i++)
        g_variant_builder_add(all, "u", found->frames[i]);
    g_variant_builder_close(all);
}

static void add_problem(GVariantBuilder *all, const problem *found)
{
    g_variant_builder_open(all, G_VARIANT_TYPE(PROBLEM_TYPE));
    g_variant_builder_add(all, "u", (uint32_t)found->seen_as);
    add_text(all, found->headline);
    add_text(all, found->alike);
    add_text(all, found->command);
    add_text(all, found->words);
    add_text(all, found->said);
    add_text(all, found->filter);
    add_text(all, found->verb);
    add_names(all, found->mechanisms);
    add_names(all, found->users);
    add_names(all, found->clients);
    add_names(all, found->servers);
    add_names(all, found->wordings);
    g_variant_builder_add(all, "u", found->times);
    g_variant_builder_add(all, "u", found->sessions);
    g_variant_builder_add(all, "u", found->recovered);
    g_variant_builder_add(all, "u", found->most);
    add_text(all, found->most_by);
    add_frames(all, found);
    g_variant_builder_add(all, "u", found->session);
    g_variant_builder_close(all);
}

char *ledger_text(const tally_sums *sums)
{
    GVariantBuilder all;
    GVariant *made;
    char *text;

    g_variant_builder_init(&all, G_VARIANT_TYPE(LEDGER_TYPE));
    g_variant_builder_add(&all, "(xx)", sums->first_time, sums->last_time);
    add_sums(&all, sums);
    add_traffic(&all, sums);
    add_logins(&all, sums);
    g_variant_builder_open(&all, G_VARIANT_TYPE("a" PROBLEM_TYPE));
    for (unsigned i = 0; i < sums->count_by_server; i++)
        add_problem(&all, sums->by_server[i]);
    g_variant_builder_close(&all);
    made = g_variant_ref_sink(g_variant_builder_end(&all));
    text = g_variant_print(made, FALSE);
    g_variant_unref(made);
    return text;
}

/* --- and back --- */

/* NULL for an empty text: that is how what isn't known was written. */
static const char *keep(ledger *book, const char *text)
{
    return *text != '\0' ? problems_keep(book->problems, text) : NULL;
}

static void take_times(tally_sums *sums, GVariant *all)
{
    int64_t from, to;

    g_variant_get_child(all, 0, "(xx)", &from, &to);
    if (from == 0)
        return;
    if (sums->first_time == 0 || from < sums->first_time)
        sums->first_time = from;
    sums->last_time = MAX(sums->last_time, to);
}

static void take_sums(ledger *book, const char *name, GVariant *all)
{
    size_t count;
    GVariant *list = g_variant_get_child_value(all, 1);
    const uint32_t *number =
        (const uint32_t *)g_variant_get_fixed_array(list, &count, sizeof *number);

    for (size_t i = 0; i < G_N_ELEMENTS(counted); i++)
        *number_at(&book->sums, counted[i]) += *number++;
    for (size_t i = 0; i < G_N_ELEMENTS(first); i++, number++) {
        if (*number == 0 || number_of(&book->sums, first[i].frame) != 0)
            continue;
        *number_at(&book->sums, first[i].frame) = *number;
        *(const char **)(void *)((char *)&book->sums + first[i].capture) = name;
    }
    g_variant_unref(list);
}

static void take_traffic(ledger *book, const char *name, GVariant *all)
{
    size_t count;
    GVariant *list = g_variant_get_child_value(all, 2);
    const uint32_t *number =
        (const uint32_t *)g_variant_get_fixed_array(list, &count, sizeof *number);
    tally_bare bare = { .capture = name };

    for (size_t i = 0; i < count && i < G_N_ELEMENTS(seen_of_traffic); i++)
        *number_at(&bare.traffic, seen_of_traffic[i]) = number[i];
    if (count > 0)
        g_array_append_val(book->bare, bare);
    g_variant_unref(list);
}

static tally_logins *logins_of(ledger *book, const char *mechanism)
{
    const tally_logins none = { .mechanism = problems_keep(book->problems, mechanism) };

    for (unsigned i = 0; i < book->logins->len; i++)
        if (g_array_index(book->logins, tally_logins, i).mechanism == none.mechanism)
            return &g_array_index(book->logins, tally_logins, i);
    g_array_append_val(book->logins, none);
    return &g_array_index(book->logins, tally_logins, book->logins->len - 1);
}

static void take_logins(ledger *book, GVariant *all)
{
    GVariant *list = g_variant_get_child_value(all, 3);
    GVariantIter iter;
    const char *mechanism;
    uint32_t authenticated, refused, unclear;

    g_variant_iter_init(&iter, list);
    while (g_variant_iter_next(&iter, "(&suuu)", &mechanism, &authenticated, &refused, &unclear)) {
        tally_logins *logins = logins_of(book, mechanism);

        logins->authenticated += authenticated;
        logins->refused += refused;
        logins->unclear += unclear;
    }
    g_variant_unref(list);
}

static const char *text_in(ledger *book, GVariant *from, size_t at)
{
    const char *text;

    g_variant_get_child(from, at, "&s", &text);
    return keep(book, text);
}

static uint32_t number_in(GVariant *from, size_t at)
{
    uint32_t number;

    g_variant_get_child(from, at, "u", &number);
    return number;
}

static void take_names(ledger *book, GHashTable *names, GVariant *from, size_t at)
{
    GVariant *list = g_variant_get_child_value(from, at);

    for (size_t i = 0; i < g_variant_n_children(list); i++) {
        const char *name = text_in(book, list, i);

        if (name != NULL)
            g_hash_table_add(names, (void *)name);
    }
    g_variant_unref(list);
}

static void take_frames(problem *made, GVariant *from, size_t at)
{
    GVariant *list = g_variant_get_child_value(from, at);

    for (size_t i = 0; i < MIN(g_variant_n_children(list), PROBLEM_FRAMES); i++)
        made->frames[i] = number_in(list, i);
    g_variant_unref(list);
}

/* In the order in which add_problem() wrote it. */
static problem *read_problem(ledger *book, const char *name, GVariant *from)
{
    problem *made = problem_new();

    made->seen_as = (problem_rank)number_in(from, 0);
    made->headline = text_in(book, from, 1);
    made->alike = text_in(book, from, 2);
    made->command = text_in(book, from, 3);
    made->words = text_in(book, from, 4);
    made->said = text_in(book, from, 5);
    made->filter = text_in(book, from, 6);
    made->verb = text_in(book, from, 7);
    take_names(book, made->mechanisms, from, 8);
    take_names(book, made->users, from, 9);
    take_names(book, made->clients, from, 10);
    take_names(book, made->servers, from, 11);
    take_names(book, made->wordings, from, 12);
    made->times = number_in(from, 13);
    made->sessions = number_in(from, 14);
    made->recovered = number_in(from, 15);
    made->most = number_in(from, 16);
    made->most_by = text_in(book, from, 17);
    take_frames(made, from, 18);
    made->session = number_in(from, 19);
    made->capture = name;
    made->order = book->sums.captures;
    if (name != NULL)
        g_hash_table_add(made->captures, (void *)name);
    return made;
}

static void take_problems(ledger *book, const char *name, GVariant *all)
{
    GVariant *list = g_variant_get_child_value(all, 4);

    for (size_t i = 0; i < g_variant_n_children(list); i++) {
        GVariant *one = g_variant_get_child_value(list, i);

        problems_take(book->problems, read_problem(book, name, one));
        g_variant_unref(one);
    }
    g_variant_unref(list);
}

/* What is written here is read here, but for another version's. */
static bool is_whole(GVariant *all)
{
    GVariant *list = g_variant_get_child_value(all, 1);
    const bool whole = g_variant_n_children(list) == NUMBERS;

    g_variant_unref(list);
    return whole;
}

bool ledger_take(ledger *book, const char *name, const char *text)
{
    GVariant *all = g_variant_parse(G_VARIANT_TYPE(LEDGER_TYPE), text, NULL, NULL, NULL);
    const char *kept = book->several ? problems_keep(book->problems, name) : NULL;
    bool whole;

    if (all == NULL)
        return false;
    whole = is_whole(all);
    if (whole) {
        take_times(&book->sums, all);
        take_sums(book, kept, all);
        take_traffic(book, kept, all);
        take_logins(book, all);
        take_problems(book, kept, all);
        book->sums.captures++;
    }
    g_variant_unref(all);
    return whole;
}

/* --- all of them --- */

ledger *ledger_new(bool several)
{
    ledger *book = g_new0(ledger, 1);

    book->problems = problems_new();
    book->logins = g_array_new(FALSE, FALSE, sizeof(tally_logins));
    book->bare = g_array_new(FALSE, FALSE, sizeof(tally_bare));
    book->several = several;
    return book;
}

void ledger_free(ledger *book)
{
    g_array_free(book->bare, TRUE);
    g_array_free(book->logins, TRUE);
    problems_free(book->problems);
    g_free(book);
}

tally_sums ledger_sums(ledger *book)
{
    tally_sums sums = book->sums;

    sums.problems = problems_sort(book->problems, &sums.count);
    sums.by_server = problems_by_server(book->problems, &sums.count_by_server);
    sums.logins = (const tally_logins *)(void *)book->logins->data;
    sums.mechanisms = book->logins->len;
    sums.bare = (const tally_bare *)(void *)book->bare->data;
    sums.bare_count = book->bare->len;
    return sums;
}

bool ledger_is_foreign(const ledger *book)
{
    for (unsigned i = 0; i < book->bare->len; i++)
        if (!traffic_is_foreign(&g_array_index(book->bare, tally_bare, i).traffic))
            return false;
    return book->bare->len == book->sums.captures;
}
