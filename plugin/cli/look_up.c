/* look_up.c
 * smtp-explain code, and smtp-explain compare: replies without a capture.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <string.h>

#include "cli.h"
#include "compare.h"
#include "language.h"
#include "lookup.h"
#include "terminal.h"

/* The names that lookup_command() knows. */
static const char *command_names(wmem_allocator_t *scope)
{
    wmem_strbuf_t *list = wmem_strbuf_new(scope, "");

    for (int id = COMMAND_NONE + 1; id < COMMAND_OTHER; id++)
        wmem_strbuf_append_printf(list, " %s", command_name((command_id)id));
    return wmem_strbuf_get_str(list);
}

/* What is wrong with the reply. */
static int refuse_reply(const char *reply)
{
    enhanced_code enhanced;

    if (lookup_read_enhanced(reply, &enhanced))
        return cli_wrong(
            _("%s: is an enhanced status code; put the reply code in front of it, as in "
              "'%u50 %s'"),
            reply, enhanced.status_class, reply);
    if (strpbrk(reply, "\r\n") != NULL)
        return cli_wrong(_("each line of the reply must begin with the same reply code"));
    return cli_wrong(_("%s: is no SMTP reply: a reply code has three digits, 200 to 599"), reply);
}

static int refuse_command(wmem_allocator_t *scope, const char *word)
{
    return cli_wrong(
        _("%s: is neither an enhanced status code nor a command. The server's words go "
          "in quotes, together with the code.\nCommands:%s"),
        word, command_names(scope));
}

/* Reads what stands behind the reply. Gives STATUS_GOOD, or STATUS_USAGE after a complaint. */
static int read_rest(wmem_allocator_t *scope, char **words, lookup *wanted)
{
    if (*words != NULL && wanted->enhanced.status_class == 0 && *wanted->text == '\0' &&
        lookup_read_enhanced(*words, &wanted->enhanced))
        words++;
    if (*words == NULL)
        return STATUS_GOOD;
    wanted->command = lookup_command(*words);
    if (wanted->command == COMMAND_NONE)
        return refuse_command(scope, *words);
    if (words[1] != NULL)
        return cli_wrong(_("%s: is one word too many"), words[1]);
    return STATUS_GOOD;
}

static int explain_code(wmem_allocator_t *scope, char **words)
{
    lookup wanted = { .command = COMMAND_NONE };
    page p = terminal_page(scope);
    int status;

    if (*words == NULL)
        return cli_wrong(_("code: which reply? For example: smtp-explain code 535"));
    if (!lookup_read(scope, *words, &wanted))
        return refuse_reply(*words);
    status = read_rest(scope, words + 1, &wanted);
    if (status != STATUS_GOOD)
        return status;
    lookup_print(&p, &wanted);
    return cli_show(&p);
}

/* Is it a reply code, and nothing else? */
static bool read_code(wmem_allocator_t *scope, const char *word, unsigned *code)
{
    lookup found;

    if (strlen(word) != 3 || !lookup_read(scope, word, &found))
        return false;
    *code = found.code;
    return true;
}

static int compare_codes(wmem_allocator_t *scope, char **words)
{
    unsigned code[2];
    page p = terminal_page(scope);

    for (int i = 0; i < 2; i++) {
        if (words[i] == NULL)
            return cli_wrong(_("compare: two codes, please: smtp-explain compare 211 235"));
        if (!read_code(scope, words[i], &code[i]))
            return cli_wrong(_("%s: a reply code has three digits, 200 to 599"), words[i]);
    }
    if (words[2] != NULL)
        return cli_wrong(_("%s: is one word too many: compare takes two codes"), words[2]);
    if (code[0] == code[1])
        return cli_wrong(_("compare: %u is the same code twice"), code[0]);
    compare_print(&p, code[0], code[1]);
    return cli_show(&p);
}

/* Gives the work a scope of its own. */
static int in_scope(int (*work)(wmem_allocator_t *scope, char **words), char **words)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    int status = work(scope, words);

    wmem_destroy_allocator(scope);
    return status;
}

int cli_code(char **words)
{
    return in_scope(explain_code, words);
}

int cli_compare(char **words)
{
    return in_scope(compare_codes, words);
}
