/* recall.c
 * A memory of what was found out about the last connections.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "recall.h"

#include <string.h>

/* The end of an address, in which connections differ if their addresses differ at all. */
static uint32_t tail_of(const address *addr)
{
    uint32_t tail;

    memcpy(&tail, (const uint8_t *)addr->data + addr->len - sizeof tail, sizeof tail);
    return g_ntohl(tail);
}

static uint32_t hash_of(const address *from, const address *to, uint32_t from_port,
                        uint32_t to_port)
{
    uint64_t hash = (uint64_t)tail_of(from) * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)tail_of(to) * UINT64_C(0xC2B2AE3D27D4EB4F) +
                    ((uint64_t)from_port << 32 | to_port) * UINT64_C(0x165667B19E3779F9);

    return (uint32_t)(hash >> 32); /* the upper bits depend on all others */
}

static bool is_about(const recall_place *place, const address *from, const address *to,
                     uint32_t from_port, uint32_t to_port)
{
    return place->port[0] == from_port && place->port[1] == to_port && place->len == from->len &&
           place->type == from->type &&
           memcmp(place->addr[0], from->data, (size_t)from->len) == 0 &&
           memcmp(place->addr[1], to->data, (size_t)to->len) == 0;
}

recall_place *smtp_explain_recall_find(recall *memory, const packet_info *pinfo, bool backwards,
                                       bool *known)
{
    const address *from = backwards ? &pinfo->dst : &pinfo->src;
    const address *to = backwards ? &pinfo->src : &pinfo->dst;
    uint32_t from_port = backwards ? pinfo->destport : pinfo->srcport;
    uint32_t to_port = backwards ? pinfo->srcport : pinfo->destport;
    recall_place *place;

    if (from->len < RECALL_ADDRESS_MIN || from->len > RECALL_ADDRESS_MAX || from->len != to->len ||
        from->type != to->type)
        return NULL;
    place = &memory->places[hash_of(from, to, from_port, to_port) % RECALL_PLACES];
    *known = is_about(place, from, to, from_port, to_port);
    return place;
}

void smtp_explain_recall_take(recall_place *place, const packet_info *pinfo, bool backwards,
                              void *value)
{
    const address *ends[2] = { &pinfo->src, &pinfo->dst };

    for (int i = 0; i < 2; i++) {
        int end = backwards ? !i : i;

        memcpy(place->addr[i], ends[end]->data, (size_t)ends[end]->len);
        place->port[i] = end == 0 ? pinfo->srcport : pinfo->destport;
    }
    place->type = pinfo->src.type;
    place->len = pinfo->src.len;
    place->value = value;
}
