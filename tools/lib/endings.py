# SPDX-License-Identifier: GPL-2.0-or-later
"""How the programs of this folder end: with a status, and with a reason on one line."""

import os
import signal
import sys

from names import printable, quoted


class Problem(Exception):
    """Why there is no result, in words for the user."""


STOPS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop(number, _frame):
    # Another one, of a parent that ends too, must not break off the cleaning up.
    for each in STOPS:
        signal.signal(each, signal.SIG_IGN)
    sys.exit(128 + number)


def complain(tool, words):
    print(f"{tool}: {printable(words)}", file=sys.stderr, flush=True)


def abandon_output():
    """What is still in the buffer would fail again when Python ends."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def run(tool, main):
    """Ends the process with the status that main() returns."""
    for number in STOPS:
        signal.signal(number, stop)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")
    try:
        status = main()
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader, head for example, has seen enough.
        abandon_output()
        status = 0
    except Problem as problem:
        complain(tool, str(problem))
        status = 1
    except OSError as error:
        abandon_output()
        name = error.filename2 or error.filename
        name = "standard output" if name is None else quoted(name)
        complain(tool, f"{name}: {error.strerror}")
        status = 1
    sys.exit(status)
