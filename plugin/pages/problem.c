/* problem.c
 * What went wrong in sessions, grouped where it is alike.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "problem.h"

#include <string.h>

/* Different wordings of one refusal that are told apart. */
#define WORDINGS_MAX 100

struct problem_set {
    GStringChunk *strings; /* each kept once */
    GHashTable *problems;  /* key -> problem */
    GPtrArray *by_server;
    GPtrArray *sorted;
    GPtrArray *merged; /* problems that stand for several */
};

static GHashTable *new_names(void)
{
    return g_hash_table_new(NULL, NULL);
}

problem *problem_new(void)
{
    problem *made = g_new0(problem, 1);

    made->mechanisms = new_names();
    made->users = new_names();
    made->clients = new_names();
    made->servers = new_names();
    made->wordings = new_names();
    made->captures = new_names();
    return made;
}

static void free_problem(void *data)
{
    problem *p = (problem *)data;

    g_hash_table_destroy(p->mechanisms);
    g_hash_table_destroy(p->users);
    g_hash_table_destroy(p->clients);
    g_hash_table_destroy(p->servers);
    g_hash_table_destroy(p->wordings);
    g_hash_table_destroy(p->captures);
    g_free(p);
}

problem_set *problems_new(void)
{
    problem_set *set = g_new(problem_set, 1);

    set->strings = g_string_chunk_new(4096);
    set->problems = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, free_problem);
    set->by_server = g_ptr_array_new();
    set->sorted = g_ptr_array_new();
    set->merged = g_ptr_array_new_with_free_func(free_problem);
    return set;
}

void problems_free(problem_set *set)
{
    g_ptr_array_free(set->merged, TRUE);
    g_ptr_array_free(set->sorted, TRUE);
    g_ptr_array_free(set->by_server, TRUE);
    g_hash_table_destroy(set->problems);
    g_string_chunk_free(set->strings);
    g_free(set);
}

const char *problems_keep(problem_set *set, const char *text)
{
    return text != NULL ? g_string_chunk_insert_const(set->strings, text) : NULL;
}

/* --- one more --- */

static void add_name(problem_set *set, GHashTable *names, const char *name)
{
    if (name != NULL)
        g_hash_table_add(names, (void *)problems_keep(set, name));
}

static char *key_of(const sighting *seen)
{
    return g_strdup_printf("%u\n%s\n%s\n%s\n%s", (unsigned)seen->rank, seen->headline,
                           seen->command != NULL ? seen->command : "", seen->server,
                           seen->alike != NULL ? seen->alike : "");
}

static problem *make_problem(problem_set *set, const sighting *seen)
{
    problem *made = problem_new();

    made->seen_as = seen->rank;
    made->headline = problems_keep(set, seen->headline);
    made->alike = problems_keep(set, seen->alike);
    made->command = problems_keep(set, seen->command);
    made->words = problems_keep(set, seen->words);
    made->said = problems_keep(set, seen->said);
    made->filter = problems_keep(set, seen->filter);
    made->verb = problems_keep(set, seen->verb);
    made->session = seen->session;
    return made;
}

static problem *find_or_make(problem_set *set, const sighting *seen)
{
    char *key = key_of(seen);
    problem *found = (problem *)g_hash_table_lookup(set->problems, key);

    if (found != NULL) {
        g_free(key);
        return found;
    }
    found = make_problem(set, seen);
    g_hash_table_insert(set->problems, key, found);
    return found;
}

problem *problems_add(problem_set *set, const sighting *seen)
{
    problem *p = find_or_make(set, seen);

    add_name(set, p->mechanisms, seen->mechanism);
    add_name(set, p->users, seen->user);
    add_name(set, p->clients, seen->client);
    add_name(set, p->servers, seen->server);
    if (g_hash_table_size(p->wordings) < WORDINGS_MAX)
        add_name(set, p->wordings, seen->words);
    if (p->times < PROBLEM_FRAMES)
        p->frames[p->times] = seen->frame;
    p->times++;
    return p;
}

/* --- all of them --- */

static int compare_numbers(uint32_t a, uint32_t b)
{
    return a < b ? -1 : a > b;
}

void problems_forget_recovered(problem_set *set)
{
    GHashTableIter iter;
    void *value;

    g_hash_table_iter_init(&iter, set->problems);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        ((problem *)value)->recovered = 0;
}

static void merge_names(GHashTable *into, GHashTable *from)
{
    GHashTableIter iter;
    void *name;

    g_hash_table_iter_init(&iter, from);
    while (g_hash_table_iter_next(&iter, &name, NULL))
        g_hash_table_add(into, name);
}

/* Both lists are in order, and 0 where they end: keeps the first frames of both. Those of a later capture
 * are left out. */
static void merge_frames(problem *into, const problem *from)
{
    uint32_t frames[PROBLEM_FRAMES];
    unsigned a = 0, b = 0;

    if (into->frames[0] != 0 && into->capture != from->capture)
        return;
    for (unsigned i = 0; i < PROBLEM_FRAMES; i++) {
        const uint32_t mine = into->frames[a], other = from->frames[b];

        if (other == 0 || (mine != 0 && mine < other))
            frames[i] = into->frames[a++];
        else
            frames[i] = from->frames[b++];
    }
    memcpy(into->frames, frames, sizeof frames);
}

