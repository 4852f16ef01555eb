# SPDX-License-Identifier: GPL-2.0-or-later
"""Who may read what the tools make of a capture: never more than may read the capture."""
import errno
import os
import shutil
import struct
import subprocess
import sys

import nobody
import pytest
from calls import TOOLS, call, folder_for_all, in_place_of_tshark
from pcap import PCAPS

GROUP, OTHER_GROUP = 20001, 20002
ACCESS, DEFAULT = "system.posix_acl_access", "system.posix_acl_default"
as_root = pytest.mark.skipif(not nobody.IS_ROOT, reason="only root can change groups")


@pytest.fixture(autouse=True)
def folder():
    """Two folders in one that all may enter, and a capture in the first."""
    old = os.umask(0o022)
    with folder_for_all() as path:
        for name in ("from", "to"):
            (path / name).mkdir()
        shutil.copyfile(PCAPS / "211-help.pcap", path / "from" / "own")
        yield path
    os.umask(old)


def acl(group, other):
    """An access list with a named user, who may read."""
    entries = [(0x01, 6, -1), (0x02, 4, 20003), (0x04, group, -1), (0x10, 4, -1), (0x20, other, -1)]
    return struct.pack("<I", 2) + b"".join(struct.pack("<HHi", *entry) for entry in entries)


def give_acl(path, kind, value):
    try:
        os.setxattr(path, kind, value)
    except OSError as error:
        if error.errno != errno.ENOTSUP:
            raise
        pytest.skip("this file system has no access lists")


def mode(path):
    return path.stat().st_mode & 0o7777


def copied(folder, place="to"):
    copy = folder / place / "copy"
    call("annotate", folder / "from" / "own", "-o", copy)
    return mode(copy)


@as_root
@pytest.mark.parametrize("capture, group, due", [
    (0o640, GROUP, 0o640),
    (0o640, OTHER_GROUP, 0o600),  # others than may read the capture are in that one
    (0o644, OTHER_GROUP, 0o644),
    (0o604, GROUP, 0o604),
    (0o604, OTHER_GROUP, 0o600),  # those who may not are in neither
    (0o664, OTHER_GROUP, 0o644),
    (0o600, GROUP, 0o600),
])
@pytest.mark.parametrize("setgid", [True, False])
def test_group_of_the_copy(folder, capture, group, due, setgid):
    """It is that of the folder, or ours."""
    os.chown(folder / "from" / "own", -1, GROUP)
    os.chmod(folder / "from" / "own", capture)
    if setgid:
        os.chown(folder / "to", -1, group)
        os.chmod(folder / "to", 0o2755)
        assert copied(folder) == due
    elif group == OTHER_GROUP:
        assert copied(folder) == due


@as_root
def test_group_without_umask(folder):
    os.umask(0)
    os.chown(folder / "from" / "own", -1, GROUP)
    os.chmod(folder / "from" / "own", 0o660)
    assert copied(folder) == 0o600


@pytest.mark.parametrize("around, place, due", [
    (0o700, "to", 0o600),
    (0o710, "to", 0o640),
    (0o711, "to", 0o644),
    (0o700, "from", 0o644),  # the folder hides both
])
def test_folder_that_hides_the_capture(folder, around, place, due):
    os.chmod(folder / "from", around)
    assert copied(folder, place) == due


@pytest.mark.parametrize("group, other", [(0, 0), (0, 4), (4, 4)])
def test_access_list_of_the_capture(folder, group, other):
    """What the mode shows for the group is then the most that anyone named gets."""
    give_acl(folder / "from" / "own", ACCESS, acl(group, other))
    assert copied(folder) == 0o600


def test_access_list_that_the_folder_hands_on(folder):
    give_acl(folder / "to", DEFAULT, acl(4, 0))
    os.chmod(folder / "from" / "own", 0o640)
    copied(folder)
    assert ACCESS not in os.listxattr(folder / "to" / "copy")


