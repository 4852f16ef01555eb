/* held.c
 * Bytes that wait until it is known what they are.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "held.h"

#include <string.h>

bool held_keep(held_list *held, wmem_allocator_t *scope, int side, const span *bytes, size_t pos,
               uint32_t max)
{
    size_t len = bytes->len - pos;
    size_t taken = sizeof(held_span) + len;
    held_span *added;

    if (held->taken + taken > max)
        return false;
    added = (held_span *)wmem_alloc(scope, taken);
    added->next = NULL;
    added->side = side;
    added->bytes = *bytes;
    added->bytes.len = (uint32_t)len;
    added->bytes.offset += (uint32_t)pos;
    added->bytes.data = (const uint8_t *)(added + 1);
    memcpy(added + 1, bytes->data + pos, len);
    if (held->last != NULL)
        held->last->next = added;
    else
        held->first = added;
    held->last = added;
    held->taken += (uint32_t)taken;
    return true;
}

uint64_t held_bytes(const held_list *held)
{
    uint64_t sum = 0;

    for (const held_span *one = held->first; one != NULL; one = one->next)
        sum += one->bytes.len;
    return sum;
}

held_span *held_take(held_list *held)
{
    held_span *first = held->first;

    memset(held, 0, sizeof *held);
    return first;
}

held_span *held_free(wmem_allocator_t *scope, held_span *given)
{
    held_span *next = given->next;

    memset(given + 1, 0, given->bytes.len);
    wmem_free(scope, given);
    return next;
}

void held_drop_first(held_list *held, wmem_allocator_t *scope)
{
    held->taken -= (uint32_t)(sizeof(held_span) + held->first->bytes.len);
    held->first = held_free(scope, held->first);
    if (held->first == NULL)
        held->last = NULL;
}

void held_join(held_list *held, const held_list *more)
{
    if (more->first == NULL)
        return;
    if (held->last != NULL)
        held->last->next = more->first;
    else
        held->first = more->first;
    held->last = more->last;
    held->taken += more->taken;
}

void held_clear(held_list *held, wmem_allocator_t *scope)
{
    held_span *given = held_take(held);

    while (given != NULL)
        given = held_free(scope, given);
}
