/* window.c
 * The menu Statistics > SMTP, and Conversation Filter > SMTP session.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "window.h"

#include <epan/conversation_filter.h>
#include <epan/plugin_if.h>
#include <epan/proto_data.h>
#include <epan/stat_tap_ui.h>

#include "replies_window.h"
#include "report_window.h"
#include "sessions_window.h"
#include "text_window.h"
#include "language.h"

#define KEY_SESSION 0

static int proto_explain = -1;

/* --- the menu --- */

#define SET_ASIDE                                                          \
    "smtp_explain.expert.no_reply || smtp_explain.expert.tls_expected || " \
    "smtp_explain.expert.clear_text_expected || smtp_explain.expert.tls_failed"
#define SUSPICIOUS                                                                \
    "smtp_explain.expert.smuggling || smtp_explain.expert.starttls_injection || " \
    "smtp_explain.expert.repeated_failures || smtp_explain.expert.tls_failed"

/* The entries that set a filter. */
static const struct {
    const char *label;
    const char *tip;
    const char *filter;
} filters[] = {
    { N_("Filter: All Refused"), N_("Every reply that refuses something"), "smtp_explain.cause" },
    { N_("Filter: Logins Refused"), N_("AUTH that ended with 4yz or 5yz"),
      "smtp_explain.expert.auth_refused" },
    { N_("Filter: No Reply"),
      N_("Sessions that ended before a command was answered, or before TLS began"), SET_ASIDE },
    { N_("Filter: Security"), N_("Attacks, and what looks like them"), SUSPICIOUS },
    { N_("Filter: Logins Without TLS"),
      N_("Logins that anyone who can read the packets can repeat"),
      "smtp_explain.expert.credentials_exposed" },
};

/* The entries that open a window of text: those follow a live capture. */
static const struct {
    const char *label;
    const char *tip;
    void (*open)(void);
} windows[] = {
    { N_("Report"), N_("What went wrong in this capture, why, and who does what"),
      smtp_explain_report_open },
    { N_("Sessions"), N_("The sessions, the latest first; follows a live capture"),
      smtp_explain_sessions_open },
    { N_("Replies"), N_("Replies by verdict, code and cause; follows a live capture"),
      smtp_explain_replies_open },
};

/* The entries that open a window of Wireshark's own: those don't. */
static const struct {
    const char *label;
    const char *tip;
    const char *statistic; /* of -z */
} tables[] = {
    { N_("Table of Sessions"), N_("The sessions, to be sorted, copied and saved"),
      "smtp_explain,sessions" },
    { N_("Response Times"), N_("From a command to the reply that ends it"), "smtp_explain,srt" },
};

static void open_window(ext_menubar_gui_type type _U_, void *object _U_, void *data)
{
    windows[GPOINTER_TO_SIZE(data)].open();
}

/* As if it had been asked for on the command line. */
static void open_table(ext_menubar_gui_type type _U_, void *object _U_, void *data)
{
    if (process_stat_cmd_arg((const char *)data))
        start_requested_stats();
}

static void show_or_hide_users(ext_menubar_gui_type type _U_, void *object _U_, void *data _U_)
{
    smtp_explain_text_window_turn_users(NULL, NULL);
}

static void set_filter(ext_menubar_gui_type type _U_, void *object _U_, void *data)
{
    plugin_if_apply_filter((const char *)data, true);
}

static void add_menu(void)
{
    ext_menu_t *menu = ext_menubar_register_menu(proto_explain, "SMTP", true);

    ext_menubar_set_parentmenu(menu, "Statistics");
    for (size_t i = 0; i < G_N_ELEMENTS(windows); i++)
        ext_menubar_add_entry(menu, _(windows[i].label), _(windows[i].tip), open_window,
                              GSIZE_TO_POINTER(i));
    for (size_t i = 0; i < G_N_ELEMENTS(tables); i++)
        ext_menubar_add_entry(menu, _(tables[i].label), _(tables[i].tip), open_table,
                              (void *)tables[i].statistic);
    ext_menubar_add_separator(menu);
    ext_menubar_add_entry(
        menu, _("Show or Hide User Names"),
        _("The names that clients gave to AUTH; hidden again when Wireshark ends"),
        show_or_hide_users, NULL);
    ext_menubar_add_separator(menu);
    for (size_t i = 0; i < G_N_ELEMENTS(filters); i++)
        ext_menubar_add_entry(menu, _(filters[i].label), _(filters[i].tip), set_filter,
                              (void *)filters[i].filter);
}

/* --- the filter for a session --- */

void smtp_explain_window_note_session(packet_info *pinfo, const proto_tree *tree, uint32_t number)
{
    if (tree != NULL && PTREE_DATA(tree)->visible)
        p_add_proto_data(pinfo->pool, pinfo, proto_explain, KEY_SESSION, GUINT_TO_POINTER(number));
}

static unsigned session_of(packet_info *pinfo)
{
    return GPOINTER_TO_UINT(p_get_proto_data(pinfo->pool, pinfo, proto_explain, KEY_SESSION));
}

/* From 4.2 on, these are handed what was registered with them. */
#if SMTP_EXPLAIN_WIRESHARK_AT_LEAST(4, 2)
#define MORE , void *data _U_
#define NOTHING_MORE , NULL
#else
#define MORE
#define NOTHING_MORE
#endif

static smtp_explain_bool has_session(packet_info *pinfo MORE)
{
    return session_of(pinfo) != 0;
}

static char *session_filter(packet_info *pinfo MORE)
{
    return g_strdup_printf("smtp_explain.session == %u", session_of(pinfo));
}

void smtp_explain_window_init(int proto, void (*turn_users)(void))
{
    proto_explain = proto;
    smtp_explain_text_window_init(turn_users);
    add_menu();
    register_conversation_filter("smtp_explain", _("SMTP session"), has_session,
                                 session_filter NOTHING_MORE);
}
