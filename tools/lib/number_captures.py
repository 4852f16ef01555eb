# SPDX-License-Identifier: GPL-2.0-or-later
"""number_captures.py FOLDER: links, in FOLDER, to the captures whose paths come in, each with a null
byte after it. Their names are numbers; a number once given stays. Started by tools/annotate-many.
"""

import os
import sys


def main():
    folder = os.fsencode(sys.argv[1])
    numbers = os.listdir(folder)
    known = {os.readlink(os.path.join(folder, number)) for number in numbers}
    last = max(map(int, numbers), default=0)
    for path in sys.stdin.buffer.read().split(b"\0")[:-1]:
        if path not in known:
            known.add(path)
            last += 1
            os.symlink(path, os.path.join(folder, b"%07d" % last))
    return 0 if last else 1


if __name__ == "__main__":
    sys.exit(main())
