/* line.c
 * Bytes to whole lines, across the borders of segments.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "line.h"

#include <string.h>

#include <glib.h>

#include "words.h"

#define LINE_FIRST_SIZE 64

static void make_room(line_buffer *buffer, wmem_allocator_t *scope, size_t needed)
{
    size_t size = MAX(buffer->kept_size, LINE_FIRST_SIZE);
    char *kept;

    if (needed <= buffer->kept_size)
        return;
    while (size < needed)
        size *= 2;
    kept = (char *)wmem_alloc(scope, size);
    if (buffer->kept != NULL) {
        memcpy(kept, buffer->kept, buffer->kept_len);
        memset(buffer->kept, 0, buffer->kept_size); /* it may have held a response */
        wmem_free(scope, buffer->kept);
    }
    buffer->kept = kept;
    buffer->kept_size = (uint16_t)size;
}

/* Is a byte kept behind what is there? Of blanks in a row the first one is enough. */
static bool is_kept(const line_buffer *buffer, uint8_t byte)
{
    return buffer->kept_len == 0 || !words_is_blank((char)byte) ||
           !words_is_blank(buffer->kept[buffer->kept_len - 1]);
}

/* Keeps a piece without repeated blanks, up to allowed bytes in all; returns how many bytes of the piece
 * that took. */
static size_t keep_squeezed(line_buffer *buffer, const uint8_t *data, size_t len, size_t allowed)
{
    size_t taken = 0;

    for (; taken < len && (buffer->kept_len < allowed || !is_kept(buffer, data[taken])); taken++)
        if (is_kept(buffer, data[taken]))
            buffer->kept[buffer->kept_len++] = (char)data[taken];
    return taken;
}

/* Keeps what limit allows of a piece. */
static void keep_limited(line_buffer *buffer, const uint8_t *data, size_t len,
                         line_keep_limit limit)
{
    uint16_t before = buffer->kept_len;
    size_t allowed;

    keep_squeezed(buffer, data, len, LINE_KEEP_MAX);
    allowed = limit(buffer->kept, buffer->kept_len);
    memset(buffer->kept + MIN(allowed, before), 0, buffer->kept_len - MIN(allowed, before));
    buffer->kept_len = (uint16_t)MIN(allowed, before);
    buffer->unkept = (uint32_t)(len - keep_squeezed(buffer, data, len, allowed));
}

static void keep(line_buffer *buffer, wmem_allocator_t *scope, const uint8_t *data, size_t len,
                 line_keep_limit limit)
{
    size_t added = MIN(len, (size_t)(LINE_KEEP_MAX - buffer->kept_len));

    if (added > 0)
        make_room(buffer, scope, buffer->kept_len + added);
    if (limit != NULL && buffer->kept != NULL) {
        keep_limited(buffer, data, len, limit);
    } else if (added > 0) {
        memcpy(buffer->kept + buffer->kept_len, data, added);
        buffer->kept_len = (uint16_t)(buffer->kept_len + added);
    }
}

/* The bytes of a line that were seen: also those that are not kept. */
static void look(line_buffer *buffer, const uint8_t *data, size_t len)
{
    if (len == 0)
        return;
    buffer->seen += (uint32_t)len;
    buffer->cr = data[len - 1] == '\r';
}

static void finish(const line_buffer *buffer, line *out, const char *text, size_t len)
{
    out->crlf = buffer->cr;
    while (len > 0 && text[len - 1] == '\r')
        len--;
    out->text = text;
    out->len = len;
}

size_t line_take(line_buffer *buffer, wmem_allocator_t *scope, const uint8_t *data, size_t len,
                 uint32_t frame, line_keep_limit limit, line *out, bool *complete)
{
    const uint8_t *end = (const uint8_t *)memchr(data, '\n', len);
    size_t used = end != NULL ? (size_t)(end - data) + 1 : len;

    *complete = end != NULL;
    buffer->unkept = 0;
    if (!buffer->open) {
        buffer->open = true;
        buffer->frame = frame;
        buffer->seen = 0;
        buffer->cr = false;
    }
    look(buffer, data, *complete ? used - 1 : used);
    out->first_frame = buffer->frame;
    if (*complete && buffer->kept_len == 0) {
        finish(buffer, out, (const char *)data, used - 1);
    } else {
        keep(buffer, scope, data, *complete ? used - 1 : used, limit);
        if (*complete)
            finish(buffer, out, buffer->kept, buffer->kept_len);
    }
    if (*complete) {
        buffer->open = false;
        buffer->kept_len = 0;
    }
    return used;
}

bool line_take_open(line_buffer *buffer, line *out)
{
    if (!buffer->open || buffer->kept_len == 0)
        return false;
    out->first_frame = buffer->frame;
    finish(buffer, out, buffer->kept, buffer->kept_len);
    buffer->open = false;
    buffer->kept_len = 0;
    return true;
}

void line_wipe(line_buffer *buffer)
{
    if (buffer->kept != NULL && !buffer->open)
        memset(buffer->kept, 0, buffer->kept_size);
}

void line_reset(line_buffer *buffer, wmem_allocator_t *scope)
{
    if (buffer->kept != NULL) {
        memset(buffer->kept, 0, buffer->kept_size);
        wmem_free(scope, buffer->kept);
    }
    memset(buffer, 0, sizeof *buffer);
}
