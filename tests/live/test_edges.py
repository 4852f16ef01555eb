# SPDX-License-Identifier: GPL-2.0-or-later
"""Real sessions that go wrong, or not as a client expects: what the plugin says of each."""
import re
import xml.etree.ElementTree as ET
from functools import lru_cache

import pytest
from edges import CLIENT_BEHIND_PROXY, CRASH, EDGES
from service import HOST, PASSWORD
from sessions import WRONG, plain
from story import Packet, ending, findings, story

PASSES = pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-pass"])
KEYS = pytest.mark.parametrize("with_keys", [True, False], ids=["keys", "no-keys"])
SERVER = pytest.mark.parametrize("server", EDGES)

GREETING, EHLO = "220 connection expected", '250 EHLO expected <- "EHLO clien"'
MAIL = '250 MAIL expected <- "MAIL FROM:"'
LOGIN_REFUSED = '535 AUTH PLAIN refused: bad credentials <- "AUTH PLAIN" [auth_refused]'
QUIT = '221 QUIT expected <- "QUIT"'
TLS_HANDSHAKE, TLS_ALERT = b"\x16\x03", b"\x15\x03"


@lru_cache(maxsize=None)
def by_stream(tshark, recorded, with_keys, passes):
    """The frames of all these sessions with a server, by the number of their TCP connection."""
    keys = ["-o", f"tls.keylog_file:{tshark.copy(recorded.keys)}"] if with_keys else []
    streams = {}
    for element in ET.fromstring(tshark.read(recorded.edges, "-T", "pdml", *passes, *keys)):
        packet = Packet(element)
        streams.setdefault(packet.stream, []).append(packet)
    return streams


def first_stream(server, label):
    """The number of a session's first TCP connection, and how many it has."""
    first = 0
    for edge in EDGES[server]:
        if edge.label == label:
            return first, edge.connections
        first += edge.connections
    raise KeyError(label)


@pytest.fixture(params=[(), ("-2",)], ids=["one-pass", "two-pass"], name="watch")
def fixture_watch(tshark, recordings, request):
    """Asks for the frames of a session, in one pass and in two; of each of its connections if there
    are several."""

    def watch(server, label, with_keys=False):
        first, number = first_stream(server, label)
        streams = by_stream(tshark, recordings.of(server), with_keys, request.param)
        found = [streams[first + at] for at in range(number)]
        return found[0] if number == 1 else found

    return watch


def index_of(frames, beginning):
    """Where the first segment is that begins like this."""
    return next(at for at, frame in enumerate(frames) if frame.payload.startswith(beginning))


@SERVER
def test_each_session_is_there(tshark, recordings, server):
    """Or the numbers of connections would mean others."""
    streams = by_stream(tshark, recordings.of(server), False, ())
    assert sorted(streams) == list(range(sum(edge.connections for edge in EDGES[server])))


# ----------------------------------------------------------------- TLS where nobody speaks it


TLS_EXPECTED = [
    ("postfix", "tls-on-25", 25),
    ("postfix", "tls-on-587", 587),
    ("postfix", "tls-on-465-openssl", 465),
    ("postfix", "tls-on-465-swaks", 465),
    ("postfix", "tls-where-clear", 10025),
    ("exim", "tls-where-clear", 2525),
    ("opensmtpd", "tls-where-clear", 8025),
    ("aiosmtpd", "tls-where-clear", 1025),
]


# Which there are is chance: a ClientHello has random bytes, and some servers break off at some.
NOBODYS_REPLY = re.compile(
    r"221 - unknown|50\d - unknown: (unknown command|syntax|spoke too early) \[refused\]"
)


