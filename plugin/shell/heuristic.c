/* heuristic.c
 * SMTP on any TCP port and inside TLS.
 *
 * What SMTP looks like is recognise.c's business. Here are the connections: what was heard on
 * each, which is claimed, who is its server, and how the built-in dissector is called so that
 * requests and responses come out right.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "heuristic.h"

#include <string.h>

#include <epan/dissectors/packet-tcp.h>
#include <epan/dissectors/packet-tls-utils.h>
#include <epan/proto_data.h>

#include "catalog.h"
#include "compat.h"
#include "conversation.h"
#include "direction_cache.h"
#include "proxy.h"
#include "recognise.h"
#include "source.h"
#include "tls.h"
#include "tcp.h"

/* The heuristics are registered as SMTP's own, and the handles below are SMTP's too, so each puts
 * the layer 'smtp' on the frame. The call of the built-in dissector must not put it there again:
 * of all public calls only the look-up in a dissector table can leave that out, and of these only
 * the one by GUID leaves match_uint and match_string alone. The table has one entry. */
#define TABLE_NAME "smtp_explain.smtp"
static guid_key table_key;

typedef enum {
    STATE_LISTENING, /* not clear yet */
    STATE_CLAIMED,   /* SMTP */
    STATE_OTHER,     /* not SMTP; never looked at again */
} connection_state;

typedef struct {
    address addr;
    uint32_t port;
    bool has_end; /* end is valid */
    uint32_t end; /* TCP sequence number after the last byte that was kept */
} endpoint;

typedef struct {
    connection_state state;
    recognise_packed *heard; /* NULL once nothing can change the state any more */
    endpoint side[2];        /* side 0 is the one that was heard first */
    unsigned server;         /* the side that is the server; valid if claimed */
    wmem_array_t *earlier;   /* of smtp_explain_earlier; NULL if there are none */
} connection;

/* What a connection is carried by. */
typedef struct {
    const char *list;         /* the heuristic list */
    const char *display_name; /* in Analyze > Enabled Protocols */
    const char *short_name;   /* in preferences and files */
    heur_dissector_t heuristic;
    dissector_t dissector;     /* for connections that are claimed */
    dissector_handle_t handle; /* of dissector */
    wmem_map_t *connections;   /* of conversation_t to connection */
    void (*claim)(conversation_t *conversation, packet_info *pinfo);
    void (*disclaim)(conversation_t *conversation, packet_info *pinfo);
} carrier;

static carrier over_tcp;
static carrier over_tls;

static dissector_table_t smtp_table;
static dissector_handle_t tls_handle;

/* Stands for every connection that isn't SMTP and of which nothing had to be kept. */
static connection not_smtp = { .state = STATE_OTHER };

/* Directions of TCP connections that are not SMTP; their value is &not_smtp if that is known of what a
 * client says before TLS or a PROXY header, too; next is the sequence number of their next byte,
 * as far as they were seen. */
static smtp_explain_direction_cache others;

/* Directions in which a server is still to say its first word, on connections that Wireshark may take for
 * something else by what the client said first. Their values are connections. */
static smtp_explain_direction_cache hidden;
static unsigned hiding; /* how many were put into it, and not taken out */

/* What is kept of the client's first bytes there: a PROXY header, the beginning of TLS. */
#define HIDING_KEPT_MAX 256

static unsigned side_of(const connection *c, const packet_info *pinfo)
{
    return c->side[0].port == pinfo->srcport && addresses_equal(&c->side[0].addr, &pinfo->src) ? 0
                                                                                               : 1;
}

static bool is_from_server(const connection *c, const packet_info *pinfo)
{
    return side_of(c, pinfo) == c->server;
}

/* The built-in dissector takes a segment for a request if its destination port is the port that
 * led to SMTP. That port is made up here, so client and server may have the same. */
static int call_smtp(const connection *c, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                     void *data)
{
    uint32_t match_uint = pinfo->match_uint;
    uint16_t can_desegment = pinfo->can_desegment;
    int len;

    pinfo->match_uint = is_from_server(c, pinfo) ? pinfo->destport + 1 : pinfo->destport;
    /* Each call takes one off; SMTP must find what it finds when it is called directly. */
    pinfo->can_desegment = can_desegment + (can_desegment > 0);
    len = SMTP_EXPLAIN_TRY_GUID(smtp_table, &table_key, tvb, pinfo, tree, false, data);
    pinfo->can_desegment = can_desegment;
    pinfo->match_uint = match_uint;
    return len;
}

