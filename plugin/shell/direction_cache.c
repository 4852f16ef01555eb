/* direction_cache.c
 * What was found out about the last directions of connections.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "direction_cache.h"

#include <string.h>

/* Who sends to whom. */
typedef struct {
    const address *addr[2];
    uint32_t port[2];
} ends;

static ends ends_of(const packet_info *pinfo, smtp_explain_direction direction)
{
    const ends both[] = {
        [SMTP_EXPLAIN_SENT] = { .addr = { &pinfo->src, &pinfo->dst },
                                .port = { pinfo->srcport, pinfo->destport } },
        [SMTP_EXPLAIN_RECEIVED] = { .addr = { &pinfo->dst, &pinfo->src },
                                    .port = { pinfo->destport, pinfo->srcport } },
    };

    return both[direction];
}

/* The end of an address, in which connections differ if their addresses differ at all. */
static uint32_t tail_of(const address *addr)
{
    uint32_t tail;

    memcpy(&tail, (const uint8_t *)addr->data + addr->len - sizeof tail, sizeof tail);
    return g_ntohl(tail);
}

static uint32_t hash_of(const ends *e)
{
    uint64_t hash = (uint64_t)tail_of(e->addr[0]) * UINT64_C(0x9E3779B97F4A7C15) +
                    (uint64_t)tail_of(e->addr[1]) * UINT64_C(0xC2B2AE3D27D4EB4F) +
                    ((uint64_t)e->port[0] << 32 | e->port[1]) * UINT64_C(0x165667B19E3779F9);

    return (uint32_t)(hash >> 32); /* the upper bits depend on all others */
}

/* The only place that a direction can have; NULL if its addresses are not remembered. */
static smtp_explain_direction_entry *place_of(smtp_explain_direction_cache *cache, const ends *e)
{
    const address *from = e->addr[0], *to = e->addr[1];

    if (from->len < SMTP_EXPLAIN_CACHED_ADDRESS_MIN ||
        from->len > SMTP_EXPLAIN_CACHED_ADDRESS_MAX || from->len != to->len ||
        from->type != to->type)
        return NULL;
    return &cache->entries[hash_of(e) % SMTP_EXPLAIN_DIRECTION_CACHE_SIZE];
}

static bool is_about(const smtp_explain_direction_entry *entry, const ends *e)
{
    const address *from = e->addr[0], *to = e->addr[1];

    return entry->port[0] == e->port[0] && entry->port[1] == e->port[1] &&
           entry->len == from->len && entry->type == from->type &&
           memcmp(entry->addr[0], from->data, (size_t)from->len) == 0 &&
           memcmp(entry->addr[1], to->data, (size_t)to->len) == 0;
}

static smtp_explain_direction_entry *find(smtp_explain_direction_cache *cache, const ends *e)
{
    smtp_explain_direction_entry *entry = place_of(cache, e);

    return entry != NULL && is_about(entry, e) ? entry : NULL;
}

smtp_explain_direction_entry *smtp_explain_direction_cache_find(smtp_explain_direction_cache *cache,
                                                                const packet_info *pinfo)
{
    ends sent = ends_of(pinfo, SMTP_EXPLAIN_SENT);

    return find(cache, &sent);
}

smtp_explain_direction_entry *smtp_explain_direction_cache_keep(smtp_explain_direction_cache *cache,
                                                                const packet_info *pinfo,
                                                                smtp_explain_direction direction,
                                                                void *value)
{
    ends e = ends_of(pinfo, direction);
    smtp_explain_direction_entry *entry = place_of(cache, &e);

    if (entry == NULL)
        return NULL;
    for (int i = 0; i < 2; i++) {
        memcpy(entry->addr[i], e.addr[i]->data, (size_t)e.addr[i]->len);
        entry->port[i] = e.port[i];
    }
    entry->type = e.addr[0]->type;
    entry->len = e.addr[0]->len;
    entry->value = value;
    return entry;
}

static void forget(smtp_explain_direction_cache *cache, const packet_info *pinfo,
                   smtp_explain_direction direction)
{
    ends e = ends_of(pinfo, direction);
    smtp_explain_direction_entry *entry = find(cache, &e);

    if (entry != NULL)
        memset(entry, 0, sizeof *entry);
}

void smtp_explain_direction_cache_forget(smtp_explain_direction_cache *cache,
                                         const packet_info *pinfo)
{
    forget(cache, pinfo, SMTP_EXPLAIN_SENT);
    forget(cache, pinfo, SMTP_EXPLAIN_RECEIVED);
}
