# SPDX-License-Identifier: GPL-2.0-or-later
"""What is printed: -z smtp_explain,report and -z smtp_explain,replies, and smtp-explain CAPTURE."""
import re
import shutil
from collections import Counter
from pathlib import Path

import many
import pcap
import pytest
from joined import Joined

REPORT, REPLIES = ("-q", "-z", "smtp_explain,report"), ("-q", "-z", "smtp_explain,replies")
WIDTH = 80
CAPTURES = sorted(pcap.PCAPS.glob("*.pcap"))
IPV4 = b"\x08\x00"
REPORTED = ["auth-refused-codes", "cause-block-list", "auth-xoauth2-334-error-then-535",
            "greeting-554", "pipelining-data-refused", "421-during-auth"]
HEAD = re.compile(r"^frame (\d+), session (\d+), ", re.MULTILINE)
FIVE = [  # what is wrong with five of 300 sessions: headline, how often, who, the server's words
    ("Login refused: bad credentials", "2 sessions, 4 times",
     "AUTH PLAIN, 10.1.1.60 and 10.1.1.121 -> 198.51.100.25:587",
     '535 5.7.8 "Error: authentication failed"'),
    ("MAIL refused: login needed", "1 session", "MAIL, 10.1.1.213 -> 198.51.100.25:587",
     '530 5.7.0 "Authentication required"'),
    ("RCPT refused: sender not owned", "1 session", "RCPT, 10.1.1.254 -> 198.51.100.25:587",
     '553 5.7.1 "<carol@example.test>: '),
    ("Login refused: server trouble", "1 session", "AUTH PLAIN, 10.1.1.172 -> 198.51.100.25:587",
     '454 4.7.0 "Temporary authentication failure: '),
]


@pytest.fixture(name="folder", scope="module")
def fixture_folder(tshark):
    return tshark.folder("many")


@pytest.fixture(name="five", scope="module")
def fixture_five(folder):
    """300 sessions, of which five failed."""
    return many.write(folder / "five.pcap", many.FIVE_OF_300)


def paragraphs(report):
    return [part for part in report.split("\n\n") if part]


def test_five_of_300(tshark, five):
    said = tshark.read(five, *REPORT)
    head, *problems, sums, hint = paragraphs(said)
    assert head.startswith("5 of 300 sessions had problems")
    assert len(said.splitlines()) <= 60
    for number, (problem, (headline, often, who, words)) in enumerate(zip(problems, FIVE), 1):
        first, *lines = problem.splitlines()
        assert first.split(None, 1)[0] == str(number)
        assert headline in first and first.endswith(" " + often)
        assert lines[0].strip() == who
        assert lines[1].strip().startswith(words)
        assert re.search(r"^   frames? \d+", problem, re.MULTILINE)
        assert "smtp_explain.cause == " in problem
    assert len(problems) == len(FIVE)
    assert "296 authenticated (PLAIN 296), 5 refused" in sums
    assert "295 accepted" in sums
    assert "296 logins without TLS: passwords can be read" in sums
    assert re.search(r"^211 +none$", sums, re.MULTILINE)
    assert "smtp_explain.session==60" in hint


def test_the_filters_find_the_frames(tshark, five):
    """What each paragraph says of frames is what its filter finds."""
    for problem in paragraphs(tshark.read(five, *REPORT))[1:-2]:
        frames = re.search(r"^   frames? ([\d, ]+)", problem, re.MULTILINE)[1]
        display = re.search(r'smtp_explain\.cause == "[^"]+"', problem)[0]
        found = tshark.read(five, "-Y", display, "-T", "fields", "-e", "frame.number").split()
        assert found == [number.strip() for number in frames.split(",")]


def test_1000_that_are_alike(tshark, folder):
    said = tshark.read(many.write(folder / "grey.pcap", [many.GREYLISTED] * 1000), *REPORT)
    assert len(paragraphs(said)) == 4  # headline, one problem, sums, hint
    assert "1  RCPT refused: greylisted" in said and "1000 sessions\n" in said
    assert "1000 clients -> 198.51.100.25:587" in said
    assert "Greylisted, try" in said


def test_nothing_wrong(tshark, folder):
    said = tshark.read(many.write(folder / "good.pcap", [many.SUBMISSION] * 20), *REPORT)
    assert said.startswith("20 sessions, no problems")
    assert len(said.splitlines()) == 3


def test_no_smtp(tshark, folder):
    path = folder / "nothing.pcap"
    path.write_bytes(pcap.pack([]))
    assert tshark.read(path, *REPORT).startswith("no SMTP that can be read\n")


def test_filter(tshark, five):
    said = tshark.read(five, "-q", "-z", "smtp_explain,report,ip.addr==10.1.1.213")
    assert said.startswith("1 session, it had problems")
    assert "MAIL refused" in said and "bad credentials" not in said


def test_one_session(tshark, five):
    said = tshark.read(five, "-q", "-z", "smtp_explain,replies,smtp_explain.session==213")
    assert {number for _, number in HEAD.findall(said)} == {"213"}
    assert re.findall(r"^   (\d{3}) ", said, re.MULTILINE) == ["220", "250", "530", "221"]
    assert "MAIL refused: login needed\n   The server wants the client to log in" in said


