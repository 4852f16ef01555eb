/* recognise.c
 * Is this TCP connection SMTP?
 *
 * Each side is read as lines. All of them must be replies, or all of them commands (what follows
 * DATA and its like is not looked at). Then the two sides are put together.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "recognise.h"

#include <string.h>

#include <glib.h>

#include "command.h"
#include "greeting.h"
#include "mechanism.h"
#include "words.h"

typedef enum {
    SAYS_NOTHING,  /* no byte was heard */
    SAYS_REPLIES,  /* so far all is shaped like SMTP replies */
    SAYS_COMMANDS, /* so far all is shaped like SMTP commands */
    SAYS_OTHER,    /* it is something else */
} says;

typedef struct {
    says what;
    bool sure;     /* it proves SMTP by itself */
    bool unique;   /* no other protocol with three-digit replies, or commands for them, says it */
    bool overtook; /* commands: some came before the answer that they had to wait for */
    bool rival;    /* a command of another protocol that greets with 220, */
    bool ftp;      /* or its name in the greeting, and not SMTP's */
} evidence;

typedef struct {
    const char *text; /* without its line end */
    size_t len;
    bool cut; /* its end was not heard yet */
} text_line;

/* What one side said, and what is left of it to read. */
typedef struct {
    const char *text;
    size_t len;
    bool full; /* no more of it is kept: the last line's end will not come */
} reader;

/* What FTP's AUTH takes (RFC 2228, RFC 4217). SMTP's takes GSSAPI too: that is left to the rest of
 * the session. */
static const char *const ftp_auth_table[] = {
    "TLS", "TLS-C", "TLS-P", "SSL", "GSSAPI", "KERBEROS_V4",
};

/* First commands of FTP, and of what borrows from it, after a greeting with 220. */
static const char *const rival_table[] = { "USER", "PASS", "SYST", "FEAT", "OPTS", "HOST" };

/* Codes of a greeting: welcome, too busy, no SMTP service here. */
static const uint16_t greeting_table[] = { 220, 421, 554 };

/* No other protocol gives these to the commands above, or to a SASL response. */
static const uint16_t unique_code_table[] = { 235, 334, 354 };

/* Replies to HELP, which list the commands. */
static const uint16_t help_table[] = { 211, 214 };

/* Keywords in the reply to EHLO. Together they must weigh 2. A command in the reply to HELP
 * weighs 1. */
static const struct {
    const char *keyword;
    unsigned weight;
} keyword_table[] = {
    { "PIPELINING", 2 }, { "8BITMIME", 2 }, { "ENHANCEDSTATUSCODES", 2 },
    { "STARTTLS", 2 },   { "CHUNKING", 2 }, { "SMTPUTF8", 2 },
    { "DSN", 2 },        { "ETRN", 2 },     { "SIZE", 1 },
    { "AUTH", 1 },       { "HELP", 1 },
};

static bool code_is_one_of(unsigned code, const uint16_t *table, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        if (table[i] == code)
            return true;
    return false;
}

/* Takes the next line off what is left. A lone LF ends a line too. False if there is none. */
static bool next_line(reader *left, text_line *out)
{
    const char *end;
    size_t taken;

    if (left->len == 0)
        return false;
    end = memchr(left->text, '\n', left->len);
    taken = end ? (size_t)(end - left->text) + 1 : left->len;
    out->text = left->text;
    out->len = end ? taken - 1 : taken;
    out->cut = !end && !left->full;
    if (out->len > 0 && out->text[out->len - 1] == '\r')
        out->len--;
    left->text += taken;
    left->len -= taken;
    return true;
}

/* The code of a line that is a reply, or the beginning of one if the line is cut. 0 for what
 * is not a reply, 1 for a beginning that has no code yet. */
static unsigned reply_code(const text_line *line, recognise_code is_known)
{
    unsigned code = 0;
    size_t digits = 0;

    while (digits < line->len && digits < 3 && g_ascii_isdigit(line->text[digits])) {
        code = code * 10 + (unsigned)(line->text[digits] - '0');
        digits++;
    }
    if (line->cut && digits == line->len && digits < 3)
        return digits == 0 || (line->text[0] >= '2' && line->text[0] <= '5') ? 1 : 0;
    if (digits < 3 || (line->len > 3 && line->text[3] != ' ' && line->text[3] != '-'))
        return 0;
    return is_known(code) ? code : 0;
}

static bool reply_continues(const text_line *line)
{
    return line->len > 3 && line->text[3] == '-';
}

/* The text of a reply's line, behind its code. */
static const char *text_of(const text_line *line, size_t *len)
{
    size_t skipped = MIN(line->len, 4);

    *len = line->len - skipped;
    return line->text + skipped;
}

