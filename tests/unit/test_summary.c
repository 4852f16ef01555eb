/* test_summary.c
 * What the replies of a session come to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <glib.h>

#include "finding.h"
#include "summary.h"

#define REFUSED_FINDINGS (1u << FINDING_AUTH_REFUSED)
#define REPLIES_MAX 4

static command_note plain = { .id = COMMAND_AUTH, .verb = "AUTH", .mechanism = "PLAIN" };
static command_note login = { .id = COMMAND_AUTH, .verb = "AUTH", .mechanism = "LOGIN" };
static command_note starttls = { .id = COMMAND_STARTTLS, .verb = "STARTTLS" };
static command_note noop = { .id = COMMAND_NOOP, .verb = "NOOP" };

#define GREETED                                  \
    {                                            \
        .code = 220, .verdict = VERDICT_EXPECTED \
    }
#define REFUSED(by)                                                                   \
    {                                                                                 \
        .code = 535, .command = &(by), .verdict = VERDICT_REFUSED, .ends_auth = true, \
        .findings = REFUSED_FINDINGS                                                  \
    }
#define ACCEPTED(by)                                                                  \
    {                                                                                 \
        .code = 235, .command = &(by), .verdict = VERDICT_EXPECTED, .ends_auth = true \
    }
#define STARTED                                                        \
    {                                                                  \
        .code = 220, .command = &starttls, .verdict = VERDICT_EXPECTED \
    }

/* Replies in frames 1, 2, ...; code 0 ends them. */
static const struct {
    const char *name;
    reply_note replies[REPLIES_MAX];
    const char *outcome, *mechanism, *tls;
    uint32_t authenticated_in, refused, statuses;
} sessions[] = {
    { "greeting", { GREETED }, "none", "", "no", 0, 0, 0 },
    { "refused-then-accepted",
      { REFUSED(plain), ACCEPTED(login) },
      "authenticated",
      "LOGIN",
      "no",
      2,
      1,
      0 },
    { "accepted-then-refused",
      { ACCEPTED(plain), REFUSED(login) },
      "authenticated",
      "PLAIN",
      "no",
      1,
      1,
      0 },
    { "refused-twice", { REFUSED(plain), REFUSED(login) }, "refused", "LOGIN", "no", 0, 2, 0 },
    { "second-235",
      { ACCEPTED(plain),
        { .code = 235, .command = &login, .verdict = VERDICT_UNEXPECTED, .ends_auth = true } },
      "authenticated",
      "PLAIN",
      "no",
      1,
      0,
      0 },
    { "235-without-its-auth",
      { { .code = 235, .verdict = VERDICT_UNKNOWN } },
      "authenticated",
      "",
      "no",
      1,
      0,
      0 },
    { "235-unsolicited",
      { { .code = 235, .verdict = VERDICT_UNSOLICITED } },
      "none",
      "",
      "no",
      0,
      0,
      0 },
    { "235-to-noop",
      { { .code = 235, .command = &noop, .verdict = VERDICT_UNEXPECTED } },
      "none",
      "",
      "no",
      0,
      0,
      0 },
    { "auth-answered-211",
      { { .code = 211, .command = &plain, .verdict = VERDICT_UNEXPECTED, .ends_auth = true } },
      "unclear",
      "PLAIN",
      "no",
      0,
      0,
      1 },
    { "starttls-unread", { GREETED, STARTED }, "hidden", "", "STARTTLS, unread", 0, 0, 0 },
    { "login-before-starttls",
      { ACCEPTED(plain), STARTED },
      "authenticated",
      "PLAIN",
      "STARTTLS, unread",
      1,
      0,
      0 },
    { "starttls-read",
      { STARTED, { .code = 250, .verdict = VERDICT_EXPECTED, .encrypted = true } },
      "none",
      "",
      "STARTTLS",
      0,
      0,
      0 },
    { "tls",
      { { .code = 220, .verdict = VERDICT_EXPECTED, .encrypted = true } },
      "none",
      "",
      "yes",
      0,
      0,
      0 },
};

static void test_session(const void *index)
{
    session_summary summary = { 0 };
    size_t i = GPOINTER_TO_SIZE(index);

    for (uint32_t r = 0; r < REPLIES_MAX && sessions[i].replies[r].code != 0; r++)
        summary_add(&summary, &sessions[i].replies[r], r + 1);
    g_assert_cmpstr(summary_outcome_name(summary_outcome(&summary)), ==, sessions[i].outcome);
    g_assert_cmpstr(summary.mechanism, ==, sessions[i].mechanism);
    g_assert_cmpstr(summary_tls(&summary), ==, sessions[i].tls);
    g_assert_cmpuint(summary.first_frame, ==, 1);
    g_assert_cmpuint(summary.authenticated_in, ==, sessions[i].authenticated_in);
    g_assert_cmpuint(summary.refused_logins, ==, sessions[i].refused);
    g_assert_cmpuint(summary.statuses, ==, sessions[i].statuses);
}

static void test_names(void)
{
    reply_note unknown = { .code = 211, .verdict = VERDICT_UNKNOWN };
    reply_note unsolicited = { .code = 211, .verdict = VERDICT_UNSOLICITED };
    reply_note challenge = { .code = 334, .command = &login, .verdict = VERDICT_EXPECTED };
    reply_note accepted = ACCEPTED(login);

    g_assert_cmpstr(summary_answered(&unknown), ==, "unknown");
    g_assert_cmpstr(summary_answered(&unsolicited), ==, "nothing");
    g_assert_cmpstr(summary_answered(&accepted), ==, "AUTH");
    g_assert_cmpstr(summary_mechanism(&unknown), ==, "unknown");
    g_assert_cmpstr(summary_mechanism(&accepted), ==, "LOGIN");
    g_assert_false(summary_ends_command(&unknown));
    g_assert_false(summary_ends_command(&challenge));
    g_assert_true(summary_ends_command(&accepted));
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(sessions); i++) {
        char *path = g_strconcat("/summary/", sessions[i].name, NULL);

        g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_session);
        g_free(path);
    }
    g_test_add_func("/summary/names", test_names);
    return g_test_run();
}
