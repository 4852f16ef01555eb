/* session.c
 * One SMTP session: two streams, who serves, TLS, and the loops that pull from the readers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "session.h"

#include <string.h>

#include "ending.h"
#include "message.h"
#include "reply.h"
#include "session_private.h"
#include "starttls.h"

session *session_new(wmem_allocator_t *scope, note_store *store, login_list *logins)
{
    session *s = wmem_new0(scope, session);

    s->scope = scope;
    s->closed_first = -1;
    roles_init(&s->roles);
    exchange_init(&s->exchange, scope, store, logins);
    for (int side = 0; side < 2; side++) {
        s->sides[side].owner = s;
        s->sides[side].side = side;
    }
    return s;
}

void session_hint_server(session *s, int side, uint16_t port)
{
    s->exchange.port = port;
    s->roles.hint = (int8_t)side;
}

void session_hint_start(session *s, const uint32_t first_seq[2], int64_t opened)
{
    exchange_note_opened(&s->exchange, opened);
    for (int side = 0; side < 2; side++)
        stream_start(&s->streams[side], first_seq[side]);
    s->from_start = true;
}

void session_note_syn(session *s, int side, uint32_t first_seq)
{
    if (s->streams[side].started)
        return;
    stream_start(&s->streams[side], first_seq);
    s->from_start |= !s->streams[!side].has_data;
}

/* What was seen of a direction; if it is only the acknowledgements of it, that. */
static numbers_side numbers_of(const stream *seen)
{
    numbers_side side = {
        .first = seen->started ? seen->first : seen->first_acked,
        .next = seen->has_end   ? seen->end
                : seen->started ? seen->next
                                : seen->acked,
        .known = seen->started || seen->has_ack,
        .ended = seen->has_end,
    };

    if (side.known && seen->has_ack && !seen->has_end && (int32_t)(seen->acked - side.next) > 0)
        side.next = seen->acked;
    return side;
}

bool session_expects(const session *s, int side, uint32_t seq, uint32_t ack)
{
    const stream *own = &s->streams[side], *other = &s->streams[!side];

    return own->started && other->started && seq == own->next &&
           other->next - ack <= NUMBERS_NEAR && !own->has_end && !other->has_end && !s->reset;
}

int session_server(const session *s)
{
    return s->roles.server;
}

const char *session_client(const session *s)
{
    return s->exchange.client_named;
}

numbers session_numbers(const session *s)
{
    numbers seen = {
        .side = { numbers_of(&s->streams[0]), numbers_of(&s->streams[1]) },
        .server = s->roles.server,
        .reset = s->reset,
        .parted = s->exchange.parted,
    };

    return seen;
}

/* --- pulling --- */

/* What the server says; a side, as long as nobody knows who that is. Likewise the client. */
static const stream *server_stream(const session *s)
{
    return &s->streams[s->roles.server == 1];
}

static const stream *client_stream(const session *s)
{
    return &s->streams[s->roles.server != 1];
}

/* Bytes that are TLS, and didn't come out of it, are of no use. */
static bool is_readable(const session *s, const span *bytes)
{
    return bytes->encrypted || !s->raw_is_tls;
}

/* TLS that isn't decrypted, as far as it can be seen from outside. */
static void watch_tls(session *s, int side, const uint8_t *data, size_t len)
{
    bool is_server = side == s->roles.server;
    uint8_t alert;

    if (s->encrypted || s->watch.over)
        return;
    switch (tls_read(&s->watch, side, !is_server, data, len, &alert)) {
    case TLS_ALERTED:
        starttls_note_alert(&s->exchange, alert, is_server);
        break;
    case TLS_IN_USE:
        starttls_note_unread(&s->exchange);
        break;
    default:
        break;
    }
}

/* The client begins TLS, after STARTTLS or, which the server's answer will show, in vain. The first byte of
 * its record may have come before these. */
