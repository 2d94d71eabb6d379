/* SPDX-License-Identifier: Apache-2.0 */
/* The parts of a plan file, both ways. Trees are owned by the caller, and
 * NULL where memory ran out; what is read lives in the arena. */
#ifndef PIKET_CONTROL_FILE_PLAN_FILE_PART_H
#define PIKET_CONTROL_FILE_PLAN_FILE_PART_H

#include <jansson.h>

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/plan/plan.h"
#include "control/requirement/profile.h"
#include "control/value/digest.h"
#include "control/value/json_cursor.h"
#include "control/value/subscription.h"

struct plan_file;

json_t *plan_file_texts(const char *const *texts, size_t count);

/* The SHA-256 of a tree, with its members in order and without blanks, so that
 * what somebody's editor did to those does not matter. before, or NULL, is
 * the digest of the document that stands before it, and goes in first. */
int plan_file_digest_tree(const json_t *tree, const char *before,
                          char ret_digest[DIGEST_TEXT_SIZE],
                          struct error *err);

/* The member plan. */
json_t *plan_file_tree(const struct plan_file *file);

/* plan_file_contact.c; null where there is none. */
json_t *plan_file_contact(const struct contact *contact);
int plan_file_read_contact(const struct json_cursor *place,
                           struct arena *arena,
                           const struct contact **ret_contact,
                           struct error *err);
json_t *plan_file_image(const struct contact_snapshot *image);
int plan_file_read_image(const struct json_cursor *place, struct arena *arena,
                         const struct contact_snapshot **ret_image,
                         struct error *err);
json_t *plan_file_contact_error(const struct contact_error *error);
int plan_file_read_contact_error(const struct json_cursor *place,
                                 struct arena *arena,
                                 const struct contact_error **ret_error,
                                 struct error *err);
int plan_file_read_version(const struct json_cursor *place,
                           enum contact_version *ret_version,
                           struct error *err);

/* plan_file_profile.c */
json_t *plan_file_profile(const struct profile *profile);
int plan_file_read_profile(const struct json_cursor *place,
                           struct arena *arena,
                           const struct profile **ret_profile,
                           struct error *err);

/* plan_file_change.c */
json_t *plan_file_subscription(const struct subscription *subscription);
int plan_file_read_subscription(const struct json_cursor *place,
                                struct arena *arena,
                                struct subscription *ret_subscription,
                                struct error *err);
json_t *plan_file_change(const struct plan_change *change);
int plan_file_read_change(const struct json_cursor *place, struct plan *plan,
                          struct error *err);

#endif
