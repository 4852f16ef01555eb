# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests of the tools share."""
import pytest
from calls import call


@pytest.fixture(scope="session", autouse=True)
def built():
    """So that no test waits for the build, or sees it."""
    call("annotate")
