# SPDX-License-Identifier: GPL-2.0-or-later
"""Captures of many sessions, one behind the other, made from scripts for ../pcaps/make.py."""
import struct
from functools import lru_cache
from itertools import count

import captures
import make
import pcap

STEP_US = 1_000
SESSION_US = 1_000_000
FIRST_CLIENT = 0x0A010101  # 10.1.1.1
SERVERS = (make.ADDRESSES[0]["server"], bytes([198, 51, 100, 25]))

HELLO_PORT = "set server_port=587\n" + captures.HELLO
SUBMISSION = captures.SUBMISSION
GREYLISTED = captures.HELLO + r"""
    C MAIL FROM:<alice@example.test>
    S 250 2.1.0 Ok
    C RCPT TO:<bob@example.test>
    S 450 4.2.0 <bob@example.test>: Recipient address rejected: Greylisted, try again in 300 s
    C QUIT
    S 221 2.0.0 Bye
"""
WRONG_PASSWORD = captures.HELLO + r"""
    C AUTH PLAIN {PLAIN}
    S 535 5.7.8 Error: authentication failed
    C QUIT
    S 221 2.0.0 Bye
"""
WRONG_THREE_TIMES = captures.HELLO + r"""
    C AUTH PLAIN {PLAIN}
    S 535 5.7.8 Error: authentication failed
""" * 3 + r"""
    C QUIT
    S 221 2.0.0 Bye
"""
BACKEND_DOWN = captures.HELLO + r"""
    C AUTH PLAIN {PLAIN}
    S 454 4.7.0 Temporary authentication failure: Connection lost to authentication server
    C QUIT
    S 221 2.0.0 Bye
"""
NO_LOGIN = captures.HELLO + r"""
    C MAIL FROM:<alice@example.test>
    S 530 5.7.0 Authentication required
    C QUIT
    S 221 2.0.0 Bye
"""
NOT_OWNED = captures.HELLO + captures.LOGIN + r"""
    C MAIL FROM:<carol@example.test>
    S 250 2.1.0 Ok
    C RCPT TO:<bob@example.test>
    S 553 5.7.1 <carol@example.test>: Sender address rejected: not owned by user alice
    C QUIT
    S 221 2.0.0 Bye
"""
STATUS = captures.STATUS


def login_as(user, script):
    """The script with AUTH PLAIN by that user. Each that fails below has its own."""
    return script.replace("{PLAIN}", make.b64(f"\0{user}\0{make.PASSWORD}"))


FIVE_OF_300 = [SUBMISSION] * 59 + [login_as("dave", WRONG_PASSWORD)] + [SUBMISSION] * 60 \
    + [login_as("erin", WRONG_THREE_TIMES)] + [SUBMISSION] * 50 + [login_as("frank", BACKEND_DOWN)] \
    + [SUBMISSION] * 40 + [NO_LOGIN] + [SUBMISSION] * 40 + [login_as("alice", NOT_OWNED)] \
    + [SUBMISSION] * 46


@lru_cache(maxsize=None)
def talk(script):
    return captures.talk("set server_port=587\n" + script)


def moved(frame, client, server):
    """The frame, between other addresses. Its checksums stay as they were: nobody looks at them."""
    changed = bytearray(frame)
    for at in (captures.SOURCE, captures.DESTINATION):
        is_client = frame[at:at + 4] == captures.CLIENT
        changed[at:at + 4] = struct.pack(">I", client) if is_client else server
    return bytes(changed)


def packets(scripts, clients, server):
    for number, script in enumerate(scripts):
        client = FIRST_CLIENT + number % clients
        now = make.Capture.START_US + number * SESSION_US
        for time, frame in zip(count(now, STEP_US), talk(script)):
            data = moved(frame, client, server)
            yield pcap.Packet(time, data, len(data))


def write(path, scripts, clients=1 << 20, server=SERVERS[1]):
    """Writes a session for each script; the next client's, until all have had their turn."""
    path.write_bytes(pcap.pack(list(packets(scripts, clients, server))))
    return path
