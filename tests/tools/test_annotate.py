# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/annotate: the block that it prints for each reply."""
import re
import subprocess
from pathlib import Path

import pytest
from leaks import leaks
from pcap import PCAPS

ANNOTATE = Path(__file__).parents[2] / "tools" / "annotate"


def blocks(name):
    """{frame: the lines of its replies' blocks}"""
    said = subprocess.check_output([ANNOTATE, PCAPS / f"{name}.pcap"], text=True)
    found = {}
    for block in re.findall(r"^frame .*\n(?: .*\n)+", said, re.MULTILINE):
        first, *lines = block.splitlines()
        found.setdefault(int(first.split()[1]), []).extend(line.strip() for line in lines)
    return found


def test_refusal():
    assert blocks("auth-refused-535-multiline")[8][:3] == [
        "535: refused, answers AUTH PLAIN (frame 7, 10 ms later)",
        'Server: "Username and Password not accepted. Learn more at / '
        'https://support.example.test/"',
        "Cause: bad credentials, told by the server's words.",
    ]


def test_refusal_says_what_to_do_and_names_other_findings():
    said = blocks("auth-refused-three-times-then-success")
    assert [line for line in said[12] if line.startswith("For the user: ")]
    assert not [line for line in said[10] if line.startswith("2 logins refused")]
    assert [line for line in said[12] if line.startswith("3 logins refused")]
    assert not [line for line in said[12] if "instead of 235" in line]


def test_other_replies_quote_the_server_and_have_no_cause():
    said = blocks("211-help")[8]
    assert said[1] == 'Server: "DATA HELO EHLO MAIL NOOP QUIT RCPT RSET SAML TURN VRFY"'
    assert len(said) == 3 and not said[2].startswith("Cause")


def test_reply_without_words_has_no_quotation():
    quoting = {frame for frame, lines in blocks("bare-codes").items()
               if [line for line in lines if line.startswith("Server:")]}
    assert quoting == {6, 14}


def test_error_in_a_challenge_is_decoded():
    said = blocks("auth-xoauth2-334-error-then-535")[8]
    assert said[0] == "334: expected, answers AUTH XOAUTH2 (frame 7, 10 ms later)"
    assert said[2] == 'Decoded: "{"status":"400","scope":"mail"}"'
    assert said[3].startswith("Cause: token refused, told by the session: ")


def test_what_is_no_reply_has_its_block():
    (said,) = blocks("auth-without-end")[12]
    assert said.startswith("No reply to AUTH LOGIN in frame 7: the server closed the connection")


@pytest.mark.parametrize("name", ["secret-echoed", "secret-echoed-in-pieces",
                                  "auth-secret-as-mechanism"])
def test_nothing_secret(name):
    said = "\n".join(line for lines in blocks(name).values() for line in lines)
    assert "Server: " in said
    assert not leaks(said)
