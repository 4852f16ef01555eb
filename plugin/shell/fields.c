/* fields.c
 * The fields of the contract: how Wireshark knows them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "fields.h"
#include "language.h"

static int ids[FIELD_COUNT]; /* Wireshark wants a place for each */
static expert_field experts[FINDING_COUNT];

/* Of the findings that are kept apart by cause. */
static const finding refusals[] = { FINDING_AUTH_REFUSED, FINDING_HELP_REFUSED, FINDING_REFUSED };
static expert_field refused_experts[G_N_ELEMENTS(refusals)][CAUSE_COUNT];

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

const char *smtp_explain_verdict_word(unsigned found)
{
    return C_("verdict", val_to_str_const(found, smtp_explain_verdicts, "unknown"));
}

static value_string command_ids[COMMAND_COUNT]; /* that of COMMAND_NONE ends them */

#define FIELD(id, title, suffix, kind, base, names, text)          \
    [FIELD_##id] = { .p_id = &ids[FIELD_##id],                     \
                     .hfinfo = { .name = (title),                  \
                                 .abbrev = "smtp_explain." suffix, \
                                 .type = (kind),                   \
                                 .display = (base),                \
                                 .strings = (names),               \
                                 .bitmask = 0,                     \
                                 .blurb = (text),                  \
                                 HFILL } }

