# SPDX-License-Identifier: GPL-2.0-or-later
"""Copies a pcapng file block by block, and adds comments to packets of it.

Whatever is not such a packet stays as it is, byte for byte: editcap, which can add comments too,
leaves out interface statistics, (4.0) resolved names and packet options that it doesn't know, and
(4.0) damages a packet that carries a verdict.
"""

import os
import struct

SECTION_HEADER = b"\x0a\x0d\x0d\x0a"
SECTION_LENGTH = slice(16, 24)
UNKNOWN_LENGTH = b"\xff" * 8
LITTLE_ENDIAN = b"\x4d\x3c\x2b\x1a"

# The Packet Block, long out of use, and the Enhanced Packet Block. They differ only in fields of no
# interest here. The Simple Packet Block holds no options, and so no comment.
PACKETS = (2, 6)
CAPTURED_LENGTH = 20
PACKET_DATA = 28

END_OF_OPTIONS = 0
COMMENT = 1
MAX_OPTION = 0xFFFF


def padded(length):
    return length + -length % 4


def blocks(stream):
    """(offset, byte order, block) for each complete block from the start of the stream."""
    size = os.fstat(stream.fileno()).st_size
    offset = 0
    order = "<"
    while size - offset >= 12:
        head = stream.read(12)
        if head[:4] == SECTION_HEADER:
            order = "<" if head[8:] == LITTLE_ENDIAN else ">"
        length = padded(struct.unpack_from(order + "I", head, 4)[0])
        if not 12 <= length <= size - offset:
            return
        yield offset, order, head + stream.read(length - 12)
        offset += length


def end_of_options(block, order, comment):
    """Where an option can be added to a packet; None if it has that comment already."""
    at = PACKET_DATA + padded(struct.unpack_from(order + "I", block, CAPTURED_LENGTH)[0])
    end = len(block) - 4
    while at + 4 <= end:
        code, length = struct.unpack_from(order + "HH", block, at)
        if code == END_OF_OPTIONS:
            break
        if code == COMMENT and block[at + 4:at + 4 + length] == comment:
            return None
        at += 4 + padded(length)
    return min(at, end)


def with_comment(block, order, comment):
    at = end_of_options(block, order, comment)
    if at is None:
        return block
    option = struct.pack(order + "HH", COMMENT, len(comment)) + comment + bytes(-len(comment) % 4)
    length = at + len(option) + 8
    return (block[:4] + struct.pack(order + "I", length) + block[8:at] + option +
            bytes(4) + struct.pack(order + "I", length))


def as_comment(text):
    """The bytes of a comment, cut to what an option can hold."""
    return text.encode()[:MAX_OPTION].decode(errors="ignore").encode()


def add_comments(source, target, comments):
    """Copies source to target, with comments, a dict of offsets of packets in source to texts.
    Returns how many of these packets carry theirs now."""
    carried = 0
    for offset, order, block in blocks(source):
        kind = struct.unpack_from(order + "I", block)[0]
        if block[:4] == SECTION_HEADER:
            # Sections may say how long they are, which is no longer true. They need not.
            block = block[:SECTION_LENGTH.start] + UNKNOWN_LENGTH + block[SECTION_LENGTH.stop:]
        elif offset in comments and kind in PACKETS:
            block = with_comment(block, order, as_comment(comments[offset]))
            carried += 1
        target.write(block)
    return carried
