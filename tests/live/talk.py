# SPDX-License-Identifier: GPL-2.0-or-later
"""A client over a socket that says just what it is told to, also what no client should say."""
import socket

from service import HOST

TIMEOUT = 30  # seconds


class Talk:
    """A connection to a server."""

    def __init__(self, port, host=HOST, source=HOST):
        self.socket = socket.create_connection((host, port), TIMEOUT, (source, 0))
        self.replies = self.socket.makefile("rb")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.replies.close()
        self.socket.close()

    def send(self, data):
        """Sends these bytes."""
        self.socket.sendall(data)

    def expect(self, beginning):
        """Takes a line that begins like this."""
        if beginning:
            assert self.replies.readline().startswith(beginning)

    def reply(self):
        """The next reply, with all of its lines, or what there is of it when the server closes."""
        lines = []
        while not lines or lines[-1][3:4] == b"-":
            try:
                line = self.replies.readline()
            except ConnectionResetError:
                line = b""
            if not line:
                break
            lines.append(line)
        return b"".join(lines).decode("latin-1")

    def say(self, *lines):
        """Sends each line after the reply to the one before; the last reply."""
        found = ""
        for line in lines:
            self.send(f"{line}\r\n".encode())
            found = self.reply()
        return found

    def rest(self):
        """What the server says until it closes the connection."""
        try:
            return self.replies.read()
        except ConnectionResetError:
            return b""
