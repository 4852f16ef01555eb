# SPDX-License-Identifier: GPL-2.0-or-later
"""What is printed: -z smtp_explain,report and -z smtp_explain,replies, and smtp-explain CAPTURE."""
import json
import os
import re
import select
import shutil
import subprocess
from collections import Counter
from pathlib import Path

import captures
import make
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


def test_what_has_no_name_is_in_the_capture_all_the_same(tshark):
    """A line that was typed where a command was due, which may be a secret."""
    capture = pcap.PCAPS / "secret-typed.pcap"
    for page, said in (("replies", "answers an unknown command in frame 7"),
                       ("comments", "answers an unknown command (frame 7, 10 ms later)")):
        text = " ".join(tshark.read(capture, "-q", "-z", f"smtp_explain,{page}").split())
        assert said in text
        assert "capture" not in text


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


@pytest.mark.parametrize("words", [["--all"], ["--session", "60"], ["--json"], ["--tsv"], []],
                         ids=" ".join)
def test_whoever_has_seen_enough_hears_nothing(command, five, tshark, folder, words):
    """As with a pager that is left, or head."""
    call = [folder / "smtp-explain", *words, five]
    with tshark.begin(*call, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as run:
        run.stdout.read(1)
        run.stdout.close()
        assert run.stderr.read() == ""


def test_command_reads_standard_input(command, five):
    with five.open("rb") as capture:
        done = command("-", stdin=capture)
    assert done.stdout.startswith("standard input: 5 of 300 sessions")


def test_command_adds_several_up(command, five, folder):
    """Each problem with the captures that it is in; what counts is counted once."""
    many.write(folder / "other.pcap", [many.WRONG_PASSWORD, many.SUBMISSION])
    many.write(folder / "good.pcap", [many.SUBMISSION])
    (folder / "bare.pcap").write_bytes(pcap.pack([]))
    done = command(five.name, "other.pcap", "good.pcap", "bare.pcap")
    assert (done.returncode, done.stderr) == (0, "")
    head, first, *problems, sums, hint = paragraphs(done.stdout)
    assert head.startswith("4 captures: 6 of 303 sessions had problems")
    assert "3 sessions, 5 times" in first
    assert re.search(r" frames [\d, .]+ \(first: session 60\) in five\.pcap; also in other\.pcap ",
                     " ".join(first.split()))
    assert all("in five.pcap" in problem for problem in problems) and len(problems) == 3
    assert "298 authenticated (PLAIN 298), 6 refused" in sums and "297 accepted" in sums
    assert "the first in frame 8 of five.pcap" in " ".join(sums.split())
    assert re.search(r"^No SMTP in +bare\.pcap", sums, re.MULTILINE)
    assert "name that one alone" in hint


def test_command_adds_up_as_one(command, five, folder):
    """Two captures say what one capture of both says, but for the captures' names."""
    joined = many.write(folder / "whole.pcap", many.FIVE_OF_300)
    halves = [many.write(folder / "1.pcap", many.FIVE_OF_300[:150]),
              many.write(folder / "2.pcap", many.FIVE_OF_300[150:])]
    whole, both = command(joined.name).stdout, command(*(half.name for half in halves)).stdout
    numbers = [re.findall(r"^(?:\d  .*|Logins.*|Messages.*|Clear +\d+)", text, re.MULTILINE)
               for text in (whole, both)]
    assert numbers[0] == numbers[1] and len(numbers[0]) == 7


def test_command_goes_on_after_a_failure(command, five):
    done = command("nowhere.pcap", five.name)
    assert done.returncode == 1
    assert done.stderr == "smtp-explain: nowhere.pcap: there is no such file\n"
    assert done.stdout.startswith("1 capture: 5 of 300 sessions")


@pytest.fixture(name="strangers", scope="module")
def fixture_strangers(folder):
    """Names of what is no capture, and what is said of it. Wireshark itself reads JSON."""
    (folder / "empty.pcap").write_bytes(b"")
    (folder / "notes.txt").write_text("no capture", encoding="utf-8")
    (folder / "settings.json").write_text('{"a": 1}\n', encoding="utf-8")
    (folder / "sub").mkdir()
    return {"empty.pcap": "is empty", "notes.txt": "is not a capture that Wireshark can read",
            "settings.json": "is no capture of packets", "sub": "is a folder, not a capture"}


def test_command_passes_over_what_is_no_capture(command, five, strangers):
    done = command(*strangers, five.name)
    assert done.returncode == 0
    assert done.stderr.splitlines() == [f"smtp-explain: {name}: {words}; passed over"
                                        for name, words in strangers.items()]
    assert done.stdout.startswith("1 capture: 5 of 300 sessions had problems")


def test_command_fails_if_nothing_is_a_capture(command, strangers, folder):
    done = command(*strangers)
    assert (done.returncode, done.stdout) == (1, "")
    for name, words in strangers.items():
        done = command(name)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"smtp-explain: {name}: {words}\n"
    for name, words in list(strangers.items())[:3]:
        with (folder / name).open("rb") as stream:
            done = command("-", stdin=stream)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr == f"smtp-explain: standard input: {words}\n"


def test_command_reads_part_of_what_is_cut(command, folder):
    cut = many.write(folder / "cut.pcap", [many.SUBMISSION] * 3)
    cut.write_bytes(cut.read_bytes()[:-20])
    done = command("cut.pcap")
    assert done.returncode == 1 and "3 sessions, no problems" in done.stdout
    assert done.stderr == "smtp-explain: cut.pcap: is cut short; what could be read of it is shown\n"


def conversation(script):
    return pcap.pack([pcap.Packet(make.Capture.START_US + number, frame, len(frame))
                      for number, frame in enumerate(captures.talk(script))])


def cut_off(script):
    """With the first bytes of each packet only: no data."""
    return pcap.pack([pcap.Packet(make.Capture.START_US + number, frame[:54], len(frame))
                      for number, frame in enumerate(captures.talk(script))])


def lookups():
    return pcap.pack([pcap.Packet(make.Capture.START_US, frame, len(frame))
                      for frame in captures.lookup("www.example.test")])


PORT = "set server_port={}\n"
WITHOUT = {
    "nothing": (pcap.pack([]), "There are no packets"),
    "lookups": (lookups(), "There is no TCP in it"),
    "headers": (cut_off(captures.RELAY), "cut off when they were captured"),
    "opened": (conversation("set server_port=25\n"), "none that carries data"),
    "secure": (conversation(captures.HTTPS.replace("443", "465")),
               "TLS with port 465 (frame 4), a port of mail servers."),
    "other": (conversation(PORT.format(44818) + captures.RELAY),
              "SMTP is spoken with port 44818 (frame 4)"),
    "web": (conversation(captures.HTTP), "Nothing in it looks like SMTP"),
}


@pytest.mark.parametrize("name, content, words", [(name, *row) for name, row in WITHOUT.items()],
                         ids=list(WITHOUT))
def test_command_says_why_there_is_no_smtp(command, folder, name, content, words):
    (folder / f"{name}.pcap").write_bytes(content)
    done = command(f"{name}.pcap")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"{name}.pcap: no SMTP that can be read\n")
    assert words in " ".join(done.stdout.split())


