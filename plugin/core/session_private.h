/* session_private.h
 * What the files that make up a session share.
 *
 *   session.c  which side is which, loss, TLS, who is logged in
 *   client.c   bytes of the client -> commands
 *   server.c   bytes of the server -> replies
 *   pairing.c  the queue of outstanding commands: which one does a reply answer?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SESSION_PRIVATE_H
#define SMTP_EXPLAIN_SESSION_PRIVATE_H

#include "line.h"
#include "secrets.h"
#include "session.h"
#include "stream.h"

/* How the client's next bytes are to be read. */
typedef enum {
    CLIENT_COMMANDS,
    CLIENT_HOLDING,  /* after DATA: message or commands? Its reply will tell */
    CLIENT_MESSAGE,  /* after 354, up to the line with the single dot */
    CLIENT_CHUNK,    /* the octets that a BDAT announced */
    CLIENT_SASL,     /* responses to the server's challenges */
    CLIENT_MAYBE_TLS /* STARTTLS was accepted */
} client_mode;

/* How far the end of message data, CR LF "." CR LF, has been matched. */
typedef enum { DOT_IN_LINE, DOT_LINE_CR, DOT_LINE_START, DOT_SEEN, DOT_CR_SEEN } dot_match;

/* Bytes after DATA that wait for its reply; a copy of them follows. */
typedef struct held_bytes {
    struct held_bytes *next;
    span bytes;
} held_bytes;

typedef struct {
    client_mode mode;
    bool unsure; /* bytes are missing: what follows may be anything, also message content */

    dot_match dot;
    bool dot_guessed;      /* nobody saw whether it began at the beginning of a line */
    bool message_lf;       /* DATA ended with LF alone, so that the message may, too */
    bool message_hole;     /* bytes of the message are missing */
    bool message_answered; /* the server didn't wait for its end */

    uint64_t chunk_left; /* octets of a BDAT chunk that are still to come */

    held_bytes *held, *held_last;
    uint32_t held_len;
    bool held_lost; /* there were more than could be held, or some are missing */

    uint32_t sasl_lines;      /* sent since AUTH */
    uint32_t sasl_challenges; /* received since AUTH */
    bool after_failed_auth;   /* what comes now may be a response that nobody asked for */
} client_state;

/* The reply whose lines are arriving. */
typedef struct {
    bool open;
    bool code_changed;
    uint16_t code;
    uint32_t lines;
    uint32_t first_frame;
    uint32_t place_frame; /* the frame that place is in */
    note_place place;
    enhanced_code enhanced;
    const char *whole_text; /* if one line is all of it, and can be shown as it is */
    wmem_strbuf_t *text;    /* of the lines so far otherwise; NULL: there are none */
    offers *offers; /* what its lines offer, should it be the reply to EHLO; NULL: nothing */
    bool cut;       /* the snap length cut its end off */
} reply_state;

typedef struct {
    command_note *first, *last; /* oldest first; a note of COMMAND_NONE stands for 'anything' */
    uint32_t count;
    uint32_t lines_since_reply; /* client lines since the server last spoke */
    command_note *lone;         /* the newest command, if a segment held nothing else */
} command_queue;

typedef struct {
    session *owner;
    int side;
} session_side;

struct session {
    wmem_allocator_t *scope;
    note_store *store;
    session_side sides[2];
    stream streams[2];
    line_buffer lines[2];

    int8_t server;       /* side; -1: not known yet */
    bool server_certain; /* it said so itself */
    int8_t hint;         /* side; -1: none */
    bool from_start;     /* nothing was sent before the first bytes that were seen */

    bool lossless; /* nothing is missing since the session's start */
    bool encrypted;
    bool raw_is_tls; /* bytes that don't come out of TLS are TLS records */
    bool early_hole; /* bytes were lost before any were seen */
    bool lmtp;
    bool hello_seen;      /* whether this is LMTP is known */
    bool greeted;         /* the server has spoken: no greeting can come any more */
    uint32_t accepted;    /* recipients of the transaction, for LMTP */
    bool accepted_sure;   /* none of their replies is missing */
    uint32_t message_due; /* replies to the end of data that are still to come (LMTP) */

    const offers *offers; /* what the last reply to EHLO listed; NULL if that isn't known */
    secrets *secrets;     /* of the client; NULL if it has sent none */
    uint32_t auth_failures;
    session_login **logins; /* the latest first */

    uint32_t now;     /* the frame that is being read */
    int64_t now_time; /* nanoseconds since the epoch */

    client_state client;
    reply_state reply;
    command_queue queue;
};

/* client.c */
void client_read(session *s, const span *bytes);
/* hole->missing bytes of the client are not in the capture (0: an unknown number). */
void client_lost(session *s, const span *hole);
/* The reply to DATA came. */
void client_release_held(session *s, bool is_message);
void client_begin_message(session *s, bool hole);
void client_drop_held(session *s);

/* server.c */
void server_read(session *s, const span *bytes);
void server_lost(session *s, const span *hole);
void server_abandon_reply(session *s);
bool server_text_is_greeting(const char *text, size_t len);

/* pairing.c */
command_note *pairing_push(session *s, command_id id, const span *bytes);
/* From here on anything may be outstanding. */
void pairing_push_unknown(session *s);
void pairing_unsettle(session *s);
void pairing_clear(session *s);
/* Is anything outstanding that nobody saw? */
bool pairing_has_unknown(const session *s);
/* Finds the command that a reply answers, and fills in what follows from it: command (NULL if it
 * isn't known), elapsed and verdict. The command is outstanding no longer, unless more replies
 * to it are due. */
void pairing_answer(session *s, reply_note *note);

/* session.c */
bool session_is_authenticated(const session *s);
void session_log_in(session *s);
void session_log_out(session *s);
/* After TURN and ATRN the sides change their roles (RFC 2645, section 5.2). */
void session_swap_sides(session *s);
void session_begin_connection(session *s);

#endif
