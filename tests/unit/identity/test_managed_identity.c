/* SPDX-License-Identifier: Apache-2.0 */
/* What is asked of which source, and what its answers mean. */
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "identity/managed/managed_identity_answer.h"
#include "identity/managed/managed_identity_error.h"
#include "identity/managed/managed_identity_request.h"
#include "identity/managed/managed_identity_source.h"
#include "unit/unit.h"

#define NOW INT64_C(1800000000000)
#define CLIENT "c11e4715-0000-4000-8000-00000000abcd"
#define RESOURCE "/subscriptions/1/resourceGroups/rg/x y"

enum { MINUTE = 60 * 1000 };

static const char *const variables[] = {
    "IDENTITY_ENDPOINT",
    "IDENTITY_HEADER",
    "IDENTITY_SERVER_THUMBPRINT",
    "IMDS_ENDPOINT",
    "MSI_ENDPOINT",
    "MSI_SECRET",
    "DEFAULT_IDENTITY_CLIENT_ID",
    "AZURE_POD_IDENTITY_AUTHORITY_HOST",
    "AZURE_CLIENT_ID",
};

/* Sets the variables whose letters are in the word, to a URL. */
static void
environment_set(const char *letters)
{
    static const char of[] = "ehtims"; /* in the order above */

    for (size_t i = 0; i < ARRAY_LENGTH(variables); i++)
        (void) unsetenv(variables[i]);
    for (const char *next = letters; *next != '\0'; next++) {
        const char *found = strchr(of, *next);
        assert_non_null(found);
        assert_int_equal(
            setenv(variables[found - of], "http://127.0.0.1:1/a", 1), 0);
    }
}

static void
test_order(void **state)
{
    static const struct {
        const char *letters; /* e IDENTITY_ENDPOINT, h _HEADER, t _THUMB…,
                                i IMDS_ENDPOINT, m MSI_ENDPOINT, s _SECRET */
        const struct managed_identity_source *source;
    } environments[] = {
        { "", &imds_source },
        { "h", &imds_source },
        { "e", &imds_source },
        { "i", &imds_source },
        { "s", &imds_source },
        { "eh", &app_service_source },
        { "ehm", &app_service_source },
        { "ehims", &app_service_source },
        { "eht", &service_fabric_source },
        { "ehtims", &service_fabric_source },
        { "m", &cloud_shell_source },
        { "mi", &cloud_shell_source },
        { "mei", &cloud_shell_source },
        { "ms", &machine_learning_source },
        { "msei", &machine_learning_source },
        { "ei", &arc_source },
        { "eit", &arc_source },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(environments); i++) {
        environment_set(environments[i].letters);
        assert_ptr_equal(managed_identity_source_detect(),
                         environments[i].source);
    }
    environment_set("");
}

