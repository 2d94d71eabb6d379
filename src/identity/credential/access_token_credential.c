/* SPDX-License-Identifier: Apache-2.0 */
/* A token that somebody else got. */
#include "identity/credential/access_token_credential.h"

#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/clock.h"
#include "base/secret.h"
#include "base/text.h"
#include "identity/token/access_token.h"
#include "identity/token/token_time.h"
#include "identity/token/variable.h"

static const char variable[] = "AZURE_ACCESS_TOKEN";

struct credential {
    const struct credential_context *context; /* borrowed */
};

/* ARM answers to two names in each cloud, with a slash at the end or
 * without, and to its application id. Tools ask for any of them. */
static const char *const arm_names[][2] = {
    { "https://management.core.windows.net", "https://management.azure.com" },
    { "https://management.core.usgovcloudapi.net",
      "https://management.usgovcloudapi.net" },
    { "https://management.core.chinacloudapi.cn",
      "https://management.chinacloudapi.cn" },
};
static const char arm_application[] = "797f4846-ba00-4fd7-ba43-dac1f8f63013";

static bool
same_but_slash(const char *left, const char *right)
{
    size_t left_length = strlen(left), right_length = strlen(right);

    while (left_length > 0 && left[left_length - 1] == '/')
        left_length--;
    while (right_length > 0 && right[right_length - 1] == '/')
        right_length--;
    return left_length == right_length
           && strncasecmp(left, right, left_length) == 0;
}

static bool
audience_matches(const char *audience, const char *wanted)
{
    if (same_but_slash(audience, wanted))
        return true;
    for (size_t i = 0; i < ARRAY_LENGTH(arm_names); i++) {
        if (!same_but_slash(wanted, arm_names[i][0])
            && !same_but_slash(wanted, arm_names[i][1]))
            continue;
        return same_but_slash(audience, arm_names[i][0])
               || same_but_slash(audience, arm_names[i][1])
               || text_equal_ignoring_case(audience, arm_application);
    }
    return false;
}

/* Appends what a claim says, for a message. */
static const char *
printable(struct buffer *target, const char *text)
{
    buffer_clear(target);
    (void) text_append_printable(target, text);
    return buffer_text(target);
}

static int
audience_check(const json_t *claims, const char *wanted, struct error *err)
{
    AUTOBUFFER shown = BUFFER_INIT(3 * ACCESS_TOKEN_CEILING);
    const json_t *audience = json_object_get(claims, "aud");
    size_t index;
    const json_t *one;

    json_array_foreach(
        audience, index,
        one) if (json_is_string(one)
                 && audience_matches(json_string_value(one), wanted)) return 0;
    if (!json_is_string(audience)) {
        if (!json_is_array(audience))
            return 0; /* it does not say: ARM will */
        return error_set(err, "the token in %s is for other services",
                         variable);
    }
    if (audience_matches(json_string_value(audience), wanted))
        return 0;
    error_set(err, "the token in %s is for %s", variable,
              printable(&shown, json_string_value(audience)));
    return error_advise(err,
                        "get one for ARM: az account get-access-token "
                        "--resource %s",
                        wanted);
}

/* A tenant given as a domain cannot be compared with the id in a token. */
static int
tenant_check(const json_t *claims, const char *wanted, struct error *err)
{
    const char *tenant = json_string_value(json_object_get(claims, "tid"));

    if (tenant == NULL || !text_is_uuid(tenant) || !text_is_uuid(wanted)
        || text_equal_ignoring_case(tenant, wanted))
        return 0;
    error_set(err, "the token in %s is of tenant %s, not %s", variable, tenant,
              wanted);
    return error_advise(err,
                        "get one for that tenant: az account "
                        "get-access-token --tenant %s",
                        wanted);
}

static int
end_read(const json_t *claims, int64_t now, int64_t *ret_expires_at,
         struct error *err)
{
    const double seconds = json_number_value(json_object_get(claims, "exp"));
    char text[CLOCK_TEXT_SIZE];

    if (!(seconds > 0) || seconds > (double) TOKEN_TIME_LAST) {
        *ret_expires_at = INT64_MAX;
        return 0;
    }
    *ret_expires_at = (int64_t) seconds * 1000;
    if (*ret_expires_at > now)
        return 0;
    error_set(err, "the token in %s ended at %s", variable,
              clock_format(*ret_expires_at, text));
    return error_advise(err, "put a new token into %s, or unset it", variable);
}

/* A token is asked for in ways that put more than the token there. */
static int
text_check(const char *text, size_t length, struct error *err)
{
    static const char scheme[] = "Bearer ";

    if (length > strlen(scheme)
        && strncasecmp(text, scheme, strlen(scheme)) == 0) {
        error_set(err, "%s begins with the word Bearer", variable);
        return error_advise(err, "set %s to the token alone", variable);
    }
    if (length > 0 && strchr("\"'{[", *text) != NULL) {
        error_set(err, "%s holds a token in quotation marks, or JSON",
                  variable);
        return error_advise(err, "let az print the token alone: --query "
                                 "accessToken --output tsv");
    }
    if (!access_token_is_sane(text, length))
        return error_set(err, "%s holds characters that a token may not have",
                         variable);
    return 0;
}

static int
token_make(const struct credential_context *context, const char *text,
           struct access_token *ret_token, struct error *err)
{
    size_t length = strlen(text);
    int64_t expires_at;

    text_trim(&text, &length);
    if (text_check(text, length, err) < 0)
        return -1;
    AUTOSECRET char *value = secret_copy_part(text, length);
    if (value == NULL)
        return error_set_memory(err);
    json_auto_t *claims = access_token_claims(value);
    if (end_read(claims, clock_now(), &expires_at, err) < 0
        || audience_check(claims, context->audience, err) < 0
        || tenant_check(claims, context->tenant, err) < 0)
        return -1;
    *ret_token = (struct access_token){ take_pointer(value), expires_at, 0 };
    return 0;
}

static int
credential_create(struct credential **ret_credential,
                  const struct credential_context *context, struct error *err)
{
    struct credential *credential = calloc(1, sizeof(*credential));

    if (credential == NULL)
        return error_set_memory(err);
    credential->context = context;
    *ret_credential = credential;
    return 0;
}

static void
credential_request(struct credential *credential, const char *claims,
                   credential_answer *answer, void *data)
{
    struct access_token token = { NULL, 0, 0 };
    const char *text = variable_get(variable);
    AUTOERROR err = ERROR_INIT;

    if (text == NULL) {
        error_set(&err, "%s is not set", variable);
        answer(CREDENTIAL_UNAVAILABLE, NULL, &err, data);
        return;
    }
    if (claims != NULL) {
        error_set(&err,
                  "the tenant asks for another token than the one in "
                  "%s",
                  variable);
        error_advise(&err, "put a new token into %s", variable);
    } else if (token_make(credential->context, text, &token, &err) == 0) {
        answer(CREDENTIAL_TOKEN, &token, NULL, data);
        return;
    }
    error_advise(&err, "mend or unset %s", variable);
    answer(CREDENTIAL_FAILED, NULL, &err, data);
}

static void
credential_free(struct credential *credential)
{
    free(credential);
}

const struct credential_type access_token_credential = {
    .name = "AccessTokenCredential",
    .group = CREDENTIAL_STATIC,
    .needs = "AZURE_ACCESS_TOKEN",
    .create = credential_create,
    .request = credential_request,
    .free = credential_free,
};
