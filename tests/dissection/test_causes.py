# SPDX-License-Identifier: GPL-2.0-or-later
"""Causes: docs/causes.md against the sources, and what is said around them in our captures. The
causes themselves are compared with all else that a capture shows, in test_captures.py."""
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import contract
import pytest
from details import Frame
from pcap import PCAPS

SOURCE = Path(__file__).parents[2] / "plugin" / "catalog" / "cause_explain.c"


def table_of_the_source():
    """[(word, who acts)], as plugin/catalog/cause_explain.c has them."""
    source = SOURCE.read_text(encoding="utf-8")
    names = dict(re.findall(r'^#define ([A-Z_]+) N_\("([^"]+)"\)$', source, re.MULTILINE))
    rows = re.findall(r'\.word = NC_\("cause", "([^"]+)"\).*?'
                      r'\.general\.who = (?:N_\()?(\w+|"[^"]+")\)?,', source, re.DOTALL)
    return [(word, names.get(who) or who.strip('"')) for word, who in rows]


def test_the_document_has_the_words_of_the_source_in_their_order():
    rows = [(contract.named(word), who) for word, _, who in contract.cause_rows()]
    assert rows == table_of_the_source()
    assert len(rows) > 40


def test_each_cause_is_said_in_words_of_its_own():
    meanings = [meaning for _, meaning, _ in contract.cause_rows()]
    assert len(set(meanings)) == len(meanings)


def replies(tshark, name, frame):
    """The replies in that frame."""
    pdml = ET.fromstring(tshark.read(PCAPS / f"{name}.pcap", "-T", "pdml"))
    return [item for part in pdml for item in Frame(part).replies()
            if Frame(part).number == frame]


@pytest.mark.parametrize("name, frame, read_as", [
    ("cause-gbk", 8, "[read as GBK]"),
    ("cause-latin-1", 10, "[read as Latin-1]"),
    ("cause-no-break-space", 10, None),
])
def test_an_encoding_that_had_to_be_guessed_is_said(tshark, name, frame, read_as):
    ((item,),) = [replies(tshark, name, frame)]
    (shown,) = [text for text in item.shown if text.startswith("Server's text: ")]
    assert shown.endswith(read_as) if read_as else "[read as" not in shown


def test_a_consequence_names_the_frame_of_what_was_refused(tshark):
    _, rcpt, data = replies(tshark, "cause-mail-refused", 8)
    for item in (rcpt, data):
        assert "since MAIL in frame 7 was" in item.one("meaning")
    _, _, data = replies(tshark, "pipelining-data-refused", 8)
    assert "since every RCPT was, the last in frame 8" in data.one("meaning")


def test_a_reply_too_many_did_nothing_that_was_asked(tshark):
    first, second = replies(tshark, "second-reply", 8)
    assert "answers nothing" in second.one("meaning")
    assert first.one("meaning") != second.one("meaning")
    assert not [text for text in second.shown if "did what" in text]


def test_offers_stand_only_on_the_reply_that_lists_them(tshark):
    for frame, offers in ((6, True), (8, False), (10, False)):
        for item in replies(tshark, "cause-unspecified", frame):
            assert bool(item.all("offer")) == offers
