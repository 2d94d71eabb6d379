/* SPDX-License-Identifier: Apache-2.0 */
/* A line of a YAML document, with a comment behind it. */
#include "report/markup/yaml_row.h"

enum { YAML_ROW_INDENT = 2, YAML_ROW_NOTE_COLUMN = 40 };

void
yaml_row_begin(struct buffer *row, bool live, unsigned depth, const char *text)
{
    buffer_printf(row, "%s%*s%s", live ? "" : "#",
                  (int) (depth * YAML_ROW_INDENT), "", text);
}

void
yaml_row_note(struct buffer *row)
{
    const int width = row->length < YAML_ROW_NOTE_COLUMN
                          ? (int) (YAML_ROW_NOTE_COLUMN - row->length)
                          : 2;

    buffer_printf(row, "%*s# ", width, "");
}

void
yaml_row_end(struct buffer *row, struct buffer *target)
{
    buffer_append_buffer(target, row);
    buffer_append_byte(target, '\n');
    buffer_clear(row);
}

void
yaml_row_append(struct buffer *target, bool live, unsigned depth,
                const char *text)
{
    buffer_printf(target, "%s%*s%s\n", live ? "" : "#",
                  (int) (depth * YAML_ROW_INDENT), "", text);
}
