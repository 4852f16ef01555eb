/* record.c
 * A reply, or an event, as a record of the same keys, for programs: a row of a table, or a line of JSON.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "record.h"

#include <inttypes.h>
#include <string.h>

#include <glib.h>

#include "asked.h"
#include "clock.h"
#include "finding.h"
#include "language.h"
#include "span.h"

/* One of the two notes is NULL. */
typedef struct {
    wmem_allocator_t *scope;
    const record_place *place;
    const reply_note *reply;
    const event_note *event;
} record;

typedef enum { VALUE_UNKNOWN, VALUE_TEXT, VALUE_NUMBER, VALUE_SECONDS, VALUE_FLAG, VALUE_SET } kind;

typedef struct {
    kind kind;
    const char *text;
    uint64_t number; /* of VALUE_SECONDS: nanoseconds; of VALUE_SET: findings, a bit each */
} value;

static const value unknown = { .kind = VALUE_UNKNOWN };

/* --- what there is to say --- */

static value text_value(const char *text)
{
    const value made = { .kind = VALUE_TEXT, .text = text };

    return text != NULL ? made : unknown;
}

static value number_value(uint64_t number)
{
    const value made = { .kind = VALUE_NUMBER, .number = number };

    return made;
}

static const command_note *command_of(const record *r)
{
    return r->reply != NULL ? r->reply->command : NULL;
}

static value of_frame(const record *r)
{
    return number_value(r->place->frame);
}

static value of_time(const record *r)
{
    return text_value(clock_iso(r->scope, r->place->time));
}

static value of_source(const record *r)
{
    return text_value(r->place->source);
}

static value of_source_port(const record *r)
{
    return number_value(r->place->source_port);
}

static value of_destination(const record *r)
{
    return text_value(r->place->destination);
}

static value of_destination_port(const record *r)
{
    return number_value(r->place->destination_port);
}

static value of_code(const record *r)
{
    return r->reply != NULL ? number_value(r->reply->code) : unknown;
}

static value of_enhanced(const record *r)
{
    return text_value(r->reply != NULL ? asked_enhanced(r->scope, &r->reply->enhanced) : NULL);
}

static value of_command(const record *r)
{
    const command_note *command = command_of(r);

    return text_value(command != NULL ? command->verb : NULL);
}

static value of_mechanism(const record *r)
{
    const command_note *command = command_of(r);

    return text_value(command != NULL ? command->mechanism : NULL);
}

static value of_verdict(const record *r)
{
    return text_value(r->reply != NULL ? asked_verdict((verdict)r->reply->verdict) : NULL);
}

static value of_request(const record *r)
{
    const command_note *command = command_of(r);
    const uint32_t frame = command != NULL    ? command->frame
                           : r->event != NULL ? r->event->about
                                              : 0;

    return frame != 0 ? number_value(frame) : unknown;
}

static value of_elapsed(const record *r)
{
    const command_note *command = command_of(r);
    value made = { .kind = VALUE_SECONDS };

    if (command == NULL || command->time == 0)
        return unknown;
    made.number = (uint64_t)r->reply->elapsed;
    return made;
}

static value of_encrypted(const record *r)
{
    const value made = { .kind = VALUE_FLAG, .number = r->reply != NULL && r->reply->encrypted };

    return r->reply != NULL ? made : unknown;
}

static value of_findings(const record *r)
{
    const value made = { .kind = VALUE_SET,
                         .number = r->reply != NULL ? r->reply->findings
                                                    : UINT64_C(1) << finding_of_event(r->event) };

    return made;
}

static value of_cause(const record *r)
{
    return text_value(r->reply != NULL ? cause_word((cause)r->reply->cause) : NULL);
}

static value of_cause_from(const record *r)
{
    if (r->reply == NULL || r->reply->cause == CAUSE_NONE)
        return unknown;
    const cause_found found = finding_cause(r->reply);

    return text_value(cause_from_text(r->scope, &found, &r->reply->enhanced));
}

static value of_text(const record *r)
{
    return text_value(r->reply != NULL ? r->reply->text : NULL);
}

static const struct {
    const char *key;
    value (*of)(const record *r);
} columns[] = {
    { "frame", of_frame },
    { "time", of_time },
    { "src", of_source },
    { "sport", of_source_port },
    { "dst", of_destination },
    { "dport", of_destination_port },
    { "code", of_code },
    { "enhanced", of_enhanced },
    { "command", of_command },
    { "mechanism", of_mechanism },
    { "verdict", of_verdict },
    { "request_in", of_request },
    { "response_time", of_elapsed },
    { "encrypted", of_encrypted },
    { "findings", of_findings },
    { "cause", of_cause },
    { "cause_from", of_cause_from },
    { "text", of_text },
};

/* --- how it is written --- */

/* A clock that went backwards makes it negative. */
static void write_seconds(wmem_strbuf_t *text, int64_t ns)
{
    const uint64_t size = (uint64_t)(ns < 0 ? -ns : ns);

    wmem_strbuf_append_printf(text, "%s%" PRIu64 ".%09" PRIu64, ns < 0 ? "-" : "",
                              size / (uint64_t)NS_PER_S, size % (uint64_t)NS_PER_S);
}

