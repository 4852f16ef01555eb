# SPDX-License-Identifier: GPL-2.0-or-later
"""What tshark shows of the captures, against what docs/fields.md promises.

expected/NAME.json holds, for the capture NAME, its replies in order. A key that is
left out there has the value in stated.DEFAULTS; those in WHERE_GIVEN are compared only
where they are given. The finding "refused" is not written there, since it follows.
"events" lists findings that are not about a reply.
"authenticated" lists the frames with a 235 (and the last frame that it holds for);
null means that the promise leaves it open.
"""
import re
import xml.etree.ElementTree as ET
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache

import make
import pcap
import pytest
from contract import causes, experts
from details import EXPERT, PREFIX, VERDICTS, Frame
from leaks import leaks
from pcap import PCAPS, SHARED
from stated import AUTH_REFUSED, EXPECTED, HELP_REFUSED, PROXY_REFUSED, REFUSED, expected

WHERE_GIVEN = ("text", "cause", "cause_from", "challenge", "user")
AUTH = ("AUTH", "X-EXPS")
SENTENCES = ("name", "meaning", "advice", "reference")
# docs/fields.md says it.
SEVERITY = {name: "/".join(kind) for name, kind in experts().items()}

# Captures for the tests of fields and columns, which look at the plumbing only.
PLUMBING = [
    "auth-login-challenges",
    "pipelining",
    "211-multiline-help-split-over-segments",
    "two-sessions-port-reuse",
    "recorded-aiosmtpd-211",
]

# Captures for the tests of the Info column: frames with a mark, and the mark.
MARKS = {
    "211-help": {8: "211 status, not a login"},
    "211-misplaced-after-mail": {8: "211 out of place, answers MAIL"},
    "auth-login-challenges": {12: "235 authenticated, no TLS"},
    "auth-answered-250": {8: "250 instead of 235"},
    "auth-refused-three-times-then-success": {
        8: "535 bad credentials", 10: "535 bad credentials",
        12: "535 bad credentials, no. 3", 14: "235 authenticated, no TLS",
    },
    "cause-greylisted": {10: "450 greylisted"},
    "help-refused-502": {8: "502 not available"},
}


MADE = list(make.scripts())
COMMITTED = sorted(path.stem for path in PCAPS.glob("*.pcap"))
STATED = sorted(path.stem for path in EXPECTED.glob("*.json"))
STATED_SHARED = sorted(path.stem for path in (EXPECTED / "shared").glob("*.json"))
NOT_SMTP = ["ftp", "ftp-failed", "imap", "irc", "nntp", "pop3"]
PASSES = pytest.mark.parametrize("passes", [[], ["-2"]], ids=["one-pass", "two-pass"])


# ----------------------------------------------------------------- what tshark shows


@lru_cache(maxsize=None)
def dissect_both(tshark, capture):
    """The frames of a capture in one pass and in two, side by side to save time."""

    def frames(passes):
        pdml = tshark.read(capture, "-T", "pdml", *passes)
        return [Frame(part) for part in ET.fromstring(pdml)]

    tshark.copy(capture)
    with ThreadPoolExecutor() as pool:
        return tuple(pool.map(frames, ([], ["-2"])))


def dissect(tshark, capture, *passes):
    """The frames of a capture."""
    return dissect_both(tshark, capture)[len(passes)]


def replies(frames):
    return [(frame, item) for frame in frames for item in frame.replies()]


def as_stated(frame, item):
    """A reply in the form of the expected files."""
    return {
        "frame": frame.number,
        "code": item.number("code"),
        "command": item.one("command"),
        "verdict": VERDICTS[item.number("verdict")],
        "request_in": item.number("request_in"),
        "first_line_in": item.number("first_line_in"),
        "lines": item.number("lines"),
        "mechanism": item.one("mechanism"),
        "enhanced": item.one("enhanced"),
        "auth_failures": item.number("auth_failures"),
        "encrypted": item.true("encrypted"),
        "experts": sorted(item.experts),
        **{key: item.one(key) for key in WHERE_GIVEN},
    }


# ------------------------------------------------------------ what the files promise


def compare(found, stated):
    """The replies are those that are stated."""
    wanted = [{key: reply[key] for key in reply if key != "again"} for reply in stated]
    for reply, given in zip(found, wanted):
        for key in set(WHERE_GIVEN) - set(given):
            del reply[key]
    assert found == wanted


