/* SPDX-License-Identifier: Apache-2.0 */
/* Text of others in XML 1.0. */
#include "report/markup/xml_text.h"

#include <string.h>

#include "base/logging_command.h"
#include "base/text.h"
#include "report/view/report.h"

static const char *
escape_of(char letter)
{
    switch (letter) {
    case '&':
        return "&amp;";
    case '<':
        return "&lt;";
    case '>':
        return "&gt;";
    case '"':
        return "&quot;";
    default:
        return "";
    }
}

int
xml_text_append(struct buffer *target, const char *text)
{
    /* What is printable is within what XML can hold: both leave out the
     * control characters, U+FFFE and U+FFFF, and surrogates are no UTF-8. */
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);
    struct logging_command filter =
        LOGGING_COMMAND_INIT(target, LOGGING_COMMAND_REFERENCE);

    if (text_append_printable(&printable, text) < 0)
        target->failed = true;
    for (const char *rest = buffer_text(&printable); *rest != '\0';) {
        const size_t plain = strcspn(rest, "&<>\"");
        logging_command_append(&filter, rest, plain);
        rest += plain;
        logging_command_append(&filter, escape_of(*rest),
                               strlen(escape_of(*rest)));
        rest += *rest != '\0';
    }
    return logging_command_end(&filter);
}

int
xml_text_attribute(struct buffer *target, const char *name, const char *text)
{
    buffer_printf(target, " %s=\"", name);
    xml_text_append(target, text);
    return buffer_append_byte(target, '"');
}