/* Wireshark keeps pointers to these. */
hf_register_info smtp_explain_fields[FIELD_COUNT] = {
    FIELD(CODE, NC_("field", "Reply code"), "code", FT_UINT16, BASE_DEC, NULL,
          N_("The reply code; that of the last line if the lines disagree")),
    FIELD(ENHANCED, NC_("field", "Enhanced status code"), "enhanced", FT_STRING, BASE_NONE, NULL,
          N_("Class, subject and detail (RFC 3463), if the server sent one")),
    FIELD(ENHANCED_MEANING, NC_("field", "Enhanced status"), "enhanced_meaning", FT_STRING,
          BASE_NONE, NULL, N_("What the enhanced status code means")),
    FIELD(CATEGORY, NC_("field", "Category"), "category", FT_UINT8, BASE_DEC, VALS(category_names),
          N_("What the first digit of the reply code means (RFC 5321, section 4.2.1)")),
    FIELD(TOPIC, NC_("field", "Topic"), "topic", FT_UINT8, BASE_DEC, VALS(topic_names),
          N_("What the second digit of the reply code means (RFC 5321, section 4.2.1)")),
    FIELD(NAME, NC_("field", "Name"), "name", FT_STRING, BASE_NONE, NULL,
          N_("Short name of the reply code")),
    FIELD(CAUSE, NC_("field", "Cause"), "cause", FT_STRING, BASE_NONE, NULL,
          N_("Why the server refused, in a word or two from a fixed list")),
    FIELD(CAUSE_FROM, NC_("field", "Cause told from"), "cause_from", FT_STRING, BASE_NONE, NULL,
          N_("Where the cause is taken from: the session, the server's words or a code")),
    FIELD(TEXT, NC_("field", "Server's text"), "text", FT_STRING, BASE_NONE, NULL,
          N_("The server's own words, lines joined with ' / '")),
    FIELD(CHALLENGE, NC_("field", "Challenge"), "challenge", FT_STRING, BASE_NONE, NULL,
          N_("What a 334 asks for, or the error it carries, decoded")),
    FIELD(LINES, NC_("field", "Lines"), "lines", FT_UINT32, BASE_DEC, NULL,
          N_("Number of lines of the reply")),
    FIELD(MEANING, NC_("field", "Meaning"), "meaning", FT_STRING, BASE_NONE, NULL,
          N_("What the server means by this code")),
    FIELD(WHEN, NC_("field", "When"), "when", FT_STRING, BASE_NONE, NULL,
          N_("When you see this reply")),
    FIELD(ADVICE, NC_("field", "Advice"), "advice", FT_STRING, BASE_NONE, NULL,
          N_("What to do about it")),
    FIELD(CONTRAST, NC_("field", "Contrast"), "contrast", FT_STRING, BASE_NONE, NULL,
          N_("What this reply is not")),
    FIELD(REFERENCE, NC_("field", "Reference"), "reference", FT_STRING, BASE_NONE, NULL,
          N_("Where the reply is defined")),
    FIELD(REFERENCE_URL, NC_("field", "Link"), "reference_url", FT_STRING, BASE_NONE, NULL,
          N_("Link to the definition")),
    FIELD(COMMAND, NC_("field", "Answers"), "command", FT_STRING, BASE_NONE, NULL,
          N_("The command or event that the reply answers")),
    FIELD(COMMAND_ID, NC_("field", "Answers, as a number"), "command_id", FT_UINT8, BASE_DEC,
          VALS(command_ids), N_("The command or event that the reply answers, as a number")),
    FIELD(MECHANISM, NC_("field", "SASL mechanism"), "mechanism", FT_STRING, BASE_NONE, NULL,
          N_("The mechanism that AUTH asked for")),
    FIELD(
        USER, NC_("field", "User name"), "user", FT_STRING, BASE_NONE, NULL,
        N_("The user name that the client gave to AUTH; shown only if the preference show_user is on")),
    FIELD(VERDICT, NC_("field", "Verdict"), "verdict", FT_UINT8, BASE_DEC,
          VALS(smtp_explain_verdicts), N_("Whether the reply fits what it answers")),
    FIELD(REQUEST_IN, NC_("field", "Request in"), "request_in", FT_FRAMENUM, BASE_NONE,
          FRAMENUM_TYPE(FT_FRAMENUM_REQUEST), N_("The frame of the command")),
    FIELD(FIRST_LINE_IN, NC_("field", "First line in"), "first_line_in", FT_FRAMENUM, BASE_NONE,
          NULL, N_("The frame in which the reply began")),
    FIELD(TIME, NC_("field", "Time since request"), "time", FT_RELATIVE_TIME, BASE_NONE, NULL,
          N_("From the command's frame to this one")),
    FIELD(ENCRYPTED, NC_("field", "Encrypted"), "encrypted", FT_BOOLEAN, BASE_NONE, NULL,
          N_("The reply travelled inside TLS")),
    FIELD(AUTH_FAILURES, NC_("field", "Refused logins"), "auth_failures", FT_UINT32, BASE_DEC, NULL,
          N_("AUTH commands refused so far in this session")),
    FIELD(OFFER, NC_("field", "Offers"), "offer", FT_STRING, BASE_NONE, NULL,
          N_("An extension from the reply to EHLO that matters for AUTH or HELP")),
    FIELD(SESSION, NC_("field", "Session"), "session", FT_UINT32, BASE_DEC, NULL,
          N_("Which session of the capture it is, in the order in which they began")),
    FIELD(ENDED, NC_("field", "Session ended"), "ended", FT_STRING, BASE_NONE, NULL,
          N_("How the session ended, and by whom")),
    FIELD(LOGIN, NC_("field", "Login"), "login", FT_STRING, BASE_NONE, NULL,
          N_("How the session's logins ended")),
    FIELD(ACCEPTED, NC_("field", "Messages accepted"), "accepted", FT_UINT32, BASE_DEC, NULL,
          N_("How many messages the server took in the session")),
    FIELD(REFUSED, NC_("field", "Messages and recipients refused"), "refused", FT_UINT32, BASE_DEC,
          NULL, N_("How many messages and recipients the server refused in the session")),
    FIELD(UNANSWERED, NC_("field", "Unanswered"), "unanswered", FT_STRING, BASE_NONE, NULL,
          N_("The command that got no reply before the session ended")),
    FIELD(MARK, NC_("field", "Mark"), "mark", FT_STRING, BASE_NONE, NULL,
          N_("The worst that the frame has to tell, in a few words")),
    FIELD(RESPONSE_IN, NC_("field", "Response in"), "response_in", FT_FRAMENUM, BASE_NONE,
          FRAMENUM_TYPE(FT_FRAMENUM_RESPONSE), N_("The frame of the reply's last line")),
    FIELD(AUTHENTICATED, NC_("field", "Authenticated"), "authenticated", FT_BOOLEAN, BASE_NONE,
          NULL, N_("An earlier 235 is in force in this session")),
    FIELD(AUTHENTICATED_IN, NC_("field", "Authenticated in"), "authenticated_in", FT_FRAMENUM,
          BASE_NONE, NULL, N_("The frame of the 235 that is in force")),
};