def authenticated_in(name, frame):
    """The frame of the 235 that holds in this frame, or None."""
    for span in expected(name)["authenticated"]:
        if span["in"] < frame <= span.get("until", frame):
            return span["in"]
    return None


def links(stated):
    """The response_in links that these replies mean: {command's frame: Counter of frames}

    Several replies to one command (334 and then 235, 354 to XEXCH50 and then 250, or LMTP's one per
    recipient) mean one link, to the last of them. "again" marks the further ones of LMTP.
    """
    found = {}
    for reply in stated:
        if reply["request_in"]:
            found.setdefault(reply["request_in"], []).append(reply)
    return {frame: Counter(last_frames(group)) for frame, group in found.items()}


def is_intermediate(reply):
    """Does the same command get another reply?"""
    return (reply["code"] == 334 and reply["command"] in AUTH) or (
        reply["code"] == 354 and reply["command"] == "XEXCH50")


def last_frames(group):
    """The frame of the last reply to each of the commands that end in one frame."""
    frames = []
    last = None
    for reply in group:
        if reply.get("again") or (last and is_intermediate(last)):
            frames.pop()
        frames.append(reply["frame"])
        last = reply
    return frames


# ----------------------------------------------------------------- bytes of a capture


class Packets:
    """The time and the bytes of each frame of a capture."""

    def __init__(self, path):
        packets = pcap.read(path)[1]
        self.times = [None, *(packet.time / 1e6 for packet in packets)]
        self.bytes = [None, *(packet.data for packet in packets)]

    def tcp(self, number):
        """Where the TCP header of an Ethernet frame starts."""
        frame = self.bytes[number]
        ip = 18 if frame[12:14] == b"\x81\0" else 14
        return ip + (40 if frame[ip] >> 4 == 6 else (frame[ip] & 15) * 4)

    def payload(self, number):
        """Where the TCP payload of an Ethernet frame starts."""
        tcp = self.tcp(number)
        return tcp + (self.bytes[number][tcp + 12] >> 4) * 4

    def opened(self, number):
        """The first frame of the TCP handshake of the connection that a frame belongs to, in a
        capture of one connection after the other; None if its handshake isn't in the capture."""
        first = None
        for earlier in range(1, number):
            flags = self.bytes[earlier][self.tcp(earlier) + 13]
            if flags & (make.FIN | make.RST):
                first = None
            elif flags & make.SYN and first is None:
                first = earlier
        return first

    def replies(self, number):
        """The spans of the replies that lie in this frame: (start, size without its end)"""
        start = self.payload(number)
        spans = []
        begin = start
        for line in re.finditer(rb"[^\n]*\n", self.bytes[number][start:]):
            if not re.match(rb"\d\d\d-", line.group()):
                if re.match(rb"\d\d\d[ \r\n]", line.group()):
                    spans.append((begin, start + line.end() - begin))
                begin = start + line.end()
        return spans


# ----------------------------------------------------------------------- the captures


def test_make_has_scripts_for_all_made_captures():
    recorded = [name for name in COMMITTED if name.startswith("recorded-")]
    assert sorted(MADE + recorded) == COMMITTED


@pytest.mark.parametrize("name", MADE)
def test_make_reproduces_capture(name):
    assert make.build(name) == (PCAPS / f"{name}.pcap").read_bytes()


def test_readme_is_what_the_scripts_say():
    assert make.readme() == (PCAPS / "README.md").read_text(encoding="utf-8"), "run make.py"


def test_every_capture_has_a_line_in_the_readme():
    readme = (PCAPS / "README.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| `([^`]+)\.pcap` \| [^|]+ \| [^|]+ \|$", readme, re.MULTILINE)
    assert sorted(listed) == COMMITTED


def test_every_capture_has_an_expectation():
    assert STATED == COMMITTED


# ------------------------------------------------------------------------ the replies


@PASSES
@pytest.mark.parametrize("name", STATED)
def test_replies(tshark, name, passes):
    frames = dissect(tshark, PCAPS / f"{name}.pcap", *passes)
    found = [as_stated(frame, item) for frame, item in replies(frames)]
    compare(found, expected(name)["replies"])


@PASSES
@pytest.mark.parametrize("name", STATED)
def test_events(tshark, name, passes):
    """Findings that are not about a reply."""
    found = [
        {"frame": frame.number, "expert": expert[len(EXPERT) :],
         "request_in": item.number("request_in")}
        for frame in dissect(tshark, PCAPS / f"{name}.pcap", *passes)
        for item in frame.items
        for expert in ([] if item.all("code") else item.experts)
    ]
    assert found == expected(name)["events"]


