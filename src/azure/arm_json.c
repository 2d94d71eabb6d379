/* SPDX-License-Identifier: Apache-2.0 */
/* ARM's bytes into JSON. */
#include "azure/arm_json.h"

#include "base/buffer.h"
#include "base/text.h"
#include "http/limits.h"

json_t *
arm_json_parse(const char *bytes, size_t length, bool *ret_cut_off)
{
    /* Repair makes three bytes of one at the most. */
    AUTOBUFFER text = BUFFER_INIT(3 * (size_t) HTTP_BODY_CEILING);
    json_error_t error;

    if (ret_cut_off != NULL)
        *ret_cut_off = false;
    if (text_repair_utf8(&text, bytes, length) < 0)
        return NULL;
    json_t *document =
        json_loadb(buffer_text(&text), text.length, JSON_ALLOW_NUL, &error);
    if (document == NULL && ret_cut_off != NULL)
        *ret_cut_off =
            json_error_code(&error) == json_error_premature_end_of_input;
    return document;
}
