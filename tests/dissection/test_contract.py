# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/fields.md, the contract, against what the plugin registers with Wireshark.

A severity is registered where no report of tshark's shows it, so it is compared where the finding
shows up (test_captures.py); here it is only made sure that each shows up somewhere.
"""
import contract
import pytest
from details import EXPERT, PREFIX, VERDICTS
from stated import EXPECTED, expected

PROTOCOL = "smtp_explain"

# What a type is called in the contract, and by Wireshark. A protocol is none of its fields.
TYPES = {
    "uint8": "FT_UINT8",
    "uint8, value string": "FT_UINT8",
    "uint16": "FT_UINT16",
    "uint32": "FT_UINT32",
    "string": "FT_STRING",
    "boolean": "FT_BOOLEAN",
    "frame number": "FT_FRAMENUM",
    "frame number (request)": "FT_FRAMENUM",
    "frame number (response)": "FT_FRAMENUM",
    "relative time": "FT_RELATIVE_TIME",
}
SEVERITIES = {"Chat", "Note", "Warning", "Error"}
GROUPS = {"Response", "Sequence", "Protocol", "Security", "Decryption"}


@pytest.fixture(scope="module")
def registered(tshark):
    """{field: its type}, of the plugin's fields and expert items"""
    report = (line.split("\t") for line in tshark.call("-G", "fields").splitlines())
    return {row[2]: row[3] for row in report if row[0] == "F" and row[2].startswith(PREFIX)}


def test_fields_and_types(registered):
    promised = contract.fields()
    assert promised.pop(PROTOCOL) == "protocol"
    fields = {name: kind for name, kind in registered.items() if EXPERT not in name}
    assert {name: TYPES[kind] for name, kind in promised.items()} == fields


def test_the_protocol(tshark):
    protocols = [line.split("\t") for line in tshark.call("-G", "protocols").splitlines()]
    assert [row[0] for row in protocols if row[2] == PROTOCOL] == ["SMTP Explain"]


def test_value_strings(tshark):
    found = {}
    report = (line.split("\t") for line in tshark.call("-G", "values").splitlines())
    for row in report:
        if row[0] == "V" and row[1].startswith(PREFIX):
            found.setdefault(row[1], {})[int(row[2], 0)] = row[3]
    assert contract.values() == found
    promised = contract.fields()
    assert {name for name in promised if "value string" in promised[name]} == set(found)


def test_verdicts_of_the_tests():
    assert list(contract.values()["smtp_explain.verdict"].items()) == list(enumerate(VERDICTS))


def test_experts(registered):
    found = {name for name in registered if name.startswith(EXPERT)}
    assert {EXPERT + name for name in contract.experts()} == found


@pytest.mark.parametrize("name", contract.experts())
def test_severity_and_group_are_wiresharks(name):
    severity, group = contract.experts()[name]
    assert severity in SEVERITIES
    assert group in GROUPS


def test_every_expert_shows_up_in_a_capture():
    seen = set()
    for path in EXPECTED.glob("*.json"):
        for reply in expected(path.stem)["replies"]:
            seen.update(name.removeprefix(EXPERT) for name in reply["experts"])
        seen.update(event["expert"] for event in expected(path.stem)["events"])
    assert seen == set(contract.experts())


def test_preferences(tshark):
    lines = tshark.call("-G", "defaultprefs").splitlines()
    found = dict(line.lstrip("#").split(": ") for line in lines if PREFIX in line)
    assert contract.preferences() == found
