/* roles.c
 * Which of the two sides of a connection is the server?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles.h"

#include <string.h>

#include <glib.h>

#include "command.h"
#include "greeting.h"
#include "reply.h"
#include "words.h"

#define HELLO_MIN 6 /* "EHLO a" */

/* What the first line of some bytes says about the side that sent them. */
typedef enum { SAYS_NOTHING, SAYS_CLIENT, SAYS_SERVER, IS_CLIENT, IS_SERVER } evidence;

void roles_init(roles *r)
{
    memset(r, 0, sizeof *r);
    r->server = -1;
    r->hint = -1;
}

static evidence judge_reply_line(const char *text, size_t len)
{
    reply_line reply;

    if (!reply_parse_line(text, len, &reply))
        return SAYS_NOTHING;
    return reply.code == 220 && greeting_is_smtp(reply.text, reply.text_len) ? IS_SERVER
                                                                             : SAYS_SERVER;
}

static evidence judge_command_line(const char *text, size_t len)
{
    size_t verb_len = (size_t)(words_end(text, text + len) - text);
    command_id id = command_from_verb(text, verb_len);

    if (id == COMMAND_OTHER)
        return SAYS_NOTHING;
    return command_describe(id)->proof == PROVES_BY_DOMAIN && len >= HELLO_MIN ? IS_CLIENT
                                                                               : SAYS_CLIENT;
}

static evidence judge(const span *bytes)
{
    const char *text = (const char *)bytes->data;
    const char *end = (const char *)memchr(text, '\n', bytes->len);
    size_t len = end != NULL ? (size_t)(end - text) : bytes->len;

    while (len > 0 && text[len - 1] == '\r')
        len--;
    evidence found = judge_reply_line(text, len);
    return found != SAYS_NOTHING ? found : judge_command_line(text, len);
}

static bool proves(evidence found)
{
    return found == IS_CLIENT || found == IS_SERVER;
}

/* The server's side, as far as can be told when the first of them speaks. */
static int decide(const roles *r, int sender, evidence found)
{
    if (r->hint >= 0)
        return r->hint;
    return found == SAYS_SERVER || found == IS_SERVER ? sender : !sender;
}

static bool fits(const roles *r, int sender, evidence found)
{
    bool is_server = found == SAYS_SERVER || found == IS_SERVER;

    return is_server == (sender == r->server);
}

static void agree(roles *r, int sender)
{
    r->agreed[sender] = true;
    r->denied[sender] = false;
    r->certain = r->hint == r->server || r->agreed[!sender];
}

static roles_change reverse(roles *r)
{
    r->server = !r->server;
    for (int side = 0; side < 2; side++) {
        r->agreed[side] = r->denied[side];
        r->denied[side] = false;
    }
    r->certain = r->agreed[0] && r->agreed[1];
    return ROLES_REVERSED;
}

static roles_change deny(roles *r, int sender, evidence found)
{
    bool guessed = r->hint < 0 && !r->agreed[!sender];

    r->denied[sender] = true;
    r->agreed[sender] = false;
    if (r->denied[!sender] || (guessed && proves(found)))
        return reverse(r);
    return r->hint >= 0 && !r->agreed[!sender] ? ROLES_DOUBTED : ROLES_STAY;
}

roles_change roles_look(roles *r, int sender, const span *bytes)
{
    roles_change change = ROLES_STAY;
    evidence found;

    if (r->certain)
        return ROLES_STAY;
    found = judge(bytes);
    if (r->server < 0) {
        r->server = (int8_t)decide(r, sender, found);
        change = ROLES_FOUND;
    }
    if (found == SAYS_NOTHING)
        return change;
    if (!fits(r, sender, found))
        return deny(r, sender, found);
    agree(r, sender);
    return change;
}

void roles_swap(roles *r)
{
    r->server = !r->server;
}

bool roles_is_server_port(uint32_t port)
{
    return port == 25 || port == 465 || port == 587;
}

bool roles_is_tls_port(uint32_t port)
{
    return port == 465;
}
