/* speech.h
 * The language that the plugin speaks, as the preference has it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef SMTP_EXPLAIN_SPEECH_H
#define SMTP_EXPLAIN_SPEECH_H

#include <epan/prefs.h>

/* To be called before anything is registered: finds the translations, and speaks as the system does until
 * preferences are read. */
void smtp_explain_speech_init(void);

/* Registers the preference. */
void smtp_explain_speech_register(module_t *module);

/* Speaks what the preference says. */
void smtp_explain_speech_apply(void);

#endif
