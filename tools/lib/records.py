# SPDX-License-Identifier: GPL-2.0-or-later
"""Replies as records of the same keys, for programs: a table, or lines of JSON."""

import json
from collections import Counter
from datetime import datetime, timezone

from names import printable
from replies import findings, verdict


def number(kind):
    """A conversion that leaves None alone."""
    return lambda value: None if value is None else kind(value)


def utc(seconds):
    """None for what no calendar has."""
    try:
        return datetime.fromtimestamp(seconds, timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    except (ValueError, OverflowError, OSError):
        return None


def flag(value):
    """Wireshark 4.0 writes 1, later versions True."""
    return None if value is None else value in ("1", "True")


# key -> its value, from the frame and the reply
RECORD = {
    "frame": lambda frame, reply: int(frame["number"]),
    "time": lambda frame, reply: utc(frame["time"]),
    "src": lambda frame, reply: frame.get("src"),
    "sport": lambda frame, reply: number(int)(frame.get("srcport")),
    "dst": lambda frame, reply: frame.get("dst"),
    "dport": lambda frame, reply: number(int)(frame.get("dstport")),
    "code": lambda frame, reply: number(int)(reply.get("code")),
    "enhanced": lambda frame, reply: reply.get("enhanced"),
    "command": lambda frame, reply: reply.get("command"),
    "mechanism": lambda frame, reply: reply.get("mechanism"),
    "verdict": lambda frame, reply: verdict(reply),
    "request_in": lambda frame, reply: number(int)(reply.get("request_in")),
    "response_time": lambda frame, reply: number(float)(reply.get("time")),
    "encrypted": lambda frame, reply: flag(reply.get("encrypted")),
    "findings": lambda frame, reply: findings(reply),
    "cause": lambda frame, reply: reply.get("cause"),
    "cause_from": lambda frame, reply: reply.get("cause_from"),
    "text": lambda frame, reply: reply.get("text"),
}


class Records:
    """Prints a line for each reply, and for what else has a finding: that has no code."""

    partly = "the result holds what could be read of it"

    def __init__(self):
        self.counts = Counter()

    def show(self, frame, reply):
        record = {key: value(frame, reply) for key, value in RECORD.items()}
        self.counts[record["verdict"]] += 1
        print(self.line(record))

    def summary(self):
        """None: every line is a record."""


class JsonLines(Records):
    """What is not known is null."""

    @staticmethod
    def line(record):
        return json.dumps(record)


def cell(value):
    """The text of a value in a table; what is not known is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ",".join(value)
    if isinstance(value, float):
        return f"{value:.9f}"
    return printable(str(value))


class Table(Records):
    """Tab-separated, with a headline."""

    def __init__(self):
        super().__init__()
        print("\t".join(RECORD))

    @staticmethod
    def line(record):
        return "\t".join(map(cell, record.values()))
