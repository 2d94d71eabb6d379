/* SPDX-License-Identifier: Apache-2.0 */
/* How the run stands to the controls of the view's frameworks. */
#include <string.h>

#include "base/cleanup.h"
#include "control/framework_tally.h"
#include "report/report_text.h"

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
write_tally(struct pen *pen, const struct framework_control *control)
{
    const struct framework_tally tally =
        framework_tally(pen->view->run, control);
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
        buffer_printf(
            pen->target, "%s%zu %s", separator, counts[i].count,
            pen_plural(pen, counts[i].one, counts[i].many, counts[i].count));
        separator = ", ";
    }
    if (*separator == '\0')
        buffer_append_text(pen->target, pen_words(pen, "none"));
}

/* What the control asks for beside what was judged. */
static void
write_not_judged(struct pen *pen, const struct framework_control *control)
{
    const struct profile *profile = pen->view->run->profile;
    const char *separator = pen_words(pen, "; not judged: ");

    for (size_t i = 0; control->requirements[i] != NULL; i++) {
        const char *id = control->requirements[i];
        if (framework_tally_condition(id)
            || framework_tally_judged(profile, id))
            continue;
        buffer_printf(pen->target, "%s%s", separator, id);
        separator = ", ";
    }
}

void
report_text_tally(struct pen *pen, const struct framework_control *control)
{
    if (framework_tally_possible(pen->view->run->profile, control)) {
        write_tally(pen, control);
        write_not_judged(pen, control);
    } else {
        buffer_append_text(pen->target,
                           pen_words(pen, "not judged by this profile"));
    }
}

static void
write_control(struct pen *pen, const struct framework_control *control,
              int width)
{
    buffer_printf(pen->target, "  %-*s   ", width, control->number);
    column_append(&pen->column, pen_words(pen, control->title), TITLE_WIDTH,
                  TITLE_WIDTH, pen->target);
    buffer_append_text(pen->target, "   ");
    report_text_tally(pen, control);
    buffer_append_byte(pen->target, '\n');
}

static void
write_framework(struct pen *pen, const struct framework *framework)
{
    const int width = number_width(framework);

    pen_styled(pen, PEN_STRONG, framework->id);
    buffer_printf(pen->target, "   %s %s\n", pen_words(pen, framework->title),
                  framework->version);
    for (size_t i = framework_control_next(framework, 0);
         i < framework_control_table_length;
         i = framework_control_next(framework, i + 1))
        write_control(pen, &framework_control_table[i], width);
}

void
report_text_frameworks(struct pen *pen)
{
    for (size_t i = 0; i < pen->view->framework_count; i++)
        write_framework(pen, pen->view->frameworks[i]);
}
