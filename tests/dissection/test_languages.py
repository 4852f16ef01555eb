# SPDX-License-Identifier: GPL-2.0-or-later
"""Another language: nothing that is said is left in English, nothing that programs rely on is translated, and
whoever wants English gets it."""
import json
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import contract
import pcap
import pytest
import strange
from joined import IPV4, Joined
from nobody import ACCOUNT
from pcap import PCAPS
from runner import Tshark

CAPTURES = [path.stem for path in sorted(PCAPS.glob("*.pcap"))]
SPOKEN = ("-o", "smtp_explain.language:zh_CN")
PAGES = ("report", "replies", "comments", "tree")
COMMAND = Path(os.environ.get("SMTP_EXPLAIN_PLUGIN_DIR", ".")).parent / "bin" / "smtp-explain"

# What is data in a line of the packet details, by its label in English.
DATA = re.compile(r"\[?⟦(?:Server's text|Challenge|Reference|Link|Category|Topic|Answers|Answers, as a number"
                  r"|Verdict|Cause|User name|Offers|Session ended|Login|Unanswered|Encrypted"
                  r"|SASL mechanism|Authenticated)⟧: .*|\[(?:Explanation|Not to be confused with|Facts)\]")
QUOTED = re.compile(r'"[^"]*"?')
WIRESHARKS = re.compile(r"Expert Info \(\w+/\w+\)|\[?(?:Severity level|Group): \w+|\bseconds\b|SMTP Explain")
WORDS = re.compile(r"[A-Za-z]{2,} [a-z]{2,}|\b(?:the|is|of|and|with|in)\b")


@pytest.fixture(scope="module", name="other")
def fixture_other(tshark):
    """A Tshark whose plugin speaks the strange language as zh_CN."""
    with tempfile.TemporaryDirectory() as scratch:
        scratch = Path(scratch)
        scratch.chmod(0o755)
        yield Tshark(tshark.program, strange.plugins(tshark.built, scratch / "built"), scratch)


def details(text):
    """The plugin's lines in the packet details."""
    ours = False
    for line in text.splitlines():
        if line and not line.startswith(" "):
            ours = line.startswith("SMTP Explain")
        if ours and line:
            yield line


def in_english(line):
    """Words of the line that were not translated, though they are not data."""
    if DATA.fullmatch(line.strip()):
        return []
    rest = strange.left_over(line)
    if "⟦" in rest or "⟧" in rest:  # wrapped: judged with the lines around it
        return []
    return WORDS.findall(WIRESHARKS.sub("", QUOTED.sub("", rest)))


@pytest.mark.parametrize("name", CAPTURES)
def test_details_are_translated(other, name):
    # Brackets make texts longer than Wireshark shows, and it cuts between bytes.
    out = other.run(other.program, "-n", "-r", str(other.copy(PCAPS / f"{name}.pcap")), *SPOKEN, "-V",
                    "-O", "smtp_explain", errors="replace").stdout
    lines = list(details(out))
    left = [line for line in lines if in_english(line)]
    assert not left, "\n".join(left)


# Captures that together have most of what a page can say.
PAGED = ["auth-refused-three-times-then-success", "211-misplaced-after-mail", "starttls-unread",
         "slow-replies", "smuggling", "lost-help-command", "proxy-v1-refused", "two-sessions-port-reuse",
         "auth-challenge-then-quit", "unusual-replies", "cause-mail-refused", "noise-binary"]


def server_words(tshark, name):
    """What the server says in that capture, as pages quote it."""
    out = tshark.read(PCAPS / f"{name}.pcap", "-T", "fields", "-E", "aggregator=\t", "-E",
                      "occurrence=a", "-e", "smtp_explain.text", "-e", "smtp_explain.challenge")
    return {word for line in out.splitlines() for word in line.split("\t") if word}


