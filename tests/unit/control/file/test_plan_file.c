/* SPDX-License-Identifier: Apache-2.0 */
#include "control/file/plan_file.h"

#include <stdlib.h>
#include <string.h>

#include <jansson.h>
#include <openssl/evp.h>

#include "base/cleanup.h"
#include "unit/control/sample_plan.h"
#include "unit/unit.h"

static struct run *run;
static struct plan *plan, *reversal;

static int
begin(void **state)
{
    (void) state;
    run = sample_plan_run();
    plan = sample_plan(run);
    reversal = sample_plan_reversal(run);
    return 0;
}

static int
end(void **state)
{
    (void) state;
    plan_free(reversal);
    plan_free(plan);
    run_free(run);
    return 0;
}

static struct plan_file
file_of(const struct plan *kept)
{
    return (struct plan_file){
        .plan = kept,
        .profile = run->profile,
        .endpoint = "https://management.azure.com",
        .tenants = { sample_plan_tenants, 1 },
    };
}

static void
write_plan(const struct plan *kept, struct buffer *target)
{
    const struct plan_file file = file_of(kept);
    AUTOERROR err = ERROR_INIT;

    if (plan_file_write(&file, target, &err) < 0)
        fail_msg("%s", error_message(&err));
}

static void
assert_text(const char *left, const char *right)
{
    if (left == NULL || right == NULL)
        assert_ptr_equal(left, right);
    else
        assert_string_equal(left, right);
}

static void
assert_texts(const struct plan_texts *left, const struct plan_texts *right)
{
    assert_int_equal(left->count, right->count);
    for (size_t i = 0; i < left->count; i++)
        assert_string_equal(left->items[i], right->items[i]);
}

static void
assert_contact(const struct contact *left, const struct contact *right)
{
    if (left == NULL || right == NULL) {
        assert_ptr_equal(left, right);
        return;
    }
    assert_string_equal(left->name, right->name);
    assert_int_equal(left->version, right->version);
    assert_int_equal(left->roles_notified, right->roles_notified);
    assert_int_equal(left->role_count, right->role_count);
    assert_int_equal(left->email_count, right->email_count);
    for (enum contact_field field = 0; field < CONTACT_FIELD_COUNT; field++)
        assert_true(contact_field_equal(left, right, field));
}

static void
assert_image(const struct contact_snapshot *left,
             const struct contact_snapshot *right)
{
    if (left == NULL || right == NULL) {
        assert_ptr_equal(left, right);
        return;
    }
    assert_int_equal(left->version, right->version);
    assert_int_equal(left->length, right->length);
    assert_memory_equal(left->bytes, right->bytes, left->length);
}

static void
assert_change(const struct plan_change *left, const struct plan_change *right)
{
    assert_string_equal(left->subscription.id, right->subscription.id);
    assert_string_equal(left->subscription.name, right->subscription.name);
    assert_string_equal(left->subscription.state, right->subscription.state);
    assert_int_equal(left->action, right->action);
    assert_int_equal(left->version, right->version);
    assert_contact(left->before, right->before);
    assert_contact(left->after, right->after);
    assert_image(left->image, right->image);
    assert_text(left->body, right->body);
    assert_int_equal(left->difference_count, right->difference_count);
    for (size_t i = 0; i < left->difference_count; i++) {
        assert_int_equal(left->differences[i].field,
                         right->differences[i].field);
        assert_text(left->differences[i].before, right->differences[i].before);
        assert_text(left->differences[i].after, right->differences[i].after);
    }
    assert_texts(&left->requirements, &right->requirements);
    assert_texts(&left->starts, &right->starts);
    assert_texts(&left->stops, &right->stops);
    assert_int_equal(left->drop_count, right->drop_count);
    for (size_t i = 0; i < left->drop_count; i++) {
        assert_string_equal(left->drops[i].email, right->drops[i].email);
        assert_int_equal(left->drops[i].reason, right->drops[i].reason);
    }
    assert_int_equal(left->cautions, right->cautions);
    assert_int_equal(left->reverts, right->reverts);
}

