/* test_lookup.c
 * Replies without a capture: what is read, and what is said of one and of two.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include <glib.h>

#include "catalog.h"
#include "compare.h"
#include "lookup.h"

/* A terminal of the usual height shows 24 lines; one as it opens today, twice as many. */
#define SCREEN_LINES 48

static wmem_allocator_t *scope;

static const struct {
    const char *reply;
    bool read;
    unsigned code, status_class, subject, detail;
    const char *text;
} replies[] = {
    { "535", true, 535, 0, 0, 0, "" },
    { "535 5.7.8", true, 535, 5, 7, 8, "" },
    { "  550 5.7.26 no DMARC\n", true, 550, 5, 7, 26, "no DMARC" },
    { "550-5.1.1 one\r\n550 5.1.1 two", true, 550, 5, 1, 1, "one / two" },
    { "250-STARTTLS", true, 250, 0, 0, 0, "STARTTLS" },
    { "550 a\033[31mb", true, 550, 0, 0, 0, "a [31mb" },
    { "550-5.1.1 one\n551 two", false, 0, 0, 0, 0, "" },
    { "550 one\nand more", false, 0, 0, 0, 0, "" },
    { "", false, 0, 0, 0, 0, "" },
    { "199", false, 0, 0, 0, 0, "" },
    { "600", false, 0, 0, 0, 0, "" },
    { "2355", false, 0, 0, 0, 0, "" },
    { "5.7.8", false, 0, 0, 0, 0, "" },
};

static void test_read(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(replies); i++) {
        lookup found = { .command = COMMAND_MAIL };

        if (lookup_read(scope, replies[i].reply, &found) != replies[i].read)
            g_error("read or not: %s", replies[i].reply);
        if (!replies[i].read)
            continue;
        g_assert_cmpuint(found.code, ==, replies[i].code);
        g_assert_cmpuint(found.enhanced.status_class, ==, replies[i].status_class);
        g_assert_cmpuint(found.enhanced.subject, ==, replies[i].subject);
        g_assert_cmpuint(found.enhanced.detail, ==, replies[i].detail);
        g_assert_cmpstr(found.text, ==, replies[i].text);
        g_assert_cmpint(found.command, ==, COMMAND_MAIL);
    }
}

static void test_read_enhanced(void)
{
    enhanced_code found;

    g_assert_true(lookup_read_enhanced("5.7.26", &found));
    g_assert_cmpuint(found.detail, ==, 26);
    g_assert_true(lookup_read_enhanced("4.999.999", &found));
    g_assert_false(lookup_read_enhanced("5.7.8.9", &found));
    g_assert_false(lookup_read_enhanced("5.7.8 x", &found));
    g_assert_false(lookup_read_enhanced("3.7.8", &found));
    g_assert_false(lookup_read_enhanced("RCPT", &found));
    g_assert_false(lookup_read_enhanced("", &found));
    g_assert_false(lookup_read_enhanced("5.7.8                       ", &found));
}

static void test_commands(void)
{
    g_assert_cmpint(lookup_command("auth"), ==, COMMAND_AUTH);
    g_assert_cmpint(lookup_command("message"), ==, COMMAND_MESSAGE);
    g_assert_cmpint(lookup_command("Connection"), ==, COMMAND_CONNECTION);
    g_assert_cmpint(lookup_command("STAT"), ==, COMMAND_NONE);
    g_assert_cmpint(lookup_command(""), ==, COMMAND_NONE);
}

/* The page of a reply, on one line. */
static const char *said_of(const char *reply, command_id command)
{
    lookup wanted = { .command = command };
    page p = page_new(scope, PAGE_WIDTH_MAX, false);
    char **words;

    g_assert_true(lookup_read(scope, reply, &wanted));
    lookup_print(&p, &wanted);
    words = g_strsplit_set(wmem_strbuf_get_str(p.text), " \n", -1);
    wmem_strbuf_t *joined = wmem_strbuf_new(scope, "");
    for (char **word = words; *word != NULL; word++)
        if (**word != '\0')
            wmem_strbuf_append_printf(joined, "%s ", *word);
    g_strfreev(words);
    return wmem_strbuf_get_str(joined);
}