static connection *find_connection(const carrier *by, const conversation_t *conversation)
{
    return (connection *)wmem_map_lookup(by->connections, conversation);
}

/* What the handshake tells about a connection whose first bytes, side 0, are in this frame. */
static recognise read_handshake(packet_info *pinfo, const struct tcpinfo *info)
{
    const struct tcp_analysis *tcp = info != NULL ? smtp_explain_conversation_tcp(pinfo) : NULL;
    recognise heard = { .has_acceptor = false };

    if (tcp == NULL || tcp->server_port == 0 || pinfo->srcport == pinfo->destport)
        return heard;
    heard.has_acceptor = true;
    heard.acceptor = tcp->server_port == pinfo->srcport ? 0 : 1;
    return heard;
}

static connection *new_connection(carrier *by, conversation_t *conversation, packet_info *pinfo,
                                  const recognise *heard)
{
    connection *c = wmem_new0(wmem_file_scope(), connection);

    c->heard = recognise_pack(wmem_file_scope(), NULL, heard);
    copy_address_wmem(wmem_file_scope(), &c->side[0].addr, &pinfo->src);
    c->side[0].port = pinfo->srcport;
    wmem_map_insert(by->connections, conversation, c);
    return c;
}

static void stop_listening(connection *c)
{
    wmem_free(wmem_file_scope(), c->heard);
    c->heard = NULL;
}

static void free_earlier(connection *c)
{
    for (unsigned i = 0; c->earlier != NULL && i < wmem_array_get_count(c->earlier); i++)
        wmem_free(wmem_file_scope(),
                  (void *)((smtp_explain_earlier *)wmem_array_index(c->earlier, i))->bytes.data);
    if (c->earlier != NULL)
        wmem_destroy_array(c->earlier);
    c->earlier = NULL;
}

static void forget(carrier *by, conversation_t *conversation, packet_info *pinfo, connection *c)
{
    if (c->state == STATE_CLAIMED)
        by->disclaim(conversation, pinfo);
    c->state = STATE_OTHER;
    stop_listening(c);
    free_earlier(c);
}

/* Keeps a segment that was not dissected. Until it is clear which frame will make it clear,
 * same_side, seq_below and ack_below hold what settle_earlier() turns into their meaning. */
static void keep_earlier(const carrier *by, connection *c, tvbuff_t *tvb, const packet_info *pinfo,
                         const struct tcpinfo *tcp)
{
    uint32_t sent = tvb_reported_length(tvb);
    span bytes =
        smtp_explain_source_span(pinfo, tvb_get_ds_tvb(tvb), (uint32_t)tvb_raw_offset(tvb), sent);

    bytes.data = (const uint8_t *)wmem_memdup(wmem_file_scope(), bytes.data, bytes.len);
    bytes.encrypted = by == &over_tls;
    smtp_explain_earlier segment = {
        .bytes = bytes,
        .same_side = side_of(c, pinfo) == 0,
        .has_seq = tcp != NULL,
        .seq_below = tcp ? tcp->nxtseq - sent : 0,
        .ack_below = tcp ? tcp->lastackseq : 0,
    };
    if (!c->earlier)
        c->earlier = wmem_array_new(wmem_file_scope(), sizeof segment);
    wmem_array_append_one(c->earlier, segment);
}

/* This frame made it clear. TCP's numbers are relative or not, as a preference wants it: their
 * distances are the same. */
static void settle_earlier(connection *c, const packet_info *pinfo, const struct tcpinfo *tcp)
{
    unsigned count = c->earlier ? wmem_array_get_count(c->earlier) : 0;

    for (unsigned i = 0; i < count; i++) {
        smtp_explain_earlier *segment = (smtp_explain_earlier *)wmem_array_index(c->earlier, i);

        segment->same_side = segment->same_side == (side_of(c, pinfo) == 0);
        segment->has_seq = segment->has_seq && tcp;
        if (segment->has_seq) {
            uint32_t seq = segment->same_side ? tcp->seq : tcp->lastackseq;
            uint32_t ack = segment->same_side ? tcp->lastackseq : tcp->seq;

            segment->seq_below = seq - segment->seq_below;
            segment->ack_below = ack - segment->ack_below;
        }
    }
}

