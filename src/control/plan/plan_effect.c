/* SPDX-License-Identifier: Apache-2.0 */
/* What follows from the contact that is there and the one that would be. */
#include "control/plan/plan_effect.h"

#include "base/text.h"
#include "control/value/email.h"

static int
add_differences(struct plan_change *change, struct arena *arena)
{
    struct plan_difference *differences =
        arena_allocate_array(arena, CONTACT_FIELD_COUNT, sizeof(*differences));
    size_t count = 0;

    if (differences == NULL)
        return -1;
    for (enum contact_field field = 0; field < CONTACT_FIELD_COUNT; field++) {
        struct plan_difference *difference = &differences[count];
        if (contact_field_equal(change->before, change->after, field))
            continue;
        difference->field = field;
        if (contact_field_text(change->before, field, arena,
                               &difference->before)
                < 0
            || contact_field_text(change->after, field, arena,
                                  &difference->after)
                   < 0)
            return -1;
        count++;
    }
    change->differences = differences;
    change->difference_count = count;
    return 0;
}

/* Whether alerts of High severity are mailed at all; of a threshold that is
 * new to us, or not shown, they are taken to be. */
static bool
mails_high(const struct contact *contact)
{
    return contact->enabled != CONTACT_OFF
           && contact->alerts.level != CONTACT_LEVEL_OFF
           && contact->alerts.level != CONTACT_LEVEL_CRITICAL;
}

/* Who is mailed when an alert of High severity comes, by the same rules as
 * reach_of: an address that is not valid gets nothing. */
static int
recipients_of(const struct contact *contact, struct arena *arena,
              struct plan_texts *ret_recipients)
{
    /* Azure's default where there is no contact. */
    static const char *const owner[] = { "Owner" };
    size_t count = 0;

    if (contact == NULL) {
        *ret_recipients = (struct plan_texts){ owner, 1 };
        return 0;
    }
    *ret_recipients = (struct plan_texts){ NULL, 0 };
    if (!mails_high(contact))
        return 0;
    const char **items = arena_allocate_array(
        arena, contact->email_count + contact->role_count + 1, sizeof(*items));
    if (items == NULL)
        return -1;
    for (size_t i = 0; i < contact->email_count; i++) {
        bool valid;
        if (email_valid(contact->emails[i], &valid) < 0)
            return -1;
        if (valid)
            items[count++] = contact->emails[i];
    }
    if (contact->roles_notified == CONTACT_ON)
        for (size_t i = 0; i < contact->role_count; i++)
            items[count++] = contact->roles[i];
    *ret_recipients = (struct plan_texts){ items, count };
    return 0;
}

static bool
contains(const struct plan_texts *texts, const char *text)
{
    for (size_t i = 0; i < texts->count; i++)
        if (text_equal_ignoring_case(texts->items[i], text))
            return true;
    return false;
}

/* Those of left who are not in right. What was added stands at the end, and
 * the rest mostly in its place, where it is looked for first. */
static int
without(const struct plan_texts *left, const struct plan_texts *right,
        struct arena *arena, struct plan_texts *ret_texts)
{
    const char **items =
        arena_allocate_array(arena, left->count + 1, sizeof(*items));
    size_t count = 0;

    if (items == NULL)
        return -1;
    for (size_t i = 0; i < left->count; i++) {
        const bool same =
            i < right->count
            && text_equal_ignoring_case(left->items[i], right->items[i]);
        if (!same && !contains(right, left->items[i]))
            items[count++] = left->items[i];
    }
    *ret_texts = (struct plan_texts){ items, count };
    return 0;
}

static int
add_recipients(struct plan_change *change, size_t others, struct arena *arena)
{
    struct plan_texts before = { NULL, 0 }, after = { NULL, 0 };

    /* Whom Azure mails where there are only contacts of other names is not
     * documented: as if nobody were. */
    if (!(change->before == NULL && others > 0)
        && recipients_of(change->before, arena, &before) < 0)
        return -1;
    if (!(change->after == NULL && others > 0)
        && recipients_of(change->after, arena, &after) < 0)
        return -1;
    if (without(&after, &before, arena, &change->starts) < 0
        || without(&before, &after, arena, &change->stops) < 0)
        return -1;
    return 0;
}

static unsigned
cautions_of(const struct plan_change *change, size_t others)
{
    unsigned cautions = 0;

    /* A contact that is made is taken away as a whole, phone and all. */
    if (change->action == PLAN_UPDATE
        && (change->before->phone == NULL) != (change->after->phone == NULL))
        cautions |= PLAN_CAUTION_PHONE;
    if (change->action == PLAN_REGISTER)
        cautions |= PLAN_CAUTION_REGISTRATION;
    if (change->after == NULL)
        cautions |= PLAN_CAUTION_NO_CONTACT;
    if (others > 0)
        cautions |= PLAN_CAUTION_OTHERS;
    return cautions;
}

int
plan_effect(struct plan_change *change, size_t others, struct arena *arena)
{
    if (add_differences(change, arena) < 0
        || add_recipients(change, others, arena) < 0)
        return -1;
    change->cautions = cautions_of(change, others);
    return 0;
}
