/* wording.h
 * Does the text of a reply say that a login worked, or that it didn't?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_WORDING_H
#define SMTP_EXPLAIN_WORDING_H

typedef enum { WORDING_SAYS_NOTHING, WORDING_SAYS_SUCCESS, WORDING_SAYS_FAILURE } wording;

/* Reads English words only. A text that says both says nothing: "Logged in, 3 failed attempts
 * since yesterday". */
wording wording_of(const char *text);

#endif
