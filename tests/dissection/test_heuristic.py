# SPDX-License-Identifier: GPL-2.0-or-later
"""SMTP on any TCP port and inside TLS, and nothing else.

Starting tshark takes longer than reading these captures, so many are read at once: each is
given addresses of its own and put into one file.
"""
import ssl
import struct
import subprocess
from functools import lru_cache

import make
import pcap
import pytest
from pcap import PCAPS, SHARED

LINK_HEADER = {0: 4, 1: 14, 101: 0, 113: 16}
TCP, ICMP = 6, 1
SMTP_PORTS = (25, 587)
NO_MARKS = ("-o", "smtp_explain.mark_info:FALSE")  # they stand in front of Wireshark's own text

SMTP_FIELDS = [
    "smtp.req.command",
    "smtp.req.parameter",
    "smtp.response.code",
    "smtp.rsp.parameter",
    "smtp.command_line",
    "smtp.message",
    "smtp.data.fragment",
    "smtp.auth.username",
    "smtp.eom",
    "imf.subject",
    "tcp.reassembled_in",
    "_ws.col.Info",
    "_ws.col.Protocol",
]

# ------------------------------------------------------------------- captures


def rewrite(packet, at, salt, ports):
    """Changes the addresses and ports of the IP packet at that offset."""
    if len(packet) < at + 20:
        return
    if packet[at] >> 4 == 4:
        protocol, payload, addresses = packet[at + 9], at + packet[at] % 16 * 4, (12, 16)
    else:
        protocol, payload, addresses = packet[at + 6], at + 40, (8, 24)
    for address in addresses:
        packet[at + address + 1] ^= salt % 256
        packet[at + address + 2] ^= salt // 256
    if protocol == TCP:
        old = struct.unpack_from("!HH", packet, payload)
        struct.pack_into("!HH", packet, payload, *map(ports, old))
    elif protocol == ICMP and packet[payload] in (3, 11):
        rewrite(packet, payload + 8, salt, ports)


def join(captures, ports=lambda port: port):
    """One capture of many, by link type: {link: (bytes, [index of the capture by frame])}."""
    files = {}
    for index, capture in enumerate(captures):
        link, packets = pcap.parse(capture)
        moved, owners = files.setdefault(link, ([], []))
        for packet in packets:
            data = bytearray(packet.data)
            at = LINK_HEADER[link]
            while link == pcap.ETHERNET and data[at - 2 : at] == b"\x81\0":
                at += 4
            rewrite(data, at, index + 1, ports)
            moved.append(packet._replace(data=data))
            owners.append(index)
    return {link: (pcap.pack(moved, link), owners) for link, (moved, owners) in files.items()}


def converse(segments, **settings):
    """A capture of one connection: segments are (C or S, text)."""
    capture = make.Capture()
    capture.snaplen = 65535
    session = make.Session(capture, {**make.SETTINGS, "server_port": 2525, **settings}, 0)
    for side, data in segments:
        side = {"C": "client", "S": "server"}[side]
        data = data if isinstance(data, bytes) else data.encode()
        session.show(side, session.send(side, data))
    session.close("client")
    return capture.bytes()


def read_all(tshark, captures, fields, *arguments, ports=lambda port: port):
    """For each capture its frames, each a dictionary of the fields."""
    found = [[] for _ in captures]
    for link, (data, owners) in join(captures, ports).items():
        path = tshark.copies / f"joined-{link}.pcap"
        path.write_bytes(data)
        path.chmod(0o644)
        columns = [part for field in fields for part in ("-e", field)]
        output = tshark.call("-n", "-r", str(path), "-T", "fields", *columns, *arguments)
        path.unlink()
        rows = output.split("\n")[:-1]
        assert len(rows) == len(owners)
        for owner, row in zip(owners, rows):
            found[owner].append(dict(zip(fields, row.split("\t"))))
    return found


def classic(tshark, path):
    """The capture as a classic pcap file; some are pcapng."""
    copy = tshark.home / path.name
    tshark.read(path, "-F", "pcap", "-w", str(copy))
    return copy.read_bytes()


def is_smtp(frame):
    return "smtp" in frame["frame.protocols"].split(":")


