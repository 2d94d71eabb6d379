/* SPDX-License-Identifier: Apache-2.0 */
/* ARM's bytes into JSON. */
#include "azure/arm/arm_json.h"

#include <string.h>

#include "base/buffer.h"
#include "base/text.h"
#include "net/http/limits.h"

const struct json_size arm_json_ceiling = { ARM_JSON_VALUES, JSON_SIZE_DEPTH };

static const char hexadecimal[] = "0123456789abcdef";

/* Members that stand twice contradict each other. */
enum { ARM_JSON_FLAGS = JSON_REJECT_DUPLICATES };

static bool
ends_too_early(const json_error_t *error)
{
    return json_error_code(error) == json_error_premature_end_of_input;
}

/* The code unit of the escape \\uXXXX at text; -1 where none stands there. */
static long
escape_at(const char *text)
{
    long unit = 0;

    if (text[0] != '\\' || text[1] != 'u')
        return -1;
    for (int i = 2; i < 6; i++) {
        const char *digit =
            text[i] != '\0' ? strchr(hexadecimal, text[i] | 0x20) : NULL;
        if (digit == NULL || *digit == '\0')
            return -1;
        unit = unit * 16 + (digit - hexadecimal);
    }
    return unit;
}

/* Escapes that mean no character, U+0000 and halves of surrogate pairs,
 * become U+FFFD: in names they are as foreign as bytes that are no UTF-8. */
static void
repair_escapes(char *text)
{
    while ((text = strchr(text, '\\')) != NULL) {
        const long unit = escape_at(text);
        const bool leads = unit >= 0xd800 && unit <= 0xdbff;
        const long next = leads ? escape_at(text + 6) : -1;
        if (next >= 0xdc00 && next <= 0xdfff) {
            text += 12;
            continue;
        }
        if (unit == 0 || (unit >= 0xd800 && unit <= 0xdfff))
            memcpy(text + 2, "fffd", 4);
        text += unit >= 0 ? 6 : text[1] != '\0' ? 2 : 1;
    }
}

json_t *
arm_json_parse(const char *bytes, size_t length,
               const struct json_size *ceiling, bool *ret_cut_off)
{
    /* Repair makes three bytes of one at the most. */
    AUTOBUFFER text = BUFFER_INIT(3 * (size_t) HTTP_BODY_CEILING);
    json_error_t error;

    if (ret_cut_off != NULL)
        *ret_cut_off = false;
    /* Repair changes nothing of what is counted. */
    if (json_size_check(bytes, length, ceiling, NULL) < 0)
        return NULL;
    json_t *document = json_loadb(bytes, length, ARM_JSON_FLAGS, &error);

    /* Nearly every answer is well formed; only the others are worth a
     * copy. */
    if (document == NULL && !ends_too_early(&error)
        && text_repair_utf8(&text, bytes, length) == 0) {
        repair_escapes(text.data);
        document = json_loadb(buffer_text(&text), text.length, ARM_JSON_FLAGS,
                              &error);
    }
    if (ret_cut_off != NULL)
        *ret_cut_off = document == NULL && ends_too_early(&error);
    return document;
}

const char *
arm_json_name(const json_t *object, const char *member)
{
    static const char ellipsis[] = "…";
    json_t *name = json_object_get(object, member);
    const char *text = json_string_value(name);
    char cut[ARM_JSON_NAME_CEILING + 1];
    size_t length = ARM_JSON_NAME_CEILING - strlen(ellipsis);

    if (text == NULL)
        return "";
    if (json_string_length(name) <= ARM_JSON_NAME_CEILING)
        return text;
    while (length > 0 && ((unsigned char) text[length] & 0xc0) == 0x80)
        length--; /* not within a character */
    memcpy(cut, text, length);
    memcpy(cut + length, ellipsis, sizeof(ellipsis));
    return json_string_set_nocheck(name, cut) == 0 ? json_string_value(name)
                                                   : "";
}
