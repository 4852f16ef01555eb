/* digest.c
 * Each reply code in three half sentences, and the pairs that are taken for each other.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "digest.h"

#include <glib.h>

#include "language.h"
#include "reply.h"

/* What is the same after many codes. */
#define UNCHANGED N_("nothing changes in the session")
#define LATER N_("nothing was done; the same may work later")
#define KEEPS N_("it is not accepted; the client keeps the message and tries again")
#define NOT_DONE N_("nothing was done; the same again is refused again")
#define NO_LOGIN N_("nobody is logged in, and the password was not judged")

/* clang-format off */
static const catalog_digest_row digests[] = {
    { .code = 211, .usual = COMMAND_HELP,
      .answers = N_("HELP, or a status command of the server's own"),
      .effect = UNCHANGED,
      .meant = N_("somebody asked for help, or how the server is") },
    { .code = 214, .usual = COMMAND_HELP,
      .answers = N_("HELP"),
      .effect = UNCHANGED,
      .meant = N_("somebody asked which commands there are, or how one works") },
    { .code = 220, .usual = COMMAND_CONNECTION,
      .answers = N_("the opening of the connection, STARTTLS, XCLIENT"),
      .effect = N_("the session begins; after STARTTLS, TLS does"),
      .meant = N_("the server is ready to begin") },
    { .code = 221, .usual = COMMAND_QUIT,
      .answers = N_("QUIT"),
      .effect = N_("the connection ends in good order"),
      .meant = N_("the client has finished and said goodbye") },
    { .code = 235, .usual = COMMAND_AUTH,
      .answers = N_("AUTH, or the last SASL response to it"),
      .effect = N_("the client is logged in from here on"),
      .meant = N_("the client has proved who it is") },
    { .code = 250,
      .answers = N_("most commands, and the end of a message"),
      .effect = N_("what was asked for is done"),
      .meant = N_("a command worked, and no other code says it better") },
    { .code = 251,
      .answers = N_("RCPT, VRFY; with another meaning ETRN"),
      .effect = N_("the recipient is accepted, and its mail goes on to another address"),
      .meant = N_("the user has moved, and the server forwards the mail") },
    { .code = 252,
      .answers = N_("VRFY, EXPN; with another meaning ETRN"),
      .effect = N_("nothing changes, and nothing is confirmed"),
      .meant = N_("the server keeps to itself who exists, but would take the mail") },
    { .code = 253, .usual = COMMAND_ETRN,
      .answers = N_("ETRN"),
      .effect = N_("the mail that waits is on its way"),
      .meant = N_("the server says how many messages wait") },
    { .code = 334, .usual = COMMAND_AUTH,
      .answers = N_("AUTH, or a SASL response"),
      .effect = N_("the server waits for the next SASL response; nothing is decided"),
      .meant = N_("a login is under way, and the server needs more from the client") },
    { .code = 354, .usual = COMMAND_DATA,
      .answers = N_("DATA"),
      .effect = N_("the server waits for the message; nothing is accepted yet"),
      .meant = N_("the client may send the message now") },
    { .code = 355, .usual = COMMAND_MAIL,
      .answers = N_("MAIL with TRANSID"),
      .effect = N_("the message goes on where it was interrupted"),
      .meant = N_("the server has a part of this message already") },
    { .code = 421,
      .answers = N_("any command, or none at all"),
      .effect = N_("the connection ends; what had no 250 yet has to be sent again"),
      .meant = N_("the server stops, or has enough of this client for now, whatever was asked") },
    { .code = 422, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = NO_LOGIN,
      .meant = N_("the account has to be made ready for this mechanism first") },
    { .code = 432, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = NO_LOGIN,
      .meant = N_("the account has to be made ready for this mechanism first") },
    { .code = 450,
      .answers = N_("MAIL, RCPT, the end of a message"),
      .effect = KEEPS,
      .meant = N_("the mailbox is busy, or a policy such as greylisting says: not now") },
    { .code = 451,
      .answers = N_("any command, mostly RCPT and the end of a message"),
      .effect = KEEPS,
      .meant = N_("something failed on the server's side: a lookup, a filter, a disk") },
    { .code = 452,
      .answers = N_("MAIL, RCPT, the end of a message"),
      .effect = KEEPS,
      .meant = N_("the server has no room, or enough recipients for one message") },
    { .code = 453, .usual = COMMAND_ATRN,
      .answers = N_("ATRN"),
      .effect = UNCHANGED,
      .meant = N_("no mail waits for this client") },
    { .code = 454,
      .answers = N_("AUTH, STARTTLS"),
      .effect = N_("no login, or no TLS; the same may work later"),
      .meant = N_("the server can't check logins, or can't start TLS, at the moment") },
    { .code = 455,
      .answers = N_("MAIL, RCPT"),
      .effect = LATER,
      .meant = N_("the server knows the parameter, but can't honour it now") },
    { .code = 458, .usual = COMMAND_ETRN,
      .answers = N_("ETRN"),
      .effect = LATER,
      .meant = N_("the server can't start to deliver what waits") },
    { .code = 459, .usual = COMMAND_ETRN,
      .answers = N_("ETRN"),
      .effect = N_("nothing was done"),
      .meant = N_("this client may not ask for the mail of that host") },
    { .code = 500,
      .answers = N_("any line"),
      .effect = NOT_DONE,
      .meant = N_("the server can't read the line as a command at all") },
    { .code = 501,
      .answers = N_("any command"),
      .effect = NOT_DONE,
      .meant = N_("the command is known, but what follows it is malformed") },
    { .code = 502,
      .answers = N_("any command"),
      .effect = NOT_DONE,
      .meant = N_("the command is known, but not offered here") },
    { .code = 503,
      .answers = N_("any command"),
      .effect = N_("nothing was done; it may work once the missing step is made"),
      .meant = N_("the command is known, but comes at the wrong moment") },
    { .code = 504,
      .answers = N_("any command with an argument, mostly AUTH"),
      .effect = NOT_DONE,
      .meant = N_("the command is known, but not with this argument or mechanism") },
    { .code = 521, .usual = COMMAND_CONNECTION,
      .answers = N_("the opening of the connection"),
      .effect = N_("there is no session"),
      .meant = N_("this host takes no mail, from anybody") },
    { .code = 523, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = NO_LOGIN,
      .meant = N_("encryption has to come before the login") },
    { .code = 524, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = NO_LOGIN,
      .meant = N_("this mechanism is only allowed inside TLS") },
    { .code = 525, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = N_("nobody is logged in"),
      .meant = N_("the account is disabled, whatever the password is") },
    { .code = 530,
      .answers = N_("MAIL and most other commands; AUTH if TLS has to come first"),
      .effect = N_("nothing was done; it may work after the login, or inside TLS"),
      .meant = N_("something has to come first: a login, or STARTTLS") },
    { .code = 534, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = NO_LOGIN,
      .meant = N_("the mechanism is too weak for this user") },
    { .code = 535, .usual = COMMAND_AUTH,
      .answers = N_("AUTH, or the last SASL response to it"),
      .effect = N_("nobody is logged in; the client may try again"),
      .meant = N_("the server does not accept the user name or the secret") },
    { .code = 538, .usual = COMMAND_AUTH,
      .answers = N_("AUTH"),
      .effect = NO_LOGIN,
      .meant = N_("this mechanism is only allowed inside TLS") },
    { .code = 541,
      .answers = N_("RCPT, the end of a message"),
      .effect = NOT_DONE,
      .meant = N_("a filter takes it for spam; no RFC defines this code") },
    { .code = 550,
      .answers = N_("nearly any command, mostly RCPT and the end of a message"),
      .effect = NOT_DONE,
      .meant = N_("the mailbox does not exist, or a policy forbids it") },
    { .code = 551,
      .answers = N_("RCPT, VRFY"),
      .effect = NOT_DONE,
      .meant = N_("the user has moved, and the server does not forward the mail") },
    { .code = 552,
      .answers = N_("MAIL, RCPT, the end of a message"),
      .effect = NOT_DONE,
      .meant = N_("it is too much: a message too big, or a mailbox full") },
    { .code = 553,
      .answers = N_("MAIL, RCPT, VRFY"),
      .effect = NOT_DONE,
      .meant = N_("the address itself is not allowed: its form, or for this client") },
    { .code = 554,
      .answers = N_("nearly anything, the opening of the connection included"),
      .effect = NOT_DONE,
      .meant = N_("it is refused for good, and no other code says why") },
    { .code = 555,
      .answers = N_("MAIL, RCPT"),
      .effect = NOT_DONE,
      .meant = N_("the server does not know a parameter behind the address") },
    { .code = 556, .usual = COMMAND_RCPT,
      .answers = N_("RCPT"),
      .effect = NOT_DONE,
      .meant = N_("the recipient's domain says that it takes no mail") },
};