def claimed(tshark, captures, *arguments):
    """For each capture the positions, among the frames with TCP payload, of those shown as SMTP."""
    fields = ["frame.protocols", "tcp.len"]
    found = read_all(tshark, captures, fields, *arguments)
    with_payload = [[f for f in frames if f["tcp.len"] != "0"] for frames in found]
    return [[at for at, f in enumerate(frames) if is_smtp(f)] for frames in with_payload]


# ------------------------------------------------------------------- other ports

# The built-in dissector itself takes the two sides for one another on port 25.
WRONG_ON_25 = {"equal-ports"}
# Nothing in them says SMTP; or the first segment doesn't say that it may come.
NO_EVIDENCE = {"clear-text-on-tls-port", "greeting-421", "no-greeting-on-tls-port", "noise-binary",
               "proxy-v2-in-pieces", "tls-unread"}
# By what the client says first, Wireshark takes them for something else on other ports.
HIDDEN = {"proxy-v1", "proxy-v1-login-refused", "proxy-v1-unknown", "proxy-v1-with-ehlo", "proxy-v2", "proxy-v2-local",
          "tls-on-clear-text-port"}
# What comes first becomes clear later only: one pass shows it as data.
LATE = {
    "bare-codes": 1,
    "middlebox": 1,
    "recorded-aiosmtpd-211": 1,
    "recorded-aiosmtpd-235": 1,
    "recorded-aiosmtpd-535": 1,
    "start-mid-auth": 1,
    "start-mid-message": 3,
    "start-with-greeting": 1,
}


def all_captures():
    return [
        path
        for path in sorted(PCAPS.glob("*.pcap")) + sorted(SHARED.glob("*.pcap"))
        if not path.stem.startswith(("not-smtp", "http-connect")) and path.stem != "port-2525"
    ]


CAPTURES = all_captures()


def same_ends(path):
    """Do both sides have one address? Then they can't have one port too."""
    link, packets = pcap.read(path)
    at = LINK_HEADER[link]
    for _, data, _ in packets:
        if data[at] >> 4 == 4 and data[at + 12 : at + 16] == data[at + 16 : at + 20]:
            return True
    return False


MOVES = {
    "25": lambda port: port,
    "2525": lambda port: 2525 if port in SMTP_PORTS else port,
    "10025": lambda port: 10025 if port in SMTP_PORTS else port,
    "same": lambda port: 2525,
}


@pytest.fixture(scope="module")
def moved(tshark):
    """A function of a move and of tshark's options: the frames of all captures. Without the sessions'
    numbers: these count on from one capture to the next, and not all are recognised on all ports."""
    own = [
        line.split("\t")[2]
        for line in tshark.call("-G", "fields").splitlines()
        if line.startswith("F\t") and line.split("\t")[2].startswith("smtp_explain.")
    ]
    own.remove("smtp_explain.session")
    fields = ["frame.number", "frame.protocols", *SMTP_FIELDS, *own]
    captures = [path.read_bytes() for path in CAPTURES]

    @lru_cache(maxsize=None)
    def read(move, *arguments):
        return read_all(tshark, captures, fields, *arguments, ports=MOVES[move])

    return read


def comparable(frame):
    """All of an SMTP frame; of the others only what doesn't name the ports."""
    return frame if is_smtp(frame) else frame["frame.protocols"]


@pytest.mark.parametrize("move", ["2525", "10025", "same"])
@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize("path", CAPTURES, ids=lambda path: path.stem)
def test_other_port(moved, path, passes, move):
    if path.stem in WRONG_ON_25 | NO_EVIDENCE | HIDDEN or (move == "same" and same_ends(path)):
        pytest.skip("not comparable")
    index = CAPTURES.index(path)
    before, after = moved("25", *passes)[index], moved(move, *passes)[index]
    late = 0 if passes else LATE.get(path.stem, 0)
    if late:
        # What the later frames say about the earlier ones is another test's business.
        differing = [(b, a) for b, a in zip(before, after) if is_smtp(b) != is_smtp(a)]
        assert len(differing) == late
        return
    assert [comparable(frame) for frame in after] == [comparable(frame) for frame in before]


