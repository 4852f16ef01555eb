#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0-or-later
r"""Writes the made captures of this directory from the scripts below, and its README.

usage: make.py [DIRECTORY]

Each script is a transcript, one segment a line:

    C text          a segment from the client, one line of text and CR LF
    S text          the same from the server
    + text          one more line in the same segment
    hello           greeting, EHLO and its reply (frames 4 to 6 after a handshake)
    hello-chunking  the same of a server that takes BDAT
    bye             QUIT and its reply
    ack client      a bare acknowledgement from that side
    wait SECONDS    nothing happens for so long
    show NAME       puts the held segment NAME into the capture now
    again NAME      sends the segment NAME once more
    close server    from here on no more data; that side closes first
    session         a further connection with the same addresses and ports; session:reset: the
                    client resets the one before; session:unseen: its handshake isn't captured
    end             the capture ends here
    set KEY=VALUE   a setting, see SETTINGS

A word behind a colon says what happens to a segment: C:lost (sent and received, but
not in the capture), C:hold=NAME (captured later), C:as=NAME (so that it can come
again), C:each (every byte in a segment of its own), C:overlap=N (begins with the last
N bytes already sent). Text may hold \r, \n and \xNN; \c at its end leaves out CR LF.
{NAME} stands for an entry of WORDS.
"""
import base64
import hashlib
import hmac
import re
import struct
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

# pylint: disable=wrong-import-position
import pcap

USER = "tester"
PASSWORD = "open-sesame-7"
TOKEN = "ya29.throwaway-token-0042"
LONG_TOKEN = "ya29." + "".join(hashlib.sha256(bytes([i])).hexdigest() for i in range(24))
CRAM_CHALLENGE = "<1896.697170952@mx.example.test>"


def b64(text):
    return base64.b64encode(text.encode()).decode()


CRAM_DIGEST = hmac.new(PASSWORD.encode(), CRAM_CHALLENGE.encode(), hashlib.md5).hexdigest()


def scram():
    """The client's and the server's messages of SCRAM-SHA-256 (RFC 5802), and the proof."""
    nonce, salt, rounds = "fyko+d2lbbFgONRv9qkxdawL", b"salt of the user", 4096
    first = f"n={USER},r={nonce}"
    challenge = f"r={nonce}3rfcNHYJY1ZVvWVs7j,s={b64(salt.decode())},i={rounds}"
    final = f"c=biws,{challenge.partition(',')[0]}"
    said = f"{first},{challenge},{final}".encode()
    salted = hashlib.pbkdf2_hmac("sha256", PASSWORD.encode(), salt, rounds)
    key = hmac.digest(salted, b"Client Key", "sha256")
    signature = hmac.digest(hashlib.sha256(key).digest(), said, "sha256")
    proof = base64.b64encode(bytes(a ^ b for a, b in zip(key, signature))).decode()
    server_key = hmac.digest(salted, b"Server Key", "sha256")
    agreed = base64.b64encode(hmac.digest(server_key, said, "sha256")).decode()
    return f"n,,{first}", challenge, f"{final},p={proof}", f"v={agreed}", proof


def digest_md5():
    """The client's and the server's messages of DIGEST-MD5 (RFC 2831), and the proofs."""
    realm, nonce, client_nonce, uri = "mx.example.test", "OA6MG9tEQGm2hh", "OA6MHXh6VqTrRk", "smtp/mx"

    def md5(text):
        return hashlib.md5(text).hexdigest()

    def proof(method):
        secret = hashlib.md5(f"{USER}:{realm}:{PASSWORD}".encode()).digest()
        start = md5(secret + f":{nonce}:{client_nonce}".encode())
        end = md5(f"{method}:{uri}".encode())
        return md5(f"{start}:{nonce}:00000001:{client_nonce}:auth:{end}".encode())

    challenge = f'realm="{realm}",nonce="{nonce}",qop="auth",algorithm=md5-sess,charset=utf-8'
    response = (f'charset=utf-8,username="{USER}",realm="{realm}",nonce="{nonce}",nc=00000001,'
                f'cnonce="{client_nonce}",digest-uri="{uri}",response={proof("AUTHENTICATE")},qop=auth')
    return challenge, response, f"rspauth={proof('')}", proof("AUTHENTICATE")


SCRAM_FIRST, SCRAM_CHALLENGE, SCRAM_FINAL, SCRAM_AGREED, SCRAM_PROOF = scram()
DIGEST_CHALLENGE, DIGEST_RESPONSE, DIGEST_AGREED, DIGEST_PROOF = digest_md5()

WORDS = {
    "PLAIN": b64(f"\0{USER}\0{PASSWORD}"),
    "USER": b64(USER),
    "PASS": b64(PASSWORD),
    "PASSWORD": PASSWORD,
    "CHALLENGE": b64(CRAM_CHALLENGE),
    "CRAM": b64(f"{USER} {CRAM_DIGEST}"),
    "BEARER": b64(f"user={USER}@example.test\1auth=Bearer {TOKEN}\1\1"),
    "OAUTHERROR": b64('{"status":"400","scope":"mail"}'),
    "SCRAM1": b64(SCRAM_FIRST),
    "SCRAM2": b64(SCRAM_CHALLENGE),
    "SCRAM3": b64(SCRAM_FINAL),
    "SCRAM4": b64(SCRAM_AGREED),
    "SCRAMERROR": b64("e=invalid-proof"),
    "DIGEST1": b64(DIGEST_CHALLENGE),
    "DIGEST2": b64(DIGEST_RESPONSE),
    "DIGEST3": b64(DIGEST_AGREED),
    "DIGESTPROOF": DIGEST_PROOF,
    "LONGTOKEN": LONG_TOKEN,
    "LONGBEARER": b64(f"user={USER}@example.test\1auth=Bearer {LONG_TOKEN}\1\1"),
    "TLS1": "",  # filled in below
    "TLS2": "",
    "PROXY2": "",
    "PROXY2LOCAL": "",
}

# What must never show up in the plugin's output.
SECRETS = [PASSWORD, TOKEN, LONG_TOKEN, "opensesame", CRAM_DIGEST, SCRAM_PROOF, DIGEST_PROOF] + [
    WORDS[name] for name in ("PLAIN", "USER", "PASS", "CRAM", "BEARER", "LONGBEARER", "DIGEST2")
] + [WORDS["SCRAM3"][-48:]]  # the proof; what stands before it, the server repeats

SETTINGS = {
    "client_port": 40001,
    "server_port": 25,
    "ipv6": 0,  # 1: IPv6
    "vlan": 0,  # the number of a VLAN
    "eol": "crlf",  # lf: lines end in LF alone
    "see": "both",  # client, server: only that side's packets are in the capture
    "handshake": 1,  # 0: the capture starts after the handshake
    "snaplen": 65535,  # packets are cut at this length
}


def tls_record(content_type, seed, trap):
    """A TLS 1.2 record of that type whose content holds bytes that look like SMTP."""
    content = hashlib.sha256(seed).digest() + trap + hashlib.sha256(trap).digest()
    return struct.pack("!BHH", content_type, 0x0303, len(content)) + content


def escaped(data):
    return "".join(f"\\x{byte:02x}" for byte in data)


WORDS["TLS1"] = escaped(tls_record(23, b"client", b"\r\nAUTH PLAIN\r\n"))
WORDS["TLS2"] = escaped(tls_record(23, b"server", b"\r\n235 2.7.0 ok\r\n"))



def proxy_header(command, family, content):
    """A header of version 2 of the PROXY protocol (HAProxy's specification, section 2.2)."""
    signature = b"\r\n\r\n\0\r\nQUIT\n"
    return signature + struct.pack("!BBH", command, family, len(content)) + content


WORDS["PROXY2"] = escaped(proxy_header(0x21, 0x11, bytes([192, 0, 2, 99, 192, 0, 2, 25])
                                       + struct.pack("!HH", 56310, 25)))
WORDS["PROXY2LOCAL"] = escaped(proxy_header(0x20, 0, b""))



