/* test_cause.c
 * Is the cause of a refusal found, and is what is said about it whole, short and true?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cause.h"

#include <stdio.h>
#include <string.h>

#include <glib.h>

#include "cause_replies.h"
#include "cause_tables.h"
#include "cause_text.h"
#include "reply.h"

#define FACT_FRAME 7

static wmem_allocator_t *scope; /* for what is said; all of it goes at the end */

/* A reply as the judge wants it; the text lives until the next. */
typedef struct {
    refusal reply;
    enhanced_code enhanced;
    char text[CAUSE_TEXT_MAX];
    session_facts facts;
} asked;

static void ask(asked *out, const char *reply, command_id command, const char *mechanism,
                const session_fact *facts, size_t fact_count)
{
    reply_line found;

    memset(out, 0, sizeof *out);
    g_assert_true(reply_parse_line(reply, strlen(reply), &found));
    g_snprintf(out->text, sizeof out->text, "%.*s", (int)found.text_len, found.text);
    out->enhanced = found.enhanced;
    for (size_t i = 0; i < fact_count; i++) {
        out->facts.set |= facts[i] != FACT_NONE ? 1u << facts[i] : 0;
        out->facts.frame[facts[i]] = FACT_FRAME;
    }
    out->reply =
        (refusal){ found.code, &out->enhanced, out->text, command, mechanism, &out->facts };
}

static void ask_row(asked *out, size_t row)
{
    ask(out, replies[row].reply, replies[row].command, replies[row].mechanism, replies[row].facts,
        REPLY_FACTS);
}

static cause_explanation explain(const asked *question, const cause_found *found)
{
    return cause_explain(scope, found, question->reply.code, question->reply.command,
                         question->reply.mechanism);
}

static unsigned rule_count(void)
{
    unsigned count = 0;

    while (cause_rule_at(count) != NULL)
        count++;
    return count;
}

/* --- what the cause is --- */

static void test_causes(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(replies); i++) {
        asked question;
        cause_found found;

        ask_row(&question, i);
        found = cause_judge(&question.reply);
        if (found.cause != replies[i].due) {
            g_test_message("%s: %s, by rule %u; due is %s", replies[i].reply,
                           cause_word((cause)found.cause), found.rule, cause_word(replies[i].due));
            g_test_fail();
        }
    }
}

/* Is what is told without a rule something else? */
static bool differs(const asked *question, const cause_found *found, const cause_found *without)
{
    cause_explanation one, other;

    if (found->cause != without->cause || found->evidence != without->evidence)
        return true;
    one = explain(question, found);
    other = explain(question, without);
    return strcmp(one.meaning, other.meaning) != 0 || strcmp(one.advice, other.advice) != 0;
}

/* Each rule is the only one that explains some reply as it should be. */
static void test_each_rule_counts(void)
{
    const unsigned count = rule_count();
    bool *needed = g_new0(bool, count);

    for (size_t i = 0; i < G_N_ELEMENTS(replies); i++) {
        asked question;
        cause_found found, without;

        ask_row(&question, i);
        found = cause_judge(&question.reply);
        if (found.rule == CAUSE_RULE_NONE)
            continue;
        without = cause_judge_without(&question.reply, found.rule);
        if (found.cause == replies[i].due && differs(&question, &found, &without))
            needed[found.rule] = true;
    }
    for (unsigned i = 0; i < count; i++)
        if (!needed[i]) {
            const cause_rule *rule = cause_rule_at(i);

            g_test_message("rule %u (%s; %s) explains no reply alone", i,
                           cause_word((cause)rule->cause),
                           rule->words[0] != NULL ? rule->words[0] : "no words");
            g_test_fail();
        }
    g_free(needed);
}

