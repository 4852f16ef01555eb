# SPDX-License-Identifier: GPL-2.0-or-later
"""What passes over loopback, recorded with tcpdump."""
import secrets
import signal
import socket
import subprocess
import time
from contextlib import contextmanager

from service import HOST

ATTEMPTS = 100
PAUSE = 0.1
# In this mode each packet takes as much of the buffer as the longest would. On a busy machine the
# default, which holds eight of them, is not enough.
SNAP_LENGTH = "70000"
BUFFER_KIB = "131072"


def wait_for_the_last_packet(path, port):
    """Sends a packet that can be told from others, and waits until it is in the file. Those that
    went before it are there, too, then."""
    mark = secrets.token_bytes(16)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(mark, (HOST, port))
    for _ in range(ATTEMPTS):
        if mark in path.read_bytes():
            return
        time.sleep(PAUSE)
    raise RuntimeError("tcpdump does not see what is sent")


@contextmanager
def recording(path, *ports):
    """Records these TCP ports into this file until the block ends."""
    wanted = " or ".join([f"tcp port {port}" for port in ports] + [f"udp port {ports[0]}"])
    everything = path.with_suffix(".all")
    command = ["setpriv", "--pdeathsig", "KILL"]  # if nobody is left to stop it
    command += ["tcpdump", "-i", "lo", "--immediate-mode", "-U", "-Z", "root", "-w", everything]
    command += ["-s", SNAP_LENGTH, "-B", BUFFER_KIB]
    command += [wanted]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tcpdump:
        try:
            said = tcpdump.stderr.readline()
            if "listening on" not in said:
                raise RuntimeError(f"tcpdump: {said}")
            yield
            wait_for_the_last_packet(everything, ports[0])
        finally:
            tcpdump.send_signal(signal.SIGINT)
            said = tcpdump.stderr.read()
    if "\n0 packets dropped" not in said:
        raise RuntimeError(f"tcpdump lost packets: {said}")
    command = ["tcpdump", "-Z", "root", "-r", everything, "-w", path, "tcp"]
    subprocess.run(command, check=True, capture_output=True)
    everything.unlink()