expert_field *smtp_explain_expert(finding f, cause why)
{
    for (size_t i = 0; i < G_N_ELEMENTS(refusals) && why != CAUSE_NONE; i++)
        if (refusals[i] == f)
            return &refused_experts[i][why];
    return &experts[f];
}

/* Wireshark keeps pointers to all of this. */
static void describe_expert(ei_register_info *expert, finding f, cause why)
{
    static const int severities[] = {
        [FINDING_CHAT] = PI_CHAT,
        [FINDING_NOTE] = PI_NOTE,
        [FINDING_WARN] = PI_WARN,
    };
    static const int groups[] = {
        [FINDING_RESPONSE] = PI_RESPONSE_CODE, [FINDING_PROTOCOL] = PI_PROTOCOL,
        [FINDING_SEQUENCE] = PI_SEQUENCE,      [FINDING_SECURITY] = PI_SECURITY,
        [FINDING_DECRYPTION] = PI_DECRYPTION,
    };
    const finding_info *info = finding_describe(f);
    const expert_field unset = EI_INIT;
    const ei_register_info made = {
        .ids = smtp_explain_expert(f, why),
        .eiinfo = {
            .name = wmem_strdup_printf(wmem_epan_scope(), "smtp_explain.expert.%s", info->name),
            .group = groups[info->group],
            .severity = severities[info->severity],
            .summary = finding_summary(wmem_epan_scope(), f, why),
            EXPFILL,
        },
    };

    *made.ids = unset;
    *expert = made;
}

static ei_register_info described[FINDING_COUNT + G_N_ELEMENTS(refusals) * (CAUSE_COUNT - 1)];

/* Goes through all of them in their order. */
static void for_each_expert(void (*work)(ei_register_info *expert, finding f, cause why))
{
    unsigned count = 0;

    for (unsigned f = 0; f < FINDING_COUNT; f++)
        work(&described[count++], (finding)f, CAUSE_NONE);
    for (size_t i = 0; i < G_N_ELEMENTS(refusals); i++)
        for (unsigned why = CAUSE_NONE + 1; why < CAUSE_COUNT; why++)
            work(&described[count++], refusals[i], (cause)why);
}

static void register_experts(int proto)
{
    for_each_expert(describe_expert);
    expert_register_field_array(expert_register_protocol(proto), described,
                                G_N_ELEMENTS(described));
}

/* --- in another language --- */

/* Wireshark has the pointers to these, and looks there whenever it shows one. */
static void name_expert(ei_register_info *expert, finding f, cause why)
{
    expert->eiinfo.summary = finding_summary(wmem_epan_scope(), f, why);
    expert->eiinfo.hf_info.hfinfo.blurb = expert->eiinfo.summary;
}

static void name_field(size_t i)
{
    static struct {
        const char *name, *blurb;
    } english[FIELD_COUNT];
    header_field_info *info = &smtp_explain_fields[i].hfinfo;

    if (english[i].name == NULL) {
        english[i].name = info->name;
        english[i].blurb = info->blurb;
    }
    info->name = C_("field", english[i].name);
    info->blurb = _(english[i].blurb);
}

void smtp_explain_name_fields(void)
{
    static const language *named_in;

    if (language_spoken == named_in)
        return;
    named_in = language_spoken;
    for (size_t i = 0; i < FIELD_COUNT; i++)
        name_field(i);
    for_each_expert(name_expert);
}

static void name_commands(void)
{
    for (uint32_t id = COMMAND_NONE + 1; id < COMMAND_COUNT; id++) {
        const char *name = command_name((command_id)id);

        command_ids[id - 1].value = id;
        command_ids[id - 1].strptr = name != NULL ? name : "other";
    }
}

void smtp_explain_register_fields(int proto)
{
    name_commands();
    proto_register_field_array(proto, smtp_explain_fields, FIELD_COUNT);
    register_experts(proto);
}
