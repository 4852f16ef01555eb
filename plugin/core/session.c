/* session.c
 * One SMTP session: which side is which, loss, TLS, who is logged in.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "session_private.h"

#define HELLO_MIN 6 /* "EHLO a" */

/* What the first line of some bytes says about the side that sent them. */
typedef enum { SAYS_NOTHING, SAYS_CLIENT, SAYS_SERVER, IS_CLIENT, IS_SERVER } role_evidence;

session *session_new(wmem_allocator_t *scope, note_store *store, session_login **logins)
{
    session *s = wmem_new0(scope, session);

    s->scope = scope;
    s->store = store;
    s->logins = logins;
    s->server = -1;
    s->hint = -1;
    for (int side = 0; side < 2; side++) {
        s->sides[side].owner = s;
        s->sides[side].side = side;
    }
    return s;
}

void session_hint_server(session *s, int side)
{
    s->hint = (int8_t)side;
}

void session_hint_start(session *s, const uint32_t first_seq[2])
{
    for (int side = 0; side < 2; side++)
        stream_start(&s->streams[side], first_seq[side]);
    s->from_start = true;
}

/* --- who is logged in --- */

bool session_is_authenticated(const session *s)
{
    return *s->logins != NULL && (*s->logins)->to == 0;
}

void session_log_in(session *s)
{
    session_login *login = wmem_new0(s->scope, session_login);

    login->older = *s->logins;
    login->from = s->now;
    *s->logins = login;
}

void session_log_out(session *s)
{
    if (session_is_authenticated(s))
        (*s->logins)->to = s->now;
}

uint32_t session_authenticated_in(const session_login *latest, uint32_t frame)
{
    for (const session_login *login = latest; login != NULL; login = login->older)
        if (frame > login->from)
            return login->to == 0 || frame < login->to ? login->from : 0;
    return 0;
}

/* --- which side is the server --- */

static role_evidence judge_reply_line(const char *text, size_t len)
{
    reply_line reply;

    if (!reply_parse_line(text, len, &reply))
        return SAYS_NOTHING;
    return reply.code == 220 && server_text_is_greeting(reply.text, reply.text_len) ? IS_SERVER
                                                                                    : SAYS_SERVER;
}

static role_evidence judge_command_line(const char *text, size_t len)
{
    const char *space = (const char *)memchr(text, ' ', len);
    size_t verb_len = space != NULL ? (size_t)(space - text) : len;
    command_id id = command_from_verb(text, verb_len);

    if (id == COMMAND_OTHER)
        return SAYS_NOTHING;
    if ((id == COMMAND_EHLO || id == COMMAND_HELO || id == COMMAND_LHLO) && len >= HELLO_MIN)
        return IS_CLIENT;
    return SAYS_CLIENT;
}

static role_evidence judge(const span *bytes)
{
    const char *text = (const char *)bytes->data;
    const char *end = (const char *)memchr(text, '\n', bytes->len);
    size_t len = end != NULL ? (size_t)(end - text) : bytes->len;

    while (len > 0 && text[len - 1] == '\r')
        len--;
    role_evidence evidence = judge_reply_line(text, len);
    return evidence != SAYS_NOTHING ? evidence : judge_command_line(text, len);
}

/* The server's side, from the strongest evidence that there is. */
static int decide_server(const session *s, int sender, role_evidence evidence)
{
    if (evidence == IS_SERVER)
        return sender;
    if (evidence == IS_CLIENT)
        return !sender;
    if (s->hint >= 0)
        return s->hint;
    return evidence == SAYS_SERVER ? sender : !sender;
}

void session_begin_connection(session *s)
{
    command_note *rest = s->queue.first;
    command_note *connection;

    s->queue.first = NULL;
    s->queue.last = NULL;
    connection = pairing_push(s, COMMAND_CONNECTION, NULL);
    connection->verb = command_name(COMMAND_CONNECTION);
    connection->next = rest;
    while (s->queue.last->next != NULL)
        s->queue.last = s->queue.last->next;
}

/* Forgets all that was thought of the two sides. */
static void begin_roles(session *s, int server)
{
    s->server = (int8_t)server;
    s->offers = NULL;
    pairing_clear(s);
    server_abandon_reply(s);
    client_drop_held(s);
    memset(&s->client, 0, sizeof s->client);
    for (int side = 0; side < 2; side++)
        line_reset(&s->lines[side], s->scope);
}

static void begin_unknown(session *s)
{
    pairing_push_unknown(s);
    s->queue.lines_since_reply = 0;
    s->client.unsure = true;
}

static void begin(session *s, int server, bool from_start)
{
    begin_roles(s, server);
    s->greeted = false;
    s->lossless = from_start;
    s->accepted_sure = from_start;
    if (!from_start)
        begin_unknown(s);
    else
        session_begin_connection(s);
}

