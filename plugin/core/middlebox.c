/* middlebox.c
 * What firewalls with SMTP inspection make of what client and server say.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "middlebox.h"

#include <string.h>

#include <glib.h>

#define MASKED_WORD_MIN 4
#define MASKED_GREETING_MIN 8

bool middlebox_masks_word(const char *word, size_t len)
{
    size_t masked = 0;

    while (masked < len && g_ascii_toupper(word[masked]) == 'X')
        masked++;
    /* some leave or set a last letter */
    return masked >= MASKED_WORD_MIN &&
           (masked == len || (masked + 1 == len && g_ascii_isalpha(word[masked])));
}

bool middlebox_masks_greeting(const char *text)
{
    size_t masked = 0;

    for (const char *p = text; *p != '\0'; p++)
        masked += *p == '*';
    return masked >= MASKED_GREETING_MIN && masked * 2 > strlen(text);
}
