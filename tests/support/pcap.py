# SPDX-License-Identifier: GPL-2.0-or-later
"""Classic pcap files: our own captures read, others written."""
import struct
from pathlib import Path

PCAPS = Path(__file__).resolve().parent.parent / "pcaps"
GLOBAL_HEADER = 24
RECORD_HEADER = 16
TIME = 8  # the part of the record header that holds it
ETHERNET = 1
PORTS = 14 + 20  # where they stand in a frame: behind Ethernet and IPv4


def packets(capture):
    """The packets of a little-endian pcap file, each with its record header."""
    data = capture.read_bytes()
    assert data[:4] == b"\xd4\xc3\xb2\xa1", capture
    at = GLOBAL_HEADER
    while at < len(data):
        end = at + RECORD_HEADER + struct.unpack_from("<I", data, at + 8)[0]
        yield bytearray(data[at:end])
        at = end


def frames(name):
    """[(time as it stands in the record header, frame)] of one of our captures."""
    return [(bytes(packet[:TIME]), bytes(packet[RECORD_HEADER:]))
            for packet in packets(PCAPS / f"{name}.pcap")]


def on_port(frame, port):
    """The same TCP segment, in IPv4, with another port of the server."""
    ports = struct.unpack_from("!HH", frame, PORTS)
    return frame[:PORTS] + struct.pack("!HH", *(port if p == 25 else p for p in ports)) + frame[
        PORTS + 4:]


def write(path, timed_frames, link_type=ETHERNET):
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, link_type))
        for time, frame in timed_frames:
            out.write(time + struct.pack("<II", len(frame), len(frame)) + frame)


def write_apart(path, frames):
    """Writes frames with a millisecond between them."""
    write(path, [(struct.pack("<II", 1, number * 1000), frame)
                 for number, frame in enumerate(frames)])
