# SPDX-License-Identifier: GPL-2.0-or-later
"""How the tools end when not all goes well: with a reason, a status, and nothing left behind."""
import os
import re
import shutil
import signal
import struct
import subprocess
import time

import nobody
import pytest
from calls import ROOT, TOOLS, call, folder_for_all, in_place_of_tshark
from pcap import PCAPS

CAPTURE = PCAPS / "211-help.pcap"
REFUSALS = PCAPS / "auth-refused-three-times-then-success.pcap"


@pytest.fixture
def small(tmp_path):
    (tmp_path / "in").mkdir()
    shutil.copyfile(CAPTURE, tmp_path / "in" / "help.pcap")
    return tmp_path


# ---------------------------------------------------------------------------- what tshark says


def block(kind, body):
    body += bytes(-len(body) % 4)
    length = struct.pack("<I", len(body) + 12)
    return struct.pack("<I", kind) + length + body + length


def options(*pairs):
    return b"".join(struct.pack("<HH", code, len(value)) + value + bytes(-len(value) % 4)
                    for code, value in pairs) + bytes(4)


def strange(raw, resolution=b"\6"):
    """A pcapng file with that in the names of the interface and in all comments."""
    section = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1) + options((1, raw)))
    named = options((2, raw), (3, raw), (9, resolution), (1, raw))
    interface = block(1, struct.pack("<HHI", 1, 0, 65535) + named)
    packets = b""
    for number, data in enumerate(_frames()):
        packets += block(6, struct.pack("<IIIII", 0, 0, number, len(data), len(data)) + data
                         + bytes(-len(data) % 4) + options((1, raw)))
    return section + interface + packets


def _frames():
    content, at = CAPTURE.read_bytes(), 24
    while at < len(content):
        length = struct.unpack_from("<I", content, at + 8)[0]
        yield content[at + 16 : at + 16 + length]
        at += 16 + length


@pytest.mark.parametrize("raw", ["\uffff".encode(), "\ufffe".encode(), b"\xff\xfe", b"\x01\x1b[31m",
                                 b"\xed\xa0\x80", b"\xf4\x90\x80\x80", "\U0001ffff".encode(),
                                 b"]]>", b"\"'<&\x7f\xc2\x9b"],
                         ids=lambda raw: raw.hex())
def test_names_and_comments_that_xml_can_not_hold(small, raw):
    (small / "in" / "help.pcap").write_bytes(strange(raw))
    said, complaint = call("annotate", "in/help.pcap", cwd=small)
    assert "1 session, no problems" in said and complaint == ""
    assert not set(said) & set("\x1b\u009b\uffff\ufffe\x01")
    call("annotate", "in/help.pcap", "-o", "copy", cwd=small)
    assert "1 session, no problems" in call("annotate-many", "in", cwd=small)[0]


# What stands for tshark does, and what is said about it.
BROKEN = {
    "echo '((1'": "Wireshark stopped before the end",
    "true": "Wireshark stopped before the end",
    "echo 'frame'; kill -SEGV $$": "Wireshark was ended by signal 11",
    "kill -KILL $$": "Wireshark was ended by signal 9",
    "echo '((1))'; echo 'tshark: is at a loss' >&2; exit 3": "is at a loss",
    "exit 3": "Wireshark stopped before the end",
    "printf '\\e[31m\\xff' >&2; exit 3": "Wireshark stopped before the end",
    "printf 'tshark: \\e[31m\\xff\\n' >&2; exit 3": "?[31m\ufffd",
}


@pytest.mark.parametrize("script, reason", BROKEN.items(), ids=map(str, range(len(BROKEN))))
def test_reader_that_stops_early(small, script, reason):
    with in_place_of_tshark(script) as stand:
        said, complaint = call("annotate", "in/help.pcap", cwd=small, status=1,
                               env=stand.environment)
        assert complaint.startswith(f"smtp-explain: in/help.pcap: {reason}")
        assert complaint.count("\n") == 1 and "No SMTP" not in said
        _, complaint = call("annotate", "in/help.pcap", "-o", "copy", cwd=small, status=1,
                            env=stand.environment)
        assert reason in complaint and not (small / "copy").exists()
        summary, _ = call("annotate-many", "in", cwd=small, status=1, env=stand.environment)
        assert f"in/help.pcap: {reason}" in summary
    assert "1 read" in call("annotate-many", "in", cwd=small)[0]


def test_time_that_no_calendar_has(small):
    in_seconds = strange(b"lo", b"\0")
    content = in_seconds.replace(struct.pack("<II", 0, 7), struct.pack("<II", 0x100, 7))
    (small / "in" / "help.pcap").write_bytes(content)
    said, _ = call("annotate", "in/help.pcap", cwd=small)
    assert "1 session, no problems" in said
    assert "1 session, no problems" in call("annotate-many", "in", cwd=small)[0]


