/* echo.h
 * The secrets that a fuzzed client sends, and servers that repeat them.
 *
 * What is a secret is found out here anew, and not as the plugin does it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_FUZZ_ECHO_H
#define SMTP_EXPLAIN_FUZZ_ECHO_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ECHO_SECRETS_MAX 8
#define ECHO_LEN_MAX 200

typedef struct {
    char text[ECHO_LEN_MAX + 1]; /* printable ASCII, at least eight characters, no blanks */
    bool is_base64;              /* as it was sent */
    uint32_t frame;              /* that holds it */
} echo_secret;

/* The latest ones. */
typedef struct {
    echo_secret secret[ECHO_SECRETS_MAX];
    unsigned count;
} echo_list;

/* Notes the secrets in the first line of these bytes, if it is whole: in a response, or in a command,
 * which has to be AUTH. */
void echo_note(echo_list *list, const char *bytes, size_t len, bool is_response, uint32_t frame);

/* Ends the program if the text of a reply in that frame holds a secret that was sent before. */
void echo_check(const echo_list *list, const char *text, unsigned code, uint32_t frame);

/* A reply that repeats the secret, in some guise; *guise is that alone. The caller frees both with
 * g_free(). */
char *echo_say(const echo_secret *secret, uint32_t (*below)(uint32_t limit), char **guise);

#endif