static const struct {
    const char *reply;
    command_id command;
    const char *has, *lacks;
} sayings[] = {
    { "535", COMMAND_NONE, "535 Authentication credentials invalid Says ", "Told by" },
    { "535", COMMAND_NONE, "smtp-explain compare 535 211; also with 235, ", "capture" },
    { "535 5.7.8", COMMAND_AUTH, "Login refused: bad credentials 535 5.7.8 Says ", "Compare" },
    { "550 5.7.26 mail is not accepted due to its DMARC policy", COMMAND_NONE,
      "Refused: sender authentication 550 5.7.26 \"mail is", "Answering" },
    { "550 No such user here", COMMAND_RCPT, "RCPT refused: no such recipient", "Warning" },
    { "550", COMMAND_NONE, "RCPT Recipient refused VRFY Address unknown", "Warning" },
    { "550", COMMAND_RCPT, "550 to RCPT: Recipient refused", "Answering" },
    { "235", COMMAND_NONE, "authenticated from here on", "capture" },
    { "235 2.7.0 Authentication failed", COMMAND_AUTH, "Warning SMTP 235 means", "capture" },
    { "535 2.7.8", COMMAND_NONE, "does not fit reply code 535", "capture" },
    { "211", COMMAND_MAIL, "out of place as an answer to MAIL Warning ", "capture" },
    { "235", COMMAND_QUIT, "Belongs to AUTH", "capture" },
    { "535", COMMAND_RCPT, "The command was refused all the same", "Count" },
    { "250", COMMAND_CONNECTION, "No standard lists 250 for connection. If all goes well: 220.",
      "capture" },
    { "299", COMMAND_NONE, "No RFC defines this code", "Compare" },
};

static void test_says(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(sayings); i++) {
        const char *said = said_of(sayings[i].reply, sayings[i].command);

        if (strstr(said, sayings[i].has) == NULL || strstr(said, sayings[i].lacks) != NULL)
            g_error("'%s' or no '%s' in: %s", sayings[i].has, sayings[i].lacks, said);
    }
}

/* What a page is like: lines that fit, no blanks at their ends, each label with something behind it. */
static void assert_well_formed(const page *p, unsigned code, unsigned other)
{
    char **lines = g_strsplit(wmem_strbuf_get_str(p->text), "\n", -1);
    const guint count = g_strv_length(lines);

    for (char **line = lines; *line != NULL; line++)
        if (page_columns(*line) > p->width || g_str_has_suffix(*line, " "))
            g_error("%u, %u: %s", code, other, *line);
    g_assert_cmpuint(count, >, 4);
    g_assert_cmpuint(count, <=, SCREEN_LINES);
    g_strfreev(lines);
}

/* No page is about a capture that lacks something: there is none. */
static void test_each_code_to_each_command(void)
{
    for (unsigned code = 200; code < 600; code++)
        for (int command = COMMAND_NONE; command < COMMAND_OTHER; command++) {
            lookup wanted = { .code = code, .text = "", .command = (command_id)command };
            page p = page_new(scope, PAGE_WIDTH_MAX, false);

            lookup_print(&p, &wanted);
            assert_well_formed(&p, code, (unsigned)command);
            if (strstr(wmem_strbuf_get_str(p.text), "capture does not") != NULL)
                g_error("%u to %d: %s", code, command, wmem_strbuf_get_str(p.text));
        }
}

static void test_each_two_codes(void)
{
    size_t count;
    const catalog_row *rows = catalog_rows(&count);

    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++) {
            page p = page_new(scope, PAGE_WIDTH_MAX, false);

            if (rows[i].code == rows[j].code)
                continue;
            compare_print(&p, rows[i].code, rows[j].code);
            assert_well_formed(&p, rows[i].code, rows[j].code);
            if (strstr(wmem_strbuf_get_str(p.text), "capture does not") != NULL)
                g_error("%u, %u: %s", rows[i].code, rows[j].code, wmem_strbuf_get_str(p.text));
        }
}

static void test_status_and_login(void)
{
    static const char *const wanted[] = {
        "211 System status, and 235 Authentication successful\n",
        "Both begin with 2",
        "Says   ",
        "Appears",
        "To do  ",
        "Key differences\n",
        "HELP, or a status command of the   AUTH, or the last SASL response\n",
        "Only 235 says so",
        "Meant when\n",
        "RFC 4954, section 4\n",
    };
    page p = page_new(scope, PAGE_WIDTH_MAX, false);
    const char *at;

    compare_print(&p, 211, 235);
    at = wmem_strbuf_get_str(p.text);
    for (size_t i = 0; i < G_N_ELEMENTS(wanted); i++) {
        at = strstr(at, wanted[i]);
        if (at == NULL)
            g_error("not there, or not in this order: %s", wanted[i]);
    }
}

int main(int argc, char *argv[])
{
    int status;

    g_test_init(&argc, &argv, NULL);
    wmem_init();
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    g_test_add_func("/lookup/read", test_read);
    g_test_add_func("/lookup/read-enhanced", test_read_enhanced);
    g_test_add_func("/lookup/commands", test_commands);
    g_test_add_func("/lookup/says", test_says);
    g_test_add_func("/lookup/each-code-to-each-command", test_each_code_to_each_command);
    g_test_add_func("/lookup/each-two-codes", test_each_two_codes);
    g_test_add_func("/lookup/status-and-login", test_status_and_login);
    status = g_test_run();
    wmem_destroy_allocator(scope);
    wmem_cleanup();
    return status;
}
