/* SPDX-License-Identifier: Apache-2.0 */
/* A contact in a kept assessment: a list, whose items are in the order of its
 * fields. */
#ifndef PIKET_CONTROL_FILE_RUN_CODEC_CONTACT_H
#define PIKET_CONTROL_FILE_RUN_CODEC_CONTACT_H

#include "base/arena.h"
#include "base/error.h"
#include "control/contact/contact.h"
#include "control/value/json_cursor.h"
#include "control/value/json_writer.h"

/* null where there is none. */
void run_codec_contact_write(struct json_writer *writer,
                             const struct contact *contact);
int run_codec_contact_read(const struct json_cursor *place,
                           struct arena *arena,
                           const struct contact **ret_contact,
                           struct error *err);

/* An API version by its name. */
int run_codec_contact_read_version(const struct json_cursor *place,
                                   enum contact_version *ret_version,
                                   struct error *err);

/* The items of a list that has just so many. */
int run_codec_contact_items(const struct json_cursor *place,
                            struct json_cursor *ret_items, size_t count,
                            struct error *err);

#endif
