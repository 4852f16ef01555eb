/* segment.c
 * Where the bytes of a frame stand: its TCP segment, and what came out of TLS.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "segment.h"

#include <string.h>

#include <epan/dissectors/packet-tls-utils.h>
#include <epan/exported_pdu.h>
#include <epan/proto_data.h>

#include "compat.h"

#define TCP_HEADER_MIN 20
#define TCP_SYN 0x02
#define TCP_ACK 0x10
#define IP_PROTOCOL_TCP 6
/* Tunnels put headers before the last IP header, but not that many. */
#define IP_HEADER_WITHIN 512
/* TLS files its records under the number of its layer; a frame doesn't have more layers. */
#define LAYERS_MAX 64

static int proto_tls = -1;

/* A part of a data source. */
typedef struct {
    uint32_t start;
    uint32_t len; /* on the wire */
} extent;

void smtp_explain_segment_init(void)
{
    proto_tls = proto_get_id_by_filter_name("tls");
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

/* len bytes on the wire, from start on, of a data source. */
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

/* --- TCP --- */

static unsigned get16(const uint8_t *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

static uint32_t get32(const uint8_t *bytes)
{
    return (uint32_t)get16(bytes) << 16 | get16(bytes + 2);
}

/* What an IPv4 header carries, if that is TCP and all of it (RFC 791, section 3.1). */
static bool read_ipv4(const uint8_t *ip, uint32_t len, uint32_t on_wire, extent *carried)
{
    uint32_t header = (ip[0] & 0xFu) * 4;
    uint32_t total = get16(ip + 2);

    if (total == 0) /* left to the network card */
        total = on_wire;
    if (ip[0] >> 4 != 4 || ip[9] != IP_PROTOCOL_TCP || (get16(ip + 6) & 0x3FFF) != 0 ||
        header < 20 || header > total || header >= len)
        return false;
    carried->start = header;
    carried->len = total - header;
    return true;
}

/* Do extension headers of this kind have a length that says where the next begins? (RFC 8200,
 * section 4: hop-by-hop and destination options, routing; RFC 6275, section 6.1: mobility) */
static bool is_skipped_header(unsigned kind)
{
    return kind == 0 || kind == 43 || kind == 60 || kind == 135;
}

static bool read_ipv6(const uint8_t *ip, uint32_t len, uint32_t on_wire, extent *carried)
{
    uint32_t total = get16(ip + 4) + 40;
    unsigned kind = ip[6];
    uint32_t pos = 40;

    if (total == 40)
        total = on_wire;
    while (is_skipped_header(kind) && pos + 2 <= len) {
        kind = ip[pos];
        pos += (ip[pos + 1] + 1u) * 8;
    }
    if (ip[0] >> 4 != 6 || kind != IP_PROTOCOL_TCP || pos > total || pos >= len)
        return false;
    carried->start = pos;
    carried->len = total - pos;
    return true;
}

/* The two versions of IP: where the source address stands, and how the rest is read. */
static const struct {
    int type; /* address_type */
    uint32_t source_at;
    uint32_t header_min;
    bool (*read)(const uint8_t *ip, uint32_t len, uint32_t on_wire, extent *carried);
} ip_versions[] = {
    { AT_IPv4, 12, 20, read_ipv4 },
    { AT_IPv6, 8, 40, read_ipv6 },
};

static bool has_ports(const packet_info *pinfo, const uint8_t *bytes, uint32_t len)
{
    return len >= TCP_HEADER_MIN && get16(bytes) == pinfo->srcport &&
           get16(bytes + 2) == pinfo->destport;
}

/* Finds the TCP header behind the IP header with the frame's source address. */
static bool find_behind_ip(const packet_info *pinfo, size_t version, tvbuff_t *tvb, extent *tcp)
{
    uint32_t len = tvb_captured_length(tvb);
    const uint8_t *bytes = len > 0 ? tvb_get_ptr(tvb, 0, (int)len) : NULL;
    const uint8_t *source = (const uint8_t *)pinfo->net_src.data;
    uint32_t source_at = ip_versions[version].source_at;
    uint32_t header_min = ip_versions[version].header_min;
    uint32_t last = MIN(len - header_min, IP_HEADER_WITHIN); /* where the IP header may begin */

    if (len < header_min)
        return false;
    for (uint32_t ip = 0; ip <= last; ip++) {
        const uint8_t *next =
            (const uint8_t *)memchr(bytes + ip + source_at, source[0], last - ip + 1);

        if (next == NULL)
            return false;
        ip = (uint32_t)(next - bytes) - source_at;
        if (memcmp(next, source, (size_t)pinfo->net_src.len) != 0 ||
            !ip_versions[version].read(bytes + ip, len - ip, tvb_reported_length(tvb) - ip, tcp))
            continue;
        tcp->start += ip;
        if (has_ports(pinfo, bytes + tcp->start, len - tcp->start))
            return true;
    }
    return false;
}

/* Finds the TCP header at the beginning of what was put together from IP fragments. */
static bool find_in_fragments(const packet_info *pinfo, tvbuff_t *tvb, extent *tcp)
{
    uint32_t len = tvb_captured_length(tvb);

    tcp->start = 0;
    tcp->len = tvb_reported_length(tvb);
    return len >= TCP_HEADER_MIN && has_ports(pinfo, tvb_get_ptr(tvb, 0, TCP_HEADER_MIN), len);
}

static tvbuff_t *find_tcp(const packet_info *pinfo, extent *tcp)
{
    for (size_t version = 0; version < G_N_ELEMENTS(ip_versions); version++) {
        if (ip_versions[version].type != pinfo->net_src.type)
            continue;
        for (const GSList *item = pinfo->data_src; item != NULL; item = item->next) {
            tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)item->data);

            if (find_behind_ip(pinfo, version, tvb, tcp) ||
                (item != pinfo->data_src && find_in_fragments(pinfo, tvb, tcp)))
                return tvb;
        }
    }
    return NULL;
}

