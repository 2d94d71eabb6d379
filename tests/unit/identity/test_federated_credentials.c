/* SPDX-License-Identifier: Apache-2.0 */
/* The credentials that bring a token of another issuer: what they send to
 * whom, what they read anew, and what they let go. */
#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/cleanup.h"
#include "base/file.h"
#include "base/secret.h"
#include "identity/credential/azure_pipelines_credential.h"
#include "identity/credential/github_oidc_credential.h"
#include "identity/credential/workload_identity_credential.h"
#include "unit/identity/tls_server.h"
#include "unit/unit.h"

#define TENANT "7c0ffee0-0000-4000-8000-00000000abcd"
#define CLIENT "11111111-2222-4333-8444-555555555555"
/* {"alg":"none"} . {"iss":"i","sub":"s","aud":["a","b"]}, and another. */
#define JWT                                                                   \
    "eyJhbGciOiJub25lIn0.eyJpc3MiOiJpIiwic3ViIjoicyIsImF1ZCI6WyJhIiwiYiJdfQ." \
    "x"
#define OTHER_JWT "eyJhbGciOiJub25lIn0.eyJpc3MiOiJqIn0.y"

#define HEAD(status)                                            \
    "HTTP/1.1 " status "\r\nContent-Type: application/json\r\n" \
    "Connection: close\r\n\r\n"
#define TOKEN HEAD("200 OK") "{\"expires_in\":3599,\"access_token\":\"T\"}"
#define GITHUB HEAD("200 OK") "{\"count\":1,\"value\":\"" JWT "\"}"
#define PIPELINES HEAD("200 OK") "{\"oidcToken\":\"" JWT "\"}"
#define REFUSED                                                    \
    HEAD("401 Unauthorized")                                       \
    "{\"error\":\"invalid_client\",\"error_description\":\"AADSTS" \
    "700213: No matching record for subject 's'. Check it.\"}"

static struct tls_server *server;
static struct loop *loop;
static struct credential_context context;
static const struct credential_type *type;
static struct credential *credential;
static char path[] = "/tmp/piket-federated.XXXXXX";

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
begin(const struct credential_type *of, const char *claims,
      const char *const *answers, size_t count)
{
    forget();
    tls_server_script(server, answers, count);
    type = of;
    if (credential == NULL)
        assert_int_equal(type->create(&credential, &context, NULL), 0);
    type->request(credential, claims, on_answer, &last);
}

static void
ask(const struct credential_type *of, const char *const *answers, size_t count)
{
    begin(of, NULL, answers, count);
    assert_int_equal(loop_run(loop, NULL), 0);
    assert_int_equal(last.count, 1);
    assert_null(strstr(error_message(&last.err), JWT));
    assert_null(strstr(error_message(&last.err), "job-token"));
}

static void
expect_token(void)
{
    if (last.outcome != CREDENTIAL_TOKEN)
        fail_msg("%s", error_message(&last.err));
    assert_string_equal(last.token.value, "T");
}

static void
variable_set(const char *name, const char *end)
{
    AUTOFREE char *value = NULL;

    assert_true(asprintf(&value, "%s%s", tls_server_url(server), end) > 0);
    (void) setenv(name, value, 1);
}

static void
token_put(const char *text)
{
    assert_int_equal(file_replace(path, text, strlen(text), 0600, NULL), 0);
}

static int
setup(void **state)
{
    (void) state;
    (void) unsetenv("AZURESUBSCRIPTION_CLIENT_ID");
    (void) unsetenv("AZURESUBSCRIPTION_TENANT_ID");
    (void) setenv("NO_PROXY", "*", 1);
    (void) setenv("AZURE_TENANT_ID", TENANT, 1);
    (void) setenv("AZURE_CLIENT_ID", CLIENT, 1);
    (void) setenv("AZURE_FEDERATED_TOKEN_FILE", path, 1);
    variable_set("ACTIONS_ID_TOKEN_REQUEST_URL", "/idtoken?api-version=2.0");
    (void) setenv("ACTIONS_ID_TOKEN_REQUEST_TOKEN", "job-token", 1);
    variable_set("SYSTEM_OIDCREQUESTURI", "/oidctoken");
    (void) setenv("SYSTEM_ACCESSTOKEN", "job-token", 1);
    (void) setenv("AZURESUBSCRIPTION_SERVICE_CONNECTION_ID", "c0", 1);
    token_put(JWT);
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
    type->free(credential);
    credential = NULL;
    loop_free(loop);
    return 0;
}

