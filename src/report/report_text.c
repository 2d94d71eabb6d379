/* SPDX-License-Identifier: Apache-2.0 */
/* A run for people, by consequence, worst first. */
#include "report/report_text.h"

#include "base/text.h"
#include "report/report_writers.h"

/* Sober, and readable on dark and light. */
static const char *const styles[] = {
    [REPORT_TEXT_ALARM] = "\033[1;31m", [REPORT_TEXT_WARNING] = "\033[1;33m",
    [REPORT_TEXT_GOOD] = "\033[1;32m",  [REPORT_TEXT_STRONG] = "\033[1m",
    [REPORT_TEXT_FAINT] = "\033[2m",
};

void
report_text_styled(struct report_text *text, enum report_text_style style,
                   const char *words)
{
    if (text->view->colour)
        buffer_append_text(text->target, styles[style]);
    buffer_append_text(text->target, words);
    if (text->view->colour)
        buffer_append_text(text->target, "\033[0m");
}

void
report_text_foreign(struct report_text *text, const char *foreign)
{
    text_append_printable(text->target, foreign);
}

void
report_text_tenant(struct report_text *text, const struct run_tenant *tenant)
{
    const char *separator = "";

    if (tenant->display_name != NULL && *tenant->display_name != '\0') {
        report_text_foreign(text, tenant->display_name);
        separator = " ";
    }
    if (*tenant->id != '\0')
        buffer_printf(text->target, "%s%.*s", separator, REPORT_TEXT_ID_LENGTH,
                      tenant->id);
    else if (*separator == '\0')
        buffer_append_text(text->target, "unknown tenant");
}

static void
write_sign_in(struct report_text *text, const struct run_tenant *tenant)
{
    if (tenant->credential == NULL)
        return;
    buffer_printf(text->target, "   %s", tenant->credential);
    if (tenant->identity == NULL)
        return;
    buffer_append_text(text->target, " (");
    report_text_foreign(text, tenant->identity);
    buffer_append_byte(text->target, ')');
}

/* A single tenant stands in the header itself, several below it. */
static void
write_header(struct report_text *text)
{
    const struct run *run = text->view->run;
    const bool single = run->tenant_count == 1;

    report_text_styled(text, REPORT_TEXT_STRONG, "piket " PIKET_VERSION);
    if (run->cloud != NULL)
        buffer_printf(text->target, "   %s", run->cloud);
    if (single) {
        buffer_append_text(text->target, "   ");
        report_text_tenant(text, &run->tenants[0]);
    } else if (run->tenant_count > 1) {
        buffer_printf(text->target, "   %zu tenants", run->tenant_count);
    }
    buffer_printf(text->target, "   profile %s", run->profile->name);
    if (single)
        write_sign_in(text, &run->tenants[0]);
    if (run->config != NULL) {
        buffer_append_text(text->target, "   ");
        report_text_foreign(text, run->config);
    }
    buffer_append_byte(text->target, '\n');
    for (size_t i = 0; !single && i < run->tenant_count; i++) {
        buffer_append_text(text->target, "  ");
        report_text_tenant(text, &run->tenants[i]);
        write_sign_in(text, &run->tenants[i]);
        buffer_append_byte(text->target, '\n');
    }
    buffer_append_byte(text->target, '\n');
}

int
report_text_write(const struct report_view *view, struct buffer *target,
                  struct error *err)
{
    struct report_text text = {
        .view = view,
        .target = target,
        .scratch = BUFFER_INIT(REPORT_CEILING),
        .summary = run_summarize(view->run),
    };

    column_init(&text.column);
    write_header(&text);
    report_text_groups(&text);
    report_text_conclusion(&text);
    const bool failed = buffer_failed(target) || text.failed;
    column_done(&text.column);
    buffer_done(&text.scratch);
    return failed ? error_set_memory(err) : 0;
}