bool smtp_explain_segment_find(const packet_info *pinfo, smtp_explain_segment *segment)
{
    extent tcp;
    uint32_t header;

    segment->tvb = find_tcp(pinfo, &tcp);
    if (segment->tvb == NULL)
        return false;
    const uint8_t *bytes = tvb_get_ptr(segment->tvb, (int)tcp.start, TCP_HEADER_MIN);
    header = (bytes[12] >> 4) * 4u;
    if (header < TCP_HEADER_MIN || header > tcp.len)
        return false;
    segment->seq = get32(bytes + 4);
    segment->ack = get32(bytes + 8);
    segment->has_ack = (bytes[13] & TCP_ACK) != 0;
    segment->syn = (bytes[13] & TCP_SYN) != 0;
    segment->payload = tcp.start + header;
    segment->len = tcp.len - header;
    return true;
}

chunk smtp_explain_segment_payload(const packet_info *pinfo, const smtp_explain_segment *segment)
{
    return make_chunk(pinfo, segment->tvb, segment->payload, segment->len);
}

static bool lies_in(const uint8_t *data, const uint8_t *bytes, uint32_t len)
{
    return data >= bytes && data < bytes + len;
}

bool smtp_explain_segment_reassembled(const packet_info *pinfo, const chunk *tail, chunk *whole)
{
    for (const GSList *item = pinfo->data_src; item != NULL && tail->len > 0; item = item->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)item->data);
        uint32_t len = tvb_captured_length(tvb);

        if (len <= tail->len)
            continue;
        const uint8_t *bytes = tvb_get_ptr(tvb, 0, (int)len);
        if (lies_in(tail->data, bytes, len) ||
            memcmp(bytes + len - tail->len, tail->data, tail->len) != 0)
            continue;
        *whole = make_chunk(pinfo, tvb, 0, len);
        whole->encrypted = tail->encrypted;
        return true;
    }
    return false;
}

/* --- in order already --- */

/* The data source that a decrypted record is shown as. */
static tvbuff_t *find_source_of(const packet_info *pinfo, const SslRecordInfo *record)
{
    for (const GSList *item = pinfo->data_src; item != NULL; item = item->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)item->data);

        if (tvb_captured_length(tvb) == (uint32_t)record->data_len && record->data_len > 0 &&
            tvb_get_ptr(tvb, 0, (int)record->data_len) == record->plain_data)
            return tvb;
    }
    return NULL;
}

static void add_records(packet_info *pinfo, uint32_t layer, wmem_array_t *found)
{
    const SslPacketInfo *packet =
        (const SslPacketInfo *)p_get_proto_data(wmem_file_scope(), pinfo, proto_tls, layer);
    const SslRecordInfo *record = packet != NULL ? packet->records : NULL;

    for (; record != NULL; record = record->next) {
        tvbuff_t *tvb = record->type == SSL_ID_APP_DATA ? find_source_of(pinfo, record) : NULL;

        if (tvb == NULL)
            continue;
        chunk bytes = make_chunk(pinfo, tvb, 0, (uint32_t)record->data_len);
        bytes.encrypted = true;
        wmem_array_append_one(found, bytes);
    }
}

/* An exported PDU stands behind a list of options: two bytes each for tag and length, and the
 * value. Tag 0 ends it. */
static void add_exported(packet_info *pinfo, wmem_array_t *found)
{
    tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)pinfo->data_src->data);
    uint32_t len = tvb_captured_length(tvb);
    uint32_t pos = 0;
    unsigned tag;

    do {
        if (pos + 4 > len)
            return;
        tag = tvb_get_ntohs(tvb, (int)pos);
        pos += 4u + tvb_get_ntohs(tvb, (int)pos + 2);
    } while (tag != EXP_PDU_TAG_END_OF_OPT);
    if (pos < len) {
        chunk bytes = make_chunk(pinfo, tvb, pos, tvb_reported_length(tvb) - pos);

        wmem_array_append_one(found, bytes);
    }
}

wmem_array_t *smtp_explain_segment_ordered(packet_info *pinfo, bool tls)
{
    wmem_array_t *found = wmem_array_new(pinfo->pool, sizeof(chunk));

    if (!tls && pinfo->data_src != NULL)
        add_exported(pinfo, found);
    for (uint32_t layer = 0; tls && layer < LAYERS_MAX; layer++)
        add_records(pinfo, layer, found);
    return found;
}