@PASSES
@pytest.mark.parametrize("name", STATED)
def test_authenticated(tshark, name, passes):
    if expected(name)["authenticated"] is None:
        pytest.skip("docs/fields.md leaves it open")
    for frame in dissect(tshark, PCAPS / f"{name}.pcap", *passes):
        since = authenticated_in(name, frame.number) if frame.is_smtp else None
        flags = [value for item in frame.items for value in item.all("authenticated")]
        assert (frame.number, frame.values("authenticated_in")) == (
            frame.number,
            [since] if since else [],
        )
        assert len(flags) == (1 if since else 0)
        assert all(value in ("1", "True") for value in flags)


@pytest.mark.parametrize("name", STATED)
def test_response_links_in_two_passes(tshark, name):
    frames = dissect(tshark, PCAPS / f"{name}.pcap", "-2")
    found = {frame.number: Counter(frame.values("response_in")) for frame in frames}
    assert {number: seen for number, seen in found.items() if seen} == links(
        expected(name)["replies"]
    )


@pytest.mark.parametrize("name", STATED)
def test_time_since_the_command(tshark, name):
    """Of the greeting, since the connection was opened."""
    capture = PCAPS / f"{name}.pcap"
    packets = Packets(capture)
    for frame, item in replies(dissect(tshark, capture)):
        asked = item.number("request_in")
        if item.one("command") == "connection":
            asked = packets.opened(frame.number)
        if asked is None:
            assert item.one("time") is None
        else:
            wanted = packets.times[frame.number] - packets.times[asked]
            assert float(item.one("time")) == pytest.approx(wanted, abs=1e-6)


@pytest.mark.parametrize("name", STATED)
def test_digits_and_sentences(tshark, name):
    for _, item in replies(dissect(tshark, PCAPS / f"{name}.pcap")):
        code = item.number("code")
        assert item.number("category") == code // 100
        assert item.number("topic") == code // 10 % 10
        for field in SENTENCES:
            assert item.one(field), (code, field)
        assert re.match(r"RFC \d+", item.one("reference"))


def only_the_code_tells(item):
    return item.one("cause") == "unspecified" or item.one("cause_from") == "the reply code"


@pytest.mark.parametrize("name", STATED)
def test_when_a_code_is_seen_elsewhere_is_said_unless_more_is_known(tshark, name):
    """Beside a cause that something else than the code tells, it would mislead."""
    for _, item in replies(dissect(tshark, PCAPS / f"{name}.pcap")):
        if not item.one("cause"):
            assert item.one("when"), item.number("code")
        elif not only_the_code_tells(item):
            assert item.one("when") is None, item.number("code")


def test_when_a_code_is_seen_is_said_where_only_the_code_tells(tshark):
    found = replies(dissect(tshark, PCAPS / "auth-535-text-says-success.pcap"))
    (refusal,) = (item for _, item in found if item.number("code") == 535)
    assert only_the_code_tells(refusal)
    assert refusal.one("when")


@pytest.mark.parametrize("name", STATED)
def test_refusals_have_a_cause_and_one_finding_that_names_it(tshark, name):
    """Any 4yz and 5yz, and a 334 that carries an error; nothing else has a cause. Of a PROXY header
    the finding says the cause in other words."""
    words = causes()
    kinds = {AUTH_REFUSED, HELP_REFUSED, PROXY_REFUSED, REFUSED}
    for _, item in replies(dissect(tshark, PCAPS / f"{name}.pcap")):
        code, cause = item.number("code"), item.one("cause")
        named = sorted(set(item.experts) & kinds)
        if code != 334:
            assert bool(cause) == (code >= 400), code
        assert bool(item.one("cause_from")) == bool(cause), code
        assert len(named) == (1 if cause else 0), (code, named)
        if cause:
            assert cause in words, cause
            assert named == [PROXY_REFUSED] or f": {cause}" in item.experts[named[0]], code


@pytest.mark.parametrize("name", STATED)
def test_contrast_where_211_or_235_is_in_question(tshark, name):
    for _, item in replies(dissect(tshark, PCAPS / f"{name}.pcap")):
        code = item.number("code")
        ended = item.one("command") in AUTH + ("HELP",) and (code != 334 or item.one("cause"))
        assert bool(item.all("contrast")) == bool(code in (211, 235) or ended), code


