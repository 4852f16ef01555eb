# SPDX-License-Identifier: GPL-2.0-or-later
"""How files and what strangers wrote are shown."""

import os

ESCAPES = {7: r"\a", 8: r"\b", 9: r"\t", 10: r"\n", 11: r"\v", 12: r"\f", 13: r"\r", 27: r"\E",
           39: r"\'", 92: r"\\"}


def printable(text):
    """What a server wrote may be part of it; no terminal and no file format must obey that."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "?" for c in text)


def quoted(name):
    """A file's name, str or bytes, for a message. One that a terminal might obey, or that is no
    UTF-8, is quoted so that a shell takes it back; shown() in lib.sh does the same."""
    raw = os.fsencode(name)
    try:
        text = raw.decode()
        if text.isprintable():
            return text
    except UnicodeDecodeError:
        pass
    return "$'" + "".join(ESCAPES.get(c) or (chr(c) if 32 <= c < 127 else f"\\{c:03o}")
                          for c in raw) + "'"
