# SPDX-License-Identifier: GPL-2.0-or-later
"""docs/causes.md against the table of causes in the sources."""
import re
from pathlib import Path

import contract

SOURCE = Path(__file__).parents[2] / "plugin" / "catalog" / "cause.c"


def table_of_the_source():
    """[(word, who acts)], as plugin/catalog/cause.c has them."""
    source = SOURCE.read_text(encoding="utf-8")
    names = dict(re.findall(r'^#define ([A-Z_]+) "([^"]+)"$', source, re.MULTILINE))
    rows = re.findall(r'\.word = "([^"]+)".*?\.general\.who = (\w+|"[^"]+"),', source, re.DOTALL)
    return [(word, names.get(who) or who.strip('"')) for word, who in rows]


def test_the_document_has_the_words_of_the_source_in_their_order():
    rows = [(contract.named(word), who) for word, _, who in contract.cause_rows()]
    assert rows == table_of_the_source()
    assert len(rows) > 40


def test_each_cause_is_said_in_words_of_its_own():
    meanings = [meaning for _, meaning, _ in contract.cause_rows()]
    assert len(set(meanings)) == len(meanings)