@pytest.mark.parametrize("name", STATED)
def test_byte_ranges(tshark, name):
    """A reply that lies in one frame is marked there, with or without its line end."""
    capture = PCAPS / f"{name}.pcap"
    packets = Packets(capture)
    for frame in dissect(tshark, capture):
        items = frame.replies()
        if not items or any(item.all("first_line_in") for item in items):
            continue
        found = [(item.start, item.size) for item in items]
        spans = packets.replies(frame.number)
        if name == "snaplen-cut-reply" and frame.number == 8:
            start = packets.payload(8)
            spans = [(start, len(packets.bytes[8]) - start)]
        ends = (0, 1, 2)
        assert len(found) == len(spans)
        for (start, size), (wanted, whole) in zip(found, spans):
            assert start == wanted
            assert whole - size in ends
            text = packets.bytes[frame.number][start + size : start + whole]
            assert text in (b"", b"\n", b"\r\n")


@pytest.mark.parametrize("name", STATED)
def test_experts_have_their_severity_and_a_sentence(tshark, name):
    for _, item in replies(dissect(tshark, PCAPS / f"{name}.pcap")):
        for expert, shown in item.experts.items():
            severity = re.escape(SEVERITY[expert[len(EXPERT) :]])
            assert re.match(rf"Expert Info \({severity}\): \S.*\.$", shown), shown


def test_expert_message_names_mechanism_frame_and_time(tshark):
    for _, item in replies(dissect(tshark, PCAPS / "auth-plain-initial.pcap")):
        if item.number("code") == 235:
            message = item.experts[EXPERT + "authenticated"]
            assert "235" in message and "PLAIN" in message
            assert "frame 7" in message and "10 ms" in message
            return
    pytest.fail("no 235")


# ---------------------------------------------------------------------------- secrets


@pytest.mark.parametrize("name", COMMITTED)
def test_no_secret_in_the_packet_details(tshark, name):
    for frame in dissect(tshark, PCAPS / f"{name}.pcap", "-2"):
        for item in frame.items:
            assert not leaks("\n".join(item.shown)), frame.number


def test_the_captures_do_hold_secrets():
    content = (PCAPS / "secret-echoed.pcap").read_bytes().decode("latin-1")
    assert len(leaks(content)) > 10


@pytest.mark.parametrize("name", MARKS)
def test_info_column(tshark, name):
    """The plugin puts a mark in front of what Wireshark says, where one is due, and nothing else."""
    capture = PCAPS / f"{name}.pcap"
    # the column itself: from 4.4 on the field _ws.col.info is made before post-dissectors run
    arguments = ["-o", 'gui.column.format:"Info","%i"']
    plain = tshark.read(capture, *arguments, plugin=False).splitlines()
    marked = tshark.read(capture, *arguments).splitlines()
    assert len(plain) == len(marked)
    found = {}
    for number, (before, after) in enumerate(zip(plain, marked), start=1):
        assert after.endswith(before)
        if after != before:
            found[number] = re.fullmatch(r"\[(.+)\] ", after.removesuffix(before)).group(1)
    assert found == MARKS[name]
    fields = ["-T", "fields", "-e", "frame.number", "-e", "smtp_explain.mark"]
    rows = tshark.read(capture, *fields, "-Y", "smtp_explain.mark").splitlines()
    assert {int(row.split("\t")[0]): row.split("\t")[1] for row in rows} == found


def test_no_mark_tells_a_secret(tshark):
    capture = PCAPS / "secret-echoed.pcap"
    shown = tshark.read(capture, "-T", "fields", "-e", "smtp_explain.mark", "-Y", "smtp_explain.mark")
    assert shown and not leaks(shown)


# --------------------------------------------------------------- fields and columns


def per_frame(name, key):
    """{frame: the values of one key of its replies and events}, without absent ones"""
    found = {}
    for said in expected(name)["replies"] + expected(name)["events"]:
        if said.get(key) is not None:
            found.setdefault(said["frame"], []).append(str(said[key]))
    return found


def columns_stated(name, number):
    """What the columns code, command and request_in show in a frame."""
    keys = ("code", "command", "request_in")
    return [",".join(per_frame(name, key).get(number, [])) for key in keys]


@PASSES
@pytest.mark.parametrize("name", PLUMBING)
def test_fields_without_a_filter(tshark, name, passes):
    fields = ["frame.number"] + [PREFIX + key for key in ("code", "command", "request_in")]
    arguments = [word for field in fields for word in ("-e", field)]
    output = tshark.read(PCAPS / f"{name}.pcap", "-T", "fields", *arguments, *passes)
    for line in output.splitlines():
        number, *found = line.split("\t")
        assert (number, found) == (number, columns_stated(name, int(number)))


