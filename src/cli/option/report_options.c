/* SPDX-License-Identifier: Apache-2.0 */
/* The options of every command that reports a run. */
#include "cli/option/report_options.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/terminal/message.h"
#include "cli/option/option.h"
#include "cli/terminal/output.h"
#include "control/mask/mask.h"

enum {
    REPORT_ROWS_ON_TERMINAL = 20,
    REPORT_ROWS_CEILING = 1000000,
    REPORT_FORMATS_CEILING = 32,
    REPORT_FORMAT_NAME_CEILING = 32,
};

const struct poptOption report_options_table[] = {
    { "format", '\0', POPT_ARG_STRING, NULL, REPORT_OPTION_FORMAT,
      N_("text (default), json, csv and others: --list-formats"),
      N_("FORMAT") },
    { "output", '\0', POPT_ARG_STRING, NULL, REPORT_OPTION_OUTPUT,
      N_("write the report here, whole or not at all"), N_("FILE") },
    { "report", '\0', POPT_ARG_STRING, NULL, REPORT_OPTION_REPORT,
      N_("write one more report in the same pass; repeatable"),
      N_("FORMAT=FILE") },
    { "list-formats", '\0', POPT_ARG_NONE, NULL, REPORT_OPTION_LIST_FORMATS,
      N_("show all formats, check nothing"), NULL },
    { "mask", '\0', POPT_ARG_NONE, NULL, REPORT_OPTION_MASK,
      N_("hide ids, tenants, addresses and phone numbers"), NULL },
    { "all", '\0', POPT_ARG_NONE, NULL, REPORT_OPTION_ALL,
      N_("show the compliant subscriptions, too"), NULL },
    { "rows", '\0', POPT_ARG_STRING, NULL, REPORT_OPTION_ROWS,
      N_("of each group (default 20 on a terminal, else all)"), N_("N|all") },
    { "framework", '\0', POPT_ARG_STRING, NULL, REPORT_OPTION_FRAMEWORK,
      N_("count by its controls, such as cis-3.0 or bio2; repeatable"), "ID" },
    { "list-frameworks", '\0', POPT_ARG_NONE, NULL,
      REPORT_OPTION_LIST_FRAMEWORKS, N_("show all frameworks, check nothing"),
      NULL },
    { "no-color", '\0', POPT_ARG_NONE, NULL, REPORT_OPTION_NO_COLOR,
      N_("plain text on a terminal, too"), NULL },
    POPT_TABLEEND
};

void
report_options_init(struct report_options *options)
{
    *options = (struct report_options){
        .files[0] = { .option = "--output", .format = report_by_name("text") },
        .file_count = 1,
    };
}

static int
take_format(const char *option, const char *name,
            const struct report_format **ret_format, struct error *err)
{
    const struct report_format *format = report_by_name(name);
    const char *names[REPORT_FORMATS_CEILING];
    size_t count = 0;

    if (format != NULL) {
        *ret_format = format;
        return 0;
    }
    for (; count < report_table_length && count < ARRAY_LENGTH(names); count++)
        names[count] = report_table[count].name;
    error_set(err, _("%s: there is no format '%s'"), option, name);
    return option_offer(err, name, names, count);
}

/* The name of the file may hold further equals signs. */
static int
take_report(struct report_options *options, const char *argument,
            struct error *err)
{
    const char *equals = strchr(argument, '=');
    const size_t length = equals != NULL ? (size_t) (equals - argument) : 0;
    struct report_file file = { .option = "--report" };
    char name[REPORT_FORMAT_NAME_CEILING];

    if (length == 0 || equals[1] == '\0') {
        error_set(err, _("--report: '%s' is not FORMAT=FILE"), argument);
        return error_advise(err, _("for example: --report %s"),
                            "json=report.json");
    }
    if (length >= sizeof(name))
        return take_format("--report", argument, &file.format, err);
    memcpy(name, argument, length);
    name[length] = '\0';
    if (take_format("--report", name, &file.format, err) < 0)
        return -1;
    if (options->file_count == ARRAY_LENGTH(options->files))
        return error_set(err, _("--report: at most %d at once"),
                         REPORT_OPTIONS_FILES_CEILING);
    file.path = equals + 1;
    options->files[options->file_count++] = file;
    return 0;
}

