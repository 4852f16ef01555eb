/* plugin.c
 * What Wireshark looks for when it loads the plugin.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <epan/packet.h>
#include <epan/proto.h>

#include "compat.h"
#include "shell.h"

#ifndef PLUGIN_VERSION
#error "the build system says which version this is"
#endif

SMTP_EXPLAIN_EXPORT const char plugin_version[] = PLUGIN_VERSION;
SMTP_EXPLAIN_EXPORT const int plugin_want_major = WIRESHARK_VERSION_MAJOR;
SMTP_EXPLAIN_EXPORT const int plugin_want_minor = WIRESHARK_VERSION_MINOR;

SMTP_EXPLAIN_EXPORT void plugin_register(void);
SMTP_EXPLAIN_EXPORT uint32_t plugin_describe(void);

void plugin_register(void)
{
    static const proto_plugin plugin = {
        .register_protoinfo = smtp_explain_register_protocol,
        .register_handoff = smtp_explain_register_handoff,
    };

    proto_register_plugin(&plugin);
}

/* Asked for by Wireshark 4.4 and later. */
uint32_t plugin_describe(void)
{
    return SMTP_EXPLAIN_PLUGIN_KIND;
}
