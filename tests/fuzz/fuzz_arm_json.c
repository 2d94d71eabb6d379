/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as ARM's JSON: what is taken is the same when it is written and
 * read again, and is never called cut off; what is whole JSON by itself is
 * taken as it stands. Then any bytes as what a page of a list may be. */
#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "base/cleanup.h"
#include "base/json_size.h"
#include "fuzz.h"

static void
elements_check(const json_t *document, bool any_shape)
{
    AUTOJSON json_t *elements = arm_list_elements(document, any_shape);

    fuzz_expect(elements == NULL || json_is_array(elements));
    fuzz_expect(elements == NULL
                || json_object_get(document, "error") == NULL);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    bool cut_off = true;
    AUTOJSON json_t *document = arm_json_parse((const char *) bytes, length,
                                               &arm_json_ceiling, &cut_off);
    AUTOJSON json_t *whole =
        json_loadb((const char *) bytes, length, JSON_REJECT_DUPLICATES, NULL);

    const bool small =
        json_size_check((const char *) bytes, length, &arm_json_ceiling, NULL)
        == 0;

    fuzz_expect(whole == NULL || !small || json_equal(whole, document));
    if (document == NULL)
        return 0;
    AUTOFREE char *text = json_dumps(document, JSON_COMPACT);
    AUTOJSON json_t *again =
        text != NULL
            ? arm_json_parse(text, strlen(text), &arm_json_ceiling, NULL)
            : NULL;
    fuzz_expect(!cut_off && json_equal(document, again));
    elements_check(document, true);
    elements_check(document, false);
    return 0;
}