static int
take_rows(struct report_options *options, const char *text, struct error *err)
{
    uint64_t rows = 0;

    if (strcmp(text, "all") != 0
        && option_number("--rows", text, 1, REPORT_ROWS_CEILING, &rows, err)
               < 0)
        return error_advise(err, _("--rows all shows them all"));
    options->rows = (size_t) rows;
    options->rows_given = true;
    return 0;
}

int
report_options_take(struct report_options *options, int val,
                    const char *argument, struct error *err)
{
    switch ((enum report_option) val) {
    case REPORT_OPTION_ALL:
        options->all = true;
        return 0;
    case REPORT_OPTION_FORMAT:
        return take_format("--format", argument, &options->files[0].format,
                           err);
    case REPORT_OPTION_FRAMEWORK:
        return framework_option_take(&options->frameworks, argument, err);
    case REPORT_OPTION_LIST_FORMATS:
        options->list_formats = true;
        return 0;
    case REPORT_OPTION_LIST_FRAMEWORKS:
        options->list_frameworks = true;
        return 0;
    case REPORT_OPTION_MASK:
        options->mask = true;
        return 0;
    case REPORT_OPTION_NO_COLOR:
        options->no_colour = true;
        return 0;
    case REPORT_OPTION_OUTPUT:
        options->files[0].path = argument;
        return 0;
    case REPORT_OPTION_REPORT:
        return take_report(options, argument, err);
    case REPORT_OPTION_ROWS:
        return take_rows(options, argument, err);
    case REPORT_OPTION_LAST:
        break;
    }
    return 1;
}

/* What is printed instead of a report is text alone: who asks for more is
 * told, not ignored. */
static int
refuse_format(const struct report_options *options, const char *listing,
              struct error *err)
{
    const struct report_format *format = options->files[0].format;

    if (options->file_count > 1) {
        error_set(err, _("%s: nothing is reported"), listing);
        return error_advise(err, _("leave out %s"), "--report");
    }
    if (format == report_by_name("text"))
        return 0;
    error_set(err, _("%s: is written as text only"), listing);
    return error_advise(err, _("leave out --format %s"), format->name);
}

static int
refuse_both_on_stdout(const struct report_file *first,
                      const struct report_file *second, struct error *err)
{
    error_set(err,
              _("two reports (%s and %s) cannot both go to standard "
                "output"),
              first->format->name, second->format->name);
    return error_advise(err,
                        _("give one of them a file: --report %s=FILE, or "
                          "--output FILE"),
                        second->format->name);
}

int
report_options_conclude(const struct report_options *options,
                        const char *listing, struct error *err)
{
    if (options->list_formats)
        listing = "--list-formats";
    else if (options->list_frameworks)
        listing = "--list-frameworks";
    if (listing != NULL)
        return refuse_format(options, listing, err);
    for (size_t i = 0; i < options->file_count; i++)
        for (size_t j = 0; j < i; j++)
            if (output_is_stdout(options->files[j].path)
                && output_is_stdout(options->files[i].path))
                return refuse_both_on_stdout(&options->files[j],
                                             &options->files[i], err);
    return 0;
}

void
report_options_list_paths(const struct report_options *options,
                          struct path_list *list)
{
    for (size_t i = 0; i < options->file_count; i++)
        path_list_add(list, PATH_PRINTED, options->files[i].option,
                      options->files[i].path);
}

static int
write_formats(struct buffer *target, const void *data, struct error *err)
{
    (void) data;
    for (size_t i = 0; i < report_table_length; i++)
        buffer_printf(target, "%-11s %s\n", report_table[i].name,
                      _(report_table[i].summary));
    return buffer_failed(target) ? error_set_memory(err) : 0;
}

int
report_options_list(const struct report_options *options, struct error *err)
{
    const char *path = options->files[0].path;

    if (options->list_frameworks)
        return framework_option_list(path, err);
    if (!options->list_formats)
        return 1;
    if (output_write(path, write_formats, NULL, err) < 0)
        return error_wrap(err, "%s", _("write the list"));
    return 0;
}

int
report_options_check(const struct report_options *options, struct error *err)
{
    for (size_t i = 0; i < options->file_count; i++)
        if (output_check(options->files[i].path, err) < 0)
            return error_wrap(err, "%s", options->files[i].option);
    return 0;
}

/* What one document is written from. */
struct writing {
    const struct report_format *format;
    struct report_view view;
    const struct output_document *documents;
    size_t count;
};

