# SPDX-License-Identifier: GPL-2.0-or-later
"""A language that nobody speaks: each message stands in brackets of its own, ⟦like this⟧, so that what has
none was not translated. It takes the place of zh_CN."""
import re
import shutil
from pathlib import Path

import po

TEMPLATE = Path(__file__).resolve().parents[2] / "po" / "smtp-explain.pot"
NAME = Path("zh_CN") / "LC_MESSAGES" / "smtp-explain.mo"
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=n != 1;\n"
BRACKETED = re.compile("⟦[^⟦⟧]*⟧")


def bracket(text):
    """Blanks before it stay before it."""
    words = text.lstrip(" ")
    return f"{text[:len(text) - len(words)]}⟦{words}⟧"


def write(path):
    """Writes the file of translations."""
    header, *messages = po.read(TEMPLATE)
    header.forms = [HEADER]
    for message in messages:
        texts = [message.original] if message.plural is None else [message.original, message.plural]
        message.forms = [bracket(text) for text in texts]
    po.write_mo(path, [header, *messages])


def plugins(built, folder):
    """A copy of the plugins that speaks it."""
    shutil.copytree(built, folder)
    for beside in folder.glob("*/epan"):
        write(beside / "locale" / NAME)
    return folder


def left_over(text):
    """What stands in no brackets."""
    while BRACKETED.search(text):
        text = BRACKETED.sub("", text)
    return text


def plain(text):
    """The same text without brackets."""
    return text.translate({ord(bracket): None for bracket in "⟦⟧"})
