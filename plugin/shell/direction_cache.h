/* direction_cache.h
 * What was found out about the last directions of connections, so that it need not be looked for in
 * each of their frames.
 *
 * Wireshark's own search for a conversation is thorough, and costs more than all that is done with
 * what it finds. An entry is that of one direction, and is lost to another one that needs its
 * place: whoever asks must be able to find out anew.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_DIRECTION_CACHE_H
#define SMTP_EXPLAIN_DIRECTION_CACHE_H

#include <stdint.h>

#include <epan/packet.h>

/* Bytes. Shorter and longer addresses are not remembered. */
#define SMTP_EXPLAIN_CACHED_ADDRESS_MIN 4
#define SMTP_EXPLAIN_CACHED_ADDRESS_MAX 16

#define SMTP_EXPLAIN_DIRECTION_CACHE_SIZE 2048

/* As the sender of a frame sees it. */
typedef enum {
    SMTP_EXPLAIN_SENT,
    SMTP_EXPLAIN_RECEIVED,
} smtp_explain_direction;

/* Who sends to whom, and what is known about that. The last two are the cache's owner's, who may
 * write them. */
typedef struct {
    uint8_t addr[2][SMTP_EXPLAIN_CACHED_ADDRESS_MAX];
    uint32_t port[2];
    int32_t type;
    int32_t len;   /* of an address, in bytes; 0: nothing is remembered here */
    uint32_t next; /* a sequence number; undefined until it is written */
    void *value;
} smtp_explain_direction_entry;

/* All zero: nothing is remembered. The owner clears it before what its values point at is freed. */
typedef struct {
    smtp_explain_direction_entry entries[SMTP_EXPLAIN_DIRECTION_CACHE_SIZE];
} smtp_explain_direction_cache;

/* What is remembered about that which the frame's sender sends; NULL if nothing is. Valid until the
 * next call. */
smtp_explain_direction_entry *smtp_explain_direction_cache_find(smtp_explain_direction_cache *cache,
                                                                const packet_info *pinfo);

/* Remembers a value about one direction of the frame's connection, in place of what was remembered
 * about it. The entry, valid until the next call; NULL if such addresses are not remembered. */
smtp_explain_direction_entry *smtp_explain_direction_cache_keep(smtp_explain_direction_cache *cache,
                                                                const packet_info *pinfo,
                                                                smtp_explain_direction direction,
                                                                void *value);

/* Forgets both directions of the frame's connection. */
void smtp_explain_direction_cache_forget(smtp_explain_direction_cache *cache,
                                         const packet_info *pinfo);

#endif
