/* codes.c
 * The explanations of reply codes: those that RFCs define or servers share, sorted by code
 * and then by context, and the rows that explain any other code by its digits.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

#include <glib.h>

/* A row is as long as its sentences. */
/* clang-format off */
const catalog_row catalog_code_table[] = {
    {
        .code = 211, .context = COMMAND_NONE, .name = "System status",
        .meaning = "The server reports its status or gives help. It changes nothing in the session, and it is not a login.",
        .when = "It is rare: servers send it in answer to HELP, or to a status command of their own. The capture shows no such command right before it.",
        .advice = "Read the text: it is meant for a person. Then check which command this reply really belongs to.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 211, .context = COMMAND_HELP, .name = "System status",
        .meaning = "The server answers HELP with its status or with help text, often a list of commands. The session stays as it was.",
        .when = "Some servers use it for HELP (hMailServer lists its commands in one line); many others send 214 or refuse HELP. Port scanners send HELP, too.",
        .advice = "Nothing to fix: show the text to a person and carry on. If the text reports trouble, tell the server's administrator.",
        .reference = "RFC 5321, section 4.1.1.8; RFC 5321, section 4.2.3",
    },
    {
        .code = 211, .context = COMMAND_OTHER, .name = "System status",
        .meaning = "The server answers a non-standard command with a status report. The session stays as it was.",
        .when = "It follows a verb that only this server offers, for example STAT.",
        .advice = "Read the text, and look the verb up in the server's manual. If the text reports trouble, check the server's configuration.",
        .reference = "RFC 5321, section 4.2.3",
    },

    {
        .code = 214, .context = COMMAND_NONE, .name = "Help message",
        .meaning = "The server sends help text for a person. A client program has no use for it.",
        .when = "It belongs to HELP. The capture does not show HELP right before it.",
        .advice = "Check which command this reply belongs to: packets may be missing, or replies may be out of step.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 214, .context = COMMAND_HELP, .name = "Help message",
        .meaning = "The server answers HELP with help text for a person. The session stays as it was.",
        .when = "It is the usual reply to HELP, often on several lines. Sendmail and Exim send it.",
        .advice = "Nothing to do. The text often names the software, which helps when you write to its administrator.",
        .reference = "RFC 5321, section 4.1.1.8",
    },
    {
        .code = 214, .context = COMMAND_OTHER, .name = "Help message",
        .meaning = "The server answers a non-standard command with help text. The session stays as it was.",
        .when = "It follows a verb that only this server offers.",
        .advice = "Read the text, and look the verb up in the server's manual.",
        .reference = "RFC 5321, section 4.2.3",
    },

    {
        .code = 220, .context = COMMAND_NONE, .name = "Service ready",
        .meaning = "The server says that it is ready, which is only expected at the start of a connection, after STARTTLS and after XCLIENT.",
        .when = "Elsewhere it is out of place: the capture may lack packets, or the server may have started a new session.",
        .advice = "Find the command before it. If the connection was reused by a proxy or a filter, look at that program first.",
        .reference = "RFC 5321, section 4.3.1",
    },
    {
        .code = 220, .context = COMMAND_CONNECTION, .name = "Greeting: service ready",
        .meaning = "The server greets the client and is ready for commands. Its host name comes first in the text.",
        .when = "It opens nearly every session. Clients wait for it before they send EHLO.",
        .advice = "Go on with EHLO. If it came late, check DNS lookups, greeting delays and the server's load.",
        .reference = "RFC 5321, section 3.1; RFC 5321, section 4.3.1",
    },
    {
        .code = 220, .context = COMMAND_STARTTLS, .name = "Ready to start TLS",
        .meaning = "The server accepts STARTTLS: the very next bytes from the client start the TLS handshake.",
        .when = "It follows STARTTLS. From here on the capture shows TLS records instead of SMTP lines.",
        .advice = "The client starts TLS, then sends EHLO again: what it learned or proved before, a login included, no longer counts.",
        .reference = "RFC 3207, section 4",
    },
    {
        .code = 220, .context = COMMAND_XCLIENT, .name = "Session restarted",
        .meaning = "The server has taken the client attributes given with XCLIENT, and the session starts over as if newly connected.",
        .when = "A trusted proxy or filter in front of a Postfix-like server sends XCLIENT. No RFC defines XCLIENT.",
        .advice = "The proxy sends EHLO next. Check that the server's log shows the right client address.",
        .reference = "RFC 5321, section 4.1.5",
    },

    {
        .code = 221, .context = COMMAND_NONE, .name = "Closing the connection",
        .meaning = "The server says goodbye and closes the connection, though the capture does not show that the client asked for it.",
        .when = "It belongs to QUIT. Some servers also send it when they end a session on their own, where 421 would be right.",
        .advice = "Look for QUIT before it. Without one, look at the text and the server's log for the reason.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 221, .context = COMMAND_QUIT, .name = "Closing the connection",
        .meaning = "The server agrees to end the session and closes the connection.",
        .when = "It follows QUIT at the end of an orderly session.",
        .advice = "Nothing to do. Messages that got 250 before it stay accepted.",
        .reference = "RFC 5321, section 4.1.1.10",
    },

    {
        .code = 235, .context = COMMAND_NONE, .name = "Authentication successful",
        .meaning = "The server says that an authentication succeeded, though the capture does not show the AUTH that asked for it.",
        .when = "It belongs to AUTH. With no AUTH before it, the capture started late or lacks packets, or replies are out of step.",
        .advice = "Look for AUTH earlier in the session. If the capture is complete and has none, suspect the server or a proxy.",
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 235, .context = COMMAND_AUTH, .name = "Authentication successful",
        .meaning = "The server accepts the client's identity: the client is authenticated from here on.",
        .when = "It ends a successful AUTH, after the command itself or after the last SASL response. Every authenticated submission has one.",
        .advice = "The client goes on with MAIL. Another AUTH in this session must get 503. STARTTLS would end the authenticated state.",
        .reference = "RFC 4954, section 4",
    },

    {
        .code = 250, .context = COMMAND_NONE, .name = "Done",
        .meaning = "The server did what the command asked.",
        .when = "It is the usual success reply to most commands, MAIL and RCPT among them.",
        .advice = "Go on with the next command. To know what was accepted, look at the command that it answers.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 250, .context = COMMAND_MESSAGE, .name = "Message accepted",
        .meaning = "The server has the whole message and is now responsible for delivering it or for reporting a failure.",
        .when = "It follows the line with a single dot that ends the message data. In LMTP, one such reply comes for each recipient.",
        .advice = "The client may delete its copy. Note the queue ID in the text: with it the server's administrator can trace the message.",
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 250, .context = COMMAND_EHLO, .name = "Hello accepted",
        .meaning = "The server accepts EHLO and lists the extensions that it offers, one on each line after the first.",
        .when = "It follows EHLO at the start of a session, and again after STARTTLS.",
        .advice = "If something is missing later, look here first: is AUTH, STARTTLS or SIZE in the list?",
        .reference = "RFC 5321, section 4.1.1.1",
    },
    {
        .code = 250, .context = COMMAND_HELO, .name = "Hello accepted",
        .meaning = "The server accepts HELO, the older form of EHLO. A session that begins with it has no extensions, so neither AUTH nor STARTTLS.",
        .when = "It follows HELO, which old clients send, or newer ones after EHLO was refused.",
        .advice = "Go on with MAIL. If the client needs AUTH or STARTTLS, find out why it did not use EHLO.",
        .reference = "RFC 5321, section 4.1.1.1",
    },
    {
        .code = 250, .context = COMMAND_LHLO, .name = "LMTP hello accepted",
        .meaning = "The server accepts LHLO, so the session is LMTP: after the message it sends one reply for each recipient.",
        .when = "It follows LHLO, which a mail server sends to a delivery program such as Dovecot's or Cyrus's.",
        .advice = "Go on with MAIL. After the message data, expect one reply for each recipient that was accepted.",
        .reference = "RFC 2033, section 4.1",
    },
    {
        .code = 250, .context = COMMAND_MAIL, .name = "Sender accepted",
        .meaning = "The server accepts the sender address and opens a mail transaction. It has not promised to accept the message.",
        .when = "It follows MAIL FROM at the start of every transaction.",
        .advice = "Go on with RCPT. Recipients and message can still be refused.",
        .reference = "RFC 5321, section 4.1.1.2",
    },
    {
        .code = 250, .context = COMMAND_RCPT, .name = "Recipient accepted",
        .meaning = "The server accepts this recipient for the current transaction. The mailbox probably exists, but that is not promised.",
        .when = "It follows RCPT TO, once for each recipient.",
        .advice = "Go on with another RCPT or with DATA. Some servers check recipients later and then send a bounce message.",
        .reference = "RFC 5321, section 4.1.1.3",
    },
    {
        .code = 250, .context = COMMAND_DATA, .name = "Unexpected success to DATA",
        .meaning = "The server says that DATA is done, but 354 is the reply that lets the client send the message.",
        .when = "It is out of order: the replies may be shifted by one, or the server is faulty.",
        .advice = "Compare the number of commands and replies before it. The client must not treat the message as delivered.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 250, .context = COMMAND_BDAT, .name = "Chunk accepted",
        .meaning = "The server accepts this chunk of the message. If it was marked LAST, the server is now responsible for the whole message.",
        .when = "It follows each BDAT or BURL: message data in chunks instead of DATA.",
        .advice = "After the last chunk, note the queue ID in the text. After any other, the next chunk follows.",
        .reference = "RFC 3030, section 2",
    },
    {
        .code = 250, .context = COMMAND_RSET, .name = "Transaction reset",
        .meaning = "The server forgets the sender, the recipients and the message of the current transaction. The session goes on.",
        .when = "It follows RSET, which clients send to abandon a transaction or between two messages.",
        .advice = "Nothing to do. A login and TLS stay as they were.",
        .reference = "RFC 5321, section 4.1.1.5",
    },
    {
        .code = 250, .context = COMMAND_NOOP, .name = "Server is alive",
        .meaning = "The server confirms that it is there. Nothing changes in the session or the transaction.",
        .when = "It follows NOOP, which clients send to keep an idle connection open or to test it.",
        .advice = "Nothing to do. Many NOOPs in a row usually come from a client that keeps its connection open for later.",
        .reference = "RFC 5321, section 4.1.1.9",
    },
    {
        .code = 250, .context = COMMAND_VRFY, .name = "Address verified",
        .meaning = "The server confirms that it knows this user or mailbox.",
        .when = "It follows VRFY on servers that still offer it. Most answer 252 or 502 instead.",
        .advice = "If you do not want strangers to test addresses, switch VRFY off in the server's configuration.",
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 250, .context = COMMAND_EXPN, .name = "List expanded",
        .meaning = "The server knows this mailing list and names its members, one on each line.",
        .when = "It follows EXPN on the few servers that offer it to this client.",
        .advice = "If you do not want strangers to read list members, switch EXPN off in the server's configuration.",
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 250, .context = COMMAND_HELP, .name = "Help with an unusual code",
        .meaning = "The server answers HELP with the general success code. The text is still help.",
        .when = "Some servers do this (aiosmtpd, for example), though RFC 5321 lists 211 and 214 for HELP.",
        .advice = "Nothing to fix: read the text as help.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 250, .context = COMMAND_AUTH, .name = "Unclear reply to AUTH",
        .meaning = "The server says that AUTH is done, but the code for a successful authentication is 235. Whether the login worked is unclear.",
        .when = "It is not a reply that RFC 4954 lists for AUTH. A faulty server or shifted replies can cause it.",
        .advice = "Look in the server's log for the login. Do not rely on it until AUTH gets 235.",
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 250, .context = COMMAND_STARTTLS, .name = "Unexpected reply to STARTTLS",
        .meaning = "The server says that the command is done, but 220 is the code that starts TLS. TLS has not started.",
        .when = "It is not a reply that RFC 3207 lists. A faulty server, or a filter that replaces commands, can cause it.",
        .advice = "Look for a firewall or filter between client and server that rewrites SMTP. Send no password in this session.",
        .reference = "RFC 3207, section 4",
    },
    {
        .code = 250, .context = COMMAND_ETRN, .name = "Queue run started",
        .meaning = "The server accepts the request and starts to deliver the mail that it holds for this host.",
        .when = "It follows ETRN from a host that was offline and now wants its queued mail.",
        .advice = "Wait for the server to connect: the mail arrives over another connection, not this one.",
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 250, .context = COMMAND_ATRN, .name = "Roles reversed",
        .meaning = "The server accepts ATRN. From now on it acts as the client and sends the waiting mail over this connection.",
        .when = "It follows ATRN from an authenticated customer of an on-demand mail relay.",
        .advice = "The side that sent ATRN now sends a greeting (220). Read the rest of the capture with the roles swapped.",
        .reference = "RFC 2645, section 5.2.1",
    },
    {
        .code = 250, .context = COMMAND_TURN, .name = "Roles reversed without a login",
        .meaning = "The server accepts TURN and swaps roles: it now sends its waiting mail to whoever asked.",
        .when = "It follows TURN, an obsolete command that proves nothing about who the client is.",
        .advice = "Switch TURN off: anyone could fetch another host's mail with it. ETRN or ATRN replace it.",
        .reference = "RFC 821, section 3.8",
    },
    {
        .code = 250, .context = COMMAND_XCLIENT, .name = "Client attributes accepted",
        .meaning = "The server has taken the client attributes given with XCLIENT, without restarting the session.",
        .when = "It follows XCLIENT from a trusted proxy or filter. Postfix normally answers 220. No RFC defines XCLIENT.",
        .advice = "Check that the server's log shows the right client address.",
        .reference = "RFC 5321, section 4.1.5",
    },
    {
        .code = 250, .context = COMMAND_XFORWARD, .name = "Forwarded attributes accepted",
        .meaning = "The server has noted what the filter says about the original client. It uses this for its log, not for access decisions.",
        .when = "It follows XFORWARD from a content filter next to a Postfix server. No RFC defines XFORWARD.",
        .advice = "Nothing to do.",
        .reference = "RFC 5321, section 4.1.5",
    },
    {
        .code = 250, .context = COMMAND_XEXCH50, .name = "Octets accepted",
        .meaning = "The server has taken the octets that XEXCH50 announced. The message itself follows.",
        .when = "It follows XEXCH50 between old Exchange servers. No RFC defines XEXCH50.",
        .advice = "Nothing to do.",
        .reference = "RFC 5321, section 4.1.5",
    },

    {
        .code = 251, .context = COMMAND_NONE, .name = "User not local, will forward",
        .meaning = "The server says that the user has another address, and that it will forward the mail itself.",
        .when = "It belongs to RCPT and VRFY, and with another meaning to ETRN.",
        .advice = "Look at the command that it answers. The new address is usually in the text.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 251, .context = COMMAND_RCPT, .name = "Recipient accepted, will forward",
        .meaning = "The server accepts this recipient and forwards the message to another address, which the text names.",
        .when = "It follows RCPT TO for a user who has moved. Most servers forward silently with 250.",
        .advice = "Go on. If you keep an address book, note the new address.",
        .reference = "RFC 5321, section 3.4",
    },
    {
        .code = 251, .context = COMMAND_VRFY, .name = "User has another address",
        .meaning = "The server knows the user, who reads mail elsewhere, and it would forward mail to that address.",
        .when = "It follows VRFY, and is rare.",
        .advice = "Read the new address in the text. Mail to the old one still works.",
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 251, .context = COMMAND_ETRN, .name = "No mail waiting",
        .meaning = "The server accepts the request but holds no mail for this host, so nothing will arrive.",
        .when = "It follows ETRN when the queue for the named host is empty.",
        .advice = "Nothing to do. If you expected mail, check the host name given with ETRN and the MX records.",
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 252, .context = COMMAND_NONE, .name = "Not verified, but accepted",
        .meaning = "The server does not say whether the address exists, but it would accept a message for it.",
        .when = "It belongs to VRFY and EXPN, and with another meaning to ETRN.",
        .advice = "Look at the command that it answers. It is not a failure, but it does not confirm a mailbox either.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 252, .context = COMMAND_RCPT, .name = "Recipient accepted, not verified",
        .meaning = "The server accepts this recipient without having checked the address. The code is meant for VRFY.",
        .when = "It follows RCPT TO on a few servers. RFC 5321 lists 250 and 251 there.",
        .advice = "Go on with the transaction. A bounce message may come later if the mailbox does not exist.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 252, .context = COMMAND_VRFY, .name = "Cannot verify the user",
        .meaning = "The server neither confirms nor denies that the user exists. It would take mail for the address and try to deliver it.",
        .when = "It follows VRFY on many servers: they hide which addresses exist.",
        .advice = "Nothing to fix. To test an address, send a message and see what comes back.",
        .reference = "RFC 5321, section 3.5.3",
    },
    {
        .code = 252, .context = COMMAND_EXPN, .name = "Cannot expand the list",
        .meaning = "The server does not name the members of this list, but it would accept mail for the address.",
        .when = "It follows EXPN on servers that keep list members to themselves.",
        .advice = "Nothing to fix. Ask the owner of the list if you need its members.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 252, .context = COMMAND_ETRN, .name = "Delivery of waiting mail started",
        .meaning = "The server holds mail for this host and has started to deliver it.",
        .when = "It follows ETRN when the queue for the named host is not empty.",
        .advice = "Wait for the server to connect and deliver. If nothing comes, check that it can reach this host on port 25.",
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 253, .context = COMMAND_NONE, .name = "Waiting messages announced",
        .meaning = "The server says how many messages it has started to deliver. The code is defined for ETRN only.",
        .when = "After any other command it is out of place.",
        .advice = "Look for ETRN before it. Otherwise treat it as success: it begins with 2.",
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 253, .context = COMMAND_ETRN, .name = "Waiting messages counted",
        .meaning = "The server has started to deliver the mail for this host, and the text says how many messages are waiting.",
        .when = "It follows ETRN on servers that can count the queue.",
        .advice = "Compare the number with what arrives over the server's own connections.",
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 334, .context = COMMAND_NONE, .name = "SASL challenge",
        .meaning = "The server waits for a SASL response, though the capture does not show AUTH before it.",
        .when = "It belongs to AUTH. With no AUTH before it, the capture started late or lacks packets, or replies are out of step.",
        .advice = "Look for AUTH earlier in the session. The next line from the client is probably a SASL response with secrets.",
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 334, .context = COMMAND_AUTH, .name = "SASL challenge",
        .meaning = "The server asks for the next SASL response. It has decided nothing yet about the login.",
        .when = "It comes during AUTH, once or more. The text is the challenge in base64, and may be empty.",
        .advice = "Look for the reply that ends the exchange. If none comes, the client probably cannot answer the challenge.",
        .reference = "RFC 4954, section 4",
    },

    {
        .code = 354, .context = COMMAND_NONE, .name = "Start mail input",
        .meaning = "The server waits for message data, though the capture does not show DATA before it.",
        .when = "It belongs to DATA. With no DATA before it, the capture lacks packets, or replies are out of step.",
        .advice = "Find the command before it. If the client was not sending a message, suspect shifted replies.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 354, .context = COMMAND_DATA, .name = "Start mail input",
        .meaning = "The server is ready for the message: header, body, and at the end a line with a single dot.",
        .when = "It follows DATA after at least one recipient was accepted.",
        .advice = "The client sends the message. Only the reply after the dot says whether it is accepted.",
        .reference = "RFC 5321, section 4.1.1.4",
    },
    {
        .code = 354, .context = COMMAND_XEXCH50, .name = "Send the octets",
        .meaning = "The server is ready for the octets that XEXCH50 announced. They are Exchange's own data, and no message.",
        .when = "It follows XEXCH50 between old Exchange servers. No RFC defines XEXCH50.",
        .advice = "The client sends the octets. A 250 to XEXCH50 follows.",
        .reference = "RFC 5321, section 4.1.5",
    },

    {
        .code = 355, .context = COMMAND_NONE, .name = "Offset of an interrupted transfer",
        .meaning = "The server says from which octet an interrupted message should be continued. The code is defined for MAIL only.",
        .when = "After any other command it is out of place.",
        .advice = "Look for MAIL with TRANSID before it. Otherwise suspect shifted replies.",
        .reference = "RFC 1845, section 3",
    },
    {
        .code = 355, .context = COMMAND_MAIL, .name = "Continue an interrupted transfer",
        .meaning = "The server still has a part of this message and names the octet from which the client should continue.",
        .when = "It follows MAIL with TRANSID, an experimental extension (CHECKPOINT) that hardly any server offers.",
        .advice = "The client continues at this offset. If transfers keep failing here, switch CHECKPOINT off on the client.",
        .reference = "RFC 1845, section 3",
    },

    {
        .code = 421, .context = COMMAND_NONE, .name = "Service not available",
        .meaning = "The server ends the session and closes the connection. The failure is temporary.",
        .when = "It may come at any time: shutdown, overload, too many errors or connections, or an idle timeout.",
        .advice = "The text usually gives the reason. Check the server's limits, timeouts and log; the client tries again later.",
        .reference = "RFC 5321, section 3.8",
    },
    {
        .code = 421, .context = COMMAND_CONNECTION, .name = "No service at the moment",
        .meaning = "The server refuses to start a session now and closes the connection. Trying again later may work.",
        .when = "Instead of a greeting: too many connections from this client, overload, maintenance, or a temporary block.",
        .advice = "Check the number of parallel connections, the reputation of the client's address and the server's load.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 421, .context = COMMAND_MESSAGE, .name = "Message not accepted, session ends",
        .meaning = "The server did not accept the message and closes the connection. The client keeps the message and tries again later.",
        .when = "At the end of the message data: shutdown, overload, a timeout, or a filter that did not answer.",
        .advice = "Check the server's log and its content filters. Watch for the same message being tried again and again.",
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 421, .context = COMMAND_AUTH, .name = "Session ended during AUTH",
        .meaning = "The server closes the connection instead of finishing the authentication. It says nothing about the credentials.",
        .when = "After too many failed attempts, on overload, or when the authentication backend does not answer in time.",
        .advice = "Look for earlier 535 replies, then at the server's limits and log. This alone is no reason to ask for a new password.",
        .reference = "RFC 5321, section 4.3.2",
    },

    {
        .code = 422, .context = COMMAND_NONE, .name = "Password transition or full mailbox",
        .meaning = "The registry of enhanced status codes lists 422 for a password transition; some servers use it for a full mailbox.",
        .when = "It is rare. After AUTH it means the transition; after RCPT or the message data it usually means a full mailbox.",
        .advice = "Read the text. For a full mailbox, the recipient has to free up space; the client tries again later.",
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 422, .context = COMMAND_AUTH, .name = "Password transition needed",
        .meaning = "The account must be converted before this SASL mechanism works. It is the less common twin of 432.",
        .when = "After AUTH, when the server has no stored secret of the kind that this mechanism needs.",
        .advice = "Log in once with PLAIN under TLS, then try this mechanism again.",
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 432, .context = COMMAND_NONE, .name = "Password transition needed",
        .meaning = "The server asks for a password transition. The code is defined for AUTH only.",
        .when = "After any other command it is out of place. Exchange Online uses 432 for a throttled sending account.",
        .advice = "Read the text. Treat it as a temporary failure: it begins with 4.",
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 432, .context = COMMAND_AUTH, .name = "Password transition needed",
        .meaning = "The server cannot use this SASL mechanism for the account until the stored password is converted.",
        .when = "After AUTH, usually for accounts that were created before the mechanism was introduced.",
        .advice = "Log in once with PLAIN under TLS: that usually converts the account. The mechanism then works in later sessions.",
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 450, .context = COMMAND_NONE, .name = "Mailbox unavailable for now",
        .meaning = "The server refuses the request for the moment. The mailbox is busy, or a policy blocks it temporarily.",
        .when = "Mostly after RCPT: greylisting, rate limits, a locked mailbox, or DNS lookups that failed.",
        .advice = "The client tries again later. If the code persists for hours, read the text and ask the server's administrator.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_MESSAGE, .name = "Message deferred by policy",
        .meaning = "The server saw the message and refuses it for now, for policy reasons. The client keeps it and tries again.",
        .when = "At the end of the message data: a rate limit, or a filter that wants the message again later.",
        .advice = "Wait for the next attempt. If it keeps happening, check the text and the filter's log on the server.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 450, .context = COMMAND_MAIL, .name = "Sender deferred",
        .meaning = "The server refuses this sender for the moment. A later attempt may be accepted.",
        .when = "After MAIL: the sender's domain could not be looked up, or the sender exceeds a rate limit.",
        .advice = "Check the DNS records of the sender's domain first, then the limits of the server.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_RCPT, .name = "Recipient deferred",
        .meaning = "The server does not accept this recipient now but may do so later.",
        .when = "After RCPT. Greylisting is the usual cause: the server delays mail from senders that it does not know yet.",
        .advice = "Let the client try again: with greylisting that succeeds within minutes. Otherwise check the recipient's mailbox.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_ETRN, .name = "Queue run deferred",
        .meaning = "The server does not start the queue for this host at the moment. RFC 1985 has 458 for this.",
        .when = "After ETRN, usually because of the server's policy.",
        .advice = "Try again later. If that does not help, ask the administrator whether this client may use ETRN.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 450, .context = COMMAND_ATRN, .name = "ATRN refused",
        .meaning = "The server refuses to hand over mail for the requested domains, for example because they are not this customer's.",
        .when = "After ATRN on an on-demand mail relay.",
        .advice = "Check which account the client used with AUTH, and which domains it asked for.",
        .reference = "RFC 2645, section 5.2.1",
    },

    {
        .code = 451, .context = COMMAND_NONE, .name = "Error in processing",
        .meaning = "The server gave up on the request because of trouble on its own side. The failure is temporary.",
        .when = "Mostly after RCPT or the message data: a lookup, a filter or a disk failed. Some servers use it for greylisting.",
        .advice = "The client tries again later. On your own server, the log for this moment should name the part that failed.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 451, .context = COMMAND_MESSAGE, .name = "Message not accepted: error in processing",
        .meaning = "The server read the message but could not process it. It did not accept it, and the client tries again later.",
        .when = "At the end of the message data: a content filter, a queue or a storage backend failed.",
        .advice = "Check the filters (virus, spam, DKIM) and the queue disk of the server.",
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 451, .context = COMMAND_RCPT, .name = "Recipient not checked: error in processing",
        .meaning = "The server could not decide about this recipient because something on its side failed.",
        .when = "After RCPT: a user database, a DNS lookup or a policy service did not answer. Some servers use it for greylisting.",
        .advice = "On your own server, check directory, database and policy services. Otherwise let the client try again.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 451, .context = COMMAND_ATRN, .name = "ATRN not possible now",
        .meaning = "The server cannot reverse the connection at the moment. Nothing is lost; the mail stays queued.",
        .when = "After ATRN, for example when the queue is already being processed.",
        .advice = "Try ATRN again later. If that does not help, ask the provider.",
        .reference = "RFC 2645, section 5.2.1",
    },

    {
        .code = 452, .context = COMMAND_NONE, .name = "Not enough storage",
        .meaning = "The server lacks space or another resource for the request. The failure is temporary.",
        .when = "After MAIL, RCPT or the message data.",
        .advice = "On your own server, check free disk space and memory. Otherwise the client tries again later.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 452, .context = COMMAND_MESSAGE, .name = "Message not accepted: not enough storage",
        .meaning = "The server has no room for this message now and did not accept it. The client keeps it and tries again.",
        .when = "At the end of the message data: the queue disk is full, or the recipient's mailbox is.",
        .advice = "Check free space on the queue disk, then mailbox quotas.",
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 452, .context = COMMAND_MAIL, .name = "No room for a message of this size",
        .meaning = "The server will not start a transaction now because it lacks space for the message.",
        .when = "After MAIL, often with a SIZE parameter that exceeds the free space.",
        .advice = "Check free space on the queue disk of the server. The client tries again later.",
        .reference = "RFC 5321, section 4.2.3; RFC 1870, section 6.1",
    },
    {
        .code = 452, .context = COMMAND_RCPT, .name = "Recipient not accepted for now",
        .meaning = "The server accepts no more recipients in this transaction, or the mailbox is full at the moment.",
        .when = "After RCPT. Too many recipients in one transaction is the usual cause (enhanced code 4.5.3).",
        .advice = "The client sends the message to the accepted recipients and tries the others in another transaction.",
        .reference = "RFC 5321, section 4.5.3.1.10",
    },

    {
        .code = 453, .context = COMMAND_NONE, .name = "No mail waiting",
        .meaning = "The server says that it has no mail for the client. The code is defined for ATRN only.",
        .when = "It belongs to ATRN on an on-demand mail relay. Elsewhere, the server gives the number a meaning of its own.",
        .advice = "Read the text. Treat it as a temporary failure: it begins with 4.",
        .reference = "RFC 2645, section 5.2.1",
    },
    {
        .code = 453, .context = COMMAND_ATRN, .name = "You have no mail",
        .meaning = "The server holds no mail for the requested domains. Despite the 4, nothing is wrong.",
        .when = "After ATRN when the customer's queue is empty.",
        .advice = "Nothing to do. If you expected mail, check the domains given with ATRN and their MX records.",
        .reference = "RFC 2645, section 5.2.1",
    },

    {
        .code = 454, .context = COMMAND_NONE, .name = "Temporarily not available",
        .meaning = "A service that this command needs is not available for the moment.",
        .when = "The code is defined for AUTH (temporary failure) and for STARTTLS (TLS not available).",
        .advice = "Look at the command that it answers, read the text, and try again later.",
        .reference = "RFC 4954, section 6; RFC 3207, section 4",
    },
    {
        .code = 454, .context = COMMAND_RCPT, .name = "Relaying refused for now",
        .meaning = "The server refuses, for now, to relay to this recipient. RFCs define 454 only for AUTH and STARTTLS; here it is the server's own choice.",
        .when = "After RCPT. Postfix sends 454 4.7.1 when a client that may not relay names a recipient in another domain.",
        .advice = "Check that the client authenticates before it sends. On the server, check relay rights and the list of its own domains.",
        .reference = "RFC 5321, section 4.2.1",
    },
    {
        .code = 454, .context = COMMAND_AUTH, .name = "Temporary authentication failure",
        .meaning = "The server could not check the credentials because of trouble on its own side. They may well be right.",
        .when = "After AUTH, when the directory, the database or the authentication service does not answer.",
        .advice = "Check the authentication backend. Keep the password: the client should try again later, without asking for another.",
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 454, .context = COMMAND_STARTTLS, .name = "TLS not available for now",
        .meaning = "The server offers STARTTLS but cannot start TLS at the moment. The connection stays unencrypted.",
        .when = "After STARTTLS, mostly because the server cannot read its certificate or key.",
        .advice = "On the server, check the certificate, the private key and their permissions. Send no password without TLS.",
        .reference = "RFC 3207, section 4",
    },

    {
        .code = 455, .context = COMMAND_NONE, .name = "Parameters not possible now",
        .meaning = "The server knows the parameters of the command but cannot honour them at the moment.",
        .when = "After MAIL or RCPT with parameters, for example SIZE or BODY. It is rare.",
        .advice = "The client may try again later, or without the parameter if the message does not need it.",
        .reference = "RFC 5321, section 4.1.1.11",
    },

    {
        .code = 458, .context = COMMAND_NONE, .name = "Cannot queue for this host",
        .meaning = "The server says that it cannot start a mail queue. The code is defined for ETRN only.",
        .when = "It belongs to ETRN. Elsewhere it may stand for some other resource that the server lacks.",
        .advice = "Read the text. Treat it as a temporary failure: it begins with 4.",
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 458, .context = COMMAND_ETRN, .name = "Queue run not possible",
        .meaning = "The server cannot start the queue for the named host at the moment.",
        .when = "After ETRN, for example when resources are short or the host is not one that the server queues for.",
        .advice = "Check the host name given with ETRN, then try again later.",
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 459, .context = COMMAND_NONE, .name = "Host not allowed",
        .meaning = "The server refuses a queue run for a host. The code is defined for ETRN only.",
        .when = "It belongs to ETRN. Elsewhere it may stand for some other policy of the server.",
        .advice = "Read the text: it should say why. Treat it as a temporary failure: it begins with 4.",
        .reference = "RFC 1985, section 5",
    },
    {
        .code = 459, .context = COMMAND_ETRN, .name = "ETRN not allowed for this host",
        .meaning = "The server does not run the queue of the named host for this client. The text says why.",
        .when = "After ETRN, when the server's policy does not allow this client or this host name.",
        .advice = "Ask the server's administrator to allow ETRN for this host, or correct the host name.",
        .reference = "RFC 1985, section 5",
    },

    {
        .code = 500, .context = COMMAND_NONE, .name = "Command not recognized",
        .meaning = "The server does not understand the line as a command, or the line is too long.",
        .when = "After a mistyped verb, a verb that this server does not know, or message text sent where a command was due.",
        .advice = "Check what the client sent right before it, and whether an earlier refusal put both sides out of step.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 500, .context = COMMAND_EHLO, .name = "EHLO not recognized",
        .meaning = "The server does not know EHLO, so it offers no extensions in this session: neither AUTH nor STARTTLS.",
        .when = "Very old servers send it, and firewalls that inspect SMTP and block EHLO.",
        .advice = "Look for a firewall with SMTP inspection. The client falls back to HELO.",
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 500, .context = COMMAND_HELP, .name = "HELP not recognized",
        .meaning = "The server does not offer HELP. It is harmless: sending mail never needs it.",
        .when = "Many servers, Postfix for example, refuse HELP with 500 or 502.",
        .advice = "Nothing to do.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 500, .context = COMMAND_AUTH, .name = "AUTH not recognized",
        .meaning = "The server did not accept the line: it is too long for a SASL exchange, or the server does not offer AUTH here.",
        .when = "With enhanced code 5.5.6 a line exceeded 12288 octets, for example a huge token. Otherwise AUTH is switched off.",
        .advice = "Check that the reply to EHLO lists AUTH. If not, use the submission port (587 or 465) or start TLS first.",
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 501, .context = COMMAND_NONE, .name = "Syntax error in arguments",
        .meaning = "The server knows the command but cannot read what follows the verb.",
        .when = "After a malformed address, a missing argument, or an argument where none is allowed.",
        .advice = "Look at the exact bytes of the command: brackets, spaces, control characters.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 501, .context = COMMAND_EHLO, .name = "Bad host name in EHLO",
        .meaning = "The server cannot accept the name that the client gave with EHLO or HELO.",
        .when = "When the name is missing, has invalid characters such as an underscore, or is not a host name at all.",
        .advice = "Set a full host name in the client's configuration.",
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 501, .context = COMMAND_MAIL, .name = "Bad sender address",
        .meaning = "The server cannot read the sender address or a parameter of MAIL.",
        .when = "With missing angle brackets, spaces after the colon, a bad address, or a malformed parameter.",
        .advice = "Look at the MAIL command in the capture, and at the sender's address in the client.",
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 501, .context = COMMAND_RCPT, .name = "Bad recipient address",
        .meaning = "The server cannot read the recipient address or a parameter of RCPT.",
        .when = "With missing angle brackets, a display name inside the address, or forbidden characters.",
        .advice = "Look at the RCPT command in the capture, then at the address book or program that made it.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 501, .context = COMMAND_AUTH, .name = "AUTH malformed or cancelled",
        .meaning = "A SASL response is not valid base64, or the client cancelled the exchange by sending '*'.",
        .when = "After AUTH or one of its SASL responses. Line breaks inside the base64 text are a common cause.",
        .advice = "If the client sent '*', find out why it gave up. Otherwise check how it encodes its responses.",
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 501, .context = COMMAND_STARTTLS, .name = "STARTTLS takes no argument",
        .meaning = "The server refuses STARTTLS because something follows the verb. TLS has not started.",
        .when = "After STARTTLS with an argument or stray characters on the line.",
        .advice = "Look at the exact bytes of the line. The client must send STARTTLS alone.",
        .reference = "RFC 3207, section 4",
    },

    {
        .code = 502, .context = COMMAND_NONE, .name = "Command not implemented",
        .meaning = "The server knows the command but does not implement it.",
        .when = "After VRFY, EXPN, HELP or TURN, which many servers switch off, or after extensions that they do not offer.",
        .advice = "Check whether the client needs the command. Extensions should be used only if the reply to EHLO lists them.",
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_EHLO, .name = "EHLO not implemented",
        .meaning = "The server knows EHLO but does not implement it, so this session has no extensions.",
        .when = "Only very old servers send it, or firewalls that inspect SMTP.",
        .advice = "Look for a firewall with SMTP inspection. The client falls back to HELO.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 502, .context = COMMAND_VRFY, .name = "VRFY switched off",
        .meaning = "The server does not verify addresses for clients. It says nothing about the address.",
        .when = "Many servers switch VRFY off so that strangers cannot collect addresses.",
        .advice = "Nothing to fix.",
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_HELP, .name = "HELP not implemented",
        .meaning = "The server gives no help over SMTP. It is harmless: the session goes on.",
        .when = "Postfix and others answer HELP this way.",
        .advice = "Nothing to do. The server's manual tells you more than HELP would.",
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_AUTH, .name = "AUTH not offered",
        .meaning = "The server does not support AUTH in this session, so the client cannot authenticate here.",
        .when = "After AUTH on a port for incoming mail (25), or before TLS when AUTH is only allowed after it.",
        .advice = "Check that the reply to EHLO lists AUTH. Use the submission port (587 or 465) and TLS.",
        .reference = "RFC 5321, section 4.2.4",
    },
    {
        .code = 502, .context = COMMAND_ATRN, .name = "ATRN not offered",
        .meaning = "The server is not an on-demand mail relay, or not at the moment.",
        .when = "After ATRN on an ordinary mail server.",
        .advice = "Check that the client connects to the provider's relay, usually on port 366, and not to port 25.",
        .reference = "RFC 2645, section 7",
    },

    {
        .code = 503, .context = COMMAND_NONE, .name = "Bad sequence of commands",
        .meaning = "The server knows the command but not at this point of the session.",
        .when = "When an earlier step is missing or was refused: EHLO before MAIL, MAIL before RCPT, RCPT before DATA.",
        .advice = "Look at the replies before this one: the first refusal is usually the real cause.",
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 503, .context = COMMAND_MAIL, .name = "MAIL out of sequence",
        .meaning = "The server does not accept MAIL now: a transaction is already open, or EHLO is missing.",
        .when = "After a second MAIL without RSET, or after MAIL as the first command. Some servers also want AUTH first.",
        .advice = "Check that the client sent EHLO, and that it ended or reset the previous transaction.",
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 503, .context = COMMAND_RCPT, .name = "RCPT without a sender",
        .meaning = "The server has no open transaction, so it cannot take a recipient.",
        .when = "When MAIL was refused or is missing, often with pipelining: the client sent RCPT before it saw the refusal.",
        .advice = "Look at the reply to MAIL: that refusal is the cause.",
        .reference = "RFC 5321, section 4.1.1.3",
    },
    {
        .code = 503, .context = COMMAND_DATA, .name = "DATA without recipients",
        .meaning = "The server has no accepted recipient, so it accepts no message.",
        .when = "When every RCPT was refused or is missing, often with pipelining.",
        .advice = "Look at the replies to RCPT: those refusals are the cause.",
        .reference = "RFC 5321, section 3.3",
    },
    {
        .code = 503, .context = COMMAND_BDAT, .name = "Chunk out of sequence",
        .meaning = "The server accepts no chunk at this point: no recipient was accepted, or the last chunk has already been sent.",
        .when = "After BDAT or BURL when a command before it was refused, often with pipelining.",
        .advice = "Look at the replies to MAIL, RCPT and earlier chunks. The client should send RSET and begin again.",
        .reference = "RFC 3030, section 2",
    },
    {
        .code = 503, .context = COMMAND_AUTH, .name = "AUTH at the wrong moment",
        .meaning = "The server does not allow AUTH now: the client is already authenticated, or a mail transaction is open.",
        .when = "After a second AUTH once 235 came, or AUTH between MAIL and the message. Some servers also use it where AUTH is off.",
        .advice = "Look for an earlier 235: then the login is fine. Otherwise check that AUTH comes after EHLO and before MAIL.",
        .reference = "RFC 4954, section 4",
    },
    {
        .code = 503, .context = COMMAND_STARTTLS, .name = "STARTTLS at the wrong moment",
        .meaning = "The server does not start TLS at this point, for example because TLS is already active.",
        .when = "After a second STARTTLS, or where EHLO did not offer it.",
        .advice = "Check the reply to EHLO for STARTTLS, and whether the connection is already inside TLS.",
        .reference = "RFC 3207, section 4.2; RFC 5321, section 4.1.4",
    },

    {
        .code = 504, .context = COMMAND_NONE, .name = "Parameter not implemented",
        .meaning = "The server knows the command but does not support this argument.",
        .when = "After VRFY, EXPN or HELP with unusual arguments. Some servers use it for host names that they do not accept.",
        .advice = "Read the text, then try the command with another argument or without one.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 504, .context = COMMAND_EHLO, .name = "Host name not accepted",
        .meaning = "The server does not accept the name given with EHLO or HELO.",
        .when = "By the standard it should be rare. Postfix sends it when the client does not give a full host name.",
        .advice = "Set a full host name (with domain) in the client's configuration.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 504, .context = COMMAND_HELP, .name = "No help for this argument",
        .meaning = "The server offers HELP, but not for the word that followed it. It is harmless.",
        .when = "After HELP with an argument that the server has no text for. Sendmail uses it.",
        .advice = "Nothing to do, or ask for HELP alone.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 504, .context = COMMAND_AUTH, .name = "SASL mechanism not supported",
        .meaning = "The server does not offer the SASL mechanism that the client chose. It has checked no password.",
        .when = "After AUTH with a mechanism that is missing from the server's AUTH list. Before TLS that list is often shorter.",
        .advice = "Compare the mechanism with the AUTH line in the reply to EHLO, then change the client's setting or start TLS.",
        .reference = "RFC 4954, section 4",
    },

    {
        .code = 521, .context = COMMAND_NONE, .name = "Host accepts no mail",
        .meaning = "This host never accepts mail by SMTP, from anyone or for anyone.",
        .when = "Normally instead of a greeting. Some servers send it later and close the connection, for example after too many errors.",
        .advice = "The failure is permanent: check DNS, the address and the MX records of the domain.",
        .reference = "RFC 7504, section 3",
    },
    {
        .code = 521, .context = COMMAND_CONNECTION, .name = "Host accepts no mail",
        .meaning = "The host answers only to say that it accepts no mail at all. Trying again will not help.",
        .when = "Instead of a greeting, on a host that runs no real mail service. Some servers use it to block a client.",
        .advice = "Check the MX records of the domain, and that the client connects to the right host.",
        .reference = "RFC 7504, section 3",
    },

    {
        .code = 523, .context = COMMAND_NONE, .name = "Encryption needed",
        .meaning = "The server demands encryption first. The registry of enhanced status codes lists 523 with X.7.10.",
        .when = "It is rare: most servers send 530 or 538. Some lists of SMTP errors give 523 another meaning.",
        .advice = "Read the text. If it asks for encryption, switch TLS on in the client.",
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 523, .context = COMMAND_AUTH, .name = "Encryption needed before AUTH",
        .meaning = "The server takes this SASL mechanism only on an encrypted connection, or wants a stronger mechanism instead.",
        .when = "After AUTH without TLS. It is rare: most servers send 538 or 530.",
        .advice = "Switch TLS on in the client (STARTTLS or port 465), then authenticate again.",
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 524, .context = COMMAND_NONE, .name = "Mechanism needs encryption",
        .meaning = "The server demands encryption for a SASL mechanism. The registry lists 524 with X.7.11, for AUTH only.",
        .when = "After AUTH without TLS. After any other command it is out of place.",
        .advice = "Read the text. If it asks for encryption, switch TLS on in the client.",
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 524, .context = COMMAND_AUTH, .name = "Mechanism needs encryption",
        .meaning = "The server allows this SASL mechanism only on an encrypted connection. It is the less common twin of 538.",
        .when = "After AUTH PLAIN or LOGIN without TLS.",
        .advice = "Switch TLS on in the client. If the password was sent with AUTH, it crossed the network in the clear: change it.",
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 525, .context = COMMAND_NONE, .name = "Account disabled",
        .meaning = "The server says that a user's account is disabled. The registry lists 525 with X.7.13, for authentication.",
        .when = "After anything but AUTH it is unusual. A few servers use 525 for other blocks.",
        .advice = "Read the text, then ask the administrator about the account.",
        .reference = "RFC 5248, section 2.4",
    },
    {
        .code = 525, .context = COMMAND_AUTH, .name = "Account disabled",
        .meaning = "The credentials are right, but the account is disabled. Another password will not help.",
        .when = "After AUTH for an account that was closed, not paid for, or locked after abuse.",
        .advice = "The administrator has to enable the account. Find out why it was disabled before doing so.",
        .reference = "RFC 5248, section 2.4",
    },

    {
        .code = 530, .context = COMMAND_NONE, .name = "Authentication or TLS required",
        .meaning = "The server refuses this command until the client authenticates or starts TLS. The text says which.",
        .when = "After MAIL and other commands on submission servers. AUTH, EHLO, HELO, NOOP, RSET and QUIT do not need a login.",
        .advice = "If the text asks for authentication, switch it on in the client. If it asks for STARTTLS, switch TLS on.",
        .reference = "RFC 4954, section 6; RFC 3207, section 4",
    },
    {
        .code = 530, .context = COMMAND_MAIL, .name = "Authentication or TLS required for MAIL",
        .meaning = "The server takes no mail from this client until it authenticates or starts TLS.",
        .when = "After MAIL on a submission server (587 or 465), when the client skipped AUTH or STARTTLS.",
        .advice = "Switch authentication and TLS on in the client's outgoing server settings.",
        .reference = "RFC 4954, section 6; RFC 3207, section 4",
    },
    {
        .code = 530, .context = COMMAND_RCPT, .name = "Authentication required for this recipient",
        .meaning = "The server accepted the sender but wants a login before it takes this recipient.",
        .when = "After RCPT for another domain, on servers that let only authenticated clients relay.",
        .advice = "Switch authentication on in the client's outgoing server settings.",
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 530, .context = COMMAND_AUTH, .name = "STARTTLS required before AUTH",
        .meaning = "The server does not let the client authenticate on an unencrypted connection. It has checked no password.",
        .when = "After AUTH without TLS, on servers that demand STARTTLS first.",
        .advice = "Switch TLS on in the client. If the password was sent with AUTH, it crossed the network in the clear: change it.",
        .reference = "RFC 3207, section 4",
    },

    {
        .code = 534, .context = COMMAND_NONE, .name = "Mechanism too weak",
        .meaning = "The server finds a SASL mechanism too weak. The code is defined for AUTH only.",
        .when = "After any other command it is unusual. A few servers use the number for refusals of their own.",
        .advice = "Read the text. Treat it as a permanent failure: it begins with 5.",
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 534, .context = COMMAND_AUTH, .name = "Mechanism too weak",
        .meaning = "The server's policy wants a stronger SASL mechanism for this user. The password itself may be right.",
        .when = "After AUTH. Gmail also sends it when the account needs a login in a browser or an app password.",
        .advice = "Choose another mechanism in the client (for example OAuth). Read the text: providers often put a link there.",
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 535, .context = COMMAND_NONE, .name = "Authentication credentials invalid",
        .meaning = "The server refuses a login, though the capture does not show the AUTH that asked for it.",
        .when = "It belongs to AUTH. A few servers also send it to MAIL when a login is missing.",
        .advice = "Look for AUTH earlier in the session, and for packets that the capture missed.",
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 535, .context = COMMAND_AUTH, .name = "Authentication credentials invalid",
        .meaning = "The server does not accept the user name, the password or the token. The client is not authenticated.",
        .when = "It ends an unsuccessful AUTH. Many servers send it whatever the reason, so as not to reveal which part was wrong.",
        .advice = "Check the user name (often the full address), then the password. Many providers want an app password or OAuth instead.",
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 538, .context = COMMAND_NONE, .name = "Encryption required for the mechanism",
        .meaning = "The server demands encryption for a SASL mechanism. The code is defined for AUTH only.",
        .when = "After anything but AUTH, servers normally send 530 when they want TLS first.",
        .advice = "Read the text. If it asks for encryption, switch TLS on in the client.",
        .reference = "RFC 4954, section 6",
    },
    {
        .code = 538, .context = COMMAND_AUTH, .name = "Encryption required for the mechanism",
        .meaning = "The server allows this SASL mechanism only under TLS. It has not judged the password.",
        .when = "After AUTH PLAIN or LOGIN on an unencrypted connection.",
        .advice = "Switch TLS on in the client, then authenticate again. A password that was sent in the clear should be changed.",
        .reference = "RFC 4954, section 6",
    },

    {
        .code = 541, .context = COMMAND_NONE, .name = "Refused as unwanted",
        .meaning = "The server refuses for good, usually because it takes the message for spam. No RFC defines this code; some mail filters and providers use it.",
        .when = "After RCPT or the message data, when a spam filter or a block list objects to the sender, the client's address or the content.",
        .advice = "Read the text: it often names the filter or gives a link. Then look the client's address up on block lists, and check the message.",
        .reference = "RFC 5321, section 4.2.1",
    },

    {
        .code = 550, .context = COMMAND_NONE, .name = "Refused",
        .meaning = "The server refuses the request for good: the mailbox is not available, or a policy forbids it.",
        .when = "After nearly any command. The enhanced status code and the text tell a missing mailbox from a policy.",
        .advice = "Read the text first. 5.1.1 points to the address, 5.7.1 to a policy.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 550, .context = COMMAND_CONNECTION, .name = "Connection refused by policy",
        .meaning = "The server does not want a session with this client. RFC 5321 lists 554 for this.",
        .when = "Instead of a greeting, mostly because the client's address is on a block list.",
        .advice = "Look the client's address up on block lists, and read the text for a link.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 550, .context = COMMAND_MESSAGE, .name = "Message refused by policy",
        .meaning = "The server saw the message and refuses it for good, for policy reasons. It does not deliver it.",
        .when = "At the end of the message data: a spam or virus filter, DMARC, a missing DKIM signature, a forbidden attachment.",
        .advice = "Read the text and the enhanced status code, then check SPF, DKIM and DMARC of the sender's domain.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_EHLO, .name = "Hello refused",
        .meaning = "The server does not accept this EHLO or HELO, for policy reasons.",
        .when = "When the server does not like the host name or the address of the client.",
        .advice = "Check the name that the client gives and its DNS entries, and look its address up on block lists.",
        .reference = "RFC 5321, section 4.1.4",
    },
    {
        .code = 550, .context = COMMAND_MAIL, .name = "Sender refused",
        .meaning = "The server takes no mail from this sender address in this session.",
        .when = "After MAIL: the sender's domain has no DNS entry, SPF forbids the client, or the login may not use the address.",
        .advice = "Check the sender address in the client, then SPF and DNS of its domain.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_RCPT, .name = "Recipient refused",
        .meaning = "The server does not take mail for this recipient: the mailbox does not exist, or a policy forbids it.",
        .when = "After RCPT. 5.1.1 usually means no such mailbox, 5.7.1 relaying denied or a block.",
        .advice = "Check the address for typos. If relaying is denied, check that the client authenticates.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_VRFY, .name = "Address unknown or withheld",
        .meaning = "The server does not confirm this address: it has no such mailbox, or it does not tell this client.",
        .when = "After VRFY. No mail is involved.",
        .advice = "Check the spelling of the address. A refusal by policy says nothing about it.",
        .reference = "RFC 5321, section 3.5.1",
    },
    {
        .code = 550, .context = COMMAND_EXPN, .name = "List unknown or withheld",
        .meaning = "The server does not name the members of this list: it has no such list, or it does not tell this client.",
        .when = "After EXPN. Many servers refuse it to everyone.",
        .advice = "Nothing to fix: mail is not affected. If you need the list, check its spelling.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 550, .context = COMMAND_ETRN, .name = "Queue run refused by policy",
        .meaning = "The server refuses for good to start the queue for this host. RFC 1985 has 459 for this.",
        .when = "After ETRN, when the server does not offer it to this client.",
        .advice = "Ask the server's administrator whether this client may use ETRN.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 550, .context = COMMAND_ATRN, .name = "ATRN refused for good",
        .meaning = "The server refuses to hand over mail on this connection. RFC 2645 has 450 for this.",
        .when = "After ATRN, when the account or the domains do not match the server's policy.",
        .advice = "Check the account used with AUTH and the requested domains, then ask the provider.",
        .reference = "RFC 5321, section 4.2.3",
    },

    {
        .code = 551, .context = COMMAND_NONE, .name = "User not local",
        .meaning = "The server says that the user has another address, to which it does not forward mail. It belongs to RCPT and VRFY.",
        .when = "After any other command it is unusual.",
        .advice = "Read the text: it may hold the right address.",
        .reference = "RFC 5321, section 3.4",
    },
    {
        .code = 551, .context = COMMAND_RCPT, .name = "Recipient has moved",
        .meaning = "The server does not take mail for this recipient. The text may name the address to use instead.",
        .when = "After RCPT for a user who is not local. Some servers also send it for relaying denied.",
        .advice = "Send to the new address, or check that the client authenticates if the text speaks of relaying.",
        .reference = "RFC 5321, section 3.4",
    },
    {
        .code = 551, .context = COMMAND_VRFY, .name = "User is elsewhere",
        .meaning = "The server knows that the user reads mail elsewhere, and would not forward it. The text names the address.",
        .when = "After VRFY. It is rare.",
        .advice = "Use the address in the text.",
        .reference = "RFC 5321, section 3.5.1",
    },

    {
        .code = 552, .context = COMMAND_NONE, .name = "Storage exceeded",
        .meaning = "The request needs more storage than the server allows.",
        .when = "After MAIL, RCPT or the message data.",
        .advice = "Read the text: the message may be too big, or a mailbox full.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 552, .context = COMMAND_MESSAGE, .name = "Message too big or mailbox full",
        .meaning = "The server refuses this message for good: it exceeds a size limit or a quota. Gmail also refuses some attachments this way.",
        .when = "At the end of the message data.",
        .advice = "Compare the message's size with SIZE in the reply to EHLO. 5.3.4 or 5.2.3 means the size, 5.2.2 the mailbox.",
        .reference = "RFC 5321, section 4.3.2; RFC 1870, section 6.3",
    },
    {
        .code = 552, .context = COMMAND_MAIL, .name = "Announced size too big",
        .meaning = "The server takes no message of the size that MAIL announced.",
        .when = "After MAIL with a SIZE parameter over the server's limit.",
        .advice = "Make the message smaller, or raise the limit on the server. The reply to EHLO shows it after SIZE.",
        .reference = "RFC 1870, section 6.1",
    },
    {
        .code = 552, .context = COMMAND_RCPT, .name = "Mailbox full",
        .meaning = "The server takes no mail for this recipient because the mailbox has used up its storage.",
        .when = "After RCPT. Old servers also send it for too many recipients, and clients then treat it as 452.",
        .advice = "The recipient has to free up space or get a larger quota.",
        .reference = "RFC 5321, section 4.5.3.1.10",
    },

    {
        .code = 553, .context = COMMAND_NONE, .name = "Mailbox name not allowed",
        .meaning = "The server does not allow this mailbox name, for example because its syntax is wrong.",
        .when = "After MAIL, RCPT or VRFY.",
        .advice = "Look at the address in the command: spelling, domain, forbidden characters.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 553, .context = COMMAND_MAIL, .name = "Sender address not allowed",
        .meaning = "The server does not allow this sender address to this client.",
        .when = "After MAIL. Many servers send it when the address does not belong to the account that logged in.",
        .advice = "Make the client's sender address match the account, or ask the administrator to allow it.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 553, .context = COMMAND_RCPT, .name = "Recipient address not allowed",
        .meaning = "The server does not accept this recipient address. It is malformed, or not one that the server may relay to.",
        .when = "After RCPT. qmail also sends it for relaying denied (domain not in its list).",
        .advice = "Check the spelling of the address, then whether the client must authenticate first.",
        .reference = "RFC 5321, section 4.3.2",
    },
    {
        .code = 553, .context = COMMAND_VRFY, .name = "Ambiguous user",
        .meaning = "The name given with VRFY fits several users, or is not a valid mailbox name.",
        .when = "After VRFY with a part of a name.",
        .advice = "Ask again with the full address.",
        .reference = "RFC 5321, section 3.5.1",
    },

    {
        .code = 554, .context = COMMAND_NONE, .name = "Transaction failed",
        .meaning = "The server refuses for good, and has no more specific code for it.",
        .when = "After nearly any command. After STARTTLS it can also mean that TLS was not secure enough for the server.",
        .advice = "Read the text: it should give the reason. Then check block lists, policies and the message itself.",
        .reference = "RFC 5321, section 4.2.3; RFC 3207, section 4.1",
    },
    {
        .code = 554, .context = COMMAND_CONNECTION, .name = "No SMTP service here",
        .meaning = "The server refuses to start a session with this client. It accepts nothing but QUIT from it.",
        .when = "Instead of a greeting: the client's address is on a block list, or this host takes no mail from it.",
        .advice = "Look the client's address up on block lists, check its reverse DNS, and read the text for a link.",
        .reference = "RFC 5321, section 3.1",
    },
    {
        .code = 554, .context = COMMAND_MESSAGE, .name = "Message refused",
        .meaning = "The server read the message and refuses it for good. It does not deliver it.",
        .when = "At the end of the message data: a filter took it for spam or a virus, or its format is faulty.",
        .advice = "Read the text, then check the content: attachments, links, header lines, DKIM signature.",
        .reference = "RFC 5321, section 4.2.5",
    },
    {
        .code = 554, .context = COMMAND_MAIL, .name = "Sender refused without a specific reason",
        .meaning = "The server starts no transaction for this sender.",
        .when = "After MAIL: a policy against the client's address or the sender's domain. RFC 5321 lists 550 for this.",
        .advice = "Read the text, then check block lists and the sender's domain.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 554, .context = COMMAND_RCPT, .name = "Recipient refused without a specific reason",
        .meaning = "The server does not take mail for this recipient from this client.",
        .when = "After RCPT. Postfix sends it for relaying denied and for clients on block lists.",
        .advice = "Check that the client authenticates. Otherwise look its address up on block lists.",
        .reference = "RFC 5321, section 4.2.3",
    },
    {
        .code = 554, .context = COMMAND_DATA, .name = "No valid recipients",
        .meaning = "The server accepts no message because the transaction has no usable recipient, or a policy stops it here.",
        .when = "After DATA when every RCPT was refused, often with pipelining.",
        .advice = "Look at the replies to RCPT: those refusals are the cause.",
        .reference = "RFC 5321, section 3.3",
    },
    {
        .code = 554, .context = COMMAND_BURL, .name = "Message part not fetched",
        .meaning = "The server could not use the message part that the URL names: it may not read it, or it is not there.",
        .when = "After BURL, when the mail store refused the URL or the server may not fetch from it.",
        .advice = "Check that the submission server may log in to the IMAP server, and that the URL has not expired.",
        .reference = "RFC 4468, section 6",
    },

    {
        .code = 555, .context = COMMAND_NONE, .name = "Parameters not recognized",
        .meaning = "The server does not know a parameter that followed the address. It belongs to MAIL and RCPT.",
        .when = "After MAIL or RCPT with a parameter that the reply to EHLO did not offer.",
        .advice = "Compare the command's parameters with the list in the reply to EHLO.",
        .reference = "RFC 5321, section 4.1.1.11",
    },
    {
        .code = 555, .context = COMMAND_MAIL, .name = "Parameter of MAIL not recognized",
        .meaning = "The server does not know a parameter of MAIL, such as SIZE, BODY, SMTPUTF8 or AUTH.",
        .when = "After MAIL when the client uses an extension that the server did not offer. Gmail also sends it for syntax errors.",
        .advice = "Look at MAIL in the capture: what follows the address must be in the server's EHLO list.",
        .reference = "RFC 5321, section 4.1.1.11",
    },
    {
        .code = 555, .context = COMMAND_RCPT, .name = "Parameter of RCPT not recognized",
        .meaning = "The server does not know a parameter of RCPT, such as NOTIFY or ORCPT.",
        .when = "After RCPT when the client uses an extension (mostly DSN) that the server did not offer.",
        .advice = "Look at RCPT in the capture: NOTIFY and ORCPT need DSN in the server's EHLO list.",
        .reference = "RFC 5321, section 4.1.1.11",
    },

    {
        .code = 556, .context = COMMAND_NONE, .name = "Domain accepts no mail",
        .meaning = "The server knows that a domain accepts no mail. The code is meant for RCPT.",
        .when = "After any other command it is unusual.",
        .advice = "Check the domain in the text: its DNS may say that it takes no mail (null MX).",
        .reference = "RFC 7504, section 4",
    },
    {
        .code = 556, .context = COMMAND_RCPT, .name = "Recipient's domain accepts no mail",
        .meaning = "The server refuses the recipient because its domain declares in DNS that it accepts no mail at all.",
        .when = "After RCPT for a domain with a null MX record, from a relay that looked it up.",
        .advice = "Check the domain's spelling. If it is right, the address cannot receive mail: ask for another one.",
        .reference = "RFC 7504, section 4",
    },
};

