/* facts.h
 * What a session has shown that tells why a reply refuses: certain, as far as it is set.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_FACTS_H
#define SMTP_EXPLAIN_FACTS_H

#include <stdbool.h>
#include <stdint.h>

/* Each is set only if the capture shows it; what it doesn't show is not set. */
typedef enum {
    FACT_NONE,
    FACT_SPOKE_EARLY,      /* the client sent bytes before the greeting; frame: those */
    FACT_NO_HELLO,         /* neither EHLO nor HELO nor LHLO was accepted so far */
    FACT_HELO,             /* the session began with HELO, so nothing is offered; frame: HELO */
    FACT_AUTH_OFFERED,     /* frame: the reply to EHLO, here and below */
    FACT_AUTH_NOT_OFFERED, /* the reply to EHLO is known and doesn't list AUTH */
    FACT_MECHANISM_NOT_OFFERED, /* it lists AUTH, but not the mechanism that was asked for */
    FACT_STARTTLS_OFFERED,      /* and TLS has not begun */
    FACT_STARTTLS_NOT_OFFERED,
    FACT_PIPELINING_NOT_OFFERED,
    FACT_XCLIENT_NOT_OFFERED,
    FACT_ENCRYPTED,           /* the reply came inside TLS */
    FACT_NOT_ENCRYPTED,       /* and not */
    FACT_CREDENTIALS_SENT,    /* this AUTH sent a response that can hold credentials; frame: its */
    FACT_NO_CREDENTIALS_SENT, /* this AUTH was refused before the client sent any */
    FACT_RESPONSES_EQUAL,     /* this AUTH LOGIN sent the same response twice */
    FACT_CANCELLED,           /* the client ended the SASL exchange with "*" */
    FACT_TOKEN_ERROR,         /* the 334 before carried an error; frame: that 334 */
    FACT_AUTHENTICATED,       /* a 235 held when the reply came; frame: the 235 */
    FACT_NOT_AUTHENTICATED,   /* none did, and nothing of the session is missing */
    FACT_LOGIN_REFUSED, /* an earlier AUTH of the session was refused; frame: the last such reply */
    FACT_MAIL_REFUSED,  /* in this transaction; frame: the MAIL */
    FACT_NO_MAIL,       /* no transaction is open, nor was MAIL refused */
    FACT_MAIL_OPEN,     /* a transaction is open already; frame: the reply to its MAIL */
    FACT_RCPT_REFUSED,  /* each recipient of this transaction was; frame: the last such reply */
    FACT_RCPT_ACCEPTED, /* at least one recipient was; frame: the first such reply */
    FACT_NO_RCPT,       /* a transaction is open, and no RCPT has been sent in it */
    FACT_PROXY_HEADER,  /* a PROXY header came before; frame: its */
    FACT_COUNT
} session_fact;

/* Facts, and the frames that show them (0: there is none to name). */
typedef struct {
    uint32_t set;               /* bit 1 << fact each */
    uint32_t frame[FACT_COUNT]; /* valid for facts that are set */
    uint32_t login_attempts;    /* AUTH commands that were answered so far, this one included */
} session_facts;

/* Is it set? */
static inline bool facts_have(const session_facts *facts, session_fact fact)
{
    return (facts->set >> fact & 1) != 0;
}

#endif
