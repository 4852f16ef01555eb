/* tally.c
 * What the sessions of a capture come to: problems and sums.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tally.h"

#include <string.h>

#include "finding.h"
#include "language.h"
#include "proxy.h"
#include "sight.h"
#include "summary.h"

/* A problem that a session has, and how often. */
typedef struct tie {
    struct tie *next;
    problem *problem;
    uint32_t times;
    uint32_t last_frame;
} tie;

typedef struct {
    uint32_t number;
    const char *client;
    const char *server;
    const char *user; /* of the login that holds, if names are shown; or NULL */
    tie *ties;
    const command_note *refused; /* the command that was last refused: only to be compared */
    const reply_note *pending;   /* a 334 that refuses: what follows tells more; or NULL */
    uint32_t pending_frame;
    session_summary summary;
} session_row;

struct tally {
    wmem_allocator_t *scope;
    GHashTable *sessions; /* number -> session_row */
    problem_set *problems;
    GArray *logins; /* of tally_logins */
    tally_bare bare;
    tally_sums sums;
};

tally *tally_new(void)
{
    tally *t = g_new0(tally, 1);

    t->scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    t->sessions = g_hash_table_new(NULL, NULL);
    t->problems = problems_new();
    t->logins = g_array_new(FALSE, FALSE, sizeof(tally_logins));
    return t;
}

void tally_free(tally *t)
{
    g_array_free(t->logins, TRUE);
    problems_free(t->problems);
    g_hash_table_destroy(t->sessions);
    wmem_destroy_allocator(t->scope);
    g_free(t);
}

/* --- problems --- */

static tie *tie_of(tally *t, session_row *session, problem *p)
{
    tie *found = session->ties;

    while (found != NULL && found->problem != p)
        found = found->next;
    if (found != NULL)
        return found;
    found = wmem_new0(t->scope, tie);
    found->problem = p;
    found->next = session->ties;
    session->ties = found;
    p->sessions++;
    return found;
}

static void add_problem(tally *t, session_row *session, uint32_t frame, sighting seen)
{
    tie *tied;
    problem *p;

    seen.client = session->client;
    seen.server = session->server;
    seen.frame = frame;
    seen.session = session->number;
    p = problems_add(t->problems, &seen);
    tied = tie_of(t, session, p);
    tied->times++;
    tied->last_frame = frame;
    if (tied->times > p->most) {
        p->most = tied->times;
        p->most_by = session->client;
    }
}

static void add_refusal(tally *t, session_row *session, uint32_t frame, const reply_note *note)
{
    wmem_allocator_t *scope;
    sighting seen;

    if (note->command != NULL && note->command == session->refused)
        return;
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    seen = sight_refusal(scope, note);
    if (!command_is_auth(note_command_id(note)))
        seen.user = session->user;
    add_problem(t, session, frame, seen);
    session->refused = note->command;
    wmem_destroy_allocator(scope);
}

static void add_pending(tally *t, session_row *session)
{
    if (session->pending != NULL)
        add_refusal(t, session, session->pending_frame, session->pending);
    session->pending = NULL;
}

/* An AUTH that a 334 refuses is refused once more by the reply that ends it, if the client waits for that:
 * then that is the one to tell about. */
static void take_refusal(tally *t, session_row *session, uint32_t frame, const reply_note *note)
{
    const bool refuses = sight_refuses(note);

    if (session->pending != NULL && refuses && session->pending->command == note->command)
        session->pending = NULL;
    add_pending(t, session);
    if (!refuses)
        return;
    if (note->code >= 400) {
        add_refusal(t, session, frame, note);
        return;
    }
    session->pending = note;
    session->pending_frame = frame;
}

static void add_findings(tally *t, session_row *session, uint32_t frame, const reply_note *note)
{
    const uint32_t findings = sight_findings(note);
    wmem_allocator_t *scope;

    if (findings == 0)
        return;
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    for (unsigned f = 0; f < FINDING_COUNT; f++)
        if (finding_in(findings, (finding)f))
            add_problem(t, session, frame, sight_finding(scope, note, (finding)f));
    wmem_destroy_allocator(scope);
}

/* --- sums --- */

static tally_logins *logins_of(tally *t, const char *mechanism)
{
    const tally_logins none = { .mechanism = problems_keep(t->problems, mechanism) };

    for (unsigned i = 0; i < t->logins->len; i++)
        if (g_array_index(t->logins, tally_logins, i).mechanism == none.mechanism)
            return &g_array_index(t->logins, tally_logins, i);
    g_array_append_val(t->logins, none);
    return &g_array_index(t->logins, tally_logins, t->logins->len - 1);
}

static void count_login(tally *t, const reply_note *note)
{
    const login_outcome outcome = summary_outcome_of(note);
    tally_logins *logins;

    if (outcome == OUTCOME_NONE)
        return;
    logins = logins_of(t, summary_mechanism(note));
    logins->authenticated += outcome == OUTCOME_AUTHENTICATED;
    logins->refused += outcome == OUTCOME_REFUSED;
    logins->unclear += outcome == OUTCOME_UNCLEAR;
    t->sums.exposed += finding_in(note->findings, FINDING_CREDENTIALS_EXPOSED);
}

