/* collect.c
 * First visit of a frame: finds its SMTP bytes, and hands them to the session that they belong to.
 *
 * The bytes are those of the TCP segments, not those that the built-in dissector was given: it
 * never sees a segment that Wireshark takes for a retransmission, even if the original is not in
 * the capture. What comes out of TLS is in order already.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <epan/conversation.h>
#include <epan/dissectors/packet-tcp.h>

#include "connection.h"
#include "conversation.h"
#include "finding.h"
#include "heuristic.h"
#include "roles.h"
#include "shell.h"
#include "source.h"
#include "tcp.h"
#include "tls.h"

static int proto_smtp = -1;
static int proto_tcp = -1;
static int proto_tls = -1;
static int proto_proxy = -1;
static int proto_icmp = -1;
static int proto_icmpv6 = -1;

static note_store *store; /* NULL as long as the capture has shown no SMTP */
static const smtp_explain_preferences *wanted;

/* The layers of a frame, as far as they matter here. */
typedef struct {
    bool smtp;
    bool tls;
    uint8_t tcp; /* how many: some frames hold several segments */
    bool quoted; /* inside an ICMP error */
} frame_layers;

/* What is known of a connection before its first SMTP is read. */
typedef struct {
    conversation_t *conversation;
    const struct tcp_analysis *tcp; /* NULL: there is no TCP */
    bool claimed;                   /* the heuristic found out that this is SMTP */
    smtp_explain_claim claim;       /* all zero if it didn't */
} first_contact;

void smtp_explain_collect_init(int proto)
{
    proto_smtp = proto_get_id_by_filter_name("smtp");
    proto_tcp = proto_get_id_by_filter_name("tcp");
    proto_tls = proto_get_id_by_filter_name("tls");
    proto_proxy = proto_get_id_by_filter_name("proxy");
    proto_icmp = proto_get_id_by_filter_name("icmp");
    proto_icmpv6 = proto_get_id_by_filter_name("icmpv6");
    smtp_explain_connection_init(proto);
    smtp_explain_source_init();
}

void smtp_explain_collect_reset(const smtp_explain_preferences *preferences)
{
    wanted = preferences;
    store = NULL; /* it lives in the file scope, which is left now */
    smtp_explain_connection_reset();
}

static frame_layers look_at_layers(const packet_info *pinfo)
{
    frame_layers layers = { 0 };
    wmem_list_frame_t *layer;

    for (layer = wmem_list_head(pinfo->layers); layer != NULL;
         layer = wmem_list_frame_next(layer)) {
        int proto = GPOINTER_TO_INT(wmem_list_frame_data(layer));

        layers.tcp += proto == proto_tcp;
        layers.smtp |= proto == proto_smtp;
        layers.tls |= proto == proto_tls;
        layers.quoted |= proto == proto_icmp || proto == proto_icmpv6;
    }
    return layers;
}

/* Finds out what there is to know. */
static first_contact meet(packet_info *pinfo, const frame_layers *layers)
{
    first_contact contact = { .conversation = smtp_explain_conversation_get(pinfo) };

    if (layers->tcp > 0)
        contact.tcp = get_tcp_conversation_data(contact.conversation, pinfo);
    contact.claimed = smtp_explain_heuristic_claim(contact.conversation, pinfo, &contact.claim);
    return contact;
}

/* Is this port, of the frame's sender or its receiver, that of the server: did it accept the
 * connection, or, if the capture doesn't show that, is it a server's by convention? */
static bool has_server_port(const first_contact *contact, uint32_t port)
{
    uint32_t accepting = contact->tcp != NULL ? contact->tcp->server_port : 0;

    return accepting != 0 ? port == accepting : roles_is_server_port(port);
}

/* Says which side is probably the server. The heuristic knows by what it heard, others guess. */
static void hint_server(const packet_info *pinfo, smtp_explain_connection *state,
                        const first_contact *contact)
{
    int side = smtp_explain_connection_side(state, pinfo);
    bool from =
        contact->claimed ? contact->claim.from_server : has_server_port(contact, pinfo->srcport);
    bool to = contact->claimed ? !from : has_server_port(contact, pinfo->destport);

    if (from != to)
        session_hint_server(state->smtp, from ? side : !side,
                            (uint16_t)(from ? pinfo->srcport : pinfo->destport));
}

