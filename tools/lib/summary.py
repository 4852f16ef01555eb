# SPDX-License-Identifier: GPL-2.0-or-later
"""summary.py FORMAT: sums up the results of annotate-many in the current folder.

captures/N are links to the captures, results/N.FORMAT what was read of each, and results/N.error
what went wrong with it, nothing in most. Ends with status 1 if something did. Started by
tools/annotate-many.
"""

import csv
import json
import os
import sys
from collections import Counter

import endings
from names import printable, quoted

VERDICTS = ("unknown", "expected", "refused", "unusual", "unexpected", "unsolicited")
NOT_READ = "was not read"
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
    """Counts over all captures."""

    def __init__(self):
        self.captures = Counter()
        self.replies = Counter()
        self.codes = Counter()
        self.findings = Counter()
        self.causes = Counter()
        self.failures = []

    def add(self, number, form):
        problem = failure(number, form)
        if problem != NOT_READ:
            try:
                self.add_replies(f"results/{number}.{form}", READERS[form])
            except FileNotFoundError:
                pass  # the problem is why there is none
            except (ValueError, KeyError, TypeError, AttributeError):
                problem = problem or NO_RESULT
        self.captures["failed" if problem else "read"] += 1
        if problem:
            self.failures.append(f"{quoted(os.readlink(f'captures/{number}'))}: {problem}")

    def add_replies(self, path, reader):
        """All of them or none."""
        replies, codes, findings, causes = (Counter() for _ in range(4))
        with open(path, encoding="utf-8", newline="") as stream:
            for reply in reader(whole_lines(stream)):
                replies.update([reply["verdict"]] if reply["verdict"] else [])
                codes[str(reply["code"])] += 1
                findings.update(reply["findings"])
                causes.update([reply["cause"]] if reply["cause"] else [])
        self.replies += replies
        self.codes += codes
        self.findings += findings
        self.causes += causes
        self.captures["with SMTP"] += bool(replies)

    def lines(self):
        yield (f"captures: {self.captures['read']} read, {self.captures['failed']} failed, "
               f"{self.captures['with SMTP']} with SMTP")
        parts = [f"{self.replies[name]} {name}" for name in VERDICTS if self.replies[name]]
        yield f"replies: {sum(self.replies.values())}" + (f" ({', '.join(parts)})" if parts else "")
        yield f"211: {self.codes['211']}"
        yield f"235: {self.codes['235']}"
        yield f"AUTH refused: {self.findings['auth_refused']}"
        for name, count in sorted(self.findings.items()):
            yield f"finding {name}: {count}"
        for name, count in sorted(self.causes.items()):
            yield f"cause {name}: {count}"
        for line in self.failures:
            yield f"failed: {line}"


def main():
    summary = Summary()
    for number in sorted(os.listdir("captures")):
        summary.add(number, sys.argv[1])
    print("\n".join(summary.lines()))
    return 1 if summary.failures else 0


if __name__ == "__main__":
    endings.run("annotate-many", main)
