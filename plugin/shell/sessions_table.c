/* sessions_table.c
 * The table of sessions: -z smtp_explain,sessions, and a window of Wireshark's Statistics menu.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "sessions_table.h"

#include <epan/packet.h>

#include <epan/stat_tap_ui.h>
#include <epan/tap.h>

#include "printed.h"
#include "sessions.h"
#include "text_window.h"
#include "language.h"

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

/* Wireshark shows the values in these formats, and takes the titles before it makes a table. */
static stat_tap_table_item columns[COLUMN_COUNT] = {
    [COLUMN_SESSION] = { TABLE_ITEM_UINT, TAP_ALIGN_LEFT, "", "%-9u" },
    [COLUMN_CLIENT] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-21s" },
    [COLUMN_SERVER] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-21s" },
    [COLUMN_TLS] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-16s" },
    [COLUMN_LOGIN] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-13s" },
    [COLUMN_MECHANISM] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-13s" },
    [COLUMN_ACCEPTED] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "", "%8u" },
    [COLUMN_REFUSED] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "", "%7u" },
    [COLUMN_LAST] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-23s" },
    [COLUMN_ENDED] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-20s" },
    [COLUMN_UNANSWERED] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%-10s" },
    [COLUMN_AUTHENTICATED_IN] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "", "%12u" },
    [COLUMN_STATUSES] = { TABLE_ITEM_UINT, TAP_ALIGN_RIGHT, "", "%11u" },
    [COLUMN_FIRST_FRAME] = { TABLE_ITEM_UINT, TAP_ALIGN_LEFT, "", "%-20u" },
    [COLUMN_USER] = { TABLE_ITEM_STRING, TAP_ALIGN_LEFT, "", "%s" },
};

/* The titles, and how many columns those values take. */
static const struct {
    const char *title;
    unsigned width;
} heads[COLUMN_COUNT] = {
    [COLUMN_SESSION] = { NC_("column", "Session"), 9 },
    [COLUMN_CLIENT] = { NC_("column", "Client"), 21 },
    [COLUMN_SERVER] = { NC_("column", "Server"), 21 },
    [COLUMN_TLS] = { NC_("column", "TLS"), 16 },
    [COLUMN_LOGIN] = { NC_("column", "Login"), 13 },
    [COLUMN_MECHANISM] = { NC_("column", "Mechanism"), 13 },
    [COLUMN_ACCEPTED] = { NC_("column", "Accepted"), 8 },
    [COLUMN_REFUSED] = { NC_("column", "Refused"), 7 },
    [COLUMN_LAST] = { NC_("column", "Last refusal"), 23 },
    [COLUMN_ENDED] = { NC_("column", "Ended"), 20 },
    [COLUMN_UNANSWERED] = { NC_("column", "Unanswered"), 10 },
    [COLUMN_AUTHENTICATED_IN] = { NC_("column", "235 in frame"), 12 },
    [COLUMN_STATUSES] = { NC_("column", "Replies 211"), 11 },
    [COLUMN_FIRST_FRAME] = { NC_("column", "First reply in frame"), 20 },
    [COLUMN_USER] = { NC_("column", "User"), 0 },
};

/* How many of them are shown. */
static unsigned columns_shown = COLUMN_USER;

typedef struct {
    smtp_explain_session *session;
    bool has_user;                   /* the table has a column for it */
    stat_tap_table_item_type *cells; /* Wireshark's; the row's once it is retired */
} session_row;

static GHashTable *rows_by_session; /* session number -> session_row; doesn't own it */
static GPtrArray *retired_rows;     /* of an earlier look, which open windows still refer to */

