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

from replies import VERDICTS, printable

NOT_READ = "was not read"


def table(stream):
    for row in csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE):
        yield {**row, "findings": row["findings"].split(",") if row["findings"] else []}


READERS = {"tsv": table, "json": lambda stream: map(json.loads, stream)}


def failure(number, form):
    """What went wrong with the capture of that number, or nothing."""
    if not os.path.exists(f"results/{number}.{form}"):
        return NOT_READ
    try:
        with open(f"results/{number}.error", encoding="utf-8", errors="replace") as stream:
            lines = stream.read().splitlines()
    except FileNotFoundError:
        return NOT_READ
    # The last line says it; what it begins with is our name and that of the link.
    return lines[-1].rpartition(f"captures/{number}: ")[2] if lines else ""


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
        self.captures["failed" if problem else "read"] += 1
        if problem:
            name = os.fsencode(os.readlink(f"captures/{number}")).decode(errors="replace")
            self.failures.append(f"{printable(name)}: {problem}")
        if problem != NOT_READ:
            self.add_replies(f"results/{number}.{form}", READERS[form])

    def add_replies(self, path, reader):
        with open(path, encoding="utf-8", newline="") as stream:
            replies = Counter()
            for reply in reader(stream):
                if reply["verdict"]:
                    replies[reply["verdict"]] += 1
                self.codes[str(reply["code"])] += 1
                self.findings.update(reply["findings"])
                self.causes.update([reply["cause"]] if reply["cause"] else [])
        self.replies += replies
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
    sys.exit(main())
