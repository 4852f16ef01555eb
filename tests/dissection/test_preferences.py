# SPDX-License-Identifier: GPL-2.0-or-later
"""The two preferences: marks in the Info column, and which replies are explained."""
import pytest
from pcap import PCAPS

ONLY = ("-o", "smtp_explain.explain_all:FALSE")
UNMARKED = ("-o", "smtp_explain.mark_info:FALSE")


def codes(tshark, name, *options):
    """The frames that have an explained reply, and its code."""
    out = tshark.read(
        PCAPS / f"{name}.pcap", *options, "-Y", "smtp_explain.code", "-T", "fields",
        "-e", "frame.number", "-e", "smtp_explain.code",
    )
    return out.split("\n")[:-1]


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-pass"])
@pytest.mark.parametrize(
    "name, explained",
    [
        ("auth-refused-three-times-then-success",
         ["8\t535", "10\t535", "12\t535", "14\t235"]),
        ("help-refused-502", ["8\t502"]),
        ("211-help", ["8\t211"]),
    ],
)
def test_only_what_the_plugin_is_about(tshark, name, explained, passes):
    assert codes(tshark, name, *ONLY, *passes) == explained
    assert len(codes(tshark, name, *passes)) > len(explained)


def test_marks_can_be_turned_off(tshark):
    capture = PCAPS / "auth-plain-initial.pcap"
    assert "[235 authenticated, no TLS] S: 235" in tshark.read(capture)
    assert "[235" not in tshark.read(capture, *UNMARKED)
