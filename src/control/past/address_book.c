/* SPDX-License-Identifier: Apache-2.0 */
/* The mailboxes of an estate. */
#include "control/past/address_book.h"

#include <stdint.h>
#include <stdlib.h>

#include "base/cleanup.h"
#include "base/text.h"
#include "control/value/email.h"

/* One address in one contact. */
struct mention {
    const char *email;
    size_t assessment; /* its number in the run */
};

static bool
mails(enum contact_level level)
{
    return level != CONTACT_LEVEL_OFF && level != CONTACT_LEVEL_UNSEEN;
}

/* The contact of an assessment that mails somebody; NULL where there is
 * none. */
static const struct contact *
mailing_contact(const struct assessment *assessment)
{
    const struct contact *contact = assessment->reading.contact;

    if (assessment->reading.kind != CONTACT_READING_DONE || contact == NULL
        || contact->enabled == CONTACT_OFF)
        return NULL;
    return mails(contact->alerts.level) || mails(contact->attack_paths.level)
               ? contact
               : NULL;
}

static void
count_reach(const struct assessment *assessment, struct address_book *book)
{
    switch (assessment->reach) {
    case REACH_NOBODY:
        book->nobody++;
        break;
    case REACH_OWNERS:
        book->owners++;
        break;
    case REACH_UNKNOWN:
        book->unknown++;
        break;
    case REACH_CONTACT:
    case REACH_NOT_APPLICABLE:
        break;
    }
}

static size_t
count_mentions(const struct run *run)
{
    size_t count = 0;

    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct contact *contact = mailing_contact(&run->assessments[i]);
        count += contact != NULL ? contact->email_count : 0;
    }
    return count;
}

/* What is no address gets no mail, by the rule of reach. mentions has room for
 * all. Returns -1 where memory ran out. */
static int
take_mentions(const struct run *run, struct mention *mentions,
              size_t *ret_count)
{
    size_t count = 0;

    for (size_t i = 0; i < run->assessment_count; i++) {
        const struct contact *contact = mailing_contact(&run->assessments[i]);
        for (size_t n = 0; contact != NULL && n < contact->email_count; n++) {
            bool valid = false;
            if (email_valid(contact->emails[n], &valid) < 0)
                return -1;
            if (valid)
                mentions[count++] = (struct mention){ contact->emails[n], i };
        }
    }
    *ret_count = count;
    return 0;
}

static int
mention_compare(const void *left, const void *right)
{
    const struct mention *a = left, *b = right;
    const int order = text_compare_ignoring_case(a->email, b->email);

    if (order != 0)
        return order;
    return (a->assessment > b->assessment) - (a->assessment < b->assessment);
}

/* Most subscriptions first: for qsort over struct address. */
static int
address_compare(const void *left, const void *right)
{
    const struct address *a = left, *b = right;

    if (a->use_count != b->use_count)
        return a->use_count < b->use_count ? 1 : -1;
    return text_compare_ignoring_case(a->email, b->email);
}

/* Makes an address of each run of sorted mentions that are the same. Both
 * arrays have room for all of them. */
static void
gather(const struct run *run, const struct mention *mentions, size_t count,
       const struct assessment **uses, struct address_book *book)
{
    struct address *address = NULL;

    for (size_t i = 0; i < count; i++) {
        const struct assessment *assessment =
            &run->assessments[mentions[i].assessment];
        if (address == NULL
            || text_compare_ignoring_case(address->email, mentions[i].email)
                   != 0) {
            address = &book->addresses[book->count++];
            address->email = mentions[i].email;
            address->uses = uses;
        }
        /* A contact may name an address twice. */
        if (address->use_count > 0
            && address->uses[address->use_count - 1] == assessment)
            continue;
        address->uses[address->use_count++] = assessment;
        uses++;
    }
}

int
address_book_make(const struct run *run, struct arena *arena,
                  struct address_book *ret_book, struct error *err)
{
    struct address_book book = { .subscriptions = run->assessment_count };
    const size_t room = count_mentions(run) + 1;
    AUTOFREE struct mention *mentions = calloc(room, sizeof(*mentions));
    const struct assessment **uses =
        arena_allocate_array(arena, room, sizeof(const struct assessment *));
    size_t count;

    book.addresses =
        arena_allocate_array(arena, room, sizeof(*book.addresses));
    if (mentions == NULL || uses == NULL || book.addresses == NULL
        || take_mentions(run, mentions, &count) < 0)
        return error_set_memory(err);
    qsort(mentions, count, sizeof(*mentions), mention_compare);
    gather(run, mentions, count, uses, &book);
    qsort(book.addresses, book.count, sizeof(*book.addresses),
          address_compare);
    for (size_t i = 0; i < run->assessment_count; i++)
        count_reach(&run->assessments[i], &book);
    *ret_book = book;
    return 0;
}
