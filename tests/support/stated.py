# SPDX-License-Identifier: GPL-2.0-or-later
"""What tests/dissection/expected/NAME.json states of a capture, with what follows from it."""
import json
from functools import lru_cache
from pathlib import Path

from details import EXPERT

EXPECTED = Path(__file__).parents[1] / "dissection" / "expected"

AUTH_REFUSED, HELP_REFUSED, PROXY_REFUSED, REFUSED = (
    EXPERT + name for name in ("auth_refused", "help_refused", "proxy_refused", "refused")
)
# A key that is left out in a file has this value.
DEFAULTS = {
    "first_line_in": None,
    "lines": 1,
    "mechanism": None,
    "enhanced": None,
    "auth_failures": None,
    "encrypted": False,
    "experts": [],
}


def refuses(reply):
    """Any 4yz and 5yz does, and a 334 of which an error is stated."""
    return reply["code"] >= 400 or "cause" in reply


def findings(reply):
    """The findings that are stated, and the one that follows: a refusal of anything but a login,
    HELP and a PROXY protocol header, which have findings of their own."""
    stated = set(reply["experts"])
    if refuses(reply) and not stated & {AUTH_REFUSED, HELP_REFUSED, PROXY_REFUSED}:
        stated.add(REFUSED)
    return sorted(stated)


@lru_cache(maxsize=None)
def expected(name):
    """What the file states, each reply with all of its keys."""
    stated = json.loads((EXPECTED / f"{name}.json").read_text(encoding="utf-8"))
    replies = [{**DEFAULTS, **reply} for reply in stated["replies"]]
    stated.setdefault("events", [])
    stated["replies"] = [{**reply, "experts": findings(reply)} for reply in replies]
    return stated
