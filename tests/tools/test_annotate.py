# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/annotate: the report, and the block that --all prints for each reply."""
import os
import re

import pytest
from calls import call
from leaks import leaks
from pcap import PCAPS

UTC = {**os.environ, "TZ": "UTC"}
THREE = PCAPS / "auth-refused-three-times-then-success.pcap"


def blocks(name, *options):
    """{frame: the text of its blocks}"""
    said, _ = call("annotate", "--all", *options, PCAPS / f"{name}.pcap")
    found = {}
    for block in said.split("\n\n"):
        if block.startswith("frame "):
            number = int(re.match(r"frame (\d+),", block)[1])
            found[number] = found.get(number, "") + " ".join(block.split()) + "\n"
    return found


def test_report():
    said, complaint = call("annotate", THREE, env=UTC)
    assert said.startswith("auth-refused-three-times-then-success.pcap: 1 session, it had problems")
    assert "1  Login refused: bad credentials" in said and "frames 8, 10, 12 " in said
    assert complaint == "" and "tester" not in said


def test_report_of_standard_input():
    with THREE.open("rb") as stream:
        said, _ = call("annotate", "-", stdin=stream)
    assert said.startswith("standard input: 1 session, it had problems")


def test_users_are_named_if_asked_for():
    assert "AUTH PLAIN as tester, " in call("annotate", "--users", THREE)[0]


def test_one_session():
    assert len(call("annotate", "--session", "1", THREE)[0].split("\n\n")) > 6
    assert call("annotate", "--session", "2", THREE) == ("", "")


def test_keys_are_handed_on(tmp_path):
    """As root, tshark isn't."""
    (tmp_path / "keys").write_text("# none\n")
    os.chmod(tmp_path / "keys", 0o600)
    call("annotate", "--keys", tmp_path / "keys", THREE)
    _, complaint = call("annotate", "--keys", tmp_path / "none", THREE, status=2)
    assert complaint == f"smtp-explain: --keys: {tmp_path}/none: there is no such file\n"


def test_refusal():
    said = blocks("auth-refused-535-multiline")[8]
    for part in ("answers AUTH PLAIN in frame 7, 10 ms later",
                 '535 5.7.8 "Username and Password not accepted. Learn more at / '
                 'https://support.example.test/"',
                 "Login refused: bad credentials", "For the user: "):
        assert part in said


def test_findings_are_told():
    said = blocks("auth-refused-three-times-then-success")
    assert "logins refused in this session" not in said[10]
    assert "3 logins refused in this session" in said[12]


def test_error_in_a_challenge_is_decoded():
    said = blocks("auth-xoauth2-334-error-then-535")[8]
    assert '334 "{"status":"400","scope":"mail"}"' in said
    assert "Login refused: token refused" in said


def test_what_is_no_reply_has_its_block():
    said = blocks("auth-without-end")[12]
    assert "No reply to AUTH LOGIN in frame 7: the server closed the connection" in said


@pytest.mark.parametrize("name", ["secret-echoed", "secret-echoed-in-pieces",
                                  "auth-secret-as-mechanism"])
def test_nothing_secret(name):
    said = "".join(blocks(name).values()) + call("annotate", PCAPS / f"{name}.pcap")[0]
    assert said.count('"') > 10
    assert not leaks(said)
