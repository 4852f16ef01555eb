/* reply_text.h
 * The server's own words, made fit to be shown.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_REPLY_TEXT_H
#define SMTP_EXPLAIN_REPLY_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include <wsutil/wmem/wmem.h>

#include "charset.h"
#include "reply.h"
#include "secrets.h"

#define REPLY_TEXT_MAX 400 /* bytes of a reply's text; what is longer is cut */

/* Can the text of a line be shown just as it is, without the spaces around it? They are taken off
 * found then. False if anything in it has to be replaced, hidden or cut. client may be NULL. */
bool reply_text_is_plain(reply_line *found, const secrets *client);

/* Adds the text of a line: printable, valid UTF-8, without the secrets of the client, which may be
 * NULL. text is NULL for the first line. *read_as is what it was read as. Returns the text so far, which lives in scope. */
wmem_strbuf_t *reply_text_add(wmem_allocator_t *scope, wmem_strbuf_t *text, const reply_line *found,
                              const secrets *client, charset *read_as);

#endif
