# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/annotate -o: copies of captures that carry the explanations as packet comments."""
import gzip
import os
import re
import shutil
import signal
import struct
import subprocess
import tempfile
import time
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import nobody
import pcap
import pytest
from joined import Joined
from leaks import leaks
from pcap import PCAPS

ANNOTATE = Path(__file__).parents[2] / "tools" / "annotate"

# One capture of nearly all: what is in IPv4 and not in a VLAN.
NAMES = [path.stem for path in sorted(PCAPS.glob("*.pcap"))
         if pcap.frames(path.stem)[0][12:14] == b"\x08\x00"]

PACKET = ["frame.number", "frame.time_epoch", "frame.len", "frame.encap_type", "tcp.payload"]
INTERFACE = ["frame.interface_id", "frame.interface_name"]


def annotate(*arguments, status=0, **settings):
    done = subprocess.run([ANNOTATE, *arguments], capture_output=True, text=True, check=False,
                          **settings)
    assert done.returncode == status, done.stderr
    return done


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    capture = Joined(folder / "joined.pcap", NAMES)
    annotate(capture.path, "-o", folder / "copy.pcapng")
    return capture.path, folder / "copy.pcapng"


def comments(tshark, copy):
    """{frame: comments} as a Wireshark without the plugin shows them."""
    lines = tshark.read(copy, "-T", "fields", "-e", "frame.number", "-e", "frame.comment",
                        "-E", "aggregator=|", plugin=False).splitlines()
    rows = (line.split("\t") for line in lines)
    return {int(number): text.split("|") for number, text in rows if text}


# Of these the cause has said all.
REFUSED = {f"smtp_explain.expert.{name}" for name in ("auth_refused", "help_refused", "refused")}


def sentences(layer):
    """What a comment says of one reply, as far as it must be so: a list of parts."""
    fields = [(item.get("name"), item.get("show")) for item in layer.iter("field")]
    one = dict(fields)
    text, challenge = one.get("smtp_explain.text"), one.get("smtp_explain.challenge")
    quoted = [f'Server: "{text}"'] if text else []
    quoted += [f'Decoded: "{challenge}"'] if challenge else []
    experts = [(fields[n - 1][0], show) for n, (name, show) in enumerate(fields)
               if name == "_ws.expert.message"]
    if "smtp_explain.cause" not in one:
        return [show for _, show in experts] + quoted
    cause, told = one["smtp_explain.cause"], one["smtp_explain.cause_from"]
    return [f"SMTP {one['smtp_explain.code']}: ", *quoted, f"Cause: {cause}, told by {told}.",
            one["smtp_explain.meaning"], one["smtp_explain.advice"],
            *(show for name, show in experts if name not in REFUSED)]


SUCCESSES = {"status", "authenticated", "credentials_exposed", "no_context"}


def is_success(names):
    """Names of fields of a reply that is as it should be?"""
    experts = {name.removeprefix(EXPERT) for name in names if name.startswith(EXPERT)}
    return "smtp_explain.cause" not in names and experts <= SUCCESSES


EXPERT = "smtp_explain.expert."


def findings(tshark, capture):
    """{frame: what must be said there: of all its replies with expert items, successes last, and of
    these the first one of each session}"""
    found, succeeded = {}, set()
    details = ET.fromstring(tshark.read(capture, "-2", "-T", "pdml"))
    for packet in details.iter("packet"):
        number = int(packet.find("proto[@name='geninfo']/field[@name='num']").get("show"))
        problems, successes = [], []
        session = packet.find(".//field[@name='smtp_explain.session']")
        for layer in packet.findall("proto[@name='smtp_explain']"):
            fields = {item.get("name"): item.get("show") for item in layer.iter("field")}
            if "_ws.expert.message" not in fields:
                continue
            if not is_success(fields):
                problems += sentences(layer)
            elif successes == [] and session.get("show") not in succeeded:
                successes = sentences(layer)
        succeeded |= {session.get("show")} if successes else set()
        if problems or successes:
            found[number] = problems + successes
    return found


