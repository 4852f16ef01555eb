# SPDX-License-Identifier: GPL-2.0-or-later
"""What the plugin says of a session, a line for each reply and each finding: so that a test can
state all of it, though in each recording frames have other numbers."""
from details import EXPERT, VERDICTS, Frame

LETTERS = 10  # of a command, to name it


class Packet(Frame):
    """A frame, with what tells where it comes from and what it carries."""

    def __init__(self, element):
        super().__init__(element)
        shown = {}
        for part in element.iter("field"):
            shown.setdefault(part.get("name"), part.get("show") or part.get("value") or "")
        self.ports = tuple(int(shown.get(name, 0)) for name in ("tcp.srcport", "tcp.dstport"))
        self.payload = bytes.fromhex(shown.get("tcp.payload", "").replace(":", ""))


def first_words(payload):
    """The beginning of what a client sent, if it can be read."""
    line = payload.split(b"\r\n")[0][:LETTERS]
    return line.decode() if line.isascii() and line.decode().isprintable() else "bytes"


def names(item):
    """The findings of an item."""
    return sorted(f"[{name[len(EXPERT):]}]" for name in item.experts)


def of_reply(item, packets):
    """535 AUTH PLAIN refused: bad credentials, to "AUTH PLAIN ..." [auth_refused]"""
    parts = [str(item.number("code")), item.one("command") or "-"]
    parts += [item.one("mechanism") or "", VERDICTS[item.number("verdict")]]
    if item.one("cause"):
        parts[-1] += f": {item.one('cause')}"
    if item.number("request_in"):
        parts.append(f'<- "{first_words(packets[item.number("request_in")].payload)}"')
    return " ".join(filter(None, parts + names(item)))


def story(frames):
    """The replies and the findings of a session, in their order."""
    packets = {frame.number: frame for frame in frames}
    items = [item for frame in frames for item in frame.items]
    lines = [[of_reply(item, packets)] if item.all("code") else names(item) for item in items]
    return [line for part in lines for line in part]


def ending(frames):
    """What the frame says in which the session ends; it is one."""
    (item,) = (item for frame in frames for item in frame.items if item.all("ended"))
    parts = [item.one("ended"), f"login {item.one('login')}"]
    parts += [f"{item.number(key)} {key}" for key in ("accepted", "refused") if item.number(key)]
    if item.one("unanswered"):
        parts.append(f"{item.one('unanswered')} unanswered")
    return ", ".join(parts)


def findings(frames, name):
    """[(frame, sentence)] of a finding"""
    return [
        (frame, item.experts[EXPERT + name].split(": ", 1)[1])
        for frame in frames
        for item in frame.items
        if EXPERT + name in item.experts
    ]
