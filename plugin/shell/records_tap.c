/* records_tap.c
 * What is for programs: a record for each reply, -z smtp_explain,json and -z smtp_explain,tsv; and comments on
 * frames for a copy, -z smtp_explain,comments. What they say is the pages' work.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <inttypes.h>
#include <stdio.h>

#include <epan/to_str.h>

#include "comment.h"
#include "printed.h"
#include "record.h"
#include "language.h"

static bool is_silent(const smtp_explain_frame *frame)
{
    return frame->replies.count == 0 && frame->events.count == 0;
}

/* --- records --- */

typedef struct {
    record_format format;
} records_listener;

static void print_frame(const records_listener *listener, wmem_allocator_t *scope,
                        const packet_info *pinfo, const smtp_explain_frame *frame)
{
    wmem_strbuf_t *text = wmem_strbuf_new(scope, "");
    const record_place place = { .frame = pinfo->num,
                                 .time = smtp_explain_time(pinfo),
                                 .source = address_to_str(scope, &pinfo->src),
                                 .destination = address_to_str(scope, &pinfo->dst),
                                 .source_port = pinfo->srcport,
                                 .destination_port = pinfo->destport };

    for (unsigned i = 0; i < frame->replies.count; i++)
        record_reply(text, listener->format, &place, frame->replies.entry[i].reply);
    for (unsigned i = 0; i < frame->events.count; i++)
        record_event(text, listener->format, &place, frame->events.entry[i].event);
    smtp_explain_check_printed(fputs(wmem_strbuf_get_str(text), stdout) != EOF &&
                               fflush(stdout) == 0);
}

static tap_packet_status print(void *data, packet_info *pinfo, epan_dissect_t *edt _U_,
                               const void *tapped, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)tapped;
    wmem_allocator_t *scope;

    if (is_silent(frame))
        return TAP_PACKET_DONT_REDRAW;
    scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    print_frame((const records_listener *)data, scope, pinfo, frame);
    wmem_destroy_allocator(scope);
    return TAP_PACKET_DONT_REDRAW;
}

static void *make_records(record_format format)
{
    records_listener *listener = g_new(records_listener, 1);
    wmem_strbuf_t *head = wmem_strbuf_new(NULL, "");

    listener->format = format;
    record_begin(head, format);
    fputs(wmem_strbuf_get_str(head), stdout);
    wmem_strbuf_destroy(head);
    return listener;
}

static void *make_json(void)
{
    return make_records(RECORD_JSON);
}

static void *make_tsv(void)
{
    return make_records(RECORD_TSV);
}

/* --- comments --- */

/* Sessions that had their comment on a success. */
typedef struct {
    GHashTable *succeeded;
} comments_listener;

static char *comment_on(const comments_listener *listener, const smtp_explain_frame *frame)
{
    void *number = GUINT_TO_POINTER(frame->session_number);
    bool succeeded = g_hash_table_contains(listener->succeeded, number);
    comment *made = comment_new();
    char *text;

    for (unsigned i = 0; i < frame->replies.count; i++)
        comment_reply(made, frame->replies.entry[i].reply, &succeeded);
    for (unsigned i = 0; i < frame->events.count; i++)
        comment_event(made, frame->events.entry[i].event);
    if (succeeded)
        g_hash_table_add(listener->succeeded, number);
    text = comment_text(made);
    comment_free(made);
    return text;
}

/* The place of a packet in the file is surer than its number, which depends on what kinds of block a version
 * of Wireshark counts. */
static tap_packet_status print_comment(void *data, packet_info *pinfo, epan_dissect_t *edt _U_,
                                       const void *tapped, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)tapped;
    char *text = is_silent(frame) ? NULL : comment_on((const comments_listener *)data, frame);

    if (text != NULL)
        printf("%" PRId64 "\t%s\n", (int64_t)pinfo->fd->file_off, text);
    g_free(text);
    return TAP_PACKET_DONT_REDRAW;
}

static void finish_comments(void *data)
{
    g_hash_table_destroy(((comments_listener *)data)->succeeded);
    g_free(data);
}

static void *make_comments(void)
{
    comments_listener *listener = g_new(comments_listener, 1);

    listener->succeeded = g_hash_table_new(NULL, NULL);
    return listener;
}

void smtp_explain_register_records(void)
{
    static const smtp_explain_listener records = { .packet = print, .finish = g_free };
    static const smtp_explain_listener comments = { .packet = print_comment,
                                                    .finish = finish_comments };

    smtp_explain_register_printed(JSON_CLI, _("SMTP Replies as JSON"), &records, make_json);
    smtp_explain_register_printed(TSV_CLI, _("SMTP Replies as a table"), &records, make_tsv);
    smtp_explain_register_printed(COMMENTS_CLI, _("SMTP Replies as comments"), &comments,
                                  make_comments);
}