/* Where the client's first bytes stand, seen from a segment of the server: both sides begin behind their
 * SYN. */
static void settle_hidden(connection *c, packet_info *pinfo, uint32_t seq, uint32_t ack)
{
    const struct tcp_analysis *tcp = smtp_explain_conversation_tcp(pinfo);
    smtp_explain_earlier *first = (smtp_explain_earlier *)wmem_array_index(c->earlier, 0);

    first->same_side = false;
    first->has_seq = true;
    first->seq_below = ack - (tcp->rev->base_seq + 1);
    first->ack_below = seq - (tcp->fwd->base_seq + 1);
}

static void take_over(carrier *by, conversation_t *conversation, packet_info *pinfo, connection *c,
                      unsigned server)
{
    c->state = STATE_CLAIMED;
    c->server = server;
    by->claim(conversation, pinfo);
}

/* A retransmission says nothing new. */
static bool was_heard(const endpoint *from, const struct tcpinfo *tcp)
{
    return tcp && from->has_end && (int32_t)(tcp->nxtseq - from->end) <= 0;
}

static void keep_heard(connection *c, recognise *heard, unsigned side, const uint8_t *bytes,
                       uint32_t len, const struct tcpinfo *tcp)
{
    recognise_keep(heard, side, bytes, len);
    c->heard = recognise_pack(wmem_file_scope(), c->heard, heard);
    if (tcp) {
        c->side[side].end = tcp->nxtseq;
        c->side[side].has_end = true;
    }
}

/* The client's first bytes may have been kept without TCP's numbers. */
static void settle_first(connection *c, packet_info *pinfo)
{
    smtp_explain_segment segment;

    if (c->earlier == NULL || !is_from_server(c, pinfo) || c->server != 1 ||
        ((smtp_explain_earlier *)wmem_array_index(c->earlier, 0))->bytes.encrypted ||
        ((smtp_explain_earlier *)wmem_array_index(c->earlier, 0))->has_seq)
        return;
    if (smtp_explain_segment_find(pinfo, &segment))
        settle_hidden(c, pinfo, segment.seq, segment.ack);
}

/* Listens to one more segment of a connection on which it isn't clear yet what it is, or whether
 * the claim was right. RECOGNISE_MORE: the same bytes shall come again, with more behind. */
static recognise_result listen_to(carrier *by, conversation_t *conversation, connection *c,
                                  tvbuff_t *tvb, packet_info *pinfo, const struct tcpinfo *tcp)
{
    unsigned side = side_of(c, pinfo);
    uint32_t len = tvb_captured_length(tvb);
    const uint8_t *bytes = tvb_get_ptr(tvb, 0, (int)len);
    recognise_result result;
    recognise heard;

    if (was_heard(&c->side[side], tcp))
        return RECOGNISE_MAYBE;
    recognise_unpack(c->heard, &heard);
    result = recognise_look(&heard, side, bytes, len, catalog_has_code);
    if (result == RECOGNISE_NO || (result == RECOGNISE_UNCLEAR && c->state == STATE_LISTENING)) {
        forget(by, conversation, pinfo, c);
        return result;
    }
    if (c->state == STATE_LISTENING) {
        if (result == RECOGNISE_MORE && pinfo->can_desegment)
            return result;
        if (result == RECOGNISE_SERVER || result == RECOGNISE_CLIENT) {
            take_over(by, conversation, pinfo, c, result == RECOGNISE_SERVER ? side : !side);
            settle_earlier(c, pinfo, tcp);
            settle_first(c, pinfo);
        } else {
            keep_earlier(by, c, tvb, pinfo, tcp);
        }
    }
    keep_heard(c, &heard, side, bytes, len, tcp);
    if (c->state == STATE_CLAIMED && recognise_is_settled(&heard))
        stop_listening(c);
    return result;
}