void session_swap_sides(session *s)
{
    session_log_out(s);
    begin(s, !s->server, s->lossless);
}

/* Can the bytes of a side be anything? In a message, and in the middle of a line, they can. */
static bool says_nothing(const session *s, int sender)
{
    client_mode mode = s->client.mode;

    return mode == CLIENT_MESSAGE || mode == CLIENT_CHUNK ||
           (mode == CLIENT_HOLDING && sender != s->server) || s->lines[sender].open;
}

/* Does what a side says agree with what the handshake or the port tells? */
static bool confirms_hint(const session *s, int sender, role_evidence evidence)
{
    if (s->hint < 0)
        return false;
    return evidence == (sender == s->hint ? SAYS_SERVER : SAYS_CLIENT);
}

/* The bytes of a side may show that the roles are not those that were assumed. */
static void settle_roles(session *s, int sender, const span *bytes)
{
    role_evidence evidence;
    int server;

    if (s->server_certain || says_nothing(s, sender))
        return;
    evidence = judge(bytes);
    server = decide_server(s, sender, evidence);
    if (s->server < 0) {
        begin(s, server, s->from_start);
        if (s->encrypted && sender != server) /* it goes on after a STARTTLS */
            pairing_clear(s);
    } else if (server != s->server && (evidence == IS_CLIENT || evidence == IS_SERVER)) {
        begin(s, server, false);
    }
    s->server_certain =
        evidence == IS_CLIENT || evidence == IS_SERVER || confirms_hint(s, sender, evidence);
}

/* --- bytes --- */

static void lose_side(session *s, int side, const span *hole)
{
    if (s->server < 0) {
        s->from_start = false;
        s->early_hole = true;
    } else if (side == s->server) {
        server_lost(s, hole);
    } else {
        client_lost(s, hole);
    }
}

static void read_side(session *s, int side, const span *bytes)
{
    if (bytes->data == NULL) {
        lose_side(s, side, bytes);
        return;
    }
    settle_roles(s, side, bytes);
    if (side == s->server)
        server_read(s, bytes);
    else
        client_read(s, bytes);
}

static void read_stream(void *user, const span *bytes)
{
    session_side *from = (session_side *)user;

    if (!from->owner->raw_is_tls)
        read_side(from->owner, from->side, bytes);
}

static stream_owner owner_of(session *s, int side)
{
    stream_owner owner = { s->scope, read_stream, &s->sides[side] };

    return owner;
}

static void set_now(session *s, const span *bytes)
{
    s->now = bytes->frame;
    s->now_time = bytes->time;
}

void session_add_segment(session *s, int side, uint32_t seq, uint32_t ack, const span *bytes)
{
    stream_owner sender = owner_of(s, side);
    stream_owner receiver = owner_of(s, !side);

    if (s->raw_is_tls)
        return;
    set_now(s, bytes);
    stream_acknowledge(&s->streams[!side], &receiver, ack, bytes);
    if (bytes->len + bytes->missing > 0)
        stream_add(&s->streams[side], &sender, seq, bytes);
}

void session_end_side(session *s, int side, uint32_t seq)
{
    stream_end(&s->streams[side], seq);
}

bool session_is_over(const session *s)
{
    return !s->raw_is_tls && stream_is_over(&s->streams[0]) && stream_is_over(&s->streams[1]);
}

static void clear_streams(session *s)
{
    for (int side = 0; side < 2; side++) {
        stream_owner owner = owner_of(s, side);

        stream_clear(&s->streams[side], &owner);
    }
}

void session_free(session *s)
{
    if (session_is_authenticated(s))
        (*s->logins)->to = s->now + 1;
    begin_roles(s, -1);
    clear_streams(s);
    secrets_free(s->scope, s->secrets);
    wmem_free(s->scope, s);
}

void session_note_tls(session *s)
{
    s->raw_is_tls = true;
    clear_streams(s);
}

/* The first bytes out of TLS: nothing of what was said before counts (RFC 3207, section 4.2). */
static void enter_tls(session *s)
{

    s->encrypted = true;
    session_note_tls(s);
    session_log_out(s);
    if (s->server < 0) /* TLS from the first byte: its handshake is in the capture */
        s->from_start = true;
    else
        begin_roles(s, s->server);
}

void session_add_ordered(session *s, int side, const span *bytes)
{
    if (s->raw_is_tls && !bytes->encrypted)
        return;
    set_now(s, bytes);
    if (bytes->encrypted && !s->encrypted)
        enter_tls(s);
    if (bytes->len > 0)
        read_side(s, side, bytes);
    if (bytes->missing > 0) {
        span hole = *bytes;

        hole.data = NULL;
        hole.offset += hole.len;
        hole.cut = true;
        read_side(s, side, &hole);
    }
}
