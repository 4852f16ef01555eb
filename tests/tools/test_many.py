# SPDX-License-Identifier: GPL-2.0-or-later
"""tools/annotate-many: a result for each of many captures, and a summary."""
import csv
import json
import os
import re
import shutil
import subprocess
import time
from collections import Counter
from pathlib import Path

import nobody
import pytest
from calls import folder_for_all, in_place_of_tshark
from pcap import PCAPS

TOOLS = Path(__file__).parents[2] / "tools"

# Where they lie, as bytes since not all are UTF-8. Two are called the same.
CAPTURES = {
    b"mx1/smtp.pcap": "211-help",
    b"mx2/smtp.pcap": "auth-refused-three-times-then-success",
    b"with spaces/it's \"quoted\" $(touch gone) {} {#}": "auth-plain-initial",
    b"-f": "pipelining",
    b"new\nline\ttab": "secret-echoed",
    b"not \xff UTF-8": "bare-codes",
    b"no reply to see": "client-side-only",
}
KEYS = ("frame time src sport dst dport code enhanced command mechanism verdict request_in "
        "response_time encrypted findings cause cause_from text").split()


def call(tool, *arguments, status=0, **settings):
    done = subprocess.run([TOOLS / tool, *arguments], capture_output=True, check=False, **settings)
    assert done.returncode == status, done.stderr.decode(errors="replace")
    return done.stdout.decode(), done.stderr.decode()


def many(*arguments, **settings):
    return call("annotate-many", *arguments, **settings)


def lay_out(folder):
    for path, name in CAPTURES.items():
        target = Path(os.fsdecode(os.path.join(os.fsencode(folder), path)))
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(PCAPS / f"{name}.pcap", target)
    return folder


@pytest.fixture(scope="module")
def done(tmp_path_factory):
    """A folder of captures, one of them cut short, and what came of it."""
    folder = tmp_path_factory.mktemp("many")
    lay_out(folder / "in")
    (folder / "in" / "short").write_bytes((PCAPS / "211-stat.pcap").read_bytes()[:-7])
    summary, _ = many("in", "-o", "out", cwd=folder, status=1)
    return folder, summary


def results(outdir, form):
    """{path of the capture: path of its result}"""
    return {os.readlink(os.fsencode(link)): outdir / "results" / f"{link.name}.{form}"
            for link in (outdir / "captures").iterdir()}


def rows(result):
    lines = result.read_bytes().decode().split("\n")
    assert lines.pop() == ""
    assert {line.count("\t") for line in lines} == {len(KEYS) - 1}
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def test_a_result_for_each(done):
    folder, _ = done
    found = results(folder / "out", "tsv")
    assert set(found) == {os.path.join(os.fsencode(folder / "in"), path)
                          for path in [*CAPTURES, b"short"]}
    assert all(result.exists() for result in found.values())
    assert not [name for name in os.listdir(folder / "out" / "results") if name[0] == "."]
    assert not list(folder.rglob("gone"))


@pytest.mark.parametrize("path", CAPTURES, ids=CAPTURES.values())
def test_rows_are_the_replies(tshark, done, path):
    """The same that the plugin prints."""
    folder, _ = done
    result = results(folder / "out", "tsv")[os.path.join(os.fsencode(folder / "in"), path)]
    assert len(rows(result)) > 3 or CAPTURES[path] == "client-side-only"
    said = tshark.read(PCAPS / f"{CAPTURES[path]}.pcap", "-q", "-z", "smtp_explain,tsv")
    assert result.read_text(encoding="utf-8") == said


def test_findings_and_times(done):
    folder, _ = done
    path = os.fsencode(folder / "in" / "mx1" / "smtp.pcap")
    row = [row for row in rows(results(folder / "out", "tsv")[path]) if row["code"] == "211"]
    assert row == [{
        "frame": "8", "time": "2026-01-01T00:00:00.070000Z", "src": "192.0.2.25", "sport": "25",
        "dst": "192.0.2.10", "dport": "40001", "code": "211", "enhanced": "", "command": "HELP",
        "mechanism": "", "verdict": "expected", "request_in": "7",
        "response_time": "0.010000000", "encrypted": "no", "findings": "status",
        "cause": "", "cause_from": "", "text": "DATA HELO EHLO MAIL NOOP QUIT RCPT RSET SAML TURN VRFY"}]


