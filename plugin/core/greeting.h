/* greeting.h
 * Does the text of a greeting name SMTP?
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_GREETING_H
#define SMTP_EXPLAIN_GREETING_H

#include <stdbool.h>
#include <stddef.h>

/* What a greeting names, as far as it was read. All zero: nothing. */
typedef struct {
    bool smtp; /* SMTP, ESMTP or LMTP, with or without the S and A of RFC 3848 */
    bool ftp;  /* FTP, also as a part of a word: vsFTPd, SFTP */
} greeting_names;

/* Reads one line of a greeting, without its code. A host name names nothing: there are FTP servers
 * on smtp.example.com (RFC 5321, section 4.2, has the host name first). */
void greeting_read(greeting_names *names, const char *text, size_t len);

/* Does a greeting with this text come from an SMTP server, and no other? FTP and others greet with
 * 220, too; an SMTP server says which protocol it speaks (RFC 5321, section 4.3.1; ESMTP: section
 * 2.2.1; LMTP: RFC 2033). */
bool greeting_is_smtp(const char *text, size_t len);

/* Can a 220 with this text be a greeting, or does it answer STARTTLS, or come from an FTP server? */
bool greeting_is_possible(const char *text, size_t len);

/* Does it begin with a host name or an address, as the greeting of a mail server does? */
bool greeting_begins_with_host(const char *text, size_t len);

#endif
