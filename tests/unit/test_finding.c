/* test_finding.c
 * Is each finding made when it should be, and is it said in sentences that Wireshark shows whole?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding.h"
#include "language.h"

#include <string.h>

#include <glib.h>

#include "mechanism.h"

#define MESSAGE_SHOWN_MAX 239 /* Wireshark cuts an expert's message at 240 bytes */
#define SUMMARY_MAX 60
#define LONGEST_MECHANISM "ECDSA-NIST256P-CHALL" /* 20 */
#define LONGEST_VERB "XABCDEFGHIJK"              /* 12: what a verb that is shown has at most */
#define LONGEST_FRAME UINT32_MAX
#define IN_SET(f) (1u << (f))

static wmem_allocator_t *scope;

/* --- when --- */

typedef struct {
    const char *name;
    unsigned code;
    command_id command; /* COMMAND_NONE: the reply answers nothing that is known */
    const char *mechanism;
    verdict verdict;
    const char *text;
    enhanced_code enhanced;
    uint32_t auth_failures;
    bool encrypted;
    bool code_changed;
    bool was_authenticated;
    uint32_t due;
} finding_case;

static const finding_case cases[] = {
    { .name = "greeting", .code = 220, .command = COMMAND_CONNECTION, .verdict = VERDICT_EXPECTED },
    { .name = "211 to HELP",
      .code = 211,
      .command = COMMAND_HELP,
      .verdict = VERDICT_EXPECTED,
      .due = IN_SET(FINDING_STATUS) },
    { .name = "211 to an unknown verb",
      .code = 211,
      .command = COMMAND_OTHER,
      .verdict = VERDICT_UNUSUAL,
      .due = IN_SET(FINDING_STATUS) },
    { .name = "214 to HELP", .code = 214, .command = COMMAND_HELP, .verdict = VERDICT_EXPECTED },
    { .name = "502 to HELP",
      .code = 502,
      .command = COMMAND_HELP,
      .verdict = VERDICT_REFUSED,
      .due = IN_SET(FINDING_HELP_REFUSED) },
    { .name = "211 to MAIL",
      .code = 211,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_UNEXPECTED,
      .due = IN_SET(FINDING_STATUS_MISPLACED) },
    { .name = "211 to AUTH",
      .code = 211,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_UNEXPECTED,
      .due = IN_SET(FINDING_STATUS_MISPLACED) },
    { .name = "211 unsolicited",
      .code = 211,
      .verdict = VERDICT_UNSOLICITED,
      .due = IN_SET(FINDING_UNSOLICITED) },
    { .name = "211 unknown",
      .code = 211,
      .verdict = VERDICT_UNKNOWN,
      .due = IN_SET(FINDING_NO_CONTEXT) },
    { .name = "250 unsolicited", .code = 250, .verdict = VERDICT_UNSOLICITED },
    { .name = "250 unknown", .code = 250, .verdict = VERDICT_UNKNOWN },
    { .name = "235 to AUTH CRAM-MD5",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "CRAM-MD5",
      .verdict = VERDICT_EXPECTED,
      .due = IN_SET(FINDING_AUTHENTICATED) },
    { .name = "235 to AUTH of no known mechanism",
      .code = 235,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_EXPECTED,
      .due = IN_SET(FINDING_AUTHENTICATED) | IN_SET(FINDING_CREDENTIALS_EXPOSED) },
    { .name = "235 to AUTH of a mechanism of the server's own",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "X-MY-OWN",
      .verdict = VERDICT_EXPECTED,
      .due = IN_SET(FINDING_AUTHENTICATED) | IN_SET(FINDING_CREDENTIALS_EXPOSED) },
    { .name = "235 to AUTH PLAIN",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "PLAIN",
      .verdict = VERDICT_EXPECTED,
      .due = IN_SET(FINDING_AUTHENTICATED) | IN_SET(FINDING_CREDENTIALS_EXPOSED) },
    { .name = "235 to X-EXPS LOGIN",
      .code = 235,
      .command = COMMAND_X_EXPS,
      .mechanism = "LOGIN",
      .verdict = VERDICT_EXPECTED,
      .due = IN_SET(FINDING_AUTHENTICATED) | IN_SET(FINDING_CREDENTIALS_EXPOSED) },
    { .name = "235 to AUTH PLAIN inside TLS",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "PLAIN",
      .verdict = VERDICT_EXPECTED,
      .encrypted = true,
      .due = IN_SET(FINDING_AUTHENTICATED) },
    { .name = "535 to AUTH PLAIN",
      .code = 535,
      .command = COMMAND_AUTH,
      .mechanism = "PLAIN",
      .verdict = VERDICT_REFUSED,
      .auth_failures = 2,
      .due = IN_SET(FINDING_AUTH_REFUSED) },
    { .name = "third refusal",
      .code = 454,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_REFUSED,
      .auth_failures = 3,
      .due = IN_SET(FINDING_AUTH_REFUSED) | IN_SET(FINDING_REPEATED_FAILURES) },
    { .name = "success after three refusals",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "CRAM-MD5",
      .verdict = VERDICT_EXPECTED,
      .auth_failures = 3,
      .due = IN_SET(FINDING_AUTHENTICATED) },
    { .name = "250 to AUTH",
      .code = 250,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_UNUSUAL,
      .due = IN_SET(FINDING_AUTH_UNCLEAR) },
    { .name = "354 to AUTH",
      .code = 354,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_UNEXPECTED,
      .due = IN_SET(FINDING_AUTH_UNCLEAR) },
    { .name = "334 to AUTH", .code = 334, .command = COMMAND_AUTH, .verdict = VERDICT_EXPECTED },
    { .name = "235 to NOOP",
      .code = 235,
      .command = COMMAND_NOOP,
      .verdict = VERDICT_UNEXPECTED,
      .due = IN_SET(FINDING_AUTH_MISPLACED) },
    { .name = "second 235",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "CRAM-MD5",
      .verdict = VERDICT_UNEXPECTED,
      .was_authenticated = true,
      .due = IN_SET(FINDING_AUTH_MISPLACED) },
    { .name = "235 unsolicited",
      .code = 235,
      .verdict = VERDICT_UNSOLICITED,
      .due = IN_SET(FINDING_UNSOLICITED) },
    { .name = "235 unknown",
      .code = 235,
      .verdict = VERDICT_UNKNOWN,
      .due = IN_SET(FINDING_NO_CONTEXT) },
    { .name = "530 when logged in",
      .code = 530,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_REFUSED,
      .was_authenticated = true,
      .due = IN_SET(FINDING_AUTH_LOST) },
    { .name = "530 when not logged in",
      .code = 530,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_REFUSED },
    { .name = "235 that says it failed",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "CRAM-MD5",
      .verdict = VERDICT_EXPECTED,
      .text = "auth failure",
      .due = IN_SET(FINDING_AUTHENTICATED) | IN_SET(FINDING_TEXT_CONTRADICTS) },
    { .name = "535 that says it worked",
      .code = 535,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_REFUSED,
      .text = "authentication successful",
      .due = IN_SET(FINDING_AUTH_REFUSED) | IN_SET(FINDING_TEXT_CONTRADICTS) },
    { .name = "250 that says it failed",
      .code = 250,
      .command = COMMAND_NOOP,
      .verdict = VERDICT_EXPECTED,
      .text = "failed" },
    { .name = "enhanced code of another class",
      .code = 250,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_EXPECTED,
      .enhanced = { 5, 7, 8 },
      .due = IN_SET(FINDING_ENHANCED_MISMATCH) },
    { .name = "enhanced code of the same class",
      .code = 550,
      .command = COMMAND_RCPT,
      .verdict = VERDICT_REFUSED,
      .enhanced = { 5, 1, 1 } },
    { .name = "code that changes",
      .code = 250,
      .command = COMMAND_EHLO,
      .verdict = VERDICT_EXPECTED,
      .code_changed = true,
      .due = IN_SET(FINDING_CODE_CHANGED) },
};

