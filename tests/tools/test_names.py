# SPDX-License-Identifier: GPL-2.0-or-later
"""What the tools are given: names of any kind, and what is no file."""
import os
import re
import shutil
import subprocess
import sys

import pytest
from calls import TOOLS, call, in_place_of_tshark
from pcap import PCAPS

# Each with what a message calls it.
NAMES = {
    b"-f": "-f",
    b"new\nline": r"$'new\nline'",
    b"end\n": r"$'end\n'",
    b"it's \"quoted\" $(touch gone)": "it's \"quoted\" $(touch gone)",
    b"not \xff UTF-8": r"$'not \377 UTF-8'",
    b"\x1b]0;title\x07": r"$'\E]0;title\a'",
    b"it's\t'\\": r"$'it\'s\t\'\\'",
    "\u009b31m".encode(): r"$'\302\23331m'",
    "a\u202egnp.b".encode(): r"$'a\342\200\256gnp.b'",
    "a\uffff".encode(): r"$'a\357\277\277'",
    "übung.pcap".encode(): "übung.pcap",
}
ids = [str(number) for number in range(len(NAMES))]
each_name = pytest.mark.parametrize("name, shown", NAMES.items(), ids=ids)
UTF_8 = {**os.environ, "LC_ALL": "C.UTF-8"}
CAPTURE = PCAPS / "211-help.pcap"


def said(shown, more):
    """What a name with more at its end is called."""
    return shown[:-1] + more + "'" if shown.startswith("$'") else shown + more


def content(folder):
    return sorted(os.listdir(os.fsencode(folder)))


@each_name
def test_capture_of_that_name(tmp_path, name, shown):
    shutil.copyfile(CAPTURE, os.fsencode(tmp_path) + b"/" + name)
    assert "1 session, no problems" in call("annotate", "--", name, cwd=tmp_path)[0]
    assert call("annotate", "-o", "copy", "--", name, cwd=tmp_path)[0] == (
        "copy: 1 packet annotated\n")
    os.truncate(os.fsencode(tmp_path) + b"/" + name, 300)
    _, complaint = call("annotate", "--", name, cwd=tmp_path, status=1, env=UTF_8)
    assert complaint.startswith(f"smtp-explain: {shown}: is cut short")


@each_name
def test_copy_of_that_name(tmp_path, name, shown):
    words, _ = call("annotate", CAPTURE, "-o", name, cwd=tmp_path, env=UTF_8)
    assert words == f"{shown}: 1 packet annotated\n"
    assert content(tmp_path) == [name]
    _, complaint = call("annotate", CAPTURE, "-o", name, cwd=tmp_path, status=1, env=UTF_8)
    assert complaint == f"smtp-explain: {shown}: exists already; -f overwrites it\n"


@each_name
def test_copy_in_a_folder_of_that_name(tmp_path, name, shown):
    os.mkdir(os.fsencode(tmp_path) + b"/" + name)
    call("annotate", CAPTURE, "-o", name + b"/copy", cwd=tmp_path)
    assert content(os.fsencode(tmp_path) + b"/" + name) == [b"copy"]
    _, complaint = call("annotate", CAPTURE, "-o", name + b"/no/copy", cwd=tmp_path, status=1,
                        env=UTF_8)
    assert complaint == f"smtp-explain: {said(shown, '/no')}: there is no such folder\n"


@each_name
def test_no_capture_of_that_name(tmp_path, name, shown):
    _, complaint = call("annotate", "--", name, cwd=tmp_path, status=1, env=UTF_8)
    assert complaint == f"smtp-explain: {shown}: there is no such file\n"


@each_name
def test_batch_in_and_of_that_name(tmp_path, name, shown):
    """The folder, what is in it, and the results."""
    folder = os.fsencode(tmp_path) + b"/" + name
    os.mkdir(folder)
    (tmp_path / "text").write_text("this is no capture, is it?\n" * 9)
    shutil.copyfile(CAPTURE, folder + b"/" + name)
    shutil.move(tmp_path / "text", folder + b"/no" + name)
    for _ in range(2):
        said, _ = call("annotate-many", "-o", b"out" + name, "--", name, cwd=tmp_path,
                       env=UTF_8)
        assert said.splitlines()[0] == "captures: 1 read, 0 failed, 1 passed over, 1 with SMTP"
        assert said.count("\npassed over: ") == 1
        assert not set(said) & set("\x1b\a\t\u009b\u202e\uffff")
    assert content(tmp_path) == sorted([name, b"out" + name])


