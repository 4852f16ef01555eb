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
    r->server = -1;
    r->certain = false;
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

/* The server's side, from the strongest evidence that there is. */
static int decide(const roles *r, int sender, evidence found)
{
    if (found == IS_SERVER)
        return sender;
    if (found == IS_CLIENT)
        return !sender;
    if (r->hint >= 0)
        return r->hint;
    return found == SAYS_SERVER ? sender : !sender;
}

/* Does what a side says agree with what the handshake or the port tells? */
static bool confirms_hint(const roles *r, int sender, evidence found)
{
    return r->hint >= 0 && found == (sender == r->hint ? SAYS_SERVER : SAYS_CLIENT);
}

roles_change roles_look(roles *r, int sender, const span *bytes)
{
    roles_change change = ROLES_STAY;
    evidence found;
    int server;

    if (r->certain)
        return ROLES_STAY;
    found = judge(bytes);
    server = decide(r, sender, found);
    if (r->server < 0)
        change = ROLES_FOUND;
    else if (server != r->server && proves(found))
        change = ROLES_REVERSED;
    if (change != ROLES_STAY)
        r->server = (int8_t)server;
    r->certain = proves(found) || confirms_hint(r, sender, found);
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