/* What was sent before the heuristic was sure that this is SMTP. segment is NULL inside TLS. */
static void add_earlier(const packet_info *pinfo, smtp_explain_connection *state,
                        const smtp_explain_claim *claim, const smtp_explain_segment *segment)
{
    int sender = smtp_explain_connection_side(state, pinfo);

    session_read_in(state->smtp, pinfo->num);
    for (unsigned i = 0; i < claim->count; i++) {
        const smtp_explain_earlier *earlier = &claim->earlier[i];
        bool same = earlier->same_side;
        int side = same ? sender : !sender;

        if (segment != NULL && earlier->has_seq)
            session_add_segment(
                state->smtp, side, (same ? segment->seq : segment->ack) - earlier->seq_below,
                (same ? segment->ack : segment->seq) - earlier->ack_below, &earlier->bytes);
        else
            session_add_ordered(state->smtp, side, &earlier->bytes);
        state->heard[side] = true;
    }
    session_read_in(state->smtp, 0);
}

/* The sequence number of the first SMTP byte that the sender of this frame sent, as far as is
 * known now: in this frame, or in one that it was put together from, or in an earlier one. */
static uint32_t first_byte(const smtp_explain_claim *claim, const smtp_explain_segment *segment,
                           const span *whole)
{
    for (unsigned i = 0; i < claim->count; i++)
        if (claim->earlier[i].same_side && claim->earlier[i].has_seq)
            return segment->seq - claim->earlier[i].seq_below;
    return segment->seq + segment->len - (whole->len + whole->missing);
}

/* If the TCP handshake is in the capture: where both sides begin. Inside a proxy's tunnel SMTP doesn't
 * begin where TCP does. */
static void hint_start(const packet_info *pinfo, smtp_explain_connection *state,
                       const first_contact *contact, const smtp_explain_segment *segment,
                       const span *whole)
{
    const struct tcp_analysis *tcp = contact->tcp;
    int side = smtp_explain_connection_side(state, pinfo);
    uint32_t starts[2];

    if (tcp == NULL || tcp->server_port == 0)
        return;
    if (segment->syn && !segment->has_ack) /* the other side's SYN is still to come */
        return;
    starts[side] = tcp->fwd->base_seq + 1;
    starts[!side] = tcp->rev->base_seq + 1;
    if (first_byte(&contact->claim, segment, whole) == starts[side])
        session_hint_start(state->smtp, starts,
                           tcp->ts_first.secs * NS_PER_S + tcp->ts_first.nsecs);
}

/* The frame in which something begins that TCP put together, by its sequence number; 0 if that
 * isn't known. */
static uint32_t first_frame_of(packet_info *pinfo, uint32_t seq)
{
    const struct tcp_analysis *tcp = smtp_explain_conversation_tcp(pinfo);
    const uint32_t keys[] = { seq, seq - tcp->fwd->base_seq }; /* a preference says which */

    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        const struct tcp_multisegment_pdu *pdu =
            (const struct tcp_multisegment_pdu *)wmem_tree_lookup32(tcp->fwd->multisegment_pdus,
                                                                    keys[i]);

        if (pdu != NULL)
            return pdu->first_frame;
    }
    return 0;
}

/* The first SMTP of a side may be put together from segments that came before it. */
static void add_first(packet_info *pinfo, smtp_explain_connection *state,
                      const first_contact *contact, const smtp_explain_segment *segment, int side,
                      const span *payload)
{
    span whole = *payload;
    bool reassembled = smtp_explain_source_reassembled(pinfo, payload, NULL, &whole);

    if (contact != NULL) {
        hint_start(pinfo, state, contact, segment, &whole);
        add_earlier(pinfo, state, &contact->claim, segment);
    }
    if (reassembled && !state->heard[side]) {
        uint32_t seq = segment->seq + segment->len - whole.len;

        whole.began = first_frame_of(pinfo, seq);
        session_add_segment(state->smtp, side, seq, segment->ack, &whole);
    }
    state->heard[side] = true;
}

