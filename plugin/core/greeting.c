/* greeting.c
 * Does the text of a greeting name SMTP?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "greeting.h"

#include <glib.h>

#include "words.h"

static const char *const smtp_names[] = { "SMTP", "ESMTP", "LMTP", "ESMTPS", "ESMTPSA" };

/* Is the word a host name or an address rather than a word of a sentence? */
static bool is_host_name(const char *text, size_t len)
{
    for (size_t i = 1; i + 1 < len; i++)
        if ((text[i] == '.' || text[i] == '@' || text[i] == ':') && g_ascii_isalnum(text[i - 1]) &&
            g_ascii_isalnum(text[i + 1]))
            return true;
    return false;
}

static bool holds(const char *text, size_t len, const char *part)
{
    for (size_t i = 0; i < len; i++)
        if (words_begin(text + i, len - i, part))
            return true;
    return false;
}

/* The parts of one word: "NT-ESMTP", "(SMTP/LMTP)" */
static void read_word(greeting_names *names, const char *text, size_t len)
{
    size_t start = 0;

    if (is_host_name(text, len))
        return;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && g_ascii_isalnum(text[i]))
            continue;
        names->smtp |=
            words_are_one_of(text + start, i - start, smtp_names, G_N_ELEMENTS(smtp_names));
        names->ftp |= holds(text + start, i - start, "FTP");
        start = i + 1;
    }
}

void greeting_read(greeting_names *names, const char *text, size_t len)
{
    const char *word, *at = text;
    size_t word_len;

    while (words_next(&at, text + len, &word, &word_len))
        read_word(names, word, word_len);
}

bool greeting_is_smtp(const char *text, size_t len)
{
    greeting_names names = { false, false };

    greeting_read(&names, text, len);
    return names.smtp && !names.ftp;
}

/* What servers say to STARTTLS. */
static const char *const answers_starttls[] = { "TLS", "SSL", "go ahead", "negotiat", "handshake" };

bool greeting_is_possible(const char *text, size_t len)
{
    greeting_names names = { false, false };

    greeting_read(&names, text, len);
    for (size_t i = 0; i < G_N_ELEMENTS(answers_starttls); i++)
        if (holds(text, len, answers_starttls[i]))
            return false;
    return !names.ftp;
}

bool greeting_begins_with_host(const char *text, size_t len)
{
    const char *word, *at = text;
    size_t word_len;

    return words_next(&at, text + len, &word, &word_len) && is_host_name(word, word_len);
}