def says(comment, parts):
    """All of the parts, in their order, and no more than what a reply answers besides."""
    rest = comment
    for part in dict.fromkeys(parts):
        before, found, rest = rest.partition(part)
        assert found, (part, comment)
        assert re.fullmatch(r" ?|.*(answers|not in the capture).*\. ", before), (before, comment)
    return not rest


# ---------------------------------------------------------------------------- comments


def test_comments_are_the_findings(tshark, joined):
    capture, copy = joined
    found = findings(tshark, capture)
    assert len(NAMES) > 100 and max(map(len, found.values())) > 1
    written = comments(tshark, copy)
    assert written.keys() == found.keys()
    for number, parts in found.items():
        (comment,) = written[number]
        assert says(comment, parts)


def test_refusal_is_told_in_full(tshark, tmp_path):
    """Wireshark cuts labels, and so the words that a finding quotes; a comment has room."""
    annotate(PCAPS / "auth-refused-535-multiline.pcap", "-o", tmp_path / "copy")
    ((comment,),) = comments(tshark, tmp_path / "copy").values()
    assert comment.startswith("SMTP 535: refused, answers AUTH PLAIN (frame 7, 10 ms later). "
                              'Server: "Username and Password not accepted. Learn more at / '
                              'https://support.example.test/" '
                              "Cause: bad credentials, told by the server's words. ")
    assert "For the user: " in comment


def test_each_session_has_its_success(tshark, joined):
    """One of its 211 and 235, no more."""
    capture, copy = joined
    rows = [line.split("\t") for line in
            tshark.read(capture, "-2", "-T", "fields", "-e", "frame.number", "-e",
                        "smtp_explain.session", "-Y", "smtp_explain.code in {211, 235} and "
                        "smtp_explain.verdict == 1").splitlines()]
    explained = comments(tshark, copy)
    praised = Counter(session for number, session in rows
                      if re.search("SMTP (211|235)", explained.get(int(number), [""])[0]))
    assert len(praised) > 20 and max(Counter(session for _, session in rows).values()) > 1
    assert set(praised) == {session for _, session in rows}


def test_no_secret_in_comments(tshark, joined):
    said = "\n".join(text for texts in comments(tshark, joined[1]).values() for text in texts)
    assert "login" in said
    assert not leaks(said)


def test_greeting_that_is_recognised_later(tshark, tmp_path):
    """In one pass a 220 on an unknown port is nobody's, and so is a finding about it."""
    content = (PCAPS / "bare-codes.pcap").read_bytes()
    capture = tmp_path / "port.pcap"
    capture.write_bytes(content.replace(struct.pack(">H", 25), struct.pack(">H", 2525)))
    annotate(capture, "-o", tmp_path / "copy")
    said = {n: [" ".join(texts)] for n, texts in findings(tshark, capture).items()}
    assert comments(tshark, tmp_path / "copy") == said != {}


def test_says_how_many(tmp_path):
    copy = tmp_path / "copy"
    assert annotate(PCAPS / "211-help.pcap", "-o", copy).stdout == f"{copy}: 1 packet annotated\n"
    assert annotate(PCAPS / "pipelining.pcap", "-o", copy, "-f").stdout == (
        f"{copy}: no packet annotated\n")


# ---------------------------------------------------------------------------- what is kept


def fields(tshark, capture, names):
    words = [word for name in names for word in ("-e", name)]
    return tshark.read(capture, "-T", "fields", *words, plugin=False)


def test_packets_are_kept(tshark, joined):
    capture, copy = joined
    assert fields(tshark, copy, PACKET) == fields(tshark, capture, PACKET)


def test_nanoseconds_are_kept(tshark, tmp_path):
    content = bytearray((PCAPS / "auth-plain-initial.pcap").read_bytes())
    struct.pack_into("<I", content, 0, 0xA1B23C4D)
    struct.pack_into("<I", content, 24 + 4, 123456789)
    capture = tmp_path / "nano.pcap"
    capture.write_bytes(content)
    annotate(capture, "-o", tmp_path / "copy")
    assert ".123456789\t" in fields(tshark, capture, PACKET)
    assert fields(tshark, tmp_path / "copy", PACKET) == fields(tshark, capture, PACKET)