@pytest.mark.parametrize("move", ["2525", "10025"])
@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize("name", sorted(HIDDEN))
def test_smtp_behind_something_else_on_another_port(tshark, moved, name, passes, move):
    """All that follows what the client says first is explained as on port 25."""
    index = [path.stem for path in CAPTURES].index(name)
    keys = [f"smtp_explain.{key}" for key in ("code", "command", "verdict", "request_in")]
    before_frames, after_frames = (moved(each, *passes)[index] for each in ("25", move))
    before, after = ([[frame[key] for key in keys] for frame in frames] for frames in (before_frames, after_frames))
    before_headers = [frame["frame.number"] for frame in before_frames if frame["smtp_explain.expert.proxy_header"]]
    assert len([row for row in before if row[0]]) >= 2
    # the greeting shows that this is SMTP: it points the header out, whose frame has passed by then
    headers = [nth for nth, frame in enumerate(after_frames, 1) if frame["smtp_explain.expert.proxy_header"]]
    greeting = next(nth for nth, row in enumerate(after, 1) if row[0].startswith("220"))
    assert headers == ([greeting] if name.startswith("proxy") else [])
    for nth in headers:
        assert set(after[nth - 1].pop().split(",")) == set(before_headers)
        before[nth - 1].pop()
    assert after == before


def test_equal_ports(moved):
    """Client and server on one port number: the built-in dissector gets the sides right."""
    index = [path.stem for path in CAPTURES].index("equal-ports")
    frames = [frame for frame in moved("2525")[index] if is_smtp(frame)]
    sides = "".join(frame["_ws.col.Info"][0] for frame in frames)
    assert sides.startswith("SCSC")
    assert "235" in [frame["smtp.response.code"] for frame in frames]


@pytest.mark.shared
def test_port_2525(tshark):
    fields = ["-T", "fields", "-e", "tcp.srcport", "-e", "_ws.col.Info"]
    rows = tshark.read(SHARED / "port-2525.pcap", "-Y", "smtp", *NO_MARKS, *fields).splitlines()
    assert len(rows) == 24
    for row in rows:
        port, info = row.split("\t")
        assert info.startswith("S: " if port == "2525" else "C: ")


# ------------------------------------------------------------------- evidence

GREETING = "220 mx.example.test ESMTP\r\n"
SESSION = [
    ("S", GREETING),
    ("C", "EHLO client.example.test\r\n"),
    ("S", "250-mx.example.test\r\n250 PIPELINING\r\n"),
    ("C", "QUIT\r\n"),
    ("S", "221 bye\r\n"),
]


def split(text, at):
    return text[:at], text[at:]


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
def test_split_greeting(tshark, passes):
    """A greeting, or an EHLO that must decide, cut at any byte: all the same as on port 25."""
    captures = []
    for at in range(1, len(GREETING)):
        first, second = split(GREETING, at)
        captures.append([("S", first), ("S", second), *SESSION[1:]])
    for at in range(1, len(SESSION[1][1])):
        first, second = split(SESSION[1][1], at)
        captures.append([("C", first), ("C", second), *SESSION[2:]])
    fields = ["frame.protocols", *SMTP_FIELDS]
    joined = [converse(segments, server_port=25) for segments in captures]
    before = read_all(tshark, joined, fields, *passes)
    after = read_all(tshark, joined, fields, *passes, ports=MOVES["2525"])
    for old, new in zip(before, after):
        assert [comparable(frame) for frame in new] == [comparable(frame) for frame in old]


EVIDENCE = {
    "lmtp": [("S", "220 mx LMTP ready\r\n"), ("C", "LHLO a\r\n"), ("S", "250 mx\r\n")],
    "client-first": [("C", "EHLO a\r\n"), ("S", "220 mx\r\n250 mx\r\n")],
    "mail": [("C", "MAIL FROM:<a@b>\r\n"), ("S", "250 ok\r\n")],
    "rcpt": [("C", "rcpt to: <a@b>\r\n"), ("S", "250 ok\r\n")],
    "server-only": [("S", GREETING), ("S", "250 mx\r\n")],
    "typed": [("S", GREETING), *[("C", c) for c in "EHLO a\r\n"], ("S", "250 mx\r\n")],
    "help": [("S", "211 DATA HELO EHLO MAIL NOOP\r\n"), ("C", "QUIT\r\n")],
    "http-to-smtp": [("S", GREETING), ("C", "GET / HTTP/1.0\r\n\r\n"), ("S", "500 no\r\n")],
}


