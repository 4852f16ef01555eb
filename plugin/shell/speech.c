/* speech.c
 * The language that the plugin speaks: where translations are found, and the preference.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#if defined(__linux__) && !defined(_GNU_SOURCE)
#define _GNU_SOURCE /* dladdr() */
#endif

#include "speech.h"

#include <glib.h>

#ifdef G_OS_UNIX
#include <dlfcn.h>
#endif

#include "language.h"

#define BESIDE_PLUGIN "locale"

/* What the preference says: a language's number is its place in the list. */
enum { AS_THE_SYSTEM, ENGLISH, FIRST_INSTALLED };

static int chosen = AS_THE_SYSTEM;
static const language **installed; /* NULL after the last */

/* The folder beside the plugin, wherever that is installed. */
static void add_folder_beside(void)
{
#ifdef G_OS_UNIX
    Dl_info self;

    if (dladdr((const void *)&chosen, &self) != 0 && self.dli_fname != NULL) {
        char *plugins = g_path_get_dirname(self.dli_fname);
        char *folder = g_build_filename(plugins, BESIDE_PLUGIN, NULL);

        language_add_folder(folder);
        g_free(folder);
        g_free(plugins);
    }
#endif
}

void smtp_explain_speech_init(void)
{
    add_folder_beside();
#ifdef SMTP_EXPLAIN_LOCALE_FOLDER
    language_add_folder(SMTP_EXPLAIN_LOCALE_FOLDER);
#endif
    installed = language_all();
    language_speak(language_of_system());
}

/* The entries of the list, which ends with an empty one. Wireshark keeps a pointer to it. */
static const enum_val_t *choices(void)
{
    GArray *list = g_array_new(TRUE, TRUE, sizeof(enum_val_t));
    const enum_val_t first[] = { { "system", _("As the system"), AS_THE_SYSTEM },
                                 { "en", "English", ENGLISH } };

    g_array_append_vals(list, first, G_N_ELEMENTS(first));
    for (int i = 0; installed[i] != NULL; i++) {
        const enum_val_t one = { language_name(installed[i]), language_own_name(installed[i]),
                                 FIRST_INSTALLED + i };

        g_array_append_val(list, one);
    }
    return (const enum_val_t *)(void *)g_array_free(list, FALSE);
}

void smtp_explain_speech_register(module_t *module)
{
    prefs_register_enum_preference(
        module, "language", _("Language"),
        _("The language of explanations; names of fields and filters are English in any"), &chosen,
        choices(), FALSE);
}

void smtp_explain_speech_apply(void)
{
    if (chosen == AS_THE_SYSTEM)
        language_speak(language_of_system());
    else if (chosen == ENGLISH)
        language_speak(NULL);
    else
        language_speak(installed[chosen - FIRST_INSTALLED]);
}
