/* fuzz_session.c
 * Whole sessions, fed in every way in which a capture can show them. Not only crashes are looked
 * for: the promises of session.h and note.h are checked, and a broken one is a crash.
 *
 * The input is a first byte of OPTION_ flags, then records: a byte RECORD_MARK, a byte of RECORD_
 * flags, and the bytes that one side says, up to the next RECORD_MARK.
 *
 * Each input is fed to two sessions: in one each record is a segment; in the other it is cut at
 * random, and the pieces may come out of order and repeatedly. As long as nothing is lost, both
 * have to say the same. Left out of that are
 *   - sessions in which it isn't clear from the first segment who is the server: the roles are
 *     judged by how a segment begins;
 *   - what follows once the session says that it lost track (exchange.all_known): finding the way
 *     back may depend on a command being alone in its segment;
 *   - lines longer than LINE_KEEP_MAX, of which a line that is cut keeps only the beginning.
 *
 * What the client sends as an argument of AUTH or in answer to a challenge must not be found in any
 * text, whole or in eight characters or more of its beginning; nor a password in it. In the end the
 * server repeats the latest of them, in a guise (echo.h).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <glib.h>
#include <sanitizer/allocator_interface.h>

#include "catalog.h"
#include "echo.h"
#include "finding.h"
#include "mark.h"
#include "mechanism.h"
#include "reply_text.h"
#include "require.h"
#include "session.h"
#include "session_private.h"

#define OPTION_GREETED \
    0x01 /* the server says who it is, in a segment of its own, before all else */
#define OPTION_NO_START 0x02 /* the capture begins after the session did */
#define OPTION_HINT 0x04     /* side 1 is said to be the server; without GREETED only */
#define OPTION_ORDERED 0x08  /* there are no TCP headers */

#define RECORD_MARK 0xFE
#define RECORD_SERVER 0x01 /* side 1 says it, not side 0 */
#define RECORD_LOST 0x02   /* it isn't in the capture */
#define RECORD_TWICE 0x04
#define RECORD_LATE 0x08      /* it comes after the record that follows it */
#define RECORD_ENCRYPTED 0x10 /* it comes out of TLS */
#define RECORD_CUT 0x20       /* the snap length cuts its second half off */
#define RECORD_MANY 0x40      /* MANY segments with the same bytes */
#define RECORD_TLS 0x80       /* before it, TLS is seen */

#define RECORDS_MAX 128
#define MANY 40
#define MANY_RECORDS_MAX 6 /* of those: an input has to be quick */
#define PIECES_MAX 16
#define FRAME_TIME INT64_C(1000000)
#define EXPERT_SHOWN_MAX 239  /* bytes that Wireshark shows of an expert item */
#define FIRST_SEQ 0xFFFFFF00u /* near the end, so that sequence numbers wrap */

static const char greeting[] = "220 mx.example ESMTP\r\n";

typedef struct {
    uint8_t flags;
    const uint8_t *data;
    size_t len;
} record;

/* A session, and what its capture looks like so far. */
typedef struct {
    wmem_allocator_t *scope;
    note_store *store;
    session *smtp;
    login_list logins;
    uint32_t next[2]; /* sequence numbers */
    uint32_t frame;
    uint32_t compared;         /* frames whose notes have been looked at */
    unsigned compared_replies; /* of the next frame */
    size_t memory_before;
    bool in_order;
    bool has_lost;
    bool in_line[2]; /* the latest record of that side didn't end a line */
    echo_list sent;  /* secrets */
} capture;

static uint32_t random_state;

static uint32_t random_below(uint32_t limit)
{
    random_state ^= random_state << 13;
    random_state ^= random_state >> 17;
    random_state ^= random_state << 5;
    return random_state % limit;
}

/* The same input has to be cut in the same way each time. */
static void seed_random(const uint8_t *data, size_t size)
{
    random_state = 2166136261u;
    for (size_t i = 0; i < size; i++)
        random_state = (random_state ^ data[i]) * 16777619u;
    random_state |= 1;
}

static size_t read_records(const uint8_t *data, size_t size, record *records)
{
    size_t count = 0;
    unsigned many = 0;

    while (size > 2 && count < RECORDS_MAX) {
        const uint8_t *end = (const uint8_t *)memchr(data + 2, RECORD_MARK, size - 2);
        size_t used = end != NULL ? (size_t)(end - data) : size;

        if (data[0] == RECORD_MARK && used > 2) {
            records[count].flags = data[1];
            records[count].data = data + 2;
            records[count].len = used - 2;
            if ((data[1] & RECORD_MANY) != 0 && ++many > MANY_RECORDS_MAX)
                records[count].flags &= (uint8_t)~RECORD_MANY;
            count++;
        }
        data += used;
        size -= used;
    }
    return count;
}