static void add_segment(packet_info *pinfo, const frame_layers *layers,
                        smtp_explain_connection *state, const first_contact *contact,
                        const smtp_explain_segment *segment, const numbers_segment *found)
{
    const span *payload = found->bytes;
    int side = found->side;

    if (segment->syn)
        session_note_syn(state->smtp, side, segment->seq);
    if (contact != NULL || (layers->smtp && !layers->tls && !state->heard[side]))
        add_first(pinfo, state, contact, segment, side, payload);
    if (layers->tls) /* whatever comes out of TLS is read from the first byte on */
        state->heard[0] = state->heard[1] = true;
    if (segment->has_ack)
        session_add_segment(state->smtp, side, segment->seq, segment->ack, payload);
    else if (segment->syn)
        session_add_first(state->smtp, side, segment->seq, payload);
    else
        session_note_segment(state->smtp, side, segment->seq, payload);
    if (segment->fin && segment->has_ack)
        session_end_side(state->smtp, side, segment->seq + segment->len);
    if (segment->fin || segment->rst)
        session_close_side(state->smtp, side, segment->rst);
    if (session_is_over(state->smtp))
        smtp_explain_connection_close(state);
}

/* Do the last bytes of what was put together consist of all of these, with others before them? */
static bool is_made_of(const span *whole, wmem_array_t *bytes, unsigned count)
{
    uint32_t left = whole->len;

    for (unsigned i = count; i > 0; i--) {
        const span *part = (const span *)wmem_array_index(bytes, i - 1);

        if (part->len > left || memcmp(whole->data + left - part->len, part->data, part->len) != 0)
            return false;
        left -= part->len;
    }
    return left > 0;
}

/* How many of the bytes, from the first on, did the first SMTP of a session become whole with, that
 * had begun in an earlier frame? 0 if there is no such thing. */
static unsigned find_reassembled(const packet_info *pinfo, wmem_array_t *bytes, span *whole)
{
    for (unsigned count = wmem_array_get_count(bytes); count > 0; count--) {
        const span *tail = (const span *)wmem_array_index(bytes, count - 1);

        if (smtp_explain_source_reassembled(pinfo, tail, bytes, whole) &&
            is_made_of(whole, bytes, count))
            return count;
    }
    return 0;
}

/* What is in order without our help: nothing, if it is TLS that is not decrypted. */
static void add_ordered(packet_info *pinfo, smtp_explain_connection *state,
                        const first_contact *contact, bool tls)
{
    wmem_array_t *bytes =
        tls ? smtp_explain_source_decrypted(pinfo) : smtp_explain_source_bare(pinfo);
    int side = smtp_explain_connection_side(state, pinfo);
    unsigned next = 0;
    span whole;

    if (contact != NULL)
        add_earlier(pinfo, state, &contact->claim, NULL);
    if (!state->heard[side])
        next = find_reassembled(pinfo, bytes, &whole);
    if (next > 0)
        session_add_ordered(state->smtp, side, &whole);
    for (; next < wmem_array_get_count(bytes); next++)
        session_add_ordered(state->smtp, side, (const span *)wmem_array_index(bytes, next));
    state->heard[side] |= wmem_array_get_count(bytes) > 0;
}

/* Is there what Wireshark takes for the end of a line, or nothing to wait for since the snap length
 * cut it off? A CR alone is one, too, once it is clear that no LF follows. */
static bool ends_line(const span *bytes)
{
    if (bytes->missing > 0)
        return true;
    return bytes->len > 0 && (memchr(bytes->data, '\n', bytes->len) != NULL ||
                              memchr(bytes->data, '\r', bytes->len - 1) != NULL);
}

/* The same of what came out of TLS */
static bool ends_line_in_tls(packet_info *pinfo)
{
    wmem_array_t *bytes = smtp_explain_source_decrypted(pinfo);

    for (unsigned i = 0; i < wmem_array_get_count(bytes); i++)
        if (ends_line((const span *)wmem_array_index(bytes, i)))
            return true;
    return false;
}

/* Is the frame one of a connection to a port of SMTP's, whatever Wireshark takes it for? */
static bool is_smtp_port(const packet_info *pinfo)
{
    return roles_is_server_port(pinfo->destport) || roles_is_server_port(pinfo->srcport);
}