@pytest.mark.parametrize("settings", [{}, {"ipv6": 1}, {"client_port": 2525}], ids=str)
@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
def test_evidence(tshark, passes, settings):
    captures = [converse(segments, **settings) for segments in EVIDENCE.values()]
    found = claimed(tshark, captures, *passes)
    # A typed command is in the frame of its last byte.
    typed = list(range(1 + 8 + 1))
    found = dict(zip(EVIDENCE, found))
    assert set(found.pop("typed")) <= set(typed)
    assert found == {
        name: list(range(len(segments))) for name, segments in EVIDENCE.items() if name != "typed"
    }


LATER = {
    "greeting": [("S", "220 ready\r\n"), ("C", "EHLO a\r\n"), ("S", "250 mx\r\n")],
    "batch": [("C", "EHLO a\r\nMAIL FROM:<>\r\n"), ("S", "220 mx\r\n250 mx\r\n250 ok\r\n")],
    "auth": [("C", "AUTH LOGIN\r\n"), ("S", "334 VXNlcm5hbWU6\r\n")],
}


def test_later(tshark):
    """What became clear later is data in one pass, and SMTP in two."""
    captures = [converse(segments) for segments in LATER.values()]
    everything = [list(range(len(segments))) for segments in LATER.values()]
    assert claimed(tshark, captures) == [frames[1:] for frames in everything]
    assert claimed(tshark, captures, "-2") == everything


def test_server_that_connects(tshark):
    """Through a tunnel the server may be the one who opens the connection. What it says tells more
    than that."""
    session = [
        ("C", "220 mx ready\r\n"),
        ("S", "MAIL FROM:<a@example.test>\r\n"),
        ("C", "250 ok\r\n"),
        ("S", "HELP\r\n"),
        ("C", "211 ok\r\n"),
    ]
    fields = ["smtp_explain.code", "smtp_explain.command"]
    [frames] = read_all(tshark, [converse(session)], fields, "-2")
    found = [tuple(frame.values()) for frame in frames if frame["smtp_explain.code"]]
    assert found == [("220", "connection"), ("250", "MAIL"), ("211", "HELP")]


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize("port", [25, 2525])
def test_client_that_greets(tshark, passes, port):
    """One line never turns the roles around that the handshake shows."""
    session = [
        ("C", "220 x ESMTP\r\n"),
        ("S", "220 mx.example.org ESMTP\r\n"),
        ("S", "500 what?\r\n"),
        ("C", "HELP\r\n"),
        ("S", "211 ok\r\n"),
    ]
    fields = ["smtp_explain.code", "smtp_explain.command"]
    [frames] = read_all(tshark, [converse(session, server_port=port)], fields, *passes)
    found = [tuple(frame.values()) for frame in frames if frame["smtp_explain.code"]]
    assert found == [("220", "connection"), ("500", ""), ("211", "HELP")]


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
def test_client_alone_sends_a_message(tshark, passes):
    """A long message of a side that is heard alone doesn't give the connection up."""
    session = [
        ("C", "EHLO a.example\r\n"),
        ("C", "MAIL FROM:<a@b.example>\r\n"),
        ("C", "RCPT TO:<a@b.example>\r\n"),
        ("C", "DATA\r\n"),
        ("C", "hello\r\n" * 190),
        ("C", ".\r\n"),
        ("C", "QUIT\r\n"),
    ]
    [frames] = claimed(tshark, [converse(session)], *passes)
    assert frames == list(range(7))


def test_retransmitted_greeting(tshark):
    capture = make.Capture()
    capture.snaplen = 65535
    session = make.Session(capture, {**make.SETTINGS, "server_port": 2525}, 0)
    greeting = session.send("server", b"220 ready\r\n")
    session.show("server", greeting)
    session.show("server", greeting)
    session.show("client", session.send("client", b"EHLO a\r\n"))
    # Wireshark itself doesn't dissect the retransmission.
    assert claimed(tshark, [capture.bytes()], "-2") == [[0, 2]]


