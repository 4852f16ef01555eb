/* direction_cache.c
 * A memory of what was found out about the last connections.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "direction_cache.h"

#include <string.h>

/* Who sends to whom. */
typedef struct {
    const address *addr[2];
    uint32_t port[2];
} direction;

static direction direction_of(const packet_info *pinfo, bool backwards)
{
    const direction ways[2] = {
        { { &pinfo->src, &pinfo->dst }, { pinfo->srcport, pinfo->destport } },
        { { &pinfo->dst, &pinfo->src }, { pinfo->destport, pinfo->srcport } }
    };

    return ways[backwards ? 1 : 0];
}

/* The end of an address, in which connections differ if their addresses differ at all. */
static uint32_t tail_of(const address *addr)
{
    uint32_t tail;

    memcpy(&tail, (const uint8_t *)addr->data + addr->len - sizeof tail, sizeof tail);
    return g_ntohl(tail);
}

static uint32_t hash_of(const direction *d)
{
    uint64_t hash = (uint64_t)tail_of(d->addr[0]) * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)tail_of(d->addr[1]) * UINT64_C(0xC2B2AE3D27D4EB4F) +
                    ((uint64_t)d->port[0] << 32 | d->port[1]) * UINT64_C(0x165667B19E3779F9);

    return (uint32_t)(hash >> 32); /* the upper bits depend on all others */
}

/* The only place that a direction can have; NULL if its addresses can't be remembered. */
static recall_place *place_of(recall *memory, const direction *d)
{
    const address *from = d->addr[0], *to = d->addr[1];

    if (from->len < RECALL_ADDRESS_MIN || from->len > RECALL_ADDRESS_MAX || from->len != to->len ||
        from->type != to->type)
        return NULL;
    return &memory->places[hash_of(d) % RECALL_PLACES];
}

static bool is_about(const recall_place *place, const direction *d)
{
    const address *from = d->addr[0], *to = d->addr[1];

    return place->port[0] == d->port[0] && place->port[1] == d->port[1] &&
           place->len == from->len && place->type == from->type &&
           memcmp(place->addr[0], from->data, (size_t)from->len) == 0 &&
           memcmp(place->addr[1], to->data, (size_t)to->len) == 0;
}

static recall_place *find(recall *memory, const direction *d)
{
    recall_place *place = place_of(memory, d);

    return place != NULL && is_about(place, d) ? place : NULL;
}

recall_place *smtp_explain_recall_find(recall *memory, const packet_info *pinfo)
{
    direction d = direction_of(pinfo, false);

    return find(memory, &d);
}

recall_place *smtp_explain_recall_keep(recall *memory, const packet_info *pinfo, bool backwards,
                                       void *value)
{
    direction d = direction_of(pinfo, backwards);
    recall_place *place = place_of(memory, &d);

    if (place == NULL)
        return NULL;
    for (int i = 0; i < 2; i++) {
        memcpy(place->addr[i], d.addr[i]->data, (size_t)d.addr[i]->len);
        place->port[i] = d.port[i];
    }
    place->type = d.addr[0]->type;
    place->len = d.addr[0]->len;
    place->value = value;
    return place;
}

void smtp_explain_recall_forget(recall *memory, const packet_info *pinfo)
{
    for (int backwards = 0; backwards < 2; backwards++) {
        direction d = direction_of(pinfo, backwards != 0);
        recall_place *place = find(memory, &d);

        if (place != NULL)
            memset(place, 0, sizeof *place);
    }
}
