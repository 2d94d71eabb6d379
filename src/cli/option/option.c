/* SPDX-License-Identifier: Apache-2.0 */
/* Reads a command's options by popt. */
#include "cli/option/option.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option_help.h"

enum { OPTION_NAMES_CEILING = 128, OPTION_LIST_CEILING = 4096 };

/* The texts given to handlers, which keep them until the process ends. */
static struct arena *arguments;

static void
free_context(poptContext *context)
{
    poptFreeContext(*context);
}

/* Collects the long names of a table and of those it includes. */
static size_t
collect_names(const struct poptOption *table, const char **names, size_t count)
{
    for (; table->longName != NULL || table->shortName != '\0'
           || table->arg != NULL;
         table++) {
        if ((table->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE)
            count = collect_names(table->arg, names, count);
        else if (table->longName != NULL && count < OPTION_NAMES_CEILING)
            names[count++] = table->longName;
    }
    return count;
}

static void
explain_unknown(const struct poptOption *table, const char *word,
                struct error *err)
{
    const char *names[OPTION_NAMES_CEILING];
    const size_t count = collect_names(table, names, 0);
    const char *bare = word + strspn(word, "-");
    const size_t length = strcspn(bare, "=");
    char name[64];

    error_set(err, _("there is no option '%s'"), word);
    if (length >= sizeof(name))
        return;
    memcpy(name, bare, length);
    name[length] = '\0';
    const char *nearest = text_nearest(name, names, count);
    if (nearest != NULL)
        error_advise(err, _("did you mean '--%s'?"), nearest);
}

/* A copy of popt's text that a handler may keep. */
static char *
keep(const char *text)
{
    if (arguments == NULL)
        arguments = arena_new();
    return arguments != NULL ? arena_copy(arguments, text) : NULL;
}

static int
handle(option_handler *handler, int val, char *text, struct error *err)
{
    char *kept = NULL;

    if (text != NULL) {
        kept = keep(text);
        free(text);
        if (kept == NULL)
            return error_set_memory(err);
    }
    if (val == OPTION_LANGUAGE_VAL)
        return language_option_take(kept, err);
    return handler(val, kept, err);
}

static enum option_result
usage(const char *command, struct error *err)
{
    error_advise(err, _("%s --help lists the options"), command);
    message_error(err);
    return OPTION_USAGE;
}

/* What popt could not take, beside an option that there is not. */
static void
explain_misuse(poptContext context, int code, struct error *err)
{
    const char *option = poptBadOption(context, POPT_BADOPTION_NOALIAS);

    if (code == POPT_ERROR_NOARG)
        error_set(err, _("%s: needs a value"), option);
    else if (code == POPT_ERROR_UNWANTEDARG)
        error_set(err, _("%s: takes no value"), option);
    else
        error_set(err, "%s: %s", option, poptStrerror(code));
}

/* Words that are no options, where a command takes none. */
static int
refuse_word(const char *word, struct error *err)
{
    return error_set(err, _("'%s' is not an option"), word);
}

static enum option_result
take_words(poptContext context, const char *command,
           const struct option_words *words)
{
    AUTOERROR err = ERROR_INIT;
    const char *word;

    while ((word = poptGetArg(context)) != NULL) {
        const char *kept = keep(word);
        if (kept == NULL)
            error_set_memory(&err);
        if (kept == NULL || words->take(kept, &err) < 0)
            return usage(command, &err);
    }
    return OPTION_PARSED;
}

enum option_result
option_parse_words(int argc, const char **argv, const struct poptOption *table,
                   option_handler *handler, const struct option_words *words)
{
    __attribute__((cleanup(free_context))) poptContext context =
        poptGetContext(NULL, argc, argv, table, 0);
    AUTOERROR err = ERROR_INIT;
    int val;

    if (context == NULL) {
        error_set_memory(&err);
        return usage(argv[0], &err);
    }
    while ((val = poptGetNextOpt(context)) > 0) {
        if (val == OPTION_HELP_VAL) {
            if (option_help_print(argv[0], words->usage, table) == 0)
                return OPTION_HELP;
            error_set_memory(&err);
            return usage(argv[0], &err);
        }
        if (handle(handler, val, poptGetOptArg(context), &err) < 0)
            return usage(argv[0], &err);
    }
    if (val == POPT_ERROR_BADOPT) {
        explain_unknown(table, poptBadOption(context, POPT_BADOPTION_NOALIAS),
                        &err);
        return usage(argv[0], &err);
    }
    if (val < -1) {
        explain_misuse(context, val, &err);
        return usage(argv[0], &err);
    }
    return take_words(context, argv[0], words);
}

enum option_result
option_parse(int argc, const char **argv, const struct poptOption *table,
             option_handler *handler)
{
    static const struct option_words none = { N_("[OPTION...]"), refuse_word };

    return option_parse_words(argc, argv, table, handler, &none);
}

int
option_offer(struct error *err, const char *word, const char *const *names,
             size_t count)
{
    AUTOBUFFER list = BUFFER_INIT(OPTION_LIST_CEILING);
    const char *nearest = text_nearest(word, names, count);

    if (nearest != NULL)
        buffer_printf(&list, _("did you mean '%s'? "), nearest);
    buffer_append_text(&list, _("there are: "));
    for (size_t i = 0; i < count; i++)
        buffer_printf(&list, "%s%s", i == 0 ? "" : ", ", names[i]);
    return error_advise(err, "%s", buffer_text(&list));
}

int
option_number(const char *option, const char *text, uint64_t minimum,
              uint64_t maximum, uint64_t *ret_value, struct error *err)
{
    uint64_t value;

    if (text_to_unsigned(text, maximum, &value) < 0 || value < minimum)
        return error_set(
            err, _("%s: '%s' is not a whole number from %ju to %ju"), option,
            text, (uintmax_t) minimum, (uintmax_t) maximum);
    *ret_value = value;
    return 0;
}
