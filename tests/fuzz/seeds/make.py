#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes the seeds session/* and reply/*. The format of session/* is told in ../fuzz_session.c.

Seeds whose names begin with "found-" are inputs that once broke a promise; they are not made here.
"""

import pathlib

HERE = pathlib.Path(__file__).parent

GREETED, NO_START, HINT, ORDERED = 1, 2, 4, 8
SERVER, LOST, TWICE, LATE, ENCRYPTED, CUT, MANY, TLS = (1 << i for i in range(8))

# A dialogue: lines of the client begin with "> ", those of the server with "< ". Lines of one side
# that follow each other are one record. Flags stand in brackets before the text.
FLAGS = {"lost": LOST, "twice": TWICE, "late": LATE, "enc": ENCRYPTED, "cut": CUT, "many": MANY,
         "tls": TLS}

EHLO = """
> EHLO client.example
< 250-mx.example
< 250-SIZE 10240000
< 250-AUTH PLAIN LOGIN XOAUTH2
< 250 HELP
"""

SESSIONS = {
    "help": (GREETED, EHLO + """
> HELP
< 211-2.0.0 Commands:
< 211-2.0.0  HELO EHLO MAIL RCPT DATA
< 211 2.0.0 End of HELP info
> QUIT
< 221 2.0.0 Bye
"""),
    "auth-plain": (GREETED, EHLO + """
> AUTH PLAIN AHVzZXIAc2VjcmV0
< 235 2.7.0 Authentication successful
> AUTH PLAIN AHVzZXIAc2VjcmV0
< 503 5.5.1 already authenticated
> NOOP
< 530 5.7.0 Authentication required
"""),
    "auth-login": (GREETED, EHLO + """
> AUTH LOGIN
< 334 VXNlcm5hbWU6
> dXNlcg==
< 334 UGFzc3dvcmQ6
> *
< 501 5.7.0 cancelled
> AUTH LOGIN dXNlcg==
< 334 UGFzc3dvcmQ6
> c2VjcmV0
< 535 5.7.8 Error: login not accepted
> auth cram-md5
< 211 status
"""),
    "auth-early": (GREETED, EHLO + """
> AUTH PLAIN
> AHVzZXIAc2VjcmV0
> NOOP
< 535 no
< 250 ok
"""),
    "message": (GREETED, EHLO + """
> MAIL FROM:<a@client.example>
< 250 2.1.0 Ok
> RCPT TO:<b@mx.example>
< 250 2.1.5 Ok
> DATA
< 354 End data with <CR><LF>.<CR><LF>
> Subject: 235
>
> HELP
> ..
> QUIT
> .
< 250 2.0.0 Ok: queued
"""),
    "pipelining": (GREETED, EHLO + """
> MAIL FROM:<a@client.example>
> RCPT TO:<b@mx.example>
> RCPT TO:<c@mx.example>
> DATA
> text
> .
> QUIT
< 250 2.1.0 Ok
< 550 5.1.1 no
< 250 2.1.5 Ok
< 354 go on
< 250 2.0.0 Ok
< 221 Bye
"""),
    "data-refused": (GREETED, EHLO + """
> DATA
> HELP
> NOOP
< 503 5.5.1 no
< 214 help
< 250 ok
"""),
    "bdat": (GREETED, EHLO + """
> MAIL FROM:<a>
> RCPT TO:<b>
> BDAT 6
> abcd
> BDAT 6 LAST
> AUTH
< 250 ok
< 250 ok
< 250 ok
< 250 ok
"""),
    "lmtp": (GREETED, """
> LHLO client.example
< 250 mx.example
> MAIL FROM:<a>
> RCPT TO:<b>
> RCPT TO:<c>
< 250 ok
< 250 ok
< 250 ok
> BDAT 8 LAST
> 235
< 250 ok
> abc
< 250 ok
> DATA
< 354 ok
> .
< 250 ok
< 451 later
"""),
    "starttls": (GREETED, EHLO + """
