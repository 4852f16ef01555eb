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
#include "language.h"
#include "roles.h"

/* What is quoted of the server's words, in bytes. */
#define QUOTED_MAX 60

static const char *const ends[] = {
    /* Translators: stands in sentences, behind a colon or "and". */
    [SESSION_CLOSED_BY_CLIENT] = N_("the client closed the connection"),
    [SESSION_CLOSED_BY_SERVER] = N_("the server closed the connection"),
    [SESSION_RESET_BY_CLIENT] = N_("the client reset the connection"),
    [SESSION_RESET_BY_SERVER] = N_("the server, or something in between, reset the connection"),
};

/* "the client closed the connection 3 s later" */
static const char *ended_later(wmem_allocator_t *scope, const event_note *event)
{
    const char *elapsed = elapsed_text(scope, MAX(event->waited, 0));

    switch (event->end) {
    case SESSION_CLOSED_BY_CLIENT:
        return wmem_strdup_printf(scope, _("the client closed the connection %s later"), elapsed);
    case SESSION_CLOSED_BY_SERVER:
        return wmem_strdup_printf(scope, _("the server closed the connection %s later"), elapsed);
    case SESSION_RESET_BY_CLIENT:
        return wmem_strdup_printf(scope, _("the client reset the connection %s later"), elapsed);
    default:
        return wmem_strdup_printf(
            scope, _("the server, or something in between, reset the connection %s later"),
            elapsed);
    }
}

/* "AUTH PLAIN in frame 7" */
static const char *asked_in_frame(wmem_allocator_t *scope, const event_note *event,
                                  const char *verb)
{
    const char *asked = event->mechanism != NULL
                            ? wmem_strdup_printf(scope, "%s %s", verb, event->mechanism)
                            : verb;

    /* Translators: a command, and its frame. */
    return language_fill(scope, C_("command", "%s in frame %u"), asked, event->about);
}

/* What did not come: "No reply to AUTH PLAIN in frame 7", "No greeting" */
static const char *missing_text(wmem_allocator_t *scope, const event_note *event)
{
    if (event->id == COMMAND_CONNECTION)
        return _("No greeting from the server");
    if (event->id == COMMAND_MESSAGE && event->about != 0)
        return wmem_strdup_printf(scope, _("No reply to the message that ended in frame %u"),
                                  event->about);
    if (event->id == COMMAND_MESSAGE)
        return _("No reply to the message");
    return language_fill(
        scope, _("No reply to %s"),
        asked_in_frame(scope, event, event->verb != NULL ? event->verb : _("the command")));
}

/* Did the client close or reset the connection? */
static bool is_ended_by_client(const event_note *event)
{
    return event->end == SESSION_CLOSED_BY_CLIENT || event->end == SESSION_RESET_BY_CLIENT;
}

/* What to look at when the server ends the session without a word. */
static const char *look_at_server(const event_note *event)
{
    if (event->id == COMMAND_CONNECTION && event->spoke &&
        (event->port == 25 || event->port == 587))
        return _(
            "Some servers drop a client that speaks before the greeting: let it wait, or look in the "
            "server's log.");
    return event->id == COMMAND_CONNECTION && event->spoke
               ? _("This port may want TLS from the first byte: set the client to SSL/TLS, or look in the "
                   "server's log.")
               : _("Look in the server's log for the reason.");
}

static char *say_no_reply(wmem_allocator_t *scope, const event_note *event)
{
    const char *look = is_ended_by_client(event)
                           ? _("Check the client's timeout, and what kept the server busy.")
                           : look_at_server(event);

    return wmem_strdup_printf(
        scope,
        /* Translators: what didn't come, how the session ended, and a whole sentence on what to do. */
        C_("no reply", "%s: %s. %s"), missing_text(scope, event),
        event->about != 0 ? ended_later(scope, event) : _(ends[event->end]), look);
}

static char *say_challenge_unanswered(wmem_allocator_t *scope, const event_note *event)
{
    const char *instead = event->ends ? _(ends[event->end])
                                      : language_fill(scope, _("it sent %s instead"), event->verb);
    const char *look = event->ends && !is_ended_by_client(event)
                           ? _("Check the server's log, and what the client was waiting for.")
                           : _("It probably can't do this mechanism or has no password: check its "
                               "settings.");

    if (event->refused)
        return wmem_strdup_printf(
            scope,
            _("The 334 to %s refuses the login, and the client owes an empty line or \"*\": %s. The "
              "reason is in that 334."),
            asked_in_frame(scope, event, "AUTH"), instead);
    return wmem_strdup_printf(
        scope,
        /* Translators: "AUTH in frame 7", what happened instead, and a whole sentence on what to do. */
        _("The client did not answer the server's challenge (%s): %s. %s"),
        asked_in_frame(scope, event, "AUTH"), instead, look);
}

static char *say_smuggling(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        _("This message contains a malformed dot line, which only some servers take for its end, and "
          "then %s: probably an attempt to smuggle in a second message. If the server answers it, "
          "update the server."),
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
        return _(
            "The server's administrator sets this port to TLS, or the client uses port 587 with "
            "STARTTLS.");
    return port == 25 ? _("Set the client to STARTTLS, or to no encryption.")
                      : _("Set the client to STARTTLS on this port, or to port 465.");
}

