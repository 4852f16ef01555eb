/* dialogue_vary.c
 * Variations of a dialogue: those that must not change what is said of it, and those that may
 * only turn it into 'unknown'.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "dialogue_private.h"

#include <stdlib.h>
#include <string.h>

static const variation as_it_stands = AS_IT_STANDS_VARIATION;

static int reply_count(const dialogue *script)
{
    int count = 0;

    while (count < DIALOGUE_REPLIES_MAX && script->replies[count] != NULL)
        count++;
    return count;
}

static void fail_with_lists(const dialogue_run *run)
{
    char *found = g_strjoinv("\n    ", (char **)run->lines->pdata);
    char *due = g_strjoinv("\n    ", (char **)(uintptr_t)run->script->replies);
    char *both = g_strdup_printf("\n  found:\n    %s\n  expected:\n    %s", found, due);

    dialogue_fail(run, "replies", both);
    g_free(both);
    g_free(due);
    g_free(found);
}

/* The step in which the reply began. */
static unsigned long first_step_of(const char *said)
{
    const char *from = strstr(said, " from=");

    return from != NULL ? strtoul(from + strlen(" from="), NULL, 10) : strtoul(said, NULL, 10);
}

/* A reply is noticed late where bytes before it are missing, and early where its rest is. */
static bool is_same_reply(const char *said, const char *truth)
{
    return first_step_of(said) <= strtoul(truth, NULL, 10) &&
           first_step_of(truth) <= strtoul(said, NULL, 10) &&
           strncmp(strchr(said, ' '), strchr(truth, ' '), strlen(" 250 ")) == 0;
}

/* The command with the step that asked it: "MAIL @4". */
static char *command_of(const char *said)
{
    const char *start = strchr(said, ' ') + strlen(" 250 ");
    const char *end = start;

    for (unsigned v = 0; v < G_N_ELEMENTS(dialogue_verdict_names); v++) {
        char *word = g_strdup_printf(" %s", dialogue_verdict_names[v]);
        const char *found = strstr(start, word);

        if (found != NULL && (end == start || found < end))
            end = found;
        g_free(word);
    }
    return g_strndup(start, (gsize)(end - start));
}

/* The step of the command may not be known. That of a command line that was cut is the one in
 * which it was cut, since nobody sees where it ends. */
static bool is_same_step(const dialogue_run *run, const char *found, const char *due)
{
    int found_step = found != NULL ? atoi(found + 1) : 0;
    int due_step = due != NULL ? atoi(due + 1) : 0;

    return found_step == 0 || found_step == due_step || found_step == run->how->cut_step + 1;
}

/* The mechanism and the step are what a loss may take away. */
static bool is_same_command(const dialogue_run *run, const char *found, const char *due)
{
    size_t verb_len = strcspn(due, " ");
    const char *mechanism = found + MIN(verb_len + 1, strlen(found));
    bool same =
        strncmp(found, due, verb_len) == 0 && (found[verb_len] == ' ' || found[verb_len] == '\0');

    if (same && g_str_has_prefix(due, "BDAT"))
        return true; /* its last byte may be lost, while its line is there */
    return same && is_same_step(run, strchr(found, '@'), strchr(due, '@')) &&
           (*mechanism == '\0' || *mechanism == '@' || strstr(due, mechanism) != NULL);
}

/* Is the line the truth, or does it admit that it doesn't know? */
static bool is_true_or_unknown(const dialogue_run *run, const char *said, const char *truth)
{
    char *found = command_of(said);
    char *due = command_of(truth);
    bool right = strcmp(found, "?") == 0 ? strstr(said, " unknown") != NULL || strcmp(due, "?") == 0
                                         : is_same_command(run, found, due);

    g_free(found);
    g_free(due);
    return right;
}

static void expect_no_wrong_reply(const dialogue_run *run)
{
    int truths = reply_count(run->script);

    for (guint i = 0; i + 1 < run->lines->len; i++) {
        const char *said = (const char *)run->lines->pdata[i];
        bool right = false, same = false;

        for (int t = 0; t < truths && !right; t++) {
            if (!is_same_reply(said, run->script->replies[t]))
                continue;
            same = true;
            right = is_true_or_unknown(run, said, run->script->replies[t]);
        }
        /* a reply of which only a part is there may end in another frame, with another code */
        if (!right && (same || strstr(said, " ? unknown") == NULL)) {
            dialogue_fail(run, "wrong reply", said);
            fail_with_lists(run);
            return;
        }
    }
}

static void expect_same_replies(const dialogue_run *run)
{
    char *logins = dialogue_describe_logins(run);
    const char *due_logins = run->script->logins != NULL ? run->script->logins : "";
    int due = reply_count(run->script);
    bool same = run->lines->len == (guint)due + 1;

    for (int i = 0; i < due && same; i++)
        same = strcmp((const char *)run->lines->pdata[i], run->script->replies[i]) == 0;
    if (!same)
        fail_with_lists(run);
    if (strcmp(logins, due_logins) != 0)
        dialogue_fail(run, "logins", logins);
    g_free(logins);
}

