# SPDX-License-Identifier: GPL-2.0-or-later
"""An account without rights. As root, Wireshark loads no plugin from anywhere but its own folder."""
import os

IS_ROOT = os.geteuid() == 0
NOBODY = 65534
# For subprocess, so that a program isn't run as root.
ACCOUNT = {"user": NOBODY, "group": NOBODY, "extra_groups": []} if IS_ROOT else {}


def give(path):
    """Makes that account the owner."""
    if IS_ROOT:
        os.chown(path, NOBODY, NOBODY)
