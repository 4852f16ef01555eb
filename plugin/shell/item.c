/* item.c
 * An item of the plugin in the packet details, and the fields below it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "item.h"

#include <epan/tap.h>

#include "source.h"

static int proto_explain = -1;
static int tap_frame = -1; /* Wireshark's own */

void smtp_explain_item_init(int proto)
{
    proto_explain = proto;
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
