/* SPDX-License-Identifier: Apache-2.0 */
/* The help text of a command's options, in the chosen language. popt's own
 * looks words up by the locale of the process, which nobody sets here. */
#ifndef PIKET_CLI_OPTION_OPTION_HELP_H
#define PIKET_CLI_OPTION_OPTION_HELP_H

#include <popt.h>

/* Prints "Usage: COMMAND WORDS" and a paragraph for each option of the table
 * and of those that it includes to stdout. Returns -1 where memory ran
 * out. */
int option_help_print(const char *command, const char *words,
                      const struct poptOption *table);

#endif
