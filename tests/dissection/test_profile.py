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
    "Session",
    "Outcome",
    "Info",
    "Protocol",
    "Code",
    "Answers",
    "Verdict",
    "Response time",
    "User",
]
SHOWN, HIDDEN = COLUMNS[:7], COLUMNS[7:]

# What fits beside the packet list's minimap and scroll bar in a window of 850 pixels, and what a character takes.
WINDOW, CHARACTER = 800, 7.75

# What stands before a frame's number, around it: the lines and arrows between packets that belong together.
ARROWS = 30

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
    "SMTP login refused": {"auth-refused-three-times-then-success": [8, 10, 12]},
    "SMTP refused": {"help-refused-502": [8]},
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
    "SMTP status": {"211-help": [8]},
    "SMTP after login": {
        "auth-refused-three-times-then-success": [15, 16],
        "auth-cram-md5": [11, 12],
        "auth-second-235": [9, 11, 12],
    },
}

# Buttons, and how many frames of all captures they show.
BUTTONS = {
    "All refused": 4,
    "Logins refused": 3,
    "No reply": 0,
    "Security": 1,
    "211": 2,
    "235": 5,
    "Out of place": 4,
    "No TLS": 3,
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
    assert titles == SHOWN
    rows = {
        int(packet[0].text): dict(zip(titles, (section.text or "" for section in packet)))
        for packet in root.findall("packet")
    }

    first = "auth-refused-three-times-then-success"
    refused = rows[joined.frame(first, 8)]
    assert [refused[title] for title in ("Session", "Outcome")] == ["1", "535 bad credentials"]
    assert refused["Info"].startswith("S: 535 ")
    assert rows[joined.frame(first, 7)]["Outcome"] == ""
    assert rows[joined.frame("235-unsolicited", 7)]["Outcome"] == "235 nothing was asked"


def setting(name):
    """The pairs of a list in one of the profile's files."""
    text = "".join((PROFILE / file).read_text() for file in ("preferences", "recent"))
    block = re.search(rf"^{re.escape(name)}: *\n((?:\t.*\n)+)", text, re.MULTILINE).group(1)
    return dict(re.findall(r'\t(?:"([^"]*)"|[^",]+), "?([^",]+)', block))


def widths():
    """The width of each column in pixels, by its title."""
    recent = (PROFILE / "recent").read_text()
    pixels = dict(re.findall(r"^\t(%\S+), (\d+)", recent, re.MULTILINE))
    pixels = {key.rstrip(","): int(value) for key, value in pixels.items()}
    formats = setting("gui.column.format")
    return {title: pixels[re.sub(r":[01]:R$", "", form)] for title, form in formats.items()}


def test_widths():
    """Frame numbers of seven digits, times in nanoseconds; Info begins where a small window shows it."""
    wide = widths()
    assert list(wide) == COLUMNS
    assert wide["No."] >= ARROWS + 7 * CHARACTER
    assert wide["Time"] >= len("3600.123456789") * CHARACTER
    assert wide["Outcome"] >= len("235 authenticated, no TLS") * CHARACTER
    assert WINDOW - sum(wide[title] for title in COLUMNS[:6]) >= 15 * CHARACTER


def test_hidden_columns():
    preferences = (PROFILE / "preferences").read_text()
    hidden = re.search("^gui.column.hidden: (.*)$", preferences, re.MULTILINE).group(1).split(",")
    formats = setting("gui.column.format")
    assert [formats[title] for title in HIDDEN] == hidden


def luminance(colour):
    parts = [part / 65535 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_colours_can_be_read():
    """Each rule sets both colours, so they don't depend on the theme; the contrast is WCAG's AAA."""
    for line in (PROFILE / "colorfilters").read_text().splitlines():
        if line.startswith("@"):
            colours = re.findall(r"\[(\d+),(\d+),(\d+)\]", line)
            paper, ink = (luminance([int(part) for part in colour]) for colour in colours)
            darker, lighter = sorted([paper, ink])
            assert (lighter + 0.05) / (darker + 0.05) >= 7, line


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
