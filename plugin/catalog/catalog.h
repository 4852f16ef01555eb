/* catalog.h
 * What a reply code means, in sentences. Tables only: adding a code is adding a row. Sentences in a row are
 * in English and marked: whoever shows one writes _(row->advice).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CATALOG_H
#define SMTP_EXPLAIN_CATALOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "command.h"
#include "row.h"

/* Does SMTP use this code? True if the table has a row of its own for it, whatever it answers;
 * false for a code that is only explained by its digits. */
bool catalog_has_code(unsigned code);

/* The explanation of a reply code (200 to 599) to a command. Never NULL: a code
 * without a row of its own gets one that explains its digits (RFC 5321, section 4.2.1)
 * and says that no RFC defines it. X-EXPS is explained as AUTH. Static storage. */
const catalog_row *catalog_lookup(unsigned code, command_id command);

/* What the reply is not: a NULL-terminated list of sentences, static storage, in English and marked.
 * 211 against 235 and the reverse, whatever they answer; any other reply that
 * ended AUTH or HELP against the one that was hoped for. NULL if there is none. */
const char *const *catalog_contrast(unsigned code, command_id command);

/* The rows in their order, for tests: sorted by code, then by context. */
const catalog_row *catalog_rows(size_t *count);

/* What a row says that the code means, in the language that is spoken. Static, or in scope. */
const char *catalog_meaning(wmem_allocator_t *scope, const catalog_row *row);

/* The meaning of an enhanced status code (RFC 3463, and the IANA registry that RFC 5248 opened), in the
 * language that is spoken. An unregistered one is explained by class and subject. Never NULL. Static, or
 * in scope. */
const char *catalog_enhanced(wmem_allocator_t *scope, unsigned status_class, unsigned subject,
                             unsigned detail);

#endif
