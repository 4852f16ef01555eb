# SPDX-License-Identifier: GPL-2.0-or-later
"""aiosmtpd with a login. It breaks off the connection if the user is called CRASH. A second one, which
has less patience, is at IMPATIENT.

usage: server.py HOST PORT TLS_PORT HOSTNAME CERTIFICATE KEY USER PASSWORD
"""
import asyncio
import ssl
import sys

from aiosmtpd.handlers import Sink
from aiosmtpd.smtp import SMTP, AuthResult

CRASH = b"crash"
IMPATIENT = "127.0.0.2"
PATIENCE = 1  # seconds
HELP = "211-This server knows\r\n211 AUTH DATA EHLO HELO HELP MAIL QUIT RCPT"


class HelpfulServer(SMTP):
    """aiosmtpd, but HELP is answered with 211; HELP with a topic is still answered with 250."""

    async def smtp_HELP(self, arg):  # pylint: disable=invalid-name
        """Answers HELP."""
        if arg:
            await super().smtp_HELP(arg)
        else:
            await self.push(HELP)


async def serve(host, port, tls_port, hostname, certificate, key, user, password):
    """Serves until it is killed."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate, key)

    def check(server, _session, _envelope, _mechanism, data):
        if data.login == CRASH:
            server.transport.abort()
        good = data.login == user.encode() and data.password == password.encode()
        return AuthResult(success=good, handled=good)

    def session(tls_context=None, **settings):
        return HelpfulServer(
            Sink(),
            hostname=hostname,
            authenticator=check,
            auth_require_tls=False,
            tls_context=tls_context,
            **settings,
        )

    loop = asyncio.get_running_loop()
    await loop.create_server(lambda: session(context), host, int(port))
    await loop.create_server(session, host, int(tls_port), ssl=context)
    await loop.create_server(lambda: session(timeout=PATIENCE), IMPATIENT, int(port))
    await loop.create_future()


if __name__ == "__main__":
    if len(sys.argv) != 9:
        sys.exit(__doc__)
    asyncio.run(serve(*sys.argv[1:]))
