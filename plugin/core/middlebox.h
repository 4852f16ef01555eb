/* middlebox.h
 * What firewalls with SMTP inspection make of what client and server say.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_MIDDLEBOX_H
#define SMTP_EXPLAIN_MIDDLEBOX_H

#include <stdbool.h>
#include <stddef.h>

/* Is the word a verb or keyword that was written over with X: "XXXX", "XXXXXXXA"? */
bool middlebox_masks_word(const char *word, size_t len);

/* Does the text of a greeting consist of asterisks for the most part? */
bool middlebox_masks_greeting(const char *text);

#endif
