/* SPDX-License-Identifier: Apache-2.0 */
/* Whether Microsoft.Security is registered in a subscription. */
#include "azure/registration.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/cleanup.h"

struct reading {
    registration_done *done;
    void *data;
};

static void
finished(const json_t *document, const struct arm_error *error, void *data)
{
    const struct reading reading = *(struct reading *) data;
    const char *state =
        json_string_value(json_object_get(document, "registrationState"));
    char code[] = ARM_CODE_NOT_UNDERSTOOD;
    char message[] = "the answer names no registrationState";
    const struct arm_error unnamed = { .http_status = 200,
                                       .code = code,
                                       .message = message };

    free(data);
    reading.done(state, error == NULL && state == NULL ? &unnamed : error,
                 reading.data);
}

int
registration_read(struct arm *arm, const char *subscription_id,
                  registration_done *done, void *data, struct error *err)
{
    AUTOFREE struct reading *reading = calloc(1, sizeof(*reading));
    AUTOFREE char *path = NULL;

    if (reading == NULL
        || asprintf(&path,
                    "/subscriptions/%s/providers/Microsoft.Security"
                    "?api-version=2022-09-01",
                    subscription_id)
               < 0) {
        path = NULL;
        return error_set_memory(err);
    }
    *reading = (struct reading){ done, data };
    if (arm_get(arm, path, finished, reading, err) < 0)
        return -1;
    reading = NULL;
    return 0;
}
