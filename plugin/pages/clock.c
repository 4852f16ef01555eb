/* clock.c
 * Times of a capture, as they are printed: in the zone of whoever reads them, which is named.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "clock.h"

#include <string.h>

#include <glib.h>

#include "language.h"
#include "span.h"

#define NS_PER_US INT64_C(1000)
#define NS_PER_MS INT64_C(1000000)

#define DATE "%Y-%m-%d"

/* In a form of g_date_time_format(). NULL if there is no such date. */
static const char *format(wmem_allocator_t *scope, int64_t time, const char *form)
{
    GDateTime *date = g_date_time_new_from_unix_local(time / NS_PER_S);
    char *text = date != NULL ? g_date_time_format(date, form) : NULL;
    const char *kept = text != NULL ? wmem_strdup(scope, text) : NULL;

    if (date != NULL)
        g_date_time_unref(date);
    g_free(text);
    return kept;
}

const char *clock_text(wmem_allocator_t *scope, int64_t time)
{
    const char *begin = format(scope, time, DATE " %H:%M:%S"), *zone = format(scope, time, "%Z");

    if (begin == NULL || zone == NULL)
        return _("unknown time");
    return wmem_strdup_printf(scope, "%s.%03d %s", begin, (int)(time % NS_PER_S / NS_PER_MS), zone);
}

const char *clock_iso(wmem_allocator_t *scope, int64_t time)
{
    GDateTime *date = g_date_time_new_from_unix_utc(time / NS_PER_S);
    char *text = date != NULL ? g_date_time_format(date, "%Y-%m-%dT%H:%M:%S") : NULL;
    const char *made = text != NULL ? wmem_strdup_printf(scope, "%s.%06dZ", text,
                                                         (int)(time % NS_PER_S / NS_PER_US))
                                    : NULL;

    if (date != NULL)
        g_date_time_unref(date);
    g_free(text);
    return made;
}

const char *clock_span(wmem_allocator_t *scope, int64_t from, int64_t to)
{
    const char *first = format(scope, from, DATE), *last = format(scope, to, DATE);
    const bool same_day = first != NULL && last != NULL && strcmp(first, last) == 0;

    if (first == NULL || last == NULL)
        return _("unknown time");
    /* Translators: from when to when. */
    return wmem_strdup_printf(scope, C_("times", "%s to %s"), format(scope, from, DATE " %H:%M:%S"),
                              format(scope, to, same_day ? "%H:%M:%S %Z" : DATE " %H:%M:%S %Z"));
}
