# SPDX-License-Identifier: GPL-2.0-or-later
"""Dialogues after public reports of people who debug SMTP, and small captures after faults that
were seen: captures of others, where they are present.

reports/expect.tsv has rows of case, frame (0: any), code (0: any), what is judged, and the values
that count as right.
"""
import xml.etree.ElementTree as ET
from typing import NamedTuple

import pytest
from details import EXPERT, Frame
from joined import Joined
from pcap import SHARED

pytestmark = pytest.mark.shared

REPORTS, FAULTS = SHARED / "reports", SHARED / "faults"


class Row(NamedTuple):
    case: str
    frame: int
    code: int
    what: str
    right: frozenset

    @classmethod
    def read(cls, line):
        case, frame, code, what, right = line.split("\t")
        return cls(case, int(frame), int(code), what, frozenset(right.split("|")))

    def is_about(self, frame, item):
        return self.frame in (0, frame) and self.code in (0, item.number("code"))

    def values(self, item):
        """What the item says of what is judged."""
        if self.what == "expert":
            return {name.removeprefix(EXPERT) for name in item.experts}
        return {item.one(self.what)}


def expectations():
    path = REPORTS / "expect.tsv"
    if not path.exists():
        return []
    return [Row.read(line) for line in path.read_text(encoding="utf-8").splitlines()]


ROWS = expectations()

WORDS, MAIL_WAS_REFUSED = "the server's words", "the session: MAIL in frame 7 was refused"
# What faults/README.md calls right: the refusals with their frame, cause, and what tells that.
FAULTS_DUE = {
    "greetings-that-refuse": [(4, 553, "connection", "client blocked", WORDS)],
    "refused-since-not-logged-in": [
        (8, 553, "MAIL", "login needed", WORDS),
        (8, 550, "RCPT", "wrong order", MAIL_WAS_REFUSED),
        (8, 503, "DATA", "wrong order", MAIL_WAS_REFUSED),
    ],
    "wrong-sentences": [
        (8, 502, None, "unknown command", WORDS),
        (12, 504, "RCPT", "sender refused", WORDS),
        (14, 451, "RCPT", "client blocked", WORDS),
        (16, 553, "RCPT", "login needed", WORDS),
        (22, 521, "message", "policy", WORDS),
    ],
}
# What was said of these replies, and is not so.
UNTRUE = ["spelling", "never accepts mail", "accepts no mail", "knows the command", "VRFY",
          "own side", "malformed", "no accepted recipient", "sender match"]


class Dissected:
    """Captures of one folder in one file, as they are dissected in one pass or two."""

    def __init__(self, tshark, path, names, folder, passes):
        joined = Joined(path, names, folder)
        self.items = {name: [] for name in names}
        for part in ET.fromstring(tshark.read(path, "-T", "pdml", "-J", "smtp_explain", *passes)):
            frame = Frame(part)
            number = int(part.find("proto[@name='geninfo']/field[@name='num']").get("show"))
            name = joined.name(number)
            self.items[name] += [(number - joined.first[name], item) for item in frame.items]


@pytest.fixture(scope="module", params=[(), ("-2",)], ids=["one-pass", "two-pass"])
def dissected(request, tshark, tmp_path_factory):
    """Of a folder and names: the items of each capture, with their frames."""
    folder = tmp_path_factory.mktemp("reports")
    known = {}

    def items(of, *names):
        if names not in known:
            path = folder / f"{len(known)}.pcap"
            known[names] = Dissected(tshark, path, names, of, request.param)
        return known[names].items

    return items


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row.case}-{row.frame}-{row.what}") for row in ROWS])
def test_report(dissected, row):
    cases = sorted({each.case for each in ROWS})
    items = dissected(REPORTS, *cases)[row.case]
    found = [row.values(item) for frame, item in items if row.is_about(frame, item)]
    assert [values for values in found if values & row.right], found


@pytest.mark.parametrize("name", FAULTS_DUE)
def test_fault(dissected, name):
    refused = [(frame, item) for frame, item in dissected(FAULTS, name)[name]
               if (item.number("code") or 0) >= 400]
    assert [(frame, item.number("code"), item.one("command"), item.one("cause"),
             item.one("cause_from")) for frame, item in refused] == FAULTS_DUE[name]
    for _, item in refused:
        said = " ".join([item.one("meaning"), item.one("advice"), *item.experts.values()])
        assert not [words for words in UNTRUE if words in said]


def test_a_consequence_names_what_was_refused_first(dissected):
    name = "refused-since-not-logged-in"
    for _, item in dissected(FAULTS, name)[name]:
        if item.one("cause") == "wrong order":
            assert "since MAIL in frame 7 was" in item.one("meaning")
