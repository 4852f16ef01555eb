# SPDX-License-Identifier: GPL-2.0-or-later
"""What other programs get: tshark's output formats, and sharkd."""
import json
import re
import xml.etree.ElementTree as ET
from collections import Counter

import pytest
from joined import Joined
from pcap import PCAPS
from stated import expected

# the second one: four commands in frame 7, their replies in frame 8
CAPTURES = ["auth-refused-three-times-then-success", "pipelining"]
LOGIN = 14  # the frame of the 235

VERDICTS = ["unknown", "expected", "refused", "unusual", "unexpected", "unsolicited"]
FIELDS = ["code", "command", "mechanism", "verdict", "enhanced", "request_in", "auth_failures"]
EXPERTS = {"smtp_explain.expert.authenticated", "smtp_explain.expert.credentials_exposed"}
SUBTREES = {"Explanation", "Not to be confused with", "Facts"}
LINK = "https://www.rfc-editor.org/rfc/rfc4954#section-4"

# Types in tshark -G elastic-mapping, which leaves out text.
MAPPING = {
    "code": "integer",
    "verdict": "short",
    "request_in": "long",
    "response_in": "long",
    "encrypted": "boolean",
    "authenticated": "boolean",
}


@pytest.fixture(scope="module")
def joined(tmp_path_factory):
    return Joined(tmp_path_factory.mktemp("front-ends") / "joined.pcap", CAPTURES)


@pytest.fixture(scope="module")
def read(tshark, joined):
    """tshark in two passes, for the replies of commands, on the joined captures."""
    return lambda *arguments: tshark.read(joined.path, "-2", "-Y", "smtp_explain", *arguments)


@pytest.fixture(scope="module")
def stated(joined):
    """Of each reply its frame and those of FIELDS that it has, as text."""
    rows = []
    for name in CAPTURES:
        for reply in map(dict, expected(name)["replies"]):
            if reply["request_in"]:
                reply["request_in"] = joined.frame(name, reply["request_in"])
            reply["verdict"] = VERDICTS.index(reply["verdict"])
            rows.append((joined.frame(name, reply["frame"]), chosen(reply)))
    return rows


def chosen(values):
    """Those of FIELDS that have a value."""
    return {field: str(values[field]) for field in FIELDS if values.get(field) is not None}


def replies_and_requests(items):
    """Of (frame, {field: value}) items: the replies, and how often a frame is answered in one."""
    replies = [(frame, chosen(values)) for frame, values in items if "code" in values]
    requests = Counter(
        (frame, int(values["response_in"])) for frame, values in items if "response_in" in values
    )
    return replies, requests


def check(items, stated):
    replies, requests = replies_and_requests(items)
    assert replies == stated
    asked = (row for row in stated if "request_in" in row[1])
    assert requests == Counter((int(values["request_in"]), frame) for frame, values in asked)


def as_list(value):
    return value if isinstance(value, list) else [value]


def flat(item):
    """An item's fields, and those in its subtrees."""
    fields = {key: value for key, value in item.items() if key not in SUBTREES}
    for name in SUBTREES & item.keys():
        fields.update(item[name])
    return fields


def layer_items(packets, frame_key, prefix):
    """The items of the plugin in the layers of JSON packets, with short field names."""
    return [
        (
            int(layers["frame"][frame_key]),
            {key.removeprefix(prefix): value for key, value in flat(item).items()},
        )
        for layers in packets
        for item in as_list(layers["smtp_explain"])
    ]


def test_json(read, stated):
    text = read("-T", "json", "--no-duplicate-keys", "-J", "frame smtp_explain")
    packets = [packet["_source"]["layers"] for packet in json.loads(text)]
    items = layer_items(packets, "frame.number", "smtp_explain.")
    check(items, stated)

    login = next(values for frame, values in items if frame == LOGIN)
    assert login["reference_tree"]["smtp_explain.reference_url"] == LINK
    found = {key for expert in login["_ws.expert"] for key in expert}
    assert EXPERTS <= found


def test_ek(read, stated):
    lines = read("-T", "ek").splitlines()
    packets = [packet["layers"] for packet in map(json.loads, lines) if "layers" in packet]
    items = layer_items(packets, "frame_frame_number", "smtp_explain_smtp_explain_")
    check(items, stated)

    login = next(values for frame, values in items if frame == LOGIN)
    assert login["reference_url"] == LINK
    assert login["encrypted"] is False


def test_pdml(read, stated):
    items = []
    for packet in ET.fromstring(read("-T", "pdml")).findall("packet"):
        frame = int(packet.find(".//field[@name='frame.number']").get("show"))
        for item in packet.findall("proto[@name='smtp_explain']"):
            fields = {field.get("name"): field.get("show") for field in item.iter("field")}
            items.append((frame, {k.removeprefix("smtp_explain."): v for k, v in fields.items()}))
            if frame == LOGIN:
                assert item.get("showname").startswith("SMTP Explain: 235 ")
                assert fields["smtp_explain.reference_url"] == LINK
                assert EXPERTS <= fields.keys()
    check(items, stated)


