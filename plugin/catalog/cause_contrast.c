/* cause_contrast.c
 * A login that was refused, against the 235 that was hoped for: by cause.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause.h"

#include <glib.h>

#include "language.h"

#define SENTENCES_MAX 3

/* clang-format off */
static const char *const contrasts[CAUSE_COUNT][SENTENCES_MAX + 1] = {
    [CAUSE_BAD_CREDENTIALS] = {
        N_("235 would have authenticated the client; here the server rejected the user name or the secret."),
        N_("The same attempt will fail again: to get 235, the client needs another user name, password or key."),
    },
    [CAUSE_APP_PASSWORD_NEEDED] = {
        N_("235 would have authenticated the client; here the provider wants an app password instead of the account's own."),
        N_("The account's own password may well be right, but trying it again will not get 235."),
    },
    [CAUSE_TOKEN_REFUSED] = {
        N_("235 would have authenticated the client; here the server rejected the OAuth token."),
        N_("It says nothing about any password: a fresh token with the right scope can get 235."),
    },
    [CAUSE_LOGIN_DISABLED] = {
        N_("235 would have authenticated the client; here this way of logging in is switched off."),
        N_("It says nothing about the password: another one will not get 235 either."),
    },
    [CAUSE_ACCOUNT_LOCKED] = {
        N_("235 would have authenticated the client; here the account itself is locked."),
        N_("Another password will not help: the account has to be unlocked before AUTH can get 235."),
    },
    [CAUSE_MECHANISM_NOT_USABLE] = {
        N_("235 would have authenticated the client; here the server does not accept this SASL mechanism."),
        N_("It says nothing about the credentials: with another mechanism, the same ones can get 235."),
    },
    [CAUSE_TLS_NEEDED] = {
        N_("235 would have authenticated the client; here the server wants TLS before any login."),
        N_("It says nothing about the credentials: after STARTTLS and a new EHLO, the same ones can get 235."),
    },
    [CAUSE_LOGIN_CANCELLED] = {
        N_("235 would have authenticated the client; here the exchange was broken off before the server could decide."),
        N_("It says nothing about the credentials: the reason lies with whoever broke it off."),
    },
    [CAUSE_ALREADY_LOGGED_IN] = {
        N_("235 came earlier in this session, and it still holds: a second AUTH must be refused."),
        N_("The client can go on with MAIL."),
    },
    [CAUSE_TOO_MANY_FAILURES] = {
        N_("235 would have authenticated the client; here the server stopped listening after too many failed attempts."),
        N_("It says nothing about this attempt: even the right password gets no 235 until the server listens again."),
    },
    [CAUSE_RATE_LIMITED] = {
        N_("235 would have authenticated the client; here too many logins came in too short a time."),
        N_("It says nothing about the credentials: the same ones can get 235 later."),
    },
    [CAUSE_TOO_MANY_CONNECTIONS] = {
        N_("235 would have authenticated the client; here the client has too many connections open."),
        N_("It says nothing about the credentials: the same ones can get 235 on fewer connections."),
    },
    [CAUSE_CLIENT_BLOCKED] = {
        N_("235 would have authenticated the client; here the server blocks the client's address."),
        N_("It says nothing about the credentials: from another address, the same ones can get 235."),
    },
    [CAUSE_SERVER_TROUBLE] = {
        N_("235 would have authenticated the client; here the server could not check the credentials."),
        N_("It says nothing about the credentials: do not ask the user for another password."),
        N_("The server's authentication backend is the first thing to check."),
    },
    [CAUSE_CLOSING] = {
        N_("235 would have authenticated the client; here the server ended the session before it decided."),
        N_("It says nothing about the credentials: the same ones can get 235 on a new connection."),
    },
    [CAUSE_TIMED_OUT] = {
        N_("235 would have authenticated the client; here something took too long, and the server gave up."),
        N_("It says nothing about the credentials: the same ones can get 235 on a new connection."),
    },
    [CAUSE_NOT_AVAILABLE] = {
        N_("235 would have authenticated the client; here the server does not offer AUTH."),
        N_("It says nothing about the credentials: look for the submission port, or for TLS first."),
    },
    [CAUSE_UNKNOWN_COMMAND] = {
        N_("235 would have authenticated the client; here the server does not know AUTH at all."),
        N_("It says nothing about the credentials: look for the submission port, or for TLS first."),
    },
    [CAUSE_WRONG_ORDER] = {
        N_("235 would have authenticated the client; here AUTH came at a point where the server does not allow it."),
        N_("It says nothing about the credentials: after EHLO, and outside a mail transaction, the same ones can get 235."),
    },
    [CAUSE_SYNTAX] = {
        N_("235 would have authenticated the client; here the server could not read what the client sent."),
        N_("It says nothing about the credentials: correctly encoded, the same ones can get 235."),
    },
    [CAUSE_POLICY] = {
        N_("235 would have authenticated the client; here a rule of the server forbids the login."),
        N_("It does not say that the password is wrong: ask the server's administrator which rule it was."),
    },
};
/* clang-format on */

const char *const *cause_contrast(cause id)
{
    return (unsigned)id < CAUSE_COUNT && contrasts[id][0] != NULL ? contrasts[id] : NULL;
}
