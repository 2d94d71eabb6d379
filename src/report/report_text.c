/* SPDX-License-Identifier: Apache-2.0 */
/* A run for people, by consequence, worst first. */
#include "report/report_text.h"

#include "report/report_writers.h"

static void
write_sign_in(struct pen *pen, const struct run_tenant *tenant)
{
    if (tenant->credential == NULL)
        return;
    buffer_printf(pen->target, "   %s", tenant->credential);
    if (tenant->identity == NULL)
        return;
    buffer_append_text(pen->target, " (");
    pen_foreign(pen, tenant->identity);
    buffer_append_byte(pen->target, ')');
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
write_header(struct pen *pen)
{
    const struct run *run = pen->view->run;
    const size_t signed_in = count_signed_in(run);
    const size_t delegated = run->tenant_count - signed_in;
    const bool single = signed_in == 1;

    pen_styled(pen, PEN_STRONG, "piket " PIKET_VERSION);
    if (run->cloud != NULL)
        buffer_printf(pen->target, "   %s", run->cloud);
    if (single) {
        buffer_append_text(pen->target, "   ");
        pen_tenant(pen, &run->tenants[0]);
    } else if (signed_in > 1) {
        buffer_append_text(pen->target, "   ");
        buffer_printf(pen->target,
                      pen_plural(pen, "%zu tenant", "%zu tenants", signed_in),
                      signed_in);
    }
    if (delegated > 0)
        buffer_printf(pen->target,
                      pen_plural(pen, " and %zu by Azure Lighthouse",
                                 " and %zu by Azure Lighthouse", delegated),
                      delegated);
    buffer_append_text(pen->target, "   ");
    buffer_printf(pen->target, pen_words(pen, "profile %s"),
                  run->profile->name);
    if (single)
        write_sign_in(pen, &run->tenants[0]);
    if (run->config != NULL) {
        buffer_append_text(pen->target, "   ");
        pen_foreign(pen, run->config);
    }
    buffer_append_byte(pen->target, '\n');
    for (size_t i = 0; !single && i < signed_in; i++) {
        buffer_append_text(pen->target, "  ");
        pen_tenant(pen, &run->tenants[i]);
        write_sign_in(pen, &run->tenants[i]);
        buffer_append_byte(pen->target, '\n');
    }
    buffer_append_byte(pen->target, '\n');
}

int
report_text_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    struct pen pen = {
        .view = view,
        .target = target,
        .scratch = BUFFER_INIT(REPORT_CEILING),
        .summary = run_summarize(view->run),
    };

    column_init(&pen.column);
    write_header(&pen);
    report_text_groups(&pen);
    report_text_conclusion(&pen);
    const bool failed = buffer_failed(target) || pen.failed;
    column_done(&pen.column);
    buffer_done(&pen.scratch);
    return failed ? error_set_memory(err) : 0;
}
