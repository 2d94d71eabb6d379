/* SPDX-License-Identifier: Apache-2.0 */
/* Refusals of a machine's own services. */
#include "machine/machine_error.h"

#include "base/cleanup.h"
#include "base/random.h"
#include "base/text.h"

void
machine_refuse(struct exchange *exchange, unsigned status, const char *error,
               const char *description)
{
    exchange_answer(exchange, status,
                    json_pack("{s:s, s:s}", "error", error,
                              "error_description", description));
}

void
machine_refuse_app(struct exchange *exchange, unsigned status,
                   const char *message)
{
    char id[RANDOM_UUID_SIZE];

    exchange_answer(exchange, status,
                    json_pack("{s:i, s:s, s:s}", "statusCode", (int) status,
                              "message", message, "correlationId",
                              random_uuid(id)));
}

/* After the table of retries in "How to use managed identities … on an Azure
 * VM to acquire an access token". */
void
machine_fail(struct exchange *exchange, unsigned status, const char *error,
             const char *description)
{
    static const struct {
        unsigned status;
        const char *error;
        const char *description;
    } reasons[] = {
        { 400, "invalid_request", "Identity not found" },
        { 401, "unknown_source", "Unknown Source" },
        { 403, "access_denied", "Access is denied" },
        { 404, "not_found", "The endpoint is being updated" },
        { 410, "gone", "The service is going through updates" },
        { 429, "too_many_requests", "The throttle limit has been reached" },
        { 500, "unknown",
          "Failed to retrieve token from the Active directory" },
    };

    for (size_t i = 0; i < ARRAY_LENGTH(reasons); i++) {
        if (reasons[i].status != status)
            continue;
        error = error != NULL ? error : reasons[i].error;
        description =
            description != NULL ? description : reasons[i].description;
    }
    error = error != NULL ? error : "unknown";
    description = description != NULL ? description : "Transient error";
    if (text_starts_with_ignoring_case(exchange->path, "/msi/"))
        machine_refuse_app(exchange, status, description);
    else
        machine_refuse(exchange, status, error, description);
}