@pytest.mark.parametrize(("server", "label", "port"), TLS_EXPECTED)
def test_tls_on_a_clear_text_port(watch, server, label, port):
    """Said once, in the first frame that shows both: the ClientHello and that the server speaks
    clear text. What it answers to the bytes of the ClientHello is nobody's command."""
    frames = watch(server, label)
    ((found, sentence),) = findings(frames, "tls_expected")
    at = max(index_of(frames, TLS_HANDSHAKE), index_of(frames, b"220 "))
    assert found is frames[at]
    assert sentence.startswith("The client began TLS") and f" on port {port}" in sentence
    first, *others = story(frames)
    others.remove("[tls_expected]")
    assert first == GREETING
    assert not [line for line in others if not NOBODYS_REPLY.fullmatch(line)]
    assert re.fullmatch(r"(closed|reset) by the (client|server), login none", ending(frames))


@pytest.mark.parametrize(("label", "port"), [("clear-on-465", 465), ("clear-where-tls", 2465)])
def test_clear_text_on_a_tls_port(watch, label, port):
    """465 is known for TLS; elsewhere the alert shows it that Exim sends in clear text."""
    server = "postfix" if port == 465 else "exim"
    frames = watch(server, label)
    ((_, sentence),) = findings(frames, "clear_text_expected")
    assert f"the server on port {port} wants TLS from the first byte" in sentence
    assert set(story(frames)) <= {"[clear_text_expected]", "[early_talker]"}
    assert re.match(r"(closed|reset) by the server, login none", ending(frames))


@pytest.mark.parametrize("server", ["postfix", "opensmtpd", "aiosmtpd"])
def test_clear_text_on_a_tls_port_without_an_alert(watch, server):
    """Nothing but the end of the connection: what is certain is that there was no greeting."""
    frames = watch(server, "clear-where-tls")
    assert story(frames) == ["[early_talker]", "[no_reply]"]
    ((found, sentence),) = findings(frames, "no_reply")
    assert sentence.startswith("No greeting from the server: the server")
    assert not [frame for frame in frames[frames.index(found) + 1:] if frame.payload]
    assert re.fullmatch(r"(closed|reset) by the server, login none, connection unanswered",
                        ending(frames))


# --------------------------------------------------------------------- handshakes that fail


STARTTLS = [GREETING, EHLO, '220 STARTTLS expected <- "STARTTLS"', "[tls_failed]"]
UNKNOWN_CA = [
    ("postfix", "unknown-ca-25"),
    ("postfix", "unknown-ca-587-1.2"),
    ("postfix", "unknown-ca-587-1.3"),
    ("postfix", "unknown-ca-1.2"),
    ("postfix", "unknown-ca-1.3"),
    ("exim", "unknown-ca-1.2"),
    ("exim", "unknown-ca-1.3"),
    ("aiosmtpd", "unknown-ca-1.2"),
    ("aiosmtpd", "unknown-ca-1.3"),
]


def story_of_starttls(frames):
    """Each client has another name."""
    return [re.sub(r'"ehlo [^"]*"', '"EHLO clien"', line, flags=re.I) for line in story(frames)]


@KEYS
@pytest.mark.parametrize(("server", "label"), UNKNOWN_CA)
def test_client_that_does_not_know_the_issuer(watch, server, label, with_keys):
    """OpenSSL's clients send that alert in clear text in TLS 1.3, too: their own keys aren't in use
    yet."""
    frames = watch(server, label, with_keys)
    assert story_of_starttls(frames) == STARTTLS
    ((found, sentence),) = findings(frames, "tls_failed")
    assert found is frames[index_of(frames, TLS_ALERT)]
    assert 'the client refused with the alert "unknown CA"' in sentence
    assert re.fullmatch(r"(closed|reset) by the (client|server), login none", ending(frames))


@pytest.mark.parametrize("label", ["unknown-ca-465-1.2", "unknown-ca-465-1.3"])
def test_client_that_does_not_know_the_issuer_on_465(watch, label):
    frames = watch("postfix", label)
    assert story(frames) == ["[tls_failed]"]
    ((found, sentence),) = findings(frames, "tls_failed")
    assert found is frames[index_of(frames, TLS_ALERT)]
    assert 'the client refused with the alert "unknown CA"' in sentence


