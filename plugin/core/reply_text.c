/* reply_text.c
 * The server's own words, made fit to be shown.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "reply_text.h"

#include <stdint.h>
#include <string.h>

#include <glib.h>

#include "disguise.h"
#include "line.h"
#include "sasl.h"

#define BETWEEN_LINES " / "
#define CUT "..."
#define CODE_CHALLENGE 334
#define UNCHANGED_MAX \
    (REPLY_TEXT_MAX + 8) /* nothing will be hidden: enough to see that it is cut */

static bool is_printable_ascii(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++)
        if (text[i] < ' ' || text[i] > '~')
            return false;
    return true;
}

static void trim_blanks(const char **text, size_t *len)
{
    while (*len > 0 && (*text)[*len - 1] == ' ')
        (*len)--;
    for (; *len > 0 && **text == ' '; (*len)--)
        (*text)++;
}

bool reply_text_is_plain(reply_line *found, const secrets *client)
{
    const char *text = found->text;
    size_t len = found->text_len;

    trim_blanks(&text, &len);
    if (len > REPLY_TEXT_MAX || !is_printable_ascii(text, len) ||
        secrets_in(client, text, len, found->code == CODE_CHALLENGE))
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

static void append(wmem_strbuf_t *text, const char *added, size_t len, size_t most)
{
    if (wmem_strbuf_get_len(text) > 0 && len > 0)
        wmem_strbuf_append_c(text, DISGUISE_JOINT);
    wmem_strbuf_append_len(text, added, fitting_len(added, len, most - wmem_strbuf_get_len(text)));
}

/* The same of a line that has to be made fit to be shown. */
static void append_made(wmem_strbuf_t *text, const char *said, size_t len, size_t most,
                        charset *read_as)
{
    char *shown = charset_printable(said, len, read_as);

    append(text, shown, strlen(shown), most);
    sasl_overwrite(shown, strlen(shown));
    g_free(shown);
}

wmem_strbuf_t *reply_text_add(wmem_allocator_t *scope, wmem_strbuf_t *text, const reply_line *found,
                              const secrets *client, charset *read_as)
{
    size_t most = client != NULL ? REPLY_TEXT_COLLECTED_MAX : UNCHANGED_MAX;
    const char *said = found->text;
    size_t len = MIN(found->text_len, LINE_KEEP_MAX);

    *read_as = CHARSET_UTF8;
    if (text == NULL)
        text = wmem_strbuf_new(scope, "");
    if (wmem_strbuf_get_len(text) >= most)
        return text;
    if (is_printable_ascii(said, len)) {
        trim_blanks(&said, &len);
        append(text, said, len, most);
    } else {
        append_made(text, said, len, most, read_as);
    }
    return text;
}

/* Adds a line of the text, as far as it fits. False if nothing fits behind it. */
static bool show_line(GString *shown, const char *part, size_t len)
{
    size_t fitting = fitting_len(part, len, REPLY_TEXT_MAX - shown->len);

    if (shown->len > 0 && len > 0)
        g_string_append(shown, BETWEEN_LINES);
    g_string_append_len(shown, part, (gssize)fitting);
    if (fitting < len)
        g_string_append(shown, CUT);
    return fitting == len && shown->len < REPLY_TEXT_MAX;
}

char *reply_text_finish(wmem_strbuf_t *text, unsigned code, const secrets *client)
{
    char *safe = secrets_hide(client, g_strdup(wmem_strbuf_get_str(text)), code == CODE_CHALLENGE);
    GString *shown = g_string_new(NULL);
    bool fits = true;

    reply_text_free(text);
    for (const char *part = safe; *part != '\0' && fits;) {
        const char *joint = strchr(part, DISGUISE_JOINT);
        size_t len = joint != NULL ? (size_t)(joint - part) : strlen(part);

        fits = show_line(shown, part, len);
        part += len + (joint != NULL ? 1 : 0);
    }
    g_free(safe);
    return g_string_free(shown, FALSE);
}

void reply_text_free(wmem_strbuf_t *text)
{
    if (text == NULL)
        return;
    sasl_overwrite((char *)wmem_strbuf_get_str(text), wmem_strbuf_get_len(text));
    wmem_strbuf_destroy(text);
}