/* --- feeding --- */

static void begin_capture(capture *c, uint8_t options)
{
    memset(c, 0, sizeof *c);
    c->memory_before = __sanitizer_get_current_allocated_bytes();
    c->scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    c->store = note_store_new(c->scope, finding_judge);
    c->smtp = session_new(c->scope, c->store, &c->logins);
    c->in_order = (options & OPTION_ORDERED) != 0;
    c->next[0] = FIRST_SEQ;
    c->next[1] = FIRST_SEQ + 1;
    if ((options & (OPTION_HINT | OPTION_GREETED)) != 0)
        session_hint_server(c->smtp, 1, 25);
    if ((options & OPTION_NO_START) == 0)
        session_hint_start(c->smtp, c->next, 0);
}

static void end_capture(capture *c)
{
    session_free(c->smtp);
    wmem_destroy_allocator(c->scope);
}

/* Gives the session len bytes at seq, of which the last missing ones were cut off. A copy of
 * exactly that size shows whoever reads beyond them. */
static void deliver(capture *c, int side, uint32_t seq, const uint8_t *data, size_t len,
                    size_t missing, bool encrypted)
{
    uint8_t *copy = (uint8_t *)malloc(MAX(len - missing, 1));
    span bytes = { 0 };

    memcpy(copy, data, len - missing);
    bytes.data = len > missing ? copy : NULL;
    bytes.len = (uint32_t)(len - missing);
    bytes.missing = (uint32_t)missing;
    bytes.frame = ++c->frame;
    bytes.time = c->frame * FRAME_TIME;
    bytes.offset = 66;
    bytes.encrypted = encrypted;
    if (encrypted || c->in_order)
        session_add_ordered(c->smtp, side, &bytes);
    else
        session_add_segment(c->smtp, side, seq, c->next[!side], &bytes);
    free(copy);
}

static void deliver_whole(capture *c, int side, uint32_t seq, const record *r)
{
    size_t missing = r->flags & RECORD_CUT ? (r->len + 1) / 2 : 0;

    deliver(c, side, seq, r->data, r->len, missing, (r->flags & RECORD_ENCRYPTED) != 0);
}

/* The same bytes in pieces; where TCP numbers them, also in disorder, and some of them twice. */
static void deliver_pieces(capture *c, int side, uint32_t seq, const record *r)
{
    bool encrypted = (r->flags & RECORD_ENCRYPTED) != 0;
    /* of one direction alone what comes behind a hole isn't waited for */
    bool shuffle =
        !encrypted && !c->in_order && c->smtp->streams[side].has_ack && random_below(2) == 0;
    size_t border[PIECES_MAX + 1] = { 0 };
    size_t order[PIECES_MAX];
    size_t count = 0;

    while (border[count] < r->len) {
        size_t left = r->len - border[count];
        size_t most = random_below(2) == 0 ? 3 : left;

        border[count + 1] = count + 1 < PIECES_MAX
                                ? border[count] + 1 + random_below((uint32_t)MIN(most, left))
                                : r->len;
        order[count] = count;
        count++;
    }
    for (size_t i = 0; shuffle && i < count; i++) {
        size_t other = random_below((uint32_t)count);
        size_t kept = order[i];

        order[i] = order[other];
        order[other] = kept;
    }
    for (size_t i = 0; i < count; i++) {
        size_t from = border[order[i]];
        size_t len = border[order[i] + 1] - from;
        unsigned times = shuffle && random_below(8) == 0 ? 2 : 1;

        while (times-- > 0)
            deliver(c, side, seq + (uint32_t)from, r->data + from, len, 0, encrypted);
    }
}

/* Notes the secrets in what the client says next, where it is known to be the client, and to begin
 * a line. */
