/* tls.h
 * What tells a TLS record from SMTP, and what the records of a handshake show from outside.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TLS_H
#define SMTP_EXPLAIN_TLS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum { TLS_NO, TLS_MORE, TLS_YES } tls_answer;

#define TLS_JUDGED 2 /* so many bytes tell */
#define TLS_HEADER_LEN 5
#define TLS_HANDSHAKE 22 /* a type of records (RFC 8446, section 5.1) */

/* Do these bytes begin a TLS handshake: a handshake record of version 3.x (RFC 8446, section 5.1)?
 * TLS_MORE: one more byte will tell. */
tls_answer tls_begins_handshake(const uint8_t *data, size_t len);

/* Do they begin a record of any type, as far as its header tells? TLS_MORE: the rest of the header will. */
tls_answer tls_begins_record(const uint8_t *data, size_t len);

/* One of these two. */
typedef tls_answer (*tls_judge)(const uint8_t *data, size_t len);

/* The first bytes of what may be TLS, too few yet to tell. All zero: there are none. */
typedef struct {
    uint8_t bytes[TLS_HEADER_LEN];
    uint8_t len;
} tls_start;

/* Do the bytes that are kept, and these, begin TLS? TLS_MORE: all of these are kept, too. Otherwise nothing
 * changes. */
tls_answer tls_start_read(tls_start *start, tls_judge judge, const uint8_t *data, size_t len);

/* The record of one side that is arriving. */
typedef struct {
    uint8_t header[TLS_HEADER_LEN];
    uint8_t header_len;  /* bytes of it that came */
    uint8_t alert[2];    /* level and description, of a plain alert */
    uint8_t alert_len;   /* bytes of it that came */
    uint8_t application; /* records of type 23 so far */
    bool changed;        /* ChangeCipherSpec came */
    bool old;            /* and a handshake record behind it: TLS 1.2 or earlier */
    uint16_t left;       /* octets of the record that are still to come */
} tls_side;

/* A TLS connection as it is seen without its keys. All zero: nothing came yet. */
typedef struct {
    tls_side side[2];
    bool begun; /* a handshake record of the client came */
    bool over;  /* there is nothing more to learn */
} tls_watch;

typedef enum {
    TLS_GOES_ON,
    TLS_ALERTED, /* a fatal alert in clear text */
    TLS_IN_USE,  /* the client sends application data: the handshake is over */
    TLS_LOST,    /* that is no record */
} tls_news;

/* Reads bytes of a side. The client's second record of application data shows that TLS is in use: in TLS
 * 1.3 the first one is the end of its handshake (RFC 8446, section 5.1). Before TLS 1.3 the first one does. Anything but TLS_GOES_ON ends the
 * watch. alert: the description of the alert (section 6). */
tls_news tls_read(tls_watch *watch, int side, bool is_client, const uint8_t *data, size_t len,
                  uint8_t *alert);

#endif
