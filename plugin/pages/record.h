/* record.h
 * A reply, or an event, as a record of the same keys, for programs: a row of a table, or a line of JSON.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_RECORD_H
#define SMTP_EXPLAIN_PAGES_RECORD_H

#include "note.h"

/* Where it is. Texts are valid UTF-8. */
typedef struct {
    uint32_t frame;
    int64_t time; /* nanoseconds since the epoch */
    const char *source;
    const char *destination;
    uint32_t source_port;
    uint32_t destination_port;
} record_place;

typedef enum {
    RECORD_JSON, /* what isn't known is null */
    RECORD_TSV   /* what isn't known is empty */
} record_format;

/* Adds what stands before the first record. */
void record_begin(wmem_strbuf_t *text, record_format format);

/* Adds a line for a reply, or for an event that is a finding, which has no code. */
void record_reply(wmem_strbuf_t *text, record_format format, const record_place *place,
                  const reply_note *note);
void record_event(wmem_strbuf_t *text, record_format format, const record_place *place,
                  const event_note *event);

/* Adds a line that one of these made, its end included, with a key in front: the capture that it is from.
 * headline: it is what record_begin() made. */
void record_of_capture(wmem_strbuf_t *text, record_format format, const char *capture,
                       const char *line, bool headline);

#endif
