/* note.c
 * What is kept of a session, by frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "note.h"

#include <string.h>

#include "challenge.h"
#include "mechanism.h"

#define NOTES_IN_BLOCK 16 /* an allocation for each would take a fifth more */
#define TEXTS_BITS 7      /* so many texts are remembered: two to the power of this */

/* Notes are filed nearly in the order of frames, and looked up by frame: an array takes the least
 * memory for that. */
typedef struct {
    wmem_array_t *entries; /* of note_entry */
    uint32_t last;         /* the frame of the last one; 0: there is none */
    bool unsorted;
} note_file;

/* Notes of one kind that were allocated, and not used yet: count of them, from next on. */
typedef struct {
    void *next;
    unsigned count;
} note_block;

struct note_store {
    wmem_allocator_t *scope;
    reply_judge judge;
    bool keeps_users;
    int64_t slow;
    const offers *offers; /* the last that were handed in */
    note_file replies;
    note_file commands;
    note_file events;
    note_block new_replies;
    note_block new_commands;
    command_note *dropped;              /* and those behind it; used before new ones */
    const char *texts[1 << TEXTS_BITS]; /* the last of those with the same text_place() */
};

bool note_logs_in(const reply_note *note)
{
    return note->code == 235 &&
           (note->verdict == VERDICT_EXPECTED || note->verdict == VERDICT_UNKNOWN);
}

bool note_refuses(const reply_note *note)
{
    return note->code >= 400 || note->challenge == CHALLENGE_TOKEN_ERROR ||
           note->challenge == CHALLENGE_SCRAM_ERROR;
}

char *note_challenge_text(wmem_allocator_t *scope, const reply_note *note)
{
    char *shown = NULL;

    if (note->challenge != CHALLENGE_NONE && note->command != NULL)
        challenge_read(scope, note->command->mechanism, note->challenge_nth, note->text,
                       strlen(note->text), &shown);
    return shown;
}

note_store *note_store_new(wmem_allocator_t *scope, reply_judge judge)
{
    note_store *store = wmem_new0(scope, note_store);

    store->scope = scope;
    store->judge = judge;
    store->slow = G_MAXINT64;
    store->replies.entries = wmem_array_new(scope, sizeof(note_entry));
    store->commands.entries = wmem_array_new(scope, sizeof(note_entry));
    store->events.entries = wmem_array_new(scope, sizeof(note_entry));
    return store;
}

void note_store_keep_users(note_store *store, bool kept)
{
    store->keeps_users = kept;
}

void note_store_set_slow(note_store *store, int64_t ns)
{
    store->slow = ns;
}

int64_t note_store_slow(const note_store *store)
{
    return store->slow;
}

bool note_store_keeps_users(const note_store *store)
{
    return store->keeps_users;
}

static const note_entry *entry_at(const note_file *file, unsigned i)
{
    return (const note_entry *)wmem_array_get_raw(file->entries) + i;
}

static void add(note_file *file, note_entry entry)
{
    entry.order = wmem_array_get_count(file->entries);
    if (entry.frame < file->last)
        file->unsorted = true;
    file->last = entry.frame;
    wmem_array_append_one(file->entries, entry);
}

static int compare(const void *a, const void *b)
{
    const note_entry *x = (const note_entry *)a, *y = (const note_entry *)b;

    if (x->frame != y->frame)
        return x->frame < y->frame ? -1 : 1;
    return x->order < y->order ? -1 : x->order > y->order;
}

static void sort(note_file *file)
{
    if (!file->unsorted)
        return;
    wmem_array_sort(file->entries, compare);
    file->last = entry_at(file, wmem_array_get_count(file->entries) - 1)->frame;
    file->unsorted = false;
}

