/* SPDX-License-Identifier: Apache-2.0 */
/* ARM's bytes into JSON. */
#include "azure/arm_json.h"

#include "base/buffer.h"
#include "base/text.h"
#include "http/limits.h"

static bool
ends_too_early(const json_error_t *error)
{
    return json_error_code(error) == json_error_premature_end_of_input;
}

json_t *
arm_json_parse(const char *bytes, size_t length, bool *ret_cut_off)
{
    /* Repair makes three bytes of one at the most. */
    AUTOBUFFER text = BUFFER_INIT(3 * (size_t) HTTP_BODY_CEILING);
    json_error_t error;
    json_t *document = json_loadb(bytes, length, JSON_ALLOW_NUL, &error);

    /* Nearly every answer is well formed; only the others are worth a
     * copy. */
    if (document == NULL && !ends_too_early(&error)
        && text_repair_utf8(&text, bytes, length) == 0)
        document = json_loadb(buffer_text(&text), text.length, JSON_ALLOW_NUL,
                              &error);
    if (ret_cut_off != NULL)
        *ret_cut_off = document == NULL && ends_too_early(&error);
    return document;
}
