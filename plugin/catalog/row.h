/* row.h
 * What the catalog's tables are made of, and what it hands out.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_ROW_H
#define SMTP_EXPLAIN_CATALOG_ROW_H

#include <stdint.h>

#include "command.h"

/* One row of the table of codes. All strings are static, in English, and at most CATALOG_SENTENCE_MAX
 * bytes, meaning and also together, so that the packet details show them uncut. */
typedef struct {
    uint16_t code;
    command_id context; /* the command that it answers; COMMAND_NONE: any other */
    const char *name;
    const char *meaning;
    const char *also; /* one more sentence of it; NULL for most */
    const char *when;
    const char *advice;
    const char *reference;
} catalog_row;

/* Wireshark cuts an item of the packet details at 240 bytes, label included. */
#define CATALOG_SENTENCE_MAX 220

/* The most sentences that a contrast has. */
#define CATALOG_CONTRAST_MAX 10

#endif