/* The request begins so, holds the header line or not, and ends so. */
static void
expect_request(size_t index, const char *start, const char *header,
               const char *part)
{
    assert_true(index < tls_server_request_count(server));
    const char *request = tls_server_request(server, index);
    if (strncmp(request, start, strlen(start)) != 0)
        fail_msg("%s", request);
    if (header != NULL && strstr(request, header) == NULL)
        fail_msg("%s", request);
    if (header == NULL)
        assert_null(strcasestr(request, "\r\nAuthorization:"));
    if (part != NULL && strstr(request, part) == NULL)
        fail_msg("%s", request);
}

#define ASSERTION(jwt)                                             \
    "grant_type=client_credentials&client_id=" CLIENT              \
    "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-" \
    "assertion-type%3Ajwt-bearer&client_assertion=" jwt "&scope="

static void
test_file_read_anew(void **state)
{
    static const char *const answers[] = { TOKEN };

    (void) state;
    ask(&workload_identity_credential, answers, 1);
    expect_token();
    expect_request(0, "POST /" TENANT "/oauth2/v2.0/token ", NULL,
                   ASSERTION(JWT));
    token_put(OTHER_JWT "\n");
    ask(&workload_identity_credential, answers, 1);
    expect_token();
    expect_request(0, "POST /", NULL, ASSERTION(OTHER_JWT));
    token_put("");
    ask(&workload_identity_credential, answers, 1);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_int_equal(tls_server_request_count(server), 0);
}

/* Who the token is of is told where Entra refuses, and only there. */
static void
test_refused(void **state)
{
    static const char *const answers[] = { REFUSED };
    static const char *const page[] = { HEAD("200 OK") "<html>" };

    (void) state;
    ask(&workload_identity_credential, answers, 1);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_string_equal(error_message(&last.err),
                        "token of issuer 'i', subject 's', audience 'a': "
                        "Entra refused: AADSTS700213: No matching record "
                        "for subject 's'");
    assert_non_null(strstr(last.err.advice, "subject"));
    ask(&workload_identity_credential, page, 1);
    assert_null(strstr(error_message(&last.err), "issuer 'i'"));
}

static void
test_github(void **state)
{
    static const char *const answers[] = { GITHUB, TOKEN };

    (void) state;
    /* A new one for every request: it lives for minutes. */
    for (int i = 0; i < 2; i++) {
        ask(&github_oidc_credential, answers, 2);
        expect_token();
        assert_int_equal(tls_server_request_count(server), 2);
        expect_request(0,
                       "GET /idtoken?api-version=2.0&audience=api%3A%2F%2F"
                       "AzureADTokenExchange HTTP/1.1\r\n",
                       "\r\nAuthorization: Bearer job-token\r\n",
                       "\r\nAccept: application/json\r\n");
        expect_request(1, "POST /" TENANT "/oauth2/v2.0/token ", NULL,
                       ASSERTION(JWT));
    }
}

static void
test_pipelines(void **state)
{
    static const char *const answers[] = { PIPELINES, TOKEN };

    (void) state;
    (void) setenv("AZURESUBSCRIPTION_TENANT_ID", "contoso.nl", 1);
    ask(&azure_pipelines_credential, answers, 2);
    expect_token();
    assert_int_equal(tls_server_request_count(server), 2);
    expect_request(0,
                   "POST /oidctoken?api-version=7.1&serviceConnectionId=c0 "
                   "HTTP/1.1\r\n",
                   "\r\nAuthorization: Bearer job-token\r\n",
                   "\r\nX-TFS-FedAuthRedirect: Suppress\r\n");
    expect_request(1, "POST /contoso.nl/oauth2/v2.0/token ", NULL,
                   ASSERTION(JWT));
    /* A person's word goes before the pipeline's. */
    type->free(credential);
    credential = NULL;
    context.tenant = "fabrikam.nl";
    ask(&azure_pipelines_credential, answers, 2);
    expect_token();
    expect_request(1, "POST /fabrikam.nl/", NULL, NULL);
}