def test_what_is_no_reply_has_a_row_without_a_code(small):
    shutil.copyfile(PCAPS / "auth-without-end.pcap", small / "in" / "closed.pcap")
    summary, _ = many("in", cwd=small)
    found = rows(results(small / "annotated", "tsv")[os.fsencode(small / "in" / "closed.pcap")])
    assert [(row["frame"], row["code"], row["verdict"], row["request_in"], row["findings"])
            for row in found if not row["code"]] == [("12", "", "", "7", "no_reply")]
    assert "1  The session ended before a command got its reply" in summary
    assert "frame 12 (session 1) in closed.pcap    smtp_explain.expert.no_reply" in summary


def test_causes_and_words(done):
    folder, _ = done
    path = os.fsencode(folder / "in" / "mx2" / "smtp.pcap")
    refused = [row for row in rows(results(folder / "out", "tsv")[path]) if row["code"] == "535"]
    assert [(row["enhanced"], row["cause"], row["cause_from"], row["text"]) for row in refused] == [
        ("5.7.8", "bad credentials", "the server's words", "Error: authentication failed")] * 3


def test_summary(done):
    """The report on all of them, by their paths below the folder, and what could not be read."""
    folder, summary = done
    lines = summary.splitlines()
    assert lines[0] == "captures: 7 read, 1 failed, 8 with SMTP"
    assert lines[2].startswith("8 captures: ")
    every = [row for result in results(folder / "out", "tsv").values() for row in rows(result)]
    codes = Counter(row["code"] for row in every)
    refused = sum(row["cause"] != "" and row["command"] == "AUTH" for row in every)
    assert codes["211"] > 1 and codes["235"] > 1 and refused > 2
    assert re.search(f"^211 +{codes['211']} in answer to HELP, the first in frame 8 of ", summary,
                     re.MULTILINE)
    assert re.search(f"^235 +{codes['235']}", summary, re.MULTILINE)
    assert re.search(rf"^Logins .*, {refused} refused", summary, re.MULTILINE)
    assert "Login refused: bad credentials" in summary
    assert "frames 8, 10, 12 (first: session 1) in mx2/smtp.pcap" in summary
    assert lines[-1] == (f"failed: {folder}/in/short: is cut short; "
                         "the result holds what could be read of it")


def test_what_was_read_of_a_capture_that_is_cut_short(done):
    folder, _ = done
    found = rows(results(folder / "out", "tsv")[os.fsencode(folder / "in" / "short")])
    assert [row["code"] for row in found] == ["220", "250", "211", "221"]


def test_resume(small):
    """What is done isn't done again; what failed and what is new is."""
    broken, new = small / "in" / "broken", small / "in" / "a new one, first by its name"
    broken.touch()
    assert "passed over: " + str(broken) + ": is empty" in many("in", cwd=small)[0]
    help_result = small / "annotated" / "results" / "0000002.tsv"
    assert len(rows(help_result)) == 4
    made = help_result.stat().st_mtime_ns
    for path in (broken, new):
        shutil.copyfile(PCAPS / "211-stat.pcap", path)
    summary, _ = many("in", cwd=small)
    assert summary.splitlines()[0] == "captures: 3 read, 0 failed, 3 with SMTP"
    found = results(small / "annotated", "tsv")
    assert help_result.stat().st_mtime_ns == made
    assert [len(rows(found[os.fsencode(path)])) for path in (broken, new)] == [4, 4]


def test_json_of_a_list(tmp_path):
    lay_out(tmp_path)
    (tmp_path / "list").write_bytes(b"mx1/smtp.pcap\n-f\nnot \xff UTF-8\n\nnowhere\nmx1/smtp.pcap")
    summary, _ = many("--json", "-o", "out", "list", cwd=tmp_path, status=1)
    assert summary.splitlines()[0] == "captures: 3 read, 1 failed, 3 with SMTP"
    assert summary.splitlines()[-1] == f"failed: {tmp_path}/nowhere: there is no such file"
    found = results(tmp_path / "out", "json")
    assert len(found) == 4
    lines = found[os.fsencode(tmp_path / "-f")].read_text().splitlines()
    records = [json.loads(line) for line in lines]
    assert records and all(list(record) == KEYS for record in records)
    assert records[-1]["code"] == 221 and records[-1]["encrypted"] is False
    assert [record["findings"] for record in records if record["code"] == 235] == [
        ["authenticated", "credentials_exposed"]] * [r["code"] for r in records].count(235)


