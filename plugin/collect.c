/* collect.c
 * First visit of a frame: finds its SMTP bytes, and hands them to the session that they belong to.
 *
 * The bytes are those of the TCP segments, not those that the built-in dissector was given: it
 * never sees a segment that Wireshark takes for a retransmission, even if the original is not in
 * the capture. What comes out of TLS exists only as the built-in dissector's items.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <epan/conversation.h>
#include <epan/dissectors/packet-tcp.h>

#include "heuristic.h"
#include "smtp_explain.h"

#define TCP_HEADER_MIN 20
#define TCP_FLAG_ACK 0x10
#define NS_PER_S INT64_C(1000000000)

static int proto_explain = -1;
static int proto_smtp = -1;
static int proto_tcp = -1;
static int proto_tls = -1;
static int proto_icmp = -1;
static int proto_icmpv6 = -1;
static int hf_tcp_len = -1;

static note_store *store; /* NULL as long as the capture has shown no SMTP */
static uint32_t sessions; /* so far */

/* What the plugin keeps of a conversation. */
typedef struct {
    session *smtp;
    uint32_t number;    /* of the session: 1, 2, ... */
    address first_addr; /* the sender that is side 0 */
    uint32_t first_port;
    bool heard[2]; /* the side has sent SMTP */
} conversation_state;

/* The layers of a frame, as far as they matter here. */
typedef struct {
    bool smtp;
    bool tls;
    bool tcp;
    bool quoted; /* inside an ICMP error */
} frame_layers;

/* A TCP segment. */
typedef struct {
    tvbuff_t *tvb; /* the data source that holds it */
    uint32_t seq;
    uint32_t ack;
    uint32_t payload; /* offset in tvb */
    uint32_t len;     /* of the payload on the wire */
} tcp_segment;

GArray *smtp_explain_collect_init(int proto)
{
    GArray *wanted = g_array_new(FALSE, FALSE, sizeof(int));

    proto_explain = proto;
    proto_smtp = proto_get_id_by_filter_name("smtp");
    proto_tcp = proto_get_id_by_filter_name("tcp");
    proto_tls = proto_get_id_by_filter_name("tls");
    proto_icmp = proto_get_id_by_filter_name("icmp");
    proto_icmpv6 = proto_get_id_by_filter_name("icmpv6");
    hf_tcp_len = proto_registrar_get_id_byname("tcp.len");
    g_array_append_val(wanted, proto_smtp);
    g_array_append_val(wanted, proto_tcp);
    g_array_append_val(wanted, hf_tcp_len);
    return wanted;
}

void smtp_explain_collect_reset(void)
{
    store = NULL; /* it lives in the file scope, which is left now */
    sessions = 0;
}

static frame_layers look_at_layers(const packet_info *pinfo)
{
    frame_layers layers = { false, false, false, false };
    wmem_list_frame_t *layer;

    for (layer = wmem_list_head(pinfo->layers); layer != NULL;
         layer = wmem_list_frame_next(layer)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(layer));

        layers.tcp |= proto == proto_tcp;
        layers.smtp |= proto == proto_smtp;
        layers.tls |= proto == proto_tls;
        layers.quoted |= proto == proto_icmp || proto == proto_icmpv6;
    }
    return layers;
}

static conversation_state *find_state(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    if (conversation == NULL)
        return NULL;
    return (conversation_state *)conversation_get_proto_data(conversation, proto_explain);
}

static int side_of(const conversation_state *state, const packet_info *pinfo)
{
    return pinfo->srcport == state->first_port && addresses_equal(&pinfo->src, &state->first_addr)
               ? 0
               : 1;
}

/* TCP ports that are the server's by convention. */
static bool is_server_port(uint32_t port)
{
    return port == 25 || port == 465 || port == 587;
}

/* Says which side is probably the server: who accepted the connection, or who has the port. */
static void hint_server(conversation_state *state, packet_info *pinfo, uint32_t accepting_port)
{
    bool from, to;

    if (pinfo->srcport == pinfo->destport)
        return;
    from = accepting_port != 0 ? pinfo->srcport == accepting_port : is_server_port(pinfo->srcport);
    to = accepting_port != 0 ? pinfo->destport == accepting_port : is_server_port(pinfo->destport);
    if (from != to)
        session_hint_server(state->smtp, from ? side_of(state, pinfo) : !side_of(state, pinfo));
}