/* The first bytes of a connection. Most connections end here. */
static connection *meet(carrier *by, conversation_t *conversation, tvbuff_t *tvb,
                        packet_info *pinfo, const struct tcpinfo *tcp)
{
    recognise heard = read_handshake(pinfo, tcp);
    uint32_t len = tvb_captured_length(tvb);

    const uint8_t *bytes = tvb_get_ptr(tvb, 0, (int)len);
    recognise_result result = recognise_look(&heard, 0, bytes, len, catalog_has_code);

    if (result == RECOGNISE_NO || result == RECOGNISE_UNCLEAR) {
        wmem_map_insert(by->connections, conversation, &not_smtp);
        return &not_smtp;
    }
    return new_connection(by, conversation, pinfo, &heard);
}

/* May this visit of this frame teach anything? A packet that an error message quotes may not. */
static bool is_news(const packet_info *pinfo)
{
    return !PINFO_FD_VISITED(pinfo) && !pinfo->flags.in_error_pkt &&
           !smtp_explain_is_damaged(pinfo);
}

/* Does a segment go on where the last one of a connection ended that is not SMTP? Another
 * connection between the same ports doesn't begin there. */
static bool continues_other(const packet_info *pinfo, const struct tcpinfo *tcp)
{
    smtp_explain_direction_entry *entry = smtp_explain_direction_cache_find(&others, pinfo);

    if (entry == NULL || entry->next != tcp->seq)
        return false;
    entry->next = tcp->nxtseq;
    return true;
}

static void remember_other(const packet_info *pinfo, const struct tcpinfo *tcp)
{
    smtp_explain_direction_entry *entry =
        smtp_explain_direction_cache_keep(&others, pinfo, SMTP_EXPLAIN_SENT, NULL);

    if (entry != NULL)
        entry->next = tcp->nxtseq;
}

static bool dissect_heuristic(carrier *by, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                              void *data, const struct tcpinfo *tcp)
{
    conversation_t *conversation = smtp_explain_conversation_get(pinfo);
    connection *c = find_connection(by, conversation);

    if (is_news(pinfo) && tvb_captured_length(tvb) > 0) {
        if (!c)
            c = meet(by, conversation, tvb, pinfo, tcp);
        if (c->heard && listen_to(by, conversation, c, tvb, pinfo, tcp) == RECOGNISE_MORE &&
            c->state == STATE_LISTENING && pinfo->can_desegment) {
            pinfo->desegment_offset = 0;
            pinfo->desegment_len = DESEGMENT_ONE_MORE_SEGMENT;
            return true;
        }
    }
    if (c && tcp) {
        if (c->state == STATE_OTHER)
            remember_other(pinfo, tcp);
        else /* what comes next may be SMTP, too, wherever it begins */
            smtp_explain_direction_cache_forget(&others, pinfo);
    }
    return c && c->state == STATE_CLAIMED && call_smtp(c, tvb, pinfo, tree, data) > 0;
}

static int dissect_claimed(carrier *by, tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                           void *data, const struct tcpinfo *tcp)
{
    conversation_t *conversation = smtp_explain_conversation_get(pinfo);
    connection *c = find_connection(by, conversation);

    if (!c) {
        /* Exported PDUs name this dissector and have no connection. */
        c = &not_smtp;
    }
    if (c->heard && is_news(pinfo) && tvb_captured_length(tvb) > 0)
        listen_to(by, conversation, c, tvb, pinfo, tcp);
    return c->state == STATE_CLAIMED ? call_smtp(c, tvb, pinfo, tree, data) : 0;
}

/* After STARTTLS the built-in dissector gets what is inside TLS directly, and TLS tells it
 * the direction by the server's port: which is no help if the client has the same. */
static void follow_into_tls(packet_info *pinfo)
{
    conversation_t *conversation = smtp_explain_conversation_find(pinfo);

    if (tls_handle && conversation &&
        conversation_get_dissector(conversation, pinfo->num) == tls_handle)
        tls_set_appdata_dissector(tls_handle, pinfo, over_tcp.handle);
}

static smtp_explain_bool dissect_heuristic_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                               void *data)
{
    const struct tcpinfo *tcp = (const struct tcpinfo *)data;

    return !(tcp && continues_other(pinfo, tcp)) &&
           dissect_heuristic(&over_tcp, tvb, pinfo, tree, data, tcp);
}

