# SPDX-License-Identifier: GPL-2.0-or-later
"""Wireshark 4.2, of which no system here has the headers: what is known to be different there."""
import shlex
import subprocess

from calls import ROOT

# From 4.2 on, callbacks of conversation filters are handed data of ours; until 4.4 they return a gboolean.
CONVERSATION_FILTER = """#include <glib.h>
struct _packet_info;
typedef gboolean (*is_filter_valid_func)(struct _packet_info *, void *);
typedef char *(*build_filter_string_func)(struct _packet_info *, void *);
void register_conversation_filter(const char *, const char *, is_filter_valid_func,
                                  build_filter_string_func, void *);
"""
VERSION = "#define WIRESHARK_VERSION_MAJOR 4\n#define WIRESHARK_VERSION_MINOR 2\n"


def test_window_compiles_as_4_2_has_it(tmp_path):
    (tmp_path / "epan").mkdir()
    (tmp_path / "epan/conversation_filter.h").write_text(CONVERSATION_FILTER, encoding="utf-8")
    (tmp_path / "ws_version.h").write_text(VERSION, encoding="utf-8")
    flags = subprocess.run(["pkg-config", "--cflags", "wireshark", "glib-2.0"], check=True,
                           capture_output=True, text=True).stdout
    ours = [f"-I{ROOT / 'plugin' / room}" for room in ("shell", "catalog", "core", "pages")]
    done = subprocess.run(
        ["cc", "-std=gnu11", "-fsyntax-only", "-Wall", "-Wextra", "-Werror", f"-I{tmp_path}", *ours,
         *shlex.split(flags), ROOT / "plugin/shell/window.c"], check=False, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
