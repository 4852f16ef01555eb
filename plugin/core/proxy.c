/* proxy.c
 * The header of the PROXY protocol.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "proxy.h"

#include <string.h>

#include <glib.h>

#include "words.h"

/* Section 2.2 of the specification: the signature, version and command, family, and a length. */
#define FIXED_LEN 16
#define SIGNATURE_LEN 12
#define COMMAND_AT 12
#define FAMILY_AT 13
#define LENGTH_AT 14

#define VERSION 2          /* in the upper half of the command */
#define WHOLE_MAX 4096     /* bytes: addresses, and what else proxies tell */
#define COMMAND_PROXY 0x21 /* version 2, on behalf of a client */
#define FAMILY_IPV4 0x11   /* over TCP */
#define FAMILY_IPV6 0x21

static const uint8_t signature[SIGNATURE_LEN] = { 0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d,
                                                  0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a };

static uint32_t read_16(const uint8_t *at)
{
    return (uint32_t)at[0] << 8 | at[1];
}

/* The length of the whole header, once its fixed part is there. */
static uint32_t whole_len(const proxy_header *header)
{
    return FIXED_LEN + read_16(header->kept + LENGTH_AT);
}

/* Is the fixed part behind the signature that of another version, or of a header so long that none is? */
static bool is_no_header(const proxy_header *header)
{
    return (header->seen > COMMAND_AT && header->kept[COMMAND_AT] >> 4 != VERSION) ||
           (header->seen >= FIXED_LEN && whole_len(header) > WHOLE_MAX);
}

/* How many bytes are to come before more is known. */
static uint32_t due(const proxy_header *header)
{
    return (header->seen < FIXED_LEN ? FIXED_LEN : whole_len(header)) - header->seen;
}

static void keep(proxy_header *header, const uint8_t *data, uint32_t len)
{
    uint32_t room = PROXY_KEPT_MAX - MIN(header->seen, PROXY_KEPT_MAX);

    if (len > 0 && room > 0)
        memcpy(header->kept + header->seen, data, MIN(len, room));
    header->seen += len;
}

proxy_answer proxy_read(proxy_header *header, const uint8_t *data, size_t len, size_t *pos)
{
    const uint32_t before = header->seen;
    size_t at = *pos;

    while (header->seen < FIXED_LEN || due(header) > 0) {
        uint32_t taken = (uint32_t)MIN(due(header), len - at);

        if (taken == 0) {
            *pos = at;
            return PROXY_MORE;
        }
        keep(header, data + at, taken);
        at += taken;
        if (memcmp(header->kept, signature, MIN(header->seen, SIGNATURE_LEN)) != 0 ||
            is_no_header(header)) {
            header->seen = before;
            return PROXY_NO;
        }
    }
    *pos = at;
    return PROXY_YES;
}

static void write_ipv4(char client[PROXY_CLIENT_MAX], const uint8_t *at)
{
    g_snprintf(client, PROXY_CLIENT_MAX, "%u.%u.%u.%u:%u", at[0], at[1], at[2], at[3],
               read_16(at + 8));
}

/* Without "::": it is to be read, not compared. */
static void write_ipv6(char client[PROXY_CLIENT_MAX], const uint8_t *at)
{
    g_snprintf(client, PROXY_CLIENT_MAX, "[%x:%x:%x:%x:%x:%x:%x:%x]:%u", read_16(at),
               read_16(at + 2), read_16(at + 4), read_16(at + 6), read_16(at + 8), read_16(at + 10),
               read_16(at + 12), read_16(at + 14), read_16(at + 32));
}

bool proxy_client(const proxy_header *header, char client[PROXY_CLIENT_MAX])
{
    const uint8_t *addresses = header->kept + FIXED_LEN;
    uint32_t len = whole_len(header) - FIXED_LEN;

    client[0] = '\0';
    if (header->kept[COMMAND_AT] != COMMAND_PROXY)
        return false;
    if (header->kept[FAMILY_AT] == FAMILY_IPV4 && len >= 12)
        write_ipv4(client, addresses);
    else if (header->kept[FAMILY_AT] == FAMILY_IPV6 && len >= 36)
        write_ipv6(client, addresses);
    return client[0] != '\0';
}

/* A word of an address or a port: nothing else is shown. */
static bool is_plain(const char *word, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isxdigit(word[i]) && word[i] != '.' && word[i] != ':')
            return false;
    return len > 0 && len < 46;
}

/* "PROXY TCP4 192.0.2.1 198.51.100.1 4711 25" (section 2.1) */
bool proxy_read_line(const char *text, size_t len, char client[PROXY_CLIENT_MAX])
{
    const char *at = text, *word[6];
    size_t lens[6] = { 0 };
    unsigned count = 0;

    client[0] = '\0';
    while (count < 6 && words_next(&at, text + len, &word[count], &lens[count]))
        count++;
    if (count < 2 || !words_equal(word[0], lens[0], "PROXY"))
        return false;
    if (words_equal(word[1], lens[1], "UNKNOWN"))
        return true;
    if (count < 6 || !is_plain(word[2], lens[2]) || !is_plain(word[4], lens[4]) ||
        (!words_equal(word[1], lens[1], "TCP4") && !words_equal(word[1], lens[1], "TCP6")))
        return false;
    g_snprintf(client, PROXY_CLIENT_MAX,
               memchr(word[2], ':', lens[2]) ? "[%.*s]:%.*s" : "%.*s:%.*s", (int)lens[2], word[2],
               (int)MIN(lens[4], 5), word[4]);
    return true;
}

char *proxy_host(wmem_allocator_t *scope, const char *client)
{
    const char *colon = strrchr(client, ':');
    size_t len = colon != NULL ? (size_t)(colon - client) : strlen(client);
    size_t bracket = *client == '[' && len >= 2 ? 1 : 0;

    return wmem_strndup(scope, client + bracket, len - 2 * bracket);
}
