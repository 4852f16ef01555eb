# SPDX-License-Identifier: GPL-2.0-or-later
"""copy_capture.py CAPTURE COPY FORCE OPTION...: writes an annotated copy of a capture.

COPY is a pcapng file. It replaces a file only if FORCE is not empty. The options are tshark's.
Started by smtp-explain -o, beside which it is installed.
"""

import os
import stat
import sys
import tempfile

import comments
import endings
import source
from endings import Problem
from names import quoted

TOOL = "smtp-explain"


def check(copy, folder, force):
    """Complains about a place where no copy can be made."""
    if copy.endswith("/") or os.path.isdir(copy):
        raise Problem(f"{quoted(copy)}: is a folder, not a name for the copy")
    if not os.path.isdir(folder):
        raise Problem(f"{quoted(folder)}: there is no such folder")
    if os.path.lexists(copy):
        check_replaced(copy, force)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Problem(f"{quoted(folder)}: you may not write to this folder")


def check_replaced(copy, force):
    """The same for what is there already."""
    if os.path.exists(copy) and os.path.samestat(os.stat(copy), os.fstat(source.STDIN)):
        raise Problem(f"{quoted(copy)}: is the capture itself")
    if not stat.S_ISREG(os.lstat(copy).st_mode):
        raise Problem(f"{quoted(copy)}: is not a plain file")
    if not force:
        raise Problem(f"{quoted(copy)}: exists already; -f overwrites it")


def main():
    name, copy, force, *options = sys.argv[1:]
    folder = os.path.dirname(copy) or "."
    source.take(name)
    check(copy, folder, force)
    # Beside its place, so that it can be put there in one step. Gone however this ends.
    with tempfile.TemporaryDirectory(prefix=".smtp-explain.", dir=folder) as beside:
        # The folder's access list may take our own right to enter. Its group stays that of the copy.
        os.chmod(beside, 0o700 | os.stat(beside).st_mode & stat.S_ISGID)
        return comments.make_copy(
            TOOL, lambda: comments.Capture(source.title(name), beside, options), copy, force)


if __name__ == "__main__":
    endings.run(TOOL, main)
