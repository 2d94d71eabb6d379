/* SPDX-License-Identifier: Apache-2.0 */
/* The changes in a plan file. What follows from before and after is worked
 * out again, so that it cannot say otherwise. */
#include "base/cleanup.h"
#include "base/text.h"
#include "control/plan/plan_effect.h"
#include "control/file/plan_file_part.h"

json_t *
plan_file_subscription(const struct subscription *subscription)
{
    return json_pack("{s:s, s:s, s:s, s:s, s:s?}", "id", subscription->id,
                     "name", subscription->name, "tenantId",
                     subscription->tenant_id, "state", subscription->state,
                     "quotaId", subscription->quota_id);
}

/* The id goes into a URL. */
static int
check_id(const struct json_cursor *place, const char *id, struct error *err)
{
    if (text_is_uuid(id))
        return 0;
    return json_cursor_fail(place, err, "is no subscription's id");
}

int
plan_file_read_subscription(const struct json_cursor *place,
                            struct arena *arena,
                            struct subscription *ret_subscription,
                            struct error *err)
{
    static const char *const members[] = { "id",    "name",    "tenantId",
                                           "state", "quotaId", NULL };
    const struct json_cursor id = json_cursor_member(place, members[0]);
    const struct json_cursor name = json_cursor_member(place, members[1]);
    const struct json_cursor tenant = json_cursor_member(place, members[2]);
    const struct json_cursor state = json_cursor_member(place, members[3]);
    const struct json_cursor quota = json_cursor_member(place, members[4]);
    struct subscription *read = ret_subscription;

    if (json_cursor_object(place, members, err) < 0
        || json_cursor_text(&id, arena, &read->id, err) < 0
        || check_id(&id, read->id, err) < 0
        || json_cursor_text(&name, arena, &read->name, err) < 0
        || json_cursor_text(&tenant, arena, &read->tenant_id, err) < 0
        || json_cursor_text(&state, arena, &read->state, err) < 0)
        return -1;
    return json_cursor_text_or_null(&quota, arena, &read->quota_id, err);
}

static json_t *
drops_tree(const struct plan_change *change)
{
    AUTOTREE *drops = json_array();

    for (size_t i = 0; i < change->drop_count; i++)
        if (json_array_append_new(
                drops,
                json_pack("{s:s, s:s}", "email", change->drops[i].email,
                          "reason",
                          plan_drop_reason_name(change->drops[i].reason)))
            < 0)
            return NULL;
    return take_pointer(drops);
}

static int
read_drop(const struct json_cursor *place, struct arena *arena,
          struct plan_drop *ret_drop, struct error *err)
{
    static const char *const members[] = { "email", "reason", NULL };
    const struct json_cursor email = json_cursor_member(place, "email");
    const struct json_cursor reason = json_cursor_member(place, "reason");
    const char *words[PLAN_DROP_REPLACED + 1];
    size_t index;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        words[i] = plan_drop_reason_name((enum plan_drop_reason) i);
    if (json_cursor_object(place, members, err) < 0
        || json_cursor_text(&email, arena, &ret_drop->email, err) < 0
        || json_cursor_word(&reason, words, ARRAY_LENGTH(words), &index, err)
               < 0)
        return -1;
    ret_drop->reason = (enum plan_drop_reason) index;
    return 0;
}

static int
read_drops(const struct json_cursor *place, struct arena *arena,
           struct plan_change *change, struct error *err)
{
    size_t count;

    if (json_cursor_list(place, &count, err) < 0)
        return -1;
    change->drops =
        arena_allocate_array(arena, count + 1, sizeof(*change->drops));
    if (change->drops == NULL)
        return error_set_memory(err);
    change->drop_count = count;
    for (size_t i = 0; i < count; i++) {
        const struct json_cursor item = json_cursor_item(place, i);
        if (read_drop(&item, arena, &change->drops[i], err) < 0)
            return -1;
    }
    return 0;
}

json_t *
plan_file_change(const struct plan_change *change)
{
    return json_pack(
        "{s:o, s:s, s:s, s:o, s:o, s:o, s:s?, s:o, s:o, s:b, s:I}",
        "subscription", plan_file_subscription(&change->subscription),
        "action", plan_action_name(change->action), "version",
        contact_version_name(change->version), "before",
        plan_file_contact(change->before), "after",
        plan_file_contact(change->after), "image",
        plan_file_image(change->image), "body", change->body, "requirements",
        plan_file_texts(change->requirements.items,
                        change->requirements.count),
        "drops", drops_tree(change), "otherContacts",
        (change->cautions & PLAN_CAUTION_OTHERS) != 0, "reverts",
        (json_int_t) change->reverts);
}