static conversation_state *make_state(packet_info *pinfo)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    conversation_state *state = wmem_new0(wmem_file_scope(), conversation_state);

    if (store == NULL)
        store = note_store_new(wmem_file_scope());
    state->smtp = session_new(wmem_file_scope(), store);
    state->number = ++sessions;
    copy_address_wmem(wmem_file_scope(), &state->first_addr, &pinfo->src);
    state->first_port = pinfo->srcport;
    conversation_add_proto_data(conversation, proto_explain, state);
    return state;
}

uint8_t smtp_explain_source_index(const packet_info *pinfo, const tvbuff_t *ds_tvb)
{
    uint8_t index = 0;

    for (const GSList *item = pinfo->data_src; item != NULL; item = item->next, index++) {
        if (get_data_source_tvb((const struct data_source *)item->data) == ds_tvb)
            return index;
    }
    return 0;
}

/* The bytes from start on of a data source, len of them on the wire. */
static chunk make_chunk(const packet_info *pinfo, tvbuff_t *ds_tvb, uint32_t start, uint32_t len)
{
    uint32_t there = tvb_captured_length(ds_tvb);
    chunk bytes = { 0 };

    bytes.len = start < there ? MIN(len, there - start) : 0;
    bytes.missing = len - bytes.len;
    bytes.data = bytes.len > 0 ? tvb_get_ptr(ds_tvb, (int)start, (int)bytes.len) : NULL;
    bytes.offset = start;
    bytes.source = smtp_explain_source_index(pinfo, ds_tvb);
    bytes.frame = pinfo->num;
    bytes.time = (int64_t)pinfo->abs_ts.secs * NS_PER_S + pinfo->abs_ts.nsecs;
    return bytes;
}

static field_info *last_of(proto_tree *tree, int hf)
{
    GPtrArray *items = proto_get_finfo_ptr_array(tree, hf);

    if (items == NULL || items->len == 0)
        return NULL;
    return (field_info *)g_ptr_array_index(items, items->len - 1);
}

/* The frame's TCP segment. False if its header isn't there, or if it acknowledges nothing, as only
 * a SYN or RST does. */
static bool find_segment(proto_tree *tree, tcp_segment *segment)
{
    const field_info *header = last_of(tree, proto_tcp);
    field_info *len = last_of(tree, hf_tcp_len);

    if (header == NULL || len == NULL)
        return false;
    segment->tvb = header->ds_tvb;
    if (!tvb_bytes_exist(segment->tvb, header->start, TCP_HEADER_MIN) ||
        !(SMTP_EXPLAIN_GET_UINT8(segment->tvb, header->start + 13) & TCP_FLAG_ACK))
        return false;
    segment->seq = tvb_get_ntohl(segment->tvb, header->start + 4);
    segment->ack = tvb_get_ntohl(segment->tvb, header->start + 8);
    segment->payload = (uint32_t)header->start +
                       (SMTP_EXPLAIN_GET_UINT8(segment->tvb, header->start + 12) >> 4) * 4u;
    segment->len = SMTP_EXPLAIN_FIELD_UINT(len);
    return true;
}

static bool is_reassembled(const tcp_segment *segment, const field_info *pdu)
{
    return pdu != NULL && pdu->ds_tvb != segment->tvb && pdu->length > 0;
}

/* The first SMTP of a side may be put together from segments that came before it. */
static void add_reassembled(const packet_info *pinfo, conversation_state *state,
                            const tcp_segment *segment, const field_info *pdu)
{
    uint32_t end = segment->seq + segment->len;

    if (!is_reassembled(segment, pdu))
        return;
    chunk bytes = make_chunk(pinfo, pdu->ds_tvb, (uint32_t)pdu->start, (uint32_t)pdu->length);
    session_add_segment(state->smtp, side_of(state, pinfo), end - (uint32_t)pdu->length,
                        segment->ack, &bytes);
}

/* What was sent before the heuristic was sure that this is SMTP. now is NULL inside TLS. */
static void add_earlier(packet_info *pinfo, conversation_state *state, const tcp_segment *now)
{
    unsigned count;
    const smtp_explain_earlier *earlier = smtp_explain_heuristic_earlier(pinfo, &count);

    for (unsigned i = 0; i < count; i++) {
        bool same = earlier[i].same_side;
        int side = same ? side_of(state, pinfo) : !side_of(state, pinfo);

        if (now != NULL && earlier[i].has_seq)
            session_add_segment(
                state->smtp, side, (same ? now->seq : now->ack) - earlier[i].seq_below,
                (same ? now->ack : now->seq) - earlier[i].ack_below, &earlier[i].bytes);
        else
            session_add_ordered(state->smtp, side, &earlier[i].bytes);
        state->heard[side] = true;
    }
}

