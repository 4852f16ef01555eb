# SPDX-License-Identifier: GPL-2.0-or-later
"""The statistics of tshark -z, against what expected/NAME.json states of the replies."""
from collections import Counter

import pytest
from joined import Joined
from pcap import PCAPS

CAPTURES = [
    "auth-refused-three-times-then-success",
    "auth-answered-211",
    "211-stat",
    "211-unsolicited",
    "235-unsolicited",
    "235-out-of-place-after-noop",
    "two-sessions-port-reuse",
    "starttls-cleartext-part",
    "auth-second-235",
    "auth-second-after-success",
    "auth-then-starttls",
    "lost-auth-command",
    "auth-answered-250",
    "auth-login-challenges",
    "auth-without-end",
    "auth-cancelled",
    "help-refused-502",
    "lmtp-two-recipients",
]

# Capture, TLS, login, mechanism, messages accepted, replies that refuse, the last of them and its frame, how it
# ended, what waits, frame of the 235, replies 211, frame of the first reply. Written down by hand; 0 and "-":
# there is none.
SESSIONS = [
    ("auth-refused-three-times-then-success", "no", "authenticated", "PLAIN", 0, 3, "535 AUTH", 12, "QUIT", "-", 14, 0, 4),
    ("auth-answered-211", "no", "unclear", "PLAIN", 0, 0, "-", 0, "QUIT", "-", 0, 1, 4),
    ("211-stat", "no", "none", "-", 0, 0, "-", 0, "QUIT", "-", 0, 1, 4),
    ("211-unsolicited", "no", "none", "-", 0, 0, "-", 0, "QUIT", "-", 0, 1, 4),
    ("235-unsolicited", "no", "none", "-", 0, 0, "-", 0, "QUIT", "-", 0, 0, 4),
    ("235-out-of-place-after-noop", "no", "none", "-", 0, 0, "-", 0, "QUIT", "-", 0, 0, 4),
    ("two-sessions-port-reuse", "no", "authenticated", "PLAIN", 0, 1, "535 AUTH", 8, "closed by the client", "NOOP", 10, 0, 4),
    ("two-sessions-port-reuse", "no", "refused", "LOGIN", 0, 1, "535 AUTH", 22, "QUIT", "-", 0, 0, 18),
    ("starttls-cleartext-part", "STARTTLS, unread", "hidden", "-", 0, 0, "-", 0, "closed by the client", "-", 0, 0, 4),
    ("auth-second-235", "no", "authenticated", "PLAIN", 0, 0, "-", 0, "QUIT", "-", 8, 0, 4),
    ("auth-second-after-success", "no", "authenticated", "PLAIN", 0, 1, "503 AUTH", 10, "QUIT", "-", 8, 0, 4),
    ("auth-then-starttls", "STARTTLS, unread", "authenticated", "PLAIN", 0, 0, "-", 0, "closed by the client", "-", 8, 0, 4),
    ("lost-auth-command", "no", "authenticated", "-", 0, 0, "-", 0, "QUIT", "-", 7, 0, 4),
    ("auth-answered-250", "no", "unclear", "PLAIN", 0, 0, "-", 0, "QUIT", "-", 0, 0, 4),
    ("auth-login-challenges", "no", "authenticated", "LOGIN", 0, 0, "-", 0, "QUIT", "-", 12, 0, 4),
    ("auth-without-end", "no", "unanswered", "LOGIN", 0, 0, "-", 0, "closed by the server", "AUTH", 0, 0, 4),
    ("auth-cancelled", "no", "refused", "LOGIN", 0, 1, "501 AUTH", 10, "QUIT", "-", 0, 0, 4),
    ("help-refused-502", "no", "none", "-", 0, 1, "502 HELP", 8, "QUIT", "-", 0, 0, 4),
    ("lmtp-two-recipients", "no", "none", "-", 1, 2, "452 message", 11, "QUIT", "-", 0, 0, 4),
]

OUTCOMES = {
    "PLAIN": {"authenticated": 5, "refused": 5, "unclear": 3},
    "LOGIN": {"authenticated": 1, "refused": 2},
    "unknown": {"authenticated": 1},
}
CAUSES = {
    "bad credentials": 4,
    "already logged in": 1,
    "mechanism not usable": 1,
    "login cancelled": 1,
    "not available": 1,
    "no such recipient": 1,
    "mailbox full": 1,
}
ANSWERED_BY_211 = {"AUTH": 1, "STAT": 1, "nothing": 1}

# Commands that no table of the plugin knows.
OTHER = {"STAT"}


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    return Joined(tmp_path_factory.mktemp("stats") / "joined.pcap", CAPTURES)