/* Where TLS began, and on which port, as far as that is to be said. */
static char *clear_text_text(wmem_allocator_t *scope, const event_note *event, const char *said)
{
    const bool elsewhere = event->about != event->frame;

    /* Translators: the last thing is what the server said, in brackets, or nothing. */
    if (elsewhere && event->port != 0)
        return wmem_strdup_printf(
            scope,
            _("The client began TLS in frame %u, but the server speaks clear text on port %u%s."),
            event->about, event->port, said);
    if (elsewhere)
        return wmem_strdup_printf(
            scope, _("The client began TLS in frame %u, but the server speaks clear text here%s."),
            event->about, said);
    if (event->port != 0)
        return wmem_strdup_printf(
            scope, _("The client began TLS, but the server speaks clear text on port %u%s."),
            event->port, said);
    return wmem_strdup_printf(
        scope, _("The client began TLS, but the server speaks clear text here%s."), said);
}

static char *say_tls_expected(wmem_allocator_t *scope, const event_note *event)
{
    const char *said =
        event->detail != NULL && event->detail[0] != '\0'
            /* Translators: the server's words, behind a sentence that has its full stop after them. */
            ? wmem_strdup_printf(scope, C_("quotation", " (\"%s\")"), shorten(scope, event->detail))
            : "";

    return (char *)language_join(scope, clear_text_text(scope, event, said),
                                 tls_setting(event->port));
}

static char *say_clear_text_expected(wmem_allocator_t *scope, const event_note *event)
{
    if (event->port == 0)
        return wmem_strdup(
            scope,
            _("The client speaks clear text, but the server wants TLS from the first byte. Set "
              "the client to SSL/TLS on this port, or to port 587 with STARTTLS."));
    return wmem_strdup_printf(
        scope,
        _("The client speaks clear text, but the server on port %u wants TLS from the first byte. Set "
          "the client to SSL/TLS on this port, or to port 587 with STARTTLS."),
        event->port);
}

/* The side that refused, and its alert. */
static char *alert_text(wmem_allocator_t *scope, const event_note *event)
{
    const char *name = alert_name(event->alert);

    if (name == NULL)
        return wmem_strdup_printf(scope,
                                  event->by_server
                                      ? _("TLS failed: the server refused with alert %u.")
                                      : _("TLS failed: the client refused with alert %u."),
                                  event->alert);
    return wmem_strdup_printf(scope,
                              event->by_server
                                  ? _("TLS failed: the server refused with the alert \"%s\".")
                                  : _("TLS failed: the client refused with the alert \"%s\"."),
                              name);
}

static char *say_tls_failed(wmem_allocator_t *scope, const event_note *event)
{
    if (event->ends && !event->greeted)
        return wmem_strdup_printf(
            scope,
            _("TLS failed: the server did not answer the client's handshake, and %s. Find out whether "
              "this port of the server speaks TLS, and whether it is overloaded."),
            _(ends[event->end]));
    if (event->ends)
        return wmem_strdup_printf(
            scope,
            _("TLS failed: %s in the handshake or right behind it. Often the client does not trust the "
              "certificate, or the server lacks one. Look in the log of the side that closed."),
            _(ends[event->end]));
    return (char *)language_join(scope, alert_text(scope, event),
                                 alert_advice(event->alert, event->by_server));
}

static char *say_tls_unread(wmem_allocator_t *scope, const event_note *event)
{
    (void)event;
    return wmem_strdup(
        scope,
        _("The session goes on in TLS, which can't be read without its keys. Have the client or the "
          "server write a key log (SSLKEYLOGFILE), and give it to Wireshark: "
          "Preferences > Protocols > TLS."));
}

static char *say_still_clear(wmem_allocator_t *scope, const event_note *event)
{
    return language_fill(
        scope,
        _("The session goes on in clear text with %s although STARTTLS was accepted. Something between "
          "client and server probably takes TLS away here. Passwords and mail can be read on this path."),
        event->verb);
}

static char *say_early(wmem_allocator_t *scope, const event_note *event)
{
    const char *verb = event->verb != NULL ? event->verb : _("a line");

    if (!event->greeted)
        return language_fill(
            scope,
            _("The client sent %s before the server's greeting. Some servers refuse such clients, "
              "since spam programs do this. The client must wait for the 220."),
            verb);
    return language_fill(
        scope,
        _("The client sent %s without waiting for the reply to the command before it, and the server does "
          "not offer PIPELINING. The client must wait, or servers may refuse or drop what it sends."),
        verb);
}

static char *say_proxy(wmem_allocator_t *scope, const event_note *event)
{
    if (event->detail == NULL)
        return wmem_strdup(scope,
                           _("A proxy speaks for itself here: its PROXY protocol header names no "
                             "client. No reply is due to it."));
    if (event->about != 0)
        return wmem_strdup_printf(
            scope,
            _("A proxy passes on the connection of %s, as its PROXY header in frame %u says: that is the real "
              "client. No reply is due to the header."),
            event->detail, event->about);
    return wmem_strdup_printf(
        scope,
        _("A proxy passes on the connection of %s: that is the real client. No reply is due to "
          "this header."),
        event->detail);
}

static char *say_without_cr(wmem_allocator_t *scope, const event_note *event)
{
    return language_fill(
        scope,
        _("The client ends %s with LF alone instead of CR LF. Some servers refuse that, others wait for "
          "the CR. Set the client to CR LF (netcat: option -C)."),
        event->verb != NULL ? event->verb : _("this line"));
}

static char *say_without_code(wmem_allocator_t *scope, const event_note *event)
{
    return wmem_strdup_printf(
        scope,
        _("A line of the server begins with no reply code (RFC 5321, section 4.2.1): \"%s\". Clients may "
          "skip it and what it offers, or give up. Correct the server, or what stands in front of it."),
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
