/* SPDX-License-Identifier: Apache-2.0 */
/* One thing that diagnose looks at: what must be in order before it, whether
 * enough was seen, and how it is judged. */
#ifndef PIKET_ENGINE_DOCTOR_DOCTOR_CHECK_H
#define PIKET_ENGINE_DOCTOR_DOCTOR_CHECK_H

#include <stdbool.h>
#include <stddef.h>

#include "control/doctor/doctor_report.h"
#include "engine/doctor/doctor_facts.h"

enum { DOCTOR_CHECK_NEEDS = 3 };

struct doctor_check {
    enum doctor_report_examination subject;
    /* Without them it has no meaning; earlier in the table. */
    enum doctor_report_examination needs[DOCTOR_CHECK_NEEDS];
    size_t need_count;
    /* Whether what it judges has been seen; NULL: always. */
    bool (*seen)(const struct doctor_facts *facts);
    /* Concludes the line of its subject. */
    void (*judge)(const struct doctor_facts *facts,
                  struct doctor_report *report);
};

/* Adds whom to grant a role, and where: on the tenant's root management group
 * for several, else on the subscription. Ids only, as a command is made of
 * them that somebody will run; id may be NULL for the group. */
void doctor_check_add_grant(const struct doctor_facts *facts,
                            struct doctor_report *report,
                            struct doctor_report_line *line, const char *id);

/* All of them, in order. */
extern const struct doctor_check doctor_check_table[];
extern const size_t doctor_check_table_length;

/* Goes through the table: skips what rests on a failure, judges the rest. */
void doctor_check_conclude_all(const struct doctor_facts *facts,
                               struct doctor_report *report);

typedef void doctor_check_judge(const struct doctor_facts *facts,
                                struct doctor_report *report);

doctor_check_judge doctor_check_configuration;
doctor_check_judge doctor_check_desired_contact;
doctor_check_judge doctor_check_store;

doctor_check_judge doctor_check_cloud;
doctor_check_judge doctor_check_proxy;
doctor_check_judge doctor_check_ca_file;
doctor_check_judge doctor_check_arm_endpoint;
doctor_check_judge doctor_check_authority;
doctor_check_judge doctor_check_clock;

doctor_check_judge doctor_check_credential;
doctor_check_judge doctor_check_tenant;
doctor_check_judge doctor_check_configured_tenant;
doctor_check_judge doctor_check_identity;
doctor_check_judge doctor_check_token;

doctor_check_judge doctor_check_subscriptions;
doctor_check_judge doctor_check_scope;
doctor_check_judge doctor_check_coverage;

doctor_check_judge doctor_check_permission_read;
doctor_check_judge doctor_check_permission_write;
doctor_check_judge doctor_check_registration;
doctor_check_judge doctor_check_contact_read;

#endif
