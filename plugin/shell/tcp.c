/* tcp.c
 * The TCP segment of a frame: its numbers, and where its bytes stand.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tcp.h"

#include <string.h>

#include "source.h"

#define TCP_HEADER_MIN 20
#define TCP_FIN 0x01
#define TCP_SYN 0x02
#define TCP_RST 0x04
#define TCP_ACK 0x10
/* What IP carries, by number, as far as it matters here. */
enum {
    IP_HOP_BY_HOP = 0,
    IP_TCP = 6,
    IP_ROUTING = 43,
    IP_FRAGMENT = 44,
    IP_ESP = 50,
    IP_AUTHENTICATION = 51,
    IP_DESTINATION = 60,
    IP_MOBILITY = 135,
};

/* What an IP packet carries behind its headers. */
typedef struct {
    unsigned kind; /* IP_TCP etc.; IP_FRAGMENT: a part of something */
    uint32_t start;
    uint32_t len; /* on the wire */
} carried;

static unsigned get16(const uint8_t *bytes)
{
    return (unsigned)bytes[0] << 8 | bytes[1];
}

static uint32_t get32(const uint8_t *bytes)
{
    return (uint32_t)get16(bytes) << 16 | get16(bytes + 2);
}

/* The length of a header that may stand before TCP's; 0 if it is another one.
 * Hop-by-hop and destination options, routing, fragment: RFC 8200, section 4. Mobility: RFC 6275,
 * section 6.1. Authentication: RFC 4302, section 2. */
static uint32_t skipped_len(unsigned kind, const uint8_t *header)
{
    switch (kind) {
    case IP_HOP_BY_HOP:
    case IP_ROUTING:
    case IP_DESTINATION:
    case IP_MOBILITY:
        return (header[1] + 1u) * 8;
    case IP_AUTHENTICATION:
        return (header[1] + 2u) * 4;
    case IP_FRAGMENT: /* of a whole packet */
        return (get16(header + 2) & 0xFFF9) == 0 ? 8 : 0;
    default:
        return 0;
    }
}

/* Goes from the first header, of that kind and at what->start, to TCP's or one that isn't known. */
static void skip_headers(const uint8_t *ip, uint32_t len, unsigned kind, carried *what)
{
    uint32_t skipped = 1;

    for (what->kind = kind; skipped > 0 && what->start + 8 <= len; what->start += skipped) {
        const uint8_t *header = ip + what->start;

        skipped = skipped_len(what->kind, header);
        if (skipped > 0)
            what->kind = header[0];
    }
}

/* What an IPv4 header carries (RFC 791, section 3.1). False if it isn't one. */
static bool read_ipv4(const uint8_t *ip, uint32_t len, uint32_t on_wire, carried *what)
{
    uint32_t total = get16(ip + 2);

    if (total == 0) /* left to the network card */
        total = on_wire;
    what->start = (ip[0] & 0xFu) * 4;
    if (ip[0] >> 4 != 4 || what->start < 20)
        return false;
    if ((get16(ip + 6) & 0x3FFF) != 0)
        what->kind = IP_FRAGMENT;
    else
        skip_headers(ip, len, ip[9], what);
    what->len = total - MIN(what->start, total);
    return true;
}

static bool read_ipv6(const uint8_t *ip, uint32_t len, uint32_t on_wire, carried *what)
{
    uint32_t total = get16(ip + 4) + 40;

    if (total == 40)
        total = on_wire;
    if (ip[0] >> 4 != 6)
        return false;
    what->start = 40;
    skip_headers(ip, len, ip[6], what);
    what->len = total - MIN(what->start, total);
    return true;
}

/* The two versions of IP: where the source address stands, and how the rest is read. */
static const struct {
    int type; /* address_type */
    uint32_t source_at;
    uint32_t header_min;
    bool (*read)(const uint8_t *ip, uint32_t len, uint32_t on_wire, carried *what);
} ip_versions[] = {
    { .type = AT_IPv4, .source_at = 12, .header_min = 20, .read = read_ipv4 },
    { .type = AT_IPv6, .source_at = 8, .header_min = 40, .read = read_ipv6 },
};

