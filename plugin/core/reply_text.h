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

#define REPLY_TEXT_MAX 400            /* bytes of a reply's text; what is longer is cut */
#define REPLY_TEXT_COLLECTED_MAX 2048 /* the same while secrets are still in it */

/* Can the text of a line, which is all of a reply, be shown just as it is, without the spaces around
 * it? They are taken off found then. False if anything in it has to be replaced, hidden or cut. client
 * may be NULL. */
bool reply_text_is_plain(reply_line *found, const secrets *client);

/* Adds the text of a line, printable and valid UTF-8, with DISGUISE_JOINT before it. text is NULL for
 * the first line, client if there are no secrets. *read_as is what it was read as. Returns the text so far, which lives in scope and
 * isn't to be shown yet. */
wmem_strbuf_t *reply_text_add(wmem_allocator_t *scope, wmem_strbuf_t *text, const reply_line *found,
                              const secrets *client, charset *read_as);

/* The text of a whole reply, fit to be shown: without the secrets of the client, which may be NULL, and
 * of at most REPLY_TEXT_MAX bytes and three dots. What was added is overwritten. The caller frees it
 * with g_free(). */
char *reply_text_finish(wmem_strbuf_t *text, unsigned code, const secrets *client);

/* Overwrites and frees what was added so far. text may be NULL. */
void reply_text_free(wmem_strbuf_t *text);

#endif
