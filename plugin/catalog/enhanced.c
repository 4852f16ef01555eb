/* enhanced.c
 * What enhanced status codes say (RFC 3463 and the registry that RFC 5248 opened).
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

#include <glib.h>

/* A row is as long as its sentences. */
/* clang-format off */

/* The same cause makes a temporary failure after 4 and a permanent one after 5. */
#define FAILURE(cause)                                                                     \
    .temporary = cause " The failure is temporary: the client may try again later.",       \
    .permanent = cause " The failure is permanent: sending it again unchanged will not help."

/* Details that name a cause of failure have no sense of their own after 2. */
#define ODD_SUCCESS(cause)                                                                 \
    "Success. Class 2 says that nothing failed, though the detail normally stands for "    \
    "a failure (" cause "): go by the class."

/* Detail 0 of a subject: nothing closer is known. */
#define OTHER(about, good, what)                                                           \
    {                                                                                      \
        .subject = about, .detail = 0,                                                     \
        .success = "Success. " good,                                                       \
        FAILURE("There is a problem with " what ", and the server gives no details."), \
    }

const catalog_enhanced_row catalog_enhanced_table[] = {
    {
        .subject = 0, .detail = 0,
        .success = "Success. The server says nothing more about it.",
        .temporary = "A temporary failure without details: read the text. The client may try again later.",
        .permanent = "A permanent failure without details: read the text. Sending it again unchanged will not help.",
    },

    OTHER(1, "It concerns an address: the server accepts it.", "an address"),
    {
        .subject = 1, .detail = 1,
        .success = ODD_SUCCESS("no such mailbox"),
        FAILURE("The recipient's mailbox (left of the '@') does not exist."),
    },
    {
        .subject = 1, .detail = 2,
        .success = ODD_SUCCESS("the recipient's domain takes no mail"),
        FAILURE("The recipient's domain (right of the '@') does not exist or takes no mail."),
    },
    {
        .subject = 1, .detail = 3,
        .success = ODD_SUCCESS("malformed recipient address"),
        FAILURE("The recipient's address is malformed: check its spelling."),
    },
    {
        .subject = 1, .detail = 4,
        .success = ODD_SUCCESS("ambiguous recipient address"),
        FAILURE("The recipient's address fits more than one mailbox: use the full address."),
    },
    {
        .subject = 1, .detail = 5,
        .success = "Success. The recipient's address is valid and accepted.",
        FAILURE("The recipient's address is valid, yet the server refuses: look for the reason in the text."),
    },
    {
        .subject = 1, .detail = 6,
        .success = ODD_SUCCESS("mailbox moved away"),
        FAILURE("The mailbox existed but has moved, and no new address is known."),
    },
    {
        .subject = 1, .detail = 7,
        .success = ODD_SUCCESS("malformed sender address"),
        FAILURE("The sender's address is malformed: check it in the client."),
    },
    {
        .subject = 1, .detail = 8,
        .success = ODD_SUCCESS("bad sender domain"),
        FAILURE("The sender's domain does not exist or takes no replies: check its DNS records."),
    },
    {
        .subject = 1, .detail = 9,
        .success = "Success. The message went on to a system that sends no delivery reports, so no confirmation will follow.",
        FAILURE("The message went to a system that does not follow the rules for delivery reports, and it failed there."),
    },
    {
        .subject = 1, .detail = 10,
        .success = ODD_SUCCESS("the recipient's domain has a null MX"),
        FAILURE("The recipient's domain declares with a null MX record that it accepts no mail."),
    },

    OTHER(2, "It concerns a mailbox: the server has no complaint about it.", "the recipient's mailbox"),
    {
        .subject = 2, .detail = 1,
        .success = ODD_SUCCESS("mailbox disabled"),
        FAILURE("The mailbox exists but is disabled and takes no mail."),
    },
    {
        .subject = 2, .detail = 2,
        .success = ODD_SUCCESS("mailbox full"),
        FAILURE("The mailbox is full: its owner has to free up space."),
    },
    {
        .subject = 2, .detail = 3,
        .success = ODD_SUCCESS("message over a limit"),
        FAILURE("The message is larger than the administrator allows for this mailbox."),
    },
    {
        .subject = 2, .detail = 4,
        .success = ODD_SUCCESS("mailing list not expanded"),
        FAILURE("The server could not expand the mailing list into its members."),
    },

    OTHER(3, "It concerns the mail system, which works as it should.", "the server's mail system"),
    {
        .subject = 3, .detail = 1,
        .success = ODD_SUCCESS("mail system full"),
        FAILURE("The server's mail storage is full: check its disks."),
    },
    {
        .subject = 3, .detail = 2,
        .success = ODD_SUCCESS("no mail accepted now"),
        FAILURE("The server accepts no mail from the network: it is shutting down, overloaded or under maintenance."),
    },
    {
        .subject = 3, .detail = 3,
        .success = ODD_SUCCESS("feature missing"),
        FAILURE("The server does not support a feature that this message needs."),
    },
    {
        .subject = 3, .detail = 4,
        .success = ODD_SUCCESS("message too big"),
        FAILURE("The message is bigger than the server accepts: compare it with SIZE in the EHLO reply."),
    },
    {
        .subject = 3, .detail = 5,
        .success = ODD_SUCCESS("faulty configuration"),
        FAILURE("The server is not configured correctly: its administrator has to look at it."),
    },
    {
        .subject = 3, .detail = 6,
        .success = "Success. The server accepts the message but changed the priority that the client asked for.",
        FAILURE("The server changed the requested priority, and the request failed."),
    },

    OTHER(4, "It concerns the network or routing, which work as they should.", "the network or routing"),
    {
        .subject = 4, .detail = 1,
        .success = ODD_SUCCESS("no answer from the next host"),
        FAILURE("The next host did not answer the connection: check the network, firewalls and that host."),
    },
    {
        .subject = 4, .detail = 2,
        .success = ODD_SUCCESS("connection broke"),
        FAILURE("The connection broke or timed out before the exchange was complete."),
    },
    {
        .subject = 4, .detail = 3,
        .success = ODD_SUCCESS("directory or DNS failed"),
        FAILURE("A directory or DNS lookup failed: check the resolver and the directory server."),
    },
    {
        .subject = 4, .detail = 4,
        .success = ODD_SUCCESS("no route"),
        FAILURE("The server found no route to the destination: check MX records and routing tables."),
    },
    {
        .subject = 4, .detail = 5,
        .success = ODD_SUCCESS("congestion"),
        FAILURE("The mail system is congested and accepts no more mail at the moment."),
    },
    {
        .subject = 4, .detail = 6,
        .success = ODD_SUCCESS("routing loop"),
        FAILURE("The message is looping between servers: check forwarding rules and the message's Received lines."),
    },
    {
        .subject = 4, .detail = 7,
        .success = ODD_SUCCESS("delivery time expired"),
        FAILURE("The message stayed in the queue for too long, and the server gave up on it."),
    },

    OTHER(5, "It concerns the SMTP dialogue, and the command was accepted.", "the SMTP dialogue"),
    {
        .subject = 5, .detail = 1,
        .success = ODD_SUCCESS("invalid command"),
        FAILURE("The command is not supported, or came at the wrong moment."),
    },
    {
        .subject = 5, .detail = 2,
        .success = ODD_SUCCESS("syntax error"),
        FAILURE("The server could not read the command: a syntax error, an unknown verb or a line that is too long."),
    },
    {
        .subject = 5, .detail = 3,
        .success = ODD_SUCCESS("too many recipients"),
        FAILURE("The message has more recipients than the server accepts at once: send it in several transactions."),
    },
    {
        .subject = 5, .detail = 4,
        .success = ODD_SUCCESS("invalid arguments"),
        FAILURE("An argument of the command is invalid or not supported."),
    },
    {
        .subject = 5, .detail = 5,
        .success = ODD_SUCCESS("wrong protocol version"),
        FAILURE("Client and server do not agree on a protocol version."),
    },
    {
        .subject = 5, .detail = 6,
        .success = ODD_SUCCESS("authentication line too long"),
        FAILURE("A line of the SASL exchange is longer than the server accepts (RFC 4954 allows 12288 octets)."),
    },

    OTHER(6, "It concerns the content of the message, which is accepted.", "the content of the message"),
    {
        .subject = 6, .detail = 1,
        .success = ODD_SUCCESS("media type not supported"),
        FAILURE("The server or the next host does not support the message's content type."),
    },
    {
        .subject = 6, .detail = 2,
        .success = ODD_SUCCESS("conversion required but prohibited"),
        FAILURE("The content would have to be converted to be passed on, but conversion is not allowed."),
    },
    {
        .subject = 6, .detail = 3,
        .success = ODD_SUCCESS("conversion not supported"),
        FAILURE("The content would have to be converted to be passed on, but the server cannot do it."),
    },
    {
        .subject = 6, .detail = 4,
        .success = "Success. The message was converted along the way, and something was lost.",
        FAILURE("The content cannot be converted without loss, and the sender or the server does not allow that."),
    },
    {
        .subject = 6, .detail = 5,
        .success = ODD_SUCCESS("conversion failed"),
        FAILURE("The server tried to convert the content and failed."),
    },
    {
        .subject = 6, .detail = 6,
        .success = ODD_SUCCESS("message content not available"),
        FAILURE("The server could not fetch the content of the message, for example by BURL."),
    },
    {
        .subject = 6, .detail = 7,
        .success = ODD_SUCCESS("non-ASCII address"),
        FAILURE("An address has non-ASCII characters, and the server does not permit them here."),
    },
    {
        .subject = 6, .detail = 8,
        .success = ODD_SUCCESS("UTF-8 reply not permitted"),
        FAILURE("The reply would need UTF-8, but the client did not permit it."),
    },
    {
        .subject = 6, .detail = 9,
        .success = ODD_SUCCESS("UTF-8 header fields cannot be passed on"),
        FAILURE("The message has UTF-8 header fields, and the next host cannot take them (no SMTPUTF8)."),
    },

    {
        .subject = 7, .detail = 0,
        .success = "Success. It concerns security: with 235 it says that the authentication succeeded.",
        .temporary = "A security or policy service failed for the moment: with 454, the credentials could not be checked. The client may try again later.",
        .permanent = "Refused for security or policy reasons, with no further details: with 530, authentication or STARTTLS must come first.",
    },
    {
        .subject = 7, .detail = 1,
        .success = ODD_SUCCESS("delivery not authorized"),
        FAILURE("A policy does not let this client send this message there: relaying denied, block list or filter."),
    },
    {
        .subject = 7, .detail = 2,
        .success = ODD_SUCCESS("list not open to the sender"),
        FAILURE("The sender may not send to this mailing list."),
    },
    {
        .subject = 7, .detail = 3,
        .success = ODD_SUCCESS("security conversion impossible"),
        FAILURE("The message would have to be converted from one security scheme to another, which is not possible."),
    },
    {
        .subject = 7, .detail = 4,
        .success = ODD_SUCCESS("security feature missing"),
        FAILURE("The message or the command needs a security feature that the server does not support."),
    },
    {
        .subject = 7, .detail = 5,
        .success = ODD_SUCCESS("cryptographic failure"),
        FAILURE("A cryptographic operation failed, for example decryption for lack of a key."),
    },
    {
        .subject = 7, .detail = 6,
        .success = ODD_SUCCESS("algorithm not supported"),
        FAILURE("The server does not support the encryption or signature algorithm that is needed."),
    },
    {
        .subject = 7, .detail = 7,
        .success = ODD_SUCCESS("message altered"),
        FAILURE("The message was altered in transit: its integrity check failed."),
    },
    {
        .subject = 7, .detail = 8,
        .success = ODD_SUCCESS("credentials invalid"),
        FAILURE("The credentials are not accepted: check user name and password, app password or token."),
    },
    {
        .subject = 7, .detail = 9,
        .success = ODD_SUCCESS("mechanism too weak"),
        FAILURE("The SASL mechanism is weaker than the server's policy allows for this user."),
    },
    {
        .subject = 7, .detail = 10,
        .success = ODD_SUCCESS("encryption needed"),
        FAILURE("Encryption must come first, or a stronger SASL mechanism: switch TLS on in the client."),
    },
    {
        .subject = 7, .detail = 11,
        .success = ODD_SUCCESS("mechanism needs encryption"),
        FAILURE("This SASL mechanism is only allowed under TLS: switch TLS on in the client."),
    },
    {
        .subject = 7, .detail = 12,
        .success = ODD_SUCCESS("password transition needed"),
        FAILURE("The account needs a password transition: log in once with PLAIN under TLS."),
    },
    {
        .subject = 7, .detail = 13,
        .success = ODD_SUCCESS("account disabled"),
        FAILURE("The account is disabled: only its administrator can enable it."),
    },
    {
        .subject = 7, .detail = 14,
        .success = ODD_SUCCESS("trust relationship missing"),
        FAILURE("The server needs a trust relationship with a third server (for example the mail store) and has none."),
    },
    {
        .subject = 7, .detail = 15,
        .success = ODD_SUCCESS("priority too low"),
        FAILURE("The server accepts only messages of a higher priority than this one."),
    },
    {
        .subject = 7, .detail = 16,
        .success = ODD_SUCCESS("message too big for its priority"),
        FAILURE("The message is too big for its priority."),
    },
    {
        .subject = 7, .detail = 17,
        .success = ODD_SUCCESS("mailbox owner changed"),
        FAILURE("The mailbox has changed owners since the date that the sender gave (RRVS)."),
    },
    {
        .subject = 7, .detail = 18,
        .success = ODD_SUCCESS("domain owner changed"),
        FAILURE("The recipient's domain has changed owners since the date that the sender gave (RRVS)."),
    },
    {
        .subject = 7, .detail = 19,
        .success = ODD_SUCCESS("RRVS test not possible"),
        FAILURE("The server cannot tell whether the recipient still owns the mailbox (RRVS)."),
    },
    {
        .subject = 7, .detail = 20,
        .success = ODD_SUCCESS("no passing DKIM signature"),
        FAILURE("The message has no DKIM signature that passes: check signing on the sender's side."),
    },
    {
        .subject = 7, .detail = 21,
        .success = ODD_SUCCESS("no acceptable DKIM signature"),
        FAILURE("DKIM signatures pass, but the server accepts none of them."),
    },
    {
        .subject = 7, .detail = 22,
        .success = ODD_SUCCESS("no author-matched DKIM signature"),
        FAILURE("DKIM signatures pass, but none belongs to the domain in the From field."),
    },
    {
        .subject = 7, .detail = 23,
        .success = ODD_SUCCESS("SPF failed"),
        FAILURE("SPF failed: the sender's domain does not list this client's address as allowed."),
    },
    {
        .subject = 7, .detail = 24,
        .success = ODD_SUCCESS("SPF error"),
        FAILURE("SPF could not be evaluated: look for faults in the domain's SPF record or its DNS."),
    },
    {
        .subject = 7, .detail = 25,
        .success = ODD_SUCCESS("reverse DNS failed"),
        FAILURE("The client's address has no valid reverse DNS name: check its PTR record and the name's address."),
    },
    {
        .subject = 7, .detail = 26,
        .success = ODD_SUCCESS("several authentication checks failed"),
        FAILURE("The message failed more than one authentication check: look at SPF, DKIM and DMARC together."),
    },
    {
        .subject = 7, .detail = 27,
        .success = ODD_SUCCESS("the sender's domain has a null MX"),
        FAILURE("The sender's domain declares with a null MX record that it takes no mail, so no bounce could return."),
    },
    {
        .subject = 7, .detail = 28,
        .success = ODD_SUCCESS("mail flood"),
        FAILURE("The message seems to belong to a flood of mail: check the client for a loop or abuse."),
    },
    {
        .subject = 7, .detail = 29,
        .success = ODD_SUCCESS("ARC failure"),
        FAILURE("The message's ARC chain does not validate: a server along the way probably altered or mis-sealed it."),
    },
    {
        .subject = 7, .detail = 30,
        .success = ODD_SUCCESS("REQUIRETLS not possible"),
        FAILURE("The message demands REQUIRETLS, and the next host does not support it."),
    },
};

