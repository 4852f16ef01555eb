# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests with tshark share."""
import pytest
from runner import tshark_with_plugin


@pytest.fixture(scope="session")
def tshark():
    """A Tshark that has the plugin, or no test at all."""
    with tshark_with_plugin() as runner:
        yield runner