static void note_secrets(capture *c, const record *r)
{
    const exchange *x = &c->smtp->exchange;
    int side = r->flags & RECORD_SERVER ? 1 : 0;
    bool begins = !x->client.line.open && !c->in_line[side] &&
                  c->smtp->streams[side].waiting == NULL && !c->smtp->raw_is_tls;

    if ((r->flags & (RECORD_LOST | RECORD_CUT | RECORD_ENCRYPTED | RECORD_TLS)) != 0 || !begins ||
        c->smtp->roles.server != !side || !c->smtp->roles.certain)
        return;
    /* what is lost may change the mode, once it is missed */
    if (x->client.mode == CLIENT_RESPONSES || x->client.mode == CLIENT_COMMANDS)
        echo_note(&c->sent, (const char *)r->data, r->len,
                  x->client.mode == CLIENT_RESPONSES && !c->has_lost, c->frame + 1);
}

static void feed(capture *c, const record *r, bool in_pieces)
{
    int side = r->flags & RECORD_SERVER ? 1 : 0;
    unsigned times = r->flags & RECORD_MANY ? MANY : 1;

    if (r->flags & RECORD_TLS)
        session_note_tls(c->smtp);
    note_secrets(c, r);
    c->in_line[side] = r->data[r->len - 1] != '\n';
    c->has_lost |= (r->flags & (RECORD_LOST | RECORD_CUT)) != 0;
    while (times-- > 0) {
        uint32_t seq = c->next[side];

        c->next[side] += r->flags & RECORD_ENCRYPTED ? 0 : (uint32_t)r->len;
        if (r->flags & RECORD_LOST)
            continue;
        if (in_pieces)
            deliver_pieces(c, side, seq, r);
        else
            deliver_whole(c, side, seq, r);
        if ((r->flags & RECORD_TWICE) != 0 && (r->flags & RECORD_ENCRYPTED) == 0 && !c->in_order)
            deliver_whole(c, side, seq, r);
    }
}

static void feed_late(capture *c, const record *r, uint32_t seq)
{
    deliver_whole(c, r->flags & RECORD_SERVER ? 1 : 0, seq, r);
}

/* --- what every note promises --- */

static void require_printable(const char *text)
{
    REQUIRE(g_utf8_validate(text, -1, NULL));
    for (const char *p = text; *p != '\0'; p = g_utf8_next_char(p)) {
        GUnicodeType type = g_unichar_type(g_utf8_get_char(p));

        REQUIRE(type != G_UNICODE_CONTROL && type != G_UNICODE_FORMAT);
        REQUIRE(type != G_UNICODE_LINE_SEPARATOR && type != G_UNICODE_PARAGRAPH_SEPARATOR);
    }
}

static void require_shown_in_full(const char *text, size_t most)
{
    REQUIRE(text != NULL);
    REQUIRE(*text != '\0');
    REQUIRE(strlen(text) <= most);
    require_printable(text);
}

static void check_sentences(wmem_allocator_t *scope, const reply_note *note)
{
    command_id context = note->command != NULL ? (command_id)note->command->id : COMMAND_NONE;
    const catalog_row *row = catalog_lookup(note->code, context);
    mark seen = { 0 };
    char *words;

    mark_add_reply(&seen, note);
    words = mark_text(scope, &seen);
    REQUIRE(((uint64_t)note->findings >> FINDING_OF_REPLIES) == 0);
    for (finding f = 0; f < FINDING_COUNT; f++)
        if (finding_in(note->findings, f))
            require_shown_in_full(finding_sentence(scope, note, f), EXPERT_SHOWN_MAX);
    if (note->code == 211 || note->code == 235 || note->ends_auth || note_refuses(note))
        REQUIRE(words != NULL);
    if (words != NULL)
        require_shown_in_full(words, MARK_MAX);
    REQUIRE(row != NULL);
    require_shown_in_full(catalog_meaning(scope, row), CATALOG_SENTENCE_MAX);
    wmem_free_all(scope);
}

static bool is_filed(const capture *c, const command_note *command)
{
    note_list commands = note_store_commands(c->store, command->frame);
    unsigned at = 0;

    while (at < commands.count && commands.entry[at].command != command)
        at++;
    return at < commands.count;
}

static void check_command(const capture *c, const command_note *command, uint32_t reply_frame)
{
    REQUIRE(command->id > COMMAND_NONE && command->id < COMMAND_COUNT);
    REQUIRE(command->frame <= reply_frame);
    REQUIRE(command->response_in >= reply_frame && command->response_in <= c->frame);
    REQUIRE(command->frame == 0 || is_filed(c, command));
    REQUIRE(command->verb != NULL || command->id == COMMAND_OTHER);
    if (command->verb != NULL)
        require_printable(command->verb);
    if (command->mechanism != NULL) {
        REQUIRE(strlen(command->mechanism) <= MECHANISM_NAME_MAX);
        require_printable(command->mechanism);
    }
}

