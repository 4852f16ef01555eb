/* dialogue.h
 * A session written down as a script, and what the replies in it have to be.
 *
 * A dialogue is played as it stands, and then in many variations that must not change what is
 * said of it (any segmentation, repeated and reordered segments), or that may only turn what is
 * said into 'unknown' (segments lost or cut).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TEST_DIALOGUE_H
#define SMTP_EXPLAIN_TEST_DIALOGUE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "note.h"

#define DIALOGUE_STEPS_MAX 32
#define DIALOGUE_REPLIES_MAX 32
#define DIALOGUE_SECRETS_MAX 6

typedef enum { NOBODY, CLIENT, SERVER } dialogue_side;

/* How a step differs from a segment that is in the capture, whole, and in its place. */
enum {
    LOST = 1 << 0,    /* sent and received, but not in the capture */
    LATE = 1 << 1,    /* captured after the next step */
    AGAIN = 1 << 2,   /* a retransmission */
    ORDERED = 1 << 3, /* comes without a TCP header */
    TLS = 1 << 4,     /* came out of TLS */
    NOTE_TLS = 1 << 5 /* no bytes: the capture shows that this is TLS from now on */
};

/* A segment. Its frame number is its place in the capture, from 1 on. */
typedef struct {
    dialogue_side side;
    const char *bytes;
    unsigned how;
    uint32_t cut;  /* so many bytes at the end are cut off by the snap length */
    uint32_t back; /* of a retransmission: it begins so many bytes back; 0: its own length */
    uint32_t len;  /* of bytes; 0: up to the NUL */
} dialogue_step;

/* Of the capture */
enum {
    MIDWAY = 1 << 0,       /* the TCP handshake is not in it */
    NO_HINT = 1 << 1,      /* nothing but what is said tells who the server is */
    WRONG_HINT = 1 << 2,   /* the port or the handshake names the wrong side */
    AS_IT_STANDS = 1 << 3, /* the variations would change what is expected */
    UNDAMAGED = 1 << 4     /* it is so odd that a loss leads astray */
};

/* What is expected of a reply is written as one line:
 *
 *   step code command [mechanism] [@step of the command] verdict [detail ...] [+finding ...]
 *
 * with the command "?" if it isn't known and "(hidden)" if its verb may not be shown, and with
 * these details, where they apply: cancelled, tls, lines=N, from=step, failures=N, =enhanced. */
typedef struct {
    const char *name;
    unsigned capture;
    dialogue_step steps[DIALOGUE_STEPS_MAX];
    const char *replies[DIALOGUE_REPLIES_MAX];
    const char *logins; /* "6-8 by 5": steps 6 to 8 are authenticated by the 235 of step 5 */
    const char *secrets[DIALOGUE_SECRETS_MAX]; /* must not be found in anything that is kept */
} dialogue;

/* Adds one test for each dialogue of a table, "/prefix/name". */
void dialogue_add_tests(const char *prefix, const dialogue *table, size_t count);

/* What was fed, and what came of it, for tests that are no table. */
typedef struct dialogue_run dialogue_run;

dialogue_run *dialogue_run_new(bool from_start);
/* Sends, and captures, bytes; returns the number of the frame that holds them. */
uint32_t dialogue_say(dialogue_run *run, dialogue_side side, const char *bytes, size_t len);
/* The lines that describe the replies so far, as above. */
const char *const *dialogue_run_replies(dialogue_run *run);
struct session *dialogue_run_session(dialogue_run *run);
void dialogue_run_free(dialogue_run *run);

#endif
