/* SPDX-License-Identifier: Apache-2.0 */
/* Plans, and what became of them, printed. */
#include "cli/flow/change_report.h"

#include <unistd.h>

#include "cli/terminal/exit_status.h"
#include "cli/terminal/language_option.h"
#include "cli/flow/named_tenants.h"
#include "cli/terminal/output.h"
#include "report/change/operation_report.h"
#include "report/change/plan_report.h"

enum { CHANGE_ROWS_ON_TERMINAL = 20 };

/* How a document is shown where it goes. */
struct showing {
    bool colour;
    size_t rows;
};

static struct showing
showing_of(const struct change_options *options, bool terminal)
{
    return (struct showing){
        .colour = terminal && !options->no_colour && output_wants_colour(),
        .rows = options->rows_given ? options->rows
                : terminal          ? CHANGE_ROWS_ON_TERMINAL
                                    : 0,
    };
}

int
change_report_plan_status(const struct plan *plan)
{
    const bool blind =
        plan->kind == PLAN_REMEDIATION && plan->subscriptions == 0;

    if (!plan->complete || plan->obstacle_count > 0 || blind)
        return EXIT_STATUS_INCOMPLETE;
    return plan->change_count > 0 ? EXIT_STATUS_NON_COMPLIANT
                                  : EXIT_STATUS_COMPLIANT;
}

/* 0 only where nothing is left to be done. */
static int
operation_status(const struct operation_report *report, int signal)
{
    const struct operation_counts counts = operation_count(report);
    const struct plan *plan = report->plan;

    if (signal != 0)
        return EXIT_STATUS_SIGNAL + signal;
    /* What could not even be journalled may be done, and is not over. */
    if (!plan->complete || plan->obstacle_count > 0 || report->stopped != NULL
        || counts.done + counts.already < plan->change_count)
        return EXIT_STATUS_INCOMPLETE;
    return EXIT_STATUS_COMPLIANT;
}

static struct plan_view
view_of(const struct change_flow *run, const struct showing *showing)
{
    const struct naming naming = { .azure = run->azure,
                                   .configuration = run->configuration };

    return (struct plan_view){
        .plan = run->plan,
        .language = language_option_chosen(),
        .colour = showing->colour,
        .rows = showing->rows,
        .exit_status = change_report_plan_status(run->plan),
        .saved = run->options->plan != NULL ? run->options->plan
                                            : run->options->save_plan,
        .tenant_named = named_tenants_given(&naming),
    };
}

/* A writer with its view, for output_write. */
struct plan_document {
    plan_writer *write;
    struct plan_view view;
};

static int
write_plan(struct buffer *target, const void *data, struct error *err)
{
    const struct plan_document *document = data;

    return document->write(&document->view, target, err);
}

int
change_report_plan(const struct change_flow *run, struct error *err)
{
    const struct change_options *options = run->options;
    const struct showing showing =
        showing_of(options, output_is_terminal(options->output));
    char digest[PLAN_FILE_DIGEST_SIZE];
    struct plan_document document = {
        plan_format_by_name(options->format)->write,
        view_of(run, &showing),
    };

    if (plan_file_digest(&run->file, digest, err) < 0)
        return -1;
    document.view.digest = digest;
    if (output_write(options->output, write_plan, &document, err) < 0)
        return error_wrap(err, "%s", _("write the report"));
    return document.view.exit_status;
}

int
change_report_question(const struct change_flow *run, struct error *err)
{
    const struct showing showing =
        showing_of(run->options, isatty(STDERR_FILENO) == 1);
    struct plan_document document = {
        plan_text_write,
        view_of(run, &showing),
    };

    document.view.applying = true;
    return output_show(write_plan, &document, err);
}

struct operation_document {
    operation_writer *write;
    struct operation_view view;
};

static int
write_operation(struct buffer *target, const void *data, struct error *err)
{
    const struct operation_document *document = data;

    return document->write(&document->view, target, err);
}

/* Without its report nobody would know that anything was sent. */
static int
say_what_was_done(const struct operation_report *report, struct error *err)
{
    const struct operation_counts counts = operation_count(report);
    const size_t sent = counts.done + counts.different + counts.unverified;
    const char *id = report->operation.id;

    (void) error_wrap(err, "%s", _("write the report"));
    if (sent == 0)
        return -1;
    return error_advise(
        err,
        language_plural(language_option_chosen(),
                        "%zu change was sent to Azure all the same: piket "
                        "history %s shows it",
                        "%zu changes were sent to Azure all the same: piket "
                        "history %s shows them",
                        sent),
        sent, id);
}

int
change_report_operation(const struct change_flow *run,
                        const struct operation_report *report, int signal,
                        struct error *err)
{
    const struct change_options *options = run->options;
    const struct showing showing =
        showing_of(options, output_is_terminal(options->output));
    const struct operation_document document = {
        operation_format_by_name(options->format)->write,
        { .report = report,
          .language = language_option_chosen(),
          .colour = showing.colour,
          .rows = showing.rows,
          .exit_status = operation_status(report, signal),
          .backed_up = options->backup != NULL },
    };

    if (output_write(options->output, write_operation, &document, err) < 0)
        return say_what_was_done(report, err);
    return document.view.exit_status;
}
