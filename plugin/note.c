/* note.c
 * What is kept of a session, by frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "note.h"

struct note_store {
    wmem_allocator_t *scope;
    wmem_map_t *frames; /* frame number -> note_frame */
};

bool note_logs_in(const reply_note *note)
{
    return note->code == 235 &&
           (note->verdict == VERDICT_EXPECTED || note->verdict == VERDICT_UNKNOWN);
}

note_store *note_store_new(wmem_allocator_t *scope)
{
    note_store *store = wmem_new(scope, note_store);

    store->scope = scope;
    store->frames = wmem_map_new(scope, g_direct_hash, g_direct_equal);
    return store;
}

const note_frame *note_store_find(const note_store *store, uint32_t frame)
{
    return (const note_frame *)wmem_map_lookup(store->frames, GUINT_TO_POINTER(frame));
}

static note_frame *find_or_make(note_store *store, uint32_t frame)
{
    note_frame *notes = (note_frame *)wmem_map_lookup(store->frames, GUINT_TO_POINTER(frame));

    if (notes == NULL) {
        notes = wmem_new0(store->scope, note_frame);
        wmem_map_insert(store->frames, GUINT_TO_POINTER(frame), notes);
    }
    return notes;
}

void note_store_add_reply(note_store *store, uint32_t frame, reply_note *note)
{
    note_frame *notes = find_or_make(store, frame);

    note->next = NULL;
    if (notes->last_reply != NULL)
        notes->last_reply->next = note;
    else
        notes->replies = note;
    notes->last_reply = note;
}

void note_store_add_command(note_store *store, command_note *note)
{
    note_frame *notes = find_or_make(store, note->frame);

    note->next_in_frame = NULL;
    if (notes->last_command != NULL)
        notes->last_command->next_in_frame = note;
    else
        notes->commands = note;
    notes->last_command = note;
}