@pytest.mark.parametrize("with_keys", [False, True], ids=["no-keys", "keys"])
def test_alert_that_is_encrypted(watch, with_keys):
    """GnuTLS, of which msmtp makes use, encrypts it in TLS 1.3. All that shows from outside is who
    closed the connection, and nothing else may be said."""
    frames = watch("postfix", "unknown-ca-gnutls", with_keys)
    assert not [frame for frame in frames if frame.payload.startswith(TLS_ALERT)]
    assert story_of_starttls(frames) == STARTTLS
    ((_, sentence),) = findings(frames, "tls_failed")
    assert "the client closed the connection" in sentence and "trust the certificate" in sentence
    assert '"' not in sentence
    assert ending(frames) == "closed by the client, login none"


@pytest.mark.parametrize("server", ["postfix", "exim"])
def test_server_that_has_no_such_certificate(watch, server):
    """The client wants one with ECDSA: now it is the server that refuses."""
    frames = watch(server, "other-certificate")
    assert story_of_starttls(frames) == STARTTLS
    ((found, sentence),) = findings(frames, "tls_failed")
    assert found is frames[index_of(frames, TLS_ALERT)]
    assert 'the server refused with the alert "handshake failure"' in sentence


def test_server_that_has_no_such_certificate_and_does_not_say_so(watch):
    """Python's servers close the connection without an alert."""
    frames = watch("aiosmtpd", "other-certificate")
    assert story_of_starttls(frames) == STARTTLS
    ((_, sentence),) = findings(frames, "tls_failed")
    assert "the server closed the connection" in sentence and '"' not in sentence
    assert ending(frames) == "closed by the server, login none"


# ------------------------------------------------------------------------- behind HAProxy


VERSIONS = pytest.mark.parametrize("version", ["v1", "v2"])
HEADERS = {"v1": b"PROXY TCP4 ", "v2": b"\r\n\r\n\0\r\nQUIT\n"}


def check_header(frames, version, found_in=None):
    """The finding names the real client, with the port that the header has. It is in the header's
    frame, if not in another one."""
    frame = frames[index_of(frames, HEADERS[version])]
    if version == "v1":
        port = int(frame.payload.split(b" ")[4])
    else:
        port = int.from_bytes(frame.payload[24:26], "big")
    ((found, sentence),) = findings(frames, "proxy_header")
    assert found is (found_in or frame)
    assert re.search(rf" {re.escape(CLIENT_BEHIND_PROXY)}:{port}[:,]", sentence)
    assert (f"in frame {frame.number} " in sentence) == (found is not frame)


@VERSIONS
@pytest.mark.parametrize("server", ["smtpd", "postscreen"])
def test_server_that_expects_a_header(watch, version, server):
    """What follows pairs as if it weren't there."""
    frames = watch("postfix", f"{version}-{server}")
    check_header(frames, version)
    lines = story(frames)
    assert sorted(lines[:2]) == [GREETING, "[proxy_header]"]  # who is first is chance
    assert lines[2:] == [EHLO, LOGIN_REFUSED, MAIL, QUIT]
    assert ending(frames) == "QUIT, login refused"


@VERSIONS
@pytest.mark.parametrize("with_keys", [False, True], ids=["no-keys", "keys"])
def test_login_inside_tls_behind_a_proxy(watch, version, with_keys):
    frames = watch("postfix", f"{version}-login", with_keys)
    check_header(frames, version)
    lines = story_of_starttls(frames)
    assert sorted(lines[:2]) == [GREETING, "[proxy_header]"]
    assert lines[2:4] == STARTTLS[1:3]
    if with_keys:
        assert [re.sub(' <- ".*"', "", line) for line in lines[4:]] == [
            "250 EHLO expected",
            "334 AUTH CRAM-MD5 expected",
            "235 AUTH CRAM-MD5 expected [authenticated]",
            "221 QUIT expected",
        ]
        assert ending(frames) == "QUIT, login authenticated"
    else:
        assert lines[4:] == ["[tls_unread]"]
        assert re.fullmatch(r"closed by the (client|server), login hidden", ending(frames))