def test_port_reuse(tshark):
    """The same addresses and ports: first SMTP, then FTP, then SMTP."""
    ftp = [("S", "220 ready\r\n"), ("C", "USER a\r\n"), ("S", "331 password\r\n")]
    capture = make.Capture()
    capture.snaplen = 65535
    for count, segments in enumerate([SESSION, ftp, SESSION]):
        session = make.Session(capture, {**make.SETTINGS, "server_port": 2525}, count)
        for side, data in segments:
            side = {"C": "client", "S": "server"}[side]
            session.show(side, session.send(side, data.encode()))
        session.close("client")
    expected = [0, 1, 2, 3, 4, 8, 9, 10, 11, 12]
    for passes in [(), ("-2",)]:
        assert claimed(tshark, [capture.bytes()], *passes) == [expected]


# ------------------------------------------------------------------- what is not SMTP

TRANSCRIPT = (
    "220 mx.example.test ESMTP Postfix\r\n"
    "EHLO client.example.test\r\n"
    "250-mx.example.test\r\n250-PIPELINING\r\n250 8BITMIME\r\n"
    "MAIL FROM:<a@example.test>\r\n250 2.1.0 Ok\r\n"
    "RCPT TO:<b@example.test>\r\n250 2.1.5 Ok\r\n"
    "DATA\r\n354 go ahead\r\n.\r\n250 2.0.0 Ok\r\nQUIT\r\n221 2.0.0 Bye\r\n"
)
LINES = TRANSCRIPT.splitlines(keepends=True)
BATCH = "HELO a\r\nMAIL FROM:<a@b>\r\nRCPT TO:<c@d>\r\nDATA\r\nHello\r\n.\r\nQUIT\r\n"
HTTP_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"

