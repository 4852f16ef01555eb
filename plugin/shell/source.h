/* source.h
 * The data sources of a frame, which Wireshark shows as tabs of bytes: the frame itself, what was
 * put together from several frames, what was decrypted.
 *
 * A span points into its data source, and is valid as long as the packet is dissected.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SOURCE_H
#define SMTP_EXPLAIN_SOURCE_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/packet.h>

#include "span.h"

/* To be called once, after all protocols are registered. */
void smtp_explain_source_init(void);

/* The data source of the frame with this index, as in span.source; NULL if there is none. */
tvbuff_t *smtp_explain_source_at(const packet_info *pinfo, uint8_t index);

/* len bytes on the wire, from start on, of a data source of the frame. Those that are not there
 * count as cut off. */
span smtp_explain_source_span(const packet_info *pinfo, tvbuff_t *source, uint32_t start,
                              uint32_t len);

/* Finds the data source that was put together from these bytes, which are its last ones, and from
 * earlier frames. records are what the frame's TLS records were decrypted to, which were not put
 * together; NULL if it has none. False if there is no such source, and *whole is left alone. */
bool smtp_explain_source_reassembled(const packet_info *pinfo, const span *tail,
                                     wmem_array_t *records, span *whole);

/* What the frame's TLS records were decrypted to, application data only: an array of span, in
 * order. Empty if they are not decrypted. */
wmem_array_t *smtp_explain_source_decrypted(packet_info *pinfo);

/* SMTP without TCP: the PDU that the frame was exported as, or the frame itself. An array of span,
 * of one or none. */
wmem_array_t *smtp_explain_source_bare(packet_info *pinfo);

#endif