static unsigned keyword_weight(const text_line *line)
{
    size_t len;
    const char *text = text_of(line, &len);
    size_t word_len = (size_t)(words_end(text, text + len) - text);

    for (size_t i = 0; i < G_N_ELEMENTS(keyword_table); i++)
        if (words_equal(text, word_len, keyword_table[i].keyword))
            return keyword_table[i].weight;
    return 0;
}

static const command_info *find_command(const char *verb, size_t verb_len)
{
    command_id id = command_from_verb(verb, verb_len);

    return id != COMMAND_OTHER ? command_describe(id) : NULL;
}

/* How many commands that only SMTP has does the text of a reply name? */
static unsigned count_commands(const text_line *line)
{
    size_t len, word_len;
    const char *word, *at = text_of(line, &len), *end = at + len;
    unsigned count = 0;

    while (words_next(&at, end, &word, &word_len)) {
        const command_info *command = find_command(word, word_len);

        count += command != NULL && command->only_smtp;
    }
    return count;
}

static void read_greeting(greeting_names *names, const text_line *line)
{
    size_t len;
    const char *text = text_of(line, &len);

    greeting_read(names, text, len);
}

static evidence judge_replies(reader left, recognise_code is_known)
{
    evidence found = { .what = SAYS_REPLIES };
    greeting_names names = { false, false };
    bool first_reply = true, continued = false;
    unsigned weight = 0;
    text_line line;

    while (next_line(&left, &line)) {
        unsigned code = reply_code(&line, is_known);

        if (code == 0)
            return (evidence){ .what = SAYS_OTHER };
        if (line.cut)
            break;
        if (first_reply && code_is_one_of(code, greeting_table, G_N_ELEMENTS(greeting_table)))
            read_greeting(&names, &line);
        if (code == 250 && continued)
            weight += keyword_weight(&line);
        if (code_is_one_of(code, help_table, G_N_ELEMENTS(help_table)))
            weight += count_commands(&line);
        if (code_is_one_of(code, unique_code_table, G_N_ELEMENTS(unique_code_table)))
            found.unique = true;
        continued = reply_continues(&line);
        first_reply = first_reply && continued;
    }
    found.ftp = names.ftp && !names.smtp;
    found.sure = (names.smtp && !names.ftp) || weight >= 2;
    return found;
}

static bool begins_a_command(const char *text, size_t len)
{
    for (unsigned id = 0; id < COMMAND_COUNT; id++) {
        const command_info *command = command_describe((command_id)id);

        if (command->is_verb && len <= command->len &&
            g_ascii_strncasecmp(text, command->name, len) == 0)
            return true;
    }
    return false;
}

/* One word, as a domain, an address literal or one of the many things that clients put in their
 * place is (RFC 5321, section 4.1.1.1; RFC 6531 allows UTF-8). */
static bool is_domain(const char *text, size_t len)
{
    for (size_t i = 0; i < len; i++) {
        bool usual = g_ascii_isalnum(text[i]) || memchr(".-_:[]", text[i], 6);

        if (!usual && (unsigned char)text[i] < 0x80)
            return false;
    }
    return len > 0;
}

/* "FROM:<", with spaces around the colon, which some clients send. */
static bool is_path(const char *text, size_t len, const char *keyword)
{
    const char *at = text + strlen(keyword), *end = text + len;

    if (!words_begin(text, len, keyword))
        return false;
    at = words_skip_blanks(at, end);
    if (at == end || *at != ':')
        return false;
    at = words_skip_blanks(at + 1, end);
    return at < end && *at == '<';
}

static bool argument_proves(command_proof proof, const char *text, size_t len)
{
    switch (proof) {
    case PROVES_BY_DOMAIN:
        return is_domain(text, len);
    case PROVES_BY_FROM:
        return is_path(text, len, "FROM");
    case PROVES_BY_TO:
        return is_path(text, len, "TO");
    default:
        return false;
    }
}

static bool is_sasl_mechanism(const char *text, size_t len)
{
    char name[MECHANISM_NAME_MAX + 1];

    return mechanism_from_argument(text, len, name) &&
           !words_are_one_of(name, strlen(name), ftp_auth_table, G_N_ELEMENTS(ftp_auth_table));
}

/* Base64, as a client answers a 334 (RFC 4954, section 4). */
static bool is_sasl_response(const text_line *line)
{
    size_t len = line->len;

    while (len > 0 && line->len - len < 2 && line->text[len - 1] == '=')
        len--;
    for (size_t i = 0; i < len; i++)
        if (!g_ascii_isalnum(line->text[i]) && line->text[i] != '+' && line->text[i] != '/')
            return false;
    /* Four letters are a command of another protocol. */
    return line->len % 4 == 0 && (line->len > 4 || (len > 0 && len < line->len));
}

