/* server.h
 * Reads what the server of a session says: whole replies.
 *
 * A pull reader: it keeps the reply whose lines are arriving, and nothing of the session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SERVER_H
#define SMTP_EXPLAIN_SERVER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "line.h"
#include "note.h"
#include "offers.h"
#include "secrets.h"
#include "span.h"
#include "tls.h"

typedef struct {
    note_store *store;
    wmem_allocator_t *scope;
    line_buffer line;

    tls_start tls; /* what may be a record */
    bool in_tls;   /* one has begun: nothing is read any more */

    char *stray; /* the first line that begins with no code, fit to be shown; NULL: none has come */

    /* the reply whose lines are arriving */
    bool open;
    bool code_changed;
    uint8_t read_as; /* charset that its text was read as, if not all of it is UTF-8 */
    bool cut;        /* the snap length cut its end off */
    uint16_t code;
    uint32_t lines;
    uint32_t first_frame;
    uint32_t place_frame; /* the frame that place is in */
    note_place place;
    enhanced_code enhanced;
    const char *whole_text; /* if one line is all of it, and can be shown as it is */
    wmem_strbuf_t *text;    /* of the lines so far otherwise; NULL: there are none */
    offers *listed;         /* what its lines offer, should it be the reply to EHLO; or NULL */
} server_reader;

/* What the reader is asked to read. */
typedef struct {
    const span *bytes;
    uint32_t frame;         /* that is being read now; bytes may have been captured before it */
    const secrets *secrets; /* of the client, not to be shown; or NULL */
} server_input;

/* A whole reply. */
typedef struct {
    reply_note *note; /* what the reply itself says is filled in */
    offers
        *listed; /* what its lines offer, should it be the reply to EHLO; the caller's; or NULL */
    bool cut;    /* its last lines are not in the capture */
} server_reply;

/* A reader whose notes come from store, and whose own memory from scope. */
void server_init(server_reader *reader, note_store *store, wmem_allocator_t *scope);

/* Forgets the reply and the line that are not complete. */
void server_reset(server_reader *reader);

/* Reads on from *pos, which is moved, to the end of the next whole reply. False if the bytes end
 * before it does, or a TLS record begins at *pos: then reader->in_tls is set, and what is in tls of it came
 * before these. */
bool server_next(server_reader *reader, const server_input *input, size_t *pos,
                 server_reply *reply);

/* A frame that the snap length cut: what it shows of a reply is enough to know that the reply was
 * sent. The rest of the line, or of the reply, is taken to be in the part that is cut off. False if
 * it shows no reply. input->bytes is the hole. */
bool server_finish_cut(server_reader *reader, const server_input *input, server_reply *reply);

#endif
