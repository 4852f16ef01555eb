/* dialogue.c
 * Plays dialogues: scripts -> segments -> session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialogue_private.h"

#include <string.h>

#define COPY_FRAMES 500000u /* of a step, from here on: repeated segments */
#define PAYLOAD_OFFSET 54u  /* Ethernet, IPv4, TCP */

int dialogue_step_count(const dialogue *script)
{
    int count = 0;

    while (count < DIALOGUE_STEPS_MAX && script->steps[count].side != NOBODY)
        count++;
    return count;
}

uint32_t dialogue_step_len(const dialogue_step *step)
{
    return step->len > 0 ? step->len : (uint32_t)strlen(step->bytes);
}

bool dialogue_has(const dialogue *script, unsigned how)
{
    for (int i = 0; i < dialogue_step_count(script); i++)
        if ((script->steps[i].how & how) != 0 || (how == LOST && script->steps[i].cut > 0))
            return true;
    return false;
}

/* Is everything in the capture, so that nothing can be unknown? */
bool dialogue_is_complete(const dialogue *script)
{
    return !dialogue_has(script, LOST) && (script->capture & (MIDWAY | NO_HINT | WRONG_HINT)) == 0;
}

bool dialogue_run_is_whole(const dialogue_run *run)
{
    return dialogue_is_complete(run->script) && run->how->cut_step == NO_STEP &&
           run->how->lost[0] == NO_STEP && run->how->lost[1] == NO_STEP;
}

static int side_number(const dialogue_run *run, dialogue_side side)
{
    return (side == SERVER) != run->how->mirrored ? 1 : 0;
}

/* --- from a script to segments --- */

/* The first sequence numbers: the client's wraps around within the first few bytes. */
static const uint32_t first_seq[2] = { UINT32_MAX - 9, 1000 };

static void number_steps(dialogue_run *run)
{
    uint32_t *next = run->next;

    for (int i = 0; i < dialogue_step_count(run->script); i++) {
        const dialogue_step *step = &run->script->steps[i];
        int from = step->side == SERVER;
        uint32_t len = dialogue_step_len(step);
        uint32_t start = next[from];

        if ((step->how & AGAIN) != 0)
            start -= step->back > 0 ? step->back : len;
        run->seq[i] = start;
        run->ack[i] = next[!from];
        if ((step->how & (ORDERED | TLS)) == 0 && (int32_t)(start + len - next[from]) > 0)
            next[from] = start + len;
    }
}

static void start_session(dialogue_run *run)
{
    unsigned capture = run->script->capture;
    int server = side_number(run, SERVER);
    uint32_t starts[2];

    run->session = session_new(run->scope, run->store, &run->logins);
    if ((capture & NO_HINT) == 0)
        session_hint_server(run->session, (capture & WRONG_HINT) != 0 ? !server : server, 25);
    starts[server] = first_seq[1];
    starts[!server] = first_seq[0];
    if ((capture & MIDWAY) == 0)
        session_hint_start(run->session, starts, 0);
}

static dialogue_run *run_new(const dialogue *script, const variation *how)
{
    dialogue_run *run = g_new0(dialogue_run, 1);

    run->script = script;
    run->how = how;
    run->scope = wmem_allocator_new(WMEM_ALLOCATOR_STRICT);
    run->store = note_store_new(run->scope, finding_judge);
    run->pieces = g_array_new(FALSE, TRUE, sizeof(fed_piece));
    run->lines = g_ptr_array_new_with_free_func(g_free);
    memcpy(run->next, first_seq, sizeof first_seq);
    number_steps(run);
    start_session(run);
    return run;
}

void dialogue_run_free(dialogue_run *run)
{
    for (guint i = 0; i < run->pieces->len; i++)
        g_free(g_array_index(run->pieces, fed_piece, i).data);
    g_array_free(run->pieces, TRUE);
    g_ptr_array_free(run->lines, TRUE);
    session_free(run->session);
    wmem_destroy_allocator(run->scope);
    g_free(run);
}

static uint8_t *copy_of(const uint8_t *data, uint32_t len)
{
    uint8_t *copy = (uint8_t *)g_malloc(MAX(len, 1u));

    if (len > 0)
        memcpy(copy, data, len);
    return copy;
}

static void remember_piece(dialogue_run *run, const span *bytes)
{
    fed_piece piece = { bytes->frame, bytes->offset, NULL, bytes->len, bytes->missing == 0 };

    piece.data = copy_of(bytes->data, bytes->len);
    g_array_append_val(run->pieces, piece);
}

static void feed(dialogue_run *run, const dialogue_step *step, uint32_t seq, uint32_t ack,
                 const span *bytes)
{
    int side = side_number(run, step->side);
    span copy = *bytes;
    /* freed at once, so that a pointer that was kept is found */
    uint8_t *data = copy_of(bytes->data, bytes->len);

    copy.data = data;
    copy.encrypted = (step->how & TLS) != 0;
    if ((step->how & (ORDERED | TLS)) != 0)
        session_add_ordered(run->session, side, &copy);
    else
        session_add_segment(run->session, side, seq, ack, &copy);
    g_free(data);
    remember_piece(run, bytes);
}

static uint32_t next_piece_len(const dialogue_run *run, uint32_t left)
{
    int piece = run->how->piece;

    if (piece == RANDOM_PIECES)
        piece = g_test_rand_int_range(1, 9);
    return piece == 0 ? left : MIN((uint32_t)piece, left);
}