def handshake_record(message_type, body):
    """A record with one message of the TLS handshake (RFC 5246, sections 6.2.1 and 7.4)."""
    message = struct.pack("!I", message_type << 24 | len(body)) + body
    return struct.pack("!BHH", 22, 0x0301, len(message)) + message


def alert_record(description):
    return struct.pack("!BHHBB", 21, 0x0303, 2, 2, description)


HELLO_START = b"\x03\x03" + hashlib.sha256(b"random").digest() + b"\0"
WORDS["CLIENTHELLO"] = escaped(handshake_record(1, HELLO_START + b"\0\x02\xc0\x2f\x01\0"))
WORDS["SERVERHELLO"] = escaped(handshake_record(2, HELLO_START + b"\xc0\x2f\0"))
WORDS["FINISHED"] = escaped(b"\x14\x03\x03\0\x01\x01" + tls_record(22, b"finished", b"."))
WORDS["UNKNOWNCA"] = escaped(alert_record(48))
WORDS["UNEXPECTED"] = escaped(alert_record(10))

# --------------------------------------------------------------------------- packets

FIN, SYN, RST, PSH, ACK = 1, 2, 4, 8, 16
ADDRESSES = {
    0: {"client": bytes([192, 0, 2, 10]), "server": bytes([192, 0, 2, 25])},
    1: {
        "client": bytes.fromhex("20010db8000000000000000000000010"),
        "server": bytes.fromhex("20010db8000000000000000000000025"),
    },
}
HARDWARE = {"client": b"\x02\0\0\0\0\x10", "server": b"\x02\0\0\0\0\x25"}
PEER = {"client": "server", "server": "client"}


