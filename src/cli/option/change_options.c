/* SPDX-License-Identifier: Apache-2.0 */
/* The options of the commands that change something. */
#include "cli/option/change_options.h"

#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/language_option.h"
#include "cli/option/option.h"
#include "report/change/operation_report.h"

enum {
    CHANGE_STOP_AFTER = 5,
    CHANGE_VERIFY_TIMEOUT = 60, /* seconds */
    CHANGE_VERIFY_CEILING = 3600,
    CHANGE_COUNT_CEILING = 1000000,
    CHANGE_REASON_CEILING = 1000, /* bytes */
    CHANGE_FORMATS_CEILING = 8,
};

const struct poptOption change_options_table[] = {
    { "what-if", '\0', POPT_ARG_NONE, NULL, CHANGE_OPTION_WHAT_IF,
      N_("show the changes, write nothing: the default; wins over --apply"),
      NULL },
    { "apply", '\0', POPT_ARG_NONE, NULL, CHANGE_OPTION_APPLY,
      N_("make the changes, once they are confirmed"), NULL },
    { "yes", '\0', POPT_ARG_NONE, NULL, CHANGE_OPTION_YES,
      N_("do not ask: needed where nobody can answer"), NULL },
    { "limit", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_LIMIT,
      N_("make at most so many changes"), "N" },
    { "stop-after", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_STOP_AFTER,
      N_("begin no further change after so many failures (default 5)"), "N" },
    { "verify-timeout", '\0', POPT_ARG_STRING, NULL,
      CHANGE_OPTION_VERIFY_TIMEOUT,
      N_("for a change to show when it is read back (default 60)"),
      N_("SECONDS") },
    { "reason", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_REASON,
      N_("goes into the journal, such as the number of a change"),
      N_("TEXT") },
    { "backup", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_BACKUP,
      N_("keep what was there here, too; it must not exist yet"), N_("FILE") },
    { "save-plan", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_SAVE_PLAN,
      N_("keep the plan, to apply exactly this one later"), N_("FILE") },
    { "plan", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_PLAN,
      N_("show a plan that was kept; with --apply, apply it"), N_("FILE") },
    POPT_TABLEEND
};

const struct poptOption change_options_report_table[] = {
    { "format", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_FORMAT,
      N_("text (default) or json"), N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_OUTPUT,
      N_("write the report here, whole or not at all"), N_("FILE") },
    { "rows", '\0', POPT_ARG_STRING, NULL, CHANGE_OPTION_ROWS,
      N_("of each group (default 20 on a terminal, else all)"), N_("N|all") },
    { "no-color", '\0', POPT_ARG_NONE, NULL, CHANGE_OPTION_NO_COLOR,
      N_("plain text on a terminal, too"), NULL },
    POPT_TABLEEND
};

void
change_options_init(struct change_options *options)
{
    *options = (struct change_options){
        .stop_after = CHANGE_STOP_AFTER,
        .verify_timeout = (int64_t) CHANGE_VERIFY_TIMEOUT * 1000,
        .format = operation_format_table[0].name,
    };
}

static int
take_format(struct change_options *options, const char *name,
            struct error *err)
{
    const char *names[CHANGE_FORMATS_CEILING];
    size_t count = 0;

    options->format = name;
    if (operation_format_by_name(name) != NULL)
        return 0;
    for (;
         count < operation_format_table_length && count < ARRAY_LENGTH(names);
         count++)
        names[count] = operation_format_table[count].name;
    error_set(err, _("--format: there is no format '%s'"), name);
    return option_offer(err, name, names, count);
}

static int
take_count(const char *option, const char *text, size_t *ret_count,
           struct error *err)
{
    uint64_t count;

    if (option_number(option, text, 1, CHANGE_COUNT_CEILING, &count, err) < 0)
        return -1;
    *ret_count = (size_t) count;
    return 0;
}