static bool has_ports(const packet_info *pinfo, const uint8_t *bytes, uint32_t len)
{
    return len >= TCP_HEADER_MIN && get16(bytes) == pinfo->srcport &&
           get16(bytes + 2) == pinfo->destport;
}

/* Is this what is looked for behind the IP header: TCP's header with the frame's ports, or
 * something that stands for it? */
static bool is_candidate(const packet_info *pinfo, const uint8_t *bytes, uint32_t len,
                         const carried *what)
{
    if (what->kind == IP_TCP)
        return what->start < len && has_ports(pinfo, bytes + what->start, len - what->start);
    return what->kind == IP_FRAGMENT || what->kind == IP_ESP;
}

/* Finds the IP header with the frame's source address that carries TCP, or a part of it, at start or
 * behind that. */
static bool find_ip(const packet_info *pinfo, size_t version, tvbuff_t *tvb, uint32_t start,
                    carried *what)
{
    uint32_t len = tvb_captured_length(tvb);
    const uint8_t *source = (const uint8_t *)pinfo->net_src.data;
    uint32_t source_at = ip_versions[version].source_at;
    uint32_t header_min = ip_versions[version].header_min;

    if (len < header_min)
        return false;
    const uint8_t *bytes = tvb_get_ptr(tvb, 0, (int)len);
    for (uint32_t ip = start; ip <= len - header_min; ip++) {
        const uint8_t *next =
            (const uint8_t *)memchr(bytes + ip + source_at, source[0], len - header_min - ip + 1);

        if (next == NULL)
            return false;
        ip = (uint32_t)(next - bytes) - source_at;
        if (memcmp(next, source, (size_t)pinfo->net_src.len) != 0 ||
            !ip_versions[version].read(bytes + ip, len - ip, tvb_reported_length(tvb) - ip, what))
            continue;
        what->start += ip;
        if (is_candidate(pinfo, bytes, len, what))
            return true;
    }
    return false;
}

/* Takes the trailer of ESP off what was decrypted: padding, its length, and what it is (RFC 4303,
 * section 2). */
static void cut_esp_trailer(const uint8_t *bytes, carried *what)
{
    if (what->len >= 2 && bytes[what->len - 1] == IP_TCP)
        what->len -= MIN(what->len, bytes[what->len - 2] + 2u);
}

/* Finds TCP at the beginning of what was put together from IP fragments, or decrypted. */
static tvbuff_t *find_elsewhere(const packet_info *pinfo, carried *what)
{
    for (const GSList *item = pinfo->data_src->next; item != NULL; item = item->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)item->data);
        uint32_t len = tvb_captured_length(tvb);

        if (len < TCP_HEADER_MIN || !has_ports(pinfo, tvb_get_ptr(tvb, 0, TCP_HEADER_MIN), len))
            continue;
        what->start = 0;
        what->len = tvb_reported_length(tvb);
        if (what->kind == IP_ESP && what->len == len)
            cut_esp_trailer(tvb_get_ptr(tvb, 0, (int)len), what);
        return tvb;
    }
    return NULL;
}

static tvbuff_t *find_in_version(const packet_info *pinfo, size_t version, carried *what)
{
    for (const GSList *item = pinfo->data_src; item != NULL; item = item->next) {
        tvbuff_t *tvb = get_data_source_tvb((const struct data_source *)item->data);

        if (find_ip(pinfo, version, tvb, 0, what))
            return what->kind == IP_TCP ? tvb : find_elsewhere(pinfo, what);
    }
    return NULL;
}

