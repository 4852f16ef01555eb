/* history.c
 * What was said in a session so far, as far as it may tell later why a reply refuses.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "history.h"

#include <string.h>

#include "mechanism.h"

void history_begin(history *h, bool from_start)
{
    memset(h, 0, sizeof *h);
    h->hello_known = from_start;
    h->transaction = from_start ? TRANSACTION_NONE : TRANSACTION_UNKNOWN;
}

void history_doubt(history *h)
{
    h->hello_known = false;
    h->transaction = TRANSACTION_UNKNOWN;
    h->spoke_early_in = 0; /* the greeting may be what is missing */
    if (h->hello == COMMAND_HELO)
        h->hello = COMMAND_NONE; /* EHLO may have followed */
    history_doubt_responses(h);
}

void history_doubt_responses(history *h)
{
    h->responses_known = false;
    h->responses_equal = false;
    h->last_response = 0;
}

void history_note_early(history *h, uint32_t frame)
{
    if (h->spoke_early_in == 0)
        h->spoke_early_in = frame;
}

void history_note_proxy(history *h, uint32_t frame)
{
    h->proxy_in = frame;
}

static void begin_auth(history *h)
{
    h->responses_known = true;
    h->responses = 0;
    h->credentials_in = 0;
    h->last_response = 0;
    h->responses_equal = false;
    h->token_error_in = 0;
}

void history_take_command(history *h, const command_note *note)
{
    if (command_is_auth((command_id)note->id))
        begin_auth(h);
}

void history_take_response(history *h, const command_note *auth, uint32_t frame, uint64_t hash)
{
    h->responses++;
    if (h->credentials_in == 0 && h->responses >= mechanism_credentials_at(auth->mechanism))
        h->credentials_in = frame;
    h->responses_equal = hash != 0 && hash == h->last_response;
    h->last_response = hash;
}

void history_take_empty_response(history *h)
{
    h->responses++;
    h->responses_equal = false;
    h->last_response = 0;
}

void history_note_token_error(history *h, uint32_t frame)
{
    h->token_error_in = frame;
}

/* --- replies --- */

static void end_transaction(history *h)
{
    h->transaction = TRANSACTION_NONE;
    h->mail_in = 0;
    h->rcpt_accepted_in = 0;
    h->rcpt_refused_in = 0;
}

static void take_hello(history *h, const reply_note *note, uint32_t frame)
{
    if (note->code != 250)
        return;
    end_transaction(h); /* RFC 5321, section 4.1.4 */
    h->hello = note->command->id;
    h->hello_in = note->command->frame;
    h->offers_in = note->offers != NULL ? frame : 0;
}

/* A second MAIL inside of a transaction doesn't end it. */
static void take_mail(history *h, const reply_note *note, uint32_t frame)
{
    if (note->code >= 400 && h->transaction == TRANSACTION_OPEN)
        return;
    end_transaction(h);
    h->transaction = note->code < 400 ? TRANSACTION_OPEN : TRANSACTION_REFUSED;
    h->mail_in = note->code >= 400 && note->command->frame != 0 ? note->command->frame : frame;
}

static void take_rcpt(history *h, const reply_note *note, uint32_t frame)
{
    if (note->code >= 400)
        h->rcpt_refused_in = frame;
    else if (h->rcpt_accepted_in == 0)
        h->rcpt_accepted_in = frame;
}

static void take_auth(history *h, const reply_note *note, uint32_t frame)
{
    if (!note->ends_auth)
        return;
    h->login_attempts++;
    if (note->code >= 400)
        h->login_refused_in = frame;
}

/* What was said before doesn't count any more. */
static void begin_again(history *h)
{
    end_transaction(h);
    h->hello = COMMAND_NONE;
    h->hello_in = h->offers_in = 0;
}

void history_take_reply(history *h, const reply_note *note, uint32_t frame)
{
    bool done = note->code / 100 == 2;

    switch (note->command != NULL ? note->command->id : COMMAND_NONE) {
    case COMMAND_EHLO:
    case COMMAND_HELO:
    case COMMAND_LHLO:
        take_hello(h, note, frame);
        break;
    case COMMAND_MAIL:
        take_mail(h, note, frame);
        break;
    case COMMAND_RCPT:
        take_rcpt(h, note, frame);
        break;
    case COMMAND_AUTH:
    case COMMAND_X_EXPS:
        take_auth(h, note, frame);
        break;
    case COMMAND_MESSAGE:
        end_transaction(h);
        break;
    case COMMAND_RSET:
        if (done)
            end_transaction(h);
        break;
    case COMMAND_BDAT:
        if (note->command->ends_message)
            end_transaction(h);
        break;
    case COMMAND_STARTTLS:
    case COMMAND_XCLIENT:
        if (note->code == 220)
            begin_again(h);
        break;
    default:
        break;
    }
}