def test_fields(read, joined):
    """Several replies in a frame: values joined by a comma, in the order of the replies."""
    names = ["frame.number", "smtp_explain.code", "smtp_explain.command"]
    text = read("-T", "fields", *(word for name in names for word in ("-e", name)))
    rows = dict(line.split("\t", 1) for line in text.splitlines())
    assert rows[str(LOGIN)] == "235\tAUTH"
    assert rows[str(joined.frame("pipelining", 8))] == "250,250,250,354\tMAIL,RCPT,RCPT,DATA"


def test_elastic_mapping(tshark):
    text = tshark.call("-G", "elastic-mapping", "--elastic-mapping-filter", "smtp_explain")
    found = {}

    def collect(pairs):
        for key, value in pairs:
            if isinstance(value, dict) and "type" in value:
                found[key] = value["type"]
        return dict(pairs)

    json.loads(text, object_pairs_hook=collect)
    prefix = "smtp_explain_smtp_explain_"
    assert {name: found.get(prefix + name) for name in MAPPING} == MAPPING


def sharkd_fields(tree):
    """The items of the plugin in a frame's tree, by the filters that sharkd gives them."""
    ours = [item for item in tree["tree"] if item.get("f") == "smtp_explain"]
    found = []
    for item in ours:
        below = [part for branch in item["n"] for part in branch.get("n", [])]
        found.append({field["f"]: field for field in item["n"] + below if "f" in field})
    return found


def test_sharkd(tshark, joined):
    asked, answered = joined.frame("pipelining", 7), joined.frame("pipelining", 8)
    _, frames, login, commands, sessions = tshark.sharkd(
        ("load", {"file": str(tshark.copy(joined.path))}),
        ("frames", {"filter": "smtp_explain.code == 235"}),
        ("frame", {"frame": LOGIN, "proto": True}),
        ("frame", {"frame": asked, "proto": True}),
        ("tap", {"tap0": "nstat:smtp_explain,sessions"}),
    )
    assert [frame["num"] for frame in frames] == [LOGIN]

    (item,) = sharkd_fields(login)
    assert {"smtp_explain.code == 235", "smtp_explain.verdict == 1"} <= item.keys()
    assert item[f"smtp_explain.request_in == {LOGIN - 1}"]["fnum"] == LOGIN - 1
    (link,) = item['smtp_explain.reference == "RFC 4954, section 4"']["n"]
    assert (link["t"], link["url"]) == ("url", LINK)

    links = [field["fnum"] for item in sharkd_fields(commands) for field in item.values()
             if "fnum" in field]
    assert links == [answered] * 4

    rows = sessions["taps"][0]["tables"][0]["i"]
    assert [row[4:6] for row in rows] == [["authenticated", "PLAIN"], ["none", "-"]]


SENTENCE = "SMTP 235: authenticated with PLAIN (asked in frame"


@pytest.mark.parametrize("arguments", [
    ["-T", "fields", "-e", "_ws.expert.message"],
    ["-T", "fields", "-e", "_ws.expert"],
    ["-o", 'gui.column.format:"Message","%Cus:_ws.expert.message"'],
], ids=["message", "expert", "column"])
def test_sentence_is_there_for_all_who_ask(read, arguments):
    assert SENTENCE in read("-Y", "smtp_explain.expert.authenticated", *arguments)


def test_sentence_can_be_filtered_for(tshark, joined):
    filtered = tshark.read(joined.path, "-Y", '_ws.expert.message contains "authenticated with"')
    assert len(filtered.splitlines()) == 1


def test_expert_statistics_have_sentences(tshark, joined):
    out = tshark.read(joined.path, "-q", "-z", "expert,chat")
    row = next(line for line in out.splitlines() if SENTENCE in line)
    assert re.match(r" *[0-9]+ +Response +SMTP Explain +", row), row


def test_hierarchy_counts_what_a_filter_finds(tshark):
    capture = PCAPS / "auth-plain-initial.pcap"
    hierarchy = tshark.read(capture, "-q", "-z", "io,phs")
    counted = re.findall(r"smtp_explain +frames:(\d+)", hierarchy)
    found = tshark.read(capture, "-Y", "smtp_explain").splitlines()
    assert counted == [str(len(found))]


def test_enabled_protocols(tshark):
    """The plugin is one protocol, which can be disabled; its helper follows."""
    capture = PCAPS / "auth-plain-initial.pcap"
    fields = ("-T", "fields", "-e", "smtp_explain.code", "-e", "smtp.response.code")
    assert "235\t235" in tshark.read(capture, *fields).split("\n")
    disabled = tshark.read(capture, "--disable-protocol", "smtp_explain", *fields).split("\n")
    assert "\t235" in disabled and "235\t235" not in disabled
    # 4.0 lets one disable the helper, which changes nothing; later ones don't know it at all
    alone = tshark.attempt(tshark.program, "-n", "-r", str(tshark.copy(capture)), "--disable-protocol",
                           "smtp_explain_post", *fields)
    assert "235\t235" in alone.stdout.split("\n") or "No such protocol" in alone.stderr