@VERSIONS
def test_header_on_another_port(watch, version):
    """SMTP is recognised by the greeting that comes behind it: that is where it is pointed out."""
    frames = watch("postfix", f"{version}-other-port")
    check_header(frames, version, frames[index_of(frames, b"220 ")])
    lines = story(frames)
    assert sorted(lines[:2]) == [GREETING, "[proxy_header]"]
    assert lines[2:] == [EHLO, LOGIN_REFUSED, MAIL, QUIT]
    assert ending(frames) == "QUIT, login refused"


def test_server_that_takes_a_header_for_a_command(watch):
    """One line, one reply. Then the session goes on as if nothing had been."""
    frames = watch("postfix", "v1-refused")
    check_header(frames, "v1")
    lines = story(frames)
    assert sorted(lines[:2]) == [GREETING, "[proxy_header]"]
    assert lines[2:] == [
        '500 PROXY refused: unknown command <- "PROXY TCP4" [proxy_refused]',
        EHLO,
        '250 NOOP expected <- "NOOP"',
        QUIT,
    ]
    ((_, sentence),) = findings(frames, "proxy_refused")
    assert "PROXY protocol" in sentence
    assert ending(frames) == "QUIT, login none"


def test_server_that_takes_a_header_for_quit(watch):
    """Version 2 begins with three empty lines, as SMTP has them, and QUIT: so that is the end."""
    frames = watch("postfix", "v2-refused")
    check_header(frames, "v2")
    lines = story(frames)
    assert sorted(lines[:2]) == [GREETING, "[proxy_header]"]
    assert lines[2:] == ['500 PROXY refused: unknown command <- "" [proxy_refused]'] * 3 + [
        '221 PROXY unexpected <- "" [proxy_refused]'
    ]
    assert re.fullmatch(r"(closed|reset) by the server, login none", ending(frames))


@VERSIONS
def test_header_that_speaks_too_early(watch, version):
    """postscreen that expects no header takes it for a client that doesn't wait. It is the proxy
    that has to be told, or postscreen."""
    frames = watch("postfix", f"{version}-early")
    check_header(frames, version)
    refused = "521 connection refused: spoke too early [code_changed] [refused]"
    assert story(frames) == ["[proxy_header]", refused]
    ((_, sentence),) = findings(frames, "refused")
    assert "PROXY protocol" in sentence and "in the proxy" in sentence


def rows_of(tshark, edges, passes):
    """(client, its port, server, its port) of each line in the table of sessions"""
    shown = tshark.read(edges, *passes, "-q", "-z", "smtp_explain,sessions")
    lines = re.findall(r"^ *\d+ *\|(\S+):(\d+) *\|(\S+):(\d+) *\|", shown, re.MULTILINE)
    return [(row[0], int(row[1]), row[2], int(row[3])) for row in lines]


@PASSES
def test_client_behind_the_proxy_in_the_table_of_sessions(tshark, recordings, passes):
    """Of each session, also where the header is read after the fact."""
    recorded = recordings.of("postfix")
    behind = {
        first_stream("postfix", edge.label)[0]
        for edge in EDGES["postfix"]
        if edge.label.startswith(("v1-", "v2-"))
    }
    wanted = [
        (CLIENT_BEHIND_PROXY if number in behind else HOST, frames[0].ports[1])
        for number, frames in by_stream(tshark, recorded, False, passes).items()
    ]
    rows = rows_of(tshark, recorded.edges, passes)
    assert sorted((client, port) for client, _, _, port in rows) == sorted(wanted)


@PASSES
def test_client_behind_the_proxy_in_the_sums(tshark, recordings, passes):
    """Six logins are refused behind HAProxy, and two without it."""
    edges = recordings.of("postfix").edges
    shown = tshark.read(edges, *passes, "-q", "-z", "smtp_explain,tree")
    sums = re.search(r"Refused logins by client +8 .*\n((?: +\d+\.\d.*\n)+)", shown)[1]
    assert re.findall(r"(\S+) +(\d+) ", sums) == [(CLIENT_BEHIND_PROXY, "6"), (HOST, "2")]