def test_command_does_what_it_advises(command, tshark, folder):
    """The port, in the words of the command and of tshark."""
    path = folder / "port.pcap"
    path.write_bytes(WITHOUT["other"][0])
    assert "add --smtp-port 44818." in " ".join(command("port.pcap").stdout.split())
    assert "1 accepted" in command("--smtp-port", "44818", "port.pcap").stdout
    assert "add -d tcp.port==44818,smtp." in " ".join(tshark.read(path, *REPORT).split())


def test_command_names_keys(command, folder):
    (folder / "keys").write_text("", encoding="utf-8")
    started = many.HELLO_PORT + "C STARTTLS\nS 220 2.0.0 Ready\n" + "".join(
        captures.step(side, b"\x16\x03\x01\x00\x32" + bytes(50)) for side in "CS")
    (folder / "starttls.pcap").write_bytes(conversation(started))
    said = command("--keys", "keys", "starttls.pcap").stdout
    assert "1 session went on in TLS; to read that, add its keys: --keys FILE" in said
    done = command("--keys", "nowhere", "starttls.pcap")
    assert (done.returncode, done.stderr) == (2, "smtp-explain: --keys: nowhere: there is no such file\n")


def test_command_names_users_if_asked(command, five):
    named = command("--users", five.name).stdout
    assert "AUTH PLAIN as dave and erin, " in named
    assert "RCPT as alice, " in named  # logged in before
    unnamed = command(five.name).stdout
    assert "dave" not in unnamed and " as " not in unnamed
    assert "answers AUTH PLAIN as dave" in " ".join(command("--users", "--all", five.name).stdout.split())


# ------------------------------------------------------------------- records

RECORDED = {"code": "code", "enhanced": "enhanced", "command": "command", "mechanism": "mechanism",
            "request_in": "request_in", "response_time": "time", "cause": "cause",
            "cause_from": "cause_from", "text": "text"}


def test_records_are_the_fields(tshark, joined):
    """Every reply, with all that is known of it."""
    records = [json.loads(line) for line in
               tshark.read(joined, "-q", "-z", "smtp_explain,json").splitlines()]
    replies = [record for record in records if record["code"]]
    assert len(replies) > 700 and len(records) > len(replies)
    for key, field in RECORDED.items():
        seen = tshark.read(joined, "-T", "fields", "-e", f"smtp_explain.{field}", "-E",
                           "aggregator=^", "-Y", f"smtp_explain.code && smtp_explain.{field}")
        told = [str(record[key]) for record in replies if record[key] is not None]
        due = seen.replace("\n", "^").strip("^").split("^")  # 4.6 writes a tab as two characters
        if key == "response_time":
            told, due = map(float, told), map(float, due)
        assert list(told) == list(due) if key != "request_in" else told, key


