# SPDX-License-Identifier: GPL-2.0-or-later
"""The capture as it comes in, as standard input, and who may read what is made of it."""

import array
import errno
import fcntl
import os
import select
import stat
import termios
from pathlib import Path

from endings import Problem
from names import quoted

STDIN = 0
UNPACKERS = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x04\x22\x4d\x18": "lz4"}
REASONS = {errno.ENOENT: "there is no such file", errno.EACCES: "you may not read this file",
           errno.ELOOP: "is a link that leads back to itself"}
CHANGED = "changed while it was read"
EVERYTHING = 0o7
SEARCH = 0o1
# The permission bits of a file with one of these are not the whole truth.
ACLS = {"system.posix_acl_access", "system.nfs4_acl", "system.richacl", "system.cifs_acl"}


def title(name):
    """How messages call the capture."""
    return "standard input" if name == "-" else quoted(name)


def take(name):
    """Makes the capture standard input: it is opened here, since the account that reads it may not
    be allowed to."""
    if name != "-":
        open_as_input(name)
    if is_empty():
        raise Problem(f"{title(name)}: is empty")


def open_as_input(name):
    try:
        opened = os.open(name, os.O_RDONLY | os.O_NOCTTY)
    except OSError as error:
        raise Problem(f"{title(name)}: {REASONS.get(error.errno, error.strerror)}") from None
    os.dup2(opened, STDIN)
    os.close(opened)


def is_plain():
    return stat.S_ISREG(os.fstat(STDIN).st_mode)


def is_empty():
    """Waits until it is known. Wireshark finds nothing wrong with that."""
    if is_plain():
        return os.fstat(STDIN).st_size == 0
    select.select([STDIN], [], [])
    waiting = array.array("i", [0])
    try:
        fcntl.ioctl(STDIN, termios.FIONREAD, waiting)
    except OSError:
        return False  # a device, about which Wireshark complains
    return waiting[0] == 0


def packed_with(opened):
    """The program that unpacks what that open file holds, or None."""
    head = os.pread(opened, 4, 0)
    return next((name for magic, name in UNPACKERS.items() if head.startswith(magic)), None)


class Watch:
    """Tells whether the capture is still what it was when this was made."""

    def __init__(self):
        self.seen = self.look()

    @staticmethod
    def look():
        now = os.fstat(STDIN)
        return (now.st_size, now.st_mtime_ns) if is_plain() else None

    def changed(self):
        return self.look() != self.seen


def has_acl(path):
    try:
        return not ACLS.isdisjoint(os.listxattr(path))
    except OSError as error:
        return error.errno != errno.ENOTSUP


def granted(path, group):
    """What path grants to members of that group, and to everyone else. Where it belongs to another
    group, any of them may be a member of that one."""
    if has_acl(path):
        return 0, 0
    item = os.stat(path)
    members, others = item.st_mode >> 3 & EVERYTHING, item.st_mode & EVERYTHING
    if stat.S_ISDIR(item.st_mode):
        members, others = (EVERYTHING if bits & SEARCH else 0 for bits in (members, others))
    return (members if item.st_gid == group else members & others,
            others if item.st_gid == group else members & others)


def readers(place, group):
    """The most that a file of that group in the folder place may grant to others than its owner,
    as permission bits: what the capture does, and the folders that only the capture is in."""
    if not is_plain():
        return 0
    try:
        capture = Path(f"/proc/self/fd/{STDIN}").resolve(strict=True)
        shared = {place, *place.parents}
        members = others = EVERYTHING
        for path in [capture, *(folder for folder in capture.parents if folder not in shared)]:
            theirs = granted(path, group)
            members, others = members & theirs[0], others & theirs[1]
        return members << 3 | others
    except OSError:
        return 0  # it's gone, or where we may not look


def restrict(path, place):
    """What is made of a capture tells as much as the capture, so it is no more readable than that.
    path will stand in the folder place."""
    umask = os.umask(0)
    os.umask(umask)
    made = os.stat(path)
    owner = os.fstat(STDIN).st_mode & 0o700 if is_plain() else 0o600
    for name in ACLS & set(os.listxattr(path)):
        os.removexattr(path, name)
    allowed = owner | readers(Path(place).resolve(), made.st_gid)
    os.chmod(path, 0o666 & ~umask & allowed)
