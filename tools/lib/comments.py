# SPDX-License-Identifier: GPL-2.0-or-later
"""Writes a copy of a capture with explanations as comments. It is made in a folder of ours beside its
place, and moved there when it is complete."""

import errno
import os
import shutil
import subprocess
import sys

import endings
import pcapng
import source
from endings import Problem
from names import quoted
from reading import CUT_SHORT, complaint, partial, read_lines

# Two passes, since some greetings make sense only when more is known. That needs a file that
# tshark can open itself; /dev/stdin is one even where it may not follow the path.
TSHARK_OPTIONS = ["tshark", "-2", "-n", "-r", "/dev/stdin"]


def begins_with(path, magic):
    with open(path, "rb") as stream:
        return stream.read(len(magic)) == magic


class Capture:
    """The capture, unpacked and turned into pcapng in a folder of ours."""

    def __init__(self, name, folder, options):
        self.name = name
        self.folder = folder
        self.options = options
        self.words = ""  # what the programs complained about
        self.path = self.file("capture")
        watch = source.Watch()
        with open(self.path, "wb") as out:
            shutil.copyfileobj(sys.stdin.buffer, out)
        self.changed = watch.changed()
        self.unpack()
        self.convert()

    def file(self, name):
        return os.path.join(self.folder, name)

    def through(self, command, name):
        """Replaces the file by what the command makes of it."""
        target = self.file(name)
        with open(self.path, "rb") as stream, open(target, "wb") as out:
            done = subprocess.run(command, stdin=stream, stdout=out, stderr=subprocess.PIPE,
                                  check=False)
        words = done.stderr.decode(errors="replace")
        if done.returncode != 0 and os.strerror(errno.ENOSPC) in words:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        os.unlink(self.path)
        self.path = target
        return done.returncode, words

    def unpack(self):
        with open(self.path, "rb") as stream:
            program = source.packed_with(stream.fileno())
        if program is None:
            return
        if not shutil.which(program):
            raise Problem(f"{self.name}: reading it needs {program}; install that")
        status, _ = self.through([program, "-dc"], "unpacked")
        if status != 0:
            self.words += CUT_SHORT

    def convert(self):
        if not begins_with(self.path, pcapng.SECTION_HEADER):
            self.judge(*self.through(["editcap", "-F", "pcapng", "-", "-"], "pcapng"))

    def judge(self, status, words):
        """Keeps a complaint about a capture that is partly readable, and gives up on others.
        What is said of a good one does not matter: as root, for example, that this is dangerous.
        """
        if partial(words):
            self.words += words
        elif status != 0:
            raise Problem(complaint(self.name, words, ""))

    def comments(self):
        """{offset of a packet: its comment}"""
        found = {}

        def show(line):
            offset, _, text = line.partition(b"\t")
            if offset.isdigit():
                found[int(offset)] = text.decode(errors="replace")

        # Only we can follow the path, so this gives it to nobody but tshark.
        os.chmod(self.path, 0o444)
        with open(self.path, "rb") as stream:
            self.judge(*read_lines([*TSHARK_OPTIONS, *self.options], "comments",
                                   show, stream))
        return found


def put(finished, copy, force):
    """Moves a file to its place; without force, only if that is free at this very moment."""
    if force:
        os.replace(finished, copy)
        return
    try:
        os.link(finished, copy)
    except FileExistsError:
        raise Problem(f"{quoted(copy)}: exists already; -f overwrites it") from None
    except OSError:
        # A file system without hard links.
        os.rename(finished, copy)


def write_copy(capture, copy, force):
    """Returns how many packets are annotated, and how many could not be."""
    comments = capture.comments()
    finished = capture.file("copy")
    with open(capture.path, "rb") as original, open(finished, "wb") as target:
        carried = pcapng.add_comments(original, target, comments)
    source.restrict(finished, os.path.dirname(copy))
    put(finished, copy, force)
    return carried, len(comments) - carried


def packets(number):
    return f"{number} packet" + ("" if number == 1 else "s")


PART = "what could be read of it is in the copy"


def problems(capture, copy, missing):
    """What is to be said of a copy that isn't all that one may expect."""
    if missing:
        yield (f"{quoted(copy)}: {packets(missing)} could not be annotated: the block type holds "
               "no comment")
    if capture.words:
        yield complaint(capture.name, capture.words, PART)
    if capture.changed:
        yield f"{capture.name}: {source.CHANGED}; {PART}"


def make_copy(tool, capture_in, copy, force):
    """Writes the copy, and says so. capture_in() gives the Capture. Returns the exit status."""
    try:
        capture = capture_in()
        carried, missing = write_copy(capture, copy, force)
    except OSError as error:
        raise Problem(f"{quoted(copy)}: {error.strerror}; there is no copy") from error
    print(f"{quoted(copy)}: {packets(carried) if carried else 'no packet'} annotated", flush=True)
    said = list(problems(capture, copy, missing))
    for problem in said:
        endings.complain(tool, problem)
    return 1 if said else 0