@pytest.mark.parametrize("name", PAGED)
@pytest.mark.parametrize("page", PAGES)
def test_pages_are_translated(other, name, page):
    capture = PCAPS / f"{name}.pcap"
    text = other.read(capture, *SPOKEN, "-q", "-z", f"smtp_explain,{page}")
    rest = re.sub(r"\s+", " ", strange.left_over(text))
    for words in sorted(server_words(other, name), key=len, reverse=True):
        rest = rest.replace(f'"{words}"', "")
    rest = re.sub(r"smtp_explain\.\w+ == \"[^\"]*\"|Topic / Item .*? Burst Start", "", rest)
    assert not re.findall(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", QUOTED.sub("", rest)), rest


CHINESE = "[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"


@pytest.mark.parametrize("name", [*PAGED, "secret-typed", "bdat-bad-argument", "cause-block-list"])
def test_chinese_has_no_blanks_within(tshark, name):
    """Nor English names of what was answered, in sentences."""
    capture = PCAPS / f"{name}.pcap"
    text = tshark.read(capture, *SPOKEN, "-V", "-O", "smtp_explain")
    text += "".join(tshark.read(capture, *SPOKEN, "-q", "-z", f"smtp_explain,{page}") for page in PAGES[:3])
    text = QUOTED.sub("", re.sub("“[^”\n]*”", "", text))
    assert re.search(CHINESE, text)
    assert not re.findall(f".*{CHINESE} {CHINESE}.*", text)
    assert not re.findall(".*应答 ?(?:connection|message|unknown).*", text)


# Fields that hold sentences, which are translated. All others are data.
SENTENCES = {f"smtp_explain.{name}" for name in (
    "name", "enhanced_meaning", "cause_from", "meaning", "when", "advice", "contrast", "mark")}
SHOWS_USER = "-o", "smtp_explain.show_user:TRUE"


@pytest.fixture(scope="module", name="all_of_them")
def fixture_all_of_them(tshark):
    """All captures of the project's own that are between IPv4 addresses, in one."""
    names = [name for name in CAPTURES
             if all(packet.data[12:14] == IPV4 for packet in pcap.read(PCAPS / f"{name}.pcap")[1])]
    return Joined(tshark.folder("languages") / "all.pcap", names).path


@pytest.mark.parametrize("format_", ["json", "tsv"])
def test_programs_read_what_they_read_before(tshark, other, all_of_them, format_):
    arguments = all_of_them, *SHOWS_USER, "-q", "-z", f"smtp_explain,{format_}"
    before = tshark.read(*arguments)
    assert len(before.splitlines()) > 500
    assert other.read(*arguments, *SPOKEN) == before


def test_values_of_fields_stay(tshark, other, all_of_them):
    data = sorted(set(contract.fields()) - SENTENCES - {"smtp_explain"})
    assert {"cause", "verdict", "ended", "login", "command"} <= {name.split(".")[1] for name in data}
    columns = (word for name in data for word in ("-e", name))
    arguments = all_of_them, "-2", *SHOWS_USER, "-T", "fields", *columns
    assert other.read(*arguments, *SPOKEN) == tshark.read(*arguments)


def test_sentences_are_those_that_are_translated(other, all_of_them):
    for name in sorted(SENTENCES):
        assert "⟦" in other.read(all_of_them, *SPOKEN, "-Y", name, "-T", "fields", "-e", name), name


def without_sentences(pairs):
    return [(key, "" if key in SENTENCES or key == "_ws.expert.message" else value) for key, value in pairs]


def test_keys_and_values_of_tsharks_json_stay(tshark, other, all_of_them):
    def data(runner, *options):
        text = runner.read(all_of_them, *SHOWS_USER, *options, "-Y", "smtp_explain", "-T", "json", "-J",
                           "smtp_explain _ws.expert")
        return json.loads(text, object_pairs_hook=without_sentences)

    before = data(tshark)
    assert "Facts" in str(before)
    assert data(other, *SPOKEN) == before


@pytest.mark.parametrize("report, column", [("fields", 2), ("values", 1)])
def test_names_of_filters_and_values_stay(tshark, other, report, column):
    def names(runner):
        lines = (line.split("\t") for line in runner.call("-G", report, *SPOKEN).splitlines())
        return {tuple(line[column:] if report == "values" else line[column:column + 2])
                for line in lines if line[0] in "FV" and line[column].startswith("smtp_explain")}

    assert names(tshark) and names(other) == names(tshark)


@pytest.mark.parametrize("display", [
    'smtp_explain.cause == "bad credentials"',
    "smtp_explain.verdict == refused",
    "smtp_explain.expert.auth_refused",
    'smtp_explain.ended == "QUIT"',
    'smtp_explain.category == "Permanent Negative Completion"',
])
def test_filters_find_what_they_found_before(tshark, other, display):
    capture = PCAPS / "auth-refused-three-times-then-success.pcap"
    frames = ("-2", "-Y", display, "-T", "fields", "-e", "frame.number")
    found = other.read(capture, *SPOKEN, *frames)
    assert found and found == tshark.read(capture, *frames)


# --- which language it is ---

LOGIN = PCAPS / "auth-plain-initial.pcap"


def language_of(other, *options, **variables):
    """What the plugin speaks: strange or English."""
    environment = {**os.environ, "HOME": str(other.home), "WIRESHARK_PLUGIN_DIR": str(other.plugins),
                   "LC_ALL": "C.UTF-8", "LANGUAGE": "", **variables}
    said = subprocess.run([other.program, "-n", "-r", other.copy(LOGIN), "-T", "fields",
                           "-e", "smtp_explain.name", *options], env=environment, check=True,
                          capture_output=True, text=True, **ACCOUNT).stdout
    return "strange" if "⟦" in said else "English"


@pytest.mark.parametrize("options, variables, due", [
    ((), {}, "English"),
    ((), {"LANGUAGE": "zh_CN"}, "strange"),
    ((), {"LANGUAGE": "zh_CN", "LC_ALL": "C"}, "English"),
    ((), {"LC_ALL": "zh_CN.UTF-8"}, "strange"),
    ((), {"LC_ALL": "de_DE.UTF-8"}, "English"),
    (SPOKEN, {"LC_ALL": "C"}, "strange"),
    (("-o", "smtp_explain.language:en"), {"LANGUAGE": "zh_CN"}, "English"),
    (("-o", "smtp_explain.language:system"), {"LANGUAGE": "zh_CN"}, "strange"),
])
def test_whoever_asks_gets_it(other, options, variables, due):
    assert language_of(other, *options, **variables) == due


def test_a_change_needs_no_restart(other):
    """The capture is read again, as the GUI does then."""
    def set_to(name):
        return "setconf", {"name": "smtp_explain.language", "value": name}

    load = "load", {"file": str(other.copy(LOGIN))}
    frame = "frame", {"frame": 8, "proto": True}
    answers = other.sharkd(load, frame, set_to("zh_CN"), load, frame, set_to("en"), load, frame)
    before, spoken, after = (json.dumps(answers[at], ensure_ascii=False) for at in (1, 4, 7))
    assert before == after
    assert "⟦Meaning⟧" in spoken and "⟦" not in before
    assert strange.plain(spoken) == before


@pytest.mark.parametrize("damage", [
    lambda file: b"", lambda file: file[:1000], lambda file: b"\0" * len(file),
    lambda file: file.replace(b"%s", b"%n"), lambda file: file[:len(file) // 2] + b"\xff" * 99 + file,
], ids=["empty", "cut", "zeros", "arguments", "bytes"])
def test_a_damaged_file_is_no_language(other, damage):
    (file,) = other.plugins.glob(f"*/epan/locale/{strange.NAME}")
    whole = file.read_bytes()
    try:
        file.write_bytes(damage(whole))
        assert language_of(other, LANGUAGE="zh_CN") == "English"
    finally:
        file.write_bytes(whole)
    assert language_of(other, LANGUAGE="zh_CN") == "strange"


# --- the command ---

@pytest.fixture(scope="module", name="command")
def fixture_command():
    """A copy of the command that speaks the strange language as zh_CN."""
    if not COMMAND.exists():
        pytest.skip("there is no command beside the plugin")
    with tempfile.TemporaryDirectory() as scratch:
        copy = Path(scratch) / "bin" / COMMAND.name
        copy.parent.mkdir()
        shutil.copy(COMMAND, copy)
        strange.write(Path(scratch) / "share" / "locale" / strange.NAME)
        yield copy


def ask(command, *words, **variables):
    environment = {**os.environ, "LC_ALL": "C.UTF-8", "LANGUAGE": "zh_CN", **variables}
    return subprocess.run([command, *words], env=environment, capture_output=True, text=True,
                          check=False)


@pytest.mark.parametrize("words", [
    ("code", "535"), ("code", "211", "HELP"), ("code", "250", "AUTH"), ("code", "550", "5.1.1"),
    ("code", "535 5.7.8 Error: authentication failed", "AUTH"), ("code", "299"),
    ("compare", "211", "235"), ("compare", "299", "555"), ("--help",), ("code", "x"), ("--tsv",),
    ("--session",), ("nowhere.pcap",),
], ids=" ".join)
def test_the_command_is_translated(command, words):
    done = ask(command, *words)
    rest = re.sub(r"\s+", " ", strange.left_over(done.stdout + done.stderr))
    rest = re.sub(r'"[^"]*"|smtp-explain:?|compare [\d ]+', "", rest)
    assert "⟦" in done.stdout + done.stderr
    assert not re.findall(r"[a-z]{2,} [a-z]{2,}", rest), rest


def test_the_command_speaks_english_to_scripts(command):
    done = ask(command, "code", "535", LC_ALL="C")
    assert done.returncode == 0 and "⟦" not in done.stdout
