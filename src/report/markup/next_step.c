/* SPDX-License-Identifier: Apache-2.0 */
/* Lines of what to do next. */
#include "report/markup/next_step.h"

#include <stdint.h>

enum {
    COMMAND_WIDTH = 35,
    SENTENCE_WIDTH = 79,
};

/* Appends the heading, or below it as many blanks. */
static void
append_heading(struct next_step *next, struct buffer *target)
{
    const struct column *column = &next->terminal_writer->column;
    const char *heading =
        terminal_writer_words(next->terminal_writer, "Next:");

    column_append(column, next->begun ? "" : heading, SIZE_MAX,
                  column_width(column, heading) + 2, target);
    next->begun = true;
}

static struct buffer *
next_line(struct next_step *next)
{
    struct buffer *target = next->terminal_writer->target;

    if (!next->begun)
        buffer_append_byte(target, '\n');
    append_heading(next, target);
    return target;
}

void
next_step_sentence(struct next_step *next, const char *sentence)
{
    struct terminal_writer *terminal_writer = next->terminal_writer;
    AUTOBUFFER first = BUFFER_INIT(REPORT_CEILING);
    AUTOBUFFER rest = BUFFER_INIT(REPORT_CEILING);

    if (!next->begun)
        buffer_append_byte(terminal_writer->target, '\n');
    append_heading(next, &first);
    append_heading(next, &rest);
    terminal_writer->failed = terminal_writer->failed || buffer_failed(&first)
                              || buffer_failed(&rest);
    const struct column_shape shape = { buffer_text(&first),
                                        buffer_text(&rest), SENTENCE_WIDTH };
    column_wrap(&terminal_writer->column,
                terminal_writer_words(terminal_writer, sentence), &shape,
                terminal_writer->target);
}

void
next_step_command(struct next_step *next, const char *command,
                  const char *result)
{
    struct buffer *target = next_line(next);

    column_append(&next->terminal_writer->column,
                  terminal_writer_words(next->terminal_writer, command),
                  SIZE_MAX, COMMAND_WIDTH, target);
    buffer_printf(target, "   %s\n",
                  terminal_writer_words(next->terminal_writer, result));
}

void
next_step_advice(struct next_step *next, const char *advice, size_t count)
{
    buffer_printf(next_line(next),
                  terminal_writer_plural(next->terminal_writer,
                                         "%s (%zu subscription)",
                                         "%s (%zu subscriptions)", count),
                  terminal_writer_words(next->terminal_writer, advice), count);
    buffer_append_byte(next->terminal_writer->target, '\n');
}
