/* digest.c
 * Each reply code in three half sentences, and the pairs that are taken for each other.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "digest.h"

#include <glib.h>

#include "reply.h"

/* What is the same after many codes. */
#define UNCHANGED "nothing changes in the session"
#define LATER "nothing was done; the same may work later"
#define KEEPS "it is not accepted; the client keeps the message and tries again"
#define NOT_DONE "nothing was done; the same again is refused again"
#define NO_LOGIN "nobody is logged in, and the password was not judged"

/* clang-format off */
static const catalog_digest_row digests[] = {
    { .code = 211, .usual = COMMAND_HELP,
      .answers = "HELP, or a status command of the server's own",
      .effect = UNCHANGED,
      .meant = "somebody asked for help, or how the server is" },
    { .code = 214, .usual = COMMAND_HELP,
      .answers = "HELP",
      .effect = UNCHANGED,
      .meant = "somebody asked which commands there are, or how one works" },
    { .code = 220, .usual = COMMAND_CONNECTION,
      .answers = "the opening of the connection, STARTTLS, XCLIENT",
      .effect = "the session begins; after STARTTLS, TLS does",
      .meant = "the server is ready to begin" },
    { .code = 221, .usual = COMMAND_QUIT,
      .answers = "QUIT",
      .effect = "the connection ends in good order",
      .meant = "the client has finished and said goodbye" },
    { .code = 235, .usual = COMMAND_AUTH,
      .answers = "AUTH, or the last SASL response to it",
      .effect = "the client is logged in from here on",
      .meant = "the client has proved who it is" },
    { .code = 250,
      .answers = "most commands, and the end of a message",
      .effect = "what was asked for is done",
      .meant = "a command worked, and no other code says it better" },
    { .code = 251,
      .answers = "RCPT, VRFY; with another meaning ETRN",
      .effect = "the recipient is accepted, and its mail goes on to another address",
      .meant = "the user has moved, and the server forwards the mail" },
    { .code = 252,
      .answers = "VRFY, EXPN; with another meaning ETRN",
      .effect = "nothing changes, and nothing is confirmed",
      .meant = "the server keeps to itself who exists, but would take the mail" },
    { .code = 253, .usual = COMMAND_ETRN,
      .answers = "ETRN",
      .effect = "the mail that waits is on its way",
      .meant = "the server says how many messages wait" },
    { .code = 334, .usual = COMMAND_AUTH,
      .answers = "AUTH, or a SASL response",
      .effect = "the server waits for the next SASL response; nothing is decided",
      .meant = "a login is under way, and the server needs more from the client" },
    { .code = 354, .usual = COMMAND_DATA,
      .answers = "DATA",
      .effect = "the server waits for the message; nothing is accepted yet",
      .meant = "the client may send the message now" },
    { .code = 355, .usual = COMMAND_MAIL,
      .answers = "MAIL with TRANSID",
      .effect = "the message goes on where it was interrupted",
      .meant = "the server has a part of this message already" },
    { .code = 421,
      .answers = "any command, or none at all",
      .effect = "the connection ends; what had no 250 yet has to be sent again",
      .meant = "the server stops, or has enough of this client for now, whatever was asked" },
    { .code = 422, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = NO_LOGIN,
      .meant = "the account has to be made ready for this mechanism first" },
    { .code = 432, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = NO_LOGIN,
      .meant = "the account has to be made ready for this mechanism first" },
    { .code = 450,
      .answers = "MAIL, RCPT, the end of a message",
      .effect = KEEPS,
      .meant = "the mailbox is busy, or a policy such as greylisting says: not now" },
    { .code = 451,
      .answers = "any command, mostly RCPT and the end of a message",
      .effect = KEEPS,
      .meant = "something failed on the server's side: a lookup, a filter, a disk" },
    { .code = 452,
      .answers = "MAIL, RCPT, the end of a message",
      .effect = KEEPS,
      .meant = "the server has no room, or enough recipients for one message" },
    { .code = 453, .usual = COMMAND_ATRN,
      .answers = "ATRN",
      .effect = UNCHANGED,
      .meant = "no mail waits for this client" },
    { .code = 454,
      .answers = "AUTH, STARTTLS",
      .effect = "no login, or no TLS; the same may work later",
      .meant = "the server can't check logins, or can't start TLS, at the moment" },
    { .code = 455,
      .answers = "MAIL, RCPT",
      .effect = LATER,
      .meant = "the server knows the parameter, but can't honour it now" },
    { .code = 458, .usual = COMMAND_ETRN,
      .answers = "ETRN",
      .effect = LATER,
      .meant = "the server can't start to deliver what waits" },
    { .code = 459, .usual = COMMAND_ETRN,
      .answers = "ETRN",
      .effect = "nothing was done",
      .meant = "this client may not ask for the mail of that host" },
    { .code = 500,
      .answers = "any line",
      .effect = NOT_DONE,
      .meant = "the server can't read the line as a command at all" },
    { .code = 501,
      .answers = "any command",
      .effect = NOT_DONE,
      .meant = "the command is known, but what follows it is malformed" },
    { .code = 502,
      .answers = "any command",
      .effect = NOT_DONE,
      .meant = "the command is known, but not offered here" },
    { .code = 503,
      .answers = "any command",
      .effect = "nothing was done; it may work once the missing step is made",
      .meant = "the command is known, but comes at the wrong moment" },
    { .code = 504,
      .answers = "any command with an argument, mostly AUTH",
      .effect = NOT_DONE,
      .meant = "the command is known, but not with this argument or mechanism" },
    { .code = 521, .usual = COMMAND_CONNECTION,
      .answers = "the opening of the connection",
      .effect = "there is no session",
      .meant = "this host takes no mail, from anybody" },
    { .code = 523, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = NO_LOGIN,
      .meant = "encryption has to come before the login" },
    { .code = 524, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = NO_LOGIN,
      .meant = "this mechanism is only allowed inside TLS" },
    { .code = 525, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = "nobody is logged in",
      .meant = "the account is disabled, whatever the password is" },
    { .code = 530,
      .answers = "MAIL and most other commands; AUTH if TLS has to come first",
      .effect = "nothing was done; it may work after the login, or inside TLS",
      .meant = "something has to come first: a login, or STARTTLS" },
    { .code = 534, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = NO_LOGIN,
      .meant = "the mechanism is too weak for this user" },
    { .code = 535, .usual = COMMAND_AUTH,
      .answers = "AUTH, or the last SASL response to it",
      .effect = "nobody is logged in; the client may try again",
      .meant = "the server does not accept the user name or the secret" },
    { .code = 538, .usual = COMMAND_AUTH,
      .answers = "AUTH",
      .effect = NO_LOGIN,
      .meant = "this mechanism is only allowed inside TLS" },
    { .code = 541,
      .answers = "RCPT, the end of a message",
      .effect = NOT_DONE,
      .meant = "a filter takes it for spam; no RFC defines this code" },
    { .code = 550,
      .answers = "nearly any command, mostly RCPT and the end of a message",
      .effect = NOT_DONE,
      .meant = "the mailbox does not exist, or a policy forbids it" },
    { .code = 551,
      .answers = "RCPT, VRFY",
      .effect = NOT_DONE,
      .meant = "the user has moved, and the server does not forward the mail" },
    { .code = 552,
      .answers = "MAIL, RCPT, the end of a message",
      .effect = NOT_DONE,
      .meant = "it is too much: a message too big, or a mailbox full" },
    { .code = 553,
      .answers = "MAIL, RCPT, VRFY",
      .effect = NOT_DONE,
      .meant = "the address itself is not allowed: its form, or for this client" },
    { .code = 554,
      .answers = "nearly anything, the opening of the connection included",
      .effect = NOT_DONE,
      .meant = "it is refused for good, and no other code says why" },
    { .code = 555,
      .answers = "MAIL, RCPT",
      .effect = NOT_DONE,
      .meant = "the server does not know a parameter behind the address" },
    { .code = 556, .usual = COMMAND_RCPT,
      .answers = "RCPT",
      .effect = NOT_DONE,
      .meant = "the recipient's domain says that it takes no mail" },
};

