/* compat.h
 * The differences between the Wireshark versions that the plugin is built for, 4.0 to 4.6.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_COMPAT_H
#define SMTP_EXPLAIN_COMPAT_H

#include <stdbool.h>

#include <glib.h>
#include <ws_symbol_export.h>
#include <ws_version.h>

#define SMTP_EXPLAIN_WIRESHARK_AT_LEAST(major, minor) \
    (WIRESHARK_VERSION_MAJOR > (major) ||             \
     (WIRESHARK_VERSION_MAJOR == (major) && WIRESHARK_VERSION_MINOR >= (minor)))

/* What Wireshark's callbacks return. */
#if SMTP_EXPLAIN_WIRESHARK_AT_LEAST(4, 4)
typedef bool smtp_explain_bool;
#else
typedef gboolean smtp_explain_bool;
#endif

/* What plugin_describe() says the plugin is. 4.0 and 4.2 don't ask. */
#if SMTP_EXPLAIN_WIRESHARK_AT_LEAST(4, 4)
#include <wsutil/plugins.h>
#define SMTP_EXPLAIN_PLUGIN_KIND WS_PLUGIN_DESC_DISSECTOR
#else
#define SMTP_EXPLAIN_PLUGIN_KIND 0
#endif

/* Visible outside the plugin, whatever the compiler's default is. */
#define SMTP_EXPLAIN_EXPORT WS_DLL_PUBLIC_DEF

/* The look-up in a dissector table of GUIDs that can leave the protocol's layer out. */
#if SMTP_EXPLAIN_WIRESHARK_AT_LEAST(4, 6)
#define SMTP_EXPLAIN_TRY_GUID dissector_try_guid_with_data
#else
#define SMTP_EXPLAIN_TRY_GUID dissector_try_guid_new
#endif

#endif