static void free_row(session_row *row)
{
    smtp_explain_session_free(row->session);
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

static void set_titles(bool padded)
{
    for (unsigned i = 0; i < COLUMN_COUNT; i++) {
        const char *title = C_("column", heads[i].title);

        if (padded && columns[i].align == TAP_ALIGN_RIGHT)
            title = smtp_explain_pad_before(wmem_epan_scope(), title, heads[i].width);
        else if (padded)
            title = smtp_explain_pad(wmem_epan_scope(), title, heads[i].width);
        columns[i].column_name = title;
    }
}

void smtp_explain_sessions_name_columns(void)
{
    set_titles(false);
}

static void init_sessions(stat_tap_table_ui *ui)
{
    const char *title = _("SMTP sessions");
    stat_tap_table *table = stat_tap_find_table(ui, title);

    if (!smtp_explain_has_window())
        set_titles(true); /* tshark prints them as they are, above the values */
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

static const char *or_dash(const char *text)
{
    return text != NULL && text[0] != '\0' ? text : "-";
}

static void fill_row(session_row *row)
{
    const smtp_explain_session *s = row->session;
    const session_summary *summary = &s->summary;
    stat_tap_table_item_type *cells = row->cells;

    cells[COLUMN_SESSION] = number_cell(s->number);
    cells[COLUMN_SESSION].user_data.ptr_value = row;
    cells[COLUMN_CLIENT] = text_cell(s->client);
    cells[COLUMN_SERVER] = text_cell(s->server);
    cells[COLUMN_LOGIN] = text_cell(smtp_explain_session_login(s));
    cells[COLUMN_ACCEPTED] = number_cell(summary->accepted);
    cells[COLUMN_LAST] = text_cell(or_dash(s->last));
    cells[COLUMN_ENDED] = text_cell(or_dash(s->ended));
    cells[COLUMN_UNANSWERED] = text_cell(or_dash(s->waiting));
    cells[COLUMN_MECHANISM] = text_cell(or_dash(summary->mechanism));
    cells[COLUMN_TLS] = text_cell(smtp_explain_session_tls(s));
    cells[COLUMN_AUTHENTICATED_IN] = number_cell(summary->authenticated_in);
    cells[COLUMN_REFUSED] = number_cell(summary->refusals);
    cells[COLUMN_STATUSES] = number_cell(summary->statuses);
    cells[COLUMN_FIRST_FRAME] = number_cell(summary->first_frame);
    if (row->has_user)
        cells[COLUMN_USER] = text_cell(or_dash(s->user));
}

static session_row *make_row(stat_tap_table *table, const packet_info *pinfo,
                             const smtp_explain_frame *frame)
{
    const stat_tap_table_item_type blank[COLUMN_COUNT] = { { TABLE_ITEM_NONE, { 0 }, { 0 } } };
    const unsigned index = table->num_elements;
    session_row *row = g_new0(session_row, 1);

    row->session = smtp_explain_session_new(pinfo, frame);
    row->has_user = table->num_fields > COLUMN_USER;
    stat_tap_init_table_row(table, index, table->num_fields, blank);
    row->cells = stat_tap_get_field_data(table, index, COLUMN_SESSION);
    g_hash_table_insert(rows_by_session, GUINT_TO_POINTER(frame->session_number), row);
    return row;
}

static tap_packet_status tap_sessions(void *listener, packet_info *pinfo, epan_dissect_t *edt _U_,
                                      const void *data, tap_flags_t flags _U_)
{
    const stat_data_t *sessions = (const stat_data_t *)listener;
    const smtp_explain_frame *frame = (const smtp_explain_frame *)data;
    session_row *row = (session_row *)g_hash_table_lookup(rows_by_session,
                                                          GUINT_TO_POINTER(frame->session_number));

    if (row == NULL && !smtp_explain_session_begins(frame))
        return TAP_PACKET_DONT_REDRAW;
    if (row == NULL)
        row = make_row(g_array_index(sessions->stat_tap_data->tables, stat_tap_table *, 0), pinfo,
                       frame);
    if (!smtp_explain_session_take(row->session, pinfo, frame))
        return TAP_PACKET_DONT_REDRAW; /* several listeners share the table */
    fill_row(row);
    return TAP_PACKET_REDRAW;
}

static tap_param session_params[] = {
    { PARAM_FILTER, "filter", "Filter", NULL, TRUE },
};

static stat_tap_table_ui sessions_ui = {
    .group = REGISTER_PACKET_STAT_GROUP_UNSORTED,
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

void smtp_explain_sessions_show_users(bool shown)
{
    columns_shown = shown ? COLUMN_COUNT : COLUMN_USER;
    sessions_ui.nfields = columns_shown;
}

void smtp_explain_register_sessions(void)
{
    smtp_explain_sessions_name_columns();
    sessions_ui.title = _("SMTP Sessions");
    register_stat_tap_table_ui(&sessions_ui);
}
