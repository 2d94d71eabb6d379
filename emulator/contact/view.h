/* SPDX-License-Identifier: Apache-2.0 */
/* What one API version shows of contacts, and takes for them. */
#ifndef EMULATOR_CONTACT_VIEW_H
#define EMULATOR_CONTACT_VIEW_H

#include <stdbool.h>
#include <stddef.h>

#include <jansson.h>

#include "base/arena.h"
#include "base/buffer.h"
#include "base/error.h"
#include "contact/contact.h"

struct contact_view {
    const char *api_version;
    const char *only_name;    /* the one name it takes, or NULL */
    bool bare_list;           /* a LIST that is not empty is an array */
    bool patched;             /* knows PATCH */
    unsigned status_created;  /* of a PUT that made the contact */
    unsigned status_deleted;  /* 200 comes with a body of {} */
    const char *name_problem; /* message where only_name is not met */

    /* How many contacts this version makes of one; at least 1. */
    size_t (*parts)(const struct contact *contact);

    /* The name of a part, in arena; NULL where memory runs out. */
    const char *(*part_name)(const struct contact *contact, size_t part,
                             struct arena *arena);

    /* The member "properties" of a part; NULL where memory runs out. */
    json_t *(*properties)(const struct contact *contact, size_t part);

    /* Puts the properties of a request into the contact, as the service
     * merges and defaults them; path is "properties", for messages. Unknown
     * members and wrong types are errors. */
    int (*merge)(struct contact *contact, json_t *properties, bool patch,
                 struct arena *arena, struct error *err);
};

extern const struct contact_view contact_view_2017;
extern const struct contact_view contact_view_2020;
extern const struct contact_view contact_view_2023;

/* The view of an API version, or NULL. */
const struct contact_view *contact_view_find(const char *api_version);

/* A part of a contact, found by the name that the view gives it. NULL where
 * there is none. */
struct contact *contact_view_lookup(const struct contact_view *view,
                                    const struct contacts *contacts,
                                    const char *name, struct arena *arena,
                                    size_t *ret_part);

/* Appends one contact as the service answers it, to arena's cost; returns 0
 * or -1. */
int contact_view_append(const struct contact_view *view,
                        const struct contact *contact, size_t part,
                        const char *subscription, const char *etag,
                        struct arena *arena, struct buffer *target);

/* The parts that all versions but 2017 make: the contact itself. */
size_t contact_view_one_part(const struct contact *contact);
const char *contact_view_own_name(const struct contact *contact, size_t part,
                                  struct arena *arena);

/* {"state": ..., "roles": [...]}, or NULL. */
json_t *contact_view_by_role(const struct contact *contact);

/* Reads what contact_view_by_role writes: On without roles becomes Owner,
 * Off without roles none. */
int contact_view_merge_by_role(struct contact *contact, json_t *value,
                               const char *path, struct arena *arena,
                               struct error *err);

/* Replaces a text unless it is absent. An empty phone number does not clear
 * the one that is stored (recorded of 2020-01-01-preview, 2023-09). */
int contact_view_merge_texts(struct contact *contact, const char *emails,
                             const char *phone, struct error *err);

#endif
