# SPDX-License-Identifier: GPL-2.0-or-later
"""smtp-explain, the command: what it prints, and what it says when it is called wrongly."""
import os
import pty
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COMMAND = Path(os.environ.get("SMTP_EXPLAIN_PLUGIN_DIR", ROOT / "build/dev/plugins")).parent \
    / "bin" / "smtp-explain"
ESCAPE = "\033"


def call(*words, **environment):
    return subprocess.run([COMMAND, *words], capture_output=True, text=True, check=False,
                          env={**os.environ, **environment})


def printed(*words):
    done = call(*words)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def in_terminal(columns, *words, **environment):
    """What it prints to a terminal of that width."""
    try:
        ours, its = pty.openpty()
    except OSError as error:  # in a bare chroot
        pytest.skip(str(error))
    subprocess.run(["stty", "cols", str(columns)], stdin=its, check=True)
    done = subprocess.run([COMMAND, *words], stdout=its, check=False,
                          env={**os.environ, "TERM": "xterm", **environment})
    os.close(its)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    assert done.returncode == 0
    return said.replace("\r\n", "\n")


def test_compare():
    said = printed("compare", "211", "235")
    assert said.startswith("211 System status, and 235 Authentication successful\n")
    assert len(said.splitlines()) <= 40
    assert max(map(len, said.splitlines())) <= 80
    for part in ("Both begin with 2", "Says", "Appears", "To do", "Key differences", "Answers",
                 "Afterwards", "Meant when", "Read more", "RFC 4954, section 4"):
        assert part in said


def test_code_with_words():
    said = printed("code", "550 5.7.26 This mail is unauthenticated: SPF and DKIM did not pass")
    assert said.startswith('Refused: sender authentication\n550 5.7.26 "This mail is')


def test_code_alone():
    assert printed("code", "535", "5.7.8", "auth").startswith("Login refused: bad credentials\n")
    assert "No RFC defines this code" in printed("code", "299")


@pytest.mark.parametrize("words, complaint", [
    ((), "usage: smtp-explain"),
    (("code",), "which reply?"),
    (("code", ""), "no SMTP reply"),
    (("code", "600"), "no SMTP reply"),
    (("code", "5.7.8"), "'550 5.7.8'"),
    (("code", "550 one\nmore"), "each line"),
    (("code", "535", "hallo"), "hallo: is neither"),
    (("code", "550", "5.7.1", "Relaying", "denied"), "go in quotes"),
    (("code", "535", "AUTH", "PLAIN"), "PLAIN: is one word too many"),
    (("compare",), "two codes"),
    (("compare", "211"), "two codes"),
    (("compare", "211", "600"), "600: a reply code"),
    (("compare", "211", "235 2.7.0"), "235 2.7.0: a reply code"),
    (("compare", "211", "211"), "same code twice"),
    (("compare", "211", "235", "250"), "one word too many"),
    (("--colour",), "--colour"),
])
def test_called_wrongly(words, complaint):
    done = call(*words)
    assert (done.returncode, done.stdout) == (2, "")
    assert complaint in done.stderr


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help(option):
    assert printed(option).startswith("usage: smtp-explain")


@pytest.mark.parametrize("option", ["-V", "--version"])
def test_version(option):
    assert printed(option).startswith("smtp-explain ")


def test_highlights_in_a_terminal_only():
    assert ESCAPE in in_terminal(80, "code", "235")
    assert ESCAPE not in in_terminal(80, "code", "235", NO_COLOR="1")
    assert ESCAPE not in in_terminal(80, "code", "235", TERM="dumb")
    assert ESCAPE not in printed("code", "235")


@pytest.mark.parametrize("columns, widest", [(50, 50), (80, 80), (200, 80)])
def test_fits_the_terminal(columns, widest):
    said = in_terminal(columns, "compare", "211", "235", NO_COLOR="1")
    assert widest - 12 <= max(map(len, said.splitlines())) <= widest


def test_full_disk():
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run([COMMAND, "code", "235"], stdout=full, stderr=subprocess.PIPE,
                              text=True, check=False)
    assert done.returncode == 1
    assert "standard output" in done.stderr


def test_the_manual_and_completion_name_the_same_words():
    manual = (ROOT / "packaging/command/smtp-explain.1").read_text(encoding="utf-8")
    completion = (ROOT / "packaging/command/completion.bash").read_text(encoding="utf-8")
    usage = printed("--help").replace("-", "\\-")
    options = set(re.findall(r"^ *(-[-a-z]+)|, (-[-a-z]+)", printed("--help"), re.MULTILINE))
    options = {one or other for one, other in options}
    assert {"--all", "--session", "--keys", "-i", "-o", "--tsv", "--version"} <= options
    for word in ("code", "compare", *(option.replace("-", "\\-") for option in options)):
        assert word in usage and word in manual
        assert word.replace("\\", "") in completion
    names = call("code", "535", "x").stderr.partition("Commands:")[2].split()
    assert len(names) > 20
    assert set(names) <= set(completion.replace("'", " ").split())


def test_the_manual_and_completion_of_many_captures():
    manual = (ROOT / "packaging/command/smtp-explain-many.1").read_text(encoding="utf-8")
    completion = (ROOT / "packaging/command/completion.bash").read_text(encoding="utf-8")
    completion = completion.partition("_smtp_explain_many()")[2]
    done = subprocess.run([ROOT / "tools/annotate-many", "--help"], capture_output=True, text=True,
                          check=True)
    options = re.findall(r"^(-[-a-z]+)", done.stdout, re.MULTILINE)
    assert options == ["-o", "--json", "--sshloginfile"]
    for option in options:
        assert option.replace("-", "\\-") in manual and option in completion


def test_the_example_in_its_document_is_true():
    """Every line of it, in its order; what is left out is marked."""
    document = (ROOT / "docs/command.md").read_text(encoding="utf-8")
    example = document.split("$ smtp-explain compare 211 235\n")[1].split("```")[0]
    said, at = printed("compare", "211", "235"), 0
    for part in example.split("[...]\n"):
        assert part in said[at:]
        at = said.index(part, at) + len(part)
