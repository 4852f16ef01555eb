/* line.h
 * Bytes to whole lines, across the borders of segments.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_LINE_H
#define SMTP_EXPLAIN_LINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

/* RFC 5321, section 4.5.3.1.5 allows 512 octets, servers send more. What is longer is cut. */
#define LINE_KEEP_MAX 1024

/* The beginning of a line whose end has not been seen yet. */
typedef struct {
    char *kept; /* the first bytes of it; NULL if there are none */
    uint16_t kept_len;
    uint16_t kept_size;
    bool open;       /* bytes of the line were seen */
    bool cr;         /* the last of them is a CR */
    uint32_t unkept; /* bytes at the end of the last piece that limit didn't let be kept */
    uint32_t seen;   /* how many bytes of the line were seen, kept or not; valid if open */
    uint32_t frame;  /* the frame in which the line begins; valid if open */
} line_buffer;

/* A whole line. */
typedef struct {
    const char *text;     /* without its line end; not terminated; valid until the next call */
    size_t len;           /* at most LINE_KEEP_MAX unless the line lies in one run of bytes */
    uint32_t first_frame; /* the frame in which it begins */
    bool crlf;            /* it ended with CR LF, not with LF alone */
} line;

/* How many bytes of a line that is not complete yet may be kept? Asked with all that is there. */
typedef size_t (*line_keep_limit)(const char *text, size_t len);

/* Takes bytes up to and including the first LF (RFC 5321, section 2.3.8; a lone LF is accepted,
 * since servers and clients that send it exist). Returns how many bytes were taken. If the line
 * is whole, *complete is true and out filled in; if not, its beginning is kept in buffer, which
 * lives in scope, as far as limit (NULL: LINE_KEEP_MAX) allows; with a limit, of blanks in a row
 * the first one. frame is that of the bytes. */
size_t line_take(line_buffer *buffer, wmem_allocator_t *scope, const uint8_t *data, size_t len,
                 uint32_t frame, line_keep_limit limit, line *out, bool *complete);

/* The line that is not complete, as far as it is there, for when its end will never come. False
 * if there is none. The line is taken out of the buffer. */
bool line_take_open(line_buffer *buffer, line *out);

/* Overwrites what the last whole line left in the buffer. */
void line_wipe(line_buffer *buffer);

/* Forgets an incomplete line; what was kept of it is overwritten. */
void line_reset(line_buffer *buffer, wmem_allocator_t *scope);

#endif
