/* enhanced.c
 * What enhanced status codes say (RFC 3463 and the registry that RFC 5248 opened).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

#include <glib.h>

#include "language.h"

/* A row is as long as its sentences. */
/* clang-format off */

/* Detail 0 of a subject: nothing closer is known. */
#define OTHER(about, good, what) { .subject = about, .detail = 0, .success = good, .failure = what }

const catalog_enhanced_row catalog_enhanced_table[] = {
    {
        .subject = 0, .detail = 0,
        .success = N_("Success. The server says nothing more about it."),
        .temporary = N_("A temporary failure without details: read the text. The client may try again later."),
        .permanent = N_("A permanent failure without details: read the text. Sending it again unchanged will not help."),
    },

    OTHER(1, N_("Success. It concerns an address: the server accepts it."), N_("There is a problem with an address, and the server gives no details.")),
    {
        .subject = 1, .detail = 1,
        .stands_for = N_("no such mailbox"),
        .failure = N_("The recipient's mailbox (left of the '@') does not exist."),
    },
    {
        .subject = 1, .detail = 2,
        .stands_for = N_("the recipient's domain takes no mail"),
        .failure = N_("The recipient's domain (right of the '@') does not exist or takes no mail."),
    },
    {
        .subject = 1, .detail = 3,
        .stands_for = N_("malformed recipient address"),
        .failure = N_("The recipient's address is malformed: check its spelling."),
    },
    {
        .subject = 1, .detail = 4,
        .stands_for = N_("ambiguous recipient address"),
        .failure = N_("The recipient's address fits more than one mailbox: use the full address."),
    },
    {
        .subject = 1, .detail = 5,
        .success = N_("Success. The recipient's address is valid and accepted."),
        .failure = N_("The recipient's address is valid, yet the server refuses: look for the reason in the text."),
    },
    {
        .subject = 1, .detail = 6,
        .stands_for = N_("mailbox moved away"),
        .failure = N_("The mailbox existed but has moved, and no new address is known."),
    },
    {
        .subject = 1, .detail = 7,
        .stands_for = N_("malformed sender address"),
        .failure = N_("The sender's address is malformed: check it in the client."),
    },
    {
        .subject = 1, .detail = 8,
        .stands_for = N_("bad sender domain"),
        .failure = N_("The sender's domain does not exist or takes no replies: check its DNS records."),
    },
    {
        .subject = 1, .detail = 9,
        .success = N_("Success. The message went on to a system that sends no delivery reports, so no confirmation will follow."),
        .failure = N_("The message went to a system that does not follow the rules for delivery reports, and it failed there."),
    },
    {
        .subject = 1, .detail = 10,
        .stands_for = N_("the recipient's domain has a null MX"),
        .failure = N_("The recipient's domain declares with a null MX record that it accepts no mail."),
    },

    OTHER(2, N_("Success. It concerns a mailbox: the server has no complaint about it."), N_("There is a problem with the recipient's mailbox, and the server gives no details.")),
    {
        .subject = 2, .detail = 1,
        .stands_for = N_("mailbox disabled"),
        .failure = N_("The mailbox exists but is disabled and takes no mail."),
    },
    {
        .subject = 2, .detail = 2,
        .stands_for = N_("mailbox full"),
        .failure = N_("The mailbox is full: its owner has to free up space."),
    },
    {
        .subject = 2, .detail = 3,
        .stands_for = N_("message over a limit"),
        .failure = N_("The message is larger than the administrator allows for this mailbox."),
    },
    {
        .subject = 2, .detail = 4,
        .stands_for = N_("mailing list not expanded"),
        .failure = N_("The server could not expand the mailing list into its members."),
    },

    OTHER(3, N_("Success. It concerns the mail system, which works as it should."), N_("There is a problem with the server's mail system, and the server gives no details.")),
    {
        .subject = 3, .detail = 1,
        .stands_for = N_("mail system full"),
        .failure = N_("The server's mail storage is full: check its disks."),
    },
    {
        .subject = 3, .detail = 2,
        .stands_for = N_("no mail accepted now"),
        .failure = N_("The server accepts no mail from the network: it is shutting down, overloaded or under maintenance."),
    },
    {
        .subject = 3, .detail = 3,
        .stands_for = N_("feature missing"),
        .failure = N_("The server does not support a feature that this message needs."),
    },
    {
        .subject = 3, .detail = 4,
        .stands_for = N_("message too big"),
        .failure = N_("The message is bigger than the server accepts: compare it with SIZE in the EHLO reply."),
    },
    {
        .subject = 3, .detail = 5,
        .stands_for = N_("faulty configuration"),
        .failure = N_("The server is not configured correctly: its administrator has to look at it."),
    },
    {
        .subject = 3, .detail = 6,
        .success = N_("Success. The server accepts the message but changed the priority that the client asked for."),
        .failure = N_("The server changed the requested priority, and the request failed."),
    },

    OTHER(4, N_("Success. It concerns the network or routing, which work as they should."), N_("There is a problem with the network or routing, and the server gives no details.")),
    {
        .subject = 4, .detail = 1,
        .stands_for = N_("no answer from the next host"),
        .failure = N_("The next host did not answer the connection: check the network, firewalls and that host."),
    },
    {
        .subject = 4, .detail = 2,
        .stands_for = N_("connection broke"),
        .failure = N_("The connection broke or timed out before the exchange was complete."),
    },
    {
        .subject = 4, .detail = 3,
        .stands_for = N_("directory or DNS failed"),
        .failure = N_("A directory or DNS lookup failed: check the resolver and the directory server."),
    },
    {
        .subject = 4, .detail = 4,
        .stands_for = N_("no route"),
        .failure = N_("The server found no route to the destination: check MX records and routing tables."),
    },
    {
        .subject = 4, .detail = 5,
        .stands_for = N_("congestion"),
        .failure = N_("The mail system is congested and accepts no more mail at the moment."),
    },
    {
        .subject = 4, .detail = 6,
        .stands_for = N_("routing loop"),
        .failure = N_("The message is looping between servers: check forwarding rules and the message's Received lines."),
    },
    {
        .subject = 4, .detail = 7,
        .stands_for = N_("delivery time expired"),
        .failure = N_("The message stayed in the queue for too long, and the server gave up on it."),
    },

    OTHER(5, N_("Success. It concerns the SMTP dialogue, and the command was accepted."), N_("There is a problem with the SMTP dialogue, and the server gives no details.")),
    {
        .subject = 5, .detail = 1,
        .stands_for = N_("invalid command"),
        .failure = N_("The command is not supported, or came at the wrong moment."),
    },
    {
        .subject = 5, .detail = 2,
        .stands_for = N_("syntax error"),
        .failure = N_("The server could not read the command: a syntax error, an unknown verb or a line that is too long."),
    },
    {
        .subject = 5, .detail = 3,
        .stands_for = N_("too many recipients"),
        .failure = N_("The message has more recipients than the server accepts at once: send it in several transactions."),
    },
    {
        .subject = 5, .detail = 4,
        .stands_for = N_("invalid arguments"),
        .failure = N_("An argument of the command is invalid or not supported."),
    },
    {
        .subject = 5, .detail = 5,
        .stands_for = N_("wrong protocol version"),
        .failure = N_("Client and server do not agree on a protocol version."),
    },
    {
        .subject = 5, .detail = 6,
        .stands_for = N_("authentication line too long"),
        .failure = N_("A line of the SASL exchange is longer than the server accepts (RFC 4954 allows 12288 octets)."),
    },

    OTHER(6, N_("Success. It concerns the content of the message, which is accepted."), N_("There is a problem with the content of the message, and the server gives no details.")),
    {
        .subject = 6, .detail = 1,
        .stands_for = N_("media type not supported"),
        .failure = N_("The server or the next host does not support the message's content type."),
    },
    {
        .subject = 6, .detail = 2,
        .stands_for = N_("conversion required but prohibited"),
        .failure = N_("The content would have to be converted to be passed on, but conversion is not allowed."),
    },
    {
        .subject = 6, .detail = 3,
        .stands_for = N_("conversion not supported"),
        .failure = N_("The content would have to be converted to be passed on, but the server cannot do it."),
    },
    {
        .subject = 6, .detail = 4,
        .success = N_("Success. The message was converted along the way, and something was lost."),
        .failure = N_("The content cannot be converted without loss, and the sender or the server does not allow that."),
    },
    {
        .subject = 6, .detail = 5,
        .stands_for = N_("conversion failed"),
        .failure = N_("The server tried to convert the content and failed."),
    },
    {
        .subject = 6, .detail = 6,
        .stands_for = N_("message content not available"),
        .failure = N_("The server could not fetch the content of the message, for example by BURL."),
    },
    {
        .subject = 6, .detail = 7,
        .stands_for = N_("non-ASCII address"),
        .failure = N_("An address has non-ASCII characters, and the server does not permit them here."),
    },
    {
        .subject = 6, .detail = 8,
        .stands_for = N_("UTF-8 reply not permitted"),
        .failure = N_("The reply would need UTF-8, but the client did not permit it."),
    },
    {
        .subject = 6, .detail = 9,
        .stands_for = N_("UTF-8 header fields cannot be passed on"),
        .failure = N_("The message has UTF-8 header fields, and the next host cannot take them (no SMTPUTF8)."),
    },

    {
        .subject = 7, .detail = 0,
        .success = N_("Success. It concerns security: with 235 it says that the authentication succeeded."),
        .temporary = N_("A security or policy service failed for the moment: with 454, the credentials could not be checked. The client may try again later."),
        .permanent = N_("Refused for security or policy reasons, with no further details: with 530, authentication or STARTTLS must come first."),
    },
    {
        .subject = 7, .detail = 1,
        .stands_for = N_("delivery not authorized"),
        .failure = N_("A policy does not let this client send this message there: relaying denied, block list or filter."),
    },
    {
        .subject = 7, .detail = 2,
        .stands_for = N_("list not open to the sender"),
        .failure = N_("The sender may not send to this mailing list."),
    },
    {
        .subject = 7, .detail = 3,
        .stands_for = N_("security conversion impossible"),
        .failure = N_("The message would have to be converted from one security scheme to another, which is not possible."),
    },
    {
        .subject = 7, .detail = 4,
        .stands_for = N_("security feature missing"),
        .failure = N_("The message or the command needs a security feature that the server does not support."),
    },
    {
        .subject = 7, .detail = 5,
        .stands_for = N_("cryptographic failure"),
        .failure = N_("A cryptographic operation failed, for example decryption for lack of a key."),
    },
    {
        .subject = 7, .detail = 6,
        .stands_for = N_("algorithm not supported"),
        .failure = N_("The server does not support the encryption or signature algorithm that is needed."),
    },
    {
        .subject = 7, .detail = 7,
        .stands_for = N_("message altered"),
        .failure = N_("The message was altered in transit: its integrity check failed."),
    },
    {
        .subject = 7, .detail = 8,
        .stands_for = N_("credentials invalid"),
        .failure = N_("The credentials are not accepted: check user name and password, app password or token."),
    },
    {
        .subject = 7, .detail = 9,
        .stands_for = N_("mechanism too weak"),
        .failure = N_("The SASL mechanism is weaker than the server's policy allows for this user."),
    },
    {
        .subject = 7, .detail = 10,
        .stands_for = N_("encryption needed"),
        .failure = N_("Encryption must come first, or a stronger SASL mechanism: switch TLS on in the client."),
    },
    {
        .subject = 7, .detail = 11,
        .stands_for = N_("mechanism needs encryption"),
        .failure = N_("This SASL mechanism is only allowed under TLS: switch TLS on in the client."),
    },
    {
        .subject = 7, .detail = 12,
        .stands_for = N_("password transition needed"),
        .failure = N_("The account needs a password transition: log in once with PLAIN under TLS."),
    },
    {
        .subject = 7, .detail = 13,
        .stands_for = N_("account disabled"),
        .failure = N_("The account is disabled: only its administrator can enable it."),
    },
    {
        .subject = 7, .detail = 14,
        .stands_for = N_("trust relationship missing"),
        .failure = N_("The server needs a trust relationship with a third server (for example the mail store) and has none."),
    },
    {
        .subject = 7, .detail = 15,
        .stands_for = N_("priority too low"),
        .failure = N_("The server accepts only messages of a higher priority than this one."),
    },
    {
        .subject = 7, .detail = 16,
        .stands_for = N_("message too big for its priority"),
        .failure = N_("The message is too big for its priority."),
    },
    {
        .subject = 7, .detail = 17,
        .stands_for = N_("mailbox owner changed"),
        .failure = N_("The mailbox has changed owners since the date that the sender gave (RRVS)."),
    },
    {
        .subject = 7, .detail = 18,
        .stands_for = N_("domain owner changed"),
        .failure = N_("The recipient's domain has changed owners since the date that the sender gave (RRVS)."),
    },
    {
        .subject = 7, .detail = 19,
        .stands_for = N_("RRVS test not possible"),
        .failure = N_("The server cannot tell whether the recipient still owns the mailbox (RRVS)."),
    },
    {
        .subject = 7, .detail = 20,
        .stands_for = N_("no passing DKIM signature"),
        .failure = N_("The message has no DKIM signature that passes: check signing on the sender's side."),
    },
    {
        .subject = 7, .detail = 21,
        .stands_for = N_("no acceptable DKIM signature"),
        .failure = N_("DKIM signatures pass, but the server accepts none of them."),
    },
    {
        .subject = 7, .detail = 22,
        .stands_for = N_("no author-matched DKIM signature"),
        .failure = N_("DKIM signatures pass, but none belongs to the domain in the From field."),
    },
    {
        .subject = 7, .detail = 23,
        .stands_for = N_("SPF failed"),
        .failure = N_("SPF failed: the sender's domain does not list this client's address as allowed."),
    },
    {
        .subject = 7, .detail = 24,
        .stands_for = N_("SPF error"),
        .failure = N_("SPF could not be evaluated: look for faults in the domain's SPF record or its DNS."),
    },
    {
        .subject = 7, .detail = 25,
        .stands_for = N_("reverse DNS failed"),
        .failure = N_("The client's address has no valid reverse DNS name: check its PTR record and the name's address."),
    },
    {
        .subject = 7, .detail = 26,
        .stands_for = N_("several authentication checks failed"),
        .failure = N_("The message failed more than one authentication check: look at SPF, DKIM and DMARC together."),
    },
    {
        .subject = 7, .detail = 27,
        .stands_for = N_("the sender's domain has a null MX"),
        .failure = N_("The sender's domain declares with a null MX record that it takes no mail, so no bounce could return."),
    },
    {
        .subject = 7, .detail = 28,
        .stands_for = N_("mail flood"),
        .failure = N_("The message seems to belong to a flood of mail: check the client for a loop or abuse."),
    },
    {
        .subject = 7, .detail = 29,
        .stands_for = N_("ARC failure"),
        .failure = N_("The message's ARC chain does not validate: a server along the way probably altered or mis-sealed it."),
    },
    {
        .subject = 7, .detail = 30,
        .stands_for = N_("REQUIRETLS not possible"),
        .failure = N_("The message demands REQUIRETLS, and the next host does not support it."),
    },
};

const size_t catalog_enhanced_count = G_N_ELEMENTS(catalog_enhanced_table);

const catalog_enhanced_row catalog_subject_table[CATALOG_SUBJECTS + 1] = {
    { .subject = 0, .topic = N_("left open") },
    { .subject = 1, .topic = N_("an address") },
    { .subject = 2, .topic = N_("the mailbox") },
    { .subject = 3, .topic = N_("the mail system") },
    { .subject = 4, .topic = N_("network and routing") },
    { .subject = 5, .topic = N_("the SMTP dialogue") },
    { .subject = 6, .topic = N_("the content of the message") },
    { .subject = 7, .topic = N_("security or policy") },
    {
        .subject = CATALOG_SUBJECTS,
        .success = N_("Success. Neither subject nor detail is registered, so only the class says something."),
        .temporary = N_("A temporary failure. Neither subject nor detail is registered: read the text. The client may try again later."),
        .permanent = N_("A permanent failure. Neither subject nor detail is registered: read the text. Sending it again unchanged will not help."),
    },
};

const char *const catalog_unknown_class =
    N_("Not an enhanced status code: its first number must be 2 (success), 4 (temporary failure) or 5 (permanent failure).");
