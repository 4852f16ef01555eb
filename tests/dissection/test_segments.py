# SPDX-License-Identifier: GPL-2.0-or-later
"""TCP segments that are not one a frame, carry bytes with their SYN, or are damaged."""
import struct

import pcap
import pytest
from test_endings import ACK, HANDSHAKE, PAYLOAD, SEQ, index_of

IP, TCP = 14, 34
IEEE_802_11 = 105
CHECK = ("-o", "tcp.check_checksum:TRUE")


def numbered(frame, seq=0, ack=0):
    """The same segment with its numbers moved."""
    for at, distance in ((SEQ, seq), (ACK, ack)):
        number = (struct.unpack_from("!I", frame, at)[0] + distance) & 0xFFFFFFFF
        frame = frame[:at] + struct.pack("!I", number) + frame[at + 4:]
    return frame


def with_text(frame, text):
    """The same segment with other bytes, or with bytes at all."""
    header = (frame[TCP + 12] >> 4) * 4
    total = struct.pack("!H", TCP - IP + header + len(text))
    return frame[:IP + 2] + total + frame[IP + 4:TCP + header] + text


def summed(frame):
    """The same segment with the right TCP checksum."""
    tcp = frame[TCP:TCP + 16] + b"\0\0" + frame[TCP + 18:]
    words = frame[IP + 12:IP + 20] + struct.pack("!HH", 6, len(tcp)) + tcp
    words += b"\0" * (len(words) % 2)
    total = sum(struct.unpack(f"!{len(words) // 2}H", words))
    total = (total & 0xFFFF) + (total >> 16)
    total = (total & 0xFFFF) + (total >> 16)
    return frame[:TCP + 16] + struct.pack("!H", ~total & 0xFFFF) + frame[TCP + 18:]


def damaged(frame):
    return frame[:TCP + 16] + bytes([frame[TCP + 16] ^ 0x55]) + frame[TCP + 17:]


def wlan(frame, *more):
    """IEEE 802.11 data of QoS with the packets of these frames; several make an A-MSDU."""
    to, source = frame[:6], frame[6:12]
    head = b"\x88\x01\0\0" + to + source + to + b"\0\0"
    llc = [b"\xaa\xaa\3\0\0\0" + each[12:] for each in (frame, *more)]
    if not more:
        return head + b"\0\0" + llc[0]
    parts = [to + source + struct.pack("!H", len(each)) + each for each in llc]
    padded = [each + b"\0" * (-len(each) % 4) for each in parts[:-1]]
    return head + b"\x80\0" + b"".join(padded) + parts[-1]


def read(tshark, path, frames, *options, link_type=pcap.ETHERNET):
    """[(frame, code, command, verdict)], the same in one pass and in two."""
    pcap.write_apart(path, frames, link_type)
    found = []
    for passes in ((), ("-2",)):
        out = tshark.read(path, *passes, *options, "-Y", "smtp_explain.code", "-T", "fields",
                          *(part for name in ("code", "command", "verdict")
                            for part in ("-e", f"smtp_explain.{name}")))
        rows = [line.split("\t") for line in out.splitlines()]
        found.append([each for row in rows for each in zip(*(cell.split(",") for cell in row))])
    assert found[0] == found[1]
    return found[0]


@pytest.fixture
def login():
    return pcap.frames("auth-plain-initial")


@pytest.fixture
def due(tshark, tmp_path, login):
    return read(tshark, tmp_path / "due.pcap", login)


def test_several_segments_in_a_frame(tshark, tmp_path, due):
    """The server's replies to EHLO and AUTH, which the client sent together, come in one A-MSDU, and so do
    the commands."""
    frames = pcap.frames("auth-plain-initial")
    hello, auth = index_of(frames, b"EHLO"), index_of(frames, b"AUTH PLAIN A")
    greeted, done = index_of(frames, b"250-"), index_of(frames, b"235 ")
    early = numbered(frames[auth], ack=-(len(frames[greeted]) - PAYLOAD))
    together = [*map(wlan, frames[:hello]), wlan(frames[hello], early),
                wlan(frames[greeted], frames[done]), *map(wlan, frames[done + 1:])]
    found = read(tshark, tmp_path / "wlan.pcap", together, link_type=IEEE_802_11)
    assert found == due