/* Any way of cutting the bytes into segments says the same. */
static void vary_segments(const dialogue *script)
{
    static const variation harmless[] = {
        { .name = "whole" },
        { .name = "sides the other way round", .mirrored = true },
        { .name = "byte by byte", .piece = 1 },
        { .name = "2 bytes", .piece = 2 },
        { .name = "3 bytes", .piece = 3 },
        { .name = "5 bytes", .piece = 5 },
        { .name = "random pieces", .piece = RANDOM_PIECES },
        { .name = "more random pieces", .piece = RANDOM_PIECES },
        { .name = "each segment twice", .repeated = true },
        { .name = "each segment again, later", .echoed = true },
        { .name = "each byte twice", .piece = 1, .repeated = true },
        { .name = "halves swapped", .crossed = true },
        { .name = "halves swapped, in pieces", .crossed = true, .piece = RANDOM_PIECES },
    };

    for (size_t i = 0; i < G_N_ELEMENTS(harmless) && !g_test_failed(); i++) {
        variation how = harmless[i];
        bool splits = how.piece != 0 || how.crossed;

        if ((script->capture & AS_IT_STANDS) != 0 && i > 1)
            break;
        if (how.echoed && dialogue_has(script, LATE)) /* what is late would come in time */
            continue;
        how.lost[0] = how.lost[1] = how.cut_step = how.closed_before = NO_STEP;
        dialogue_run *run = dialogue_play(script, &how);
        if (!splits || dialogue_is_complete(script))
            expect_same_replies(run);
        else
            expect_no_wrong_reply(run);
        dialogue_run_free(run);
    }
}

static bool can_be_damaged(const dialogue_step *step)
{
    return (step->how & (ORDERED | TLS | NOTE_TLS | AGAIN)) == 0;
}

static void play_damaged(const dialogue *script, variation *how)
{
    char *name = how->cut_step != NO_STEP
                     ? g_strdup_printf("step %d cut to %u bytes", how->cut_step + 1, how->kept)
                     : g_strdup_printf("steps %d and %d lost", how->lost[0] + 1, how->lost[1] + 1);

    how->name = name;
    dialogue_run *run = dialogue_play(script, how);
    expect_no_wrong_reply(run);
    dialogue_run_free(run);
    g_free(name);
}

/* Whichever one or two segments are lost, no reply is given to a wrong command. */
static void vary_losses(const dialogue *script)
{
    int count = dialogue_step_count(script);

    for (int i = 0; i < count && !g_test_failed(); i++) {
        for (int j = i; j < count && !g_test_failed(); j++) {
            variation how = as_it_stands;

            how.lost[0] = i;
            how.lost[1] = j;
            if (can_be_damaged(&script->steps[i]) && can_be_damaged(&script->steps[j]))
                play_damaged(script, &how);
        }
    }
}

/* Wherever a segment is cut, no reply is given to a wrong command. */
static void vary_cuts(const dialogue *script)
{
    for (int i = 0; i < dialogue_step_count(script) && !g_test_failed(); i++) {
        const dialogue_step *step = &script->steps[i];

        for (uint32_t kept = 0; can_be_damaged(step) && kept < dialogue_step_len(step); kept++) {
            variation how = as_it_stands;

            how.cut_step = i;
            how.kept = kept;
            play_damaged(script, &how);
            if (g_test_failed())
                return;
        }
    }
}

/* Are the lines equal? One that waits for its cancellation doesn't say "cancelled" yet. */
static bool is_same_so_far(const char *said, const char *truth)
{
    char **parts = g_strsplit(truth, " cancelled", 2);
    char *so_far = g_strjoinv("", parts);
    bool same = strcmp(said, truth) == 0 || strcmp(said, so_far) == 0;

    g_free(so_far);
    g_strfreev(parts);
    return same;
}

/* What was said before a 421 stays, and the 421 answers what waits for an answer, or nothing. */
static void expect_421_last(const dialogue_run *run)
{
    guint count = run->lines->len - 1;
    const char *last = count > 0 ? (const char *)run->lines->pdata[count - 1] : "";
    int before = reply_count(run->script);

    while (before > 0 && atoi(run->script->replies[before - 1]) > run->how->closed_before)
        before--;
    if (atoi(last) == run->how->closed_before + 1) {
        if (strstr(last, " 421 ? ") == NULL && strstr(last, " refused") == NULL)
            dialogue_fail(run, "421", last);
        count--;
    }
    if (count != (guint)before)
        fail_with_lists(run);
    for (guint i = 0; i < count && !g_test_failed(); i++)
        if (!is_same_so_far((const char *)run->lines->pdata[i], run->script->replies[i]))
            fail_with_lists(run);
}

/* 421 may come at any time (RFC 5321, section 3.8). */
static void vary_ends(const dialogue *script)
{
    for (int i = 0; i < dialogue_step_count(script) && !g_test_failed(); i++) {
        variation how = as_it_stands;
        char *name = g_strdup_printf("421 instead of step %d", i + 1);

        how.closed_before = i;
        how.name = name;
        dialogue_run *run = dialogue_play(script, &how);
        expect_421_last(run);
        dialogue_run_free(run);
        g_free(name);
    }
}

static void test_dialogue(gconstpointer data)
{
    const dialogue *script = (const dialogue *)data;

    vary_segments(script);
    if (dialogue_is_complete(script) && !dialogue_has(script, AGAIN | LATE) &&
        (script->capture & AS_IT_STANDS) == 0)
        vary_ends(script);
    if (dialogue_is_complete(script) && !dialogue_has(script, AGAIN | LATE) &&
        (script->capture & (AS_IT_STANDS | UNDAMAGED)) == 0) {
        vary_losses(script);
        vary_cuts(script);
    }
}

void dialogue_add_tests(const char *prefix, const dialogue *table, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        char *path = g_strdup_printf("/%s/%s", prefix, table[i].name);

        g_test_add_data_func(path, &table[i], test_dialogue);
        g_free(path);
    }
}
