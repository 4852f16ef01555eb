# SPDX-License-Identifier: GPL-2.0-or-later
"""The sides that the benchmark compares: tshark without the plugin, with it, and with a Lua script.

What a reading costs is what the operating system accounts for tshark when it ends: processor time
(user and system), and the most memory that it had at a time.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import namedtuple
from pathlib import Path

from nobody import ACCOUNT, give

HERE = Path(__file__).parent

# filter: the display filter that this side reads the capture with, if with one.
Side = namedtuple("Side", "name plugins filter options")
NONE = Side("no plugin", "none", "smtp.response.code == 235", [])
PLUGIN = Side("plugin", "plugin", "smtp_explain.code == 235", [])
LUA = Side("Lua", "none", "smtp_explain_lua.code == 235", ["-X", "lua_script:{scratch}/explain.lua"])

# Seconds, and KiB.
Cost = namedtuple("Cost", "cpu memory")


class Tshark:
    """tshark as each side has it. As root it is run as nobody, who may not be able to read the source
    tree: plugins are copied, and the capture is opened here."""

    def __init__(self, plugins, scratch):
        self.program = shutil.which("tshark")
        self.scratch = scratch
        shutil.copytree(plugins, scratch / "plugin")
        shutil.copy(HERE / "explain.lua", scratch)
        (scratch / "none").mkdir()
        (scratch / "home").mkdir()
        for path in (scratch, *scratch.rglob("*")):
            path.chmod(0o755)
        give(scratch / "home")

    def start(self, side, *arguments, program=None, **streams):
        environment = {
            "PATH": os.environ["PATH"],
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.scratch / "home"),
            "WIRESHARK_PLUGIN_DIR": str(self.scratch / side.plugins),
        }
        command = [program or self.program, *arguments]
        return subprocess.Popen(command, env=environment, **streams, **ACCOUNT)

    def ask(self, *arguments, side=NONE):
        """What tshark writes."""
        with self.start(side, *arguments, stdout=subprocess.PIPE, text=True) as process:
            return process.stdout.read()

    def read(self, side, capture, filtered, output=subprocess.DEVNULL):
        """Reads a capture; the cost of that."""
        options = [option.format(scratch=self.scratch) for option in side.options]
        arguments = ["-n", "-r", "-", *options] + (["-Y", side.filter] if filtered else [])
        with open(capture, "rb") as source:
            process = self.start(side, *arguments, stdin=source, stdout=output)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            sys.exit(f"bench: tshark ({side.name}) ended with status {process.returncode}")
        return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)

    def lines(self, side, capture, filtered):
        """The number of lines that such a reading prints."""
        with tempfile.TemporaryFile(dir=self.scratch) as output:
            self.read(side, capture, filtered, output)
            output.seek(0)
            return sum(1 for _ in output)


def check_sides(tshark):
    """Without this, a plugin that doesn't load would cost nothing. The sides; Lua is one of them
    if this tshark has it."""
    for side in (NONE, PLUGIN):
        if ("smtp_explain.so" in tshark.ask("-G", "plugins", side=side)) != (side is PLUGIN):
            sys.exit(f"bench: wrong plugins are loaded for the side '{side.name}'")
    if re.search(r"Lua\s+\d", tshark.ask("-v")):
        return [NONE, PLUGIN, LUA]
    print("This tshark has no Lua: that comparison is left out.")
    return [NONE, PLUGIN]


def version(tshark):
    """The version of Wireshark."""
    return re.search(r"\d+(\.\d+)+", tshark.ask("-v")).group()