# ------------------------------------------------------------------- silence during AUTH


def test_proxy_that_does_not_wait_for_the_login(watch):
    """To the client it looks as if the server had closed; at the server, as if the client had."""
    front, behind = watch("postfix", "slow-login")
    syntax = '501 HELO refused: syntax <- "HELO" [refused]'
    for frames in (front, behind):
        assert story(frames) == [GREETING, EHLO, syntax, "[no_reply]"]
        auth = frames[index_of(frames, b"AUTH PLAIN ")].number
        ((_, sentence),) = findings(frames, "no_reply")
        assert sentence.startswith(f"No reply to AUTH PLAIN in frame {auth}: the ")
        assert re.search(r" connection [1-3]\.\d s later\.", sentence)
    assert "the server closed" in findings(front, "no_reply")[0][1]
    assert ending(front) == "closed by the server, login unanswered, AUTH unanswered"
    assert re.search(r"the client (closed|reset)", findings(behind, "no_reply")[0][1])
    assert re.fullmatch(r"(closed|reset) by the client, login unanswered, AUTH unanswered",
                        ending(behind))


def test_proxy_that_does_not_wait_for_the_password(watch):
    front, behind = watch("postfix", "slow-client")
    for frames, side in ((front, "server"), (behind, "client")):
        challenge = '334 AUTH LOGIN expected <- "AUTH LOGIN"'
        assert story(frames) == [GREETING, EHLO, challenge, "[challenge_unanswered]"]
        ((_, sentence),) = findings(frames, "challenge_unanswered")
        assert re.search(rf"the {side} (closed|reset) the connection", sentence)
        assert re.fullmatch(rf"(closed|reset) by the {side}, login unanswered, AUTH unanswered",
                            ending(frames))


def test_client_that_does_not_send_its_password(watch):
    """The server says so, and is not to blame."""
    frames = watch("postfix", "no-password")
    assert story(frames) == [
        GREETING,
        EHLO,
        '334 AUTH LOGIN expected <- "AUTH LOGIN"',
        '421 AUTH LOGIN refused: timed out <- "AUTH LOGIN" [auth_refused]',
    ]
    assert ending(frames) == "closed by the server, login refused"


def test_client_that_has_gone_when_it_is_refused(watch):
    """The refusal comes a second after its FIN: the sentence says that it was too late."""
    frames = watch("postfix", "late-refusal")
    auth = index_of(frames, b"AUTH PLAIN ")
    ((found, sentence),) = findings(frames, "auth_refused")
    assert found is frames[index_of(frames, b"535 ")] and frames.index(found) > auth
    assert LOGIN_REFUSED in story(frames)
    assert "after the client had closed" in sentence


def test_server_that_crashes_during_auth(watch):
    frames = watch("aiosmtpd", "closes-after-login")
    assert story(frames) == [GREETING, EHLO, "[no_reply]"]
    auth = frames[index_of(frames, b"AUTH PLAIN ")].number
    ((_, sentence),) = findings(frames, "no_reply")
    assert sentence.startswith(f"No reply to AUTH PLAIN in frame {auth}: the server")
    assert re.fullmatch(r"(closed|reset) by the server, login unanswered, AUTH unanswered",
                        ending(frames))


def test_server_that_does_not_wait_for_the_password(watch):
    """Without a 421, as aiosmtpd does it."""
    frames = watch("aiosmtpd", "closes-after-challenge")
    assert story(frames) == [GREETING, EHLO, '334 AUTH LOGIN expected <- "AUTH LOGIN"',
                             "[challenge_unanswered]"]
    ((_, sentence),) = findings(frames, "challenge_unanswered")
    assert "the server closed the connection" in sentence
    assert ending(frames) == "closed by the server, login unanswered, AUTH unanswered"


# ------------------------------------------------------------------------ early talkers


