# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tshark with the plugin, and hands on what it says about each SMTP reply."""

import codecs
import re
import subprocess
import tempfile
from xml.parsers import expat

from names import printable

# Only our own layer in full: the others, written out, are four times as much to write and to read.
# Their headlines are there all the same, and say who sent to whom (with -n, in numbers).
LAYERS = "smtp_explain"
# Frames with replies, and with findings of other kinds.
WANTED = "smtp_explain.code || (smtp_explain && _ws.expert)"
HEADLINES = {
    "ip": re.compile(r"Src: (?P<src>[^ ,]+), Dst: (?P<dst>[^ ,]+)"),
    "ipv6": re.compile(r"Src: (?P<src>[^ ,]+), Dst: (?P<dst>[^ ,]+)"),
    "tcp": re.compile(r"Src Port: (?P<srcport>\d+), Dst Port: (?P<dstport>\d+)"),
}
EXPERT = "expert."
# Findings that say in a few words what a refusal's cause, meaning and advice say in full.
REFUSALS = ("auth_refused", "help_refused", "refused")
VERDICTS = ("unknown", "expected", "refused", "unusual", "unexpected", "unsolicited")

# tshark lets characters through that no XML may hold, in the names of interfaces for example.
NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
CHUNK = 1 << 16

# What tshark and editcap say when they have read a capture up to a place, and no further.
CUT_SHORT = "cut short"
DAMAGED = "damaged or corrupt"
REASON = re.compile("^(?:tshark|editcap|setpriv): (.*)", re.MULTILINE)


class Reader:
    """Turns PDML into calls of show(frame, reply), a reply being a dict of field names to values;
    "sentences" is a dict of findings to what they say. What else a frame shows, that a command was
    never answered for example, is a reply without a code.

    PDML and not columns, since a frame can hold several replies, each with fields of its own.
    """

    def __init__(self, show):
        self.show = show
        self.frame = {}
        self.reply = None
        self.depth = 0
        self.reply_depth = 0

    def start(self, _tag, attributes):
        self.depth += 1
        name = attributes.get("name", "")
        if self.reply is not None:
            self.reply_field(name, attributes.get("show", ""))
        elif name == "smtp_explain":
            self.reply = {"sentences": {}}
            self.reply_depth = self.depth
        elif name == "geninfo":
            self.frame = {}
        elif name == "num":
            self.frame["number"] = attributes["show"]
        elif name == "timestamp":
            self.frame["time"] = float(attributes["value"])
        elif name == "frame.file_off":
            self.frame["offset"] = int(attributes["show"])
        elif name in HEADLINES:
            # In a tunnel the innermost wins: it comes last.
            found = HEADLINES[name].search(attributes["showname"])
            self.frame.update(found.groupdict() if found else {})

    def reply_field(self, name, value):
        if name == "_ws.expert.message":
            self.reply["sentences"][findings(self.reply)[-1]] = value
        elif name.startswith("smtp_explain."):
            self.reply[name[len("smtp_explain."):]] = value

    def end(self, _tag):
        if self.reply is not None and self.depth == self.reply_depth:
            if "code" in self.reply or self.reply["sentences"]:
                self.show(self.frame, self.reply)
            self.reply = None
        self.depth -= 1

    def read(self, stream):
        """Raises ExpatError at what can't be read, and EOFError if it ends too early."""
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        decoder = codecs.getincrementaldecoder("utf-8")("replace")
        while chunk := stream.read1(CHUNK):
            parser.Parse(NOT_XML.sub("\N{REPLACEMENT CHARACTER}", decoder.decode(chunk)))
        try:
            parser.Parse(decoder.decode(b"", True), True)
        except expat.ExpatError as error:
            raise EOFError from error


def verdict(reply):
    """By name; None for what is no reply."""
    if "code" not in reply:
        return None
    try:
        return VERDICTS[int(reply["verdict"])]
    except (KeyError, ValueError, IndexError):
        return VERDICTS[0]


def findings(reply):
    """The names of its findings; what a finding says comes behind its name."""
    return [key[len(EXPERT):] for key in reply if key.startswith(EXPERT)]


def elapsed(seconds):
    seconds = float(seconds)
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def question(reply):
    """What the reply answers, in words."""
    if "command" not in reply:
        if verdict(reply) == "unsolicited":
            return "answers nothing"
        return "what it answers is not in the capture"
    words = f"answers {reply['command']}"
    if "mechanism" in reply:
        words += f" {reply['mechanism']}"
    details = []
    if "request_in" in reply:
        details.append(f"frame {reply['request_in']}")
    if "time" in reply:
        details.append(f"{elapsed(reply['time'])} later")
    return words + (f" ({', '.join(details)})" if details else "")


def headline(reply):
    """What it is, and what it answers. The name of a code says too much of a refusal: there are as
    many reasons for a 550 as there are for refusing something."""
    if "code" not in reply:
        return ""
    name = f" {reply['name']}" if "name" in reply and "cause" not in reply else ""
    return f"{reply['code']}{name}: {verdict(reply)}, {question(reply)}"


def quotation(reply):
    """The server's own words, if there are any."""
    words = [f'Server: "{reply["text"]}"'] if reply.get("text") else []
    if reply.get("challenge"):
        words.append(f'Decoded: "{reply["challenge"]}"')
    return words


def explanation(reply):
    """What there is to say about it, in sentences."""
    said = [sentence for name, sentence in reply["sentences"].items()
            if "cause" not in reply or name not in REFUSALS]
    if "cause" in reply:
        why = f"Cause: {reply['cause']}, told by {reply['cause_from']}."
        return [why, reply["meaning"], reply["advice"], *said]
    return said or [reply.get("meaning", "")]


def read_replies(command, show, stdin=None):
    """Calls show(frame, reply) for what the tshark command writes as PDML. Returns its exit status
    and what it complained about. What it writes and can't be read to its end is a failure of it."""
    unreadable, complete = "", True
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(command, stdin=stdin, stdout=subprocess.PIPE,
                              stderr=errors) as tshark:
            try:
                Reader(show).read(tshark.stdout)
            except EOFError:
                complete = False
            except expat.ExpatError as error:
                unreadable = f"what Wireshark says about it can't be read: {error}"
                tshark.kill()
            except BaseException:
                tshark.kill()
                raise
        errors.seek(0)
        words = errors.read().decode(errors="replace")
    return with_reason(tshark.returncode, words, unreadable, complete)


def with_reason(status, words, unreadable, complete):
    """The exit status and the words, with a reason whenever not all was read."""
    if unreadable:
        reason = unreadable
    elif status < 0:
        reason = f"Wireshark was ended by signal {-status}"
    elif complete or REASON.search(words) or partial(words):
        return status or int(not complete), words
    else:
        reason = "Wireshark stopped before the end"
    return status or 1, f"{words}\ntshark: {reason}"


def partial(words):
    """Do they say that the capture could only be read up to a place?"""
    return CUT_SHORT in words or DAMAGED in words


def complaint(name, words, rest):
    """One line that says what went wrong with the capture, from what tshark or editcap wrote.
    rest says what there is of a capture that could be read up to a place."""
    if CUT_SHORT in words:
        return f"{name}: is cut short; {rest}"
    if DAMAGED in words:
        return f"{name}: is damaged; {rest}"
    if "isn't a capture file" in words:
        return f"{name}: is not a capture that Wireshark can read"
    lines = REASON.findall(words) or words.splitlines() or ["Wireshark failed and did not say why"]
    return f"{name}: {lines[-1]}"
