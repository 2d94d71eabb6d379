/* SPDX-License-Identifier: Apache-2.0 */
/* What must be written so that another contact comes of a contact. */
#include "azure/contact/contact_revision.h"

#include <string.h>

#include "azure/arm/contact_member.h"
#include "base/buffer.h"
#include "base/text.h"

/* The longest list of addresses that is read, and then some. */
enum { CONTACT_REVISION_EMAILS_CEILING = 4 * 1024 * 1024 };

/* A contact that says nothing: what stands where none is. */
static const struct contact nothing = { .enabled = CONTACT_UNSEEN };

static bool
texts_equal(const char *const *left, size_t left_count,
            const char *const *right, size_t right_count)
{
    if (left_count != right_count)
        return false;
    for (size_t i = 0; i < left_count; i++)
        if (strcmp(left[i], right[i]) != 0)
            return false;
    return true;
}

static bool
thresholds_equal(const struct contact_threshold *left,
                 const struct contact_threshold *right)
{
    if (left->level != right->level)
        return false;
    return left->level != CONTACT_LEVEL_UNRECOGNIZED
           || text_equal_ignoring_case(left->text, right->text);
}

static int
revise_emails(json_t *properties, const struct contact *before,
              const struct contact *after, struct error *err)
{
    AUTOBUFFER text = BUFFER_INIT(CONTACT_REVISION_EMAILS_CEILING);

    if (texts_equal(before->emails, before->email_count, after->emails,
                    after->email_count))
        return 0;
    for (size_t i = 0; i < after->email_count; i++) {
        if (i > 0)
            buffer_append_byte(&text, ';');
        buffer_append_text(&text, after->emails[i]);
    }
    return buffer_failed(&text)
                   || contact_member_set(properties, "emails",
                                         json_string(buffer_text(&text)))
                          < 0
               ? error_set_memory(err)
               : 0;
}

/* An empty text is how a phone number is taken away, where Azure does. */
static int
revise_phone(json_t *properties, const struct contact *before,
             const struct contact *after, struct error *err)
{
    const char *was = before->phone != NULL ? before->phone : "";
    const char *is = after->phone != NULL ? after->phone : "";

    if (strcmp(was, is) == 0)
        return 0;
    return contact_member_set(properties, "phone", json_string(is)) < 0
               ? error_set_memory(err)
               : 0;
}

/* The object that is a member, made where there is none. Borrowed; NULL where
 * memory runs out. */
static json_t *
object_of(json_t *properties, const char *member)
{
    json_t *object = contact_member_get(properties, member);

    if (object != NULL)
        return object;
    return contact_member_set(properties, member, json_object()) < 0
               ? NULL
               : contact_member_get(properties, member);
}

static int
set_state(json_t *object, bool on)
{
    return contact_member_set(object, "state", json_string(on ? "On" : "Off"));
}

static int
revise_roles(json_t *properties, const struct contact *before,
             const struct contact *after, struct error *err)
{
    if (after->roles_notified == CONTACT_UNSEEN
        || (before->roles_notified == after->roles_notified
            && texts_equal(before->roles, before->role_count, after->roles,
                           after->role_count)))
        return 0;
    json_t *by_role = object_of(properties, "notificationsByRole");
    json_t *roles = json_array();
    for (size_t i = 0; i < after->role_count; i++)
        if (json_array_append_new(roles, json_string(after->roles[i])) < 0) {
            json_decref(roles);
            return error_set_memory(err);
        }
    if (by_role == NULL
        || set_state(by_role, after->roles_notified == CONTACT_ON) < 0) {
        json_decref(roles);
        return error_set_memory(err);
    }
    return contact_member_set(by_role, "roles", roles) < 0
               ? error_set_memory(err)
               : 0;
}

/* The word to be written for a level that mails; NULL where there is none.
 * Borrowed. */
static const char *
word_of(const struct contact_threshold *threshold)
{
    if (threshold->level == CONTACT_LEVEL_UNRECOGNIZED)
        return text_is_blank(threshold->text) ? NULL : threshold->text;
    return contact_level_name(threshold->level);
}

static int
refuse_unseen(const char *what, enum contact_version version,
              struct error *err)
{
    return error_set(err, "%s cannot be written in %s", what,
                     contact_version_name(version));
}

