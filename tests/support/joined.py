# SPDX-License-Identifier: GPL-2.0-or-later
"""Several small captures in one, so that one run of tshark answers for all of them."""
import json
from pathlib import Path

from pcap import GLOBAL_HEADER, PCAPS, RECORD_HEADER, packets

EXPECTED = Path(__file__).parents[1] / "dissection" / "expected"
IPV4 = b"\x08\x00"


class Joined:
    """The captures of those names, one after the other, in a file. The addresses of the n-th
    (from 0) become 192.0.n.x, so that no two of them share a conversation."""

    def __init__(self, path, names):
        self.path = path
        self.first = {}  # name -> the number of frames before its first one
        content = bytearray((PCAPS / f"{names[0]}.pcap").read_bytes()[:GLOBAL_HEADER])
        frames = 0
        for number, name in enumerate(names):
            self.first[name] = frames
            for packet in packets(PCAPS / f"{name}.pcap"):
                ethernet = RECORD_HEADER
                assert packet[ethernet + 12 : ethernet + 14] == IPV4, name
                packet[ethernet + 28] = packet[ethernet + 32] = number
                content += packet
                frames += 1
        path.write_bytes(content)

    def frame(self, name, number):
        """Where the frame with that number in that capture is now."""
        return self.first[name] + number

    def replies(self):
        """What is stated of the replies, with their frames in the joined capture."""
        for name in self.first:
            stated = json.loads((EXPECTED / f"{name}.json").read_text())
            for reply in stated["replies"]:
                yield {**reply, "frame": self.frame(name, reply["frame"])}
