/* SPDX-License-Identifier: Apache-2.0 */
/* The contact that would be, while a plan is made. */
#include "control/plan/planned_contact.h"

#include <string.h>

#include "base/text.h"
#include "control/value/email.h"
#include "control/value/glob.h"

int
planned_contact_obstruct(struct planned_contact *draft,
                         enum plan_obstacle_reason reason,
                         const char *argument)
{
    if (draft->obstacle == PLAN_OBSTACLE_COUNT) {
        draft->obstacle = reason;
        draft->argument = argument;
    }
    return 0;
}

void
planned_contact_set_level(struct contact_threshold *threshold,
                          enum contact_level level)
{
    threshold->level = level;
    threshold->text = contact_level_name(level);
}

static enum contact_level
level_or(enum contact_level given, enum contact_level otherwise)
{
    return given != CONTACT_LEVEL_UNSEEN ? given : otherwise;
}

/* A contact that nobody made yet. What the API version cannot show is not
 * written either. */
static int
begin_anew(struct planned_contact *draft, enum contact_version version)
{
    static const char *const owner[] = { "Owner" };
    const struct desired_contact *desired = draft->desired;
    const bool shows_all = version == CONTACT_VERSION_2023_12_01;
    struct contact *contact = &draft->contact;

    *contact = (struct contact){
        .name = "default",
        .version = version,
        .enabled = shows_all ? CONTACT_ON : CONTACT_UNSEEN,
        .phone = desired->phone,
        .roles_notified = CONTACT_ON,
        .roles = desired->role_count > 0 ? desired->roles : owner,
        .role_count = desired->role_count > 0 ? desired->role_count : 1,
    };
    planned_contact_set_level(
        &contact->alerts,
        level_or(desired->minimal_severity, CONTACT_LEVEL_HIGH));
    planned_contact_set_level(
        &contact->attack_paths,
        shows_all ? level_or(desired->minimal_risk_level, CONTACT_LEVEL_OFF)
                  : CONTACT_LEVEL_UNSEEN);
    return planned_contact_add_emails(draft);
}

int
planned_contact_begin(struct planned_contact *draft,
                      const struct contact_reading *reading)
{
    draft->drops = NULL;
    draft->drop_count = 0;
    draft->obstacle = PLAN_OBSTACLE_COUNT;
    draft->argument = NULL;
    if (reading->contact == NULL)
        return begin_anew(draft, reading->version);
    draft->contact = *reading->contact;
    return 0;
}

static int
is_listed(const char *email, const char *const *emails, size_t count,
          bool *ret_listed)
{
    *ret_listed = false;
    for (size_t i = 0; i < count && !*ret_listed; i++)
        if (email_equal(email, emails[i], ret_listed) < 0)
            return -1;
    return 0;
}

static int
is_desired(const struct planned_contact *draft, const char *email,
           bool *ret_desired)
{
    return is_listed(email, draft->desired->emails,
                     draft->desired->email_count, ret_desired);
}

int
planned_contact_add_emails(struct planned_contact *draft)
{
    const struct desired_contact *desired = draft->desired;
    struct contact *contact = &draft->contact;
    size_t count = contact->email_count;
    const char **emails = arena_allocate_array(
        draft->arena, count + desired->email_count + 1, sizeof(*emails));

    if (emails == NULL)
        return -1;
    if (count > 0)
        memcpy(emails, contact->emails, count * sizeof(*emails));
    for (size_t i = 0; i < desired->email_count; i++) {
        bool listed;
        if (is_listed(desired->emails[i], emails, count, &listed) < 0)
            return -1;
        if (!listed)
            emails[count++] = desired->emails[i];
    }
    contact->emails = emails;
    contact->email_count = count;
    return 0;
}

/* Where none of the addresses is left. */
static int
fill_up(struct planned_contact *draft)
{
    if (draft->desired->email_count == 0)
        return planned_contact_obstruct(draft, PLAN_OBSTACLE_NO_EMAIL, NULL);
    return planned_contact_add_emails(draft);
}

int
planned_contact_drop_emails(struct planned_contact *draft,
                            planned_contact_test *test,
                            enum plan_drop_reason reason)
{
    struct contact *contact = &draft->contact;
    const size_t most = draft->drop_count + contact->email_count + 1;
    const char **kept =
        arena_allocate_array(draft->arena, most, sizeof(*kept));
    struct plan_drop *drops =
        arena_allocate_array(draft->arena, most, sizeof(*drops));
    size_t kept_count = 0, drop_count = draft->drop_count;

    if (kept == NULL || drops == NULL)
        return -1;
    if (drop_count > 0)
        memcpy(drops, draft->drops, drop_count * sizeof(*drops));
    for (size_t i = 0; i < contact->email_count; i++) {
        const char *email = contact->emails[i];
        bool fails, desired = false;
        if (test(draft, email, &fails) < 0
            || (fails && is_desired(draft, email, &desired) < 0))
            return -1;
        if (fails && !desired)
            drops[drop_count++] = (struct plan_drop){ email, reason };
        else
            kept[kept_count++] = email;
    }
    const bool dropped = drop_count > draft->drop_count;
    contact->emails = kept;
    contact->email_count = kept_count;
    draft->drops = drops;
    draft->drop_count = drop_count;
    return dropped && kept_count == 0 ? fill_up(draft) : 0;
}

static int
is_removed(const struct planned_contact *draft, const char *email,
           bool *ret_removed)
{
    const struct desired_contact *desired = draft->desired;

    *ret_removed = false;
    for (size_t i = 0; i < desired->removal_count && !*ret_removed; i++)
        *ret_removed = glob_match(desired->removals[i], email);
    return 0;
}

static int
is_replaced(const struct planned_contact *draft __attribute__((unused)),
            const char *email __attribute__((unused)), bool *ret_replaced)
{
    *ret_replaced = true;
    return 0;
}

int
planned_contact_remove_emails(struct planned_contact *draft)
{
    if (draft->desired->removal_count > 0
        && planned_contact_drop_emails(draft, is_removed, PLAN_DROP_REMOVED)
               < 0)
        return -1;
    if (!draft->desired->replace_emails)
        return 0;
    if (planned_contact_drop_emails(draft, is_replaced, PLAN_DROP_REPLACED)
        < 0)
        return -1;
    return planned_contact_add_emails(draft);
}

static bool
has_role(const char *const *roles, size_t count, const char *role)
{
    for (size_t i = 0; i < count; i++)
        if (text_equal_ignoring_case(roles[i], role))
            return true;
    return false;
}

/* Those that are listed while role mail is off are kept, too: the list is
 * somebody's, and the plan says who starts. */
int
planned_contact_notify_owner(struct planned_contact *draft)
{
    static const char owner[] = "Owner";
    const struct desired_contact *desired = draft->desired;
    struct contact *contact = &draft->contact;
    size_t count = contact->role_count;
    const char **roles = arena_allocate_array(
        draft->arena, count + desired->role_count + 1, sizeof(*roles));

    if (roles == NULL)
        return -1;
    if (count > 0)
        memcpy(roles, contact->roles, count * sizeof(*roles));
    if (!has_role(roles, count, owner))
        roles[count++] = owner;
    for (size_t i = 0; i < desired->role_count; i++)
        if (!has_role(roles, count, desired->roles[i]))
            roles[count++] = desired->roles[i];
    contact->roles_notified = CONTACT_ON;
    contact->roles = roles;
    contact->role_count = count;
    return 0;
}
