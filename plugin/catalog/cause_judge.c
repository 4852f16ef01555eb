/* cause_judge.c
 * Finds the first rule that explains a refusal.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause.h"

#include <string.h>

#include <glib.h>

#include "cause_tables.h"
#include "cause_text.h"

static const cause_rule_set *const rule_sets[CAUSE_RULE_SETS] = {
    &cause_session_rules, &cause_operator_rules, &cause_login_rules,
    &cause_word_rules,    &cause_enhanced_rules, &cause_code_rules,
};

/* What rules look at. */
typedef struct {
    const refusal *reply;
    enhanced_code enhanced;
    unsigned mechanism;
    const session_facts *facts;
    cause_text text;
} evidence;

/* What can't be the cause, since the session shows otherwise, whatever else is said. */
static const struct {
    cause cause;
    session_fact fact;
} excluded[] = {
    { CAUSE_BAD_CREDENTIALS, FACT_NO_CREDENTIALS_SENT },
    { CAUSE_TOKEN_REFUSED, FACT_NO_CREDENTIALS_SENT },
};

/* Facts that didn't tell the cause, but change what is to be said about it. */
static const struct {
    cause cause;
    session_fact fact;
} qualifying[] = {
    { CAUSE_BAD_CREDENTIALS, FACT_RESPONSES_EQUAL },
    { CAUSE_SPOKE_TOO_EARLY, FACT_PROXY_HEADER },
    { CAUSE_TLS_NEEDED, FACT_ENCRYPTED },
    { CAUSE_TLS_NEEDED, FACT_STARTTLS_NOT_OFFERED },
    { CAUSE_LOGIN_NEEDED, FACT_AUTHENTICATED },
    { CAUSE_LOGIN_NEEDED, FACT_LOGIN_REFUSED },
    { CAUSE_LOGIN_NEEDED, FACT_AUTH_NOT_OFFERED },
    { CAUSE_SENDER_NOT_OWNED, FACT_NOT_AUTHENTICATED },
    { CAUSE_RELAY_DENIED, FACT_AUTHENTICATED },
    { CAUSE_RELAY_DENIED, FACT_NOT_AUTHENTICATED },
    { CAUSE_NOT_AVAILABLE, FACT_AUTH_NOT_OFFERED },
    { CAUSE_MECHANISM_NOT_USABLE, FACT_MECHANISM_NOT_OFFERED },
    { CAUSE_MECHANISM_NOT_USABLE, FACT_NO_CREDENTIALS_SENT },
    { CAUSE_CLIENT_BLOCKED, FACT_AUTHENTICATED },
    { CAUSE_WRONG_ORDER, FACT_RCPT_ACCEPTED },
};

static const session_facts nothing_known;

static bool code_fits(unsigned code, unsigned wanted)
{
    return wanted == code || wanted == code / 10 || wanted == code / 100;
}

static bool codes_fit(const cause_rule *rule, unsigned code)
{
    for (size_t i = 0; i < CAUSE_RULE_CODES && rule->codes[i] != 0; i++)
        if (code_fits(code, rule->codes[i]))
            return true;
    return rule->codes[0] == 0;
}

static bool command_fits(uint64_t commands, command_id command)
{
    return commands == 0 || (commands >> command & 1) != 0;
}

static bool enhanced_fits(const cause_rule *rule, const enhanced_code *enhanced)
{
    if (rule->subject == 0)
        return true;
    return (enhanced->status_class == 4 || enhanced->status_class == 5) &&
           enhanced->subject == rule->subject && enhanced->detail >= rule->detail &&
           enhanced->detail <= MAX(rule->last, rule->detail);
}

static bool facts_fit(const cause_rule *rule, const session_facts *facts)
{
    for (size_t i = 0; i < CAUSE_RULE_FACTS; i++) {
        if (rule->facts[i] != FACT_NONE && !facts_have(facts, rule->facts[i]))
            return false;
        if (rule->not_facts[i] != FACT_NONE && facts_have(facts, rule->not_facts[i]))
            return false;
    }
    return true;
}

static bool words_fit(const cause_rule *rule, const cause_text *text)
{
    for (size_t i = 0; i < CAUSE_RULE_TERMS && rule->words[i] != NULL; i++)
        if (!cause_text_has(text, rule->words[i]))
            return false;
    return rule->unless == NULL || !cause_text_has(text, rule->unless);
}

static bool is_excluded(const cause_rule *rule, const session_facts *facts)
{
    for (size_t i = 0; i < G_N_ELEMENTS(excluded); i++)
        if (excluded[i].cause == rule->cause && facts_have(facts, excluded[i].fact))
            return true;
    return false;
}

