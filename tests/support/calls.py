# SPDX-License-Identifier: GPL-2.0-or-later
"""Calls of the users' tools, also with a program of ours in the place of tshark."""
import os
import re
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOOLS = ROOT / "tools"


def call(tool, *arguments, status=0, **settings):
    """What a tool prints, and what it complains about, as text."""
    done = subprocess.run([TOOLS / tool, *arguments], check=False, stderr=subprocess.PIPE,
                          **{"stdout": subprocess.PIPE, **settings})
    complaints = done.stderr.decode()
    assert done.returncode == status, complaints
    assert not re.search(r"Traceback|^/.*: line \d+", complaints, re.MULTILINE), complaints
    return (done.stdout or b"").decode(), complaints


@contextmanager
def folder_for_all():
    """A folder that every account can write to."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o777)
        yield Path(name)


class Stand:
    """A folder with a script that runs where tshark would, in an environment that finds it."""

    def __init__(self, folder, script):
        self.folder = folder
        self.script = folder / "tshark"
        self.script.write_text(f"#!/bin/bash\ncd '{folder}'\n{script}\n")
        self.script.chmod(0o755)
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.environment = {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}",
                            "TMPDIR": str(self.temporary)}

    def wait_for(self, name):
        for _ in range(300):
            if (self.folder / name).exists():
                return (self.folder / name).read_text()
            time.sleep(0.1)
        raise TimeoutError(name)


@contextmanager
def in_place_of_tshark(script):
    """REAL in the script is the path of tshark."""
    with folder_for_all() as folder:
        yield Stand(folder, script.replace("REAL", shutil.which("tshark")))
