/* codes.c
 * The explanations of reply codes: those that RFCs define or servers share, sorted by code
 * and then by context, and the rows that explain any other code by its digits.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

#include <glib.h>

#include "language.h"

/* A row is as long as its sentences. */
/* clang-format off */
const catalog_row catalog_code_table[] = {
    {
        .code = 211, .context = COMMAND_NONE, .name = N_("System status"),
        .meaning = N_("The server reports its status or gives help. It changes nothing in the session, and it is not a login."),
        .when = N_("It is rare: servers send it in answer to HELP, or to a status command of their own. The capture shows no such command right before it."),
        .advice = N_("Read the text: it is meant for a person. Then check which command this reply really belongs to."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 211, .context = COMMAND_HELP, .name = N_("System status"),
        .meaning = N_("The server answers HELP with its status or with help text, often a list of commands. The session stays as it was."),
        .when = N_("Some servers use it for HELP (hMailServer lists its commands in one line); many others send 214 or refuse HELP. Port scanners send HELP, too."),
        .advice = N_("Nothing to fix: show the text to a person and carry on. If the text reports trouble, tell the server's administrator."),
        .reference = "RFC 5321, section 4.1.1.8; RFC 5321, section 4.2.3",
    },
    {
        .code = 211, .context = COMMAND_OTHER, .name = N_("System status"),
        .meaning = N_("The server answers a non-standard command with a status report. The session stays as it was."),
        .when = N_("It follows a verb that only this server offers, for example STAT."),
        .advice = N_("Read the text, and look the verb up in the server's manual. If the text reports trouble, check the server's configuration."),
        .reference = "RFC 5321, section 4.2.3",
    },

    {
        .code = 214, .context = COMMAND_NONE, .name = N_("Help message"),
        .meaning = N_("The server sends help text for a person. A client program has no use for it."),
        .when = N_("It belongs to HELP. The capture does not show HELP right before it."),
        .advice = N_("Check which command this reply belongs to: packets may be missing, or replies may be out of step."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 214, .context = COMMAND_HELP, .name = N_("Help message"),
        .meaning = N_("The server answers HELP with help text for a person. The session stays as it was."),
        .when = N_("It is the usual reply to HELP, often on several lines. Sendmail and Exim send it."),
        .advice = N_("Nothing to do. The text often names the software, which helps when you write to its administrator."),
        .reference = "RFC 5321, section 4.1.1.8",
    },
    {
        .code = 214, .context = COMMAND_OTHER, .name = N_("Help message"),
        .meaning = N_("The server answers a non-standard command with help text. The session stays as it was."),
        .when = N_("It follows a verb that only this server offers."),
        .advice = N_("Read the text, and look the verb up in the server's manual."),
        .reference = "RFC 5321, section 4.2.3",
    },

    {
        .code = 220, .context = COMMAND_NONE, .name = N_("Service ready"),
        .meaning = N_("The server says that it is ready, which is only expected at the start of a connection, after STARTTLS and after XCLIENT."),
        .when = N_("Elsewhere it is out of place: the capture may lack packets, or the server may have started a new session."),
        .advice = N_("Find the command before it. If the connection was reused by a proxy or a filter, look at that program first."),
        .reference = "RFC 5321, section 4.3.1",
    },
    {
        .code = 220, .context = COMMAND_CONNECTION, .name = N_("Greeting: service ready"),
        .meaning = N_("The server greets the client and is ready for commands. Its host name comes first in the text."),
        .when = N_("It opens nearly every session. Clients wait for it before they send EHLO."),
        .advice = N_("Go on with EHLO. If it came late, check DNS lookups, greeting delays and the server's load."),
        .reference = "RFC 5321, section 3.1; RFC 5321, section 4.3.1",
    },
    {
        .code = 220, .context = COMMAND_STARTTLS, .name = N_("Ready to start TLS"),
        .meaning = N_("The server accepts STARTTLS: the very next bytes from the client start the TLS handshake."),
        .when = N_("It follows STARTTLS. From here on the capture shows TLS records instead of SMTP lines."),
        .advice = N_("The client starts TLS, then sends EHLO again: what it learned or proved before, a login included, no longer counts."),
        .reference = "RFC 3207, section 4",
    },
    {
        .code = 220, .context = COMMAND_XCLIENT, .name = N_("Session restarted"),
        .meaning = N_("The server has taken the client attributes given with XCLIENT, and the session starts over as if newly connected."),
        .when = N_("A trusted proxy or filter in front of a Postfix-like server sends XCLIENT. No RFC defines XCLIENT."),
        .advice = N_("The proxy sends EHLO next. Check that the server's log shows the right client address."),
        .reference = "RFC 5321, section 4.1.5",
    },

    {
        .code = 221, .context = COMMAND_NONE, .name = N_("Closing the connection"),
        .meaning = N_("The server says goodbye and closes the connection, though the capture does not show that the client asked for it."),
        .when = N_("It belongs to QUIT. Some servers also send it when they end a session on their own, where 421 would be right."),
        .advice = N_("Look for QUIT before it. Without one, look at the text and the server's log for the reason."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 221, .context = COMMAND_QUIT, .name = N_("Closing the connection"),
        .meaning = N_("The server agrees to end the session and closes the connection."),
        .when = N_("It follows QUIT at the end of an orderly session."),
        .advice = N_("Nothing to do. Messages that got 250 before it stay accepted."),
        .reference = "RFC 5321, section 4.1.1.10",
    },

    {
        .code = 235, .context = COMMAND_NONE, .name = N_("Authentication successful"),
        .meaning = N_("The server says that an authentication succeeded, though the capture does not show the AUTH that asked for it."),
        .when = N_("It belongs to AUTH. With no AUTH before it, the capture started late or lacks packets, or replies are out of step."),
        .advice = N_("Look for AUTH earlier in the session. If the capture is complete and has none, suspect the server or a proxy."),
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 235, .context = COMMAND_AUTH, .name = N_("Authentication successful"),
        .meaning = N_("The server accepts the client's identity: the client is authenticated from here on."),
        .when = N_("It ends a successful AUTH, after the command itself or after the last SASL response. Every authenticated submission has one."),
        .advice = N_("The client goes on with MAIL. Another AUTH in this session must get 503. STARTTLS would end the authenticated state."),
        .reference = "RFC 4954, section 4",
    },

    {
        .code = 250, .context = COMMAND_NONE, .name = N_("Done"),
        .meaning = N_("The server did what the command asked."),
        .when = N_("It is the usual success reply to most commands, MAIL and RCPT among them."),
        .advice = N_("Go on with the next command. To know what was accepted, look at the command that it answers."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 250, .context = COMMAND_MESSAGE, .name = N_("Message accepted"),
        .meaning = N_("The server has the whole message and is now responsible for delivering it or for reporting a failure."),
        .when = N_("It follows the line with a single dot that ends the message data. In LMTP, one such reply comes for each recipient."),
        .advice = N_("The client may delete its copy. Note the queue ID in the text: with it the server's administrator can trace the message."),
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 250, .context = COMMAND_EHLO, .name = N_("Hello accepted"),
        .meaning = N_("The server accepts EHLO and lists the extensions that it offers, one on each line after the first."),
        .when = N_("It follows EHLO at the start of a session, and again after STARTTLS."),
        .advice = N_("If something is missing later, look here first: is AUTH, STARTTLS or SIZE in the list?"),
        .reference = "RFC 5321, section 4.1.1.1",
    },
    {
        .code = 250, .context = COMMAND_HELO, .name = N_("Hello accepted"),
        .meaning = N_("The server accepts HELO, the older form of EHLO. A session that begins with it has no extensions, so neither AUTH nor STARTTLS."),
        .when = N_("It follows HELO, which old clients send, or newer ones after EHLO was refused."),
        .advice = N_("Go on with MAIL. If the client needs AUTH or STARTTLS, find out why it did not use EHLO."),
        .reference = "RFC 5321, section 4.1.1.1",
    },
    {
        .code = 250, .context = COMMAND_LHLO, .name = N_("LMTP hello accepted"),
        .meaning = N_("The server accepts LHLO, so the session is LMTP: after the message it sends one reply for each recipient."),
        .when = N_("It follows LHLO, which a mail server sends to a delivery program such as Dovecot's or Cyrus's."),
        .advice = N_("Go on with MAIL. After the message data, expect one reply for each recipient that was accepted."),
        .reference = "RFC 2033, section 4.1",
    },
    {
        .code = 250, .context = COMMAND_MAIL, .name = N_("Sender accepted"),
        .meaning = N_("The server accepts the sender address and opens a mail transaction. It has not promised to accept the message."),
        .when = N_("It follows MAIL FROM at the start of every transaction."),
        .advice = N_("Go on with RCPT. Recipients and message can still be refused."),
        .reference = "RFC 5321, section 4.1.1.2",
    },
    {
        .code = 250, .context = COMMAND_RCPT, .name = N_("Recipient accepted"),
        .meaning = N_("The server accepts this recipient for the current transaction. The mailbox probably exists, but that is not promised."),
        .when = N_("It follows RCPT TO, once for each recipient."),
        .advice = N_("Go on with another RCPT or with DATA. Some servers check recipients later and then send a bounce message."),
        .reference = "RFC 5321, section 4.1.1.3",
    },
    {
        .code = 250, .context = COMMAND_DATA, .name = N_("Unexpected success to DATA"),
        .meaning = N_("The server says that DATA is done, but 354 is the reply that lets the client send the message."),
        .when = N_("It is out of order: the replies may be shifted by one, or the server is faulty."),
        .advice = N_("Compare the number of commands and replies before it. The client must not treat the message as delivered."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 250, .context = COMMAND_BDAT, .name = N_("Chunk accepted"),
        .meaning = N_("The server accepts this chunk of the message. If it was marked LAST, the server is now responsible for the whole message."),
        .when = N_("It follows each BDAT or BURL: message data in chunks instead of DATA."),
        .advice = N_("After the last chunk, note the queue ID in the text. After any other, the next chunk follows."),
        .reference = "RFC 3030, section 2",
    },
    {
        .code = 250, .context = COMMAND_RSET, .name = N_("Transaction reset"),
        .meaning = N_("The server forgets the sender, the recipients and the message of the current transaction. The session goes on."),
        .when = N_("It follows RSET, which clients send to abandon a transaction or between two messages."),
        .advice = N_("Nothing to do. A login and TLS stay as they were."),
        .reference = "RFC 5321, section 4.1.1.5",
    },
    {
        .code = 250, .context = COMMAND_NOOP, .name = N_("Server is alive"),
        .meaning = N_("The server confirms that it is there. Nothing changes in the session or the transaction."),
        .when = N_("It follows NOOP, which clients send to keep an idle connection open or to test it."),
        .advice = N_("Nothing to do. Many NOOPs in a row usually come from a client that keeps its connection open for later."),
        .reference = "RFC 5321, section 4.1.1.9",
    },
    {
        .code = 250, .context = COMMAND_VRFY, .name = N_("Address verified"),
        .meaning = N_("The server confirms that it knows this user or mailbox."),
        .when = N_("It follows VRFY on servers that still offer it. Most answer 252 or 502 instead."),
        .advice = N_("If you do not want strangers to test addresses, switch VRFY off in the server's configuration."),
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 250, .context = COMMAND_EXPN, .name = N_("List expanded"),
        .meaning = N_("The server knows this mailing list and names its members, one on each line."),
        .when = N_("It follows EXPN on the few servers that offer it to this client."),
        .advice = N_("If you do not want strangers to read list members, switch EXPN off in the server's configuration."),
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 250, .context = COMMAND_HELP, .name = N_("Help with an unusual code"),
        .meaning = N_("The server answers HELP with the general success code. The text is still help."),
        .when = N_("Some servers do this (aiosmtpd, for example), though RFC 5321 lists 211 and 214 for HELP."),
        .advice = N_("Nothing to fix: read the text as help."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 250, .context = COMMAND_AUTH, .name = N_("Unclear reply to AUTH"),
        .meaning = N_("The server says that AUTH is done, but the code for a successful authentication is 235. Whether the login worked is unclear."),
        .when = N_("It is not a reply that RFC 4954 lists for AUTH. A faulty server or shifted replies can cause it."),
        .advice = N_("Look in the server's log for the login. Do not rely on it until AUTH gets 235."),
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 250, .context = COMMAND_STARTTLS, .name = N_("Unexpected reply to STARTTLS"),
        .meaning = N_("The server says that the command is done, but 220 is the code that starts TLS. TLS has not started."),
        .when = N_("It is not a reply that RFC 3207 lists. A faulty server, or a filter that replaces commands, can cause it."),
        .advice = N_("Look for a firewall or filter between client and server that rewrites SMTP. Send no password in this session."),
        .reference = "RFC 3207, section 4",
    },
    {
        .code = 250, .context = COMMAND_ETRN, .name = N_("Queue run started"),
        .meaning = N_("The server accepts the request and starts to deliver the mail that it holds for this host."),
        .when = N_("It follows ETRN from a host that was offline and now wants its queued mail."),
        .advice = N_("Wait for the server to connect: the mail arrives over another connection, not this one."),
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 250, .context = COMMAND_ATRN, .name = N_("Roles reversed"),
        .meaning = N_("The server accepts ATRN. From now on it acts as the client and sends the waiting mail over this connection."),
        .when = N_("It follows ATRN from an authenticated customer of an on-demand mail relay."),
        .advice = N_("The side that sent ATRN now sends a greeting (220). Read the rest of the capture with the roles swapped."),
        .reference = "RFC 2645, section 5.2.1",
    },
    {
        .code = 250, .context = COMMAND_TURN, .name = N_("Roles reversed without a login"),
        .meaning = N_("The server accepts TURN and swaps roles: it now sends its waiting mail to whoever asked."),
        .when = N_("It follows TURN, an obsolete command that proves nothing about who the client is."),
        .advice = N_("Switch TURN off: anyone could fetch another host's mail with it. ETRN or ATRN replace it."),
        .reference = "RFC 821, section 3.8",
    },
    {
        .code = 250, .context = COMMAND_XCLIENT, .name = N_("Client attributes accepted"),
        .meaning = N_("The server has taken the client attributes given with XCLIENT, without restarting the session."),
        .when = N_("It follows XCLIENT from a trusted proxy or filter. Postfix normally answers 220. No RFC defines XCLIENT."),
        .advice = N_("Check that the server's log shows the right client address."),
        .reference = "RFC 5321, section 4.1.5",
    },
    {
        .code = 250, .context = COMMAND_XFORWARD, .name = N_("Forwarded attributes accepted"),
        .meaning = N_("The server has noted what the filter says about the original client. It uses this for its log, not for access decisions."),
        .when = N_("It follows XFORWARD from a content filter next to a Postfix server. No RFC defines XFORWARD."),
        .advice = N_("Nothing to do."),
        .reference = "RFC 5321, section 4.1.5",
    },
    {
        .code = 250, .context = COMMAND_XEXCH50, .name = N_("Octets accepted"),
        .meaning = N_("The server has taken the octets that XEXCH50 announced. The message itself follows."),
        .when = N_("It follows XEXCH50 between old Exchange servers. No RFC defines XEXCH50."),
        .advice = N_("Nothing to do."),
        .reference = "RFC 5321, section 4.1.5",
    },

    {
        .code = 251, .context = COMMAND_NONE, .name = N_("User not local, will forward"),
        .meaning = N_("The server says that the user has another address, and that it will forward the mail itself."),
        .when = N_("It belongs to RCPT and VRFY, and with another meaning to ETRN."),
        .advice = N_("Look at the command that it answers. The new address is usually in the text."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 251, .context = COMMAND_RCPT, .name = N_("Recipient accepted, will forward"),
        .meaning = N_("The server accepts this recipient and forwards the message to another address, which the text names."),
        .when = N_("It follows RCPT TO for a user who has moved. Most servers forward silently with 250."),
        .advice = N_("Go on. If you keep an address book, note the new address."),
        .reference = "RFC 5321, section 3.4",
    },
    {
        .code = 251, .context = COMMAND_VRFY, .name = N_("User has another address"),
        .meaning = N_("The server knows the user, who reads mail elsewhere, and it would forward mail to that address."),
        .when = N_("It follows VRFY, and is rare."),
        .advice = N_("Read the new address in the text. Mail to the old one still works."),
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 251, .context = COMMAND_ETRN, .name = N_("No mail waiting"),
        .meaning = N_("The server accepts the request but holds no mail for this host, so nothing will arrive."),
        .when = N_("It follows ETRN when the queue for the named host is empty."),
        .advice = N_("Nothing to do. If you expected mail, check the host name given with ETRN and the MX records."),
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 252, .context = COMMAND_NONE, .name = N_("Not verified, but accepted"),
        .meaning = N_("The server does not say whether the address exists, but it would accept a message for it."),
        .when = N_("It belongs to VRFY and EXPN, and with another meaning to ETRN."),
        .advice = N_("Look at the command that it answers. It is not a failure, but it does not confirm a mailbox either."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 252, .context = COMMAND_RCPT, .name = N_("Recipient accepted, not verified"),
        .meaning = N_("The server accepts this recipient without having checked the address. The code is meant for VRFY."),
        .when = N_("It follows RCPT TO on a few servers. RFC 5321 lists 250 and 251 there."),
        .advice = N_("Go on with the transaction. A bounce message may come later if the mailbox does not exist."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 252, .context = COMMAND_VRFY, .name = N_("Cannot verify the user"),
        .meaning = N_("The server neither confirms nor denies that the user exists. It would take mail for the address and try to deliver it."),
        .when = N_("It follows VRFY on many servers: they hide which addresses exist."),
        .advice = N_("Nothing to fix. To test an address, send a message and see what comes back."),
        .reference = "RFC 5321, section 3.5.3",
    },
    {
        .code = 252, .context = COMMAND_EXPN, .name = N_("Cannot expand the list"),
        .meaning = N_("The server does not name the members of this list, but it would accept mail for the address."),
        .when = N_("It follows EXPN on servers that keep list members to themselves."),
        .advice = N_("Nothing to fix. Ask the owner of the list if you need its members."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 252, .context = COMMAND_ETRN, .name = N_("Delivery of waiting mail started"),
        .meaning = N_("The server holds mail for this host and has started to deliver it."),
        .when = N_("It follows ETRN when the queue for the named host is not empty."),
        .advice = N_("Wait for the server to connect and deliver. If nothing comes, check that it can reach this host on port 25."),
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 253, .context = COMMAND_NONE, .name = N_("Waiting messages announced"),
        .meaning = N_("The server says how many messages it has started to deliver. The code is defined for ETRN only."),
        .when = N_("After any other command it is out of place."),
        .advice = N_("Look for ETRN before it. Otherwise treat it as success: it begins with 2."),
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 253, .context = COMMAND_ETRN, .name = N_("Waiting messages counted"),
        .meaning = N_("The server has started to deliver the mail for this host, and the text says how many messages are waiting."),
        .when = N_("It follows ETRN on servers that can count the queue."),
        .advice = N_("Compare the number with what arrives over the server's own connections."),
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 334, .context = COMMAND_NONE, .name = N_("SASL challenge"),
        .meaning = N_("The server waits for a SASL response, though the capture does not show AUTH before it."),
        .when = N_("It belongs to AUTH. With no AUTH before it, the capture started late or lacks packets, or replies are out of step."),
        .advice = N_("Look for AUTH earlier in the session. The next line from the client is probably a SASL response with secrets."),
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 334, .context = COMMAND_AUTH, .name = N_("SASL challenge"),
        .meaning = N_("The server asks for the next SASL response. It has decided nothing yet about the login."),
        .when = N_("It comes during AUTH, once or more. The text is the challenge in base64, and may be empty."),
        .advice = N_("Look for the reply that ends the exchange. If none comes, the client probably cannot answer the challenge."),
        .reference = "RFC 4954, section 4",
    },

    {
        .code = 354, .context = COMMAND_NONE, .name = N_("Start mail input"),
        .meaning = N_("The server waits for message data, though the capture does not show DATA before it."),
        .when = N_("It belongs to DATA. With no DATA before it, the capture lacks packets, or replies are out of step."),
        .advice = N_("Find the command before it. If the client was not sending a message, suspect shifted replies."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 354, .context = COMMAND_DATA, .name = N_("Start mail input"),
        .meaning = N_("The server is ready for the message: header, body, and at the end a line with a single dot."),
        .when = N_("It follows DATA after at least one recipient was accepted."),
        .advice = N_("The client sends the message. Only the reply after the dot says whether it is accepted."),
        .reference = "RFC 5321, section 4.1.1.4",
    },
    {
        .code = 354, .context = COMMAND_XEXCH50, .name = N_("Send the octets"),
        .meaning = N_("The server is ready for the octets that XEXCH50 announced. They are Exchange's own data, and no message."),
        .when = N_("It follows XEXCH50 between old Exchange servers. No RFC defines XEXCH50."),
        .advice = N_("The client sends the octets. A 250 to XEXCH50 follows."),
        .reference = "RFC 5321, section 4.1.5",
    },

    {
        .code = 355, .context = COMMAND_NONE, .name = N_("Offset of an interrupted transfer"),
        .meaning = N_("The server says from which octet an interrupted message should be continued. The code is defined for MAIL only."),
        .when = N_("After any other command it is out of place."),
        .advice = N_("Look for MAIL with TRANSID before it. Otherwise suspect shifted replies."),
        .reference = "RFC 1845, section 3",
    },
    {
        .code = 355, .context = COMMAND_MAIL, .name = N_("Continue an interrupted transfer"),
        .meaning = N_("The server still has a part of this message and names the octet from which the client should continue."),
        .when = N_("It follows MAIL with TRANSID, an experimental extension (CHECKPOINT) that hardly any server offers."),
        .advice = N_("The client continues at this offset. If transfers keep failing here, switch CHECKPOINT off on the client."),
        .reference = "RFC 1845, section 3",
    },

    {
        .code = 421, .context = COMMAND_NONE, .name = N_("Service not available"),
        .meaning = N_("The server ends the session and closes the connection. The failure is temporary."),
        .when = N_("It may come at any time: shutdown, overload, too many errors or connections, or an idle timeout."),
        .advice = N_("The text usually gives the reason. Check the server's limits, timeouts and log; the client tries again later."),
        .reference = "RFC 5321, section 3.8",
    },
    {
        .code = 421, .context = COMMAND_CONNECTION, .name = N_("No service at the moment"),
        .meaning = N_("The server refuses to start a session now and closes the connection. Trying again later may work."),
        .when = N_("Instead of a greeting: too many connections from this client, overload, maintenance, or a temporary block."),
        .advice = N_("Check the number of parallel connections, the reputation of the client's address and the server's load."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 421, .context = COMMAND_MESSAGE, .name = N_("Message not accepted, session ends"),
        .meaning = N_("The server did not accept the message and closes the connection. The client keeps the message and tries again later."),
        .when = N_("At the end of the message data: shutdown, overload, a timeout, or a filter that did not answer."),
        .advice = N_("Check the server's log and its content filters. Watch for the same message being tried again and again."),
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 421, .context = COMMAND_AUTH, .name = N_("Session ended during AUTH"),
        .meaning = N_("The server closes the connection instead of finishing the authentication. It says nothing about the credentials."),
        .when = N_("After too many failed attempts, on overload, or when the authentication backend does not answer in time."),
        .advice = N_("Look for earlier 535 replies, then at the server's limits and log. This alone is no reason to ask for a new password."),
        .reference = "RFC 5321, section 4.3.2",
    },

    {
        .code = 422, .context = COMMAND_NONE, .name = N_("Password transition or full mailbox"),
        .meaning = N_("The registry of enhanced status codes lists 422 for a password transition; some servers use it for a full mailbox."),
        .when = N_("It is rare. After AUTH it means the transition; after RCPT or the message data it usually means a full mailbox."),
        .advice = N_("Read the text. For a full mailbox, the recipient has to free up space; the client tries again later."),
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 422, .context = COMMAND_AUTH, .name = N_("Password transition needed"),
        .meaning = N_("The account must be converted before this SASL mechanism works. It is the less common twin of 432."),
        .when = N_("After AUTH, when the server has no stored secret of the kind that this mechanism needs."),
        .advice = N_("Log in once with PLAIN under TLS, then try this mechanism again."),
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 432, .context = COMMAND_NONE, .name = N_("Password transition needed"),
        .meaning = N_("The server asks for a password transition. The code is defined for AUTH only."),
        .when = N_("After any other command it is out of place. Exchange Online uses 432 for a throttled sending account."),
        .advice = N_("Read the text. Treat it as a temporary failure: it begins with 4."),
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 432, .context = COMMAND_AUTH, .name = N_("Password transition needed"),
        .meaning = N_("The server cannot use this SASL mechanism for the account until the stored password is converted."),
        .when = N_("After AUTH, usually for accounts that were created before the mechanism was introduced."),
        .advice = N_("Log in once with PLAIN under TLS: that usually converts the account. The mechanism then works in later sessions."),
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 450, .context = COMMAND_NONE, .name = N_("Mailbox unavailable for now"),
        .meaning = N_("The server refuses the request for the moment. The mailbox is busy, or a policy blocks it temporarily."),
        .when = N_("Mostly after RCPT: greylisting, rate limits, a locked mailbox, or DNS lookups that failed."),
        .advice = N_("The client tries again later. If the code persists for hours, read the text and ask the server's administrator."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_MESSAGE, .name = N_("Message deferred by policy"),
        .meaning = N_("The server saw the message and refuses it for now, for policy reasons. The client keeps it and tries again."),
        .when = N_("At the end of the message data: a rate limit, or a filter that wants the message again later."),
        .advice = N_("Wait for the next attempt. If it keeps happening, check the text and the filter's log on the server."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 450, .context = COMMAND_MAIL, .name = N_("Sender deferred"),
        .meaning = N_("The server refuses this sender for the moment. A later attempt may be accepted."),
        .when = N_("After MAIL: the sender's domain could not be looked up, or the sender exceeds a rate limit."),
        .advice = N_("Check the DNS records of the sender's domain first, then the limits of the server."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_RCPT, .name = N_("Recipient deferred"),
        .meaning = N_("The server does not accept this recipient now but may do so later."),
        .when = N_("After RCPT. Greylisting is the usual cause: the server delays mail from senders that it does not know yet."),
        .advice = N_("Let the client try again: with greylisting that succeeds within minutes. Otherwise check the recipient's mailbox."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_ETRN, .name = N_("Queue run deferred"),
        .meaning = N_("The server does not start the queue for this host at the moment. RFC 1985 has 458 for this."),
        .when = N_("After ETRN, usually because of the server's policy."),
        .advice = N_("Try again later. If that does not help, ask the administrator whether this client may use ETRN."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_ATRN, .name = N_("ATRN refused"),
        .meaning = N_("The server refuses to hand over mail for the requested domains, for example because they are not this customer's."),
        .when = N_("After ATRN on an on-demand mail relay."),
        .advice = N_("Check which account the client used with AUTH, and which domains it asked for."),
        .reference = "RFC 2645, section 5.2.1",
    },

    {
        .code = 451, .context = COMMAND_NONE, .name = N_("Error in processing"),
        .meaning = N_("The server gave up on the request because of trouble on its own side. The failure is temporary."),
        .when = N_("Mostly after RCPT or the message data: a lookup, a filter or a disk failed. Some servers use it for greylisting."),
        .advice = N_("The client tries again later. On your own server, the log for this moment should name the part that failed."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 451, .context = COMMAND_MESSAGE, .name = N_("Message not accepted: error in processing"),
        .meaning = N_("The server read the message but could not process it. It did not accept it, and the client tries again later."),
        .when = N_("At the end of the message data: a content filter, a queue or a storage backend failed."),
        .advice = N_("Check the filters (virus, spam, DKIM) and the queue disk of the server."),
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 451, .context = COMMAND_RCPT, .name = N_("Recipient not checked: error in processing"),
        .meaning = N_("The server could not decide about this recipient because something on its side failed."),
        .when = N_("After RCPT: a user database, a DNS lookup or a policy service did not answer. Some servers use it for greylisting."),
        .advice = N_("On your own server, check directory, database and policy services. Otherwise let the client try again."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 451, .context = COMMAND_ATRN, .name = N_("ATRN not possible now"),
        .meaning = N_("The server cannot reverse the connection at the moment. Nothing is lost; the mail stays queued."),
        .when = N_("After ATRN, for example when the queue is already being processed."),
        .advice = N_("Try ATRN again later. If that does not help, ask the provider."),
        .reference = "RFC 2645, section 5.2.1",
    },

    {
        .code = 452, .context = COMMAND_NONE, .name = N_("Not enough storage"),
        .meaning = N_("The server lacks space or another resource for the request. The failure is temporary."),
        .when = N_("After MAIL, RCPT or the message data."),
        .advice = N_("On your own server, check free disk space and memory. Otherwise the client tries again later."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 452, .context = COMMAND_MESSAGE, .name = N_("Message not accepted: not enough storage"),
        .meaning = N_("The server has no room for this message now and did not accept it. The client keeps it and tries again."),
        .when = N_("At the end of the message data: the queue disk is full, or the recipient's mailbox is."),
        .advice = N_("Check free space on the queue disk, then mailbox quotas."),
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 452, .context = COMMAND_MAIL, .name = N_("No room for a message of this size"),
        .meaning = N_("The server will not start a transaction now because it lacks space for the message."),
        .when = N_("After MAIL, often with a SIZE parameter that exceeds the free space."),
        .advice = N_("Check free space on the queue disk of the server. The client tries again later."),
        .reference = "RFC 5321, section 4.2.3; RFC 1870, section 6.1",
    },
    {
        .code = 452, .context = COMMAND_RCPT, .name = N_("Recipient not accepted for now"),
        .meaning = N_("The server accepts no more recipients in this transaction, or the mailbox is full at the moment."),
        .when = N_("After RCPT. Too many recipients in one transaction is the usual cause (enhanced code 4.5.3)."),
        .advice = N_("The client sends the message to the accepted recipients and tries the others in another transaction."),
        .reference = "RFC 5321, section 4.5.3.1.10",
    },

    {
        .code = 453, .context = COMMAND_NONE, .name = N_("No mail waiting"),
        .meaning = N_("The server says that it has no mail for the client. The code is defined for ATRN only."),
        .when = N_("It belongs to ATRN on an on-demand mail relay. Elsewhere, the server gives the number a meaning of its own."),
        .advice = N_("Read the text. Treat it as a temporary failure: it begins with 4."),
        .reference = "RFC 2645, section 5.2.1",
    },
    {
        .code = 453, .context = COMMAND_ATRN, .name = N_("You have no mail"),
        .meaning = N_("The server holds no mail for the requested domains. Despite the 4, nothing is wrong."),
        .when = N_("After ATRN when the customer's queue is empty."),
        .advice = N_("Nothing to do. If you expected mail, check the domains given with ATRN and their MX records."),
        .reference = "RFC 2645, section 5.2.1",
    },

    {
        .code = 454, .context = COMMAND_NONE, .name = N_("Temporarily not available"),
        .meaning = N_("A service that this command needs is not available for the moment."),
        .when = N_("The code is defined for AUTH (temporary failure) and for STARTTLS (TLS not available)."),
        .advice = N_("Look at the command that it answers, read the text, and try again later."),
        .reference = "RFC 4954, section 6; RFC 3207, section 4",
    },
    {
        .code = 454, .context = COMMAND_RCPT, .name = N_("Relaying refused for now"),
        .meaning = N_("The server refuses, for now, to relay to this recipient. RFCs define 454 only for AUTH and STARTTLS; here it is the server's own choice."),
        .when = N_("After RCPT. Postfix sends 454 4.7.1 when a client that may not relay names a recipient in another domain."),
        .advice = N_("Check that the client authenticates before it sends. On the server, check relay rights and the list of its own domains."),
        .reference = "RFC 5321, section 4.2.1",
    },
    {
        .code = 454, .context = COMMAND_AUTH, .name = N_("Temporary authentication failure"),
        .meaning = N_("The server could not check the credentials because of trouble on its own side. They may well be right."),
        .when = N_("After AUTH, when the directory, the database or the authentication service does not answer."),
        .advice = N_("Check the authentication backend. Keep the password: the client should try again later, without asking for another."),
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 454, .context = COMMAND_STARTTLS, .name = N_("TLS not available for now"),
        .meaning = N_("The server offers STARTTLS but cannot start TLS at the moment. The connection stays unencrypted."),
        .when = N_("After STARTTLS, mostly because the server cannot read its certificate or key."),
        .advice = N_("On the server, check the certificate, the private key and their permissions. Send no password without TLS."),
        .reference = "RFC 3207, section 4",
    },

    {
        .code = 455, .context = COMMAND_NONE, .name = N_("Parameters not possible now"),
        .meaning = N_("The server knows the parameters of the command but cannot honour them at the moment."),
        .when = N_("After MAIL or RCPT with parameters, for example SIZE or BODY. It is rare."),
        .advice = N_("The client may try again later, or without the parameter if the message does not need it."),
        .reference = "RFC 5321, section 4.1.1.11",
    },

    {
        .code = 458, .context = COMMAND_NONE, .name = N_("Cannot queue for this host"),
        .meaning = N_("The server says that it cannot start a mail queue. The code is defined for ETRN only."),
        .when = N_("It belongs to ETRN. Elsewhere it may stand for some other resource that the server lacks."),
        .advice = N_("Read the text. Treat it as a temporary failure: it begins with 4."),
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 458, .context = COMMAND_ETRN, .name = N_("Queue run not possible"),
        .meaning = N_("The server cannot start the queue for the named host at the moment."),
        .when = N_("After ETRN, for example when resources are short or the host is not one that the server queues for."),
        .advice = N_("Check the host name given with ETRN, then try again later."),
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 459, .context = COMMAND_NONE, .name = N_("Host not allowed"),
        .meaning = N_("The server refuses a queue run for a host. The code is defined for ETRN only."),
        .when = N_("It belongs to ETRN. Elsewhere it may stand for some other policy of the server."),
        .advice = N_("Read the text: it should say why. Treat it as a temporary failure: it begins with 4."),
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 459, .context = COMMAND_ETRN, .name = N_("ETRN not allowed for this host"),
        .meaning = N_("The server does not run the queue of the named host for this client. The text says why."),
        .when = N_("After ETRN, when the server's policy does not allow this client or this host name."),
        .advice = N_("Ask the server's administrator to allow ETRN for this host, or correct the host name."),
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 500, .context = COMMAND_NONE, .name = N_("Command not recognized"),
        .meaning = N_("The server does not understand the line as a command, or the line is too long."),
        .when = N_("After a mistyped verb, a verb that this server does not know, or message text sent where a command was due."),
        .advice = N_("Check what the client sent right before it, and whether an earlier refusal put both sides out of step."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 500, .context = COMMAND_EHLO, .name = N_("EHLO not recognized"),
        .meaning = N_("The server does not know EHLO, so it offers no extensions in this session: neither AUTH nor STARTTLS."),
        .when = N_("Very old servers send it, and firewalls that inspect SMTP and block EHLO."),
        .advice = N_("Look for a firewall with SMTP inspection. The client falls back to HELO."),
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 500, .context = COMMAND_HELP, .name = N_("HELP not recognized"),
        .meaning = N_("The server does not offer HELP. It is harmless: sending mail never needs it."),
        .when = N_("Many servers, Postfix for example, refuse HELP with 500 or 502."),
        .advice = N_("Nothing to do."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 500, .context = COMMAND_AUTH, .name = N_("AUTH not recognized"),
        .meaning = N_("The server did not accept the line: it is too long for a SASL exchange, or the server does not offer AUTH here."),
        .when = N_("With enhanced code 5.5.6 a line exceeded 12288 octets, for example a huge token. Otherwise AUTH is switched off."),
        .advice = N_("Check that the reply to EHLO lists AUTH. If not, use the submission port (587 or 465) or start TLS first."),
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 501, .context = COMMAND_NONE, .name = N_("Syntax error in arguments"),
        .meaning = N_("The server knows the command but cannot read what follows the verb."),
        .when = N_("After a malformed address, a missing argument, or an argument where none is allowed."),
        .advice = N_("Look at the exact bytes of the command: brackets, spaces, control characters."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 501, .context = COMMAND_EHLO, .name = N_("Bad host name in EHLO"),
        .meaning = N_("The server cannot accept the name that the client gave with EHLO or HELO."),
        .when = N_("When the name is missing, has invalid characters such as an underscore, or is not a host name at all."),
        .advice = N_("Set a full host name in the client's configuration."),
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 501, .context = COMMAND_MAIL, .name = N_("Bad sender address"),
        .meaning = N_("The server cannot read the sender address or a parameter of MAIL."),
        .when = N_("With missing angle brackets, spaces after the colon, a bad address, or a malformed parameter."),
        .advice = N_("Look at the MAIL command in the capture, and at the sender's address in the client."),
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 501, .context = COMMAND_RCPT, .name = N_("Bad recipient address"),
        .meaning = N_("The server cannot read the recipient address or a parameter of RCPT."),
        .when = N_("With missing angle brackets, a display name inside the address, or forbidden characters."),
        .advice = N_("Look at the RCPT command in the capture, then at the address book or program that made it."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 501, .context = COMMAND_AUTH, .name = N_("AUTH malformed or cancelled"),
        .meaning = N_("A SASL response is not valid base64, or the client cancelled the exchange by sending '*'."),
        .when = N_("After AUTH or one of its SASL responses. Line breaks inside the base64 text are a common cause."),
        .advice = N_("If the client sent '*', find out why it gave up. Otherwise check how it encodes its responses."),
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 501, .context = COMMAND_STARTTLS, .name = N_("STARTTLS takes no argument"),
        .meaning = N_("The server refuses STARTTLS because something follows the verb. TLS has not started."),
        .when = N_("After STARTTLS with an argument or stray characters on the line."),
        .advice = N_("Look at the exact bytes of the line. The client must send STARTTLS alone."),
        .reference = "RFC 3207, section 4",
    },

    {
        .code = 502, .context = COMMAND_NONE, .name = N_("Command not implemented"),
        .meaning = N_("The server knows the command but does not implement it."),
        .when = N_("After VRFY, EXPN, HELP or TURN, which many servers switch off, or after extensions that they do not offer."),
        .advice = N_("Check whether the client needs the command. Extensions should be used only if the reply to EHLO lists them."),
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_EHLO, .name = N_("EHLO not implemented"),
        .meaning = N_("The server knows EHLO but does not implement it, so this session has no extensions."),
        .when = N_("Only very old servers send it, or firewalls that inspect SMTP."),
        .advice = N_("Look for a firewall with SMTP inspection. The client falls back to HELO."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 502, .context = COMMAND_VRFY, .name = N_("VRFY switched off"),
        .meaning = N_("The server does not verify addresses for clients. It says nothing about the address."),
        .when = N_("Many servers switch VRFY off so that strangers cannot collect addresses."),
        .advice = N_("Nothing to fix."),
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_HELP, .name = N_("HELP not implemented"),
        .meaning = N_("The server gives no help over SMTP. It is harmless: the session goes on."),
        .when = N_("Postfix and others answer HELP this way."),
        .advice = N_("Nothing to do. The server's manual tells you more than HELP would."),
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_AUTH, .name = N_("AUTH not offered"),
        .meaning = N_("The server does not support AUTH in this session, so the client cannot authenticate here."),
        .when = N_("After AUTH on a port for incoming mail (25), or before TLS when AUTH is only allowed after it."),
        .advice = N_("Check that the reply to EHLO lists AUTH. Use the submission port (587 or 465) and TLS."),
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_ATRN, .name = N_("ATRN not offered"),
        .meaning = N_("The server is not an on-demand mail relay, or not at the moment."),
        .when = N_("After ATRN on an ordinary mail server."),
        .advice = N_("Check that the client connects to the provider's relay, usually on port 366, and not to port 25."),
        .reference = "RFC 2645, section 7",
    },

    {
        .code = 503, .context = COMMAND_NONE, .name = N_("Bad sequence of commands"),
        .meaning = N_("The server knows the command but not at this point of the session."),
        .when = N_("When an earlier step is missing or was refused: EHLO before MAIL, MAIL before RCPT, RCPT before DATA."),
        .advice = N_("Look at the replies before this one: the first refusal is usually the real cause."),
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 503, .context = COMMAND_MAIL, .name = N_("MAIL out of sequence"),
        .meaning = N_("The server does not accept MAIL now: a transaction is already open, or EHLO is missing."),
        .when = N_("After a second MAIL without RSET, or after MAIL as the first command. Some servers also want AUTH first."),
        .advice = N_("Check that the client sent EHLO, and that it ended or reset the previous transaction."),
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 503, .context = COMMAND_RCPT, .name = N_("RCPT without a sender"),
        .meaning = N_("The server has no open transaction, so it cannot take a recipient."),
        .when = N_("When MAIL was refused or is missing, often with pipelining: the client sent RCPT before it saw the refusal."),
        .advice = N_("Look at the reply to MAIL: that refusal is the cause."),
        .reference = "RFC 5321, section 4.1.1.3",
    },
    {
        .code = 503, .context = COMMAND_DATA, .name = N_("DATA without recipients"),
        .meaning = N_("The server has no accepted recipient, so it accepts no message."),
        .when = N_("When every RCPT was refused or is missing, often with pipelining."),
        .advice = N_("Look at the replies to RCPT: those refusals are the cause."),
        .reference = "RFC 5321, section 3.3",
    },
    {
        .code = 503, .context = COMMAND_BDAT, .name = N_("Chunk out of sequence"),
        .meaning = N_("The server accepts no chunk at this point: no recipient was accepted, or the last chunk has already been sent."),
        .when = N_("After BDAT or BURL when a command before it was refused, often with pipelining."),
        .advice = N_("Look at the replies to MAIL, RCPT and earlier chunks. The client should send RSET and begin again."),
        .reference = "RFC 3030, section 2",
    },
    {
        .code = 503, .context = COMMAND_AUTH, .name = N_("AUTH at the wrong moment"),
        .meaning = N_("The server does not allow AUTH now: the client is already authenticated, or a mail transaction is open."),
        .when = N_("After a second AUTH once 235 came, or AUTH between MAIL and the message. Some servers also use it where AUTH is off."),
        .advice = N_("Look for an earlier 235: then the login is fine. Otherwise check that AUTH comes after EHLO and before MAIL."),
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 503, .context = COMMAND_STARTTLS, .name = N_("STARTTLS at the wrong moment"),
        .meaning = N_("The server does not start TLS at this point, for example because TLS is already active."),
        .when = N_("After a second STARTTLS, or where EHLO did not offer it."),
        .advice = N_("Check the reply to EHLO for STARTTLS, and whether the connection is already inside TLS."),
        .reference = "RFC 3207, section 4.2; RFC 5321, section 4.1.4",
    },

    {
        .code = 504, .context = COMMAND_NONE, .name = N_("Parameter not implemented"),
        .meaning = N_("The server knows the command but does not support this argument."),
        .when = N_("After VRFY, EXPN or HELP with unusual arguments. Some servers use it for host names that they do not accept."),
        .advice = N_("Read the text, then try the command with another argument or without one."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 504, .context = COMMAND_EHLO, .name = N_("Host name not accepted"),
        .meaning = N_("The server does not accept the name given with EHLO or HELO."),
        .when = N_("By the standard it should be rare. Postfix sends it when the client does not give a full host name."),
        .advice = N_("Set a full host name (with domain) in the client's configuration."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 504, .context = COMMAND_HELP, .name = N_("No help for this argument"),
        .meaning = N_("The server offers HELP, but not for the word that followed it. It is harmless."),
        .when = N_("After HELP with an argument that the server has no text for. Sendmail uses it."),
        .advice = N_("Nothing to do, or ask for HELP alone."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 504, .context = COMMAND_AUTH, .name = N_("SASL mechanism not supported"),
        .meaning = N_("The server does not offer the SASL mechanism that the client chose. It has checked no password."),
        .when = N_("After AUTH with a mechanism that is missing from the server's AUTH list. Before TLS that list is often shorter."),
        .advice = N_("Compare the mechanism with the AUTH line in the reply to EHLO, then change the client's setting or start TLS."),
        .reference = "RFC 4954, section 4",
    },

    {
        .code = 521, .context = COMMAND_NONE, .name = N_("Host accepts no mail"),
        .meaning = N_("This host never accepts mail by SMTP, from anyone or for anyone."),
        .when = N_("Normally instead of a greeting. Some servers send it later and close the connection, for example after too many errors."),
        .advice = N_("The failure is permanent: check DNS, the address and the MX records of the domain."),
        .reference = "RFC 7504, section 3",
    },
    {
        .code = 521, .context = COMMAND_CONNECTION, .name = N_("Host accepts no mail"),
        .meaning = N_("The host answers only to say that it accepts no mail at all. Trying again will not help."),
        .when = N_("Instead of a greeting, on a host that runs no real mail service. Some servers use it to block a client."),
        .advice = N_("Check the MX records of the domain, and that the client connects to the right host."),
        .reference = "RFC 7504, section 3",
    },

    {
        .code = 523, .context = COMMAND_NONE, .name = N_("Encryption needed"),
        .meaning = N_("The server demands encryption first. The registry of enhanced status codes lists 523 with X.7.10."),
        .when = N_("It is rare: most servers send 530 or 538. Some lists of SMTP errors give 523 another meaning."),
        .advice = N_("Read the text. If it asks for encryption, switch TLS on in the client."),
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 523, .context = COMMAND_AUTH, .name = N_("Encryption needed before AUTH"),
        .meaning = N_("The server takes this SASL mechanism only on an encrypted connection, or wants a stronger mechanism instead."),
        .when = N_("After AUTH without TLS. It is rare: most servers send 538 or 530."),
        .advice = N_("Switch TLS on in the client (STARTTLS or port 465), then authenticate again."),
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 524, .context = COMMAND_NONE, .name = N_("Mechanism needs encryption"),
        .meaning = N_("The server demands encryption for a SASL mechanism. The registry lists 524 with X.7.11, for AUTH only."),
        .when = N_("After AUTH without TLS. After any other command it is out of place."),
        .advice = N_("Read the text. If it asks for encryption, switch TLS on in the client."),
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 524, .context = COMMAND_AUTH, .name = N_("Mechanism needs encryption"),
        .meaning = N_("The server allows this SASL mechanism only on an encrypted connection. It is the less common twin of 538."),
        .when = N_("After AUTH PLAIN or LOGIN without TLS."),
        .advice = N_("Switch TLS on in the client. If the password was sent with AUTH, it crossed the network in the clear: change it."),
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 525, .context = COMMAND_NONE, .name = N_("Account disabled"),
        .meaning = N_("The server says that a user's account is disabled. The registry lists 525 with X.7.13, for authentication."),
        .when = N_("After anything but AUTH it is unusual. A few servers use 525 for other blocks."),
        .advice = N_("Read the text, then ask the administrator about the account."),
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 525, .context = COMMAND_AUTH, .name = N_("Account disabled"),
        .meaning = N_("The credentials are right, but the account is disabled. Another password will not help."),
        .when = N_("After AUTH for an account that was closed, not paid for, or locked after abuse."),
        .advice = N_("The administrator has to enable the account. Find out why it was disabled before doing so."),
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 530, .context = COMMAND_NONE, .name = N_("Authentication or TLS required"),
        .meaning = N_("The server refuses this command until the client authenticates or starts TLS. The text says which."),
        .when = N_("After MAIL and other commands on submission servers. AUTH, EHLO, HELO, NOOP, RSET and QUIT do not need a login."),
        .advice = N_("If the text asks for authentication, switch it on in the client. If it asks for STARTTLS, switch TLS on."),
        .reference = "RFC 4954, section 6; RFC 3207, section 4",
    },
    {
        .code = 530, .context = COMMAND_MAIL, .name = N_("Authentication or TLS required for MAIL"),
        .meaning = N_("The server takes no mail from this client until it authenticates or starts TLS."),
        .when = N_("After MAIL on a submission server (587 or 465), when the client skipped AUTH or STARTTLS."),
        .advice = N_("Switch authentication and TLS on in the client's outgoing server settings."),
        .reference = "RFC 4954, section 6; RFC 3207, section 4",
    },
    {
        .code = 530, .context = COMMAND_RCPT, .name = N_("Authentication required for this recipient"),
        .meaning = N_("The server accepted the sender but wants a login before it takes this recipient."),
        .when = N_("After RCPT for another domain, on servers that let only authenticated clients relay."),
        .advice = N_("Switch authentication on in the client's outgoing server settings."),
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 530, .context = COMMAND_AUTH, .name = N_("STARTTLS required before AUTH"),
        .meaning = N_("The server does not let the client authenticate on an unencrypted connection. It has checked no password."),
        .when = N_("After AUTH without TLS, on servers that demand STARTTLS first."),
        .advice = N_("Switch TLS on in the client. If the password was sent with AUTH, it crossed the network in the clear: change it."),
        .reference = "RFC 3207, section 4",
    },

    {
        .code = 534, .context = COMMAND_NONE, .name = N_("Mechanism too weak"),
        .meaning = N_("The server finds a SASL mechanism too weak. The code is defined for AUTH only."),
        .when = N_("After any other command it is unusual. A few servers use the number for refusals of their own."),
        .advice = N_("Read the text. Treat it as a permanent failure: it begins with 5."),
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 534, .context = COMMAND_AUTH, .name = N_("Mechanism too weak"),
        .meaning = N_("The server's policy wants a stronger SASL mechanism for this user. The password itself may be right."),
        .when = N_("After AUTH. Gmail also sends it when the account needs a login in a browser or an app password."),
        .advice = N_("Choose another mechanism in the client (for example OAuth). Read the text: providers often put a link there."),
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 535, .context = COMMAND_NONE, .name = N_("Authentication credentials invalid"),
        .meaning = N_("The server refuses a login, though the capture does not show the AUTH that asked for it."),
        .when = N_("It belongs to AUTH. A few servers also send it to MAIL when a login is missing."),
        .advice = N_("Look for AUTH earlier in the session, and for packets that the capture missed."),
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 535, .context = COMMAND_AUTH, .name = N_("Authentication credentials invalid"),
        .meaning = N_("The server does not accept the user name, the password or the token. The client is not authenticated."),
        .when = N_("It ends an unsuccessful AUTH. Many servers send it whatever the reason, so as not to reveal which part was wrong."),
        .advice = N_("Check the user name (often the full address), then the password. Many providers want an app password or OAuth instead."),
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 538, .context = COMMAND_NONE, .name = N_("Encryption required for the mechanism"),
        .meaning = N_("The server demands encryption for a SASL mechanism. The code is defined for AUTH only."),
        .when = N_("After anything but AUTH, servers normally send 530 when they want TLS first."),
        .advice = N_("Read the text. If it asks for encryption, switch TLS on in the client."),
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 538, .context = COMMAND_AUTH, .name = N_("Encryption required for the mechanism"),
        .meaning = N_("The server allows this SASL mechanism only under TLS. It has not judged the password."),
        .when = N_("After AUTH PLAIN or LOGIN on an unencrypted connection."),
        .advice = N_("Switch TLS on in the client, then authenticate again. A password that was sent in the clear should be changed."),
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 541, .context = COMMAND_NONE, .name = N_("Refused as unwanted"),
        .meaning = N_("The server refuses for good, usually because it takes the message for spam. No RFC defines this code; some mail filters and providers use it."),
        .when = N_("After RCPT or the message data, when a spam filter or a block list objects to the sender, the client's address or the content."),
        .advice = N_("Read the text: it often names the filter or gives a link. Then look the client's address up on block lists, and check the message."),
        .reference = "RFC 5321, section 4.2.1",
    },

    {
        .code = 550, .context = COMMAND_NONE, .name = N_("Refused"),
        .meaning = N_("The server refuses the request for good: the mailbox is not available, or a policy forbids it."),
        .when = N_("After nearly any command. The enhanced status code and the text tell a missing mailbox from a policy."),
        .advice = N_("Read the text first. 5.1.1 points to the address, 5.7.1 to a policy."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 550, .context = COMMAND_CONNECTION, .name = N_("Connection refused by policy"),
        .meaning = N_("The server does not want a session with this client. RFC 5321 lists 554 for this."),
        .when = N_("Instead of a greeting, mostly because the client's address is on a block list."),
        .advice = N_("Look the client's address up on block lists, and read the text for a link."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 550, .context = COMMAND_MESSAGE, .name = N_("Message refused by policy"),
        .meaning = N_("The server saw the message and refuses it for good, for policy reasons. It does not deliver it."),
        .when = N_("At the end of the message data: a spam or virus filter, DMARC, a missing DKIM signature, a forbidden attachment."),
        .advice = N_("Read the text and the enhanced status code, then check SPF, DKIM and DMARC of the sender's domain."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_EHLO, .name = N_("Hello refused"),
        .meaning = N_("The server does not accept this EHLO or HELO, for policy reasons."),
        .when = N_("When the server does not like the host name or the address of the client."),
        .advice = N_("Check the name that the client gives and its DNS entries, and look its address up on block lists."),
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 550, .context = COMMAND_MAIL, .name = N_("Sender refused"),
        .meaning = N_("The server takes no mail from this sender address in this session."),
        .when = N_("After MAIL: the sender's domain has no DNS entry, SPF forbids the client, or the login may not use the address."),
        .advice = N_("Check the sender address in the client, then SPF and DNS of its domain."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_RCPT, .name = N_("Recipient refused"),
        .meaning = N_("The server does not take mail for this recipient: the mailbox does not exist, or a policy forbids it."),
        .when = N_("After RCPT. 5.1.1 usually means no such mailbox, 5.7.1 relaying denied or a block."),
        .advice = N_("Check the address for typos. If relaying is denied, check that the client authenticates."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_VRFY, .name = N_("Address unknown or withheld"),
        .meaning = N_("The server does not confirm this address: it has no such mailbox, or it does not tell this client."),
        .when = N_("After VRFY. No mail is involved."),
        .advice = N_("Check the spelling of the address. A refusal by policy says nothing about it."),
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 550, .context = COMMAND_EXPN, .name = N_("List unknown or withheld"),
        .meaning = N_("The server does not name the members of this list: it has no such list, or it does not tell this client."),
        .when = N_("After EXPN. Many servers refuse it to everyone."),
        .advice = N_("Nothing to fix: mail is not affected. If you need the list, check its spelling."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_ETRN, .name = N_("Queue run refused by policy"),
        .meaning = N_("The server refuses for good to start the queue for this host. RFC 1985 has 459 for this."),
        .when = N_("After ETRN, when the server does not offer it to this client."),
        .advice = N_("Ask the server's administrator whether this client may use ETRN."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 550, .context = COMMAND_ATRN, .name = N_("ATRN refused for good"),
        .meaning = N_("The server refuses to hand over mail on this connection. RFC 2645 has 450 for this."),
        .when = N_("After ATRN, when the account or the domains do not match the server's policy."),
        .advice = N_("Check the account used with AUTH and the requested domains, then ask the provider."),
        .reference = "RFC 5321, section 4.2.3",
    },

    {
        .code = 551, .context = COMMAND_NONE, .name = N_("User not local"),
        .meaning = N_("The server says that the user has another address, to which it does not forward mail. It belongs to RCPT and VRFY."),
        .when = N_("After any other command it is unusual."),
        .advice = N_("Read the text: it may hold the right address."),
        .reference = "RFC 5321, section 3.4",
    },
    {
        .code = 551, .context = COMMAND_RCPT, .name = N_("Recipient has moved"),
        .meaning = N_("The server does not take mail for this recipient. The text may name the address to use instead."),
        .when = N_("After RCPT for a user who is not local. Some servers also send it for relaying denied."),
        .advice = N_("Send to the new address, or check that the client authenticates if the text speaks of relaying."),
        .reference = "RFC 5321, section 3.4",
    },
    {
        .code = 551, .context = COMMAND_VRFY, .name = N_("User is elsewhere"),
        .meaning = N_("The server knows that the user reads mail elsewhere, and would not forward it. The text names the address."),
        .when = N_("After VRFY. It is rare."),
        .advice = N_("Use the address in the text."),
        .reference = "RFC 5321, section 3.5.1",
    },

    {
        .code = 552, .context = COMMAND_NONE, .name = N_("Storage exceeded"),
        .meaning = N_("The request needs more storage than the server allows."),
        .when = N_("After MAIL, RCPT or the message data."),
        .advice = N_("Read the text: the message may be too big, or a mailbox full."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 552, .context = COMMAND_MESSAGE, .name = N_("Message too big or mailbox full"),
        .meaning = N_("The server refuses this message for good: it exceeds a size limit or a quota. Gmail also refuses some attachments this way."),
        .when = N_("At the end of the message data."),
        .advice = N_("Compare the message's size with SIZE in the reply to EHLO. 5.3.4 or 5.2.3 means the size, 5.2.2 the mailbox."),
        .reference = "RFC 5321, section 4.3.2; RFC 1870, section 6.3",
    },
    {
        .code = 552, .context = COMMAND_MAIL, .name = N_("Announced size too big"),
        .meaning = N_("The server takes no message of the size that MAIL announced."),
        .when = N_("After MAIL with a SIZE parameter over the server's limit."),
        .advice = N_("Make the message smaller, or raise the limit on the server. The reply to EHLO shows it after SIZE."),
        .reference = "RFC 1870, section 6.1",
    },
    {
        .code = 552, .context = COMMAND_RCPT, .name = N_("Mailbox full"),
        .meaning = N_("The server takes no mail for this recipient because the mailbox has used up its storage."),
        .when = N_("After RCPT. Old servers also send it for too many recipients, and clients then treat it as 452."),
        .advice = N_("The recipient has to free up space or get a larger quota."),
        .reference = "RFC 5321, section 4.5.3.1.10",
    },

    {
        .code = 553, .context = COMMAND_NONE, .name = N_("Mailbox name not allowed"),
        .meaning = N_("The server does not allow this mailbox name, for example because its syntax is wrong."),
        .when = N_("After MAIL, RCPT or VRFY."),
        .advice = N_("Look at the address in the command: spelling, domain, forbidden characters."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 553, .context = COMMAND_MAIL, .name = N_("Sender address not allowed"),
        .meaning = N_("The server does not allow this sender address to this client."),
        .when = N_("After MAIL. Many servers send it when the address does not belong to the account that logged in."),
        .advice = N_("Make the client's sender address match the account, or ask the administrator to allow it."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 553, .context = COMMAND_RCPT, .name = N_("Recipient address not allowed"),
        .meaning = N_("The server does not accept this recipient address. It is malformed, or not one that the server may relay to."),
        .when = N_("After RCPT. qmail also sends it for relaying denied (domain not in its list)."),
        .advice = N_("Check the spelling of the address, then whether the client must authenticate first."),
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 553, .context = COMMAND_VRFY, .name = N_("Ambiguous user"),
        .meaning = N_("The name given with VRFY fits several users, or is not a valid mailbox name."),
        .when = N_("After VRFY with a part of a name."),
        .advice = N_("Ask again with the full address."),
        .reference = "RFC 5321, section 3.5.1",
    },

    {
        .code = 554, .context = COMMAND_NONE, .name = N_("Transaction failed"),
        .meaning = N_("The server refuses for good, and has no more specific code for it."),
        .when = N_("After nearly any command. After STARTTLS it can also mean that TLS was not secure enough for the server."),
        .advice = N_("Read the text: it should give the reason. Then check block lists, policies and the message itself."),
        .reference = "RFC 5321, section 4.2.3; RFC 3207, section 4.1",
    },
    {
        .code = 554, .context = COMMAND_CONNECTION, .name = N_("No SMTP service here"),
        .meaning = N_("The server refuses to start a session with this client. It accepts nothing but QUIT from it."),
        .when = N_("Instead of a greeting: the client's address is on a block list, or this host takes no mail from it."),
        .advice = N_("Look the client's address up on block lists, check its reverse DNS, and read the text for a link."),
        .reference = "RFC 5321, section 3.1",
    },
    {
        .code = 554, .context = COMMAND_MESSAGE, .name = N_("Message refused"),
        .meaning = N_("The server read the message and refuses it for good. It does not deliver it."),
        .when = N_("At the end of the message data: a filter took it for spam or a virus, or its format is faulty."),
        .advice = N_("Read the text, then check the content: attachments, links, header lines, DKIM signature."),
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 554, .context = COMMAND_MAIL, .name = N_("Sender refused without a specific reason"),
        .meaning = N_("The server starts no transaction for this sender."),
        .when = N_("After MAIL: a policy against the client's address or the sender's domain. RFC 5321 lists 550 for this."),
        .advice = N_("Read the text, then check block lists and the sender's domain."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 554, .context = COMMAND_RCPT, .name = N_("Recipient refused without a specific reason"),
        .meaning = N_("The server does not take mail for this recipient from this client."),
        .when = N_("After RCPT. Postfix sends it for relaying denied and for clients on block lists."),
        .advice = N_("Check that the client authenticates. Otherwise look its address up on block lists."),
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 554, .context = COMMAND_DATA, .name = N_("No valid recipients"),
        .meaning = N_("The server accepts no message because the transaction has no usable recipient, or a policy stops it here."),
        .when = N_("After DATA when every RCPT was refused, often with pipelining."),
        .advice = N_("Look at the replies to RCPT: those refusals are the cause."),
        .reference = "RFC 5321, section 3.3",
    },
    {
        .code = 554, .context = COMMAND_BURL, .name = N_("Message part not fetched"),
        .meaning = N_("The server could not use the message part that the URL names: it may not read it, or it is not there."),
        .when = N_("After BURL, when the mail store refused the URL or the server may not fetch from it."),
        .advice = N_("Check that the submission server may log in to the IMAP server, and that the URL has not expired."),
        .reference = "RFC 4468, section 6",
    },

    {
        .code = 555, .context = COMMAND_NONE, .name = N_("Parameters not recognized"),
        .meaning = N_("The server does not know a parameter that followed the address. It belongs to MAIL and RCPT."),
        .when = N_("After MAIL or RCPT with a parameter that the reply to EHLO did not offer."),
        .advice = N_("Compare the command's parameters with the list in the reply to EHLO."),
        .reference = "RFC 5321, section 4.1.1.11",
    },
    {
        .code = 555, .context = COMMAND_MAIL, .name = N_("Parameter of MAIL not recognized"),
        .meaning = N_("The server does not know a parameter of MAIL, such as SIZE, BODY, SMTPUTF8 or AUTH."),
        .when = N_("After MAIL when the client uses an extension that the server did not offer. Gmail also sends it for syntax errors."),
        .advice = N_("Look at MAIL in the capture: what follows the address must be in the server's EHLO list."),
        .reference = "RFC 5321, section 4.1.1.11",
    },
    {
        .code = 555, .context = COMMAND_RCPT, .name = N_("Parameter of RCPT not recognized"),
        .meaning = N_("The server does not know a parameter of RCPT, such as NOTIFY or ORCPT."),
        .when = N_("After RCPT when the client uses an extension (mostly DSN) that the server did not offer."),
        .advice = N_("Look at RCPT in the capture: NOTIFY and ORCPT need DSN in the server's EHLO list."),
        .reference = "RFC 5321, section 4.1.1.11",
    },

    {
        .code = 556, .context = COMMAND_NONE, .name = N_("Domain accepts no mail"),
        .meaning = N_("The server knows that a domain accepts no mail. The code is meant for RCPT."),
        .when = N_("After any other command it is unusual."),
        .advice = N_("Check the domain in the text: its DNS may say that it takes no mail (null MX)."),
        .reference = "RFC 7504, section 4",
    },
    {
        .code = 556, .context = COMMAND_RCPT, .name = N_("Recipient's domain accepts no mail"),
        .meaning = N_("The server refuses the recipient because its domain declares in DNS that it accepts no mail at all."),
        .when = N_("After RCPT for a domain with a null MX record, from a relay that looked it up."),
        .advice = N_("Check the domain's spelling. If it is right, the address cannot receive mail: ask for another one."),
        .reference = "RFC 7504, section 4",
    },
};

const size_t catalog_code_count = G_N_ELEMENTS(catalog_code_table);

/* A family row says the same of its first and its second digit each time. */
#define FAMILY(first, second, called)                                                            \
    {                                                                                            \
        .code = first * 100 + second * 10, .context = COMMAND_NONE,                              \
        .name = called,                                                                          \
        .meaning = FIRST_##first,                                                                \
        .also = SECOND_##second,                                                                 \
        .when = WHEN_##first,                                                                    \
        .advice = ADVICE_##first,                                                                \
        .reference = "RFC 5321, section 4.2.1",                                                  \
    }

#define FIRST_2 N_("No RFC defines this code for SMTP. The 2 stands for Positive Completion: the server did what was asked.")
#define FIRST_3 N_("No RFC defines this code for SMTP. The 3 stands for Positive Intermediate: the server waits for more from the client.")
#define FIRST_4 N_("No RFC defines this code for SMTP. The 4 stands for Transient Negative Completion: refused for now; a later attempt may work.")
#define FIRST_5 N_("No RFC defines this code for SMTP. The 5 stands for Permanent Negative Completion: refused for good.")

#define SECOND_0 N_("The 0 stands for syntax.")
#define SECOND_1 N_("The 1 stands for information.")
#define SECOND_2 N_("The 2 after it stands for connections.")
#define SECOND_3 N_("RFC 5321 leaves the second digit 3 unspecified.")
#define SECOND_4 N_("RFC 5321 leaves the second digit 4 unspecified.")
#define SECOND_5 N_("The second digit 5 stands for the mail system.")
#define SECOND_6 N_("The second digit 6 is outside RFC 5321's grammar.")
#define SECOND_7 N_("The second digit 7 is outside RFC 5321's grammar.")
#define SECOND_8 N_("The second digit 8 is outside RFC 5321's grammar.")
#define SECOND_9 N_("The second digit 9 is outside RFC 5321's grammar.")

#define WHEN_2 N_("Some servers invent codes, and faulty ones send stray numbers. Clients then go by the first digit (2) alone.")
#define WHEN_3 N_("Some servers invent codes, and faulty ones send stray numbers. Clients then go by the first digit (3) alone.")
#define WHEN_4 N_("Some servers invent codes, and faulty ones send stray numbers. Clients then go by the first digit (4) alone.")
#define WHEN_5 N_("Some servers invent codes, and faulty ones send stray numbers. Clients then go by the first digit (5) alone.")

#define ADVICE_2 N_("Treat it as success, and read the text to learn what the server means.")
#define ADVICE_3 N_("Read the text, and check in the server's manual what it waits for.")
#define ADVICE_4 N_("Read the text. The client tries again later.")
#define ADVICE_5 N_("Read the text and the enhanced status code. The same command will be refused again.")

const catalog_row catalog_family_table[CATALOG_FIRST_DIGITS][CATALOG_SECOND_DIGITS] = {
    {
        FAMILY(2, 0, N_("Undefined 20z code (syntax)")),
        FAMILY(2, 1, N_("Undefined 21z code (information)")),
        FAMILY(2, 2, N_("Undefined 22z code (connections)")),
        FAMILY(2, 3, N_("Undefined 23z code")),
        FAMILY(2, 4, N_("Undefined 24z code")),
        FAMILY(2, 5, N_("Undefined 25z code (mail system)")),
        FAMILY(2, 6, N_("Undefined 26z code")),
        FAMILY(2, 7, N_("Undefined 27z code")),
        FAMILY(2, 8, N_("Undefined 28z code")),
        FAMILY(2, 9, N_("Undefined 29z code")),
    },
    {
        FAMILY(3, 0, N_("Undefined 30z code (syntax)")),
        FAMILY(3, 1, N_("Undefined 31z code (information)")),
        FAMILY(3, 2, N_("Undefined 32z code (connections)")),
        FAMILY(3, 3, N_("Undefined 33z code")),
        FAMILY(3, 4, N_("Undefined 34z code")),
        FAMILY(3, 5, N_("Undefined 35z code (mail system)")),
        FAMILY(3, 6, N_("Undefined 36z code")),
        FAMILY(3, 7, N_("Undefined 37z code")),
        FAMILY(3, 8, N_("Undefined 38z code")),
        FAMILY(3, 9, N_("Undefined 39z code")),
    },
    {
        FAMILY(4, 0, N_("Undefined 40z code (syntax)")),
        FAMILY(4, 1, N_("Undefined 41z code (information)")),
        FAMILY(4, 2, N_("Undefined 42z code (connections)")),
        FAMILY(4, 3, N_("Undefined 43z code")),
        FAMILY(4, 4, N_("Undefined 44z code")),
        FAMILY(4, 5, N_("Undefined 45z code (mail system)")),
        FAMILY(4, 6, N_("Undefined 46z code")),
        FAMILY(4, 7, N_("Undefined 47z code")),
        FAMILY(4, 8, N_("Undefined 48z code")),
        FAMILY(4, 9, N_("Undefined 49z code")),
    },
    {
        FAMILY(5, 0, N_("Undefined 50z code (syntax)")),
        FAMILY(5, 1, N_("Undefined 51z code (information)")),
        FAMILY(5, 2, N_("Undefined 52z code (connections)")),
        FAMILY(5, 3, N_("Undefined 53z code")),
        FAMILY(5, 4, N_("Undefined 54z code")),
        FAMILY(5, 5, N_("Undefined 55z code (mail system)")),
        FAMILY(5, 6, N_("Undefined 56z code")),
        FAMILY(5, 7, N_("Undefined 57z code")),
        FAMILY(5, 8, N_("Undefined 58z code")),
        FAMILY(5, 9, N_("Undefined 59z code")),
    },
};

const catalog_row catalog_foreign_row = {
    .code = 0, .context = COMMAND_NONE, .name = N_("Not an SMTP reply code"),
    .meaning = N_("No RFC defines this code for SMTP: a reply code has three digits and begins with 2, 3, 4 or 5."),
    .when = N_("When the server is not an SMTP server, or when the text of a longer reply is mistaken for a new one."),
    .advice = N_("Check which program answers on this port. A client treats such a reply as a fatal error."),
    .reference = "RFC 5321, section 4.2",
};
