/* stats.c
 * Statistics over the notes: replies (-z smtp_explain,tree), response times (-z smtp_explain,srt)
 * and sessions (-z smtp_explain,sessions); each is also a window of Wireshark's Statistics menu.
 *
 * Every frame that ends a reply, or that shows an event, is one item for the tap listeners. All replies count, whatever the
 * preferences say about what is explained.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include <epan/srt_table.h>
#include <epan/stat_tap_ui.h>
#include <epan/stats_tree.h>
#include <epan/tap.h>
#include <epan/to_str.h>

#include "cause.h"
#include "endpoint.h"
#include "explain.h"
#include "fields.h"
#include "printed.h"
#include "shell.h"
#include "summary.h"

static int tap_smtp_explain = -1;

/* The listeners get the frame as it is, for as long as the packet is dissected. */
void smtp_explain_stats_queue(packet_info *pinfo, const smtp_explain_frame *frame)
{
    if (!have_tap_listener(tap_smtp_explain))
        return;
    tap_queue_packet(tap_smtp_explain, pinfo, wmem_memdup(pinfo->pool, frame, sizeof *frame));
}

/* --- replies --- */

static void count_verdict(stats_tree *tree, int branch, const reply_note *note,
                          const packet_info *pinfo)
{
    (void)pinfo;
    tick_stat_node(tree, val_to_str_const(note->verdict, smtp_explain_verdicts, "unknown"), branch,
                   FALSE);
}

static void count_code(stats_tree *tree, int branch, const reply_note *note,
                       const packet_info *pinfo)
{
    (void)pinfo;
    char *label = g_strdup_printf("%u %s", note->code, explain_code_name(note->code));

    tick_stat_node(tree, label, branch, FALSE);
    g_free(label);
}

static void count_outcome(stats_tree *tree, int branch, const reply_note *note,
                          const packet_info *pinfo)
{
    (void)pinfo;
    int mechanism = tick_stat_node(tree, summary_mechanism(note), branch, TRUE);

    tick_stat_node(tree, summary_outcome_name(summary_outcome_of(note)), mechanism, FALSE);
}

static void count_cause(stats_tree *tree, int branch, const reply_note *note,
                        const packet_info *pinfo)
{
    (void)pinfo;
    tick_stat_node(tree, cause_word((cause)note->cause), branch, FALSE);
}

static void count_answered(stats_tree *tree, int branch, const reply_note *note,
                           const packet_info *pinfo)
{
    (void)pinfo;
    tick_stat_node(tree, summary_answered(note), branch, FALSE);
}

/* The frame holds the server's reply. */
static void count_client(stats_tree *tree, int branch, const reply_note *note,
                         const packet_info *pinfo)
{
    char *client = address_to_str(NULL, &pinfo->dst);

    (void)note;
    tick_stat_node(tree, client, branch, FALSE);
    wmem_free(NULL, client);
}

static void count_user(stats_tree *tree, int branch, const reply_note *note,
                       const packet_info *pinfo)
{
    (void)pinfo;
    tick_stat_node(tree, note->command->user, branch, FALSE);
}

static bool is_refused_login(const reply_note *note)
{
    return summary_outcome_of(note) == OUTCOME_REFUSED;
}

/* Users are known only with the preference show_user. */
static bool is_refused_user(const reply_note *note)
{
    return is_refused_login(note) && note->command != NULL && note->command->user != NULL;
}

static bool is_any(const reply_note *note)
{
    (void)note;
    return true;
}

static bool has_cause(const reply_note *note)
{
    return note->cause != CAUSE_NONE;
}

static bool has_outcome(const reply_note *note)
{
    return summary_outcome_of(note) != OUTCOME_NONE;
}

static const struct {
    const char *title;
    bool (*counts)(const reply_note *note);
    void (*count)(stats_tree *tree, int branch, const reply_note *note, const packet_info *pinfo);
} branches[] = {
    { .title = "Replies by verdict", .counts = is_any, .count = count_verdict },
    { .title = "Replies by code", .counts = is_any, .count = count_code },
    { .title = "Refusals by cause", .counts = has_cause, .count = count_cause },
    { .title = "AUTH outcomes by mechanism", .counts = has_outcome, .count = count_outcome },
    { .title = "Refused logins by client", .counts = is_refused_login, .count = count_client },
    { .title = "Refused logins by user", .counts = is_refused_user, .count = count_user },
    { .title = "What 211 answered", .counts = summary_is_status, .count = count_answered },
};

/* The other branches appear once there is something in them. */
static void init_tree(stats_tree *tree)
{
    for (size_t i = 0; i < G_N_ELEMENTS(branches); i++)
        if (branches[i].counts == is_any)
            stats_tree_create_node(tree, branches[i].title, 0, STAT_DT_INT, TRUE);
}