static void begin_tls(session *s, const client_event *event)
{
    const span *bytes = event->bytes;
    static const uint8_t handshake = TLS_HANDSHAKE;

    if (event->unasked)
        exchange_take_client(&s->exchange, event);
    else
        s->raw_is_tls = true;
    s->watch.over |= event->unasked && s->exchange.greeted; /* in vain */
    watch_tls(s, !s->roles.server, &handshake, event->earlier);
    watch_tls(s, !s->roles.server, bytes->data + bytes->len - event->place.length,
              event->place.length);
}

static void read_client(session *s, const span *bytes, size_t pos)
{
    client_event event;

    if (s->exchange.client.mode == CLIENT_IN_TLS)
        watch_tls(s, !s->roles.server, bytes->data + pos, bytes->len - pos);
    s->exchange.server_unheard = stream_has_unseen(server_stream(s));
    while (is_readable(s, bytes) && client_next(&s->exchange.client, bytes, &pos, &event))
        if (event.kind == CLIENT_BEGAN_TLS)
            begin_tls(s, &event);
        else
            exchange_take_client(&s->exchange, &event);
}

/* Reads what was held until it was known what it is. If it holds another DATA, the rest stays held. */
static void read_held(session *s)
{
    client_reader *client = &s->exchange.client;
    held_list left = client->held;

    memset(&client->held, 0, sizeof client->held);
    while (left.first != NULL && client->mode != CLIENT_HOLDING) {
        read_client(s, &left.first->bytes, 0);
        held_drop_first(&left, s->scope);
    }
    held_join(&client->held, &left);
}

/* Has the client sent bytes that are not in the capture? */
static bool has_unseen_bytes(const session *s)
{
    const stream *client = client_stream(s);

    /* a single byte may be a FIN, but not in the middle of a line */
    return stream_has_unseen(client) || (s->exchange.client.line.open && client->started &&
                                         client->has_ack && client->acked - client->next == 1);
}

/* Is the client's direction missing? */
static bool is_absent(const session *s)
{
    const stream *server = server_stream(s), *client = client_stream(s);

    return !s->from_start && server->has_data && !server->has_ack && !client->has_data;
}

static void take_reply(session *s, const server_reply *reply)
{
    const client_reader *client = &s->exchange.client;
    const exchange_stream sent = { .has_unseen = has_unseen_bytes(s),
                                   .is_absent = is_absent(s),
                                   .has_closed =
                                       s->closed_first >= 0 && s->closed_first != s->roles.server };

    if (client->mode == CLIENT_IN_TLS) /* in vain: its alerts are no news */
        s->watch.over = true;
    if (message_settles_chunk(&s->exchange, reply))
        read_held(s);
    if (exchange_take_server(&s->exchange, reply, &sent))
        roles_swap(&s->roles);
    if (client->held.first != NULL && client->mode != CLIENT_HOLDING)
        read_held(s);
}

static server_input input_of(session *s, const span *bytes)
{
    exchange_mind_secrets(&s->exchange);
    server_input input = { bytes, s->exchange.frame, s->exchange.client.secrets };

    return input;
}

/* Has the client sent a command, and not been answered? */
static bool waits_for_command(const exchange *x)
{
    const command_note *last = x->queue.last;

    return last != NULL && last->id != COMMAND_CONNECTION && last->id != COMMAND_NONE;
}

/* The server speaks TLS from here on: what does that mean? */
static void take_server_tls(session *s, const span *bytes, size_t pos)
{
    exchange *x = &s->exchange;

    s->raw_is_tls = true;
    if (x->client.mode == CLIENT_IN_TLS) {
        s->implicit_tls = true;
        x->tls_unasked_in = 0;
    } else if (x->client.mode == CLIENT_COMMANDS && !x->greeted && waits_for_command(x) &&
               !has_unseen_bytes(s)) {
        starttls_note_clear_text(x, true);
        s->watch.over = true;
    }
    watch_tls(s, s->roles.server, x->server.tls.bytes, x->server.tls.len);
    watch_tls(s, s->roles.server, bytes->data + pos, bytes->len - pos);
}

