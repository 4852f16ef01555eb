/* contrast.c
 * What a reply is not: 211 against 235, and the codes that end AUTH or HELP against
 * the one that was hoped for. One idea a sentence.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "tables.h"

#include <glib.h>

#include "language.h"

/* A row is as long as its sentences. */
/* clang-format off */
const catalog_contrast_row catalog_contrast_table[] = {
    /* 334 asks for the next SASL response: it doesn't end AUTH. */
    { .code = 334, .context = COMMAND_AUTH },

    {
        .code = 211, .context = COMMAND_NONE,
        .sentences = {
            N_("Shared with 235: both begin with 2 (Positive Completion), so in both the server says that it did what was asked."),
            N_("The second digit differs: 1 marks information; 3 is left open by RFC 5321, and RFC 4954 uses it for authentication."),
            N_("Where it belongs: 211 answers HELP or a status command of the server's own; 235 answers AUTH or its last SASL response."),
            N_("Effect on the session: 211 changes nothing; 235 establishes who the client is, and any later AUTH must get 503."),
            N_("What to do: after 211, read the text and go on; after 235, go on with MAIL."),
            N_("If HELP got another code: 214 is the usual help reply, and 500 or 502 only says that the server offers no HELP."),
            N_("211 proves no login: only 235 to AUTH says that the client is authenticated."),
        },
    },
    {
        .code = 211, .context = COMMAND_AUTH,
        .sentences = {
            N_("AUTH got 211 where 235 was hoped for: the client is not authenticated by this reply."),
            N_("Shared with 235: the first digit 2, which a simple client may mistake for a successful login."),
            N_("The second digit differs: 1 marks information, while RFC 4954 gives 235 to a completed authentication."),
            N_("211 belongs to HELP and to status commands, so check whether client and server agree on which command a reply answers."),
            N_("What to do: look in the server's log for the login, and do not rely on it until AUTH gets 235."),
            N_("A refused login would be 535, 534, 538, 530, 432, 454, 504, 501 or 503."),
        },
    },
    {
        .code = 235, .context = COMMAND_NONE,
        .sentences = {
            N_("Shared with 211: both begin with 2 (Positive Completion), so in both the server says that it did what was asked."),
            N_("The second digit differs: 3 is left open by RFC 5321, and RFC 4954 uses it for authentication; the 1 of 211 marks information."),
            N_("Where it belongs: 235 answers AUTH or its last SASL response; 211 answers HELP or a status command of the server's own."),
            N_("Effect on the session: 235 establishes who the client is, and any later AUTH must get 503; 211 changes nothing."),
            N_("What to do: after 235, go on with MAIL, inside the SASL security layer if one was negotiated; 211 is only text to read."),
            N_("Instead of 235, 535 refuses the credentials, and 534 finds the SASL mechanism too weak."),
            N_("Instead of 235, 538 demands TLS before this SASL mechanism, and 530 usually demands STARTTLS before AUTH."),
            N_("Instead of 235, 432 asks for a password transition, and 454 reports a temporary failure: neither says that the password is wrong."),
            N_("Instead of 235, 504 says that the SASL mechanism is not supported, 501 that a response was malformed or cancelled."),
            N_("Instead of 235, 503 says that AUTH came at the wrong moment, for example after an earlier 235."),
        },
    },
    {
        .code = 235, .context = COMMAND_HELP,
        .sentences = {
            N_("HELP got 235 where 211 or 214 was due: HELP asks for text and cannot authenticate anyone."),
            N_("Shared with 211: the first digit 2 (Positive Completion); only the second digit tells information (1) from 235's authentication (3)."),
            N_("235 belongs to AUTH, so check whether this is the late reply to an earlier AUTH."),
            N_("What to do: count commands and replies from the start of the session, and look for packets that the capture missed."),
            N_("A server without HELP would have sent 500 or 502, which is harmless."),
        },
    },

    {
        .code = 214, .context = COMMAND_HELP,
        .sentences = {
            N_("214 and 211 both answer HELP: 214 carries help text for a person, 211 carries system status or help."),
            N_("Most servers that offer HELP use 214; a client need not tell the two apart."),
            N_("Like 211, and unlike 235, 214 changes nothing in the session and authenticates nobody."),
        },
    },
    {
        .code = 504, .context = COMMAND_HELP,
        .sentences = {
            N_("211 or 214 would have meant help text; 504 says that the server knows HELP, but not with this argument."),
            N_("A refused HELP does no harm: plain HELP without an argument may still get 211 or 214."),
        },
    },
    {
        .code = 530, .context = COMMAND_HELP,
        .sentences = {
            N_("211 or 214 would have meant help text; 530 says that this server gives none before authentication or STARTTLS."),
            N_("A refused HELP does no harm, but MAIL will probably get 530 as well."),
        },
    },
    {
        .code = 2, .context = COMMAND_HELP,
        .sentences = {
            N_("HELP is answered by 211 or 214 in RFC 5321; this code says that the command succeeded but belongs to another command."),
            N_("Some servers use a code of their own here (aiosmtpd sends 250), and the text is then still the help text."),
            N_("Like 211, it changes nothing in the session as an answer to HELP."),
        },
    },
    {
        .code = 3, .context = COMMAND_HELP,
        .sentences = {
            N_("HELP is answered by 211 or 214; a code that begins with 3 asks the client to send more, which HELP never needs."),
            N_("Check whether this reply answers another command, for example AUTH (334) or DATA (354)."),
        },
    },
    {
        .code = 4, .context = COMMAND_HELP,
        .sentences = {
            N_("211 or 214 would have meant help text; this code says that the server cannot give it at the moment."),
            N_("A refused HELP does no harm: sending mail never needs it."),
            N_("If the code is 421, the server also closes the connection, and that matters more than the missing help."),
        },
    },
    {
        .code = 5, .context = COMMAND_HELP,
        .sentences = {
            N_("211 or 214 would have meant help text; this code says that the server does not give it."),
            N_("A refused HELP does no harm: sending mail never needs it, and many servers switch it off."),
            N_("Like 211, it leaves the session as it was: the client can go on with other commands."),
        },
    },

    {
        .code = 421, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 421 ends the session before AUTH could succeed."),
            N_("It does not say that the credentials are wrong: that would be 535."),
            N_("Some servers send 421 after too many failed attempts, so look for 535 earlier in the session."),
        },
    },
    {
        .code = 422, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 422 is listed with enhanced code X.7.12: a password transition comes first."),
            N_("It is the less common twin of 432, and does not say that the password is wrong."),
        },
    },
    {
        .code = 432, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 432 says that the account is not yet prepared for this SASL mechanism."),
            N_("It does not say that the password is wrong: that would be 535."),
            N_("One login with PLAIN under TLS usually makes the transition, and the mechanism can get 235 in later sessions."),
        },
    },
    {
        .code = 454, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 454 says that the server could not check the credentials at the moment."),
            N_("It does not say that the password is wrong: that would be 535, so do not ask the user for another password."),
            N_("The server's authentication backend is the first thing to check."),
        },
    },
    {
        .code = 500, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 500 says that the server could not read the line as a command."),
            N_("It does not judge the credentials: that would be 535."),
            N_("With enhanced code 5.5.6 the SASL line was too long; otherwise the server probably does not know AUTH at this point."),
        },
    },
    {
        .code = 501, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 501 says that a SASL response was malformed, or that the client cancelled with '*'."),
            N_("It does not judge the credentials: that would be 535."),
            N_("If the last line from the client was '*', the client gave up, and the cause lies on its side."),
        },
    },
    {
        .code = 502, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 502 says that this server does not support AUTH."),
            N_("It does not judge the credentials: that would be 535."),
            N_("Check that the client talks to the submission port, and that the reply to EHLO lists AUTH."),
        },
    },
    {
        .code = 503, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 503 says that AUTH is not allowed at this moment."),
            N_("It does not judge the credentials: that would be 535."),
            N_("If the session has a 235 already, the client is authenticated and need not repeat AUTH."),
        },
    },
    {
        .code = 504, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 504 says that the server does not support this SASL mechanism."),
            N_("It does not judge the credentials: that would be 535."),
            N_("A mechanism that the server lists after AUTH in its reply to EHLO can still get 235."),
        },
    },
    {
        .code = 523, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 523 is listed with enhanced code X.7.10: encryption is needed first."),
            N_("It does not judge the credentials: that would be 535."),
        },
    },
    {
        .code = 524, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 524 is listed with enhanced code X.7.11: this SASL mechanism needs encryption."),
            N_("It is the less common twin of 538, and does not judge the credentials."),
        },
    },
    {
        .code = 525, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 525 is listed with enhanced code X.7.13: the account is disabled."),
            N_("Unlike 535, it does not blame the password, so another password will not help."),
            N_("The administrator has to enable the account before AUTH can get 235."),
        },
    },
    {
        .code = 530, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 530 says that something must come first, for AUTH usually STARTTLS."),
            N_("It does not judge the credentials: that would be 535."),
            N_("538 is the narrower case: there only this SASL mechanism needs TLS."),
        },
    },
    {
        .code = 534, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 534 says that this SASL mechanism is too weak for this user."),
            N_("It does not judge the password: that would be 535."),
            N_("A stronger mechanism from the server's list can still get 235."),
        },
    },
    {
        .code = 535, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 535 says that the server did not accept the credentials."),
            N_("The client is not authenticated and may try AUTH again in the same session, if the server still allows it."),
            N_("First things to check: user name, then password, app password or token, then the SASL mechanism."),
            N_("Unlike 454, it is not a temporary fault, and unlike 534 or 538, it does not blame the mechanism."),
        },
    },
    {
        .code = 538, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 538 says that this SASL mechanism is only allowed under TLS."),
            N_("It does not judge the credentials: that would be 535."),
            N_("After STARTTLS and a new EHLO the same credentials can get 235."),
        },
    },
    {
        .code = 550, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 550 refuses the attempt, usually for policy reasons."),
            N_("RFC 4954 does not list 550 for AUTH, so only the text says whether the credentials (normally 535) are the reason."),
            N_("The client is not authenticated."),
        },
    },
    {
        .code = 553, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 553 complains about a name, here probably the user name."),
            N_("RFC 4954 does not list 553 for AUTH: wrong credentials would normally be 535."),
            N_("The client is not authenticated."),
        },
    },
    {
        .code = 554, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; 554 only says that the attempt failed for good."),
            N_("RFC 4954 does not list 554 for AUTH: wrong credentials would normally be 535."),
            N_("After STARTTLS, a server also sends 554 if TLS was not secure enough for it."),
        },
    },
    {
        .code = 2, .context = COMMAND_AUTH,
        .sentences = {
            N_("AUTH succeeds with 235; this code begins with 2 as well, but RFC 4954 does not list it as the end of AUTH."),
            N_("Clients that look only at the first digit take it for a login; clients that wait for 235 do not."),
            N_("What to do: check in the server's log whether the login succeeded."),
        },
    },
    {
        .code = 3, .context = COMMAND_AUTH,
        .sentences = {
            N_("AUTH succeeds with 235 and goes on with 334; this code begins with 3, but RFC 4954 does not list it for AUTH."),
            N_("The client is not authenticated: a code that begins with 3 only asks for more."),
            N_("What to do: check whether the reply answers another command, for example DATA (354)."),
        },
    },
    {
        .code = 4, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; this code begins with 4, so the attempt failed for now and may succeed later."),
            N_("It does not say that the credentials are wrong: that would be 535."),
            N_("What to do: try again later with the same credentials, and look for trouble on the server."),
        },
    },
    {
        .code = 5, .context = COMMAND_AUTH,
        .sentences = {
            N_("235 would have authenticated the client; this code begins with 5, so the same attempt would be refused again."),
            N_("Wrong credentials would normally be 535; for this code, read the server's text and its enhanced status code."),
            N_("The client is not authenticated."),
        },
    },
};

const size_t catalog_contrast_count = G_N_ELEMENTS(catalog_contrast_table);
