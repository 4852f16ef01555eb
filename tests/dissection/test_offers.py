# SPDX-License-Identifier: GPL-2.0-or-later
"""What the reply to EHLO offers, and what is said of AUTH and HELP in its light."""
from pcap import PCAPS


def lines(tshark, name, condition, *fields):
    """The fields of the frames that meet a condition, a list for each."""
    chosen = [word for field in fields for word in ("-e", field)]
    out = tshark.read(
        PCAPS / f"{name}.pcap", "-Y", condition, "-T", "fields", "-E", "aggregator=;", *chosen
    )
    return [line.split("\t") for line in out.splitlines()]


def test_offers_are_listed_in_their_order_and_form(tshark):
    found = lines(tshark, "auth-mechanism-not-offered", "smtp_explain.offer", "frame.number",
                  "smtp_explain.offer")
    assert found == [["6", "STARTTLS;AUTH PLAIN LOGIN;AUTH PLAIN LOGIN;HELP"]]


def test_offers_stand_in_the_reply_to_ehlo_only(tshark):
    found = lines(tshark, "auth-not-offered", "smtp_explain.code", "frame.number",
                  "smtp_explain.offer")
    assert [line for line in found if line[1]] == [["6", "STARTTLS;ENHANCEDSTATUSCODES"]]


def test_mechanism_that_was_not_offered_is_named(tshark):
    ((message,),) = lines(tshark, "auth-mechanism-not-offered",
                          "smtp_explain.expert.mechanism_not_offered", "_ws.expert.message")
    assert "CRAM-MD5" in message and "does not list" in message


def test_help_that_was_offered_but_refused_is_said(tshark):
    ((offered,),) = lines(tshark, "help-offered-but-refused", "smtp_explain.expert.help_refused",
                          "_ws.expert.message")
    ((plain,),) = lines(tshark, "help-refused-502", "smtp_explain.expert.help_refused",
                        "_ws.expert.message")
    assert "since the server's reply to EHLO lists it" in offered
    assert "EHLO" not in plain
