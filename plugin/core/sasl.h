/* sasl.h
 * What challenges and responses of SASL have in common: base64, and that they are overwritten.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SASL_H
#define SMTP_EXPLAIN_SASL_H

#include <stdbool.h>
#include <stddef.h>

/* Of more base64 only the beginning is read: tokens are long, and what is looked for comes first. */
#define SASL_BASE64_MAX 1024
#define SASL_DECODED_MAX (SASL_BASE64_MAX / 4 * 3)

typedef struct {
    char bytes[SASL_DECODED_MAX + 1]; /* terminated; may hold NULs before its end, too */
    size_t len;
    bool cut; /* there was more */
} sasl_text;

/* Decodes the base64 of a challenge or a response (RFC 4954, section 4); blanks around it are
 * skipped, and the padding may be missing. A lone "=" stands for nothing. False if it is no
 * base64; out is empty then. In both cases the caller overwrites out. */
bool sasl_decode(const char *base64, size_t len, sasl_text *out);

/* Overwrites what was decoded, also where a compiler sees that nobody reads it any more. */
void sasl_overwrite(void *bytes, size_t len);

/* Is it this mechanism? A row that ends with '-' stands for its family ("SCRAM-"). mechanism is in
 * upper case; NULL is none of them. */
bool sasl_is(const char *mechanism, const char *row);

#endif
