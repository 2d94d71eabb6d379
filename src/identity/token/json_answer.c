/* SPDX-License-Identifier: Apache-2.0 */
/* JSON that others wrote. */
#include "identity/token/json_answer.h"

#include "base/cleanup.h"
#include "base/json_size.h"

json_t *
json_answer_parse(const char *bytes, size_t length, size_t flags,
                  struct error *err)
{
    static const struct json_size ceiling = { JSON_ANSWER_VALUES,
                                              JSON_SIZE_DEPTH };

    if (json_size_check(bytes, length, &ceiling, err) < 0) {
        (void) error_wrap(err, "the answer is too large");
        return NULL;
    }
    json_auto_t *object = json_loadb(bytes, length, flags, NULL);
    if (!json_is_object(object)) {
        (void) error_set(err, "the answer is not a JSON object");
        return NULL;
    }
    return take_pointer(object);
}
