/* fields.c
 * The fields of the contract: how Wireshark knows them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fields.h"

static int ids[FIELD_COUNT]; /* Wireshark wants a place for each */
expert_field smtp_explain_experts[FINDING_COUNT];

static const value_string category_names[] = {
    { 2, "Positive Completion" },
    { 3, "Positive Intermediate" },
    { 4, "Transient Negative Completion" },
    { 5, "Permanent Negative Completion" },
    { 0, NULL },
};

static const value_string topic_names[] = {
    { 0, "Syntax" },      { 1, "Information" }, { 2, "Connections" }, { 3, "Unspecified" },
    { 4, "Unspecified" }, { 5, "Mail system" }, { 0, NULL },
};

const value_string smtp_explain_verdicts[] = {
    { VERDICT_UNKNOWN, "unknown" },
    { VERDICT_EXPECTED, "expected" },
    { VERDICT_REFUSED, "refused" },
    { VERDICT_UNUSUAL, "unusual" },
    { VERDICT_UNEXPECTED, "unexpected" },
    { VERDICT_UNSOLICITED, "unsolicited" },
    { 0, NULL },
};

#define FIELD(id, name, abbrev, type, display, strings, blurb) \
    [FIELD_##id] = { &ids[FIELD_##id],                         \
                     { name, "smtp_explain." abbrev, type, display, strings, 0, blurb, HFILL } }

/* Wireshark keeps pointers to these. */
hf_register_info smtp_explain_fields[FIELD_COUNT] = {
    FIELD(CODE, "Reply code", "code", FT_UINT16, BASE_DEC, NULL,
          "The code of the reply; of its last line, if they differ"),
    FIELD(ENHANCED, "Enhanced status code", "enhanced", FT_STRING, BASE_NONE, NULL,
          "Class, subject and detail (RFC 3463), if the server sent them"),
    FIELD(ENHANCED_MEANING, "Enhanced status", "enhanced_meaning", FT_STRING, BASE_NONE, NULL,
          "What the enhanced status code says"),
    FIELD(CATEGORY, "Category", "category", FT_UINT8, BASE_DEC, VALS(category_names),
          "What the first digit of the reply code says (RFC 5321, section 4.2.1)"),
    FIELD(TOPIC, "Topic", "topic", FT_UINT8, BASE_DEC, VALS(topic_names),
          "What the second digit of the reply code says (RFC 5321, section 4.2.1)"),
    FIELD(NAME, "Name", "name", FT_STRING, BASE_NONE, NULL, "Short name of the reply code"),
    FIELD(TEXT, "Server's text", "text", FT_STRING, BASE_NONE, NULL,
          "The server's own words, lines joined with ' / '"),
    FIELD(LINES, "Lines", "lines", FT_UINT32, BASE_DEC, NULL, "Number of lines of the reply"),
    FIELD(MEANING, "Meaning", "meaning", FT_STRING, BASE_NONE, NULL,
          "What the server says with this code"),
    FIELD(WHEN, "When", "when", FT_STRING, BASE_NONE, NULL, "When one sees this reply"),
    FIELD(ADVICE, "Advice", "advice", FT_STRING, BASE_NONE, NULL, "What to do about it"),
    FIELD(CONTRAST, "Contrast", "contrast", FT_STRING, BASE_NONE, NULL, "What this reply is not"),
    FIELD(REFERENCE, "Reference", "reference", FT_STRING, BASE_NONE, NULL,
          "Where the reply is defined"),
    FIELD(REFERENCE_URL, "Link", "reference_url", FT_STRING, BASE_NONE, NULL,
          "Where the definition can be read"),
    FIELD(COMMAND, "Answers", "command", FT_STRING, BASE_NONE, NULL,
          "The command, or event, that the reply answers"),
    FIELD(MECHANISM, "SASL mechanism", "mechanism", FT_STRING, BASE_NONE, NULL,
          "The mechanism that AUTH asked for"),
    FIELD(VERDICT, "Verdict", "verdict", FT_UINT8, BASE_DEC, VALS(smtp_explain_verdicts),
          "Does the reply belong to what it answers?"),
    FIELD(REQUEST_IN, "Request in", "request_in", FT_FRAMENUM, BASE_NONE,
          FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), "The frame of the command"),
    FIELD(FIRST_LINE_IN, "First line in", "first_line_in", FT_FRAMENUM, BASE_NONE, NULL,
          "The frame in which the reply began"),
    FIELD(TIME, "Time since request", "time", FT_RELATIVE_TIME, BASE_NONE, NULL,
          "From the command's frame to this one"),
    FIELD(ENCRYPTED, "Encrypted", "encrypted", FT_BOOLEAN, BASE_NONE, NULL,
          "The reply travelled inside TLS"),
    FIELD(AUTH_FAILURES, "Refused logins", "auth_failures", FT_UINT32, BASE_DEC, NULL,
          "AUTH commands that were refused so far in this session"),
    FIELD(OFFER, "Offers", "offer", FT_STRING, BASE_NONE, NULL,
          "An extension that the reply to EHLO lists and that matters for AUTH or HELP"),
    FIELD(RESPONSE_IN, "Response in", "response_in", FT_FRAMENUM, BASE_NONE,
          FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), "The frame of the reply's last line"),
    FIELD(AUTHENTICATED, "Authenticated", "authenticated", FT_BOOLEAN, BASE_NONE, NULL,
          "An earlier 235 holds in this session"),
    FIELD(AUTHENTICATED_IN, "Authenticated in", "authenticated_in", FT_FRAMENUM, BASE_NONE, NULL,
          "The frame of the 235"),
};