const size_t catalog_code_count = G_N_ELEMENTS(catalog_code_table);

/* A family row says the same of first and second digit each time, so it is put together. */
#define FAMILY(first, second, in_brackets, second_says)                                          \
    {                                                                                            \
        .code = first * 100 + second * 10, .context = COMMAND_NONE,                              \
        .name = "Undefined " #first #second "z code" in_brackets,                                \
        .meaning = "No RFC defines this code for SMTP. " FIRST_##first " " second_says,          \
        .when = "Some servers invent codes, and faulty ones send stray numbers. "                \
                "Clients then go by the first digit (" #first ") alone.",                        \
        .advice = ADVICE_##first,                                                                \
        .reference = "RFC 5321, section 4.2.1",                                                  \
    }

#define FAMILIES(first)                                                                          \
    {                                                                                            \
        FAMILY(first, 0, " (syntax)", "The 0 stands for syntax."),                               \
        FAMILY(first, 1, " (information)", "The 1 stands for information."),                     \
        FAMILY(first, 2, " (connections)", "The 2 after it stands for connections."),            \
        FAMILY(first, 3, "", "RFC 5321 leaves the second digit 3 unspecified."),                 \
        FAMILY(first, 4, "", "RFC 5321 leaves the second digit 4 unspecified."),                 \
        FAMILY(first, 5, " (mail system)", "The second digit 5 stands for the mail system."),    \
        FAMILY(first, 6, "", "The second digit 6 is outside RFC 5321's grammar."),               \
        FAMILY(first, 7, "", "The second digit 7 is outside RFC 5321's grammar."),               \
        FAMILY(first, 8, "", "The second digit 8 is outside RFC 5321's grammar."),               \
        FAMILY(first, 9, "", "The second digit 9 is outside RFC 5321's grammar."),               \
    }

