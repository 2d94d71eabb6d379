/* SPDX-License-Identifier: Apache-2.0 */
/* --lang, and what the environment says of the language: chosen once, ahead
 * of all that is printed. */
#ifndef PIKET_CLI_TERMINAL_LANGUAGE_OPTION_H
#define PIKET_CLI_TERMINAL_LANGUAGE_OPTION_H

#include "base/error.h"
#include "report/language/language.h"

/* Chooses by --lang, wherever it stands among the words, so that help and
 * usage errors are in that language, too; else by LC_ALL, LC_MESSAGES or
 * LANG, the first that is set, and where that names any locale but C and
 * POSIX, by the list in LANGUAGE before it. No such locale has to be
 * installed. What is wrong with --lang is said by language_option_take. */
void language_option_begin(int argc, const char *const *argv);

/* The value of --lang. Returns -1 with an error that names the choices. */
int language_option_take(const char *name, struct error *err);

/* Never NULL. */
const struct language *language_option_chosen(void);

/* The sentence in the chosen language, as gettext's macro of that name. */
#define _(message) language_text(language_option_chosen(), message)

#endif