/* Azure empties the threshold of what is off by itself. */
static int
revise_alerts_2020(json_t *properties, const struct contact *before,
                   const struct contact *after, struct error *err)
{
    const char *word = word_of(&after->alerts);
    const bool on = after->alerts.level != CONTACT_LEVEL_OFF;

    if (after->alerts.level == CONTACT_LEVEL_UNSEEN
        || thresholds_equal(&before->alerts, &after->alerts))
        return 0;
    if (on && word == NULL)
        return error_set(err, "alerts have a level without a word");
    json_t *alerts = object_of(properties, "alertNotifications");
    if (alerts == NULL || set_state(alerts, on) < 0)
        return error_set_memory(err);
    if (!on)
        contact_member_remove(alerts, "minimalSeverity");
    else if (contact_member_set(alerts, "minimalSeverity", json_string(word))
             < 0)
        return error_set_memory(err);
    return 0;
}

int
contact_revision_2020(json_t *properties, const struct contact *before,
                      const struct contact *after, struct error *err)
{
    if (before == NULL)
        before = &nothing;
    if (after->enabled != CONTACT_UNSEEN)
        return refuse_unseen("whether a contact is enabled",
                             CONTACT_VERSION_2020_01_01, err);
    if (after->attack_paths.level != CONTACT_LEVEL_UNSEEN)
        return refuse_unseen("mail about attack paths",
                             CONTACT_VERSION_2020_01_01, err);
    if (revise_emails(properties, before, after, err) < 0
        || revise_phone(properties, before, after, err) < 0
        || revise_alerts_2020(properties, before, after, err) < 0)
        return -1;
    return revise_roles(properties, before, after, err);
}

static int
revise_enabled(json_t *properties, const struct contact *before,
               const struct contact *after, struct error *err)
{
    if (after->enabled == CONTACT_UNSEEN || before->enabled == after->enabled)
        return 0;
    return contact_member_set(properties, "isEnabled",
                              json_boolean(after->enabled == CONTACT_ON))
                   < 0
               ? error_set_memory(err)
               : 0;
}

static bool
is_source_of(const json_t *source, const char *type)
{
    return text_equal_ignoring_case(
        json_string_value(contact_member_get(source, "sourceType")), type);
}

/* One type of the sources of mail, and the member with its threshold. */
struct source_type {
    const char *name;
    const char *member;
};

/* The first source of the type gets the word, and all others of it go: the
 * lowest of several thresholds would count. word NULL: all of them go. */
static int
revise_sources(json_t *sources, const struct source_type *type,
               const char *word)
{
    bool written = word == NULL;

    for (size_t i = 0; i < json_array_size(sources);) {
        json_t *source = json_array_get(sources, i);
        if (!is_source_of(source, type->name)) {
            i++;
        } else if (written) {
            (void) json_array_remove(sources, i);
        } else {
            if (contact_member_set(source, type->member, json_string(word))
                < 0)
                return -1;
            written = true;
            i++;
        }
    }
    return written ? 0
                   : json_array_append_new(
                       sources, json_pack("{s:s, s:s}", "sourceType",
                                          type->name, type->member, word));
}

static int
revise_threshold(json_t *properties, const struct source_type *type,
                 const struct contact_threshold *before,
                 const struct contact_threshold *after, struct error *err)
{
    static const char member[] = "notificationsSources";
    const char *word = word_of(after);

    if (after->level == CONTACT_LEVEL_UNSEEN
        || thresholds_equal(before, after))
        return 0;
    if (after->level != CONTACT_LEVEL_OFF && word == NULL)
        return error_set(err, "%s has a level without a word", type->name);
    if (contact_member_get(properties, member) == NULL
        && contact_member_set(properties, member, json_array()) < 0)
        return error_set_memory(err);
    return revise_sources(contact_member_get(properties, member), type, word)
                   < 0
               ? error_set_memory(err)
               : 0;
}

int
contact_revision_2023(json_t *properties, const struct contact *before,
                      const struct contact *after, struct error *err)
{
    static const struct source_type alert = { "Alert", "minimalSeverity" };
    static const struct source_type attack_path = { "AttackPath",
                                                    "minimalRiskLevel" };

    if (before == NULL)
        before = &nothing;
    if (revise_enabled(properties, before, after, err) < 0
        || revise_emails(properties, before, after, err) < 0
        || revise_phone(properties, before, after, err) < 0
        || revise_threshold(properties, &alert, &before->alerts,
                            &after->alerts, err)
               < 0
        || revise_threshold(properties, &attack_path, &before->attack_paths,
                            &after->attack_paths, err)
               < 0)
        return -1;
    return revise_roles(properties, before, after, err);
}
