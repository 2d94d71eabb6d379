/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a command's options by popt: exact names, one table for parsing and
 * help, and a hint where a name is misspelt. */
#ifndef PIKET_CLI_OPTION_OPTION_H
#define PIKET_CLI_OPTION_OPTION_H

#include <popt.h>
#include <stdint.h>

#include "base/error.h"
#include "base/translatable.h"

/* Handles one option that carries a val: argument is its text, NULL for a
 * flag, and stays valid until the process ends. Returns -1 with an error for
 * a value that cannot be used. */
typedef int option_handler(int val, char *argument, struct error *err);

enum option_result {
    OPTION_PARSED,
    OPTION_HELP,  /* help was asked for and has been printed */
    OPTION_USAGE, /* the usage error has been printed */
};

/* Parses argv by the table, which must hold OPTION_LANGUAGE_ROW and
 * OPTION_HELP_ROW and end in POPT_TABLEEND. Words that are no options are a
 * usage error. */
enum option_result option_parse(int argc, const char **argv,
                                const struct poptOption *table,
                                option_handler *handler);

/* The words of a command that are no options. */
struct option_words {
    const char *usage; /* what help shows behind the command, N_ */
    /* Handles one word, which stays valid until the process ends. Returns -1
     * with an error for one that cannot be used. */
    int (*take)(const char *word, struct error *err);
};

/* option_parse with words. */
enum option_result option_parse_words(int argc, const char **argv,
                                      const struct poptOption *table,
                                      option_handler *handler,
                                      const struct option_words *words);

/* Both are handled here, and not by the command. */
enum { OPTION_HELP_VAL = 1000, OPTION_LANGUAGE_VAL };

#define OPTION_HELP_ROW                                    \
    {                                                      \
        "help", 'h', POPT_ARG_NONE, NULL, OPTION_HELP_VAL, \
            N_("show this text"), NULL                     \
    }

/* Of every command that prints for people. */
#define OPTION_LANGUAGE_ROW                                                \
    {                                                                      \
        "lang", '\0', POPT_ARG_STRING, NULL, OPTION_LANGUAGE_VAL,          \
            N_("answer in this language (default: the locale's)"), "en|nl" \
    }

/* Advises the nearest of the names that an option takes, and lists all of
 * them. Returns -1. */
int option_offer(struct error *err, const char *word, const char *const *names,
                 size_t count);

/* Reads a whole number from minimum to maximum; the error names option. */
int option_number(const char *option, const char *text, uint64_t minimum,
                  uint64_t maximum, uint64_t *ret_value, struct error *err);

#endif