#define FIRST_2 "The 2 stands for Positive Completion: the server did what was asked."
#define FIRST_3 "The 3 stands for Positive Intermediate: the server waits for more from the client."
#define FIRST_4 "The 4 stands for Transient Negative Completion: refused for now; a later attempt may work."
#define FIRST_5 "The 5 stands for Permanent Negative Completion: refused for good."

#define ADVICE_2 "Treat it as success, and read the text to learn what the server means."
#define ADVICE_3 "Read the text, and check in the server's manual what it waits for."
#define ADVICE_4 "Read the text. The client tries again later."
#define ADVICE_5 "Read the text and the enhanced status code. The same command will be refused again."

const catalog_row catalog_family_table[CATALOG_FIRST_DIGITS][CATALOG_SECOND_DIGITS] = {
    FAMILIES(2),
    FAMILIES(3),
    FAMILIES(4),
    FAMILIES(5),
};

const catalog_row catalog_foreign_row = {
    .code = 0, .context = COMMAND_NONE, .name = "Not an SMTP reply code",
    .meaning = "No RFC defines this code for SMTP: a reply code has three digits and begins with 2, 3, 4 or 5.",
    .when = "When the server is not an SMTP server, or when the text of a longer reply is mistaken for a new one.",
    .advice = "Check which program answers on this port. A client treats such a reply as a fatal error.",
    .reference = "RFC 5321, section 4.2",
};
