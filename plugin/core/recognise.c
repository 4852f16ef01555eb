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
#include "mechanism.h"

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
    bool rival;    /* a command of another protocol that greets with 220 */
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

/* What a command proves. */
typedef enum {
    ARGUMENT_NONE,   /* nothing */
    ARGUMENT_DOMAIN, /* a domain or an address literal, and nothing else */
    ARGUMENT_FROM,   /* FROM:< */
    ARGUMENT_TO,     /* TO:< */
    ARGUMENT_SASL,   /* a SASL mechanism; with anything else the command isn't SMTP's */
} argument;

typedef struct {
    command_id id;
    bool unique;    /* among protocols with three-digit replies only SMTP has this command */
    bool waits;     /* the client waits for the answer before it sends anything else */
    bool opaque;    /* what follows need not be commands */
    argument proof; /* the argument that makes the command evidence by itself */
} command_row;

/* clang-format off */
static const command_row command_table[] = {
    { COMMAND_EHLO,     true,  true,  false, ARGUMENT_DOMAIN },
    { COMMAND_HELO,     true,  true,  false, ARGUMENT_DOMAIN },
    { COMMAND_LHLO,     true,  true,  false, ARGUMENT_DOMAIN },
    { COMMAND_MAIL,     true,  false, false, ARGUMENT_FROM },
    { COMMAND_RCPT,     true,  false, false, ARGUMENT_TO },
    { COMMAND_DATA,     false, true,  true,  ARGUMENT_NONE },
    { COMMAND_BDAT,     true,  false, true,  ARGUMENT_NONE },
    { COMMAND_BURL,     true,  false, false, ARGUMENT_NONE },
    { COMMAND_RSET,     true,  false, false, ARGUMENT_NONE },
    { COMMAND_NOOP,     false, false, false, ARGUMENT_NONE },
    { COMMAND_VRFY,     true,  false, false, ARGUMENT_NONE },
    { COMMAND_EXPN,     true,  false, false, ARGUMENT_NONE },
    { COMMAND_HELP,     false, false, false, ARGUMENT_NONE },
    { COMMAND_QUIT,     false, false, false, ARGUMENT_NONE },
    { COMMAND_AUTH,     true,  true,  true,  ARGUMENT_SASL },
    { COMMAND_X_EXPS,   true,  true,  true,  ARGUMENT_NONE },
    { COMMAND_STARTTLS, true,  true,  true,  ARGUMENT_NONE },
    { COMMAND_ETRN,     true,  false, false, ARGUMENT_NONE },
    { COMMAND_ATRN,     true,  false, false, ARGUMENT_NONE },
    { COMMAND_TURN,     false, false, false, ARGUMENT_NONE },
    { COMMAND_XCLIENT,  true,  true,  false, ARGUMENT_NONE },
    { COMMAND_XFORWARD, true,  false, false, ARGUMENT_NONE },
};
/* clang-format on */

/* What FTP's AUTH takes (RFC 2228, RFC 4217). SMTP's takes GSSAPI too: that is left to the rest of
 * the session. */
static const char *const ftp_auth_table[] = {
    "TLS", "TLS-C", "TLS-P", "SSL", "GSSAPI", "KERBEROS_V4",
};

/* First commands of FTP, and of what borrows from it, after a greeting with 220. */
static const char *const rival_table[] = { "USER", "PASS", "SYST", "FEAT", "OPTS", "HOST" };

/* Reply codes of SMTP and its extensions. The codes with which other protocols begin or log in
 * (200, 201, 230, 331) are not among them. */
static const uint16_t code_table[] = {
    211, 214, 220, 221, 235, 250, 251, 252, 253, 334, 354, 421, 422, 432, 450,
    451, 452, 453, 454, 455, 458, 459, 500, 501, 502, 503, 504, 521, 523, 524,
    525, 530, 534, 535, 538, 541, 550, 551, 552, 553, 554, 555, 556,
};

/* Codes of a greeting: welcome, too busy, no SMTP service here. */
static const uint16_t greeting_table[] = { 220, 421, 554 };

/* No other protocol gives these to the commands above, or to a SASL response. */
static const uint16_t unique_code_table[] = { 235, 334, 354 };

/* Replies to HELP, which list the commands. */
static const uint16_t help_table[] = { 211, 214 };

static const char *const service_table[] = { "SMTP", "ESMTP", "LMTP" };

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

static bool word_is(const char *text, size_t len, const char *word)
{
    return strlen(word) == len && g_ascii_strncasecmp(text, word, len) == 0;
}