def test_names_are_readable_without_a_locale(tmp_path):
    plain = {**os.environ, "LC_ALL": "C"}
    for name in NAMES:
        _, complaint = call("annotate", "--", name, cwd=tmp_path, status=1, env=plain)
        assert complaint[:-1].isprintable() and complaint.isascii()


@pytest.mark.parametrize("tool", ["annotate", "annotate-many"])
def test_option_that_is_none(tmp_path, tool):
    _, complaint = call(tool, "--\x1b[31mred", cwd=tmp_path, status=2)
    assert complaint.startswith({"annotate": "smtp-explain"}.get(tool, tool) + ": ") and "\x1b" not in complaint


# ---------------------------------------------------------------------------- no files


@pytest.fixture
def small(tmp_path):
    (tmp_path / "in").mkdir()
    shutil.copyfile(CAPTURE, tmp_path / "in" / "help.pcap")
    return tmp_path


def test_links_in_a_circle(small):
    (small / "in" / "one").symlink_to("other")
    (small / "in" / "other").symlink_to("one")
    (small / "in" / "self").symlink_to("self")
    said, _ = call("annotate-many", "in", cwd=small, status=1)
    lines = said.splitlines()
    assert lines[0] == "captures: 1 read, 3 failed, 1 with SMTP"
    assert [line for line in lines if line.startswith("failed")] == [
        f"failed: {small}/in/{name}: is a link that leads back to itself"
        for name in ("one", "other", "self")]
    _, complaint = call("annotate", "in/self", cwd=small, status=1)
    assert complaint == "annotate: in/self: is a link that leads back to itself\n"


def test_links_to_folders_are_said(small):
    (small / "in" / "around").symlink_to(".")
    (small / "in" / "up\x1b").symlink_to("..")
    said, complaint = call("annotate-many", "in", cwd=small)
    assert said.splitlines()[0] == "captures: 1 read, 0 failed, 1 with SMTP"
    assert complaint.splitlines() == [
        f"skipped {small}/in/around: a link to a folder is not followed",
        f"skipped $'{small}/in/up\\E': a link to a folder is not followed"]


@pytest.fixture
def kinds(small):
    os.mkfifo(small / "in" / "fifo")
    (small / "in" / "to-fifo").symlink_to("fifo")
    # From within the folder: its path may be longer than an address can be.
    bind = "import socket; socket.socket(socket.AF_UNIX).bind('socket')"
    subprocess.run([sys.executable, "-c", bind], cwd=small / "in", check=True)
    return small


def test_no_files_in_a_list(kinds):
    (kinds / "list").write_text("\n".join(["help.pcap", "fifo", "socket", "/dev/zero", "to-fifo",
                                           "."]))
    said, _ = call("annotate-many", "../list", cwd=kinds / "in", status=1, timeout=60)
    assert said.splitlines()[0] == "captures: 1 read, 4 failed, 1 passed over, 1 with SMTP"
    for name, kind in [("in/fifo", "FIFO"), ("in/to-fifo", "FIFO"), ("in/socket", "socket"),
                       ("/dev/zero", "device")]:
        assert f"failed: {kinds}/{name}: is a {kind}, not a capture".replace(
            f"{kinds}//", "/") in said
    assert f"passed over: {kinds}/in/.: is a folder, not a capture" in said


def test_no_files_in_a_folder(kinds):
    said, complaint = call("annotate-many", "in", cwd=kinds, timeout=60)
    assert said.splitlines()[0] == "captures: 1 read, 0 failed, 1 with SMTP"
    assert [line.split("/in/")[1] for line in complaint.splitlines()] == [
        "fifo: is a FIFO, not a capture", "socket: is a socket, not a capture",
        "to-fifo: is a FIFO, not a capture"]