static void count_reply(stats_tree *tree, const reply_note *note, const packet_info *pinfo)
{
    for (size_t i = 0; i < G_N_ELEMENTS(branches); i++)
        if (branches[i].counts(note))
            branches[i].count(tree, tick_stat_node(tree, branches[i].title, 0, TRUE), note, pinfo);
}

static tap_packet_status tap_tree(stats_tree *tree, packet_info *pinfo, epan_dissect_t *edt _U_,
                                  const void *data, tap_flags_t flags _U_)
{
    const smtp_explain_frame *frame = (const smtp_explain_frame *)data;

    for (unsigned i = 0; i < frame->replies.count; i++)
        count_reply(tree, frame->replies.entry[i].reply, pinfo);
    return TAP_PACKET_REDRAW;
}

/* --- response times --- */

static void init_response_times(struct register_srt *srt _U_, GArray *tables)
{
    /* a row's number is that of its command */
    srt_stat_table *table =
        init_srt_table("SMTP response times", "SMTP", tables, COMMAND_COUNT, "Command",
                       smtp_explain_fields[FIELD_COMMAND_ID].hfinfo.abbrev, NULL);

    for (int id = 0; id < COMMAND_COUNT; id++) {
        const char *name = command_name((command_id)id);

        init_srt_table_row(table, id, name != NULL ? name : "other");
    }
}

static void add_response_time(srt_stat_table *table, packet_info *pinfo, const reply_note *note)
{
    const command_note *command = note->command;

    /* elapsed < 0: the capture's clock went backwards */
    if (!summary_ends_command(note) || command->frame == 0 || note->elapsed < 0)
        return;
    nstime_t asked = { (time_t)(command->time / NS_PER_S), (int)(command->time % NS_PER_S) };
    add_srt_table_data(table, command->id, &asked, pinfo);
}

static tap_packet_status tap_response_times(void *listener, packet_info *pinfo,
                                            epan_dissect_t *edt _U_, const void *data,
                                            tap_flags_t flags _U_)
{
    const srt_data_t *srt = (const srt_data_t *)listener;
    const smtp_explain_frame *frame = (const smtp_explain_frame *)data;
    srt_stat_table *table = g_array_index(srt->srt_array, srt_stat_table *, 0);

    for (unsigned i = 0; i < frame->replies.count; i++)
        add_response_time(table, pinfo, frame->replies.entry[i].reply);
    return TAP_PACKET_REDRAW;
}

/* --- sessions --- */

enum {
    COLUMN_SESSION,
    COLUMN_CLIENT,
    COLUMN_SERVER,
    COLUMN_TLS,
    COLUMN_LOGIN,
    COLUMN_MECHANISM,
    COLUMN_ACCEPTED,
    COLUMN_REFUSED,
    COLUMN_LAST,
    COLUMN_ENDED,
    COLUMN_UNANSWERED,
    COLUMN_AUTHENTICATED_IN,
    COLUMN_STATUSES,
    COLUMN_FIRST_FRAME,
    COLUMN_USER, /* the last one: without show_user it is left out */
    COLUMN_COUNT
};

/* Wireshark prints the names as they are, and the values in these formats. */
static stat_tap_table_item columns[COLUMN_COUNT] = {
    [COLUMN_SESSION] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "  Session", "%9u" },
    [COLUMN_CLIENT] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Client               ", "%-21s" },
    [COLUMN_SERVER] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Server               ", "%-21s" },
    [COLUMN_TLS] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "TLS             ", "%-16s" },
    [COLUMN_LOGIN] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Login        ", "%-13s" },
    [COLUMN_MECHANISM] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Mechanism    ", "%-13s" },
    [COLUMN_ACCEPTED] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Accepted", "%8u" },
    [COLUMN_REFUSED] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Refused", "%7u" },
    [COLUMN_LAST] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Last refusal           ", "%-23s" },
    [COLUMN_ENDED] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Ended               ", "%-20s" },
    [COLUMN_UNANSWERED] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "Unanswered", "%-10s" },
    [COLUMN_AUTHENTICATED_IN] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "235 in frame", "%12u" },
    [COLUMN_STATUSES] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "Replies 211", "%11u" },
    [COLUMN_FIRST_FRAME] = { TABLE_ITEM_UINT, TAP_ALIGN_LEFT, "First reply in frame", "%-20u" },
    [COLUMN_USER] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "User", "%s" },
};

/* How many of them are shown. */
static unsigned columns_shown = COLUMN_USER;

