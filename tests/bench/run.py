# SPDX-License-Identifier: GPL-2.0-or-later
"""run.py BUILD RUNS [--million] [--command]: what the plugin and the command cost, in processor time
and memory.

BUILD is a build folder with the plugin in it. Started by tools/dev/bench.

Every reading of a capture is done by several sides in turn, the order reversed from one round to
the next, and each is compared with the first side in the same round.
"""
import argparse
import os
import platform
import sys
import tempfile
from collections import namedtuple
from pathlib import Path
from statistics import median, quantiles

import captures
import command
from sides import LUA, NONE, PLUGIN, Cost, Tshark, check_sides, version

FRAMES = 500_000
MIB = 1024  # in KiB

# Targets: at most so many times the processor time and memory of no plugin.
Case = namedtuple("Case", "title kind filtered cpu_target memory_target")
CASES = [
    Case("SMTP, with a display filter (-Y)", "smtp", True, 1.05, 1.10),
    Case("SMTP, plain listing", "smtp", False, None, None),
    Case("no SMTP, with a display filter (-Y)", "mixed", True, 1.01, None),
    Case("no SMTP, plain listing", "mixed", False, None, None),
    Case("no SMTP, on ports that no dissector has (-Y)", "unknown", True, 1.01, None),
]

# Sessions, and pairs of readings for each RUNS: a small difference needs more of them.
SIZES = [(0, 10), (1_000, 10), (10_000, 5), (100_000, 1)]
MILLION = (1_000_000, 1)


def warm_up(tshark, sides, capture, filtered):
    """Every side once, so that the files are in memory. The number of lines, the same for all."""
    counts = {side.name: tshark.lines(side, capture, filtered) for side in sides}
    if len(set(counts.values())) != 1:
        sys.exit(f"bench: the sides print different numbers of frames: {counts}")
    return counts[NONE.name]


def rounds(tshark, sides, capture, filtered, count):
    """The costs of each side, {name: [cost of each round]}."""
    costs = {side.name: [] for side in sides}
    for number in range(count):
        for side in sides if number % 2 == 0 else reversed(sides):
            costs[side.name].append(tshark.read(side, capture, filtered))
    return costs


def ratios(tried, base, what):
    """The median of the ratios of pairs, with the least and the greatest."""
    found = [getattr(t, what) / getattr(b, what) for t, b in zip(tried, base)]
    return f"{median(found):.3f} ({min(found):.3f}..{max(found):.3f})"


def differences(tried, base, what):
    return [getattr(t, what) - getattr(b, what) for t, b in zip(tried, base)]


def added_cpu(costs, name):
    """Seconds of processor time that a side takes more than no plugin."""
    return median(differences(costs[name], costs[NONE.name], "cpu"))


def print_case(case, frames, lines, costs):
    print(f"\n{case.title}: {frames} frames, {lines} printed")
    print(f"{'':10}{'CPU s':>8}  {'ratio (min..max)':24}{'MiB':>6}  {'ratio (min..max)':24}"
          f"{'added us/frame':>14}")
    base = costs[NONE.name]
    for name, tried in costs.items():
        cpu, memory = median(c.cpu for c in tried), median(c.memory for c in tried) / MIB
        more = ("", "", "")
        if tried is not base:
            added = added_cpu(costs, name) / frames * 1e6
            more = (ratios(tried, base, "cpu"), ratios(tried, base, "memory"), f"{added:.2f}")
        print(f"{name:10}{cpu:8.2f}  {more[0]:24}{memory:6.0f}  {more[1]:24}{more[2]:>14}".rstrip())
    for what, target in (("CPU", case.cpu_target), ("memory", case.memory_target)):
        if target is not None:
            print(f"to reach: {what} of the plugin at most {target:.2f}")
    if LUA.name in costs:
        print_against_lua(costs)


def print_against_lua(costs):
    plugin, lua = added_cpu(costs, PLUGIN.name), added_cpu(costs, LUA.name)
    times = f"{lua / plugin:.1f} times as much" if plugin > 0 else "and that can't be measured"
    print(f"added CPU: plugin {plugin:.2f} s, Lua {lua:.2f} s, {times}")


def compare(tshark, sides, folder, runs):
    for case in CASES:
        repeats = -(-FRAMES // captures.frames_in(case.kind))
        capture = captures.provide(folder, case.kind, repeats)
        lines = warm_up(tshark, sides, capture, case.filtered)
        costs = rounds(tshark, sides, capture, case.filtered, runs)
        print_case(case, repeats * captures.frames_in(case.kind), lines, costs)
        sys.stdout.flush()


def print_size(sessions, costs, once):
    """What a session costs. What is paid once, without any session, is taken off."""
    added = differences(costs[PLUGIN.name], costs[NONE.name], "cpu")
    kept = median(differences(costs[PLUGIN.name], costs[NONE.name], "memory"))
    base = Cost(*map(median, zip(*costs[NONE.name])))
    line = f"{sessions:10}{len(added):7}{base.cpu:13.2f}{base.memory / MIB:7.0f}{median(added):9.3f}"
    if sessions:
        each = [(seconds - once.cpu) / sessions * 1e6 for seconds in added]
        low, middle, high = quantiles(each, n=4)
        memory = (kept - once.memory) * 1024 / sessions
        line += f"   {f'{middle:.2f} ({low:.2f}..{high:.2f})':31}{memory:15.0f}"
    print(line, flush=True)
    return Cost(median(added), kept)


def scale(tshark, folder, runs, sizes):
    """What the plugin adds to few and to many sessions. The first of the sizes is 0."""
    print(f"\nMore and more sessions, {captures.SHORT_SESSION_FRAMES} frames each, -Y:")
    print(f"{'sessions':>10}{'pairs':>7}{'no plugin s':>13}{'MiB':>7}{'added s':>9}"
          f"   {'added us/session (quartiles)':31}{'added B/session':>15}")
    once = None
    for sessions, pairs in sizes:
        capture = captures.provide(folder, "short", sessions)
        warm_up(tshark, [NONE, PLUGIN], capture, True)
        costs = rounds(tshark, [NONE, PLUGIN], capture, True, runs * pairs)
        added = print_size(sessions, costs, once)
        once = once or added


def processor():
    """What Linux calls the processor."""
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def main():
    """Reads the command line."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("build", type=Path)
    parser.add_argument("runs", type=int)
    parser.add_argument("--million", action="store_true")
    parser.add_argument("--command", action="store_true")
    options = parser.parse_args()
    folder = options.build / "captures"
    with tempfile.TemporaryDirectory(prefix="smtp-explain.") as scratch:
        tshark = Tshark(options.build / "plugins", Path(scratch))
        sides = check_sides(tshark)
        print(f"{processor()}, {os.cpu_count()} processors; Wireshark {version(tshark)}; "
              f"{options.runs} rounds")
        command.measure(tshark, options.build, folder, options.runs)
        if options.command:
            return
        compare(tshark, sides, folder, options.runs)
        sizes = SIZES + [MILLION] if options.million else SIZES
        scale(tshark, folder, options.runs, sizes)


if __name__ == "__main__":
    main()
