/* SPDX-License-Identifier: Apache-2.0 */
/* The claims parameter of a token request. */
#include "identity/entra/entra_claims.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "identity/token/json_answer.h"

static const char capabilities[] =
    "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}";

char *
entra_claims_make(const char *challenge, struct error *err)
{
    json_auto_t *claims = json_loads(capabilities, 0, NULL);

    if (claims == NULL) {
        error_set_memory(err);
        return NULL;
    }
    if (challenge != NULL) {
        json_auto_t *asked =
            json_answer_parse(challenge, strlen(challenge), 0, NULL);
        if (asked == NULL) {
            error_set(err, "the claims that were asked for are not a JSON "
                           "object");
            return NULL;
        }
        if (json_object_update_recursive(claims, asked) < 0) {
            error_set_memory(err);
            return NULL;
        }
    }
    char *text = json_dumps(claims, JSON_COMPACT);
    if (text == NULL)
        error_set_memory(err);
    return text;
}
