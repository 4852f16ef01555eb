/* sums.c
 * What is counted in a capture, on a few lines.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sums.h"

#include "language.h"
#include "list.h"

/* Mechanisms that are named. */
#define MECHANISMS_MAX 5

/* Captures without SMTP that are named. */
#define BARE_MAX 5

/* "PLAIN 290, LOGIN 5"; NULL: none */
static const char *mechanisms_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    const char *list = NULL;
    unsigned named = 0;

    for (unsigned i = 0; i < sums->mechanisms && named < MECHANISMS_MAX; i++) {
        const tally_logins *logins = &sums->logins[i];

        if (logins->authenticated == 0)
            continue;
        named++;
        list =
            list_add(scope, list,
                     wmem_strdup_printf(scope, "%s %u", logins->mechanism, logins->authenticated));
    }
    return list;
}

static const char *authenticated_text(wmem_allocator_t *scope, const tally_sums *sums,
                                      uint32_t authenticated)
{
    const char *mechanisms = mechanisms_text(scope, sums);

    if (authenticated == 0)
        return C_("logins", "none authenticated");
    if (mechanisms == NULL)
        return wmem_strdup_printf(scope, C_("logins", "%u authenticated"), authenticated);
    /* Translators: a number, and how many with which mechanism: "PLAIN 290, LOGIN 5". */
    return wmem_strdup_printf(scope, C_("logins", "%u authenticated (%s)"), authenticated,
                              mechanisms);
}

/* "295 authenticated (PLAIN 295), 4 refused, 1 unanswered" */
static const char *logins_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    const char *list;
    tally_logins all = { .mechanism = NULL };

    for (unsigned i = 0; i < sums->mechanisms; i++) {
        all.authenticated += sums->logins[i].authenticated;
        all.refused += sums->logins[i].refused;
        all.unclear += sums->logins[i].unclear;
    }
    if (all.authenticated + all.refused + all.unclear + sums->unanswered == 0)
        return C_("logins", "none");
    list = authenticated_text(scope, sums, all.authenticated);
    if (all.refused > 0)
        list = list_add(scope, list,
                        wmem_strdup_printf(scope, C_("logins", "%u refused"), all.refused));
    if (all.unclear > 0)
        list = list_add(scope, list,
                        wmem_strdup_printf(scope, C_("logins", "%u unclear"), all.unclear));
    if (sums->unanswered > 0)
        list = list_add(scope, list,
                        wmem_strdup_printf(scope, C_("logins", "%u unanswered"), sums->unanswered));
    return list;
}

static const char *messages_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->messages + sums->messages_refused == 0)
        return C_("messages", "none");
    if (sums->messages_refused == 0)
        return wmem_strdup_printf(scope, C_("messages", "%u accepted"), sums->messages);
    if (sums->messages == 0)
        return wmem_strdup_printf(scope, C_("messages", "none accepted, %u refused"),
                                  sums->messages_refused);
    return wmem_strdup_printf(scope, C_("messages", "%u accepted, %u refused"), sums->messages,
                              sums->messages_refused);
}

/* "in frame 8"; of several captures, with its name */
static const char *only_place(wmem_allocator_t *scope, uint32_t frame, const char *capture)
{
    if (capture == NULL)
        return wmem_strdup_printf(scope, _("in frame %u"), frame);
    return wmem_strdup_printf(scope, _("in frame %u of %s"), frame, capture);
}

/* The same of several. */
static const char *first_place(wmem_allocator_t *scope, uint32_t frame, const char *capture)
{
    if (capture == NULL)
        return wmem_strdup_printf(scope, _("the first in frame %u"), frame);
    return wmem_strdup_printf(scope, _("the first in frame %u of %s"), frame, capture);
}

/* NULL: there are none, here and below. */
static const char *exposed_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->exposed == 0)
        return NULL;
    if (sums->captures > 1 && sums->exposed > 1)
        return wmem_strdup_printf(
            scope, _("%u logins without TLS: passwords can be read in these captures"),
            sums->exposed);
    return wmem_strdup_printf(
        scope,
        ngettext("%u login without TLS: its password can be read in this capture",
                 "%u logins without TLS: passwords can be read in this capture", sums->exposed),
        sums->exposed);
}

