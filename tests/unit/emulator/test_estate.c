/* SPDX-License-Identifier: Apache-2.0 */
#include "estate/estate.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "unit/unit.h"

#define TENANT \
    "\"tenants\":[{\"id\":\"7c0ffee0-0000-4000-8000-000000000001\"}]"
#define ID "00000000-0000-4000-8000-00000000000a"

/* Reads an estate from text, by way of a file. */
static struct estate *
read_text(const char *text, struct error *err)
{
    char path[] = "/tmp/test_estate.XXXXXX";
    const int descriptor = mkstemp(path);

    assert_true(descriptor >= 0);
    assert_int_equal(file_write_all(descriptor, text, strlen(text)), 0);
    (void) close(descriptor);
    struct estate *estate = estate_read(path, err);
    (void) unlink(path);
    return estate;
}

static void
reads_what_is_there_and_defaults(void **state)
{
    struct estate *estate = read_text(
        "{" TENANT ",\"subscriptions\":[{\"id\":"
        "\"00000000-0000-4000-8000-00000000000A\",\"displayName\":\"One\","
        "\"access\":\"read\",\"contacts\":[{\"notificationsByRole\":"
        "{\"state\":\"Off\",\"roles\":[\"Owner\"]}}]}]}",
        NULL);

    (void) state;
    assert_non_null(estate);
    const struct subscription *one = estate_find_subscription(estate, ID);
    assert_non_null(one);
    assert_string_equal(one->id, ID);
    assert_int_equal(one->access, ACCESS_READ);
    assert_int_equal(one->state, STATE_ENABLED);
    assert_int_equal(one->registration, REGISTRATION_REGISTERED);
    assert_ptr_equal(one->tenant, &estate->tenants[0]);
    /* Exactly as written, whatever the service would make of it. */
    const struct contact *contact = one->contacts.items[0];
    assert_int_equal(contact->by_role, SWITCH_OFF);
    assert_int_equal(contact->role_count, 1);
    assert_null(contact->emails);
    assert_true(contact->enabled);
    estate_free(estate);
}

static void
mistakes_name_their_place(void **state)
{
    static const struct {
        const char *text;
        const char *ending;
    } rows[] = {
        { "[]", ": $: must be an object" },
        { "{\"tenants\":[],\"subscriptions\":[]}",
          ": $.tenants: must hold at least one tenant" },
        { "{" TENANT "}", ": $.subscriptions: is missing" },
        { "{" TENANT ",\"subscriptions\":[{\"id\":\"x\"}]}",
          ": $.subscriptions[0].id: must be a UUID such as "
          "00000000-0000-0000-0000-000000000001" },
        { "{" TENANT ",\"subscriptions\":[{\"id\":\"" ID
          "\",\"displayName\":\"a\",\"contacts\":[{\"emails\":1}]}]}",
          ": $.subscriptions[0].contacts[0].emails: must be text" },
        { "{" TENANT ",\"subscriptions\":[{\"id\":\"" ID
          "\",\"displayName\":\"a\"},{\"id\":\"" ID
          "\",\"displayName\":\"b\"}]}",
          ": subscription " ID " occurs twice" },
        { "{" TENANT ",\"subscriptions\":[{\"id\":\"" ID
          "\",\"displayName\":\"a\",\"managementGroup\":\"x\"}]}",
          ": $.subscriptions[0].managementGroup: there is no such group" },
    };

    (void) state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct error err = ERROR_INIT;
        assert_null(read_text(rows[i].text, &err));
        const char *message = error_message(&err);
        assert_true(strlen(message) > strlen(rows[i].ending));
        assert_string_equal(message + strlen(message) - strlen(rows[i].ending),
                            rows[i].ending);
        error_done(&err);
    }
}

static char *
generated(uint64_t count, uint64_t seed)
{
    struct buffer text = BUFFER_INIT(ESTATE_FILE_MAXIMUM);
    struct estate *estate = estate_generate(count, seed, NULL);

    assert_non_null(estate);
    assert_int_equal(estate_write(estate, &text), 0);
    estate_free(estate);
    return buffer_take(&text, NULL);
}

static void
the_seed_decides_everything(void **state)
{
    char *one = generated(300, 4);
    char *same = generated(300, 4);
    char *other = generated(300, 5);

    (void) state;
    assert_string_equal(one, same);
    assert_string_not_equal(one, other);
    free(one);
    free(same);
    free(other);
}

static void
a_written_estate_reads_back(void **state)
{
    struct buffer again = BUFFER_INIT(ESTATE_FILE_MAXIMUM);
    char *text = generated(500, 9);
    struct estate *estate = read_text(text, NULL);

    (void) state;
    assert_non_null(estate);
    assert_int_equal(estate_write(estate, &again), 0);
    assert_string_equal(buffer_text(&again), text);
    buffer_done(&again);
    estate_free(estate);
    free(text);
}

static void
a_generated_estate_has_every_kind(void **state)
{
    struct estate *estate = estate_generate(5000, 1, NULL);
    size_t absent = 0;
    size_t disabled = 0;
    size_t forbidden = 0;
    size_t unregistered = 0;

    (void) state;
    assert_non_null(estate);
    for (size_t i = 0; i < estate->subscription_count; i++) {
        const struct subscription *one = &estate->subscriptions[i];
        absent += one->contacts.count == 0;
        disabled +=
            one->contacts.count > 0 && !one->contacts.items[0]->enabled;
        forbidden += one->access == ACCESS_NONE;
        unregistered += one->registration == REGISTRATION_NOT_REGISTERED;
        assert_ptr_equal(estate_find_subscription(estate, one->id), one);
    }
    assert_in_range(absent, 900, 1500);
    assert_in_range(disabled, 100, 300);
    assert_int_equal(forbidden, 0);
    assert_in_range(unregistered, 60, 220);
    estate_free(estate);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_is_there_and_defaults),
        cmocka_unit_test(mistakes_name_their_place),
        cmocka_unit_test(the_seed_decides_everything),
        cmocka_unit_test(a_written_estate_reads_back),
        cmocka_unit_test(a_generated_estate_has_every_kind),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
