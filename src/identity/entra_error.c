/* SPDX-License-Identifier: Apache-2.0 */
/* Entra's refusals. */
#include "identity/entra_error.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"

enum {
    ENTRA_ERROR_BODY_CEILING = 64 * 1024,
    ENTRA_ERROR_CODE_CEILING = 64,
    /* The longest first lines name an application and a directory. */
    ENTRA_ERROR_LINE_CEILING = 400,
};

/* Advice by number, which stands before advice by code. */
static const struct {
    uint32_t number;
    const char *advice;
} numbers[] = {
    { 7000215, "the secret is wrong: AZURE_CLIENT_SECRET takes the secret's "
               "value, not its id" },
    { 7000222, "the client secret has expired: make a new one under the app "
               "registration's Certificates & secrets" },
    { 7000218, "the app registration wants a secret or an assertion: set "
               "AZURE_CLIENT_SECRET" },
    { 7000216, "set AZURE_CLIENT_SECRET: the app registration is a "
               "confidential client" },
    { 7000112, "the application is disabled in this tenant: enable its "
               "enterprise application" },
    { 700016, "AZURE_CLIENT_ID names no application of this tenant: check "
              "it, and AZURE_TENANT_ID" },
    { 700027, "the certificate is not the one registered for the "
              "application: upload it, or use the registered one" },
    { 700024, "the assertion is outside its lifetime: check this machine's "
              "clock" },
    { 700021, "no federated credential of the application matches the "
              "token's issuer, subject and audience" },
    { 70021, "no federated credential of the application matches the "
             "token's issuer, subject and audience" },
    { 700211, "no federated credential of the application matches the "
              "token's issuer" },
    { 700213, "no federated credential of the application matches the "
              "token's subject" },
    { 700082, "the sign-in has expired: sign in again" },
    { 90002, "there is no such tenant in this cloud: check the tenant, and "
             "--cloud" },
    { 900023, "the tenant is neither an id nor a domain: check "
              "AZURE_TENANT_ID" },
    { 900382, "the tenant belongs to another cloud: check --cloud" },
    { 90038, "the tenant belongs to another cloud: check --cloud" },
    { 500011, "the audience does not exist in this tenant: check --cloud" },
    { 50034, "the account does not exist in this tenant" },
    { 50076, "the account must use multi-factor authentication: sign in "
             "interactively, or use a service principal" },
    { 53003, "a Conditional Access policy blocks this sign-in: ask the "
             "tenant's administrator" },
    { 530036, "a Conditional Access policy blocks this way of signing in: "
              "use another credential" },
    { 65001, "consent to the application is missing: ask the tenant's "
             "administrator" },
};

static const struct {
    const char *code;
    bool transient;
    const char *advice;
} codes[] = {
    { "temporarily_unavailable", true, "Entra is busy: try again later" },
    { "server_error", true, "Entra is in trouble: try again later" },
    { "invalid_client", false,
      "check AZURE_CLIENT_ID and the client's secret" },
    { "unauthorized_client", false,
      "check AZURE_CLIENT_ID and AZURE_TENANT_ID" },
    { "invalid_resource", false, "check --cloud" },
    { "invalid_scope", false, "check --cloud" },
    { "invalid_request", false, "check the tenant and --cloud" },
    { "invalid_grant", false, "sign in again" },
    { "interaction_required", false, "sign in again, interactively" },
    { "login_required", false, "sign in again, interactively" },
    { "consent_required", false,
      "ask the tenant's administrator for consent" },
};

static char *
line_copy(const char *text)
{
    AUTOBUFFER line = BUFFER_INIT(ENTRA_ERROR_LINE_CEILING);

    if (text_append_line(&line, text, ENTRA_ERROR_LINE_CEILING) < 0)
        return NULL;
    return buffer_take(&line, NULL);
}

static uint32_t
number_read(const json_t *object, const char *description)
{
    static const char prefix[] = "AADSTS";
    const json_t *list = json_object_get(object, "error_codes");
    const json_int_t first = json_integer_value(json_array_get(list, 0));

    if (first > 0 && first <= INT32_MAX)
        return (uint32_t) first;
    if (strncmp(description, prefix, strlen(prefix)) != 0)
        return 0;
    const unsigned long number =
        strtoul(description + strlen(prefix), NULL, 10);
    return number <= INT32_MAX ? (uint32_t) number : 0;
}

int
entra_error_parse(const char *bytes, size_t length,
                  struct entra_error *ret_error)
{
    AUTOBUFFER text = BUFFER_SECRET_INIT(3 * ENTRA_ERROR_BODY_CEILING);
    AUTOBUFFER code = BUFFER_INIT(4 * ENTRA_ERROR_CODE_CEILING);

    if (length > ENTRA_ERROR_BODY_CEILING
        || text_repair_utf8(&text, bytes, length) < 0)
        return -1;
    json_auto_t *object = json_loadb(buffer_text(&text), text.length, 0, NULL);
    const json_t *name = json_object_get(object, "error");
    const char *description =
        json_string_value(json_object_get(object, "error_description"));
    if (!json_is_string(name)
        || json_string_length(name) > ENTRA_ERROR_CODE_CEILING
        || text_append_printable(&code, json_string_value(name)) < 0)
        return -1;
    if (description == NULL)
        description = "";
    AUTOFREE char *line = line_copy(description);
    char *code_copy = line != NULL ? buffer_take(&code, NULL) : NULL;
    if (code_copy == NULL)
        return -1;
    ret_error->code = code_copy;
    ret_error->description = take_pointer(line);
    ret_error->number = number_read(object, description);
    return 0;
}

void
entra_error_done(struct entra_error *error)
{
    free(error->code);
    free(error->description);
    *error = (struct entra_error){ NULL, NULL, 0 };
}

bool
entra_error_is_transient(const struct entra_error *error)
{
    for (size_t i = 0; i < ARRAY_LENGTH(codes); i++)
        if (strcmp(codes[i].code, error->code) == 0)
            return codes[i].transient;
    return false;
}

static const char *
advice_find(const struct entra_error *error)
{
    for (size_t i = 0; i < ARRAY_LENGTH(numbers); i++)
        if (numbers[i].number == error->number)
            return numbers[i].advice;
    for (size_t i = 0; i < ARRAY_LENGTH(codes); i++)
        if (strcmp(codes[i].code, error->code) == 0)
            return codes[i].advice;
    return NULL;
}

/* The length of the first sentence: it says what is wrong, and the rest is
 * for who has no advice. */
static int
sentence_length(const char *text)
{
    const char *end = strstr(text, ". ");

    return (int) (end != NULL ? (size_t) (end - text) : strlen(text));
}

int
entra_error_explain(const struct entra_error *error, struct error *err)
{
    const char *advice = advice_find(error);
    const char *text = error->description;
    const int length =
        advice != NULL ? sentence_length(text) : (int) strlen(text);

    if (*text == '\0' && error->number == 0)
        error_set(err, "Entra refused: %s", error->code);
    else if (strncmp(text, "AADSTS", 6) == 0 || error->number == 0)
        error_set(err, "Entra refused: %.*s", length, text);
    else
        error_set(err, "Entra refused: AADSTS%u: %.*s",
                  (unsigned) error->number, length, text);
    if (advice != NULL)
        error_advise(err, "%s", advice);
    return -1;
}