NEGATIVES = {
    "http-response": [
        ("C", "GET /log HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("S", HTTP_HEAD % len(TRANSCRIPT) + TRANSCRIPT),
    ],
    "http-response-own-segments": [
        ("C", "GET /log HTTP/1.1\r\nHost: a\r\n\r\n"),
        ("S", HTTP_HEAD % len(TRANSCRIPT)),
        *[("S", line) for line in LINES],
    ],
    "http-post": [
        ("C", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: %d\r\n\r\n" % len(TRANSCRIPT)),
        ("C", TRANSCRIPT),
        ("S", HTTP_HEAD % 0),
    ],
    "ftp-download": [("S", TRANSCRIPT)],
    "ftp-upload": [("C", TRANSCRIPT)],
    "ftp-upload-without-greeting": [("C", "".join(LINES[1:]))],
    "ftp-upload-mail-first": [("C", "".join(LINES[5:]))],
    "ftp-upload-batch": [("C", BATCH)],
    "ftp-download-marked": [("S", "".join("S: " + line for line in LINES))],
    "ftp-control": [
        ("S", "220 FTP ready\r\n"),
        ("C", "USER a\r\n"),
        ("S", "331 Password\r\n"),
        ("C", "PASS b\r\n"),
        ("S", "230 ok\r\n"),
        ("C", "STAT\r\n"),
        ("S", "211 status\r\n"),
        ("C", "QUIT\r\n"),
        ("S", "221 bye\r\n"),
    ],
    "ftp-on-mail-host": [("S", "220 smtp FTP server ready\r\n"), ("C", "USER a\r\n")],
    "ftp-feat": [
        ("S", "220 ready\r\n"),
        ("C", "FEAT\r\n"),
        ("S", "211-Features\r\n SIZE\r\n211 End\r\n"),
    ],
    "ftp-quit": [("S", "220 ready\r\n"), ("C", "QUIT\r\n"), ("S", "221 bye\r\n")],
    "ftp-gssapi": [
        ("S", "220 ready\r\n"),
        ("C", "AUTH GSSAPI\r\n"),
        ("S", "334 go on\r\n"),
        ("C", "ADAT YII=\r\n"),
        ("S", "235 ADAT=YII=\r\n"),
    ],
    "irc": [
        ("C", "NICK a\r\nUSER a 0 * :a\r\n"),
        ("S", ":irc 001 a :hi\r\n"),
        ("C", "PRIVMSG b :EHLO c\r\n"),
    ],
    "pop3": [
        ("S", "+OK ESMTP pop3\r\n"),
        ("C", "USER a\r\n"),
        ("S", "+OK\r\n"),
        ("C", "RETR 1\r\n"),
        ("S", "+OK\r\n" + TRANSCRIPT + ".\r\n"),
    ],
    "pop3-mid-session": [("C", "RSET\r\n"), ("S", "+OK\r\n"), ("C", "QUIT\r\n")],
    "imap": [
        ("S", "* OK ESMTP imap\r\n"),
        ("C", "a AUTHENTICATE PLAIN\r\n"),
        ("S", "+ \r\n"),
        ("C", "dGVzdHRlc3Q=\r\n"),
        ("S", "a OK\r\n"),
    ],
    "nntp": [
        ("S", "200 news\r\n"),
        ("C", "GROUP a.b\r\n"),
        ("S", "211 5 1 5 a.b\r\n"),
        ("C", "ARTICLE 1\r\n"),
        ("S", "220 1 <a@b>\r\n\r\n" + TRANSCRIPT + ".\r\n"),
    ],
    "nntp-mid-session": [("C", "ARTICLE 1\r\n"), ("S", "220 1 <a@b>\r\n\r\nESMTP\r\n.\r\n")],
    "sieve": [("S", '"IMPLEMENTATION" "x"\r\nOK\r\n'), ("C", "STARTTLS\r\n"), ("S", "OK\r\n")],
    "dict": [("S", "220 dict dictd <a>\r\n"), ("C", "HELP\r\n"), ("S", "113 help\r\n")],
    "chatter": [("C", "hello\r\n"), ("S", "EHLO is a command\r\n"), ("C", "MAIL FROM:<a@b>\r\n")],
    "telnet": [("S", b"\xff\xfd\x18login: "), ("C", "EHLO\r\n")],
    "redis": [("C", "PING\r\n"), ("S", "+PONG\r\n"), ("C", "HELO a\r\n")],
    "binary": [("C", b"\0\1\2EHLO a\r\n"), ("S", b"\0" * 40)],
    "one-byte": [("C", "E"), ("S", "2"), ("C", b"\0" * 20), ("S", b"\0" * 20)],
}

# A transcript that is written line by line begins as a session does: it is let go once it shows
# that one side says everything.
LET_GO = {
    "greeting-then-command": [("S", line) for line in LINES],
    "ehlo-then-other": [("C", "EHLO a\r\n"), ("S", "HTTP/1.1 400 no\r\n\r\n"), ("C", "x\r\n")],
    "smtp-word-in-ftp": [("S", "220 SMTP gateway\r\n"), ("C", "USER a\r\n"), ("S", "331 pass\r\n")],
}


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize("port", [2525, 8025, 40002])
def test_not_smtp(tshark, port, passes):
    captures = [converse(segments, server_port=port) for segments in NEGATIVES.values()]
    found = claimed(tshark, captures, *passes)
    assert dict(zip(NEGATIVES, found)) == {name: [] for name in NEGATIVES}


def test_let_go(tshark):
    captures = [converse(segments) for segments in LET_GO.values()]
    assert claimed(tshark, captures) == [[0]] * len(captures)
    assert claimed(tshark, captures, "-2") == [[]] * len(captures)


@pytest.mark.shared
@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
def test_shared_not_smtp(tshark, passes):
    """Real captures of other protocols, on their own ports and on one that nobody owns."""
    paths = sorted(SHARED.glob("not-smtp-*.pcap"))
    captures = [classic(tshark, path) for path in paths]
    known = {21, 110, 119, 143, 6667}
    for ports in (lambda port: port, lambda port: 2525 if port in known else port):
        found = read_all(tshark, captures, ["frame.protocols"], *passes, ports=ports)
        for path, frames in zip(paths, found):
            assert not [frame for frame in frames if is_smtp(frame)], path.stem


# ------------------------------------------------------------------- the user decides


def test_is_listed(tshark):
    rows = [row for row in tshark.call("-G", "heuristic-decodes").splitlines() if "smtp" in row]
    assert [row.split("\t")[0] for row in rows] == ["tcp", "tls"]


@pytest.mark.parametrize(
    "arguments, expected",
    [
        (("--disable-heuristic", "smtp_explain_tcp"), "data"),
        (("-d", "tcp.port==2525,ftp"), "ftp"),
        (("--disable-protocol", "smtp"), "data"),
    ],
    ids=["disabled", "decode-as", "no-smtp"],
)
def test_user_decides(tshark, arguments, expected):
    fields = ["frame.protocols", "tcp.len"]
    (frames,) = read_all(tshark, [converse(SESSION)], fields, *arguments)
    frames = [frame for frame in frames if frame["tcp.len"] != "0"]
    assert len(frames) == len(SESSION)
    assert {frame["frame.protocols"].split(":")[4] for frame in frames} == {expected}


@pytest.mark.parametrize("options", [("tcp.desegment_tcp_streams:FALSE",), ("smtp.desegment_lines:FALSE",)])
def test_no_desegmentation(tshark, options):
    """Without reassembly a split greeting is pieced together from what was kept."""
    capture = converse([("S", GREETING[:7]), ("S", GREETING[7:]), *SESSION[1:]])
    arguments = [part for option in options for part in ("-o", option)]
    (found,) = claimed(tshark, [capture], *arguments)
    assert found[-5:] == [1, 2, 3, 4, 5]


def test_random_access(tshark):
    """As a person clicks: every frame, the last first, after the first pass."""
    path = tshark.copies / "clicks.pcap"
    path.write_bytes(converse(LATER["greeting"] + SESSION[3:]))
    path.chmod(0o644)
    clicks = [8, 4, 6, 5, 7, 4]
    frames = [("frame", {"frame": n, "proto": True}) for n in clicks]
    _, *answers = tshark.sharkd(("load", {"file": str(path)}), *frames)
    assert len(answers) == len(clicks)
    for answer in answers:
        assert "Simple Mail Transfer Protocol" in [item["l"] for item in answer["tree"]]


# ------------------------------------------------------------------- inside TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    folder = tmp_path_factory.mktemp("certificate")
    key, cert = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-subj", "/CN=mx.example.test", "-keyout", str(key), "-out", str(cert)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("no openssl")
    return cert, key


class Encrypted:
    """A TLS connection in memory; yields what each side puts on the wire."""

    def __init__(self, certificate, keylog):
        server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.load_cert_chain(*certificate)
        client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        client.check_hostname = False
        client.verify_mode = ssl.CERT_NONE
        client.keylog_filename = str(keylog)
        self.pipes = {side: (ssl.MemoryBIO(), ssl.MemoryBIO()) for side in "CS"}
        self.ends = {
            "C": client.wrap_bio(*self.pipes["C"]),
            "S": server.wrap_bio(*self.pipes["S"], server_side=True),
        }

    def flush(self, side):
        data = self.pipes[side][1].read()
        if data:
            self.pipes["S" if side == "C" else "C"][0].write(data)
            yield side, data

    def handshake(self):
        for _ in range(4):
            for side in "CS":
                try:
                    self.ends[side].do_handshake()
                except ssl.SSLWantReadError:
                    pass
                yield from self.flush(side)

    def send(self, side, *records):
        """Several records travel in one segment."""
        for text in records:
            self.ends[side].write(text.encode())
        yield from self.flush(side)


def encrypt(certificate, keylog, plain, secret):
    """The segments of a session whose second part is inside TLS."""
    tls = Encrypted(certificate, keylog)
    segments = list(plain) + list(tls.handshake())
    for side, *records in secret:
        segments += tls.send(side, *records)
    return segments


SECRET = [
    ("C", "EHLO client.example.test\r\n"),
    ("S", "250-mx.example.test\r\n250 AUTH PLAIN\r\n"),
    ("C", "AUTH PLAIN AHRlc3RlcgBvcGVu\r\n"),
    ("S", "235 2.7.0 ok\r\n"),
    ("C", "MAIL FROM:<a@example.test>\r\n"),
    ("S", "250 2.1.0 Ok\r\n"),
    ("C", "QUIT\r\n"),
    ("S", "221 2.0.0 Bye\r\n"),
]
STARTTLS = [
    *SESSION[:2],
    ("S", "250-mx.example.test\r\n250 STARTTLS\r\n"),
    ("C", "STARTTLS\r\n"),
    ("S", "220 2.0.0 Ready\r\n"),
]


def read_decrypted(tshark, certificate, tmp_path, plain, secret, fields, *arguments, **settings):
    """The frames: {field: value}."""
    keylog = tmp_path / "keys.txt"
    capture = converse(encrypt(certificate, keylog, plain, secret), **settings)
    readable = tshark.copies / "keys.txt"
    readable.write_bytes(keylog.read_bytes())
    readable.chmod(0o644)
    arguments += ("-o", f"tls.keylog_file:{readable}")
    (frames,) = read_all(tshark, [capture], fields, *arguments)
    return frames


def decrypted(tshark, certificate, tmp_path, plain, secret, *arguments, **settings):
    """The frames that are SMTP: (layers, Info)."""
    fields = ["frame.protocols", "_ws.col.Info", "_ws.col.Protocol"]
    frames = read_decrypted(
        tshark, certificate, tmp_path, plain, secret, fields, *NO_MARKS, *arguments, **settings
    )
    return [
        (frame["frame.protocols"].partition(":tcp:")[2], frame["_ws.col.Info"])
        for frame in frames
        if is_smtp(frame)
    ]


def expected_sides(plain, secret):
    return [(layer, side) for part, layer in ((plain, "smtp"), (secret, "tls:smtp")) for side, _ in part]


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize(
    "settings",
    [{}, {"client_port": 2525}, {"server_port": 587}, {"ipv6": 1}],
    ids=["2525", "equal-ports", "587", "ipv6"],
)
def test_starttls(tshark, certificate, tmp_path, settings, passes):
    found = decrypted(tshark, certificate, tmp_path, STARTTLS, SECRET, *passes, **settings)
    assert [(layers, info[0]) for layers, info in found] == expected_sides(STARTTLS, SECRET)


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize(
    "settings",
    [{"server_port": 465}, {"server_port": 2465}, {"server_port": 2465, "client_port": 2465}],
    ids=["465", "2465", "equal-ports"],
)
@pytest.mark.parametrize(
    "greeting, late", [(GREETING, False), ("220 ready\r\n", True)], ids=["esmtp", "220"]
)
def test_inside_tls(tshark, certificate, tmp_path, settings, passes, greeting, late):
    secret = [("S", greeting), *SECRET]
    found = decrypted(tshark, certificate, tmp_path, [], secret, *passes, **settings)
    sides = expected_sides([], secret)
    if late and not passes and settings["server_port"] != 465:
        sides = sides[1:]
    assert [(layers, info[0]) for layers, info in found] == sides


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize("port", [443, 8443, 990])
def test_not_smtp_inside_tls(tshark, certificate, tmp_path, port, passes):
    for name in ("http-response", "ftp-control", "ftp-download", "irc", "pop3"):
        found = decrypted(
            tshark, certificate, tmp_path, [], NEGATIVES[name], *passes, server_port=port
        )
        assert found == [], name


def test_tls_disabled(tshark, certificate, tmp_path):
    secret = [("S", GREETING), *SECRET]
    arguments = ("--disable-heuristic", "smtp_explain_tls")
    found = decrypted(tshark, certificate, tmp_path, [], secret, *arguments, server_port=2465)
    assert found == []


# What several records in one segment amount to: the same as one record.
RECORDS = {
    "line-end-alone": ("S", "220-welcome\r\n", "220 mx.example.test ESMTP", "\r\n"),
    "ends-like-another": ("S", "220-mx.example.test\r\n", "220 ESMTP at mx.example.test\r\n"),
}


@pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-passes"])
@pytest.mark.parametrize("greeting", RECORDS.values(), ids=RECORDS)
def test_several_records(tshark, certificate, tmp_path, greeting, passes):
    fields = ["smtp_explain.code", "smtp_explain.command", "smtp_explain.text"]
    frames = read_decrypted(
        tshark, certificate, tmp_path, [], [greeting, *SECRET], fields, *passes, server_port=465
    )
    found = [tuple(frame.values()) for frame in frames if frame["smtp_explain.code"]]
    assert [reply[:2] for reply in found] == [
        ("220", "connection"), ("250", "EHLO"), ("235", "AUTH"), ("250", "MAIL"), ("221", "QUIT"),
    ]
    lines = "".join(greeting[1:]).split("\r\n")[:-1]
    assert found[0][2] == " / ".join(line[4:] for line in lines)
