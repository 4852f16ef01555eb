/* secrets.c
 * Recognises secrets of the client in what the server says, without keeping them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "secrets.h"

#include <string.h>

#include <glib.h>

#define BLOCK 64 /* bytes that are decoded at a time */

/* What servers put around a word that they repeat. */
#define AROUND_WORDS "\"'`()<>[]{}:,;.!=/|"

static uint64_t salt(void)
{
    static uint64_t value;

    if (value == 0)
        value = ((uint64_t)g_random_int() << 32 | g_random_int()) | 1;
    return value;
}

/* FNV-1a, begun with a salt, in which upper and lower case are equal. */
static void read_byte(secrets_word *word, char byte)
{
    if (word->len == 0) {
        word->hash = salt();
        word->mixed = false;
    }
    word->mixed |= !g_ascii_isalpha(byte);
    word->hash = (word->hash ^ (uint8_t)g_ascii_tolower(byte)) * UINT64_C(0x100000001b3);
    word->len++;
}

uint64_t secrets_hash(uint64_t before, const char *text, size_t len)
{
    uint64_t hash = before != 0 ? before : salt();

    for (size_t i = 0; i < len; i++)
        hash = (hash ^ (uint8_t)text[i]) * UINT64_C(0x100000001b3);
    return hash != 0 ? hash : 1;
}

/* Half of the hash is enough for so few words. */
static uint32_t hash_of(const secrets_word *word)
{
    return (uint32_t)(word->hash >> 32);
}

static uint32_t length_bit(size_t len)
{
    return UINT32_C(1) << (len % 32);
}

static void end_word(secrets *known, secrets_word *word)
{
    if (word->len >= SECRETS_WORD_MIN) {
        uint16_t len = (uint16_t)MIN(word->len, G_MAXUINT16);

        known->shortest = known->shortest != 0 ? MIN(known->shortest, len) : len;
        known->lengths |= length_bit(word->len);
        known->hash[known->next] = hash_of(word);
        known->ordinary[known->next] = word->len <= SECRETS_ORDINARY_MAX && !word->mixed;
        known->next = (known->next + 1) % SECRETS_MAX;
    }
    word->len = 0;
}

/* NUL and SOH stand between the parts of SASL responses (RFC 4616; RFC 7628). */
static bool is_between_words(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0' || c == '\1';
}

/* What the response stands for so far is no secret; as it was sent it stays one. */
static void forget_response(secrets *known)
{
    secrets_word raw = known->last_raw;

    while (known->next != known->response_from) {
        known->next = (uint16_t)((known->next + SECRETS_MAX - 1) % SECRETS_MAX);
        known->hash[known->next] = 0;
    }
    end_word(known, &raw);
}

/* authzid NUL authcid NUL password (RFC 4616, section 2) */
static void note_nul(secrets *known)
{
    if (known->nuls < 2 && ++known->nuls == 2)
        forget_response(known);
}

static void end_raw(secrets *known)
{
    if (known->raw.len > 0)
        known->last_raw = known->raw;
    end_word(known, &known->raw);
}

static void read_decoded(secrets *known, char byte)
{
    if (is_between_words(byte))
        end_word(known, &known->decoded);
    else
        read_byte(&known->decoded, byte);
    if (byte == '\0')
        note_nul(known);
}

static void read_base64(secrets *known, const char *text, size_t len)
{
    unsigned char decoded[BLOCK];
    size_t block;

    for (; len > 0; text += block, len -= block) {
        block = MIN(len, BLOCK);
        size_t count =
            g_base64_decode_step(text, block, decoded, &known->base64_state, &known->base64_save);
        for (size_t i = 0; i < count; i++)
            read_decoded(known, (char)decoded[i]);
    }
}

