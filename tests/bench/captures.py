# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures for the benchmark, of any length.

A capture is one block over and over: a handful of conversations whose frames are interleaved.
Each time every conversation gets a client address and a queue ID of its own, and nothing is random.
The TCP conversations are scripts for ../pcaps/make.py.
"""
import hashlib
import re
import struct
from itertools import zip_longest
from pathlib import Path

import make
import pcap


CLIENT = make.ADDRESSES[0]["client"]
SERVER = make.ADDRESSES[0]["server"]
FIRST_CLIENT = 0x0A000000  # 10.0.0.0
MOST_CLIENTS = 1 << 24
RECORD_HEADER = struct.calcsize(pcap.PACKET_HEADER)
SOURCE, DESTINATION = 26, 30  # of IPv4 in an Ethernet frame
STEP_US = 100
SEGMENT = 1400
QUEUE_ID = "4F2A91C0"
UDP, ICMP = 17, 1

# ------------------------------------------------------------------------ SMTP

HELLO = r"""
    S 220 mx.example.test ESMTP
    C EHLO client.example.test
    S 250-mx.example.test
    + 250-PIPELINING
    + 250-SIZE 36700160
    + 250-AUTH PLAIN LOGIN
    + 250-8BITMIME
    + 250 ENHANCEDSTATUSCODES
"""
ENVELOPE = r"""
    C MAIL FROM:<alice@example.test>
    S 250 2.1.0 Ok
    C RCPT TO:<bob@example.test>
    S 250 2.1.5 Ok
    C DATA
    S 354 End data with <CR><LF>.<CR><LF>
"""
BYE = rf"""
    S 250 2.0.0 Ok: queued as {QUEUE_ID}
    C QUIT
    S 221 2.0.0 Bye
"""
LOGIN = r"""
    C AUTH PLAIN {PLAIN}
    S 235 2.7.0 Authentication successful
"""
NOTE = r"""
    C Subject: a short note\r\n\r\nHello.\r\n.
"""
BODY_SEGMENT = "    C " + r"The quick brown fox jumps over the lazy dog, all day long.\r\n" * 23 + "\\c\n"
LONG_MESSAGE = (
    "    C Subject: a long message\\r\\n\n"
    + (BODY_SEGMENT * 2 + "    ack server\n") * 6
    + "    C .\n"
)

SUBMISSION = HELLO + LOGIN + ENVELOPE + NOTE + BYE
CHALLENGED = HELLO + r"""
    C AUTH LOGIN
    S 334 VXNlcm5hbWU6
    C {USER}
    S 334 UGFzc3dvcmQ6
    C {PASS}
    S 235 2.7.0 Authentication successful
""" + ENVELOPE + NOTE + BYE
LARGE = HELLO + LOGIN + ENVELOPE + LONG_MESSAGE + BYE
RELAY = HELLO + ENVELOPE + NOTE + BYE
PIPELINED = HELLO + r"""
    C MAIL FROM:<alice@example.test>
    + RCPT TO:<bob@example.test>
    + RCPT TO:<carol@example.test>
    + DATA
    S 250 2.1.0 Ok
    + 250 2.1.5 Ok
    + 550 5.1.1 No such user here
    + 354 End data with <CR><LF>.<CR><LF>
""" + NOTE + BYE
REFUSED = HELLO + r"""
    C AUTH PLAIN {PLAIN}
    S 535 5.7.8 Error: authentication failed
    C AUTH PLAIN {PLAIN}
    S 535 5.7.8 Error: authentication failed
    C QUIT
    S 221 2.0.0 Bye
"""
STATUS = HELLO + r"""
    C HELP
    S 211 HELO EHLO MAIL RCPT DATA RSET NOOP QUIT HELP AUTH
    C NOOP
    S 250 2.0.0 Ok
    C QUIT
    S 221 2.0.0 Bye
"""

SESSIONS = [
    SUBMISSION, SUBMISSION, RELAY, SUBMISSION, CHALLENGED,
    SUBMISSION, REFUSED, PIPELINED, LARGE, STATUS,
]  # fmt: skip

# A login and no more: eight frames, so that a million of them can be read.
SHORT_SESSION_FRAMES = 8
SHORT_SESSION = r"""
    S 220 mx.example.test ESMTP
    C EHLO client.example.test
    S 250-mx.example.test
    + 250 AUTH PLAIN
