/* proxy.h
 * The header of the PROXY protocol, versions 1 and 2, with which a proxy tells a server whose connection
 * it passes on ("The PROXY protocol", HAProxy Technologies). It comes before all else, and gets no reply.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_PROXY_H
#define SMTP_EXPLAIN_PROXY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* Bytes of a version 2 header that hold addresses and ports, at most: those of IPv6 (section 2.2). */
#define PROXY_KEPT_MAX (16 + 36)

/* "[2001:db8:1111:2222:3333:4444:5555:6666]:65535" and a NUL */
#define PROXY_CLIENT_MAX 56

typedef enum { PROXY_NO, PROXY_MORE, PROXY_YES } proxy_answer;

/* A version 2 header that is arriving. All zero: nothing came yet. */
typedef struct {
    uint8_t kept[PROXY_KEPT_MAX]; /* its first bytes */
    uint32_t seen;                /* bytes of it that came */
} proxy_header;

/* Reads on from *pos, which is moved. PROXY_YES: the header is whole. PROXY_MORE: the bytes end before it
 * does. PROXY_NO: it is none; *pos stays, and of earlier bytes header->seen are in header->kept. */
proxy_answer proxy_read(proxy_header *header, const uint8_t *data, size_t len, size_t *pos);

/* The client that a whole version 2 header names: "192.0.2.1:4711". False, and an empty text, if it names
 * none (a health check of the proxy's own, or another kind of address). */
bool proxy_client(const proxy_header *header, char client[PROXY_CLIENT_MAX]);

/* Is a line, without its end, a version 1 header? If so, the client that it names; an empty text if it
 * names none (UNKNOWN). */
bool proxy_read_line(const char *text, size_t len, char client[PROXY_CLIENT_MAX]);

/* The address in what the above write, without port and brackets; in scope. */
char *proxy_host(wmem_allocator_t *scope, const char *client);

#endif