def test_bytes_that_look_like_another_segment(tshark, tmp_path, login, due):
    """What a segment contains may look like a packet of its own connection. It is none."""
    at = index_of(login, b"MAIL ")
    size = len(login[at]) - PAYLOAD
    forged = numbered(with_text(login[at], b"QUIT\r\n"), seq=size)[IP:]
    text = b"NOOP " + forged
    grown = [numbered(login[at + 1], ack=len(text) - size), login[at + 2]]
    grown[1] = numbered(grown[1], seq=len(text) - size)
    frames = [*map(wlan, login[:at]), wlan(with_text(login[at], text), login[HANDSHAKE - 1]),
              *map(wlan, grown), wlan(numbered(login[at + 3], ack=len(text) - size))]
    found = read(tshark, tmp_path / "forged.pcap", frames, link_type=IEEE_802_11)
    assert found == due[:3] + [("250", "NOOP", "1"), ("221", "QUIT", "1")]


def test_bytes_with_the_syn(tshark, tmp_path, login, due):
    """TCP Fast Open (RFC 7413): EHLO comes with the client's SYN, the greeting with the server's."""
    syn, syn_ack = login[0], login[1]
    greeting, hello = login[HANDSHAKE][PAYLOAD:], login[index_of(login, b"EHLO")][PAYLOAD:]
    after = [frame for frame in login[HANDSHAKE:]
             if frame[PAYLOAD:] not in (greeting, hello)]
    fast = [with_text(syn, hello), numbered(with_text(syn_ack, greeting), ack=len(hello))]
    assert read(tshark, tmp_path / "both.pcap", fast + after) == due
    fast = [syn, with_text(syn_ack, greeting)]
    assert read(tshark, tmp_path / "server.pcap", fast + login[HANDSHAKE + 1:]) == due
    fast = [with_text(syn, hello), numbered(syn_ack, ack=len(hello))]
    rest = [login[HANDSHAKE]] + after
    assert read(tshark, tmp_path / "client.pcap", fast + rest) == due


def test_syn_bytes_that_were_refused(tshark, tmp_path, login, due):
    """The server doesn't take what came with the SYN, so the client sends it again."""
    hello = login[index_of(login, b"EHLO")][PAYLOAD:]
    assert read(tshark, tmp_path / "again.pcap", [with_text(login[0], hello)] + login[1:]) == due


def test_wrong_checksum(tshark, tmp_path, login, due):
    """A damaged 535 comes before the 235 that was sent: where Wireshark checks, it is no reply."""
    frames = [summed(frame) for frame in login]
    at = index_of(frames, b"235 ")
    wrong = damaged(summed(with_text(frames[at], b"535 5.7.8 Authentication credentials invalid\r\n")))
    both = frames[:at] + [wrong] + frames[at:]
    assert read(tshark, tmp_path / "wrong.pcap", both, *CHECK) == due
    found = read(tshark, tmp_path / "wrong.pcap", both)
    assert [row[0] for row in found] == ["220", "250", "535", "235", "250", "221"]
    assert found[2:4] == [("535", "AUTH", "2"), ("235", "", "0")]


def test_wrong_checksum_among_several(tshark, tmp_path, login, due):
    """Wireshark has one verdict for the frame; each segment has its own."""
    frames = [summed(frame) for frame in login]
    at = index_of(frames, b"235 ")
    wrong = damaged(summed(with_text(frames[at], b"535 5.7.8 Authentication credentials invalid\r\n")))
    both = [*map(wlan, frames[:at]), wlan(wrong, frames[at]), *map(wlan, frames[at + 1:])]
    assert read(tshark, tmp_path / "wlan.pcap", both, *CHECK, link_type=IEEE_802_11) == due


def test_wrong_checksum_is_no_evidence(tshark, tmp_path, login):
    """On another port it doesn't make a connection SMTP."""
    frames = [damaged(summed(pcap.on_port(frame, 2526))) for frame in login]
    assert read(tshark, tmp_path / "wrong.pcap", frames, *CHECK) == []
    assert len(read(tshark, tmp_path / "wrong.pcap", frames)) == 5