> STARTTLS
< 220 2.0.0 Ready
> [tls,enc] EHLO client.example
< [enc] 250-mx.example
< 250 AUTH PLAIN
> [enc] AUTH PLAIN AHVzZXIAc2VjcmV0
< [enc] 235 ok
"""),
    "starttls-not": (GREETED, EHLO + """
> STARTTLS
< 220 2.0.0 Ready
> HELP
< 211 ok
> \x16\x03\x01
< 235 ok
"""),
    "turn": (GREETED, EHLO + """
> TURN
< 250 ok
> 220 client.example ESMTP
< EHLO mx.example
> 250 ok
"""),
    "unsolicited": (GREETED, EHLO + """
< 235 ok
< 211 ok
< 220 mx.example ESMTP again
"""),
    "foreign": (GREETED, """
> STAT
< 211-2.0.0 x
< 235 x (#5.7.1)
> X-EXPS LOGIN
< 334 x
> x
< 354 5.5.1: x
< 211
"""),
    "loss": (GREETED, EHLO + """
> [lost] HELP
< 211 ok
> AUTH PLAIN x
< [lost] 235 ok
> NOOP
< 250 ok
> [late] HELP
> NOOP
< [late] 211 ok
< 250 ok
> DATA
< [cut] 354 ok
> [lost] a
> .
< [twice] 250 ok
> [cut] AUTH LOGIN
< 235 ok
"""),
    "mid-session": (NO_START | HINT, """
< 250 ok
> AUTH PLAIN x
< 235 ok
> DATA
< 354 ok
> .
< 250 ok
"""),
    "no-hint": (0, """
< 220 mx.example ESMTP
> EHLO a
< 250 ok
> HELP
< 214 ok
"""),
    "wrong-hint": (HINT, """
< EHLO a
> 250 ok
< HELP
> 211 ok
"""),
    "ordered": (ORDERED | GREETED, EHLO + """
> [enc] AUTH PLAIN x
< [enc] 235 ok
"""),
    "many": (GREETED, EHLO + """
> [many] NOOP
> [many] XYZZY
> [many] AUTH LOGIN
< [many] 250 ok
> [many] DATA
< [many] 211-x
< 211 ok
"""),
}

REPLIES = {
    "enhanced": b"235 2.7.0 Authentication successful",
    "colon": b"250-2.0.0: x",
    "qmail": b"535 authentication failed (#5.7.1)",
    "bare": b"211",
    "mechanism": b"XOAUTH2",
    "base64": b"dXNlcgA=",
    "wording": b"535 5.7.8 Error: was not entirely successful, welcome",
    "greeting": b"220 mx.example ESMTP Postfix\r\n",
    "ehlo": b"250-mx.example\r\n250-SIZE 1000\r\n250-PIPELINING\r\n250 HELP\r\n\xfeEHLO a\r\n",
    "client": b"EHLO client.example\r\n\xfe220 mx.example\r\n",
    "ftp": b"220 FTP server ready\r\n\xfeUSER a\r\n",
    "mail": b"MAIL FROM:<a@b.example>\r\nRCPT TO:<c@d.example>\r\nDATA\r\n\xfe220 x\r\n",
    "helps": b"214-HELO EHLO MAIL\r\n214 RCPT\r\n\xfeHELP\r\n",
    "auth": b"AUTH PLAIN AGEAYg==\r\n\xfe235 ok\r\n",
}


def session(options, dialogue):
    """The bytes of a dialogue."""
    out = bytearray([options])
    before = None
    for line in filter(None, dialogue.split("\n")):
        side, text = SERVER if line[0] == "<" else 0, line[2:]
        flags = side
        if text.startswith("["):
            names, text = text[1:].split("] ", 1)
            flags |= sum(FLAGS[name] for name in names.split(","))
        if side != before or flags != side:
            out += bytes([0xFE, flags])
        before = side
        out += text.encode("latin-1") + b"\r\n"
    return bytes(out)


def main():
    """Writes all."""
    for name, (options, dialogue) in SESSIONS.items():
        (HERE / "session" / f"{name}.seed").write_bytes(session(options, dialogue))
    for name, data in REPLIES.items():
        (HERE / "reply" / f"{name}.seed").write_bytes(data)


if __name__ == "__main__":
    main()
