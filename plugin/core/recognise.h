/* recognise.h
 * Is this TCP connection SMTP? Judged by what its two sides say first, not by port numbers.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_RECOGNISE_H
#define SMTP_EXPLAIN_RECOGNISE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* How much of what each side says first is looked at. A longer multi-line greeting is judged by
 * its beginning. */
#define RECOGNISE_BYTES_MAX 1024

typedef enum {
    RECOGNISE_NO,      /* not SMTP, whatever follows */
    RECOGNISE_MAYBE,   /* nothing against it, but it takes more to be sure */
    RECOGNISE_UNCLEAR, /* the same, and no more can be kept */
    RECOGNISE_MORE,    /* a line that can become evidence is cut off */
    RECOGNISE_SERVER,  /* SMTP, and the bytes come from the server */
    RECOGNISE_CLIENT,  /* SMTP, and the bytes come from the client */
} recognise_result;

/* The beginning of what one side said. */
typedef struct {
    char text[RECOGNISE_BYTES_MAX];
    size_t len;
} recognise_side;

/* What was heard on one connection. Initialise with zeros. */
typedef struct {
    recognise_side side[2];
    bool has_acceptor; /* the capture shows which side accepted the TCP connection */
    uint8_t acceptor;  /* that side */
} recognise;

/* Is this the code of a reply of SMTP or its extensions? Not those with which other protocols begin or
 * log in (200, 201, 230, 331). The catalogue of codes knows; whoever has it hands it in. */
typedef bool (*recognise_code)(unsigned code);

/* Judges len bytes that one side (0 or 1, the caller's choice) says next, in the light of what was
 * kept of both sides. Keeps nothing itself: after RECOGNISE_MORE the caller either comes back with
 * the same bytes and those that follow, or keeps them and comes back with those that follow.
 *
 * Evidence is one of
 *  - a greeting that contains the word SMTP, ESMTP or LMTP (RFC 5321, section 4.3.1),
 *  - the reply to EHLO with keywords that only SMTP knows (RFC 5321, section 4.1.1.1),
 *  - EHLO, HELO or LHLO with one argument, MAIL FROM:< or RCPT TO:< (RFC 5321, section 4.1.1),
 *  - a command that only SMTP has together with a reply of the other side.
 * A 220 alone is none: FTP and others greet with it too. One side that says both commands and
 * replies carries a transcript of a session, not a session.
 *
 * Where the side that accepted the connection is known, the other side alone can't claim to be the
 * server, and where both claim to be the same, what the handshake tells decides: one line that looks like
 * the other side's doesn't hide a session.
 *
 * SERVER and CLIENT can be taken back by a later NO until recognise_is_settled(). */
recognise_result recognise_look(const recognise *r, unsigned side, const uint8_t *bytes, size_t len,
                                recognise_code is_known);

/* Keeps len bytes that one side said, as far as there is room, for later looks. */
void recognise_keep(recognise *r, unsigned side, const uint8_t *bytes, size_t len);

/* Can't more bytes change the result any more? So it is once both sides were heard, or once no more
 * can be kept of one. */
bool recognise_is_settled(const recognise *r);

/* The same in as few bytes as it takes: most connections that are listened to never say more. */
typedef struct recognise_packed recognise_packed;

/* Packs what was heard, in place of what was packed before (NULL: nothing), which is freed. Lives in
 * scope. */
recognise_packed *recognise_pack(wmem_allocator_t *scope, recognise_packed *before,
                                 const recognise *r);

void recognise_unpack(const recognise_packed *packed, recognise *r);

#endif
