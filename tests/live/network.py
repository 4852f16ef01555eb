# SPDX-License-Identifier: GPL-2.0-or-later
"""A network that nobody else is in: every port is free there, 25 too, and nothing else is heard."""
import ctypes
import fcntl
import os
import socket
import struct
from contextlib import contextmanager, suppress
from pathlib import Path

CLONE_NEWNET = 0x40000000  # linux/sched.h
SIOCSIFFLAGS = 0x8914  # linux/sockios.h
IFF_UP = 1  # linux/if.h
OWN = "/proc/self/ns/net"
RESERVED = Path("/proc/sys/net/ipv4/ip_local_reserved_ports")
LIBC = ctypes.CDLL(None, use_errno=True)  # os.unshare and os.setns came with Python 3.12


def check(result):
    """Raises what the system complains about."""
    if result:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def start_loopback():
    """Loopback exists there, but it isn't up."""
    with socket.socket() as any_socket:
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", IFF_UP))


@contextmanager
def own_network():
    """This thread, and what it starts, is in a new network until the block ends."""
    with open(OWN, "rb") as before:
        check(LIBC.unshare(CLONE_NEWNET))
        try:
            start_loopback()
            yield
        finally:
            check(LIBC.setns(before.fileno(), CLONE_NEWNET))


def reserve(ports):
    """Keeps the system from giving these ports to clients in this network, if it lets us."""
    with suppress(OSError):
        RESERVED.write_text(",".join(map(str, ports)), encoding="ascii")
