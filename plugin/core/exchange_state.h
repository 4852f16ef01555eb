/* exchange_state.h
 * What is known of an exchange of commands and replies.
 *
 * Only exchange and its parts write it: those files that include this header for it. Others may read.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_EXCHANGE_STATE_H
#define SMTP_EXPLAIN_EXCHANGE_STATE_H

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

typedef struct {
    wmem_allocator_t *scope;
    note_store *store;
    login_list *logins;
    client_reader client;
    server_reader server;
    command_queue queue;
    command_queue smuggled; /* commands in message data, which some servers carry out, */
    bool smuggling;         /* and this one does: the latest reply was to one of them */

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

#endif
