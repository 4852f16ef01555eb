/* reply.c
 * One line of an SMTP server reply: its code, its enhanced status code, its text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "reply.h"

#include <string.h>

#include <glib.h>

#define CODE_LEN 3
#define ENHANCED_DIGITS_MAX 3

/* Reads one to three digits; returns how many, 0 if there are none or more. */
static size_t parse_number(const char *text, size_t len, uint16_t *value)
{
    size_t digits = 0;

    *value = 0;
    while (digits < len && g_ascii_isdigit(text[digits])) {
        if (digits == ENHANCED_DIGITS_MAX)
            return 0;
        *value = (uint16_t)(*value * 10 + g_ascii_digit_value(text[digits]));
        digits++;
    }
    return digits;
}

/* Reads "class.subject.detail"; returns its length, 0 if it isn't one. */
static size_t parse_enhanced(const char *text, size_t len, enhanced_code *out)
{
    uint16_t number[3];
    size_t pos = 0;

    for (int i = 0; i < 3; i++) {
        if (i > 0 && (pos >= len || text[pos++] != '.'))
            return 0;
        size_t digits = parse_number(text + pos, len - pos, &number[i]);
        if (digits == 0)
            return 0;
        pos += digits;
    }
    if (number[0] != 2 && number[0] != 4 && number[0] != 5)
        return 0;
    out->status_class = (uint8_t)number[0];
    out->subject = number[1];
    out->detail = number[2];
    return pos;
}

/* How many bytes a blank has that stands here; 0 if none does. Web forms give a no-break space, in
 * UTF-8 or in Latin-1, where an administrator typed one. */
static size_t blank_len(const char *text, size_t len)
{
    if (len >= 2 && text[0] == '\xC2' && text[1] == '\xA0')
        return 2;
    return len > 0 && (text[0] == ' ' || text[0] == '\xA0') ? 1 : 0;
}

/* "2.7.0 text", "2.7.0" alone, or "2.0.0: text" */
static bool take_leading_enhanced(reply_line *line)
{
    enhanced_code found;
    size_t used = parse_enhanced(line->text, line->text_len, &found), blank;

    if (used == 0)
        return false;
    if (used < line->text_len && line->text[used] == ':')
        used++;
    if (used < line->text_len && blank_len(line->text + used, line->text_len - used) == 0)
        return false;
    while ((blank = blank_len(line->text + used, line->text_len - used)) > 0)
        used += blank;
    line->enhanced = found;
    line->text += used;
    line->text_len -= used;
    return true;
}

/* "text (#2.0.0)", as qmail writes it. It stays in the text: it is part of the server's words. */
static void read_trailing_enhanced(reply_line *line)
{
    const char *open = NULL;
    enhanced_code found;

    if (memchr(line->text, '#', line->text_len) != NULL) /* seldom */
        open = g_strrstr_len(line->text, (gssize)line->text_len, "(#");
    if (open == NULL)
        return;
    size_t rest = line->text_len - (size_t)(open + 2 - line->text);
    size_t used = parse_enhanced(open + 2, rest, &found);
    if (used != 0 && used < rest && open[2 + used] == ')')
        line->enhanced = found;
}

static bool parse_code(const char *line, size_t len, uint16_t *code)
{
    if (len < CODE_LEN || line[0] < '2' || line[0] > '5')
        return false;
    if (!g_ascii_isdigit(line[1]) || !g_ascii_isdigit(line[2]))
        return false;
    *code = (uint16_t)((line[0] - '0') * 100 + (line[1] - '0') * 10 + (line[2] - '0'));
    return true;
}

bool reply_parse_line(const char *line, size_t len, reply_line *out)
{
    char separator;

    memset(out, 0, sizeof *out);
    if (!parse_code(line, len, &out->code))
        return false;
    separator = len > CODE_LEN ? line[CODE_LEN] : ' ';
    if (separator != ' ' && separator != '\t' && separator != '-')
        return false;

    out->last = separator != '-';
    out->text = line + MIN(len, CODE_LEN + 1);
    out->text_len = len - MIN(len, CODE_LEN + 1);
    /* 3yz replies carry none (RFC 2034, section 4) */
    if (out->code / 100 != 3 && !take_leading_enhanced(out))
        read_trailing_enhanced(out);
    return true;
}

unsigned reply_category(unsigned code)
{
    return code / 100;
}

unsigned reply_topic(unsigned code)
{
    return code / 10 % 10;
}
