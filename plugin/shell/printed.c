/* printed.c
 * Statistics of tshark's that are printed as pages: what they share.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "printed.h"

#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include <epan/stat_tap_ui.h>
#include <wsutil/report_message.h>

#include "language.h"

/* One for each statistic. Wireshark keeps a pointer to ui. */
typedef struct {
    stat_tap_ui ui;
    const smtp_explain_listener *listener;
    void *(*make)(void);
} printed;

static tap_param filter_param = { PARAM_FILTER, "filter", "Filter", NULL, TRUE };

/* argument: "smtp_explain,report" or "smtp_explain,report,tcp.port == 25". False after a complaint. */
static bool start(const char *argument, const printed *wanted)
{
    const smtp_explain_listener *listener = wanted->listener;
    const char *filter = argument + strlen(wanted->ui.cli_string);
    GString *error;

    if (*filter != '\0' && *filter != ',') {
        report_failure(_("there is no statistic -z %s"), argument);
        return false;
    }
    error = register_tap_listener(
        SMTP_EXPLAIN_TAP, wanted->make(), *filter != '\0' ? filter + 1 : NULL, TL_REQUIRES_NOTHING,
        listener->reset, listener->packet, listener->draw, listener->finish);
    if (error == NULL)
        return true;
    report_failure("-z %s: %s", argument, error->str);
    g_string_free(error, TRUE);
    return false;
}

/* Wireshark 4.6 ends by itself if it is told that this failed; earlier ones don't ask. */
#if SMTP_EXPLAIN_WIRESHARK_AT_LEAST(4, 6)
static bool listen(const char *argument, void *data)
{
    return start(argument, (const printed *)data);
}
#else
static void listen(const char *argument, void *data)
{
    if (!start(argument, (const printed *)data))
        exit(EXIT_FAILURE);
}
#endif

void smtp_explain_register_printed(const char *name, const char *title,
                                   const smtp_explain_listener *listener, void *(*make)(void))
{
    printed *made = wmem_new0(wmem_epan_scope(), printed);

    made->ui.group = REGISTER_PACKET_STAT_GROUP_UNSORTED;
    made->ui.title = title;
    made->ui.cli_string = name;
    made->ui.tap_init_cb = listen;
    made->ui.nparams = 1;
    made->ui.params = &filter_param;
    made->listener = listener;
    made->make = make;
    register_stat_tap_ui(&made->ui, made);
}

/* Whoever reads it has seen enough: ends as any program does then. tshark turns a deaf ear to that signal. */
static void end_with_pipe(void)
{
#ifdef SIGPIPE
    signal(SIGPIPE, SIG_DFL);
    raise(SIGPIPE);
#endif
}

/* What goes on would be taken for all there is. */
void smtp_explain_check_printed(bool worked)
{
    if (worked)
        return;
    if (errno == EPIPE)
        end_with_pipe();
    report_failure("%s: %s", _("standard output"), g_strerror(errno));
    exit(EXIT_FAILURE);
}

int64_t smtp_explain_time(const packet_info *pinfo)
{
    return (int64_t)pinfo->abs_ts.secs * NS_PER_S + pinfo->abs_ts.nsecs;
}