static void
test_requests(void **state)
{
    static const struct {
        const struct managed_identity_source *source;
        const char *endpoint;
        struct managed_identity_id id;
        const char *url, *form;
    } requests[] = {
        { &imds_source,
          "http://h/t",
          { MANAGED_IDENTITY_SYSTEM, NULL, NULL },
          "http://h/t?api-version=2018-02-01&resource=https%3A%2F%2Fa%2F",
          "" },
        { &imds_source,
          "http://h/t",
          { MANAGED_IDENTITY_RESOURCE_ID, RESOURCE, "--managed-identity" },
          "http://h/t?api-version=2018-02-01&resource=https%3A%2F%2Fa%2F"
          "&msi_res_id=%2Fsubscriptions%2F1%2FresourceGroups%2Frg%2Fx%20y",
          "" },
        { &app_service_source,
          "http://h/t/?x=1",
          { MANAGED_IDENTITY_OBJECT_ID, CLIENT, "--managed-identity" },
          "http://h/t/?x=1&api-version=2019-08-01&resource=https%3A%2F%2Fa%2F"
          "&object_id=" CLIENT,
          "" },
        { &app_service_source,
          "http://h/t",
          { MANAGED_IDENTITY_RESOURCE_ID, "/subscriptions/1",
            "--managed-identity" },
          "http://h/t?api-version=2019-08-01&resource=https%3A%2F%2Fa%2F"
          "&mi_res_id=%2Fsubscriptions%2F1",
          "" },
        { &cloud_shell_source,
          "http://h/t",
          { MANAGED_IDENTITY_SYSTEM, NULL, NULL },
          "http://h/t",
          "resource=https%3A%2F%2Fa%2F" },
        { &cloud_shell_source,
          "http://h/t",
          { MANAGED_IDENTITY_CLIENT_ID, CLIENT, "AZURE_CLIENT_ID" },
          NULL,
          NULL },
        { &machine_learning_source,
          "http://h/t",
          { MANAGED_IDENTITY_OBJECT_ID, CLIENT, "--managed-identity" },
          NULL,
          NULL },
    };

    (void) state;
    environment_set("");
    for (size_t i = 0; i < ARRAY_LENGTH(requests); i++) {
        AUTOERROR err = ERROR_INIT;
        AUTOFREE char *url = strdup(requests[i].endpoint);
        const struct managed_identity_endpoint endpoint = { .url = url,
                                                            .header = "X",
                                                            .value = "y" };
        struct managed_identity_request request =
            MANAGED_IDENTITY_REQUEST_INIT;
        const int result = managed_identity_request_make(
            &request, requests[i].source, &endpoint, &requests[i].id,
            "https://a/", &err);
        if (requests[i].url == NULL) {
            assert_int_equal(result, -1);
            assert_non_null(
                strstr(error_message(&err), requests[i].source->name));
            assert_non_null(err.advice);
        } else {
            assert_int_equal(result, 0);
            assert_string_equal(buffer_text(&request.url), requests[i].url);
            assert_string_equal(buffer_text(&request.form), requests[i].form);
            assert_string_equal(buffer_text(&request.header), "X: y");
        }
        managed_identity_request_done(&request);
    }
}

static void
test_names(void **state)
{
    static const struct {
        const char *text;
        enum managed_identity_kind kind; /* SYSTEM: refused */
    } names[] = {
        { CLIENT, MANAGED_IDENTITY_CLIENT_ID },
        { "client-id=" CLIENT, MANAGED_IDENTITY_CLIENT_ID },
        { "Object-Id=" CLIENT, MANAGED_IDENTITY_OBJECT_ID },
        { "resource-id=" RESOURCE, MANAGED_IDENTITY_RESOURCE_ID },
        { RESOURCE, MANAGED_IDENTITY_RESOURCE_ID },
        { "", MANAGED_IDENTITY_SYSTEM },
        { "client-id=", MANAGED_IDENTITY_SYSTEM },
        { "resource-id=" CLIENT, MANAGED_IDENTITY_SYSTEM },
        { "object-id=" RESOURCE, MANAGED_IDENTITY_SYSTEM },
        { "/providers/x", MANAGED_IDENTITY_SYSTEM },
        { "\x1b[2J", MANAGED_IDENTITY_SYSTEM },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(names); i++) {
        AUTOERROR err = ERROR_INIT;
        struct managed_identity_id id = { MANAGED_IDENTITY_SYSTEM, NULL,
                                          NULL };
        const int result =
            managed_identity_id_read(names[i].text, "--x", &id, &err);
        assert_int_equal(result,
                         names[i].kind == MANAGED_IDENTITY_SYSTEM ? -1 : 0);
        assert_int_equal(id.kind, names[i].kind);
        assert_null(strchr(error_message(&err), '\x1b'));
    }
}

