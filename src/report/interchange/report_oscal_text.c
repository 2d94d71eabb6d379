/* SPDX-License-Identifier: Apache-2.0 */
/* Texts and tokens of OSCAL. */
#include <ctype.h>
#include <stdint.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "report/markup/markdown_text.h"
#include "report/json/report_json.h"
#include "report/interchange/report_oscal.h"

json_t *
report_oscal_text(const char *text)
{
    AUTOBUFFER markup = BUFFER_INIT(REPORT_CEILING);

    if (markdown_text_append(&markup, text) < 0)
        return NULL;
    return json_string(buffer_text(&markup));
}

/* Unicode's property White_Space, of what is printable. */
static bool
is_blank(uint32_t point)
{
    return point == 0x20 || point == 0xa0 || point == 0x1680
           || (point >= 0x2000 && point <= 0x200a) || point == 0x202f
           || point == 0x205f || point == 0x3000;
}

/* Narrows [*text, *text + *length) to what stands between its blanks. */
static void
trim(const char **text, size_t *length)
{
    const char *begin = *text + *length, *end = *text;
    uint32_t point = 0;

    for (size_t i = 0; i < *length;) {
        const size_t size = text_utf8_point(*text + i, *length - i, &point);
        if (size == 0)
            break;
        if (!is_blank(point)) {
            if (*text + i < begin)
                begin = *text + i;
            end = *text + i + size;
        }
        i += size;
    }
    *length = begin < end ? (size_t) (end - begin) : 0;
    *text = begin;
}

int
report_oscal_append_prop(json_t *props, const char *name, const char *value)
{
    AUTOBUFFER printable = BUFFER_INIT(REPORT_CEILING);

    if (text_append_printable(&printable, value) < 0)
        return -1;
    const char *text = buffer_text(&printable);
    size_t length = printable.length;
    trim(&text, &length);
    if (length == 0)
        return props != NULL ? 0 : -1;
    return json_array_append_new(
        props,
        json_pack("{s:s, s:s, s:s%}", "name", name, "ns",
                  "urn:uuid:" REPORT_UUID_NAMESPACE, "value", text, length));
}

json_t *
report_oscal_control_id(const struct framework_control *control)
{
    AUTOBUFFER id = BUFFER_INIT(REPORT_CEILING);
    bool parted = true;

    buffer_append_text(&id, control->framework);
    for (const char *rest = control->number; *rest != '\0'; rest++) {
        const unsigned char letter = (unsigned char) *rest;
        if (!isalnum(letter) && letter != '.' && letter != '-') {
            parted = true;
            continue;
        }
        buffer_append_text(&id, parted ? "_" : "");
        buffer_append_byte(&id, *rest);
        parted = false;
    }
    return buffer_failed(&id) ? NULL : json_string(buffer_text(&id));
}

size_t
report_oscal_control_next(const struct report_view *view, size_t index)
{
    for (; index < framework_control_table_length; index++) {
        const struct framework_control *control =
            &framework_control_table[index];
        for (size_t i = 0; i < view->framework_count; i++)
            if (strcmp(view->frameworks[i]->id, control->framework) == 0
                && framework_tally_possible(view->run->profile, control))
                return index;
    }
    return index;
}