static void register_fields(int proto)
{
    proto_register_field_array(proto, smtp_explain_fields, FIELD_COUNT);
}

#define EXPERT(finding, name, group, severity, summary)                    \
    {                                                                      \
        &smtp_explain_experts[finding],                                    \
        {                                                                  \
            "smtp_explain.expert." name, group, severity, summary, EXPFILL \
        }                                                                  \
    }

static void register_experts(int proto)
{
    static ei_register_info experts[] = {
        EXPERT(FINDING_STATUS, "status", PI_RESPONSE_CODE, PI_CHAT,
               "211: status or help, as it was asked for"),
        EXPERT(FINDING_AUTHENTICATED, "authenticated", PI_RESPONSE_CODE, PI_CHAT,
               "235: authenticated"),
        EXPERT(FINDING_AUTH_REFUSED, "auth_refused", PI_RESPONSE_CODE, PI_NOTE,
               "A login was refused"),
        EXPERT(FINDING_AUTH_UNCLEAR, "auth_unclear", PI_PROTOCOL, PI_WARN,
               "AUTH ended with a reply that no standard gives it"),
        EXPERT(FINDING_HELP_REFUSED, "help_refused", PI_RESPONSE_CODE, PI_NOTE, "HELP was refused"),
        EXPERT(FINDING_STATUS_MISPLACED, "status_misplaced", PI_PROTOCOL, PI_WARN,
               "211 where it doesn't belong"),
        EXPERT(FINDING_AUTH_MISPLACED, "auth_misplaced", PI_PROTOCOL, PI_WARN,
               "235 where it doesn't belong"),
        EXPERT(FINDING_UNSOLICITED, "unsolicited", PI_SEQUENCE, PI_WARN,
               "211 or 235 although nothing was asked"),
        EXPERT(FINDING_NO_CONTEXT, "no_context", PI_SEQUENCE, PI_NOTE,
               "211 or 235 to something that the capture doesn't show"),
        EXPERT(FINDING_CREDENTIALS_EXPOSED, "credentials_exposed", PI_SECURITY, PI_WARN,
               "A reusable secret was sent without TLS"),
        EXPERT(FINDING_REPEATED_FAILURES, "repeated_failures", PI_SECURITY, PI_WARN,
               "Three or more refused logins in one session"),
        EXPERT(FINDING_AUTH_LOST, "auth_lost", PI_PROTOCOL, PI_WARN,
               "530 in an authenticated session"),
        EXPERT(FINDING_TEXT_CONTRADICTS, "text_contradicts", PI_PROTOCOL, PI_WARN,
               "The text says the opposite of the code"),
        EXPERT(FINDING_ENHANCED_MISMATCH, "enhanced_mismatch", PI_PROTOCOL, PI_WARN,
               "The enhanced status code doesn't fit the reply code"),
        EXPERT(FINDING_AUTH_NOT_OFFERED, "auth_not_offered", PI_PROTOCOL, PI_WARN,
               "AUTH, which the reply to EHLO doesn't list"),
        EXPERT(FINDING_MECHANISM_NOT_OFFERED, "mechanism_not_offered", PI_PROTOCOL, PI_WARN,
               "AUTH with a mechanism that the reply to EHLO doesn't list"),
        EXPERT(FINDING_CODE_CHANGED, "code_changed", PI_PROTOCOL, PI_WARN,
               "The lines of one reply carry different codes"),
    };

    expert_register_field_array(expert_register_protocol(proto), experts, G_N_ELEMENTS(experts));
}

void smtp_explain_register_fields(int proto)
{
    const expert_field unset = EI_INIT;

    for (unsigned f = 0; f < FINDING_COUNT; f++)
        smtp_explain_experts[f] = unset;
    register_fields(proto);
    register_experts(proto);
}
