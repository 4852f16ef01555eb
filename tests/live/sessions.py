# SPDX-License-Identifier: GPL-2.0-or-later
"""The sessions that are held with a server: what is said, and by which client.

swaks can do all but ask questions such as HELP, so a dialogue over a socket does that.
"""
import base64
import os
import shutil
import socket
import ssl
import subprocess
from dataclasses import dataclass
from pathlib import Path

from service import HOST, PASSWORD, USER
from transcript import Transcript, from_swaks

HERE = Path(__file__).parent
CLIENT = "client.example.test"
WRONG = "open-barley-8"
TIMEOUT = 30  # seconds for a reply, and for a run of swaks

NO_TLS, STARTTLS, IMPLICIT_TLS = "clear", "starttls", "implicit"
SWAKS_TLS = {NO_TLS: [], STARTTLS: ["-tls"], IMPLICIT_TLS: ["-tlsc"]}


@dataclass(frozen=True)
class Session:
    """One connection to a server."""

    name: str
    tls: str = NO_TLS
    lines: tuple = ()  # for a dialogue; without any, swaks sends a mail
    mechanism: str = None
    password: str = PASSWORD
    pipeline: bool = False

    @property
    def label(self):
        """Its name among the sessions of the server."""
        return f"{self.name}-{self.tls}"

    def port(self, server):
        """The port of the server that it needs."""
        return server.tls_port if self.tls == IMPLICIT_TLS else server.port


def plain(password, user=USER):
    """What a client says to log in with PLAIN."""
    return f"AUTH PLAIN {base64.b64encode(f'{chr(0)}{user}{chr(0)}{password}'.encode()).decode()}"


HELLO = f"EHLO {CLIENT}"
MAIL = "MAIL FROM:<alice@example.test>"
QUESTIONS = (HELLO, "HELP", "HELP NOOP", "VRFY postmaster", "EXPN staff", "NOOP", "STAT")
QUESTIONS += (MAIL, "VRFY postmaster", "RSET", "HELP", "XADR bar", "QUIT")
ATTEMPTS = (HELLO, *[plain(WRONG)] * 3, plain(PASSWORD), plain(PASSWORD), "HELP", "QUIT")

DIALOGUES = {
    "questions": QUESTIONS,
    "help-first": ("HELP", "QUIT"),
    "other-mechanism": (HELLO, "AUTH NTLM", MAIL, "QUIT"),
    "cancelled": (HELLO, "AUTH LOGIN", "*", "HELP", "QUIT"),
    "attempts": ATTEMPTS,
    "starttls-refused": (HELLO, "STARTTLS now", "HELP", "QUIT"),
}
DIALOGUES_NEED_AUTH = ("cancelled", "attempts")


def logins(mechanisms, tls):
    """With the right password and with a wrong one."""
    for mechanism in mechanisms:
        yield Session(f"login-{mechanism}", tls, mechanism=mechanism)
        yield Session(f"wrong-{mechanism}", tls, mechanism=mechanism, password=WRONG)


def sessions_in(tls, mechanisms):
    """The sessions with or without TLS."""
    yield Session("mail", tls)
    yield from logins(mechanisms, tls)
    if tls != STARTTLS:
        for name, lines in DIALOGUES.items():
            if mechanisms or name not in DIALOGUES_NEED_AUTH:
                yield Session(name, tls, lines)


def sessions(server):
    """All sessions that are held with this server."""
    yield from sessions_in(NO_TLS, server.mechanisms)
    if server.pipelining:
        yield Session("pipelined", pipeline=True)
    if server.tls_mechanisms:
        yield from sessions_in(STARTTLS, server.tls_mechanisms)
        yield from sessions_in(IMPLICIT_TLS, server.tls_mechanisms)


def hold(session, server, keys):
    """Holds a session and returns its transcript. TLS keys are added to the file."""
    return converse(session, server, keys) if session.lines else swaks(session, server, keys)


def swaks(session, server, keys):
    """Lets swaks send a mail."""
    command = ["perl", "-I", HERE, "-MKeylog", shutil.which("swaks"), "--server", HOST]
    command += ["--port", str(session.port(server)), "--ehlo", CLIENT, "--timeout", str(TIMEOUT)]
    command += ["--from", "alice@example.test", "--to", "bob@example.test"]
    command += SWAKS_TLS[session.tls]
    if session.pipeline:
        command += ["--pipeline"]
    if session.mechanism:
        command += ["--auth", session.mechanism]
        command += ["--auth-user", USER, "--auth-password", session.password]
    # A refused login makes it end with a status that is not 0, but only after QUIT.
    done = subprocess.run(
        command,
        env={**os.environ, "SSLKEYLOGFILE": str(keys)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=TIMEOUT,
        check=False,
    )
    transcript = from_swaks(done.stdout)
    assert transcript.ended, (session, done.stdout, done.stderr)
    return transcript


def connect(session, server, keys):
    """A socket that is connected to the server, inside TLS if it is to be."""
    connection = socket.create_connection((HOST, session.port(server)), timeout=TIMEOUT)
    if session.tls == NO_TLS:
        return connection
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.keylog_filename = keys
    return context.wrap_socket(connection)


def converse(session, server, keys):
    """Says lines, each after the reply to the one before."""
    transcript = Transcript()
    tls = session.tls != NO_TLS
    with connect(session, server, keys) as connection, connection.makefile("rb") as replies:
        for line in (None, *session.lines):
            if line is not None:
                transcript.client(line)
                connection.sendall(f"{line}\r\n".encode())
            seen = len(transcript.replies)
            while len(transcript.replies) == seen:
                received = replies.readline().decode()
                assert received, (session, line, "the server closed the connection")
                transcript.server(received.rstrip("\r\n"), tls)
    assert transcript.ended, session
    return transcript