secrets *secrets_read(wmem_allocator_t *scope, secrets *known, const char *text, size_t len)
{
    if (known == NULL)
        known = wmem_new0(scope, secrets);
    if (!known->in_response) {
        known->in_response = true;
        known->response_from = known->next;
        known->nuls = 0;
        known->last_raw.len = 0;
    }
    for (size_t i = 0; i < len; i++)
        if (is_between_words(text[i]))
            end_raw(known);
        else
            read_byte(&known->raw, text[i]);
    read_base64(known, text, len);
    return known;
}

void secrets_end(secrets *known)
{
    if (known == NULL)
        return;
    end_raw(known);
    end_word(known, &known->decoded);
    known->base64_state = 0;
    known->base64_save = 0;
    known->in_response = false;
}

void secrets_forget_last(secrets *known)
{
    if (known != NULL)
        forget_response(known);
}

void secrets_spare_ordinary(secrets *known, bool spared)
{
    if (known != NULL)
        known->spares_ordinary = spared;
}

void secrets_free(wmem_allocator_t *scope, secrets *known)
{
    if (known == NULL)
        return;
    memset(known, 0, sizeof *known);
    wmem_free(scope, known);
}

static bool is_known(const secrets *known, const char *word, size_t len)
{
    secrets_word read = { 0 };

    if (len < SECRETS_WORD_MIN || !(known->lengths & length_bit(len)))
        return false;
    for (size_t i = 0; i < len; i++)
        read_byte(&read, word[i]);
    for (unsigned i = 0; i < SECRETS_MAX; i++)
        if (known->hash[i] == hash_of(&read) && !(known->ordinary[i] && known->spares_ordinary))
            return true;
    return false;
}

static bool is_around_words(char c)
{
    return g_ascii_ispunct(c) && strchr(AROUND_WORDS, c) != NULL;
}

/* The length of what comes before the next quote, bracket or the like. */
static size_t part_len(const char *word, size_t len)
{
    size_t part = 0;

    while (part < len && !is_around_words(word[part]))
        part++;
    return part;
}

/* Are the parts of a word, between quotes, brackets and the like, secrets? */
static bool has_secret_part(const secrets *known, const char *word, size_t len)
{
    size_t part;

    for (size_t from = 0; from < len; from += part + 1) {
        part = part_len(word + from, len - from);
        if (is_known(known, word + from, part))
            return true;
    }
    return false;
}

/* Finds the secret in a word of the server, which may stand in quotes or brackets. */
static bool find_secret(const secrets *known, const char *word, size_t len)
{
    if (len < known->shortest)
        return false;
    if (is_known(known, word, len))
        return true;
    if (part_len(word, len) == len) /* nothing stands around it */
        return false;
    if (has_secret_part(known, word, len))
        return true;
    /* base64 ends with '=', and may have '/' inside */
    while (len > 0 && is_around_words(word[0])) {
        word++;
        len--;
    }
    while (len > 0 && is_around_words(word[len - 1])) {
        if (is_known(known, word, len))
            return true;
        len--;
    }
    return is_known(known, word, len);
}

static size_t word_len(const char *text, size_t len)
{
    const char *space = (const char *)memchr(text, ' ', len);

    return space != NULL ? (size_t)(space - text) : len;
}

bool secrets_in(const secrets *known, const char *text, size_t len)
{
    size_t word;

    if (known == NULL || known->shortest == 0)
        return false;
    for (size_t pos = 0; pos < len; pos += word + 1) {
        word = word_len(text + pos, len - pos);
        if (find_secret(known, text + pos, word))
            return true;
    }
    return false;
}

char *secrets_hide(const secrets *known, char *text)
{
    GString *shown;
    const char *word = text;

    if (!secrets_in(known, text, strlen(text)))
        return text;
    shown = g_string_new(NULL);
    while (*word != '\0') {
        size_t len = strcspn(word, " ");

        if (find_secret(known, word, len))
            g_string_append(shown, SECRETS_HIDDEN);
        else
            g_string_append_len(shown, word, (gssize)len);
        word += len;
        while (*word == ' ')
            g_string_append_c(shown, *word++);
    }
    g_free(text);
    return g_string_free(shown, FALSE);
}
