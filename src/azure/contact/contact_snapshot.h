/* SPDX-License-Identifier: Apache-2.0 */
/* What the bytes of a contact_snapshot say. */
#ifndef PIKET_AZURE_CONTACT_CONTACT_SNAPSHOT_H
#define PIKET_AZURE_CONTACT_CONTACT_SNAPSHOT_H

#include <stdbool.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/plan/operation.h"

/* Reads an image as contact_reader_read reads an answer. */
int contact_snapshot_decode(const struct contact_snapshot *image,
                            struct arena *arena,
                            struct contact_reading *ret_reading,
                            struct error *err);

/* Whether the properties of the contact named default are the same as JSON:
 * etag, location, and the order of members do not matter. */
int contact_snapshot_equal(const struct contact_snapshot *left,
                           const struct contact_snapshot *right,
                           bool *ret_equal, struct error *err);

/* Appends the JSON to be written so that after is there: the properties of
 * the image, unknown members and all, with those members set in which after
 * differs from the contact of the image. Only since 2020-01-01-preview. Values
 * are written as they are; addresses are joined by semicolons. */
int contact_snapshot_revise(const struct contact_snapshot *image,
                            const struct contact *after, struct buffer *target,
                            struct error *err);

/* Appends the JSON to be written so that what the image shows is there again:
 * its properties alone. The image shows a contact named default. */
int contact_snapshot_restore(const struct contact_snapshot *image,
                             struct buffer *target, struct error *err);

/* Reads a body that is to be written as if it were there already. Fails also
 * where it is not letter for letter as this file writes one, or where two
 * members are named alike but for letter case: of two, Azure might take the
 * other one. */
int contact_snapshot_decode_body(const char *body,
                                 enum contact_version version,
                                 struct arena *arena,
                                 struct contact_reading *ret_reading,
                                 struct error *err);

/* Compares a body as it was written with what is there now: one row for each
 * member of properties that differs, in the arena. Addresses and roles are
 * sets; words are compared without regard to case. Where exact, as a reversal
 * wants it, values are compared as JSON, and members that were not written
 * count, too. body NULL: nothing should be there. */
int contact_snapshot_residue(const char *body,
                             const struct contact_snapshot *actual, bool exact,
                             struct arena *arena,
                             struct change_residue **ret_residue,
                             size_t *ret_count, struct error *err);

#endif