/* --- facts --- */

static void tell(session_facts *facts, session_fact fact, bool holds, uint32_t frame)
{
    if (!holds)
        return;
    facts->set |= 1u << fact;
    facts->frame[fact] = frame;
}

static void tell_offers(session_facts *facts, const history *h, const reply_note *note)
{
    const offers *listed = note->offers;
    const command_note *command = note->command;
    bool is_auth = command != NULL && command_is_auth((command_id)command->id);
    const char *keyword = is_auth ? command->verb : "AUTH";
    uint32_t in = h->offers_in;

    tell(facts, FACT_HELO, h->hello == COMMAND_HELO, h->hello_in);
    tell(facts, FACT_NO_HELLO, h->hello_known && h->hello == COMMAND_NONE, 0);
    if (listed == NULL)
        return;
    tell(facts, FACT_AUTH_OFFERED, offers_has(listed, keyword), in);
    tell(facts, FACT_AUTH_NOT_OFFERED, !offers_has(listed, keyword), in);
    tell(facts, FACT_MECHANISM_NOT_OFFERED,
         is_auth && command->mechanism != NULL && offers_has(listed, keyword) &&
             !offers_mechanism(listed, keyword, command->mechanism),
         in);
    tell(facts, FACT_STARTTLS_OFFERED, offers_has(listed, "STARTTLS") && !note->encrypted, in);
    tell(facts, FACT_STARTTLS_NOT_OFFERED, !offers_has(listed, "STARTTLS"), in);
    tell(facts, FACT_PIPELINING_NOT_OFFERED, !listed->pipelining, in);
    tell(facts, FACT_XCLIENT_NOT_OFFERED, !listed->xclient, in);
}

static void tell_login(session_facts *facts, const history *h, const reply_note *note)
{
    const command_note *command = note->command;

    tell(facts, FACT_LOGIN_REFUSED, h->login_refused_in != 0, h->login_refused_in);
    facts->login_attempts = h->login_attempts + (note->ends_auth ? 1 : 0);
    if (command == NULL || !command_is_auth((command_id)command->id))
        return;
    tell(facts, FACT_CREDENTIALS_SENT, h->credentials_in != 0, h->credentials_in);
    tell(facts, FACT_NO_CREDENTIALS_SENT, h->responses_known && h->credentials_in == 0, 0);
    tell(facts, FACT_RESPONSES_EQUAL, h->responses_equal, 0);
    tell(facts, FACT_CANCELLED, command->cancelled, 0);
    tell(facts, FACT_TOKEN_ERROR, h->token_error_in != 0, h->token_error_in);
}

static void tell_transaction(session_facts *facts, const history *h)
{
    bool is_open = h->transaction == TRANSACTION_OPEN;

    tell(facts, FACT_MAIL_REFUSED, h->transaction == TRANSACTION_REFUSED, h->mail_in);
    tell(facts, FACT_NO_MAIL, h->transaction == TRANSACTION_NONE, 0);
    tell(facts, FACT_MAIL_OPEN, is_open, h->mail_in);
    tell(facts, FACT_RCPT_ACCEPTED, is_open && h->rcpt_accepted_in != 0, h->rcpt_accepted_in);
    tell(facts, FACT_RCPT_REFUSED, is_open && h->rcpt_accepted_in == 0 && h->rcpt_refused_in != 0,
         h->rcpt_refused_in);
    /* replies come in order: that to each RCPT before that to DATA */
    tell(facts, FACT_NO_RCPT, is_open && h->rcpt_accepted_in == 0 && h->rcpt_refused_in == 0, 0);
}

session_facts history_tell(const history *h, const reply_note *note, uint32_t authenticated_in,
                           bool all_known)
{
    session_facts facts = { 0 };

    tell(&facts, FACT_SPOKE_EARLY, h->spoke_early_in != 0, h->spoke_early_in);
    tell(&facts, FACT_PROXY_HEADER, h->proxy_in != 0, h->proxy_in);
    tell(&facts, FACT_ENCRYPTED, note->encrypted, 0);
    tell(&facts, FACT_NOT_ENCRYPTED, !note->encrypted, 0);
    tell(&facts, FACT_AUTHENTICATED, authenticated_in != 0, authenticated_in);
    tell(&facts, FACT_NOT_AUTHENTICATED, authenticated_in == 0 && all_known, 0);
    tell_offers(&facts, h, note);
    tell_login(&facts, h, note);
    tell_transaction(&facts, h);
    return facts;
}