/* A row owns all that it shows: a window may outlive the capture file. */
typedef struct {
    session_summary summary;
    uint32_t session;
    uint32_t last_frame; /* that was counted */
    char *client;        /* the one that a PROXY header names, if there is one */
    char *server;
    char *last;        /* the last refusal: "535 AUTH in frame 12"; or NULL */
    const char *ended; /* how it ended; NULL: it goes on. Static storage, as the next one */
    const char *login; /* how its logins ended, once it has; or NULL */
    char *waiting;     /* what waits, or waited when it ended; or NULL */
    char *user;        /* of its last login that named one; or NULL */
    bool has_user;     /* the table does */
    stat_tap_table_item_type *cells; /* Wireshark's; the row's once it is retired */
} session_row;

static GHashTable *rows_by_session; /* session number -> session_row; doesn't own it */
static GPtrArray *retired_rows;     /* of an earlier look, which open windows still refer to */

static void free_row(session_row *row)
{
    g_free(row->client);
    g_free(row->server);
    g_free(row->last);
    g_free(row->waiting);
    g_free(row->user);
    g_free(row);
}

static void free_retired_row(void *data)
{
    session_row *row = (session_row *)data;

    g_free(row->cells);
    free_row(row);
}

static void free_cell(stat_tap_table *table _U_, unsigned row _U_, unsigned column,
                      stat_tap_table_item_type *cell)
{
    if (column == COLUMN_SESSION)
        free_row((session_row *)cell->user_data.ptr_value);
}

static void reset_sessions(stat_tap_table *table)
{
    for (unsigned i = 0; i < table->num_elements; i++)
        g_ptr_array_add(retired_rows, table->elements[i][COLUMN_SESSION].user_data.ptr_value);
    table->num_elements = 0;
    g_hash_table_remove_all(rows_by_session);
}

static void forget_rows(void)
{
    if (rows_by_session == NULL) {
        rows_by_session = g_hash_table_new(NULL, NULL);
        retired_rows = g_ptr_array_new_with_free_func(free_retired_row);
    }
    g_hash_table_remove_all(rows_by_session);
    g_ptr_array_set_size(retired_rows, 0);
}

static void init_sessions(stat_tap_table_ui *ui)
{
    static const char title[] = "SMTP sessions";
    stat_tap_table *table = stat_tap_find_table(ui, title);

    if (table != NULL) {
        reset_sessions(table);
        return;
    }
    forget_rows(); /* no window is left that shows them */
    stat_tap_add_table(ui, stat_tap_init_table(title, (int)columns_shown, 0, NULL));
}

static stat_tap_table_item_type number_cell(uint32_t value)
{
    stat_tap_table_item_type cell = { .type = TABLE_ITEM_UINT, .value.uint_value = value };

    return cell;
}

static stat_tap_table_item_type text_cell(const char *value)
{
    stat_tap_table_item_type cell = { .type = TABLE_ITEM_STRING, .value.string_value = value };

    return cell;
}

static void fill_row(session_row *row)
{
    const session_summary *summary = &row->summary;
    stat_tap_table_item_type *cells = row->cells;

    cells[COLUMN_SESSION] = number_cell(row->session);
    cells[COLUMN_SESSION].user_data.ptr_value = row;
    cells[COLUMN_CLIENT] = text_cell(row->client);
    cells[COLUMN_SERVER] = text_cell(row->server);
    cells[COLUMN_LOGIN] =
        text_cell(row->login != NULL ? row->login : summary_outcome_name(summary_outcome(summary)));
    cells[COLUMN_ACCEPTED] = number_cell(summary->accepted);
    cells[COLUMN_LAST] = text_cell(row->last != NULL ? row->last : "-");
    cells[COLUMN_ENDED] = text_cell(row->ended != NULL ? row->ended : "-");
    cells[COLUMN_UNANSWERED] = text_cell(row->waiting != NULL ? row->waiting : "-");
    cells[COLUMN_MECHANISM] = text_cell(summary->mechanism[0] != '\0' ? summary->mechanism : "-");
    cells[COLUMN_TLS] = text_cell(summary_tls(summary));
    cells[COLUMN_AUTHENTICATED_IN] = number_cell(summary->authenticated_in);
    cells[COLUMN_REFUSED] = number_cell(summary->refusals);
    cells[COLUMN_STATUSES] = number_cell(summary->statuses);
    cells[COLUMN_FIRST_FRAME] = number_cell(summary->first_frame);
    if (row->has_user)
        cells[COLUMN_USER] = text_cell(row->user != NULL ? row->user : "-");
}

