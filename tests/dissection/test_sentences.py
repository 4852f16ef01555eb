# SPDX-License-Identifier: GPL-2.0-or-later
"""The findings of what never came and what is not what it seems, as a user reads them: who acted, in which
frame, and who has to do what."""
import xml.etree.ElementTree as ET

import pytest
from details import EXPERT, Frame
from pcap import PCAPS

PASSES = pytest.mark.parametrize("passes", [(), ("-2",)], ids=["one-pass", "two-pass"])

# capture: {frame: [(finding, what its sentence has to say, ...)]}, and nothing else of these findings
SAID = {
    "slow-replies": {
        4: [("slow_reply", "took 20.0 s to greet", "wait 5 minutes")],
        8: [("slow_reply", "took 12.5 s to answer MAIL in frame 7", "wait 5 minutes")],
        12: [("slow_reply", "took 11.0 s to answer NOOP in frame 11. Look for")],
        16: [("slow_reply", "took 75.0 s to answer the end of the message in frame 15",
              "wait 10 minutes")],
    },
    "slow-client": {},
    "early-talker": {
        4: [("early_talker", "The client sent EHLO before the server's greeting",
             "client must wait for the 220")],
    },
    "pipelining-not-offered": {
        7: [("early_talker", "The client sent RCPT without waiting", "does not offer PIPELINING")],
    },
    "pipelining": {},
    "lmtp-two-recipients": {},
    "byte-by-byte": {},
    "client-side-only": {},
    "server-side-only": {},
    "start-mid-session": {},
    "start-mid-message": {},
    "retransmitted-command-with-more": {},
    "out-of-order-commands": {},
    "lost-command-segment": {},
    "two-sessions-port-reuse": {},
    "line-without-cr": {
        5: [("line_without_cr", "The client ends EHLO with LF alone", "Set the client to CR LF")],
    },
    "proxy-v1": {
        4: [("proxy_header", "passes on the connection of 192.0.2.99:42273", "No reply is due")],
    },
    "proxy-v1-with-ehlo": {
        4: [("proxy_header", "passes on the connection of [2001:db8::99]:42273"),
            ("early_talker", "The client sent EHLO before the server's greeting")],
    },
    "proxy-v1-unknown": {4: [("proxy_header", "names no client")]},
    "proxy-v2": {4: [("proxy_header", "passes on the connection of 192.0.2.99:56310")]},
    "proxy-v1-refused": {
        5: [("proxy_header", "passes on the connection of 192.0.2.99:42273")],
        6: [("proxy_refused", "SMTP 502: the server took the PROXY protocol header in frame 5",
             "on for this port of the server, or off in the proxy")],
    },
    "starttls-still-clear": {
        10: [("middlebox", "goes on in clear text with EHLO although STARTTLS was accepted",
             "takes TLS away")],
    },
    "message-end-with-lf": {
        14: [("smuggling", "took a dot line in frame 13 for the end of the message",
              "Update the server")],
    },
    "tls-on-clear-text-port": {
        5: [("tls_expected", "The client began TLS in frame 4", "clear text on port 25",
             '("mx.example.test ESMTP")', "Set the client to STARTTLS")],
    },
    "tls-after-greeting": {
        5: [("tls_expected", "The client began TLS, but", "clear text on port 587")],
    },
    "clear-text-on-tls-port": {
        5: [("clear_text_expected", "The client speaks clear text", "on port 465 wants TLS",
             "Set the client to SSL/TLS")],
    },
    "starttls-unknown-ca": {
        11: [("tls_failed", 'the client refused with the alert "unknown CA"',
              "does not trust the issuer")],
    },
    "starttls-broken-off": {11: [("tls_failed", "TLS failed: the client closed the connection")]},
    "starttls-unread": {13: [("tls_unread", "can't be read without its keys", "SSLKEYLOGFILE")]},
    "tls-unread": {9: [("tls_unread", "can't be read without its keys")]},
}
KINDS = {EXPERT + row[0] for frames in SAID.values() for rows in frames.values() for row in rows}


@PASSES
@pytest.mark.parametrize("name", SAID)
def test_sentences(tshark, name, passes):
    said = {}
    for part in ET.fromstring(tshark.read(PCAPS / f"{name}.pcap", "-T", "pdml", *passes)):
        frame = Frame(part)
        for item in frame.items:
            said.setdefault(frame.number, {}).update(
                {kind: text for kind, text in item.experts.items() if kind in KINDS})
    found = {frame: texts for frame, texts in said.items() if texts}
    assert {frame: set(texts) for frame, texts in found.items()} == {
        frame: {EXPERT + row[0] for row in rows} for frame, rows in SAID[name].items()}
    for frame, rows in SAID[name].items():
        for kind, *words in rows:
            assert [each for each in words if each not in found[frame][EXPERT + kind]] == []


def test_waiting_that_the_preference_allows_is_not_pointed_out(tshark):
    def slow(*arguments):
        out = tshark.read(PCAPS / "slow-replies.pcap", "-Y", "smtp_explain.expert.slow_reply", "-T",
                          "fields", "-e", "frame.number", *arguments)
        return [int(frame) for frame in out.split()]

    assert slow() == [4, 8, 12, 16]
    assert slow("-o", "smtp_explain.slow_reply:15") == [4, 16]
    assert slow("-o", "smtp_explain.slow_reply:9") == [4, 8, 10, 12, 16]
    assert slow("-o", "smtp_explain.slow_reply:0") == []