/* The command of a whole line; NULL for what SMTP doesn't have. */
static const command_info *judge_command_line(const text_line *line, bool *proven)
{
    const char *end = line->text + line->len;
    const char *verb_end = words_end(line->text, end);
    const char *argument = words_skip_blanks(verb_end, end);
    const command_info *command = find_command(line->text, (size_t)(verb_end - line->text));

    while (end > argument && words_end(end - 1, end) != end)
        end--;
    if (command == NULL)
        return NULL;
    if (command->proof == PROVES_BY_MECHANISM &&
        !is_sasl_mechanism(argument, (size_t)(words_end(argument, end) - argument)))
        return NULL;
    *proven = argument_proves(command->proof, argument, (size_t)(end - argument));
    return command;
}

/* A line that is no command of SMTP: what does it make of the whole? */
static bool is_foreign(const text_line *line, bool first, recognise_code is_known)
{
    return (first && !is_sasl_response(line)) || reply_code(line, is_known) > 1;
}

static evidence judge_commands(reader left, recognise_code is_known)
{
    evidence found = { .what = SAYS_COMMANDS };
    bool first = true, waiting = false;
    text_line line;

    while (next_line(&left, &line)) {
        size_t verb_len = (size_t)(words_end(line.text, line.text + line.len) - line.text);
        const command_info *command;
        bool proven = false;

        found.overtook = found.overtook || waiting;
        if (line.cut) {
            if (first && !begins_a_command(line.text, verb_len))
                found.what = SAYS_OTHER;
            break;
        }
        command = judge_command_line(&line, &proven);
        if (command == NULL && is_foreign(&line, first, is_known)) {
            found.what = SAYS_OTHER;
            found.rival =
                words_are_one_of(line.text, verb_len, rival_table, G_N_ELEMENTS(rival_table));
            break;
        }
        first = false;
        if (command == NULL) /* a SASL response, an extension's command, or a typing error */
            continue;
        found.sure = found.sure || proven;
        found.unique = found.unique || command->only_smtp;
        waiting = waiting || command->waits;
        if (command->sends != SENDS_COMMANDS) { /* what follows need not be commands */
            found.overtook = found.overtook || left.len > 0;
            break;
        }
    }
    return found;
}

static bool is_full(const recognise_side *side)
{
    return side->len == sizeof side->text;
}

static evidence judge(const recognise_side *side, recognise_code is_known)
{
    reader left = { .text = side->text, .len = side->len, .full = is_full(side) };

    if (side->len == 0)
        return (evidence){ .what = SAYS_NOTHING };
    return g_ascii_isdigit(side->text[0]) ? judge_replies(left, is_known)
                                          : judge_commands(left, is_known);
}

/* Judges a server's bytes beside what its client said. */
static recognise_result weigh_server(const evidence *server, const evidence *client)
{
    bool proven = client->sure || (client->unique && !server->ftp) || server->unique;

    switch (client->what) {
    case SAYS_NOTHING:
        return server->sure ? RECOGNISE_SERVER : RECOGNISE_MAYBE;
    case SAYS_COMMANDS:
        return server->sure || proven ? RECOGNISE_SERVER : RECOGNISE_MAYBE;
    case SAYS_OTHER:
        /* Any client can knock at an SMTP server's door. */
        return server->sure && !client->rival ? RECOGNISE_SERVER : RECOGNISE_NO;
    case SAYS_REPLIES:
        break;
    }
    return RECOGNISE_NO;
}

static recognise_result weigh_client(const evidence *client, const evidence *server)
{
    recognise_result result;

    switch (server->what) {
    case SAYS_NOTHING:
        /* Commands that didn't wait for their answers are a batch in a file, or an impatient
         * client: the answers will tell. */
        return client->sure && !client->overtook ? RECOGNISE_CLIENT : RECOGNISE_MAYBE;
    case SAYS_REPLIES:
        result = weigh_server(server, client);
        return result == RECOGNISE_SERVER ? RECOGNISE_CLIENT : result;
    case SAYS_OTHER:
    case SAYS_COMMANDS:
        break;
    }
    return RECOGNISE_NO;
}

static recognise_result weigh(const evidence *mine, const evidence *other)
{
    switch (mine->what) {
    case SAYS_REPLIES:
        return weigh_server(mine, other);
    case SAYS_COMMANDS:
    case SAYS_OTHER:
        if (mine->what == SAYS_OTHER && other->what != SAYS_REPLIES)
            return RECOGNISE_NO;
        return weigh_client(mine, other);
    case SAYS_NOTHING:
        break;
    }
    return RECOGNISE_MAYBE;
}

static void append(recognise_side *side, const uint8_t *bytes, size_t len)
{
    len = MIN(len, sizeof side->text - side->len);
    memcpy(side->text + side->len, bytes, len);
    side->len += len;
}

