/* SPDX-License-Identifier: Apache-2.0 */
#include "unit/azure/arm_fixture.h"

#include <stdio.h>
#include <string.h>

#include "base/cleanup.h"
#include "unit/identity/tls_server.h"
#include "unit/unit.h"

static struct tls_server *server;
static struct loop *loop;
static struct arm *arm;

static enum http_authorization
authorize(struct buffer *header, unsigned *ret_authorization, void *data)
{
    (void) data;
    *ret_authorization = 1;
    buffer_append_text(header, "Authorization: Bearer token");
    return HTTP_AUTHORIZATION_READY;
}

int
arm_fixture_start(void **state)
{
    (void) state;
    server = tls_server_start();
    return server != NULL ? 0 : -1;
}

int
arm_fixture_stop(void **state)
{
    (void) state;
    tls_server_stop(server);
    return 0;
}

int
arm_fixture_open(void **state)
{
    (void) state;
    if (loop_new(&loop, NULL) < 0)
        return -1;
    const struct arm_options options = {
        .loop = loop,
        .endpoint = tls_server_url(server),
        .concurrency = 1,
        .try_timeout = 10 * 1000,
        .ca_file = tls_server_ca_file(server),
        .authorize = authorize,
    };
    return arm_new(&arm, &options, NULL);
}

int
arm_fixture_close(void **state)
{
    (void) state;
    arm_free(arm);
    loop_free(loop);
    return 0;
}

struct arm *
arm_fixture_arm(void)
{
    return arm;
}

struct loop *
arm_fixture_loop(void)
{
    return loop;
}

static char *
make_answer(const char *script)
{
    const bool refused = *script >= '0' && *script <= '9';
    const char *body = refused ? script + 3 : script;
    const char *place = strstr(body, "%s");
    AUTOFREE char *whole = NULL;
    char *answer = NULL;

    if (strncmp(script, "HTTP/", 5) == 0) {
        assert_non_null(answer = strdup(script));
        return answer;
    }
    if (place != NULL)
        assert_true(asprintf(&whole, "%.*s%s%s", (int) (place - body), body,
                             tls_server_url(server), place + 2)
                    > 0);
    else
        whole = strdup(body);
    assert_non_null(whole);
    assert_true(asprintf(&answer,
                         "HTTP/1.1 %.3s x\r\nContent-Type: "
                         "application/json\r\nx-ms-request-id: r\r\n"
                         "Connection: close\r\nContent-Length: "
                         "%zu\r\n\r\n%s",
                         refused ? script : "200", strlen(whole), whole)
                > 0);
    return answer;
}

void
arm_fixture_script(const char *const *answers, size_t count)
{
    /* The server keeps the pointers until it has answered. */
    static char *made[TLS_SERVER_REQUESTS];

    assert_true(count <= TLS_SERVER_REQUESTS);
    for (size_t i = 0; i < TLS_SERVER_REQUESTS; i++) {
        free(made[i]);
        made[i] =
            i < count && answers[i] != NULL ? make_answer(answers[i]) : NULL;
    }
    tls_server_script(server, (const char *const *) made, count);
}

const char *
arm_fixture_asked(size_t index)
{
    static char path[TLS_SERVER_REQUEST_SIZE];

    assert_true(index < tls_server_request_count(server));
    assert_int_equal(
        sscanf(tls_server_request(server, index), "GET %8191s", path), 1);
    return path;
}

size_t
arm_fixture_asked_count(void)
{
    return tls_server_request_count(server);
}

const char *
arm_fixture_request(size_t index)
{
    assert_true(index < tls_server_request_count(server));
    return tls_server_request(server, index);
}
