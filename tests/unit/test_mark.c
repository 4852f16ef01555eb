/* test_mark.c
 * A frame in a few words.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "finding.h"
#include "language.h"
#include "mark.h"
#include "mechanism.h"

#define LONGEST_MECHANISM "ABCDEFGHIJKLMNOPQRST" /* MECHANISM_NAME_MAX */
#define LONGEST_VERB "ABCDEFGHIJKLMNOPQRSTUVWX"  /* longer than any that is kept */

static wmem_allocator_t *scope;
static const session_facts no_facts;

typedef struct {
    const char *due;
    unsigned code;
    command_id command;
    const char *mechanism;
    verdict verdict;
    const char *text;
    enhanced_code enhanced;
    uint32_t auth_failures;
    bool encrypted;
    bool was_authenticated;
    bool code_changed;
    bool injected;
    bool smuggled;
    bool answers_proxy;
} mark_case;

static const mark_case cases[] = {
    { .due = NULL, .code = 220, .command = COMMAND_CONNECTION, .verdict = VERDICT_EXPECTED },
    { .due = NULL, .code = 250, .command = COMMAND_MAIL, .verdict = VERDICT_EXPECTED },
    { .due = NULL, .code = 214, .command = COMMAND_HELP, .verdict = VERDICT_EXPECTED },
    { .due = NULL, .code = 334, .command = COMMAND_AUTH, .verdict = VERDICT_EXPECTED },
    { .due = "211 status, not a login",
      .code = 211,
      .command = COMMAND_HELP,
      .verdict = VERDICT_EXPECTED },
    { .due = "211 status, not a login", .code = 211, .verdict = VERDICT_UNKNOWN },
    { .due = "211 out of place, answers MAIL",
      .code = 211,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_UNEXPECTED },
    { .due = "211 nothing was asked", .code = 211, .verdict = VERDICT_UNSOLICITED },
    { .due = "235 authenticated, no TLS",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "PLAIN",
      .verdict = VERDICT_EXPECTED },
    { .due = "235 authenticated, PLAIN",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "PLAIN",
      .encrypted = true,
      .verdict = VERDICT_EXPECTED },
    { .due = "235 authenticated, CRAM-MD5",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "CRAM-MD5",
      .verdict = VERDICT_EXPECTED },
    { .due = "235 authenticated", .code = 235, .verdict = VERDICT_UNKNOWN },
    { .due = "235 nothing was asked", .code = 235, .verdict = VERDICT_UNSOLICITED },
    { .due = "235 out of place, answers NOOP",
      .code = 235,
      .command = COMMAND_NOOP,
      .verdict = VERDICT_UNEXPECTED },
    { .due = "235 again, was logged in already",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "PLAIN",
      .verdict = VERDICT_UNEXPECTED },
    { .due = "235 but its text says failed",
      .code = 235,
      .command = COMMAND_AUTH,
      .mechanism = "CRAM-MD5",
      .verdict = VERDICT_EXPECTED,
      .text = "authentication failed" },
    { .due = "250 instead of 235",
      .code = 250,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_UNUSUAL },
    { .due = "535 bad credentials",
      .code = 535,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_REFUSED,
      .auth_failures = 1,
      .text = "Bad credentials" },
    { .due = "535 bad credentials, no. 3",
      .code = 535,
      .command = COMMAND_AUTH,
      .verdict = VERDICT_REFUSED,
      .auth_failures = 3,
      .text = "Bad credentials" },
    { .due = "450 greylisted",
      .code = 450,
      .command = COMMAND_RCPT,
      .verdict = VERDICT_REFUSED,
      .text = "Greylisted, try again" },
    { .due = "599 refused",
      .code = 599,
      .command = COMMAND_MESSAGE,
      .verdict = VERDICT_REFUSED,
      .text = "" },
    { .due = "530 although logged in",
      .code = 530,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_REFUSED,
      .was_authenticated = true,
      .text = "Authentication required" },
    { .due = "250 but 5.7.1",
      .code = 250,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_EXPECTED,
      .enhanced = { 5, 7, 1 } },
    { .due = "250 code changes between lines",
      .code = 250,
      .command = COMMAND_EHLO,
      .verdict = VERDICT_EXPECTED,
      .code_changed = true },
    { .due = "250 nothing was asked", .code = 250, .verdict = VERDICT_UNSOLICITED },
    { .due = "220 clear text behind STARTTLS",
      .code = 220,
      .command = COMMAND_STARTTLS,
      .verdict = VERDICT_EXPECTED,
      .injected = true },
    { .due = "550 smuggled commands",
      .code = 550,
      .command = COMMAND_MAIL,
      .verdict = VERDICT_REFUSED,
      .smuggled = true },
    { .due = "500 PROXY header refused",
      .code = 500,
      .command = COMMAND_OTHER,
      .verdict = VERDICT_REFUSED,
      .answers_proxy = true },
};