/* The first entry that is not of an earlier frame; the number of entries if there is none. */
static unsigned find_first(const note_file *file, uint32_t frame)
{
    unsigned low = 0, high = wmem_array_get_count(file->entries);

    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (entry_at(file, middle)->frame < frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static note_list find(note_file *file, uint32_t frame)
{
    note_list list = { NULL, 0 };
    unsigned first;

    if (frame > file->last && !file->unsorted) /* most often, while notes are being filed */
        return list;
    sort(file);
    first = find_first(file, frame);
    while (first + list.count < wmem_array_get_count(file->entries) &&
           entry_at(file, first + list.count)->frame == frame)
        list.count++;
    if (list.count > 0)
        list.entry = entry_at(file, first);
    return list;
}

note_list note_store_new_replies(const note_store *store, uint32_t frame)
{
    note_list list = { NULL, 0 };
    unsigned first;

    if (store->replies.last != frame) /* most often */
        return list;
    first = wmem_array_get_count(store->replies.entries);
    for (; first > 0 && entry_at(&store->replies, first - 1)->frame == frame; first--)
        list.count++;
    if (list.count > 0)
        list.entry = entry_at(&store->replies, first);
    return list;
}

note_list note_store_replies(note_store *store, uint32_t frame)
{
    return find(&store->replies, frame);
}

note_list note_store_commands(note_store *store, uint32_t frame)
{
    return find(&store->commands, frame);
}

note_list note_store_events(note_store *store, uint32_t frame)
{
    return find(&store->events, frame);
}

/* Takes a note of size bytes out of the block, or out of a new one, and clears it. */
static void *take(wmem_allocator_t *scope, note_block *block, size_t size)
{
    void *note;

    if (block->count == 0) {
        block->next = wmem_alloc(scope, NOTES_IN_BLOCK * size);
        block->count = NOTES_IN_BLOCK;
    }
    note = block->next;
    block->next = (char *)block->next + size;
    block->count--;
    return memset(note, 0, size);
}

reply_note *note_store_new_reply(note_store *store)
{
    return (reply_note *)take(store->scope, &store->new_replies, sizeof(reply_note));
}

command_note *note_store_new_command(note_store *store)
{
    command_note *note = store->dropped;

    if (note == NULL)
        return (command_note *)take(store->scope, &store->new_commands, sizeof *note);
    store->dropped = note->next;
    return (command_note *)memset(note, 0, sizeof *note);
}

void note_store_drop_command(note_store *store, command_note *note)
{
    if (note->mechanism != NULL && mechanism_known(note->mechanism) == NULL)
        wmem_free(store->scope, (void *)note->mechanism);
    note->next = store->dropped;
    store->dropped = note;
}

void note_store_add_reply(note_store *store, uint32_t frame, reply_note *note,
                          const session_facts *facts)
{
    note_entry entry = { .frame = frame, .reply = note };

    if (store->judge != NULL)
        store->judge(note, facts);
    add(&store->replies, entry);
}

void note_store_add_command(note_store *store, command_note *note)
{
    note_entry entry = { .frame = note->frame, .command = note };

    add(&store->commands, entry);
}

const offers *note_store_share_offers(note_store *store, offers *list)
{
    if (offers_equal(store->offers, list))
        offers_free(store->scope, list);
    else
        store->offers = list;
    return store->offers;
}

/* Texts that differ do so in their length or at their end, as a rule. */
static unsigned text_place(const char *text, size_t len)
{
    uint64_t end = 0;
    size_t used = len < sizeof end ? len : sizeof end;

    memcpy(&end, text + len - used, used);
    return (unsigned)(((end ^ len) * UINT64_C(0x9E3779B97F4A7C15)) >> (64 - TEXTS_BITS));
}

const char *note_store_share_text(note_store *store, const char *text, size_t len)
{
    const char **place = &store->texts[text_place(text, len)];

    if (*place == NULL || strncmp(*place, text, len) != 0 || (*place)[len] != '\0')
        *place = wmem_strndup(store->scope, text, len);
    return *place;
}

command_id note_command_id(const reply_note *note)
{
    return note->command != NULL ? (command_id)note->command->id : COMMAND_NONE;
}

bool note_is_login_or_status(const reply_note *note)
{
    return note->code == 211 || note->code == 235 || note->ends_auth || note->ends_help;
}

bool note_accepts_ehlo(const reply_note *note)
{
    command_id command = note_command_id(note);

    return note->code == 250 && (command == COMMAND_EHLO || command == COMMAND_LHLO);
}

bool note_lists_offers(const reply_note *note)
{
    return note->offers != NULL && note_accepts_ehlo(note);
}

void note_store_add_event(note_store *store, const event_note *event)
{
    event_note *kept = (event_note *)wmem_memdup(store->scope, event, sizeof *event);
    note_entry entry = { .frame = event->frame, .event = kept };

    add(&store->events, entry);
}