static void check_reply(wmem_allocator_t *scope, const capture *c, const reply_note *note,
                        uint32_t frame)
{
    REQUIRE(note->code >= 200 && note->code <= 599);
    REQUIRE(note->verdict <= VERDICT_UNSOLICITED);
    REQUIRE(note->lines > 0);
    REQUIRE(note->first_line_in < frame);
    REQUIRE(note->text != NULL);
    require_printable(note->text);
    echo_check(&c->sent, note->text, note->code, frame);
    if (note->command != NULL) {
        check_command(c, note->command, frame);
        REQUIRE(note->command->frame == 0 || note->elapsed >= 0);
        REQUIRE(note->verdict != VERDICT_UNKNOWN && note->verdict != VERDICT_UNSOLICITED);
    } else {
        REQUIRE(note->verdict == VERDICT_UNKNOWN || note->verdict == VERDICT_UNSOLICITED);
    }
    check_sentences(scope, note);
}

static void check_notes(const capture *c)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);

    for (uint32_t frame = 1; frame <= c->frame; frame++) {
        note_list replies = note_store_replies(c->store, frame);
        note_list commands = note_store_commands(c->store, frame);

        for (unsigned i = 0; i < replies.count; i++)
            check_reply(scope, c, replies.entry[i].reply, frame);
        for (unsigned i = 0; i < commands.count; i++) {
            const command_note *note = commands.entry[i].command;

            REQUIRE(note->frame == frame && note->response_in >= frame);
        }
        REQUIRE(login_in_force(&c->logins, frame) < MAX(frame, 1));
    }
    wmem_destroy_allocator(scope);
}

/* --- memory --- */

static uint32_t count_queue(const command_queue *queue)
{
    uint32_t count = 0;

    for (const command_note *note = queue->first; note != NULL; note = note->next) {
        count++;
        REQUIRE(note->next != NULL || note == queue->last);
    }
    return count;
}

static void check_bounds(const session *s)
{
    /* one that stands for anything may come before the commands, and one after them */
    REQUIRE(s->exchange.queue.count <= QUEUE_MAX + 2);
    REQUIRE(count_queue(&s->exchange.queue) == s->exchange.queue.count);
    REQUIRE(s->exchange.client.held.taken <= CLIENT_HELD_MAX);
    for (int side = 0; side < 2; side++) {
        REQUIRE(session_line(s, side)->kept_size <= LINE_KEEP_MAX);
        REQUIRE(session_line(s, side)->kept_len <= session_line(s, side)->kept_size);
        REQUIRE(s->streams[side].waiting_bytes <= STREAM_WAITING_BYTES_MAX);
        REQUIRE(s->streams[side].waiting_segments <= STREAM_WAITING_SEGMENTS_MAX);
        REQUIRE((s->streams[side].waiting == NULL) == (s->streams[side].waiting_segments == 0));
    }
}

static size_t offers_size(const offers *list)
{
    return list != NULL ? sizeof *list + list->count * (OFFER_LEN_MAX + 32) : 0;
}

/* What the notes may take: they are what the session is for. Generous, since a leak shows only
 * where it grows without notes. */
static size_t notes_size(const capture *c)
{
    const offers *listed = NULL;
    size_t size = 0;

    for (uint32_t frame = 1; frame <= c->frame; frame++) {
        note_list replies = note_store_replies(c->store, frame);

        for (unsigned i = 0; i < replies.count; i++) {
            const reply_note *note = replies.entry[i].reply;

            size += 2 * sizeof *note + sizeof(command_note) + 2 * sizeof(login_span) +
                    strlen(note->text) + 128;
            size += note->offers != listed ? offers_size(note->offers) : 0;
            listed = note->offers;
        }
        size += note_store_commands(c->store, frame).count * (2 * sizeof(command_note) + 128);
    }
    return size;
}

#define ALLOCATION 16              /* what the allocator itself needs for each, at most */
#define ALLOCATOR_SIZE (64 * 1024) /* its list of what was allocated, which only grows */
#define REPLY_TEXT_SIZE (2 * REPLY_TEXT_COLLECTED_MAX + 1024)
#define SECRETS_SIZE (SECRETS_BYTES_MAX + 4 * SECRETS_LEN_MAX) /* with their filter */
#define SLACK 4096

static size_t held_size(const held_list *list)
{
    size_t size = 0;

    for (const held_span *held = list->first; held != NULL; held = held->next)
        size += sizeof *held + held->bytes.len + ALLOCATION;
    return size;
}

