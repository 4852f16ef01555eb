/* problem.h
 * What went wrong in sessions, grouped where it is alike.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_PROBLEM_H
#define SMTP_EXPLAIN_PAGES_PROBLEM_H

#include <stdbool.h>
#include <stdint.h>

#include <glib.h>

/* The most serious first. */
typedef enum {
    RANK_SECURITY, /* an attack, or what looks like one */
    RANK_FAILED,   /* for good */
    RANK_PASSES,   /* a later try may work, or did */
    RANK_ODD       /* nothing failed by it */
} problem_rank;

/* Frames that are named of each problem. */
#define PROBLEM_FRAMES 4

/* What is alike: the same is said of it, in answer to the same command, by the same server. Its strings
 * live as long as the set of problems. */
typedef struct {
    problem_rank rank;
    problem_rank seen_as; /* before it is known what became of the sessions */
    const char *headline;
    const char *alike; /* what tells it from others with this headline; not to be shown; or NULL */
    const char *command; /* "AUTH", "the end of the message"; NULL: not known */
    const char *words;   /* the first such reply, as the server said it; NULL: it is no reply */
    const char *said;    /* why, and what to do about it: of the first one, if it is no refusal */
    const char *filter;  /* a display filter that finds it */
    const char *verb; /* of a refusal: what smtp_explain.command says, to be more exact; or NULL */
    GHashTable *mechanisms; /* of AUTH: a set of names */
    GHashTable *users;      /* of AUTH, or of the login before, if user names are shown: the same */
    GHashTable *clients;    /* a set of addresses */
    GHashTable *servers;    /* the same, with ports */
    GHashTable *wordings;   /* a set of such replies, all different */
    uint32_t times;
    uint32_t sessions;
    uint32_t recovered;   /* sessions that logged in after it */
    uint32_t most;        /* times in one session */
    const char *most_by;  /* the client of that session */
    GHashTable *captures; /* a set of names; empty: there is one capture, that of the frames */
    const char *capture;  /* of the frames; NULL: there is one */
    uint32_t order;       /* of that capture among several */
    uint32_t frames[PROBLEM_FRAMES];
    uint32_t session; /* of the first frame */
} problem;

/* One of them, as it is seen. */
typedef struct {
    problem_rank rank;
    const char *headline;
    const char *command; /* may be NULL, as the next two */
    const char *mechanism;
    const char *user;
    const char *words;
    const char *said;
    const char *alike; /* what tells it from others with the same headline; or NULL */
    const char *filter;
    const char *verb;
    const char *client;
    const char *server;
    uint32_t frame;
    uint32_t session;
} sighting;

typedef struct problem_set problem_set;

problem_set *problems_new(void);
void problems_free(problem_set *set);

/* A copy of the text, the same for texts that are equal. Lives as long as the set. */
const char *problems_keep(problem_set *set, const char *text);

/* Takes one more into account. Its texts are copied. Gives the problem that it is one of, which lives as
 * long as the set. sessions, recovered, most and most_by are left to the caller. */
problem *problems_add(problem_set *set, const sighting *seen);

/* Takes what is known of a problem of one server in another capture into account, and takes it over: what is
 * alike becomes one. problem_new() made it, and its texts were kept in this set. */
problem *problem_new(void);
void problems_take(problem_set *set, problem *seen);

/* Begins to count anew which sessions recovered. */
void problems_forget_recovered(problem_set *set);

/* The problems, each of one server, by frame. Valid until the next call. */
const problem *const *problems_by_server(problem_set *set, unsigned *count);

/* The problems: by rank, the ones with more sessions first, then by capture and frame. Those of several servers that
 * are alike otherwise become one if there are more than PROBLEMS_BY_SERVER. Valid until the next call. */
#define PROBLEMS_BY_SERVER 8
const problem *const *problems_sort(problem_set *set, unsigned *count);

#endif
