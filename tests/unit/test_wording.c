/* test_wording.c
 * Is the text of a reply read as a person would read it?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wording.h"

#include <stddef.h>

#include <glib.h>

static const struct {
    const char *text;
    wording due;
} cases[] = {
    /* as servers answer 235 */
    { "Authentication successful", WORDING_SAYS_SUCCESS },
    { "Authentication succeeded", WORDING_SAYS_SUCCESS },
    { "OK Authenticated", WORDING_SAYS_SUCCESS },
    { "Accepted", WORDING_SAYS_SUCCESS },
    { "Logged in.", WORDING_SAYS_NOTHING },
    { "ok, go ahead (#2.0.0)", WORDING_SAYS_SUCCESS },
    { "Welcome!", WORDING_SAYS_SUCCESS },
    { "go ahead", WORDING_SAYS_NOTHING },
    /* as servers answer 535 */
    { "Error: authentication failed: UGFzc3dvcmQ6", WORDING_SAYS_FAILURE },
    { "Incorrect authentication data", WORDING_SAYS_FAILURE },
    { "Username and Password not accepted. For more information, go to / https://example.org",
      WORDING_SAYS_FAILURE },
    { "Authentication unsuccessful, basic authentication is disabled.", WORDING_SAYS_FAILURE },
    { "authentication failed (#5.7.1)", WORDING_SAYS_FAILURE },
    { "auth failure", WORDING_SAYS_FAILURE },
    { "Authentication credentials invalid", WORDING_SAYS_FAILURE },
    { "Access denied", WORDING_SAYS_FAILURE },
    /* a condition, or an earlier login */
    { "You must be authenticated in the web portal first", WORDING_SAYS_NOTHING },
    { "Only app passwords are accepted here", WORDING_SAYS_NOTHING },
    { "No password expired, login failed 0 times", WORDING_SAYS_NOTHING },
    { "Last login attempt failed", WORDING_SAYS_NOTHING },
    /* turned around */
    { "authentication was not successful", WORDING_SAYS_FAILURE },
    { "Not authenticated", WORDING_SAYS_FAILURE },
    { "login isn't accepted", WORDING_SAYS_FAILURE },
    { "could not be authenticated", WORDING_SAYS_FAILURE },
    { "Unable to authenticate", WORDING_SAYS_NOTHING },
    { "no error", WORDING_SAYS_SUCCESS },
    { "succeeded without errors", WORDING_SAYS_SUCCESS },
    { "never mind, you are all accepted", WORDING_SAYS_SUCCESS },
    /* both, or neither */
    { "accepted, 3 failed attempts since yesterday", WORDING_SAYS_NOTHING },
    { "", WORDING_SAYS_NOTHING },
    { "   ", WORDING_SAYS_NOTHING },
    { "UGFzc3dvcmQ6", WORDING_SAYS_NOTHING },
    { "Authentifizierung fehlgeschlagen", WORDING_SAYS_NOTHING },
    /* parts of other words */
    { "booking tokens", WORDING_SAYS_NOTHING },
    { "failover host badge", WORDING_SAYS_NOTHING },
    /* case and punctuation */
    { "AUTHENTICATION FAILED", WORDING_SAYS_FAILURE },
    { "[OK]", WORDING_SAYS_SUCCESS },
    { "result=success", WORDING_SAYS_SUCCESS },
    { "authentication/failed", WORDING_SAYS_FAILURE },
    { "\"Accepted\"", WORDING_SAYS_SUCCESS },
};

static void test_case(gconstpointer data)
{
    size_t i = GPOINTER_TO_SIZE(data);

    g_test_message("%s", cases[i].text);
    g_assert_cmpint(wording_of(cases[i].text), ==, cases[i].due);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        char *path = g_strdup_printf("/wording/%zu", i);

        g_test_add_data_func(path, GSIZE_TO_POINTER(i), test_case);
        g_free(path);
    }
    return g_test_run();
}
