/* numbers.c
 * Does a TCP segment belong to the connection that was read so far?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "numbers.h"

#include <string.h>

#include <glib.h>

#include "greeting.h"
#include "reply.h"

/* How far a number lies outside of what was seen of a direction; 0: inside, or nothing was seen. */
static uint32_t distance(const numbers_side *side, uint32_t number)
{
    if (!side->known || side->next - number <= side->next - side->first)
        return 0;
    return MIN(number - side->next, side->first - number);
}

static uint32_t wire_len(const numbers_segment *segment)
{
    return segment->bytes->len + segment->bytes->missing;
}

bool numbers_greets(const numbers_segment *segment)
{
    const char *text = (const char *)segment->bytes->data;
    size_t len = segment->bytes->len;
    const char *end = len > 0 ? (const char *)memchr(text, '\n', len) : NULL;
    reply_line line;

    /* a greeting has no enhanced status code (RFC 2034, section 4) */
    return end != NULL && reply_parse_line(text, (size_t)(end - text), &line) && line.code == 220 &&
           line.enhanced.status_class == 0 &&
           (greeting_is_smtp(line.text, line.text_len) ||
            greeting_begins_with_host(line.text, line.text_len));
}

/* Does it hold bytes behind its side's FIN? A FIN that the sender itself knows nothing of is none. */
static bool is_beyond_end(const numbers *seen, const numbers_segment *segment)
{
    const numbers_side *own = &seen->side[segment->side];

    return own->ended && (int32_t)(segment->seq + wire_len(segment) - own->next) > 0 &&
           (segment->seq != own->next || seen->side[!segment->side].ended);
}

static bool is_over(const numbers *seen)
{
    return seen->reset || (seen->side[0].ended && seen->side[1].ended);
}

static bool has_ended(const numbers *seen)
{
    return seen->reset || seen->side[0].ended || seen->side[1].ended;
}

/* The same for a segment with bytes. off: how far its own number lies outside, and the other one. */
static bool is_other(const numbers *seen, const numbers_segment *segment, const uint32_t off[2])
{
    bool over = is_over(seen);
    bool ended = has_ended(seen);
    bool may_greet = segment->side == seen->server || seen->server < 0;

    if (is_beyond_end(seen, segment) || (off[0] > NUMBERS_FAR && off[1] > NUMBERS_FAR))
        return true;
    if (over && (off[0] > NUMBERS_NEAR || off[1] > NUMBERS_NEAR))
        return true;
    if (ended && off[0] > NUMBERS_NEAR && off[1] > NUMBERS_NEAR)
        return true;
    return may_greet && off[0] > (ended || seen->parted ? 0 : NUMBERS_NEAR) &&
           numbers_greets(segment);
}

numbers_verdict numbers_judge(const numbers *seen, const numbers_segment *segment)
{
    const numbers_side *own = &seen->side[segment->side];
    const uint32_t off[] = {
        distance(own, segment->seq),
        segment->has_ack ? distance(&seen->side[!segment->side], segment->ack) : 0,
    };
    bool holds_bytes = wire_len(segment) > 0;

    if (segment->syn && own->known && segment->seq != own->first &&
        (has_ended(seen) || off[0] > NUMBERS_NEAR))
        return holds_bytes ? NUMBERS_OTHER : NUMBERS_STRAY;
    if (holds_bytes)
        return is_other(seen, segment, off) ? NUMBERS_OTHER : NUMBERS_FIT;
    /* an RST counts if it stands where the stream does (RFC 9293, section 3.10.7.4) */
    return off[0] > NUMBERS_FAR && (segment->rst || off[1] > NUMBERS_FAR) ? NUMBERS_STRAY
                                                                          : NUMBERS_FIT;
}
