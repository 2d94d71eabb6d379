/* SPDX-License-Identifier: Apache-2.0 */
/* Text of others in Markdown. */
#include "report/markup/markdown_text.h"

#include <string.h>

#include "base/text.h"
#include "report/view/report.h"

/* Means something within a line to CommonMark, to GitHub's tables, strikes,
 * formulas and references, or to what OSCAL inserts. A backslash takes the
 * meaning from any punctuation (CommonMark 2.4). */
static const char special[] = "\\`*_{}[]<>#|~!&^$@";

int
markdown_text_append(struct buffer *target, const char *text)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, text) < 0)
        target->failed = true;
    for (const char *rest = buffer_text(&printable); *rest != '\0'; rest++) {
        if (strchr(special, *rest) != NULL)
            buffer_append_byte(target, '\\');
        buffer_append_byte(target, *rest);
    }
    return buffer_append(target, "", 0);
}
