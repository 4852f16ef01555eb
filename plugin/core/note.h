/* note.h
 * What is kept of a session: a note per reply, and the command that it answers. Notes are made
 * once, when the bytes are first seen, and shown on every later visit of their frame.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_NOTE_H
#define SMTP_EXPLAIN_NOTE_H

#include <stdbool.h>
#include <stdint.h>

#include <wsutil/wmem/wmem.h>

#include "command.h"
#include "facts.h"
#include "offers.h"
#include "reply.h"
#include "verdict.h"

/* Where bytes stand in their frame. length 0: they are not in that frame. */
typedef struct {
    uint32_t offset; /* in the data source, in bytes */
    uint32_t length; /* bytes */
    uint8_t source;  /* index of the data source */
} note_place;

typedef struct reply_note reply_note;

typedef struct command_note {
    struct command_note *next; /* in the queue of outstanding commands */
    const char *verb; /* in upper case; NULL if it has none that may be shown; not the note's */
    const char *mechanism; /* SASL mechanism, in upper case; NULL if there is none */
    const char *user;      /* the user name that an AUTH gave, if it is kept; or NULL */
    int64_t time;          /* of its frame, or when the connection was opened, nanoseconds since the
                                * epoch; 0: not known */
    uint32_t frame;        /* the frame of its last byte; 0 if it has none in the capture */
    const reply_note *answer; /* the last reply to it; NULL if there is none */
    uint32_t response_in;     /* the frame of that reply; 0 if there is none */
    note_place place;
    uint8_t id;        /* command_id */
    bool ends_message; /* LMTP answers it once for each recipient */
    bool ends_falsely; /* of a message: the server took for its end what is none */
    bool in_auth;      /* it came where a SASL response was due */
    bool cancelled;    /* the client ended the SASL exchange with "*" */
} command_note;

struct reply_note {
    const command_note *command; /* what it answers; NULL if unknown or nothing */
    const char *text;            /* the server's own words, printable UTF-8 */
    const offers *offers;        /* what the last reply to EHLO listed; NULL if that isn't known */
    int64_t elapsed; /* nanoseconds since the command; valid if the command has a time */
    uint32_t lines;
    uint32_t first_line_in; /* the frame in which the reply began; 0 if it is this one */
    uint32_t auth_failures; /* refused AUTH commands so far, valid if ends_auth */
    uint32_t cause_frame;   /* the frame that shows the cause; 0: none */
    uint32_t findings;      /* set of findings, a bit each: its judge's */
    note_place place;
    uint16_t code;
    enhanced_code enhanced;
    uint16_t cause_rule; /* its judge's */
    uint16_t
        slow; /* tenths of a second that the server took, if that is worth pointing out; or 0 */
    uint8_t verdict;
    uint8_t cause; /* why it refuses, what tells that, and which fact; its judge's, too */
    uint8_t cause_evidence;
    uint8_t cause_fact;    /* session_fact */
    uint8_t read_as;       /* charset that its text was read as */
    uint8_t challenge_nth; /* which 334 of its AUTH it is, from 1 */
    uint8_t challenge;     /* challenge_kind, of a 334 to AUTH */
    bool encrypted : 1;
    bool ends_auth : 1;         /* the last reply to AUTH or X-EXPS */
    bool ends_help : 1;         /* the reply to HELP */
    bool code_changed : 1;      /* earlier lines of the reply carried another code */
    bool was_authenticated : 1; /* a 235 held when it came */
    bool injected : 1;          /* of STARTTLS: clear text stands behind it, or behind its 220 */
    bool smuggled : 1;          /* it answers a command that stands in message data */
    bool
        answers_chunk : 1; /* it answers a line of the chunk of a refused BDAT, which it was to discard */
    bool after_close : 1;   /* the client had closed the connection before */
    bool answers_proxy : 1; /* the server took a PROXY header for a command */
    bool rewritten : 1;     /* something between client and server rewrites what they say */
};

/* What else a frame shows: nothing that a reply could tell. */
typedef enum {
    EVENT_CHALLENGE_UNANSWERED, /* a command came where a SASL response was due */
    EVENT_SMUGGLING,    /* message data holds what some servers take for its end, and commands */
    EVENT_NO_REPLY,     /* the session ends while a command waits */
    EVENT_EARLY_TALKER, /* the client spoke before it was greeted, or had its answer */
    EVENT_PROXY,        /* a PROXY header */
    EVENT_TLS_EXPECTED, /* the client began TLS, and the server speaks clear text */
    EVENT_STILL_CLEAR,  /* the session goes on in clear text behind an accepted STARTTLS */
    EVENT_LINE_WITHOUT_CR,
    EVENT_LINE_WITHOUT_CODE,
    EVENT_CLEAR_TEXT_EXPECTED, /* the client speaks clear text, and the server TLS */
    EVENT_TLS_FAILED,
    EVENT_ENDED,      /* the session ends: no finding */
    EVENT_TLS_UNREAD, /* TLS is in use, and isn't decrypted */
    EVENT_COUNT
} event_kind;

/* Which side ended a session, and how. */
typedef enum {
    SESSION_CLOSED_BY_CLIENT,
    SESSION_CLOSED_BY_SERVER,
    SESSION_RESET_BY_CLIENT,
    SESSION_RESET_BY_SERVER,
    SESSION_QUIT, /* it was asked to */
} session_end;

