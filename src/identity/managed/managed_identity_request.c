/* SPDX-License-Identifier: Apache-2.0 */
/* The question for a token. */
#include "identity/managed/managed_identity_request.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/secret.h"
#include "net/http/url.h"
#include "identity/token/variable.h"

static void
parameter_append(struct buffer *target, char separator, const char *name,
                 const char *value)
{
    AUTOSECRET char *escaped = url_escape(value);

    if (separator != '\0')
        buffer_append_byte(target, separator);
    buffer_append_text(target, name);
    buffer_append_byte(target, '=');
    if (escaped != NULL)
        buffer_append_text(target, escaped);
    else
        target->failed = true;
}

/* Where an identity cannot be chosen, the one that would answer is not the
 * one that was meant. */
static int
choice_check(const struct managed_identity_source *source,
             const struct managed_identity_id *id, struct error *err)
{
    if (id->kind == MANAGED_IDENTITY_SYSTEM
        || source->parameters[id->kind] != NULL)
        return 0;
    error_set(err, "%s: %s cannot be asked for an identity by its %s",
              id->origin, source->name, managed_identity_id_word(id->kind));
    if (source->parameters[MANAGED_IDENTITY_CLIENT_ID] != NULL)
        return error_advise(err, "name it by its client id");
    return error_advise(err, "leave %s out to sign in as %s does", id->origin,
                        source->name);
}

static void
query_append(struct buffer *url, const struct managed_identity_source *source,
             const struct managed_identity_id *id, const char *audience)
{
    const char separator = strchr(buffer_text(url), '?') != NULL ? '&' : '?';
    const char *usual = source->client_variable != NULL
                            ? variable_get(source->client_variable)
                            : NULL;

    parameter_append(url, separator, "api-version", source->api_version);
    parameter_append(url, '&', "resource", audience);
    if (id->kind != MANAGED_IDENTITY_SYSTEM)
        parameter_append(url, '&', source->parameters[id->kind], id->value);
    else if (usual != NULL)
        parameter_append(
            url, '&', source->parameters[MANAGED_IDENTITY_CLIENT_ID], usual);
}

int
managed_identity_request_make(struct managed_identity_request *request,
                              const struct managed_identity_source *source,
                              const struct managed_identity_endpoint *endpoint,
                              const struct managed_identity_id *id,
                              const char *audience, struct error *err)
{
    if (choice_check(source, id, err) < 0)
        return -1;
    buffer_append_text(&request->url, endpoint->url);
    buffer_append_text(&request->header, endpoint->header);
    buffer_append_text(&request->header, ": ");
    buffer_append_text(&request->header, endpoint->value);
    if (source->post)
        parameter_append(&request->form, '\0', "resource", audience);
    else
        query_append(&request->url, source, id, audience);
    if (!buffer_failed(&request->url) && !buffer_failed(&request->header)
        && !buffer_failed(&request->form))
        return 0;
    return error_set(err, "the question for %s is too long, or memory ran out",
                     source->name);
}

void
managed_identity_request_done(struct managed_identity_request *request)
{
    buffer_done(&request->url);
    buffer_done(&request->header);
    buffer_done(&request->form);
}