/* The frame holds a reply, or something else that tells who its sender is. */
static session_row *make_row(stat_tap_table *table, const packet_info *pinfo,
                             const smtp_explain_frame *frame)
{
    const bool from_server = smtp_explain_is_from_server(frame);
    const stat_tap_table_item_type blank[COLUMN_COUNT] = { { TABLE_ITEM_NONE, { 0 }, { 0 } } };
    unsigned index = table->num_elements;
    session_row *row = g_new0(session_row, 1);

    row->has_user = table->num_fields > COLUMN_USER;
    row->session = frame->session_number;
    row->client = from_server ? smtp_explain_endpoint_text(&pinfo->dst, pinfo->destport)
                              : smtp_explain_endpoint_text(&pinfo->src, pinfo->srcport);
    row->server = from_server ? smtp_explain_endpoint_text(&pinfo->src, pinfo->srcport)
                              : smtp_explain_endpoint_text(&pinfo->dst, pinfo->destport);
    stat_tap_init_table_row(table, index, table->num_fields, blank);
    row->cells = stat_tap_get_field_data(table, index, COLUMN_SESSION);
    g_hash_table_insert(rows_by_session, GUINT_TO_POINTER(frame->session_number), row);
    return row;
}

/* Puts one text that the row owns in place of another. */
static void replace(char **text, char *by)
{
    g_free(*text);
    *text = by;
}

static void take_reply(session_row *row, const reply_note *note, uint32_t frame)
{
    const session_summary *summary = &row->summary;

    summary_add(&row->summary, note, frame);
    if (summary->last_refused_in == frame)
        replace(&row->last,
                g_strdup_printf("%u %s in frame %u", summary->last_code,
                                summary->last_verb != NULL ? summary->last_verb : "-", frame));
    if (note->ends_auth && note->command != NULL && note->command->user != NULL)
        replace(&row->user, g_strdup(note->command->user));
}

static void take_event(session_row *row, const event_note *event)
{
    if (event->kind == EVENT_PROXY && event->detail != NULL)
        replace(&row->client, g_strdup(event->detail));
    if (event->kind == EVENT_TLS_FAILED)
        row->summary.starttls = false;
    if (event->kind != EVENT_ENDED)
        return;
    row->ended = summary_end_name((session_end)event->end);
    row->login = event->ending->login;
    replace(&row->waiting, g_strdup(event->verb));
}

static tap_packet_status tap_sessions(void *listener, packet_info *pinfo, epan_dissect_t *edt _U_,
                                      const void *data, tap_flags_t flags _U_)
{
    const stat_data_t *sessions = (const stat_data_t *)listener;
    const smtp_explain_frame *frame = (const smtp_explain_frame *)data;
    session_row *row = (session_row *)g_hash_table_lookup(rows_by_session,
                                                          GUINT_TO_POINTER(frame->session_number));

    if (row == NULL && frame->replies.count == 0 && frame->events.count == 0)
        return TAP_PACKET_DONT_REDRAW;
    if (row == NULL)
        row = make_row(g_array_index(sessions->stat_tap_data->tables, stat_tap_table *, 0), pinfo,
                       frame);
    if (row->last_frame == pinfo->num)
        return TAP_PACKET_DONT_REDRAW; /* several listeners share the table */
    row->last_frame = pinfo->num;
    for (unsigned i = 0; i < frame->replies.count; i++)
        take_reply(row, frame->replies.entry[i].reply, pinfo->num);
    if (row->ended == NULL)
        replace(&row->waiting, g_strdup(frame->waiting));
    for (unsigned i = 0; i < frame->events.count; i++)
        take_event(row, frame->events.entry[i].event);
    fill_row(row);
    return TAP_PACKET_REDRAW;
}

static tap_param session_params[] = {
    { PARAM_FILTER, "filter", "Filter", NULL, TRUE },
};

static stat_tap_table_ui sessions_ui = {
    .group = REGISTER_PACKET_STAT_GROUP_UNSORTED,
    .title = "SMTP Sessions",
    .tap_name = SMTP_EXPLAIN_TAP,
    .cli_string = "smtp_explain,sessions",
    .stat_tap_init_cb = init_sessions,
    .packet_func = tap_sessions,
    .stat_tap_reset_table_cb = reset_sessions,
    .stat_tap_free_table_item_cb = free_cell,
    .nfields = COLUMN_USER,
    .fields = columns,
    .nparams = G_N_ELEMENTS(session_params),
    .params = session_params,
};

void smtp_explain_stats_show_users(bool shown)
{
    columns_shown = shown ? COLUMN_COUNT : COLUMN_USER;
    sessions_ui.nfields = columns_shown;
}

void smtp_explain_register_stats(int proto)
{
    tap_smtp_explain = register_tap(SMTP_EXPLAIN_TAP);
    stats_tree_register_plugin(SMTP_EXPLAIN_TAP, "smtp_explain", "SMTP Replies", 0, tap_tree,
                               init_tree, NULL);
    register_srt_table(proto, SMTP_EXPLAIN_TAP, 1, tap_response_times, init_response_times, NULL);
    register_stat_tap_table_ui(&sessions_ui);
    smtp_explain_register_report();
    smtp_explain_register_replies();
    smtp_explain_register_records();
}