static bool word_is_one_of(const char *text, size_t len, const char *const *table, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        if (word_is(text, len, table[i]))
            return true;
    return false;
}

static bool code_is_one_of(unsigned code, const uint16_t *table, size_t rows)
{
    for (size_t i = 0; i < rows; i++)
        if (table[i] == code)
            return true;
    return false;
}

/* Length of the text up to, not including, the first space or tab. */
static size_t word_length(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len && text[i] != ' ' && text[i] != '\t')
        i++;
    return i;
}

static size_t skip_spaces(const char *text, size_t len)
{
    size_t i = 0;

    while (i < len && (text[i] == ' ' || text[i] == '\t'))
        i++;
    return i;
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
static unsigned reply_code(const text_line *line)
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
    return code_is_one_of(code, code_table, G_N_ELEMENTS(code_table)) ? code : 0;
}

static bool reply_continues(const text_line *line)
{
    return line->len > 3 && line->text[3] == '-';
}

/* Is the word at text, up to len, a host name or an address rather than words of a sentence? */
static bool is_host_name(const char *text, size_t len)
{
    for (size_t i = 1; i + 1 < len; i++)
        if ((text[i] == '.' || text[i] == '@' || text[i] == ':') && g_ascii_isalnum(text[i - 1]) &&
            g_ascii_isalnum(text[i + 1]))
            return true;
    return false;
}

/* Looks at the parts of one word of a greeting ("NT-ESMTP", "(SMTP/LMTP)"). */
static void judge_greeting_word(const char *text, size_t len, bool *service, bool *ftp)
{
    size_t start = 0;

    if (is_host_name(text, len))
        return;
    for (size_t i = 0; i <= len; i++) {
        if (i < len && g_ascii_isalnum(text[i]))
            continue;
        if (word_is_one_of(text + start, i - start, service_table, G_N_ELEMENTS(service_table)))
            *service = true;
        /* FTP, vsFTPd, ProFTPD, ftpd, SFTP */
        for (size_t k = start; k + 3 <= i; k++)
            *ftp = *ftp || g_ascii_strncasecmp(text + k, "FTP", 3) == 0;
        start = i + 1;
    }
}

static void judge_greeting_line(const text_line *line, bool *service, bool *ftp)
{
    size_t at = 4;

    while (at < line->len) {
        size_t word;

        at += skip_spaces(line->text + at, line->len - at);
        word = word_length(line->text + at, line->len - at);
        judge_greeting_word(line->text + at, word, service, ftp);
        at += word;
    }
}

static unsigned keyword_weight(const text_line *line)
{
    size_t word;

    if (line->len <= 4)
        return 0;
    word = word_length(line->text + 4, line->len - 4);
    for (size_t i = 0; i < G_N_ELEMENTS(keyword_table); i++)
        if (word_is(line->text + 4, word, keyword_table[i].keyword))
            return keyword_table[i].weight;
    return 0;
}

static const command_row *find_command(const char *verb, size_t verb_len)
{
    command_id id = command_from_verb(verb, verb_len);

    for (size_t i = 0; i < G_N_ELEMENTS(command_table); i++)
        if (command_table[i].id == id)
            return &command_table[i];
    return NULL;
}

/* How many commands that only SMTP has does the text of a reply name? */
static unsigned count_commands(const text_line *line)
{
    size_t at = 4;
    unsigned count = 0;

    while (at < line->len) {
        size_t word;
        const command_row *row;

        at += skip_spaces(line->text + at, line->len - at);
        word = word_length(line->text + at, line->len - at);
        row = find_command(line->text + at, word);
        count += row && row->unique;
        at += word;
    }
    return count;
}

static evidence judge_replies(reader left)
{
    evidence found = { .what = SAYS_REPLIES };
    bool service = false, ftp = false;
    bool first_reply = true, continued = false;
    unsigned weight = 0;
    text_line line;

    while (next_line(&left, &line)) {
        unsigned code = reply_code(&line);

        if (code == 0)
            return (evidence){ .what = SAYS_OTHER };
        if (line.cut)
            break;
        if (first_reply && code_is_one_of(code, greeting_table, G_N_ELEMENTS(greeting_table)))
            judge_greeting_line(&line, &service, &ftp);
        if (code == 250 && continued)
            weight += keyword_weight(&line);
        if (code_is_one_of(code, help_table, G_N_ELEMENTS(help_table)))
            weight += count_commands(&line);
        if (code_is_one_of(code, unique_code_table, G_N_ELEMENTS(unique_code_table)))
            found.unique = true;
        continued = reply_continues(&line);
        first_reply = first_reply && continued;
    }
    found.sure = (service && !ftp) || weight >= 2;
    return found;
}

