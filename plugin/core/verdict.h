/* verdict.h
 * Does a reply belong to the command that it answers? A table.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_VERDICT_H
#define SMTP_EXPLAIN_VERDICT_H

#include <stdbool.h>

#include "command.h"

/* The values are a contract with users: they are those of smtp_explain.verdict. */
typedef enum {
    VERDICT_UNKNOWN = 0,
    VERDICT_EXPECTED = 1,
    VERDICT_REFUSED = 2,
    VERDICT_UNUSUAL = 3,
    VERDICT_UNEXPECTED = 4,
    VERDICT_UNSOLICITED = 5
} verdict;

/* The verdict on a reply code (200 to 599) to a known command; authenticated says whether an
 * earlier 235 already holds in this session (RFC 4954, section 4: there is no second one).
 * RFC 5321, section 4.3.2, and the extensions' own RFCs. */
verdict verdict_of(command_id command, unsigned code, bool authenticated);

/* Is this a code that only one kind of command, or event, is answered with, and is this command
 * of that kind? Pairing finds its way back on such replies after a loss. */
bool verdict_code_is_reserved_for(unsigned code, command_id command);

/* Is there a command of which it is? */
bool verdict_code_is_reserved(unsigned code);

#endif
