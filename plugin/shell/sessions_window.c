/* sessions_window.c
 * The sessions of a capture, the latest first, in a window of text.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sessions_window.h"

#include <epan/plugin_if.h>

#include "sessions.h"
#include "text_window.h"
#include "language.h"
#include "list.h"
#include "session_word.h"

/* The lines of a window; a live capture has no end. */
#define LINES_MAX 500

typedef struct {
    smtp_explain_text_window window;
    GPtrArray *sessions;   /* of smtp_explain_session */
    GHashTable *by_number; /* session number -> one of them */
    unsigned next;         /* of them, for the button */
} sessions_window;

static void forget_session(void *data)
{
    smtp_explain_session_free((smtp_explain_session *)data);
}

static smtp_explain_session *find_or_make(sessions_window *w, const packet_info *pinfo,
                                          const smtp_explain_frame *frame)
{
    void *key = GUINT_TO_POINTER(frame->session_number);
    smtp_explain_session *s = (smtp_explain_session *)g_hash_table_lookup(w->by_number, key);

    if (s != NULL || !smtp_explain_session_begins(frame))
        return s;
    s = smtp_explain_session_new(pinfo, frame);
    g_ptr_array_add(w->sessions, s);
    g_hash_table_insert(w->by_number, key, s);
    return s;
}

static tap_packet_status count(void *data, packet_info *pinfo, epan_dissect_t *edt _U_,
                               const void *tapped, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)tapped;
    smtp_explain_session *s = find_or_make((sessions_window *)data, pinfo, frame);

    return s != NULL && smtp_explain_session_take(s, pinfo, frame) ? TAP_PACKET_REDRAW
                                                                   : TAP_PACKET_DONT_REDRAW;
}

static void reset(void *data)
{
    sessions_window *w = (sessions_window *)data;

    g_hash_table_remove_all(w->by_number);
    g_ptr_array_set_size(w->sessions, 0);
    w->next = 0;
}

static void finish(void *data)
{
    sessions_window *w = (sessions_window *)data;

    g_hash_table_destroy(w->by_number);
    g_ptr_array_free(w->sessions, TRUE);
    g_free(w);
}

/* --- the text --- */

static bool has_problem(const smtp_explain_session *s)
{
    return s->last != NULL || (s->ended != NULL && s->waiting != NULL);
}

/* What went wrong last, or how it ended. */
static const char *course_of(wmem_allocator_t *scope, const smtp_explain_session *s)
{
    if (s->waiting != NULL && s->ended != NULL)
        return language_fill(scope, C_("course", "%s never answered"), session_word(s->waiting));
    if (s->waiting != NULL)
        return language_fill(scope, C_("course", "%s waits"), session_word(s->waiting));
    if (s->last != NULL)
        return s->last;
    return s->ended != NULL ? s->ended : C_("course", "goes on");
}

/* A line of the table; also its headline. */
static void put_line(GString *text, wmem_allocator_t *scope, const char *number, const char *client,
                     const char *login, const char *accepted, const char *course)
{
    g_string_append_printf(text, "%s %s %s %s  %s\n", smtp_explain_pad_before(scope, number, 7),
                           smtp_explain_pad(scope, client, 21), smtp_explain_pad(scope, login, 13),
                           smtp_explain_pad_before(scope, accepted, 4), course);
}

static void add_line(GString *text, const smtp_explain_session *s)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const char *course = course_of(scope, s);

    if (s->user != NULL)
        course = list_add(scope, course, s->user);
    put_line(text, scope, wmem_strdup_printf(scope, "%u", s->number), s->client,
             smtp_explain_session_login(s), wmem_strdup_printf(scope, "%u", s->summary.accepted),
             course);
    wmem_destroy_allocator(scope);
}

static void add_head(GString *text, const char *title)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);

    g_string_append_printf(text, "%s\n", title);
    put_line(text, scope, C_("column", "Session"), C_("column", "Client"), C_("column", "Login"),
             C_("column", "Mail"), C_("column", "Course"));
    wmem_destroy_allocator(scope);
}

static bool is_any(const smtp_explain_session *s _U_)
{
    return true;
}

/* Those of a kind, the latest first, until there are enough of them. */
static void add_sessions(GString *text, const sessions_window *w, const char *title,
                         bool (*is_wanted)(const smtp_explain_session *s))
{
    unsigned shown = 0;

    add_head(text, title);
    for (unsigned i = w->sessions->len; i-- > 0 && shown < LINES_MAX;) {
        const smtp_explain_session *s = (const smtp_explain_session *)w->sessions->pdata[i];

        if (!is_wanted(s))
            continue;
        add_line(text, s);
        shown++;
    }
    if (shown == LINES_MAX)
        g_string_append_printf(text, "%s\n", _("The table of sessions has those before, too."));
}

static unsigned count_problems(const sessions_window *w)
{
    unsigned problems = 0;

    for (unsigned i = 0; i < w->sessions->len; i++)
        problems += has_problem((const smtp_explain_session *)w->sessions->pdata[i]);
    return problems;
}

static void draw(void *data)
{
    const sessions_window *w = (const sessions_window *)data;
    const unsigned problems = count_problems(w);
    GString *text = g_string_new("");

    g_string_append_printf(text,
                           ngettext("%u session, %u with a refusal or without a reply",
                                    "%u sessions, %u with a refusal or without a reply",
                                    w->sessions->len),
                           w->sessions->len, problems);
    g_string_append(text, "\n\n");
    if (problems > 0) {
        add_sessions(text, w, _("Refused or unanswered"), has_problem);
        g_string_append_c(text, '\n');
    }
    add_sessions(text, w, _("All sessions, the latest first"), is_any);
    smtp_explain_text_window_show(&w->window, text->str);
    g_string_free(text, TRUE);
}

/* --- the window --- */

/* Leaves the next session with a problem, and begins again behind the last. */
static smtp_explain_bool filter_next(funnel_text_window_t *text _U_, void *data)
{
    sessions_window *w = (sessions_window *)data;

    for (unsigned i = 0; i < w->sessions->len; i++) {
        const smtp_explain_session *s = (const smtp_explain_session *)w->sessions->pdata[w->next];
        char *filter;

        w->next = (w->next + 1) % w->sessions->len;
        if (!has_problem(s))
            continue;
        filter = g_strdup_printf("smtp_explain.session == %u", s->number);
        plugin_if_apply_filter(filter, true);
        g_free(filter);
        break;
    }
    return true;
}

void smtp_explain_sessions_open(void)
{
    static const smtp_explain_follower listener = {
        .reset = reset, .packet = count, .draw = draw, .finish = finish
    };
    sessions_window *w = g_new0(sessions_window, 1);

    w->sessions = g_ptr_array_new_with_free_func(forget_session);
    w->by_number = g_hash_table_new(NULL, NULL);
    w->window = smtp_explain_text_window_open(_("SMTP Sessions"));
    smtp_explain_text_window_add_button(&w->window, N_("Filter next with a problem"), filter_next,
                                        w);
    smtp_explain_text_window_add_button(&w->window, SMTP_EXPLAIN_USERS_BUTTON,
                                        smtp_explain_text_window_turn_users, w);
    smtp_explain_text_window_follow(&w->window, &listener, w);
}