static reply_note note_of(const finding_case *c, command_note *command)
{
    reply_note note = { 0 };

    memset(command, 0, sizeof *command);
    command->id = (uint8_t)c->command;
    command->verb = c->command == COMMAND_OTHER ? "STAT" : command_name(c->command);
    command->mechanism = c->mechanism;
    note.command = c->command != COMMAND_NONE ? command : NULL;
    note.code = (uint16_t)c->code;
    note.verdict = (uint8_t)c->verdict;
    note.text = c->text != NULL ? c->text : "";
    note.enhanced = c->enhanced;
    note.auth_failures = c->auth_failures;
    note.encrypted = c->encrypted;
    note.code_changed = c->code_changed;
    note.lines = 1;
    note.ends_auth = command_is_auth(c->command) && c->code != 334;
    note.ends_help = c->command == COMMAND_HELP;
    return note;
}

static const session_facts no_facts;

static uint32_t findings_of(reply_note *note, bool was_authenticated)
{
    note->was_authenticated = was_authenticated;
    finding_judge(note, note_refuses(note) ? &no_facts : NULL);
    return note->findings;
}

static void check_sentence(const char *text, size_t max)
{
    size_t len = strlen(text);

    g_test_message("%zu: %s", len, text);
    g_assert_cmpuint(len, >, 0);
    g_assert_cmpuint(len, <=, max);
    for (size_t i = 0; i < len; i++)
        g_assert_true(g_ascii_isprint(text[i]));
    g_assert_null(strstr(text, "  "));
    g_assert_null(strstr(text, "(null)"));
}

