# SPDX-License-Identifier: GPL-2.0-or-later
"""What the command smtp-explain costs, against a plain listing by a tshark without the plugin."""
import os
import shutil
import subprocess
import sys
import time
from collections import namedtuple
from pathlib import Path
from statistics import median

import captures
from sides import NONE, PLUGIN

ROOT = Path(__file__).parents[2]
SIZES = (3_000, 30_000)  # sessions
SESSIONS_IN_BLOCK = len(captures.SESSIONS)
SMALL_CAPTURES = 200
STARTS = 10

# Seconds of processor time and by the clock, and KiB.
Cost = namedtuple("Cost", "cpu seconds memory")
# At most so many times the listing.
Work = namedtuple("Work", "title words cpu_target memory_target")


class Command:
    """smtp-explain as it would be installed, where the account of tshark can read it."""

    def __init__(self, tshark, build):
        self.tshark = tshark
        scratch = tshark.scratch
        self.program = scratch / "bin" / "smtp-explain"
        self.copy = scratch / "home" / "copy.pcapng"
        self.program.parent.mkdir()
        shutil.copy(build / "bin" / "smtp-explain", self.program)
        self.many = shutil.copy(ROOT / "packaging" / "command" / "smtp-explain-many",
                                self.program.parent)
        shutil.copytree(ROOT / "tools" / "lib", scratch / "share" / "smtp-explain")
        for path in (self.program.parent, *self.program.parent.iterdir(), scratch / "share", *(scratch / "share").rglob("*")):
            path.chmod(0o755)

    def works(self):
        return [Work("report", [], 1.3, 1.2), Work("--json", ["--json"], 2.5, None),
                Work("copy", ["-f", "-o", str(self.copy)], 3.0, None)]

    def cost(self, capture, words=None):
        """Of the command with these words, or of the listing."""
        with open(capture, "rb") as source:
            streams = {"stdin": source, "stdout": subprocess.DEVNULL}
            if words is None:
                return self.cost_of(NONE, "-n", "-r", "-", **streams)
            return self.cost_of(PLUGIN, *words, "-", program=self.program, **streams)

    def cost_of(self, side, *words, **settings):
        began = time.monotonic()
        process = self.tshark.start(side, *words, **settings)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"bench: {words} ended with status {process.returncode}")
        return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss)


def ratio(tried, base, what):
    found = [getattr(t, what) / getattr(b, what) for t, b in zip(tried, base)]
    return f"{median(found):.2f} ({min(found):.2f}..{max(found):.2f})"


def target(value):
    return "" if value is None else f"at most {value:.1f}"


def compare_works(command, folder, runs):
    print(f"\nsmtp-explain against a listing without the plugin:\n"
          f"{'sessions':>9}  {'':8}{'CPU (min..max)':20}{'target':14}{'memory (min..max)':20}target")
    for sessions in SIZES:
        capture = captures.provide(folder, "smtp", sessions // SESSIONS_IN_BLOCK)
        works = command.works()
        command.cost(capture)
        base, tried = [], {work.title: [] for work in works}
        for _ in range(runs):
            base.append(command.cost(capture))
            for work in works:
                tried[work.title].append(command.cost(capture, work.words))
        for work in works:
            costs = tried[work.title]
            print(f"{sessions:9}  {work.title:8}{ratio(costs, base, 'cpu'):20}"
                  f"{target(work.cpu_target):14}{ratio(costs, base, 'memory'):20}"
                  f"{target(work.memory_target)}".rstrip(), flush=True)


def compare_starts(command, folder):
    """Of a capture with next to nothing in it."""
    capture = captures.provide(folder, "short", 1)
    pairs = [(command.cost(capture), command.cost(capture, [])) for _ in range(STARTS)]
    more = median(tried.seconds - base.seconds for base, tried in pairs)
    print(f"\nstart: {more:.3f} s more than tshark's {median(b.seconds for b, _ in pairs):.3f} s; "
          "target: at most 0.2 s")


def compare_batch(command, folder):
    """Through smtp-explain-many, against a listing of each, half of them before and half behind it."""
    capture = captures.provide(folder, "smtp", 1)
    place = command.tshark.scratch / "home"
    listed = place / "list"
    for number in range(SMALL_CAPTURES):
        shutil.copy(capture, place / f"{number:03}.pcap")
    listed.write_text("".join(f"{place}/{n:03}.pcap\n" for n in range(SMALL_CAPTURES)))
    each = [command.cost(capture) for _ in range(SMALL_CAPTURES // 2)]
    batch = command.cost_of(PLUGIN, "-o", str(place / "out"), str(listed), program=command.many,
                            stdout=subprocess.DEVNULL)
    each += [command.cost(capture) for _ in range(SMALL_CAPTURES // 2)]
    cpu = batch.cpu / sum(one.cpu for one in each)
    clock = batch.seconds / sum(one.seconds for one in each)
    print(f"\n{SMALL_CAPTURES} small captures: smtp-explain-many takes {cpu:.2f} times the CPU and "
          f"{clock:.2f} times the time of one listing after the other; target: at most 1.2")


def measure(tshark, build, folder, runs):
    command = Command(tshark, build)
    compare_works(command, folder, runs)
    compare_starts(command, folder)
    compare_batch(command, folder)
