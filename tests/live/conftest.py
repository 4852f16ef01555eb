# SPDX-License-Identifier: GPL-2.0-or-later
"""Records sessions with real servers, each server once."""
import os
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest

from capture import recording
from edges import EDGES, PORTS
from network import reserve
from others import OTHERS, talk_to_all
from others import PORTS as PORTS_OF_OTHERS
from packages import Unavailable
from servers import SERVERS
from service import running
from sessions import hold, sessions

CLIENT_PORT_MIN = 20000
SLOWEST = 10  # tests, whose durations are printed


def pytest_configure(config):
    """Recording takes most of the time: it is to be seen which server's takes how much."""
    if config.option.durations is None:
        config.option.durations = SLOWEST


@dataclass(frozen=True, eq=False)
class Recorded:
    """What was captured, and what the clients saw."""

    capture: Path
    edges: Path  # what was captured of the sessions that go wrong
    keys: Path  # of TLS
    transcripts: dict  # by the label of the session, in the order in which they were held


class Recordings:
    """Starts a server when its sessions are asked for, and stops it when they have been held."""

    def __init__(self, scratch, reserved):
        self.scratch = scratch
        self.reserved = reserved
        self.made = {}

    def record_others(self):
        """Talks to what is no mail server; the capture."""
        capture = self.scratch / "others.pcap"
        with running(OTHERS, self.scratch):
            reserve(self.reserved)
            with recording(capture, *PORTS_OF_OTHERS.values()):
                talk_to_all()
        return capture

    def record(self, name):
        """Holds all sessions with a server."""
        server = SERVERS[name]
        capture, edges, keys = (
            self.scratch / f"{name}{ending}" for ending in (".pcap", "-edges.pcap", ".keys")
        )
        ports = server.port, server.tls_port
        with running(server, self.scratch) as system:
            reserve(self.reserved)
            with recording(capture, *ports):
                transcripts = {s.label: hold(s, server, keys) for s in sessions(server)}
            with recording(edges, *ports, *PORTS.get(name, ())):
                for edge in EDGES[name]:
                    edge.hold(keys, system)
        return Recorded(capture, edges, keys, transcripts)

    def of(self, name):
        """What was recorded with the server of that name."""
        if name not in self.made:
            try:
                others = name == OTHERS.name
                self.made[name] = self.record_others() if others else self.record(name)
            except Exception as error:  # it would fail again
                self.made[name] = error
        made = self.made[name]
        if isinstance(made, Unavailable) and os.environ.get("CI") != "true":
            pytest.skip(f"{name} can't be had: {made}")
        if isinstance(made, Exception):
            pytest.fail("".join(traceback.format_exception(made)), pytrace=False)
        return made


def ports_of_others(tshark):
    """The TCP ports for clients that belong to another dissector: it would get the session."""
    rows = [line.split("\t") for line in tshark.call("-G", "decodes").splitlines()]
    return [row[1] for row in rows if row[0] == "tcp.port" and int(row[1]) >= CLIENT_PORT_MIN]


@pytest.fixture(scope="session")
def recordings(tshark):
    """The sessions that were held."""
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        yield Recordings(Path(scratch), ports_of_others(tshark))
