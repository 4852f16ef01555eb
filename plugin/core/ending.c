/* ending.c
 * How a session ends, and what waits for its reply then.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "ending.h"

#include "auth.h"
#include "early.h"
#include "filing.h"

/* How the session's logins ended. */
static login_outcome find_outcome(const exchange *x, const command_note *waiting)
{
    login_outcome outcome = summary_outcome(&x->summary);

    return outcome == OUTCOME_NONE && waiting != NULL && command_is_auth((command_id)waiting->id)
               ? OUTCOME_UNANSWERED
               : outcome;
}

void ending_file(exchange *x, session_end end, const command_note *waiting)
{
    session_ending *ending = wmem_new(x->scope, session_ending);
    event_note event = { .kind = EVENT_ENDED, .ends = true };

    ending->login = summary_outcome_name(find_outcome(x, waiting));
    ending->accepted = x->summary.accepted;
    ending->refused = x->summary.refused;
    event.ending = ending;
    event.end = (uint8_t)end;
    if (waiting != NULL) {
        event.id = waiting->id;
        event.about = waiting->frame;
        event.verb = filing_keep(x, waiting->verb);
        event.mechanism = filing_keep(x, waiting->mechanism);
    }
    filing_add(x, &event);
    x->ended = true;
}

/* What waits for its reply although the server has nothing else to answer; NULL: nothing does, or nobody
 * knows. 421 has said that nothing else is answered. */
static const command_note *find_waiting(const exchange *x)
{
    if (!x->all_known || x->gave_up || x->server.open || early_server_rambles(x))
        return NULL;
    return x->queue.first;
}

const char *ending_waiting(const exchange *x)
{
    const command_note *waiting = find_waiting(x);

    return waiting != NULL && waiting->verb != NULL ? waiting->verb : NULL;
}

static void file_no_reply(exchange *x, session_end end, const command_note *waiting)
{
    event_note event = { .kind =
                             auth_owes_response(x) ? EVENT_CHALLENGE_UNANSWERED : EVENT_NO_REPLY,
                         .ends = true,
                         .spoke = waiting->next != NULL,
                         .port = x->port };

    event.refused = auth_owes_response(x) && auth_was_refused(x);
    event.end = (uint8_t)end;
    event.id = waiting->id;
    event.about = waiting->frame;
    event.verb = filing_keep(x, waiting->verb);
    event.mechanism = filing_keep(x, waiting->mechanism);
    event.waited = waiting->frame != 0 ? x->time - waiting->time : 0;
    filing_add(x, &event);
}

void ending_note(exchange *x, session_end end, bool heard_all)
{
    const command_note *waiting = heard_all ? find_waiting(x) : NULL;

    if (waiting != NULL && waiting->id == COMMAND_QUIT) /* many clients don't wait for its reply */
        waiting = NULL;
    if (waiting != NULL && !x->clear_filed)
        file_no_reply(x, end, waiting);
    if (!x->ended)
        ending_file(x, end, waiting);
}
