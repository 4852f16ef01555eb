/* connection.h
 * What the plugin keeps of a conversation, and how it is found again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CONNECTION_H
#define SMTP_EXPLAIN_CONNECTION_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/conversation.h>
#include <epan/packet.h>

#include "session.h"

/* Lives in the file scope. */
typedef struct {
    session *smtp; /* NULL: it is over */
    login_list logins;
    const char *client;     /* whom the PROXY header of that one named; NULL: nobody */
    numbers over;           /* what was seen of a session that is over */
    uint32_t next_start[2]; /* where the sides begin of which a SYN with ACK was seen since */
    bool has_next_start;
    uint32_t number;     /* of the first session: 1, 2, ... */
    wmem_array_t *later; /* further ones between the same ports, by frame; NULL: there are none */
    uint32_t port;       /* of the side that was seen first, which is side 0 */
    address addr;        /* its address */
    bool heard[2];       /* the side has sent SMTP */
} smtp_explain_connection;

/* To be called once, before anything else here. proto is the plugin's protocol. */
void smtp_explain_connection_init(int proto);

/* Forgets all that was found: another capture is opened. */
void smtp_explain_connection_reset(void);

/* Makes the state of the frame's conversation, which has none yet, with a session that is open. The
 * frame's sender is side 0. The notes go into store, which must live as long as the file scope. */
smtp_explain_connection *
smtp_explain_connection_new(packet_info *pinfo, conversation_t *conversation, note_store *store);

/* The session is over: frees what only reading it needs. Not to be called twice. */
void smtp_explain_connection_close(smtp_explain_connection *state);

/* Another session begins in this frame between the same ports, though the capture has no SYN. To be
 * called once the last one is closed. */
void smtp_explain_connection_reopen(smtp_explain_connection *state, note_store *store,
                                    uint32_t frame);

/* What was seen of the connection, whether its session is over or not. */
numbers smtp_explain_connection_numbers(const smtp_explain_connection *state);

/* The number of the session that a frame belongs to. */
uint32_t smtp_explain_connection_number(const smtp_explain_connection *state, uint32_t frame);

/* The state of the frame's conversation; NULL if it has none. On any visit. */
smtp_explain_connection *smtp_explain_connection_find(packet_info *pinfo);

/* The same for first visits, which come in the order of the capture, and nearly always quicker.
 * Tell smtp_explain_connection_renew() of each SYN. */
smtp_explain_connection *smtp_explain_connection_find_next(packet_info *pinfo);

/* A SYN may begin another connection between the same ports. */
void smtp_explain_connection_renew(const packet_info *pinfo);

/* The side that sent the frame, one of the connection's: 0 or 1. */
int smtp_explain_connection_side(const smtp_explain_connection *state, const packet_info *pinfo);

/* Whom a PROXY header named as the client of the session with that number; NULL: nobody, or it isn't the latest. */
const char *smtp_explain_connection_client(const smtp_explain_connection *state, uint32_t number);

/* Did the server of its latest session send this packet? */
bool smtp_explain_connection_serves(const smtp_explain_connection *state, const packet_info *pinfo);

#endif
