# SPDX-License-Identifier: GPL-2.0-or-later
"""Classic pcap files, read and written."""
import struct
from pathlib import Path
from typing import NamedTuple

PCAPS = Path(__file__).resolve().parent.parent / "pcaps"
SHARED = PCAPS.parents[2] / "shared" / "captures"  # of others; they stand beside the sources
FILE_HEADER = "IHHiIII"
MAGIC, NANOSECONDS_MAGIC = 0xA1B2C3D4, 0xA1B23C4D
PACKET_HEADER = "IIII"
ETHERNET = 1
MOST = 262144  # bytes of a packet
PORTS = 14 + 20  # where they stand in a frame: behind Ethernet and IPv4


class Packet(NamedTuple):
    """What was captured of a packet, and when."""

    time: int  # in microseconds
    data: bytes
    size: int  # of all of it, on the wire


def parse(content):
    """The link type and the packets of a file, in either byte order."""
    for order in "<>":
        magic, *_, link_type = struct.unpack_from(order + FILE_HEADER, content)
        if magic in (MAGIC, NANOSECONDS_MAGIC):
            break
    else:
        raise ValueError("not a classic pcap file")
    unit = 1000 if magic == NANOSECONDS_MAGIC else 1
    packets, at = [], struct.calcsize(order + FILE_HEADER)
    while at < len(content):
        seconds, fraction, length, size = struct.unpack_from(order + PACKET_HEADER, content, at)
        at += struct.calcsize(order + PACKET_HEADER)
        time = seconds * 1_000_000 + fraction // unit
        packets.append(Packet(time, bytes(content[at : at + length]), size))
        at += length
    return link_type, packets


def read(path):
    return parse(path.read_bytes())


def record(packet):
    """The bytes of a packet in a file."""
    time = divmod(packet.time, 1_000_000)
    return struct.pack("<" + PACKET_HEADER, *time, len(packet.data), packet.size) + packet.data


def pack(packets, link_type=ETHERNET, snap_length=MOST):
    """The bytes of a file."""
    head = struct.pack("<" + FILE_HEADER, MAGIC, 2, 4, 0, 0, snap_length, link_type)
    return head + b"".join(map(record, packets))


def frames(name):
    """The frames of one of our captures."""
    return [packet.data for packet in read(PCAPS / f"{name}.pcap")[1]]


def write_apart(path, frames, link_type=ETHERNET):
    """Writes frames with a millisecond between them."""
    path.write_bytes(pack((Packet(1_000_000 + number * 1000, frame, len(frame))
                           for number, frame in enumerate(frames)), link_type))


def on_port(frame, port):
    """The same TCP segment, in IPv4, with another port of the server."""
    ports = struct.unpack_from("!HH", frame, PORTS)
    return frame[:PORTS] + struct.pack("!HH", *(port if p == 25 else p for p in ports)) + frame[
        PORTS + 4:]