static int
take_rows(struct change_options *options, const char *text, struct error *err)
{
    options->rows = 0;
    options->rows_given = true;
    if (strcmp(text, "all") != 0
        && take_count("--rows", text, &options->rows, err) < 0)
        return error_advise(err, _("--rows all shows them all"));
    return 0;
}

static int
take_timeout(struct change_options *options, const char *text,
             struct error *err)
{
    uint64_t seconds;

    if (option_number("--verify-timeout", text, 1, CHANGE_VERIFY_CEILING,
                      &seconds, err)
        < 0)
        return -1;
    options->verify_timeout = (int64_t) seconds * 1000;
    return 0;
}

/* A file's name, or another text, of which there can be one only. */
static int
take_text(const char *option, const char **text, const char *argument,
          struct error *err)
{
    if (*text != NULL)
        return error_set(err, _("%s: one per run"), option);
    if (text_is_blank(argument))
        return error_set(err, _("%s: must not be empty"), option);
    *text = argument;
    return 0;
}

static int
take_reason(struct change_options *options, const char *text,
            struct error *err)
{
    if (strlen(text) > CHANGE_REASON_CEILING)
        return error_set(err, _("--reason: longer than %d bytes"),
                         CHANGE_REASON_CEILING);
    return take_text("--reason", &options->reason, text, err);
}

int
change_options_take(struct change_options *options, int val, char *argument,
                    struct error *err)
{
    switch ((enum change_option) val) {
    case CHANGE_OPTION_APPLY:
        options->apply = true;
        return 0;
    case CHANGE_OPTION_BACKUP:
        return take_text("--backup", &options->backup, argument, err);
    case CHANGE_OPTION_FORMAT:
        return take_format(options, argument, err);
    case CHANGE_OPTION_LIMIT:
        return take_count("--limit", argument, &options->limit, err);
    case CHANGE_OPTION_NO_COLOR:
        options->no_colour = true;
        return 0;
    case CHANGE_OPTION_OUTPUT:
        return take_text("--output", &options->output, argument, err);
    case CHANGE_OPTION_PLAN:
        return take_text("--plan", &options->plan, argument, err);
    case CHANGE_OPTION_REASON:
        return take_reason(options, argument, err);
    case CHANGE_OPTION_ROWS:
        return take_rows(options, argument, err);
    case CHANGE_OPTION_SAVE_PLAN:
        return take_text("--save-plan", &options->save_plan, argument, err);
    case CHANGE_OPTION_STOP_AFTER:
        return take_count("--stop-after", argument, &options->stop_after, err);
    case CHANGE_OPTION_VERIFY_TIMEOUT:
        return take_timeout(options, argument, err);
    case CHANGE_OPTION_WHAT_IF:
        options->what_if = true;
        return 0;
    case CHANGE_OPTION_YES:
        options->yes = true;
        return 0;
    case CHANGE_OPTION_LAST:
        break;
    }
    return 1;
}

int
change_options_conclude(struct change_options *options,
                        const struct store_options *store, struct error *err)
{
    if (options->plan != NULL && options->save_plan != NULL)
        return error_set(err, "%s",
                         _("--save-plan: the plan is one that was kept"));
    if (options->what_if)
        options->apply = false;
    if (options->apply && store->none)
        return error_set(err, "%s",
                         _("--no-store: nothing is changed without a "
                           "journal"));
    if (!options->apply || options->yes || isatty(STDIN_FILENO) == 1)
        return 0;
    error_set(err, "%s",
              _("--apply asks before it changes anything, and nobody can "
                "answer here"));
    return error_advise(err, "%s",
                        _("--yes applies without asking; --what-if shows "
                          "what would be"));
}

void
change_options_list_paths(const struct change_options *options,
                          struct path_list *list)
{
    path_list_add(list, PATH_READ, "--plan", options->plan);
    if (options->save_plan != NULL)
        path_list_add(list, PATH_PRINTED, "--save-plan", options->save_plan);
    path_list_add(list, PATH_KEPT, "--backup", options->backup);
    path_list_add(list, PATH_PRINTED, "--output", options->output);
}