static void test_case(gconstpointer data)
{
    const finding_case *c = (const finding_case *)data;
    command_note command;
    reply_note note = note_of(c, &command);
    uint32_t due = c->due;

    if (c->verdict == VERDICT_UNSOLICITED && c->code != 421 && c->code != 211 && c->code != 235)
        due |= IN_SET(FINDING_SURPLUS_REPLY);

    if (c->code >= 400 && !note.ends_auth && !note.ends_help)
        due |= IN_SET(FINDING_REFUSED);
    g_assert_cmphex(findings_of(&note, c->was_authenticated), ==, due);
    for (unsigned f = 0; f < FINDING_OF_REPLIES; f++) {
        g_assert_cmpint(finding_in(c->due, (finding)f), ==, (c->due & IN_SET(f)) != 0);
        if (finding_in(c->due, (finding)f))
            check_sentence(finding_sentence(scope, &note, (finding)f), MESSAGE_SHOWN_MAX);
    }
}

/* --- how long --- */

/* Every sentence about every code and command, with the longest values that can occur. */
static void check_longest(command_note *command, reply_note *note)
{
    const uint32_t found = findings_of(note, true) | findings_of(note, false);

    for (unsigned f = 0; f < FINDING_COUNT; f++) {
        char *sentence;

        /* a finding about a command is made only of replies to one */
        if (note->command == NULL && f != FINDING_UNSOLICITED && f != FINDING_NO_CONTEXT &&
            f != FINDING_AUTH_LOST && f != FINDING_TEXT_CONTRADICTS &&
            f != FINDING_ENHANCED_MISMATCH && f != FINDING_CODE_CHANGED)
            continue;
        if (!finding_in(found, (finding)f))
            continue;
        sentence = finding_sentence(scope, note, (finding)f);
        if (strlen(sentence) > MESSAGE_SHOWN_MAX || strstr(sentence, "(null)") != NULL) {
            g_test_message("%u to %s: %zu bytes: %s", note->code,
                           command->verb != NULL ? command->verb : "?", strlen(sentence), sentence);
            g_test_fail();
        }
        wmem_free(scope, sentence);
    }
}

static void set_longest(command_note *command, reply_note *note, command_id id)
{
    memset(command, 0, sizeof *command);
    memset(note, 0, sizeof *note);
    command->id = (uint8_t)id;
    command->verb = id == COMMAND_OTHER ? LONGEST_VERB : command_name(id);
    command->frame = LONGEST_FRAME;
    note->text = "accepted";
    note->lines = UINT32_MAX;
    note->auth_failures = UINT32_MAX;
    note->code_changed = true;
    note->enhanced.status_class = 3; /* fits no reply */
    note->enhanced.subject = 999;
    note->enhanced.detail = 999;
}

/* What EHLO listed: it isn't known, nothing, and other mechanisms. */
static const offers nothing_offered = { .count = 0, .offer = { NULL } };
static const offers others_offered = { .count = 3,
                                       .offer = { "AUTH GSSAPI", "X-EXPS GSSAPI", "HELP" } };
static const offers *const offered[] = { NULL, &nothing_offered, &others_offered };

