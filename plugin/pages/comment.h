/* comment.h
 * What is written beside a frame in a copy for those who don't have the plugin.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_COMMENT_H
#define SMTP_EXPLAIN_PAGES_COMMENT_H

#include <glib.h>

#include "note.h"

typedef struct comment comment;

/* Of one frame. */
comment *comment_new(void);
void comment_free(comment *c);

/* Adds what is to be said of a reply or an event. succeeded: has the session had its comment on a success?
 * It gets one; is set if this is it. */
void comment_reply(comment *c, const reply_note *note, bool *succeeded);
/* An event that is no finding adds nothing. */
void comment_event(comment *c, const event_note *event);

/* The comment: refusals and findings first. Each sentence stands there once. NULL: there is none. To be
 * freed with g_free(). */
char *comment_text(const comment *c);

#endif