const size_t catalog_enhanced_count = G_N_ELEMENTS(catalog_enhanced_table);

#define UNREGISTERED(about, topic)                                                         \
    {                                                                                      \
        .subject = about,                                                                  \
        .success = "Success. The detail is not registered; the subject is " topic ".",     \
        .temporary = "A temporary failure. The detail is not registered; the subject is "  \
                     topic ": read the text. The client may try again later.",             \
        .permanent = "A permanent failure. The detail is not registered; the subject is "  \
                     topic ": read the text. Sending it again unchanged will not help.",       \
    }

const catalog_enhanced_row catalog_subject_table[CATALOG_SUBJECTS + 1] = {
    UNREGISTERED(0, "left open"),
    UNREGISTERED(1, "an address"),
    UNREGISTERED(2, "the mailbox"),
    UNREGISTERED(3, "the mail system"),
    UNREGISTERED(4, "network and routing"),
    UNREGISTERED(5, "the SMTP dialogue"),
    UNREGISTERED(6, "the content of the message"),
    UNREGISTERED(7, "security or policy"),
    {
        .subject = CATALOG_SUBJECTS,
        .success = "Success. Neither subject nor detail is registered, so only the class says something.",
        .temporary = "A temporary failure. Neither subject nor detail is registered: read the text. The client may try again later.",
        .permanent = "A permanent failure. Neither subject nor detail is registered: read the text. Sending it again unchanged will not help.",
    },
};

const char catalog_unknown_class[] =
    "Not an enhanced status code: its first number must be 2 (success), 4 (temporary failure) or 5 (permanent failure).";