static reply_note note_of(const mark_case *c, command_note *command)
{
    reply_note note = { .code = (uint16_t)c->code,
                        .verdict = (uint8_t)c->verdict,
                        .text = c->text != NULL ? c->text : "",
                        .enhanced = c->enhanced,
                        .auth_failures = c->auth_failures,
                        .lines = 1,
                        .encrypted = c->encrypted,
                        .was_authenticated = c->was_authenticated,
                        .code_changed = c->code_changed,
                        .injected = c->injected,
                        .smuggled = c->smuggled,
                        .answers_proxy = c->answers_proxy };

    memset(command, 0, sizeof *command);
    command->id = (uint8_t)c->command;
    command->verb = c->command == COMMAND_OTHER ? LONGEST_VERB : command_name(c->command);
    command->mechanism = c->mechanism;
    note.command = c->command != COMMAND_NONE ? command : NULL;
    note.ends_auth = command_is_auth(c->command) && c->code != 334;
    note.ends_help = c->command == COMMAND_HELP;
    finding_judge(&note, note_refuses(&note) ? &no_facts : NULL);
    return note;
}

static char *text_of(const reply_note *note)
{
    mark seen = { 0 };

    mark_add_reply(&seen, note);
    return mark_text(scope, &seen);
}

static void test_replies(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        command_note command;
        const reply_note note = note_of(&cases[i], &command);

        g_assert_cmpstr(text_of(&note), ==, cases[i].due);
    }
}

static void test_events(void)
{
    static const struct {
        event_note event;
        const char *due;
    } events[] = {
        { { .kind = EVENT_NO_REPLY, .id = COMMAND_AUTH, .verb = "AUTH" }, "AUTH never answered" },
        { { .kind = EVENT_NO_REPLY, .id = COMMAND_MESSAGE, .verb = "message" },
          "message never answered" },
        { { .kind = EVENT_NO_REPLY, .id = COMMAND_CONNECTION }, "no greeting" },
        { { .kind = EVENT_NO_REPLY, .id = COMMAND_OTHER }, "command never answered" },
        { { .kind = EVENT_SMUGGLING, .verb = "MAIL" }, "smuggled commands" },
        { { .kind = EVENT_TLS_EXPECTED }, "server speaks no TLS here" },
        { { .kind = EVENT_EARLY_TALKER, .verb = "EHLO" }, NULL },
        { { .kind = EVENT_PROXY }, NULL },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(events); i++) {
        mark seen = { 0 };

        mark_add_event(&seen, &events[i].event);
        g_assert_cmpstr(mark_text(scope, &seen), ==, events[i].due);
    }
}

/* The worst one speaks, wherever it stands; the others are counted. */
static void test_several(void)
{
    static const mark_case fine = { .code = 250,
                                    .command = COMMAND_MAIL,
                                    .verdict = VERDICT_EXPECTED };
    static const mark_case login = {
        .code = 235, .command = COMMAND_AUTH, .mechanism = "PLAIN", .verdict = VERDICT_EXPECTED
    };
    static const mark_case refused = {
        .code = 550, .command = COMMAND_RCPT, .verdict = VERDICT_REFUSED, .text = "No such user"
    };
    static const mark_case later = {
        .code = 450, .command = COMMAND_RCPT, .verdict = VERDICT_REFUSED, .text = "Greylisted"
    };
    const event_note ended = { .kind = EVENT_NO_REPLY, .id = COMMAND_MESSAGE };
    command_note commands[4];
    const reply_note notes[] = { note_of(&fine, &commands[0]), note_of(&login, &commands[1]),
                                 note_of(&refused, &commands[2]), note_of(&later, &commands[3]) };
    static const char *const due[] = { NULL, "235 authenticated, no TLS +1",
                                       "550 no such recipient +2", "550 no such recipient +3" };
    mark seen = { 0 };

    for (size_t i = 0; i < G_N_ELEMENTS(notes); i++) {
        mark_add_reply(&seen, &notes[i]);
        g_assert_cmpstr(mark_text(scope, &seen), ==, due[i]);
    }
    mark_add_event(&seen, &ended);
    g_assert_cmpstr(mark_text(scope, &seen), ==, "message never answered +4");
}

/* 211, 235, what ends AUTH, every refusal and every Warning: with the longest values there are. */
static void test_who_gets_one(void)
{
    for (unsigned id = COMMAND_NONE; id < COMMAND_COUNT; id++)
        for (unsigned code = 200; code < 600; code++) {
            const mark_case longest = { .code = code,
                                        .command = (command_id)id,
                                        .mechanism = LONGEST_MECHANISM,
                                        .verdict = verdict_of((command_id)id, code, false),
                                        .auth_failures = UINT32_MAX };
            command_note command;
            const reply_note note = note_of(&longest, &command);
            const char *text = text_of(&note);
            bool due = code == 211 || code == 235 || note.ends_auth || note_refuses(&note);

            for (unsigned f = 0; f < FINDING_OF_REPLIES; f++)
                due |= finding_in(note.findings, (finding)f) &&
                       finding_describe((finding)f)->severity == FINDING_WARN;
            g_assert_cmpint(text != NULL, ==, due);
            if (text != NULL)
                g_assert_cmpuint(strlen(text), <=, MARK_MAX);
            wmem_free_all(scope);
        }
}

/* Marks in each language that there is. */
static void test_translations(void)
{
    const language **all = language_all();

    for (size_t i = 0; all[i] != NULL; i++) {
        language_speak(all[i]);
        test_who_gets_one();
    }
    language_speak(NULL);
    g_free(all);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    wmem_init();
    language_add_folder(BUILT_LANGUAGES);
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    g_test_add_func("/mark/replies", test_replies);
    g_test_add_func("/mark/events", test_events);
    g_test_add_func("/mark/several", test_several);
    g_test_add_func("/mark/who-gets-one", test_who_gets_one);
    g_test_add_func("/mark/translations", test_translations);
    int failed = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return failed;
}
