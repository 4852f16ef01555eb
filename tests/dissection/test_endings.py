# SPDX-License-Identifier: GPL-2.0-or-later
"""When both sides have ended a connection, nothing that still comes is lost or told twice."""
import struct

import pcap
import pytest

SEQ, ACK, FLAGS, PAYLOAD = (14 + 20 + offset for offset in (4, 8, 13, 20))
FIN = 1
HANDSHAKE = 3


def replies(tshark, path, frames):
    """[(frame, code, command, verdict, frame of the 235 that holds)] of each reply, the same in one
    pass and in two."""
    pcap.write_apart(path, frames)
    found = []
    for passes in ((), ("-2",)):
        out = tshark.read(path, *passes, "-Y", "smtp_explain.code", "-T", "fields",
                          "-e", "frame.number", "-e", "smtp_explain.code",
                          "-e", "smtp_explain.command", "-e", "smtp_explain.verdict",
                          "-e", "smtp_explain.authenticated_in")
        found.append([tuple(line.split("\t")) for line in out.splitlines()])
    assert found[0] == found[1]
    return found[0]


def with_fin(frame):
    return frame[:FLAGS] + bytes([frame[FLAGS] | FIN]) + frame[FLAGS + 1:]


def shifted(frame, distance):
    """The same segment of another connection."""
    for at in (SEQ, ACK):
        number = (struct.unpack_from("!I", frame, at)[0] + distance) & 0xFFFFFFFF
        frame = frame[:at] + struct.pack("!I", number) + frame[at + 4:]
    return frame


def saying(frame, text):
    """The same segment with other bytes, as many."""
    room = len(frame) - PAYLOAD
    return frame[:PAYLOAD] + (text * room)[:room]


def index_of(frames, text):
    return next(i for i, frame in enumerate(frames) if text in frame[PAYLOAD:])


@pytest.fixture
def login():
    """A session with a 235, a 221 and both FINs."""
    return pcap.frames("auth-plain-initial")


def test_fin_with_the_last_reply(tshark, tmp_path, login):
    """The 221 itself comes while the login still holds."""
    due = replies(tshark, tmp_path / "due.pcap", login)
    bye = index_of(login, b"221 ")
    assert due[-1] == (str(bye + 1), "221", "QUIT", "1", due[2][0])
    client_fin, server_fin = (i for i, frame in enumerate(login) if frame[FLAGS] & FIN)
    frames = [with_fin(frame) if i == bye else frame for i, frame in enumerate(login)
              if i != server_fin]
    assert replies(tshark, tmp_path / "fin.pcap", frames) == due
    # the client ended its side before
    frames.insert(bye, frames.pop(client_fin))
    assert [row[1:] for row in replies(tshark, tmp_path / "late.pcap", frames)] == [
        row[1:] for row in due]


def test_reply_captured_after_the_fins(tshark, tmp_path, login):
    due = replies(tshark, tmp_path / "due.pcap", login)
    login.append(login.pop(index_of(login, b"221 ")))
    found = replies(tshark, tmp_path / "late.pcap", login)
    assert [row[1:] for row in found] == [row[1:] for row in due]
    assert found[-1][0] == str(len(login))


def test_repeated_after_the_fins(tshark, tmp_path, login):
    due = replies(tshark, tmp_path / "due.pcap", login)
    assert replies(tshark, tmp_path / "again.pcap", login + login[HANDSHAKE:]) == due


@pytest.mark.parametrize("distance", [60_000, 60_000_000, 0x7FF00000])
def test_next_connection_without_syn(tshark, tmp_path, login, distance):
    """Its SYNs were lost: its replies are explained all the same."""
    due = replies(tshark, tmp_path / "due.pcap", login)
    after = [shifted(frame, distance) for frame in pcap.frames("211-help")[HANDSHAKE:]]
    found = replies(tshark, tmp_path / "both.pcap", login + after)
    assert found[:len(due)] == due
    assert [row[1:] for row in found[len(due):]] == [
        ("220", "connection", "1", ""), ("250", "EHLO", "1", ""), ("211", "HELP", "1", ""),
        ("221", "QUIT", "1", "")]


def test_next_connection_in_a_message(tshark, tmp_path, login):
    """Where nobody saw its beginning, what isn't certain is not said."""
    after = [shifted(frame, 60_000_000) for frame in pcap.frames("211-help")]
    after = after[index_of(after, b"221 "):]
    found = replies(tshark, tmp_path / "both.pcap", login + after)
    assert found[-1][1:] == ("221", "", "0", "")


def test_smtp_after_something_else_on_its_ports(tshark, tmp_path, login):
    """What was found out about a connection isn't held against the next one on its ports."""
    smtp = [pcap.on_port(shifted(frame, 60_000_000), 7025) for frame in login]
    other = [pcap.on_port(saying(frame, b"\x7f\x03not SMTP at all "), 7025) for frame in login]
    due = replies(tshark, tmp_path / "due.pcap", smtp)
    found = replies(tshark, tmp_path / "both.pcap", other + smtp)
    assert [row[1:3] for row in found][2] == ("235", "AUTH")
    assert [int(row[0]) - len(other) for row in found] == [int(row[0]) for row in due]
    assert [row[1:4] for row in found] == [row[1:4] for row in due]
