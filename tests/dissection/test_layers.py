# SPDX-License-Identifier: GPL-2.0-or-later
"""SMTP is found whatever carries its TCP segments.

Each test packs the frames of a capture anew and expects the same replies to the same commands.
"""
import re
import struct

import pcap
import pytest
from pcap import ETHERNET

RAW_IP = 101
LINUX_COOKED = 113
UPPER_PDU = 252
ETHERTYPE_IP = b"\x08\0"
IP_IN_IP, TCP, GRE, ESP, AUTHENTICATION, FRAGMENT_HEADER = 4, 6, 47, 50, 51, 44
FRAGMENT = 24  # bytes of the TCP segment in its first fragment: the header and a little more


def packets(name):
    """The IP packets of one of our captures."""
    return [frame[14:] for frame in pcap.frames(name)]


def ethernet(packet, kind=ETHERTYPE_IP):
    return b"\x02\0\0\0\0\x10" + b"\x02\0\0\0\0\x25" + kind + packet


def ipv4(protocol, payload, fragment=0, addresses=b"\xc6\x33\x64\1\xc6\x33\x64\2"):
    return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(payload), 7, fragment, 64, protocol,
                       0) + addresses + payload


def in_gre(packet):
    return [ethernet(ipv4(GRE, b"\0\0" + ETHERTYPE_IP + packet))]


def in_ip(packet):
    return [ethernet(ipv4(IP_IN_IP, packet))]


def same_addresses_outside(packet):
    return [ethernet(ipv4(IP_IN_IP, packet, addresses=packet[12:20]))]


def in_mpls(packet):
    return [ethernet(struct.pack("!I", 77 << 12 | 1 << 8 | 64) + packet, b"\x88\x47")]