static void read_server(session *s, const span *bytes)
{
    int8_t side = s->roles.server;
    server_input input = input_of(s, bytes);
    server_reply reply;
    size_t pos = 0;

    /* a reply to TURN makes this side the client */
    while (s->roles.server == side && server_next(&s->exchange.server, &input, &pos, &reply)) {
        take_reply(s, &reply);
        exchange_mind_secrets(&s->exchange);
        input.secrets = s->exchange.client.secrets;
    }
    if (s->roles.certain)
        exchange_look_at_server(&s->exchange);
    if (s->roles.server != side)
        read_client(s, bytes, pos);
    else if (s->exchange.server.in_tls)
        take_server_tls(s, bytes, pos);
}

static void skip_server(session *s, const span *hole)
{
    server_input input = input_of(s, hole);
    server_reply reply;
    bool answered =
        hole->kind == SPAN_CUT && server_finish_cut(&s->exchange.server, &input, &reply);

    if (answered)
        take_reply(s, &reply);
    exchange_skip_server(&s->exchange, hole, answered);
}

static void skip_side(session *s, int side, const span *hole)
{
    if (s->roles.server < 0) {
        s->from_start = false;
        exchange_note_gap_before_start(&s->exchange);
    } else if (side == s->roles.server) {
        skip_server(s, hole);
    } else {
        exchange_skip_client(&s->exchange, hole);
    }
}

/* Can the bytes of a side be anything? In a message, and in the middle of a line, they can. */
static bool says_nothing(const session *s, int sender)
{
    const exchange *x = &s->exchange;
    bool is_server = sender == s->roles.server;

    return x->client.mode == CLIENT_MESSAGE || x->client.mode == CLIENT_CHUNK ||
           (x->client.mode == CLIENT_HOLDING && !is_server) ||
           (is_server ? x->server.line.open : x->client.line.open);
}

/* Begins the exchange: it is known now who is the server. first: the side that spoke first. */
static void begin(session *s, int first)
{
    exchange_start start = s->from_start ? EXCHANGE_AT_START : EXCHANGE_MIDWAY;

    if (s->encrypted && s->from_start && first != s->roles.server)
        start = EXCHANGE_INSIDE_TLS;
    if (!s->from_start && first == s->roles.server && first == s->roles.hint)
        start = EXCHANGE_SERVER_FIRST;
    exchange_begin(&s->exchange, start);
    s->begun = true;
}

static void deliver(session *s, int side, const span *bytes)
{
    if (side == s->roles.server)
        read_server(s, bytes);
    else
        read_client(s, bytes, 0);
}

/* Reads what was held while it wasn't clear who is the server. Its replies are filed in their own frames,
 * as if it had been clear. */
static void settle_doubt(session *s)
{
    uint32_t frame = s->exchange.frame;
    int64_t time = s->exchange.time;
    held_span *held = held_take(&s->doubted);

    if (held == NULL)
        return;
    if (!s->begun)
        begin(s, held->side);
    while (held != NULL) {
        exchange_set_frame(&s->exchange, held->bytes.frame, held->bytes.time);
        deliver(s, held->side, &held->bytes);
        held = held_free(s->scope, held);
    }
    exchange_set_frame(&s->exchange, frame, time);
}

/* What a side says may show who is the server, or that it isn't who it seemed to be. */
static void read_bytes(session *s, int sender, const span *bytes)
{
    roles_change change = ROLES_STAY;

    if (!s->roles.certain && !says_nothing(s, sender))
        change = roles_look(&s->roles, sender, bytes);
    if (change == ROLES_DOUBTED &&
        held_keep(&s->doubted, s->scope, sender, bytes, 0, SESSION_DOUBTED_MAX))
        return;
    if (change == ROLES_REVERSED && s->begun)
        exchange_begin(&s->exchange, EXCHANGE_MIDWAY);
    settle_doubt(s);
    if (!s->begun)
        begin(s, sender);
    deliver(s, sender, bytes);
}

