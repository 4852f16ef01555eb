/* secrets_private.h
 * How secrets are kept, for who keeps them and who looks for them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SECRETS_PRIVATE_H
#define SMTP_EXPLAIN_SECRETS_PRIVATE_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#define GRAM 4               /* bytes that the filter knows together */
#define SHORT_FILTER_SIZE 32 /* bytes */

/* What is known of a text that is looked for. */
enum {
    TERM_ENCODED = 1 << 0, /* base64, as it was sent */
    TERM_BINARY = 1 << 1,  /* and what it stands for is no text */
    TERM_NONCE = 1 << 2,   /* the server repeats it in its challenge */
    TERM_CUT = 1 << 3,     /* there was more of it */
    TERM_LINE = 1 << 4,    /* a line of several words, which may be any words */
    TERM_LETTERS = 1 << 5, /* it may be an ordinary word */
    TERM_DIGITS = 1 << 6,  /* a number */
    TERM_PART = 1 << 8,    /* of what base64 stands for */
    TERM_NEAR = 1 << 7,    /* looked for only where servers repeat what they were sent */
};

/* A text that is looked for, folded. */
typedef struct secret_term {
    struct secret_term *next;
    uint16_t len;
    uint16_t flags;
    char text[];
} secret_term;

/* All that comes of one thing that the client sent. The first of its terms is the thing itself. */
typedef struct secret {
    struct secret *older;
    secret_term *terms;
    uint32_t size;   /* in memory */
    uint8_t kind;    /* secrets_kind */
    bool is_name;    /* what its base64 stands for was forgotten */
    bool was_secret; /* the same was sent before, as no name */
} secret;

struct secrets {
    wmem_allocator_t *scope;
    secret *latest;
    uint32_t size;     /* of all of them */
    uint16_t count[2]; /* by their kind */
    bool has_tiny;     /* one has less than GRAM bytes, */
    bool has_short;    /* less than SECRETS_RUN_MIN, or had */
    bool spares_ordinary;

    char *open; /* what is being read; NULL: nothing */
    uint16_t open_len;
    uint16_t open_size;
    bool open_cut;

    /* Which GRAMs there are, so that most texts needn't be looked at closely. What is forgotten
     * stays in here until it is made anew. */
    uint8_t *filter;                         /* of terms of SECRETS_RUN_MIN bytes and more */
    uint8_t filter_bits;                     /* 1 << filter_bits of them */
    uint32_t filtered;                       /* GRAMs in it */
    uint8_t short_filter[SHORT_FILTER_SIZE]; /* of the beginnings of shorter terms */
};

static inline uint32_t secrets_gram(const char *text)
{
    const uint8_t *byte = (const uint8_t *)text;

    return (uint32_t)byte[0] << 24 | (uint32_t)byte[1] << 16 | (uint32_t)byte[2] << 8 | byte[3];
}

/* Where a GRAM stands in a filter of 1 << bits bits. */
static inline uint32_t secrets_gram_at(uint32_t gram, unsigned bits)
{
    return gram * UINT32_C(0x9E3779B1) >> (32 - bits);
}

static inline bool secrets_filter_has(const uint8_t *filter, uint32_t at)
{
    return (filter[at / 8] >> at % 8 & 1) != 0;
}

#define SHORT_FILTER_BITS 8

#endif
