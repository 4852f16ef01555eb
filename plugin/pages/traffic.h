/* traffic.h
 * What a capture holds in which there is no SMTP to be read: why is there none, and what helps?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PAGES_TRAFFIC_H
#define SMTP_EXPLAIN_PAGES_TRAFFIC_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* All zero: nothing was seen. */
typedef struct {
    uint32_t frames;
    uint32_t foreign;  /* of these, those without a time: Wireshark reads pictures and texts, too */
    uint32_t segments; /* of TCP */
    uint32_t data;     /* of these, those that carry data */
    uint32_t cut;      /* of these, those that were cut short when they were captured */
    uint32_t
        tls_port; /* a server's with which TLS is spoken, a port of mail if there is one; 0: none */
    uint32_t tls_frame;
    uint32_t other_port; /* a server's with which SMTP seems to be spoken; 0: none */
    uint32_t other_frame;
} traffic;

/* A TCP segment: what the capture holds of its data, which side sends it, and the ports. */
typedef struct {
    const uint8_t *data;
    uint32_t len;     /* captured */
    uint32_t on_wire; /* in all */
    uint32_t frame;
    uint32_t port; /* of the sender */
    uint32_t other_port;
} traffic_segment;

void traffic_add(traffic *t, const traffic_segment *segment);

/* Are there frames, and nothing that looks like packets? */
bool traffic_is_foreign(const traffic *t);

/* Why no SMTP can be read, and what helps, in sentences. for_command: in words of the command's options, or
 * in tshark's. Lives in scope. */
const char *traffic_reason(wmem_allocator_t *scope, const traffic *t, bool for_command);

/* What the key log is called. */
#define TRAFFIC_KEYS_OPTION "--keys FILE"
#define TRAFFIC_KEYS_PREFERENCE "-o tls.keylog_file:FILE"

#endif
