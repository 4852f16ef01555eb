# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tshark with the plugin.

Environment: SMTP_EXPLAIN_PLUGIN_DIR, a folder laid out as Wireshark wants it
(DIR/4.0/epan/smtp_explain.so); TSHARK, the program, by default `tshark`.

As root, tshark loads no plugin from there, so it is run as nobody then, on copies that
nobody can read.
"""
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65534
DROP_ROOT = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


class Tshark:
    """tshark, with the plugin folder and with a home of its own."""

    def __init__(self, program, plugins, scratch):
        self.program = program
        self.scratch = scratch
        self.root = os.geteuid() == 0
        self.home = self.folder("home", NOBODY if self.root else os.geteuid())
        self.plugins = self.readable(plugins)
        self.none = self.folder("no-plugins", os.geteuid())
        self.copies = self.folder("captures", os.geteuid())

    def folder(self, name, owner):
        path = self.scratch / name
        path.mkdir()
        os.chown(path, owner, -1)
        return path

    def readable(self, folder):
        """The folder, or a copy of it that nobody can read."""
        if not self.root:
            return folder
        return Path(shutil.copytree(folder, self.scratch / "plugins"))

    def copy(self, capture):
        """A copy of the capture, or of another file, that nobody can read."""
        copy = self.copies / capture.parent.name / capture.name
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(capture, copy)
            copy.chmod(0o644)
        return copy

    def command(self, program, *arguments, plugin=True):
        """How to call a program of Wireshark's."""
        plugins = self.plugins if plugin else self.none
        settings = ["env", f"HOME={self.home}", f"WIRESHARK_PLUGIN_DIR={plugins}"]
        return (DROP_ROOT if self.root else []) + settings + [program, *arguments]

    def call(self, *arguments, plugin=True):
        """The standard output of tshark; a failure or a complaint fails the test."""
        command = self.command(self.program, *arguments, plugin=plugin)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        complaints = ("CRITICAL", "WARNING", "ERROR", "Dissector bug")
        assert not [word for word in complaints if word in done.stderr], done.stderr
        return done.stdout

    def read(self, capture, *arguments, plugin=True):
        """What tshark says about that capture."""
        return self.call("-n", "-r", str(self.copy(capture)), *arguments, plugin=plugin)


@contextmanager
def tshark_with_plugin():
    """A Tshark that has the plugin, or no test at all."""
    plugins = os.environ.get("SMTP_EXPLAIN_PLUGIN_DIR")
    assert plugins, "SMTP_EXPLAIN_PLUGIN_DIR is not set"
    with tempfile.TemporaryDirectory() as scratch:
        Path(scratch).chmod(0o755)
        runner = Tshark(os.environ.get("TSHARK", "tshark"), Path(plugins), Path(scratch))
        loaded = runner.call("-G", "plugins")
        assert "smtp_explain.so" in loaded, f"the plugin in {plugins} was not loaded"
        yield runner