/* What comes behind a report that could not be written knows of it. */
static int
write_view(struct buffer *target, const void *data, struct error *err)
{
    const struct writing *writing = data;
    struct report_view view = writing->view;

    for (size_t i = 0; i < writing->count; i++)
        if (writing->documents[i].error.message != NULL)
            view.exit_status = EXIT_STATUS_IMPOSSIBLE;
    return writing->format->write(&view, target, err);
}

static struct report_view
view_for(const struct report_options *options, const struct report_file *file,
         const struct run *run, int check_status)
{
    const bool terminal = output_is_terminal(file->path);

    return (struct report_view){
        .run = run,
        .language = language_option_chosen(),
        .colour = terminal && !options->no_colour && output_wants_colour(),
        .all = options->all,
        .rows = options->rows_given ? options->rows
                : terminal          ? REPORT_ROWS_ON_TERMINAL
                                    : 0,
        .exit_status = report_options_exit_status(options, check_status),
        .check_status = check_status,
        .frameworks = options->frameworks.chosen,
        .framework_count = options->frameworks.count,
    };
}

/* Says all errors but the last, which it moves to err. Returns -1. */
static int
report_failures(struct output_document *documents, size_t count,
                struct error *err)
{
    struct error last = ERROR_INIT;

    for (size_t i = 0; i < count; i++) {
        if (documents[i].error.message == NULL)
            continue;
        if (last.message != NULL)
            message_error(&last);
        error_wrap(&documents[i].error, "%s", _("write the report"));
        error_move(&last, &documents[i].error);
    }
    error_move(err, &last);
    return -1;
}

static int
write_files(const struct report_options *options, const struct run *run,
            const struct run *previous, int check_status, struct error *err)
{
    struct output_document documents[ARRAY_LENGTH(options->files)];
    struct writing writings[ARRAY_LENGTH(options->files)];
    const size_t count = options->file_count;

    for (size_t i = 0; i < count; i++) {
        const struct report_file *file = &options->files[i];
        writings[i] = (struct writing){
            .format = file->format,
            .view = view_for(options, file, run, check_status),
            .documents = documents,
            .count = count,
        };
        writings[i].view.previous = previous;
        documents[i] = (struct output_document){ .path = file->path,
                                                 .writer = write_view,
                                                 .data = &writings[i] };
    }
    if (output_write_all(documents, count) == 0)
        return 0;
    return report_failures(documents, count, err);
}

bool
report_options_compare(const struct report_options *options)
{
    for (size_t i = 0; i < options->file_count; i++)
        if (options->files[i].format->compares)
            return true;
    return false;
}

int
report_options_write(const struct report_options *options,
                     const struct run *run, const struct run *previous,
                     int check_status, struct error *err)
{
    struct run *masked = NULL, *masked_previous = NULL;

    if (!options->mask)
        return write_files(options, run, previous, check_status, err);
    if (mask_run(run, previous, &masked, &masked_previous, err) < 0)
        return error_wrap(err, "--mask");
    const int result =
        write_files(options, masked, masked_previous, check_status, err);
    run_free(masked_previous);
    run_free(masked);
    return result;
}

struct failing {
    const struct report_format *format;
    const struct error *failure;
};

static int
write_failure(struct buffer *target, const void *data, struct error *err)
{
    const struct failing *failing = data;

    if (failing->format->write_failure(failing->failure, target) < 0)
        return error_set_memory(err);
    return 0;
}

void
report_options_write_failure(const struct report_options *options,
                             const struct error *failure)
{
    const struct report_file *file = &options->files[0];
    struct failing failing = { file->format, failure };
    AUTOERROR unsaid = ERROR_INIT;
    AUTOERROR err = ERROR_INIT;

    /* Nothing tells yet which words of it are to be hidden. */
    if (options->mask) {
        error_set(&unsaid,
                  "standard error says why, a masked report does not");
        failing.failure = &unsaid;
    }

    if (file->format->write_failure != NULL
        && output_write(file->path, write_failure, &failing, &err) < 0)
        message_error(&err);
}

int
report_options_exit_status(const struct report_options *options,
                           int check_status)
{
    const struct report_format *format = options->files[0].format;

    return format->exit_status != NULL ? format->exit_status(check_status)
                                       : check_status;
}