#define UNDEFINED N_("nothing that an RFC knows")

/* By first digit. */
static const catalog_digest_row undefined[] = {
    [2] = { .answers = UNDEFINED, .effect = N_("what was asked for is done"),
            .meant = N_("the server means success in some way of its own") },
    [3] = { .answers = UNDEFINED, .effect = N_("the server waits for more"),
            .meant = N_("the server wants something that its manual should tell") },
    [4] = { .answers = UNDEFINED, .effect = LATER,
            .meant = N_("the server means a failure that passes, in some way of its own") },
    [5] = { .answers = UNDEFINED, .effect = NOT_DONE,
            .meant = N_("the server means a refusal for good, in some way of its own") },
};

static const struct {
    uint16_t a, b; /* a < b */
    const char *note;
} pairs[] = {
    { 211, 214, N_("Both may answer HELP: 214 is the usual one. Nothing depends on which of them comes.") },
    { 211, 220, N_("Both carry words for people. Only 220 begins something: a session, or TLS.") },
    { 211, 235, N_("Did the login work? Only 235 says so. A client that looks at the first digit alone takes 211 for a login.") },
    { 211, 250, N_("211 is only ever text to read. 250 says that a command was carried out.") },
    { 211, 334, N_("334 is a step of a login and wants an answer. 211 wants none and belongs to no login.") },
    { 211, 535, N_("535 refuses a login. 211 says nothing about one, neither good nor bad.") },
    { 214, 235, N_("214 is help text. Only 235 says that a login worked.") },
    { 220, 235, N_("220 after STARTTLS begins TLS, which is no login. Only 235 says that the client is known.") },
    { 220, 250, N_("To STARTTLS, only 220 starts TLS: after a 250 nothing is encrypted.") },
    { 220, 421, N_("Both can be the first line: 220 lets the client in, 421 sends it away for now.") },
    { 220, 554, N_("Both can be the first line: 220 lets the client in, 554 sends it away for good.") },
    { 221, 421, N_("221 was asked for with QUIT. 421 was not: look for the reason, and send again what had no 250.") },
    { 235, 250, N_("To AUTH, only 235 means a login. A client that got 250 there can't rely on being known.") },
    { 235, 334, N_("334 is neither good nor bad news: the login goes on. The reply after the last 334 decides.") },
    { 235, 503, N_("503 to a second AUTH is harmless: the 235 before it still holds.") },
    { 235, 530, N_("530 asks for the login that 235 confirms, or for TLS. No mail is accepted before.") },
    { 235, 535, N_("They are the two ends of a login: 235 let the client in, 535 did not.") },
    { 250, 251, N_("Both accept the recipient. 251 adds that the mail goes on to another address.") },
    { 250, 252, N_("To VRFY, 250 confirms the mailbox. 252 confirms nothing.") },
    { 250, 354, N_("354 accepts nothing: only the 250 after the final dot says that the server has the message.") },
    { 251, 551, N_("251 passes the mail on by itself. After 551, the sender has to use the new address.") },
    { 334, 354, N_("Both wait for the client: 334 for a SASL response, 354 for the message.") },
    { 334, 535, N_("334 has decided nothing. 535 has: against the login.") },
    { 421, 450, N_("421 ends the session, 450 only this command: the client can go on with others.") },
    { 421, 451, N_("421 ends the session, 451 only this command: the client can go on with others.") },
    { 421, 554, N_("As a greeting: after 421 the client comes back later, after 554 it gives up.") },
    { 432, 535, N_("Only 535 blames the user name or the secret. After 432, the same password works once the account is ready.") },
    { 450, 451, N_("450 is about the mailbox or a policy, 451 about a fault of the server. Greylisting uses both: the text tells.") },
    { 450, 550, N_("The same reasons, but 450 may pass by itself. After 550, the message goes back to its sender.") },
    { 451, 554, N_("451 may pass by itself, 554 not: the message goes back to its sender.") },
    { 452, 552, N_("452 may pass by itself, 552 not: something has to get smaller, or room has to be made.") },
    { 454, 535, N_("Only 535 judges the password. After 454, don't change it: the server could not look.") },
    { 500, 502, N_("500 can't read the command, 502 knows it and does not offer it. For VRFY or HELP, both are harmless.") },
    { 500, 501, N_("500 is about the verb, 501 about what follows it.") },
    { 501, 504, N_("501 can't read the argument, 504 reads it and does not support it.") },
    { 502, 503, N_("After 502, the command never works here. After 503, it does at the right moment.") },
    { 503, 530, N_("Both say that a step is missing. 530 says which kind: a login, or TLS.") },
    { 521, 554, N_("Both can be a greeting: 521 takes mail from nobody, 554 perhaps only not from this client.") },
    { 521, 556, N_("521 is what the host says of itself, 556 what a server says of the recipient's domain.") },
    { 525, 535, N_("535 blames the user name or the secret, 525 the account: another password does not help.") },
    { 530, 535, N_("530 asks for a login or for TLS, 535 has judged a login. After 530, no password is wrong.") },
    { 530, 538, N_("530 to AUTH wants TLS before any login, 538 only before this mechanism.") },
    { 530, 550, N_("After 530 the client logs in or starts TLS. Some servers say 550 for that, too: read the text.") },
    { 534, 535, N_("535 blames the user name or the secret, 534 the mechanism: the password may be right.") },
    { 534, 538, N_("534 wants another mechanism, 538 the same one inside TLS.") },
    { 535, 550, N_("535 is about the login, 550 mostly about a recipient or a message. As an answer to AUTH, read the text.") },
    { 550, 551, N_("551 knows where the user has gone. 550 doesn't, or doesn't say.") },
    { 550, 552, N_("550 is about who or what it is, 552 about how much.") },
    { 550, 553, N_("550 takes the address for one that could exist, 553 already objects to the address as such.") },
    { 550, 554, N_("550 is about a mailbox or a policy, 554 about anything. Servers mix them: the text and the enhanced code tell.") },
    { 550, 556, N_("550 is about this mailbox, 556 about its whole domain.") },
};
/* clang-format on */

static const char *const categories[] = {
    [2] = N_("2: done (Positive Completion)"),
    [3] = N_("3: go on, the server waits for more (Positive Intermediate)"),
    [4] = N_("4: refused for now (Transient Negative Completion)"),
    [5] = N_("5: refused for good (Permanent Negative Completion)"),
};

static const char *const topics[] = {
    [0] = N_("0: syntax"),         [1] = N_("1: information"),
    [2] = N_("2: the connection"), [3] = N_("3: logging in (RFC 4954)"),
    [4] = N_("4: unspecified"),    [5] = N_("5: the mail system"),
    [6] = N_("6: no meaning"),     [7] = N_("7: no meaning"),
    [8] = N_("8: no meaning"),     [9] = N_("9: no meaning"),
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