/* What is left of what a side said without the lines at its beginning that only the other side says. */
static recognise_side without_foreign(const recognise_side *side, bool is_server)
{
    reader left = { .text = side->text, .len = side->len };
    recognise_side rest = { .len = 0 };
    text_line line;

    while (left.len > 0 && (bool)g_ascii_isdigit(left.text[0]) != is_server)
        next_line(&left, &line);
    memcpy(rest.text, left.text, left.len);
    rest.len = left.len;
    return rest;
}

/* Do both sides say what only the server says, or only the client? */
static bool are_alike(const evidence *mine, const evidence *theirs)
{
    return (mine->what == SAYS_REPLIES && theirs->what == SAYS_REPLIES) ||
           (mine->what == SAYS_COMMANDS && theirs->what == SAYS_COMMANDS);
}

/* Judges a side by what the handshake makes of it, if it has said anything in that role; alike: or if
 * only that tells it from the other one. */
static evidence judge_in_role(const recognise_side *side, bool is_server, bool alike,
                              recognise_code is_known)
{
    recognise_side rest = without_foreign(side, is_server);

    return judge(rest.len > 0 || alike ? &rest : side, is_known);
}

/* Is one side a server, and the other one a client? */
static bool are_a_pair(const evidence *mine, const evidence *theirs)
{
    return (mine->what == SAYS_REPLIES && theirs->what == SAYS_COMMANDS) ||
           (mine->what == SAYS_COMMANDS && theirs->what == SAYS_REPLIES);
}

/* Weighs what two sides said. acceptor: did the first of them accept the TCP connection? */
static recognise_result weigh_with_handshake(const recognise_side *now, const recognise_side *other,
                                             bool acceptor, recognise_code is_known)
{
    evidence mine = judge(now, is_known), theirs = judge(other, is_known);
    bool alike = are_alike(&mine, &theirs);
    recognise_result result;

    mine = judge_in_role(now, acceptor, alike, is_known);
    theirs = judge_in_role(other, !acceptor, alike, is_known);
    result = weigh(&mine, &theirs);
    if (result != (acceptor ? RECOGNISE_CLIENT : RECOGNISE_SERVER) || are_a_pair(&mine, &theirs))
        return result;
    return theirs.what == SAYS_NOTHING ? RECOGNISE_MAYBE : RECOGNISE_NO;
}

recognise_result recognise_look(const recognise *r, unsigned side, const uint8_t *bytes, size_t len,
                                recognise_code is_known)
{
    const recognise_side *other = &r->side[!side];
    recognise_side now;
    recognise_result result;

    now.len = 0;
    append(&now, (const uint8_t *)r->side[side].text, r->side[side].len);
    append(&now, bytes, len);
    if (r->has_acceptor) {
        result = weigh_with_handshake(&now, other, side == r->acceptor, is_known);
    } else {
        evidence mine = judge(&now, is_known), theirs = judge(other, is_known);

        result = weigh(&mine, &theirs);
    }
    if (result != RECOGNISE_MAYBE)
        return result;
    if (is_full(&now))
        return RECOGNISE_UNCLEAR;
    return memchr(bytes, '\n', len) ? RECOGNISE_MAYBE : RECOGNISE_MORE;
}

void recognise_keep(recognise *r, unsigned side, const uint8_t *bytes, size_t len)
{
    append(&r->side[side], bytes, len);
}

bool recognise_is_settled(const recognise *r)
{
    return (r->side[0].len > 0 && r->side[1].len > 0) || is_full(&r->side[0]) ||
           is_full(&r->side[1]);
}

struct recognise_packed {
    uint16_t len[2];
    bool has_acceptor;
    uint8_t acceptor;
    char text[]; /* of side 0, and of side 1 */
};

recognise_packed *recognise_pack(wmem_allocator_t *scope, recognise_packed *before,
                                 const recognise *r)
{
    const recognise_side *side = r->side;
    recognise_packed *packed =
        (recognise_packed *)wmem_realloc(scope, before, sizeof *packed + side[0].len + side[1].len);

    packed->len[0] = (uint16_t)side[0].len;
    packed->len[1] = (uint16_t)side[1].len;
    packed->has_acceptor = r->has_acceptor;
    packed->acceptor = r->acceptor;
    memcpy(packed->text, side[0].text, side[0].len);
    memcpy(packed->text + side[0].len, side[1].text, side[1].len);
    return packed;
}

void recognise_unpack(const recognise_packed *packed, recognise *r)
{
    r->side[0].len = 0;
    r->side[1].len = 0;
    r->has_acceptor = packed->has_acceptor;
    r->acceptor = packed->acceptor;
    recognise_keep(r, 0, (const uint8_t *)packed->text, packed->len[0]);
    recognise_keep(r, 1, (const uint8_t *)packed->text + packed->len[0], packed->len[1]);
}
