/* queue.h
 * The commands that wait for their replies, in the order in which they were sent.
 *
 * Replies come in the order of the commands (RFC 2920, section 3.1). Where bytes are missing, an
 * entry of COMMAND_NONE stands for commands and replies that nobody saw. While it is the first,
 * replies are unknown, with two exceptions, after which the queue is in step again:
 *   - a reply that only one kind of command gets, which is outstanding (354, 235, 334, 221, 220),
 *     with nothing missing behind it;
 *   - a reply that fits the one command that the client sent, alone, since the server last spoke.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_QUEUE_H
#define SMTP_EXPLAIN_QUEUE_H

#include <stdbool.h>
#include <stdint.h>

#include "note.h"

/* Commands that wait. RFC 2920 sets no limit; real clients stay below 100. */
#define QUEUE_MAX 1000

typedef struct {
    note_store *store;
    command_note *first, *last; /* oldest first */
    uint32_t count;
    uint32_t unknowns;               /* of them */
    uint16_t certain[COMMAND_COUNT]; /* how many of each wait with nothing unknown behind them */
    uint32_t lines_since_reply;      /* client lines since the server last spoke */
    command_note *lone;              /* the newest command, if a segment held nothing else */
} command_queue;

/* Makes an empty queue, whose notes come from the store. */
void queue_init(command_queue *queue, note_store *store);

bool queue_is_empty(const command_queue *queue);
bool queue_is_full(const command_queue *queue);

/* Does such a command wait? */
bool queue_has(const command_queue *queue, command_id id);

/* Appends a command, and returns its note, which says nothing yet but what it is. */
command_note *queue_push(command_queue *queue, command_id id);

/* Puts the opening of the connection in front of all that waits. */
command_note *queue_push_connection(command_queue *queue);

/* From here on anything may be outstanding. */
void queue_push_unknown(command_queue *queue);

/* Replies are missing: any of those that wait may have been answered already. */
void queue_unsettle(command_queue *queue);

/* Nothing waits any more. The notes of what was never answered are taken back. */
void queue_clear(command_queue *queue);

/* Is the first entry one that nobody saw, or is any of them? */
bool queue_begins_unknown(const command_queue *queue);
bool queue_has_unknown(const command_queue *queue);

/* Drops the first entry: it gets no reply. */
void queue_drop(command_queue *queue);

/* The last one that waits and that alone is answered with this code, if nothing that nobody saw
 * waits behind it; NULL if there is none. */
command_note *queue_owner(const command_queue *queue, unsigned code);

/* The command that a reply answers; NULL if that isn't known. authenticated: a 235 holds. */
command_note *queue_match(const command_queue *queue, unsigned code, bool authenticated);

/* A reply to this command came: those before it wait no longer. True if some that nobody saw were
 * among them and none is left, so that the queue is in step again. */
bool queue_advance(command_queue *queue, const command_note *note);

/* The first command is AUTH, and is challenged: what the client sent behind it without waiting is taken for a
 * response, unless nobody saw that. */
void queue_note_challenge(command_queue *queue);

/* The first command waits no longer. Its note stays. */
void queue_take(command_queue *queue);

/* The server spoke; answered: what it answered, NULL if that isn't known. */
void queue_note_reply(command_queue *queue, const command_note *answered);

/* The client sent a line that is no command. */
void queue_note_line(command_queue *queue);

/* The client sent a command, or what may be one. alone: its note, if its segment held nothing else;
 * or NULL. */
void queue_note_command(command_queue *queue, command_note *alone);

/* The last octets of a chunk came: the reply that came since its command may be another's. */
void queue_note_chunk(command_queue *queue);

#endif
