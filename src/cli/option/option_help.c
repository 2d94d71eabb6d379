/* SPDX-License-Identifier: Apache-2.0 */
/* The help text of a command's options. */
#include "cli/option/option_help.h"

#include <stdbool.h>
#include <stdio.h>

#include "base/buffer.h"
#include "cli/terminal/language_option.h"
#include "report/markup/column.h"

enum {
    HELP_WIDTH = 79,
    HELP_GAP = 3, /* between an option and what it does */
    HELP_CEILING = 64 * 1024,
};

struct help {
    struct buffer target;
    struct column column;
    size_t width; /* of the options, the widest of all tables */
};

static bool
is_end(const struct poptOption *row)
{
    return row->longName == NULL && row->shortName == '\0' && row->arg == NULL;
}

static bool
is_table(const struct poptOption *row)
{
    return (row->argInfo & POPT_ARG_MASK) == POPT_ARG_INCLUDE_TABLE;
}

/* "  -h, --help" */
static void
append_option(const struct poptOption *row, struct buffer *target)
{
    if (row->shortName != '\0')
        buffer_printf(target, "  -%c, ", row->shortName);
    else
        buffer_append_text(target, "      ");
    buffer_printf(target, "--%s", row->longName);
    if (row->argDescrip != NULL)
        buffer_printf(target, "=%s", _(row->argDescrip));
}

static void
widen(struct help *help, const struct poptOption *table)
{
    AUTOBUFFER option = BUFFER_INIT(HELP_CEILING);

    for (; !is_end(table); table++) {
        if (is_table(table)) {
            widen(help, table->arg);
            continue;
        }
        buffer_clear(&option);
        append_option(table, &option);
        const size_t width =
            column_width(&help->column, buffer_text(&option)) + HELP_GAP;
        if (width > help->width)
            help->width = width;
    }
}

static void
append_row(struct help *help, const struct poptOption *row)
{
    AUTOBUFFER option = BUFFER_INIT(HELP_CEILING);
    AUTOBUFFER first = BUFFER_INIT(HELP_CEILING);
    AUTOBUFFER rest = BUFFER_INIT(HELP_CEILING);

    append_option(row, &option);
    column_append(&help->column, buffer_text(&option), help->width,
                  help->width, &first);
    column_append(&help->column, "", 0, help->width, &rest);
    const struct column_shape shape = { buffer_text(&first),
                                        buffer_text(&rest), HELP_WIDTH };
    column_wrap(&help->column, _(row->descrip), &shape, &help->target);
}

/* The table's own options, then each table that it includes: below its
 * heading, or as more of the same where it has none. */
static void
append_table(struct help *help, const struct poptOption *table)
{
    for (const struct poptOption *row = table; !is_end(row); row++)
        if (!is_table(row))
            append_row(help, row);
    for (const struct poptOption *row = table; !is_end(row); row++) {
        if (!is_table(row))
            continue;
        if (row->descrip != NULL)
            buffer_printf(&help->target, "\n%s\n", _(row->descrip));
        append_table(help, row->arg);
    }
}

int
option_help_print(const char *command, const char *words,
                  const struct poptOption *table)
{
    struct help help = { .target = BUFFER_INIT(HELP_CEILING) };

    column_init(&help.column);
    buffer_printf(&help.target, _("Usage: %s %s"), command, _(words));
    buffer_append_byte(&help.target, '\n');
    widen(&help, table);
    append_table(&help, table);
    const bool failed = buffer_failed(&help.target);
    if (!failed)
        (void) fputs(buffer_text(&help.target), stdout);
    column_done(&help.column);
    buffer_done(&help.target);
    return failed ? -1 : 0;
}
