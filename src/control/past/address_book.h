/* SPDX-License-Identifier: Apache-2.0 */
/* The mailboxes of an estate: each address with the subscriptions for which
 * it is mailed. */
#ifndef PIKET_CONTROL_PAST_ADDRESS_BOOK_H
#define PIKET_CONTROL_PAST_ADDRESS_BOOK_H

#include <stddef.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/run/run.h"

struct address {
    const char *email; /* as the first contact that names it writes it */
    const struct assessment **uses; /* in the order of the run */
    size_t use_count;
};

struct address_book {
    struct address *addresses; /* those of most subscriptions first, and as
                                  many by name */
    size_t count;
    size_t subscriptions; /* of the run */
    size_t nobody;        /* of these: nobody is mailed */
    size_t owners;        /* only roles are */
    size_t unknown;       /* could not be read, so that addresses may be
                             missing here */
};

/* Lists the addresses of the run, which has been sorted and outlives the
 * book. An address that is named where the contact is switched off, or where
 * mails are, is not mailed, nor is what is no address. The same in another
 * letter case is the same: so mail servers take it. */
int address_book_make(const struct run *run, struct arena *arena,
                      struct address_book *ret_book, struct error *err);

#endif
