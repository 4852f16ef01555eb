/* fields.h
 * The fields of the contract, and which of them anybody wants to see.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_FIELDS_H
#define SMTP_EXPLAIN_FIELDS_H

#include <epan/expert.h>
#include <epan/packet.h>

#include "finding.h"

/* In the order in which they are registered. */
typedef enum {
    FIELD_CODE,
    FIELD_ENHANCED,
    FIELD_ENHANCED_MEANING,
    FIELD_CATEGORY,
    FIELD_TOPIC,
    FIELD_NAME,
    FIELD_CAUSE,
    FIELD_CAUSE_FROM,
    FIELD_TEXT,
    FIELD_CHALLENGE,
    FIELD_LINES,
    FIELD_MEANING,
    FIELD_WHEN,
    FIELD_ADVICE,
    FIELD_CONTRAST,
    FIELD_REFERENCE,
    FIELD_REFERENCE_URL,
    FIELD_COMMAND,
    FIELD_COMMAND_ID,
    FIELD_MECHANISM,
    FIELD_USER,
    FIELD_VERDICT,
    FIELD_REQUEST_IN,
    FIELD_FIRST_LINE_IN,
    FIELD_TIME,
    FIELD_ENCRYPTED,
    FIELD_AUTH_FAILURES,
    FIELD_OFFER,
    FIELD_SESSION,
    FIELD_ENDED,
    FIELD_LOGIN,
    FIELD_ACCEPTED,
    FIELD_REFUSED,
    FIELD_UNANSWERED,
    FIELD_MARK,
    FIELD_RESPONSE_IN,
    FIELD_AUTHENTICATED,
    FIELD_AUTHENTICATED_IN,
    FIELD_COUNT
} field;

/* What Wireshark knows of them: hfinfo.id, for instance. */
extern hf_register_info smtp_explain_fields[FIELD_COUNT];

/* The expert information of a finding. The causes of a refusal are kept apart under one name, so that the
 * window of expert information counts them apart; cause: CAUSE_NONE for other findings. */
expert_field *smtp_explain_expert(finding f, cause why);

/* The names of the verdicts. */
extern const value_string smtp_explain_verdicts[];

/* The same in the language that is spoken, for sentences. */
const char *smtp_explain_verdict_word(unsigned found);

/* Registers the fields and the expert information. To be called once. */
void smtp_explain_register_fields(int proto);

/* Gives them names in the language that is spoken, if that has changed. Names of filters stay. */
void smtp_explain_name_fields(void);

/* Will anybody see that header field in the tree, which may be NULL: a person, a filter, a column?
 * Most are seen by nobody, and what would be said in them need not be looked up. Asked for each
 * field of each reply. */
static inline bool smtp_explain_is_wanted(const proto_tree *tree, const header_field_info *hf)
{
    return tree != NULL && (PTREE_DATA(tree)->visible || hf->ref_type > HF_REF_TYPE_INDIRECT);
}

#endif
