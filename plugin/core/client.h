/* client.h
 * Reads what the client of a session says: commands, and what is none: message data, the chunks of
 * BDAT, SASL responses.
 *
 * A pull reader: it says what it read, and keeps only what it needs to frame the next byte. Who asks
 * it decides what a command means, and tells it how to go on.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLIENT_H
#define SMTP_EXPLAIN_CLIENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "command.h"
#include "held.h"
#include "line.h"
#include "note.h"
#include "proxy.h"
#include "secrets.h"
#include "span.h"
#include "tls.h"

/* Memory for the bytes that are held. */
#define CLIENT_HELD_MAX (64 * 1024)

/* So many bytes before an LF tell whether it ends the message for some servers. */
#define CLIENT_TAIL 4
#define CLIENT_HEAD 8

/* How the next bytes are to be read. */
typedef enum {
    CLIENT_COMMANDS,
    CLIENT_HOLDING,   /* after DATA: message or commands? Its reply will tell. Or so after BDAT */
    CLIENT_MESSAGE,   /* up to the line with the single dot */
    CLIENT_CHUNK,     /* the octets that a BDAT announced */
    CLIENT_RESPONSES, /* to the server's challenges (RFC 4954, section 4) */
    CLIENT_MAYBE_TLS, /* after STARTTLS */
    CLIENT_IN_TLS,    /* it began TLS unasked, and whatever follows is none of ours */
} client_mode;

/* How far the end of message data, CR LF "." CR LF, has been matched. */
typedef enum { DOT_IN_LINE, DOT_LINE_CR, DOT_LINE_START, DOT_SEEN, DOT_CR_SEEN } client_dot;

typedef struct {
    wmem_allocator_t *scope;
    uint8_t mode; /* client_mode; client_set_mode() sets it */
    line_buffer line;
    bool keeps_responses; /* whole, so that the user name can be read in them */
    secrets *secrets;     /* what the client sent and the server must not be quoted with; or NULL */

    uint64_t response_hash; /* of the response that is arriving */

    uint8_t dot;               /* client_dot */
    bool dot_known;            /* it was seen whether the dot stands at the beginning of a line */
    bool lf_ends_lines;        /* DATA ended with LF alone, so that the message may, too */
    bool gap_in_message;       /* bytes of the message are missing */
    uint8_t tail[CLIENT_TAIL]; /* its last bytes */
    bool ends_falsely;         /* they are such an end as the next line says, */
    note_place end_place;      /* in this place of this frame, */
    uint32_t end_frame;
    int64_t end_time;     /* nanoseconds since the epoch */
    bool smuggles;        /* an end that isn't CR LF "." CR LF was seen: commands may follow it */
    bool smuggles_data;   /* and DATA among them */
    line_buffer smuggled; /* the line behind it */

    uint64_t chunk_left; /* octets of the chunk that are still to come */
    bool in_chunk;       /* some of them came */
    uint32_t data_lines; /* of the message, or of the chunk, so far */

    /* lines in message data that are commands for a server that sees no message there */
    char head[CLIENT_HEAD]; /* of the line, where its verb stands */
    uint8_t head_len;
    bool in_auth_line;
    uint8_t auth_lines; /* that may follow AUTH as responses */

    bool first_line;    /* the next one is the first */
    bool at_start;      /* nothing but a PROXY header came yet */
    proxy_header proxy; /* that is arriving */
    span back;          /* what was taken for the beginning of one: still to be read */
    size_t back_pos;

    tls_start tls; /* what may follow STARTTLS */

    held_list held;
    bool holds_chunk; /* it is, or may be, a chunk of chunk_left octets */
    bool gap_in_held; /* there were more than could be held, or some are missing */
} client_reader;

typedef enum {
    CLIENT_SAID_COMMAND,
    CLIENT_SAID_RESPONSE, /* a SASL response: its line is not looked at */
    CLIENT_ENDED_MESSAGE,
    CLIENT_ENDED_CHUNK,
    CLIENT_SMUGGLED_COMMAND, /* message data holds it, behind what some servers take for its end */
    CLIENT_SENT_PROXY,       /* a PROXY header: no reply is due */
    CLIENT_BEGAN_TLS,
} client_event_kind;

/* What was read. What it points at is valid until the next call. */
typedef struct {
    client_event_kind kind;
    const span *bytes; /* that hold its end */
    note_place place;  /* of its last line, or of the rest of the chunk, in these bytes */
    bool alone;        /* these bytes hold all of it and nothing else */

    /* of a command */
    command_id id;
    const char *verb; /* inside the line, not terminated; likewise the argument */
    size_t verb_len;
    const char *argument; /* what follows the verb and its blanks */
    size_t argument_len;
    bool crlf; /* its line ended with CR LF, not with LF alone */

    bool unasked;    /* of TLS: no STARTTLS came before it */
    uint8_t earlier; /* bytes of its first record that came before these: 1 at most */

    /* of a PROXY header */
    char client[PROXY_CLIENT_MAX]; /* whom it names; "" if it names nobody */
    bool binary;                   /* version 2: to a server that doesn't know it, several lines */

    bool in_auth;      /* it came where a SASL response was due */
    bool argument_cut; /* it is longer: a line in pieces is kept only as far as it may be shown */

    /* of a response */
    bool cancels;         /* it is "*" */
    bool is_empty;        /* it says nothing */
    const char *response; /* all of it, if the reader keeps responses */
    size_t response_len;
    uint64_t hash; /* secrets_hash() of it */
} client_event;

/* keeps_responses: SASL responses are given out whole, as far as a line is kept, and not kept any
 * longer than other lines. */
void client_init(client_reader *reader, wmem_allocator_t *scope, bool keeps_responses);

/* Begins anew with the same secrets; what it held of the client's bytes is overwritten. */
void client_reset(client_reader *reader);

/* Reads on from *pos, which is moved, to the end of the bytes or the next event. False if there is
 * none in them. */
bool client_next(client_reader *reader, const span *bytes, size_t *pos, client_event *event);

/* The client's very first bytes come next: they may be a PROXY header, or begin TLS. */
void client_expect_start(client_reader *reader);

/* The one setter of the mode. What is held stays held. */
void client_set_mode(client_reader *reader, client_mode mode);

/* Sets the mode for a message that begins now, or, after a gap, has begun. */
void client_begin_message(client_reader *reader, bool after_gap);

/* The message ended with what came last, although that isn't CR LF "." CR LF: the server took it so. False
 * if that is no end at all. */
bool client_end_message_falsely(client_reader *reader);

/* Sets the mode for a chunk of so many octets, if there are any. */
void client_begin_chunk(client_reader *reader, uint64_t octets);

/* After a BDAT that may be no such thing: holds what comes, a chunk of so many octets or commands. */
void client_hold_chunk(client_reader *reader, uint64_t octets);

/* After DATA: holds what comes. lf_ends_lines: DATA itself ended with LF alone. */
void client_begin_holding(client_reader *reader, bool lf_ends_lines);

/* A frame that the snap length cut: its verb is enough to know the command. False if the line that
 * is open shows none. */
bool client_finish_cut(client_reader *reader, const span *hole, client_event *event);

/* Bytes of the client are missing (0: an unknown number), apart from the rest of a line that
 * client_finish_cut() finished: only_line, if nothing else is. False if what follows may be
 * anything. */
bool client_skip(client_reader *reader, uint32_t missing, bool finished, bool only_line);

/* The server must not be quoted with this. is_cut: there was more of it. */
void client_note_secret(client_reader *reader, secrets_kind kind, const char *text, size_t len,
                        bool is_cut);

#endif
