# SPDX-License-Identifier: GPL-2.0-or-later
"""Sessions that go wrong, or not as a client expects: what is said, and by which client."""
import os
import shutil
import smtplib
import ssl
import subprocess
import time
from dataclasses import dataclass
from typing import Callable

from service import HOST, PASSWORD, USER
from sessions import CLIENT, HELLO, MAIL, TIMEOUT, WRONG, plain
from talk import Talk

CLIENT_BEHIND_PROXY = "127.0.0.99"
CRASH = "crash"  # the user whom aiosmtpd doesn't bear
RCPT = "RCPT TO:<bob@example.test>"
TLS_1_2, TLS_1_3 = ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3


@dataclass(frozen=True)
class Edge:
    """A session. The function holds it; it is told where the TLS keys are to be written to, and
    where the server's packages are."""

    label: str
    hold: Callable
    connections: int = 1  # that are recorded


# ------------------------------------------------------------------- the clients of others


def openssl(port, *options, host=HOST):
    """openssl s_client, which trusts what Debian trusts."""

    def hold(keys, _system):
        command = ["openssl", "s_client", "-connect", f"{host}:{port}", "-keylogfile", keys]
        command += ["-verify_return_error", *options]
        subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )

    return hold


def swaks(port, *options, host=HOST):
    """swaks, in vain."""

    def hold(_keys, _system):
        command = [shutil.which("swaks"), "--server", host, "--port", str(port), "--ehlo", CLIENT]
        command += ["--from", "alice@example.test", "--to", "bob@example.test", *options]
        done = subprocess.run(
            command,
            env={**os.environ, "LANG": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        assert done.returncode, done.stdout

    return hold


def trusting(keys, version):
    """What Python's clients need for TLS: this version of it, and the authorities of the system."""
    context = ssl.create_default_context()
    context.keylog_filename = keys
    context.minimum_version = context.maximum_version = version
    return context


def smtplib_over_tls(port, version=TLS_1_3):
    """Python's client, with TLS from the first byte."""

    def hold(keys, _system):
        try:
            smtplib.SMTP_SSL(HOST, port, CLIENT, timeout=TIMEOUT, context=trusting(keys, version))
        except ssl.SSLError:
            return
        raise RuntimeError("the client does not complain")

    return hold


def smtplib_starttls(port, version):
    """The same with STARTTLS."""

    def hold(keys, _system):
        client = smtplib.SMTP(HOST, port, CLIENT, timeout=TIMEOUT)
        try:
            client.starttls(context=trusting(keys, version))
        except ssl.SSLCertVerificationError:
            client.close()
            return
        raise RuntimeError("the client does not complain")

    return hold


def smtplib_login(port):
    """A login that succeeds, inside TLS."""

    def hold(keys, _system):
        context = trusting(keys, TLS_1_3)
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
        source = (CLIENT_BEHIND_PROXY, 0)
        with smtplib.SMTP(HOST, port, CLIENT, timeout=TIMEOUT, source_address=source) as client:
            client.starttls(context=context)
            client.login(USER, PASSWORD)

    return hold


def msmtp(port):
    """msmtp, which has TLS from GnuTLS; the others have it from OpenSSL."""

    def hold(keys, system):
        libraries = next(system.glob("usr/lib/*-linux-gnu"))
        issuer = next(system.glob("usr/share/ca-certificates/mozilla/*.crt"))
        command = [system / "usr/bin/msmtp", f"--host={HOST}", f"--port={port}", "--tls=on"]
        command += [f"--tls-trust-file={issuer}"]
        command += ["--from=alice@example.test", "bob@example.test"]
        done = subprocess.run(
            command,
            env={**os.environ, "LD_LIBRARY_PATH": str(libraries), "SSLKEYLOGFILE": str(keys)},
            input=b"Subject: test\n\ntest\n",
            capture_output=True,
            timeout=TIMEOUT,
            check=False,
        )
        assert b"certificate" in done.stderr, done.stderr

    return hold


# ------------------------------------------------------------------------------ dialogues


def clear_text(port):
    """A client that doesn't wait for the greeting, which would never come."""

    def hold(_keys, _system):
        with Talk(port) as client:
            client.send(f"{HELLO}\r\n".encode())
            client.rest()

    return hold


def early(host, *lines, after=b""):
    """EHLO before the greeting, or after its first bytes; then these lines."""

    def hold(_keys, _system):
        with Talk(25, host) as client:
            client.expect(after)
            client.send(f"{HELLO}\r\n".encode())
            if lines:
                client.reply()
                client.say(*lines)
            client.rest()

    return hold


def proxied(port, *lines, replies=1):
    """Through HAProxy: lines after the greeting, or after more, if the header is answered, too."""

    def hold(_keys, _system):
        with Talk(port, source=CLIENT_BEHIND_PROXY) as client:
            for _ in range(replies):
                client.reply()
            client.say(*lines)
            client.rest()

    return hold


def impatient_proxy(*lines):
    """The proxy in between gives up after a second, the server takes two to refuse."""

    def hold(_keys, _system):
        with Talk(2525) as client:
            client.reply()
            client.say(*lines)
            client.rest()
        time.sleep(1.5)

    return hold


def impatient_client(*lines):
    """The client itself doesn't wait for the reply to the last line."""

    def hold(_keys, _system):
        with Talk(25, "127.0.0.6") as client:
            client.reply()
            client.say(*lines[:-1])
            client.send(f"{lines[-1]}\r\n".encode())
        time.sleep(2.5)

    return hold


def dialogue(port, *lines, host=HOST):
    """Lines, each after the reply to the one before; then the server closes."""

    def hold(_keys, _system):
        with Talk(port, host) as client:
            client.reply()
            client.say(*lines)
            client.rest()

    return hold


# What some servers take for the end of a message, and what stands in a message behind it.
LF_DOT = b"\n.\r\n"
SMUGGLED = (
    b"MAIL FROM:<admin@example.test>\r\nRCPT TO:<victim@example.test>\r\nDATA\r\n"
    b"Subject: smuggled\r\n\r\ntrust me"
)
MESSAGE = b"Subject: first\r\n\r\nharmless" + LF_DOT + SMUGGLED + LF_DOT + SMUGGLED + b"\r\n.\r\n"


def smuggling(port, host=HOST):
    """A message that holds two others, and what the server says until it has answered QUIT."""

    def hold(_keys, _system):
        with Talk(port, host) as client:
            client.reply()
            client.say(HELLO, MAIL, RCPT, "DATA")
            client.send(MESSAGE)
            client.send(b"QUIT\r\n")
            client.rest()

    return hold


# ------------------------------------------------------------------------------ by server

OTHER_CERTIFICATE = ("-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-GCM-SHA256")
STARTTLS = ("-starttls", "smtp")


def edges_of(name, *, clear, tls):
    """What is tried with each server: TLS where it speaks clear text, and the reverse."""
    yield Edge("tls-where-clear", smtplib_over_tls(clear))
    yield Edge("clear-where-tls", clear_text(tls))
    if name != "opensmtpd":  # see servers.py
        yield Edge("unknown-ca-1.2", openssl(clear, "-tls1_2", *STARTTLS))
        yield Edge("unknown-ca-1.3", openssl(clear, "-tls1_3", *STARTTLS))
        yield Edge("other-certificate", openssl(clear, *OTHER_CERTIFICATE, *STARTTLS))


LOGIN = (HELLO, plain(WRONG), MAIL, "QUIT")
POSTFIX = (
    Edge("tls-on-25", openssl(25)),
    Edge("tls-on-587", swaks(587, "--tlsc")),
    Edge("tls-on-465-openssl", openssl(465, host="127.0.0.8")),
    Edge("tls-on-465-swaks", swaks(465, "--tlsc", host="127.0.0.8")),
    Edge("clear-on-465", clear_text(465)),
    Edge("unknown-ca-25", openssl(25, "-tls1_2", *STARTTLS)),
    Edge("unknown-ca-587-1.2", smtplib_starttls(587, TLS_1_2)),
    Edge("unknown-ca-587-1.3", smtplib_starttls(587, TLS_1_3)),
    Edge("unknown-ca-gnutls", msmtp(587)),
    Edge("unknown-ca-465-1.2", smtplib_over_tls(465, TLS_1_2)),
    Edge("unknown-ca-465-1.3", smtplib_over_tls(465, TLS_1_3)),
    Edge("v1-refused", proxied(3001, HELLO, "NOOP", "QUIT", replies=2)),
    Edge("v2-refused", proxied(3002, replies=4)),
    Edge("v1-early", proxied(3003)),
    Edge("v2-early", proxied(3004)),
    Edge("v1-smtpd", proxied(3005, *LOGIN)),
    Edge("v2-smtpd", proxied(3006, *LOGIN)),
    Edge("v1-postscreen", proxied(3007, *LOGIN)),
    Edge("v2-postscreen", proxied(3008, *LOGIN)),
    Edge("v1-other-port", proxied(3009, *LOGIN)),
    Edge("v2-other-port", proxied(3010, *LOGIN)),
    Edge("v1-login", smtplib_login(3005)),
    Edge("v2-login", smtplib_login(3008)),
    Edge("slow-login", impatient_proxy(HELLO, "HELO", plain(WRONG)), 2),
    Edge("slow-client", impatient_proxy(HELLO, "AUTH LOGIN"), 2),
    Edge("no-password", dialogue(25, HELLO, "AUTH LOGIN", host="127.0.0.9")),
    Edge("late-refusal", impatient_client(HELLO, "HELO", plain(WRONG))),
    Edge("pregreet-drop", early("127.0.0.2")),
    Edge("pregreet-teased", early("127.0.0.2", after=b"220-")),
    Edge("pregreet-enforce", early("127.0.0.3", MAIL, RCPT, "QUIT")),
    Edge("smuggling-taken", smuggling(25)),
    Edge("smuggling-refused", smuggling(25, "127.0.0.7")),
)
AIOSMTPD = (
    Edge("closes-after-login", dialogue(1025, HELLO, plain(WRONG, CRASH))),
    Edge("closes-after-challenge", dialogue(1025, HELLO, "AUTH LOGIN", host="127.0.0.2")),
    Edge("smuggling", smuggling(1025)),
)
EDGES = {
    "postfix": (*edges_of("postfix", clear=10025, tls=10465), *POSTFIX),
    "exim": (*edges_of("exim", clear=2525, tls=2465), Edge("smuggling", smuggling(2525))),
    "opensmtpd": (*edges_of("opensmtpd", clear=8025, tls=8465),),
    "aiosmtpd": (*edges_of("aiosmtpd", clear=1025, tls=1465), *AIOSMTPD),
}
# That are recorded, besides the two of each server.
PORTS = {"postfix": (25, 465, 587, 2525, 10026)}