/* What ARM demands goes to Entra, not to the issuer. */
static void
test_claims(void **state)
{
    static const char *const answers[] = { GITHUB, TOKEN };

    (void) state;
    begin(&github_oidc_credential, "{\"x\":1}", answers, 2);
    assert_int_equal(loop_run(loop, NULL), 0);
    expect_token();
    assert_null(strstr(tls_server_request(server, 0), "claims"));
    expect_request(1, "POST /", NULL, "%22x%22%3A1");
}

/* Nobody is called back. */
static void
test_freed_under_way(void **state)
{
    static const struct credential_type *const types[] = {
        &workload_identity_credential, &github_oidc_credential,
        &azure_pipelines_credential
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(types); i++) {
        begin(types[i], "{}", NULL, 0);
        type->free(credential);
        credential = NULL;
        assert_int_equal(loop_run(loop, NULL), 0);
        assert_int_equal(last.count, 0);
    }
}

static void
test_missing(void **state)
{
    static const struct {
        const struct credential_type *type;
        const char *variable;
    } needs[] = {
        { &workload_identity_credential, "AZURE_TENANT_ID" },
        { &workload_identity_credential, "AZURE_CLIENT_ID" },
        { &workload_identity_credential, "AZURE_FEDERATED_TOKEN_FILE" },
        { &github_oidc_credential, "ACTIONS_ID_TOKEN_REQUEST_URL" },
        { &github_oidc_credential, "ACTIONS_ID_TOKEN_REQUEST_TOKEN" },
        { &github_oidc_credential, "AZURE_CLIENT_ID" },
        { &azure_pipelines_credential, "SYSTEM_OIDCREQUESTURI" },
        { &azure_pipelines_credential, "SYSTEM_ACCESSTOKEN" },
        { &azure_pipelines_credential,
          "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(needs); i++) {
        AUTOFREE char *value = strdup(getenv(needs[i].variable));
        AUTOFREE char *message = NULL;
        assert_true(asprintf(&message, "not set: %s", needs[i].variable) > 0);
        (void) setenv(needs[i].variable, "", 1);
        ask(needs[i].type, NULL, 0);
        assert_int_equal(last.outcome, CREDENTIAL_UNAVAILABLE);
        assert_string_equal(error_message(&last.err), message);
        assert_int_equal(tls_server_request_count(server), 0);
        (void) setenv(needs[i].variable, value, 1);
        type->free(credential);
        credential = NULL;
    }
}

/* Nobody but whom we trust is shown the job's token. */
static void
test_untrusted_issuer(void **state)
{
    static const char *const answers[] = { GITHUB, TOKEN };

    (void) state;
    context.ca_file = NULL;
    ask(&github_oidc_credential, answers, 2);
    assert_int_equal(last.outcome, CREDENTIAL_FAILED);
    assert_int_equal(tls_server_request_count(server), 0);
    assert_non_null(last.err.advice);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_file_read_anew), TEST(test_refused),
        TEST(test_github),         TEST(test_pipelines),
        TEST(test_claims),         TEST(test_freed_under_way),
        TEST(test_missing),        TEST(test_untrusted_issuer),
    };
    AUTOCLOSE int descriptor = mkstemp(path);

    /* The server's thread writes to connections that the client left. */
    (void) signal(SIGPIPE, SIG_IGN);
    json_set_alloc_funcs(malloc, secret_release);
    server = tls_server_start();
    if (server == NULL || descriptor < 0)
        return 1;
    const int failures = cmocka_run_group_tests(tests, NULL, NULL);
    tls_server_stop(server);
    (void) unlink(path);
    return failures;
}
