/* exchange.h
 * The exchange of commands and replies: what each of them changes in the session.
 *
 * The readers say what was read; this is the only place that draws conclusions from it, and the only
 * one that writes what a session knows. Others may read the fields of an exchange.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_EXCHANGE_H
#define SMTP_EXPLAIN_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "client.h"
#include "history.h"
#include "login.h"
#include "note.h"
#include "offers.h"
#include "queue.h"
#include "server.h"
#include "summary.h"
#include "span.h"

/* Where an exchange begins. */
typedef enum {
    EXCHANGE_AT_START,     /* with the opening of the connection: the greeting is due */
    EXCHANGE_MIDWAY,       /* somewhere: anything may be outstanding */
    EXCHANGE_SERVER_FIRST, /* the same, but the server is the first to be heard */
    EXCHANGE_INSIDE_TLS,   /* behind a STARTTLS that wasn't seen: the client speaks first */
} exchange_start;

typedef struct {
    wmem_allocator_t *scope;
    note_store *store;
    login_list *logins;
    client_reader client;
    server_reader server;
    command_queue queue;
    command_queue smuggled; /* commands in message data, which some servers carry out */

    uint32_t frame;   /* that is being read */
    uint32_t seen_in; /* the frame in which it is read, if that is a later one; or 0 */
    int64_t time;     /* its, nanoseconds since the epoch */

    /* what is certain */
    bool all_known;        /* nothing is missing since the session's start */
    bool commands_known;   /* the client's next lines are commands, if its reader says so */
    bool recipients_known; /* none of the replies to this transaction's recipients is missing */
    bool protocol_known;   /* whether this is LMTP */
    bool gap_before_start; /* bytes were lost before any were seen */

    struct {
        uint32_t frame; /* 0: there was none, or the server took it */
        int64_t time;
        note_place place;
        bool binary;
    } proxy; /* the PROXY header to which a server that doesn't know it may reply */
    const char
        *client_named; /* whom a PROXY header named; NULL: nobody. Lives as long as the notes */
    uint32_t tls_unasked_in; /* the frame in which the client began TLS unasked; 0: it didn't */
    uint16_t port;           /* the server's; 0: not known */
    bool server_unheard; /* the client acknowledged bytes of the server that the capture lacks */
    uint64_t blob_size;  /* octets that the last XEXCH50 announced */
    int64_t opened;      /* when the connection was: nanoseconds since the epoch; 0: not known */
    bool early_filed;    /* an early talker is pointed out once, */
    bool line_filed;     /* a line without CR too, */
    bool stray_filed;    /* and a line without a code; */
    bool clear_filed;    /* and that the server wants TLS instead */
    bool starttls_taken; /* the client's next line is behind an accepted STARTTLS */

    bool lmtp;
    bool rewritten;        /* something in between rewrites what is said */
    bool gave_up;          /* the server has said that it closes the connection */
    int64_t spoke;         /* when the last reply or response came: nanoseconds since the epoch */
    bool parted;           /* it was that, or 221 */
    bool server_first;     /* nothing else was heard yet than what the server says now */
    bool response_lost;    /* of the client, since the last reply */
    bool greeted;          /* the server has spoken: no greeting can come any more */
    bool message_answered; /* the server didn't wait for the end of the message */
    bool after_refused_login; /* what comes now may be a response that nobody asked for */
    uint32_t recipients;      /* accepted ones of the transaction, for LMTP */
    uint32_t chunk_due; /* replies that a server gives to the lines of a chunk it doesn't discard */
    uint32_t message_due; /* replies to the end of data that are still to come (LMTP) */
    history history;
    session_summary summary;
    bool ended;          /* that was filed */
    uint8_t asked;       /* challenge_kind of the last 334 since AUTH */
    uint32_t responses;  /* SASL lines since AUTH */
    uint32_t challenges; /* and what asked for them */
    uint32_t auth_failures;
    const offers *offers;  /* what the last reply to EHLO listed; NULL if that isn't known */
    const char *ehlo_text; /* the last reply that accepted EHLO; NULL: none was seen */
    const char *help_text; /* the same of HELP */
} exchange;

/* What is known of the client's stream when a reply comes. */
typedef struct {
    bool has_unseen; /* the server acknowledged bytes that the capture doesn't have */
    bool has_closed; /* it has ended */
    bool is_absent;  /* the capture has nothing of the client, not even an acknowledgement */
} exchange_stream;

/* Nothing was said yet. Notes are filed in store, logins in logins; all lives in scope. */
void exchange_init(exchange *x, wmem_allocator_t *scope, note_store *store, login_list *logins);

/* Overwrites what is held of the client's bytes, and frees all but notes and logins. A login that
 * still holds ends behind the frame that was read last. */
void exchange_close(exchange *x);

/* The frame that is being read from here on, and its time in nanoseconds since the epoch. */
void exchange_set_frame(exchange *x, uint32_t frame, int64_t time);

/* Who serves has become known, or isn't who it was thought to be: begins anew. */
void exchange_begin(exchange *x, exchange_start start);

/* The connection was opened then, in nanoseconds since the epoch. */
void exchange_note_opened(exchange *x, int64_t time);

/* Bytes were lost before any were seen. */
void exchange_note_gap_before_start(exchange *x);

/* The first bytes out of TLS: nothing of what was said before counts (RFC 3207, section 4.2). */
void exchange_enter_tls(exchange *x);

/* The client said this. */
void exchange_take_client(exchange *x, const client_event *event);

/* Bytes of the client are missing: a span of kind SPAN_LOST or SPAN_CUT. */
void exchange_skip_client(exchange *x, const span *hole);

/* Called before bytes of the server are read: servers repeat what they were sent in replies to AUTH and
 * to lines that SMTP doesn't know, and there alone a short word of letters is hidden. */
void exchange_mind_secrets(exchange *x);

/* Does this reply, which was not taken yet, tell whether what was held after BDAT is a chunk? If so, what
 * was held is to be read before the reply is taken. */
bool exchange_settles_chunk(exchange *x, const server_reply *reply);

/* The server said this. True if the sides change their roles by it: a TURN or ATRN was accepted, and
 * the exchange has begun anew. */
bool exchange_take_server(exchange *x, const server_reply *reply, const exchange_stream *client);

/* Called after bytes of the server were read: points out a line that begins with no code. */
void exchange_look_at_server(exchange *x);

/* The server answers with TLS what the client says in clear text; by_server false: it says nothing. */
void exchange_note_clear_text(exchange *x, bool by_server);

/* A side ended the TLS handshake with this alert. */
void exchange_note_alert(exchange *x, uint8_t alert, bool by_server);

/* The connection ended inside the TLS handshake, or right behind it. answered: the server had said
 * something. */
void exchange_note_broken_handshake(exchange *x, session_end end, bool answered);

/* The session goes on in TLS that isn't decrypted. */
void exchange_note_unread_tls(exchange *x);

/* The session ends: nothing comes after this. heard_all: nothing that the server said is missing. */
void exchange_end(exchange *x, session_end end, bool heard_all);

/* The command that waits for its reply, as smtp_explain.command names it; NULL if none does, as far as is
 * known. Valid until the next bytes are read. */
const char *exchange_waiting(const exchange *x);

/* Bytes of the server are missing; answered: a reply was taken of what is left of a cut frame. */
void exchange_skip_server(exchange *x, const span *hole, bool answered);

#endif
