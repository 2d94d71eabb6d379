/* SPDX-License-Identifier: Apache-2.0 */
#include "engine/session/session.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static struct session_options
usable_options(void)
{
    return (struct session_options){
        .cloud = cloud_default(),
        .endpoint_origin = "PIKET_ARM_ENDPOINT",
        .authority_origin = "AZURE_AUTHORITY_HOST",
        .concurrency = 4,
        .try_timeout = 1000,
    };
}

/* Opens a session; returns why it could not, which the caller releases. */
static struct error
open_with(const struct session_options *options)
{
    struct error err = ERROR_INIT;
    struct session *session = NULL;
    struct loop *loop = NULL;

    assert_int_equal(loop_new(&loop, NULL), 0);
    if (session_open(&session, loop, options, &err) == 0) {
        assert_non_null(session_arm(session));
        assert_null(session_credential(session));
        assert_null(session_sign_in_error(session));
        assert_null(session_claim(session, "tid"));
    } else {
        assert_null(session);
    }
    session_close(session);
    loop_free(loop);
    return err;
}

static void
opens_without_sending_anything(void **state)
{
    const struct session_options options = usable_options();
    AUTOERROR err = open_with(&options);

    (void) state;
    assert_null(err.message);
}

static void
refuses_what_it_cannot_use(void **state)
{
    static const struct {
        const char *endpoint, *authority, *tenant, *credential, *scope_filter;
        const char *named; /* what the message must name */
    } cases[] = {
        { .endpoint = "http://localhost", .named = "PIKET_ARM_ENDPOINT" },
        { .endpoint = "https://user@localhost",
          .named = "PIKET_ARM_ENDPOINT" },
        { .endpoint = "https://localhost/?a", .named = "PIKET_ARM_ENDPOINT" },
        { .endpoint = "https://arm.example", .named = "PIKET_ARM_ENDPOINT" },
        { .authority = "https://login.example",
          .named = "AZURE_AUTHORITY_HOST" },
        { .tenant = "../x", .named = "../x" },
        { .credential = "Nobody", .named = "Nobody" },
        { .scope_filter = "production", .named = "production" },
    };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cases); i++) {
        struct session_options options = usable_options();
        options.endpoint = cases[i].endpoint;
        options.authority = cases[i].authority;
        options.tenant = cases[i].tenant;
        options.credential = cases[i].credential;
        options.credential_selection = cases[i].scope_filter;
        AUTOERROR err = open_with(&options);
        assert_non_null(err.message);
        if (strstr(err.message, cases[i].named) == NULL)
            fail_msg("'%s' does not name '%s'", err.message, cases[i].named);
    }
}

static void
a_person_may_name_any_authority(void **state)
{
    struct session_options options = usable_options();

    (void) state;
    options.authority = "https://login.example";
    options.authority_origin = "--authority-host";
    options.authority_trusted = true;
    AUTOERROR err = open_with(&options);
    assert_null(err.message);
}

static void
a_person_may_name_any_endpoint(void **state)
{
    struct session_options options = usable_options();

    (void) state;
    options.endpoint = "https://arm.example";
    options.endpoint_origin = "--arm-endpoint";
    options.endpoint_trusted = true;
    AUTOERROR err = open_with(&options);
    assert_null(err.message);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(opens_without_sending_anything),
        cmocka_unit_test(refuses_what_it_cannot_use),
        cmocka_unit_test(a_person_may_name_any_authority),
        cmocka_unit_test(a_person_may_name_any_endpoint),
    };

    return cmocka_run_group_tests_name("session", tests, NULL, NULL);
}