static void count_message(tally *t, const reply_note *note)
{
    if (note->command == NULL || !note->command->ends_message)
        return;
    t->sums.messages += note->code / 100 == 2;
    t->sums.messages_refused += note->code >= 400;
}

static void count_code(tally_code *sum, const tally_place *place, const reply_note *note)
{
    const bool misplaced =
        note->verdict == VERDICT_UNEXPECTED || note->verdict == VERDICT_UNSOLICITED;

    if (sum->count++ == 0)
        sum->first_frame = place->frame;
    if (misplaced && sum->misplaced++ == 0)
        sum->first_misplaced = place->frame;
    sum->unknown += note->verdict == VERDICT_UNKNOWN;
}

static void count_time(tally_sums *sums, int64_t from, int64_t to)
{
    if (sums->first_time == 0 || from < sums->first_time)
        sums->first_time = from;
    sums->last_time = MAX(sums->last_time, to);
}

/* --- what comes in --- */

static session_row *row_of(const tally *t, uint32_t session)
{
    return (session_row *)g_hash_table_lookup(t->sessions, GUINT_TO_POINTER(session));
}

bool tally_is_empty(const tally *t)
{
    return t->sums.sessions == 0;
}

bool tally_knows(const tally *t, uint32_t session)
{
    return row_of(t, session) != NULL;
}

void tally_begin(tally *t, uint32_t session, const char *client, const char *server)
{
    session_row *row = wmem_new0(t->scope, session_row);

    row->number = session;
    row->client = problems_keep(t->problems, client);
    row->server = problems_keep(t->problems, server);
    g_hash_table_insert(t->sessions, GUINT_TO_POINTER(session), row);
    t->sums.sessions++;
}

void tally_reply(tally *t, const tally_place *place, const reply_note *note)
{
    session_row *session = row_of(t, place->session);
    const bool asked = note->command != NULL && note->command->frame != 0;

    count_time(&t->sums, asked ? MIN(note->command->time, place->time) : place->time, place->time);
    summary_add(&session->summary, note, place->frame);
    count_login(t, note);
    if (summary_outcome_of(note) == OUTCOME_AUTHENTICATED && note->command != NULL)
        session->user = problems_keep(t->problems, note->command->user);
    count_message(t, note);
    if (summary_is_status(note))
        count_code(&t->sums.status, place, note);
    if (note->code == 235)
        count_code(&t->sums.authenticated, place, note);
    take_refusal(t, session, place->frame, note);
    add_findings(t, session, place->frame, note);
}

/* A login that never got its end. */
static bool is_unanswered_login(const event_note *event)
{
    return event->kind == EVENT_NO_REPLY && command_is_auth((command_id)event->id);
}

/* Who is behind a proxy. */
static void name_client(tally *t, wmem_allocator_t *scope, session_row *session, const char *named)
{
    session->client = problems_keep(
        t->problems,
        /* Translators: the client's address, and that of the proxy before it. */
        wmem_strdup_printf(scope, _("%s (through %s)"), proxy_host(scope, named), session->client));
}

void tally_event(tally *t, const tally_place *place, const event_note *event)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    session_row *session = row_of(t, place->session);

    count_time(&t->sums, place->time, place->time);
    t->sums.unanswered += is_unanswered_login(event);
    if (event->kind == EVENT_PROXY && event->detail != NULL)
        name_client(t, scope, session, event->detail);
    if (sight_is_news(event))
        add_problem(t, session, place->frame, sight_event(scope, event));
    wmem_destroy_allocator(scope);
}

traffic *tally_traffic(tally *t)
{
    return &t->bare.traffic;
}

/* --- what it comes to --- */

static void finish_session(tally *t, session_row *session)
{
    bool failing = false;

    add_pending(t, session);
    for (const tie *tied = session->ties; tied != NULL; tied = tied->next) {
        failing |= tied->problem->seen_as != RANK_ODD;
        tied->problem->recovered += session->summary.authenticated_in > tied->last_frame;
    }
    t->sums.failing += failing;
    t->sums.odd += !failing && session->ties != NULL;
    t->sums.unread += summary_outcome(&session->summary) == OUTCOME_HIDDEN;
}

tally_sums tally_finish(tally *t)
{
    GHashTableIter iter;
    void *value;

    t->sums.failing = t->sums.odd = t->sums.unread = 0;
    problems_forget_recovered(t->problems);
    g_hash_table_iter_init(&iter, t->sessions);
    while (g_hash_table_iter_next(&iter, NULL, &value))
        finish_session(t, (session_row *)value);
    t->sums.problems = problems_sort(t->problems, &t->sums.count);
    t->sums.by_server = problems_by_server(t->problems, &t->sums.count_by_server);
    t->sums.logins = (const tally_logins *)(void *)t->logins->data;
    t->sums.mechanisms = t->logins->len;
    t->sums.captures = 1;
    t->sums.bare = &t->bare;
    t->sums.bare_count = t->sums.sessions == 0 ? 1 : 0;
    return t->sums;
}
