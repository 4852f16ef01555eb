# SPDX-License-Identifier: GPL-2.0-or-later
"""The mail servers, and what they offer."""
from dataclasses import dataclass

from service import HOST, Service


@dataclass(frozen=True)
class Server(Service):
    """A mail server."""

    port: int
    tls_port: int  # TLS from the first byte
    mechanisms: tuple  # that are offered in clear text
    tls_mechanisms: tuple  # that are offered inside TLS; empty if there is no TLS
    pipelining: bool

    def words(self):
        """What its configuration calls its ports."""
        return {"PORT": self.port, "TLS_PORT": self.tls_port}

    def addresses(self):
        """Where it serves."""
        return [(HOST, self.port), (HOST, self.tls_port)]


SERVERS = {
    server.name: server
    for server in (
        Server(
            name="postfix",
            packages=("postfix", "dovecot-core", "haproxy", "msmtp", "ca-certificates"),
            users=("postfix", "postdrop", "dovecot", "dovenull"),
            command="chown postfix /var/lib/postfix; dovecot -F -c @FOLDER@/dovecot.conf &"
            " haproxy -db -f @FOLDER@/haproxy.cfg & postfix -c @FOLDER@ start-fg",
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
