/* login.h
 * The spans of frames in which a 235 held.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_LOGIN_H
#define SMTP_EXPLAIN_LOGIN_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* How AUTH, or a session's attempts at it, ended. */
typedef enum {
    OUTCOME_NONE,       /* there was no AUTH, or it has no reply in the capture */
    OUTCOME_UNANSWERED, /* the session ended while it waited */
    OUTCOME_UNCLEAR,
    OUTCOME_REFUSED,
    OUTCOME_AUTHENTICATED,
    OUTCOME_HIDDEN, /* nothing was seen, but the session went on in TLS that isn't decrypted */
} login_outcome;

typedef struct {
    uint32_t from; /* frame of the 235 */
    uint32_t to;   /* frame of what ended it; 0: nothing did */
} login_span;

/* In the order of the capture. All zero: nobody was logged in. */
typedef struct {
    login_span *spans;
    uint32_t count;
    uint32_t size;
} login_list;

/* A 235 in this frame. The list grows in scope. */
void login_begin(login_list *list, wmem_allocator_t *scope, uint32_t frame);

/* The last login, if it still holds, ends in this frame. */
void login_end(login_list *list, uint32_t frame);

/* The frame of the 235 that holds at the end of what was read; 0 if none does. */
uint32_t login_holding(const login_list *list);

/* The frame of the 235 that was in force when frame was captured; 0 if none was. STARTTLS ends it
 * (RFC 3207, section 4.2). Takes a number of steps that grows with the logarithm of the list. */
uint32_t login_in_force(const login_list *list, uint32_t frame);

#endif
