# SPDX-License-Identifier: GPL-2.0-or-later
"""annotate.py FORMAT NAME TSHARK...: prints what the plugin says about a capture.

Runs the command TSHARK..., which reads the capture from standard input, and prints each reply: as
a short block (text), as a row of a table (tsv), or as a line of JSON (json). NAME is how messages
call the capture. Started by tools/annotate and tools/annotate-many.
"""

import os
import shutil
import signal
import sys
import textwrap
from collections import Counter
from datetime import datetime

from records import JsonLines, Table
from replies import (LAYERS, VERDICTS, WANTED, complaint, explanation, headline, printable, quotation,
                     read_replies, verdict)

TSHARK_OPTIONS = ["-n", "-r", "-", "-Y", WANTED, "-T", "pdml", "-J", LAYERS]
INDENT = "    "


def endpoint(frame, address, port):
    host = frame.get(address, "?")
    if ":" in host:
        host = f"[{host}]"
    return f"{host}:{frame[port]}" if port in frame else host


class Printer:
    """Writes one block per reply, and at the end how many there were."""

    partly = "what could be read of it is shown above"

    def __init__(self):
        # Lines are cut to fit a screen; in a file a sentence stays on one line, for grep.
        self.width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 0
        self.counts = Counter()

    def show(self, frame, reply):
        self.counts[verdict(reply)] += 1
        when = datetime.fromtimestamp(frame["time"]).isoformat(" ", "milliseconds")
        print(f"frame {frame['number']}  {when}  {endpoint(frame, 'src', 'srcport')} -> "
              f"{endpoint(frame, 'dst', 'dstport')}")
        for line in [headline(reply), *quotation(reply), *explanation(reply)]:
            self.line(line)

    def line(self, text):
        text = printable(text)
        if self.width:
            text = textwrap.fill(text, self.width, initial_indent=INDENT,
                                 subsequent_indent=INDENT)
            print(text)
        elif text:
            print(INDENT + text)

    def summary(self):
        total = sum(self.counts[name] for name in VERDICTS)
        if not self.counts:
            print("No SMTP reply to explain.")
        if not total:
            return
        parts = [f"{self.counts[name]} {name}" for name in VERDICTS if self.counts[name]]
        print(f"\n{total} {'reply' if total == 1 else 'replies'}: {', '.join(parts)}")


FORMATS = {"text": Printer, "tsv": Table, "json": JsonLines}


def run(printer, name, command):
    status, words = read_replies(command + TSHARK_OPTIONS, printer.show)
    if status == 0 or printer.counts:
        printer.summary()
    if status != 0:
        sys.stdout.flush()
        rest = printer.partly if printer.counts else "no reply comes before that"
        print(f"annotate: {complaint(name, words, rest)}", file=sys.stderr)
        return 1
    return 0


def main():
    form, name, *command = sys.argv[1:]
    try:
        status = run(FORMATS[form](), "standard input" if name == "-" else name, command)
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