/* Which of the parts a change of each action has. */
static int
check_parts(const struct json_cursor *place, const struct plan_change *change,
            struct error *err)
{
    static const struct {
        bool before, after, image;
    } parts[] = {
        [PLAN_CREATE] = { false, true, true },
        [PLAN_UPDATE] = { true, true, true },
        [PLAN_DELETE] = { true, false, true },
        [PLAN_REGISTER] = { false, true, false },
    };

    if ((change->before != NULL) != parts[change->action].before
        || (change->after != NULL) != parts[change->action].after
        || (change->body != NULL) != parts[change->action].after
        || (change->image != NULL) != parts[change->action].image)
        return json_cursor_fail(
            place, err,
            "before, after, image and body are not those of action %s",
            plan_action_name(change->action));
    if (change->image != NULL && change->image->version != change->version)
        return json_cursor_fail(place, err,
                                "image and version are of two API versions");
    if (change->version == CONTACT_VERSION_2017_08_01)
        return json_cursor_fail(place, err, "nothing is written through %s",
                                contact_version_name(change->version));
    return 0;
}

static int
read_action(const struct json_cursor *place, enum plan_action *ret_action,
            struct error *err)
{
    const char *words[PLAN_REGISTER + 1];
    size_t index;

    for (size_t i = 0; i < ARRAY_LENGTH(words); i++)
        words[i] = plan_action_name((enum plan_action) i);
    if (json_cursor_word(place, words, ARRAY_LENGTH(words), &index, err) < 0)
        return -1;
    *ret_action = (enum plan_action) index;
    return 0;
}

static int
read_contacts(const struct json_cursor *place, struct arena *arena,
              struct plan_change *change, struct error *err)
{
    const struct json_cursor before = json_cursor_member(place, "before");
    const struct json_cursor after = json_cursor_member(place, "after");
    const struct json_cursor image = json_cursor_member(place, "image");
    const struct json_cursor body = json_cursor_member(place, "body");

    if (plan_file_read_contact(&before, arena, &change->before, err) < 0
        || plan_file_read_contact(&after, arena, &change->after, err) < 0
        || plan_file_read_image(&image, arena, &change->image, err) < 0
        || json_cursor_text_or_null(&body, arena, &change->body, err) < 0)
        return -1;
    return check_parts(place, change, err);
}

int
plan_file_read_change(const struct json_cursor *place, struct plan *plan,
                      struct error *err)
{
    static const char *const members[] = {
        "subscription", "action",        "version", "before",
        "after",        "image",         "body",    "requirements",
        "drops",        "otherContacts", "reverts", NULL
    };
    const struct json_cursor subject =
        json_cursor_member(place, "subscription");
    const struct json_cursor action = json_cursor_member(place, "action");
    const struct json_cursor version = json_cursor_member(place, "version");
    const struct json_cursor failing =
        json_cursor_member(place, "requirements");
    const struct json_cursor drops = json_cursor_member(place, "drops");
    const struct json_cursor others =
        json_cursor_member(place, "otherContacts");
    const struct json_cursor reverts = json_cursor_member(place, "reverts");
    struct plan_change change = { .action = PLAN_CREATE };
    struct arena *arena = plan->arena;
    bool other_contacts;

    if (json_cursor_object(place, members, err) < 0
        || plan_file_read_subscription(&subject, arena, &change.subscription,
                                       err)
               < 0
        || read_action(&action, &change.action, err) < 0
        || plan_file_read_version(&version, &change.version, err) < 0
        || read_contacts(place, arena, &change, err) < 0
        || json_cursor_texts(&failing, arena, &change.requirements.items,
                             &change.requirements.count, err)
               < 0
        || read_drops(&drops, arena, &change, err) < 0
        || json_cursor_boolean(&others, &other_contacts, err) < 0
        || json_cursor_integer(&reverts, INT64_MAX, &change.reverts, err) < 0)
        return -1;
    if (plan_effect(&change, other_contacts ? 1 : 0, arena) < 0)
        return error_set_memory(err);
    return plan_add_change(plan, &change, err);
}
