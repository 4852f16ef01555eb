# SPDX-License-Identifier: GPL-2.0-or-later
"""Translations: is nothing missing, does each take its original's arguments, and is there room for it?"""
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

import po
import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "po"
TEMPLATE = FOLDER / "smtp-explain.pot"
TRANSLATIONS = sorted(FOLDER.glob("*.po"))

# What Wireshark cuts is measured in bytes; what a terminal shows, in columns.
SENTENCE_MAX = 220  # plugin/catalog/row.h
MARK_MAX = 80  # plugin/catalog/mark.h
LABEL_MAX = 11  # plugin/pages/page.h: a blank stands behind it
COLUMN_MIN = 13  # plugin/shell/sessions_window.c: that of logins
PAGE_MAX = 80
WORDS_OF_PROTOCOLS = re.compile(
    r"\b(?:RFC \d+|[2345]\d\d|STARTTLS|AUTH|EHLO|HELO|MAIL|RCPT|DATA|BDAT|QUIT|HELP|VRFY|EXPN|ETRN|ATRN"
    r"|XCLIENT|PLAIN|NTLM|SASL|TLS|SPF|DKIM|DMARC|PTR|MX|DNS|--[a-z-]+|-z [a-z_,]+)\b")

each_translation = pytest.mark.parametrize("path", TRANSLATIONS, ids=lambda path: path.stem)
needs_gettext = pytest.mark.skipif(not (shutil.which("xgettext") and shutil.which("msgfmt")),
                                   reason="gettext is not installed")


def translated(path):
    """(message, form) of what is translated."""
    return [(message, form) for message in po.read(path)[1:] for form in message.forms if form]


def columns(text):
    return sum(0 if unicodedata.combining(letter)
               else 2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)


def room(message, measure):
    """What Wireshark or a page has room for: bytes, or columns."""
    english = max(measure(text) for text in (message.original, message.plural) if text is not None)
    if message.context == "label":
        return LABEL_MAX
    if message.context == "session":
        return max(english, COLUMN_MIN)
    if message.context == "mark":
        return max(english, MARK_MAX // 2)
    return max(english, SENTENCE_MAX if "%" not in message.original else SENTENCE_MAX - 40)


@needs_gettext
def test_template_is_what_the_source_has(tmp_path):
    """Run tools/dev/update-po after a sentence has changed."""
    subprocess.run([ROOT / "tools" / "dev" / "update-po", tmp_path], check=True)
    # versions of gettext break lines in different places
    made, kept = (subprocess.run(["msgcat", "--no-wrap", file], check=True, capture_output=True).stdout
                  for file in (tmp_path / TEMPLATE.name, TEMPLATE))
    assert made == kept


@each_translation
def test_no_message_is_left_out(path):
    due, found = ({(*message.key, message.plural) for message in po.read(file)}
                  for file in (TEMPLATE, path))
    assert due == found, "run tools/dev/update-po"


@each_translation
def test_all_is_translated(path):
    messages = po.read(path)[1:]
    missing = [message.original for message in messages if not message.is_translated]
    if len(missing) > len(messages) / 2:
        pytest.skip(f"{path.name} has only been begun: {len(missing)} are missing")
    assert not missing
    assert not [message.original for message in messages if "fuzzy" in message.flags]


@needs_gettext
@each_translation
def test_msgfmt_finds_no_fault(path):
    done = subprocess.run(["msgfmt", "--check", "--output-file=/dev/null", path],
                          capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@each_translation
def test_each_fits(path):
    """In bytes where Wireshark cuts, in columns where a page is wrapped."""
    long = []
    for message, form in translated(path):
        if "\n" in form:
            long += [line for line in form.splitlines() if columns(line) > PAGE_MAX]
            continue
        bytes_max = room(message, lambda text: len(text.encode()))
        columns_max = room(message, columns)
        size = columns(form) if message.context in ("label", "session") else len(form.encode())
        if size > bytes_max or columns(form) > columns_max:
            long.append(f"{size} of {bytes_max}, {columns(form)} of {columns_max} columns: {form}")
    assert not long, "\n".join(long)


def edges(text):
    """Blanks before and behind it."""
    return text[:len(text) - len(text.lstrip(" "))], text[len(text.rstrip(" ")):]


@each_translation
def test_no_stray_blanks(path):
    """What begins without a blank must not get one, nor two in a row."""
    bad = [form for message, form in translated(path)
           if edges(form)[1] != edges(message.original)[1]
           or (edges(form)[0] and not edges(message.original)[0])
           or ("  " in form and "  " not in message.original)]
    assert not bad, "\n".join(bad)


@each_translation
def test_words_of_protocols_are_kept(path):
    """Codes, commands, RFCs and options that the original names."""
    lost = []
    for message, form in translated(path):
        for word in WORDS_OF_PROTOCOLS.findall(message.original):
            if word not in form:
                lost.append(f"{word} is not in: {form}")
    assert not lost, "\n".join(lost)


@each_translation
def test_what_may_be_left_out_is_marked(path):
    """{ in frame %u}: in braces, with its number."""
    bad = [form for message, form in translated(path)
           if ("{" in message.original) != bool(re.search(r"\{[^{}%]*%u[^{}%]*\}", form))]
    assert not bad, "\n".join(bad)
