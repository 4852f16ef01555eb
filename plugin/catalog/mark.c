/* mark.c
 * A frame in a few words, for the packet list.
 *
 * A finding that has a mark is one row of the table; the worst ones come first.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "mark.h"

#include <glib.h>

#include "cause.h"
#include "finding.h"
#include "language.h"
#include "session_word.h"

/* "535 bad credentials": cause first. What nothing tells is "550 refused". */
static char *mark_refusal(wmem_allocator_t *scope, const reply_note *note)
{
    const char *why = note->cause == CAUSE_UNSPECIFIED ? C_("mark", "refused")
                                                       : cause_in_words((cause)note->cause);

    if (finding_in(note->findings, FINDING_REPEATED_FAILURES))
        return wmem_strdup_printf(scope, C_("mark", "%u %s, no. %u"), note->code, why,
                                  note->auth_failures);
    return wmem_strdup_printf(scope, C_("mark", "%u %s"), note->code, why);
}

static char *mark_contradiction(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(scope,
                              note->code == 235 ? C_("mark", "%u but its text says failed")
                                                : C_("mark", "%u but its text says succeeded"),
                              note->code);
}

static char *mark_misplaced(wmem_allocator_t *scope, const reply_note *note)
{
    const char *verb = note->command != NULL ? note->command->verb : NULL;

    if (note->code == 235 && command_is_auth(note_command_id(note)))
        return wmem_strdup(scope, C_("mark", "235 again, was logged in already"));
    return language_fill(scope, C_("mark", "%u out of place, answers %s"), note->code,
                         verb != NULL ? session_word(verb) : C_("mark", "a command"));
}

static char *mark_mismatch(wmem_allocator_t *scope, const reply_note *note)
{
    return wmem_strdup_printf(scope, C_("mark", "%u but %u.%u.%u"), note->code,
                              note->enhanced.status_class, note->enhanced.subject,
                              note->enhanced.detail);
}

/* How it was sent is said where that is the trouble, with which mechanism otherwise. */
static char *mark_login(wmem_allocator_t *scope, const reply_note *note)
{
    const char *mechanism = note->command != NULL ? note->command->mechanism : NULL;

    if (finding_in(note->findings, FINDING_CREDENTIALS_EXPOSED))
        return wmem_strdup(scope, C_("mark", "235 authenticated, no TLS"));
    if (mechanism == NULL)
        return wmem_strdup(scope, C_("mark", "235 authenticated"));
    return wmem_strdup_printf(scope, C_("mark", "235 authenticated, %s"), mechanism);
}

static char *mark_status(wmem_allocator_t *scope, const reply_note *note)
{
    if (note->code == 235)
        return mark_login(scope, note);
    return wmem_strdup(scope, C_("mark", "211 status, not a login"));
}

static char *mark_no_reply(wmem_allocator_t *scope, const event_note *event)
{
    if (event->id == COMMAND_CONNECTION)
        return wmem_strdup(scope, C_("mark", "no greeting"));
    if (event->id == COMMAND_MESSAGE)
        return wmem_strdup(scope, C_("mark", "message never answered"));
    return language_fill(scope, C_("mark", "%s never answered"),
                         event->verb != NULL ? event->verb : C_("mark", "command"));
}

/* of_reply and of_event say it; otherwise it is the code, if it has one, and the words. */
static const struct {
    finding f;
    const char *words;
    char *(*of_reply)(wmem_allocator_t *scope, const reply_note *note);
    char *(*of_event)(wmem_allocator_t *scope, const event_note *event);
} marks[] = {
    { .f = FINDING_SMUGGLING, .words = NC_("mark", "smuggled commands") },
    { .f = FINDING_STARTTLS_INJECTION, .words = NC_("mark", "clear text behind STARTTLS") },
    { .f = FINDING_TLS_FAILED, .words = NC_("mark", "TLS handshake failed") },
    { .f = FINDING_TLS_EXPECTED, .words = NC_("mark", "server speaks no TLS here") },
    { .f = FINDING_CLEAR_TEXT_EXPECTED, .words = NC_("mark", "server speaks TLS here") },
    { .f = FINDING_PROXY_REFUSED, .words = NC_("mark", "PROXY header refused") },
    { .f = FINDING_TEXT_CONTRADICTS, .of_reply = mark_contradiction },
    { .f = FINDING_AUTH_LOST, .words = NC_("mark", "although logged in") },
    { .f = FINDING_AUTH_REFUSED, .of_reply = mark_refusal },
    { .f = FINDING_NO_REPLY, .of_event = mark_no_reply },
    { .f = FINDING_REFUSED, .of_reply = mark_refusal },
    { .f = FINDING_HELP_REFUSED, .of_reply = mark_refusal },
    { .f = FINDING_AUTH_MISPLACED, .of_reply = mark_misplaced },
    { .f = FINDING_STATUS_MISPLACED, .of_reply = mark_misplaced },
    { .f = FINDING_UNSOLICITED, .words = NC_("mark", "nothing was asked") },
    { .f = FINDING_SURPLUS_REPLY, .words = NC_("mark", "nothing was asked") },
    { .f = FINDING_AUTH_UNCLEAR, .words = NC_("mark", "instead of 235") },
    { .f = FINDING_CODE_CHANGED, .words = NC_("mark", "code changes between lines") },
    { .f = FINDING_ENHANCED_MISMATCH, .of_reply = mark_mismatch },
    { .f = FINDING_CREDENTIALS_EXPOSED, .of_reply = mark_login },
    { .f = FINDING_AUTHENTICATED, .of_reply = mark_login },
    { .f = FINDING_STATUS, .of_reply = mark_status },
    { .f = FINDING_NO_CONTEXT, .of_reply = mark_status },
};

static void let_speak(mark *m, unsigned rank, const reply_note *reply, const event_note *event)
{
    if (m->rank != 0 && m->rank <= rank)
        return;
    m->rank = rank;
    m->reply = reply;
    m->event = event;
}

void mark_add_reply(mark *m, const reply_note *note)
{
    m->seen++;
    if (note->findings == 0)
        return;
    for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++)
        if (finding_in(note->findings, marks[i].f)) {
            let_speak(m, i + 1, note, NULL);
            return;
        }
}

void mark_add_event(mark *m, const event_note *event)
{
    if (event->kind == EVENT_ENDED) /* no finding */
        return;
    for (unsigned i = 0; i < G_N_ELEMENTS(marks); i++)
        if (marks[i].f == finding_of_event(event)) {
            m->seen++;
            let_speak(m, i + 1, NULL, event);
            return;
        }
}

static char *words_of(wmem_allocator_t *scope, const mark *m)
{
    const unsigned row = m->rank - 1;

    if (m->event != NULL && marks[row].of_event != NULL)
        return marks[row].of_event(scope, m->event);
    if (m->event != NULL)
        return wmem_strdup(scope, C_("mark", marks[row].words));
    if (marks[row].of_reply != NULL)
        return marks[row].of_reply(scope, m->reply);
    return wmem_strdup_printf(scope, C_("mark", "%u %s"), m->reply->code,
                              C_("mark", marks[row].words));
}

char *mark_text(wmem_allocator_t *scope, const mark *m)
{
    char *words;

    if (m->rank == 0)
        return NULL;
    words = words_of(scope, m);
    return m->seen > 1 ? wmem_strdup_printf(scope, C_("mark", "%s +%u"), words, m->seen - 1)
                       : words;
}
