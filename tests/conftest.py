# SPDX-License-Identifier: GPL-2.0-or-later
"""What all tests with tshark share."""
import os

import pytest
from pcap import SHARED
from runner import tshark_with_plugin

# What is expected is English, whatever whoever tests it reads.
os.environ.update(LC_ALL="C.UTF-8", LANGUAGE="")

WITHOUT_SHARED = "../shared/captures is not there: the tests with captures of others are left out"


def pytest_collection_modifyitems(items):
    """Without the captures of others, one test stands for all that need them, and says so."""
    if not SHARED.is_dir():
        needing = [item for item in items if item.get_closest_marker("shared")]
        for item in needing[:1]:
            item.add_marker(pytest.mark.skip(reason=WITHOUT_SHARED))
        items[:] = [item for item in items if item not in needing[1:]]


@pytest.fixture(scope="session")
def tshark():
    """A Tshark that has the plugin, or no test at all."""
    with tshark_with_plugin() as runner:
        yield runner
