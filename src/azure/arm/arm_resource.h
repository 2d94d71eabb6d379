/* SPDX-License-Identifier: Apache-2.0 */
/* ARM's resource ids, and whether an answer is about what was asked: one that
 * came twice, or for somebody else, looks like any other. */
#ifndef PIKET_AZURE_ARM_ARM_RESOURCE_H
#define PIKET_AZURE_ARM_ARM_RESOURCE_H

#include <jansson.h>
#include <stdbool.h>

/* Whether an id, or a path, names this resource. Letter case and slashes at
 * the ends do not matter, and securityContact is securityContacts: the service
 * has written both. */
bool arm_resource_is(const char *id, const char *resource);

/* Which ids an answer may hold. Texts are borrowed. */
struct arm_subject {
    const char *resource; /* a path; its query is passed over */
    bool list;            /* ids of resources in it, not its own, even where
                             the document is no array */
    bool elsewhere;       /* ids say nothing: they are of other resources */
    bool telling;         /* ids tie the answer to the request: nobody else
                             asks for them, and it need not be the newest */
    const char *name;     /* the member of an element that repeats the id's
                             last segment; or NULL: "name" */
};

enum arm_belonging {
    ARM_BELONGING_OURS,    /* every id is as it must be, and telling */
    ARM_BELONGING_OPEN,    /* the ids do not say */
    ARM_BELONGING_FOREIGN, /* an id is of something else */
};

/* Judges a document by its id, or those of its elements. A page of several
 * could be another one than was asked for: its ids do not say. ret_id,
 * borrowed from the document, is set where the answer is foreign: the id that
 * shows it. */
enum arm_belonging arm_resource_judge(const struct arm_subject *subject,
                                      const json_t *document,
                                      const char **ret_id);

#endif
