/* branches.c
 * What replies are counted by: verdict, code, cause, how logins ended.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "branches.h"

#include <epan/to_str.h>

#include "cause.h"
#include "explain.h"
#include "fields.h"
#include "proxy.h"
#include "summary.h"
#include "language.h"
#include "session_word.h"

static const char *verdict_name(wmem_allocator_t *scope _U_, const reply_note *note,
                                const smtp_explain_frame *frame _U_, const packet_info *pinfo _U_)
{
    return smtp_explain_verdict_word(note->verdict);
}

static const char *code_name(wmem_allocator_t *scope, const reply_note *note,
                             const smtp_explain_frame *frame _U_, const packet_info *pinfo _U_)
{
    return wmem_strdup_printf(scope, "%u %s", note->code, explain_code_name(note->code));
}

static const char *cause_name(wmem_allocator_t *scope _U_, const reply_note *note,
                              const smtp_explain_frame *frame _U_, const packet_info *pinfo _U_)
{
    return cause_in_words((cause)note->cause);
}

static const char *mechanism_name(wmem_allocator_t *scope _U_, const reply_note *note,
                                  const smtp_explain_frame *frame _U_, const packet_info *pinfo _U_)
{
    return session_word(summary_mechanism(note));
}

static const char *outcome_name(const reply_note *note)
{
    return session_word(summary_outcome_name(summary_outcome_of(note)));
}

/* The frame holds the server's reply. */
static const char *client_name(wmem_allocator_t *scope, const reply_note *note _U_,
                               const smtp_explain_frame *frame, const packet_info *pinfo)
{
    return frame->client != NULL ? proxy_host(scope, frame->client)
                                 : address_to_str(scope, &pinfo->dst);
}

static const char *user_name(wmem_allocator_t *scope _U_, const reply_note *note,
                             const smtp_explain_frame *frame _U_, const packet_info *pinfo _U_)
{
    return note->command->user;
}

static const char *answered_name(wmem_allocator_t *scope _U_, const reply_note *note,
                                 const smtp_explain_frame *frame _U_, const packet_info *pinfo _U_)
{
    return session_word(summary_answered(note));
}

static bool is_refused_login(const reply_note *note)
{
    return summary_outcome_of(note) == OUTCOME_REFUSED;
}

/* Users are known only where their names are shown. */
static bool is_refused_user(const reply_note *note)
{
    return is_refused_login(note) && note->command != NULL && note->command->user != NULL;
}

static bool has_cause(const reply_note *note)
{
    return note->cause != CAUSE_NONE;
}

static bool has_outcome(const reply_note *note)
{
    return summary_outcome_of(note) != OUTCOME_NONE;
}

const smtp_explain_branch smtp_explain_branches[SMTP_EXPLAIN_BRANCHES] = {
    { .title = N_("Replies by verdict"), .name = verdict_name },
    { .title = N_("Replies by code"), .name = code_name },
    { .title = N_("Refusals by cause"), .counts = has_cause, .name = cause_name },
    { .title = N_("AUTH outcomes by mechanism"),
      .counts = has_outcome,
      .name = mechanism_name,
      .below = outcome_name },
    { .title = N_("Refused logins by client"), .counts = is_refused_login, .name = client_name },
    { .title = N_("Refused logins by user"), .counts = is_refused_user, .name = user_name },
    { .title = N_("What 211 answered"), .counts = summary_is_status, .name = answered_name },
};
