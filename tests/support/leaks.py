# SPDX-License-Identifier: GPL-2.0-or-later
"""The secrets in our own captures, found in a text."""
import base64
import html
import re
from urllib.parse import unquote

import make

# The password that recorded-aiosmtpd-535 tries in vain, and its SASL forms.
WRONG_PASSWORD = ["open-barley-8", "AHRlc3RlcgBvcGVuLWJhcmxleS04", "b3Blbi1iYXJsZXktOA=="]


def pieces(secret):
    """The secret's parts of eight characters: a part of a secret is one, too."""
    return {secret[at : at + 8] for at in range(max(1, len(secret) - 7))}


ALL_PIECES = set().union(*(pieces(secret) for secret in make.SECRETS + WRONG_PASSWORD))


def readings(text):
    """The text, and what somebody else reads in it: HTML, URLs, backslashes, base64, joined lines."""
    yield text
    yield text.replace(" / ", "")
    yield html.unescape(text)
    yield unquote(text)
    yield re.sub(r"\\\\(?:u00|x)([0-9a-f]{2})", lambda found: chr(int(found[1], 16)), text)
    yield text.replace("\\", "")
    for run in re.findall(r"[A-Za-z0-9+/_-]{8,}", text):
        for start in range(4):
            part = run[start:].translate(str.maketrans("-_", "+/"))
            yield base64.b64decode(part[: len(part) // 4 * 4]).decode("latin-1")


def leaks(text):
    found = set()
    for reading in readings(text):
        lower = reading.lower()
        found |= {piece for piece in ALL_PIECES if piece.lower() in lower}
    return sorted(found)