class Rich:
    """A pcapng file with a bit of everything, in either byte order."""

    def __init__(self, order):
        self.order = order
        name = b"\xc0\x00\x02\x19mx.example.test\0"
        self.blocks = [
            self.block(0x0A0D0D0A, self.pack("IHHq", 0x1A2B3C4D, 1, 0, 4711),
                       (1, b"of the capture"), (4, b"some program")),
            self.interface(b"nanoseconds", 9),
            self.interface(b"microseconds", 6),
            self.interface(b"unused", 6),
            self.secrets(b"a"),
            self.block(4, self.pack("HH", 1, len(name)) + name + bytes(-len(name) % 4 + 4)),
        ]
        for number, packet in enumerate(pcap.frames("auth-plain-initial"), 1):
            self.blocks.append(self.packet(number, packet))
            if number == 5:
                self.blocks.append(self.secrets(b"b"))
        self.blocks += [self.interface(b"late", 6),
                        self.block(5, self.pack("III", 0, 1, 2), (5, self.pack("Q", 99)))]

    def pack(self, layout, *values):
        return struct.pack(self.order + layout, *values)

    def block(self, kind, body, *options):
        body += b"".join(self.pack("HH", code, len(value)) + value + bytes(-len(value) % 4)
                         for code, value in options) + (bytes(4) if options else b"")
        length = len(body) + 12
        return self.pack("II", kind, length) + body + self.pack("I", length)

    def interface(self, name, resolution):
        return self.block(1, self.pack("HHI", 1, 0, 65535), (2, name), (9, bytes([resolution])))

    def secrets(self, letter):
        key = b"CLIENT_RANDOM " + 64 * letter + b" " + 96 * letter + b"\n"
        return self.block(10, self.pack("II", 0x544C534B, len(key)) + key + bytes(-len(key) % 4))

    def packet(self, number, data):
        interface = number % 2
        since = (1767225600 + number) * (10**6 if interface else 10**9) + 123
        options = {
            4: [(2, self.pack("I", 1)), (3, b"\x02abcd"), (7, b"\x01" + bytes(8))],
            7: [(36863, b"of the maker")],
            # the 235
            8: [(1, b"first"), (1, "zweiter, übersetzt".encode()), (2, self.pack("I", 2))],
        }.get(number, [])
        return self.block(6, self.pack("IIIII", interface, since >> 32, since & 0xFFFFFFFF,
                                       len(data), len(data)) + data + bytes(-len(data) % 4),
                          *options)

    def read(self, content):
        """The blocks of a file."""
        at = 0
        while at < len(content):
            length = struct.unpack_from(self.order + "I", content, at + 4)[0]
            yield content[at : at + length]
            at += length


@pytest.fixture(params=["<", ">"], ids=["little-endian", "big-endian"])
def rich(request, tmp_path):
    """The pcapng file, as an object and as a path, and its copy."""
    file = Rich(request.param)
    capture, copy = tmp_path / "rich.pcapng", tmp_path / "copy.pcapng"
    capture.write_bytes(b"".join(file.blocks))
    annotate(capture, "-o", copy)
    return file, capture, copy


def test_other_blocks_are_kept(tshark, rich):
    file, capture, copy = rich
    blocks = list(file.read(copy.read_bytes()))
    changed = [n for n, (old, new) in enumerate(zip(file.blocks, blocks)) if old != new]
    number_of_235 = next(n for n, block in enumerate(file.blocks) if b"first" in block)
    assert len(blocks) == len(file.blocks)
    assert changed == [0, number_of_235]
    # the section's length, which isn't true any more
    assert blocks[0][16:24] == b"\xff" * 8 and blocks[0][24:] == file.blocks[0][24:]
    new = blocks[number_of_235]
    assert new.count(b"first") == new.count(b"zweiter") == new.count(b"SMTP 235") == 1
    names = PACKET + INTERFACE
    assert fields(tshark, copy, names) == fields(tshark, capture, names)


