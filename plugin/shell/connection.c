/* connection.c
 * What the plugin keeps of a conversation, and how it is found again.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "connection.h"

#include <string.h>

#include "compat.h"
#include "conversation.h"
#include "direction_cache.h"

/* A session between ports that had one before. */
typedef struct {
    uint32_t frame; /* in which it begins */
    uint32_t number;
} later_session;

static int proto_explain = -1;
static uint32_t connections; /* so far */
static uint32_t asked_in;    /* the last frame whose conversation was asked for; 0: none */
static smtp_explain_direction_cache last; /* the state of connections; NULL: one has none */

void smtp_explain_connection_init(int proto)
{
    proto_explain = proto;
}

void smtp_explain_connection_reset(void)
{
    memset(&last, 0, sizeof last);
    connections = 0;
    asked_in = 0;
}

smtp_explain_connection *smtp_explain_connection_find(packet_info *pinfo)
{
    conversation_t *conversation = smtp_explain_conversation_find(pinfo);

    if (conversation == NULL)
        return NULL;
    return (smtp_explain_connection *)conversation_get_proto_data(conversation, proto_explain);
}

/* Remembers the state for both directions of the frame's conversation. */
static void keep_both(const packet_info *pinfo, smtp_explain_connection *state)
{
    smtp_explain_direction_cache_keep(&last, pinfo, SMTP_EXPLAIN_SENT, state);
    smtp_explain_direction_cache_keep(&last, pinfo, SMTP_EXPLAIN_RECEIVED, state);
}

smtp_explain_connection *smtp_explain_connection_find_next(packet_info *pinfo)
{
    const smtp_explain_direction_entry *entry = smtp_explain_direction_cache_find(&last, pinfo);
    smtp_explain_connection *state;

    if (entry != NULL)
        return (smtp_explain_connection *)entry->value;
    state = smtp_explain_connection_find(pinfo);
    asked_in = pinfo->num;
    keep_both(pinfo, state);
    return state;
}

static const later_session *later_at(const smtp_explain_connection *state, unsigned i)
{
    return (const later_session *)wmem_array_get_raw(state->later) + i;
}

void smtp_explain_connection_renew(const packet_info *pinfo)
{
    if (asked_in != pinfo->num) /* else what is remembered is Wireshark's answer of now */
        smtp_explain_direction_cache_forget(&last, pinfo);
}

void smtp_explain_connection_reopen(smtp_explain_connection *state, note_store *store,
                                    uint32_t frame)
{
    const later_session later = { .frame = frame, .number = ++connections };

    if (state->later == NULL)
        state->later = wmem_array_sized_new(wmem_file_scope(), sizeof later, 1);
    wmem_array_append_one(state->later, later);
    state->smtp = session_new(wmem_file_scope(), store, &state->logins);
    state->has_next_start = false;
}

void smtp_explain_connection_close(smtp_explain_connection *state)
{
    state->over = session_numbers(state->smtp);
    state->client = session_client(state->smtp);
    session_free(state->smtp);
    state->smtp = NULL;
}

numbers smtp_explain_connection_numbers(const smtp_explain_connection *state)
{
    return state->smtp != NULL ? session_numbers(state->smtp) : state->over;
}

uint32_t smtp_explain_connection_number(const smtp_explain_connection *state, uint32_t frame)
{
    unsigned low = 0, high;

    if (state->later == NULL)
        return state->number;
    high = wmem_array_get_count(state->later);
    while (low < high) {
        unsigned middle = low + (high - low) / 2;

        if (later_at(state, middle)->frame <= frame)
            low = middle + 1;
        else
            high = middle;
    }
    return low > 0 ? later_at(state, low - 1)->number : state->number;
}

/* The file is closed: a session that is open still would leave the client's secrets in memory. */
static smtp_explain_bool close_with_file(wmem_allocator_t *scope, wmem_cb_event_t event, void *user)
{
    smtp_explain_connection *state = (smtp_explain_connection *)user;

    (void)scope;
    (void)event;
    if (state->smtp != NULL)
        smtp_explain_connection_close(state);
    return false;
}

smtp_explain_connection *
smtp_explain_connection_new(packet_info *pinfo, conversation_t *conversation, note_store *store)
{
    smtp_explain_connection *state = wmem_new0(wmem_file_scope(), smtp_explain_connection);

    state->smtp = session_new(wmem_file_scope(), store, &state->logins);
    state->number = ++connections;
    copy_address_wmem(wmem_file_scope(), &state->addr, &pinfo->src);
    state->port = pinfo->srcport;
    conversation_add_proto_data(conversation, proto_explain, state);
    wmem_register_callback(wmem_file_scope(), close_with_file, state);
    keep_both(pinfo, state); /* so far they were known to have none */
    return state;
}

int smtp_explain_connection_side(const smtp_explain_connection *state, const packet_info *pinfo)
{
    return pinfo->srcport == state->port && addresses_equal(&pinfo->src, &state->addr) ? 0 : 1;
}

bool smtp_explain_connection_serves(const smtp_explain_connection *state, const packet_info *pinfo)
{
    int server = state->smtp != NULL ? session_server(state->smtp) : state->over.server;

    return server == smtp_explain_connection_side(state, pinfo);
}

const char *smtp_explain_connection_client(const smtp_explain_connection *state, uint32_t number)
{
    const char *client = state->smtp != NULL ? session_client(state->smtp) : state->client;

    if (client == NULL || number != smtp_explain_connection_number(state, UINT32_MAX))
        return NULL;
    return client;
}
