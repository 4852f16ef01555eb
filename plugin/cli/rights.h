/* rights.h
 * Who may read what is made of a capture.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_RIGHTS_H
#define SMTP_EXPLAIN_CLI_RIGHTS_H

#include <stdbool.h>

/* An open file that only we can read is made of a capture: lets others read it who may read the capture, as
 * far as that is sure. False, and errno is set: it can't be done. */
bool rights_follow(int made, const char *capture);

#endif