static void read_side(session *s, int side, const span *bytes)
{
    if (bytes->kind == SPAN_BYTES) {
        read_bytes(s, side, bytes);
    } else {
        settle_doubt(s);
        skip_side(s, side, bytes);
    }
}

/* --- bytes --- */

static void read_stream(void *user, const span *bytes)
{
    session_side *from = (session_side *)user;

    if (!from->owner->raw_is_tls)
        read_side(from->owner, from->side, bytes);
    else if (bytes->kind == SPAN_BYTES)
        watch_tls(from->owner, from->side, bytes->data, bytes->len);
    else
        from->owner->watch.over = true;
}

static stream_owner owner_of(session *s, int side)
{
    stream_owner owner = { s->scope, read_stream, &s->sides[side] };

    return owner;
}

void session_read_in(session *s, uint32_t frame)
{
    s->exchange.seen_in = frame;
}

void session_note_segment(session *s, int side, uint32_t seq, const span *at)
{
    exchange_set_frame(&s->exchange, at->frame, at->time);
    s->said_seq[side] = seq;
}

/* Does a line of a reply begin with the bytes? */
static bool begins_reply(const span *bytes)
{
    const char *text = (const char *)bytes->data;
    const char *end = bytes->len > 0 ? (const char *)memchr(text, '\n', bytes->len) : NULL;
    reply_line first;

    return end != NULL && reply_parse_line(text, (size_t)(end - text), &first);
}

/* If nothing is heard of the other side, nothing will tell whether a hole stays. Replies that follow one
 * stand for themselves: which command they answer isn't known anyway. */
static void add_bytes(session *s, int side, uint32_t seq, const span *bytes)
{
    stream_owner sender = owner_of(s, side);
    stream *from = &s->streams[side];

    stream_add(from, &sender, seq, bytes);
    if (from->waiting != NULL && !from->has_ack && begins_reply(bytes))
        stream_flush(from, &sender);
}

void session_add_first(session *s, int side, uint32_t seq, const span *bytes)
{
    session_note_segment(s, side, seq, bytes);
    add_bytes(s, side, seq, bytes);
}

void session_add_segment(session *s, int side, uint32_t seq, uint32_t ack, const span *bytes)
{
    stream_owner receiver = owner_of(s, !side);

    session_note_segment(s, side, seq, bytes);
    stream_acknowledge(&s->streams[!side], &receiver, ack, bytes);
    if (bytes->len + bytes->missing > 0)
        add_bytes(s, side, seq, bytes);
}

void session_end_side(session *s, int side, uint32_t seq)
{
    stream_end(&s->streams[side], seq);
}

static void finish(session *s)
{
    for (int side = 0; side < 2 && !s->raw_is_tls; side++) {
        stream_owner owner = owner_of(s, side);

        stream_flush(&s->streams[side], &owner);
    }
    settle_doubt(s);
}

void session_finish(session *s, const span *at)
{
    exchange_set_frame(&s->exchange, at->frame, at->time);
    finish(s);
}

/* Has everything ended that was heard of? */
static bool is_finished(const session *s)
{
    return s->reset || ((s->streams[0].has_end || !s->streams[0].has_data) &&
                        (s->streams[1].has_end || !s->streams[1].has_data));
}

/* Is all of the server's in the capture, as far as acknowledgements, its FIN and its RST tell? */
static bool heard_all(const session *s)
{
    const stream *server = server_stream(s);
    bool is_beyond = (int32_t)(s->said_seq[s->roles.server] - server->next) > 1; /* 1: a FIN */

    return server->waiting == NULL && !stream_has_unseen(server) && !is_beyond &&
           (!server->has_end || server->next == server->end);
}

static session_end end_by(bool server, bool reset)
{
    if (reset)
        return server ? SESSION_RESET_BY_SERVER : SESSION_RESET_BY_CLIENT;
    return server ? SESSION_CLOSED_BY_SERVER : SESSION_CLOSED_BY_CLIENT;
}

