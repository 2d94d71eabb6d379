/* SPDX-License-Identifier: Apache-2.0 */
#include "control/past/address_book.h"

#include <string.h>

#include "control/requirement/profile.h"
#include "unit/control/draft_run.h"
#include "unit/unit.h"

static struct run *run;

static int
new_run(void **state)
{
    (void) state;
    run = draft_run_new(profile_by_name("baseline-nl"), 16);
    return 0;
}

static int
free_run(void **state)
{
    (void) state;
    run_free(run);
    return 0;
}

/* A contact of these addresses that mails them. */
static struct contact
contact_of(const char *const *emails, size_t count)
{
    return (struct contact){
        .name = "default",
        .enabled = CONTACT_ON,
        .emails = emails,
        .email_count = count,
        .alerts = { CONTACT_LEVEL_HIGH, "High" },
        .roles_notified = CONTACT_OFF,
    };
}

static struct address_book
book(void)
{
    struct address_book made;

    for (size_t i = 0; i < run->assessment_count; i++)
        assert_int_equal(
            reach_of(&run->assessments[i].reading, &run->assessments[i].reach),
            0);
    assert_int_equal(address_book_make(run, run->arena, &made, NULL), 0);
    return made;
}

static void
lists_each_address_with_its_subscriptions(void **state)
{
    static const char *const both[] = { "jan@contoso.nl", "soc@contoso.nl" };
    static const char *const twice[] = { "SOC@contoso.nl", "soc@contoso.nl" };
    const struct contact first = contact_of(both, 2);
    const struct contact second = contact_of(twice, 2);

    (void) state;
    draft_run_add_contact(run, &first);
    draft_run_add_contact(run, &second);
    const struct address_book made = book();
    assert_int_equal(made.count, 2);
    assert_string_equal(made.addresses[0].email, "soc@contoso.nl");
    assert_int_equal(made.addresses[0].use_count, 2);
    assert_ptr_equal(made.addresses[0].uses[0], &run->assessments[0]);
    assert_ptr_equal(made.addresses[0].uses[1], &run->assessments[1]);
    assert_string_equal(made.addresses[1].email, "jan@contoso.nl");
    assert_int_equal(made.addresses[1].use_count, 1);
}

static void
leaves_out_who_is_not_mailed(void **state)
{
    static const char *const soc[] = { "soc@contoso.nl" };
    struct contact disabled = contact_of(soc, 1);
    struct contact silent = contact_of(soc, 1);

    (void) state;
    disabled.enabled = CONTACT_OFF;
    silent.alerts.level = CONTACT_LEVEL_OFF;
    silent.attack_paths.level = CONTACT_LEVEL_OFF;
    draft_run_add_contact(run, &disabled);
    draft_run_add_contact(run, &silent);
    const struct address_book made = book();
    assert_int_equal(made.count, 0);
    assert_int_equal(made.subscriptions, 2);
    assert_int_equal(made.nobody, 2);
}

static void
leaves_out_what_is_no_address(void **state)
{
    static const char *const emails[] = { "nonsense", "soc@contoso.nl" };
    const struct contact contact = contact_of(emails, 2);

    (void) state;
    draft_run_add_contact(run, &contact);
    const struct address_book made = book();
    assert_int_equal(made.count, 1);
    assert_string_equal(made.addresses[0].email, "soc@contoso.nl");
}

/* Mail about attack paths alone is mail. */
static void
takes_who_is_mailed_about_attack_paths(void **state)
{
    static const char *const soc[] = { "soc@contoso.nl" };
    struct contact contact = contact_of(soc, 1);

    (void) state;
    contact.alerts.level = CONTACT_LEVEL_OFF;
    contact.attack_paths.level = CONTACT_LEVEL_CRITICAL;
    draft_run_add_contact(run, &contact);
    assert_int_equal(book().count, 1);
}

static void
counts_what_has_no_address(void **state)
{
    static const struct contact_error error = { .code = "AuthorizationFailed",
                                                .message = "no" };
    const struct contact_reading none = { .kind = CONTACT_READING_DONE };
    const struct contact_reading failed = { .kind = CONTACT_READING_FAILED,
                                            .error = &error };

    (void) state;
    draft_run_add(run, "Enabled", &none);
    draft_run_add(run, "Enabled", &failed);
    const struct address_book made = book();
    assert_int_equal(made.count, 0);
    assert_int_equal(made.owners, 1);
    assert_int_equal(made.unknown, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(
            lists_each_address_with_its_subscriptions, new_run, free_run),
        cmocka_unit_test_setup_teardown(leaves_out_who_is_not_mailed, new_run,
                                        free_run),
        cmocka_unit_test_setup_teardown(leaves_out_what_is_no_address, new_run,
                                        free_run),
        cmocka_unit_test_setup_teardown(takes_who_is_mailed_about_attack_paths,
                                        new_run, free_run),
        cmocka_unit_test_setup_teardown(counts_what_has_no_address, new_run,
                                        free_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
