/* SPDX-License-Identifier: Apache-2.0 */
#include "fault/fault.h"

#include <stdio.h>
#include <string.h>

#include "unit/unit.h"

#define ID "00000000-0000-4000-8000-00000000000a"

static const struct fault_request list = {
    .method = "GET",
    .path =
        "/Subscriptions/" ID "/providers/Microsoft.Security/securityContacts",
    .api_version = "2023-12-01-preview",
};

static struct faults *
read_faults(const char *text, struct error *err)
{
    json_t *root = json_loads(text, 0, NULL);

    assert_non_null(root);
    return faults_from_json(root, 1, "faults.json", err);
}

/* How often the first rule applies to count requests. */
static size_t
count_applied(const char *text, const struct fault_request *request,
              size_t count)
{
    struct faults *faults = read_faults(text, NULL);
    size_t applied = 0;

    assert_non_null(faults);
    for (size_t i = 0; i < count; i++)
        applied += faults_match(faults, request) != NULL;
    faults_free(faults);
    return applied;
}

static void
matches_what_all_conditions_fit(void **state)
{
    static const struct {
        const char *when;
        size_t applied;
    } rows[] = {
        { "{}", 10 },
        { "{\"subscription\":\"00000000-0000-4000-8000-00000000000A\"}", 10 },
        { "{\"subscription\":\"00000000-0000-4000-8000-00000000000b\"}", 0 },
        { "{\"path\":\"*/SecurityContacts\"}", 10 },
        { "{\"path\":\"/subscriptions\"}", 0 },
        { "{\"method\":\"PUT\"}", 0 },
        { "{\"method\":\"get\",\"apiVersion\":\"2023-12-01-PREVIEW\"}", 10 },
        { "{\"apiVersion\":\"2020-01-01-preview\"}", 0 },
        { "{\"first\":3}", 3 },
        { "{\"after\":3}", 7 },
        { "{\"after\":3,\"first\":2}", 2 },
        { "{\"chance\":0}", 0 },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        char text[256];
        snprintf(text, sizeof(text),
                 "[{\"when\":%s,\"then\":{\"status\":500}}]", rows[i].when);
        assert_int_equal(count_applied(text, &list, 10), rows[i].applied);
    }
}

static void
chance_repeats_itself(void **state)
{
    static const char text[] =
        "[{\"when\":{\"chance\":0.3},\"then\":{\"status\":500}}]";
    const size_t applied = count_applied(text, &list, 10000);

    (void) state;
    assert_in_range(applied, 2800, 3200);
    assert_int_equal(count_applied(text, &list, 10000), applied);
}

static void
the_first_rule_that_fits_applies(void **state)
{
    struct faults *faults =
        read_faults("[{\"when\":{\"first\":1},\"then\":{\"status\":500}},"
                    "{\"then\":{\"delay\":5}}]",
                    NULL);

    (void) state;
    assert_int_equal(faults_match(faults, &list)->number, 0);
    assert_int_equal(faults_match(faults, &list)->number, 1);
    faults_free(faults);
}

static void
bodies_and_redirects_imply_a_status(void **state)
{
    struct faults *faults =
        read_faults("[{\"then\":{\"body\":{\"a\":[1]}}},"
                    "{\"then\":{\"redirect\":\"https://x/\"}},"
                    "{\"then\":{\"status\":429,\"retryAfter\":3}}]",
                    NULL);

    (void) state;
    assert_int_equal(faults->items[0].status, 200);
    assert_string_equal(faults->items[0].body, "{\"a\":[1]}");
    assert_int_equal(faults->items[1].status, 307);
    assert_string_equal(faults->items[2].retry_after, "3");
    faults_free(faults);
}

static void
mistakes_name_their_place(void **state)
{
    static const struct {
        const char *text;
        const char *message;
    } rows[] = {
        { "{}", "faults.json: $: must be an array" },
        { "[{}]", "faults.json: $[0].then: is missing" },
        { "[{\"then\":{\"stat\":1}}]",
          "faults.json: $[0].then.stat: is not known here" },
        { "[{\"then\":{\"status\":99}}]",
          "faults.json: $[0].then.status: must be from 200 to 599" },
        { "[{\"then\":{\"write\":\"changed\"}}]",
          "faults.json: $[0].then.properties: is missing" },
        { "[{\"when\":{\"first\":-1},\"then\":{}}]",
          "faults.json: $[0].when.first: must be a whole number from 0" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        assert_null(read_faults(rows[i].text, &err));
        assert_string_equal(error_message(&err), rows[i].message);
        error_done(&err);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(matches_what_all_conditions_fit),
        cmocka_unit_test(chance_repeats_itself),
        cmocka_unit_test(the_first_rule_that_fits_applies),
        cmocka_unit_test(bodies_and_redirects_imply_a_status),
        cmocka_unit_test(mistakes_name_their_place),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
