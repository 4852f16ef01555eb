# SPDX-License-Identifier: GPL-2.0-or-later
"""What a client saw: the replies in order, each with what it answers.

Made from the lines that swaks prints, by rules that owe nothing to the plugin.
"""
import re
from dataclasses import dataclass, field

# How swaks marks the lines of client and server: ' -> ' and '<-  ', or '<** ' if it doesn't like
# the reply. Inside TLS there is a ~ where there would be a - or the first *.
CLIENT_LINE = re.compile(r"^ [-~]> (?P<text>.*)$")
SERVER_LINE = re.compile(r"^<(?P<mark>[-~*])[ *] (?P<text>.*)$")
REPLY_LINE = re.compile(r"^(?P<code>\d{3})(?P<more>[- ]?)(?P<text>.*)$")
ENHANCED = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?::? |:?$)")


@dataclass
class Reply:
    """A reply and what it answers."""

    command: str  # a verb, "connection" or "message"
    argument: str  # the rest of the command
    tls: bool
    code: int = 0
    lines: list = field(default_factory=list)  # without the code
    enhanced: str = None

    @property
    def mechanism(self):
        """The SASL mechanism that the command names."""
        return self.argument.split()[0].upper() if self.command == "AUTH" else None


class Transcript:
    """Takes a session's lines as the client sees them."""

    def __init__(self):
        self.replies = []
        self.secrets = []  # what the client sent to log in
        self.outstanding = [("connection", "")]
        self.message = False
        self.partial = None

    @property
    def ended(self):
        """Has the server said goodbye?"""
        return bool(self.replies) and self.replies[-1].command == "QUIT"

    def client(self, line):
        """A line of the client."""
        last = self.replies[-1] if self.replies else None
        if self.message:
            if line == ".":
                self.message = False
                self.outstanding.append(("message", ""))
        elif last and last.code == 334 and not self.outstanding:
            self.secrets.append(line)
            self.outstanding.append((last.command, last.argument))
        else:
            verb, _, argument = line.partition(" ")
            self.outstanding.append((verb.upper(), argument))
            if verb.upper() == "AUTH":
                self.secrets += [word for word in argument.split()[1:] if word != "="]

    def server(self, line, tls):
        """A line of the server."""
        parts = REPLY_LINE.match(line)
        if not self.partial:
            self.partial = Reply(*self.outstanding.pop(0), tls)
        text = parts["text"]
        enhanced = ENHANCED.match(text)
        if enhanced:
            text = text[enhanced.end() :]
            self.partial.enhanced = enhanced[1]
        self.partial.lines.append(text.strip())
        if parts["more"] != "-":
            self.partial.code = int(parts["code"])
            self.message = self.message or self.partial.code == 354
            self.replies.append(self.partial)
            self.partial = None


def from_swaks(output):
    """The transcript that swaks' output is."""
    transcript = Transcript()
    for line in output.splitlines():
        if sent := CLIENT_LINE.match(line):
            transcript.client(sent["text"])
        elif received := SERVER_LINE.match(line):
            transcript.server(received["text"], tls=received["mark"] == "~")
    return transcript