static void check_code(command_id id, unsigned code, int64_t elapsed, const char *mechanism,
                       const offers *list)
{
    command_note command;
    reply_note note;

    set_longest(&command, &note, id);
    note.offers = list;
    note.code = (uint16_t)code;
    note.elapsed = elapsed;
    note.text = code == 235 ? "failed" : "accepted";
    command.mechanism = command_is_auth(id) ? mechanism : NULL;
    note.command = id != COMMAND_NONE ? &command : NULL;
    note.ends_auth = command_is_auth(id) && code != 334;
    note.ends_help = id == COMMAND_HELP;
    for (unsigned v = VERDICT_UNKNOWN; v <= VERDICT_UNSOLICITED; v++) {
        note.verdict = (uint8_t)v;
        check_longest(&command, &note);
    }
    command.cancelled = true;
    note.verdict = VERDICT_REFUSED;
    check_longest(&command, &note);
}

static void check_auth(command_id id, int64_t elapsed)
{
    static const char *const mechanisms[] = { LONGEST_MECHANISM, "OAUTHBEARER", NULL };

    for (unsigned code = 200; code < 600; code++) {
        for (size_t i = 0; i < G_N_ELEMENTS(mechanisms) * G_N_ELEMENTS(offered); i++)
            check_code(id, code, elapsed, mechanisms[i / G_N_ELEMENTS(offered)],
                       offered[i % G_N_ELEMENTS(offered)]);
    }
}

static void check_command(command_id id, int64_t elapsed)
{
    /* the codes that have sentences of their own when they answer anything but AUTH */
    static const unsigned codes[] = { 211, 235, 250, 334, 354, 421, 500, 502, 504, 530, 535, 599 };

    for (size_t i = 0; i < G_N_ELEMENTS(codes) * G_N_ELEMENTS(offered); i++)
        check_code(id, codes[i / G_N_ELEMENTS(offered)], elapsed, NULL,
                   offered[i % G_N_ELEMENTS(offered)]);
}

static void test_longest_sentences(void)
{
    /* -1; the longest of microseconds, of milliseconds, of a TCP connection's life: ten years */
    static const int64_t times[] = { -1, 999999, INT64_C(999999999),
                                     INT64_C(315360000) * 1000000000 };

    g_assert_cmpuint(strlen(LONGEST_MECHANISM), ==, MECHANISM_NAME_MAX);
    for (unsigned id = COMMAND_NONE; id < COMMAND_COUNT; id++) {
        for (size_t t = 0; t < G_N_ELEMENTS(times); t++)
            if (command_is_auth((command_id)id))
                check_auth((command_id)id, times[t]);
            else
                check_command((command_id)id, times[t]);
    }
}

/* The same in each language that there is. */
static void test_longest_translations(void)
{
    const language **all = language_all();

    for (size_t i = 0; all[i] != NULL; i++) {
        language_speak(all[i]);
        test_longest_sentences();
    }
    language_speak(NULL);
    g_free(all);
}

static void test_offers(void)
{
    command_note command = { .id = COMMAND_AUTH, .verb = "AUTH", .mechanism = "PLAIN", .frame = 9 };
    reply_note note = { .command = &command, .text = "", .code = 504, .lines = 1 };
    const offers plain = { .count = 1, .offer = { "AUTH LOGIN PLAIN" } };

    note.verdict = VERDICT_REFUSED;
    note.ends_auth = true;
    g_assert_cmphex(findings_of(&note, false), ==, IN_SET(FINDING_AUTH_REFUSED));
    note.offers = &nothing_offered;
    g_assert_cmphex(findings_of(&note, false), ==,
                    IN_SET(FINDING_AUTH_REFUSED) | IN_SET(FINDING_AUTH_NOT_OFFERED));
    note.offers = &others_offered;
    g_assert_cmphex(findings_of(&note, false), ==,
                    IN_SET(FINDING_AUTH_REFUSED) | IN_SET(FINDING_MECHANISM_NOT_OFFERED));
    note.offers = &plain;
    g_assert_cmphex(findings_of(&note, false), ==, IN_SET(FINDING_AUTH_REFUSED));
}

