/* SPDX-License-Identifier: Apache-2.0 */
/* Numbers in the place of what tells whose a report is: the same value has
 * the same number throughout a run. They follow from the order in which the
 * values are met and from nothing else, so that no guess at a value can be
 * confirmed by its pseudonym, as a hash of it could. */
#ifndef PIKET_CONTROL_MASK_PSEUDONYM_H
#define PIKET_CONTROL_MASK_PSEUDONYM_H

#include <stddef.h>

#include "base/arena.h"

enum pseudonym_kind {
    PSEUDONYM_SUBSCRIPTION, /* 00000001-0000-0000-0000-000000000000: people
                               are shown the first digits */
    PSEUDONYM_TENANT,       /* 00000001-0000-0000-0001-000000000000 */
    PSEUDONYM_ID,           /* any other UUID: 00000001-0000-0000-0002-… */
    PSEUDONYM_ADDRESS,      /* address-1@masked.invalid */
    PSEUDONYM_PHONE,        /* phone-1 */
    PSEUDONYM_DOMAIN,       /* domain-1.invalid */
    PSEUDONYM_TENANT_NAME,  /* tenant-1 */
    PSEUDONYM_IDENTITY,     /* identity-1 */
    PSEUDONYM_KIND_COUNT,
};

struct pseudonym_tables;

/* NULL where memory runs out. The arena has to outlive the tables; what
 * pseudonym_of returns lives in it. */
struct pseudonym_tables *pseudonym_tables_new(struct arena *arena);
void pseudonym_tables_free(struct pseudonym_tables *tables);

/* The pseudonym of a value, which keeps the one that it was given first: the
 * kinds of ids are one space, so that a UUID in a sentence is the
 * subscription's where it names one. Letter case does not count, nor in a
 * phone number what only groups its digits. "" where the value is empty; NULL
 * where memory runs out. */
const char *pseudonym_of(struct pseudonym_tables *tables,
                         enum pseudonym_kind kind, const char *value,
                         size_t length);

#endif
