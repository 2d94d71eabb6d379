/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes as the answer to a listing of contacts, in each API version:
 * parsed, decoded and judged. */
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "azure/arm/arm_json.h"
#include "azure/arm/arm_list.h"
#include "azure/contact/contact_document.h"
#include "base/arena.h"
#include "control/run/assessment.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void
judge(const struct contact_reading *reading, struct arena *arena)
{
    const struct subscription subscription = {
        .id = "7c0ffee0-0000-4000-8000-00000000abcd",
        .name = "Zorg-Prod-01",
        .tenant_id = "7c0ffee0-0000-4000-8000-00000000abcd",
        .state = "Enabled",
    };
    struct assessment assessment;
    AUTOERROR err = ERROR_INIT;

    for (size_t i = 0; i < profile_table_length; i++) {
        if (assessment_make(&subscription, reading, &profile_table[i], arena,
                            &assessment, &err)
            < 0)
            abort();
        /* No profile lets a subscription without a contact pass. */
        if (reading->contact == NULL
            && assessment.status != ASSESSMENT_NON_COMPLIANT)
            abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const enum contact_version versions[] = {
        CONTACT_VERSION_2023_12_01,
        CONTACT_VERSION_2020_01_01,
        CONTACT_VERSION_2017_08_01,
    };
    AUTOJSON json_t *document =
        arm_json_parse((const char *) bytes, length, &arm_json_ceiling, NULL);
    AUTOJSON json_t *elements =
        document != NULL ? arm_list_elements(document, true) : NULL;

    if (elements == NULL)
        return 0;
    for (size_t i = 0; i < sizeof(versions) / sizeof(versions[0]); i++) {
        struct arena *arena = arena_new();
        struct contact_reading reading;
        AUTOERROR err = ERROR_INIT;
        if (arena != NULL
            && contact_document_decode(elements, versions[i], arena, &reading,
                                       &err)
                   == 0)
            judge(&reading, arena);
        arena_free(arena);
    }
    return 0;
}
