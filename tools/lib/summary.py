# SPDX-License-Identifier: GPL-2.0-or-later
"""summary.py FORMAT HOW: sums up the results of annotate-many in the current folder.

captures/N are links to the captures, results/N.FORMAT what was read of each, and results/N.error
what went wrong with it, nothing in most. Ends with status 1 if something did. What was found (HOW)
and is no capture is passed over; what was named isn't. Started by tools/annotate-many.
"""

import csv
import json
import os
import sys
from collections import Counter, defaultdict

import endings
from names import printable, quoted

VERDICTS = ("unknown", "expected", "refused", "unusual", "unexpected", "unsolicited")
NOT_READ = "was not read"
NO_CAPTURE = ("is empty", "is not a capture that Wireshark can read")
# Captures that a line names.
NAMES_MAX = 3
NO_RESULT = "its result can't be read; remove that, and it is made again"


def whole_lines(stream):
    """Power that fails may leave less of a file than was written."""
    for line in stream:
        if not line.endswith("\n"):
            raise ValueError("a line without an end")
        yield line


def table(lines):
    reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    if not reader.fieldnames:
        raise ValueError("no headline")
    for row in reader:
        yield {**row, "findings": row["findings"].split(",") if row["findings"] else []}


READERS = {"tsv": table, "json": lambda lines: map(json.loads, lines)}


def failure(number, form):
    """What went wrong with the capture of that number, or nothing."""
    try:
        with open(f"results/{number}.error", encoding="utf-8", errors="replace") as stream:
            lines = stream.read().splitlines()
    except FileNotFoundError:
        return NOT_READ
    if lines:
        # The last line says it; what it begins with is our name and that of the link.
        return printable(lines[-1].rpartition(f"captures/{number}: ")[2])
    return "" if os.path.exists(f"results/{number}.{form}") else NOT_READ


class Summary:
    """Counts over all captures, and which captures they are about."""

    def __init__(self, numbers, found):
        self.names = {number: os.fsencode(os.readlink(f"captures/{number}")) for number in numbers}
        self.found = found
        self.captures = Counter()
        self.replies = Counter()
        self.codes = Counter()
        self.kinds = Counter()
        self.where = defaultdict(list)
        self.passed_over = []
        self.failures = []

    def add(self, number, form):
        problem = failure(number, form)
        if problem != NOT_READ:
            try:
                self.add_replies(number, form)
            except FileNotFoundError:
                pass  # the problem is why there is none
            except (ValueError, KeyError, TypeError, AttributeError):
                problem = problem or NO_RESULT
        line = f"{quoted(self.names[number])}: {problem}"
        if self.found and problem in NO_CAPTURE:
            self.passed_over.append(line)
            return
        self.captures["failed" if problem else "read"] += 1
        if problem:
            self.failures.append(line)

    def add_replies(self, number, form):
        """All of them or none."""
        replies, codes, kinds = (Counter() for _ in range(3))
        with open(f"results/{number}.{form}", encoding="utf-8", newline="") as stream:
            for reply in READERS[form](whole_lines(stream)):
                replies.update([reply["verdict"]] if reply["verdict"] else [])
                codes[str(reply["code"])] += 1
                kinds.update(("finding", name) for name in reply["findings"])
                kinds.update([("cause", reply["cause"])] if reply["cause"] else [])
        self.replies += replies
        self.codes += codes
        self.kinds += kinds
        self.captures["with SMTP"] += bool(replies)
        for kind in kinds:
            self.where[kind].append(number)

    def place(self, kind):
        """" in mx1/a.pcap, mx2/b.pcap and 3 more", without what all paths begin with."""
        folder = os.path.commonpath([os.path.dirname(name) for name in self.names.values()])
        names = [quoted(os.path.relpath(self.names[number], folder))
                 for number in self.where[kind][:NAMES_MAX]]
        more = len(self.where[kind]) - len(names)
        return " in " + ", ".join(names) + (f" and {more} more" if more else "")

    def lines(self):
        over = f", {len(self.passed_over)} passed over" if self.passed_over else ""
        yield (f"captures: {self.captures['read']} read, {self.captures['failed']} failed{over}, "
               f"{self.captures['with SMTP']} with SMTP")
        parts = [f"{self.replies[name]} {name}" for name in VERDICTS if self.replies[name]]
        yield f"replies: {sum(self.replies.values())}" + (f" ({', '.join(parts)})" if parts else "")
        yield f"211: {self.codes['211']}"
        yield f"235: {self.codes['235']}"
        yield f"AUTH refused: {self.kinds['finding', 'auth_refused']}"
        for what in ("finding", "cause"):
            for kind, count in sorted(self.kinds.items()):
                if kind[0] == what:
                    yield f"{what} {kind[1]}: {count}{self.place(kind)}"
        for line in self.passed_over:
            yield f"passed over: {line}"
        for line in self.failures:
            yield f"failed: {line}"


def main():
    form, how = sys.argv[1:]
    numbers = sorted(os.listdir("captures"))
    summary = Summary(numbers, how == "found")
    for number in numbers:
        summary.add(number, form)
    print("\n".join(summary.lines()))
    return 1 if summary.failures else 0


if __name__ == "__main__":
    endings.run("annotate-many", main)
