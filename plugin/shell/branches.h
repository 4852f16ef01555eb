/* branches.h
 * What replies are counted by: the branches of the statistics on replies.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_BRANCHES_H
#define SMTP_EXPLAIN_BRANCHES_H

#include <stdbool.h>

#include <epan/packet.h>

#include "shell.h"

#define SMTP_EXPLAIN_BRANCHES 7

/* Replies with the same name are counted together. */
typedef struct {
    const char *title;                      /* in English and marked */
    bool (*counts)(const reply_note *note); /* NULL: every reply counts */

    /* The name lives in scope, or for ever; frame and pinfo are of the reply. */
    const char *(*name)(wmem_allocator_t *scope, const reply_note *note,
                        const smtp_explain_frame *frame, const packet_info *pinfo);

    const char *(*below)(
        const reply_note *note); /* the same below that name, or NULL; lives for ever */
} smtp_explain_branch;

extern const smtp_explain_branch smtp_explain_branches[SMTP_EXPLAIN_BRANCHES];

#endif