@pytest.fixture(scope="module", params=[[], ["-2"]], ids=["one-pass", "two-pass"])
def output(request, tshark, joined):
    """All three statistics, and the sessions once more with a filter that leaves two frames
    of one session: what is counted already isn't counted again."""
    two = "frame.number == 12 || frame.number == 14"
    taps = ["tree", "srt", "sessions", f"sessions,{two}"]
    arguments = [word for tap in taps for word in ("-z", f"smtp_explain,{tap}")]
    return tshark.read(joined.path, "-q", *request.param, *arguments)


def lines_after(output, title):
    lines = output.split("\n")
    return lines[lines.index(title) + 1 :]


def read_tree(output):
    """{branch: (count, {item: (count, {item: count})})}, by indentation."""
    tree = {}
    for line in lines_after(output, "SMTP Replies:")[2:]:
        if not line or line.startswith("-"):
            break
        depth = len(line) - len(line.lstrip())
        name, count = line[:40].strip(), int(line[40:].split()[0])
        if depth == 0:
            branch = tree[name] = (count, {})
        elif depth == 1:
            item = branch[1][name] = (count, {})
        else:
            item[1][name] = count
    return tree


def counts(branch):
    return {name: count for name, (count, _) in branch[1].items()}


def test_replies(output, joined):
    tree = read_tree(output)
    replies = list(joined.replies())

    assert counts(tree["Replies by verdict"]) == Counter(reply["verdict"] for reply in replies)
    codes = {int(name.split()[0]): n for name, n in counts(tree["Replies by code"]).items()}
    assert codes == Counter(reply["code"] for reply in replies)
    assert "235 Authentication successful" in tree["Replies by code"][1]
    assert counts(tree["Refusals by cause"]) == CAUSES
    assert tree["Refusals by cause"][0] == sum(reply["code"] >= 400 for reply in replies)
    outcomes = tree["AUTH outcomes by mechanism"]
    assert {name: items for name, (_, items) in outcomes[1].items()} == OUTCOMES
    assert outcomes[0] == 17
    assert counts(tree["What 211 answered"]) == ANSWERED_BY_211


def ends_command(reply):
    return reply["command"] != "AUTH" or reply.get("auth_failures") is not None


def test_response_times(output, joined):
    rows = {}
    for line in lines_after(output, "SMTP Explain SRT Statistics:")[2:]:
        if line.startswith("="):
            break
        _, command, calls, shortest, longest, _, _ = line.split()
        rows[command] = (int(calls), shortest, longest)

    asked = [reply for reply in joined.replies() if reply["request_in"] and ends_command(reply)]
    calls = Counter("other" if r["command"] in OTHER else r["command"] for r in asked)
    assert {command: row[0] for command, row in rows.items()} == calls
    # frames are 10 ms apart: AUTH LOGIN with two challenges ends five frames after its command
    assert rows["EHLO"][1:] == ("0.010000", "0.010000")
    assert rows["AUTH"][1:] == ("0.010000", "0.050000")
    assert rows["other"] == (1, "0.010000", "0.010000")


def test_server_that_says_nothing(tshark):
    """Who serves is known all the same."""
    output = tshark.read(PCAPS / "no-greeting-on-tls-port.pcap", "-q", "-z", "smtp_explain,sessions")
    lines = lines_after(output, "SMTP sessions")
    row = [part.strip() for part in lines[0].split("|")]
    assert row[:3] == ["1", "192.0.2.10:40001", "192.0.2.25:465"]
    assert row[9:11] == ["closed by the server", "connection"]


@pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one-pass", "two-pass"])
def test_refused_client_behind_a_proxy(tshark, passes):
    output = tshark.read(PCAPS / "proxy-v1-login-refused.pcap", "-q", *passes, "-z", "smtp_explain,tree")
    lines = [line.split() for line in lines_after(output, "SMTP Replies:")]
    at = next(nth for nth, line in enumerate(lines) if line[:4] == ["Refused", "logins", "by", "client"])
    assert lines[at + 1][:2] == ["192.0.2.99", "1"]


def test_sessions(output, joined):
    lines = lines_after(output, "SMTP sessions")
    found = [tuple(map(str.strip, line.split("|")[:-1])) for line in lines[: len(SESSIONS)]]
    stated = []
    for number, (name, *says, accepted, refused, last, last_in, ended, waits, login, statuses, first) in enumerate(
        SESSIONS, 1
    ):
        network = f"192.0.{CAPTURES.index(name)}"
        login = joined.frame(name, login) if login else 0
        last = f"{last} in frame {joined.frame(name, last_in)}" if last_in else last
        numbers = (login, statuses, joined.frame(name, first))
        ends = (f"{network}.10:40001", f"{network}.25:25")
        row = (number, *ends, *says, accepted, refused, last, ended, waits, *numbers)
        stated.append(tuple(map(str, row)))
    assert found == stated
    assert lines[len(SESSIONS)].startswith("=")