static void merge(problem *into, const problem *from)
{
    merge_names(into->mechanisms, from->mechanisms);
    merge_names(into->users, from->users);
    merge_names(into->clients, from->clients);
    merge_names(into->servers, from->servers);
    merge_names(into->wordings, from->wordings);
    merge_names(into->captures, from->captures);
    merge_frames(into, from);
    into->times += from->times;
    into->sessions += from->sessions;
    into->recovered += from->recovered;
    if (from->most > into->most) {
        into->most = from->most;
        into->most_by = from->most_by;
    }
}

static problem *copy_problem(const problem *from)
{
    problem *copy = problem_new();

    copy->capture = from->capture;
    merge(copy, from);
    copy->rank = from->rank;
    copy->seen_as = from->seen_as;
    copy->headline = from->headline;
    copy->alike = from->alike;
    copy->command = from->command;
    copy->words = from->words;
    copy->said = from->said;
    copy->filter = from->filter;
    copy->verb = from->verb;
    copy->order = from->order;
    copy->session = from->session;
    return copy;
}

static bool are_alike(const problem *a, const problem *b)
{
    return a->rank == b->rank && a->headline == b->headline && a->command == b->command &&
           a->alike == b->alike;
}

/* Puts the problem, or what it adds to one that is alike, among those that stand for several. */
static void merge_in(GPtrArray *merged, const problem *p)
{
    for (unsigned i = 0; i < merged->len; i++) {
        problem *known = (problem *)merged->pdata[i];

        if (are_alike(known, p)) {
            merge(known, p);
            return;
        }
    }
    g_ptr_array_add(merged, copy_problem(p));
}

/* Captures were taken into account in their order, and 0 is the only one. */
static int compare_frames(const void *one, const void *other)
{
    const problem *a = *(const problem *const *)one, *b = *(const problem *const *)other;
    const int by_capture = compare_numbers(a->order, b->order);

    return by_capture != 0 ? by_capture : compare_numbers(a->frames[0], b->frames[0]);
}

static int compare(const void *one, const void *other)
{
    const problem *a = *(const problem *const *)one, *b = *(const problem *const *)other;

    if (a->rank != b->rank)
        return a->rank < b->rank ? -1 : 1;
    if (a->sessions != b->sessions)
        return compare_numbers(b->sessions, a->sessions);
    return compare_frames(one, other);
}

static const char *only_name(GHashTable *names)
{
    GHashTableIter iter;
    void *name = NULL;

    g_hash_table_iter_init(&iter, names);
    g_hash_table_iter_next(&iter, &name, NULL);
    return name != NULL ? (const char *)name : "";
}

void problems_take(problem_set *set, problem *seen)
{
    const sighting like = { .rank = seen->seen_as,
                            .headline = seen->headline,
                            .command = seen->command,
                            .server = only_name(seen->servers),
                            .alike = seen->alike };
    char *key = key_of(&like);
    problem *known = (problem *)g_hash_table_lookup(set->problems, key);

    if (known == NULL) {
        g_hash_table_insert(set->problems, key, seen);
        return;
    }
    merge(known, seen);
    free_problem(seen);
    g_free(key);
}

/* The first of those that become one is the one that is told about. */
static void merge_servers(problem_set *set)
{
    for (unsigned i = 0; i < set->sorted->len; i++)
        merge_in(set->merged, (const problem *)set->sorted->pdata[i]);
    g_ptr_array_set_size(set->sorted, 0);
    for (unsigned i = 0; i < set->merged->len; i++)
        g_ptr_array_add(set->sorted, set->merged->pdata[i]);
}

const problem *const *problems_by_server(problem_set *set, unsigned *count)
{
    GHashTableIter iter;
    void *value;

    g_ptr_array_set_size(set->by_server, 0);
    g_hash_table_iter_init(&iter, set->problems);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        g_ptr_array_add(set->by_server, value);
    g_ptr_array_sort(set->by_server, compare_frames);
    *count = set->by_server->len;
    return (const problem *const *)set->by_server->pdata;
}

/* What everybody got over in the end has passed. */
static void rank(problem *p)
{
    p->rank = p->seen_as == RANK_FAILED && p->recovered == p->sessions ? RANK_PASSES : p->seen_as;
}

const problem *const *problems_sort(problem_set *set, unsigned *count)
{
    problems_by_server(set, count);
    g_ptr_array_set_size(set->sorted, 0);
    g_ptr_array_set_size(set->merged, 0);
    for (unsigned i = 0; i < set->by_server->len; i++) {
        rank((problem *)set->by_server->pdata[i]);
        g_ptr_array_add(set->sorted, set->by_server->pdata[i]);
    }
    if (set->sorted->len > PROBLEMS_BY_SERVER)
        merge_servers(set);
    g_ptr_array_sort(set->sorted, compare);
    *count = set->sorted->len;
    return (const problem *const *)set->sorted->pdata;
}
