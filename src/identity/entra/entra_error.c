/* SPDX-License-Identifier: Apache-2.0 */
/* Entra's refusals. */
#include "identity/entra/entra_error.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

#include "base/buffer.h"
#include "base/cleanup.h"
#include "base/text.h"
#include "identity/token/json_answer.h"

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
               "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH" },
    { 7000216, "the app registration is a confidential client: set "
               "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH" },
    { 7000112, "the application is disabled in this tenant: enable its "
               "enterprise application" },
    { 700016, "AZURE_CLIENT_ID names no application of this tenant: check "
              "it, and AZURE_TENANT_ID" },
    { 700025, "the app registration is a public client, which may not prove "
              "who it is: switch that off under Authentication" },
    /* Of certificates. */
    { 700027, "upload the certificate under the app registration's "
              "Certificates & secrets, or use the one that is there" },
    { 7000214, "the certificate was revoked: make a new one, and upload it "
               "to the app registration" },
    { 1000502, "the certificate has ended, or has not begun: make a new one, "
               "and upload it to the app registration" },
    { 5002723, "Entra was not told which certificate it is: see whether a "
               "proxy changes the request" },
    { 700021, "the assertion is of another application: check "
              "AZURE_CLIENT_ID" },
    { 700023, "the assertion is for another address: check "
              "AZURE_AUTHORITY_HOST and AZURE_TENANT_ID" },
    { 700024, "the assertion is outside its lifetime: check this machine's "
              "clock; a pipeline's token lives for minutes only" },
    { 50027, "the assertion is no JWT that Entra can read: check what it was "
             "made from" },
    /* Of tokens of other issuers. */
    { 70021, "add a federated credential to the app registration with "
             "exactly this issuer, subject and audience" },
    { 70025, "add a federated credential to the app registration with "
             "exactly this issuer, subject and audience" },
    { 700211, "no federated credential of the app registration has this "
              "issuer: add one with exactly this issuer, subject and "
              "audience" },
    { 700212, "the federated credential has another audience: it must be "
              "exactly this one" },
    { 700213, "no federated credential of the app registration has this "
              "subject: add one with exactly this issuer, subject and "
              "audience" },
    { 7002138, "the federated credential's subject differs in its capital "
               "letters: it must be exactly this one" },
    { 700222, "a token of Entra itself may not be used so: take one of the "
              "cluster or the pipeline" },
    { 50166, "Entra could not ask the token's issuer for its keys: see "
             "whether the issuer's address can be reached from outside" },
    { 700082, "the sign-in has expired: sign in again" },
    { 90002, "there is no such tenant in this cloud: check the tenant, and "
             "--cloud" },
    { 900023, "the tenant is neither an id nor a domain: check "
              "AZURE_TENANT_ID" },
    { 900382, "the tenant belongs to another cloud: check --cloud" },
    { 90038, "the tenant belongs to another cloud: check --cloud" },
    { 500011, "the audience does not exist in this tenant: check --cloud" },
    { 50034, "the account does not exist in this tenant: check it, and "
             "AZURE_TENANT_ID" },
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
      "check AZURE_CLIENT_ID, and its secret, certificate or federated "
      "credential" },
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
    json_auto_t *object =
        json_answer_parse(buffer_text(&text), text.length, 0, NULL);
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

/* Why a signature is not good, with the certificate's thumbprint: what stands
 * in brackets behind the first sentence, up to where to look. "" for none. */
static const char *
reason_find(const char *text, int *ret_length)
{
    static const char mark[] = ". [Reason - ";
    const char *reason = strstr(text, mark);

    *ret_length = 0;
    if (reason == NULL)
        return "";
    reason += strlen(mark);
    const char *end = strstr(reason, ", Please");
    if (end == NULL)
        end = strchr(reason, ']');
    *ret_length = end != NULL ? (int) (end - reason) : 0;
    return reason;
}

int
entra_error_explain(const struct entra_error *error, struct error *err)
{
    const char *advice = advice_find(error);
    const char *text = error->description;
    int length = (int) strlen(text), reason_length = 0;
    const char *reason = "";

    if (advice != NULL) {
        length = sentence_length(text);
        reason = reason_find(text, &reason_length);
    }
    const char *open = reason_length > 0 ? " (" : "";
    const char *close = reason_length > 0 ? ")" : "";
    if (*text == '\0' && error->number == 0)
        error_set(err, "Entra refused: %s", error->code);
    else if (strncmp(text, "AADSTS", 6) == 0 || error->number == 0)
        error_set(err, "Entra refused: %.*s%s%.*s%s", length, text, open,
                  reason_length, reason, close);
    else
        error_set(err, "Entra refused: AADSTS%u: %.*s%s%.*s%s",
                  (unsigned) error->number, length, text, open, reason_length,
                  reason, close);
    if (advice != NULL)
        error_advise(err, "%s", advice);
    return -1;
}
