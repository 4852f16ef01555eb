/* reply.h
 * One line of an SMTP server reply: its code, its enhanced status code, its text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_REPLY_H
#define SMTP_EXPLAIN_REPLY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* An enhanced status code (RFC 3463, section 2). status_class 0: the server sent none. */
typedef struct {
    uint8_t status_class;
    uint16_t subject;
    uint16_t detail;
} enhanced_code;

typedef struct {
    uint16_t code; /* 200 to 599 */
    bool last;     /* not "code-": the reply ends with this line */
    enhanced_code enhanced;
    const char *text; /* what follows the codes; inside the line, not terminated */
    size_t text_len;
} reply_line;

/* Takes one line, without its line end, apart (RFC 5321, section 4.2; RFC 2034, section 4).
 * Accepts the bare code without text, and the enhanced status code as "2.7.0 ", "2.0.0: " (a
 * no-break space is a blank, too) and, as qmail writes it, "(#2.0.0)" at the end. False if the line
 * isn't a line of a reply. */
bool reply_parse_line(const char *line, size_t len, reply_line *out);

/* What the first digit of a reply code says (RFC 5321, section 4.2.1): 2 to 5. */
unsigned reply_category(unsigned code);

/* What its second digit says: 0 to 5; others, which mean nothing, as they are. */
unsigned reply_topic(unsigned code);

#endif
