# SPDX-License-Identifier: GPL-2.0-or-later
"""A progress bar for a program that reads a file."""

import contextlib
import os
import shutil
import subprocess
import sys
import threading

INTERVAL = 0.2
STEPS = 1000


def positions(pid, file):
    """{descriptor: how far the process has read}, of its descriptors of that file."""
    found = {}
    # The process, or a descriptor of it, may be gone in the meantime.
    with contextlib.suppress(OSError):
        for descriptor in os.listdir(f"/proc/{pid}/fd"):
            if os.path.samestat(os.stat(f"/proc/{pid}/fd/{descriptor}"), file):
                with open(f"/proc/{pid}/fdinfo/{descriptor}", encoding="ascii") as info:
                    found[descriptor] = int(info.readline().split()[1])
    return found


def follow(pid, file, total, done, bar):
    """Feeds the bar as many bytes as thousandths have been read, and all that is left at the end."""
    furthest = {}
    shown = 0
    # A bar that is gone was stopped, together with us.
    with contextlib.suppress(BrokenPipeError):
        while not done.wait(INTERVAL):
            for descriptor, position in positions(pid, file).items():
                furthest[descriptor] = max(position, furthest.get(descriptor, 0))
            now = min(sum(furthest.values()) * STEPS // total, STEPS)
            bar.write(bytes(now - shown))
            shown = now
        bar.write(bytes(STEPS - shown))


@contextlib.contextmanager
def reading(process, stream, times):
    """Shows, while the context lasts, how far the process has got with reading the file of the
    stream that many times, with a descriptor for each time. Only on a terminal, and with pv."""
    if not sys.stderr.isatty() or not shutil.which("pv"):
        yield
        return
    file = os.fstat(stream.fileno())
    done = threading.Event()
    with subprocess.Popen(["pv", "-p", "-t", "-e", "-s", str(STEPS)], bufsize=0,
                          stdin=subprocess.PIPE, stdout=subprocess.DEVNULL) as bar:
        thread = threading.Thread(
            target=follow, args=(process.pid, file, times * file.st_size, done, bar.stdin))
        thread.start()
        try:
            yield
        finally:
            done.set()
            thread.join()
            bar.stdin.close()
