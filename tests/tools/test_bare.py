# SPDX-License-Identifier: GPL-2.0-or-later
"""What is said where packages are missing: how much will be fetched, and who can install it."""
import os
import subprocess

import pytest
from calls import ROOT, folder_for_all
from nobody import ACCOUNT

MISSING = ("no-such-program", "nor-that-one")
# Only root may ask apt-get what an installation would take.
APT_GET = """[ "$AS_ROOT" ] || { echo 'E: Could not open lock file' >&2; exit 100; }
case "$*" in *--assume-no*) echo 'Need to get 12.5 MB of archives.'
    echo 'After this operation, 34.0 MB of additional disk space will be used.'; exit 1;; esac"""
MAY = '[ "$1" = -v ] || AS_ROOT=1 "$@"'
MAY_NOT = "echo 'anna is not in the sudoers file.' >&2; exit 1"


@pytest.fixture(name="install")
def fixture_install():
    """Installs what is missing as a user with that sudo, or with none."""
    with folder_for_all() as folder:
        def program(name, script):
            (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
            (folder / name).chmod(0o755)

        def install(sudo):
            program("apt-get", APT_GET)
            for name in ("bash", "dirname", "env", "sed", "paste", "mktemp", "rm", "cat"):
                program(name, f'exec /usr/bin/{name} "$@"')
            if sudo:
                program("sudo", sudo)
            library = (ROOT / "tools/lib/lib.sh").read_text(encoding="utf-8")
            script = (ROOT / "tools/lib/script.sh").read_text(encoding="utf-8")
            (folder / "lib.sh").write_text(library, encoding="utf-8")
            (folder / "script.sh").write_text(script, encoding="utf-8")
            done = subprocess.run(
                ["/bin/bash", "-euo", "pipefail", "-c",
                 f'source {folder}/lib.sh; make_scratch; install_packages "$@"', "tool", *MISSING],
                env={**os.environ, "PATH": str(folder), "TMPDIR": str(folder)}, check=False,
                capture_output=True, text=True, cwd=folder, **ACCOUNT)
            return done.returncode, done.stderr.splitlines()
        yield install


def test_size_is_said_to_who_uses_sudo(install):
    status, (first, size) = install(MAY)
    assert status == 0
    assert first == "Installing no-such-program nor-that-one"
    assert size == "12.5 MB to fetch, 34.0 MB on the disk"


@pytest.mark.parametrize("sudo", [None, MAY_NOT], ids=["no sudo", "not allowed"])
def test_who_can_install(install, sudo):
    """The command for root works as it is said, on a system that has never fetched lists, too."""
    status, complaints = install(sudo)
    assert status == 1
    assert complaints[-1].startswith("tool: ")
    assert complaints[-1].endswith("as root, run: apt-get update && apt-get install "
                                   "--no-install-recommends no-such-program nor-that-one")
    assert complaints[:-1] == ([MAY_NOT.split("'")[1]] if sudo else [])