/* A phrase is written as texts are read: it is found in itself. One that isn't can never be. */
static void check_phrases(const char *alternatives)
{
    char **phrases = g_strsplit(alternatives, "|", -1);
    GHashTable *seen = g_hash_table_new(g_str_hash, g_str_equal);

    for (char **phrase = phrases; *phrase != NULL; phrase++) {
        char *as_text = g_strdup(**phrase == '~' ? *phrase + 1 : *phrase);
        cause_text text;

        g_strdelimit(as_text, "*", ' ');
        cause_text_read(&text, as_text);
        if (**phrase == '\0' || !cause_text_has(&text, *phrase) ||
            !g_hash_table_add(seen, *phrase)) {
            g_test_message("[%s] in %.60s is empty, never found, or there twice", *phrase,
                           alternatives);
            g_test_fail();
        }
        g_free(as_text);
    }
    g_hash_table_destroy(seen);
    g_strfreev(phrases);
}

static void test_each_phrase_can_be_found(void)
{
    for (unsigned i = 0; i < rule_count(); i++) {
        const cause_rule *rule = cause_rule_at(i);

        for (size_t t = 0; t < CAUSE_RULE_TERMS && rule->words[t] != NULL; t++)
            check_phrases(rule->words[t]);
        if (rule->unless != NULL)
            check_phrases(rule->unless);
    }
}

/* --- what is said --- */

static bool is_sentence(const char *text)
{
    return text != NULL && g_ascii_isupper(text[0]) && g_str_has_suffix(text, ".") &&
           strlen(text) <= CAUSE_SENTENCE_MAX && g_utf8_validate(text, -1, NULL);
}

static void check_explanation(const cause_explanation *said, const char *what)
{
    bool whole = is_sentence(said->meaning) && is_sentence(said->advice) && said->who != NULL &&
                 strlen(said->who) <= 80;

    if (!whole) {
        g_test_message("%s: [%s] [%s] [%s]", what, said->meaning, said->who, said->advice);
        g_test_fail();
    }
    if (g_str_has_prefix(said->who, "time")) /* who then waits? */
        g_assert_true(g_str_has_prefix(said->advice, "The "));
    g_assert_null(strstr(said->meaning, "{"));
    g_assert_null(strstr(said->advice, "{"));
}

static void test_each_cause_has_its_columns(void)
{
    g_assert_null(cause_word(CAUSE_NONE));
    for (unsigned id = CAUSE_NONE + 1; id < CAUSE_COUNT; id++) {
        const cause_found found = { .cause = (uint8_t)id, .rule = CAUSE_RULE_NONE };
        cause_explanation said = cause_explain(scope, &found, 550, COMMAND_NONE, NULL);

        g_assert_nonnull(cause_word((cause)id));
        check_explanation(&said, cause_word((cause)id));
        for (unsigned other = id + 1; other < CAUSE_COUNT; other++)
            g_assert_cmpstr(cause_word((cause)id), !=, cause_word((cause)other));
    }
}

static const char *const mechanisms[] = { NULL,   "PLAIN",  "CRAM-MD5", "XOAUTH2",
                                          "NTLM", "GSSAPI", "EXTERNAL" };

/* Whatever fact told, for each command and mechanism. */
static void test_each_variant_has_its_columns(void)
{
    for (size_t i = 0; i < cause_sentence_count; i++)
        for (unsigned command = 0; command < COMMAND_COUNT; command++)
            for (size_t m = 0; m < G_N_ELEMENTS(mechanisms); m++) {
                const cause_found found = { .cause = (uint8_t)cause_sentence_table[i].cause,
                                            .fact = cause_sentence_table[i].fact,
                                            .frame = 4000000000u,
                                            .rule = CAUSE_RULE_NONE };
                unsigned code = cause_sentence_table[i].code;
                cause_explanation said = cause_explain(scope, &found, code < 10 ? code * 100 : code,
                                                       (command_id)command, mechanisms[m]);

                check_explanation(&said, cause_word((cause)found.cause));
            }
}

