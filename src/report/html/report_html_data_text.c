/* SPDX-License-Identifier: Apache-2.0 */
/* Texts of what the script of the html report reads. */
#include "base/text.h"
#include "report/html/report_html_data.h"

void
report_html_data_release(json_t **tree)
{
    json_decref(*tree);
}

json_t *
report_html_data_text(struct html *html, const char *text)
{
    if (text == NULL)
        return json_null();
    buffer_clear(&html->scratch);
    if (text_append_printable(&html->scratch, text) < 0)
        return NULL;
    return json_stringn(buffer_text(&html->scratch), html->scratch.length);
}
