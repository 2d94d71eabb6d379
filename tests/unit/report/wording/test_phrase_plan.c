/* SPDX-License-Identifier: Apache-2.0 */
#include "report/wording/phrase_plan.h"

#include <string.h>

#include "base/cleanup.h"
#include "unit/unit.h"

static const struct contact_error refused = { 403, "AuthorizationFailed", "no",
                                              NULL };

static void
assert_phrase(const struct plan_obstacle *obstacle, const char *language,
              const char *expected)
{
    AUTOBUFFER words = BUFFER_INIT(1024);

    assert_int_equal(
        phrase_obstacle(obstacle, language_by_name(language), &words), 0);
    assert_string_equal(buffer_text(&words), expected);
}

static void
has_words_for_each_obstacle(void **state)
{
    const struct language *dutch = language_by_name("nl");

    (void) state;
    for (enum plan_obstacle_reason reason = 0; reason < PLAN_OBSTACLE_COUNT;
         reason++) {
        const struct plan_obstacle obstacle = { .reason = reason,
                                                .argument = "<x>" };
        const char *advice = phrase_obstacle_advice(&obstacle);
        AUTOBUFFER english = BUFFER_INIT(1024);
        AUTOBUFFER translated = BUFFER_INIT(1024);
        assert_int_equal(phrase_obstacle(&obstacle, NULL, &english), 0);
        assert_int_equal(phrase_obstacle(&obstacle, dutch, &translated), 0);
        assert_true(english.length > 0);
        assert_null(strchr(buffer_text(&english), '{'));
        assert_string_not_equal(buffer_text(&english),
                                buffer_text(&translated));
        /* Nothing can be done about a registration that stays. */
        assert_int_equal(advice == NULL, reason == PLAN_OBSTACLE_NOT_UNDONE);
        if (advice != NULL)
            assert_string_not_equal(language_text(dutch, advice), advice);
    }
}

static void
names_what_it_is_about(void **state)
{
    const struct plan_obstacle few = { .reason = PLAN_OBSTACLE_EMAIL_FEW,
                                       .argument = "2" };
    const struct plan_obstacle unreadable = {
        .reason = PLAN_OBSTACLE_UNREADABLE,
        .argument = "AuthorizationFailed",
        .error = &refused,
    };

    (void) state;
    assert_phrase(&few, "en", "2 addresses are demanded, fewer are given");
    assert_phrase(&few, "nl",
                  "er worden 2 adressen ge\xc3\xabist, en minder gegeven");
    assert_phrase(&unreadable, "en",
                  "403 AuthorizationFailed: needs Security Reader");
    assert_string_equal(phrase_obstacle_advice(&unreadable),
                        "grant the identity Security Reader, then check "
                        "again");
}

static void
has_words_for_drops_and_cautions(void **state)
{
    static const enum plan_caution cautions[] = { PLAN_CAUTION_PHONE,
                                                  PLAN_CAUTION_REGISTRATION,
                                                  PLAN_CAUTION_NO_CONTACT,
                                                  PLAN_CAUTION_OTHERS };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(cautions); i++) {
        AUTOBUFFER words = BUFFER_INIT(1024);
        assert_int_equal(phrase_caution(cautions[i], NULL, &words), 0);
        assert_true(words.length > 0);
    }
    for (enum plan_drop_reason reason = PLAN_DROP_INVALID;
         reason <= PLAN_DROP_REPLACED; reason++) {
        AUTOBUFFER words = BUFFER_INIT(1024);
        assert_int_equal(phrase_drop(reason, NULL, &words), 0);
        assert_true(words.length > 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(has_words_for_each_obstacle),
        cmocka_unit_test(names_what_it_is_about),
        cmocka_unit_test(has_words_for_drops_and_cautions),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