static void test_each_rule_has_its_columns(void)
{
    for (unsigned i = 0; i < rule_count(); i++) {
        const cause_rule *rule = cause_rule_at(i);
        const cause_found found = { .cause = (uint8_t)rule->cause, .rule = (uint16_t)i };
        cause_explanation said = cause_explain(scope, &found, 550, COMMAND_NONE, NULL);

        check_explanation(&said, cause_word((cause)rule->cause));
    }
}

/* Is it this row that something is said from? */
static bool is_said(const cause_sentences *row, const cause_explanation *said)
{
    if (row->advice != NULL && said->advice == row->advice)
        return true;
    return row->meaning != NULL &&
           strncmp(said->meaning, row->meaning, strcspn(row->meaning, "{")) == 0;
}

static bool is_reached(const cause_sentences *row)
{
    const cause_found found = { .cause = (uint8_t)row->cause,
                                .fact = row->fact,
                                .rule = CAUSE_RULE_NONE };
    bool reached = false;

    for (unsigned command = 0; command < COMMAND_COUNT; command++)
        for (size_t m = 0; m < G_N_ELEMENTS(mechanisms); m++) {
            const unsigned code = row->code < 10 ? row->code * 100u : row->code;
            cause_explanation said =
                cause_explain(scope, &found, code, (command_id)command, mechanisms[m]);

            reached |= is_said(row, &said);
        }
    return reached;
}

/* No row stands in the shadow of another. */
static void test_each_sentence_is_reached(void)
{
    for (size_t i = 0; i < cause_sentence_count; i++)
        if (!is_reached(&cause_sentence_table[i])) {
            g_test_message("nobody sees: %s", cause_sentence_table[i].meaning);
            g_test_fail();
        }
}

/* --- what the session shows to be untrue is not said --- */

static const struct {
    session_fact fact;
    cause never; /* CAUSE_NONE: any cause, but without the words */
    const char *unsaid;
} untrue[] = {
    { FACT_NO_CREDENTIALS_SENT, CAUSE_BAD_CREDENTIALS, NULL },
    { FACT_NO_CREDENTIALS_SENT, CAUSE_TOKEN_REFUSED, NULL },
    { FACT_NO_CREDENTIALS_SENT, CAUSE_NONE, "password" },
    { FACT_AUTHENTICATED, CAUSE_NONE, "not logged in" },
    { FACT_AUTHENTICATED, CAUSE_NONE, "wants the client to log in first" },
    { FACT_ENCRYPTED, CAUSE_NONE, "TLS has to begin" },
    { FACT_ENCRYPTED, CAUSE_NONE, "Begin TLS" },
    { FACT_ENCRYPTED, CAUSE_NONE, "wants TLS to begin" },
    { FACT_RCPT_ACCEPTED, CAUSE_NONE, "every RCPT was" },
    { FACT_RCPT_ACCEPTED, CAUSE_NONE, "named no recipient" },
    { FACT_MAIL_OPEN, CAUSE_NONE, "MAIL has to come first" },
};

/* Texts that say nothing, and the usual ones that say something. */
static const char *const said_by_servers[] = {
    "No",
    "5.7.8 Authentication failed",
    "5.5.1 Bad sequence of commands",
    "5.5.1 No valid recipients",
    "5.7.0 Authentication required",
    "5.7.0 Must issue a STARTTLS command first",
    "5.1.1 User unknown",
};

static void check_untrue(const asked *question, session_fact fact)
{
    const cause_found found = cause_judge(&question->reply);
    cause_explanation said = explain(question, &found);

    for (size_t i = 0; i < G_N_ELEMENTS(untrue); i++) {
        if (untrue[i].fact != fact)
            continue;
        if (untrue[i].never != CAUSE_NONE)
            g_assert_cmpuint(found.cause, !=, untrue[i].never);
        else if (strstr(said.meaning, untrue[i].unsaid) != NULL ||
                 strstr(said.advice, untrue[i].unsaid) != NULL) {
            g_test_message("%u %s to %s with fact %u: %s %s", question->reply.code,
                           question->reply.text, cause_refused(question->reply.command), fact,
                           said.meaning, said.advice);
            g_test_fail();
        }
    }
}