static void
assert_plan(const struct plan *left, const struct plan *right)
{
    assert_int_equal(left->kind, right->kind);
    assert_string_equal(left->id, right->id);
    assert_int_equal(left->created_at, right->created_at);
    assert_text(left->cloud, right->cloud);
    assert_text(left->config, right->config);
    assert_text(left->reverts, right->reverts);
    assert_string_equal(left->profile, right->profile);
    assert_int_equal(left->subscriptions, right->subscriptions);
    assert_int_equal(left->compliant, right->compliant);
    assert_int_equal(left->complete, right->complete);
    assert_int_equal(left->change_count, right->change_count);
    for (size_t i = 0; i < left->change_count; i++)
        assert_change(&left->changes[i], &right->changes[i]);
    assert_int_equal(left->obstacle_count, right->obstacle_count);
    for (size_t i = 0; i < left->obstacle_count; i++) {
        assert_int_equal(left->obstacles[i].reason,
                         right->obstacles[i].reason);
        assert_text(left->obstacles[i].argument, right->obstacles[i].argument);
        assert_string_equal(left->obstacles[i].subscription.id,
                            right->obstacles[i].subscription.id);
        assert_int_equal(left->obstacles[i].error != NULL,
                         right->obstacles[i].error != NULL);
    }
}

static void
assert_profile(const struct profile *read)
{
    const struct thresholds *left = &run->profile->thresholds;
    const struct thresholds *right = &read->thresholds;

    for (size_t i = 0; i < PROFILE_REQUIREMENTS_CEILING; i++)
        assert_text(run->profile->requirements[i], read->requirements[i]);
    assert_int_equal(left->alerts_of, right->alerts_of);
    assert_int_equal(left->alerts_exact, right->alerts_exact);
    assert_int_equal(left->attack_paths_of, right->attack_paths_of);
    assert_int_equal(left->min_emails, right->min_emails);
    assert_int_equal(left->allowed_domain_count, right->allowed_domain_count);
    assert_string_equal(left->allowed_domains[1], right->allowed_domains[1]);
    assert_int_equal(left->desired_email_count, right->desired_email_count);
    assert_string_equal(left->desired_phone, right->desired_phone);
}

static void
reads_what_it_wrote(void **state)
{
    const struct plan *const kept[] = { plan, reversal };

    (void) state;
    for (size_t i = 0; i < ARRAY_LENGTH(kept); i++) {
        AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);
        AUTOBUFFER again = BUFFER_INIT(PLAN_FILE_CEILING);
        AUTOERROR err = ERROR_INIT;
        struct plan_file file;
        struct plan *read;
        write_plan(kept[i], &written);
        if (plan_file_read(buffer_text(&written), written.length, "plan.json",
                           &read, &file, &err)
            < 0)
            fail_msg("%s", error_message(&err));
        assert_plan(kept[i], read);
        assert_profile(file.profile);
        assert_string_equal(file.endpoint, "https://management.azure.com");
        assert_int_equal(file.tenants.count, 1);
        assert_string_equal(file.tenants.items[0], sample_plan_tenants[0]);
        write_plan(read, &again);
        assert_string_equal(buffer_text(&written), buffer_text(&again));
        plan_free(read);
    }
}

static void
names_a_plan_by_its_digest(void **state)
{
    const struct plan_file file = file_of(plan), other = file_of(reversal);
    char digest[PLAN_FILE_DIGEST_SIZE], different[PLAN_FILE_DIGEST_SIZE];
    AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);
    AUTOERROR err = ERROR_INIT;

    (void) state;
    assert_int_equal(plan_file_digest(&file, digest, &err), 0);
    assert_int_equal(plan_file_digest(&other, different, &err), 0);
    assert_int_equal(strlen(digest), 64);
    assert_string_not_equal(digest, different);
    write_plan(plan, &written);
    assert_non_null(strstr(buffer_text(&written), digest));
}

