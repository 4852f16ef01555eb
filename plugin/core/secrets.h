/* secrets.h
 * Recognises secrets of the client in what the server says, without keeping them.
 *
 * Some servers repeat a SASL response in the text of their reply. Of each response salted hashes
 * are kept, of the words that it is made of and of those that its base64 stands for, and words of
 * the server with the same hash are replaced.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SECRETS_H
#define SMTP_EXPLAIN_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#define SECRETS_MAX 16         /* hashes kept; the oldest make room */
#define SECRETS_WORD_MIN 4     /* shorter words are too common to be replaced */
#define SECRETS_ORDINARY_MAX 7 /* letters of a word that may be an ordinary one */
#define SECRETS_HIDDEN "[hidden]"

/* A word that is being read. */
typedef struct {
    uint64_t hash;
    uint32_t len;
    bool mixed; /* it has other characters than letters */
} secrets_word;

typedef struct {
    uint32_t hash[SECRETS_MAX];
    bool ordinary
        [SECRETS_MAX];    /* it may be a word that servers say anyway: short, and letters alone */
    bool spares_ordinary; /* such words are shown at the moment */
    uint16_t next;
    uint16_t shortest;    /* length of the shortest of them; 0: there are none */
    uint32_t lengths;     /* bit len % 32 is set if one of them has that length */
    secrets_word raw;     /* as it is sent */
    secrets_word decoded; /* what its base64 stands for */
    int base64_state;
    unsigned base64_save;
    bool in_response;       /* one is being read */
    uint8_t nuls;           /* in what its base64 stands for */
    uint16_t response_from; /* where its first hash is */
    secrets_word last_raw;  /* the last one, as it was sent */
} secrets;

/* Reads len bytes that a client sent as a response, or as a part of one. Where its base64 stands for
 * names and a password with NULs between (RFC 4616), the names are no secrets. known may be NULL: it
 * is made in scope then. Returns it. */
secrets *secrets_read(wmem_allocator_t *scope, secrets *known, const char *text, size_t len);

/* A hash of bytes that can't be turned back: of those before, 0 if there are none, and of these. Never
 * 0. Another one each time that the program runs. */
uint64_t secrets_hash(uint64_t before, const char *text, size_t len);

/* The response ends here. known may be NULL. */
void secrets_end(secrets *known);

/* The last response was the user name: what its base64 stands for is no secret. known may be NULL. */
void secrets_forget_last(secrets *known);

/* Are words that may be ordinary ones shown from here on? A hole in a phrase that all servers say would
 * tell the secret. known may be NULL. */
void secrets_spare_ordinary(secrets *known, bool spared);

/* Overwrites and frees it. known may be NULL. */
void secrets_free(wmem_allocator_t *scope, secrets *known);

/* Is one of the words of the text known? known may be NULL. */
bool secrets_in(const secrets *known, const char *text, size_t len);

/* The text, terminated, with each word that is known replaced by SECRETS_HIDDEN. known may be
 * NULL. Takes text over, which g_free() can free, and returns what the caller frees with it. */
char *secrets_hide(const secrets *known, char *text);

#endif
