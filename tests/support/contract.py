# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads docs/fields.md, the contract: what it says about each field, value and expert item."""
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from details import EXPERT

CONTRACT = Path(__file__).resolve().parents[2] / "docs" / "fields.md"

# The first line of each kind of table.
FIELDS = ("field", "type", "value")
EXPERTS = ("filter name", "severity, group", "when")
PREFERENCES = ("preference", "default", "what it does")


@dataclass(frozen=True)
class Table:
    """A table, and the name between backticks in the heading above it, if there is one."""

    about: str
    columns: tuple
    rows: tuple


def cells(line):
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def named(cell):
    """The name between backticks that is all of this cell."""
    found = re.fullmatch("`([^`]+)`", cell)
    assert found, f"docs/fields.md: {cell!r} should be a name between backticks"
    return found.group(1)


@lru_cache(maxsize=None)
def tables():
    about, block, found = None, [], []
    for line in [*CONTRACT.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            block.append(cells(line))
        elif block:
            columns, _, *rows = block
            assert all(len(row) == len(columns) for row in rows), f"docs/fields.md: {columns}"
            found.append(Table(about, columns, tuple(rows)))
            block = []
        if line.startswith("#"):
            name = re.search("`([^`]+)`", line)
            about = name.group(1) if name else None
    return found


def rows(columns):
    """The rows of all tables with these columns."""
    return [row for table in tables() if table.columns == columns for row in table.rows]


def unique(pairs):
    """A dict; no key comes twice."""
    pairs = list(pairs)
    found = dict(pairs)
    assert len(found) == len(pairs), f"docs/fields.md: a name comes twice: {pairs}"
    return found


def fields():
    """{field: its type as it is written}"""
    return unique((named(name), kind) for name, kind, _ in rows(FIELDS))


def values():
    """{field: {value: its name}}"""
    return {
        table.about: unique((int(row[0]), row[1]) for row in table.rows)
        for table in tables()
        if table.columns[:2] == ("value", "name")
    }


def experts():
    """{finding, without smtp_explain.expert.: (severity, group)}"""
    return unique(
        (named(name).removeprefix(EXPERT), tuple(kind.split(", ")))
        for name, kind, _ in rows(EXPERTS)
    )


def preferences():
    """{preference: its default as it is written}"""
    return unique((named(name), default) for name, default, _ in rows(PREFERENCES))
