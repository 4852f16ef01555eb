/* digest.h
 * Each reply code in three half sentences, for who looks it up or compares it with another.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_DIGEST_H
#define SMTP_EXPLAIN_CATALOG_DIGEST_H

#include <stddef.h>
#include <stdint.h>

#include "command.h"

/* Half sentences without a full stop, ASCII, at most CATALOG_DIGEST_MAX bytes. */
#define CATALOG_DIGEST_MAX 110
typedef struct {
    uint16_t code;
    command_id usual; /* what it nearly always answers; COMMAND_NONE: this or that */
    const char *answers;
    const char *effect; /* what is different once it has come */
    const char *meant;  /* "when ...": what a server wants to say with it */
} catalog_digest_row;

/* The digest of a reply code (200 to 599). Never NULL: a code that SMTP doesn't use gets what its
 * first digit says. Static storage. */
const catalog_digest_row *catalog_digest(unsigned code);

/* What tells two codes apart that are taken for each other, in whole sentences; the order of the two
 * doesn't matter. NULL: they usually aren't. Static storage, at most CATALOG_PAIR_MAX bytes. */
#define CATALOG_PAIR_MAX 200
const char *catalog_pair(unsigned a, unsigned b);

/* The rows, for tests. */
const catalog_digest_row *catalog_digests(size_t *count);

/* What the first digit of a reply code says: "2: done (Positive Completion)". And the second: "1: information". "" for other
 * digits. Static storage. (RFC 5321, section 4.2.1; RFC 4954 uses the 3 in the middle) */
const char *catalog_category(unsigned code);
const char *catalog_topic(unsigned code);

#endif
