/* login.c
 * The spans of frames in which a 235 held.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "login.h"

#include <glib.h>

void login_begin(login_list *list, wmem_allocator_t *scope, uint32_t frame)
{
    if (list->count == list->size) {
        list->size = MAX(1, list->size * 2);
        list->spans =
            (login_span *)wmem_realloc(scope, list->spans, list->size * sizeof *list->spans);
    }
    list->spans[list->count++] = (login_span){ .from = frame };
}

uint32_t login_holding(const login_list *list)
{
    const login_span *last = list->count > 0 ? &list->spans[list->count - 1] : NULL;

    return last != NULL && last->to == 0 ? last->from : 0;
}

void login_end(login_list *list, uint32_t frame)
{
    if (login_holding(list) != 0)
        list->spans[list->count - 1].to = frame;
}

/* How many of the spans began before the frame? */
static uint32_t count_begun(const login_list *list, uint32_t frame)
{
    uint32_t low = 0, high = list->count;

    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (list->spans[middle].from < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

uint32_t login_in_force(const login_list *list, uint32_t frame)
{
    uint32_t count = count_begun(list, frame);
    const login_span *span = count > 0 ? &list->spans[count - 1] : NULL;

    return span != NULL && (span->to == 0 || frame < span->to) ? span->from : 0;
}