def checksum(data):
    if len(data) % 2:
        data += b"\0"
    total = sum(struct.unpack(f"!{len(data) // 2}H", data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


class Capture:
    """The packets of a capture, ten milliseconds apart where nobody waits."""

    START_US = 1_767_225_600 * 1_000_000  # 2026-01-01 00:00:00 UTC
    STEP_US = 10_000

    def __init__(self):
        self.packets = []
        self.waited_us = 0
        self.over = False
        self.snaplen = SETTINGS["snaplen"]

    def add(self, packet):
        if not self.over:
            time = self.START_US + len(self.packets) * self.STEP_US + self.waited_us
            self.packets.append((time, packet))

    def bytes(self):
        packets = (
            pcap.Packet(time, packet[: self.snaplen], len(packet)) for time, packet in self.packets
        )
        return pcap.pack(packets, snap_length=self.snaplen)


class Session:
    """One TCP connection. Every method adds what it sends to the capture."""

    def __init__(self, capture, settings, count):
        self.capture = capture
        self.set = settings
        self.port = {"client": settings["client_port"], "server": settings["server_port"]}
        self.seq = {"client": 1_000_000 * (count + 1), "server": 5_000_000 * (count + 1)}
        self.sent = {"client": b"", "server": b""}
        self.ip_id = 0
        self.handshake()

    def handshake(self):
        for side, flags in (("client", SYN), ("server", SYN | ACK)):
            packet = self.packet(side, flags)
            self.seq[side] += 1
            self.show(side, packet, self.set["handshake"])
        self.show("client", self.packet("client", ACK), self.set["handshake"])

    def close(self, first):
        for side in (first, PEER[first]):
            packet = self.packet(side, FIN | ACK)
            self.seq[side] += 1
            self.show(side, packet)
        self.show(first, self.packet(first, ACK))

    def reset(self, side):
        self.show(side, self.packet(side, RST | ACK))

    def acknowledge(self, side):
        self.show(side, self.packet(side, ACK))

    def send(self, side, data, overlap=0):
        """The packet for these bytes (and the last `overlap` bytes again)."""
        before = self.sent[side][len(self.sent[side]) - overlap :]
        self.seq[side] -= overlap
        packet = self.packet(side, PSH | ACK, before + data)
        self.seq[side] += overlap + len(data)
        self.sent[side] += data
        return packet

    def show(self, side, packet, wanted=1):
        if wanted and self.set["see"] in (side, "both"):
            self.capture.add(packet)

    def packet(self, side, flags, data=b""):
        peer = PEER[side]
        addresses = ADDRESSES[self.set["ipv6"]]
        ends = addresses[side] + addresses[peer]
        tcp = self.tcp(side, flags, data, ends)
        if self.set["ipv6"]:
            ip = struct.pack("!IHBB", 0x60000000, len(tcp), 6, 64) + ends
        else:
            ip = self.ipv4(len(tcp), ends)
        kind = b"\x86\xdd" if self.set["ipv6"] else b"\x08\0"
        if self.set["vlan"]:
            kind = b"\x81\0" + struct.pack("!H", self.set["vlan"]) + kind
        return HARDWARE[peer] + HARDWARE[side] + kind + ip + tcp

    def tcp(self, side, flags, data, ends):
        options = b"\x02\x04\x05\xb4" if flags & SYN else b""
        ack = self.seq[PEER[side]] if flags & ACK else 0
        offset = (20 + len(options)) // 4 << 4
        fields = [self.port[side], self.port[PEER[side]], self.seq[side], ack, offset, flags, 65535]
        rest = options + data
        length = 20 + len(rest)
        pseudo = ends + struct.pack("!II", length, 6)
        zeroed = struct.pack("!HHIIBBHHH", *fields, 0, 0)
        return struct.pack("!HHIIBBHHH", *fields, checksum(pseudo + zeroed + rest), 0) + rest

    def ipv4(self, length, ends):
        self.ip_id += 1
        fields = [0x45, 0, 20 + length, self.ip_id, 0x4000, 64, 6]
        zeroed = struct.pack("!BBHHHBBH", *fields, 0) + ends
        return struct.pack("!BBHHHBBH", *fields, checksum(zeroed)) + ends


# --------------------------------------------------------------------------- scripts

MACROS = {
    "hello": """
        S 220 mx.example.test ESMTP
        C EHLO client.example.test
        S 250-mx.example.test
        + 250-PIPELINING
        + 250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 EXTERNAL XOAUTH2
        """,
    "hello-chunking": """
        S 220 mx.example.test ESMTP
        C EHLO client.example.test
        S 250-mx.example.test
        + 250-PIPELINING
        + 250-CHUNKING
        + 250 AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 EXTERNAL XOAUTH2
        """,
    "bye": """
        C QUIT
        S 221 2.0.0 Bye
        """,
}


def payload(text, eol):
    """The bytes that a script's text stands for."""
    text = re.sub(r"\{([A-Z0-9]+)\}", lambda found: WORDS[found.group(1)], text)
    whole = not text.endswith("\\c")
    data = (text if whole else text[:-2]).encode("latin-1").decode("unicode_escape")
    return data.encode("latin-1") + (eol if whole else b"")


def steps(script):
    """The script as (word, options, text), macros expanded, comments gone."""
    for line in script.splitlines():
        line = line.strip()
        if line in MACROS:
            yield from steps(MACROS[line])
        elif line:
            word, _, text = line.partition(" ")
            word, *options = word.split(":")
            yield word, dict(option.partition("=")[::2] for option in options), text


def segments(script, eol):
    """The steps with continuation lines joined; the text of C and S steps is bytes."""
    joined = []
    for word, options, text in steps(script):
        if word == "+":
            joined[-1][2] += payload(text, eol)
        elif word in ("C", "S"):
            joined.append([word, options, payload(text, eol)])
        else:
            joined.append([word, options, text])
    return joined


class Player:
    """Plays one script into a capture."""

    def __init__(self, script):
        self.script = script
        self.settings = dict(SETTINGS)
        self.capture = Capture()
        self.session = None
        self.count = 0
        self.closer = "client"
        self.named = {}

    def play(self):
        self.read_settings()
        self.open()
        eol = b"\n" if self.settings["eol"] == "lf" else b"\r\n"
        for word, options, content in segments(self.script, eol):
            self.step(word, options, content)
        self.session.close(self.closer)
        return self.capture.bytes()

    def read_settings(self):
        for word, _, text in steps(self.script):
            if word == "set":
                key, _, value = text.partition("=")
                self.settings[key] = int(value) if value.isdigit() else value
        self.capture.snaplen = self.settings["snaplen"]

    def open(self, **changed):
        self.session = Session(self.capture, {**self.settings, **changed}, self.count)
        self.count += 1

    def step(self, word, options, content):
        if word in ("C", "S"):
            self.segment("client" if word == "C" else "server", options, content)
        elif word in ("show", "again"):
            self.session.show(*self.named[content])
        elif word == "ack":
            self.session.acknowledge(content)
        elif word == "wait":
            self.capture.waited_us += round(float(content) * 1_000_000)
        elif word == "close":
            self.closer = content
        elif word == "session":
            self.next_session(options)
        elif word == "end":
            self.capture.over = True
        elif word != "set":
            raise ValueError(f"unknown step {word}")

    def next_session(self, options):
        if "reset" in options:
            self.session.reset("client")
        else:
            self.session.close(self.closer)
        self.open(**({"handshake": 0} if "unseen" in options else {}))

    def segment(self, side, options, data):
        if "each" in options:
            for byte in data:
                self.session.show(side, self.session.send(side, bytes([byte])))
            return
        packet = self.session.send(side, data, int(options.get("overlap", 0)))
        name = options.get("hold") or options.get("as")
        if name:
            self.named[name] = (side, packet)
        if "lost" not in options and "hold" not in options:
            self.session.show(side, packet)


# One capture per behaviour: == NAME: what it shows
SCRIPTS = r"""
== auth-plain-initial: AUTH PLAIN with an initial response, accepted with 235
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
bye

== auth-plain-challenge: AUTH PLAIN without an initial response: an empty 334, the response, 235
hello
C AUTH PLAIN
S 334\x20
C {PLAIN}
S 235 2.7.0 Authentication successful
bye

== auth-login-challenges: AUTH LOGIN with two challenges (user name, password) and 235
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 235 2.7.0 Authentication successful
bye

== auth-login-initial: AUTH LOGIN that carries the user name, one challenge, 235
hello
C AUTH LOGIN {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 235 Authentication succeeded
bye

== auth-cram-md5: AUTH CRAM-MD5, which sends no reusable secret, and 235
hello
C AUTH CRAM-MD5
S 334 {CHALLENGE}
C {CRAM}
S 235 2.7.0 Authentication successful
bye

== auth-external-empty-response: AUTH EXTERNAL = (an empty initial response) and 235
hello
C AUTH EXTERNAL =
S 235 2.7.0 Authentication successful
bye

== auth-xoauth2: AUTH XOAUTH2 with a bearer token, accepted at once
hello
C AUTH XOAUTH2 {BEARER}
S 235 2.7.0 Accepted
bye

== auth-xoauth2-334-error-then-535: XOAUTH2 refused: 334 with an error report, an empty line from the client, 535
hello
C AUTH XOAUTH2 {BEARER}
S 334 {OAUTHERROR}
C
S 535-5.7.8 Username and Password not accepted. Learn more at
+ 535 5.7.8 https://support.example.test/
bye

== auth-xoauth2-334-error-then-quit: XOAUTH2 refused: 334 with an error report, after which the client sends QUIT
hello
C AUTH XOAUTH2 {BEARER}
S 334 {OAUTHERROR}
C QUIT
S 221 2.0.0 Bye

== auth-scram: AUTH SCRAM-SHA-256, whose last challenge says that the server agrees, and 235
hello
C AUTH SCRAM-SHA-256 {SCRAM1}
S 334 {SCRAM2}
C {SCRAM3}
S 334 {SCRAM4}
C
S 235 2.7.0 Authentication successful
bye

== auth-scram-334-error-then-535: SCRAM-SHA-256 refused: 334 with an error, an empty line from the client, 535
hello
C AUTH SCRAM-SHA-256 {SCRAM1}
S 334 {SCRAM2}
C {SCRAM3}
S 334 {SCRAMERROR}
C
S 535 5.7.8 Authentication failed
bye

== auth-digest-md5: AUTH DIGEST-MD5, whose last challenge proves that the server knows the password, and 235
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 AUTH DIGEST-MD5
C AUTH DIGEST-MD5
S 334 {DIGEST1}
C {DIGEST2}
S 334 {DIGEST3}
C
S 235 2.7.0 Authentication successful
bye

== auth-x-exps-login: X-EXPS LOGIN, Exchange's name for AUTH, with challenges and 235
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250-PIPELINING
+ 250 X-EXPS LOGIN NTLM
C X-EXPS LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 235 2.7.0 Authentication successful
bye

== auth-cancelled: the client cancels AUTH LOGIN with * and gets 501
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C *
S 501 5.7.0 Authentication cancelled
C NOOP
S 250 2.0.0 Ok
bye

== auth-refused-535-multiline: AUTH PLAIN refused with a 535 of two lines
hello
C AUTH PLAIN {PLAIN}
S 535-5.7.8 Username and Password not accepted. Learn more at
+ 535 5.7.8 https://support.example.test/
bye

== auth-refused-three-times-then-success: three AUTH commands refused with 535, the fourth accepted
hello
C AUTH PLAIN {PLAIN}
S 535 5.7.8 Error: authentication failed
C AUTH PLAIN {PLAIN}
S 535 5.7.8 Error: authentication failed
C AUTH PLAIN {PLAIN}
S 535 5.7.8 Error: authentication failed
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== auth-refused-codes: AUTH refused with 504, 538, 534, 454 and 432, one after the other
hello
C AUTH CRAM-MD5
S 504 5.5.4 Unrecognized authentication type
C AUTH PLAIN {PLAIN}
S 538 5.7.11 Encryption required for requested authentication mechanism
C AUTH LOGIN
S 534 5.7.9 Authentication mechanism is too weak
C AUTH PLAIN {PLAIN}
S 454 4.7.0 Temporary authentication failure
C AUTH SCRAM-SHA-256
S 432 4.7.12 A password transition is needed
bye

== auth-second-after-success: AUTH again after a 235 gets 503
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C AUTH PLAIN {PLAIN}
S 503 5.5.1 Error: already authenticated
bye

== auth-second-235: AUTH again after a 235 gets a second 235
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== auth-answered-250: AUTH answered with 250, which is neither yes nor no
hello
C AUTH PLAIN {PLAIN}
S 250 2.0.0 Ok
bye

== auth-answered-354: AUTH answered with 354, which belongs to DATA
hello
C AUTH PLAIN {PLAIN}
S 354 Go ahead
C NOOP
S 250 2.0.0 Ok
bye

== auth-answered-211: AUTH answered with 211, which belongs to HELP
hello
C AUTH PLAIN {PLAIN}
S 211 System status, all is well
bye

== auth-235-text-says-failed: a 235 whose words say that the login failed
hello
C AUTH PLAIN {PLAIN}
S 235 auth failure
bye

== auth-535-text-says-success: a 535 whose words say that the login succeeded
hello
C AUTH PLAIN {PLAIN}
S 535 Authentication successful
bye

== auth-enhanced-mismatch: 235 with the enhanced status code 5.7.0
hello
C AUTH PLAIN {PLAIN}
S 235 5.7.0 Authentication successful
bye

== auth-enhanced-colon: OpenSMTPD's 235 with a colon after the enhanced status code
hello
C AUTH PLAIN {PLAIN}
S 235 2.0.0: Authentication succeeded
bye

== auth-enhanced-in-brackets: qmail's 235, where the enhanced status code comes last, in brackets
hello
C AUTH PLAIN {PLAIN}
S 235 ok, go ahead (#2.0.0)
bye

== enhanced-lookalikes: text after a code that only looks like an enhanced status code, and one bare one
hello
C NOOP
S 250 2.1 ok
C NOOP
S 250 10.2.0.1 greets you
C NOOP
S 250 3.1.0 ok
C NOOP
S 250 2.0.0
C NOOP
S 550 5.7.139 no
bye

== auth-530-after-235: MAIL refused with 530 although the session is authenticated
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 530 5.7.0 Authentication required
bye

== auth-mechanism-not-offered: AUTH with a mechanism that the reply to EHLO does not list, refused with 504
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250-STARTTLS
+ 250-auth plain login
+ 250-AUTH=PLAIN LOGIN
+ 250 HELP
C AUTH CRAM-MD5
S 504 5.5.4 Unrecognized authentication type
bye

== auth-not-offered: AUTH although the reply to EHLO does not list it
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250-STARTTLS
+ 250 ENHANCEDSTATUSCODES
C AUTH PLAIN {PLAIN}
S 503 5.5.1 AUTH command used when not advertised
bye

== help-offered-but-refused: HELP refused with 502 although the reply to EHLO lists it
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 HELP
C HELP
S 502 5.5.1 Command not implemented
bye

== auth-required-530: MAIL refused with 530 in a session that is not authenticated
hello
C MAIL FROM:<alice@example.test>
S 530 5.7.0 Authentication required
bye

== auth-disabled-for-tenant: AUTH LOGIN refused with 535 since logging in is switched off for the tenant
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 535 5.7.139 Authentication unsuccessful, SmtpClientAuthentication is disabled for the Tenant.
bye

== auth-refused-before-credentials: AUTH LOGIN refused with 535 before the client has sent anything secret
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 AUTH PLAIN
C AUTH LOGIN
S 535 5.7.8 Error: authentication failed
bye

== auth-after-helo: AUTH after HELO, which offers nothing, gets 503
S 220 mx.example.test ESMTP
C HELO client.example.test
S 250 mx.example.test
C AUTH PLAIN {PLAIN}
S 503 5.5.1 Error: command not allowed here
bye

== auth-starttls-needed: AUTH refused with 530: TLS has to begin first
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 STARTTLS
C AUTH PLAIN {PLAIN}
S 530 5.7.0 Must issue a STARTTLS command first
bye

== auth-challenge-then-quit: QUIT where the server waits for a SASL response
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C QUIT
S 221 2.0.0 Bye

== auth-without-end: the server closes the connection instead of answering a SASL response
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
close server

== cause-mail-refused: MAIL is refused, and therefore the RCPT and the DATA behind it in the same segment
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 550 5.1.8 Domain of sender address does not exist
+ 503 5.5.1 Error: need MAIL command
+ 554 5.5.1 Error: no valid recipients
bye

== cause-greylisted: RCPT put off with 450, and taken later
hello
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 450 4.2.0 <bob@example.test>: Recipient address rejected: Greylisted, see https://example.test/grey
C RSET
S 250 2.0.0 Ok
bye

== cause-sender-not-owned: RCPT refused since the login may not use the sender's address
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 553 5.7.1 <alice@example.test>: Sender address rejected: not owned by user tester
bye

== cause-block-list: the connection is refused with a block list
S 554 5.7.1 mx.example.test ESMTP: client host [192.0.2.10] blocked using bl.example.test
C QUIT
S 221 2.0.0 Bye

== cause-early-talker: the client speaks before the greeting, and is refused for it
C EHLO client.example.test
S 554 SMTP synchronization error
close server

== cause-gbk: a 535 in Chinese, in GBK
hello
C AUTH PLAIN {PLAIN}
S 535 \xd3\xc3\xbb\xa7\xc3\xfb\xbb\xf2\xc3\xdc\xc2\xeb\xb4\xed\xce\xf3
bye

== cause-latin-1: a 550 in French, in Latin-1
hello
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 550 5.1.1 Bo\xeete aux lettres inconnue
bye

== cause-no-break-space: no-break spaces in UTF-8 behind the code and the enhanced status code
hello
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 550 5.1.1\xc2\xa0User unknown
bye

== cause-unspecified: a refusal of which the code tells a little, and one of which nothing tells
hello
C MAIL FROM:<alice@example.test>
S 550
C NOOP
S 554 no
bye

== second-reply: two replies to one NOOP
hello
C NOOP
S 250 2.0.0 Ok
+ 250 2.0.0 Ok
bye

== smuggling: a message that holds an end of data as only some servers take it, and commands behind that
hello
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C DATA
S 354 End data with <CR><LF>.<CR><LF>
C Subject: one
+
+ First message\n.
+ MAIL FROM:<root@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
+ Subject: two
+
+ Second message
+ .
S 250 2.0.0 Ok: queued as 1
+ 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
+ 250 2.0.0 Ok: queued as 2
bye

== starttls-injection: a command in clear text behind STARTTLS in the same segment
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 STARTTLS
C STARTTLS
+ RSET
S 220 2.0.0 Ready to start TLS
C {TLS1}\c
S {TLS2}\c

== middlebox: something in between rewrites the greeting, EHLO's reply and STARTTLS
S 220 ****************************************
C EHLO client.example.test
S 250-mx.example.test
+ 250 XXXXXXXA
C XXXXXXXX
S 500 5.5.1 Command unrecognized: "XXXXXXXX"
bye

== slow-replies: the greeting, and replies to MAIL, NOOP and the message, take longer than ten seconds; that to RCPT doesn't
wait 20
hello
C MAIL FROM:<alice@example.test>
wait 12.5
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
wait 9.9
S 250 2.1.5 Ok
C NOOP
wait 11
S 250 2.0.0 Ok
C DATA
S 354 End data with <CR><LF>.<CR><LF>
C Subject: slow
+
+ .
wait 75
S 250 2.0.0 Ok: queued as 1
bye

== slow-client: the client takes its time, the server doesn't
hello
wait 40
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
wait 40
C RSET
S 250 2.0.0 Ok
bye

== early-talker: the client speaks before the greeting; the server doesn't mind
C EHLO client.example.test
S 220 mx.example.test ESMTP
S 250-mx.example.test
+ 250 8BITMIME
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
bye

== pipelining-not-offered: commands in one segment, twice, although the reply to EHLO doesn't list PIPELINING
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 8BITMIME
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
C RSET
+ NOOP
S 250 2.0.0 Ok
+ 250 2.0.0 Ok
bye

== line-without-cr: the client ends its lines with LF alone, the server with CR LF
S 220 mx.example.test ESMTP
C EHLO client.example.test\n\c
S 250-mx.example.test
+ 250 8BITMIME
C MAIL FROM:<alice@example.test>\n\c
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>\n\c
S 250 2.1.5 Ok
C DATA\n\c
S 354 End data with <CR><LF>.<CR><LF>
C Subject: x\n\nHello.\n.\n\c
S 250 2.0.0 Ok: queued as 1
C QUIT\n\c
S 221 2.0.0 Bye

== proxy-v1: a PROXY protocol header of version 1 before the greeting; it gets no reply
set server_port=587
C PROXY TCP4 192.0.2.99 192.0.2.25 42273 587
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 550 5.1.1 No such user
bye

== proxy-v1-with-ehlo: the header and EHLO in one segment, before the greeting
C PROXY TCP6 2001:db8::99 2001:db8::25 42273 25
+ EHLO client.example.test
S 220 mx.example.test ESMTP
+ 250-mx.example.test
+ 250 8BITMIME
bye

== proxy-v1-unknown: a health check of the proxy's own
C PROXY UNKNOWN
S 220 mx.example.test ESMTP
bye

== proxy-v1-refused: a server that doesn't know the PROXY protocol takes the header for a command
S 220 mx.example.test ESMTP
C PROXY TCP4 192.0.2.99 192.0.2.25 42273 25
S 502 5.5.2 Error: command not recognized
C EHLO client.example.test
S 250-mx.example.test
+ 250 8BITMIME
bye

== proxy-v1-login-refused: a login that is refused behind a proxy
C PROXY TCP4 192.0.2.99 192.0.2.25 42273 25
hello
C AUTH PLAIN {PLAIN}
S 535 5.7.8 Authentication credentials invalid
bye

== proxy-v2: a header of version 2, before the greeting
C {PROXY2}\c
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== proxy-v2-in-pieces: a header of version 2 in two segments
C \r\n\r\n\0\r\nQUIT\n\x21\c
C \x11\0\x0c\xc0\0\x02\x63\xc0\0\x02\x19\xdb\xf6\0\x19\c
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== proxy-v2-local: a header of version 2 that names no client, and EHLO in the same segment
C {PROXY2LOCAL}\c
+ EHLO client.example.test
S 220 mx.example.test ESMTP
+ 250-mx.example.test
+ 250 8BITMIME
bye

== proxy-v2-refused: a server that doesn't know the PROXY protocol takes the header for several lines
S 220 mx.example.test ESMTP
C {PROXY2}\c
S 500 5.3.3 Unrecognized command
S 500 5.3.3 Unrecognized command
S 500 5.3.3 Unrecognized command
C EHLO client.example.test
S 250-mx.example.test
+ 250 8BITMIME
bye

== starttls-still-clear: STARTTLS is accepted, but the session goes on in clear text, with BDAT over several segments
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250-CHUNKING
+ 250 STARTTLS
C STARTTLS
S 220 2.0.0 Ready to start TLS
C EHLO client.example.test
S 250-mx.example.test
+ 250 CHUNKING
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C BDAT 35 LAST
+ Subject: x\r\n\r\n\c
C NOOP\r\n\c
C the last line\r\n\c
S 250 2.6.0 Queued
bye

== xexch50: XEXCH50 of Exchange, its 354, the octets that follow, and its last reply
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250-XEXCH50
+ 250 8BITMIME
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C XEXCH50 12 2
S 354 Send binary data
C QUIT\r\nNOOP\r\n\c
S 250 XEXCH50 OK
bye

== no-greeting: a server that never greets
C EHLO client.example.test
S 250-mx.example.test
+ 250 8BITMIME
C RSET
S 250 2.0.0 Ok
C HELP
S 211 HELO EHLO
bye

== start-with-greeting: no handshake, and the first packet is a greeting that doesn't name SMTP
set handshake=0
S 220 gw.example.test Ready
C EHLO client.example.test
S 250-gw.example.test
+ 250 8BITMIME
C HELP
S 211 HELO EHLO
bye

== holes-of-one-byte: single bytes between the client's lines aren't in the capture
S 220 mx.example.test ESMTP
C EHLO client.example.test
C:lost x\c
S 250-mx.example.test
+ 250 8BITMIME
C MAIL FROM:<alice@example.test>
C:lost x\c
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
C:lost x\c
S 250 2.1.5 Ok
bye

== message-end-with-lf: a dot line that ends with LF alone, which this server takes for the end of the message
hello
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C DATA
S 354 End data with <CR><LF>.<CR><LF>
C Subject: x
+
+ Hello.
+ .\n\c
S 250 2.0.0 Ok: queued as 1
C \c
+
S 500 5.5.2 Error: bad syntax
bye

== bdat-bad-argument: BDAT with an argument that the server refuses; it reads what follows as commands
hello-chunking
C BDAT 5 X
+ MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 501 5.5.4 Syntax: BDAT count [LAST]
+ 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: x
+
+ QUIT
+ .
S 250 2.0.0 Ok: queued as 1
bye

== tls-on-clear-text-port: the client begins TLS on port 25, where the server speaks clear text
C {CLIENTHELLO}\c
S 220 mx.example.test ESMTP
S 500 5.5.2 Error: bad syntax
close server

== tls-after-greeting: the client begins TLS on port 587 without STARTTLS, behind the greeting
set server_port=587
S 220 mx.example.test ESMTP
C {CLIENTHELLO}\c
S 500 5.5.2 Error: bad syntax
close server

== clear-text-on-tls-port: the client speaks clear text on port 465, and the server answers with an alert
set server_port=465
C EHLO client.example.test
S {UNEXPECTED}\c
close server

== starttls-unknown-ca: the client doesn't trust the server's certificate
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 STARTTLS
C STARTTLS
S 220 2.0.0 Ready to start TLS
C {CLIENTHELLO}\c
S {SERVERHELLO}\c
C {UNKNOWNCA}\c

== starttls-broken-off: the client closes the connection inside the TLS handshake
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 STARTTLS
C STARTTLS
S 220 2.0.0 Ready to start TLS
C {CLIENTHELLO}\c
S {SERVERHELLO}\c

== starttls-unread: the session goes on in TLS, which nobody gave the keys of
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 STARTTLS
C STARTTLS
S 220 2.0.0 Ready to start TLS
C {CLIENTHELLO}\c
S {SERVERHELLO}\c
C {FINISHED}\c
S {FINISHED}\c
C {TLS1}\c
S {TLS2}\c
C {TLS1}\c
S {TLS2}\c

== tls-unread: the same on port 465, with TLS from the first byte
set server_port=465
C {CLIENTHELLO}\c
S {SERVERHELLO}\c
C {FINISHED}\c
S {FINISHED}\c
S {TLS2}\c
C {TLS1}\c
S {TLS2}\c
C {TLS1}\c
S {TLS2}\c

== auth-then-starttls: 235, then an accepted STARTTLS, which ends the authenticated state
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C STARTTLS
S 220 2.0.0 Ready to start TLS
C {TLS1}\c
S {TLS2}\c

== auth-then-starttls-refused: 235, then STARTTLS refused with 454: the session stays authenticated
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C STARTTLS
S 454 4.7.0 TLS not available
C NOOP
S 250 2.0.0 Ok
bye

== auth-secret-as-mechanism: the mechanism's name is forgotten, so the secret stands in its place (504); then the secret is typed as a command (500)
hello
C AUTH {PLAIN}
S 504 5.5.4 Unrecognized authentication type
C {PLAIN}
S 500 5.5.2 Error: command not recognized
bye

== secret-echoed: the server repeats the client's response, the same text typed as a command, and the password
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 535 5.7.8 authentication failed for {USER} with {PASS}
C {PASS}
S 500 5.5.2 unknown command: {PASS}
C AUTH PLAIN {PLAIN}
S 535 5.7.8 Error: authentication failed: password {PASSWORD} is wrong
bye

== secret-echoed-in-pieces: the client's responses are split over segments, and the server repeats them
hello
C AUTH PLAIN AHRlc3Rlcg\c
C BvcGVuLXNlc2FtZS03
S 535 5.7.8 rejected: user=tester;pass=OPEN-SESAME-7 ({PLAIN})
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C b3Blbi1zZXN\c
C hbWUtNw==
S 501 5.5.2 cannot decode "{PASS}", that is open-sesame-7/tester
bye

== secret-in-guises: the server repeats the password in quotes, HTML, URLs, JSON, other base64 and two lines
hello
C AUTH PLAIN {PLAIN}
S 535 5.7.8 not \xe2\x80\x9c{PASSWORD}\xe2\x80\x9d,\xc2\xa0{PASSWORD}
C AUTH PLAIN {PLAIN}
S 535 5.7.8 <b>&lt;{PASSWORD}&gt;</b> open&#45;sesame&#x2d;7
C AUTH PLAIN {PLAIN}
S 535 5.7.8 see smtp://tester:{PASSWORD}@mx.example.test/?p=open%2Dsesame%2d7
C AUTH PLAIN {PLAIN}
S 535 5.7.8 {"user":"tester","password":"open\\u002dsesame\\-7"}
C AUTH PLAIN {PLAIN}
S 535 5.7.8 AHRlc3RlcgBvcGVuLXNlc2FtZS03== is {PASS} or OPEN-SESAM...
C AUTH PLAIN {PLAIN}
S 535-5.7.8 not open-
+ 535-5.7.8 sesame-7 but AHRlc3RlcgBvcGVu
+ 535 5.7.8 LXNlc2FtZS03
bye

== secret-echoed-later: a token of 1,500 characters, a digest and a password, repeated after other logins
hello
C AUTH XOAUTH2 {LONGBEARER}
S 535 5.7.8 bad token {LONGTOKEN}
C AUTH DIGEST-MD5
S 334 {DIGEST1}
C {DIGEST2}
S 535 5.7.8 wrong response={DIGESTPROOF}
C AUTH PLAIN {PLAIN}
S 535 5.7.8 no
C AUTH PLAIN AHRlc3RlcgBub3QtbWluZS0x
S 535 5.7.8 no
C AUTH PLAIN AHRlc3RlcgBub3QtbWluZS0y
S 535 5.7.8 no
C AUTH PLAIN AHRlc3RlcgBub3QtbWluZS0z
S 535 5.7.8 no
C AUTH PLAIN AHRlc3RlcgBub3QtbWluZS00
S 535 5.7.8 no
C AUTH PLAIN AHRlc3RlcgBub3QtbWluZS01
S 535 5.7.8 no
C NOOP
S 250 2.0.0 last seen: tester with {PASSWORD}, {DIGESTPROOF} and {LONGTOKEN}
bye

== secret-typed: passwords typed as commands, POP's USER and PASS, a verb of the server's own
hello
C opensesame
S 500 5.5.1 Command unrecognized
C opensesame
S 211 status of opensesame
C USER tester
S 500 5.5.1 Command unrecognized: "USER tester"
C PASS {PASSWORD}
S 500 5.5.1 Command unrecognized: "PASS {PASSWORD}"
C XADR tester
S 250 2.1.5 tester
C HELP
S 214-2.0.0 Commands:
+ 214 2.0.0 HELO EHLO MAIL XQUEUE
C xqueue 7
S 250 2.0.0 ok
bye

== secret-in-chunk: the octets that BDAT announces are commands to a server that doesn't take it
hello-chunking
C BDAT 86
+ AUTH PLAIN {PLAIN}
S 503 5.5.1 no transaction
S 535 5.7.8 bad: {PLAIN} {PASSWORD}
bye

== user-names-shown: what isn't secret in a response, and ordinary words, are shown
hello
C AUTH PLAIN dGVzdGVyQGV4YW1wbGUudGVzdAB0ZXN0ZXJAZXhhbXBsZS50ZXN0AG1haWw=
S 235 2.7.0 Authentication successful for tester@example.test
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok, mail from alice@example.test
C RCPT TO:<bob@example.test>
S 553 5.7.1 <alice@example.test>: not owned by user tester@example.test
C RSET
S 250 2.0.0 Queued mail for delivery
bye

== 211-help: HELP answered with a 211 of one line, as hMailServer does
hello
C HELP
S 211 DATA HELO EHLO MAIL NOOP QUIT RCPT RSET SAML TURN VRFY
bye

== 211-multiline-help-split-over-segments: a 211 of four lines in three segments, cut inside lines
hello
C HELP
S 211-This server knows
+ 211-HELO EHLO MA\c
S IL RCPT\r\n211-DATA RSET NOOP QUIT
+ 21\c
S 1 End of help
bye

== 211-stat: STAT, a verb that no standard knows, answered with 211
hello
C STAT
S 211 Queue is empty, load 0.2
bye

== 211-misplaced-after-mail: MAIL answered with 211
hello
C MAIL FROM:<alice@example.test>
S 211 System status
bye

== 211-unsolicited: the server sends 211 although nothing was asked
hello
S 211 System status, all is well
C NOOP
S 250 2.0.0 Ok
bye

== 235-unsolicited: the server sends 235 although nothing was asked
hello
S 235 2.7.0 Authentication successful
C NOOP
S 250 2.0.0 Ok
bye

== 235-out-of-place-after-noop: NOOP answered with 235
hello
C NOOP
S 235 2.7.0 Authentication successful
bye

== help-214: HELP answered with a 214 of three lines, as Sendmail does
hello
C HELP
S 214-2.0.0 This is a mail server
+ 214-2.0.0 Commands: HELO EHLO MAIL RCPT
+ 214 2.0.0 End of HELP info
bye

== help-refused-502: HELP refused with 502
hello
C HELP
S 502 5.5.1 Command not implemented
bye

== help-answered-250-unusual: HELP answered with 250, as aiosmtpd does, and with 213
hello
C HELP
S 250 Supported commands: AUTH DATA EHLO HELO HELP
C HELP MAIL
S 213 Go and read the standard
bye

== help-answered-354: HELP answered with 354, which belongs to DATA
hello
C HELP
S 354 Go ahead
bye

== greeting-554: a server that greets with 554
S 554 5.7.1 No SMTP service here
C QUIT
S 221 2.0.0 Bye

== greeting-421: a server that greets with 421 and closes
S 421 4.3.2 Too many connections
close server

== greeting-multiline: a greeting of three lines in two segments
S 220-mx.example.test ESMTP
+ 220-We do not accept bulk mail
S 220 and log everything
C HELO client.example.test
S 250 mx.example.test
bye

== pipelining: MAIL, RCPT, RCPT and DATA in one segment, their replies in one segment
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ RCPT TO:<carol@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: pipelining
+
+ Hello.
+ .
S 250 2.0.0 Ok: queued as 1
bye

== pipelining-after-message: the end of the message and QUIT in one segment
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: pipelining
+
+ Hello.
+ .
+ QUIT
S 250 2.0.0 Ok: queued as 1
+ 221 2.0.0 Bye

== pipelining-data-refused: MAIL, RCPT and DATA in one segment; RCPT and DATA are refused, commands follow
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<nobody@example.test>
+ DATA
S 250 2.1.0 Ok
+ 550 5.1.1 No such user
+ 554 5.5.1 Error: no valid recipients
C RSET
S 250 2.0.0 Ok
C HELP
S 502 5.5.1 Command not implemented
bye

== quit-pipelined: RSET and QUIT in one segment, both replies in one segment
hello
C RSET
+ QUIT
S 250 2.0.0 Ok
+ 221 2.0.0 Bye

== data-early-message: MAIL, RCPT, DATA and the whole message in one segment, before the 354
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
+ Subject: early
+
+ QUIT
+ AUTH PLAIN {PLAIN}
+ .
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
S 354 End data with <CR><LF>.<CR><LF>
S 250 2.0.0 Ok: queued as 1
bye

== data-early-message-refused: as data-early-message but DATA is refused, so that the message's lines are commands
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<nobody@example.test>
+ DATA
+ NOOP
+ HELP
S 250 2.1.0 Ok
+ 550 5.1.1 No such user
+ 554 5.5.1 Error: no valid recipients
S 250 2.0.0 Ok
+ 211 HELO EHLO MAIL RCPT
bye

== data-content-looks-like-commands: a message whose lines look like commands and replies, with dot-stuffing and an end of data in single bytes
hello
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C DATA
S 354 End data with <CR><LF>.<CR><LF>
C Subject: looks like SMTP
+
+ AUTH PLAIN {PLAIN}
+ QUIT
+ HELP
+ 235 2.7.0 Authentication successful
+ 211 System status
+ ..
+ ..NOOP
+ .\c
C .still text
+ RSET\r\c
C \n\c
C .\c
C \r\c
C \n\c
S 250 2.0.0 Ok: queued as 1
bye

== data-empty-message: an end of data right after the 354
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C .
S 554 5.6.0 Message is empty
bye

== data-refused-then-commands: DATA refused with 503; what follows are commands
hello
C DATA
S 503 5.5.1 Error: need RCPT command
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C HELP
S 214 2.0.0 Help yourself
bye

== bdat-chunks: BDAT with and without LAST, two chunks in one segment, BDAT 0 LAST, and content that looks like commands
hello-chunking
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
C BDAT 23
+ Subject: chunks\r\n\r\nQUIT\c
+ BDAT 9 LAST
+ \r\nHELP\r\n.\c
S 250 2.0.0 Ok: 23 octets
+ 250 2.0.0 Ok: queued as 1
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
C BDAT 41
+ Subject: x\r\n\r\nAUTH PLAIN\r\n.\r\nQUIT\r\nHELP\r\n\c
S 250 2.0.0 Ok: 41 octets
C BDAT 0 LAST
S 250 2.0.0 Ok: queued as 2
bye

== bdat-over-segments: a BDAT chunk over two segments, followed by a further one in the second
hello-chunking
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ BDAT 32
+ Subject: x\r\n\r\nNO\c
C OP\r\nRSET\r\n.\r\n2\r\n\c
+ BDAT 6 LAST
+ QUIT\r\n\c
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 250 2.0.0 Ok: 32 octets
+ 250 2.0.0 Ok: queued as 1
C NOOP
S 250 2.0.0 Ok
bye

== bdat-refused: BDAT refused with 503; its chunk is skipped all the same
hello-chunking
C BDAT 10 LAST
+ QUIT\r\nab\r\n\c
S 503 5.5.1 Error: need RCPT command
C NOOP
S 250 2.0.0 Ok
bye

== bdat-not-offered: BDAT refused by a server that doesn't know it, and reads on; what follows is no chunk
hello
C BDAT 1000
S 500 5.5.2 Error: command not recognized
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== bdat-abandoned: BDAT refused before its chunk; the client leaves the chunk out and goes on
hello-chunking
C BDAT 50000 LAST
S 552 5.3.4 Message too big
C RSET
S 250 2.0.0 Ok
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== lmtp-two-recipients: LMTP: three recipients, one refused; two replies at the end of data
S 220 mx.example.test LMTP
C LHLO client.example.test
S 250-mx.example.test
+ 250 PIPELINING
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ RCPT TO:<nobody@example.test>
+ RCPT TO:<carol@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 550 5.1.1 No such user
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: two replies
+
+ Hello.
+ .
S 250 2.0.0 bob: saved
S 452 4.2.2 carol: mailbox is full
bye

== lmtp-bdat: LMTP: BDAT with LAST is answered once per accepted recipient
S 220 mx.example.test LMTP
C LHLO client.example.test
S 250-mx.example.test
+ 250 CHUNKING
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ RCPT TO:<carol@example.test>
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 250 2.1.5 Ok
C BDAT 4
+ ab\r\n\c
S 250 2.0.0 Ok: 4 octets
C BDAT 4 LAST
+ cd\r\n\c
S 250 2.0.0 bob: saved
+ 250 2.0.0 carol: saved
bye

== lower-case-verbs: commands and the mechanism in lower and mixed case
S 220 mx.example.test ESMTP
C ehlo client.example.test
S 250-mx.example.test
+ 250-PIPELINING
+ 250 AUTH PLAIN LOGIN
C help
S 211 helo ehlo mail
C Auth plain {PLAIN}
S 235 2.7.0 Authentication successful
C quit
S 221 2.0.0 Bye

== ehlo-line-without-code: the second line of the reply to EHLO begins with no code
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250 mx.example.test
+ SIZE 10240000
bye

== bdat-chunk-read-as-commands: a server that refuses BDAT, and then answers each line of the chunk
hello-chunking
C MAIL FROM:<alice@example.test>
+ RCPT TO:<nobody@example.test>
+ BDAT 21 LAST
+ Subject: x
+
+ hello
+ QUIT
S 250 2.1.0 Ok
+ 550 5.1.1 No such user
+ 502 5.5.1 Missing RCPT
+ 500 5.5.2 Unknown command
+ 500 5.5.2 Unknown command
+ 500 5.5.2 Unknown command
+ 221 2.0.0 Bye

== no-greeting: the server ends the connection without a word
C EHLO client.example.test
close server

== no-greeting-on-tls-port: the same on port 465
set server_port=465
C EHLO client.example.test
close server

== lf-only: both sides end their lines with LF alone
set eol=lf
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: lf
+
+ HELP
+ .
S 250 2.0.0 Ok: queued as 1
bye

== bare-codes: replies that are the code and nothing else, not even a space
S 220
C EHLO client.example.test
S 250-
+ 250-AUTH PLAIN
+ 250
C AUTH PLAIN
S 334
C {PLAIN}
S 235
C HELP
S 211
bye

== byte-by-byte: AUTH and its 235, each byte in a segment of its own
hello
C:each AUTH PLAIN {PLAIN}
S:each 235 2.7.0 OK
bye

== multiline-code-changes: replies whose lines carry different codes
hello
C AUTH PLAIN {PLAIN}
S 235-2.7.0 Authentication successful
+ 250 2.7.0 Ok
C HELP
S 214-HELO EHLO
+ 211 MAIL RCPT
bye

== ehlo-multiline-split: the reply to EHLO over three segments, cut inside lines
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250-SIZE 10\c
S 240000\r\n250-AUTH PLAIN LOGIN
+ 250\c
S \x20HELP
C HELP
S 211 HELO EHLO
bye

== long-reply-line: a 211 of one line of 3000 letters in three segments
hello
C HELP
S 211 {LONG}\c
S {LONG}\c
S {LONG}
bye

== starttls-cleartext-part: STARTTLS accepted with 220; what follows is TLS and holds bytes that look like SMTP
hello
C STARTTLS
S 220 2.0.0 Ready to start TLS
C {TLS1}\c
S {TLS2}\c

== starttls-refused-454: STARTTLS refused with 454; commands follow in clear text
hello
C STARTTLS
S 454 4.7.0 TLS not available
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== xclient-220: XCLIENT answered with a new greeting, then EHLO again
hello
C XCLIENT NAME=spike.example.test ADDR=192.0.2.77
S 220 mx.example.test ESMTP
C EHLO spike.example.test
S 250 mx.example.test
bye

== expected-replies: one standard reply to each of the less frequent commands
hello
C VRFY bob
S 252 2.0.0 bob
C VRFY carol
S 251 carol has moved
C EXPN staff
S 250 2.0.0 bob
C RCPT TO:<carol@example.test>
S 251 2.1.5 Will forward
C ETRN example.test
S 253 5 messages pending
C XFORWARD NAME=spike.example.test
S 250 2.0.0 Ok
C BURL imap://bob@imap.example.test/Drafts LAST
S 250 2.0.0 Ok: queued as 1
C ATRN example.test
S 250 2.0.0 Ok, roles reversed
close client

== refused-replies: 4yz and 5yz replies to many commands, and a 421 at the end
hello
C MAIL FROM:<alice@example.test>
S 451 4.3.0 Try again later
C RCPT TO:<bob@example.test>
S 503 5.5.1 Need MAIL first
C VRFY bob
S 502 5.5.1 Not implemented
C EXPN staff
S 550 5.7.1 Not allowed
C ETRN example.test
S 459 4.0.0 Not allowed
C RSET
S 500 5.5.2 Not recognized
C XCLIENT ADDR=192.0.2.77
S 550 5.7.0 Not authorized
C NOOP
S 421 4.3.2 Shutting down
close server

== unusual-replies: 2yz replies that the standard does not list for their command
hello
C NOOP
S 252 2.0.0 Ok
C RSET
S 251 2.0.0 Ok
C MAIL FROM:<alice@example.test>
S 253 2.0.0 Ok
C QUIT
S 250 2.0.0 Bye

== unexpected-replies: codes that belong to other commands
hello
C MAIL FROM:<alice@example.test>
S 221 2.0.0 Bye
C NOOP
S 220 mx.example.test ESMTP
C NOOP
S 334 VXNlcm5hbWU6
C NOOP
S 214 2.0.0 Help yourself
C MAIL FROM:<alice@example.test>
S 354 Go ahead
C NOOP
S 250 2.0.0 Ok
C DATA
S 250 2.0.0 Ok
C NOOP
S 250 2.0.0 Ok
bye

== unknown-verb: a verb that nobody knows, answered with 500, 250 and 354
hello
C XFOO bar
S 500 5.5.2 Error: command not recognized
C xfoo
S 250 2.0.0 Ok
C XFOO
S 354 Go ahead
C NOOP
S 250 2.0.0 Ok
bye

== 421-idle-timeout: the server gives up with 421 although nothing is outstanding
hello
S 421 4.4.2 Error: timeout exceeded
close server

== 421-during-auth: AUTH LOGIN ends with 421
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 421 4.3.2 Shutting down
close server

== noise-binary: lines from the server that are no replies, alone and while a command is outstanding
hello
S \x00\xff\xfe\x80 garbage \x01
C NOOP
S 2350 is no reply code
+ \xff235 neither is this
+ hello
S 250 2.0.0 Ok
bye

== equal-ports: both sides use port 25
set client_port=25
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C HELP
S 211 HELO EHLO
bye

== ipv6-auth: 235 over IPv6
set ipv6=1
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== vlan-211: 211 inside a VLAN
set vlan=42
hello
C HELP
S 211 HELO EHLO
bye

== submission-port-587: 235 on port 587
set server_port=587
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== two-sessions-port-reuse: two sessions on the same ports; the second starts with a clean state
hello
C AUTH PLAIN {PLAIN}
S 535 5.7.8 Error: authentication failed
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C NOOP
session
hello
C AUTH LOGIN
S 535 5.7.8 Error: authentication failed
C NOOP
S 250 2.0.0 Ok
bye

== two-sessions-reset-without-syn: a connection is reset; of the next one on its ports no SYN was captured
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye
session:reset:unseen
hello
C MAIL FROM:<alice@example.test>
S 530 5.7.0 Authentication required
bye

== start-without-handshake: the capture starts with the greeting, the handshake is missing
set handshake=0
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
bye

== start-mid-session: the capture starts with MAIL, in lock-step
set handshake=0
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C DATA
S 354 End data with <CR><LF>.<CR><LF>
C Subject: middle
+
+ HELP
+ .
S 250 2.0.0 Ok: queued as 1
bye

== start-mid-auth: the capture starts with the last SASL response, then 235
set handshake=0
C {PASS}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
bye

== start-mid-help: the capture starts with a 211 whose command is missing
set handshake=0
S 211 HELO EHLO
C NOOP
S 250 2.0.0 Ok
bye

== start-mid-message: the capture starts inside a message whose lines look like commands
set handshake=0
C AUTH PLAIN is described here
+ QUIT
+ some text
C NOOP
C .
S 250 2.0.0 Ok: queued as 1
C RSET
S 250 2.0.0 Ok
bye

== server-side-hole-at-end: only the server's packets, and one of the last is missing
set see=server
hello
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S:lost 250 2.1.0 Ok
C NOOP
S 250 2.0.0 Ok
bye
end

== server-side-only: only the server's packets are in the capture
set see=server
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 235 2.7.0 Authentication successful
C HELP
S 211 HELO EHLO
bye

== client-side-only: only the client's packets are in the capture
set see=client
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 235 2.7.0 Authentication successful
C HELP
S 211 HELO EHLO
bye

== lost-command-segment: the segment with MAIL is missing
hello
C:lost MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
bye

== lost-help-command: the segment with HELP is missing, its 211 is there
hello
C:lost HELP
S 211 HELO EHLO
C NOOP
S 250 2.0.0 Ok
bye

== lost-auth-command: the segment with AUTH PLAIN is missing, its 235 is there
hello
C:lost AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
bye

== lost-reply-segment: the reply to MAIL is missing
hello
C MAIL FROM:<alice@example.test>
S:lost 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 550 5.1.1 No such user
bye

== lost-reply-in-pipeline: the reply to RCPT is missing between those to MAIL and DATA; 354 can only answer DATA
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ RCPT TO:<carol@example.test>
+ DATA
S 250 2.1.0 Ok
S:lost 250 2.1.5 Ok
ack client
S 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: lost
+
+ Hello.
+ .
S 250 2.0.0 Ok: queued as 1
bye

== lost-235: the 235 is missing; the session goes on with MAIL
hello
C AUTH PLAIN {PLAIN}
S:lost 235 2.7.0 Authentication successful
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
bye

== late-211: the reply to HELP is captured after its acknowledgement
hello
C HELP
S:hold=reply 211 Commands: EHLO AUTH MAIL RCPT DATA QUIT
ack client
show reply
bye

== lost-auth-response: one of the client's SASL responses is missing
hello
C AUTH LOGIN
S 334 VXNlcm5hbWU6
C:lost {USER}
S 334 UGFzc3dvcmQ6
C {PASS}
S 235 2.7.0 Authentication successful
bye

== lost-message-part: a segment from the middle of a message is missing
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: lost
+
+ first pa\c
C:lost rt\r\nsecond pa\c
C rt
+ QUIT
+ .
S 250 2.0.0 Ok: queued as 1
bye

== lost-message-end: the segment that ends a message is missing
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S 250 2.1.0 Ok
+ 250 2.1.5 Ok
+ 354 End data with <CR><LF>.<CR><LF>
C Subject: lost
+
+ HELP
C:lost the rest
+ .
S 250 2.0.0 Ok: queued as 1
bye

== retransmitted-reply: the reply to MAIL comes twice
hello
C MAIL FROM:<alice@example.test>
S:as=reply 250 2.1.0 Ok
again reply
C RCPT TO:<bob@example.test>
S 550 5.1.1 No such user
bye

== retransmitted-command: MAIL comes twice
hello
C:as=mail MAIL FROM:<alice@example.test>
again mail
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 550 5.1.1 No such user
bye

== retransmitted-command-with-more: MAIL comes again, now with RCPT in the same segment
hello
C MAIL FROM:<alice@example.test>
C:overlap=32 RCPT TO:<bob@example.test>
S 250 2.1.0 Ok
+ 550 5.1.1 No such user
bye

== out-of-order-replies: two segments with replies are captured in the wrong order
hello
C MAIL FROM:<alice@example.test>
+ RCPT TO:<bob@example.test>
+ DATA
S:hold=first 250 2.1.0 Ok
S 550 5.1.1 No such user
+ 554 5.5.1 Error: no valid recipients
show first
bye

== out-of-order-commands: two segments with commands are captured in the wrong order
hello
C:hold=first MAIL FROM:<alice@example.test>
C RCPT TO:<bob@example.test>
show first
S 250 2.1.0 Ok
+ 550 5.1.1 No such user
bye

== snaplen-cut: packets are cut at 96 bytes, so that the end of a message is not there
set snaplen=96
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250 mx.example.test
C MAIL FROM:<alice@example.test>
S 250 2.1.0 Ok
C RCPT TO:<bob@example.test>
S 250 2.1.5 Ok
C DATA
S 354 End data with <CR><LF>.<CR><LF>
C Subject: a message that is cut
+
+ HELP
+ QUIT
+ These words are not in the capture.
+ .
S 250 2.0.0 Ok: queued as 1
bye

== snaplen-cut-reply: packets are cut at 96 bytes, so that the end of a 235 is not there
set snaplen=96
S 220 mx.example.test ESMTP
C EHLO client.example.test
S 250-mx.example.test
+ 250 AUTH PLAIN
C AUTH PLAIN {PLAIN}
S 235 2.7.0 Authentication successful, and welcome to this server
C NOOP
S 250 2.0.0 Ok
bye
"""

WORDS["LONG"] = "abcdefghij" * 100


def scripts():
    """The scripts in order: {name: (what it shows, script)}"""
    found = {}
    for part in SCRIPTS.split("\n== ")[1:]:
        title, _, script = part.partition("\n")
        name, _, shows = title.partition(": ")
        found[name] = (shows, script)
    return found


def build(name):
    """The bytes of the capture with that name."""
    return Player(scripts()[name][1]).play()


README = """\
<!-- SPDX-License-Identifier: GPL-2.0-or-later -->
# Captures for the tests

Written by `make.py` from the scripts in it and in `record.py`; edit those.

One behaviour each, named after it. User `tester`, passwords `open-sesame-7` and
`open-barley-8` and the bearer token in them were invented for these captures and open
nothing.

*made*: written by `make.py` from the script of that name in it. Nothing is random:
`python3 make.py` writes the same bytes again, and a test checks that. To add a capture,
add a script, run `make.py`, and state by hand in `../dissection/expected/NAME.json` what
the plugin must say about it.

*recorded*: a real server on loopback, recorded by `record.py` with tcpdump. These are
different each time they are recorded, so look at their expectations when you do that.

| capture | what it shows | how it was made |
|---|---|---|
"""


def readme():
    """What this directory's README.md must say."""
    from record import RECORDED  # pylint: disable=import-outside-toplevel

    rows = [(name, shows, "made") for name, (shows, _) in scripts().items()]
    for server, recordings in RECORDED.items():
        for what, (shows, programs, _) in recordings.items():
            rows.append((f"recorded-{server}-{what}", shows, f"recorded: {programs}"))
    return README + "".join(f"| `{name}.pcap` | {shows} | {how} |\n" for name, shows, how in rows)


def main():
    directory = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parent)
    for name in scripts():
        (directory / f"{name}.pcap").write_bytes(build(name))
    (directory / "README.md").write_text(readme(), encoding="utf-8")


if __name__ == "__main__":
    main()