/* What the session itself may take, by what it holds. */
static size_t own_size(const capture *c)
{
    const session *s = c->smtp;
    size_t name = MECHANISM_NAME_MAX + 1 + ALLOCATION;
    size_t size = sizeof *s + (s->exchange.queue.count + 1) * (sizeof(command_note) + 2 * name);

    /* notes of commands that were dropped are used again */
    size += (QUEUE_MAX + 2) * sizeof(command_note);

    size += held_size(&s->exchange.client.held) + held_size(&s->doubted);
    for (int side = 0; side < 2; side++) {
        size += session_line(s, side)->kept_size;
        size += s->streams[side].waiting_bytes;
        size += s->streams[side].waiting_segments * (sizeof(span) + 16 + ALLOCATION);
    }
    if (s->exchange.server.open)
        size += REPLY_TEXT_SIZE + offers_size(s->exchange.server.listed);
    if (s->exchange.client.secrets != NULL)
        size += SECRETS_SIZE;
    return size + ALLOCATOR_SIZE + SLACK;
}

static void check_memory(const capture *c)
{
    size_t now = __sanitizer_get_current_allocated_bytes();

    check_bounds(c->smtp);
    if (now > c->memory_before + notes_size(c) + own_size(c)) {
        fprintf(stderr, "%zu bytes allocated, %zu in notes, %zu allowed\n", now - c->memory_before,
                notes_size(c), own_size(c));
        abort();
    }
}

/* --- the same in any segmentation --- */

static const reply_note *next_reply(capture *c)
{
    while (c->compared < c->frame) {
        note_list replies = note_store_replies(c->store, c->compared + 1);

        if (c->compared_replies < replies.count)
            return replies.entry[c->compared_replies++].reply;
        c->compared++;
        c->compared_replies = 0;
    }
    return NULL;
}

/* How much is hidden may depend on what was known when a line came. */
static bool hides(const char *text)
{
    return text != NULL && strstr(text, SECRETS_HIDDEN) != NULL;
}

static bool same_text(const char *a, const char *b)
{
    if (g_strcmp0(a, b) == 0 || (hides(a) && hides(b)))
        return true;
    fprintf(stderr, "whole: \"%s\"\nin pieces: \"%s\"\n", a != NULL ? a : "", b != NULL ? b : "");
    return false;
}

static void require_same_command(const command_note *a, const command_note *b)
{
    REQUIRE((a == NULL) == (b == NULL));
    if (a == NULL || b == NULL)
        return;
    REQUIRE(a->id == b->id);
    REQUIRE(same_text(a->verb, b->verb));
    REQUIRE(same_text(a->mechanism, b->mechanism));
    REQUIRE(a->cancelled == b->cancelled);
    REQUIRE(a->ends_message == b->ends_message);
    REQUIRE((a->frame == 0) == (b->frame == 0));
}

static void require_same_reply(const reply_note *a, const reply_note *b)
{
    REQUIRE(a->code == b->code);
    REQUIRE(a->lines == b->lines);
    REQUIRE(same_text(a->text, b->text));
    REQUIRE(a->findings == b->findings);
    REQUIRE(memcmp(&a->enhanced.status_class, &b->enhanced.status_class, 1) == 0);
    REQUIRE(a->enhanced.subject == b->enhanced.subject);
    REQUIRE(a->enhanced.detail == b->enhanced.detail);
    require_same_command(a->command, b->command);
    REQUIRE(a->verdict == b->verdict);
    REQUIRE(a->encrypted == b->encrypted);
    REQUIRE(a->ends_auth == b->ends_auth);
    REQUIRE(a->ends_help == b->ends_help);
    REQUIRE(a->code_changed == b->code_changed);
    REQUIRE(a->auth_failures == b->auth_failures);
}

static void require_same(capture *a, capture *b)
{
    const reply_note *in_a = NULL, *in_b = NULL;

    do {
        in_a = next_reply(a);
        in_b = next_reply(b);
        REQUIRE((in_a == NULL) == (in_b == NULL));
        if (in_a != NULL && in_b != NULL)
            require_same_reply(in_a, in_b);
    } while (in_a != NULL);
    REQUIRE(a->smtp->exchange.all_known == b->smtp->exchange.all_known);
    REQUIRE(a->smtp->roles.server == b->smtp->roles.server);
    REQUIRE(a->smtp->exchange.client.mode == b->smtp->exchange.client.mode);
    REQUIRE(a->smtp->exchange.queue.count == b->smtp->exchange.queue.count);
    REQUIRE((login_holding(&a->logins) != 0) == (login_holding(&b->logins) != 0));
}

