/* roles.c
 * Which of the two sides of a connection is the server?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "roles.h"

bool roles_is_server_port(uint32_t port)
{
    return port == 25 || port == 465 || port == 587;
}
