/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of what to do next. */
#include "report/next_step.h"

#include <stdint.h>

enum {
    COMMAND_WIDTH = 35,
    SENTENCE_WIDTH = 79,
};

/* Appends the heading, or below it as many blanks. */
static void
append_heading(struct next_step *next, struct buffer *target)
{
    const struct column *column = &next->pen->column;
    const char *heading = pen_words(next->pen, "Next:");

    column_append(column, next->begun ? "" : heading, SIZE_MAX,
                  column_width(column, heading) + 2, target);
    next->begun = true;
}

static struct buffer *
next_line(struct next_step *next)
{
    struct buffer *target = next->pen->target;

    if (!next->begun)
        buffer_append_byte(target, '\n');
    append_heading(next, target);
    return target;
}

void
next_step_sentence(struct next_step *next, const char *sentence)
{
    struct pen *pen = next->pen;
    AUTOBUFFER first = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER rest = BUFFER_INIT(REPORT_CEILING);

    if (!next->begun)
        buffer_append_byte(pen->target, '\n');
    append_heading(next, &first);
    append_heading(next, &rest);
    pen->failed = pen->failed || buffer_failed(&first) || buffer_failed(&rest);
    const struct column_shape shape = { buffer_text(&first),
                                        buffer_text(&rest), SENTENCE_WIDTH };
    column_wrap(&pen->column, pen_words(pen, sentence), &shape, pen->target);
}

void
next_step_command(struct next_step *next, const char *command,
                  const char *result)
{
    struct buffer *target = next_line(next);

    column_append(&next->pen->column, pen_words(next->pen, command), SIZE_MAX,
                  COMMAND_WIDTH, target);
    buffer_printf(target, "   %s\n", pen_words(next->pen, result));
}

void
next_step_advice(struct next_step *next, const char *advice, size_t count)
{
    buffer_printf(next_line(next),
                  pen_plural(next->pen, "%s (%zu subscription)",
                             "%s (%zu subscriptions)", count),
                  pen_words(next->pen, advice), count);
    buffer_append_byte(next->pen->target, '\n');
}
