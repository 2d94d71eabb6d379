/* SPDX-License-Identifier: Apache-2.0 */
/* Why a source gave no token. */
#include "identity/managed/managed_identity_error.h"

#include <jansson.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "identity/token/json_answer.h"
#include "identity/token/redaction.h"
#include "identity/token/variable.h"

enum {
    MANAGED_IDENTITY_ERROR_CEILING = 64 * 1024,
    /* Of what is shown. */
    MANAGED_IDENTITY_ERROR_LINE = 300,
};

/* The members that say most come first. */
static const char *
text_find(const json_t *object)
{
    static const char *const names[] = { "error_description", "message",
                                         "Message" };
    const json_t *error = json_object_get(object, "error");

    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        const json_t *text = json_object_get(object, names[i]);
        if (!json_is_string(text))
            text = json_object_get(error, names[i]);
        if (json_is_string(text) && !text_is_blank(json_string_value(text)))
            return json_string_value(text);
    }
    if (json_is_object(error))
        error = json_object_get(error, "code");
    return json_string_value(error);
}

int
managed_identity_error_read(struct buffer *target, const char *bytes,
                            size_t length)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * MANAGED_IDENTITY_ERROR_CEILING);
    AUTOBUFFER clean = BUFFER_SECRET_INIT(9 * MANAGED_IDENTITY_ERROR_CEILING);

    if (length > MANAGED_IDENTITY_ERROR_CEILING)
        return 0;
    if (text_repair_utf8(&text, bytes, length) < 0)
        return -1;
    json_auto_t *object =
        json_answer_parse(buffer_text(&text), text.length, 0, NULL);
    const char *found = text_find(object);
    if (found == NULL)
        return 0;
    if (redaction_append(&clean, found, strlen(found)) < 0)
        return -1;
    return text_append_line(target, buffer_text(&clean),
                            MANAGED_IDENTITY_ERROR_LINE);
}

static int
silence_explain(const struct managed_identity_source *source,
                const struct managed_identity_endpoint *endpoint,
                const struct http_response *response, struct error *err)
{
    error_set(err, "%s: %s", source->name,
              response->reason != NULL ? response->reason : "no answer");
    if (endpoint->origin != NULL)
        return error_advise(err,
                            "see whether %s names this machine's own service",
                            endpoint->origin);
    if (variable_get("AZURE_FEDERATED_TOKEN_FILE") != NULL)
        return error_advise(err, "this is a pod with a federated token: use "
                                 "--credential WorkloadIdentity");
    return error_advise(err, "this is no machine of Azure's, or it has no "
                             "identity: use another credential, such as az "
                             "login");
}

static int
choice_advise(const struct managed_identity_source *source,
              const struct managed_identity_id *id, struct error *err)
{
    if (id->kind != MANAGED_IDENTITY_SYSTEM)
        return error_advise(err,
                            "see whether the identity that %s names is "
                            "assigned to this machine",
                            id->origin);
    if (source->parameters[MANAGED_IDENTITY_CLIENT_ID] == NULL)
        return error_advise(err, "sign in with another credential");
    return error_advise(err, "switch this machine's system-assigned identity "
                             "on, or name one that is assigned to it: "
                             "AZURE_CLIENT_ID or --managed-identity");
}

static int
status_advise(const struct managed_identity_source *source,
              const struct managed_identity_endpoint *endpoint,
              const struct managed_identity_id *id, int status,
              struct error *err)
{
    if (status >= 300 && status < 400)
        return error_advise(err, "it tries to send piket elsewhere, which is "
                                 "not followed: see what answers there");
    if (status == 400 || (status == 404 && !source->uncertain))
        return choice_advise(source, id, err);
    if ((status == 401 || status == 403) && source->challenges)
        return error_advise(err, "see azcmagent show, and run piket as root "
                                 "or as a member of the group himds");
    if ((status == 401 || status == 403) && endpoint->origin != NULL)
        return error_advise(err,
                            "run piket where the platform sets %s anew: its "
                            "secret ends when the application restarts",
                            endpoint->origin);
    if (status == 429 || status >= 500 || status == 404 || status == 410)
        return error_advise(err, "it is busy or being updated: try again "
                                 "later");
    return error_advise(err, "see what answers in its place");
}

int
managed_identity_error_explain(
    const struct managed_identity_source *source,
    const struct managed_identity_endpoint *endpoint,
    const struct managed_identity_id *id, const struct http_response *response,
    struct error *err)
{
    AUTOBUFFER text = BUFFER_INIT(2 * MANAGED_IDENTITY_ERROR_LINE);

    if (response->status == 0)
        return silence_explain(source, endpoint, response, err);
    if (managed_identity_error_read(&text, response->body, response->length)
        < 0)
        return error_set_memory(err);
    error_set(err, "%s: HTTP %d%s%s", source->name, response->status,
              text.length > 0 ? ": " : "", buffer_text(&text));
    return status_advise(source, endpoint, id, response->status, err);
}
