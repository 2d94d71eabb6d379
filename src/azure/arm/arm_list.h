/* SPDX-License-Identifier: Apache-2.0 */
/* Listings of ARM: a page, and the pages that follow it. */
#ifndef PIKET_AZURE_ARM_ARM_LIST_H
#define PIKET_AZURE_ARM_ARM_LIST_H

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

#include "azure/arm/arm.h"
#include "azure/arm/arm_json.h"

/* Takes one page: the elements, borrowed. Returns -1 with an error to end
 * the listing. */
typedef int arm_list_page(const json_t *elements, void *data,
                          struct error *err);

/* Takes an answer as it came, before its page is taken, or the listing ends
 * for what it says. Returns -1 with an error to end the listing. */
typedef int arm_list_bytes(const char *bytes, size_t length, void *data,
                           struct error *err);

/* error is NULL where the listing was read to its end. Otherwise pages may
 * have been delivered before it broke off. */
typedef void arm_list_end(const struct arm_error *error, void *data);

/* A nextLink is followed only to the endpoint's own scheme, host and port, and
 * to the same path, never twice to the same page, and not past this many
 * pages: ARM puts 100 to 1,000 subscriptions on one. */
enum { ARM_LIST_PAGES_CEILING = 10000 };

/* What a listing may hold. */
struct arm_list_ceiling {
    struct json_size page; /* one page, before it is parsed */
    size_t values;         /* all pages together */
    size_t bytes;          /* all pages together, as they came */
};

/* Of the contacts of a subscription, or what it permits. */
extern const struct arm_list_ceiling arm_list_of_few;

/* Of what a tenant has: ten times the largest estates that are known of. A
 * page of ARM's has 1,000 elements; no body within HTTP_BODY_CEILING has more
 * values than a page may, but for those that are next to empty. */
extern const struct arm_list_ceiling arm_list_of_many;

struct arm_listing {
    const char *path; /* as for arm_get; copied */
    const char *name; /* as in arm_subject; a constant */
    bool elsewhere;   /* likewise */
    bool telling;     /* likewise; of the first page */
    bool any_shape;   /* also take the odd shapes that securityContacts has */
    arm_list_bytes *on_bytes; /* or NULL */
    arm_list_page *on_page;
    arm_list_end *on_end;
    void *data; /* for these three */
    const struct arm_list_ceiling *ceiling;
};

/* GETs a path and all pages after it. on_page is called at least once before
 * a success; on_end exactly once. What exceeds the
 * ceiling, or does not look like a page or like the link to one, breaks the
 * listing off: it must never look like its end. */
int arm_list(struct arm *arm, const struct arm_listing *listing,
             struct error *err);

/* The elements of a page, as a new reference: those of {"value":[…]}. With
 * any_shape also a bare array (securityContacts in 2020-01-01-preview), {} or
 * a null value (none), or a single resource (one). NULL where it is none of
 * these, or where an error stands beside them. */
json_t *arm_list_elements(const json_t *document, bool any_shape);

#endif
