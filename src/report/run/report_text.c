/* SPDX-License-Identifier: Apache-2.0 */
/* A run for people, by consequence, worst first. */
#include "report/run/report_text.h"

#include "report/view/report_writers.h"

static void
write_sign_in(struct terminal_writer *terminal_writer,
              const struct run_tenant *tenant)
{
    if (tenant->credential == NULL)
        return;
    buffer_printf(terminal_writer->target, "   %s", tenant->credential);
    if (tenant->identity == NULL)
        return;
    buffer_append_text(terminal_writer->target, " (");
    terminal_writer_foreign(terminal_writer, tenant->identity);
    buffer_append_byte(terminal_writer->target, ')');
}

/* Those that are delegated come last. */
static size_t
count_signed_in(const struct run *run)
{
    size_t count = run->tenant_count;

    while (count > 0 && run->tenants[count - 1].delegated)
        count--;
    return count;
}

/* A single tenant stands in the header itself, several below it. */
static void
write_header(struct terminal_writer *terminal_writer)
{
    const struct run *run = terminal_writer->view->run;
    const size_t signed_in = count_signed_in(run);
    const size_t delegated = run->tenant_count - signed_in;
    const bool single = signed_in == 1;

    terminal_writer_styled(terminal_writer, TERMINAL_WRITER_STRONG,
                           "piket " PIKET_VERSION);
    if (run->cloud != NULL)
        buffer_printf(terminal_writer->target, "   %s", run->cloud);
    if (single) {
        buffer_append_text(terminal_writer->target, "   ");
        terminal_writer_tenant(terminal_writer, &run->tenants[0]);
    } else if (signed_in > 1) {
        buffer_append_text(terminal_writer->target, "   ");
        buffer_printf(terminal_writer->target,
                      terminal_writer_plural(terminal_writer, "%zu tenant",
                                             "%zu tenants", signed_in),
                      signed_in);
    }
    if (delegated > 0)
        buffer_printf(terminal_writer->target,
                      terminal_writer_plural(
                          terminal_writer, " and %zu by Azure Lighthouse",
                          " and %zu by Azure Lighthouse", delegated),
                      delegated);
    buffer_append_text(terminal_writer->target, "   ");
    buffer_printf(terminal_writer->target,
                  terminal_writer_words(terminal_writer, "profile %s"),
                  run->profile->name);
    if (single)
        write_sign_in(terminal_writer, &run->tenants[0]);
    if (run->config != NULL) {
        buffer_append_text(terminal_writer->target, "   ");
        terminal_writer_foreign(terminal_writer, run->config);
    }
    buffer_append_byte(terminal_writer->target, '\n');
    for (size_t i = 0; !single && i < signed_in; i++) {
        buffer_append_text(terminal_writer->target, "  ");
        terminal_writer_tenant(terminal_writer, &run->tenants[i]);
        write_sign_in(terminal_writer, &run->tenants[i]);
        buffer_append_byte(terminal_writer->target, '\n');
    }
    buffer_append_byte(terminal_writer->target, '\n');
}

int
report_text_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    struct terminal_writer terminal_writer = {
        .view = view,
        .target = target,
        .scratch = BUFFER_INIT(REPORT_CEILING),
        .summary = run_summarize(view->run),
    };

    column_init(&terminal_writer.column);
    write_header(&terminal_writer);
    report_text_groups(&terminal_writer);
    report_text_conclusion(&terminal_writer);
    const bool failed = buffer_failed(target) || terminal_writer.failed;
    column_done(&terminal_writer.column);
    buffer_done(&terminal_writer.scratch);
    return failed ? error_set_memory(err) : 0;
}