static void
assert_refused(const char *bytes, size_t length, const char *why)
{
    AUTOERROR err = ERROR_INIT;
    struct plan_file file;
    struct plan *read;

    assert_int_equal(
        plan_file_read(bytes, length, "plan.json", &read, &file, &err), -1);
    if (strstr(error_message(&err), why) == NULL)
        fail_msg("'%s' does not say '%s'", error_message(&err), why);
    assert_ptr_equal(strstr(error_message(&err), "plan.json: "),
                     error_message(&err));
}

static void
refuses_what_is_not_whole(void **state)
{
    AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);

    (void) state;
    write_plan(plan, &written);
    assert_refused("", 0, "is no plan, or was cut off");
    assert_refused("[]", 2, "is no plan");
    assert_refused("{\"schemaVersion\": 2}", 20, "reads only 1");
    for (size_t length = 1; length < written.length - 2; length += 997)
        assert_refused(buffer_text(&written), length, "cut off");
    /* Values that are smaller than any plan's take most memory. */
    AUTOBUFFER tiny = BUFFER_INIT(PLAN_FILE_CEILING);
    buffer_append_byte(&tiny, '[');
    for (size_t i = 0; i < 10000; i++)
        buffer_append_text(&tiny, "0,");
    buffer_append_text(&tiny, "0]");
    assert_refused(buffer_text(&tiny), tiny.length,
                   "it holds more than 3500 JSON values");
    /* One letter of an address. */
    char *email = strstr(written.data, "piket@contoso.nl");
    assert_non_null(email);
    *email = 'q';
    assert_refused(buffer_text(&written), written.length, "edited or damaged");
}

/* The same plan, or a refusal: PIKET_CORRUPTIONS of its bits, from end to
 * end. */
static void
refuses_a_bit_that_has_changed(void **state)
{
    const char *given = getenv("PIKET_CORRUPTIONS");
    const size_t count = given != NULL ? strtoul(given, NULL, 10) : 300;
    AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);
    size_t same = 0;

    (void) state;
    write_plan(plan, &written);
    for (size_t i = 0; i < count; i++) {
        AUTOBUFFER again = BUFFER_INIT(PLAN_FILE_CEILING);
        struct plan_file file;
        struct plan *read;
        const size_t bit = i * (8 * written.length / count) + i % 8;
        written.data[bit / 8] ^= (char) (1 << bit % 8);
        const int taken = plan_file_read(written.data, written.length,
                                         "plan.json", &read, &file, NULL);
        written.data[bit / 8] ^= (char) (1 << bit % 8);
        if (taken < 0)
            continue;
        assert_int_equal(plan_file_write(&file, &again, NULL), 0);
        assert_string_equal(buffer_text(&again), buffer_text(&written));
        plan_free(read);
        same++;
    }
    print_message("%zu bits, of which %zu make no difference\n", count, same);
}

/* Blanks are not what was agreed upon. */
static void
does_not_mind_the_layout(void **state)
{
    AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);
    AUTOERROR err = ERROR_INIT;
    struct plan_file file;
    struct plan *read;

    (void) state;
    write_plan(plan, &written);
    json_t *tree = json_loads(buffer_text(&written), 0, NULL);
    AUTOFREE char *compact = json_dumps(tree, JSON_COMPACT | JSON_SORT_KEYS);
    json_decref(tree);
    assert_int_equal(plan_file_read(compact, strlen(compact), "plan.json",
                                    &read, &file, &err),
                     0);
    plan_free(read);
}

/* What somebody would change who works out the digest anew. */
struct forgery {
    const char *path[4]; /* members; a digit is an index */
    const char *value;   /* JSON; NULL: the member goes */
    const char *why;
};

static json_t *
descend(json_t *tree, const char *step)
{
    return step[0] >= '0' && step[0] <= '9'
               ? json_array_get(tree, (size_t) (step[0] - '0'))
               : json_object_get(tree, step);
}

