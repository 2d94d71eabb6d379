/* SPDX-License-Identifier: Apache-2.0 */
/* Token requests to Entra, and what comes of its answers; and the service
 * principal of the environment, which sends them. */
#include <jansson.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "base/cleanup.h"
#include "base/clock.h"
#include "base/secret.h"
#include "identity/entra/entra.h"
#include "identity/credential/environment_credential.h"
#include "unit/identity/tls_server.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define CLIENT "11111111-2222-4333-8444-555555555555"
#define SECRET "a+b&c~/ \xc3\xa9=%"
/* Percent-encoded by hand. */
#define SECRET_ESCAPED "a%2Bb%26c~%2F%20%C3%A9%3D%25"
#define SCOPE "https%3A%2F%2Fmanagement.core.windows.net%2F%2F.default"
#define CP1                                                           \
    "%7B%22access_token%22%3A%7B%22xms_cc%22%3A%7B%22values%22%3A%5B" \
    "%22CP1%22%5D%7D%7D%7D"
#define FORM                                          \
    "grant_type=client_credentials&client_id=" CLIENT \
    "&client_secret=" SECRET_ESCAPED "&scope=" SCOPE "&claims="

#define PROOF "AZURE_CLIENT_SECRET or AZURE_CLIENT_CERTIFICATE_PATH"
#define HEAD(status, type) \
    "HTTP/1.1 " status "\r\nContent-Type: " type "\r\nConnection: close\r\n"
#define OK                                                \
    HEAD("200 OK", "application/json")                    \
    "\r\n{\"token_type\":\"Bearer\",\"expires_in\":3599," \
    "\"ext_expires_in\":3599,\"access_token\":\"T\"}"
#define REFUSED(status, body) HEAD(status, "application/json") "\r\n" body

static struct tls_server *server;
static struct loop *loop;
static struct credential_context context;
static struct credential *credential;

static struct {
    unsigned count;
    enum credential_outcome outcome;
    struct access_token token;
    struct error err;
} last;

static void
on_answer(enum credential_outcome outcome, struct access_token *token,
          struct error *err, void *data)
{
    assert_ptr_equal(data, &last);
    last.count++;
    last.outcome = outcome;
    if (outcome == CREDENTIAL_TOKEN)
        last.token = *token;
    else
        error_move(&last.err, err);
}

static void
forget(void)
{
    access_token_done(&last.token);
    error_done(&last.err);
    memset(&last, 0, sizeof(last));
}

static void
ask(const char *claims, const char *const *answers, size_t count)
{
    forget();
    tls_server_script(server, answers, count);
    if (credential == NULL)
        assert_int_equal(
            environment_credential.create(&credential, &context, NULL), 0);
    environment_credential.request(credential, claims, on_answer, &last);
    assert_int_equal(loop_run(loop, NULL), 0);
    assert_int_equal(last.count, 1);
    assert_null(strstr(error_message(&last.err), SECRET));
}

static void
ask_once(const char *answer)
{
    ask(NULL, &answer, 1);
}

static void
variables_set(const char *tenant, const char *client, const char *secret)
{
    (void) setenv("AZURE_TENANT_ID", tenant, 1);
    (void) setenv("AZURE_CLIENT_ID", client, 1);
    (void) setenv("AZURE_CLIENT_SECRET", secret, 1);
}

static int
setup(void **state)
{
    static const char *const unwanted[] = {
        "AZURE_CLIENT_CERTIFICATE_PATH",
        "AZURE_USERNAME",
        "AZURE_PASSWORD",
        "HTTPS_PROXY",
        "https_proxy",
        "ALL_PROXY",
        "all_proxy",
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(unwanted); i++)
        (void) unsetenv(unwanted[i]);
    variables_set(TENANT, CLIENT, SECRET);
    assert_int_equal(loop_new(&loop, NULL), 0);
    context = (struct credential_context){
        .loop = loop,
        .authority = tls_server_url(server),
        .audience = "https://management.core.windows.net/",
        .ca_file = tls_server_ca_file(server),
    };
    return 0;
}

static int
teardown(void **state)
{
    (void) state;
    forget();
    environment_credential.free(credential);
    credential = NULL;
    loop_free(loop);
    return 0;
}

