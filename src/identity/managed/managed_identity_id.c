/* SPDX-License-Identifier: Apache-2.0 */
/* Which identity of a machine. */
#include "identity/managed/managed_identity_id.h"

#include <stdbool.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "identity/token/variable.h"

/* A subscription's id, and three names of at most 260 letters. */
enum { MANAGED_IDENTITY_RESOURCE_CEILING = 1024 };

static const struct {
    const char *prefix; /* of the option's word */
    const char *word;
} kinds[MANAGED_IDENTITY_KINDS] = {
    [MANAGED_IDENTITY_SYSTEM] = { NULL, "system-assigned identity" },
    [MANAGED_IDENTITY_CLIENT_ID] = { "client-id=", "client id" },
    [MANAGED_IDENTITY_OBJECT_ID] = { "object-id=", "object id" },
    [MANAGED_IDENTITY_RESOURCE_ID] = { "resource-id=", "resource id" },
};

const char *
managed_identity_id_word(enum managed_identity_kind kind)
{
    return kinds[kind].word;
}

/* It goes into a URL, percent-encoded: what matters is that it is one. */
static bool
resource_is_valid(const char *text)
{
    return text_starts_with_ignoring_case(text, "/subscriptions/")
           && strlen(text) <= MANAGED_IDENTITY_RESOURCE_CEILING;
}

static int
refuse(const char *text, const char *origin, struct error *err)
{
    AUTOBUFFER shown = BUFFER_INIT(256);

    (void) text_append_line(&shown, text, 200);
    error_set(err, "%s: '%s' names no managed identity", origin,
              buffer_text(&shown));
    return error_advise(err, "write client-id=UUID, object-id=UUID or "
                             "resource-id=/subscriptions/…");
}

int
managed_identity_id_read(const char *text, const char *origin,
                         struct managed_identity_id *ret_id, struct error *err)
{
    const bool resource = text[0] == '/';
    struct managed_identity_id id = {
        .kind = resource ? MANAGED_IDENTITY_RESOURCE_ID
                         : MANAGED_IDENTITY_CLIENT_ID,
        .value = text,
        .origin = origin,
    };

    for (size_t i = 0; i < MANAGED_IDENTITY_KINDS; i++)
        if (kinds[i].prefix != NULL
            && text_starts_with_ignoring_case(text, kinds[i].prefix)) {
            id.kind = (enum managed_identity_kind) i;
            id.value = text + strlen(kinds[i].prefix);
        }
    if (id.kind == MANAGED_IDENTITY_RESOURCE_ID ? !resource_is_valid(id.value)
                                                : !text_is_uuid(id.value))
        return refuse(text, origin, err);
    *ret_id = id;
    return 0;
}

int
managed_identity_id_choose(const char *option,
                           struct managed_identity_id *ret_id,
                           struct error *err)
{
    static const char variable[] = "AZURE_CLIENT_ID";
    const char *client = variable_get(variable);

    if (option != NULL)
        return managed_identity_id_read(option, "--managed-identity", ret_id,
                                        err);
    if (client == NULL) {
        *ret_id = (struct managed_identity_id){ MANAGED_IDENTITY_SYSTEM, NULL,
                                                NULL };
        return 0;
    }
    if (!text_is_uuid(client)) {
        error_set(err, "%s is not a client id", variable);
        return error_advise(err, "it takes a UUID");
    }
    *ret_id = (struct managed_identity_id){ MANAGED_IDENTITY_CLIENT_ID, client,
                                            variable };
    return 0;
}