def gre_in_fragments(packet):
    """The segment's bytes are all in the last fragment."""
    gre = b"\0\0" + ETHERTYPE_IP + packet
    begin = (4 + 20 + 20) // 8 * 8
    return [ethernet(ipv4(GRE, gre[:begin], 0x2000)),
            ethernet(ipv4(GRE, gre[begin:], begin // 8))]


def authentication(payload):
    return bytes([TCP, 4, 0, 0]) + bytes(20) + payload


def authenticated(packet):
    return [ethernet(ipv4(AUTHENTICATION, authentication(packet[20:]), 0, packet[12:20]))]


def ipv6(packet, kind, payload):
    """An IPv6 packet with something else in it."""
    return ethernet(packet[:4] + struct.pack("!HB", len(payload), kind) + packet[7:40] + payload,
                    b"\x86\xdd")


def authenticated_ipv6(packet):
    return [ipv6(packet, AUTHENTICATION, authentication(packet[40:]))]


def atomic_fragment(packet):
    """A fragment header in front of all there is (RFC 6946)."""
    return [ipv6(packet, FRAGMENT_HEADER, bytes([TCP, 0, 0, 0, 0, 0, 0, 1]) + packet[40:])]


def in_esp(packet):
    """With null encryption, which Wireshark decrypts as any other."""
    tcp = packet[20:]
    padding = -(len(tcp) + 2) % 4
    trailer = bytes(range(1, padding + 1)) + bytes([padding, TCP])
    return [ethernet(ipv4(ESP, struct.pack("!II", 0x1234, 1) + tcp + trailer + bytes(12), 0,
                          packet[12:20]))]


def fragmented(packet):
    tcp = packet[20:]
    if len(tcp) <= FRAGMENT:
        return [ethernet(packet)]
    return [ethernet(ipv4(6, tcp[:FRAGMENT], 0x2000, packet[12:20])),
            ethernet(ipv4(6, tcp[FRAGMENT:], FRAGMENT // 8, packet[12:20]))]


def left_to_the_card(packet):
    """Captured before the network card filled in the length."""
    return [ethernet(packet[:2] + b"\0\0" + packet[4:])]


def padded(packet):
    return [ethernet(packet).ljust(60, b"\0")]


def with_ip_options(packet):
    return [ethernet(bytes([0x46]) + packet[1:2] + struct.pack("!H", len(packet) + 4) +
                     packet[4:20] + b"\1\1\1\0" + packet[20:])]


def raw(packet):
    return [packet]


def cooked(packet):
    return [struct.pack("!HHH8sH", 0, 1, 6, bytes(8), 0x800) + packet]


def with_hop_by_hop(packet):
    """An IPv6 packet with an extension header in front of TCP."""
    return [ipv6(packet, 0, bytes([TCP, 0, 1, 4, 0, 0, 0, 0]) + packet[40:])]


def exported(packet):
    """What Wireshark's File > Export PDUs makes of it: SMTP without TCP."""
    options = [(12, b"smtp"), (20, packet[12:16]), (21, packet[16:20]), (24, b"\0\0\0\2"),
               (25, b"\0\0" + packet[20:22]), (26, b"\0\0" + packet[22:24]), (0, b"")]
    header = b"".join(struct.pack("!HH", tag, len(value)) + value for tag, value in options)
    payload = packet[20 + (packet[32] >> 4) * 4:]
    return [header + payload] if payload else []


PACKINGS = [
    ("auth-plain-initial", in_gre, ETHERNET),
    ("auth-plain-initial", in_ip, ETHERNET),
    ("auth-plain-initial", same_addresses_outside, ETHERNET),
    ("auth-plain-initial", in_mpls, ETHERNET),
    ("auth-plain-initial", fragmented, ETHERNET),
    ("auth-plain-initial", left_to_the_card, ETHERNET),
    ("auth-plain-initial", padded, ETHERNET),
    ("auth-plain-initial", with_ip_options, ETHERNET),
    ("auth-plain-initial", gre_in_fragments, ETHERNET),
    ("auth-plain-initial", authenticated, ETHERNET),
    ("auth-plain-initial", in_esp, ETHERNET),
    ("auth-plain-initial", raw, RAW_IP),
    ("auth-plain-initial", cooked, LINUX_COOKED),
    ("ipv6-auth", with_hop_by_hop, ETHERNET),
    ("ipv6-auth", authenticated_ipv6, ETHERNET),
    ("ipv6-auth", atomic_fragment, ETHERNET),
]


DECRYPT_ESP = ("-o", "esp.enable_encryption_decode:TRUE", "-o",
               'uat:esp_sa:"IPv4","*","*","*","NULL","","HMAC-SHA-1-96 [RFC2404]",""')


def replies(tshark, capture, *arguments):
    """[code, command, verdict, text, is authenticated] of each reply."""
    out = tshark.read(capture, *arguments, "-Y", "smtp_explain.code", "-T", "fields",
                      "-e", "smtp_explain.code", "-e", "smtp_explain.command",
                      "-e", "smtp_explain.verdict", "-e", "smtp_explain.text",
                      "-e", "smtp_explain.authenticated")
    return [re.sub("True", "1", line).split("\t") for line in out.splitlines()]


@pytest.mark.parametrize("name, pack, link_type", PACKINGS,
                         ids=[pack.__name__ for _, pack, _ in PACKINGS])
def test_same_replies_in_other_layers(tshark, tmp_path, name, pack, link_type):
    frames = [frame for packet in packets(name) for frame in pack(packet)]
    pcap.write_apart(tmp_path / f"{pack.__name__}.pcap", frames, link_type)
    due = replies(tshark, pcap.PCAPS / f"{name}.pcap")
    assert ["235", "AUTH", "1"] == due[2][:3]
    arguments = DECRYPT_ESP if pack is in_esp else ()
    assert replies(tshark, tmp_path / f"{pack.__name__}.pcap", *arguments) == due


def test_exported_pdus(tshark, tmp_path):
    """Without TCP, one reply may be lost before another: what is not certain is not said."""
    frames = [frame for packet in packets("auth-plain-initial") for frame in exported(packet)]
    pcap.write_apart(tmp_path / "exported.pcap", frames, UPPER_PDU)
    found = replies(tshark, tmp_path / "exported.pcap")
    due = replies(tshark, pcap.PCAPS / "auth-plain-initial.pcap")
    assert [reply[:3] for reply in found][2] == ["235", "AUTH", "1"]
    assert [(reply[0], reply[3], reply[4]) for reply in found] == [
        (reply[0], reply[3], reply[4]) for reply in due]