/* The frame's version of IP; G_N_ELEMENTS(ip_versions) if it is another protocol. */
static size_t version_of(const packet_info *pinfo)
{
    size_t version = 0;

    while (version < G_N_ELEMENTS(ip_versions) && ip_versions[version].type != pinfo->net_src.type)
        version++;
    return version;
}

/* Adds 16-bit words, as TCP's checksum does (RFC 9293, section 3.1). */
static uint32_t add_words(uint32_t sum, const uint8_t *bytes, uint32_t len)
{
    for (uint32_t i = 0; i + 1 < len; i += 2)
        sum += get16(bytes + i);
    return len % 2 != 0 ? sum + ((uint32_t)bytes[len - 1] << 8) : sum;
}

/* Several segments in a frame have one verdict of Wireshark's. */
static bool is_checksum_right(const packet_info *pinfo, const uint8_t *bytes, uint32_t len)
{
    uint32_t sum = IP_TCP + (len & 0xFFFF);

    sum = add_words(sum, (const uint8_t *)pinfo->src.data, (uint32_t)pinfo->src.len);
    sum = add_words(sum, (const uint8_t *)pinfo->dst.data, (uint32_t)pinfo->dst.len);
    sum = add_words(sum, bytes, MIN(len, G_MAXUINT16));
    sum = (sum & 0xFFFF) + (sum >> 16);
    return (sum & 0xFFFF) + (sum >> 16) == 0xFFFF;
}

/* Wireshark keeps its verdict in the packet details, which not every frame has; but it also says why what
 * follows isn't put together. */
bool smtp_explain_is_damaged(const packet_info *pinfo)
{
    return pinfo->noreassembly_reason[0] != '\0' &&
           strstr(pinfo->noreassembly_reason, "TCP checksum") != NULL;
}

/* Reads TCP's header. False if it isn't whole. */
static bool read_segment(const packet_info *pinfo, tvbuff_t *source, const carried *tcp,
                         smtp_explain_segment *segment)
{
    const uint8_t *bytes = tvb_get_ptr(source, (int)tcp->start, TCP_HEADER_MIN);
    uint32_t header = (bytes[12] >> 4) * 4u;

    if (header < TCP_HEADER_MIN || header > tcp->len)
        return false;
    segment->source = source;
    segment->has_ack = (bytes[13] & TCP_ACK) != 0;
    segment->syn = (bytes[13] & TCP_SYN) != 0;
    segment->fin = (bytes[13] & TCP_FIN) != 0;
    segment->rst = (bytes[13] & TCP_RST) != 0;
    segment->seq = get32(bytes + 4) + (segment->syn ? 1 : 0); /* a SYN has a number, too */
    segment->ack = get32(bytes + 8);
    segment->payload = tcp->start + header;
    segment->len = tcp->len - header;
    segment->damaged =
        smtp_explain_is_damaged(pinfo) && tvb_bytes_exist(source, (int)tcp->start, (int)tcp->len) &&
        !is_checksum_right(pinfo, tvb_get_ptr(source, (int)tcp->start, (int)tcp->len), tcp->len);
    return true;
}

bool smtp_explain_segment_find(const packet_info *pinfo, smtp_explain_segment *segment)
{
    size_t version = version_of(pinfo);
    tvbuff_t *source;
    carried tcp;

    if (version == G_N_ELEMENTS(ip_versions))
        return false;
    source = find_in_version(pinfo, version, &tcp);
    return source != NULL && read_segment(pinfo, source, &tcp, segment);
}

bool smtp_explain_segment_next(const packet_info *pinfo, smtp_explain_segment *segment)
{
    carried tcp;

    return find_ip(pinfo, version_of(pinfo), segment->source, segment->payload + segment->len,
                   &tcp) &&
           tcp.kind == IP_TCP && read_segment(pinfo, segment->source, &tcp, segment);
}

span smtp_explain_segment_payload(const packet_info *pinfo, const smtp_explain_segment *segment)
{
    return smtp_explain_source_span(pinfo, segment->source, segment->payload, segment->len);
}
