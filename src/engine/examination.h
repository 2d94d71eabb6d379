/* SPDX-License-Identifier: Apache-2.0 */
/* One thing that diagnose looks at: what must be in order before it, whether
 * enough was seen, and how it is judged. */
#ifndef PIKET_ENGINE_EXAMINATION_H
#define PIKET_ENGINE_EXAMINATION_H

#include <stdbool.h>
#include <stddef.h>

#include "control/diagnosis.h"
#include "engine/evidence.h"

enum { EXAMINATION_NEEDS = 3 };

struct examination {
    enum diagnosis_examination subject;
    /* Without them it has no meaning; earlier in the table. */
    enum diagnosis_examination needs[EXAMINATION_NEEDS];
    size_t need_count;
    /* Whether what it judges has been seen; NULL: always. */
    bool (*seen)(const struct evidence *evidence);
    /* Concludes the line of its subject. */
    void (*judge)(const struct evidence *evidence,
                  struct diagnosis *diagnosis);
};

/* Adds whom to grant a role, and where: on the tenant's root management group
 * for several, else on the subscription. Ids only, as a command is made of
 * them that somebody will run; id may be NULL for the group. */
void examination_add_grant(const struct evidence *evidence,
                           struct diagnosis *diagnosis,
                           struct diagnosis_line *line, const char *id);

/* All of them, in order. */
extern const struct examination examination_table[];
extern const size_t examination_table_length;

/* Goes through the table: skips what rests on a failure, judges the rest. */
void examination_conclude_all(const struct evidence *evidence,
                              struct diagnosis *diagnosis);

typedef void examination_judge(const struct evidence *evidence,
                               struct diagnosis *diagnosis);

examination_judge examine_configuration;
examination_judge examine_desired_contact;
examination_judge examine_store;

examination_judge examine_cloud;
examination_judge examine_proxy;
examination_judge examine_ca_file;
examination_judge examine_arm_endpoint;
examination_judge examine_authority;
examination_judge examine_clock;

examination_judge examine_credential;
examination_judge examine_tenant;
examination_judge examine_configured_tenant;
examination_judge examine_identity;
examination_judge examine_token;

examination_judge examine_subscriptions;
examination_judge examine_scope;
examination_judge examine_coverage;

examination_judge examine_permission_read;
examination_judge examine_permission_write;
examination_judge examine_registration;
examination_judge examine_contact_read;

#endif