/* Feeds the bytes from pos to end of a step. */
static void feed_part(dialogue_run *run, int i, uint32_t pos, uint32_t end, span *bytes)
{
    const dialogue_step *step = &run->script->steps[i];
    uint32_t missing = bytes->missing;

    do {
        uint32_t len = next_piece_len(run, end - pos);

        bytes->data = (const uint8_t *)step->bytes + pos;
        bytes->len = len;
        bytes->missing = pos + len == end ? missing : 0;
        feed(run, step, run->seq[i] + pos, run->ack[i], bytes);
        pos += len;
        bytes->frame++;
    } while (pos < end);
}

static bool is_lost(const dialogue_run *run, int i)
{
    return (run->script->steps[i].how & LOST) != 0 || run->how->lost[0] == i ||
           run->how->lost[1] == i;
}

static void feed_step(dialogue_run *run, int i, int position, uint32_t first_frame)
{
    const dialogue_step *step = &run->script->steps[i];
    uint32_t len = dialogue_step_len(step);
    uint32_t kept = run->how->cut_step == i ? run->how->kept : len - step->cut;
    span bytes = { 0 };

    if (is_lost(run, i))
        return;
    if ((step->how & NOTE_TLS) != 0) {
        session_note_tls(run->session);
        return;
    }
    bytes.frame = ((uint32_t)position + 1) * FRAMES_PER_STEP + first_frame;
    bytes.time = (position + 1) * NS_PER_STEP;
    bytes.offset = (step->how & TLS) != 0 ? 0 : PAYLOAD_OFFSET;
    bytes.source = (step->how & TLS) != 0 ? 1 : 0;
    bytes.missing = len - kept;
    if (run->how->crossed && kept > 1 && (step->how & (ORDERED | TLS)) == 0) {
        feed_part(run, i, kept / 2, kept, &bytes);
        bytes.missing = 0;
        feed_part(run, i, 0, kept / 2, &bytes);
    } else {
        feed_part(run, i, 0, kept, &bytes);
    }
    run->last_frame[position] = bytes.frame - 1;
}

static bool can_be_copied(const dialogue_run *run, int i)
{
    return (run->script->steps[i].how & (ORDERED | TLS | NOTE_TLS)) == 0;
}

static void play_step(dialogue_run *run, int i, int position)
{
    uint32_t last;

    feed_step(run, i, position, 0);
    last = run->last_frame[position];
    if (run->how->repeated && can_be_copied(run, i))
        feed_step(run, i, position, COPY_FRAMES);
    if (run->how->echoed && i > 0 && can_be_copied(run, i - 1))
        feed_step(run, i - 1, position, COPY_FRAMES);
    run->last_frame[position] = last;
}

/* Is the server between two replies, and heard? */
static bool can_close(const dialogue_run *run, unsigned how)
{
    const session *s = run->session;

    return !s->exchange.server.open && !s->exchange.server.line.open &&
           (!s->raw_is_tls || (how & TLS) != 0);
}

/* The server says 421 instead of step i. */
static void close_before(dialogue_run *run, int i)
{
    const dialogue_step *next = &run->script->steps[i];
    const dialogue_step last = { SERVER, "421 bye\r\n", next->how & TLS, 0, 0, 0 };
    uint32_t seq = next->side == SERVER ? run->seq[i] : run->ack[i];
    uint32_t ack = next->side == SERVER ? run->ack[i] : run->seq[i];
    span bytes = { 0 };

    if (!can_close(run, last.how))
        return;
    bytes.data = (const uint8_t *)last.bytes;
    bytes.len = dialogue_step_len(&last);
    bytes.frame = ((uint32_t)i + 1) * FRAMES_PER_STEP;
    bytes.time = (i + 1) * NS_PER_STEP;
    bytes.offset = (last.how & TLS) != 0 ? 0 : PAYLOAD_OFFSET;
    feed(run, &last, seq, ack, &bytes);
}

dialogue_run *dialogue_play(const dialogue *script, const variation *how)
{
    dialogue_run *run = run_new(script, how);
    int count = dialogue_step_count(script);

    for (int i = 0; i < count; i++) {
        if (how->closed_before == i) {
            close_before(run, i);
            break;
        }
        bool late = (script->steps[i].how & LATE) != 0 && i + 1 < count;

        if (late)
            play_step(run, i + 1, i);
        play_step(run, i, late ? i + 1 : i);
        i += late ? 1 : 0;
    }
    dialogue_collect_replies(run);
    dialogue_check(run);
    return run;
}

/* --- without a script --- */

dialogue_run *dialogue_run_new(bool from_start)
{
    static const variation as_it_stands = AS_IT_STANDS_VARIATION;
    static const dialogue started = { .name = "started" };
    static const dialogue midway = { .name = "midway", .capture = MIDWAY };

    return run_new(from_start ? &started : &midway, &as_it_stands);
}

uint32_t dialogue_say(dialogue_run *run, dialogue_side side, const char *bytes, size_t len)
{
    const dialogue_step step = { .side = side, .bytes = bytes };
    int from = side == SERVER;
    span piece = { 0 };

    run->said++;
    piece.data = (const uint8_t *)bytes;
    piece.len = (uint32_t)len;
    piece.frame = run->said * FRAMES_PER_STEP;
    piece.time = run->said * NS_PER_STEP;
    piece.offset = PAYLOAD_OFFSET;
    feed(run, &step, run->next[from], run->next[!from], &piece);
    run->next[from] += (uint32_t)len;
    return piece.frame;
}

const char *const *dialogue_run_replies(dialogue_run *run)
{
    dialogue_collect_replies(run);
    return (const char *const *)run->lines->pdata;
}

struct session *dialogue_run_session(dialogue_run *run)
{
    return run->session;
}
