/* explain.h
 * What is to be said of a reply, here: the catalogue's row, and what the session makes of it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_EXPLAIN_H
#define SMTP_EXPLAIN_EXPLAIN_H

#include <wsutil/wmem/wmem.h>

#include "note.h"

/* Sentences are in the language that is spoken, in static storage or in the scope that was given. */
typedef struct {
    const char *name;     /* short name of the code */
    const char *headline; /* that name, or what was refused and why */
    const char *meaning;
    const char *when; /* NULL: what the code is seen for elsewhere would mislead here */
    const char *advice;
    const char *reference;
    const char *const *contrast; /* in English and marked; NULL-terminated; NULL: none */
} explanation;

explanation explain_reply(wmem_allocator_t *scope, const reply_note *note);

/* The short name of a reply code on its own, in the language that is spoken. Static storage. */
const char *explain_code_name(unsigned code);

#endif
