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
#define FAILURE(cause)                                                  \
    cause " The failure is temporary: the client may try again later.", \
        cause " The failure is permanent: repeating it unchanged does not help."

/* Details that name a cause of failure have no sense of their own after 2. */
#define ODD_SUCCESS(cause)                                                                               \
    "Success. Class 2 says that nothing failed, though the detail normally stands for a failure (" cause \
    "): go by the class."

/* Detail 0 of a subject: nothing closer is known. */
#define OTHER(subject, success, what)                                                         \
    {                                                                                         \
        subject, 0, "Success. " success,                                                      \
            FAILURE("There is trouble with " what ", and the server gives no closer reason.") \
    }

const catalog_enhanced_row catalog_enhanced_table[] = {
    { 0, 0, "Success. The server did what was asked and says nothing more about it.",
      "A temporary failure without a closer reason: read the text. The client may try again later.",
      "A permanent failure without a closer reason: read the text. Repeating it unchanged does not help." },

    OTHER(1, "It concerns an address: the server accepts it.", "an address"),
    { 1, 1, ODD_SUCCESS("no such mailbox"),
      FAILURE("The mailbox of the recipient does not exist, by what is left of the '@'.") },
    { 1, 2, ODD_SUCCESS("the recipient's domain takes no mail"),
      FAILURE(
          "The recipient's domain does not exist or takes no mail, by what is right of the '@'.") },
    { 1, 3, ODD_SUCCESS("malformed recipient address"),
      FAILURE("The recipient's address is malformed: check its spelling.") },
    { 1, 4, ODD_SUCCESS("ambiguous recipient address"),
      FAILURE("The recipient's address fits more than one mailbox: use the full address.") },
    { 1, 5, "Success. The recipient's address is valid and accepted.",
      FAILURE(
          "The recipient's address is valid, yet the server refuses: the text has to say why.") },
    { 1, 6, ODD_SUCCESS("mailbox moved away"),
      FAILURE("The mailbox existed but has moved, and no new address is known.") },
    { 1, 7, ODD_SUCCESS("malformed sender address"),
      FAILURE("The sender's address is malformed: check it in the client.") },
    { 1, 8, ODD_SUCCESS("bad sender domain"),
      FAILURE("The sender's domain does not exist or takes no mail back: check its DNS records.") },
    { 1, 9,
      "Success. The message went on to a system that sends no delivery reports, so no confirmation will follow.",
      FAILURE(
          "The message went to a system that does not follow the rules for delivery reports, and there it failed.") },
    { 1, 10, ODD_SUCCESS("the recipient's domain has a null MX"),
      FAILURE("The recipient's domain declares with a null MX record that it accepts no mail.") },

    OTHER(2, "It concerns a mailbox: the server has no complaint about it.",
          "the recipient's mailbox"),
    { 2, 1, ODD_SUCCESS("mailbox disabled"),
      FAILURE("The mailbox exists but is disabled and takes no mail.") },
    { 2, 2, ODD_SUCCESS("mailbox full"),
      FAILURE("The mailbox is full: its owner has to free space.") },
    { 2, 3, ODD_SUCCESS("message over a limit"),
      FAILURE("The message is longer than the administrator allows for this mailbox.") },
    { 2, 4, ODD_SUCCESS("mailing list not expanded"),
      FAILURE("The server could not expand the mailing list into its members.") },

    OTHER(3, "It concerns the mail system, which works as it should.", "the server's mail system"),
    { 3, 1, ODD_SUCCESS("mail system full"),
      FAILURE("The server's mail storage is full: check its disks.") },
    { 3, 2, ODD_SUCCESS("no mail accepted now"),
      FAILURE(
          "The server accepts no mail from the network: it is shutting down, overloaded or under maintenance.") },
    { 3, 3, ODD_SUCCESS("feature missing"),
      FAILURE("The server does not support a feature that this message needs.") },
    { 3, 4, ODD_SUCCESS("message too big"),
      FAILURE(
          "The message is bigger than the server accepts: compare it with SIZE in the EHLO reply.") },
    { 3, 5, ODD_SUCCESS("faulty configuration"),
      FAILURE("The server is not configured correctly: its administrator has to look at it.") },
    { 3, 6,
      "Success. The server accepts the message but changed the priority that the client asked for.",
      FAILURE("The server changed the requested priority, and the request failed.") },

    OTHER(4, "It concerns network or routing, which work as they should.", "network or routing"),
    { 4, 1, ODD_SUCCESS("no answer from the next host"),
      FAILURE(
          "The next host did not answer the connection: check network, firewall and that host.") },
    { 4, 2, ODD_SUCCESS("connection broke"),
      FAILURE("The connection broke or timed out before everything was said.") },
    { 4, 3, ODD_SUCCESS("directory or DNS failed"),
      FAILURE("A directory or DNS lookup failed: check the resolver and the directory server.") },
    { 4, 4, ODD_SUCCESS("no route"),
      FAILURE(
          "The server found no route to the destination: check MX records and routing tables.") },
    { 4, 5, ODD_SUCCESS("congestion"),
      FAILURE("The mail system is congested and takes no more at the moment.") },
    { 4, 6, ODD_SUCCESS("routing loop"),
      FAILURE(
          "The message runs in a loop between servers: look at forwarding rules and its Received lines.") },
    { 4, 7, ODD_SUCCESS("delivery time expired"),
      FAILURE("The message stayed in the queue for too long and was given up.") },

    OTHER(5, "It concerns the SMTP dialogue, and the command was accepted.", "the SMTP dialogue"),
    { 5, 1, ODD_SUCCESS("invalid command"),
      FAILURE("The command is not supported, or came at a wrong moment.") },
    { 5, 2, ODD_SUCCESS("syntax error"),
      FAILURE(
          "The server could not read the command: a syntax error, an unknown verb or a line that is too long.") },
    { 5, 3, ODD_SUCCESS("too many recipients"),
      FAILURE(
          "The message has more recipients than the server takes at once: send it in several transactions.") },
    { 5, 4, ODD_SUCCESS("invalid arguments"),
      FAILURE("An argument of the command is invalid or not supported.") },
    { 5, 5, ODD_SUCCESS("wrong protocol version"),
      FAILURE("Client and server do not agree on a version of the protocol.") },
    { 5, 6, ODD_SUCCESS("authentication line too long"),
      FAILURE(
          "A line of the SASL exchange is longer than the server takes (RFC 4954 allows 12288 octets).") },

    OTHER(6, "It concerns the content of the message, which is accepted.",
          "the content of the message"),
    { 6, 1, ODD_SUCCESS("media type not supported"),
      FAILURE("The server or the next host does not support the message's type of content.") },
    { 6, 2, ODD_SUCCESS("conversion required but prohibited"),
      FAILURE("The content must be converted to go on, but conversion is not allowed.") },
    { 6, 3, ODD_SUCCESS("conversion not supported"),
      FAILURE("The content must be converted to go on, but the server cannot do it.") },
    { 6, 4, "Success. The message was converted on its way, and the conversion lost something.",
      FAILURE(
          "The content can only be converted with a loss, and the sender or the server does not allow that.") },
    { 6, 5, ODD_SUCCESS("conversion failed"),
      FAILURE("The server tried to convert the content and failed.") },
    { 6, 6, ODD_SUCCESS("message content not available"),
      FAILURE("The server could not fetch the content of the message, for example by BURL.") },
    { 6, 7, ODD_SUCCESS("non-ASCII address"),
      FAILURE("An address has non-ASCII characters, and the server does not permit them here.") },
    { 6, 8, ODD_SUCCESS("UTF-8 reply not permitted"),
      FAILURE("The reply would need UTF-8, but the client did not permit it.") },
    { 6, 9, ODD_SUCCESS("UTF-8 header fields cannot be passed on"),
      FAILURE(
          "The message has UTF-8 header fields, and the next host cannot take them (no SMTPUTF8).") },

    { 7, 0, "Success. It concerns security: with 235 it says that the authentication succeeded.",
      "A security or policy service failed for the moment: with 454, the credentials could not be checked. The client may try again later.",
      "Refused for security or policy reasons, with no closer detail: with 530, authentication or STARTTLS must come first." },
    { 7, 1, ODD_SUCCESS("delivery not authorized"),
      FAILURE(
          "A policy does not let this client send this message there: relaying denied, block list or filter.") },
    { 7, 2, ODD_SUCCESS("list not open to the sender"),
      FAILURE("The sender may not send to this mailing list.") },
    { 7, 3, ODD_SUCCESS("security conversion impossible"),
      FAILURE(
          "The message would have to change from one kind of security to another, and that is not possible.") },
    { 7, 4, ODD_SUCCESS("security feature missing"),
      FAILURE(
          "The message or the command needs a security feature that the server does not support.") },
    { 7, 5, ODD_SUCCESS("cryptographic failure"),
      FAILURE("A cryptographic operation failed, for example decryption, for lack of a key.") },
    { 7, 6, ODD_SUCCESS("algorithm not supported"),
      FAILURE(
          "The server does not support the encryption or signature algorithm that is needed.") },
    { 7, 7, ODD_SUCCESS("message altered"),
      FAILURE("The message was altered on its way: its integrity check failed.") },
    { 7, 8, ODD_SUCCESS("credentials invalid"),
      FAILURE(
          "The credentials are not accepted: check user name and password, app password or token.") },
    { 7, 9, ODD_SUCCESS("mechanism too weak"),
      FAILURE("The SASL mechanism is weaker than the server's policy allows for this user.") },
    { 7, 10, ODD_SUCCESS("encryption needed"),
      FAILURE(
          "Encryption must come first, or a stronger SASL mechanism: switch TLS on in the client.") },
    { 7, 11, ODD_SUCCESS("mechanism needs encryption"),
      FAILURE("This SASL mechanism is only allowed under TLS: switch TLS on in the client.") },
    { 7, 12, ODD_SUCCESS("password transition needed"),
      FAILURE("The account needs a password transition: log in once with PLAIN under TLS.") },
    { 7, 13, ODD_SUCCESS("account disabled"),
      FAILURE("The account is disabled: only its administrator can enable it.") },
    { 7, 14, ODD_SUCCESS("trust relationship missing"),
      FAILURE(
          "The server needs an agreed trust with a third server (for example the mail store) and has none.") },
    { 7, 15, ODD_SUCCESS("priority too low"),
      FAILURE("The server takes only messages of a higher priority than this one.") },
    { 7, 16, ODD_SUCCESS("message too big for its priority"),
      FAILURE("The message is too big for its priority.") },
    { 7, 17, ODD_SUCCESS("mailbox owner changed"),
      FAILURE("The mailbox has a new owner since the date that the sender relies on (RRVS).") },
    { 7, 18, ODD_SUCCESS("domain owner changed"),
      FAILURE(
          "The recipient's domain has a new owner since the date that the sender relies on (RRVS).") },
    { 7, 19, ODD_SUCCESS("RRVS test not possible"),
      FAILURE("The server cannot tell whether the recipient still owns the mailbox (RRVS).") },
    { 7, 20, ODD_SUCCESS("no passing DKIM signature"),
      FAILURE(
          "The message has no DKIM signature that passes: check signing at the sender's side.") },
    { 7, 21, ODD_SUCCESS("no acceptable DKIM signature"),
      FAILURE("DKIM signatures pass, but the server accepts none of them.") },
    { 7, 22, ODD_SUCCESS("no author-matched DKIM signature"),
      FAILURE("DKIM signatures pass, but none belongs to the domain in the From field.") },
    { 7, 23, ODD_SUCCESS("SPF failed"),
      FAILURE("SPF failed: the sender's domain does not list this client's address as allowed.") },
    { 7, 24, ODD_SUCCESS("SPF error"),
      FAILURE(
          "SPF could not be evaluated: look for faults in the domain's SPF record or its DNS.") },
    { 7, 25, ODD_SUCCESS("reverse DNS failed"),
      FAILURE(
          "The client's address has no valid reverse DNS name: check its PTR record and the name's address.") },
    { 7, 26, ODD_SUCCESS("several authentication checks failed"),
      FAILURE(
          "The message failed more than one authentication check: look at SPF, DKIM and DMARC together.") },
    { 7, 27, ODD_SUCCESS("the sender's domain has a null MX"),
      FAILURE(
          "The sender's domain declares with a null MX record that it takes no mail, so no bounce could return.") },
    { 7, 28, ODD_SUCCESS("mail flood"),
      FAILURE(
          "The message seems to belong to a flood of mail: check the client for a loop or abuse.") },
    { 7, 29, ODD_SUCCESS("ARC failure"),
      FAILURE(
          "The message's ARC chain does not validate: a server on its way probably altered or mis-sealed it.") },
    { 7, 30, ODD_SUCCESS("REQUIRETLS not possible"),
      FAILURE("The message demands REQUIRETLS, and the next host does not support it.") },
};

const size_t catalog_enhanced_count = G_N_ELEMENTS(catalog_enhanced_table);

#define UNREGISTERED(subject, topic)                                                    \
    {                                                                                   \
        subject, 0, "Success. The detail is not registered; the subject is " topic ".", \
            "A temporary failure. The detail is not registered; the subject is " topic  \
            ": read the text. The client may try again later.",                         \
            "A permanent failure. The detail is not registered; the subject is " topic  \
            ": read the text. Repeating it unchanged does not help."                    \
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
    { CATALOG_SUBJECTS, 0,
      "Success. Neither subject nor detail is registered, so only the class says something.",
      "A temporary failure. Neither subject nor detail is registered: read the text. The client may try again later.",
      "A permanent failure. Neither subject nor detail is registered: read the text. Repeating it unchanged does not help." },
};

const char catalog_unknown_class[] =
    "Not an enhanced status code: its first number must be 2 (success), 4 (temporary failure) or 5 (permanent failure).";
