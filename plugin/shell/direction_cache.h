/* direction_cache.h
 * A memory of what was found out about the last connections, so that it need not be looked for in
 * each of their frames.
 *
 * Wireshark's own search for a conversation is thorough, and costs more than all that is done with
 * what it finds. A place in the memory is that of one direction, and is lost to another one that
 * needs it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_RECALL_H
#define SMTP_EXPLAIN_RECALL_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/packet.h>

/* Bytes. Shorter and longer addresses are not remembered. */
#define RECALL_ADDRESS_MIN 4
#define RECALL_ADDRESS_MAX 16
#define RECALL_PLACES 2048

/* Who sends to whom, and what is known about that. */
typedef struct {
    uint8_t addr[2][RECALL_ADDRESS_MAX];
    uint32_t port[2];
    int32_t type;
    int32_t len; /* of an address, in bytes; 0: nothing is remembered here */
    void *value;
    uint32_t next; /* for the owner of the memory */
} recall_place;

/* All zero: nothing is remembered. */
typedef struct {
    recall_place places[RECALL_PLACES];
} recall;

/* The place of what the frame's sender sends; NULL if nothing is remembered about that. */
recall_place *smtp_explain_recall_find(recall *memory, const packet_info *pinfo);

/* Remembers a value about what the frame's sender sends, or, backwards, about what it is sent. The
 * place; NULL if its addresses can't be remembered. */
recall_place *smtp_explain_recall_keep(recall *memory, const packet_info *pinfo, bool backwards,
                                       void *value);

/* Forgets both directions of the frame's connection. */
void smtp_explain_recall_forget(recall *memory, const packet_info *pinfo);

#endif
