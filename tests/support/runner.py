# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tshark with the plugin.

Environment: SMTP_EXPLAIN_PLUGIN_DIR, a folder laid out as Wireshark wants it
(DIR/4.0/epan/smtp_explain.so); TSHARK, the program, by default `tshark`.

As root it is run as nobody, on copies that nobody can read.
"""
import json
import os
import shutil
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path

import pytest
from nobody import ACCOUNT, IS_ROOT, give


class Tshark:
    """tshark, with the plugin folder and with a home of its own."""

    def __init__(self, program, plugins, scratch):
        self.program = program
        self.built = plugins
        self.scratch = scratch
        self.home = self.folder("home")
        give(self.home)
        self.plugins = self.readable(plugins)
        self.none = self.folder("no-plugins")
        self.copies = self.folder("captures")

    def folder(self, name):
        path = self.scratch / name
        path.mkdir()
        return path

    def readable(self, folder):
        """The folder, or a copy of it that nobody can read."""
        return Path(shutil.copytree(folder, self.scratch / "plugins")) if IS_ROOT else folder

    def copy(self, capture):
        """A copy of the capture, or of another file, that nobody can read."""
        copy = self.copies / capture.parent.name / capture.name
        if not copy.exists():
            copy.parent.mkdir(exist_ok=True)
            shutil.copyfile(capture, copy)
            copy.chmod(0o644)
        return copy

    def attempt(self, program, *arguments, plugin=True, **settings):
        """Runs a program that knows the plugin."""
        plugins = self.plugins if plugin else self.none
        environment = {**os.environ, "HOME": str(self.home), "WIRESHARK_PLUGIN_DIR": str(plugins)}
        return subprocess.run([program, *arguments], env=environment, capture_output=True,
                              text=True, check=False, **ACCOUNT, **settings)

    def begin(self, program, *arguments, **settings):
        """Starts a program that knows the plugin."""
        environment = {**os.environ, "HOME": str(self.home),
                       "WIRESHARK_PLUGIN_DIR": str(self.plugins)}
        return subprocess.Popen([program, *arguments], env=environment, **ACCOUNT, **settings)

    def run(self, program, *arguments, plugin=True, **settings):
        """Runs a program of Wireshark's; a failure fails the test."""
        done = self.attempt(program, *arguments, plugin=plugin, **settings)
        assert done.returncode == 0, done.stderr
        return done

    def call(self, *arguments, plugin=True):
        """The standard output of tshark; a complaint fails the test, too."""
        done = self.run(self.program, *arguments, plugin=plugin)
        complaints = ("CRITICAL", "WARNING", "ERROR", "Dissector bug")
        assert not [word for word in complaints if word in done.stderr], done.stderr
        return done.stdout

    def read(self, capture, *arguments, plugin=True):
        """What tshark says about that capture."""
        return self.call("-n", "-r", str(self.copy(capture)), *arguments, plugin=plugin)

    def sharkd(self, *requests):
        """What sharkd, which comes with tshark and dissects as the GUI does (once all, then what is
        asked for), answers to (method, params) requests."""
        sharkd = Path(shutil.which(self.program)).with_name("sharkd")
        if not sharkd.exists():
            pytest.skip("there is no sharkd beside tshark")
        lines = [
            json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params}) + "\n"
            for number, (method, params) in enumerate(requests, 1)
        ]
        done = self.run(sharkd, "-", input="".join(lines))
        return [json.loads(line)["result"] for line in done.stdout.splitlines() if line]


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
