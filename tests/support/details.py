# SPDX-License-Identifier: GPL-2.0-or-later
"""The packet details that tshark writes as PDML, as far as the plugin makes them."""
PREFIX = "smtp_explain."
EXPERT = "smtp_explain.expert."
VERDICTS = ["unknown", "expected", "refused", "unusual", "unexpected", "unsolicited"]


class Item:
    """One smtp_explain item of the packet details."""

    def __init__(self, element):
        self.start = int(element.get("pos"))
        self.size = int(element.get("size"))
        self.fields = {}
        self.experts = {}
        self.shown = []
        for part in element.iter():
            name = part.get("name") or ""
            self.shown += [part.get("show") or "", part.get("showname") or ""]
            if name == "_ws.expert":
                self.add_expert(part)
            elif name.startswith(PREFIX) and not name.startswith(EXPERT):
                self.fields.setdefault(name[len(PREFIX) :], []).append(part.get("show"))

    def add_expert(self, element):
        names = [part.get("name") for part in element.iter()]
        names = [name for name in names if name and name.startswith(EXPERT)]
        assert len(names) == 1, names
        self.experts[names[0]] = element.get("showname")

    def all(self, name):
        return self.fields.get(name, [])

    def one(self, name):
        """The value of a field that may be there once."""
        values = self.all(name)
        assert len(values) <= 1, (name, values)
        return values[0] if values else None

    def number(self, name):
        value = self.one(name)
        return None if value is None else int(value, 0)

    def true(self, name):
        return self.one(name) in ("1", "True", "true")


def first(element, name):
    """The value of the first field of that name, or None."""
    values = (part.get("show") for part in element.iter() if part.get("name") == name)
    return next(map(int, values), None)


class Frame:
    """One packet: its number, its connection, its protocols and its smtp_explain items."""

    def __init__(self, element):
        names = [part.get("name") for part in element.iter()]
        self.is_smtp = "smtp" in names
        self.items = [Item(part) for part in element.iter() if part.get("name") == "smtp_explain"]
        self.number = first(element, "frame.number")
        self.stream = first(element, "tcp.stream")

    def replies(self):
        return [item for item in self.items if item.all("code")]

    def values(self, name):
        return [int(value) for item in self.items for value in item.all(name)]
