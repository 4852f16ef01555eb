/* history.h
 * What was said in a session so far, as far as it may tell later why a reply refuses.
 *
 * A part of the exchange: only that writes it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_HISTORY_H
#define SMTP_EXPLAIN_HISTORY_H

#include <stdbool.h>
#include <stdint.h>

#include "facts.h"
#include "note.h"
#include "offers.h"

/* The mail transaction (RFC 5321, section 3.3). */
typedef enum {
    TRANSACTION_UNKNOWN, /* something is missing from the capture */
    TRANSACTION_NONE,
    TRANSACTION_REFUSED, /* MAIL was, and nothing ended the attempt since */
    TRANSACTION_OPEN,
} transaction_state;

/* Frames are 0 where there is nothing to name. All zero: nothing is known. */
typedef struct {
    uint32_t spoke_early_in; /* the client's first bytes, if they came before the greeting */
    uint32_t proxy_in;       /* a PROXY header */
    uint8_t hello;           /* command_id of the last hello that was accepted */
    bool hello_known;        /* none was lost */
    uint32_t hello_in;       /* its frame */
    uint32_t offers_in;      /* the reply to EHLO */

    uint8_t transaction; /* transaction_state */
    uint32_t mail_in;    /* the reply to its MAIL; the MAIL itself, if that was refused */
    uint32_t rcpt_accepted_in;
    uint32_t rcpt_refused_in;

    /* of the AUTH that goes on, or the last one */
    bool responses_known;    /* none of them is missing */
    uint32_t responses;      /* the one that came with AUTH included */
    uint32_t credentials_in; /* the frame of the one that holds credentials */
    uint64_t last_response;  /* a hash of it */
    bool responses_equal;    /* the last two said the same */
    uint32_t token_error_in; /* the 334 with an error */

    uint32_t login_refused_in; /* the last reply that refused an AUTH */
    uint32_t login_attempts;   /* AUTH commands that were answered */
} history;

/* The session begins, with the opening of its connection or, from_start false, somewhere. */
void history_begin(history *h, bool from_start);

/* Something is missing: what it may have changed isn't known any more. */
void history_doubt(history *h);

/* The same of the responses of the AUTH that goes on. */
void history_doubt_responses(history *h);

/* The client said something before it was greeted. */
void history_note_early(history *h, uint32_t frame);

/* A PROXY header came. */
void history_note_proxy(history *h, uint32_t frame);

/* The client sent a command. */
void history_take_command(history *h, const command_note *note);

/* The client sent a SASL response, as a line or with AUTH itself. hash: secrets_hash() of it. */
void history_take_response(history *h, const command_note *auth, uint32_t frame, uint64_t hash);

/* The same, of one that says nothing. */
void history_take_empty_response(history *h);

/* A 334 carried an error instead of a challenge. */
void history_note_token_error(history *h, uint32_t frame);

/* The server said this in that frame. */
void history_take_reply(history *h, const reply_note *note, uint32_t frame);

/* What all that tells about a reply that refuses. authenticated_in: the frame of the 235 that held
 * when it came, 0 if none did; all_known: nothing of the session is missing. To be asked before
 * history_take_reply(). */
session_facts history_tell(const history *h, const reply_note *note, uint32_t authenticated_in,
                           bool all_known);

#endif
