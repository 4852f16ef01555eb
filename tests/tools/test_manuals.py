# SPDX-License-Identifier: GPL-2.0-or-later
"""Manual pages in other languages: do they say as much as the English ones, in 80 columns?"""
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "packaging" / "command"
TRANSLATED = sorted(FOLDER.glob("*/*.1"))
WIDTH = 80

each_page = pytest.mark.parametrize("page", TRANSLATED, ids=lambda page: f"{page.parent.name}/{page.name}")


def source(page):
    """It, and the English page."""
    return page.read_text(encoding="utf-8"), (FOLDER / page.name).read_text(encoding="utf-8")


def plain(text):
    """Without fonts."""
    return re.sub(r"\\f[BIR]", "", text)


def columns(line):
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)


def test_there_are_pages():
    assert {page.name for page in TRANSLATED} == {page.name for page in FOLDER.glob("*.1")}


@each_page
def test_it_has_the_same_options_in_the_same_order(page):
    options, due = (re.findall(r"\\-(?:\\-)?[a-zA-Z](?:[a-z]|\\-)*", plain(text)) for text in source(page))
    assert options == due


@each_page
def test_it_has_the_same_sections_and_items(page):
    for macro in (".SH", ".TP", ".PP", ".nf", ".fi"):
        found, due = (re.findall(rf"^{re.escape(macro)}\b", text, re.MULTILINE) for text in source(page))
        assert len(found) == len(due), macro


@each_page
@pytest.mark.parametrize("pattern", [r"\.nf\n(.*?)\.fi", r"^\.TH \S+ 1 \S+ \S+", "SSLKEYLOGFILE|NO_COLOR"],
                         ids=["examples", "title", "variables"])
def test_what_is_typed_and_the_date_are_the_same(page, pattern):
    found, due = (re.findall(pattern, text, re.MULTILINE | re.DOTALL) for text in source(page))
    assert found == due


@each_page
def test_no_line_is_wider_than_a_terminal(page, tmp_path):
    if not shutil.which("man") or not shutil.which("preconv"):
        pytest.skip("man or groff is not installed")
    path = tmp_path / page.parent.name / "man1" / page.name
    path.parent.mkdir(parents=True)
    shutil.copyfile(page, path)
    done = subprocess.run(["man", "--warnings", f"--locale={page.parent.name}.UTF-8", "--local-file", path],
                          env={**os.environ, "LC_ALL": "C.UTF-8", "MANWIDTH": str(WIDTH)},
                          capture_output=True, text=True, check=True)
    lines = done.stdout.splitlines()
    assert not done.stderr and len(lines) > 30
    assert not [line for line in lines if columns(line) > WIDTH]
    assert not [line for line in lines if re.search(r"[，。：；、] \S", line)]