/* Do the first bytes of a connection to such a port begin a session although Wireshark sees no SMTP in them:
 * TLS, or clear text where it expects TLS? */
static bool begins_unseen(const span *payload, bool tls)
{
    return payload->len > 0 && (tls_begins_handshake(payload->data, payload->len) == TLS_YES ||
                                (tls && g_ascii_isalnum(payload->data[0])));
}

/* Does a session begin with this frame? Of bytes without a whole line the SMTP dissector shows
 * nothing but asks for more, and gets them together with what follows. Then Wireshark takes its
 * layer away again, but only if there is a tree. payload: of its TCP segment, NULL if it has none. */
static bool begins_session(packet_info *pinfo, const frame_layers *layers, bool has_tree,
                           const span *payload)
{
    if (payload != NULL && is_smtp_port(pinfo) && begins_unseen(payload, layers->tls))
        return true;
    if (payload != NULL && (layers->tls || !layers->smtp))
        return false;
    if (!layers->smtp || has_tree)
        return layers->smtp;
    if (layers->tls)
        return ends_line_in_tls(pinfo);
    return payload == NULL || ends_line(payload);
}

/* A session ends: what waited in it for missing bytes is of this frame. No login outlives it. */
static void end_session(const packet_info *pinfo, smtp_explain_connection *state,
                        const span *payload)
{
    session_finish(state->smtp, payload);
    login_end(&state->logins, pinfo->num);
    smtp_explain_connection_close(state);
}

/* Finds the frame's segment, if it has one that may belong to a session. A SYN may have begun another
 * one, and ended that which its ports had. */
static bool find_segment(packet_info *pinfo, smtp_explain_segment *segment,
                         smtp_explain_connection **state)
{
    smtp_explain_connection *last = *state;

    if (!smtp_explain_segment_find(pinfo, segment))
        return false;
    if (segment->syn) {
        smtp_explain_connection_renew(pinfo);
        *state = smtp_explain_connection_find_next(pinfo);
    }
    if (last != NULL && last != *state && last->smtp != NULL) {
        const span payload = smtp_explain_segment_payload(pinfo, segment);

        end_session(pinfo, last, &payload);
    }
    return segment->has_ack || segment->rst || segment->len > 0;
}

/* Makes the state of a connection on which a session begins. */
static smtp_explain_connection *open_connection(packet_info *pinfo, const first_contact *contact)
{
    smtp_explain_connection *state;

    if (store == NULL) {
        store = note_store_new(wmem_file_scope(), finding_judge);
        note_store_keep_users(store, wanted->show_user);
        if (wanted->slow_reply > 0)
            note_store_set_slow(store, wanted->slow_reply * NS_PER_S);
    }
    state = smtp_explain_connection_new(pinfo, contact->conversation, store);
    hint_server(pinfo, state, contact);
    return state;
}

/* Begins the next session of a connection, whose last one is over. */
static void reopen_connection(packet_info *pinfo, const frame_layers *layers,
                              smtp_explain_connection *state)
{
    first_contact again = meet(pinfo, layers);

    smtp_explain_connection_reopen(state, store, pinfo->num);
    hint_server(pinfo, state, &again);
}

/* Does a segment that seems to belong to the old session belong to that whose SYN with ACK was seen? */
static bool follows_syn(const smtp_explain_connection *state, const numbers_segment *segment)
{
    return state->has_next_start && segment->bytes->len > 0 &&
           segment->seq - state->next_start[segment->side] < NUMBERS_NEAR &&
           segment->ack - state->next_start[!segment->side] < NUMBERS_NEAR;
}

/* A segment begins another session between the same ports. */
static void begin_next_session(packet_info *pinfo, const frame_layers *layers,
                               smtp_explain_connection *state, const numbers_segment *segment)
{
    uint32_t starts[2];
    bool from_start = true;

    starts[segment->side] = segment->seq;
    starts[!segment->side] = segment->ack;
    if (follows_syn(state, segment))
        memcpy(starts, state->next_start, sizeof starts);
    else
        from_start = segment->has_ack && (segment->syn || numbers_greets(segment));
    if (state->smtp != NULL)
        end_session(pinfo, state, segment->bytes);
    reopen_connection(pinfo, layers, state);
    if (from_start)
        session_hint_start(state->smtp, starts, 0); /* nobody saw when it was opened */
}