#define UNDEFINED "nothing that an RFC knows"

/* By first digit. */
static const catalog_digest_row undefined[] = {
    [2] = { .answers = UNDEFINED, .effect = "what was asked for is done",
            .meant = "the server means success in some way of its own" },
    [3] = { .answers = UNDEFINED, .effect = "the server waits for more",
            .meant = "the server wants something that its manual should tell" },
    [4] = { .answers = UNDEFINED, .effect = LATER,
            .meant = "the server means a failure that passes, in some way of its own" },
    [5] = { .answers = UNDEFINED, .effect = NOT_DONE,
            .meant = "the server means a refusal for good, in some way of its own" },
};

static const struct {
    uint16_t a, b; /* a < b */
    const char *note;
} pairs[] = {
    { 211, 214, "Both may answer HELP: 214 is the usual one. Nothing depends on which of them comes." },
    { 211, 220, "Both carry words for people. Only 220 begins something: a session, or TLS." },
    { 211, 235, "Did the login work? Only 235 says so. A client that looks at the first digit alone takes 211 for a login." },
    { 211, 250, "211 is only ever text to read. 250 says that a command was carried out." },
    { 211, 334, "334 is a step of a login and wants an answer. 211 wants none and belongs to no login." },
    { 211, 535, "535 refuses a login. 211 says nothing about one, neither good nor bad." },
    { 214, 235, "214 is help text. Only 235 says that a login worked." },
    { 220, 235, "220 after STARTTLS begins TLS, which is no login. Only 235 says that the client is known." },
    { 220, 250, "To STARTTLS, only 220 starts TLS: after a 250 nothing is encrypted." },
    { 220, 421, "Both can be the first line: 220 lets the client in, 421 sends it away for now." },
    { 220, 554, "Both can be the first line: 220 lets the client in, 554 sends it away for good." },
    { 221, 421, "221 was asked for with QUIT. 421 was not: look for the reason, and send again what had no 250." },
    { 235, 250, "To AUTH, only 235 means a login. A client that got 250 there can't rely on being known." },
    { 235, 334, "334 is neither good nor bad news: the login goes on. The reply after the last 334 decides." },
    { 235, 503, "503 to a second AUTH is harmless: the 235 before it still holds." },
    { 235, 530, "530 asks for the login that 235 confirms, or for TLS. No mail is accepted before." },
    { 235, 535, "They are the two ends of a login: 235 let the client in, 535 did not." },
    { 250, 251, "Both accept the recipient. 251 adds that the mail goes on to another address." },
    { 250, 252, "To VRFY, 250 confirms the mailbox. 252 confirms nothing." },
    { 250, 354, "354 accepts nothing: only the 250 after the final dot says that the server has the message." },
    { 251, 551, "251 passes the mail on by itself. After 551, the sender has to use the new address." },
    { 334, 354, "Both wait for the client: 334 for a SASL response, 354 for the message." },
    { 334, 535, "334 has decided nothing. 535 has: against the login." },
    { 421, 450, "421 ends the session, 450 only this command: the client can go on with others." },
    { 421, 451, "421 ends the session, 451 only this command: the client can go on with others." },
    { 421, 554, "As a greeting: after 421 the client comes back later, after 554 it gives up." },
    { 432, 535, "Only 535 blames the user name or the secret. After 432, the same password works once the account is ready." },
    { 450, 451, "450 is about the mailbox or a policy, 451 about a fault of the server. Greylisting uses both: the text tells." },
    { 450, 550, "The same reasons, but 450 may pass by itself. After 550, the message goes back to its sender." },
    { 451, 554, "451 may pass by itself, 554 not: the message goes back to its sender." },
    { 452, 552, "452 may pass by itself, 552 not: something has to get smaller, or room has to be made." },
    { 454, 535, "Only 535 judges the password. After 454, don't change it: the server could not look." },
    { 500, 502, "500 can't read the command, 502 knows it and does not offer it. For VRFY or HELP, both are harmless." },
    { 500, 501, "500 is about the verb, 501 about what follows it." },
    { 501, 504, "501 can't read the argument, 504 reads it and does not support it." },
    { 502, 503, "After 502, the command never works here. After 503, it does at the right moment." },
    { 503, 530, "Both say that a step is missing. 530 says which kind: a login, or TLS." },
    { 521, 554, "Both can be a greeting: 521 takes mail from nobody, 554 perhaps only not from this client." },
    { 521, 556, "521 is what the host says of itself, 556 what a server says of the recipient's domain." },
    { 525, 535, "535 blames the user name or the secret, 525 the account: another password does not help." },
    { 530, 535, "530 asks for a login or for TLS, 535 has judged a login. After 530, no password is wrong." },
    { 530, 538, "530 to AUTH wants TLS before any login, 538 only before this mechanism." },
    { 530, 550, "After 530 the client logs in or starts TLS. Some servers say 550 for that, too: read the text." },
    { 534, 535, "535 blames the user name or the secret, 534 the mechanism: the password may be right." },
    { 534, 538, "534 wants another mechanism, 538 the same one inside TLS." },
    { 535, 550, "535 is about the login, 550 mostly about a recipient or a message. As an answer to AUTH, read the text." },
    { 550, 551, "551 knows where the user has gone. 550 doesn't, or doesn't say." },
    { 550, 552, "550 is about who or what it is, 552 about how much." },
    { 550, 553, "550 takes the address for one that could exist, 553 already objects to the address as such." },
    { 550, 554, "550 is about a mailbox or a policy, 554 about anything. Servers mix them: the text and the enhanced code tell." },
    { 550, 556, "550 is about this mailbox, 556 about its whole domain." },
};
/* clang-format on */

