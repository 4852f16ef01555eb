# SPDX-License-Identifier: GPL-2.0-or-later
"""Runs tshark with the plugin, and hands on the lines that one of its statistics prints."""

import re
import subprocess
import tempfile

STATISTIC = "smtp_explain,{}"
# A statistic that prints one line when all was read, and what that begins with. No other line does.
LAST = "smtp_explain,tally"
LAST_BEGINS = b"(("

# What tshark, editcap and smtp-explain say when they have read a capture up to a place, and no
# further.
CUT_SHORT = "cut short"
DAMAGED = "damaged or corrupt"
FOREIGN = "isn't a capture file"
NO_STATISTIC = "Invalid -z argument"
REASON = re.compile("^(?:tshark|editcap|setpriv): (.*)", re.MULTILINE)


def read_lines(command, statistic, show, stdin=None):
    """Calls show(line) for each line, bytes without its end, that the statistic prints. Returns the
    exit status of tshark and what it complained about. That it prints less than all is a failure."""
    complete = False
    words = [*command, "-q", "-z", STATISTIC.format(statistic), "-z", LAST]
    with tempfile.TemporaryFile() as errors:
        with subprocess.Popen(words, stdin=stdin, stdout=subprocess.PIPE, stderr=errors) as tshark:
            try:
                for line in tshark.stdout:
                    if line.startswith(LAST_BEGINS):
                        complete = line.endswith(b")\n")
                    elif line.endswith(b"\n"):
                        show(line[:-1])
            except BaseException:
                tshark.kill()
                raise
        errors.seek(0)
        said = errors.read().decode(errors="replace")
    return with_reason(tshark.returncode, said, complete)


def with_reason(status, words, complete):
    """The exit status and the words, with a reason whenever not all was read."""
    if status < 0:
        reason = f"Wireshark was ended by signal {-status}"
    elif complete or REASON.search(words) or partial(words):
        return status or int(not complete), words
    else:
        reason = "Wireshark stopped before the end"
    return status or 1, f"{words}\ntshark: {reason}"


def partial(words):
    """Do they say that the capture could only be read up to a place?"""
    return CUT_SHORT in words or DAMAGED in words


def complaint(name, words, rest):
    """One line that says what went wrong with the capture, from what tshark or editcap wrote.
    rest says what there is of a capture that could be read up to a place."""
    if CUT_SHORT in words:
        return f"{name}: is cut short; {rest}"
    if DAMAGED in words:
        return f"{name}: is damaged; {rest}"
    if FOREIGN in words:
        return f"{name}: is not a capture that Wireshark can read"
    if NO_STATISTIC in words:
        return f"{name}: this tshark has no plugin smtp_explain, or one of another version"
    lines = REASON.findall(words) or words.splitlines() or ["Wireshark failed and did not say why"]
    return f"{name}: {lines[-1]}"
