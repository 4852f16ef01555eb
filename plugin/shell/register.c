/* register.c
 * Registration, preferences, and the post-dissector that ties the rest together.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "shell.h"

#include <epan/prefs.h>

#include "fields.h"
#include "heuristic.h"
#include "language.h"
#include "sessions_table.h"
#include "speech.h"
#include "window.h"

#define NAME "SMTP Explain"

static int proto_smtp_explain = -1;
static dissector_handle_t smtp_explain_handle;
static smtp_explain_preferences preferences = { .mark_info = true,
                                                .explain_all = true,
                                                .slow_reply = 10 };

/* The preferences, but for user names, which can be shown or hidden for as long as Wireshark runs: a
 * preference that is set is soon saved. */
static smtp_explain_preferences in_force;
static bool turned; /* show_user is */

static bool is_enabled(void)
{
    static const protocol_t *protocol;

    if (protocol == NULL)
        protocol = find_protocol_by_id(proto_smtp_explain);
    return proto_is_protocol_enabled(protocol);
}

static int explain(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree, void *data _U_)
{
    smtp_explain_frame frame;

    if (!is_enabled() || !smtp_explain_collect(pinfo, tree != NULL, &frame))
        return 0;
    /* what Wireshark does for all but helper protocols */
    pinfo->current_proto = NAME;
    pinfo->curr_proto_layer_num = 1;
    smtp_explain_present(tvb, pinfo, tree, &frame, &in_force);
    smtp_explain_stats_queue(pinfo, &frame);
    smtp_explain_window_note_session(pinfo, tree, frame.session_number);
    return (int)tvb_captured_length(tvb);
}

static void speak(void)
{
    smtp_explain_speech_apply();
    smtp_explain_name_fields();
    smtp_explain_sessions_name_columns();
}

/* A capture is opened or closed, or a preference has changed. */
static void reset(void)
{
    speak();
    smtp_explain_collect_reset(&in_force);
}

static void put_in_force(void)
{
    in_force = preferences;
    in_force.show_user = preferences.show_user != turned;
    smtp_explain_sessions_show_users(in_force.show_user);
}

static void turn_users(void)
{
    turned = !turned;
    put_in_force();
}

/* The post-dissector's protocol. A real one would be put on the list of the layers of each frame,
 * and taken off again where there is nothing to show, which costs as much as to find that out. A
 * helper is left out. Its parent is one that is always enabled: so it isn't offered to be disabled, which
 * Wireshark 4.0 asks the parent about. */
static int register_helper(void)
{
    int helper = proto_register_protocol_in_name_only(
        NAME " (post-dissector)", NAME " (post-dissector)", "smtp_explain_post",
        proto_get_id_by_filter_name("frame"), FT_PROTOCOL);

    proto_set_cant_toggle(helper);
    return helper;
}

/* Whoever sets preferences has the last word. */
static void apply_preferences(void)
{
    turned = false;
    put_in_force();
    speak();
}

static void register_preferences(int proto)
{
    module_t *module = prefs_register_protocol(proto, apply_preferences);

    prefs_register_bool_preference(
        module, "mark_info", _("Mark replies in the Info column"),
        _("Add a short mark to the Info column for a 211, a 235 and any other reply that ends AUTH"),
        &preferences.mark_info);
    prefs_register_bool_preference(
        module, "explain_all", _("Explain every reply"),
        _("Explain every SMTP reply; if off, only 211, 235 and the replies that end AUTH or HELP"),
        &preferences.explain_all);
    prefs_register_bool_preference(
        module, "show_user", _("Show user names"),
        _("Show the user names that clients give to AUTH; passwords and tokens are never shown"),
        &preferences.show_user);
    prefs_register_uint_preference(
        module, "slow_reply", _("Slow replies, in seconds"),
        _("Point out a reply that took longer than so many seconds; 0: none is pointed out"), 10,
        &preferences.slow_reply);
    smtp_explain_speech_register(module);
}

void smtp_explain_register_protocol(void)
{
    smtp_explain_speech_init();
    proto_smtp_explain = proto_register_protocol(NAME, NAME, "smtp_explain");
    smtp_explain_register_fields(proto_smtp_explain);
    smtp_explain_present_init(proto_smtp_explain);
    register_preferences(proto_smtp_explain);
    put_in_force();
    smtp_explain_register_stats(proto_smtp_explain);
    smtp_explain_window_init(proto_smtp_explain, turn_users);
    register_init_routine(reset);
    register_cleanup_routine(reset);
    smtp_explain_handle = register_dissector("smtp_explain", explain, register_helper());
}

void smtp_explain_register_handoff(void)
{
    smtp_explain_name_fields();
    register_postdissector(smtp_explain_handle);
    smtp_explain_collect_init(proto_smtp_explain);
    smtp_explain_register_heuristic();
}