/* The sequence number of the first SMTP byte that the sender of this frame sent, as far as is
 * known now: in this frame, or in one that it was put together from, or in an earlier one. */
static uint32_t first_byte(packet_info *pinfo, const tcp_segment *segment, const field_info *pdu)
{
    unsigned count;
    const smtp_explain_earlier *earlier = smtp_explain_heuristic_earlier(pinfo, &count);

    for (unsigned i = 0; i < count; i++) {
        if (earlier[i].same_side && earlier[i].has_seq)
            return segment->seq - earlier[i].seq_below;
    }
    return is_reassembled(segment, pdu) ? segment->seq + segment->len - (uint32_t)pdu->length
                                        : segment->seq;
}

/* The TCP handshake, if it is in the capture: where both sides begin, and who accepted. */
static void hint_handshake(packet_info *pinfo, conversation_state *state,
                           const tcp_segment *segment, const field_info *pdu)
{
    struct tcp_analysis *tcp = get_tcp_conversation_data(find_conversation_pinfo(pinfo, 0), pinfo);
    int side = side_of(state, pinfo);
    uint32_t starts[2];

    if (tcp == NULL)
        return;
    hint_server(state, pinfo, tcp->server_port);
    starts[side] = tcp->fwd->base_seq + 1;
    starts[!side] = tcp->rev->base_seq + 1;
    /* inside a proxy's tunnel SMTP doesn't begin where TCP does */
    if (tcp->server_port != 0 && first_byte(pinfo, segment, pdu) == starts[side])
        session_hint_start(state->smtp, starts);
}

static void add_segment(packet_info *pinfo, proto_tree *tree, conversation_state *state,
                        const tcp_segment *segment, bool is_new)
{
    const field_info *pdu = last_of(tree, proto_smtp);
    bool *heard = &state->heard[side_of(state, pinfo)];

    if (is_new) {
        hint_handshake(pinfo, state, segment, pdu);
        add_earlier(pinfo, state, segment);
    }
    if (pdu != NULL && !*heard)
        add_reassembled(pinfo, state, segment, pdu);
    *heard |= pdu != NULL;
    chunk bytes = make_chunk(pinfo, segment->tvb, segment->payload, segment->len);
    session_add_segment(state->smtp, side_of(state, pinfo), segment->seq, segment->ack, &bytes);
}

/* Whatever the built-in dissector was given, in order. */
static void add_items(packet_info *pinfo, proto_tree *tree, conversation_state *state,
                      bool encrypted)
{
    GPtrArray *items = proto_get_finfo_ptr_array(tree, proto_smtp);

    for (unsigned i = 0; items != NULL && i < items->len; i++) {
        const field_info *pdu = (const field_info *)g_ptr_array_index(items, i);
        chunk bytes = make_chunk(pinfo, pdu->ds_tvb, (uint32_t)pdu->start, (uint32_t)pdu->length);

        bytes.encrypted = encrypted;
        session_add_ordered(state->smtp, side_of(state, pinfo), &bytes);
    }
}

/* First visit of a frame: hands its bytes to the session that they belong to, which is returned;
 * NULL if they belong to none. */
static conversation_state *learn(packet_info *pinfo, proto_tree *tree, const frame_layers *layers)
{
    bool in_order = layers->tls || !layers->tcp;
    conversation_state *state;
    tcp_segment segment = { 0 };
    bool is_new;

    if (!in_order && !find_segment(tree, &segment))
        return NULL;
    state = find_state(pinfo);
    is_new = state == NULL;
    if (is_new && !layers->smtp)
        return NULL;
    if (is_new)
        state = make_state(pinfo);
    if (!in_order) {
        add_segment(pinfo, tree, state, &segment, is_new);
    } else if (layers->smtp) {
        if (is_new)
            add_earlier(pinfo, state, NULL);
        add_items(pinfo, tree, state, layers->tls);
    } else {
        session_note_tls(state->smtp);
    }
    return state;
}

bool smtp_explain_collect(packet_info *pinfo, proto_tree *tree, smtp_explain_frame *frame)
{
    frame_layers layers = look_at_layers(pinfo);
    conversation_state *state;

    if (layers.quoted || !(layers.smtp || (store != NULL && layers.tcp)))
        return false;
    state = PINFO_FD_VISITED(pinfo) ? find_state(pinfo) : learn(pinfo, tree, &layers);
    if (state == NULL)
        return false;
    frame->notes = note_store_find(store, pinfo->num);
    frame->session_number = state->number;
    frame->authenticated_in = layers.smtp ? session_authenticated_in(state->smtp, pinfo->num) : 0;
    return frame->notes != NULL || frame->authenticated_in != 0;
}
