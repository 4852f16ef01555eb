# SPDX-License-Identifier: GPL-2.0-or-later
"""smtp-explain -i: what happens on an interface, here loopback, and the report at Ctrl-C."""
import json
import os
import select
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path

import pytest
from nobody import IS_ROOT, NOBODY

RIGHTS = "+net_raw,+net_admin"
# As nobody, since root's tshark wouldn't load the plugin, but with the right to capture.
UNPRIVILEGED = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups",
                f"--inh-caps={RIGHTS}", f"--ambient-caps={RIGHTS}"]
REPLIES = {"EHLO": "250-mx.example.test\r\n250 AUTH PLAIN\r\n", "QUIT": "221 Bye\r\n",
           "AUTH": "535 5.7.8 Error: authentication failed\r\n"}
pytestmark = pytest.mark.skipif(not IS_ROOT, reason="only root may hand on the right to capture")


@pytest.fixture(name="program", scope="module")
def fixture_program(tshark):
    program = shutil.copy(Path(tshark.built).parent / "bin" / "smtp-explain", tshark.scratch)
    os.chmod(program, 0o755)
    return program


@contextmanager
def listening(tshark, program, *words):
    """The command, once it captures; in a group of its own, as a shell would start it."""
    environment = {**os.environ, "HOME": str(tshark.home), "TZ": "UTC",
                   "WIRESHARK_PLUGIN_DIR": str(tshark.plugins)}
    with subprocess.Popen([*UNPRIVILEGED, program, "-i", "lo", *words], env=environment, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True,
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)) as run:
        first = run.stderr.readline()
        if "Capturing on" not in first or run.poll() is not None:
            run.wait(30)
            pytest.skip("nothing can be captured here: " + first.strip())
        yield run


def wait_for_packets(run, server):
    """tshark says that it captures before it does: so there are sessions until one is seen."""
    for _ in range(100):
        talk(server)
        if select.select([run.stdout], [], [], 0.3)[0]:
            return
    raise TimeoutError("nothing is captured")


def serve(listener):
    connection, _ = listener.accept()
    with connection, connection.makefile("rwb") as stream:
        stream.write(b"220 mx.example.test ESMTP\r\n")
        stream.flush()
        for line in stream:
            stream.write(REPLIES.get(line[:4].decode(), "250 ok\r\n").encode())
            stream.flush()


def talk(listener):
    """A session with a login that is refused."""
    server = threading.Thread(target=serve, args=[listener])
    server.start()
    with socket.create_connection(listener.getsockname()) as client:
        stream = client.makefile("rwb")
        stream.readline()
        for line in ("EHLO client.example.test", "AUTH PLAIN AGEAYg==", "QUIT"):
            stream.write(line.encode() + b"\r\n")
            stream.flush()
            while stream.readline()[3:4] == b"-":
                pass
        stream.close()
    server.join()


@pytest.fixture(name="listener")
def fixture_listener():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def stop(run):
    os.killpg(run.pid, signal.SIGINT)
    return run.communicate(timeout=60)


def test_replies_as_they_come_and_a_report(tshark, program, listener):
    port = str(listener.getsockname()[1])
    with listening(tshark, program, "--smtp-port", port) as run:
        wait_for_packets(run, listener)
        said, complaint = stop(run)
    assert run.returncode == 0, complaint
    replies, _, report = said.partition("\nlo: ")
    assert '535 5.7.8 "Error: authentication failed"\n   Login refused: bad credentials' in replies
    assert "session" in report.splitlines()[0] and "had problems" in report.splitlines()[0]
    assert "1  Login refused: bad credentials" in report and "--all" not in report
    assert "-z smtp_explain" not in report


def test_records_as_they_come(tshark, program, listener):
    port = str(listener.getsockname()[1])
    with listening(tshark, program, "--json", "--smtp-port", port) as run:
        wait_for_packets(run, listener)
        said, complaint = stop(run)
    assert run.returncode == 0, complaint
    codes = [json.loads(line)["code"] for line in said.splitlines()]
    assert {220, 250, 535, 221} <= set(codes)


def test_interface_that_is_none(tshark, program):
    done = tshark.attempt(program, "-i", "no-such-interface")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("smtp-explain: no-such-interface: ")


def test_interface_without_the_plugin(tshark, program):
    done = tshark.attempt(program, "-i", "lo", plugin=False)
    assert done.returncode == 1
    assert done.stderr.startswith("smtp-explain: lo: this tshark has no plugin smtp_explain")
