# SPDX-License-Identifier: GPL-2.0-or-later
"""annotate.py FORMAT CAPTURE TSHARK...: prints what the plugin says about a capture.

Runs the command TSHARK..., which reads the capture (- for standard input) from standard input, and
prints each reply: as a short block (text), as a row of a table (tsv), or as a line of JSON (json).
What is not for the eye goes to a file, which is made no more readable than the capture. Ends with
status 3 if that can't be written. Started by tools/annotate and tools/annotate-many.
"""

import shutil
import sys
import textwrap
from collections import Counter
from datetime import datetime

import endings
import source
from names import printable
from records import JsonLines, Table
from replies import (CUT_SHORT, LAYERS, VERDICTS, WANTED, complaint, explanation, headline, partial,
                     quotation, read_replies, verdict)

TSHARK_OPTIONS = ["-n", "-r", "-", "-Y", WANTED, "-T", "pdml", "-J", LAYERS]
INDENT = "    "


def endpoint(frame, address, port):
    host = frame.get(address, "?")
    if ":" in host:
        host = f"[{host}]"
    return f"{host}:{frame[port]}" if port in frame else host


def local(seconds):
    try:
        return datetime.fromtimestamp(seconds).isoformat(" ", "milliseconds")
    except (ValueError, OverflowError, OSError):
        return "at no time that a calendar has"


class Printer:
    """Writes one block per reply, and at the end how many there were."""

    partly = "what could be read of it is shown above"

    def __init__(self):
        # Lines are cut to fit a screen; in a file a sentence stays on one line, for grep.
        self.width = shutil.get_terminal_size((100, 24)).columns if sys.stdout.isatty() else 0
        self.counts = Counter()

    def show(self, frame, reply):
        self.counts[verdict(reply)] += 1
        print(f"frame {frame['number']}  {local(frame['time'])}  "
              f"{endpoint(frame, 'src', 'srcport')} -> {endpoint(frame, 'dst', 'dstport')}")
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
    """Returns whether all of the capture was read, and complains if not."""
    watch = source.Watch()
    status, words = read_replies(command + TSHARK_OPTIONS, printer.show)
    rest = printer.partly if printer.counts else "no reply comes before that"
    if source.is_cut_unseen(command[:-1]):
        words += CUT_SHORT
    problems = []
    if status != 0 or partial(words):
        problems.append(complaint(name, words, rest))
    if watch.changed():
        problems.append(f"{name}: {source.CHANGED}; {rest}")
    if not problems or printer.counts:
        printer.summary()
    sys.stdout.flush()
    for problem in problems:
        endings.complain("annotate", problem)
    return not problems


def main():
    form, name, *command = sys.argv[1:]
    for_the_eye = form == "text"
    source.take(name, plain=not for_the_eye)
    if not for_the_eye:
        source.restrict_output("results")
        sys.stdout.reconfigure(encoding="utf-8")
    return 0 if run(FORMATS[form](), source.title(name), command) else 1


if __name__ == "__main__":
    endings.run("annotate", main)
