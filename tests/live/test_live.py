# SPDX-License-Identifier: GPL-2.0-or-later
"""Real servers and real clients: what the plugin says is what the client saw."""
import re
import xml.etree.ElementTree as ET
from functools import lru_cache

import pytest
from details import EXPERT, VERDICTS, Frame
from servers import SERVERS
from service import PASSWORD
from sessions import IMPLICIT_TLS, STARTTLS, WRONG, sessions

# RFC 5321, section 4.3.2, and the extensions' own: what a command is answered with if all is well.
EXPECTED = {
    "connection": (220,),
    "EHLO": (250,),
    "MAIL": (250,),
    "RCPT": (250, 251),
    "DATA": (354,),
    "message": (250,),
    "RSET": (250,),
    "NOOP": (250,),
    "VRFY": (250, 251, 252),
    "EXPN": (250, 252),
    "HELP": (211, 214),
    "QUIT": (221,),
    "AUTH": (235, 334),
    "STARTTLS": (220,),
}
REUSABLE = ("PLAIN", "LOGIN")
BY_SERVER = [(name, s) for name, server in SERVERS.items() for s in sessions(server)]
PASSES = pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-pass"])
KEYS = pytest.mark.parametrize("with_keys", [True, False], ids=["keys", "no-keys"])
SERVER = pytest.mark.parametrize("server", SERVERS)
SESSION = pytest.mark.parametrize(
    ("server", "session"), BY_SERVER, ids=[f"{name}-{s.label}" for name, s in BY_SERVER]
)


# ------------------------------------------------------------------ what the plugin says


@lru_cache(maxsize=None)
def by_stream(tshark, recorded, with_keys, passes):
    """The frames of all sessions with a server, by the number of their TCP connection."""
    arguments = ["-T", "pdml", *passes]
    if with_keys and recorded.keys.exists():
        arguments += ["-o", f"tls.keylog_file:{tshark.copy(recorded.keys)}"]
    pdml = tshark.read(recorded.capture, *arguments)
    streams = {}
    for element in ET.fromstring(pdml):
        frame = Frame(element)
        streams.setdefault(frame.stream, []).append(frame)
    return streams


def dissect(tshark, recorded, with_keys, passes):
    """The frames of all sessions with a server, session by session: {label: frames}"""
    streams = by_stream(tshark, recorded, with_keys, passes)
    labels = list(recorded.transcripts)
    assert sorted(streams) == list(range(len(labels)))
    return {label: streams[number] for number, label in enumerate(labels)}


def said(frames):
    """The replies in these frames, in the form of seen()."""
    return [
        {
            "code": item.number("code"),
            "enhanced": item.one("enhanced"),
            "text": item.one("text") or "",
            "lines": item.number("lines"),
            "command": item.one("command"),
            "mechanism": item.one("mechanism"),
            "verdict": VERDICTS[item.number("verdict")],
            "encrypted": item.true("encrypted"),
            "auth_failures": item.number("auth_failures"),
            "experts": sorted(name[len(EXPERT) :] for name in item.experts),
        }
        for frame in frames
        for item in frame.replies()
    ]


# ---------------------------------------------------- what it must say, by what was seen


def verdict(reply):
    """Does the reply belong to its command?"""
    if reply.code >= 400:
        return "refused"
    return "expected" if reply.code in EXPECTED[reply.command] else "unusual"


def offered(replies):
    """The SASL mechanisms in the last reply to EHLO; None if there was none."""
    found = None
    for reply in replies:
        if reply.command == "EHLO":
            lines = [line.upper().split() for line in reply.lines[1:]]
            found = {name for line in lines if line[0] == "AUTH" for name in line[1:]}
    return found


def auth_experts(reply, failures, mechanisms):
    """What is to be said of a reply that ends AUTH."""
    if reply.code == 235:
        yield "authenticated"
        if not reply.tls and reply.mechanism in REUSABLE:
            yield "credentials_exposed"
    else:
        yield "auth_refused"
        if failures >= 3:
            yield "repeated_failures"
    if mechanisms is not None and not mechanisms:
        yield "auth_not_offered"
    elif mechanisms is not None and reply.mechanism not in mechanisms:
        yield "mechanism_not_offered"


def help_experts(reply):
    """What is to be said of a reply to HELP."""
    if reply.code == 211:
        yield "status"
    if reply.code >= 400:
        yield "help_refused"


