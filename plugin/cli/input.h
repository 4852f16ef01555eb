/* input.h
 * A capture, as a file: it is opened here, since whoever reads it may not be allowed to.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_CLI_INPUT_H
#define SMTP_EXPLAIN_CLI_INPUT_H

#include <sys/types.h>

#include "tshark.h"

#define STANDARD_INPUT "-"

/* Reads a capture, or standard input, by tshark_read(), which gets work with the open file. only_files: what
 * may let one wait, or never end, is refused. */
reading input_read(const request *wanted, const char *capture, bool only_files, tshark_work work,
                   char **complaint);

/* Why a file of that kind is no capture: a FIFO, a socket, a device; NULL: it may be one. A folder may, too. */
const char *input_why_refused(mode_t mode);

#endif
