# SPDX-License-Identifier: GPL-2.0-or-later
"""That the benchmark compares like with like. Nothing is timed here."""
import re
import shutil
from pathlib import Path

import captures
import pytest

BENCH = Path(__file__).parents[1] / "bench"


def read(tshark, capture, fields, *arguments):
    """The frames, each a list of the fields' values, and those lists of texts."""
    columns = [word for field in fields for word in ("-e", field)]
    output = tshark.read(capture, "-T", "fields", "-E", "aggregator=|", *columns, *arguments)
    return [[cell.split("|") for cell in row.split("\t")] for row in output.split("\n")[:-1]]


@pytest.fixture(scope="module")
def capture(tmp_path_factory):
    """Makes a capture of that kind, of so many blocks."""
    folder = tmp_path_factory.mktemp("bench")
    return lambda kind, repeats: captures.provide(folder, kind, repeats)


def test_lua_script_does_the_same(tshark, capture):
    if not re.search(r"Lua\s+\d", tshark.call("-v")):
        pytest.skip("this tshark has no Lua")
    script = shutil.copy(BENCH / "explain.lua", tshark.copies)
    Path(script).chmod(0o644)
    names = ("code", "command", "meaning")
    fields = [f"{proto}.{name}" for proto in ("smtp_explain", "smtp_explain_lua") for name in names]
    frames = read(tshark, capture("smtp", 1), fields, "-X", f"lua_script:{script}")

    assert len(frames) == captures.frames_in("smtp")
    for number, (code, command, meaning, lua_code, lua_command, lua_meaning) in enumerate(frames, 1):
        assert (lua_code, lua_command) == (code, command), number
        assert len(lua_meaning) == len(meaning), number
        assert all(lua_meaning) == all(meaning), number
    codes = {code for frame in frames for code in frame[0]} - {""}
    assert codes == {"211", "220", "221", "235", "250", "334", "354", "535", "550"}


def test_nothing_to_explain_without_smtp(tshark, capture):
    frames = read(tshark, capture("mixed", 1), ["frame.protocols", "smtp_explain"])

    assert len(frames) == captures.frames_in("mixed")
    assert [explained for _, (explained,) in frames if explained] == []
    protocols = {name for (stack,), _ in frames for name in stack.split(":")}
    assert {"dns", "http", "tls", "icmp", "data"} <= protocols
    assert "smtp" not in protocols


def test_no_dissector_has_the_unknown(tshark, capture):
    frames = read(tshark, capture("unknown", 1), ["frame.protocols", "tcp.len"])

    assert len(frames) == captures.frames_in("unknown")
    with_payload = {stack for (stack,), (length,) in frames if length != "0"}
    assert with_payload == {"eth:ethertype:ip:tcp:data"}


@pytest.mark.parametrize(
    "kind, sessions, logins", [("smtp", 10, 6), ("short", 1, 1)], ids=["smtp", "short"]
)
def test_each_session_has_its_own_client(tshark, capture, kind, sessions, logins):
    fields = ["ip.addr", "tcp.stream", "smtp_explain.code", "smtp_explain.authenticated_in"]
    frames = read(tshark, capture(kind, 3), fields)

    assert len(frames) == 3 * captures.frames_in(kind)
    assert len({tuple(sorted(ends)) for ends, *_ in frames}) == 3 * sessions
    assert {stream for _, (stream,), *_ in frames} == set(map(str, range(3 * sessions)))
    assert sum("235" in codes for *_, codes, _ in frames) == 3 * logins
