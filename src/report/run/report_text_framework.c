/* SPDX-License-Identifier: Apache-2.0 */
/* How the run stands to the controls of the view's frameworks. */
#include <string.h>

#include "base/cleanup.h"
#include "control/run/framework_tally.h"
#include "report/run/report_text.h"

enum { TITLE_WIDTH = 48 }; /* a longer title is cut */

/* The widest number of the framework's controls. */
static int
number_width(const struct framework *framework)
{
    size_t width = 0;

    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1)) {
        const size_t length = strlen(framework_control_table[i].number);
        if (length > width)
            width = length;
    }
    return (int) width;
}

static void
write_tally(struct terminal_writer *terminal_writer,
            const struct framework_control *control)
{
    const struct framework_tally tally =
        framework_tally(terminal_writer->view->run, control);
    const struct {
        size_t count;
        const char *one, *many;
    } counts[] = {
        { tally.pass, NP_("passes", "pass") },
        { tally.fail, NP_("fails", "fail") },
        { tally.muted, NP_("muted", "muted") },
        { tally.unknown, NP_("unknown", "unknown") },
        { tally.not_applicable, NP_("not applicable", "not applicable") },
    };
    const char *separator = "";

    for (size_t i = 0; i < ARRAY_LENGTH(counts); i++) {
        if (counts[i].count == 0)
            continue;
        buffer_printf(terminal_writer->target, "%s%zu %s", separator,
                      counts[i].count,
                      terminal_writer_plural(terminal_writer, counts[i].one,
                                             counts[i].many, counts[i].count));
        separator = ", ";
    }
    if (*separator == '\0')
        buffer_append_text(terminal_writer->target,
                           terminal_writer_words(terminal_writer, "none"));
}

/* What the control asks for beside what was judged. */
static void
write_not_judged(struct terminal_writer *terminal_writer,
                 const struct framework_control *control)
{
    const struct profile *profile = terminal_writer->view->run->profile;
    const char *separator =
        terminal_writer_words(terminal_writer, "; not judged: ");

    for (size_t i = 0; control->requirements[i] != NULL; i++) {
        const char *id = control->requirements[i];
        if (framework_tally_condition(id)
            || framework_tally_judged(profile, id))
            continue;
        buffer_printf(terminal_writer->target, "%s%s", separator, id);
        separator = ", ";
    }
}

void
report_text_tally(struct terminal_writer *terminal_writer,
                  const struct framework_control *control)
{
    if (framework_tally_possible(terminal_writer->view->run->profile,
                                 control)) {
        write_tally(terminal_writer, control);
        write_not_judged(terminal_writer, control);
    } else {
        buffer_append_text(terminal_writer->target,
                           terminal_writer_words(
                               terminal_writer, "not judged by this profile"));
    }
}

static void
write_control(struct terminal_writer *terminal_writer,
              const struct framework_control *control, int width)
{
    buffer_printf(terminal_writer->target, "  %-*s   ", width,
                  control->number);
    column_append(&terminal_writer->column,
                  terminal_writer_words(terminal_writer, control->title),
                  TITLE_WIDTH, TITLE_WIDTH, terminal_writer->target);
    buffer_append_text(terminal_writer->target, "   ");
    report_text_tally(terminal_writer, control);
    buffer_append_byte(terminal_writer->target, '\n');
}

static void
write_framework(struct terminal_writer *terminal_writer,
                const struct framework *framework)
{
    const int width = number_width(framework);

    terminal_writer_styled(terminal_writer, TERMINAL_WRITER_STRONG,
                           framework->id);
    buffer_printf(terminal_writer->target, "   %s %s\n",
                  terminal_writer_words(terminal_writer, framework->title),
                  framework->version);
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1))
        write_control(terminal_writer, &framework_control_table[i], width);
}

void
report_text_frameworks(struct terminal_writer *terminal_writer)
{
    for (size_t i = 0; i < terminal_writer->view->framework_count; i++)
        write_framework(terminal_writer, terminal_writer->view->frameworks[i]);
}