/* A side ends the connection before TLS was of any use. */
static void break_handshake(session *s, bool is_server, bool reset)
{
    bool unused = s->watch.begun && !s->watch.over;

    s->ended = true;
    s->watch.over = true;
    if (unused)
        starttls_note_broken_handshake(&s->exchange, end_by(is_server, reset),
                                       server_stream(s)->has_data);
    ending_note(&s->exchange, end_by(is_server, reset), false);
}

/* The server ends, or lets the client end, what the client began in clear text, without a word. */
static void end_unanswered(session *s, session_end end)
{
    const stream *server = server_stream(s);
    bool heard = s->begun && server->started && heard_all(s);

    if (s->begun && roles_is_tls_port(s->exchange.port) && !stream_has_unseen(server))
        starttls_note_clear_text(&s->exchange, false);
    s->ended = true;
    ending_note(&s->exchange, end, heard);
}

/* After the client's FIN the server may still answer; after its own, and after any reset, nothing
 * comes any more (RFC 9293, section 3.6). */
void session_close_side(session *s, int side, bool reset)
{
    bool is_server = side == s->roles.server;
    const stream *server = server_stream(s);

    s->reset |= reset;
    if (is_finished(s))
        finish(s);
    if (s->ended || s->roles.server < 0)
        return;
    if (!s->encrypted && (s->raw_is_tls || s->exchange.client.mode == CLIENT_IN_TLS)) {
        break_handshake(s, is_server, reset);
        return;
    }
    if (!server->has_data && server->started && !stream_has_unseen(server) && !reset &&
        !is_server) {
        s->closed_first = (int8_t)side;
        return;
    }
    if (!server->has_data) {
        if (!reset && s->closed_first >= 0)
            is_server = s->closed_first == s->roles.server;
        end_unanswered(s, end_by(is_server, reset));
        return;
    }
    settle_doubt(s);
    if (s->closed_first < 0)
        s->closed_first = (int8_t)side;
    if (!reset && !is_server)
        return;
    s->ended = true;
    if (!reset)
        is_server = s->closed_first == s->roles.server;
    ending_note(&s->exchange, end_by(is_server, reset), heard_all(s)); /* or the reply is missing */
}

const char *session_waiting(const session *s)
{
    return s->begun ? ending_waiting(&s->exchange) : NULL;
}

bool session_is_over(const session *s)
{
    return !s->raw_is_tls && stream_is_over(&s->streams[0]) && stream_is_over(&s->streams[1]);
}

static void clear_streams(session *s)
{
    held_clear(&s->doubted, s->scope);
    for (int side = 0; side < 2; side++) {
        stream_owner owner = owner_of(s, side);

        stream_clear(&s->streams[side], &owner);
    }
}

void session_free(session *s)
{
    exchange_close(&s->exchange);
    clear_streams(s);
    wmem_free(s->scope, s);
}

void session_note_tls(session *s)
{
    if (s->exchange.greeted && s->exchange.client.mode != CLIENT_IN_TLS)
        s->raw_is_tls = true;
}

/* TLS from the first byte: its handshake is in the capture, and the exchange begins inside it. */
static void begin_inside_tls(session *s)
{
    int8_t hint = s->roles.hint;

    roles_init(&s->roles);
    s->roles.hint = hint;
    s->begun = false;
    s->from_start = true;
}

static void enter_tls(session *s)
{
    s->encrypted = true;
    s->raw_is_tls = true;
    exchange_enter_tls(&s->exchange);
    if (s->roles.server < 0 || s->implicit_tls)
        begin_inside_tls(s);
}

void session_add_ordered(session *s, int side, const span *bytes)
{
    if (!is_readable(s, bytes))
        return;
    exchange_set_frame(&s->exchange, bytes->frame, bytes->time);
    if (bytes->encrypted && !s->encrypted)
        enter_tls(s);
    if (bytes->len > 0)
        read_side(s, side, bytes);
    if (bytes->missing > 0) {
        span hole = *bytes;

        hole.data = NULL;
        hole.kind = SPAN_CUT;
        hole.offset += hole.len;
        read_side(s, side, &hole);
    }
}
