# SPDX-License-Identifier: GPL-2.0-or-later
"""Real services that aren't SMTP: the plugin says nothing about them, wherever they are."""
import struct

import pcap
import pytest
from others import FIRST_CLIENT_PORT, OTHERS, PORTS, TALKS

PASSES = pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-pass"])
# Where SMTP is often found though Wireshark doesn't look for it there.
POPULAR = 24, 1025, 2525, 8025, 10024, 10025
EXPECTED = {
    "ftp": b"220 mail.example.test FTP server ready",
    "dict": b"250 ok",
    "pop3": b"+OK",
    "imap": b"a OK",
    "sieve": b"OK ",
    "redis": b"+PONG",
    "memcached": b"250 2.0.0 Ok",
    "ssh": b"SSH-2.0-OpenSSH",
    "http": b"HTTP/1.",
    "ldap": b"\x0a\x01\x00\x04\x00\x04\x00",
}


@pytest.fixture(name="capture")
def fixture_capture(recordings):
    """What they said to their clients, and to some of SMTP's."""
    return recordings.of(OTHERS.name)


def moved(capture, path, port):
    """The same, but all of it at that port of the server."""
    link_type, packets = pcap.read(capture)
    found = []
    for packet in packets:
        data = bytearray(packet.data)
        ports = struct.unpack_from("!HH", data, pcap.PORTS)
        ports = (port if number in PORTS.values() else number for number in ports)
        struct.pack_into("!HH", data, pcap.PORTS, *ports)
        found.append(packet._replace(data=bytes(data)))
    path.write_bytes(pcap.pack(found, link_type))
    return path


def explained(tshark, capture, passes):
    """The frames about which something is said, with what the plugin shows of them."""
    fields = ["frame.number", "tcp.port", "smtp_explain.code", "smtp_explain.command"]
    arguments = [word for field in fields for word in ("-e", field)]
    return tshark.read(capture, *passes, "-Y", "smtp_explain", "-T", "fields", *arguments)


@pytest.mark.parametrize("name", PORTS)
def test_services_answer(capture, name):
    """Or it would be easy to say nothing about them."""
    _, packets = pcap.read(capture)
    port = struct.pack("!H", PORTS[name])
    said = [packet.data for packet in packets if packet.data[pcap.PORTS:].startswith(port)]
    assert any(EXPECTED[name] in data for data in said)


@PASSES
def test_nothing_is_said_of_other_services(tshark, capture, passes):
    assert explained(tshark, capture, passes) == ""


@PASSES
@pytest.mark.parametrize("port", POPULAR)
def test_nothing_is_said_of_them_where_smtp_may_be(tshark, capture, tmp_path, port, passes):
    assert explained(tshark, moved(capture, tmp_path / "moved.pcap", port), passes) == ""


@PASSES
def test_no_session_of_theirs_is_counted(tshark, capture, passes):
    shown = tshark.read(capture, *passes, "-q", "-z", "smtp_explain,sessions")
    assert "SMTP sessions" in shown
    assert not [line for line in shown.splitlines() if "|127.0.0.1:" in line]


@PASSES
@pytest.mark.parametrize("port", [25, 587])
def test_nobody_is_blamed_on_ports_of_smtp(tshark, capture, tmp_path, port, passes):
    """A server that speaks first, only not SMTP, has neither kept silent nor been talked over."""
    blame = "smtp_explain.expert.early_talker || smtp_explain.expert.no_reply"
    arguments = ["-Y", blame, "-T", "fields", "-e", "tcp.port"]
    moved_there = moved(capture, tmp_path / "moved.pcap", port)
    shown = tshark.read(moved_there, *passes, *arguments)
    blamed = {int(number) for row in shown.split() for number in row.split(",")} - {port}
    names = {TALKS[number - FIRST_CLIENT_PORT][0] for number in blamed}
    assert names <= {"redis", "memcached", "http", "ldap"}
