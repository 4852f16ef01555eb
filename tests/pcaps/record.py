#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Records the recorded-*.pcap captures of this directory from real servers on loopback.

usage: record.py SERVER [DIRECTORY]      SERVER: aiosmtpd, exim, opensmtpd or postfix

Needs root and port 25, and the Debian packages tcpdump, swaks and openssl. The servers are those of
../live, which are fetched and not installed.
"""
import smtplib
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "live"))

# pylint: disable=wrong-import-position
from capture import recording
from servers import SERVERS
from service import HOST, PASSWORD, USER, running
from sessions import CLIENT, WRONG

PORT = 25
MESSAGE = "Subject: recorded\r\n\r\nHELP\r\nAUTH PLAIN\r\n235 2.7.0 not a reply\r\n"


def client():
    connection = smtplib.SMTP(HOST, PORT, local_hostname=CLIENT)
    connection.ehlo()
    return connection


def ask_for_help():
    with client() as connection:
        connection.docmd("HELP")


def log_in_and_send():
    with client() as connection:
        connection.login(USER, PASSWORD)
        connection.sendmail("alice@example.test", ["bob@example.test"], MESSAGE)


def fail_to_log_in():
    with client() as connection:
        try:
            connection.login(USER, WRONG)
        except smtplib.SMTPAuthenticationError:
            pass


def log_in_with_swaks():
    subprocess.run(
        ["swaks", "--server", HOST, "--ehlo", CLIENT, "--auth", "LOGIN", "--quit-after", "AUTH"]
        + ["--auth-user", USER, "--auth-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        check=True,
    )


# WHAT is recorded of a SERVER into recorded-SERVER-WHAT.pcap: what it shows, with which programs
# that was, and how.
RECORDED = {
    "aiosmtpd": {
        "211": (
            "HELP answered with a 211 of two lines; the reply to EHLO comes line by line",
            "aiosmtpd 1.4.3 with a HELP of its own, smtplib",
            ask_for_help,
        ),
        "235": (
            "AUTH PLAIN, 235, and a message with lines that look like commands",
            "aiosmtpd 1.4.3, smtplib",
            log_in_and_send,
        ),
        "535": (
            "AUTH PLAIN and then AUTH LOGIN with the wrong password: 535 twice",
            "aiosmtpd 1.4.3, smtplib",
            fail_to_log_in,
        ),
    },
    "exim": {
        "auth": (
            "AUTH LOGIN with challenges and `235 Authentication succeeded`",
            "Exim 4.96, swaks",
            log_in_with_swaks,
        ),
        "help": ("HELP answered with 214", "Exim 4.96, smtplib", ask_for_help),
    },
    "opensmtpd": {
        "help": (
            "HELP answered with 214 and enhanced status codes",
            "OpenSMTPD 6.8.0, smtplib",
            ask_for_help,
        ),
    },
    "postfix": {"help": ("HELP refused with 500", "Postfix 3.7.11, smtplib", ask_for_help)},
}


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in RECORDED:
        sys.exit(__doc__)
    name = sys.argv[1]
    directory = Path(sys.argv[2] if len(sys.argv) == 3 else HERE)
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        with running(replace(SERVERS[name], port=PORT), Path(scratch)):
            for what, (_, _, converse) in RECORDED[name].items():
                with recording(directory / f"recorded-{name}-{what}.pcap", PORT):
                    converse()


if __name__ == "__main__":
    main()
