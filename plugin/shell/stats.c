/* stats.c
 * The tap, and statistics over the notes: replies (-z smtp_explain,tree) and response times (-z smtp_explain,srt);
 * each is also a window of Wireshark's Statistics menu.
 *
 * Every frame that ends a reply, or that shows an event, is one item for the tap listeners. All replies count, whatever the
 * preferences say about what is explained.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <epan/srt_table.h>
#include <epan/stats_tree.h>
#include <epan/tap.h>

#include "branches.h"
#include "fields.h"
#include "printed.h"
#include "sessions_table.h"
#include "shell.h"
#include "summary.h"
#include "language.h"
#include "session_word.h"
#include "text_window.h"

static int tap_smtp_explain = -1;

/* The listeners get the frame as it is, for as long as the packet is dissected. */
void smtp_explain_stats_queue(packet_info *pinfo, const smtp_explain_frame *frame)
{
    if (!have_tap_listener(tap_smtp_explain))
        return;
    tap_queue_packet(tap_smtp_explain, pinfo, wmem_memdup(pinfo->pool, frame, sizeof *frame));
}

/* --- replies --- */

/* The other branches appear once there is something in them. */
static void init_tree(stats_tree *tree)
{
    for (size_t i = 0; i < G_N_ELEMENTS(smtp_explain_branches); i++)
        if (smtp_explain_branches[i].counts == NULL)
            stats_tree_create_node(tree, _(smtp_explain_branches[i].title), 0, STAT_DT_INT, TRUE);
}

static void count_in(stats_tree *tree, const smtp_explain_branch *branch, const reply_note *note,
                     const smtp_explain_frame *frame, const packet_info *pinfo)
{
    const int top = tick_stat_node(tree, _(branch->title), 0, TRUE);
    const int named = tick_stat_node(tree, branch->name(pinfo->pool, note, frame, pinfo), top,
                                     branch->below != NULL);

    if (branch->below != NULL)
        tick_stat_node(tree, branch->below(note), named, FALSE);
}

static void count_reply(stats_tree *tree, const reply_note *note, const smtp_explain_frame *frame,
                        const packet_info *pinfo)
{
    for (size_t i = 0; i < G_N_ELEMENTS(smtp_explain_branches); i++)
        if (smtp_explain_branches[i].counts == NULL || smtp_explain_branches[i].counts(note))
            count_in(tree, &smtp_explain_branches[i], note, frame, pinfo);
}

static tap_packet_status tap_tree(stats_tree *tree, packet_info *pinfo, epan_dissect_t *edt _U_,
                                  const void *data, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)data;

    for (unsigned i = 0; i < frame->replies.count; i++)
        count_reply(tree, frame->replies.entry[i].reply, frame, pinfo);
    return TAP_PACKET_REDRAW;
}

/* --- response times --- */

static void init_response_times(struct register_srt *srt _U_, GArray *tables)
{
    /* a row's number is that of its command */
    srt_stat_table *table = init_srt_table(
        _("SMTP response times"), "SMTP", tables, COMMAND_COUNT, C_("column", "Command"),
        smtp_explain_fields[FIELD_COMMAND_ID].hfinfo.abbrev, NULL);

    for (int id = 0; id < COMMAND_COUNT; id++) {
        const char *known = command_name((command_id)id);
        const char *name = known != NULL ? known : "other";

        init_srt_table_row(table, id, smtp_explain_has_window() ? session_word(name) : name);
    }
}

static void add_response_time(srt_stat_table *table, packet_info *pinfo, const reply_note *note)
{
    const command_note *command = note->command;

    /* elapsed < 0: the capture's clock went backwards */
    if (!summary_ends_command(note) || command->frame == 0 || note->elapsed < 0)
        return;
    nstime_t asked = { (time_t)(command->time / NS_PER_S), (int)(command->time % NS_PER_S) };
    add_srt_table_data(table, command->id, &asked, pinfo);
}

static tap_packet_status tap_response_times(void *listener, packet_info *pinfo,
                                            epan_dissect_t *edt _U_, const void *data,
                                            tap_flags_t flags _U_)
{
    const srt_data_t *srt = (const srt_data_t *)listener;
    const smtp_explain_frame *frame = (const smtp_explain_frame *)data;
    srt_stat_table *table = g_array_index(srt->srt_array, srt_stat_table *, 0);

    for (unsigned i = 0; i < frame->replies.count; i++)
        add_response_time(table, pinfo, frame->replies.entry[i].reply);
    return TAP_PACKET_REDRAW;
}

void smtp_explain_register_stats(int proto)
{
    tap_smtp_explain = register_tap(SMTP_EXPLAIN_TAP);
    stats_tree_register_plugin(SMTP_EXPLAIN_TAP, "smtp_explain", _("SMTP Replies"), 0, tap_tree,
                               init_tree, NULL);
    register_srt_table(proto, SMTP_EXPLAIN_TAP, 1, tap_response_times, init_response_times, NULL);
    smtp_explain_register_sessions();
    smtp_explain_register_report();
    smtp_explain_register_replies();
    smtp_explain_register_records();
}
