/* challenge.h
 * What a 334 says: the server's challenges inside AUTH.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CHALLENGE_H
#define SMTP_EXPLAIN_CHALLENGE_H

#include <stddef.h>

#include <wsutil/wmem/wmem.h>

#define CHALLENGE_TEXT_MAX 200 /* bytes of its text */

typedef enum {
    CHALLENGE_NONE,            /* there is none: for what the client sends with AUTH itself */
    CHALLENGE_NOT_BASE64,      /* which RFC 4954, section 4 wants */
    CHALLENGE_EMPTY,           /* go on; also "NTLM supported", which Exchange says instead */
    CHALLENGE_PROMPT_USER,     /* LOGIN asks for the user name */
    CHALLENGE_PROMPT_PASSWORD, /* LOGIN asks for the password */
    CHALLENGE_TOKEN_ERROR,   /* XOAUTH2, OAUTHBEARER: the token is refused; the client owes an empty
                                  response, or one of a single 0x01, before the 535 comes */
    CHALLENGE_SCRAM_ERROR,   /* SCRAM: the server refuses ("e=") */
    CHALLENGE_SERVER_AGREES, /* SCRAM ("v="), DIGEST-MD5 ("rspauth="): the credentials are right, the
                                  client owes an empty response before the 235 comes */
    CHALLENGE_OPAQUE /* anything else: nonces, tickets, prompts in words that aren't known */
} challenge_kind;

/* Reads the text of a 334: len bytes, as sent. mechanism is in upper case, NULL if it isn't known; nth
 * counts the 334s of this AUTH from 1, 0 if that isn't known.
 *
 * shown may be NULL; otherwise *shown is what can be shown of it, or NULL if nothing can. It lives in
 * scope, is printable UTF-8 of at most CHALLENGE_TEXT_MAX bytes, and made of what this module knows:
 * the prompts of LOGIN (MS-XLOGIN); those members of the JSON error that RFC 7628, section 3.2.2
 * names, as far as their values have the form of such a value; "e=" with the errors of RFC 5802,
 * section 7; "v=..." and "rspauth=..." without their values (RFC 5802; RFC 2831, section 2.1.3). A
 * scope or an address is the server's choice, so that whoever shows the text lets it go through what
 * hides the client's secrets, like any other text of a server. */
challenge_kind challenge_read(wmem_allocator_t *scope, const char *mechanism, unsigned nth,
                              const char *text, size_t len, char **shown);

#endif
