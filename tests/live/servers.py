# SPDX-License-Identifier: GPL-2.0-or-later
"""Mail servers on loopback, each with a configuration of its own in a temporary folder.

A server runs in namespaces of its own (see view.sh): nothing of it is left when it is stopped,
nor when whoever started it dies.
"""
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from packages import unpacked

HERE = Path(__file__).parent
HOST = "127.0.0.1"
HOSTNAME = "mx.example.test"
USER = "tester"
PASSWORD = "open-sesame-7"

NAMESPACES = ["unshare", "--mount", "--pid", "--fork"]
ATTEMPTS = 600  # to reach the server
PAUSE = 0.1  # seconds
TIMEOUT = 10  # seconds


@dataclass(frozen=True)
class Server:
    """How to run a server, and what it offers."""

    name: str
    packages: tuple  # that are unpacked
    users: tuple  # that its packages would make
    command: str  # for a shell; in the foreground. @WORDS@ are replaced as in the configuration
    port: int
    tls_port: int  # TLS from the first byte
    mechanisms: tuple  # that are offered in clear text
    tls_mechanisms: tuple  # that are offered inside TLS; empty if there is no TLS
    pipelining: bool


SERVERS = {
    server.name: server
    for server in (
        Server(
            name="postfix",
            packages=("postfix", "dovecot-core"),
            users=("postfix", "postdrop", "dovecot", "dovenull"),
            command="chown postfix /var/lib/postfix; dovecot -F -c @FOLDER@/dovecot.conf &"
            " postfix -c @FOLDER@ start-fg",
            port=10025,
            tls_port=10465,
            mechanisms=("PLAIN", "LOGIN", "CRAM-MD5"),
            tls_mechanisms=("PLAIN", "LOGIN", "CRAM-MD5"),
            pipelining=True,
        ),
        Server(
            name="exim",
            packages=("exim4-daemon-light",),
            users=("Debian-exim",),
            command="chown Debian-exim @KEY@; exim4 -C @FOLDER@/exim.conf -bdf",
            port=2525,
            tls_port=2465,
            mechanisms=("PLAIN", "LOGIN", "CRAM-MD5"),
            tls_mechanisms=("PLAIN", "LOGIN", "CRAM-MD5"),
            pipelining=True,
        ),
        Server(
            name="opensmtpd",
            packages=("opensmtpd",),
            users=("opensmtpd", "opensmtpq"),
            command="smtpd -d -f @FOLDER@/smtpd.conf",
            port=8025,
            tls_port=8465,
            # It offers AUTH only inside TLS, which the 6.8.0 of Debian 12 can't do with OpenSSL 3:
            # https://github.com/OpenSMTPD/OpenSMTPD/issues/1171
            mechanisms=(),
            tls_mechanisms=(),
            pipelining=False,
        ),
        Server(
            name="aiosmtpd",
            packages=("python3-aiosmtpd",),
            users=(),
            command="/usr/bin/python3 @FOLDER@/server.py @HOST@ @PORT@ @TLS_PORT@ @HOSTNAME@"
            " @CERTIFICATE@ @KEY@ @USER@ @PASSWORD@",
            port=1025,
            tls_port=1465,
            mechanisms=("PLAIN", "LOGIN"),
            tls_mechanisms=("PLAIN", "LOGIN"),
            pipelining=False,
        ),
    )
}


def make_certificate(folder):
    """A certificate that certifies itself, and its key."""
    files = folder / "certificate.pem", folder / "key.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "1"]
        + ["-subj", f"/CN={HOSTNAME}", "-out", files[0], "-keyout", files[1]],
        check=True,
        capture_output=True,
    )
    files[1].chmod(0o600)
    return files


def crypt(password):
    """The hash that a list of passwords may hold instead of the password."""
    command = ["openssl", "passwd", "-6", password]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def configure(server, folder):
    """Writes the server's configuration into the folder and returns its command."""
    certificate, key = make_certificate(folder)
    words = {
        "FOLDER": folder,
        "HOST": HOST,
        "HOSTNAME": HOSTNAME,
        "PORT": server.port,
        "TLS_PORT": server.tls_port,
        "CERTIFICATE": certificate,
        "KEY": key,
        "USER": USER,
        "PASSWORD": PASSWORD,
        "CRYPT": crypt(PASSWORD),
    }

    def fill_in(text):
        for word, value in words.items():
            text = text.replace(f"@{word}@", str(value))
        return text

    for template in (HERE / "config" / server.name).glob("*"):
        text = template.read_text(encoding="utf-8")
        (folder / template.name).write_text(fill_in(text), encoding="utf-8")
    return fill_in(server.command)


def wait_until_it_serves(port, process, log):
    """Waits until the server takes connections."""
    for _ in range(ATTEMPTS):
        if process.poll() is not None:
            break
        try:
            with socket.create_connection((HOST, port), timeout=TIMEOUT) as probe:
                # Until the server has closed it, too: nothing of it is to be recorded later.
                probe.shutdown(socket.SHUT_WR)
                while probe.recv(4096):
                    pass
                return
        except OSError:
            time.sleep(PAUSE)
    raise RuntimeError(f"no server on port {port}; it said:\n{log.read_text(errors='replace')}")


def check_port_is_free(port):
    """Complains if something else would be taken for the server."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise RuntimeError(f"port {port} is in use") from error


@contextmanager
def running(server, scratch):
    """Runs a server until the block ends. Its files are in a folder of its own in scratch."""
    base = scratch / server.name
    folder = base / "server"
    folder.mkdir(parents=True)
    folder.chmod(0o777)  # servers run as several users
    system = unpacked(server.packages, server.users, base)
    command = configure(server, folder)
    for port in (server.port, server.tls_port):
        check_port_is_free(port)
    log = base / "log"
    with open(log, "wb") as output:
        with subprocess.Popen(
            [*NAMESPACES, HERE / "view.sh", system, folder, "sh", "-c", command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process:
            try:
                for port in (server.port, server.tls_port):
                    wait_until_it_serves(port, process, log)
                yield log
            finally:
                process.stdin.close()
                process.wait()