static void test_nothing_untrue_is_said(void)
{
    static const unsigned codes[] = { 421, 450, 451, 454, 500, 501, 502, 503, 504,
                                      521, 530, 534, 535, 538, 550, 553, 554 };

    for (unsigned fact = FACT_NONE + 1; fact < FACT_COUNT; fact++)
        for (unsigned command = 0; command < COMMAND_COUNT; command++)
            for (size_t c = 0; c < G_N_ELEMENTS(codes); c++)
                for (size_t t = 0; t < G_N_ELEMENTS(said_by_servers); t++) {
                    const session_fact facts[] = { (session_fact)fact };
                    char *reply = g_strdup_printf("%u %s", codes[c], said_by_servers[t]);
                    asked question;

                    ask(&question, reply, (command_id)command, "LOGIN", facts, 1);
                    check_untrue(&question, (session_fact)fact);
                    g_free(reply);
                }
}

/* --- where it is known from --- */

static void check_from(const char *reply, command_id command, session_fact fact, const char *due)
{
    const session_fact facts[] = { fact };
    asked question;
    cause_found found;

    ask(&question, reply, command, NULL, facts, 1);
    found = cause_judge(&question.reply);
    g_assert_cmpstr(cause_from_text(scope, &found, &question.enhanced), ==, due);
}

static void test_evidence(void)
{
    check_from("550 No such user", COMMAND_RCPT, FACT_NONE, "the server's words");
    check_from("550 5.7.26 No", COMMAND_RCPT, FACT_NONE, "enhanced status code 5.7.26");
    check_from("550 5.7.606 No", COMMAND_RCPT, FACT_NONE, "enhanced status code 5.7.606");
    check_from("421 4.7.0 [TSS04] No", COMMAND_RCPT, FACT_NONE, "the server's words");
    check_from("550 No (see 5.1.2)", COMMAND_RCPT, FACT_NONE, "the server's words");
    check_from("550 No", COMMAND_RCPT, FACT_NONE, "the reply code");
    check_from("503 No", COMMAND_RCPT, FACT_MAIL_REFUSED,
               "the session: MAIL in frame 7 was refused");
    check_from("554 No", COMMAND_EHLO, FACT_SPOKE_EARLY,
               "the session: the client spoke in frame 7, before the greeting");
    check_from("554 No", COMMAND_MESSAGE, FACT_NONE, "the reply code");
}

static void test_frames_are_named(void)
{
    const session_fact facts[] = { FACT_MAIL_REFUSED };
    asked question;
    cause_found found;

    ask(&question, "503 5.5.1 No", COMMAND_DATA, NULL, facts, 1);
    found = cause_judge(&question.reply);
    g_assert_nonnull(strstr(cause_explain(scope, &found, 503, COMMAND_DATA, NULL).meaning,
                            "Refused since MAIL in frame 7 was:"));
    found.frame = 0;
    g_assert_nonnull(strstr(cause_explain(scope, &found, 503, COMMAND_DATA, NULL).meaning,
                            "Refused since MAIL was:"));
}

/* --- hostile texts --- */

static void test_any_text_is_read(void)
{
    GString *text = g_string_new(NULL);
    const enhanced_code none = { 0 };
    refusal reply = { 550, &none, NULL, COMMAND_RCPT, NULL, NULL };

    g_assert_cmpuint(cause_judge(&reply).cause, ==, CAUSE_NO_SUCH_RECIPIENT);
    for (unsigned i = 0; i < 2000; i++) {
        g_string_append(text, i % 3 == 0 ? "a" : i % 3 == 1 ? " " : "\xE6\x8E\x88");
        reply.text = text->str;
        g_assert_cmpuint(cause_judge(&reply).cause, !=, CAUSE_NONE);
    }
    /* capital letters that are longer or shorter in lower case */
    g_string_assign(text, "");
    for (unsigned i = 0; i < 300; i++)
        g_string_append(text, "\xC4\xB0\xE2\x84\xAA\xC8\xBA");
    reply.text = text->str;
    g_assert_cmpuint(cause_judge(&reply).cause, ==, CAUSE_NO_SUCH_RECIPIENT);
    g_string_free(text, TRUE);
}

