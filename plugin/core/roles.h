/* roles.h
 * Which of the two sides of a connection is the server?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_ROLES_H
#define SMTP_EXPLAIN_ROLES_H

#include <stdbool.h>
#include <stdint.h>

/* Is this TCP port a server's by convention (25, 465, 587)? */
bool roles_is_server_port(uint32_t port);

#endif
