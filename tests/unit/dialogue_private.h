/* dialogue_private.h
 * What the files that play dialogues share.
 *
 *   dialogue.c           scripts -> segments -> session
 *   dialogue_describe.c  what the session says -> lines
 *   dialogue_check.c     what holds for every session
 *   dialogue_vary.c      variations of a script, and what they may change
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TEST_DIALOGUE_PRIVATE_H
#define SMTP_EXPLAIN_TEST_DIALOGUE_PRIVATE_H

#include <glib.h>

#include "dialogue.h"
#include "finding.h"
#include "session.h"
#include "session_private.h"

#define FRAMES_PER_STEP 1000000u /* so that each byte of a step can have a frame of its own */
#define NS_PER_STEP INT64_C(10000000)
#define RANDOM_PIECES (-1)
#define NO_STEP (-1)
#define AS_IT_STANDS_VARIATION                                                      \
    {                                                                               \
        .lost = { NO_STEP, NO_STEP }, .cut_step = NO_STEP, .closed_before = NO_STEP \
    }

/* What is done to a dialogue. */
typedef struct {
    const char *name;
    int piece;     /* bytes in each segment; 0: the step's own segment */
    bool mirrored; /* the client is side 1 */
    bool repeated; /* each segment comes twice */
    bool echoed;   /* each segment comes again after the next one */
    bool crossed;  /* the second half of each segment comes before its first half */
    int lost[2];   /* steps that are lost */
    int cut_step;  /* a step of which only kept bytes are there */
    uint32_t kept;
    int closed_before; /* the step instead of which the server says 421, the last thing */
} variation;

/* A piece of a step that was given to the session. */
typedef struct {
    uint32_t frame;
    uint32_t offset;
    uint8_t *data;
    uint32_t len;
    bool whole; /* not cut */
} fed_piece;

struct dialogue_run {
    const dialogue *script;
    const variation *how;
    wmem_allocator_t *scope;
    note_store *store;
    session *session;
    login_list logins;
    GArray *pieces;   /* fed_piece, in the order of the capture */
    GPtrArray *lines; /* char *, what is said of the replies in it; ends with NULL */
    uint32_t seq[DIALOGUE_STEPS_MAX];
    uint32_t ack[DIALOGUE_STEPS_MAX];
    uint32_t last_frame[DIALOGUE_STEPS_MAX]; /* by position in the capture */
    uint32_t next[2];                        /* sequence numbers, by side */
    uint32_t said;
};

/* dialogue.c */
int dialogue_step_count(const dialogue *script);
uint32_t dialogue_step_len(const dialogue_step *step);
/* Has it a step of this kind? LOST: also one that is cut. */
bool dialogue_has(const dialogue *script, unsigned how);
/* Is everything in the capture, so that nothing can be unknown? */
bool dialogue_is_complete(const dialogue *script);
/* Is that also true of the variation that is played? */
bool dialogue_run_is_whole(const dialogue_run *run);
/* Plays a script, collects what is said of it, and checks it. */
dialogue_run *dialogue_play(const dialogue *script, const variation *how);

/* dialogue_describe.c */
extern const char *const dialogue_verdict_names[VERDICT_UNSOLICITED + 1];
uint32_t dialogue_step_of(uint32_t frame);
char *dialogue_describe(uint32_t frame, const reply_note *note);
void dialogue_collect_replies(dialogue_run *run);
char *dialogue_describe_logins(const dialogue_run *run);

/* dialogue_check.c */
void dialogue_fail(const dialogue_run *run, const char *what, const char *detail);
void dialogue_check(const dialogue_run *run);

#endif
