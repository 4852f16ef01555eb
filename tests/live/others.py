# SPDX-License-Identifier: GPL-2.0-or-later
"""Services that speak anything but SMTP, some of them much like it, and what is said to them."""
import socket
import ssl
from dataclasses import dataclass

from service import HOST, PASSWORD, USER, Service

TIMEOUT = 0.5  # seconds, for a server that may have nothing to say
QUIET = 0.1  # seconds without a byte: that was all
FIRST_CLIENT_PORT = 30000  # each client has its own: so all may be moved to one port of a server

PORTS = {
    "ftp": 12121,
    "dict": 12628,
    "pop3": 12110,
    "imap": 12143,
    "sieve": 14190,
    "redis": 16379,
    "memcached": 12211,
    "ssh": 12222,
    "http": 18080,
    "ldap": 13389,
}


@dataclass(frozen=True)
class Others(Service):
    """All of them in one."""

    def words(self):
        return {f"{name.upper()}_PORT": port for name, port in PORTS.items()}

    def addresses(self):
        return [(HOST, port) for port in PORTS.values()]


OTHERS = Others(
    name="others",
    packages=("vsftpd", "dictd", "dovecot-pop3d", "dovecot-imapd", "dovecot-managesieved")
    + ("redis-server", "memcached", "openssh-server", "lighttpd", "slapd"),
    users=("dovecot", "dovenull", "dictd", "sshd", "memcache"),
    command="sh @FOLDER@/start @FOLDER@",
)


def lines(*texts):
    """What a client sends: each line after what comes back for the one before."""
    return [f"{text}\r\n".encode() for text in texts]


LDAP_BIND = bytes.fromhex("300c020101600702010304008000")
# The root of the tree: what the server says of itself.
LDAP_SEARCH = bytes.fromhex(
    "302502010263200400" + "0a01000a0100020100020100010100870b" + b"objectClass".hex() + "3000"
)
LOGIN = f"USER {USER}", f"PASS {PASSWORD}"
HTTP = "POST /mail HTTP/1.1\r\nHost: mail.example.test\r\nContent-Length: 44\r\n\r\n"
HTTP += "EHLO client.example.test\r\nMAIL FROM:<a@b.test>"
TALKS = [
    ("ftp", lines("HELP", *LOGIN, "STAT", "AUTH PLAIN", "NOOP", "QUIT")),
    ("ftp", lines("USER anonymous", "PASS a@example.test", "SYST", "FEAT", "HELP", "STAT", "QUIT")),
    ("ftp", lines("HELP", "NOOP", "ALLO 7", "QUIT")),
    ("dict", lines("CLIENT test", "HELP", "SHOW DB", "DEFINE mail mail", "STATUS", "QUIT")),
    ("dict", lines("AUTH tester 0123", "STATUS", "QUIT")),
    ("pop3", lines("CAPA", "AUTH PLAIN", "dGVzdA==", *LOGIN, "STAT", "NOOP", "RSET", "QUIT")),
    ("imap", lines("a CAPABILITY", f"b LOGIN {USER} {PASSWORD}", "c NOOP", "d LOGOUT")),
    ("sieve", lines('AUTHENTICATE "PLAIN" "AHRlc3RlcgBvcGVuLXNlc2FtZS03"', "NOOP", "LOGOUT")),
    ("redis", lines("PING", "HELO", f"AUTH {PASSWORD}", "HELP", "SET a 250", "GET a", "QUIT")),
    ("memcached", lines("set mail 0 0 12\r\n250 2.0.0 Ok", "get mail", "stats", "quit")),
    ("ssh", lines("SSH-2.0-client.example.test")),
    ("http", [HTTP.encode(), *lines("QUIT")]),
    ("http", lines("HELP / HTTP/1.0\r\n")),
    ("ldap", [LDAP_BIND, LDAP_SEARCH]),
]
# What SMTP's clients send first, some of them by mistake.
PROXY = b"PROXY TCP4 192.0.2.7 192.0.2.25 51234 25\r\n"
MISTAKES = [("ftp", [PROXY, *lines("QUIT")]), ("redis", [PROXY]), ("dict", [PROXY, *lines("QUIT")])]
BEGUN_WITH_TLS = ("ftp", "dict", "pop3", "redis", "http")


def listen(connection):
    """Takes what the server says until it is silent or has closed; has it closed?"""
    connection.settimeout(TIMEOUT)
    try:
        while connection.recv(65536):
            connection.settimeout(QUIET)
    except TimeoutError:
        return False
    except ConnectionResetError:
        pass
    return True


def talk(number, name, said):
    """One connection. FTP and others speak first."""
    with socket.create_connection((HOST, PORTS[name]), TIMEOUT, (HOST, number)) as connection:
        if name not in ("redis", "memcached", "http", "ldap"):
            listen(connection)
        for part in said:
            connection.sendall(part)
            if listen(connection):
                break


def begin_tls(number, name):
    """A client that takes the service for one inside TLS."""
    with socket.create_connection((HOST, PORTS[name]), TIMEOUT, (HOST, number)) as connection:
        try:
            ssl.create_default_context().wrap_socket(connection, server_hostname="mx.example.test")
        except OSError:
            return
    raise RuntimeError(f"{name} speaks TLS")


def talk_to_all():
    """All connections, one after the other."""
    number = FIRST_CLIENT_PORT
    for number, (name, said) in enumerate(TALKS + MISTAKES, number):
        talk(number, name, said)
    for number, name in enumerate(BEGUN_WITH_TLS, number + 1):
        begin_tls(number, name)
