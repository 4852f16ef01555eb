/* copy.c
 * smtp-explain -o: an annotated copy of a capture.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "cli.h"

int cli_copy(const request *wanted)
{
    (void)wanted;
    return cli_wrong("-o: not yet");
}
