# SPDX-License-Identifier: GPL-2.0-or-later
"""User names, with the preference show_user and without it; and no secret either way."""
import xml.etree.ElementTree as ET

import make
import pcap
import pytest
from details import Frame
from joined import Joined
from leaks import leaks
from pcap import PCAPS

# Capture: the user's name on the replies that end AUTH, with their frames; None: it is not shown.
USERS = {
    "auth-plain-initial": {8: make.USER},
    "auth-plain-challenge": {10: make.USER},
    "auth-login-initial": {10: make.USER},
    "auth-login-challenges": {12: make.USER},
    "auth-cram-md5": {10: make.USER},
    "auth-digest-md5": {12: make.USER},
    "auth-scram": {12: make.USER},
    "auth-xoauth2": {8: f"{make.USER}@example.test"},
    "auth-xoauth2-334-error-then-535": {10: f"{make.USER}@example.test"},
    "auth-x-exps-login": {12: make.USER},
    "auth-refused-535-multiline": {8: make.USER},
    "auth-refused-three-times-then-success": {8: make.USER, 10: make.USER, 12: make.USER,
                                              14: make.USER},
    "auth-cancelled": {10: None},
    "auth-external-empty-response": {8: None},
    "auth-refused-before-credentials": {8: None},
    "auth-secret-as-mechanism": {8: None},
}
SHOW = ("-o", "smtp_explain.show_user:TRUE")

# Nearly all: what is in IPv4 and not in a VLAN.
NAMES = [path.stem for path in sorted(PCAPS.glob("*.pcap"))
         if pcap.frames(path.stem)[0][12:14] == b"\x08\x00"]


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    return Joined(tmp_path_factory.mktemp("users") / "joined.pcap", NAMES)


def items(tshark, capture, *options):
    """(frame, item) of everything that the plugin shows."""
    pdml = ET.fromstring(tshark.read(capture, "-T", "pdml", *options))
    return [(frame.number, item) for frame in map(Frame, pdml) for item in frame.items]


@pytest.fixture(scope="module", params=[(), ("-2",)], ids=["one-pass", "two-pass"])
def with_users(request, tshark, joined):
    return items(tshark, joined.path, *SHOW, *request.param)


@pytest.mark.parametrize("name", USERS)
def test_user_names(with_users, joined, name):
    ends = {joined.frame(name, frame): user for frame, user in USERS[name].items()}
    found = {number: item.one("user") for number, item in with_users
             if joined.name(number) == name and item.one("auth_failures") is not None}
    assert found == ends


def test_only_replies_that_end_auth_have_one(with_users):
    assert not [number for number, item in with_users
                if item.all("user") and item.one("auth_failures") is None]


def test_no_user_names_at_first(tshark, joined):
    shown = items(tshark, joined.path)
    assert shown and not [number for number, item in shown if item.all("user")]


def test_no_secret_where_user_names_are_shown(with_users, joined):
    names = {item.one("user") for _, item in with_users}
    assert names == {None, make.USER, f"{make.USER}@example.test"}
    for number, item in with_users:
        assert not leaks("\n".join(item.shown)), (joined.name(number), number)


def test_a_filter_finds_a_user(tshark, joined):
    found = tshark.read(joined.path, *SHOW, "-Y", f'smtp_explain.user == "{make.USER}"')
    assert len(found.splitlines()) > 10


def test_sessions_have_a_column_for_it(tshark):
    capture = PCAPS / "auth-login-challenges.pcap"
    shown = tshark.read(capture, *SHOW, "-q", "-z", "smtp_explain,sessions")
    hidden = tshark.read(capture, "-q", "-z", "smtp_explain,sessions")
    assert "|User |" in shown and f"|{make.USER} |" in shown
    assert "User" not in hidden and make.USER not in hidden
    assert not leaks(shown)