@PASSES
@pytest.mark.parametrize("name", PLUMBING)
def test_verdict_without_a_filter(tshark, name, passes):
    """A single field, so that nothing else can make tshark build the tree."""
    arguments = ["-T", "fields", "-e", "smtp_explain.verdict", *passes]
    output = tshark.read(PCAPS / f"{name}.pcap", *arguments).splitlines()
    stated = per_frame(name, "verdict")
    for number, found in enumerate(output, start=1):
        wanted = [str(VERDICTS.index(verdict)) for verdict in stated.get(number, [])]
        assert (number, found) == (number, ",".join(wanted))


@PASSES
@pytest.mark.parametrize("name", PLUMBING)
def test_custom_columns(tshark, name, passes):
    keys = ("code", "command", "request_in")
    columns = ",".join(f'"{key}","%Cus:smtp_explain.{key}:0:R"' for key in keys)
    layout = f'gui.column.format:"No.","%m",{columns}'
    output = tshark.read(PCAPS / f"{name}.pcap", "-o", layout, "-T", "tabs", *passes)
    lines = output.splitlines()
    assert lines
    for line in lines:
        number, *found = (line + "\t\t\t").split("\t")[:4]
        found = [value.strip() for value in found]
        assert (number, found) == (number, columns_stated(name, int(number)))


@PASSES
@pytest.mark.parametrize("name", PLUMBING)
def test_filter_finds_the_replies(tshark, name, passes):
    display = "smtp_explain.verdict == 1 && smtp_explain.code < 300"
    arguments = ["-Y", display, "-T", "fields", "-e", "frame.number", *passes]
    found = tshark.read(PCAPS / f"{name}.pcap", *arguments).split()
    stated = expected(name)["replies"]
    good = {r["frame"] for r in stated if r["verdict"] == "expected"}
    positive = {r["frame"] for r in stated if r["code"] < 300}
    assert [int(number) for number in found] == sorted(good & positive)


# ------------------------------------------- captures of others, where they are present


def shared(name):
    capture = SHARED / f"{name}.pcap"
    if not capture.exists():
        pytest.skip(f"there is no {name}.pcap among the shared captures")
    return capture


@pytest.mark.shared
@PASSES
@pytest.mark.parametrize("name", NOT_SMTP)
def test_other_protocols_get_no_annotation(tshark, name, passes):
    frames = dissect(tshark, shared(f"not-smtp-{name}"), *passes)
    assert frames
    assert not [frame.number for frame in frames if frame.items]


@pytest.mark.shared
@PASSES
@pytest.mark.parametrize("name", STATED_SHARED)
def test_replies_in_shared_captures(tshark, name, passes):
    """A file with "complete": false states some of the replies: those of certain frames."""
    stated = expected(f"shared/{name}")
    wanted = stated["replies"]
    listed = {reply["frame"] for reply in wanted}
    found = [as_stated(*pair) for pair in replies(dissect(tshark, shared(name), *passes))]
    if not stated["complete"]:
        found = [reply for reply in found if reply["frame"] in listed]
    compare(found, wanted)


def tcp_payloads(tshark, capture):
    """{frame: (source address and port, bytes)} of the frames with TCP payload"""
    fields = ["frame.number", "ip.src", "tcp.srcport", "tcp.payload"]
    arguments = [word for field in fields for word in ("-e", field)]
    filters = ["-Y", "tcp.len > 0 && !icmp", "-T", "fields"]
    lines = tshark.read(capture, *filters, *arguments, plugin=False).splitlines()
    rows = [line.split("\t") for line in lines]
    return {int(row[0]): ((row[1], row[2]), bytes.fromhex(row[3])) for row in rows}


@pytest.mark.shared
@pytest.mark.parametrize("name", sorted(path.stem for path in SHARED.glob("[!n]*.pcap")))
def test_pairings_in_shared_captures_are_possible(tshark, name):
    """The command is an earlier segment of the other side, and its verb stands in it."""
    capture = shared(name)
    payloads = tcp_payloads(tshark, capture)
    for frame, item in replies(dissect(tshark, capture)):
        asked = item.number("request_in")
        if asked is None:
            continue
        assert asked < frame.number
        sender, content = payloads[asked]
        assert sender != payloads[frame.number][0]
        if item.one("command") not in (None, "message", "BDAT"):
            verb = re.escape(item.one("command").encode())
            assert re.search(rb"(?im)^" + verb + rb"(\s|$)", content), frame.number
