/* sessions.h
 * What statistics know of a session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSIONS_H
#define SMTP_EXPLAIN_SESSIONS_H

#include "shell.h"
#include "summary.h"

/* It owns its texts: a window may outlive the capture file. */
typedef struct {
    session_summary summary;
    uint32_t number;
    uint32_t last_frame; /* that was counted */
    char *client;        /* the one that a PROXY header names, if there is one */
    char *server;
    char *last;        /* the last refusal: "535 AUTH in frame 12"; or NULL */
    const char *ended; /* how it ended; NULL: it goes on. Static storage, as the next one */
    const char *login; /* how its logins ended, once it has; or NULL */
    char *waiting;     /* what waits, or waited when it ended; or NULL */
    char *user;        /* of its last login that named one; or NULL */
} smtp_explain_session;

/* Does the frame tell of a session, even if that isn't known yet? */
bool smtp_explain_session_begins(const smtp_explain_frame *frame);

/* The session that the frame tells of, without what it tells. */
smtp_explain_session *smtp_explain_session_new(const packet_info *pinfo,
                                               const smtp_explain_frame *frame);
void smtp_explain_session_free(smtp_explain_session *s);

/* Takes a frame of the session into account. False if that was done already. */
bool smtp_explain_session_take(smtp_explain_session *s, const packet_info *pinfo,
                               const smtp_explain_frame *frame);

/* How its logins ended: "refused"; and whether it uses TLS. In the language that is spoken where there are
 * windows. Static storage. */
const char *smtp_explain_session_login(const smtp_explain_session *s);
const char *smtp_explain_session_tls(const smtp_explain_session *s);

#endif
