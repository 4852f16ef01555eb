# SPDX-License-Identifier: GPL-2.0-or-later
"""The configuration profile: its columns, its colours, its filter buttons."""
import csv
import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from joined import Joined
from nobody import give

NAME = "SMTP Explain"
PROFILE = Path(__file__).parents[2] / "packaging" / "profile" / NAME

COLUMNS = [
    "No.",
    "Time",
    "Source",
    "Destination",
    "Protocol",
    "Code",
    "Answers",
    "Verdict",
    "Response time",
    "Info",
]

CAPTURES = [
    "auth-refused-three-times-then-success",
    "auth-cram-md5",
    "auth-second-235",
    "auth-answered-250",
    "211-help",
    "211-misplaced-after-mail",
    "235-unsolicited",
    "help-refused-502",
]

# Rules of colorfilters, and what they colour: capture and its frames.
COLOURED = {
    "SMTP out of place": {
        "auth-second-235": [10],
        "auth-answered-250": [8],
        "211-misplaced-after-mail": [8],
        "235-unsolicited": [7],
    },
    "SMTP credentials exposed": {
        "auth-refused-three-times-then-success": [14],
        "auth-second-235": [8],
    },
    "SMTP authenticated": {"auth-cram-md5": [10]},
    "SMTP login refused": {"auth-refused-three-times-then-success": [8, 10, 12]},
    "SMTP status": {"211-help": [8]},
    "SMTP refused": {"help-refused-502": [8]},
    "SMTP after login": {
        "auth-refused-three-times-then-success": [15, 16],
        "auth-cram-md5": [11, 12],
        "auth-second-235": [9, 11, 12],
    },
}

# Buttons, and how many frames of all captures they show.
BUTTONS = {
    "235": 5,
    "Refused logins": 3,
    "211": 2,
    "Out of place": 3,
    "Exposed": 3,
    "Unexpected": 4,
}


def buttons():
    """Label and filter of each button; a line of the file is a line of CSV."""
    lines = (PROFILE / "dfilter_buttons").read_text().splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    return {label: expression for shown, label, expression, _ in rows if shown == "TRUE"}


def rule_names():
    lines = (PROFILE / "colorfilters").read_text().splitlines()
    return [line.split("@")[1] for line in lines if line.startswith("@")]


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    return Joined(tmp_path_factory.mktemp("profile") / "joined.pcap", CAPTURES)


@pytest.fixture(scope="module")
def read(tshark, joined):
    """tshark with the profile on the joined captures."""
    profiles = tshark.home / ".config" / "wireshark" / "profiles"
    shutil.copytree(PROFILE, profiles / NAME, dirs_exist_ok=True)
    for path in (tshark.home / ".config").rglob("*"):
        give(path)
    return lambda *arguments: tshark.read(joined.path, "-C", NAME, *arguments)


def test_columns(read, joined):
    root = ET.fromstring(read("-T", "psml"))
    titles = [section.text for section in root.find("structure")]
    assert titles == COLUMNS
    rows = {
        int(packet[0].text): dict(zip(titles, (section.text or "" for section in packet)))
        for packet in root.findall("packet")
    }

    first = "auth-refused-three-times-then-success"
    refused = rows[joined.frame(first, 8)]
    answer = ("535", "AUTH", "refused", "0.010000000")
    assert (refused["Code"], refused["Answers"], refused["Verdict"]) == answer[:3]
    assert refused["Response time"] == answer[3]
    command = rows[joined.frame(first, 7)]
    assert [command[title] for title in COLUMNS[5:9]] == ["", "", "", ""]
    nobody_asked = rows[joined.frame("235-unsolicited", 7)]
    assert [nobody_asked[title] for title in COLUMNS[5:9]] == ["235", "", "unsolicited", ""]


def test_colours(read, joined):
    fields = ["-e", "frame.number", "-e", "frame.coloring_rule.name"]
    found = {}
    for line in read("--color", "-T", "fields", *fields).splitlines():
        number, _, rule = re.sub(r"\x1b\[[0-9;]*m", "", line).partition("\t")
        if rule:
            found.setdefault(rule, []).append(int(number))
    found.pop("TCP trouble", None)
    stated = {
        rule: [joined.frame(name, frame) for name in CAPTURES for frame in frames.get(name, [])]
        for rule, frames in COLOURED.items()
    }
    assert found.keys() <= set(rule_names())
    assert found == stated


def test_buttons(read):
    """One table with a column per filter: a filter that doesn't compile fails the run."""
    found = buttons()
    assert list(found) == list(BUTTONS)
    table = read("-q", "-z", "io,stat,0," + ",".join(found.values()))
    row = next(line for line in table.splitlines() if "<>" in line)
    frames = [int(cell.split()[0]) for cell in row.split("|")[2:-1][::2]]
    assert frames == list(BUTTONS.values()), table