static void
test_answers(void **state)
{
    static const struct {
        const struct managed_identity_source *source;
        struct managed_identity_id id;
        const char *more;
        int64_t refresh_at; /* -1: refused */
    } answers[] = {
        /* Half of a long life, but for a word of the service's own. */
        { &imds_source,
          { 0 },
          "\"expires_in\":\"86400\"",
          NOW + 720 * MINUTE },
        { &imds_source, { 0 }, "\"expires_in\":\"7201\"", NOW + 3600500 },
        { &imds_source, { 0 }, "\"expires_in\":\"7200\"", 0 },
        { &imds_source,
          { 0 },
          "\"expires_in\":\"86400\",\"refresh_in\":\"60\"",
          NOW + MINUTE },
        { &imds_source, { 0 }, "\"expires_in\":\"never\"", -1 },
        /* Only Azure Arc must say whose token it is. */
        { &imds_source,
          { MANAGED_IDENTITY_CLIENT_ID, CLIENT, "x" },
          "\"expires_in\":1",
          0 },
        { &arc_source, { 0 }, "\"expires_in\":1", 0 },
        { &arc_source,
          { MANAGED_IDENTITY_CLIENT_ID, CLIENT, "x" },
          "\"expires_in\":1",
          -1 },
        { &arc_source,
          { MANAGED_IDENTITY_CLIENT_ID, CLIENT, "x" },
          "\"expires_in\":1,\"client_id\":\"other\"",
          -1 },
        { &arc_source,
          { MANAGED_IDENTITY_CLIENT_ID, CLIENT, "x" },
          "\"expires_in\":1,\"client_id\":\"C11E4715-0000-4000-8000-"
          "00000000ABCD\"",
          0 },
        { &arc_source,
          { MANAGED_IDENTITY_OBJECT_ID, CLIENT, "x" },
          "\"expires_in\":1,\"client_id\":\"" CLIENT "\"",
          -1 },
        { &arc_source,
          { MANAGED_IDENTITY_RESOURCE_ID, "/subscriptions/1", "x" },
          "\"expires_in\":1,\"mi_res_id\":\"/Subscriptions/1\"",
          0 },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++) {
        AUTOBUFFER text = BUFFER_INIT(1024);
        AUTOERROR err = ERROR_INIT;
        struct access_token token = { NULL, 0, 0 };
        buffer_printf(&text, "{\"access_token\":\"T\",%s}", answers[i].more);
        const int result = managed_identity_answer_read(
            answers[i].source, &answers[i].id, buffer_text(&text), text.length,
            NOW, &token, &err);
        assert_int_equal(result, answers[i].refresh_at < 0 ? -1 : 0);
        if (result == 0)
            assert_int_equal(token.refresh_at, answers[i].refresh_at);
        else
            assert_null(token.value);
        access_token_done(&token);
    }
}

static void
test_errors(void **state)
{
    static const struct {
        const char *body, *text;
    } bodies[] = {
        { "{\"error\":\"invalid_request\",\"error_description\":\"Identity "
          "not found\"}",
          "Identity not found" },
        { "{\"error\":\"invalid_request\"}", "invalid_request" },
        { "{\"statusCode\":400,\"message\":\"Unable to load.\"}",
          "Unable to load." },
        { "{\"error\":{\"code\":\"BadRequest\",\"message\":\"No.\"}}", "No." },
        { "{\"error\":{\"code\":\"BadRequest\"}}", "BadRequest" },
        { "{\"Message\":\"one\\r\\ntwo\"}", "one" },
        { "{\"message\":\"\\u001b[2Jx\"}", "\xef\xbf\xbd[2Jx" },
        { "{\"message\":\"token=s3cret\"}", "token=REDACTED" },
        { "{\"message\":\" \",\"error\":7}", "" },
        { "<html>", "" },
        { "[]", "" },
        { "", "" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(bodies); i++) {
        AUTOBUFFER text = BUFFER_INIT(1024);
        assert_int_equal(managed_identity_error_read(&text, bodies[i].body,
                                                     strlen(bodies[i].body)),
                         0);
        assert_string_equal(buffer_text(&text), bodies[i].text);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_order),  cmocka_unit_test(test_requests),
        cmocka_unit_test(test_names),  cmocka_unit_test(test_answers),
        cmocka_unit_test(test_errors),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