/* What a session came to. */
typedef struct {
    const char *login; /* an outcome: "authenticated". Static storage */
    uint32_t accepted; /* messages that the server took */
    uint32_t refused;  /* messages and recipients that it didn't */
} session_ending;

typedef struct {
    const char
        *verb; /* the command that came, that is smuggled, or that waits; or NULL: there is none,
                            * or it may not be shown */
    const char *mechanism;        /* of the AUTH that it is about; or NULL */
    const session_ending *ending; /* of EVENT_ENDED */
    const char *detail; /* the client that a PROXY header names, or what the server said; or NULL */
    int64_t waited;     /* nanoseconds since the command that waits */
    uint32_t frame;
    uint32_t
        about; /* the frame of the AUTH, of the command that waits, or, if that is another one, of what is
                    * smuggled; 0: it has none */
    note_place place;
    uint8_t kind;   /* event_kind */
    uint8_t end;    /* session_end, of what the session ends with */
    uint8_t id;     /* command_id of what waits */
    bool ends;      /* the session ends here */
    bool refused;   /* the challenge was none: it carried an error */
    bool by_server; /* the server sent the alert, */
    uint8_t alert;  /* with which TLS failed; 0: the connection ended inside the handshake */
    bool greeted;   /* the server had greeted before that */
    bool spoke;     /* the client spoke, although it was not greeted */
    uint16_t port;  /* the server's; 0: not known */
} event_note;

/* Judges a reply once all that the session knows of it is in its note, and writes what it finds into
 * the note. The core knows no sentences: those who do hand this in. facts: NULL for a reply that
 * refuses nothing. */
typedef void (*reply_judge)(reply_note *note, const session_facts *facts);

/* Does the reply refuse something? Any 4yz and 5yz, and a 334 that carries an error. */
bool note_refuses(const reply_note *note);

/* What a 334 to AUTH asks for, or the error that it carries, as far as that may be shown. NULL: nothing
 * of it may. Lives in scope. */
char *note_challenge_text(wmem_allocator_t *scope, const reply_note *note);

/* Does the reply say that the client is authenticated from here on? Also if the capture doesn't
 * show the AUTH that it answers; not if it is out of place (RFC 4954, section 4). */
bool note_logs_in(const reply_note *note);

/* A note on file. */
typedef struct {
    uint32_t frame;
    uint32_t order; /* in which it was filed */
    union {
        reply_note *reply;
        command_note *command;
        event_note *event;
    };
} note_entry;

typedef struct note_store note_store;

/* Makes an empty store. It and the notes live in scope. judge is asked about each reply that is
 * filed; NULL: nobody is. */
note_store *note_store_new(wmem_allocator_t *scope, reply_judge judge);

/* Are the user names of logins kept from here on? At first they are not. */
void note_store_keep_users(note_store *store, bool kept);
bool note_store_keeps_users(const note_store *store);

/* How long may a reply take, in nanoseconds, before that is pointed out? At first, for ever. */
void note_store_set_slow(note_store *store, int64_t ns);
int64_t note_store_slow(const note_store *store);

/* The notes of one kind in one frame, oldest first. Valid until the next one is filed. */
typedef struct {
    const note_entry *entry;
    unsigned count;
} note_list;

/* The replies in a frame that is visited for the first time: nothing was filed after them. */
note_list note_store_new_replies(const note_store *store, uint32_t frame);

/* The replies in a frame, and the commands in it that were answered. Not quick while notes are being
 * filed. */
note_list note_store_replies(note_store *store, uint32_t frame);
note_list note_store_commands(note_store *store, uint32_t frame);

/* The events in a frame. On its first visit nothing was filed after them. */
note_list note_store_events(note_store *store, uint32_t frame);

/* The list itself, or the last one that was handed in, if it is equal: then list is freed. A server
 * offers the same in each session. */
const offers *note_store_share_offers(note_store *store, offers *list);

/* A copy of the text of len bytes, terminated: a new one, or one that was made for an equal text.
 * Servers say the same again and again. */
const char *note_store_share_text(note_store *store, const char *text, size_t len);

/* Notes that say nothing yet. They live in the store's scope. */
reply_note *note_store_new_reply(note_store *store);
command_note *note_store_new_command(note_store *store);

/* Takes back a command's note that was not filed, and that nothing points at, and frees its own
 * strings. */
void note_store_drop_command(note_store *store, command_note *note);

/* Files a note, which the store keeps a pointer to, under a frame. A reply is judged before; facts are
 * for its judge. */
void note_store_add_reply(note_store *store, uint32_t frame, reply_note *note,
                          const session_facts *facts);
void note_store_add_command(note_store *store, command_note *note);

/* Files a copy of an event. */
void note_store_add_event(note_store *store, const event_note *event);

/* What the reply answers; COMMAND_NONE if that isn't known, or nothing was asked. */
command_id note_command_id(const reply_note *note);

/* Is it a login, a status, or help: 211, 235, or what else ended AUTH or HELP? */
bool note_is_login_or_status(const reply_note *note);

/* Is it the reply that accepts EHLO or LHLO, and may list offers? */
bool note_accepts_ehlo(const reply_note *note);

/* Does it answer EHLO or LHLO, and so list note->offers itself (RFC 5321, section 4.1.1.1; RFC 2033,
 * section 4.1)? Later replies of the session have the same list. */
bool note_lists_offers(const reply_note *note);

#endif