static smtp_explain_bool dissect_heuristic_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree,
                                               void *data)
{
    return dissect_heuristic(&over_tls, tvb, pinfo, tree, data, NULL);
}

static int dissect_tcp(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    int len = dissect_claimed(&over_tcp, tvb, pinfo, tree, data, (const struct tcpinfo *)data);

    if (is_news(pinfo))
        follow_into_tls(pinfo);
    return len;
}

static int dissect_tls(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data)
{
    return dissect_claimed(&over_tls, tvb, pinfo, tree, data, NULL);
}

static void claim_tcp(conversation_t *conversation, packet_info *pinfo _U_)
{
    /* For the whole conversation: STARTTLS replaces the dissector for the whole of it, and must
     * not find a later entry that wins. */
    conversation_set_dissector(conversation, over_tcp.handle);
}

static void disclaim_tcp(conversation_t *conversation, packet_info *pinfo _U_)
{
    conversation_set_dissector(conversation, NULL);
}

/* The conversation's dissector stays TLS; only what TLS carries is SMTP. */
static void claim_tls(conversation_t *conversation _U_, packet_info *pinfo)
{
    tls_set_appdata_dissector(tls_handle, pinfo, over_tls.handle);
}

static void disclaim_tls(conversation_t *conversation _U_, packet_info *pinfo _U_)
{
    /* TLS keeps its choice. The dissector rejects what it is given, and TLS shows it as data. */
}

static carrier over_tcp = {
    .list = "tcp",
    .display_name = "SMTP on any TCP port",
    .short_name = "smtp_explain_tcp",
    .heuristic = dissect_heuristic_tcp,
    .dissector = dissect_tcp,
    .claim = claim_tcp,
    .disclaim = disclaim_tcp,
};

static carrier over_tls = {
    .list = "tls",
    .display_name = "SMTP inside TLS on any port",
    .short_name = "smtp_explain_tls",
    .heuristic = dissect_heuristic_tls,
    .dissector = dissect_tls,
    .claim = claim_tls,
    .disclaim = disclaim_tls,
};

static void register_carrier(carrier *by, int proto_smtp)
{
    by->connections =
        wmem_map_new_autoreset(wmem_epan_scope(), wmem_file_scope(), g_direct_hash, g_direct_equal);
    by->handle = register_dissector(by->short_name, by->dissector, proto_smtp);
    heur_dissector_add(by->list, by->heuristic, by->display_name, by->short_name, proto_smtp,
                       HEURISTIC_ENABLE);
}

static void forget_others(void)
{
    memset(&others, 0, sizeof others);
    memset(&hidden, 0, sizeof hidden);
    hiding = 0;
}

void smtp_explain_register_heuristic(void)
{
    int proto_smtp = proto_get_id_by_filter_name("smtp");
    dissector_handle_t smtp_handle = find_dissector("smtp");

    if (proto_smtp < 0 || !smtp_handle)
        return;
    smtp_table = register_dissector_table(TABLE_NAME, "SMTP as recognised by smtp_explain",
                                          proto_smtp, FT_GUID, BASE_HEX);
    dissector_add_guid(TABLE_NAME, &table_key, smtp_handle);
    register_carrier(&over_tcp, proto_smtp);
    register_init_routine(forget_others);
    tls_handle = find_dissector("tls");
    if (tls_handle)
        register_carrier(&over_tls, proto_smtp);
}

/* Can a server's greeting follow these first bytes of a client, and Wireshark take the connection for
 * something else by them: TLS, or a PROXY header? */
static bool may_hide(const uint8_t *bytes, uint32_t len)
{
    proxy_header header = { .seen = 0 };
    char client[PROXY_CLIENT_MAX];
    const uint8_t *end = (const uint8_t *)memchr(bytes, '\r', len);
    size_t pos = 0;

    return tls_begins_handshake(bytes, len) == TLS_YES ||
           proxy_read(&header, bytes, len, &pos) == PROXY_YES ||
           (end != NULL && proxy_read_line((const char *)bytes, (size_t)(end - bytes), client));
}

bool smtp_explain_heuristic_knows(const packet_info *pinfo)
{
    const smtp_explain_direction_entry *entry = smtp_explain_direction_cache_find(&others, pinfo);

    return entry != NULL && entry->value == &not_smtp;
}

