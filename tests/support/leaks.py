# SPDX-License-Identifier: GPL-2.0-or-later
"""The secrets in our own captures, found in a text."""
import make

# The password that recorded-aiosmtpd-535 tries in vain, and its SASL forms.
WRONG_PASSWORD = ["open-barley-8", "AHRlc3RlcgBvcGVuLWJhcmxleS04", "b3Blbi1iYXJsZXktOA=="]


def pieces(secret):
    """The secret's parts of eight characters: a part of a secret is one, too."""
    return {secret[at : at + 8] for at in range(max(1, len(secret) - 7))}


ALL_PIECES = set().union(*(pieces(secret) for secret in make.SECRETS + WRONG_PASSWORD))


def leaks(text):
    return sorted(piece for piece in ALL_PIECES if piece.lower() in text.lower())