/* --- the public set of real refusals, where it is at hand --- */

/* What another program's labels allow. It tells finer in places, and judges some replies by more
 * than they say. */
static const struct {
    const char *label;
    const char *causes; /* separated by "|" */
} labels[] = {
    { "authfailure", "sender authentication" },
    { "badreputation", "bad reputation|rate limited" },
    { "blocked", "client blocked|bad reputation|reverse DNS|policy|sender refused" },
    { "contenterror", "content" },
    { "exceedlimit", "message too big" },
    { "expired", "timed out" },
    { "failedstarttls", "TLS needed" },
    { "filtered", "no such recipient|recipient refused|policy" }, /* often "User unknown" */
    { "hasmoved", "recipient moved" },
    { "hostunknown", "unknown domain" },
    { "mailboxfull", "mailbox full" },
    { "mailererror", "server trouble" },
    { "mesgtoobig", "message too big" },
    { "networkerror", "routing|mail loop|timed out" },
    { "norelaying", "relay denied|login needed" },
    { "notaccept", "server trouble|not available|unknown domain" },
    { "notcompliantrfc", "content|syntax|bare line feed" },
    { "onhold", "server trouble|unspecified|recipient refused" },
    { "policyviolation", "policy|content" },
    { "rejected", "sender refused|policy|sender not owned" },
    { "requireptr", "reverse DNS" },
    { "securityerror", "policy|login needed|content" },
    { "spamdetected", "spam" },
    { "speeding", "rate limited" },
    { "suspend", "mailbox disabled" },
    { "syntaxerror", "syntax|wrong order|unknown command|not available" },
    { "systemerror", "server trouble|routing" },
    { "systemfull", "server storage full" },
    { "toomanyconn", "too many connections|rate limited" },
    { "undefined", "rate limited|unspecified|policy|server trouble" },
    { "userunknown", "no such recipient" },
    { "virusdetected", "virus" },
};

/* Where we disagree, and why. */
static const struct {
    const char *words;
    const char *label;
    cause ours;
    const char *why;
} disagreements[] = {
    { "too many errors", "blocked", CAUSE_TOO_MANY_FAILURES,
      "the server says what it blocks for: the errors before" },
    { "Unknown user azuma", "rejected", CAUSE_NO_SUCH_RECIPIENT,
      "it says 'Unknown user' and nothing of the sender" },
    { "#5.1.0 Address rejected", "userunknown", CAUSE_RECIPIENT_REFUSED,
      "it does not say that the address is unknown" },
    { "Recipient address rejected: Access denied", "userunknown", CAUSE_RECIPIENT_REFUSED,
      "Postfix says so by a rule, for addresses that exist" },
};

static bool is_allowed(const char *label, const char *word)
{
    bool allowed = false;

    for (size_t i = 0; i < G_N_ELEMENTS(labels); i++) {
        char **causes = g_strsplit(labels[i].causes, "|", -1);

        allowed |= strcmp(labels[i].label, label) == 0 &&
                   g_strv_contains((const char *const *)causes, word);
        g_strfreev(causes);
    }
    return allowed;
}

/* Why we disagree with the label; NULL: no reason is known. */
static const char *reason(const char *reply, const char *label, cause ours)
{
    for (size_t i = 0; i < G_N_ELEMENTS(disagreements); i++)
        if (disagreements[i].ours == ours && strcmp(disagreements[i].label, label) == 0 &&
            strstr(reply, disagreements[i].words) != NULL)
            return disagreements[i].why;
    return NULL;
}

