/* item.h
 * An item of the plugin in the packet details, and the fields below it. Each is made only where
 * somebody will see it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_ITEM_H
#define SMTP_EXPLAIN_ITEM_H

#include <stdbool.h>
#include <stdint.h>

#include <epan/packet.h>

#include "fields.h"
#include "note.h"

/* Lives as long as the packet is dissected. */
typedef struct {
    packet_info *pinfo;
    proto_tree *root;        /* what the item goes into; NULL: nobody sees anything */
    const note_place *place; /* the bytes that it stands for; NULL: none */
    bool wanted;             /* the item itself, whatever is in it */
    int ett;
    tvbuff_t *tvb; /* of the frame; once tree is set, of those bytes */
    int offset;
    int length;
    proto_item *item; /* NULL: not made yet */
    proto_tree *tree; /* below the item; if only fields are wanted, root; NULL: not needed yet */
} smtp_explain_item;

/* To be called once. proto is the plugin's protocol. */
void smtp_explain_item_init(int proto);

/* An item that is not made yet. tvb is the frame's. What kind of item it is, its ett, and its place
 * are the caller's to say. */
smtp_explain_item smtp_explain_item_plan(tvbuff_t *tvb, packet_info *pinfo, proto_tree *tree);

/* Makes the item, unless it is made. */
proto_item *smtp_explain_item_make(smtp_explain_item *item);

/* Will anybody see that field? What would be said in it need not be looked up otherwise. */
static inline bool smtp_explain_item_shows(const smtp_explain_item *item, field f)
{
    return smtp_explain_is_wanted(item->root, &smtp_explain_fields[f].hfinfo);
}

/* Add a field, if anybody will see it. The item need not be made: whoever wants nothing but fields,
 * such as a filter, can't tell whether there is one around them. */
void smtp_explain_item_add_uint(smtp_explain_item *item, field f, uint32_t value);
void smtp_explain_item_add_boolean(smtp_explain_item *item, field f, bool value);

/* ns is in nanoseconds. */
void smtp_explain_item_add_time(smtp_explain_item *item, field f, int64_t ns);

/* The item with a branch of that label below it, for what is added next. The item itself where nobody
 * reads it. The label is translated in windows alone: in JSON it is a key. */
smtp_explain_item smtp_explain_item_branch(const smtp_explain_item *item, int ett,
                                           const char *label);

/* Will a person read what is in the item? */
static inline bool smtp_explain_item_is_read(const smtp_explain_item *item)
{
    return item->root != NULL && PTREE_DATA(item->root)->visible;
}

/* Is it read in Wireshark's window, which cuts off what is too long for a line? */
bool smtp_explain_item_is_in_window(const smtp_explain_item *item);

/* The columns of a line below the item: a window of 1280 pixels with Wireshark's own layout shows no
 * more. */
#define SMTP_EXPLAIN_LINE 70

/* Text of no field, in as many lines as it takes. The item must be made. */
void smtp_explain_item_add_text(const smtp_explain_item *item, const char *text);

/* Adds a field whose value is a sentence or several. In a window, what doesn't fit on its line goes
 * on lines below it. Returns the last of them, or NULL if value is NULL, or nobody will see it. */
proto_item *smtp_explain_item_add_sentence(smtp_explain_item *item, field f, const char *value);

/* The field's item; NULL if value is NULL, or nobody will see it. */
proto_item *smtp_explain_item_add_string(smtp_explain_item *item, field f, const char *value);

#endif
