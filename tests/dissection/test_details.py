# SPDX-License-Identifier: GPL-2.0-or-later
"""How the packet details are laid out, and what a user finds at a glance among 300 sessions."""
import xml.etree.ElementTree as ET

import many
import pytest
from pcap import PCAPS

THREE_TIMES = PCAPS / "auth-refused-three-times-then-success.pcap"
PREFIX = "smtp_explain."


def items(tshark, capture, frame, *arguments):
    """The plugin's items in a frame, as PDML."""
    text = tshark.read(capture, "-2", "-Y", f"frame.number == {frame}", "-T", "pdml", *arguments)
    return ET.fromstring(text).findall(".//proto[@name='smtp_explain']")


def parts(item):
    """{name of a part of the item, or its label if it is no field: names of the fields in it}"""
    return {
        (part.get("name") or part.get("show")).removeprefix(PREFIX): {
            field.get("name").removeprefix(PREFIX) for field in part if field.get("name")
        }
        for part in item
    }


def test_what_is_in_which_part(tshark):
    (refused,) = items(tshark, THREE_TIMES, 8)
    found = parts(refused)
    assert refused.get("showname") == (
        "SMTP Explain: 535 Login refused: bad credentials, answers AUTH PLAIN (refused)")
    assert {"meaning", "advice", "reference"} <= found["Explanation"]
    assert found["Not to be confused with"] == {"contrast"}
    assert {"code", "command", "verdict", "category", "topic", "lines", "encrypted"} <= found["Facts"]
    order = list(found)
    first = ["_ws.expert", "text", "enhanced", "cause", "cause_from", "request_in", "time"]
    assert order[:len(first)] == first
    assert order.index("Explanation") < order.index("Not to be confused with") < order.index("Facts")


def test_offers_are_facts(tshark):
    (greeted,) = items(tshark, THREE_TIMES, 6)
    assert "offer" in parts(greeted)["Facts"]


@pytest.mark.parametrize("name, frame, said", [
    ("auth-refused-three-times-then-success", 7, "AUTH PLAIN, refused with 535 in frame 8"),
    ("auth-refused-three-times-then-success", 13, "AUTH PLAIN, answered with 235 in frame 14"),
    ("211-misplaced-after-mail", 7, "MAIL, answered with 211 (unexpected) in frame 8"),
])
def test_a_command_says_how_it_was_answered(tshark, name, frame, said):
    (command,) = items(tshark, PCAPS / f"{name}.pcap", frame)
    assert command.get("showname") == f"SMTP Explain: {said}"


def marks(tshark, capture, display_filter):
    fields = [word for name in ("frame.number", "smtp_explain.mark") for word in ("-e", name)]
    out = tshark.read(capture, "-Y", display_filter, "-T", "fields", *fields)
    return dict(line.split("\t") for line in out.splitlines())


def test_the_worst_of_several_replies_speaks(tshark):
    capture = PCAPS / "pipelining-data-refused.pcap"
    replies = tshark.read(capture, "-Y", "smtp_explain.cause", "-T", "fields",
                          "-e", "frame.number", "-e", "smtp_explain.code")
    codes = dict(line.split("\t") for line in replies.splitlines())
    several = {frame: listed.split(",") for frame, listed in codes.items() if "," in listed}
    found = marks(tshark, capture, "smtp_explain.mark")
    assert several
    for frame, listed in several.items():
        worst, _, others = found[frame].rpartition(" +")
        assert int(worst.split()[0]) >= 400
        assert int(others) == len(listed) - 1


def test_five_among_300(tshark, tmp_path):
    """What the button All refused leaves says which sessions failed, and why."""
    capture = many.write(tmp_path / "five-of-300.pcap", many.FIVE_OF_300)
    fields = ["-T", "fields", "-e", "smtp_explain.session", "-e", "smtp_explain.mark"]
    rows = tshark.read(capture, "-Y", "smtp_explain.cause", *fields).splitlines()
    assert [tuple(row.split("\t")) for row in rows] == [
        ("60", "535 bad credentials"),
        ("121", "535 bad credentials"),
        ("121", "535 bad credentials"),
        ("121", "535 bad credentials, no. 3"),
        ("172", "454 server trouble"),
        ("213", "530 login needed"),
        ("254", "553 sender not owned"),
    ]
