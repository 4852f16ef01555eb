/* tls.c
 * What tells a TLS record from SMTP, and what the records of a handshake show from outside.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tls.h"

#include <string.h>

#include <glib.h>

/* Types of records (RFC 8446, section 5.1), and a level of alerts (section 6). */
#define TLS_CHANGE_CIPHER_SPEC 20
#define TLS_ALERT 21
#define TLS_APPLICATION_DATA 23
#define TLS_FATAL 2

#define TLS_MAJOR_VERSION 3
#define TLS_MINOR_VERSION_MAX 4
#define TLS_RECORD_MAX (16384 + 2048) /* RFC 5246, section 6.2.3 */

tls_answer tls_begins_handshake(const uint8_t *data, size_t len)
{
    if (len > 0 && data[0] != TLS_HANDSHAKE)
        return TLS_NO;
    if (len < TLS_JUDGED)
        return TLS_MORE;
    return data[1] == TLS_MAJOR_VERSION ? TLS_YES : TLS_NO;
}

static uint16_t record_len(const uint8_t *header)
{
    return (uint16_t)(header[3] << 8 | header[4]);
}

static bool is_type(uint8_t byte)
{
    return byte >= TLS_CHANGE_CIPHER_SPEC && byte <= TLS_APPLICATION_DATA;
}

static bool is_header(const uint8_t *data)
{
    return is_type(data[0]) && data[1] == TLS_MAJOR_VERSION && data[2] <= TLS_MINOR_VERSION_MAX &&
           record_len(data) > 0 && record_len(data) <= TLS_RECORD_MAX;
}

tls_answer tls_begins_record(const uint8_t *data, size_t len)
{
    if (len > 0 && !is_type(data[0]))
        return TLS_NO;
    if (len < TLS_HEADER_LEN)
        return TLS_MORE;
    return is_header(data) ? TLS_YES : TLS_NO;
}

tls_answer tls_start_read(tls_start *start, tls_judge judge, const uint8_t *data, size_t len)
{
    uint8_t bytes[TLS_HEADER_LEN];
    size_t taken = MIN(TLS_HEADER_LEN - (size_t)start->len, len);
    tls_answer answer;

    if (start->len == 0 && judge(data, len) == TLS_NO) /* as nearly always */
        return TLS_NO;
    memcpy(bytes, start->bytes, start->len);
    memcpy(bytes + start->len, data, taken);
    answer = judge(bytes, start->len + taken);
    if (answer != TLS_MORE)
        return answer;
    memcpy(start->bytes + start->len, data, taken);
    start->len = (uint8_t)(start->len + taken);
    return TLS_MORE;
}

static bool is_plain_alert(const tls_side *side)
{
    return side->header[0] == TLS_ALERT && record_len(side->header) == 2;
}

/* Takes bytes of the header. False if they can't be one. */
static bool read_header(tls_side *side, uint8_t byte)
{
    side->header[side->header_len++] = byte;
    if (side->header_len < TLS_HEADER_LEN)
        return true;
    if (!is_header(side->header))
        return false;
    side->left = record_len(side->header);
    side->alert_len = 0;
    side->old |= side->changed && side->header[0] == TLS_HANDSHAKE;
    side->changed |= side->header[0] == TLS_CHANGE_CIPHER_SPEC;
    if (side->header[0] == TLS_APPLICATION_DATA && side->application < G_MAXUINT8)
        side->application++;
    return true;
}

static size_t read_body(tls_side *side, const uint8_t *data, size_t len)
{
    size_t taken = MIN(len, side->left);

    for (size_t i = 0; i < taken && is_plain_alert(side) && side->alert_len < 2; i++)
        side->alert[side->alert_len++] = data[i];
    side->left = (uint16_t)(side->left - taken);
    if (side->left == 0)
        side->header_len = 0;
    return taken;
}

static tls_news judge(const tls_side *side, bool is_client)
{
    if (is_plain_alert(side) && side->alert_len == 2 && side->alert[0] == TLS_FATAL)
        return TLS_ALERTED;
    return is_client && side->application >= (side->old ? 1 : 2) ? TLS_IN_USE : TLS_GOES_ON;
}

tls_news tls_read(tls_watch *watch, int side, bool is_client, const uint8_t *data, size_t len,
                  uint8_t *alert)
{
    tls_side *from = &watch->side[side];
    tls_news news = TLS_GOES_ON;

    for (size_t at = 0; at < len && news == TLS_GOES_ON && !watch->over;) {
        if (from->left > 0)
            at += read_body(from, data + at, len - at);
        else if (!read_header(from, data[at++]))
            news = TLS_LOST;
        if (news == TLS_GOES_ON)
            news = judge(from, is_client);
    }
    watch->begun |= is_client && from->header[0] == TLS_HANDSHAKE;
    *alert = from->alert[1];
    watch->over |= news != TLS_GOES_ON;
    return news;
}