@pytest.mark.parametrize("argument", ["smtp_explain,report,foo==", "smtp_explain,reports"])
def test_wrong_argument(tshark, five, argument):
    done = tshark.attempt(tshark.program, "-r", str(tshark.copy(five)), "-q", "-z", argument)
    assert done.returncode != 0 and done.stdout == ""
    assert argument in done.stderr


@pytest.fixture(name="joined", scope="module")
def fixture_joined(folder):
    """All captures of the project's own that are between IPv4 addresses, in one."""
    names = [path.stem for path in CAPTURES
             if all(packet.data[12:14] == IPV4 for packet in pcap.read(path)[1])]
    return Joined(folder / "joined.pcap", names).path


def test_each_reply_has_its_block(tshark, joined):
    """With its code, and, if it has one, its cause."""
    fields = tshark.read(joined, "-T", "fields", "-e", "frame.number", "-e", "smtp_explain.code",
                         "-e", "smtp_explain.cause", "-Y", "smtp_explain.code")
    said = tshark.read(joined, *REPLIES)
    blocks = {}
    for block in paragraphs(said):
        blocks.setdefault(HEAD.match(block)[1], []).append(block)
    assert len(blocks) > 600
    for line in fields.splitlines():
        number, codes, causes = line.split("\t")
        for code in codes.split(","):
            assert any(re.search(f"^   {code}\\b", block, re.MULTILINE) for block in blocks[number])
        for cause in filter(None, causes.split(",")):
            assert any(f"refused: {cause}".lower() in block.lower() for block in blocks[number]), line
    for line in said.splitlines():
        assert len(line) <= WIDTH or " " not in line.strip(), line


@pytest.mark.parametrize("name", REPORTED)
def test_each_cause_is_reported(tshark, name):
    capture = pcap.PCAPS / f"{name}.pcap"
    said = tshark.read(capture, "-T", "fields", "-e", "smtp_explain.cause", "-Y",
                       "smtp_explain.cause")
    causes = set(said.replace("\n", ",").split(","))
    report = tshark.read(capture, *REPORT)
    told = set(re.findall(r'smtp_explain\.cause == "([^"]+)"', report))
    assert told == causes - {""} != set()


# ------------------------------------------------------------------- smtp-explain CAPTURE


@pytest.fixture(name="command", scope="module")
def fixture_command(tshark, folder):
    """Calls the command, in a folder, as whom tshark is run; gives what is done."""
    built = Path(tshark.built).parent / "bin" / "smtp-explain"
    program = shutil.copy(built, folder / "smtp-explain")
    Path(program).chmod(0o755)

    def call(*words, plugin=True, **settings):
        return tshark.attempt(str(program), *map(str, words), plugin=plugin, cwd=folder, **settings)

    return call


def test_command_reports(command, five):
    done = command(five.name)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("five.pcap: 5 of 300 sessions had problems")
    assert "add --all; of one session, --session 60." in done.stdout


def test_command_shows_one_session(command, five):
    done = command("--session", "213", five.name)
    assert {number for _, number in HEAD.findall(done.stdout)} == {"213"}
    assert done.returncode == 0


def test_command_shows_all(command, five):
    done = command("--all", five.name)
    assert len({number for _, number in HEAD.findall(done.stdout)}) == 300


def test_command_reads_standard_input(command, five):
    with five.open("rb") as capture:
        done = command("-", stdin=capture)
    assert done.stdout.startswith("standard input: 5 of 300 sessions")


def test_command_reads_several(command, five):
    done = command(five.name, "nowhere.pcap", five.name)
    assert done.returncode == 1
    assert done.stderr == "smtp-explain: nowhere.pcap: No such file or directory\n"
    assert done.stdout.count("five.pcap: 5 of 300 sessions") == 2


def test_command_needs_captures(command, folder):
    (folder / "empty.pcap").write_bytes(b"")
    (folder / "foreign.pcap").write_text("no capture", encoding="utf-8")
    cut = many.write(folder / "cut.pcap", [many.SUBMISSION] * 3)
    cut.write_bytes(cut.read_bytes()[:-20])
    for name, complaint in [("empty.pcap", "is empty"), (".", "is a folder"),
                            ("foreign.pcap", "isn't a capture file"), ("cut.pcap", "cut short")]:
        done = command(name)
        assert done.returncode == 1, name
        assert complaint in done.stderr and len(done.stderr.splitlines()) == 1
    assert "no problems" in command("cut.pcap").stdout


def test_command_without_plugin(command, five):
    done = command(five.name, plugin=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "no plugin smtp_explain" in done.stderr


@pytest.mark.parametrize("words, complaint", [
    (("--session",), "wants a number"),
    (("--session", "x", "five.pcap"), "wants a number"),
    (("--all",), "which capture"),
    (("--colour", "five.pcap"), "no such option"),
])
def test_command_called_wrongly(command, words, complaint):
    done = command(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr
