# SPDX-License-Identifier: GPL-2.0-or-later
"""annotate.py FORMAT CAPTURE OPTION... -- PROGRAM...: prints what the plugin says about a capture.

Runs the program, which reads the capture (- for standard input) from standard input. For the eye
(text) that is smtp-explain, with its options. For programs it is tshark, and a row of a table (tsv)
or a line of JSON (json) is printed for each reply, into a file, which is made no more readable than
the capture. Ends with status 3 if that can't be written. Started by tools/annotate and
tools/annotate-many.
"""

import errno
import os
import signal
import subprocess
import sys

import endings
import source
from names import quoted
from reading import CUT_SHORT, complaint, partial, read_lines

TSHARK_OPTIONS = ["-n", "-r", "-"]
TITLE = "SMTP_EXPLAIN_TITLE"
IN_FILE = "the result holds what could be read of it"
SHOWN = "what could be read of it is shown above"
# Of smtp-explain, when it is given one capture.
READ_PART = "; what could be read of it is shown"
OUTPUT_FAILED = "standard output: "


def print_for_programs(form, name, command):
    """Returns a list of complaints."""
    def show(line):
        sys.stdout.buffer.write(line + b"\n")

    status, words = read_lines(command + TSHARK_OPTIONS, form, show)
    if source.is_cut_unseen(command[:-1]):
        words += CUT_SHORT
    return [complaint(name, words, IN_FILE)] if status != 0 or partial(words) else []


def print_for_the_eye(capture, options, command):
    """The same. What is printed goes where ours would go."""
    title = "standard input" if capture == "-" else quoted(os.path.basename(os.fsencode(capture)))
    environment = {**os.environ, TITLE: title}
    with subprocess.Popen([*command, *options, "-"], env=environment,
                          stderr=subprocess.PIPE) as program:
        try:
            words = program.stderr.read().decode(errors="replace")
        except BaseException:
            program.kill()
            raise
    said = [line.removeprefix("smtp-explain: ").removeprefix(f"{title}: ")
            for line in words.splitlines()]
    if program.returncode == -signal.SIGPIPE:
        raise BrokenPipeError
    if OUTPUT_FAILED in words:
        raise OSError(errno.ENOSPC, words.partition(OUTPUT_FAILED)[2].strip())
    if program.returncode < 0:
        said.append(f"smtp-explain was ended by signal {-program.returncode}")
    elif program.returncode != 0 and not said:
        said.append("smtp-explain failed and did not say why")
    if not said and source.is_cut_unseen(command[:-1]):
        said.append(f"is {CUT_SHORT}{READ_PART}")
    return [f"{source.title(capture)}: {line.replace(READ_PART, f'; {SHOWN}')}" for line in said]


def main():
    form, name, *words = sys.argv[1:]
    options, command = words[:words.index("--")], words[words.index("--") + 1:]
    for_the_eye = form == "text"
    source.take(name, plain=not for_the_eye)
    watch = source.Watch()
    if for_the_eye:
        problems = print_for_the_eye(name, options, command)
    else:
        source.restrict_output("results")
        problems = print_for_programs(form, source.title(name), command)
    if watch.changed():
        problems.append(f"{source.title(name)}: {source.CHANGED}; "
                        f"{SHOWN if for_the_eye else IN_FILE}")
    sys.stdout.flush()
    for problem in problems:
        endings.complain("annotate", problem)
    return 1 if problems else 0


if __name__ == "__main__":
    endings.run("annotate", main)
