/* sessions.c
 * What statistics know of a session: what its frames come to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sessions.h"

#include "endpoint.h"
#include "printed.h"
#include "language.h"
#include "session_word.h"
#include "text_window.h"

bool smtp_explain_session_begins(const smtp_explain_frame *frame)
{
    return frame->replies.count > 0 || frame->events.count > 0;
}

/* The frame holds a reply, or something else that tells who its sender is. */
smtp_explain_session *smtp_explain_session_new(const packet_info *pinfo,
                                               const smtp_explain_frame *frame)
{
    const bool from_server = frame->from_server;
    smtp_explain_session *s = g_new0(smtp_explain_session, 1);

    s->number = frame->session_number;
    s->client = from_server ? smtp_explain_endpoint_text(&pinfo->dst, pinfo->destport)
                            : smtp_explain_endpoint_text(&pinfo->src, pinfo->srcport);
    s->server = from_server ? smtp_explain_endpoint_text(&pinfo->src, pinfo->srcport)
                            : smtp_explain_endpoint_text(&pinfo->dst, pinfo->destport);
    return s;
}

void smtp_explain_session_free(smtp_explain_session *s)
{
    g_free(s->client);
    g_free(s->server);
    g_free(s->last);
    g_free(s->waiting);
    g_free(s->user);
    g_free(s);
}

/* tshark's table has columns of so many bytes, and what the fields have. */
static const char *in_words(const char *word)
{
    return smtp_explain_has_window() ? session_word(word) : word;
}

/* Puts one text that the session owns in place of another. */
static void replace(char **text, char *by)
{
    g_free(*text);
    *text = by;
}

static void take_reply(smtp_explain_session *s, const reply_note *note, uint32_t frame)
{
    const session_summary *summary = &s->summary;

    summary_add(&s->summary, note, frame);
    if (summary->last_refused_in == frame)
        replace(&s->last,
                /* Translators: a code, the command that it refused, its frame. */
                g_strdup_printf(smtp_explain_has_window() ? C_("refusal", "%u %s in frame %u")
                                                          : "%u %s in frame %u",
                                summary->last_code,
                                summary->last_verb != NULL ? summary->last_verb : "-", frame));
    if (note->ends_auth && note->command != NULL && note->command->user != NULL)
        replace(&s->user, g_strdup(note->command->user));
}

static void take_event(smtp_explain_session *s, const event_note *event)
{
    if (event->kind == EVENT_PROXY && event->detail != NULL)
        replace(&s->client, g_strdup(event->detail));
    if (event->kind == EVENT_TLS_FAILED)
        s->summary.starttls = false;
    if (event->kind != EVENT_ENDED)
        return;
    s->ended = in_words(summary_end_name((session_end)event->end));
    s->login = event->ending->login;
    replace(&s->waiting, g_strdup(event->verb));
    if (event->mechanism != NULL && s->summary.mechanism[0] == '\0')
        g_strlcpy(s->summary.mechanism, event->mechanism, sizeof s->summary.mechanism);
}

bool smtp_explain_session_take(smtp_explain_session *s, const packet_info *pinfo,
                               const smtp_explain_frame *frame)
{
    if (s->last_frame == pinfo->num)
        return false;
    s->last_frame = pinfo->num;
    for (unsigned i = 0; i < frame->replies.count; i++)
        take_reply(s, frame->replies.entry[i].reply, pinfo->num);
    if (s->ended == NULL)
        replace(&s->waiting, g_strdup(frame->waiting));
    for (unsigned i = 0; i < frame->events.count; i++)
        take_event(s, frame->events.entry[i].event);
    return true;
}

const char *smtp_explain_session_login(const smtp_explain_session *s)
{
    return in_words(s->login != NULL ? s->login
                                     : summary_outcome_name(summary_outcome(&s->summary)));
}

const char *smtp_explain_session_tls(const smtp_explain_session *s)
{
    return in_words(summary_tls(&s->summary));
}
