/* SPDX-License-Identifier: Apache-2.0 */
/* piket explain: what the control and its parts mean. */
#include "cli/command/explain_command.h"

#include <popt.h>

#include "base/cleanup.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "report/explain/explain.h"

enum {
    EXPLAIN_OPTION_FORMAT = 1,
    EXPLAIN_OPTION_OUTPUT,
};

static struct {
    const struct explain_format *format;
    const char *output;
    const char *word; /* NULL: the control as a whole */
    struct explain_topic topic;
} arg;

static const struct poptOption options[] = {
    { "format", '\0', POPT_ARG_STRING, NULL, EXPLAIN_OPTION_FORMAT,
      N_("text (default), json or markdown"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, EXPLAIN_OPTION_OUTPUT,
      N_("write the page here, whole or not at all"), N_("FILE") },
    OPTION_LANGUAGE_ROW,
    OPTION_HELP_ROW,
    POPT_TABLEEND
};

static int
take_option(int val, char *argument, struct error *err)
{
    switch (val) {
    case EXPLAIN_OPTION_FORMAT:
        arg.format = explain_format_by_name(argument);
        if (arg.format != NULL)
            return 0;
        return error_set(err, _("--format: there is no format '%s'"),
                         argument);
    case EXPLAIN_OPTION_OUTPUT:
        arg.output = argument;
        return 0;
    default:
        return error_set(err, "an option without a handler");
    }
}

static int
take_word(const char *word, struct error *err)
{
    if (arg.word != NULL)
        return error_set(err, _("'%s': one word at a time"), word);
    arg.word = word;
    return explain_topic_by_word(word, language_option_chosen(), &arg.topic,
                                 err);
}

static int
write_page(struct buffer *target, const void *data, struct error *err)
{
    return arg.format->write(data, language_option_chosen(), target, err);
}

static int
run_explain(int argc, const char **argv)
{
    static const struct option_words words = {
        N_("[OPTION...] [REQUIREMENT | PROFILE | FRAMEWORK]"),
        take_word,
    };
    AUTOERROR err = ERROR_INIT;

    arg.format = explain_format_by_name("text");
    switch (option_parse_words(argc, argv, options, take_option, &words)) {
    case OPTION_HELP:
        return output_flush();
    case OPTION_USAGE:
        return EXIT_STATUS_USAGE;
    case OPTION_PARSED:
        break;
    }
    if (output_write(arg.output, write_page, &arg.topic, &err) == 0)
        return EXIT_STATUS_COMPLIANT;
    error_wrap(&err, "%s", _("write the page"));
    message_error(&err);
    return EXIT_STATUS_IMPOSSIBLE;
}

const struct command explain_command = {
    .name = "explain",
    .summary = N_("say what a requirement, profile or framework means"),
    .run = run_explain,
};