/* Does each line end, the earlier bytes of the side counted, before LINE_KEEP_MAX? */
static bool lines_are_short(const record *r, size_t open[2])
{
    size_t *len = &open[r->flags & RECORD_SERVER ? 1 : 0];
    bool are_short = true;

    for (size_t i = 0; i < r->len; i++) {
        *len = r->data[i] == '\n' ? 0 : *len + 1;
        are_short &= *len < LINE_KEEP_MAX;
    }
    return are_short;
}

static bool may_compare(const capture *c)
{
    return c->smtp->exchange.all_known && !c->smtp->exchange.client.gap_in_held;
}

/* Both sessions in step; what they say is compared after each record. */
static void run_in_pieces(const record *records, size_t count, uint8_t options)
{
    capture whole, pieces;
    size_t open[2] = { 0, 0 };
    bool compare = (options & OPTION_GREETED) != 0;
    record first = { RECORD_SERVER, (const uint8_t *)greeting, strlen(greeting) };

    begin_capture(&whole, options & (uint8_t)~OPTION_NO_START);
    begin_capture(&pieces, options & (uint8_t)~OPTION_NO_START);
    if (compare) {
        feed(&whole, &first, false);
        feed(&pieces, &first, false);
        compare = whole.smtp->roles.certain; /* else a line in pieces may be another one */
    }
    for (size_t i = 0; i < count; i++) {
        record r = records[i];

        r.flags &= (uint8_t) ~(RECORD_LOST | RECORD_LATE | RECORD_CUT | RECORD_MANY);
        compare &= lines_are_short(&r, open);
        feed(&whole, &r, false);
        feed(&pieces, &r, true);
        if (compare)
            require_same(&whole, &pieces);
        compare &= may_compare(&whole) && may_compare(&pieces);
    }
    check_notes(&whole);
    check_notes(&pieces);
    check_bounds(whole.smtp);
    check_bounds(pieces.smtp);
    end_capture(&pieces);
    end_capture(&whole);
}

/* No text of the latest frame holds that. */
static void require_hidden(const capture *c, const char *guise)
{
    note_list replies = note_store_replies(c->store, c->frame);

    for (unsigned i = 0; i < replies.count; i++) {
        const char *text = replies.entry[i].reply->text;

        if (strstr(text, guise) != NULL)
            fprintf(stderr, "the text \"%s\" holds \"%s\"\n", text, guise);
        REQUIRE(strstr(text, guise) == NULL);
    }
}

/* The server repeats what the client sent last. */
static void repeat_secrets(capture *c)
{
    for (unsigned i = 0; i < c->sent.count; i++) {
        char *guise;
        char *said = echo_say(&c->sent.secret[i], random_below, &guise);
        record r = { RECORD_SERVER, (const uint8_t *)said, strlen(said) };

        feed(c, &r, false);
        require_hidden(c, guise);
        g_free(said);
        g_free(guise);
    }
}

/* One session, with all that the flags say. */
static void run_as_told(const record *records, size_t count, uint8_t options)
{
    capture c;
    record first = { RECORD_SERVER, (const uint8_t *)greeting, strlen(greeting) };
    const record *late = NULL;
    uint32_t late_seq = 0;

    begin_capture(&c, options);
    if (options & OPTION_GREETED)
        feed(&c, &first, false);
    for (size_t i = 0; i < count; i++) {
        const record *r = &records[i];
        int side = r->flags & RECORD_SERVER ? 1 : 0;

        if ((r->flags & RECORD_LATE) != 0 && late == NULL) {
            late = r;
            late_seq = c.next[side];
            c.has_lost = true;
            c.next[side] += r->flags & RECORD_ENCRYPTED ? 0 : (uint32_t)r->len;
            continue;
        }
        feed(&c, r, false);
        if (late != NULL)
            feed_late(&c, late, late_seq);
        late = NULL;
        check_bounds(c.smtp);
    }
    check_memory(&c);
    repeat_secrets(&c);
    check_notes(&c);
    end_capture(&c);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    record records[RECORDS_MAX];
    size_t count;

    if (size < 2)
        return -1;
    count = read_records(data + 1, size - 1, records);
    seed_random(data, size);
    run_as_told(records, count, data[0]);
    run_in_pieces(records, count, data[0]);
    return 0;
}
