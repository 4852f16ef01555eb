# SPDX-License-Identifier: GPL-2.0-or-later
"""When a connection has ended, nothing that still comes is lost or told twice, and what comes next
between the same ports is another session."""
import struct

import pcap
import pytest

SEQ, ACK, FLAGS, PAYLOAD = (14 + 20 + offset for offset in (4, 8, 13, 20))
FIN, SYN, RST, SYN_ACK = 1, 2, 4, 18
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


def with_flags(frame, flags):
    """The same segment, of which only the header is left, with these flags."""
    ip, rest = frame[14:FLAGS], frame[FLAGS + 1:PAYLOAD]
    total = struct.pack("!H", PAYLOAD - 14)
    return frame[:14] + ip[:2] + total + ip[4:] + bytes([flags]) + rest


def number(frame, at):
    return struct.unpack_from("!I", frame, at)[0]


def from_server(frames):
    return [frame for frame in frames if struct.unpack_from("!H", frame, pcap.PORTS)[0] == 25]


HELP = [("220", "connection", "1", ""), ("250", "EHLO", "1", ""), ("211", "HELP", "1", ""),
        ("221", "QUIT", "1", "")]


@pytest.fixture
def reset_login(login):
    """The same, but the client resets the connection after the 221."""
    bye = index_of(login, b"221 ")
    reset = next(frame for frame in login if frame[FLAGS] & FIN and frame not in from_server(login))
    return login[:bye + 1] + [with_flags(reset, RST | 16)]


@pytest.mark.parametrize("distance", [200_000, 7_000_000, 0x7FF00000, 0x80000000, -200_000])
def test_next_connection_after_reset(tshark, tmp_path, reset_login, distance):
    """No SYN was captured. The login doesn't outlive its connection."""
    due = replies(tshark, tmp_path / "due.pcap", reset_login)
    after = [shifted(frame, distance) for frame in pcap.frames("211-help")[HANDSHAKE:]]
    found = replies(tshark, tmp_path / "both.pcap", reset_login + after)
    assert found[:len(due)] == due
    assert [row[1:] for row in found[len(due):]] == HELP


def test_still_on_its_way_at_reset(tshark, tmp_path, login):
    """A client that doesn't wait for the 221 resets the connection, and the 221 comes all the same."""
    due = replies(tshark, tmp_path / "due.pcap", login)
    bye = index_of(login, b"221 ")
    quit_ = index_of(login, b"QUIT")
    reset = shifted(with_flags(login[quit_], RST | 16), 0)
    reset = reset[:SEQ] + struct.pack("!I", number(login[bye], ACK)) + reset[ACK:]
    found = replies(tshark, tmp_path / "reset.pcap", login[:bye] + [reset, login[bye]])
    assert [row[1:] for row in found] == [row[1:] for row in due]


def test_reset_that_is_none(tshark, tmp_path, login):
    """Its number isn't the connection's: the server doesn't care, and neither do we."""
    due = replies(tshark, tmp_path / "due.pcap", login)
    at = index_of(login, b"MAIL ")
    reset = shifted(with_flags(login[at], RST), 900_000_000)
    found = replies(tshark, tmp_path / "reset.pcap", login[:at] + [reset] + login[at:])
    assert [row[1:] for row in found] == [row[1:] for row in due]


@pytest.mark.parametrize("distance", [20_000, 200_000, 60_000_000, -60_000_000])
def test_greeting_in_an_open_connection(tshark, tmp_path, login, distance):
    """Neither FIN nor RST nor SYN was captured."""
    open_ = [frame for frame in login if not frame[FLAGS] & FIN][:-1]
    due = replies(tshark, tmp_path / "due.pcap", open_)
    after = [shifted(frame, distance) for frame in pcap.frames("211-help")[HANDSHAKE:]]
    found = replies(tshark, tmp_path / "both.pcap", open_ + after)
    assert found[:len(due)] == due
    assert [row[1:] for row in found[len(due):]] == HELP


@pytest.mark.parametrize("begins", [1, HANDSHAKE], ids=["syn-ack", "greeting"])
def test_next_connection_one_sided(tshark, tmp_path, login, begins):
    """Of the server alone, with its SYN with ACK, which Wireshark doesn't take for a new connection, or
    without."""
    first = from_server(login)
    due = replies(tshark, tmp_path / "due.pcap", first)
    after = from_server(shifted(frame, 9_000_000) for frame in pcap.frames("211-help")[begins:])
    found = replies(tshark, tmp_path / "both.pcap", first + after)
    assert found[:len(due)] == due
    assert [row[1] for row in found[len(due):]] == ["220", "250", "211", "221"]
    assert found[len(due)][2:] == ("connection", "1", "")
    assert {row[4] for row in found[len(due):]} == {""}


def test_new_connection_is_a_new_session(tshark, tmp_path, reset_login):
    """The statistics have a row for each."""
    after = [shifted(frame, 7_000_000) for frame in pcap.frames("211-help")[HANDSHAKE:]]
    pcap.write_apart(tmp_path / "both.pcap", reset_login + after)
    for passes in ((), ("-2",)):
        out = tshark.read(tmp_path / "both.pcap", *passes, "-q", "-z", "smtp_explain,sessions")
        assert out.count("192.0.2.10:40001") == 2, out


@pytest.mark.parametrize("lost", [b"250-", b"235 ", b"250 2.1.0"])
def test_hole_in_one_direction(tshark, tmp_path, login, lost):
    """The client's packets aren't in the capture, and neither is one of the server's: nothing will ever
    tell whether it comes late, so what comes behind it doesn't wait, not even at the end."""
    server = from_server(login)
    due = replies(tshark, tmp_path / "due.pcap", server)
    at = index_of(server, lost)
    left = [frame for i, frame in enumerate(server) if i != at and not frame[FLAGS] & FIN]
    found = replies(tshark, tmp_path / "left.pcap", left)
    assert [row[1] for row in found] == [row[1] for row in due if row[0] != str(at + 1)]
    assert {row[3] for row in found if int(row[0]) > at} == {"0"}


def test_out_of_order_in_one_direction(tshark, tmp_path, login):
    """What comes late after all is explained, too, once."""
    server = [frame for frame in from_server(login) if not frame[FLAGS] & FIN]
    due = replies(tshark, tmp_path / "due.pcap", server)
    at = index_of(server, b"235 ")
    moved = server[:at] + [server[at + 1], server[at], server[at]] + server[at + 2:]
    found = replies(tshark, tmp_path / "moved.pcap", moved)
    assert sorted(row[1] for row in found) == sorted(row[1] for row in due)


@pytest.mark.parametrize("flag", [FIN, RST])
def test_what_waits_at_the_end(tshark, tmp_path, login, flag):
    """A reply is lost, the next one waits for it, and the connection ends without an acknowledgement."""
    at = index_of(login, b"250 2.1.0")
    quit_, bye = index_of(login, b"QUIT"), index_of(login, b"221 ")
    kept = [frame for i, frame in enumerate(login[:bye + 1]) if i not in (at, quit_)]
    fins = [frame for frame in login if frame[FLAGS] & FIN]
    if flag == FIN:
        early = number(login[at - 1], ACK)  # the client has seen nothing of it
        fins[0] = fins[0][:ACK] + struct.pack("!I", early) + fins[0][ACK + 4:]
        end = [fins[1], fins[0]]
    else:
        end = [with_flags(fins[1], RST)]
    found = replies(tshark, tmp_path / "end.pcap", kept + end)
    assert found[-1][1] == "221"
    assert found[-1][3] == "0"