static const char *unread_text(wmem_allocator_t *scope, const tally_sums *sums, bool for_command)
{
    if (sums->unread == 0)
        return NULL;
    return wmem_strdup_printf(
        scope,
        ngettext("%u session went on in TLS; to read that, add its keys: %s",
                 "%u sessions went on in TLS; to read that, add its keys: %s", sums->unread),
        sums->unread, for_command ? TRAFFIC_KEYS_OPTION : TRAFFIC_KEYS_PREFERENCE);
}

/* "295 in answer to AUTH, the first in frame 8" */
static const char *code_text(wmem_allocator_t *scope, const tally_code *code, const char *command)
{
    const char *place = code->count == 1
                            ? only_place(scope, code->first_frame, code->first_capture)
                            : first_place(scope, code->first_frame, code->first_capture);

    if (code->count == 0)
        return C_("replies", "none");
    if (code->misplaced > 0)
        return wmem_strdup_printf(
            scope, C_("replies", "%u, of which %u out of place, %s"), code->count, code->misplaced,
            first_place(scope, code->first_misplaced, code->misplaced_capture));
    if (code->unknown > 0)
        /* Translators: how many replies, "in frame 8", a command, how many replies. */
        return wmem_strdup_printf(scope, C_("replies", "%u, %s; %s is missing before %u"),
                                  code->count, place, command, code->unknown);
    return wmem_strdup_printf(scope, C_("replies", "%u in answer to %s, %s"), code->count, command,
                              place);
}

/* "c.pcap, d.pcap", "c.pcap, d.pcap, e.pcap and 7 more" */
static const char *bare_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    const char *list = NULL;

    for (unsigned i = 0; i < MIN(sums->bare_count, BARE_MAX); i++)
        list = list_add(scope, list, sums->bare[i].capture);
    if (sums->bare_count > BARE_MAX)
        list = list_more(scope, list, sums->bare_count - BARE_MAX);
    return wmem_strdup_printf(scope,
                              sums->bare_count == 1 ? _("%s; read alone, it says why")
                                                    : _("%s; each, read alone, says why"),
                              list);
}

static void print_long(page *p, wmem_allocator_t *scope, const tally_sums *sums, bool for_command)
{
    page_item(p, C_("label", "Logins"), logins_text(scope, sums));
    page_item(p, C_("label", "Messages"), messages_text(scope, sums));
    page_item(p, C_("label", "Clear"), exposed_text(scope, sums));
    page_item(p, C_("label", "TLS"), unread_text(scope, sums, for_command));
    page_item(p, "211", code_text(scope, &sums->status, "HELP"));
    page_item(p, "235", code_text(scope, &sums->authenticated, "AUTH"));
}

static void print_short(page *p, wmem_allocator_t *scope, const tally_sums *sums, bool for_command)
{
    const char *exposed = exposed_text(scope, sums);
    const char *unread = unread_text(scope, sums, for_command);

    page_text(p, 0,
              wmem_strdup_printf(scope, _("Logins: %s. Messages: %s. 211: %s."),
                                 logins_text(scope, sums), messages_text(scope, sums),
                                 code_text(scope, &sums->status, "HELP")));
    if (exposed != NULL && unread != NULL)
        page_text(p, 0, wmem_strdup_printf(scope, C_("sums", "%s; %s."), exposed, unread));
    else if (exposed != NULL || unread != NULL)
        page_text(p, 0,
                  wmem_strdup_printf(scope, C_("sums", "%s."), exposed != NULL ? exposed : unread));
}

void sums_print(page *p, const tally_sums *sums, bool for_command)
{
    wmem_allocator_t *scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    const bool nothing = sums->mechanisms == 0 && sums->unanswered == 0 && sums->messages == 0 &&
                         sums->messages_refused == 0;

    if (sums->count > 0 && !nothing)
        print_long(p, scope, sums, for_command);
    else
        print_short(p, scope, sums, for_command);
    if (sums->bare_count > 0)
        page_item(p, C_("label", "No SMTP in"), bare_text(scope, sums));
    wmem_destroy_allocator(scope);
}
