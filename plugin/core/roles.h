/* roles.h
 * Which of the two sides of a connection is the server?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_ROLES_H
#define SMTP_EXPLAIN_ROLES_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

typedef struct {
    int8_t server;  /* side, 0 or 1; -1: not known yet */
    int8_t hint;    /* side that the handshake or the port names; -1: none */
    bool certain;   /* nothing can change it any more */
    bool agreed[2]; /* what the side said last, as far as it tells, fits */
    bool denied[2]; /* it says that it is the other way round */
} roles;

typedef enum {
    ROLES_STAY,
    ROLES_FOUND,
    ROLES_DOUBTED, /* a side denies what the hint tells, and the other one has said nothing yet */
    ROLES_REVERSED,
} roles_change;

/* Nothing is known. */
void roles_init(roles *r);

/* Looks at the first line of what a side says next. A line can be evidence of its own: a greeting
 * that names SMTP, EHLO and its kin with an argument (RFC 5321, section 4.1.1.1). It decides where
 * nothing but a guess stands against it. What the hint tells, or both sides have shown, isn't
 * overruled by one side: anybody can send a line that looks like the other side's. */
roles_change roles_look(roles *r, int sender, const span *bytes);

/* After TURN and ATRN the sides change their roles (RFC 2645, section 5.2). */
void roles_swap(roles *r);

/* Is this TCP port a server's by convention (25, 465, 587)? Does it speak TLS from the first byte on (465: RFC
 * 8314, section 3.3)? */
bool roles_is_server_port(uint32_t port);
bool roles_is_tls_port(uint32_t port);

#endif
