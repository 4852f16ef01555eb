# SPDX-License-Identifier: GPL-2.0-or-later
"""The documents: links that lead somewhere, filters that Wireshark takes, an example and tables of
files that are true."""
import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
README = ROOT / "README.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
DOCUMENTS = [README, ROOT / "README.zh-CN.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
README_LINES_MAX = 120
CAPTURE = ROOT / "tests" / "pcaps" / "211-help.pcap"
CUT = "[...]"

each_document = pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)


def lines(path):
    return path.read_text(encoding="utf-8").splitlines()


def anchors(path):
    """What a link to a heading of this document ends with."""
    headings = (line.lstrip("# ").lower() for line in lines(path) if line.startswith("#"))
    return {re.sub(r"[^\w -]", "", heading).replace(" ", "-") for heading in headings}


def links(path):
    found = re.findall(r"\]\(([^)]+)\)", path.read_text(encoding="utf-8"))
    return [link for link in found if "://" not in link]


def test_readme_is_short():
    assert len(lines(README)) <= README_LINES_MAX


@each_document
def test_links_lead_somewhere(path):
    for link in links(path):
        name, _, anchor = link.partition("#")
        target = path.parent / name if name else path
        assert target.exists(), link
        assert not anchor or anchor in anchors(target), link


@pytest.mark.parametrize("room", ["core", "catalog", "pages", "shell", "cli"])
def test_each_file_is_described(room):
    """A row for each file of a room, or for the two that make a module; and no row for another."""
    text = ARCHITECTURE.read_text(encoding="utf-8").split(f"### plugin/{room}\n")[1]
    rows = re.findall(r"^\| ([a-z_.]+) \|", text.split("\n#")[0], re.MULTILINE)
    files = {path.name for path in (ROOT / "plugin" / room).glob("*.[ch]")}
    alone = {name for name in files if name.endswith(".h") and name[:-1] + "c" not in files}
    assert sorted(set(rows) - {"file"}) == sorted(
        alone | {name.removesuffix(".c") for name in files if name.endswith(".c")})


def filters(path):
    """The cells of the columns with that headline."""
    column = None
    for line in lines(path):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|"):
            column = None
        elif "display filter" in cells:
            column = cells.index("display filter")
        elif column is not None and not set(line) <= set("|-: "):
            yield cells[column].strip("`")


def test_wireshark_takes_the_filters(tshark):
    found = [display for path in DOCUMENTS for display in filters(path)]
    assert len(found) >= 10
    together = " or ".join(f"({display})" for display in found)
    assert tshark.read(CAPTURE, "-Y", together)


def test_example_is_true():
    """Every line of it, in its order; what is left out is marked."""
    readme = README.read_text(encoding="utf-8")
    command, example = re.search(r"```\n\$ ([^\n]+)\n(.*?)```", readme, re.DOTALL).groups()
    environment = {**os.environ, "TZ": "UTC"}
    said = subprocess.check_output(command.split(), cwd=ROOT, env=environment, text=True)
    at = 0
    for part in example.split(CUT + "\n"):
        assert part in said[at:]
        at = said.index(part, at) + len(part)
