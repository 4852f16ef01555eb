/* finding_event.c
 * The sentences of findings that no reply could tell.
 *
 * An event is one row of the table at the end.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "finding.h"

#include <glib.h>

#include "alert.h"
#include "elapsed.h"
#include "roles.h"

/* What is quoted of the server's words, in bytes. */
#define QUOTED_MAX 60

static const char *const ends[] = {
    [SESSION_CLOSED_BY_CLIENT] = "the client closed the connection",
    [SESSION_CLOSED_BY_SERVER] = "the server closed the connection",
    [SESSION_RESET_BY_CLIENT] = "the client reset the connection",
    [SESSION_RESET_BY_SERVER] = "the server, or something in between, reset the connection",
};

/* "AUTH PLAIN in frame 7" */
static const char *asked_in_frame(wmem_allocator_t *scope, const event_note *event,
                                  const char *verb)
{
    return wmem_strdup_printf(scope, "%s%s%s in frame %u", verb,
                              event->mechanism != NULL ? " " : "",
                              event->mechanism != NULL ? event->mechanism : "", event->about);
}

/* What did not come: "No reply to AUTH PLAIN in frame 7", "No greeting" */
static const char *missing_text(wmem_allocator_t *scope, const event_note *event)
{
    if (event->id == COMMAND_CONNECTION)
        return "No greeting from the server";
    if (event->id == COMMAND_MESSAGE && event->about != 0)
        return wmem_strdup_printf(scope, "No reply to the message that ended in frame %u",
                                  event->about);
    if (event->id == COMMAND_MESSAGE)
        return "No reply to the message";
    return wmem_strdup_printf(
        scope, "No reply to %s",
        asked_in_frame(scope, event, event->verb != NULL ? event->verb : "the command"));
}

/* Did the client close or reset the connection? */
static bool is_ended_by_client(const event_note *event)
{
    return event->end == SESSION_CLOSED_BY_CLIENT || event->end == SESSION_RESET_BY_CLIENT;
}

/* What to look at when the server ends the session without a word. */
static const char *look_at_server(const event_note *event)
{
    return event->id == COMMAND_CONNECTION && event->spoke
               ? "This port may want TLS from the first byte: set the client to SSL/TLS, or look in the "
                 "server's log."
               : "Look in the server's log for the reason.";
}

static char *say_no_reply(wmem_allocator_t *scope, const event_note *event)
{
    const char *later =
        event->about != 0
            ? wmem_strdup_printf(scope, " %s later", elapsed_text(scope, MAX(event->waited, 0)))
            : "";
    const char *look = is_ended_by_client(event)
                           ? "Check the client's timeout, and what kept the server busy."
                           : look_at_server(event);

    return wmem_strdup_printf(scope, "%s: %s%s. %s", missing_text(scope, event), ends[event->end],
                              later, look);
}

static char *say_challenge_unanswered(wmem_allocator_t *scope, const event_note *event)
{
    const char *instead = event->ends
                              ? ends[event->end]
                              : wmem_strdup_printf(scope, "it sent %s instead", event->verb);
    const char *look = event->ends && !is_ended_by_client(event)
                           ? "Check the server's log, and what the client was waiting for."
                           : "It probably can't do this mechanism or has no password: check its "
                             "settings.";

    if (event->refused)
        return wmem_strdup_printf(
            scope,
            "The 334 to %s refuses the login, and the client owes an empty line or \"*\": %s. The "
            "reason is in that 334.",
            asked_in_frame(scope, event, "AUTH"), instead);
    return wmem_strdup_printf(scope,
                              "The client did not answer the server's challenge (%s): %s. %s",
                              asked_in_frame(scope, event, "AUTH"), instead, look);
}

static char *say_smuggling(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        "This message contains a malformed dot line, which only some servers take for its end, and "
        "then %s: probably an attempt to smuggle in a second message. If the server answers it, "
        "update the server.",
        event->verb);
}

/* The beginning of the server's words, cut between characters. */
static const char *shorten(wmem_allocator_t *scope, const char *text)
{
    const char *end = text;

    while (*end != '\0' && g_utf8_next_char(end) - text <= QUOTED_MAX)
        end = g_utf8_next_char(end);
    return *end == '\0' ? text : wmem_strdup_printf(scope, "%.*s...", (int)(end - text), text);
}

/* Which port clients use for what it seems to be that was meant (RFC 8314, section 3.3). */
static const char *tls_setting(unsigned port)
{
    if (roles_is_tls_port(port))
        return "The server's administrator sets this port to TLS, or the client uses port 587 with STARTTLS.";
    return port == 25 ? "Set the client to STARTTLS, or to no encryption."
                      : "Set the client to STARTTLS on this port, or to port 465.";
}

static char *say_tls_expected(wmem_allocator_t *scope, const event_note *event)
{
    const char *where =
        event->about != event->frame ? wmem_strdup_printf(scope, " in frame %u", event->about) : "";
    const char *on =
        event->port != 0 ? wmem_strdup_printf(scope, " on port %u", event->port) : " here";
    const char *said = event->detail != NULL && event->detail[0] != '\0'
                           ? wmem_strdup_printf(scope, " (\"%s\")", shorten(scope, event->detail))
                           : "";

    return wmem_strdup_printf(scope,
                              "The client began TLS%s, but the server speaks clear text%s%s. %s",
                              where, on, said, tls_setting(event->port));
}

