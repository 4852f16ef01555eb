# SPDX-License-Identifier: GPL-2.0-or-later
"""The first line that a side sends may come in several segments.

Wireshark's SMTP dissector shows nothing of the first ones. Whether they count as SMTP all the same
depends on whether packet details are made, which a first pass does without: it must not matter.
"""
import struct

import pcap
import pytest

IP_LEN, SEQ, PAYLOAD = 14 + 2, 14 + 20 + 4, 14 + 20 + 20
HANDSHAKE = 3
FIELDS = ["code", "command", "request_in", "first_line_in"]


def part(frame, start, end):
    """A segment with that part of the payload."""
    payload = frame[PAYLOAD:][start:end]
    seq = (struct.unpack_from("!I", frame, SEQ)[0] + start) & 0xFFFFFFFF
    head = bytearray(frame[:PAYLOAD])
    struct.pack_into("!H", head, IP_LEN, PAYLOAD - 14 + len(payload))
    struct.pack_into("!I", head, SEQ, seq)
    return bytes(head) + payload


def split(frame, *places):
    ends = [*places, len(frame)]
    return [part(frame, start, end) for start, end in zip([0, *ends], ends)]


def shown(tshark, path, *passes):
    """{frame: [each of the fields]} of the frames that have any."""
    wanted = [argument for field in FIELDS for argument in ("-e", f"smtp_explain.{field}")]
    out = tshark.read(path, *passes, "-T", "fields", "-e", "frame.number", *wanted)
    rows = [line.split("\t") for line in out.splitlines()]
    return {int(row[0]): row[1:] for row in rows if any(row[1:])}


@pytest.mark.parametrize("text, places", [
    (b"220 ", (1,)), (b"220 ", (9,)), (b"220 ", (2, 12)), (b"220 ", (-2,)), (b"220 ", (-1,)),
    (b"EHLO", (1,)), (b"EHLO", (3, 7)), (b"EHLO", (-1,)), (b"250-", (2,)), (b"HELP", (2,)),
])
@pytest.mark.parametrize("port, settings", [
    (25, ()), (2025, ()), (2025, ("-o", "tcp.relative_sequence_numbers:FALSE")),
    (2025, ("-d", "tcp.port==2025,smtp")),
], ids=["port-25", "other-port", "absolute", "decode-as"])
@pytest.mark.parametrize("skipped", [0, HANDSHAKE], ids=["whole", "midway"])
def test_in_several_segments(tshark, tmp_path, text, places, port, settings, skipped):
    frames, first, last = [], {}, {}  # the parts of each of the capture's frames, by its number
    for number, frame in enumerate(pcap.frames("211-help")[skipped:], skipped + 1):
        frame = pcap.on_port(frame, port)
        first[number] = len(frames) + 1
        if frame[PAYLOAD:].startswith(text):
            length = len(frame) - PAYLOAD
            frames += split(frame, *(place % length for place in places))
        else:
            frames.append(frame)
        last[number] = len(frames)
    path = tmp_path / "several.pcap"
    pcap.write_apart(path, frames)

    due = {}
    for reply, code, command, asked in [(4, "220", "connection", 0), (6, "250", "EHLO", 5),
                                        (8, "211", "HELP", 7), (10, "221", "QUIT", 9)]:
        began = first[reply] if first[reply] != last[reply] else ""
        due[last[reply]] = [code, command, str(last.get(asked, "")), str(began)]
    assert shown(tshark, path, *settings) == due
    assert shown(tshark, path, *settings, "-2") == due


def test_length_that_is_not_true(tshark, tmp_path):
    """IP says that there is more than the frame holds; Wireshark puts together what there is."""
    frames = []
    for frame in pcap.frames("211-help"):
        frames += split(frame, 7) if frame[PAYLOAD:].startswith(b"EHLO") else [frame]
    long = bytearray(frames[5])
    struct.pack_into("!H", long, IP_LEN, 1500)
    frames[5] = bytes(long)
    path = tmp_path / "long.pcap"
    pcap.write_apart(path, frames)
    for passes in ((), ("-2",)):
        assert shown(tshark, path, *passes)[4] == ["220", "connection", "", ""]