@pytest.mark.parametrize("label", ["pregreet-drop", "pregreet-teased"])
def test_early_talker_that_postscreen_drops(watch, label):
    """Its greeting has a first line that is to tempt clients into going on: 220-, then 521."""
    frames = watch("postfix", label)
    assert story(frames) == [
        "[early_talker]",
        "521 connection refused: spoke too early [code_changed] [refused]",
    ]
    ((found, sentence),) = findings(frames, "early_talker")
    assert found is frames[index_of(frames, b"EHLO ")]
    assert "before the server's greeting" in sentence
    assert re.fullmatch(r"(closed|reset) by the server, login none", ending(frames))


def test_early_talker_that_postscreen_refuses_in_the_end(watch):
    frames = watch("postfix", "pregreet-enforce")
    assert story(frames) == [
        "[early_talker]",
        '250 EHLO expected <- "EHLO clien" [code_changed]',
        MAIL,
        '550 RCPT refused: spoke too early <- "RCPT TO:<b" [refused]',
        QUIT,
    ]
    assert ending(frames) == "QUIT, login none, 1 refused"


# ---------------------------------------------------------------------------- smuggling


BEFORE = [GREETING, EHLO, MAIL, '250 RCPT expected <- "RCPT TO:<b"', '354 DATA expected <- "DATA"']
TAKEN = '250 message expected <- "Subject: f"'
SMUGGLED = [
    '250 MAIL expected <- "Subject: f" [smuggling]',
    '250 RCPT expected <- "Subject: f" [smuggling]',
    '354 DATA expected <- "Subject: f" [smuggling]',
    '250 message expected <- "Subject: f" [smuggling]',
]


def test_two_messages_smuggled_into_postfix(watch):
    """3.7 takes LF . CR LF for the end of a message if nobody forbids it: the replies answer
    what follows."""
    frames = watch("postfix", "smuggling-taken")
    assert story(frames) == [*BEFORE, "[smuggling]", TAKEN, *SMUGGLED, *SMUGGLED, QUIT]
    assert findings(frames, "smuggling")[0][0] is frames[index_of(frames, b"Subject: first")]
    assert ending(frames) == "QUIT, login none, 3 accepted"


@pytest.mark.parametrize(("server", "label"), [("exim", "smuggling"), ("aiosmtpd", "smuggling")])
def test_smuggling_that_the_server_takes_for_text(watch, server, label):
    frames = watch(server, label)
    assert story(frames) == [*BEFORE, "[smuggling]", TAKEN, QUIT]
    ((found, _),) = findings(frames, "smuggling")
    assert found is frames[index_of(frames, b"Subject: first")]
    assert ending(frames) == "QUIT, login none, 1 accepted"


def test_smuggling_that_the_server_refuses(watch):
    frames = watch("postfix", "smuggling-refused")
    refused = '550 message refused: bare line feed <- "Subject: f" [refused]'
    assert story(frames) == [*BEFORE, "[smuggling]", refused, QUIT]
    assert ending(frames) == "QUIT, login none, 1 refused"


# ------------------------------------------------------------------------------ all of them


@SERVER
def test_a_command_knows_its_reply_where_the_reply_knows_the_command(tshark, recordings, server):
    for frames in by_stream(tshark, recordings.of(server), False, ("-2",)).values():
        packets = {frame.number: frame for frame in frames}
        for frame in frames:
            for reply in frame.replies():
                asked = reply.number("request_in")
                if asked and reply.number("code") != 334:  # which is not the last
                    assert asked < frame.number
                    assert frame.number in packets[asked].values("response_in"), frame.number


@SERVER
@KEYS
def test_no_secret(tshark, recordings, server, with_keys):
    attempts = [plain(WRONG), plain(WRONG, CRASH)]
    secrets = {PASSWORD, WRONG, *(line.split(" ")[2] for line in attempts)}
    for frames in by_stream(tshark, recordings.of(server), with_keys, ()).values():
        shown = "\n".join(text for frame in frames for item in frame.items for text in item.shown)
        assert not [secret for secret in secrets if secret in shown]
