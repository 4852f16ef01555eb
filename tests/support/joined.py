# SPDX-License-Identifier: GPL-2.0-or-later
"""Several small captures in one, so that one run of tshark answers for all of them."""
import pcap
from stated import expected

IPV4 = b"\x08\x00"
NETWORKS = 28, 32  # the third byte of each address in a frame


class Joined:
    """The captures of those names, one after the other, in a file. The third byte of the addresses
    in the n-th (from 0) becomes n, so that no two of them share a conversation."""

    def __init__(self, path, names, folder=pcap.PCAPS):
        self.path = path
        self.first = {}  # name -> the number of frames before its first one
        packets = []
        for number, name in enumerate(names):
            self.first[name] = len(packets)
            for packet in pcap.read(folder / f"{name}.pcap")[1]:
                frame = bytearray(packet.data)
                assert frame[12:14] == IPV4, name
                for at in NETWORKS:
                    frame[at] = number
                packets.append(packet._replace(data=frame))
        path.write_bytes(pcap.pack(packets))

    def frame(self, name, number):
        """Where the frame with that number in that capture is now."""
        return self.first[name] + number

    def name(self, frame):
        """The capture that this frame is from."""
        return max((first, name) for name, first in self.first.items() if first < frame)[1]

    def replies(self):
        """What is stated of the replies, with their frames in the joined capture."""
        for name in self.first:
            for reply in expected(name)["replies"]:
                yield {**reply, "frame": self.frame(name, reply["frame"])}
