/* asked.c
 * What is said of a command, and of how long its reply took.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "asked.h"

#include "language.h"

const char *asked_name(command_id command, const char *verb)
{
    if (command == COMMAND_CONNECTION)
        return _("the opening of the connection");
    if (command == COMMAND_MESSAGE)
        return _("the end of a message");
    return verb != NULL ? verb : command_name(command);
}

const char *asked_verdict(verdict found)
{
    static const char *const names[] = {
        [VERDICT_UNKNOWN] = NC_("verdict", "unknown"),
        [VERDICT_EXPECTED] = NC_("verdict", "expected"),
        [VERDICT_REFUSED] = NC_("verdict", "refused"),
        [VERDICT_UNUSUAL] = NC_("verdict", "unusual"),
        [VERDICT_UNEXPECTED] = NC_("verdict", "unexpected"),
        [VERDICT_UNSOLICITED] = NC_("verdict", "unsolicited"),
    };

    return names[found];
}

const char *asked_enhanced(wmem_allocator_t *scope, const enhanced_code *enhanced)
{
    if (enhanced->status_class == 0)
        return NULL;
    return wmem_strdup_printf(scope, "%u.%u.%u", enhanced->status_class, enhanced->subject,
                              enhanced->detail);
}

char *asked_answer(wmem_allocator_t *scope, const reply_note *note)
{
    const char *enhanced = asked_enhanced(scope, &note->enhanced);
    const char *challenge = note_challenge_text(scope, note);
    const char *text = challenge != NULL ? challenge : note->text;
    const char *with_enhanced = enhanced != NULL ? wmem_strdup_printf(scope, " %s", enhanced) : "";

    if (text == NULL || *text == '\0')
        return wmem_strdup_printf(scope, "%u%s", note->code, with_enhanced);
    return wmem_strdup_printf(scope, "%u%s \"%s\"", note->code, with_enhanced, text);
}