def test_existing_comments_are_kept(tshark, rich):
    _, capture, copy = rich
    said = " ".join(findings(tshark, capture)[8])
    assert comments(tshark, copy) == {8: ["first", "zweiter, übersetzt", said]}


def test_flags_after_a_comment_are_kept(tshark, rich):
    for file in rich[1:]:
        assert tshark.read(file, "-Y", "frame.packet_flags_direction == 2", "-T", "fields",
                           "-e", "frame.number", plugin=False) == "8\n"


def test_a_copy_of_a_copy_is_the_same(rich, tmp_path):
    again = tmp_path / "again"
    annotate(rich[2], "-o", again)
    assert again.read_bytes() == rich[2].read_bytes()


def test_compressed(rich, tmp_path):
    packed, copy = tmp_path / "packed.gz", tmp_path / "of-packed"
    packed.write_bytes(gzip.compress(rich[1].read_bytes()))
    annotate(packed, "-o", copy)
    assert copy.read_bytes() == rich[2].read_bytes()


@pytest.mark.parametrize("how", ["file", "pipe"])
def test_standard_input(rich, tmp_path, how):
    copy = tmp_path / "of-input"
    with open(rich[1], "rb") as stream:
        if how == "file":
            annotate("-", "-o", copy, stdin=stream)
        else:
            with subprocess.Popen(["cat"], stdin=stream, stdout=subprocess.PIPE) as cat:
                annotate("-", "-o", copy, stdin=cat.stdout)
    assert copy.read_bytes() == rich[2].read_bytes()


@pytest.mark.parametrize("suffix", ["pcap", "pcapng", "gz"])
def test_cut_short(tshark, rich, tmp_path, suffix):
    content = {"pcap": (PCAPS / "auth-plain-initial.pcap").read_bytes(),
               "pcapng": b"".join(rich[0].blocks[:-2]),
               "gz": gzip.compress(rich[1].read_bytes() + bytes(50000), 0)[:-50000]}[suffix]
    capture, copy = tmp_path / f"short.{suffix}", tmp_path / "of-short"
    capture.write_bytes(content[:-7])
    done = annotate(capture, "-o", copy, status=1)
    assert "is cut short; what could be read of it is in the copy" in done.stderr
    assert done.stdout == f"{copy}: 1 packet annotated\n"
    assert len(fields(tshark, copy, PACKET).splitlines()) == (15 if suffix == "gz" else 14)


@pytest.mark.parametrize("mode, umask, due", [
    (0o644, 0o027, 0o640), (0o600, 0o022, 0o600), (0o444, 0o022, 0o444),
])
def test_permissions_follow_the_umask_and_the_capture(tmp_path, mode, umask, due):
    capture = tmp_path / "capture"
    shutil.copyfile(PCAPS / "211-help.pcap", capture)
    capture.chmod(mode)
    annotate(capture, "-o", tmp_path / "copy", umask=umask)
    assert (tmp_path / "copy").stat().st_mode & 0o777 == due


# ---------------------------------------------------------------------------- what is refused


@pytest.fixture
def own(tmp_path):
    """A folder with a capture, and links to it."""
    capture = tmp_path / "own"
    capture.write_bytes((PCAPS / "211-help.pcap").read_bytes())
    (tmp_path / "symbolic").symlink_to("own")
    (tmp_path / "hard").hardlink_to(capture)
    (tmp_path / "other").write_text("precious")
    (tmp_path / "to-other").symlink_to("other")
    return tmp_path