/* The request's body must be this, byte for byte. */
static void
expect_request(size_t index, const char *tenant, const char *form)
{
    AUTOBUFFER line = BUFFER_INIT(256);
    AUTOBUFFER length = BUFFER_INIT(256);

    assert_true(index < tls_server_request_count(server));
    const char *request = tls_server_request(server, index);
    buffer_printf(&line, "POST /%s/oauth2/v2.0/token HTTP/1.1\r\n", tenant);
    if (strncmp(request, line.data, line.length) != 0)
        fail_msg("%s", request);
    assert_non_null(strstr(request, "\r\nContent-Type: application/"
                                    "x-www-form-urlencoded; charset=utf-8"
                                    "\r\n"));
    assert_null(strcasestr(request, "\r\nAuthorization:"));
    buffer_printf(&length, "\r\nContent-Length: %zu\r\n", strlen(form));
    assert_non_null(strstr(request, length.data));
    assert_string_equal(strstr(request, "\r\n\r\n") + 4, form);
}

static void
expect_failure(const char *message, const char *advice)
{
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_string_equal(error_message(&last.err), message);
    if (advice != NULL)
        assert_string_equal(last.err.advice, advice);
}

static void
test_token(void **state)
{
    const int64_t before = clock_now();

    (void) state;
    ask_once(OK);
    if (last.outcome != CREDENTIAL_TOKEN)
        fail_msg("%s", error_message(&last.err));
    assert_string_equal(last.token.value, "T");
    assert_true(last.token.expires_at >= before + 3599000);
    assert_true(last.token.expires_at <= clock_now() + 3599000);
    assert_int_equal(tls_server_request_count(server), 1);
    expect_request(0, TENANT, FORM CP1);
}

static void
test_tenant_of_context(void **state)
{
    (void) state;
    context.tenant = "contoso.nl";
    (void) unsetenv("AZURE_TENANT_ID");
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_TOKEN);
    expect_request(0, "contoso.nl", FORM CP1);
}

/* The claims of a challenge go beside the capability. */
static void
test_claims(void **state)
{
    const char *const answers[] = { OK };

    (void) state;
    ask("{\"access_token\":{\"nbf\":{\"value\":\"1\"}}}", answers, 1);
    assert_int_equal(last.outcome, CREDENTIAL_TOKEN);
    expect_request(0, TENANT,
                   FORM "%7B%22access_token%22%3A%7B%22xms_cc%22%3A%7B"
                        "%22values%22%3A%5B%22CP1%22%5D%7D%2C%22nbf%22%3A"
                        "%7B%22value%22%3A%221%22%7D%7D%7D");

    ask("not JSON", answers, 1);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_int_equal(tls_server_request_count(server), 0);
}

static void
test_refusals(void **state)
{
    static const struct {
        const char *answer, *message, *advice;
    } refusals[] = {
        { REFUSED("401 Unauthorized",
                  "{\"error\":\"invalid_client\",\"error_description\":"
                  "\"AADSTS7000215: Invalid client secret provided. Ensure "
                  "the secret being sent is the value.\\r\\nTrace ID: 1\","
                  "\"error_codes\":[7000215]}"),
          "Entra refused: AADSTS7000215: Invalid client secret provided",
          "the secret is wrong: AZURE_CLIENT_SECRET takes the secret's "
          "value, not its id" },
        { REFUSED("400 Bad Request",
                  "{\"error\":\"unauthorized_client\",\"error_description\":"
                  "\"AADSTS700016: Application was not found. x\"}"),
          "Entra refused: AADSTS700016: Application was not found",
          "AZURE_CLIENT_ID names no application of this tenant: check it, "
          "and AZURE_TENANT_ID" },
        { REFUSED("401 Unauthorized",
                  "{\"error\":\"invalid_client\",\"error_description\":"
                  "\"AADSTS700027: Client assertion contains an invalid "
                  "signature. [Reason - The key was not found., Thumbprint "
                  "of key used by client: 'AB12', Please visit the portal "
                  "for app Id 'x'.]\\r\\nTrace ID: 1\"}"),
          "Entra refused: AADSTS700027: Client assertion contains an "
          "invalid signature (The key was not found., Thumbprint of key used "
          "by client: 'AB12')",
          "upload the certificate under the app registration's Certificates "
          "& secrets, or use the one that is there" },
        { REFUSED("401 Unauthorized",
                  "{\"error\":\"invalid_client\",\"error_description\":"
                  "\"AADSTS700027: No. [Reason - Hm\"}"),
          "Entra refused: AADSTS700027: No", NULL },
        /* No advice: the whole line. */
        { REFUSED("400 Bad Request",
                  "{\"error\":\"strange\",\"error_description\":"
                  "\"AADSTS12: One. Two.\\nThree\"}"),
          "Entra refused: AADSTS12: One. Two.", NULL },
        { REFUSED("400 Bad Request",
                  "{\"error\":\"strange\",\"error_description\":\"Hm\","
                  "\"error_codes\":[42]}"),
          "Entra refused: AADSTS42: Hm", NULL },
        { REFUSED("400 Bad Request", "{\"error\":\"invalid_request\"}"),
          "Entra refused: invalid_request", "check the tenant and --cloud" },
        { REFUSED("400 Bad Request",
                  "{\"error\":\"x\",\"error_description\":\"\\u001b[2J\"}"),
          "Entra refused: \xef\xbf\xbd[2J", NULL },
        { REFUSED("400 Bad Request",
                  "{\"error\":\"x\",\"error_description\":\"Got " SECRET
                  ", twice: " SECRET "\"}"),
          "Entra refused: Got ************, twice: ************", NULL },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(refusals); i++) {
        ask_once(refusals[i].answer);
        expect_failure(refusals[i].message, refusals[i].advice);
        assert_int_equal(tls_server_request_count(server), 1);
    }
}