/* Does a segment that may not be what comes next go on with the connection's session, or begin another? */
static bool settle_session(packet_info *pinfo, const frame_layers *layers,
                           smtp_explain_connection *state, const numbers_segment *segment)
{
    const numbers seen = smtp_explain_connection_numbers(state);
    numbers_verdict judged = numbers_judge(&seen, segment);

    if (judged == NUMBERS_STRAY && segment->syn && segment->has_ack) {
        state->next_start[segment->side] = segment->seq;
        state->next_start[!segment->side] = segment->ack;
        state->has_next_start = true;
    }
    if (judged == NUMBERS_OTHER || (judged == NUMBERS_FIT && follows_syn(state, segment)))
        begin_next_session(pinfo, layers, state, segment);
    return judged != NUMBERS_STRAY && state->smtp != NULL;
}

/* Does the segment belong to the session that the connection has now? */
static bool belongs_to_session(packet_info *pinfo, const frame_layers *layers,
                               smtp_explain_connection *state, const numbers_segment *segment)
{
    if (state->smtp != NULL && segment->has_ack && !state->has_next_start &&
        session_expects(state->smtp, segment->side, segment->seq, segment->ack))
        return true;
    return settle_session(pinfo, layers, state, segment);
}

/* One of the frame's segments: hands its bytes to the session that they belong to. *state: that of its
 * connection, NULL if it has none yet. */
static void learn_segment(packet_info *pinfo, const frame_layers *layers, bool has_tree,
                          const smtp_explain_segment *segment, smtp_explain_connection **state)
{
    const span payload = smtp_explain_segment_payload(pinfo, segment);
    const first_contact *contact = NULL; /* NULL: the connection is known */
    first_contact met;

    if (segment->damaged)
        return;
    if (*state == NULL) {
        if (!begins_session(pinfo, layers, has_tree, &payload))
            return;
        met = meet(pinfo, layers);
        contact = &met;
        *state = open_connection(pinfo, contact);
    }
    const numbers_segment found = {
        .side = smtp_explain_connection_side(*state, pinfo),
        .seq = segment->seq,
        .ack = segment->ack,
        .bytes = &payload,
        .has_ack = segment->has_ack,
        .syn = segment->syn,
        .rst = segment->rst,
    };
    if (!belongs_to_session(pinfo, layers, *state, &found))
        return;
    if (layers->tls && tls_begins_record(payload.data, payload.len) == TLS_YES)
        session_note_tls((*state)->smtp);
    add_segment(pinfo, layers, *state, contact, segment, &found);
}

/* First visit of a frame with TCP segments. */
static smtp_explain_connection *learn_segments(packet_info *pinfo, const frame_layers *layers,
                                               bool has_tree, smtp_explain_connection *state)
{
    smtp_explain_connection *before = state;
    smtp_explain_segment segment;

    if (!find_segment(pinfo, &segment, &state))
        return before;
    learn_segment(pinfo, layers, has_tree, &segment, &state);
    for (int i = 1; i < layers->tcp && smtp_explain_segment_next(pinfo, &segment); i++)
        learn_segment(pinfo, layers, has_tree, &segment, &state);
    return state != NULL ? state : before;
}

/* What is in order without our help: out of TLS, or of a capture without TCP. */
static smtp_explain_connection *learn_ordered(packet_info *pinfo, const frame_layers *layers,
                                              bool has_tree, smtp_explain_connection *state)
{
    const first_contact *contact = NULL; /* NULL: the connection is known */
    first_contact met;

    if (layers->tls && wmem_array_get_count(smtp_explain_source_decrypted(pinfo)) == 0)
        return state;
    if (state == NULL) {
        if (!begins_session(pinfo, layers, has_tree, NULL))
            return NULL;
        met = meet(pinfo, layers);
        contact = &met;
        state = open_connection(pinfo, contact);
    }
    if (state->smtp == NULL)
        reopen_connection(pinfo, layers, state);
    add_ordered(pinfo, state, contact, layers->tls);
    return state;
}