def test_copy_of_what_came_through_a_pipe(folder):
    with open(PCAPS / "211-help.pcap", "rb") as stream, subprocess.Popen(
            ["cat"], stdin=stream, stdout=subprocess.PIPE) as cat:
        call("annotate", "-", "-o", folder / "to" / "copy", stdin=cat.stdout)
    assert mode(folder / "to" / "copy") == 0o600


def test_copy_that_takes_the_place_of_a_readable_file(folder):
    (folder / "to" / "copy").write_text("for all")
    os.chmod(folder / "from" / "own", 0o600)
    call("annotate", folder / "from" / "own", "-f", "-o", folder / "to" / "copy")
    assert mode(folder / "to" / "copy") == 0o600


@pytest.mark.parametrize("form", ["tsv", "json"])
@pytest.mark.parametrize("capture", [0o600, 0o640, 0o644])
def test_results(folder, capture, form):
    os.chmod(folder / "from" / "own", capture)
    call("annotate-many", "from", *(["--json"] if form == "json" else []), cwd=folder)
    results = folder / "annotated" / "results"
    assert (results / f"0000001.{form}").stat().st_size > 100
    assert {mode(path) for path in results.iterdir()} == {capture}


def test_results_of_a_capture_in_a_hidden_folder(folder):
    os.chmod(folder / "from", 0o700)
    call("annotate-many", "from", cwd=folder)
    assert {mode(path) for path in (folder / "annotated" / "results").iterdir()} == {0o600}


def test_reason_for_no_result(folder):
    os.chmod(folder / "from" / "own", 0o600)
    (folder / "from" / "own").write_bytes((PCAPS / "211-help.pcap").read_bytes()[:-7])
    call("annotate-many", "from", cwd=folder, status=1)
    assert {mode(path) for path in (folder / "annotated" / "results").iterdir()} == {0o600}


# ---------------------------------------------------------------------------- while it works

STALLED = "touch stalled; exec sleep 60"


@pytest.fixture
def stalled():
    with in_place_of_tshark(STALLED) as stand:
        yield stand


def stop(run):
    run.terminate()
    run.communicate(timeout=30)


def try_all(script, *paths):
    """Runs a line of Python for each file there as the account of tshark; returns what it got."""
    done = subprocess.run([sys.executable, "-c", TRY.format(script), *map(str, paths)],
                          capture_output=True, text=True, check=True, **nobody.ACCOUNT)
    return done.stdout.splitlines()


TRY = """
import os, sys
for root in sys.argv[1:]:
    for folder, _, names in os.walk(root):
        for name in names:
            path = os.path.join(folder, name)
            try:
                {}
            except OSError:
                continue
            print(path)
"""


@as_root
@pytest.mark.parametrize("words", [["own"], ["own", "-o", "copy"]], ids=["text", "copy"])
def test_capture_through_proc(folder, stalled, words):
    """Even one that all may read, in a folder that they may not enter, and what is made of it."""
    os.chmod(folder / "from", 0o700)
    with subprocess.Popen([TOOLS / "annotate", *words], cwd=folder / "from", stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=stalled.environment) as run:
        stalled.wait_for("stalled")
        processes = subprocess.check_output(["pgrep", "-u", str(nobody.NOBODY), "-x", "sleep"],
                                            text=True).split()
        found = try_all("open(path, 'rb').read(1)", *(f"/proc/{pid}/fd" for pid in processes),
                        *(f"/proc/{pid}/cwd/" for pid in processes))
        stop(run)
    assert processes
    assert not [path for path in found if path.startswith("/proc") and "/fd/" in path]


@as_root
def test_scratch_files(folder, stalled):
    """Another account can read the plugin there, and nothing else."""
    os.chmod(folder / "from" / "own", 0o600)
    with subprocess.Popen([TOOLS / "annotate-many", "from"], cwd=folder, stdout=subprocess.PIPE,
                          stderr=subprocess.PIPE, env=stalled.environment) as run:
        stalled.wait_for("stalled")
        found = try_all("open(path, 'rb').read(1)", stalled.temporary,
                        folder / "annotated" / "results")
        stop(run)
    assert {os.path.basename(path) for path in found} == {"smtp_explain.so", "smtp-explain.mo"}