static char *say_clear_text_expected(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        "The client speaks clear text, but the server%s wants TLS from the first byte. Set the client to "
        "SSL/TLS on this port, or to port 587 with STARTTLS.",
        event->port != 0 ? wmem_strdup_printf(scope, " on port %u", event->port) : "");
}

static char *say_tls_failed(wmem_allocator_t *scope, const event_note *event)
{
    const char *side = event->by_server ? "server" : "client";
    const char *name = alert_name(event->alert);

    if (event->ends && !event->greeted)
        return wmem_strdup_printf(
            scope,
            "TLS failed: the server did not answer the client's handshake, and %s. Find out whether this "
            "port of the server speaks TLS, and whether it is overloaded.",
            ends[event->end]);
    if (event->ends)
        return wmem_strdup_printf(
            scope,
            "TLS failed: %s in the handshake or right behind it. Often the client does not trust the "
            "certificate, or the server lacks one. Look in the log of the side that closed.",
            ends[event->end]);
    if (name == NULL)
        return wmem_strdup_printf(scope, "TLS failed: the %s refused with alert %u. %s", side,
                                  event->alert, alert_advice(event->alert, event->by_server));
    return wmem_strdup_printf(scope, "TLS failed: the %s refused with the alert \"%s\". %s", side,
                              name, alert_advice(event->alert, event->by_server));
}

static char *say_tls_unread(wmem_allocator_t *scope, const event_note *event)
{
    (void)event;
    return wmem_strdup(
        scope,
        "The session goes on in TLS, which can't be read without its keys. Have the client or the "
        "server write a key log (SSLKEYLOGFILE), and give it to Wireshark: "
        "Preferences > Protocols > TLS.");
}

static char *say_still_clear(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        "The session goes on in clear text with %s although STARTTLS was accepted. Something between "
        "client and server probably takes TLS away here. Passwords and mail can be read on this path.",
        event->verb);
}

static char *say_early(wmem_allocator_t *scope, const event_note *event)
{
    const char *verb = event->verb != NULL ? event->verb : "a line";

    if (!event->greeted)
        return wmem_strdup_printf(
            scope,
            "The client sent %s before the server's greeting. Some servers refuse such clients, "
            "since spam programs do this. The client must wait for the 220.",
            verb);
    return wmem_strdup_printf(
        scope,
        "The client sent %s without waiting for the reply to the command before it, and the server does "
        "not offer PIPELINING. The client must wait, or servers may refuse or drop what it sends.",
        verb);
}

static char *say_proxy(wmem_allocator_t *scope, const event_note *event)
{
    if (event->detail == NULL)
        return wmem_strdup(scope,
                           "A proxy speaks for itself here: its PROXY protocol header names no "
                           "client. No reply is due to it.");
    if (event->about != 0)
        return wmem_strdup_printf(
            scope,
            "A proxy passes on the connection of %s, as its PROXY header in frame %u says: that is the real "
            "client. No reply is due to the header.",
            event->detail, event->about);
    return wmem_strdup_printf(
        scope,
        "A proxy passes on the connection of %s: that is the real client. No reply is due to "
        "this header.",
        event->detail);
}

static char *say_without_cr(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        "The client ends %s with LF alone instead of CR LF. Some servers refuse that, others wait for "
        "the CR. Set the client to CR LF (netcat: option -C).",
        event->verb != NULL ? event->verb : "this line");
}

static char *say_without_code(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        "A line of the server begins with no reply code (RFC 5321, section 4.2.1): \"%s\". Clients may "
        "skip it and what it offers, or give up. Correct the server, or what stands in front of it.",
        shorten(scope, event->detail));
}

static const struct {
    finding as;
    char *(*say)(wmem_allocator_t *scope, const event_note *event);
} events[EVENT_COUNT] = {
    [EVENT_CHALLENGE_UNANSWERED] = { FINDING_CHALLENGE_UNANSWERED, say_challenge_unanswered },
    [EVENT_SMUGGLING] = { FINDING_SMUGGLING, say_smuggling },
    [EVENT_NO_REPLY] = { FINDING_NO_REPLY, say_no_reply },
    [EVENT_EARLY_TALKER] = { FINDING_EARLY_TALKER, say_early },
    [EVENT_PROXY] = { FINDING_PROXY_HEADER, say_proxy },
    [EVENT_TLS_EXPECTED] = { FINDING_TLS_EXPECTED, say_tls_expected },
    [EVENT_STILL_CLEAR] = { FINDING_MIDDLEBOX, say_still_clear },
    [EVENT_CLEAR_TEXT_EXPECTED] = { FINDING_CLEAR_TEXT_EXPECTED, say_clear_text_expected },
    [EVENT_TLS_FAILED] = { FINDING_TLS_FAILED, say_tls_failed },
    [EVENT_TLS_UNREAD] = { FINDING_TLS_UNREAD, say_tls_unread },
    [EVENT_LINE_WITHOUT_CR] = { FINDING_LINE_WITHOUT_CR, say_without_cr },
    [EVENT_LINE_WITHOUT_CODE] = { FINDING_LINE_WITHOUT_CODE, say_without_code },
};

finding finding_of_event(const event_note *event)
{
    return events[event->kind].as;
}

char *finding_event_sentence(wmem_allocator_t *scope, const event_note *event)
{
    return events[event->kind].say(scope, event);
}
