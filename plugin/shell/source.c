/* source.c
 * The data sources of a frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "source.h"

#include <string.h>

#include <epan/dissectors/packet-tls-utils.h>
#include <epan/exported_pdu.h>
#include <epan/proto_data.h>

/* TLS files its records under the number of its layer; a frame doesn't have more layers. */
#define LAYERS_MAX 64

static int proto_tls = -1;

void smtp_explain_source_init(void)
{
    proto_tls = proto_get_id_by_filter_name("tls");
}

static tvbuff_t *tvb_of(const GSList *item)
{
    return item != NULL ? get_data_source_tvb((const struct data_source *)item->data) : NULL;
}

tvbuff_t *smtp_explain_source_at(const packet_info *pinfo, uint8_t index)
{
    return tvb_of(g_slist_nth(pinfo->data_src, index));
}

/* Which data source this is, counted from 0; 0 if it is none. */
static uint8_t index_of(const packet_info *pinfo, const tvbuff_t *source)
{
    uint8_t index = 0;

    for (const GSList *item = pinfo->data_src; item != NULL; item = item->next, index++)
        if (tvb_of(item) == source)
            return index;
    return 0;
}

span smtp_explain_source_span(const packet_info *pinfo, tvbuff_t *source, uint32_t start,
                              uint32_t len)
{
    uint32_t there = tvb_captured_length(source);
    uint32_t captured = start < there ? MIN(len, there - start) : 0;
    span bytes = {
        .data = captured > 0 ? tvb_get_ptr(source, (int)start, (int)captured) : NULL,
        .len = captured,
        .missing = len - captured,
        .frame = pinfo->num,
        .time = (int64_t)pinfo->abs_ts.secs * NS_PER_S + pinfo->abs_ts.nsecs,
        .offset = start,
        .source = index_of(pinfo, source),
    };

    return bytes;
}

/* --- what was put together --- */

/* Is the data source one of the records that TLS decrypted? */
static bool is_record(const uint8_t *bytes, wmem_array_t *records)
{
    for (unsigned i = 0; records != NULL && i < wmem_array_get_count(records); i++)
        if (((const span *)wmem_array_index(records, i))->data == bytes)
            return true;
    return false;
}

bool smtp_explain_source_reassembled(const packet_info *pinfo, const span *tail,
                                     wmem_array_t *records, span *whole)
{
    /* what is put together becomes a data source after that of its last part */
    const GSList *item = g_slist_nth(pinfo->data_src, tail->source + 1u);

    for (; item != NULL && tail->len > 0; item = item->next) {
        tvbuff_t *source = tvb_of(item);
        uint32_t len = tvb_captured_length(source);

        if (len <= tail->len)
            continue;
        const uint8_t *bytes = tvb_get_ptr(source, 0, (int)len);
        if (is_record(bytes, records) ||
            memcmp(bytes + len - tail->len, tail->data, tail->len) != 0)
            continue;
        *whole = smtp_explain_source_span(pinfo, source, 0, len);
        whole->encrypted = tail->encrypted;
        return true;
    }
    return false;
}

/* --- what was decrypted --- */

/* The data source that a decrypted record is shown as. */
static tvbuff_t *find_source_of(const packet_info *pinfo, const SslRecordInfo *record)
{
    uint32_t len = (uint32_t)record->data_len;

    for (const GSList *item = pinfo->data_src; item != NULL; item = item->next) {
        tvbuff_t *source = tvb_of(item);

        if (len > 0 && tvb_captured_length(source) == len &&
            tvb_get_ptr(source, 0, (int)len) == record->plain_data)
            return source;
    }
    return NULL;
}

static void add_records(packet_info *pinfo, uint32_t layer, wmem_array_t *found)
{
    const SslPacketInfo *packet =
        (const SslPacketInfo *)p_get_proto_data(wmem_file_scope(), pinfo, proto_tls, layer);
    const SslRecordInfo *record = packet != NULL ? packet->records : NULL;

    for (; record != NULL; record = record->next) {
        tvbuff_t *source = record->type == SSL_ID_APP_DATA ? find_source_of(pinfo, record) : NULL;

        if (source == NULL)
            continue;
        span bytes = smtp_explain_source_span(pinfo, source, 0, (uint32_t)record->data_len);
        bytes.encrypted = true;
        wmem_array_append_one(found, bytes);
    }
}

wmem_array_t *smtp_explain_source_decrypted(packet_info *pinfo)
{
    wmem_array_t *found = wmem_array_new(pinfo->pool, sizeof(span));

    for (uint32_t layer = 0; layer < LAYERS_MAX; layer++)
        add_records(pinfo, layer, found);
    return found;
}

/* --- what needs no TCP --- */

/* Where an exported PDU begins: behind a list of options, two bytes each for tag and length, and
 * the value. Tag 0 ends it. */
static uint32_t skip_options(tvbuff_t *source)
{
    uint32_t len = tvb_captured_length(source);
    uint32_t pos = 0;
    unsigned tag;

    do {
        if (pos + 4 > len)
            return len;
        tag = tvb_get_ntohs(source, (int)pos);
        pos += 4u + tvb_get_ntohs(source, (int)pos + 2);
    } while (tag != EXP_PDU_TAG_END_OF_OPT);
    return MIN(pos, len);
}

/* It is the last thing that the frame was turned into. */
wmem_array_t *smtp_explain_source_bare(packet_info *pinfo)
{
    wmem_array_t *found = wmem_array_new(pinfo->pool, sizeof(span));
    tvbuff_t *source = tvb_of(g_slist_last(pinfo->data_src));
    uint32_t pos;

    if (source == NULL)
        return found;
    pos = proto_is_frame_protocol(pinfo->layers, "exported_pdu") ? skip_options(source) : 0;
    if (pos < tvb_captured_length(source)) {
        span bytes =
            smtp_explain_source_span(pinfo, source, pos, tvb_reported_length(source) - pos);

        wmem_array_append_one(found, bytes);
    }
    return found;
}
