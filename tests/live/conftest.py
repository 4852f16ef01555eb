# SPDX-License-Identifier: GPL-2.0-or-later
"""Records sessions with real servers, each server once."""
import os
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path

import pytest

from capture import recording, reserved
from packages import Unavailable
from servers import SERVERS, running
from sessions import hold, sessions

CLIENT_PORT_MIN = 20000


@dataclass(frozen=True, eq=False)
class Recorded:
    """What was captured, and what the clients saw."""

    capture: Path
    keys: Path  # of TLS
    transcripts: dict  # by the label of the session, in the order in which they were held


class Recordings:
    """Starts a server when its sessions are asked for, and stops it when they have been held."""

    def __init__(self, scratch):
        self.scratch = scratch
        self.made = {}

    def record(self, name):
        """Holds all sessions with a server."""
        server = SERVERS[name]
        capture, keys = self.scratch / f"{name}.pcap", self.scratch / f"{name}.keys"
        with running(server, self.scratch):
            with recording(capture, server.port, server.tls_port):
                transcripts = {s.label: hold(s, server, keys) for s in sessions(server)}
        return Recorded(capture, keys, transcripts)

    def of(self, name):
        """The sessions with the server of that name."""
        if name not in self.made:
            try:
                self.made[name] = self.record(name)
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
    with tempfile.TemporaryDirectory() as scratch, reserved(ports_of_others(tshark)):
        Path(scratch).chmod(0o755)
        yield Recordings(Path(scratch))
