# SPDX-License-Identifier: GPL-2.0-or-later
"""annotate.py NAME TSHARK...: prints what the plugin says about a capture.

Runs the command TSHARK..., which reads the capture from standard input, and prints a short block
for each reply. NAME is how messages call the capture. Started by tools/annotate.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
from collections import Counter
from datetime import datetime
from xml.parsers import expat

# Only our own layer in full: the others, written out, are four times as much to write and to read.
# Their headlines are there all the same, and say who sent to whom (with -n, in numbers).
TSHARK_OPTIONS = ["-n", "-r", "-", "-Y", "smtp_explain.code", "-T", "pdml", "-J", "smtp_explain"]
HEADLINES = {
    "ip": re.compile(r"Src: (?P<src>[^ ,]+), Dst: (?P<dst>[^ ,]+)"),
    "ipv6": re.compile(r"Src: (?P<src>[^ ,]+), Dst: (?P<dst>[^ ,]+)"),
    "tcp": re.compile(r"Src Port: (?P<srcport>\d+), Dst Port: (?P<dstport>\d+)"),
}
VERDICTS = ("unknown", "expected", "refused", "unusual", "unexpected", "unsolicited")
INDENT = "    "


class Reader:
    """Turns PDML into calls of show(frame, reply), a reply being a dict of field names to values.

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
            self.reply = {"sentences": []}
            self.reply_depth = self.depth
        elif name == "geninfo":
            self.frame = {}
        elif name == "num":
            self.frame["number"] = attributes["show"]
        elif name == "timestamp":
            self.frame["time"] = float(attributes["value"])
        elif name in HEADLINES:
            # In a tunnel the innermost wins: it comes last.
            found = HEADLINES[name].search(attributes["showname"])
            self.frame.update(found.groupdict() if found else {})

    def reply_field(self, name, value):
        if name == "_ws.expert.message":
            self.reply["sentences"].append(value)
        elif name.startswith("smtp_explain."):
            self.reply[name[len("smtp_explain."):]] = value

    def end(self, _tag):
        if self.reply is not None and self.depth == self.reply_depth:
            if "code" in self.reply:
                self.show(self.frame, self.reply)
            self.reply = None
        self.depth -= 1

    def read(self, stream):
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.ParseFile(stream)


def endpoint(frame, address, port):
    host = frame.get(address, "?")
    if ":" in host:
        host = f"[{host}]"
    return f"{host}:{frame[port]}" if port in frame else host


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


def verdict(reply):
    try:
        return VERDICTS[int(reply["verdict"])]
    except (KeyError, ValueError, IndexError):
        return VERDICTS[0]


class Printer:
    """Writes one block per reply and counts them."""

    def __init__(self):
        # Lines are cut to fit a screen; in a file a sentence stays on one line, for grep.
        self.width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 0
        self.counts = Counter()

    def show(self, frame, reply):
        self.counts[verdict(reply)] += 1
        when = datetime.fromtimestamp(frame["time"]).isoformat(" ", "milliseconds")
        print(f"frame {frame['number']}  {when}  {endpoint(frame, 'src', 'srcport')} -> "
              f"{endpoint(frame, 'dst', 'dstport')}")
        code = " ".join(reply[key] for key in ("code", "name") if key in reply)
        self.line(f"{code}: {verdict(reply)}, {question(reply)}")
        for sentence in reply["sentences"] or [reply.get("meaning", "")]:
            self.line(sentence)

    def line(self, text):
        # What a server wrote may be part of it; a terminal must not obey that.
        if not text.isprintable():
            text = "".join(c if c.isprintable() else "?" for c in text)
        if self.width:
            text = textwrap.fill(text, self.width, initial_indent=INDENT,
                                 subsequent_indent=INDENT)
            print(text)
        elif text:
            print(INDENT + text)

    def summary(self):
        total = sum(self.counts.values())
        if not total:
            print("No SMTP reply to explain.")
            return
        parts = [f"{self.counts[name]} {name}" for name in VERDICTS if self.counts[name]]
        print(f"\n{total} {'reply' if total == 1 else 'replies'}: {', '.join(parts)}")


def complaint(name, words, shown):
    """One line that says what went wrong, from what tshark wrote."""
    if "cut short" in words:
        rest = "what could be read of it is shown above" if shown else "no reply comes before that"
        return f"{name}: is cut short; {rest}"
    if "isn't a capture file" in words:
        return f"{name}: is not a capture that Wireshark can read"
    lines = [line for line in words.splitlines() if line.startswith("tshark: ")]
    lines = lines or words.splitlines() or ["tshark failed and did not say why"]
    return f"{name}: {lines[-1].removeprefix('tshark: ')}"


def run(name, command):
    printer = Printer()
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(command + TSHARK_OPTIONS, stdout=subprocess.PIPE, stderr=errors) as tshark:
            try:
                Reader(printer.show).read(tshark.stdout)
            except expat.ExpatError:
                pass  # tshark stopped in the middle, and its exit status tells
            except BrokenPipeError:
                tshark.kill()
                raise
        errors.seek(0)
        words = errors.read().decode(errors="replace")
    if tshark.returncode == 0 or printer.counts:
        printer.summary()
    if tshark.returncode != 0:
        sys.stdout.flush()
        print(f"annotate: {complaint(name, words, printer.counts)}", file=sys.stderr)
        return 1
    return 0


def main():
    name = "standard input" if sys.argv[1] == "-" else sys.argv[1]
    try:
        status = run(name, sys.argv[2:])
        sys.stdout.flush()
        return status
    except BrokenPipeError:
        # The reader, head for example, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 128 + signal.SIGINT


if __name__ == "__main__":
    sys.exit(main())
