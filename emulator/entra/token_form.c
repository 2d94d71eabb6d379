/* SPDX-License-Identifier: Apache-2.0 */
/* The form of a token request. */
#include "entra/token_form.h"

#include <string.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "entra/audience.h"
#include "entra/entra_error.h"

bool
token_form_read(struct exchange *exchange, struct form *form)
{
    const char *type = exchange_header(exchange, "Content-Type");

    if (type == NULL
        || !text_starts_with_ignoring_case(type,
                                           "application/x-www-form-urlencoded")
        || form_parse(form, buffer_text(&exchange->body),
                      exchange->body.length, exchange->arena)
               < 0) {
        entra_refuse(exchange, &entra_bad_request,
                     "The endpoint only accepts POST requests with a body "
                     "of application/x-www-form-urlencoded.");
        return false;
    }
    if (form->repeated != NULL) {
        entra_refuse(exchange, &entra_repeated_parameter,
                     "The request is not properly formatted. The parameter "
                     "'%s' is duplicated.",
                     form->repeated);
        return false;
    }
    return true;
}

/* Scopes of OpenID Connect that clients add, and that name no resource. */
static const char *const plain_scopes[] = { "openid", "profile", "email",
                                            "offline_access" };

static bool
is_plain_scope(const char *scope)
{
    for (size_t i = 0; i < ARRAY_LENGTH(plain_scopes); i++)
        if (strcmp(scope, plain_scopes[i]) == 0)
            return true;
    return false;
}

/* A scope is the resource with /.default behind it; the resource may end
 * with a slash of its own. NULL, answered, where it is something else. */
static const char *
audience_of_scope(struct exchange *exchange, const char *scope)
{
    static const char ending[] = "/.default";
    char *rest = arena_copy(exchange->arena, scope);
    char *word;
    char *audience = NULL;

    while ((word = strsep(&rest, " ")) != NULL) {
        const size_t length = strlen(word);
        if (*word == '\0' || is_plain_scope(word))
            continue;
        if (audience != NULL || length <= strlen(ending)
            || strcmp(word + length - strlen(ending), ending) != 0) {
            audience = NULL;
            break;
        }
        word[length - strlen(ending)] = '\0';
        audience = word;
    }
    if (audience == NULL)
        entra_refuse(exchange, &entra_bad_scope,
                     "The provided value for scope %s is not valid. Client "
                     "credential flows must have a scope value with "
                     "/.default suffixed to the resource identifier "
                     "(application ID URI).",
                     scope);
    return audience;
}

const char *
token_form_audience(struct exchange *exchange, const struct form *form,
                    const struct tenant *tenant)
{
    const char *resource = form_value(form, "resource");
    const char *scope = form_value(form, "scope");

    if (resource == NULL && scope == NULL) {
        entra_refuse(exchange, &entra_missing_parameter,
                     "The request body must contain the following "
                     "parameter: 'scope'.");
        return NULL;
    }
    if (resource == NULL)
        resource = audience_of_scope(exchange, scope);
    if (resource != NULL && !audience_is_known(resource)) {
        entra_refuse(exchange, &entra_no_resource,
                     "The resource principal named %s was not found in the "
                     "tenant named %s. This can happen if the application "
                     "has not been installed by the administrator of the "
                     "tenant or consented to by any user in the tenant. You "
                     "might have sent your authentication request to the "
                     "wrong tenant.",
                     resource, tenant->name);
        return NULL;
    }
    return resource;
}