# ---------------------------------------------------------------------------- where output goes


def test_words_that_the_terminal_can_not_show(small):
    shutil.copyfile(PCAPS / "cause-latin-1.pcap", small / "in" / "help.pcap")
    narrow = {**os.environ, "PYTHONIOENCODING": "ascii"}
    expected = call("annotate-many", "in", "-o", "one", cwd=small)[0]
    assert call("annotate-many", "in", "-o", "two", cwd=small, env=narrow)[0] == expected
    one, two = ((small / name / "results" / "0000001.tsv").read_bytes() for name in ("one", "two"))
    assert one == two and not one.isascii()


@pytest.mark.parametrize("words", [["annotate", "in/help.pcap"],
                                   ["annotate", "in/help.pcap", "-f", "-o", "copy"],
                                   ["annotate-many", "in"]], ids=" ".join)
def test_output_to_a_full_disk(small, words):
    with open("/dev/full", "wb") as full:
        _, complaint = call(*words, cwd=small, status=1, stdout=full)
    assert complaint == "smtp-explain: standard output: No space left on device\n"


@pytest.mark.parametrize("words", [["annotate", "in/help.pcap"], ["annotate-many", "in"]],
                         ids=" ".join)
def test_no_output(small, words):
    done = subprocess.run(["bash", "-c", '"$@" >&-', "-", TOOLS / words[0], *words[1:]],
                          cwd=small, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (1, f"{words[0]}: standard output is closed\n")


@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
@pytest.mark.parametrize("words, good", [
    (["annotate", "in/help.pcap"], "1 session, no problems"),
    (["annotate", "in/help.pcap", "-o", "copy"], "1 packet annotated"),
    (["annotate-many", "in"], "captures: 1 read, 0 failed"),
], ids=["text", "copy", "many"])
def test_other_streams_closed(small, closed, words, good):
    done = subprocess.run(["bash", "-c", f'"$@" {closed}', "-", TOOLS / words[0], *words[1:]],
                          cwd=small, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "") and good in done.stdout


@pytest.mark.parametrize("words", [
    ["annotate"], ["annotate", "in/help.pcap", "-f", "-o", "copy"], ["annotate-many", "in"],
    ["annotate", "--help"], ["annotate-many", "--help"]], ids=" ".join)
def test_reader_of_the_output_goes(small, words):
    """Nobody reads a line of it."""
    reading, writing = os.pipe()
    os.close(reading)
    with open(writing, "wb") as stream:
        done = subprocess.run([TOOLS / words[0], *words[1:]], cwd=small, stdout=stream, check=False,
                              stderr=subprocess.PIPE, text=True)
    assert done.stderr == "" or done.stderr.endswith("Broken pipe\n"), done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(not nobody.IS_ROOT, reason="only root can mount")
@pytest.mark.parametrize("size", range(4, 40, 4))
@pytest.mark.parametrize("form", ["tsv", "json"])
def test_batch_where_there_is_little_room(small, size, form):
    """Wherever it ends: with a reason, and going on later gives what would have been."""
    place = small / "disk"
    place.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}k", "tmpfs", place],
                      check=False, capture_output=True).returncode != 0:
        pytest.skip("nothing can be mounted here")
    try:
        for number in range(4):
            shutil.copyfile(REFUSALS, small / "in" / str(number))
        words = ["annotate-many", "in", *(["--json"] if form == "json" else []), "-o"]
        done = subprocess.run([TOOLS / words[0], *words[1:], place / "out"], cwd=small, text=True,
                              check=False, capture_output=True)
        assert "Traceback" not in done.stderr
        if "5 read, 0 failed" in done.stdout:
            assert done.returncode == 0 and size > 4
        else:
            assert done.returncode == 1
            assert "No space left" in done.stdout + done.stderr, (done.stdout, done.stderr)
        subprocess.run(["mount", "-o", "remount,size=4m", place], check=True)
        for path in (place / "out" / "results").glob("*"):
            assert path.read_text()[-1:] in ("", "\n")
        summary, _ = call(*words, place / "out", cwd=small)
        assert summary == call(*words, "right", cwd=small)[0]
    finally:
        subprocess.run(["umount", place], check=True)


@pytest.mark.parametrize("damage", [lambda raw: raw[:-40], lambda raw: raw[:50], lambda raw: b"",
                                    lambda raw: raw[:-1]])
