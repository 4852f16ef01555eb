# SPDX-License-Identifier: GPL-2.0-or-later
"""Debian packages that are unpacked, not installed.

Postfix, Exim and OpenSMTPD exclude each other, and a machine that runs a test should keep its own
mail server. So the packages are fetched with what they depend on and is missing here, and unpacked
into a folder that view.sh lays over the system.
"""
import os
import subprocess
from pathlib import Path

APT = ["apt-get", "-q", "-y", "-o", "DPkg::Lock::Timeout=300"]
FIRST_ID = 64100  # of the users that the packages' own scripts would make
USER_LINES = {"passwd": "{0}:x:{1}:{1}::/nonexistent:/bin/false", "group": "{0}:x:{1}:"}

# Names are looked up in these files only: a server must not wait for a name server.
HOSTS = "127.0.0.1 localhost\n"
NSSWITCH = "passwd: files\ngroup: files\nshadow: files\nhosts: files\n"


class Unavailable(Exception):
    """A package can't be had."""


def apt_get(*arguments):
    """Runs apt-get: (did it do what was asked?, what it said)."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            [*APT, *arguments],
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except FileNotFoundError as error:
        raise Unavailable("there is no apt-get here") from error
    return done.returncode == 0, done.stdout + done.stderr


def download(names, folder):
    """Fetches those packages and what they need, and installs nothing."""
    (folder / "partial").mkdir(parents=True)
    command = ["-o", f"Dir::Cache::archives={folder}", "install", "--download-only", "--reinstall"]
    command += ["--no-install-recommends", *names]
    good, said = apt_get(*command)
    if not good:  # the package lists may be old or absent
        apt_get("update")
        good, said = apt_get(*command)
    if not good:
        raise Unavailable(said)
    return sorted(folder.glob("*.deb"))


def unpack(archive, folder):
    """Unpacks a package. Where its files are in /lib, they are to be in /usr/lib."""
    with subprocess.Popen(
        ["dpkg-deb", "--fsys-tarfile", archive], stdout=subprocess.PIPE
    ) as contents:
        subprocess.run(
            ["tar", "-x", "--keep-directory-symlink", "-C", folder],
            stdin=contents.stdout,
            check=True,
        )
    if contents.returncode:
        raise Unavailable(f"{archive} can't be unpacked")


def add_users(names, etc):
    """Copies of the system's lists of users and groups, with these in addition."""
    for file, line in USER_LINES.items():
        lines = Path("/etc", file).read_text(encoding="utf-8").splitlines()
        known = {entry.split(":")[0] for entry in lines}
        for number, name in enumerate(names, start=FIRST_ID):
            if name not in known:
                lines.append(line.format(name, number))
        (etc / file).write_text("\n".join(lines) + "\n", encoding="utf-8")


def unpacked(names, users, folder):
    """A folder with these packages, laid out as a Debian system is."""
    archives = download(names, folder / "archives")
    system = folder / "system"
    for name in ("bin", "sbin", "lib"):
        (system / "usr" / name).mkdir(parents=True)
        (system / name).symlink_to(f"usr/{name}")
    for archive in archives:
        unpack(archive, system)
    etc = system / "etc"
    etc.mkdir(exist_ok=True)
    add_users(users, etc)
    (etc / "hosts").write_text(HOSTS, encoding="utf-8")
    (etc / "nsswitch.conf").write_text(NSSWITCH, encoding="utf-8")
    return system