@pytest.fixture
def small(tmp_path):
    (tmp_path / "in").mkdir()
    shutil.copyfile(PCAPS / "211-help.pcap", tmp_path / "in" / "help.pcap")
    return tmp_path


def test_lost_result_is_made_again(small):
    shutil.copyfile(PCAPS / "211-stat.pcap", small / "in" / "stat.pcap")
    many("in", cwd=small)
    lost = small / "annotated" / "results" / "0000002.tsv"
    lost.unlink()
    summary, _ = many("in", cwd=small)
    assert summary.splitlines()[0] == "captures: 2 read, 0 failed, 2 with SMTP"
    assert len(rows(lost)) == 4
    log = (small / "annotated" / "joblog").read_text().splitlines()
    assert sorted(line.split()[-1] for line in log) == ["0000001", "0000002", "0000002"]


def test_stopped_halfway(small):
    """Whoever stops it keeps what is done; the same command does the rest."""
    for name in ("stat", "quit"):
        shutil.copyfile(PCAPS / "211-stat.pcap", small / "in" / f"{name}.pcap")
    first_alone = 'if mkdir first; then exec REAL "$@"; else exec sleep 300; fi'
    with in_place_of_tshark(first_alone) as stand, subprocess.Popen(
            [TOOLS / "annotate-many", "in"], cwd=small, env=stand.environment,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        # A job's result is there a moment before its line in the log.
        log = small / "annotated" / "joblog"
        for _ in range(600):
            if log.exists() and log.read_text().endswith("\n"):
                break
            time.sleep(0.1)
        run.terminate()
        said = run.communicate(timeout=30)[1].decode()
    assert run.returncode == 143, said
    (done,) = (line.split()[-1] for line in log.read_text().splitlines())
    summary, _ = many("in", cwd=small)
    assert summary.splitlines()[0] == "captures: 3 read, 0 failed, 3 with SMTP"
    assert [line.split()[-1] for line in log.read_text().splitlines()].count(done) == 1


def test_nobody_waits_for_a_job(small, tshark):
    """GNU Parallel may end while it starts a job, which then must not go on."""
    command = Path(tshark.built).parent / "bin" / "smtp-explain"
    (small / "captures").mkdir()
    (small / "results").mkdir()
    (small / "captures" / "1").symlink_to(PCAPS / "211-stat.pcap")
    results = {}
    for parent in (1, os.getpid()):
        done = subprocess.run([command, "--many", "read", str(parent), "tsv", "1"], cwd=small,
                              capture_output=True, check=False)
        results[parent] = done.returncode == 143, os.listdir(small / "results") == []
    assert results == {1: (True, True), os.getpid(): (False, False)}


def test_links(small):
    (small / "in" / "link").symlink_to(PCAPS / "211-stat.pcap")
    (small / "in" / "broken").symlink_to("nowhere")
    summary, _ = many("in", cwd=small, status=1)
    assert summary.splitlines()[0] == "captures: 2 read, 1 failed, 2 with SMTP"
    assert summary.splitlines()[-1].endswith("in/broken: there is no such file")


OTHER_MACHINE = """#!/bin/sh
# ssh HOST COMMAND, on this machine, with an environment of its own
while case $1 in -*) true ;; *) false ;; esac; do
    case $1 in -l | -o) shift ;; esac
    shift
done
shift
[ "$1" != -- ] || shift
cd "$SMTP_EXPLAIN_TEST_HOME" || exit
exec env -u SMTP_EXPLAIN_OUTDIR -u SMTP_EXPLAIN_TSHARK sh -c "$*"
"""


@pytest.mark.skipif(not shutil.which("rsync"), reason="no rsync")
def test_other_machine(small):
    """The captures are sent there, and the results come back."""
    for name in ("programs", "home"):
        (small / name).mkdir()
    ssh = small / "programs" / "ssh"
    ssh.write_text(OTHER_MACHINE)
    ssh.chmod(0o755)
    (small / "machines").write_text("1/other.example.test\n")
    environment = {**os.environ, "PATH": f"{ssh.parent}:{os.environ['PATH']}",
                   "SMTP_EXPLAIN_TEST_HOME": str(small / "home")}
    summary, _ = many("in", "--sshloginfile", "machines", cwd=small, env=environment)
    assert summary.splitlines()[0] == "captures: 1 read, 0 failed, 1 with SMTP"
    assert "other.example.test" in (small / "annotated" / "joblog").read_text()
    result = small / "annotated" / "results" / "0000001.tsv"
    assert len(rows(result)) == 4
    # there, the capture was in the folder of another account
    assert result.stat().st_mode & 0o777 == 0o600


@pytest.fixture
def installed(tshark):
    """A folder that all may write to, with the commands as they are installed."""
    with folder_for_all() as folder:
        (folder / "bin").mkdir()
        (folder / "elsewhere").mkdir()
        shutil.copy(Path(tshark.built).parent / "bin" / "smtp-explain", folder / "bin")
        shutil.copy(TOOLS.parent / "packaging/command/smtp-explain-many", folder / "bin")
        shutil.copytree(TOOLS / "lib", folder / "share" / "smtp-explain")
        shutil.copytree(tshark.built, folder / "plugins")
        lay_out(folder / "in")
        subprocess.run(["chmod", "-R", "a+rX", folder], check=True)
        (folder / "elsewhere" / "many").symlink_to(folder / "bin" / "smtp-explain-many")
        yield folder


def call_installed(folder, *words, **environment):
    plain = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LC_ALL": "C.UTF-8",
             "WIRESHARK_PLUGIN_DIR": str(folder / "plugins"), **environment}
    return subprocess.run(words, cwd=folder, env=plain, capture_output=True, check=False, text=True,
                          **nobody.ACCOUNT)