/* A proxy's page, and answers that are not what they should be. */
static void
test_strange_answers(void **state)
{
    static const struct {
        const char *answer, *tail;
    } strange[] = {
        { HEAD("200 OK", "text/html") "\r\n<html>sign in</html>",
          "HTTP 200: the answer is not a JSON object" },
        { HEAD("200 OK", "application/json") "\r\n{\"expires_in\":1}",
          "HTTP 200: the answer holds no access_token" },
        { HEAD("403 Forbidden", "text/html") "\r\n<html>no</html>",
          "HTTP 403, and not in Entra's words" },
        { HEAD("302 Found",
               "text/html") "Location: https://127.0.0.1/\r\n\r\n",
          "HTTP 302, and not in Entra's words" },
        { HEAD("204 No Content", "text/html") "\r\n",
          "HTTP 204, and not in Entra's words" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(strange); i++) {
        AUTOBUFFER message = BUFFER_INIT(256);
        buffer_printf(&message, "%s: %s", tls_server_url(server),
                      strange[i].tail);
        ask_once(strange[i].answer);
        expect_failure(message.data,
                       "see whether a proxy answers in Entra's place");
    }
}

static void
test_transient(void **state)
{
    static const char *const answers[] = {
        HEAD("503 Service Unavailable",
             "text/html") "retry-after-ms: 1\r\n\r\nbusy",
        HEAD("429 Too Many Requests",
             "text/html") "retry-after-ms: 1\r\n\r\nbusy",
        HEAD("400 Bad Request",
             "application/json") "retry-after-ms: 1\r\n\r\n"
                                 "{\"error\":\"temporarily_unavailable\"}",
        OK,
    };

    (void) state;
    ask(NULL, answers, ARRAY_LENGTH(answers));
    if (last.outcome != CREDENTIAL_TOKEN)
        fail_msg("%s", error_message(&last.err));
    assert_int_equal(tls_server_request_count(server), 4);
    for (size_t i = 0; i < ARRAY_LENGTH(answers); i++)
        expect_request(i, TENANT, FORM CP1);
}

/* Cut off before the answer, and within it. */
static void
test_cut(void **state)
{
    static const char *const answers[] = {
        NULL,
        HEAD("200 OK",
             "application/json") "Content-Length: 99\r\n\r\n"
                                 "{\"access_token\":\"T\",\"expires_in\":60}",
        OK,
    };

    (void) state;
    ask(NULL, answers, ARRAY_LENGTH(answers));
    if (last.outcome != CREDENTIAL_TOKEN)
        fail_msg("%s", error_message(&last.err));
    assert_int_equal(tls_server_request_count(server), 3);
}

/* Without its authority's certificate, nobody is told the secret. */
static void
test_untrusted(void **state)
{
    (void) state;
    context.ca_file = NULL;
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_int_equal(tls_server_request_count(server), 0);
    assert_non_null(strstr(last.err.advice, "--ca-file"));
}

/* The advice is about the file, not about some proxy. */
static void
test_unreadable_ca_file(void **state)
{
    (void) state;
    context.ca_file = "/no/such.pem";
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_non_null(strstr(error_message(&last.err),
                           "cannot read certificates from /no/such.pem: "
                           "No such file or directory"));
    assert_non_null(strstr(last.err.advice, "give a PEM file"));
}

static void
test_plain_http(void **state)
{
    (void) state;
    context.authority = "http://127.0.0.1:1";
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_int_equal(tls_server_request_count(server), 0);
}

static void
test_freed_under_way(void **state)
{
    (void) state;
    assert_int_equal(
        environment_credential.create(&credential, &context, NULL), 0);
    environment_credential.request(credential, NULL, on_answer, &last);
    environment_credential.free(credential);
    credential = NULL;
    assert_int_equal(loop_run(loop, NULL), 0);
    assert_int_equal(last.count, 0);
}

static void
test_missing_variables(void **state)
{
    static const struct {
        const char *tenant, *client, *secret, *message;
        const char *advice; /* where it is half configured */
    } missing[] = {
        { "", "", "", "not set: AZURE_TENANT_ID, AZURE_CLIENT_ID, " PROOF,
          NULL },
        { TENANT, "", "", "not set: AZURE_CLIENT_ID, " PROOF, NULL },
        { TENANT, CLIENT, "", "not set: " PROOF, "set " PROOF ", too" },
        { "", CLIENT, SECRET, "not set: AZURE_TENANT_ID",
          "set AZURE_TENANT_ID, too" },
        { "", "", SECRET, "not set: AZURE_TENANT_ID, AZURE_CLIENT_ID",
          "set AZURE_TENANT_ID and AZURE_CLIENT_ID, too" },
    };

    (void) state;
    (void) unsetenv("ACTIONS_ID_TOKEN_REQUEST_URL");
    (void) unsetenv("SYSTEM_OIDCREQUESTURI");
    for (size_t i = 0; i < ARRAY_LENGTH(missing); i++) {
        variables_set(missing[i].tenant, missing[i].client, missing[i].secret);
        ask_once(OK);
        assert_int_equal(last.outcome, missing[i].advice != NULL
                                           ? CREDENTIAL_INCOMPLETE
                                           : CREDENTIAL_UNAVAILABLE);
        assert_string_equal(error_message(&last.err), missing[i].message);
        if (missing[i].advice != NULL)
            assert_string_equal(last.err.advice, missing[i].advice);
        else
            assert_null(last.err.advice);
    }
}

static void
test_other_ways(void **state)
{
    (void) state;
    (void) setenv("AZURE_CLIENT_CERTIFICATE_PATH", "/no/such.pem", 1);
    ask_once(OK); /* a secret goes before a certificate */
    assert_int_equal(last.outcome, CREDENTIAL_TOKEN);
    expect_request(0, TENANT, FORM CP1);

    (void) unsetenv("AZURE_CLIENT_SECRET");
    ask_once(OK);
    expect_failure("/no/such.pem: No such file or directory",
                   "AZURE_CLIENT_CERTIFICATE_PATH names a PEM or PFX file "
                   "that piket may read");
    assert_int_equal(tls_server_request_count(server), 0);

    (void) unsetenv("AZURE_CLIENT_CERTIFICATE_PATH");
    (void) setenv("AZURE_USERNAME", "jan", 1);
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_INCOMPLETE);
    (void) setenv("AZURE_PASSWORD", "geheim", 1);
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_non_null(strstr(error_message(&last.err), "deprecated"));

    (void) unsetenv("AZURE_CLIENT_ID");
    ask_once(OK);
    assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
}

static void
test_hostile_tenant(void **state)
{
    (void) state;
    (void) setenv("AZURE_TENANT_ID", "../evil", 1);
    ask_once(OK);
    expect_failure("'../evil' is not a tenant: an id or a domain is needed",
                   NULL);
    assert_int_equal(tls_server_request_count(server), 0);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_token),
        TEST(test_tenant_of_context),
        TEST(test_claims),
        TEST(test_refusals),
        TEST(test_strange_answers),
        TEST(test_transient),
        TEST(test_cut),
        TEST(test_untrusted),
        TEST(test_unreadable_ca_file),
        TEST(test_plain_http),
        TEST(test_freed_under_way),
        TEST(test_missing_variables),
        TEST(test_other_ways),
        TEST(test_hostile_tenant),
    };

    /* The server's thread writes to connections that the client left. */
    (void) signal(SIGPIPE, SIG_IGN);
    /* As the program does, so that the tests run what it runs. */
    json_set_alloc_funcs(malloc, secret_release);
    server = tls_server_start();
    if (server == NULL)
        return 1;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    tls_server_stop(server);
    return failures;
}