static void
forge(json_t *plan_tree, const struct forgery *forgery)
{
    json_t *tree = plan_tree;
    size_t i = 0;

    for (; i + 1 < ARRAY_LENGTH(forgery->path) && forgery->path[i + 1] != NULL;
         i++)
        tree = descend(tree, forgery->path[i]);
    assert_non_null(tree);
    if (forgery->value == NULL)
        assert_int_equal(json_object_del(tree, forgery->path[i]), 0);
    else
        assert_int_equal(
            json_object_set_new(
                tree, forgery->path[i],
                json_loads(forgery->value, JSON_DECODE_ANY, NULL)),
            0);
}

/* As the header says it: over the plan's tree, worked out here again. */
static void
digest_of(const json_t *tree, char digest[PLAN_FILE_DIGEST_SIZE])
{
    AUTOFREE char *text =
        json_dumps(tree, JSON_COMPACT | JSON_SORT_KEYS | JSON_ENSURE_ASCII);
    unsigned char bytes[32];

    assert_non_null(text);
    assert_int_equal(
        EVP_Digest(text, strlen(text), bytes, NULL, EVP_sha256(), NULL), 1);
    for (size_t i = 0; i < sizeof(bytes); i++)
        (void) snprintf(&digest[2 * i], 3, "%02x", bytes[i]);
}

static void
names_the_place_of_what_is_wrong(void **state)
{
    static const struct forgery forgeries[] = {
        { { "kind" }, "\"other\"", "plan.kind: is not known: 'other'" },
        { { "complete" }, "1", "plan.complete: is a number, not true" },
        { { "cloud" }, NULL, "plan.cloud: is missing" },
        { { "more" }, "null", "plan: has a member that is not known, 'more'" },
        { { "subscriptions" }, "-1", "plan.subscriptions: is not between" },
        { { "tenants" }, "[\"x\"]", "plan.tenants[0]: is no tenant's id" },
        { { "profile", "requirements" },
          "[\"contact-enabled\", \"x\"]",
          "plan.profile.requirements[1]: is no requirement" },
        { { "changes" }, "{}", "plan.changes: is an object, not a list" },
        { { "changes", "1", "action" },
          "\"delete\"",
          "plan.changes[1]: before, after, image and body" },
        { { "changes", "0", "version" },
          "\"2017-08-01-preview\"",
          "plan.changes[0]: image and version" },
        { { "changes", "0", "subscription", "id" },
          "\"../x\"",
          "plan.changes[0].subscription.id: is no subscription's id" },
        { { "changes", "0", "body" },
          "7",
          "plan.changes[0].body: is a number, not a text" },
        { { "obstacles", "0", "reason" },
          "\"\\u001b[31m\"",
          "plan.obstacles[0].reason: is not known" },
    };
    AUTOBUFFER written = BUFFER_INIT(PLAN_FILE_CEILING);

    (void) state;
    write_plan(plan, &written);
    for (size_t i = 0; i < ARRAY_LENGTH(forgeries); i++) {
        char digest[PLAN_FILE_DIGEST_SIZE];
        json_t *tree = json_loads(buffer_text(&written), 0, NULL);
        forge(json_object_get(tree, "plan"), &forgeries[i]);
        digest_of(json_object_get(tree, "plan"), digest);
        json_object_set_new(tree, "sha256", json_string(digest));
        AUTOFREE char *text = json_dumps(tree, 0);
        json_decref(tree);
        assert_refused(text, strlen(text), forgeries[i].why);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_what_it_wrote),
        cmocka_unit_test(names_a_plan_by_its_digest),
        cmocka_unit_test(refuses_what_is_not_whole),
        cmocka_unit_test(refuses_a_bit_that_has_changed),
        cmocka_unit_test(does_not_mind_the_layout),
        cmocka_unit_test(names_the_place_of_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, begin, end);
}
