# SPDX-License-Identifier: GPL-2.0-or-later
"""Services on loopback, each with a configuration of its own in a temporary folder.

A service runs in namespaces of its own (see view.sh): nothing of it is left when it is stopped,
nor when whoever started it dies.
"""
import socket
import subprocess
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from network import own_network
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
class Service:
    """How to run a service."""

    name: str
    packages: tuple  # that are unpacked
    users: tuple  # that its packages would make
    command: str  # for a shell; in the foreground. @WORDS@ are replaced as in the configuration

    def words(self):
        """What else is replaced there."""
        return {}

    def addresses(self):
        """Where it serves."""
        return []


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


def configure(service, folder):
    """Writes the service's configuration into the folder and returns its command."""
    certificate, key = make_certificate(folder)
    words = {
        "FOLDER": folder,
        "HOST": HOST,
        "HOSTNAME": HOSTNAME,
        "CERTIFICATE": certificate,
        "KEY": key,
        "USER": USER,
        "PASSWORD": PASSWORD,
        "CRYPT": crypt(PASSWORD),
        **service.words(),
    }

    def fill_in(text):
        for word, value in words.items():
            text = text.replace(f"@{word}@", str(value))
        return text

    for template in (HERE / "config" / service.name).glob("*"):
        text = template.read_text(encoding="utf-8")
        (folder / template.name).write_text(fill_in(text), encoding="utf-8")
    return fill_in(service.command)


def wait_until_it_serves(address, process, log):
    """Waits until somebody takes connections there."""
    for _ in range(ATTEMPTS):
        if process.poll() is not None:
            break
        try:
            with socket.create_connection(address, timeout=TIMEOUT) as probe:
                # Until the server has closed it, too: nothing of it is to be recorded later.
                probe.shutdown(socket.SHUT_WR)
                while probe.recv(4096):
                    pass
                return
        except OSError:
            time.sleep(PAUSE)
    raise RuntimeError(f"no server at {address}; it said:\n{log.read_text(errors='replace')}")


@contextmanager
def running(service, scratch):
    """Runs a service, in a network that it has for itself, until the block ends; the block is in
    that network, too. Files are in a folder in scratch. Gives the folder with its packages."""
    base = scratch / service.name
    folder = base / "server"
    folder.mkdir(parents=True)
    folder.chmod(0o777)  # servers run as several users
    system = unpacked(service.packages, service.users, base)
    command = configure(service, folder)
    log = base / "log"
    with own_network(), open(log, "wb") as output:
        with subprocess.Popen(
            [*NAMESPACES, HERE / "view.sh", system, folder, "sh", "-c", command],
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as process:
            try:
                for address in service.addresses():
                    wait_until_it_serves(address, process, log)
                yield system
            finally:
                process.stdin.close()
                process.wait()
