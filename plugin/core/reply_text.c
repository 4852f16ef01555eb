/* reply_text.c
 * The server's own words, made fit to be shown.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "reply_text.h"

#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "line.h"

#define BETWEEN_LINES " / "
#define CUT "..."

static bool is_printable_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < ' ' || text[i] > '~')
            return false;
    return true;
}

bool reply_text_is_plain(reply_line *found, const secrets *client)
{
    const char *text = found->text;
    size_t len = found->text_len;

    while (len > 0 && text[len - 1] == ' ')
        len--;
    while (len > 0 && *text == ' ') {
        text++;
        len--;
    }
    if (len > REPLY_TEXT_MAX || !is_printable_ascii(text, len) || secrets_in(client, text, len))
        return false;
    found->text = text;
    found->text_len = len;
    return true;
}

/* The part of the text that still fits, cut at a whole character. */
static size_t fitting_len(const char *text, size_t len, size_t room)
{
    if (len <= room)
        return len;
    while (room > 0 && ((uint8_t)text[room] & 0xC0) == 0x80)
        room--;
    return room;
}

static void append(wmem_strbuf_t *text, const char *added, size_t len)
{
    size_t kept = wmem_strbuf_get_len(text);

    if (kept > 0 && len > 0)
        wmem_strbuf_append(text, BETWEEN_LINES);
    size_t fitting = fitting_len(added, len, REPLY_TEXT_MAX - kept);
    wmem_strbuf_append_len(text, added, fitting);
    if (fitting < len)
        wmem_strbuf_append(text, CUT);
}

wmem_strbuf_t *reply_text_add(wmem_allocator_t *scope, wmem_strbuf_t *text, const reply_line *found,
                              const secrets *client, charset *read_as)
{
    reply_line plain = *found;

    *read_as = CHARSET_UTF8;
    if (text == NULL)
        text = wmem_strbuf_new(scope, "");
    if (wmem_strbuf_get_len(text) >= REPLY_TEXT_MAX)
        return text;
    if (reply_text_is_plain(&plain, client)) {
        append(text, plain.text, plain.text_len);
    } else {
        char *shown = secrets_hide(
            client, charset_printable(found->text, MIN(found->text_len, LINE_KEEP_MAX), read_as));

        append(text, shown, strlen(shown));
        g_free(shown);
    }
    return text;
}