def test_run_that_is_a_fifo(small):
    """The mark of our results has that name."""
    os.mkfifo(small / "in" / "run")
    assert "1 read" in call("annotate-many", "in", cwd=small, timeout=60)[0]


def test_through_a_fifo(small):
    """One capture may well come that way."""
    with subprocess.Popen(["bash", "-c", '"$0" <(cat "$1")', TOOLS / "annotate", CAPTURE],
                          stdout=subprocess.PIPE, text=True) as run:
        assert "1 session, no problems" in run.communicate()[0]


# ---------------------------------------------------------------------------- captures that change

WAITS = 'touch "waits"; while [[ ! -e go ]]; do sleep 0.05; done; exec REAL "$@"'


@pytest.mark.parametrize("words, part", [([], "what could be read of it is shown"),
                                         (["-o", "copy"], None)])
def test_capture_that_grows(small, words, part):
    """Its copy is made first, and is of one moment."""
    with in_place_of_tshark(WAITS) as stand, subprocess.Popen(
            [TOOLS / "annotate", "in/help.pcap", *words], cwd=small, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=stand.environment) as run:
        stand.wait_for("waits")
        with open(small / "in" / "help.pcap", "ab") as stream:
            stream.write(CAPTURE.read_bytes()[24:])
        (stand.folder / "go").touch()
        said, complaint = run.communicate(timeout=60)
    if part:
        assert f"in/help.pcap: changed while it was read; {part}" in complaint
    assert run.returncode == bool(part), (said, complaint)


def test_capture_that_vanishes(small):
    """What is open can be read."""
    with in_place_of_tshark(WAITS) as stand, subprocess.Popen(
            [TOOLS / "annotate", "in/help.pcap"], cwd=small, text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=stand.environment) as run:
        stand.wait_for("waits")
        (small / "in" / "help.pcap").unlink()
        (stand.folder / "go").touch()
        said, complaint = run.communicate(timeout=60)
    assert run.returncode == 0 and complaint == "" and "1 session, no problems" in said


def test_capture_that_vanishes_from_a_batch(small):
    """The first takes the others along, of which at most some are open by then."""
    with in_place_of_tshark('rm -f in/*; exec REAL "$@"') as stand:
        shutil.copytree(small / "in", stand.folder / "in")
        os.chmod(stand.folder / "in", 0o777)
        for number in range(9):
            shutil.copyfile(CAPTURE, stand.folder / "in" / str(number))
        said, _ = call("annotate-many", "in", cwd=stand.folder, status=1, env=stand.environment)
    read, failed = map(int, re.match(r"captures: (\d+) read, (\d+) failed", said).groups())
    assert read + failed == 10 and read and failed
    assert said.count("there is no such file") + said.count("No such file") == failed


@pytest.mark.parametrize("form, status, message", [
    ("empty", 1, "own: is empty"),
    ("header", 0, ""),
    ("gzip", 0, ""),
    ("gzip cut", 1, "own: is cut short"),
    ("zstd cut", 1, "own: is cut short"),
    ("lz4 cut", 1, "own: is cut short"),
])
@pytest.mark.parametrize("words", [[], ["-o", "copy"]], ids=["text", "copy"])
def test_files_of_all_kinds(tmp_path, form, status, message, words):
    raw = CAPTURE.read_bytes()
    program, _, how = form.partition(" ")
    content_of = {"empty": b"", "header": raw[:24]}.get(form, raw)
    if program in ("gzip", "zstd", "lz4"):
        if not shutil.which(program):
            pytest.skip(f"there is no {program}")
        content_of = subprocess.check_output([program, "-c"], input=content_of)
    if how == "cut":
        content_of = content_of[:-30]
    (tmp_path / "own").write_bytes(content_of)
    said, complaint = call("annotate", "own", *words, cwd=tmp_path, status=status)
    assert message in complaint
    if form != "empty":
        assert ("annotated" if words else "own: ") in (said + complaint)
