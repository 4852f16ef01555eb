/* sums.c
 * What is counted in a capture, on a few lines.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sums.h"

/* Mechanisms that are named. */
#define MECHANISMS_MAX 5

/* Captures without SMTP that are named. */
#define BARE_MAX 5

/* Adds ", 4 refused", if there are any. */
static void add_count(wmem_strbuf_t *list, uint32_t count, const char *what)
{
    if (count > 0)
        wmem_strbuf_append_printf(list, ", %u %s", count, what);
}

/* " (PLAIN 290, LOGIN 5)" */
static void add_mechanisms(wmem_strbuf_t *list, const tally_sums *sums)
{
    unsigned named = 0;

    for (unsigned i = 0; i < sums->mechanisms && named < MECHANISMS_MAX; i++)
        if (sums->logins[i].authenticated > 0)
            wmem_strbuf_append_printf(list, "%s%s %u", named++ == 0 ? " (" : ", ",
                                      sums->logins[i].mechanism, sums->logins[i].authenticated);
    if (named > 0)
        wmem_strbuf_append(list, ")");
}

/* "295 authenticated (PLAIN 295), 4 refused, 1 unanswered" */
static const char *logins_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    wmem_strbuf_t *list = wmem_strbuf_new(scope, "");
    tally_logins all = { .mechanism = NULL };

    for (unsigned i = 0; i < sums->mechanisms; i++) {
        all.authenticated += sums->logins[i].authenticated;
        all.refused += sums->logins[i].refused;
        all.unclear += sums->logins[i].unclear;
    }
    if (all.authenticated + all.refused + all.unclear + sums->unanswered == 0)
        return "none";
    if (all.authenticated > 0)
        wmem_strbuf_append_printf(list, "%u authenticated", all.authenticated);
    else
        wmem_strbuf_append(list, "none authenticated");
    add_mechanisms(list, sums);
    add_count(list, all.refused, "refused");
    add_count(list, all.unclear, "unclear");
    add_count(list, sums->unanswered, "unanswered");
    return wmem_strbuf_get_str(list);
}

static const char *messages_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->messages + sums->messages_refused == 0)
        return "none";
    if (sums->messages_refused == 0)
        return wmem_strdup_printf(scope, "%u accepted", sums->messages);
    if (sums->messages == 0)
        return wmem_strdup_printf(scope, "none accepted, %u refused", sums->messages_refused);
    return wmem_strdup_printf(scope, "%u accepted, %u refused", sums->messages,
                              sums->messages_refused);
}

/* "the first in frame 8"; of several captures, with its name */
static const char *place_text(wmem_allocator_t *scope, const char *before, uint32_t frame,
                              const char *capture)
{
    return wmem_strdup_printf(scope, "%s frame %u%s%s", before, frame,
                              capture != NULL ? " of " : "", capture != NULL ? capture : "");
}

/* NULL: there are none, here and below. */
static const char *exposed_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    if (sums->exposed == 0)
        return NULL;
    if (sums->exposed == 1)
        return "1 login without TLS: its password can be read in this capture";
    return wmem_strdup_printf(scope, "%u logins without TLS: passwords can be read in %s",
                              sums->exposed,
                              sums->captures > 1 ? "these captures" : "this capture");
}

static const char *unread_text(wmem_allocator_t *scope, const tally_sums *sums, bool for_command)
{
    if (sums->unread == 0)
        return NULL;
    return wmem_strdup_printf(scope, "%u session%s went on in TLS; to read that, add its keys: %s",
                              sums->unread, sums->unread == 1 ? "" : "s",
                              for_command ? TRAFFIC_KEYS_OPTION : TRAFFIC_KEYS_PREFERENCE);
}

/* "295 in answer to AUTH, the first in frame 8" */
static const char *code_text(wmem_allocator_t *scope, const tally_code *code, const char *command)
{
    const char *place = place_text(scope, code->count == 1 ? "in" : "the first in",
                                   code->first_frame, code->first_capture);

    if (code->count == 0)
        return "none";
    if (code->misplaced > 0)
        return wmem_strdup_printf(
            scope, "%u, of which %u out of place, %s", code->count, code->misplaced,
            place_text(scope, "the first in", code->first_misplaced, code->misplaced_capture));
    if (code->unknown > 0)
        return wmem_strdup_printf(scope, "%u, %s; %s is missing before %u", code->count, place,
                                  command, code->unknown);
    return wmem_strdup_printf(scope, "%u in answer to %s, %s", code->count, command, place);
}

/* "c.pcap and d.pcap", "c.pcap, d.pcap, e.pcap and 7 more" */
static const char *bare_text(wmem_allocator_t *scope, const tally_sums *sums)
{
    wmem_strbuf_t *list = wmem_strbuf_new(scope, "");

    for (unsigned i = 0; i < MIN(sums->bare_count, BARE_MAX); i++)
        wmem_strbuf_append_printf(list, "%s%s", i > 0 ? ", " : "", sums->bare[i].capture);
    if (sums->bare_count > BARE_MAX)
        wmem_strbuf_append_printf(list, " and %u more", sums->bare_count - BARE_MAX);
    wmem_strbuf_append(list, sums->bare_count == 1 ? "; read alone, it says why"
                                                   : "; each, read alone, says why");
    return wmem_strbuf_get_str(list);
}

static void print_long(page *p, wmem_allocator_t *scope, const tally_sums *sums, bool for_command)
{
    page_item(p, "Logins", logins_text(scope, sums));
    page_item(p, "Messages", messages_text(scope, sums));
    page_item(p, "Clear", exposed_text(scope, sums));
    page_item(p, "TLS", unread_text(scope, sums, for_command));
    page_item(p, "211", code_text(scope, &sums->status, "HELP"));
    page_item(p, "235", code_text(scope, &sums->authenticated, "AUTH"));
}

static void print_short(page *p, wmem_allocator_t *scope, const tally_sums *sums, bool for_command)
{
    const char *exposed = exposed_text(scope, sums);
    const char *unread = unread_text(scope, sums, for_command);

    page_text(p, 0,
              wmem_strdup_printf(scope, "Logins: %s. Messages: %s. 211: %s.",
                                 logins_text(scope, sums), messages_text(scope, sums),
                                 code_text(scope, &sums->status, "HELP")));
    if (exposed != NULL || unread != NULL)
        page_text(p, 0,
                  wmem_strdup_printf(scope, "%s%s%s.", exposed != NULL ? exposed : "",
                                     exposed != NULL && unread != NULL ? "; " : "",
                                     unread != NULL ? unread : ""));
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
        page_item(p, "No SMTP in", bare_text(scope, sums));
    wmem_destroy_allocator(scope);
}