static const char *const categories[] = {
    [2] = "2: done (Positive Completion)",
    [3] = "3: go on, the server waits for more (Positive Intermediate)",
    [4] = "4: refused for now (Transient Negative Completion)",
    [5] = "5: refused for good (Permanent Negative Completion)",
};

static const char *const topics[] = {
    [0] = "0: syntax",         [1] = "1: information",
    [2] = "2: the connection", [3] = "3: logging in (RFC 4954)",
    [4] = "4: unspecified",    [5] = "5: the mail system",
    [6] = "6: no meaning",     [7] = "7: no meaning",
    [8] = "8: no meaning",     [9] = "9: no meaning",
};

const catalog_digest_row *catalog_digest(unsigned code)
{
    for (size_t i = 0; i < G_N_ELEMENTS(digests); i++)
        if (digests[i].code == code)
            return &digests[i];
    return &undefined[CLAMP(reply_category(code), 2, 5)];
}

const char *catalog_pair(unsigned a, unsigned b)
{
    for (size_t i = 0; i < G_N_ELEMENTS(pairs); i++)
        if (pairs[i].a == MIN(a, b) && pairs[i].b == MAX(a, b))
            return pairs[i].note;
    return NULL;
}

const catalog_digest_row *catalog_digests(size_t *count)
{
    *count = G_N_ELEMENTS(digests);
    return digests;
}

static const char *at(const char *const *texts, size_t count, unsigned digit)
{
    return digit < count && texts[digit] != NULL ? texts[digit] : "";
}

const char *catalog_category(unsigned code)
{
    return at(categories, G_N_ELEMENTS(categories), reply_category(code));
}

const char *catalog_topic(unsigned code)
{
    return at(topics, G_N_ELEMENTS(topics), reply_topic(code));
}