/* Is the frame one that Wireshark takes for what may come before SMTP? */
static bool may_precede(const packet_info *pinfo)
{
    return wmem_list_find(pinfo->layers, GINT_TO_POINTER(proto_tls)) != NULL ||
           wmem_list_find(pinfo->layers, GINT_TO_POINTER(proto_proxy)) != NULL;
}

/* Remembers a client that may speak to an SMTP server all the same. */
static void wait_for_server(packet_info *pinfo)
{
    smtp_explain_segment segment;

    if (PINFO_FD_VISITED(pinfo) || !smtp_explain_segment_find(pinfo, &segment) || segment.len == 0)
        return;
    const span payload = smtp_explain_segment_payload(pinfo, &segment);
    if (payload.len > 0)
        smtp_explain_heuristic_wait(pinfo, &payload, segment.seq);
}

/* Is this a greeting on a connection that Wireshark has taken for something else? */
static bool overhear(packet_info *pinfo, const frame_layers *layers)
{
    smtp_explain_segment segment;

    if (layers->tcp == 0 || !smtp_explain_segment_find(pinfo, &segment))
        return false;
    const span payload = smtp_explain_segment_payload(pinfo, &segment);
    return smtp_explain_heuristic_overhear(pinfo, &payload, segment.seq, segment.ack);
}

/* First visit of a frame: hands its bytes to the session that they belong to, which is returned;
 * NULL if they belong to none. */
static smtp_explain_connection *learn(packet_info *pinfo, const frame_layers *layers, bool has_tree)
{
    static const frame_layers greeted = { .smtp = true, .tcp = 1 };
    smtp_explain_connection *state = smtp_explain_connection_find_next(pinfo);

    if (state == NULL && smtp_explain_heuristic_waits(pinfo) && overhear(pinfo, layers))
        return learn_segments(pinfo, &greeted, has_tree, NULL);
    if (state == NULL && !layers->smtp && !is_smtp_port(pinfo)) {
        if (may_precede(pinfo) && !smtp_explain_heuristic_knows(pinfo))
            wait_for_server(pinfo);
        return NULL;
    }
    if (layers->tls || layers->tcp == 0)
        state = learn_ordered(pinfo, layers, has_tree, state);
    return layers->tcp > 0 ? learn_segments(pinfo, layers, has_tree, state) : state;
}

bool smtp_explain_collect(packet_info *pinfo, bool has_tree, smtp_explain_frame *frame)
{
    static const note_list none = { 0 };
    bool visited = PINFO_FD_VISITED(pinfo);
    smtp_explain_connection *state;
    frame_layers layers;

    /* the quickest way out, for captures without SMTP */
    if (store == NULL && wmem_list_find(pinfo->layers, GINT_TO_POINTER(proto_smtp)) == NULL &&
        !is_smtp_port(pinfo) && !smtp_explain_heuristic_waits(pinfo)) {
        if (may_precede(pinfo) && !smtp_explain_heuristic_knows(pinfo))
            wait_for_server(pinfo);
        return false;
    }
    layers = look_at_layers(pinfo);
    if (layers.quoted || !(layers.smtp || layers.tcp > 0))
        return false;
    state = visited ? smtp_explain_connection_find(pinfo) : learn(pinfo, &layers, has_tree);
    if (state == NULL)
        return false;
    frame->replies =
        visited ? note_store_replies(store, pinfo->num) : note_store_new_replies(store, pinfo->num);
    frame->commands = visited ? note_store_commands(store, pinfo->num) : none;
    frame->events = note_store_events(store, pinfo->num);
    frame->from_server = frame->replies.count > 0 || smtp_explain_connection_serves(state, pinfo);
    frame->session_number = smtp_explain_connection_number(state, pinfo->num);
    frame->client = smtp_explain_connection_client(state, frame->session_number);
    /* a segment that Wireshark takes for a retransmission has no layer of SMTP */
    frame->authenticated_in =
        layers.smtp || frame->replies.count > 0 ? login_in_force(&state->logins, pinfo->num) : 0;
    frame->waiting = state->smtp != NULL ? session_waiting(state->smtp) : NULL;
    return layers.smtp || frame->replies.count > 0 || frame->commands.count > 0 ||
           frame->events.count > 0;
}