static command_id command_of(const char *name)
{
    for (unsigned id = 0; id < COMMAND_COUNT; id++)
        if (g_strcmp0(command_name((command_id)id), name) == 0)
            return (command_id)id;
    return COMMAND_NONE;
}

/* One line: reply, command, label. Prints what is found. True if that can be defended. */
static bool judge_line(char **columns)
{
    asked question;
    cause_found found;
    const char *why;
    bool agrees;

    ask(&question, columns[0], command_of(columns[1]), NULL, NULL, 0);
    found = cause_judge(&question.reply);
    agrees = is_allowed(columns[2], cause_word((cause)found.cause));
    why = agrees ? NULL : reason(columns[0], columns[2], (cause)found.cause);
    g_test_message("%s %s (%s), rule %u: %.120s%s%s", agrees || why != NULL ? "  " : "! ",
                   cause_word((cause)found.cause), columns[2], found.rule, columns[0],
                   why != NULL ? "; we disagree: " : "", why != NULL ? why : "");
    return agrees || why != NULL;
}

/* The file that SMTP_EXPLAIN_REFUSALS names, or the one beside the sources; to be freed. */
static char *refusals_path(void)
{
    char *here, *path;

    if (g_getenv("SMTP_EXPLAIN_REFUSALS") != NULL)
        return g_strdup(g_getenv("SMTP_EXPLAIN_REFUSALS"));
    here = g_path_get_dirname(__FILE__);
    path = g_build_filename(here, "..", "..", "..", "shared", "captures", "refusals.tsv", NULL);
    g_free(here);
    return path;
}

/* Lines of reply, command and label, separated by tabs: 95 of 104 is what we want. */
static void judge_lines(const char *data)
{
    char **lines = g_strsplit(data, "\n", -1);
    unsigned good = 0, count = 0;

    for (char **line = lines; *line != NULL; line++) {
        char **columns = g_strsplit(*line, "\t", 3);

        if (g_strv_length(columns) == 3) {
            count++;
            good += judge_line(columns);
        }
        g_strfreev(columns);
    }
    g_test_message("%u of %u", good, count);
    g_assert_cmpuint(good * 104, >=, count * 95);
    g_strfreev(lines);
}

static void test_real_refusals(void)
{
    char *path = refusals_path();
    char *data = NULL;

    if (g_file_get_contents(path, &data, NULL, NULL))
        judge_lines(data);
    else
        g_test_skip("../shared/captures/refusals.tsv is not there");
    g_free(data);
    g_free(path);
}

int main(int argc, char *argv[])
{
    int result;

    g_test_init(&argc, &argv, NULL);
    scope = wmem_allocator_new(WMEM_ALLOCATOR_BLOCK);
    g_test_add_func("/cause/replies", test_causes);
    g_test_add_func("/cause/each-rule-counts", test_each_rule_counts);
    g_test_add_func("/cause/each-phrase", test_each_phrase_can_be_found);
    g_test_add_func("/cause/columns", test_each_cause_has_its_columns);
    g_test_add_func("/cause/columns-of-variants", test_each_variant_has_its_columns);
    g_test_add_func("/cause/columns-of-rules", test_each_rule_has_its_columns);
    g_test_add_func("/cause/each-sentence-is-reached", test_each_sentence_is_reached);
    g_test_add_func("/cause/nothing-untrue", test_nothing_untrue_is_said);
    g_test_add_func("/cause/evidence", test_evidence);
    g_test_add_func("/cause/frames", test_frames_are_named);
    g_test_add_func("/cause/any-text", test_any_text_is_read);
    g_test_add_func("/cause/real-refusals", test_real_refusals);
    result = g_test_run();
    wmem_destroy_allocator(scope);
    return result;
}