/* A command whose verb may not be shown, and one that is not in the capture. */
static void test_sentences_of_what_is_not_known(void)
{
    command_note command = { .id = COMMAND_OTHER };
    reply_note note = { .command = &command, .text = "", .code = 211, .lines = 1 };

    note.verdict = VERDICT_UNUSUAL;
    g_assert_cmphex(findings_of(&note, false), ==, IN_SET(FINDING_STATUS));
    check_sentence(finding_sentence(scope, &note, FINDING_STATUS), MESSAGE_SHOWN_MAX);
    note.code = 235;
    note.verdict = VERDICT_UNEXPECTED;
    check_sentence(finding_sentence(scope, &note, FINDING_AUTH_MISPLACED), MESSAGE_SHOWN_MAX);
}

/* What a refusal advises has to be what that code is about. */
static void test_advice(void)
{
    static const struct {
        command_id command;
        unsigned code;
        finding f;
        const char *says;
    } due[] = {
        { COMMAND_AUTH, 421, FINDING_AUTH_REFUSED, "connects again" },
        { COMMAND_AUTH, 422, FINDING_AUTH_REFUSED, "PLAIN under TLS" },
        { COMMAND_AUTH, 432, FINDING_AUTH_REFUSED, "PLAIN under TLS" },
        { COMMAND_AUTH, 454, FINDING_AUTH_REFUSED, "tries again later, unchanged" },
        { COMMAND_AUTH, 524, FINDING_AUTH_REFUSED, "TLS needed" },
        { COMMAND_AUTH, 535, FINDING_AUTH_REFUSED, "the password" },
        { COMMAND_AUTH, 538, FINDING_AUTH_REFUSED, "TLS needed" },
        { COMMAND_AUTH, 599, FINDING_AUTH_REFUSED, "unspecified" },
        { COMMAND_HELP, 421, FINDING_HELP_REFUSED, "closing the connection" },
        { COMMAND_HELP, 450, FINDING_HELP_REFUSED, "temporary" },
        { COMMAND_HELP, 502, FINDING_HELP_REFUSED, "harmless" },
        { COMMAND_HELP, 530, FINDING_HELP_REFUSED, "same to MAIL" },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(due); i++) {
        command_note command = { .id = due[i].command, .verb = command_name(due[i].command) };
        reply_note note = { .command = &command, .text = "", .code = due[i].code, .lines = 1 };

        note.ends_auth = due[i].command == COMMAND_AUTH;
        note.ends_help = !note.ends_auth;
        g_assert_true(finding_in(findings_of(&note, false), due[i].f));
        g_test_message("%s", finding_sentence(scope, &note, due[i].f));
        g_assert_nonnull(strstr(finding_sentence(scope, &note, due[i].f), due[i].says));
    }
}

/* A refusal that nobody heard, and what answers no command but a line of the message. */
static void test_sentences_of_when(void)
{
    command_note mail = { .id = COMMAND_MAIL, .verb = "MAIL" };
    reply_note late = {
        .command = &mail, .text = "idle", .code = 421, .lines = 1, .after_close = true
    };
    reply_note chunk = { .text = "what?", .code = 500, .lines = 1, .answers_chunk = true };

    g_assert_true(finding_in(findings_of(&late, false), FINDING_REFUSED));
    g_test_message("%s", finding_sentence(scope, &late, FINDING_REFUSED));
    g_assert_nonnull(strstr(finding_sentence(scope, &late, FINDING_REFUSED),
                            ", after the client had closed. \"idle\". "));
    g_assert_nonnull(
        strstr(finding_sentence(scope, &chunk, FINDING_SURPLUS_REPLY), "refused BDAT"));
    check_sentence(finding_sentence(scope, &chunk, FINDING_SURPLUS_REPLY), MESSAGE_SHOWN_MAX);
}

/* Refusals with a cause are counted by it. */
static void test_summaries(void)
{
    for (unsigned why = CAUSE_NONE + 1; why < CAUSE_COUNT; why++) {
        const char *login = finding_summary(scope, FINDING_AUTH_REFUSED, (cause)why);

        check_sentence(login, SUMMARY_MAX);
        g_assert_nonnull(strstr(login, cause_word((cause)why)));
        g_assert_cmpstr(login, !=, finding_summary(scope, FINDING_REFUSED, (cause)why));
    }
    g_assert_cmpstr(finding_summary(scope, FINDING_AUTH_REFUSED, CAUSE_BAD_CREDENTIALS), ==,
                    "Login refused: bad credentials");
    g_assert_cmpstr(finding_summary(scope, FINDING_REFUSED, CAUSE_NONE), ==,
                    finding_describe(FINDING_REFUSED)->summary);
    g_assert_cmpstr(finding_summary(scope, FINDING_CREDENTIALS_EXPOSED, CAUSE_NONE), ==,
                    finding_describe(FINDING_CREDENTIALS_EXPOSED)->summary);
}

