/* SPDX-License-Identifier: Apache-2.0 */
/* Reads the security contacts of subscriptions, in the newest API version
 * that the cloud serves. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_READER_H
#define PIKET_AZURE_CONTACT_CONTACT_READER_H

#include "azure/arm/arm.h"
#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"

struct contact_reader;

/* The arm is borrowed. */
int contact_reader_new(struct contact_reader **ret_reader, struct arm *arm,
                       struct error *err);

/* No read may be under way. NULL is allowed. */
void contact_reader_free(struct contact_reader *reader);

/* The newest version that has answered, or the one in use while none has.
 * Each read begins with the newest; where ARM refuses one before it has
 * answered in it for any subscription, the next older one is tried, and after
 * some such refusals all reads begin with that. A reading in an older version
 * than this one is therefore an exception: it may lack what others show. */
enum contact_version contact_reader_version(
    const struct contact_reader *reader);

/* Has each reading carry its image, see struct contact_snapshot. */
void contact_reader_keep_images(struct contact_reader *reader);

/* reading is borrowed for the call; what it points to is made in the arena
 * given. */
typedef void contact_reader_done(const struct contact_reading *reading,
                                 void *data);

/* subscription_id is a UUID that lives as long as the read. Lists its
 * contacts. Listing is the safer read: none is
 * an empty list, where a GET answers 404 for an absent contact and for much
 * else. done is called exactly once, from loop_run; the failure of a
 * subscription is a reading, too. An error here means that memory ran
 * out. */
int contact_reader_read(struct contact_reader *reader,
                        const char *subscription_id, struct arena *arena,
                        contact_reader_done *done, void *data,
                        struct error *err);

#endif
