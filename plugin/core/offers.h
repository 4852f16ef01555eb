/* offers.h
 * What the reply to EHLO offers, as far as it matters for AUTH and HELP.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_OFFERS_H
#define SMTP_EXPLAIN_OFFERS_H

#include <stdbool.h>
#include <stddef.h>

#include <wsutil/wmem/wmem.h>

#define OFFERS_MAX 8      /* kept of one reply */
#define OFFER_LEN_MAX 512 /* bytes of one offer: a whole reply line (RFC 5321, section 4.5.3.1.5) */

/* In the order of the reply: "STARTTLS", "AUTH PLAIN LOGIN". Upper case, printable ASCII. */
typedef struct {
    unsigned count;
    bool pipelining; /* these are listed, too, but not among the offers */
    bool xclient;
    bool chunking;
    bool masked; /* a keyword was written over by something in between */
    const char *offer[OFFERS_MAX];
} offers;

/* Adds a line of the reply to EHLO (RFC 5321, section 4.1.1.1), without code and line end, if its
 * keyword matters. list may be NULL; returns the list, NULL as long as it is empty. The list and
 * its strings live in scope. */
offers *offers_add(wmem_allocator_t *scope, offers *list, const char *text, size_t len);

/* Is the keyword on the list? keyword is in upper case. */
bool offers_has(const offers *list, const char *keyword);

/* Does the list name the mechanism behind the keyword? (RFC 4954, section 3) */
bool offers_mechanism(const offers *list, const char *keyword, const char *mechanism);

/* Do two lists hold the same offers in the same order? Each may be NULL, which equals no list. */
bool offers_equal(const offers *a, const offers *b);

/* Takes everything off the list, and frees it. list may be NULL. */
void offers_free(wmem_allocator_t *scope, offers *list);

#endif