def content(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("words, message", [
    (["own", "-o", "other"], "other: exists already"),
    (["-o", "other", "own"], "other: exists already"),
    (["own", "-f", "-o", "own"], "is the capture itself"),
    (["own", "-f", "-o", "./symbolic"], "is the capture itself"),
    (["own", "-f", "-o", "hard"], "is the capture itself"),
    (["symbolic", "--force", "-o", "own"], "is the capture itself"),
    (["-", "--force", "-o", "own"], "is the capture itself"),
    (["own", "-f", "-o", "to-other"], "is not a plain file"),
    (["own", "-f", "-o", "/dev/null"], "is not a plain file"),
    (["own", "-f", "-o", "."], "is a folder"),
    (["own", "-o", "nowhere/copy"], "nowhere: there is no such folder"),
    (["other", "-o", "copy"], "is not a capture"),
])
def test_refused(own, words, message):
    before = content(own)
    with open(own / "own", "rb") as stream:
        assert message in annotate(*words, cwd=own, status=1, stdin=stream).stderr
    assert content(own) == before


@pytest.mark.parametrize("place, message", [
    ("/dev/null", "is not a plain file"),
    ("/dev/copy", "/dev: you may not write to this folder"),
])
def test_refused_without_rights(tshark, place, message):
    """Before the capture is read, or waited for."""
    with tempfile.TemporaryDirectory() as name:  # the checkout may be out of that account's reach
        folder = Path(name)
        built = Path(tshark.built).parent / "bin" / "smtp-explain"
        (folder / "bin").mkdir()
        shutil.copy(built, folder / "bin")
        shutil.copytree(ANNOTATE.parent / "lib", folder / "share" / "smtp-explain")
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        with open(PCAPS / "211-help.pcap", "rb") as capture:
            done = subprocess.run([folder / "bin" / "smtp-explain", "-f", "-o", place, "-"],
                                  stdin=capture, text=True, stderr=subprocess.PIPE, check=False,
                                  cwd="/", **nobody.ACCOUNT)
    assert done.returncode == 1 and message in done.stderr


@pytest.mark.parametrize("words", [["own", "-f"], ["own", "-o"], ["own", "-o", ""],
                                   ["own", "-o", "-"], ["own", "own", "-o", "copy"]])
def test_wrong_usage(own, words):
    before = content(own)
    assert annotate(*words, cwd=own, status=2).stderr.startswith("smtp-explain: ")
    assert content(own) == before


def test_overwrites_when_told(own):
    annotate("own", "-f", "-o", "other", cwd=own)
    annotate("own", "-o", "new", cwd=own)
    assert (own / "other").read_bytes() == (own / "new").read_bytes() != b"precious"


def test_names_that_begin_with_a_dash(own):
    (own / "own").rename(own / "-c")
    annotate("-o", "-o", "--", "-c", cwd=own)
    assert (own / "-o").exists()


def test_no_room(own):
    """A copy that can't be written to its end is none."""
    before = content(own)
    command = 'ulimit -f 4096; exec "$0" - -o copy'
    done = subprocess.run(["bash", "-c", command, ANNOTATE], cwd=own, capture_output=True,
                          input=bytes(5 << 20), check=False)
    assert done.returncode == 1 and b"copy: File too large; there is no copy" in done.stderr
    assert content(own) == before and not list(own.glob(".smtp-explain*"))


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_interrupted(own, number):
    """Standard input stays open, so this is in the middle for as long as we like."""
    before = content(own)
    # Whoever runs the tests in the background has SIGINT ignored.
    with subprocess.Popen([ANNOTATE, "-", "-o", "copy"], cwd=own, stdin=subprocess.PIPE,
                          stderr=subprocess.PIPE, start_new_session=True,
                          preexec_fn=lambda: signal.signal(number, signal.SIG_DFL)) as process:
        process.stdin.write((PCAPS / "211-help.pcap").read_bytes())
        process.stdin.flush()
        for _ in range(600):
            if list(own.glob(".smtp-explain*/*")):
                break
            time.sleep(0.1)
        assert list(own.glob(".smtp-explain*/*"))
        os.kill(process.pid, number)
        assert process.wait(60) == 128 + number
    assert content(own) == before and not list(own.glob(".smtp-explain*"))