/* Are these the first bytes of whoever opened the connection? */
static bool are_first(packet_info *pinfo, uint32_t seq)
{
    const struct tcp_analysis *tcp = smtp_explain_conversation_tcp(pinfo);

    return tcp != NULL && tcp->server_port == pinfo->destport && seq == tcp->fwd->base_seq + 1;
}

/* Keeps the first bytes of a client, until its server speaks. */
static void keep_first(connection *c, const span *bytes)
{
    smtp_explain_earlier first = { .bytes = *bytes };

    first.bytes.missing += bytes->len - MIN(bytes->len, HIDING_KEPT_MAX);
    first.bytes.len = MIN(bytes->len, HIDING_KEPT_MAX);
    first.bytes.data =
        (const uint8_t *)wmem_memdup(wmem_file_scope(), bytes->data, first.bytes.len);
    c->earlier = wmem_array_new(wmem_file_scope(), sizeof first);
    wmem_array_append_one(c->earlier, first);
}

void smtp_explain_heuristic_wait(packet_info *pinfo, const span *bytes, uint32_t seq)
{
    static const recognise heard = { .has_acceptor = true, .acceptor = 1 };
    conversation_t *conversation = smtp_explain_conversation_find(pinfo);
    connection *c = conversation != NULL ? find_connection(&over_tcp, conversation) : NULL;

    if (conversation == NULL || (c != NULL && c != &not_smtp) ||
        !may_hide(bytes->data, bytes->len) || !are_first(pinfo, seq)) {
        smtp_explain_direction_entry *other =
            smtp_explain_direction_cache_keep(&others, pinfo, SMTP_EXPLAIN_SENT, &not_smtp);

        if (other != NULL)
            other->next = seq + bytes->len;
        return;
    }
    keep_first(new_connection(&over_tcp, conversation, pinfo, &heard), bytes);
    c = find_connection(&over_tcp, conversation);
    hiding++;
    smtp_explain_direction_cache_keep(&hidden, pinfo, SMTP_EXPLAIN_RECEIVED, c);
}

bool smtp_explain_heuristic_waits(const packet_info *pinfo)
{
    return hiding > 0 && smtp_explain_direction_cache_find(&hidden, pinfo) != NULL;
}

bool smtp_explain_heuristic_overhear(packet_info *pinfo, const span *bytes, uint32_t seq,
                                     uint32_t ack)
{
    smtp_explain_direction_entry *entry =
        bytes->len > 0 ? smtp_explain_direction_cache_find(&hidden, pinfo) : NULL;
    conversation_t *conversation = entry != NULL ? smtp_explain_conversation_find(pinfo) : NULL;
    connection *c = entry != NULL ? (connection *)entry->value : NULL;
    recognise heard;

    if (c == NULL || conversation == NULL)
        return false;
    smtp_explain_direction_cache_forget(&hidden, pinfo);
    hiding--;
    if (find_connection(&over_tcp, conversation) != c || c->state != STATE_LISTENING)
        return false;
    recognise_unpack(c->heard, &heard);
    if (recognise_look(&heard, 1, bytes->data, bytes->len, catalog_has_code) != RECOGNISE_SERVER) {
        forget(&over_tcp, conversation, pinfo, c);
        return false;
    }
    take_over(&over_tcp, conversation, pinfo, c, side_of(c, pinfo));
    settle_hidden(c, pinfo, seq, ack);
    stop_listening(c);
    return true;
}

static const connection *find_claimed(const carrier *by, const conversation_t *conversation)
{
    const connection *c = by->handle ? find_connection(by, conversation) : NULL;

    return c && c->state == STATE_CLAIMED ? c : NULL;
}

bool smtp_explain_heuristic_claim(const conversation_t *conversation, const packet_info *pinfo,
                                  smtp_explain_claim *claim)
{
    const connection *c = find_claimed(&over_tcp, conversation);

    memset(claim, 0, sizeof *claim);
    if (!c)
        c = find_claimed(&over_tls, conversation);
    if (!c)
        return false;
    claim->from_server = is_from_server(c, pinfo);
    if (c->earlier) {
        claim->earlier = (const smtp_explain_earlier *)wmem_array_get_raw(c->earlier);
        claim->count = wmem_array_get_count(c->earlier);
    }
    return true;
}