@pytest.mark.parametrize("form", ["tsv", "json"])
def test_result_that_lost_its_end(small, damage, form):
    """After a power failure, for example."""
    words = ["annotate-many", "in", *(["--json"] if form == "json" else [])]
    call(*words, cwd=small)
    result = small / "annotated" / "results" / f"0000001.{form}"
    result.write_bytes(damage(result.read_bytes()))
    said, _ = call(*words, cwd=small, status=1)
    assert said.startswith("captures: 0 read, 1 failed, 0 with SMTP\n\nfailed: ")
    assert "help.pcap: its result can't be read; remove that, and it is made again" in said
    result.unlink()
    assert "1 read, 0 failed" in call(*words, cwd=small)[0]


# ---------------------------------------------------------------------------- stopped

# It can be told to end, and doesn't do so by itself.
STALLED = "echo $$ >$$.pid; touch stalled; exec sleep 300"


def is_there(pid):
    try:
        with open(f"/proc/{pid}/stat", encoding="ascii") as stream:
            return stream.read().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("to_all", [False, True], ids=["one", "group"])
@pytest.mark.parametrize("words, kept", [
    (["annotate", "in/help.pcap"], []),
    (["annotate", "in/help.pcap", "-o", "copy"], []),
    (["annotate-many", "in"], ["annotated"]),
], ids=["text", "copy", "many"])
def test_stopped(small, number, to_all, words, kept):
    """A terminal tells all of the group, kill only one."""
    with in_place_of_tshark(STALLED) as stand:
        with subprocess.Popen([TOOLS / words[0], *words[1:]], cwd=small, text=True,
                              stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                              env=stand.environment, start_new_session=True,
                              preexec_fn=lambda: signal.signal(number, signal.SIG_DFL)) as run:
            stand.wait_for("stalled")
            assert os.listdir(stand.temporary)
            (os.killpg if to_all else os.kill)(run.pid, number)
            said, complaint = run.communicate(timeout=30)
        assert run.returncode == 128 + number, (said, complaint)
        assert "Traceback" not in complaint
        for _ in range(50):
            left = [path.stem for path in stand.folder.glob("*.pid") if is_there(path.stem)]
            if not left and not os.listdir(stand.temporary):
                break
            time.sleep(0.1)
        assert not left and os.listdir(stand.temporary) == []
    assert sorted(os.listdir(small)) == sorted(["in", *kept])
    if kept:
        assert os.listdir(small / "annotated" / "results") == []


# ---------------------------------------------------------------------------- read-only


@pytest.fixture
def checkout():
    """Sources that another account can read and not write."""
    with folder_for_all() as folder:
        root = folder / "sources"
        for name in ("tools", "plugin", "packaging", "po", "tests/pcaps"):
            shutil.copytree(ROOT / name, root / name)
        for path in ROOT.iterdir():
            if path.is_file():
                shutil.copyfile(path, root / path.name)
        subprocess.run(["chmod", "-R", "a+rX,go-w", root], check=True)
        yield root


def elsewhere(root, **environment):
    """What tools/annotate says there without rights, and without HOME."""
    plain = {"PATH": os.environ["PATH"], **environment}
    return subprocess.run([root / "tools" / "annotate"], cwd="/", env=plain, capture_output=True,
                          text=True, check=False, **nobody.ACCOUNT)


needs_root = pytest.mark.skipif(not nobody.IS_ROOT, reason="our own account could write there")


@needs_root
@pytest.mark.parametrize("environment", [{}, {"HOME": ""}, {"HOME": "/nonexistent"},
                                         {"HOME": "/proc"}, {"XDG_CACHE_HOME": "/proc"}])
def test_read_only_without_a_home(checkout, environment):
    done = elsewhere(checkout, **environment)
    assert done.returncode == 1
    assert re.fullmatch("(Building .*\n)?annotate: the plugin must be built once, and neither "
                        f"{checkout} nor /.*/smtp-explain/.* can be written; set XDG_CACHE_HOME to a folder "
                        "where it can be kept\n", done.stderr), done.stderr


@needs_root
def test_read_only_with_a_cache(checkout):
    with folder_for_all() as cache:
        for _ in range(2):
            done = elsewhere(checkout, XDG_CACHE_HOME=str(cache))
            assert done.returncode == 0 and "1 session, no problems" in done.stdout, done.stderr
        assert done.stderr == ""


@needs_root
def test_read_only_and_built(checkout):
    """Whoever may write there has built it."""
    call("annotate")
    shutil.copytree(ROOT / "build" / "annotate", checkout / "build" / "annotate")
    done = elsewhere(checkout)
    assert (done.returncode, done.stderr) == (0, "") and "1 session, no problems" in done.stdout
