#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""Records the recorded-*.pcap captures of this directory from real servers on loopback.

usage: record.py SERVER [DIRECTORY]      SERVER: aiosmtpd, exim, opensmtpd or postfix

Needs root (port 25, tcpdump) and the Debian packages tcpdump, swaks and the server's
own: python3-aiosmtpd, exim4-daemon-light, opensmtpd, postfix. The last three exclude
each other, so install, record and go on to the next.
"""
import signal
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

USER = "tester"
PASSWORD = "open-sesame-7"
WRONG = "open-barley-8"
HOST = "127.0.0.1"
CLIENT = "client.example.test"
SERVER = "mx.example.test"
MESSAGE = "Subject: recorded\r\n\r\nHELP\r\nAUTH PLAIN\r\n235 2.7.0 not a reply\r\n"

EXIM_CONFIG = f"""
primary_hostname = {SERVER}
local_interfaces = {HOST}
auth_advertise_hosts = *
acl_smtp_rcpt = accept
smtp_banner = $primary_hostname ESMTP Exim
log_file_path = DIRECTORY/log-%s
spool_directory = DIRECTORY
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${{if and{{{{eq{{$auth2}}{{{USER}}}}}{{eq{{$auth3}}{{{PASSWORD}}}}}}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${{if and{{{{eq{{$auth1}}{{{USER}}}}}{{eq{{$auth2}}{{{PASSWORD}}}}}}}}}
  server_set_id = $auth1
"""

OPENSMTPD_CONFIG = f"""
listen on {HOST} port 25 hostname {SERVER}
action "drop" maildir "DIRECTORY/mail"
match from any for any action "drop"
"""


@contextmanager
def program(*command):
    """Runs a program until the block ends."""
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGINT if command[0] == "tcpdump" else signal.SIGTERM)
            process.wait()


@contextmanager
def recording(path):
    """Records port 25 on loopback into this file until the block ends."""
    command = ("tcpdump", "-i", "lo", "-U", "-Z", "root", "-w", str(path), "tcp port 25")
    with program(*command) as tcpdump:
        tcpdump.stderr.readline()  # 'listening on lo'
        yield
        time.sleep(1)  # the last packets are still on their way to the file


def wait_for_port():
    for _ in range(100):
        try:
            with socket.create_connection((HOST, 25), timeout=5) as probe:
                probe.recv(512)  # the greeting
            time.sleep(1)  # or the end of this connection would be recorded
            return
        except OSError:
            time.sleep(0.1)
    sys.exit("no server on port 25")


def client():
    connection = smtplib.SMTP(HOST, 25, local_hostname=CLIENT)
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


def log_in_with_swaks(mechanism):
    subprocess.run(
        ["swaks", "--server", HOST, "--ehlo", CLIENT, "--auth", mechanism, "--quit-after", "AUTH"]
        + ["--auth-user", USER, "--auth-password", PASSWORD],
        stdout=subprocess.DEVNULL,
        check=True,
    )


def record_aiosmtpd(directory):
    # pylint: disable=import-outside-toplevel
    from aiosmtpd.controller import Controller
    from aiosmtpd.handlers import Sink
    from aiosmtpd.smtp import SMTP, AuthResult

    class HelpfulServer(SMTP):
        """aiosmtpd, but HELP is answered with 211 and not with 250."""

        async def smtp_HELP(self, arg):
            await self.push("211-This server knows\r\n211 AUTH DATA EHLO HELO HELP MAIL QUIT RCPT")

    class HelpfulController(Controller):
        def factory(self):
            return HelpfulServer(
                self.handler,
                hostname=SERVER,
                ident="aiosmtpd",
                authenticator=check,
                auth_require_tls=False,
            )

    def check(_server, _session, _envelope, _mechanism, data):
        good = data.login == USER.encode() and data.password == PASSWORD.encode()
        return AuthResult(success=good, handled=good)

    controller = HelpfulController(Sink(), hostname=HOST, port=25)
    controller.start()
    try:
        with recording(directory / "recorded-aiosmtpd-211.pcap"):
            ask_for_help()
        with recording(directory / "recorded-aiosmtpd-235.pcap"):
            log_in_and_send()
        with recording(directory / "recorded-aiosmtpd-535.pcap"):
            fail_to_log_in()
    finally:
        controller.stop()


def record_exim(directory):
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o777)
        config = Path(scratch, "exim.conf")
        config.write_text(EXIM_CONFIG.replace("DIRECTORY", scratch), encoding="utf-8")
        with program("exim4", "-C", str(config), "-bdf", "-oX", "25"):
            wait_for_port()
            with recording(directory / "recorded-exim-auth.pcap"):
                log_in_with_swaks("LOGIN")
            with recording(directory / "recorded-exim-help.pcap"):
                ask_for_help()


def record_opensmtpd(directory):
    with tempfile.TemporaryDirectory() as scratch:
        config = Path(scratch, "smtpd.conf")
        config.write_text(OPENSMTPD_CONFIG.replace("DIRECTORY", scratch), encoding="utf-8")
        with program("smtpd", "-d", "-f", str(config)):
            wait_for_port()
            with recording(directory / "recorded-opensmtpd-help.pcap"):
                ask_for_help()


def record_postfix(directory):
    settings = [f"myhostname={SERVER}", "inet_interfaces=127.0.0.1", "inet_protocols=ipv4"]
    subprocess.run(["postconf", "-e", *settings, "maillog_file=/dev/stdout"], check=True)
    subprocess.run(["postfix", "start"], check=True)
    try:
        wait_for_port()
        with recording(directory / "recorded-postfix-help.pcap"):
            ask_for_help()
    finally:
        subprocess.run(["postfix", "stop"], check=True)


RECORDERS = {
    "aiosmtpd": record_aiosmtpd,
    "exim": record_exim,
    "opensmtpd": record_opensmtpd,
    "postfix": record_postfix,
}


def main():
    if len(sys.argv) not in (2, 3) or sys.argv[1] not in RECORDERS:
        sys.exit(__doc__)
    directory = Path(sys.argv[2] if len(sys.argv) == 3 else Path(__file__).parent)
    RECORDERS[sys.argv[1]](directory)


if __name__ == "__main__":
    main()
