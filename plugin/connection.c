/* connection.c
 * What the plugin keeps of a conversation, and how it is found again.
 *
 * Wireshark's own search for a conversation is thorough, and costs more than all that is done
 * with what it finds. Frames come in order, so the last connections are remembered here.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "connection.h"

#include <string.h>

#include <epan/conversation.h>

#define ADDRESS_MAX 16 /* bytes; longer ones are searched for each time */
#define REMEMBERED 2048

/* Who sends to whom. */
typedef struct {
    uint8_t addr[2][ADDRESS_MAX];
    uint32_t port[2];
    int32_t type;
    int32_t len;
} direction;

typedef struct {
    direction key;                  /* len 0: nothing is remembered here */
    smtp_explain_connection *state; /* NULL: it has none */
} remembered;

static int proto_explain = -1;
static uint32_t connections; /* so far */
static remembered places[REMEMBERED];

void smtp_explain_connection_init(int proto)
{
    proto_explain = proto;
}

void smtp_explain_connection_reset(void)
{
    memset(places, 0, sizeof places);
    connections = 0;
}

/* False if the addresses are of no use as a key. */
static bool make_key(direction *key, const address *from, const address *to, uint32_t from_port,
                     uint32_t to_port)
{
    if (from->len <= 0 || from->len > ADDRESS_MAX || from->len != to->len || from->type != to->type)
        return false;
    memset(key, 0, sizeof *key);
    memcpy(key->addr[0], from->data, (size_t)from->len);
    memcpy(key->addr[1], to->data, (size_t)to->len);
    key->port[0] = from_port;
    key->port[1] = to_port;
    key->type = from->type;
    key->len = from->len;
    return true;
}

/* Connections differ in their ports and in the ends of their addresses, if in anything. */
static remembered *place_of(const direction *key)
{
    static const uint64_t odd[3] = { UINT64_C(0x9E3779B97F4A7C15), UINT64_C(0xC2B2AE3D27D4EB4F),
                                     UINT64_C(0x165667B19E3779F9) };
    uint64_t hash = ((uint64_t)key->port[0] << 32 | key->port[1]) * odd[2];

    for (int i = 0; i < 2; i++) {
        uint32_t tail;

        memcpy(&tail, key->addr[i] + MAX(key->len, 4) - 4, sizeof tail);
        hash += g_ntohl(tail) * odd[i];
    }
    return &places[(hash >> 32) % REMEMBERED]; /* the upper bits depend on all others */
}

smtp_explain_connection *smtp_explain_connection_find(packet_info *pinfo)
{
    conversation_t *conversation = find_conversation_pinfo(pinfo, 0);

    if (conversation == NULL)
        return NULL;
    return (smtp_explain_connection *)conversation_get_proto_data(conversation, proto_explain);
}

/* Fills in the key of what the frame's sender sends, or of what it is sent, and returns its place;
 * NULL if it can't be remembered. */
static remembered *find_place(direction *key, const packet_info *pinfo, bool backwards)
{
    bool found = backwards
                     ? make_key(key, &pinfo->dst, &pinfo->src, pinfo->destport, pinfo->srcport)
                     : make_key(key, &pinfo->src, &pinfo->dst, pinfo->srcport, pinfo->destport);

    return found ? place_of(key) : NULL;
}

smtp_explain_connection *smtp_explain_connection_find_next(packet_info *pinfo)
{
    direction key;
    remembered *place = find_place(&key, pinfo, false);

    if (place == NULL)
        return smtp_explain_connection_find(pinfo);
    if (memcmp(&place->key, &key, sizeof key) != 0) {
        place->key = key;
        place->state = smtp_explain_connection_find(pinfo);
    }
    return place->state;
}

void smtp_explain_connection_renew(const packet_info *pinfo)
{
    direction key;

    for (int backwards = 0; backwards < 2; backwards++) {
        remembered *place = find_place(&key, pinfo, backwards != 0);

        if (place != NULL)
            memset(place, 0, sizeof *place);
    }
}

/* So far both directions were known to have no state. */
static void remember(const packet_info *pinfo, smtp_explain_connection *state)
{
    direction key;

    for (int backwards = 0; backwards < 2; backwards++) {
        remembered *place = find_place(&key, pinfo, backwards != 0);

        if (place != NULL) {
            place->key = key;
            place->state = state;
        }
    }
}

smtp_explain_connection *smtp_explain_connection_new(packet_info *pinfo, note_store *store)
{
    conversation_t *conversation = find_or_create_conversation(pinfo);
    smtp_explain_connection *state = wmem_new0(wmem_file_scope(), smtp_explain_connection);

    state->smtp = session_new(wmem_file_scope(), store);
    state->number = ++connections;
    copy_address_wmem(wmem_file_scope(), &state->addr, &pinfo->src);
    state->port = pinfo->srcport;
    conversation_add_proto_data(conversation, proto_explain, state);
    remember(pinfo, state);
    return state;
}

int smtp_explain_connection_side(const smtp_explain_connection *state, const packet_info *pinfo)
{
    return pinfo->srcport == state->port && addresses_equal(&pinfo->src, &state->addr) ? 0 : 1;
}
