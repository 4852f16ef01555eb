/* sight.h
 * What in a reply or an event is a problem, and how serious it is.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_SIGHT_H
#define SMTP_EXPLAIN_PAGES_SIGHT_H

#include <stdbool.h>

#include <wsutil/wmem/wmem.h>

#include "finding.h"
#include "note.h"
#include "problem.h"

/* All of these leave frame, session, client and server to the caller. Strings live in scope, or as long as
 * the note. */

/* Is the reply a refusal that has a cause of its own to be told? */
bool sight_refuses(const reply_note *note);
sighting sight_refusal(wmem_allocator_t *scope, const reply_note *note);

/* The findings of a reply that its cause has not told already: a set, bit 1 << finding each. */
uint32_t sight_findings(const reply_note *note);
sighting sight_finding(wmem_allocator_t *scope, const reply_note *note, finding f);

/* Is the event news? */
bool sight_is_news(const event_note *event);
sighting sight_event(wmem_allocator_t *scope, const event_note *event);

#endif