""" + LOGIN

# --------------------------------------------------------------- anything else


def filler(seed, length):
    return hashlib.shake_128(seed.encode()).digest(length)


def step(side, data):
    """A step of a script: a segment that holds these bytes and nothing else."""
    return f"{side} {make.escaped(data)}\\c\n"


def tls(seed, length):
    """One record of application data."""
    return struct.pack("!BHH", 23, 0x0303, length) + filler(seed, length)


def chunk(seed, length):
    """A message of a protocol that nobody knows: its length, and so many bytes."""
    return struct.pack("!I", length) + filler(seed, length)


def bulk(seed, segments):
    """A long answer; the client acknowledges every second segment."""
    return "".join(
        step("S", filler(f"{seed}{number}", SEGMENT)) + ("ack client\n" if number % 2 else "")
        for number in range(segments)
    )


HTTP = (
    "set server_port=80\n"
    r"C GET /picture HTTP/1.1\r\nHost: www.example.test\r\n" + "\n"
    r"S HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\n"
    rf"Content-Length: {16 * SEGMENT}\r\n" + "\n" + bulk("http", 16)
)
HTTPS = (
    "set server_port=443\n"
    + "".join(step("C", tls(f"ask{n}", 300)) + step("S", tls(f"say{n}", 1300)) for n in range(8))
    + "ack client\n"
)
BINARY = "set server_port=48123\n" + "".join(
    step("C", chunk(f"ask{n}", 40)) + step("S", chunk(f"say{n}", 200)) for n in range(6)
)
TEXT = "set server_port=48124\n" + "".join(
    f"C GET key-{n}\nS VALUE key-{n} 12 abcdefghijkl\n" for n in range(5)
)
DOWNLOAD = "set server_port=48125\n" + bulk("bulk", 30)


def packet(from_client, protocol, content):
    """An IPv4 packet without TCP."""
    ends = CLIENT + SERVER if from_client else SERVER + CLIENT
    fields = [0x45, 0, 20 + len(content), 1, 0x4000, 64, protocol]
    check = make.checksum(struct.pack("!BBHHHBBH", *fields, 0) + ends)
    sides = ("client", "server") if from_client else ("server", "client")
    ethernet = make.HARDWARE[sides[1]] + make.HARDWARE[sides[0]] + b"\x08\0"
    return ethernet + struct.pack("!BBHHHBBH", *fields, check) + ends + content


def lookup(name):
    """A DNS query and its answer."""
    question = b"".join(bytes([len(part)]) + part.encode() for part in name.split("."))
    question += struct.pack("!BHH", 0, 1, 1)
    answer = struct.pack("!HHHIH", 0xC00C, 1, 1, 300, 4) + bytes([192, 0, 2, 80])
    query = struct.pack("!6H", 0x1234, 0x0100, 1, 0, 0, 0) + question
    response = struct.pack("!6H", 0x1234, 0x8180, 1, 1, 0, 0) + question + answer
    return [
        packet(True, UDP, struct.pack("!4H", 40001, 53, 8 + len(query), 0) + query),
        packet(False, UDP, struct.pack("!4H", 53, 40001, 8 + len(response), 0) + response),
    ]


def ping(count):
    """Echo requests and replies."""
    packets = []
    for number in range(count):
        for kind in (8, 0):
            rest = struct.pack("!HH", 7, number + 1) + bytes(range(48))
            check = make.checksum(struct.pack("!BBH", kind, 0, 0) + rest)
            packets.append(packet(kind == 8, ICMP, struct.pack("!BBH", kind, 0, check) + rest))
    return packets


def talk(script):
    """The packets of a TCP connection."""
    player = make.Player(script)
    player.play()
    return [data for _, data in player.capture.packets]


BLOCKS = {
    "smtp": [talk(script) for script in SESSIONS],
    "short": [talk(SHORT_SESSION)[:SHORT_SESSION_FRAMES]],
    "mixed": [
        lookup("www.example.test"), talk(HTTP), ping(4), talk(HTTPS), talk(BINARY),
        lookup("files.example.test"), talk(DOWNLOAD), talk(TEXT),
    ],
    "unknown": [talk(BINARY), talk(DOWNLOAD), talk(TEXT)],
}  # fmt: skip

# --------------------------------------------------------------------- writing


def lay_out(conversations):
    """A block as it is written, and where in it each frame begins: (offset, slot, offset of the
    client's address)."""
    block, places = bytearray(), []
    for turn in zip_longest(*conversations):
        for slot, frame in enumerate(turn):
            if frame is None:
                continue
            from_client = frame[SOURCE : SOURCE + 4] == CLIENT
            address = len(block) + RECORD_HEADER + (SOURCE if from_client else DESTINATION)
            places.append((len(block), slot, address))
            block += pcap.record(pcap.Packet(0, frame, len(frame)))
    return block, places


def frames_in(kind):
    """The frames of one block."""
    return sum(map(len, BLOCKS[kind]))


def write(path, kind, repeats):
    """Writes so many blocks of that kind."""
    block, places = lay_out(BLOCKS[kind])
    queue_ids = [found.start() for found in re.finditer(QUEUE_ID.encode(), block)]
    slots = len(BLOCKS[kind])
    assert repeats * slots <= MOST_CLIENTS, "there are not that many addresses"
    now = make.Capture.START_US
    with open(path, "wb", 1 << 20) as out:
        out.write(pcap.pack([]))
        for repeat in range(repeats):
            client = FIRST_CLIENT + repeat * slots
            for offset, slot, address in places:
                struct.pack_into("<II", block, offset, now // 1_000_000, now % 1_000_000)
                struct.pack_into(">I", block, address, client + slot)
                now += STEP_US
            for number, offset in enumerate(queue_ids):
                block[offset : offset + len(QUEUE_ID)] = b"%08X" % (client + number)
            out.write(block)


def provide(folder, kind, repeats):
    """The path of such a capture in that folder, where it is kept for the next time."""
    path = folder / f"{kind}-{repeats}.pcap"
    made_by = max(Path(__file__).stat().st_mtime, Path(make.__file__).stat().st_mtime)
    if not path.exists() or path.stat().st_mtime < made_by:
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        write(unfinished, kind, repeats)
        unfinished.replace(path)
    return path
