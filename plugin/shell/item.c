/* item.c
 * An item of the plugin in the packet details, and the fields below it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "item.h"

#include <string.h>

#include <epan/tap.h>

#include "language.h"
#include "page.h"
#include "source.h"
#include "text_window.h"

/* What the second line of a sentence and those after it begin with. */
#define LINE_INDENT "    "

static int proto_explain = -1;
static int tap_frame = -1; /* Wireshark's own */
static int ett_line = -1;

void smtp_explain_item_init(int proto)
{
    static int *subtrees[] = { &ett_line };

    proto_explain = proto;
    proto_register_subtree_array(subtrees, G_N_ELEMENTS(subtrees));
}

/* Is an item of the plugin wanted, whatever is in it? The protocol hierarchy counts the protocols
 * in the tree: in tshark it listens to frames, in the GUI it wants none to be left out. */
static bool is_item_wanted(const proto_tree *tree)
{
    if (tap_frame < 0) /* registered after all plugins */
        tap_frame = find_tap_id("frame");
    return tree != NULL && (smtp_explain_is_wanted(tree, proto_registrar_get_nth(proto_explain)) ||
                            !PTREE_DATA(tree)->fake_protocols || have_tap_listener(tap_frame));
}

smtp_explain_item smtp_explain_item_plan(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree)
{
    smtp_explain_item item = {
        .pinfo = pinfo,
        .root = tree,
        .wanted = is_item_wanted(tree),
        .ett = -1,
        .tvb = tvb,
    };

    return item;
}

/* Finds the bytes. A note without bytes in this frame points at none. */
static void find_bytes(smtp_explain_item *item)
{
    const note_place *place = item->place;
    tvbuff_t *source = place != NULL ? smtp_explain_source_at(item->pinfo, place->source) : NULL;

    if (source != NULL && place->length > 0 &&
        (uint64_t)place->offset + place->length <= tvb_captured_length(source)) {
        item->tvb = source;
        item->offset = (int)place->offset;
        item->length = (int)place->length;
    }
}

proto_item *smtp_explain_item_make(smtp_explain_item *item)
{
    if (item->item == NULL) {
        if (item->tree == NULL)
            find_bytes(item);
        item->item = proto_tree_add_item(item->root, proto_explain, item->tvb, item->offset,
                                         item->length, ENC_NA);
        item->tree = proto_item_add_subtree(item->item, item->ett);
    }
    return item->item;
}

/* Will anybody see the field? Then there is a tree to put it into. */
static bool make_room(smtp_explain_item *item, field f)
{
    if (!smtp_explain_item_shows(item, f))
        return false;
    if (item->tree == NULL) {
        find_bytes(item);
        item->tree = item->root;
    }
    return true;
}

void smtp_explain_item_add_uint(smtp_explain_item *item, field f, uint32_t value)
{
    if (make_room(item, f))
        proto_item_set_generated(proto_tree_add_uint(item->tree, smtp_explain_fields[f].hfinfo.id,
                                                     item->tvb, item->offset, item->length, value));
}

void smtp_explain_item_add_boolean(smtp_explain_item *item, field f, bool value)
{
    if (make_room(item, f))
        proto_item_set_generated(proto_tree_add_boolean(item->tree,
                                                        smtp_explain_fields[f].hfinfo.id, item->tvb,
                                                        item->offset, item->length, value));
}

void smtp_explain_item_add_time(smtp_explain_item *item, field f, int64_t ns)
{
    nstime_t time = { .secs = (time_t)(ns / NS_PER_S), .nsecs = (int)(ns % NS_PER_S) };

    if (make_room(item, f))
        proto_item_set_generated(proto_tree_add_time(item->tree, smtp_explain_fields[f].hfinfo.id,
                                                     item->tvb, item->offset, item->length, &time));
}

proto_item *smtp_explain_item_add_string(smtp_explain_item *item, field f, const char *value)
{
    proto_item *added;

    if (value == NULL || !make_room(item, f))
        return NULL;
    added = proto_tree_add_string(item->tree, smtp_explain_fields[f].hfinfo.id, item->tvb,
                                  item->offset, item->length, value);
    proto_item_set_generated(added);
    return added;
}

smtp_explain_item smtp_explain_item_branch(const smtp_explain_item *item, int ett,
                                           const char *label)
{
    smtp_explain_item branch = *item;
    proto_item *added;

    if (item->item == NULL || !smtp_explain_item_is_read(item))
        return branch;
    branch.tree =
        proto_tree_add_subtree(item->tree, item->tvb, item->offset, item->length, ett, &added,
                               smtp_explain_has_window() ? C_("branch", label) : label);
    proto_item_set_generated(added);
    return branch;
}

bool smtp_explain_item_is_in_window(const smtp_explain_item *item)
{
    return smtp_explain_item_is_read(item) && smtp_explain_has_window();
}

/* The text in lines, each with its end. */
static const char *break_lines(wmem_allocator_t *scope, const char *text, unsigned width)
{
    page p = page_new(scope, width, false);

    page_text(&p, 0, text);
    return wmem_strbuf_get_str(p.text);
}

/* Takes a line off: *len bytes without its end. Returns what is left. */
static const char *take_line(const char *lines, int *len)
{
    *len = (int)strcspn(lines, "\n");
    return lines[*len] == '\0' ? lines + *len : lines + *len + 1;
}

/* Returns the last of them, or last if there are none. */
static proto_item *add_lines(const smtp_explain_item *item, const char *lines, const char *indent,
                             proto_item *last)
{
    const char *line = lines;
    int len;

    while (*line != '\0') {
        lines = take_line(line, &len);
        proto_tree_add_subtree_format(item->tree, item->tvb, item->offset, item->length, ett_line,
                                      &last, "%s%.*s", indent, len, line);
        line = lines;
    }
    return last;
}

void smtp_explain_item_add_text(const smtp_explain_item *item, const char *text)
{
    add_lines(item, break_lines(item->pinfo->pool, text, SMTP_EXPLAIN_LINE), "", NULL);
}

proto_item *smtp_explain_item_add_sentence(smtp_explain_item *item, field f, const char *value)
{
    wmem_allocator_t *scope = item->pinfo->pool;
    const char *lines, *others;
    proto_item *added;
    int len;

    if (value == NULL || !make_room(item, f))
        return NULL;
    added = proto_tree_add_string(item->tree, smtp_explain_fields[f].hfinfo.id, item->tvb,
                                  item->offset, item->length, value);
    if (!smtp_explain_item_is_in_window(item))
        return added;
    lines = break_lines(
        scope, wmem_strdup_printf(scope, "%s: %s", smtp_explain_fields[f].hfinfo.name, value),
        SMTP_EXPLAIN_LINE - (unsigned)strlen(LINE_INDENT));
    others = take_line(lines, &len);
    if (*others != '\0')
        proto_item_set_text(added, "%.*s", len, lines);
    return add_lines(item, others, LINE_INDENT, added);
}
