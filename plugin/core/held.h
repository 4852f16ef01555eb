/* held.h
 * Bytes that wait until it is known what they are.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_HELD_H
#define SMTP_EXPLAIN_HELD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "span.h"

/* Some bytes; a copy of them follows. */
typedef struct held_span {
    struct held_span *next;
    span bytes;
    int side; /* whose they are, where both sides' are held */
} held_span;

/* All zero: nothing is held. */
typedef struct {
    held_span *first, *last;
    uint32_t taken; /* bytes of memory: many small segments take more than their bytes */
} held_list;

/* Copies the bytes from pos on, into scope, behind what is held. False, and nothing changes, if the list
 * would take more than max bytes of memory then. */
bool held_keep(held_list *held, wmem_allocator_t *scope, int side, const span *bytes, size_t pos,
               uint32_t max);

/* How many bytes are held. */
uint64_t held_bytes(const held_list *held);

/* Gives out all that is held, oldest first, and holds nothing any more. The caller gives each back with
 * held_free(). NULL: there is nothing. */
held_span *held_take(held_list *held);

/* Overwrites and frees what was given out, and returns what was held after it. */
held_span *held_free(wmem_allocator_t *scope, held_span *given);

/* The same with the oldest of a list. */
void held_drop_first(held_list *held, wmem_allocator_t *scope);

/* Holds what another list holds behind its own. */
void held_join(held_list *held, const held_list *more);

/* Overwrites and frees all that is held. */
void held_clear(held_list *held, wmem_allocator_t *scope);

#endif