/* quote: around each name */
static void write_set(wmem_strbuf_t *text, uint64_t set, const char *quote, const char *between)
{
    bool is_first = true;

    for (unsigned f = 0; f < FINDING_COUNT; f++) {
        if ((set >> f & 1) == 0)
            continue;
        wmem_strbuf_append_printf(text, "%s%s%s%s", is_first ? "" : between, quote,
                                  finding_describe((finding)f)->name, quote);
        is_first = false;
    }
}

/* Texts hold no control characters, but this is what nobody must have to rely on. */
static void write_json_text(wmem_strbuf_t *text, const char *words)
{
    wmem_strbuf_append_c(text, '"');
    for (; *words != '\0'; words++)
        if (*words == '"' || *words == '\\')
            wmem_strbuf_append_printf(text, "\\%c", *words);
        else if ((unsigned char)*words < ' ')
            wmem_strbuf_append_printf(text, "\\u%04x", (unsigned)*words);
        else
            wmem_strbuf_append_c(text, *words);
    wmem_strbuf_append_c(text, '"');
}

static void write_cell_text(wmem_strbuf_t *text, const char *words)
{
    for (; *words != '\0'; words++)
        wmem_strbuf_append_c(text, (unsigned char)*words < ' ' ? '?' : *words);
}

/* How values are written: the words, and what stands around and between those of a set. */
typedef struct {
    void (*write_text)(wmem_strbuf_t *text, const char *words);
    const char *unknown, *yes, *no;
    const char *begin, *quote, *between, *end;
} style;

static const style json = { .write_text = write_json_text,
                            .unknown = "null",
                            .yes = "true",
                            .no = "false",
                            .begin = "[",
                            .quote = "\"",
                            .between = ", ",
                            .end = "]" };
static const style cell = { .write_text = write_cell_text,
                            .unknown = "",
                            .yes = "yes",
                            .no = "no",
                            .begin = "",
                            .quote = "",
                            .between = ",",
                            .end = "" };

static void write_value(wmem_strbuf_t *text, const value *v, const style *as)
{
    switch (v->kind) {
    case VALUE_UNKNOWN:
        wmem_strbuf_append(text, as->unknown);
        break;
    case VALUE_TEXT:
        as->write_text(text, v->text);
        break;
    case VALUE_NUMBER:
        wmem_strbuf_append_printf(text, "%" PRIu64, v->number);
        break;
    case VALUE_SECONDS:
        write_seconds(text, (int64_t)v->number);
        break;
    case VALUE_FLAG:
        wmem_strbuf_append(text, v->number != 0 ? as->yes : as->no);
        break;
    case VALUE_SET:
        wmem_strbuf_append(text, as->begin);
        write_set(text, v->number, as->quote, as->between);
        wmem_strbuf_append(text, as->end);
        break;
    }
}

static void write_json_line(wmem_strbuf_t *text, const record *r)
{
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        const value v = columns[i].of(r);

        wmem_strbuf_append_printf(text, "%s\"%s\": ", i == 0 ? "{" : ", ", columns[i].key);
        write_value(text, &v, &json);
    }
    wmem_strbuf_append(text, "}\n");
}

static void write_row(wmem_strbuf_t *text, const record *r)
{
    for (size_t i = 0; i < G_N_ELEMENTS(columns); i++) {
        const value v = columns[i].of(r);

        if (i > 0)
            wmem_strbuf_append_c(text, '\t');
        write_value(text, &v, &cell);
    }
    wmem_strbuf_append_c(text, '\n');
}

static void write_record(wmem_strbuf_t *text, record_format format, record r)
{
    const language *spoken = language_speak(NULL); /* programs rely on what is written */

    r.scope = wmem_allocator_new(WMEM_ALLOCATOR_SIMPLE);
    if (format == RECORD_JSON)
        write_json_line(text, &r);
    else
        write_row(text, &r);
    wmem_destroy_allocator(r.scope);
    language_speak(spoken);
}

void record_begin(wmem_strbuf_t *text, record_format format)
{
    for (size_t i = 0; i < G_N_ELEMENTS(columns) && format == RECORD_TSV; i++)
        wmem_strbuf_append_printf(text, "%s%c", columns[i].key,
                                  i + 1 < G_N_ELEMENTS(columns) ? '\t' : '\n');
}

void record_reply(wmem_strbuf_t *text, record_format format, const record_place *place,
                  const reply_note *note)
{
    const record r = { .place = place, .reply = note };

    write_record(text, format, r);
}

void record_event(wmem_strbuf_t *text, record_format format, const record_place *place,
                  const event_note *event)
{
    const record r = { .place = place, .event = event };

    if (event->kind != EVENT_ENDED)
        write_record(text, format, r);
}

void record_of_capture(wmem_strbuf_t *text, record_format format, const char *capture,
                       const char *line, bool headline)
{
    if (format == RECORD_TSV) {
        if (headline)
            wmem_strbuf_append(text, "capture");
        else
            write_cell_text(text, capture);
        wmem_strbuf_append_printf(text, "\t%s", line);
        return;
    }
    wmem_strbuf_append(text, "{\"capture\": ");
    write_json_text(text, capture);
    wmem_strbuf_append_printf(text, ", %s", line + 1);
}
