/* line.c
 * Bytes to whole lines, across the borders of segments.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "line.h"

#include <string.h>

#include <glib.h>

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

static void keep(line_buffer *buffer, wmem_allocator_t *scope, const uint8_t *data, size_t len,
                 line_keep_limit limit)
{
    size_t room = LINE_KEEP_MAX - buffer->kept_len;
    size_t added = MIN(len, room);

    if (added > 0) {
        make_room(buffer, scope, buffer->kept_len + added);
        memcpy(buffer->kept + buffer->kept_len, data, added);
        buffer->kept_len = (uint16_t)(buffer->kept_len + added);
    }
    if (limit != NULL) {
        size_t allowed = limit(buffer->kept, buffer->kept_len);

        if (allowed < buffer->kept_len) {
            memset(buffer->kept + allowed, 0, buffer->kept_len - allowed);
            buffer->kept_len = (uint16_t)allowed;
        }
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
