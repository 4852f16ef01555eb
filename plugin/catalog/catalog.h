/* catalog.h
 * What a reply code means, in sentences. Tables only: adding a code is adding a row.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_H
#define SMTP_EXPLAIN_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "command.h"

/* One row of the table of codes. All strings are static, UTF-8, and at most
 * CATALOG_SENTENCE_MAX bytes, so that the packet details show them uncut. */
typedef struct {
    uint16_t code;
    command_id context; /* the command that it answers; COMMAND_NONE: any other */
    const char *name;
    const char *meaning;
    const char *when;
    const char *advice;
    const char *reference;
} catalog_row;

/* Wireshark cuts an item of the packet details at 240 bytes, label included. */
#define CATALOG_SENTENCE_MAX 220

/* Does SMTP use this code? True if the table has a row of its own for it, whatever it answers;
 * false for a code that is only explained by its digits. */
bool catalog_has_code(unsigned code);

/* The explanation of a reply code (200 to 599) to a command. Never NULL: a code
 * without a row of its own gets one that explains its digits (RFC 5321, section 4.2.1)
 * and says that no RFC defines it. X-EXPS is explained as AUTH. Static storage. */
const catalog_row *catalog_lookup(unsigned code, command_id command);

/* The most sentences that a contrast has. */
#define CATALOG_CONTRAST_MAX 10

/* What the reply is not: a NULL-terminated list of sentences, static storage.
 * 211 against 235 and the reverse, whatever they answer; any other reply that
 * ended AUTH or HELP against the one that was hoped for. NULL if there is none. */
const char *const *catalog_contrast(unsigned code, command_id command);

/* The rows in their order, for tests: sorted by code, then by context. */
const catalog_row *catalog_rows(size_t *count);

/* The meaning of an enhanced status code (RFC 3463, and the IANA registry that
 * RFC 5248 opened). An unregistered one is explained by class and subject.
 * Never NULL. Static storage. */
const char *catalog_enhanced(unsigned status_class, unsigned subject, unsigned detail);

#endif
