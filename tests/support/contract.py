# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads docs/fields.md, the contract: what it says about each field, value and expert item; and the
words of docs/causes.md."""
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from details import EXPERT

DOCS = Path(__file__).resolve().parents[2] / "docs"
CONTRACT, WORDS = DOCS / "fields.md", DOCS / "causes.md"

# The first line of each kind of table.
FIELDS = ("field", "type", "value")
EXPERTS = ("filter name", "severity, group", "when")
PREFERENCES = ("preference", "default", "what it does")
CAUSES = ("cause", "the server refuses because", "who acts")


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
    assert found, f"docs: {cell!r} should be a name between backticks"
    return found.group(1)


@lru_cache(maxsize=None)
def tables(document=CONTRACT):
    about, block, found = None, [], []
    for line in [*document.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("|"):
            block.append(cells(line))
        elif block:
            columns, _, *rows = block
            assert all(len(row) == len(columns) for row in rows), f"{document.name}: {columns}"
            found.append(Table(about, columns, tuple(rows)))
            block = []
        if line.startswith("#"):
            name = re.search("`([^`]+)`", line)
            about = name.group(1) if name else None
    return found


def rows(columns, document=CONTRACT):
    """The rows of all tables with these columns."""
    return [row for table in tables(document) if table.columns == columns for row in table.rows]


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


def cause_rows():
    """(cause, between backticks; what it means; who acts), in their order"""
    return rows(CAUSES, WORDS)


def causes():
    """The words that smtp_explain.cause can have."""
    return {named(word) for word, _, _ in cause_rows()}