def seen(replies):
    """What the plugin must say of these replies."""
    failures = 0
    for number, reply in enumerate(replies):
        experts = []
        ends_auth = reply.command == "AUTH" and reply.code != 334
        if ends_auth:
            failures += reply.code >= 400
            experts = list(auth_experts(reply, failures, offered(replies[:number])))
        elif reply.command == "HELP":
            experts = list(help_experts(reply))
        elif reply.code >= 400:
            experts = ["refused"]
        yield {
            "code": reply.code,
            "enhanced": reply.enhanced,
            "text": " / ".join(reply.lines),
            "lines": len(reply.lines),
            "command": reply.command,
            "mechanism": reply.mechanism,
            "verdict": verdict(reply),
            "encrypted": reply.tls,
            "auth_failures": failures if ends_auth else None,
            "experts": sorted(experts),
        }


# ------------------------------------------------------------------------------ the tests


@SESSION
@PASSES
def test_every_reply_and_every_outcome(tshark, recordings, server, session, passes):
    recorded = recordings.of(server)
    frames = dissect(tshark, recorded, True, passes)[session.label]
    assert said(frames) == list(seen(recorded.transcripts[session.label].replies))


@SESSION
@PASSES
def test_without_keys_only_clear_text(tshark, recordings, server, session, passes):
    """What can't be read is neither explained nor complained about (dissect() would fail)."""
    recorded = recordings.of(server)
    frames = dissect(tshark, recorded, False, passes)[session.label]
    clear = [r for r in recorded.transcripts[session.label].replies if not r.tls]
    assert said(frames) == list(seen(clear))
    if session.tls == IMPLICIT_TLS:
        assert not [frame.number for frame in frames if frame.items]


@SESSION
def test_clients_saw_what_was_to_be_tested(recordings, server, session):
    """Or the comparison would show little."""
    replies = recordings.of(server).transcripts[session.label].replies
    outcomes = [r.code for r in replies if r.command == "AUTH" and r.code != 334]
    if session.mechanism:
        assert len(outcomes) == 1
        assert (outcomes[0] == 235) == (session.password == PASSWORD)
        assert {r.mechanism for r in replies if r.command == "AUTH"} == {session.mechanism}
    tls = [r.tls for r in replies]
    assert tls == sorted(tls)
    assert tls[-1] == (session.tls in (STARTTLS, IMPLICIT_TLS))
    assert tls[0] == (session.tls == IMPLICIT_TLS)


@SERVER
def test_authenticated_state(tshark, recordings, server):
    """It is shown in the frames after a 235, and in no others."""
    recorded = recordings.of(server)
    for label, frames in dissect(tshark, recorded, True, ("-2",)).items():
        since = None
        for frame in frames:
            wanted = [since] if since and frame.is_smtp else []
            assert (label, frame.values("authenticated_in")) == (label, wanted)
            if 235 in [item.number("code") for item in frame.replies()]:
                since = frame.number


def secrets_of(recorded):
    """What the clients sent to log in, as it was sent and as it was before."""
    sent = {secret for t in recorded.transcripts.values() for secret in t.secrets}
    return {secret for secret in sent if len(secret) > len("*")} | {PASSWORD, WRONG}


@SERVER
@KEYS
def test_no_secret_in_what_the_plugin_says(tshark, recordings, server, with_keys):
    recorded = recordings.of(server)
    secrets = secrets_of(recorded)
    for label, frames in dissect(tshark, recorded, with_keys, ()).items():
        shown = "\n".join(text for frame in frames for item in frame.items for text in item.shown)
        assert not [secret for secret in secrets if secret in shown], label


@SERVER
def test_no_secret_in_the_info_column_of_a_reply(tshark, recordings, server):
    recorded = recordings.of(server)
    column = ["-o", 'gui.column.format:"Info","%i"', "-Y", "smtp_explain.code"]
    if recorded.keys.exists():
        column += ["-o", f"tls.keylog_file:{tshark.copy(recorded.keys)}"]
    shown = tshark.read(recorded.capture, *column)
    marks = re.findall(r"\[(235|535) ", shown)
    codes = [r.code for t in recorded.transcripts.values() for r in t.replies]
    assert len(marks) == len([code for code in codes if code in (235, 535)])
    assert not [secret for secret in secrets_of(recorded) if secret in shown]
