/* SPDX-License-Identifier: Apache-2.0 */
/* When a write takes effect. */
#include "arm/write.h"

#include "base/clock.h"
#include "contact/view.h"
#include "fault/fault.h"

static void
replace(struct contacts *target, struct contacts *next)
{
    contacts_done(target);
    *target = *next;
    *next = (struct contacts){ .count = 0 };
}

static void
postpone(struct subscription *subscription, const struct fault *fault,
         struct contacts *next)
{
    replace(&subscription->pending.contacts, next);
    subscription->pending.waiting = true;
    subscription->pending.due =
        clock_monotonic() + (int64_t) fault->visible_after;
    /* The reading that counts is the one after these. */
    subscription->pending.reads_left = fault->visible_after_reads;
}

/* What is stored is not what was sent: the fault's properties are merged
 * into every contact. */
static void
distort(struct exchange *exchange, const struct fault *fault,
        struct contacts *next)
{
    for (size_t i = 0; i < next->count; i++)
        if (contact_view_2023.merge(next->items[i], fault->properties, false,
                                    exchange->arena, NULL)
            < 0)
            exchange->failed = true;
    replace(&exchange->subscription->contacts, next);
}

void
write_commit(struct exchange *exchange, struct contacts *next)
{
    const struct fault *fault = exchange->fault;

    switch (fault != NULL ? fault->write : WRITE_KEPT) {
    case WRITE_LOST:
        contacts_done(next);
        return;
    case WRITE_LATER:
        postpone(exchange->subscription, fault, next);
        return;
    case WRITE_CHANGED:
        distort(exchange, fault, next);
        return;
    case WRITE_KEPT:
    default:
        exchange->subscription->pending.waiting = false;
        replace(&exchange->subscription->contacts, next);
        return;
    }
}

void
write_settle(struct subscription *subscription)
{
    struct pending *pending = &subscription->pending;

    if (!pending->waiting)
        return;
    if (pending->reads_left > 0) {
        pending->reads_left--;
        return;
    }
    if (clock_monotonic() < pending->due)
        return;
    pending->waiting = false;
    replace(&subscription->contacts, &pending->contacts);
}
