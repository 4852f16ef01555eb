/* copy.h
 * smtp-explain -o: an annotated copy of a capture.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_COPY_H
#define SMTP_EXPLAIN_CLI_COPY_H

#include "request.h"

/* Writes the copy that is wanted. Gives the status: what is wrong was said. */
int cli_copy(const request *wanted);

#endif