def test_records_have_the_findings(tshark, joined):
    counted = Counter(name for line in tshark.read(joined, "-q", "-z", "smtp_explain,json").splitlines()
                      for name in json.loads(line)["findings"])
    assert len(counted) > 20
    for name, count in counted.items():
        seen = tshark.read(joined, "-T", "fields", "-e", f"smtp_explain.expert.{name}", "-Y",
                           f"smtp_explain.expert.{name}")
        assert len(re.findall(r"[^\n,]+", seen)) == count, name


def test_table_says_what_json_says(tshark, joined):
    rows = tshark.read(joined, "-q", "-z", "smtp_explain,tsv").splitlines()
    head, *rows = (row.split("\t") for row in rows)
    records = [json.loads(line) for line in
               tshark.read(joined, "-q", "-z", "smtp_explain,json").splitlines()]
    assert len(rows) == len(records)
    for row, record in zip(rows, records):
        assert head == list(record)
        for key, cell in zip(head, row):
            value = record[key]
            shown = {None: "", True: "yes", False: "no"}.get(value, value) \
                if not isinstance(value, list) else ",".join(value)
            assert float(cell) == value if isinstance(value, float) else cell == str(shown), key


def test_records_of_the_command(command, five):
    first = command("--json", five.name).stdout.splitlines()[0]
    assert json.loads(first)["code"] == 220
    assert command("--tsv", five.name).stdout.startswith("frame\ttime\tsrc\t")


ODD = 'a "quoted"\tname.pcap'


@pytest.fixture(name="two", scope="module")
def fixture_two(folder):
    """Names of two captures."""
    shutil.copy(pcap.PCAPS / "211-help.pcap", folder / "help.pcap")
    shutil.copy(pcap.PCAPS / "auth-refused-535-multiline.pcap", folder / ODD)
    return "help.pcap", ODD


def test_records_of_several_captures_name_theirs(command, two):
    """Each row is that of one capture, with its name in front; a table has one headline."""
    lines = command("--tsv", *two).stdout.splitlines()
    alone = [command("--tsv", name).stdout.splitlines() for name in two]
    assert lines == (["capture\t" + alone[0][0]] + ["help.pcap\t" + row for row in alone[0][1:]]
                     + [ODD.replace("\t", "?") + "\t" + row for row in alone[1][1:]])
    records = [json.loads(line) for line in command("--json", *two).stdout.splitlines()]
    assert [record.pop("capture") for record in records] == (
        ["help.pcap"] * (len(alone[0]) - 1) + [ODD] * (len(alone[1]) - 1))
    assert records == [json.loads(line) for name in two
                       for line in command("--json", name).stdout.splitlines()]


def test_records_of_several_where_one_is_no_capture(command, two, strangers):
    done = command("--tsv", *strangers, *two)
    assert done.returncode == 0 and done.stderr.count("; passed over\n") == 3
    assert done.stdout == command("--tsv", *two).stdout


# ------------------------------------------------------------------- as it comes

SECOND = 1.0


def lines_within(stream, seconds):
    """What comes until nothing has come for that long."""
    said = b""
    while select.select([stream], [], [], seconds)[0]:
        part = os.read(stream.fileno(), 65536)
        if not part:
            break
        said += part
    return said.decode()


@pytest.mark.parametrize("option, last", [("--all", "Sender accepted"), ("--json", '"MAIL"')])
def test_command_shows_what_a_stalled_pipe_has_sent(tshark, command, folder, option, last):
    """Within a second, and before the pipe goes on or ends."""
    frames = captures.talk(many.SUBMISSION)
    content = [pcap.record(pcap.Packet(make.Capture.START_US + number, frame, len(frame)))
               for number, frame in enumerate(frames)]
    at_mail = next(n for n, frame in enumerate(frames) if b"250 2.1.0" in frame)
    with tshark.begin(str(folder / "smtp-explain"), option, "-", stdin=subprocess.PIPE,
                      stdout=subprocess.PIPE, cwd=folder) as run:
        run.stdin.write(pcap.pack([]) + b"".join(content[:at_mail + 1]))
        run.stdin.flush()
        assert select.select([run.stdout], [], [], 20)[0]  # tshark has started
        said = lines_within(run.stdout, SECOND)
        assert last in said and "221" not in said
        run.stdin.write(b"".join(content[at_mail + 1:]))
        run.stdin.close()
        assert "Bye" in lines_within(run.stdout, 20)
    assert run.returncode == 0


def test_command_without_plugin(command, five):
    done = command(five.name, plugin=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.count("\n") == 1 and "no plugin smtp_explain" in done.stderr


@pytest.mark.parametrize("words, complaint", [
    (("--session",), "wants a number"),
    (("--session", "x", "five.pcap"), "wants a number"),
    (("--all",), "which capture"),
    (("--colour", "five.pcap"), "no such option"),
    (("--smtp-port", "70000", "five.pcap"), "1 to 65535"),
    (("--all", "--json", "five.pcap"), "only one of"),
    (("-i", "lo", "five.pcap"), "not both"),
    (("-f", "five.pcap"), "goes with -o"),
    (("-o", "copy", "five.pcap", "five.pcap"), "a copy of one"),
    (("-o",), "wants the name of a file"),
])
def test_command_called_wrongly(command, words, complaint):
    done = command(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr
