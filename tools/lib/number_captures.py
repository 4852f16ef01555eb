# SPDX-License-Identifier: GPL-2.0-or-later
"""number_captures.py FOLDER HOW: links, in FOLDER, to the captures whose paths come in, each with a
null byte after it. Their names are numbers; a number once given stays. What was found (HOW) and can
be no capture is left out, and said; what was named isn't, since it is missed if it can't be read.
Started by tools/annotate-many.
"""

import os
import stat
import sys

import endings
from names import quoted

LEFT_OUT = {
    stat.S_IFDIR: "a link to a folder is not followed",
    stat.S_IFIFO: "is a FIFO, not a capture",
    stat.S_IFSOCK: "is a socket, not a capture",
    stat.S_IFCHR: "is a device, not a capture",
    stat.S_IFBLK: "is a device, not a capture",
}


def why_not(path):
    """Why it is no capture, or None. A link that leads nowhere may be meant to lead to one."""
    try:
        return LEFT_OUT.get(stat.S_IFMT(os.stat(path).st_mode))
    except OSError:
        return None


def main():
    folder = os.fsencode(sys.argv[1])
    found = sys.argv[2] == "found"
    numbers = os.listdir(folder)
    known = {os.readlink(os.path.join(folder, number)) for number in numbers}
    last = max(map(int, numbers), default=0)
    for path in sys.stdin.buffer.read().split(b"\0")[:-1]:
        reason = why_not(path) if found else None
        if reason:
            endings.complain("annotate-many", f"skipped {quoted(path)}: {reason}")
        elif path not in known:
            known.add(path)
            last += 1
            os.symlink(path, os.path.join(folder, b"%07d" % last))
    return 0


if __name__ == "__main__":
    endings.run("annotate-many", main)