def test_installed(installed):
    """Through a symbolic link, too, and without sources."""
    done = call_installed(installed, "elsewhere/many", "in", "-o", "out")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("captures: 7 read, 0 failed, 7 with SMTP\n\n7 captures: ")
    found = results(installed / "out", "tsv")
    assert len(found) == 7 and all(result.exists() for result in found.values())
    done = call_installed(installed, "bin/smtp-explain-many", "--help")
    assert done.stdout.startswith("usage: smtp-explain-many ")


def test_installed_without_parallel(installed):
    for name in ("bash", "dirname", "realpath", "getopt", "mktemp", "rm", "cp", "cmp", "mkdir",
                 "flock", "ls", "grep", "tr"):
        (installed / "elsewhere" / name).symlink_to(shutil.which(name))
    done = call_installed(installed, "bin/smtp-explain-many", "in", PATH=str(installed / "elsewhere"))
    assert (done.returncode, done.stderr) == (
        1, "smtp-explain-many: GNU Parallel is missing (Debian: apt install parallel)\n")


@pytest.mark.parametrize("tool, words", [("annotate", []), ("annotate-many", ["in"])])
def test_link_to_a_tool(small, tool, words):
    (small / "link").symlink_to(TOOLS / tool)
    done = subprocess.run([small / "link", *words], cwd=small, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")


def test_results_are_no_captures(small):
    """The results may lie in the folder that is read."""
    for _ in range(2):
        summary, _ = many("in", "-o", "in/out", cwd=small)
        assert summary.splitlines()[0] == "captures: 1 read, 0 failed, 1 with SMTP"


def test_other_results_are_not_touched(small):
    (small / "mine").mkdir()
    (small / "mine" / "thesis").write_text("precious")
    assert "holds something else" in many("in", "-o", "mine", cwd=small, status=1)[1]
    assert os.listdir(small / "mine") == ["thesis"]
    many("in", cwd=small)
    for words in (["--json", "in"], ["."]):
        assert "the results of another run" in many(*words, cwd=small, status=1)[1]
    assert sorted(os.listdir(small / "annotated" / "results")) == [
        "0000001.error", "0000001.tally", "0000001.tsv"]


@pytest.mark.parametrize("words, status, message", [
    ([], 2, "usage:"),
    (["in", "in"], 2, "usage:"),
    (["--what", "in"], 2, "usage:"),
    (["in", "-o", ""], 2, "usage:"),
    (["nowhere"], 1, "nowhere: there is no such file or folder"),
    (["in/help.pcap"], 1, "is neither a folder nor a list"),
    (["in", "--sshloginfile", "nowhere"], 1, "nowhere: can't be read"),
])
def test_wrong_calls(small, words, status, message):
    assert message in many(*words, cwd=small, status=status)[1]
    assert os.listdir(small) == ["in"]