static void check_summary(const char *text)
{
    check_sentence(text, SUMMARY_MAX);
    g_assert_false(g_str_has_suffix(text, "."));
}

/* Each finding has a row, and a filter's name of its own. */
static void test_rows(void)
{
    g_autoptr(GHashTable) names = g_hash_table_new(g_str_hash, g_str_equal);
    g_autoptr(GHashTable) summaries = g_hash_table_new(g_str_hash, g_str_equal);

    for (unsigned f = 0; f < FINDING_COUNT; f++) {
        const finding_info *info = finding_describe((finding)f);

        g_test_message("%u: %s", f, info->name != NULL ? info->name : "(no row)");
        g_assert_true(g_regex_match_simple("^[a-z]+(_[a-z]+)*$", info->name, 0, 0));
        check_summary(info->summary);
        g_assert_true(g_hash_table_add(names, (gpointer)info->name));
        g_assert_true(g_hash_table_add(summaries, (gpointer)info->summary));
    }
}

static void test_descriptions(void)
{
    static const struct {
        finding f;
        finding_info due;
    } due[] = {
        { FINDING_STATUS,
          { "status", FINDING_CHAT, FINDING_RESPONSE, "211: status or help, as requested" } },
        { FINDING_AUTH_REFUSED,
          { "auth_refused", FINDING_WARN, FINDING_RESPONSE, "A login was refused" } },
        { FINDING_NO_CONTEXT,
          { "no_context", FINDING_NOTE, FINDING_SEQUENCE,
            "211 or 235 in answer to something the capture doesn't show" } },
        { FINDING_CREDENTIALS_EXPOSED,
          { "credentials_exposed", FINDING_WARN, FINDING_SECURITY,
            "A reusable secret was sent without TLS" } },
        { FINDING_CODE_CHANGED,
          { "code_changed", FINDING_WARN, FINDING_PROTOCOL,
            "The lines of one reply carry different codes" } },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(due); i++) {
        const finding_info *info = finding_describe(due[i].f);

        g_assert_cmpstr(info->name, ==, due[i].due.name);
        g_assert_cmpint(info->severity, ==, due[i].due.severity);
        g_assert_cmpint(info->group, ==, due[i].due.group);
        g_assert_cmpstr(info->summary, ==, due[i].due.summary);
    }
}

/* The sentence that the contract gives as an example. */
static void test_example(void)
{
    command_note command = { .id = COMMAND_AUTH, .verb = "AUTH", .mechanism = "PLAIN", .frame = 9 };
    reply_note note = { .command = &command, .text = "", .code = 235, .lines = 1 };

    note.verdict = VERDICT_EXPECTED;
    note.elapsed = 12345678;
    g_assert_cmpstr(finding_sentence(scope, &note, FINDING_AUTHENTICATED), ==,
                    "SMTP 235: authenticated with PLAIN (asked in frame 9, answered in 12 ms). The "
                    "server now accepts mail from this session.");
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wmem_init();
    language_add_folder(BUILT_LANGUAGES);
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *path = g_strdup_printf("/finding/%s", cases[i].name);

        g_test_add_data_func(path, &cases[i], test_case);
        g_free(path);
    }
    g_test_add_func("/finding/longest", test_longest_sentences);
    g_test_add_func("/finding/longest-translations", test_longest_translations);
    g_test_add_func("/finding/offers", test_offers);
    g_test_add_func("/finding/not-known", test_sentences_of_what_is_not_known);
    g_test_add_func("/finding/advice", test_advice);
    g_test_add_func("/finding/sentences-of-when", test_sentences_of_when);
    g_test_add_func("/finding/rows", test_rows);
    g_test_add_func("/finding/summaries", test_summaries);
    g_test_add_func("/finding/descriptions", test_descriptions);
    g_test_add_func("/finding/example", test_example);
    int failed = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return failed;
}