static bool begins_a_command(const char *text, size_t len)
{
    for (size_t i = 0; i < G_N_ELEMENTS(command_table); i++) {
        const char *name = command_name(command_table[i].id);

        if (len <= strlen(name) && g_ascii_strncasecmp(text, name, len) == 0)
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
    size_t at = strlen(keyword);

    if (len < at || g_ascii_strncasecmp(text, keyword, at) != 0)
        return false;
    at += skip_spaces(text + at, len - at);
    if (at == len || text[at] != ':')
        return false;
    at++;
    at += skip_spaces(text + at, len - at);
    return at < len && text[at] == '<';
}

static bool argument_proves(argument proof, const char *text, size_t len)
{
    switch (proof) {
    case ARGUMENT_DOMAIN:
        return is_domain(text, len);
    case ARGUMENT_FROM:
        return is_path(text, len, "FROM");
    case ARGUMENT_TO:
        return is_path(text, len, "TO");
    case ARGUMENT_NONE:
    case ARGUMENT_SASL:
        break;
    }
    return false;
}

static bool is_sasl_mechanism(const char *text, size_t len)
{
    char name[MECHANISM_NAME_MAX + 1];

    return mechanism_from_argument(text, len, name) &&
           !word_is_one_of(name, strlen(name), ftp_auth_table, G_N_ELEMENTS(ftp_auth_table));
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
static const command_row *judge_command_line(const text_line *line, bool *proven)
{
    size_t verb_len = word_length(line->text, line->len);
    const command_row *row = find_command(line->text, verb_len);
    const char *rest = line->text + verb_len;
    size_t rest_len = line->len - verb_len;
    size_t spaces = skip_spaces(rest, rest_len);

    rest += spaces;
    rest_len -= spaces;
    while (rest_len > 0 && (rest[rest_len - 1] == ' ' || rest[rest_len - 1] == '\t'))
        rest_len--;
    if (!row)
        return NULL;
    if (row->proof == ARGUMENT_SASL && !is_sasl_mechanism(rest, word_length(rest, rest_len)))
        return NULL;
    *proven = argument_proves(row->proof, rest, rest_len);
    return row;
}

static evidence judge_commands(reader left)
{
    evidence found = { .what = SAYS_COMMANDS };
    bool first = true, waiting = false;
    text_line line;

    while (next_line(&left, &line)) {
        size_t verb_len = word_length(line.text, line.len);
        const command_row *row;
        bool proven = false;

        found.overtook = found.overtook || waiting;
        if (line.cut) {
            if (first && !begins_a_command(line.text, verb_len))
                found.what = SAYS_OTHER;
            break;
        }
        row = judge_command_line(&line, &proven);
        if (!row && ((first && !is_sasl_response(&line)) || reply_code(&line) > 1)) {
            found.what = SAYS_OTHER;
            found.rival =
                word_is_one_of(line.text, verb_len, rival_table, G_N_ELEMENTS(rival_table));
            break;
        }
        first = false;
        if (!row) {
            /* A SASL response, an extension's command, or a typing error. */
            continue;
        }
        found.sure = found.sure || proven;
        found.unique = found.unique || row->unique;
        waiting = waiting || row->waits;
        if (row->opaque) {
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

static evidence judge(const recognise_side *side)
{
    reader left = { .text = side->text, .len = side->len, .full = is_full(side) };

    if (side->len == 0)
        return (evidence){ .what = SAYS_NOTHING };
    return g_ascii_isdigit(side->text[0]) ? judge_replies(left) : judge_commands(left);
}

/* Judges a server's bytes beside what its client said. */
static recognise_result weigh_server(const evidence *server, const evidence *client)
{
    bool proven = client->sure || client->unique || server->unique;

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

recognise_result recognise_look(const recognise *r, unsigned side, const uint8_t *bytes, size_t len)
{
    const recognise_side *other = &r->side[!side];
    recognise_side now;
    evidence mine, theirs;
    recognise_result result;

    now.len = 0;
    append(&now, (const uint8_t *)r->side[side].text, r->side[side].len);
    append(&now, bytes, len);
    mine = judge(&now);
    theirs = judge(other);
    result = weigh(&mine, &theirs);
    if (result != RECOGNISE_MAYBE)
        return result;
    if (is_full(&now))
        return RECOGNISE_NO;
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
