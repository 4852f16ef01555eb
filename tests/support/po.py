# SPDX-License-Identifier: GPL-2.0-or-later
"""Reads files of translations (.po, .pot), and writes those that programs read (.mo)."""
import ast
import re
import struct
from dataclasses import dataclass, field

KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr)(?:\[\d+\])? (".*")')


@dataclass
class Message:
    """One text; a plural has several forms."""

    context: str = None
    original: str = None
    plural: str = None
    forms: list = field(default_factory=list)
    files: list = field(default_factory=list)
    flags: set = field(default_factory=set)
    note: str = ""  # to translators

    @property
    def key(self):
        return self.context, self.original

    @property
    def is_translated(self):
        return bool(self.forms) and all(self.forms)


class _Reader:
    def __init__(self):
        self.messages, self.message, self.add = [], Message(), None

    def take_comment(self, line):
        if self.message.forms:
            self.finish()
        if line.startswith("#:"):
            self.message.files += line[2:].split()
        elif line.startswith("#,"):
            self.message.flags.update(flag.strip() for flag in line[2:].split(","))
        elif line.startswith("#."):
            self.message.note += line[2:]

    def take_text(self, keyword, text):
        if keyword in ("msgctxt", "msgid") and self.message.forms:
            self.finish()
        if keyword == "msgstr":
            self.message.forms.append(text)
        else:
            name = {"msgctxt": "context", "msgid": "original", "msgid_plural": "plural"}[keyword]
            setattr(self.message, name, text)
        self.add = keyword

    def go_on(self, text):
        message = self.message
        if self.add == "msgstr":
            message.forms[-1] += text
        elif self.add == "msgctxt":
            message.context += text
        elif self.add == "msgid":
            message.original += text
        else:
            message.plural += text

    def finish(self):
        if self.message.original is not None:
            self.messages.append(self.message)
        self.message, self.add = Message(), None


def read(path):
    """Its messages, in their order; the first is the header. What is obsolete is left out."""
    reader = _Reader()
    for line in path.read_text(encoding="utf-8").splitlines():
        found = KEYWORD.fullmatch(line)
        if line.startswith("#"):
            reader.take_comment(line)
        elif found:
            reader.take_text(found[1], ast.literal_eval(found[2]))
        elif line.startswith('"'):
            reader.go_on(ast.literal_eval(line))
    reader.finish()
    return reader.messages


def _entry(message):
    original = message.original if message.plural is None else (
        message.original + "\0" + message.plural)
    if message.context is not None:
        original = message.context + "\4" + original
    return original.encode(), "\0".join(message.forms).encode()


def write_mo(path, messages):
    """Writes those that are translated."""
    entries = sorted(_entry(message) for message in messages if message.is_translated)
    count, texts, tables = len(entries), b"", ([], [])
    for half in (0, 1):
        for entry in entries:
            tables[half].append((len(entry[half]), 28 + 16 * count + len(texts)))
            texts += entry[half] + b"\0"
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    rows = b"".join(struct.pack("<2I", *row) for table in tables for row in table)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(head + rows + texts)
