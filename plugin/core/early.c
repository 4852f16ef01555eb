/* early.c
 * Does a client wait for its turn?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "early.h"

#include "roles.h"

bool early_server_rambles(const exchange *x)
{
    return x->server.line.open || (!x->greeted && x->server.stray != NULL);
}

bool early_awaits_greeting(const exchange *x)
{
    return !x->greeted && !early_server_rambles(x) && !x->server_unheard &&
           !queue_is_empty(&x->queue) && x->queue.first->id == COMMAND_CONNECTION;
}

bool early_is(const exchange *x, const client_event *came)
{
    const command_note *before = x->queue.last;

    if (early_awaits_greeting(x)) /* not in clear text to a server that waits for TLS */
        return came->bytes->encrypted || !roles_is_tls_port(x->port);
    return x->all_known && !x->lmtp && !came->in_auth && came->id != COMMAND_OTHER &&
           x->offers != NULL && !x->offers->pipelining && before != NULL &&
           before->frame == came->bytes->frame && before->id != COMMAND_MESSAGE &&
           before->id != COMMAND_BDAT && before->id != COMMAND_STARTTLS && !before->in_auth;
}
