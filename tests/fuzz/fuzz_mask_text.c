/* SPDX-License-Identifier: Apache-2.0 */
/* Any bytes around what a mask has to hide. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "control/mask/mask_text.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static const char *const secrets[] = {
    "5ca1ab1e-0000-4000-8000-00000000f00d",
    "5ca1ab1e000040008000000000000bad",
    "jan.jansen@contoso.nl",
    "+31 (6) 1234-5678",
    "Tailspin Toys",
};

static const struct mask_value value = { "Tailspin Toys",
                                         PSEUDONYM_TENANT_NAME };
static const struct mask_values values = { &value, 1, NULL };

static void
mask_check(const char *before, const char *secret, const char *behind)
{
    AUTOBUFFER text = BUFFER_INIT(64 * 1024);
    AUTOBUFFER masked = BUFFER_INIT(1024 * 1024);
    struct arena *arena = arena_new();
    struct pseudonym_tables *tables =
        arena != NULL ? pseudonym_tables_new(arena) : NULL;

    if (tables != NULL
        && buffer_printf(&text, "%s %s %s", before, secret, behind) == 0
        && mask_text_append(&masked, buffer_text(&text), tables, &values) == 0
        && strstr(before, secret) == NULL && strstr(behind, secret) == NULL
        && strstr(buffer_text(&masked), secret) != NULL)
        abort();
    pseudonym_tables_free(tables);
    arena_free(arena);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    AUTOFREE char *before = strndup((const char *) bytes, length / 2);
    AUTOFREE char *behind =
        strndup((const char *) bytes + length / 2, length - length / 2);

    if (before == NULL || behind == NULL)
        return 0;
    for (size_t i = 0; i < ARRAY_LENGTH(secrets); i++)
        mask_check(before, secrets[i], behind);
    return 0;
}
