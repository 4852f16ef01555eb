/* sasl_parts.h
 * Which parts of a SASL response are secret?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SASL_PARTS_H
#define SMTP_EXPLAIN_SASL_PARTS_H

#include <stdbool.h>
#include <stddef.h>

/* What a response says. */
typedef enum {
    SASL_PARTS_TEXT,   /* text, of which the sink got what is secret */
    SASL_PARTS_BINARY, /* what no server repeats in words: NTLM, GSSAPI */
} sasl_parts_kind;

/* Takes a part that is secret. is_nonce: it is the client's, but the server repeats it in its
 * challenge (RFC 5802, section 5.1). The part is valid during the call. */
typedef void (*sasl_parts_sink)(void *user, const char *part, size_t len, bool is_nonce);

/* Finds the parts of what a response stands for, without its base64, that are secret: the password of
 * PLAIN (RFC 4616), the tokens of XOAUTH2 and OAUTHBEARER (RFC 7628), the proofs and nonces of SCRAM
 * (RFC 5802), the digests of CRAM-MD5 (RFC 2195) and DIGEST-MD5 (RFC 2831). They are told by their
 * form, so that the mechanism needn't be known. Of any other text all is secret. Names aren't. */
sasl_parts_kind sasl_parts_read(const char *decoded, size_t len, sasl_parts_sink sink, void *user);

#endif
