/* tally.h
 * What the sessions of a capture come to: problems and sums.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_TALLY_H
#define SMTP_EXPLAIN_PAGES_TALLY_H

#include <stdbool.h>
#include <stdint.h>

#include "note.h"
#include "problem.h"
#include "traffic.h"

/* Logins by mechanism. */
typedef struct {
    const char *mechanism;
    uint32_t authenticated;
    uint32_t refused;
    uint32_t unclear;
} tally_logins;

/* Replies of one code, and where the first one is. */
typedef struct {
    uint32_t count;
    uint32_t misplaced;
    uint32_t unknown; /* what they answer isn't in the capture */
    uint32_t first_frame;
    uint32_t first_misplaced;
    const char *first_capture; /* that these frames are in; NULL: there is one */
    const char *misplaced_capture;
} tally_code;

typedef struct tally tally;

/* Where something was seen. */
typedef struct {
    uint32_t frame;
    uint32_t session;
    int64_t time; /* nanoseconds since the epoch */
} tally_place;

tally *tally_new(void);
void tally_free(tally *t);

/* Is there no session yet? */
bool tally_is_empty(const tally *t);

/* Is there anything of this session yet? */
bool tally_knows(const tally *t, uint32_t session);

/* A session begins that the tally doesn't know. Both texts are copied: an address, and an address with
 * its port. */
void tally_begin(tally *t, uint32_t session, const char *client, const char *server);

/* Takes a reply or an event of a session that the tally knows into account. What a note points at has
 * to stay until tally_finish(). */
void tally_reply(tally *t, const tally_place *place, const reply_note *note);
void tally_event(tally *t, const tally_place *place, const event_note *event);

/* The same for what is no SMTP, as long as nothing else is known. */
traffic *tally_traffic(tally *t);

/* A capture without SMTP. */
typedef struct {
    const char *capture; /* NULL: there is only one */
    traffic traffic;
} tally_bare;

/* What all that comes to. Valid until the next call. */
typedef struct {
    const problem *const *problems; /* as problems_sort() sorts them */
    unsigned count;
    const problem *const *by_server; /* the same as problems_by_server() has them */
    unsigned count_by_server;
    const tally_logins *logins;
    unsigned mechanisms;
    uint32_t sessions;
    uint32_t failing;    /* sessions in which something failed, or may have been an attack */
    uint32_t odd;        /* other sessions that have a problem */
    uint32_t unread;     /* sessions that went on in TLS that isn't decrypted */
    uint32_t unanswered; /* logins without an end */
    uint32_t messages;   /* accepted */
    uint32_t messages_refused;
    uint32_t exposed;         /* logins whose secret can be read in the capture */
    tally_code status;        /* 211 */
    tally_code authenticated; /* 235 */
    uint32_t captures;        /* that this is about */
    const tally_bare *bare;   /* those without SMTP, in their order */
    unsigned bare_count;
    int64_t first_time, last_time;
} tally_sums;
tally_sums tally_finish(tally *t);

#endif
