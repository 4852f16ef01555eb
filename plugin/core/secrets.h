/* secrets.h
 * The latest secrets of a client, so that they can be left out of what the server says.
 *
 * Some servers repeat what they were sent, in many forms. So the last secrets of a session are kept as
 * they are, with the parts of what their base64 stands for, and looked for in what is to be shown. They
 * are overwritten when they make room for others, and when the session ends.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SECRETS_H
#define SMTP_EXPLAIN_SECRETS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#define SECRETS_RESPONSES_MAX 64 /* that are kept; the oldest make room */
#define SECRETS_LINES_MAX 16     /* the same of lines that SMTP doesn't know */
#define SECRETS_BYTES_MAX 0x8000 /* of all of them */
#define SECRETS_LEN_MAX 12288    /* of one (RFC 4954, section 4), as sent */
#define SECRETS_RUN_MIN 8        /* so many characters of a secret are one, too */
#define SECRETS_HIDDEN "[hidden]"

typedef struct secrets secrets;

/* Where a secret stood. */
typedef enum {
    SECRETS_RESPONSE, /* a SASL response, or an argument that holds one */
    SECRETS_LINE, /* a line that SMTP doesn't know: a password typed as a command, or anything */
} secrets_kind;

/* Reads len bytes that a client sent, or a part of them. known may be NULL: it is made in scope then.
 * Returns it. */
secrets *secrets_read(wmem_allocator_t *scope, secrets *known, const char *text, size_t len);

/* Was something read that hasn't ended? known may be NULL. */
bool secrets_are_open(const secrets *known);

/* What was read ends here: it is a secret. is_cut: there was more of it. known may be NULL. */
void secrets_end(secrets *known, secrets_kind kind, bool is_cut);

/* What was read is no secret. known may be NULL. */
void secrets_drop(secrets *known);

/* The last secret was a user name: what its base64 stands for is none, unless it was one before. known
 * may be NULL. */
void secrets_forget_last(secrets *known);

/* To be called before the server is listened to. spares_ordinary: are short words of letters shown? A
 * hole in a phrase that all servers say would tell the secret. known may be NULL. */
void secrets_spare_ordinary(secrets *known, bool spares_ordinary);

/* Overwrites and frees it. known may be NULL. */
void secrets_free(wmem_allocator_t *scope, secrets *known);

/* Does the text hold a secret, or a part of SECRETS_RUN_MIN characters or more? It is looked for without
 * regard to case, across DISGUISE_JOINTs, and in the guises of disguise.h. is_challenge: the text is
 * base64 of the server's own, whose form and nonces both sides have in common. known may be NULL. */
bool secrets_in(const secrets *known, const char *text, size_t len, bool is_challenge);

/* The same of those that were known before the one that was noted last, or that it repeats. */
bool secrets_in_earlier(const secrets *known, const char *text, size_t len);

/* The text, terminated and printable, with SECRETS_HIDDEN in place of each secret in it. known may be
 * NULL. Takes text over, which g_free() can free, and returns what the caller frees with it. */
char *secrets_hide(const secrets *known, char *text, bool is_challenge);

/* A hash of bytes that can't be turned back: of those before, 0 if there are none, and of these. Never
 * 0. Another one each time that the program runs. */
uint64_t secrets_hash(uint64_t before, const char *text, size_t len);

#endif
