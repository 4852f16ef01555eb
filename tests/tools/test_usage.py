# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tools have in common: they say how they are called."""
import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = [path for folder in ("tools", "tools/dev") for path in sorted((ROOT / folder).iterdir())
         if path.is_file() and os.access(path, os.X_OK)]


@pytest.mark.parametrize("tool", TOOLS, ids=lambda path: path.name)
def test_help(tool):
    done = subprocess.run([tool, "--help"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"usage: {tool.relative_to(ROOT)}")
