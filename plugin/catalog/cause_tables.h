/* cause_tables.h
 * What the rules of causes, their sentences and what reads them share. Nobody else includes it but
 * their test.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CAUSE_TABLES_H
#define SMTP_EXPLAIN_CAUSE_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "cause.h"

/* Sets of commands. */
#define ON(name) (UINT64_C(1) << COMMAND_##name)
#define ON_LOGIN (ON(AUTH) | ON(X_EXPS))
#define NOT_ON_LOGIN (~ON_LOGIN)
#define ON_HELLO (ON(EHLO) | ON(HELO) | ON(LHLO))
#define ON_OPENING (ON(CONNECTION) | ON_HELLO)
#define ON_CONTENT (ON(MESSAGE) | ON(BDAT) | ON(BURL))
#define ON_DATA (ON(DATA) | ON_CONTENT)
#define ON_MAIL (ON(MAIL) | ON(RCPT) | ON_DATA | ON(VRFY) | ON(EXPN) | ON(NONE))

/* Kinds of SASL mechanisms. */
typedef enum {
    MECHANISMS_PASSWORD = 1 << 0, /* PLAIN, LOGIN */
    MECHANISMS_SHARED = 1 << 1,   /* CRAM, DIGEST, SCRAM: what is stored has to fit the mechanism */
    MECHANISMS_TOKEN = 1 << 2,    /* XOAUTH2, OAUTHBEARER */
    MECHANISMS_NTLM = 1 << 3,
    MECHANISMS_KERBEROS = 1 << 4,
    MECHANISMS_EXTERNAL = 1 << 5
} cause_mechanisms;

/* The kind of a mechanism; 0 for another, and for NULL. */
unsigned cause_mechanism_kind(const char *mechanism);

#define CAUSE_RULE_CODES 8
#define CAUSE_RULE_TERMS 3
#define CAUSE_RULE_FACTS 3

/* A rule holds if all that it asks for is so; what it doesn't ask for is left out. */
typedef struct {
    uint16_t cause;
    uint16_t codes[CAUSE_RULE_CODES];    /* one of these; 5 is every 5yz, 53 every 53z */
    uint16_t subject, detail, last;      /* the enhanced status code, details up to last */
    const char *words[CAUSE_RULE_TERMS]; /* one alternative of each: see cause_text_has() */
    const char *unless;                  /* and none of these */
    uint64_t commands;                   /* one of these */
    uint8_t mechanisms;                  /* a mechanism of one of these kinds */
    uint8_t facts[CAUSE_RULE_FACTS];     /* all of these; the first is the one that tells */
    uint8_t not_facts[CAUSE_RULE_FACTS]; /* none of these */
    const char *meaning;                 /* instead of what is said of the cause elsewhere */
    const char *advice;
    const char *who;
} cause_rule;

/* Rules that are told from the same. The first rule of the first set that holds wins. */
typedef struct {
    const cause_rule *rules;
    size_t count;
    cause_evidence evidence;
} cause_rule_set;

/* By trust: what the session shows, what operators mean, words about logins, other words, enhanced
 * status codes, codes. */
#define CAUSE_RULE_SETS 6
extern const cause_rule_set cause_session_rules;
extern const cause_rule_set cause_operator_rules;
extern const cause_rule_set cause_login_rules;
extern const cause_rule_set cause_word_rules;
extern const cause_rule_set cause_enhanced_rules;
extern const cause_rule_set cause_code_rules;

/* The rule of that number, as cause_found has it; NULL if there is none. */
const cause_rule *cause_rule_at(unsigned number);

/* For a test of what a rule is good for: judges without it. */
#define CAUSE_RULE_NONE 0xFFFF
cause_found cause_judge_without(const refusal *reply, unsigned number);

/* What to say about a cause where it says more than its general row, which has no conditions. The
 * first row of a cause that fits is asked first, for each column. */
typedef struct {
    uint16_t cause;
    uint16_t code; /* as in rules */
    uint8_t mechanisms;
    uint8_t fact; /* the fact that cause_found names */
    uint64_t commands;
    const char *meaning; /* "{ in frame %u}" becomes " in frame 9", or is left out */
    const char *who;
    const char *advice;
} cause_sentences;

extern const cause_sentences cause_sentence_table[];
extern const size_t cause_sentence_count;

#endif
