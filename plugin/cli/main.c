/* main.c
 * smtp-explain, the command: what it was asked for, and who does it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <locale.h>
#include <stdio.h>
#include <string.h>

#include <glib.h>
#include <wsutil/wmem/wmem.h>

#include "cli.h"
#include "language.h"

static const char *const usage =
    /* Translators: 80 columns at most; options and commands stay as they are. */
    N_("usage: smtp-explain [OPTION...] CAPTURE...\n"
       "       smtp-explain [OPTION...] -i INTERFACE\n"
       "       smtp-explain [OPTION...] -o COPY [-f] CAPTURE\n"
       "       smtp-explain code CODE [ENHANCED] [COMMAND]\n"
       "       smtp-explain code 'REPLY' [COMMAND]\n"
       "       smtp-explain compare CODE CODE\n"
       "\n"
       "CAPTURE   reports what went wrong in the SMTP sessions of a capture, in any format that\n"
       "          tshark reads; - for standard input. A file called code: ./code\n"
       "          Several captures get one report\n"
       "  --all          instead shows every reply\n"
       "  --session N    instead shows every reply of one session, whose number the report has\n"
       "  --json, --tsv  instead prints a record for each reply, for programs; those of several\n"
       "                 captures begin with the capture's name\n"
       "  --users        names the users that log in\n"
       "  --smtp-port N  reads TCP port N as SMTP, whatever Wireshark takes it for\n"
       "  --keys FILE    decrypts TLS with the keys in FILE (SSLKEYLOGFILE)\n"
       "-i INTERFACE     shows every reply as it is captured, until Ctrl-C, and then the report\n"
       "-o COPY          writes a copy of the capture in which comments on packets explain refusals,\n"
       "                 findings and each session's success; -f overwrites COPY\n"
       "code      explains an SMTP reply: smtp-explain code 535 5.7.8 AUTH\n"
       "          With the server's words, in quotes, also why it refuses:\n"
       "          smtp-explain code '550 5.7.26 Unauthenticated email is not accepted'\n"
       "compare   puts two reply codes side by side: smtp-explain compare 211 235\n"
       "\n"
       "-h, --help     shows this\n"
       "-V, --version  shows the version\n"
       "\n"
       "Ends with status 0, with 1 if something could not be read, or 2 if it was called wrongly.\n");

static int help(char **words)
{
    (void)words;
    fputs(_(usage), stdout);
    return STATUS_GOOD;
}

static int version(char **words)
{
    (void)words;
    puts("smtp-explain " SMTP_EXPLAIN_VERSION);
    return STATUS_GOOD;
}

static const struct {
    const char *word;
    int (*run)(char **words); /* what stands behind the word, NULL-terminated */
} modes[] = {
    { "code", cli_code }, { "compare", cli_compare }, { "--many", cli_many },   { "-h", help },
    { "--help", help },   { "-V", version },          { "--version", version },
};

static int run(char **words)
{
    if (*words == NULL) {
        fputs(_(usage), stderr);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < G_N_ELEMENTS(modes); i++)
        if (strcmp(*words, modes[i].word) == 0)
            return modes[i].run(words + 1);
    return cli_captures(words);
}

/* As the system does. */
static void choose_language(void)
{
    char *folder = cli_share("locale");

    if (folder != NULL)
        language_add_folder(folder);
    g_free(folder);
    language_speak(language_of_system());
}

int main(int count, char **words)
{
    int status;

    (void)count;
    setlocale(LC_CTYPE, ""); /* what a terminal can show */
    wmem_init();
    choose_language();
    status = run(words + 1);
    wmem_cleanup();
    return status;
}
