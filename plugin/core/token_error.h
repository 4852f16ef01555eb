/* token_error.h
 * The JSON with which a server refuses a token.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_TOKEN_ERROR_H
#define SMTP_EXPLAIN_TOKEN_ERROR_H

#include <stddef.h>

/* What can be shown of the error that XOAUTH2 and OAUTHBEARER send (RFC 7628, section 3.2.2), as JSON:
 * its status, schemes, scope, error and openid-configuration, as sent, where the value looks like
 * one and not like a token. Members that don't, that aren't known, or that no longer fit are left
 * out; so is all that follows where the text stops being JSON. json is terminated, and
 * changed. At most limit bytes of printable ASCII; NULL if nothing is left. The caller frees it with
 * g_free(). */
char *token_error_text(char *json, size_t limit);

#endif
