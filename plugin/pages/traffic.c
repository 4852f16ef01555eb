/* traffic.c
 * What a capture holds in which there is no SMTP to be read: why is there none, and what helps?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "traffic.h"

#include <string.h>

#include <glib.h>

#include "greeting.h"
#include "language.h"

/* Mail over TLS from the beginning, and the ports on which STARTTLS is usual. */
static const uint32_t mail_ports[] = { 465, 587, 25, 2525 };

static bool is_of_mail(uint32_t port)
{
    for (size_t i = 0; i < G_N_ELEMENTS(mail_ports); i++)
        if (port == mail_ports[i])
            return true;
    return false;
}

/* --- what is seen --- */

/* Does the segment begin with a record of TLS, of any kind (RFC 8446, section 5.1)? */
static bool is_tls(const traffic_segment *segment)
{
    const uint8_t *data = segment->data;

    return segment->len >= 3 && data[0] >= 20 && data[0] <= 23 && data[1] == 3 && data[2] <= 4;
}

/* The server's port is the lower one, but for rare exceptions. */
static void see_tls(traffic *t, const traffic_segment *segment)
{
    const uint32_t port = is_of_mail(segment->other_port) ? segment->other_port
                                                          : MIN(segment->port, segment->other_port);

    if (t->tls_port != 0 && (is_of_mail(t->tls_port) || !is_of_mail(port)))
        return;
    t->tls_port = port;
    t->tls_frame = segment->frame;
}

static bool begins_with(const traffic_segment *segment, const char *word)
{
    const size_t len = strlen(word);

    return segment->len > len && g_ascii_strncasecmp((const char *)segment->data, word, len) == 0;
}

/* The port of the server, if these words are SMTP's; or 0. */
static uint32_t port_of_words(const traffic_segment *segment)
{
    static const char *const hellos[] = { "EHLO ", "HELO ", "LHLO " };
    const char *text = (const char *)segment->data;

    for (size_t i = 0; i < G_N_ELEMENTS(hellos); i++)
        if (begins_with(segment, hellos[i]))
            return segment->other_port;
    if ((begins_with(segment, "220 ") || begins_with(segment, "220-")) &&
        greeting_is_smtp(text + 4, segment->len - 4))
        return segment->port;
    return 0;
}

void traffic_add(traffic *t, const traffic_segment *segment)
{
    t->segments++;
    if (segment->on_wire == 0)
        return;
    t->data++;
    t->cut += segment->len < segment->on_wire;
    if (segment->len == 0)
        return;
    if (is_tls(segment))
        see_tls(t, segment);
    if (t->other_port == 0) {
        t->other_port = port_of_words(segment);
        t->other_frame = segment->frame;
    }
}

/* --- what it means --- */

bool traffic_is_foreign(const traffic *t)
{
    return t->frames > 0 && t->foreign == t->frames && t->segments == 0;
}

static const char *other_port_text(wmem_allocator_t *scope, const traffic *t, bool for_command)
{
    const char *option = for_command
                             ? wmem_strdup_printf(scope, "--smtp-port %u", t->other_port)
                             : wmem_strdup_printf(scope, "-d tcp.port==%u,smtp", t->other_port);

    return wmem_strdup_printf(
        scope,
        _("SMTP is spoken with port %u (frame %u), but Wireshark takes that port for another "
          "protocol's, or that protocol is switched off. To read it as SMTP, add %s."),
        t->other_port, t->other_frame, option);
}

static const char *tls_text(wmem_allocator_t *scope, const traffic *t, bool for_command)
{
    return wmem_strdup_printf(
        scope,
        is_of_mail(t->tls_port)
            ? _("There is TLS with port %u (frame %u), a port of mail servers. What is said inside can "
                "be read only with its keys: have the client or the server write them to a file "
                "(SSLKEYLOGFILE), and add %s.")
            : _("There is TLS with port %u (frame %u), which may be mail or not. What is said inside "
                "can be read only with its keys: have the client or the server write them to a file "
                "(SSLKEYLOGFILE), and add %s."),
        t->tls_port, t->tls_frame, for_command ? TRAFFIC_KEYS_OPTION : TRAFFIC_KEYS_PREFERENCE);
}

const char *traffic_reason(wmem_allocator_t *scope, const traffic *t, bool for_command)
{
    if (t->frames == 0)
        return _("There are no packets in it.");
    if (t->segments == 0)
        return _(
            "There is no TCP in it, and SMTP travels over TCP. Was another interface meant, or "
            "did a capture filter leave it out?");
    if (t->data == 0)
        return _("It has TCP packets, but none that carries data: connections were only opened and "
                 "closed, or refused. Look there first: is the server's port open, does anything "
                 "listen?");
    if (t->other_port != 0)
        return other_port_text(scope, t, for_command);
    if (t->tls_port != 0)
        return tls_text(scope, t, for_command);
    if (t->cut == t->data)
        return _("What the packets carry was cut off when they were captured. Capture again with "
                 "whole packets: tcpdump -s 0, or no snap length.");
    return wmem_strdup_printf(
        scope,
        _("Nothing in it looks like SMTP. If there should be some: on a port that another protocol "
          "has taken, add %s. If TLS was on before the capture began, it can't be read at all."),
        for_command ? "--smtp-port N" : "-d tcp.port==N,smtp");
}