/* Cheap questions first. */
static bool holds(const cause_rule *rule, const evidence *seen)
{
    return command_fits(rule->commands, seen->reply->command) &&
           codes_fit(rule, seen->reply->code) && enhanced_fits(rule, &seen->enhanced) &&
           (rule->mechanisms == 0 || (rule->mechanisms & seen->mechanism) != 0) &&
           facts_fit(rule, seen->facts) && !is_excluded(rule, seen->facts) &&
           words_fit(rule, &seen->text);
}

static uint8_t qualifying_fact(unsigned id, const session_facts *facts)
{
    for (size_t i = 0; i < G_N_ELEMENTS(qualifying); i++)
        if (qualifying[i].cause == id && facts_have(facts, qualifying[i].fact))
            return (uint8_t)qualifying[i].fact;
    return FACT_NONE;
}

static cause_found describe(const cause_rule_set *set, const cause_rule *rule, unsigned number,
                            const session_facts *facts)
{
    cause_found found = { .cause = (uint8_t)rule->cause,
                          .evidence = (uint8_t)set->evidence,
                          .fact = rule->facts[0],
                          .rule = (uint16_t)number };

    if (found.fact == FACT_NONE)
        found.fact = qualifying_fact(rule->cause, facts);
    else if (set->evidence == CAUSE_FROM_CODE)
        found.evidence = CAUSE_FROM_SESSION;
    if (found.fact != FACT_NONE)
        found.frame = facts->frame[found.fact];
    return found;
}

static void look(evidence *seen, const refusal *reply)
{
    seen->reply = reply;
    seen->mechanism = cause_mechanism_kind(reply->mechanism);
    seen->facts = reply->facts != NULL ? reply->facts : &nothing_known;
    cause_text_read(&seen->text, reply->text);
    seen->enhanced = (enhanced_code){ 0 };
    if (reply->enhanced != NULL && reply->enhanced->status_class != 0)
        seen->enhanced = *reply->enhanced;
    else
        cause_text_enhanced(&seen->text, &seen->enhanced);
}

/* A 334 refuses nothing, unless it carries the error of a token. */
static bool refuses(const refusal *reply)
{
    return reply->code >= 400 || (reply->code == 334 && reply->facts != NULL &&
                                  facts_have(reply->facts, FACT_TOKEN_ERROR));
}

cause_found cause_judge_without(const refusal *reply, unsigned without)
{
    evidence seen;
    unsigned number = 0;

    if (!refuses(reply))
        return (cause_found){ .cause = CAUSE_NONE, .rule = CAUSE_RULE_NONE };
    look(&seen, reply);
    for (size_t s = 0; s < CAUSE_RULE_SETS; s++)
        for (size_t i = 0; i < rule_sets[s]->count; i++, number++) {
            const cause_rule *rule = &rule_sets[s]->rules[i];

            if (number != without && holds(rule, &seen))
                return describe(rule_sets[s], rule, number, seen.facts);
        }
    return (cause_found){ .cause = CAUSE_UNSPECIFIED,
                          .evidence = CAUSE_FROM_CODE,
                          .rule = CAUSE_RULE_NONE };
}

cause_found cause_judge(const refusal *reply)
{
    return cause_judge_without(reply, CAUSE_RULE_NONE);
}

const cause_rule *cause_rule_at(unsigned number)
{
    for (size_t s = 0; s < CAUSE_RULE_SETS; s++) {
        if (number < rule_sets[s]->count)
            return &rule_sets[s]->rules[number];
        number -= (unsigned)rule_sets[s]->count;
    }
    return NULL;
}

/* --- mechanisms --- */

static const struct {
    const char *begin; /* of the mechanism's name */
    cause_mechanisms kind;
} mechanism_kinds[] = {
    { "PLAIN", MECHANISMS_PASSWORD },    { "LOGIN", MECHANISMS_PASSWORD },
    { "CRAM-", MECHANISMS_SHARED },      { "DIGEST-", MECHANISMS_SHARED },
    { "SCRAM-", MECHANISMS_SHARED },     { "XOAUTH", MECHANISMS_TOKEN },
    { "OAUTHBEARER", MECHANISMS_TOKEN }, { "NTLM", MECHANISMS_NTLM },
    { "GSS", MECHANISMS_KERBEROS },      { "KERBEROS", MECHANISMS_KERBEROS },
    { "EXTERNAL", MECHANISMS_EXTERNAL },
};

unsigned cause_mechanism_kind(const char *mechanism)
{
    if (mechanism == NULL)
        return 0;
    for (size_t i = 0; i < G_N_ELEMENTS(mechanism_kinds); i++)
        if (g_str_has_prefix(mechanism, mechanism_kinds[i].begin))
            return mechanism_kinds[i].kind;
    return 0;
}
